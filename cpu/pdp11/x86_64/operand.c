/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/operand.c: the addressing modes, and where the condition codes are.
 *
 * What computes an address changes no flags, except the check for odd ones; whoever calls
 * has kept the codes that are still wanted.
 */
#include "cpu/pdp11/x86_64/tr.h"

/* ---- condition codes ----------------------------------------------------------------------- */

void tr_keep(struct tr *t, u8 codes)
{
	u8 missing = codes & t->flags & (u8)~t->mem;

	if (missing & NZV) {
		x86_u8(&t->x, 0x9f);			  /* lahf */
		x86_rr(&t->x, 1, 0x0f90 + X86_O, 0, RAX); /* seto al */
		x86_rm(&t->x, 2, 0x89, RAX, x86_at((u64)&t->c->nzv));
		t->mem |= t->flags & NZV;
	}
	if (missing & CARRY) {
		x86_rm(&t->x, 1, 0x0f90 + X86_B, 0, x86_at((u64)&t->c->carry));
		t->mem |= CARRY;
	}
}

static void load_nzv(struct tr *t, bool carry)
{
	struct x86 *x = &t->x;

	x86_rm(x, 4, 0x0fb7, RAX, x86_at((u64)&t->c->nzv));
	if (carry) { /* bit 8 is the host's carry */
		x86_rm(x, 4, 0x0fb6, RCX, x86_at((u64)&t->c->carry));
		x86_alu_ri(x, 4, X86_AND, RAX, 0xfeff);
		x86_rr(x, 4, 0xc1, X86_SHL, RCX);
		x86_u8(x, 8);
		x86_rr(x, 4, 0x09, RCX, RAX);
	}
	x86_alu_ri(x, 1, X86_ADD, RAX, 0x7f); /* 1 overflows, 0 does not */
	x86_u8(x, 0x9e);		      /* sahf */
}

void tr_want(struct tr *t, u8 codes)
{
	if ((t->flags & codes) == codes)
		return;
	tr_keep(t, codes | t->r->out[t->i]);
	if (codes & NZV) {
		load_nzv(t, codes & CARRY);
	} else {
		x86_rm(&t->x, 4, 0x0fba, 4, x86_at((u64)&t->c->carry)); /* bt */
		x86_u8(&t->x, 0);
	}
	t->flags = codes & NZV ? codes | NZV : codes;
}

/* ---- checks -------------------------------------------------------------------------------- */

void tr_cold(struct tr *t, u8 *from, u16 pc, enum pdp11_exit exit)
{
	if (t->colds == COLD_MAX) {
		t->failed = true;
		return;
	}
	t->cold[t->colds++] = (struct cold){from, pc, (u8)exit, false, 0};
}

static void check_even(struct tr *t, u32 host)
{
	x86_rr(&t->x, 1, 0xf6, 0, host); /* test */
	x86_u8(&t->x, 1);
	tr_cold(t, x86_jcc(&t->x, X86_NE), t->in->pc, EXIT_STEP);
	tr_lost(t);
}

void tr_check_even(struct tr *t, const struct ea *ea)
{
	if (ea->kind != EA_MEM)
		return;
	if (ea->known) {
		t->failed = t->failed || (ea->value & 1);
		return;
	}
	if (ea->base != X86_NONE && (t->even >> ea->base & 1))
		return;
	check_even(t, ea->at);
	if (ea->base != X86_NONE)
		t->even |= (u8)(1u << ea->base);
}

void tr_check_store(struct tr *t, const struct ea *ea, u32 size)
{
	struct x86 *x = &t->x;
	struct x86_mem words;

	if (!t->c->checked || ea->kind != EA_MEM)
		return;
	if (ea->known) {
		words = x86_at((u64)&t->c->words[ea->value / 2]);
	} else {
		x86_rr(x, 4, 0x89, ea->at, R8);
		x86_rr(x, 4, 0xd1, X86_SHR, R8);
		words = x86_base(R8, (i32)(u64)t->c->words);
	}
	if (size > 2) { /* four words */
		x86_rm(x, 4, 0xf7, 0, words);
		x86_u32(x, WORD_CODE * 0x01010101u);
	} else {
		x86_rm(x, 1, 0xf6, 0, words); /* test */
		x86_u8(x, WORD_CODE);
	}
	tr_cold(t, x86_jcc(x, X86_NE), t->in->pc, EXIT_CODE);
	if (!t->failed) {
		t->cold[t->colds - 1].in_r8 = !ea->known;
		t->cold[t->colds - 1].word = ea->value / 2;
	}
	tr_lost(t);
}

/* ---- modes --------------------------------------------------------------------------------- */

static i32 added(const struct tr *t, u32 reg)
{
	i32 sum = 0;

	for (u32 i = 0; i < t->pendings; i++)
		if (t->pending[i].reg == reg)
			sum += t->pending[i].delta;
	return sum;
}

bool tr_is_pending(const struct tr *t, u32 reg)
{
	for (u32 i = 0; i < t->pendings; i++)
		if (t->pending[i].reg == reg)
			return true;
	return false;
}

static void will_add(struct tr *t, u32 reg, i32 delta)
{
	t->pending[t->pendings].reg = (u8)reg;
	t->pending[t->pendings].delta = (i8)delta;
	t->pendings++;
}

/* lea of 16 bits: adds to them and leaves the zeros above */
static void add_to(struct tr *t, u32 reg, i32 delta)
{
	x86_rm(&t->x, 2, 0x8d, tr_host[reg], x86_base(tr_host[reg], delta));
	if (delta & 1)
		tr_changed(t, reg);
}

void tr_commit(struct tr *t)
{
	for (u32 i = 0; i < t->pendings; i++)
		add_to(t, t->pending[i].reg, t->pending[i].delta);
	t->pendings = 0;
}

static void known(struct tr *t, struct ea *ea, u16 address)
{
	ea->kind = EA_MEM;
	ea->known = true;
	ea->value = address;
	ea->m = x86_at((u64)t->c->cpu->data + address);
}

static void in_host(struct tr *t, struct ea *ea, u32 host, u32 base)
{
	ea->kind = EA_MEM;
	ea->known = false;
	ea->base = (u8)base;
	ea->at = (u8)host;
	ea->m = x86_base(host, (i32)(u64)t->c->cpu->data);
}

/* Rn plus off, in 16 bits */
static void indexed(struct tr *t, struct ea *ea, u32 reg, u16 off, u32 temp)
{
	i32 sum = (i16)(off + added(t, reg));

	if (sum == 0) {
		in_host(t, ea, tr_host[reg], reg);
		return;
	}
	x86_rm(&t->x, 4, 0x8d, temp, x86_base(tr_host[reg], sum));
	x86_rr(&t->x, 4, 0x0fb7, temp, temp);
	in_host(t, ea, temp, sum & 1 ? X86_NONE : reg);
}

/* The address is in memory at ea: a word, which has to be even. */
static void deferred(struct tr *t, struct ea *ea, u32 temp)
{
	tr_check_even(t, ea);
	x86_rm(&t->x, 4, 0x0fb7, temp, ea->m);
	in_host(t, ea, temp, X86_NONE);
}

void tr_operand(struct tr *t, const struct pdp11_operand *o, u32 size, u32 temp, u32 after,
		struct ea *ea)
{
	i32 step = size == 1 && o->reg < PDP11_SP ? 1 : size == 1 ? 2 : (i32)size;

	*ea = (struct ea){.reg = o->reg};
	if (o->reg == PDP11_PC) {
		switch (o->mode) {
		case 0:
			ea->kind = EA_VALUE;
			ea->value = (u16)after;
			break;
		case 2:
			ea->kind = EA_VALUE;
			ea->value = o->word;
			break;
		case 3:
			known(t, ea, o->word);
			break;
		case 6:
		case 7:
			known(t, ea, (u16)(o->word + after));
			if (o->mode == 7)
				deferred(t, ea, temp);
			break;
		default:
			t->failed = true;
			break;
		}
		return;
	}
	switch (o->mode) {
	case 0:
		ea->kind = EA_REG;
		break;
	case 1:
		indexed(t, ea, o->reg, 0, temp);
		break;
	case 2:
		indexed(t, ea, o->reg, 0, temp);
		will_add(t, o->reg, step);
		break;
	case 3:
		indexed(t, ea, o->reg, 0, temp);
		will_add(t, o->reg, 2);
		deferred(t, ea, temp);
		break;
	case 4:
		indexed(t, ea, o->reg, (u16)-step, temp);
		will_add(t, o->reg, -step);
		break;
	case 5:
		indexed(t, ea, o->reg, (u16)-2, temp);
		will_add(t, o->reg, -2);
		deferred(t, ea, temp);
		break;
	case 6:
		indexed(t, ea, o->reg, o->word, temp);
		break;
	default:
		indexed(t, ea, o->reg, o->word, temp);
		deferred(t, ea, temp);
		break;
	}
}
