/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/cfi.c: cli/prof/cfi.h. What libdw works out of a file's rules is kept in a short form
 * for each place that was asked for, since a profile comes by the same places again and again.
 */
#include "cli/prof/cfi.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/intern.h"

#define SEGMENTS_MOST 64
#define OPS_MOST      64
#define DEPTH_MOST    16
#define LOOKED_AT     256 /* functions, to tell whether they have frame pointers */

/* The registers that a caller expects to find again, and where it goes on. */
static const u8 kept[] = {CFI_RBX, CFI_RBP, CFI_R12, 13, 14, CFI_R15, CFI_RIP};

/* How to know a register of the caller, or the frame's address itself. */
struct where {
	enum { WHERE_SAME, WHERE_LOST, WHERE_FRAME, WHERE_REGISTER, WHERE_SAYS } how;
	bool is_value; /* the value itself, not where it lies */
	i64 offset;    /* WHERE_FRAME, WHERE_REGISTER */
	u32 reg;
	Dwarf_Op *ops; /* WHERE_SAYS: as an expression says */
	size_t n;
};

struct rule {
	bool known, signal;
	struct where frame, of[ARRAY_LEN(kept)];
};

struct cfi {
	Elf *elf;
	Dwarf *dwarf;
	Dwarf_CFI *parts[2]; /* of .eh_frame, of .debug_frame */
	GElf_Phdr segments[SEGMENTS_MOST];
	u32 nsegments;
	struct intern known; /* addresses */
	struct rule *rules;
	u32 room;
};

bool stack_word(const struct stack_copy *s, u64 address, u64 *word)
{
	if (s->size < sizeof(*word) || address < s->base ||
	    address - s->base > s->size - sizeof(*word))
		return false;
	memcpy(word, s->p + (address - s->base), sizeof(*word));
	return true;
}

struct cfi *cfi_read(int fd)
{
	struct cfi *c = allocate(sizeof(*c));
	size_t count;

	*c = (struct cfi){0};
	elf_version(EV_CURRENT);
	c->elf = elf_begin(fd, ELF_C_READ, NULL);
	if (c->elf != NULL && elf_kind(c->elf) == ELF_K_ELF) {
		c->parts[0] = dwarf_getcfi_elf(c->elf);
		c->dwarf = dwarf_begin_elf(c->elf, DWARF_C_READ, NULL);
		if (c->dwarf != NULL)
			c->parts[1] = dwarf_getcfi(c->dwarf);
	}
	if (c->parts[0] == NULL && c->parts[1] == NULL) {
		cfi_free(c);
		return NULL;
	}
	for (int i = 0; elf_getphdrnum(c->elf, &count) == 0 && (size_t)i < count; i++) {
		GElf_Phdr *p = &c->segments[c->nsegments];

		if (c->nsegments == SEGMENTS_MOST)
			break;
		c->nsegments += gelf_getphdr(c->elf, i, p) != NULL && p->p_type == PT_LOAD;
	}
	return c;
}

void cfi_free(struct cfi *c)
{
	if (c->parts[0] != NULL)
		dwarf_cfi_end(c->parts[0]);
	dwarf_end(c->dwarf);
	elf_end(c->elf);
	intern_free(&c->known);
	free(c->rules);
	free(c);
}

static bool address_of(const struct cfi *c, u64 offset, u64 *address)
{
	for (u32 i = 0; i < c->nsegments; i++) {
		const GElf_Phdr *p = &c->segments[i];

		if (offset >= p->p_offset && offset - p->p_offset < p->p_filesz) {
			*address = p->p_vaddr + (offset - p->p_offset);
			return true;
		}
	}
	return false;
}

/* ---- rules ------------------------------------------------------------------------------- */

/* "register and so much", as libdw says the usual frame's address. */
static struct where frame_rule(Dwarf_Op *ops, size_t n)
{
	if (n == 1 && ops[0].atom == DW_OP_bregx && ops[0].number < CFI_REGISTERS)
		return (struct where){.how = WHERE_REGISTER,
				      .reg = (u32)ops[0].number,
				      .offset = (i64)ops[0].number2};
	if (n == 1 && ops[0].atom >= DW_OP_breg0 && ops[0].atom <= DW_OP_breg16)
		return (struct where){.how = WHERE_REGISTER,
				      .reg = ops[0].atom - DW_OP_breg0,
				      .offset = (i64)ops[0].number};
	return (struct where){.how = WHERE_SAYS, .ops = ops, .n = n};
}

static struct where register_rule(Dwarf_Frame *f, u32 reg, bool *keeps)
{
	Dwarf_Op memory[3], *ops;
	struct where w = {0};
	size_t n;

	if (dwarf_frame_register(f, (int)reg, memory, &ops, &n) != 0)
		return (struct where){.how = WHERE_LOST};
	if (n == 0)
		return (struct where){.how = ops == memory ? WHERE_LOST : WHERE_SAME};
	if (n > 1 && ops[n - 1].atom == DW_OP_stack_value) {
		w.is_value = true;
		n--;
	}
	if (ops[0].atom == DW_OP_call_frame_cfa &&
	    (n == 1 || (n == 2 && ops[1].atom == DW_OP_plus_uconst))) {
		w.how = WHERE_FRAME;
		w.offset = n == 2 ? (i64)ops[1].number : 0;
		return w;
	}
	/* What is in `memory` does not outlive this function: register rules, which no compiler
	 * writes for these registers. */
	if (ops == memory)
		return (struct where){.how = WHERE_LOST};
	w.how = WHERE_SAYS;
	w.ops = ops;
	w.n = n;
	*keeps = true;
	return w;
}

static struct rule work_out(struct cfi *c, u64 address)
{
	struct rule r = {0};

	for (u32 i = 0; i < ARRAY_LEN(c->parts) && !r.known; i++) {
		Dwarf_Frame *f = NULL;
		bool keeps = false;
		Dwarf_Op *ops;
		size_t n;

		if (c->parts[i] == NULL || dwarf_cfi_addrframe(c->parts[i], address, &f) != 0)
			continue;
		if (dwarf_frame_cfa(f, &ops, &n) == 0 && n != 0) {
			r.known = true;
			r.frame = frame_rule(ops, n);
			keeps = r.frame.how == WHERE_SAYS;
			for (u32 k = 0; k < ARRAY_LEN(kept); k++)
				r.of[k] = register_rule(f, kept[k], &keeps);
			if (dwarf_frame_info(f, NULL, NULL, &r.signal) < 0)
				r.signal = false;
		}
		/* Expressions are in there. */
		if (!keeps)
			free(f);
	}
	return r;
}

static const struct rule *rule_at(struct cfi *c, u64 address)
{
	u32 n = c->known.n, i = intern(&c->known, &address, sizeof(address));

	c->rules = grow(c->rules, &c->room, i, sizeof(*c->rules));
	if (i == n)
		c->rules[i] = work_out(c, address);
	return &c->rules[i];
}

/* ---- expressions -------------------------------------------------------------------------- */

struct machine {
	const struct registers *r;
	const struct stack_copy *s;
	const u64 *frame; /* NULL: it is what is asked for */
	u64 stack[DEPTH_MOST];
	u32 n;
};

static bool push(struct machine *m, u64 v)
{
	if (m->n == DEPTH_MOST)
		return false;
	m->stack[m->n++] = v;
	return true;
}

static bool operate(struct machine *m, const Dwarf_Op *o)
{
	u64 *top = m->n != 0 ? &m->stack[m->n - 1] : NULL, a, b;

	if (o->atom >= DW_OP_breg0 && o->atom <= DW_OP_breg16)
		return push(m, m->r->v[o->atom - DW_OP_breg0] + o->number);
	if (o->atom >= DW_OP_lit0 && o->atom <= DW_OP_lit31)
		return push(m, (u64)o->atom - DW_OP_lit0);
	if (o->atom >= DW_OP_const1u && o->atom <= DW_OP_consts)
		return push(m, o->number);
	if (o->atom == DW_OP_call_frame_cfa)
		return m->frame != NULL && push(m, *m->frame);
	if (top == NULL)
		return false;
	if (o->atom == DW_OP_plus_uconst) {
		*top += o->number;
		return true;
	}
	if (o->atom == DW_OP_deref)
		return stack_word(m->s, *top, top);
	if (m->n < 2)
		return false;
	b = *top;
	a = *--top;
	m->n--;
	switch (o->atom) {
	case DW_OP_plus:
		*top = a + b;
		return true;
	case DW_OP_minus:
		*top = a - b;
		return true;
	case DW_OP_and:
		*top = a & b;
		return true;
	case DW_OP_shl:
		*top = b < 64 ? a << b : 0;
		return true;
	case DW_OP_ge:
		*top = (i64)a >= (i64)b;
		return true;
	default:
		return false;
	}
}

/* Stubs of a linkage table and trampolines of signals say more than "register and so much". */
static bool evaluate(const struct where *w, const struct registers *r, const struct stack_copy *s,
		     const u64 *frame, u64 *value)
{
	struct machine m = {.r = r, .s = s, .frame = frame};

	for (size_t i = 0; i < w->n && i < OPS_MOST; i++)
		if (w->ops[i].atom != DW_OP_nop && !operate(&m, &w->ops[i]))
			return false;
	if (m.n == 0)
		return false;
	*value = m.stack[m.n - 1];
	return true;
}

/* ---- a step ------------------------------------------------------------------------------- */

static bool know(const struct where *w, const struct registers *r, const struct stack_copy *s,
		 u64 frame, u64 *value)
{
	u64 at;

	if (w->how == WHERE_FRAME)
		at = frame + (u64)w->offset;
	else if (w->how != WHERE_SAYS || !evaluate(w, r, s, &frame, &at))
		return false;
	if (!w->is_value)
		return stack_word(s, at, value);
	*value = at;
	return true;
}

enum cfi_step cfi_step(struct cfi *c, u64 offset, struct registers *r, const struct stack_copy *s,
		       bool *signal)
{
	struct registers caller = *r;
	const struct rule *rule;
	u64 address, frame;

	if (!address_of(c, offset, &address))
		return CFI_NOTHING;
	rule = rule_at(c, address);
	if (!rule->known)
		return CFI_NOTHING;
	if (rule->frame.how == WHERE_REGISTER)
		frame = r->v[rule->frame.reg] + (u64)rule->frame.offset;
	else if (!evaluate(&rule->frame, r, s, NULL, &frame))
		return CFI_END;
	for (u32 k = 0; k < ARRAY_LEN(kept); k++) {
		const struct where *w = &rule->of[k];

		/* What is lost may be wanted by nobody. */
		if (w->how == WHERE_SAME || (w->how == WHERE_LOST && kept[k] != CFI_RIP))
			continue;
		if (!know(w, r, s, frame, &caller.v[kept[k]]) && kept[k] == CFI_RIP)
			return CFI_END;
	}
	/* Outwards only. */
	if (frame <= r->v[CFI_RSP] && !rule->signal)
		return CFI_END;
	caller.v[CFI_RSP] = frame;
	*signal = rule->signal;
	*r = caller;
	return CFI_STEPPED;
}

bool cfi_has_frame_pointers(struct cfi *c)
{
	u32 with = 0, without = 0;

	/* Somewhere in the file's code, evenly. */
	for (u32 i = 0; i < c->nsegments; i++) {
		const GElf_Phdr *p = &c->segments[i];

		for (u64 k = 0; (p->p_flags & PF_X) != 0 && k < LOOKED_AT; k++) {
			struct rule r = work_out(c, p->p_vaddr + p->p_filesz / LOOKED_AT * k);

			if (!r.known || r.frame.how != WHERE_REGISTER)
				continue;
			with += r.frame.reg == CFI_RBP;
			without += r.frame.reg == CFI_RSP;
		}
	}
	return with >= without;
}
