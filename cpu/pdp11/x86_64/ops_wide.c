/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/ops_wide.c: MUL, DIV, ASH and ASHC, whose results have 32 bits in a register
 * and the next, and whose condition codes no instruction of the host's leaves.
 */
#include "cpu/pdp11/x86_64/tr.h"

/* EAX, 32 bits, into a register and the next. */
static void store_pair(struct tr *t, u32 reg)
{
	u32 high = tr_host[reg], low = tr_host[reg | 1];

	if (!(reg & 1)) {
		x86_rr(&t->x, 4, 0x89, RAX, high);
		x86_rr(&t->x, 4, 0xc1, X86_SHR, high);
		x86_u8(&t->x, 16);
	}
	x86_rr(&t->x, 4, 0x0fb7, low, RAX);
	tr_changed(t, reg);
	tr_changed(t, reg | 1);
}

static void load_pair(struct tr *t, u32 reg)
{
	x86_rr(&t->x, 4, 0x89, tr_host[reg], RAX);
	x86_rr(&t->x, 4, 0xc1, X86_SHL, RAX);
	x86_u8(&t->x, 16);
	x86_rr(&t->x, 4, 0x09, tr_host[reg | 1], RAX);
}

void tr_mul(struct tr *t)
{
	struct x86 *x = &t->x;
	struct ea src;

	tr_destination(t, &src, false);
	tr_load_signed(t, &src, RAX);
	tr_commit(t);
	x86_rr(x, 4, 0x0fbf, RCX, tr_host[t->in->reg]);
	x86_rr(x, 4, 0x0faf, RAX, RCX);
	store_pair(t, t->in->reg);
	if (tr_wanted(t) & CARRY) { /* does it need more than 16 bits? */
		x86_rr(x, 4, 0x0fbf, RCX, RAX);
		x86_rr(x, 4, 0x39, RAX, RCX);
		x86_rm(x, 1, 0x0f90 + X86_NE, 0, x86_at((u64)&t->c->carry));
	}
	tr_test_host(t, 4, RAX);
	t->mem = (t->mem & (u8)~PDP11_NZVC) | CARRY;
	t->flags = NZV;
}

/* Division by nothing, and what does not fit, is the interpreter's. */
void tr_divide(struct tr *t)
{
	struct x86 *x = &t->x;
	struct ea src;

	tr_destination(t, &src, false);
	tr_load_signed(t, &src, RCX);
	x86_rm(x, 4, 0x8d, RDX, x86_base(RCX, 1));
	x86_alu_ri(x, 4, X86_CMP, RDX, 1);
	tr_cold(t, x86_jcc(x, X86_BE), t->in->pc, EXIT_STEP); /* 0 and -1 */
	if (tr_is_pending(t, t->in->reg) || tr_is_pending(t, t->in->reg | 1u))
		t->failed = true;
	load_pair(t, t->in->reg);
	x86_u8(x, 0x99); /* cdq */
	x86_rr(x, 4, 0xf7, X86_IDIV, RCX);
	x86_rr(x, 4, 0x0fbf, R8, RAX);
	x86_rr(x, 4, 0x39, RAX, R8);
	tr_cold(t, x86_jcc(x, X86_NE), t->in->pc, EXIT_STEP);
	tr_commit(t);
	x86_rr(x, 4, 0x0fb7, tr_host[t->in->reg], RAX);
	x86_rr(x, 4, 0x0fb7, tr_host[t->in->reg | 1], RDX);
	tr_changed(t, t->in->reg);
	tr_changed(t, t->in->reg | 1u);
	tr_test_host(t, 2, RAX);
	tr_made(t, PDP11_NZVC);
}

/*
 * The value is in RAX with its sign in 64 bits; shifted by a number that is known, of which
 * width bits are kept.
 */
static void shift_known(struct tr *t, i32 by, u32 width)
{
	struct x86 *x = &t->x;
	u8 want = tr_wanted(t);

	if (by < 0) {
		u32 n = (u32)-by;

		if (n > 1) {
			x86_rr(x, 8, 0xc1, X86_SAR, RAX);
			x86_u8(x, n - 1);
		}
		x86_rr(x, 8, 0xd1, X86_SAR, RAX);
		if (want & CARRY)
			tr_save_carry(t);
		return;
	}
	x86_rr(x, 8, 0xc1, X86_SHL, RAX);
	x86_u8(x, (u32)by);
	if (want & CARRY) {
		x86_rr(x, 8, 0x0fba, 4, RAX); /* bt */
		x86_u8(x, width);
		tr_save_carry(t);
	}
	if (want & PDP11_V) { /* into DL: was a bit lost, or the sign changed? */
		if (width == 16)
			x86_rr(x, 8, 0x0fbf, RCX, RAX);
		else
			x86_rr(x, 8, 0x63, RCX, RAX);
		x86_rr(x, 8, 0x39, RAX, RCX);
		x86_rr(x, 1, 0x0f90 + X86_NE, 0, RDX);
	}
}

static void shift_codes(struct tr *t, i32 by, u32 size)
{
	struct x86 *x = &t->x;

	tr_test_host(t, size, RAX);
	if (by == 0) {
		tr_made(t, PDP11_NZVC);
		return;
	}
	t->mem = (t->mem & (u8)~PDP11_NZVC) | (tr_wanted(t) & CARRY);
	t->flags = NZV;
	if (by > 0 && (tr_wanted(t) & PDP11_V)) {
		x86_u8(x, 0x9f); /* lahf */
		x86_rr(x, 1, 0x88, RDX, RAX);
		x86_rm(x, 2, 0x89, RAX, x86_at((u64)&t->c->nzv));
		t->mem |= NZV;
		tr_lost(t);
	}
}

static i32 shift_count(const struct tr *t)
{
	i32 n = t->in->dst.word & 077;

	return n & 040 ? n - 0100 : n;
}

void tr_ash(struct tr *t)
{
	i32 by = shift_count(t);

	x86_rr(&t->x, 8, 0x0fbf, RAX, tr_host[t->in->reg]);
	if (by)
		shift_known(t, by, 16);
	x86_rr(&t->x, 4, 0x0fb7, tr_host[t->in->reg], RAX);
	tr_changed(t, t->in->reg);
	shift_codes(t, by, 2);
}

void tr_ashc(struct tr *t)
{
	i32 by = shift_count(t);

	load_pair(t, t->in->reg);
	x86_rr(&t->x, 8, 0x63, RAX, RAX); /* movsxd */
	if (by)
		shift_known(t, by, 32);
	store_pair(t, t->in->reg);
	shift_codes(t, by, 4);
}
