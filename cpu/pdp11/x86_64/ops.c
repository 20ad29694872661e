/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/ops.c: the operations on words and bytes.
 *
 * Most have an instruction of the host's that leaves the same condition codes; where one
 * differs in a code, that code is made by itself, and only if somebody looks at it. Those that
 * multiply, divide and shift by more than one are in ops_wide.c.
 */
#include "cpu/pdp11/x86_64/tr.h"

u8 tr_wanted(const struct tr *t)
{
	return t->r->out[t->i] & t->in->sets;
}

static u32 size_of(const struct tr *t)
{
	return t->in->byte ? 1 : 2;
}

/* The program counter when the first and the last operand have been read. */
static u32 after_first(const struct tr *t)
{
	u32 words = t->in->src.mode >= 6 || (t->in->src.reg == PDP11_PC &&
					     (t->in->src.mode == 2 || t->in->src.mode == 3))
			? 4
			: 2;

	return (t->in->pc + words) & 0xffff;
}

static u32 after_last(const struct tr *t)
{
	return (u32)(t->in->pc + t->in->len) & 0xffff;
}

/* The value at ea into a host's register, its upper bits zero (a byte's: anything). */
static void load(struct tr *t, const struct ea *ea, u32 size, u32 host)
{
	switch (ea->kind) {
	case EA_REG:
		x86_rr(&t->x, 4, 0x89, tr_host[ea->reg], host);
		break;
	case EA_VALUE:
		x86_mov_imm(&t->x, host, ea->value);
		break;
	default:
		x86_rm(&t->x, 4, size == 1 ? 0x0fb6 : 0x0fb7, host, ea->m);
		break;
	}
}

/* The same with its sign, in 32 bits; words only. */
void tr_load_signed(struct tr *t, const struct ea *ea, u32 host)
{
	switch (ea->kind) {
	case EA_REG:
		x86_rr(&t->x, 4, 0x0fbf, host, tr_host[ea->reg]);
		break;
	case EA_VALUE:
		x86_mov_imm(&t->x, host, (u32)(i32)(i16)ea->value);
		break;
	default:
		x86_rm(&t->x, 4, 0x0fbf, host, ea->m);
		break;
	}
}

static void source(struct tr *t, struct ea *ea)
{
	u32 size = size_of(t);

	tr_operand(t, &t->in->src, size, RCX, after_first(t), ea);
	if (size == 2)
		tr_check_even(t, ea);
	if (ea->kind == EA_VALUE && size == 1)
		ea->value &= 0xff;
}

void tr_destination(struct tr *t, struct ea *ea, bool written)
{
	u32 size = size_of(t);

	tr_operand(t, &t->in->dst, size, RDX, after_last(t), ea);
	if (size == 2)
		tr_check_even(t, ea);
	if (ea->kind == EA_VALUE && size == 1)
		ea->value &= 0xff;
	if (written) {
		tr_check_store(t, ea, size);
		if (ea->kind == EA_REG)
			tr_changed(t, ea->reg);
	}
}

void tr_test_host(struct tr *t, u32 size, u32 host)
{
	x86_rr(&t->x, size, x86_wide(0x84, size), host, host);
}

/* ---- two operands -------------------------------------------------------------------------- */

static void mov_to_register(struct tr *t, const struct ea *src, const struct ea *dst)
{
	struct x86 *x = &t->x;
	u32 host = tr_host[dst->reg];
	bool late = tr_is_pending(t, dst->reg); /* the mode's change comes first */
	u32 to = late ? RAX : host;

	if (t->in->byte) {
		if (src->kind == EA_VALUE)
			x86_mov_imm(x, to, (u16)(i8)src->value);
		else if (src->kind == EA_REG)
			x86_rr(x, 2, 0x0fbe, to, tr_host[src->reg]);
		else
			x86_rm(x, 2, 0x0fbe, to, src->m);
	} else {
		load(t, src, 2, to);
	}
	tr_commit(t);
	if (late)
		x86_rr(x, 2, 0x89, RAX, host);
	if (src->kind == EA_VALUE && !(src->value & 1) && !t->in->byte)
		t->even |= (u8)(1u << dst->reg);
	if (tr_wanted(t)) {
		tr_test_host(t, 2, host);
		tr_made(t, NZV);
	}
}

static void mov_to_memory(struct tr *t, const struct ea *src, const struct ea *dst)
{
	u32 size = size_of(t), host = RAX;

	if (src->kind == EA_VALUE) {
		x86_mov_mi(&t->x, size, dst->m, src->value);
		if (tr_wanted(t))
			x86_mov_imm(&t->x, RAX, src->value);
	} else {
		if (src->kind == EA_REG)
			host = tr_host[src->reg];
		else
			load(t, src, size, RAX);
		x86_rm(&t->x, size, x86_wide(0x88, size), host, dst->m);
	}
	/* The register may be one that its own mode changes. */
	if (tr_wanted(t)) {
		tr_test_host(t, size, host);
		tr_commit(t);
		tr_made(t, NZV);
		return;
	}
	tr_commit(t);
}

static void mov(struct tr *t)
{
	struct ea src, dst;

	source(t, &src);
	tr_destination(t, &dst, true);
	if (dst.kind == EA_REG)
		mov_to_register(t, &src, &dst);
	else
		mov_to_memory(t, &src, &dst);
}

/* dst and src by an operation of the host's two-operand group. */
static void alu(struct tr *t, enum x86_alu n, const struct ea *src, const struct ea *dst,
		bool invert)
{
	struct x86 *x = &t->x;
	u32 size = size_of(t), op = x86_wide((u32)n << 3, size), from = RAX;
	u32 value = invert ? ~(u32)src->value : src->value;

	if (dst->kind == EA_REG) {
		u32 host = tr_host[dst->reg];

		if (src->kind == EA_MEM) {
			load(t, src, size, RAX);
			tr_commit(t);
		} else if (src->kind == EA_REG) {
			from = tr_host[src->reg];
		}
		if (src->kind == EA_VALUE) {
			x86_alu_ri(x, size, n, host, value);
			return;
		}
		if (invert) {
			if (from != RAX)
				x86_rr(x, 4, 0x89, from, RAX);
			x86_rr(x, 4, 0xf7, X86_NOT, RAX);
			from = RAX;
		}
		x86_rr(x, size, op, from, host);
		return;
	}
	if (src->kind == EA_VALUE) {
		x86_alu_mi(x, size, n, dst->m, value);
	} else {
		if (src->kind == EA_REG && !invert)
			from = tr_host[src->reg];
		else
			load(t, src, size, RAX);
		if (invert)
			x86_rr(x, 4, 0xf7, X86_NOT, RAX);
		x86_rm(x, size, op, from, dst->m);
	}
	tr_commit(t);
}

/* src - dst, of which the host's compare wants src in a register or in memory. */
static void cmp(struct tr *t)
{
	struct x86 *x = &t->x;
	struct ea src, dst;
	u32 size = size_of(t), from = RAX;

	source(t, &src);
	tr_destination(t, &dst, false);
	if (src.kind == EA_REG)
		from = tr_host[src.reg];
	if (src.kind == EA_MEM && dst.kind == EA_VALUE) {
		x86_alu_mi(x, size, X86_CMP, src.m, dst.value);
	} else if (src.kind == EA_MEM && dst.kind == EA_REG && !tr_is_pending(t, dst.reg)) {
		x86_rm(x, size, x86_wide(0x38, size), tr_host[dst.reg], src.m);
	} else if (src.kind == EA_REG && dst.kind == EA_VALUE) {
		x86_alu_ri(x, size, X86_CMP, from, dst.value);
	} else if (src.kind == EA_VALUE && !(tr_wanted(t) & ~PDP11_Z)) { /* either way round */
		if (dst.kind == EA_REG)
			x86_alu_ri(x, size, X86_CMP, tr_host[dst.reg], src.value);
		else if (dst.kind == EA_MEM)
			x86_alu_mi(x, size, X86_CMP, dst.m, src.value);
		else
			x86_mov_imm(x, RAX, src.value),
			    x86_alu_ri(x, size, X86_CMP, RAX, dst.value);
	} else {
		if (src.kind != EA_REG)
			load(t, &src, size, RAX);
		if (dst.kind == EA_REG) {
			tr_commit(t);
			x86_rr(x, size, x86_wide(0x38, size), tr_host[dst.reg], from);
		} else if (dst.kind == EA_VALUE) {
			x86_alu_ri(x, size, X86_CMP, from, dst.value);
		} else {
			x86_rm(x, size, x86_wide(0x3a, size), from, dst.m);
		}
	}
	tr_commit(t);
	tr_made(t, PDP11_NZVC);
}

static void bit(struct tr *t)
{
	struct x86 *x = &t->x;
	struct ea src, dst;
	u32 size = size_of(t), from = RAX;

	source(t, &src);
	tr_destination(t, &dst, false);
	if (src.kind == EA_REG)
		from = tr_host[src.reg];
	else if (src.kind == EA_MEM)
		load(t, &src, size, RAX);
	if (dst.kind == EA_REG)
		tr_commit(t);
	if (src.kind == EA_VALUE && dst.kind != EA_VALUE) {
		if (dst.kind == EA_REG)
			x86_rr(x, size, x86_wide(0xf6, size), 0, tr_host[dst.reg]);
		else
			x86_rm(x, size, x86_wide(0xf6, size), 0, dst.m);
		x86_imm(x, size, src.value);
	} else if (dst.kind == EA_VALUE) {
		if (src.kind == EA_VALUE)
			x86_mov_imm(x, RAX, src.value);
		x86_rr(x, size, x86_wide(0xf6, size), 0, from);
		x86_imm(x, size, dst.value);
	} else if (dst.kind == EA_REG) {
		x86_rr(x, size, x86_wide(0x84, size), from, tr_host[dst.reg]);
	} else {
		x86_rm(x, size, x86_wide(0x84, size), from, dst.m);
	}
	tr_commit(t);
	tr_made(t, NZV);
}

static void two(struct tr *t, enum x86_alu n, bool invert)
{
	struct ea src, dst;

	source(t, &src);
	tr_destination(t, &dst, true);
	alu(t, n, &src, &dst, invert);
	tr_made(t, t->in->sets);
}

/* ---- one operand --------------------------------------------------------------------------- */

/* An instruction of the host's with one operand and a number of operation. */
static void one_of(struct tr *t, const struct ea *ea, u32 op, u32 n)
{
	u32 size = size_of(t);

	if (ea->kind == EA_REG)
		x86_rr(&t->x, size, x86_wide(op, size), n, tr_host[ea->reg]);
	else
		x86_rm(&t->x, size, x86_wide(op, size), n, ea->m);
}

/* N and Z of what is at ea; V and C are off. */
static void test_at(struct tr *t, const struct ea *ea, u32 size)
{
	if (ea->kind == EA_REG)
		tr_test_host(t, size, tr_host[ea->reg]);
	else
		x86_alu_mi(&t->x, size, X86_CMP, ea->m, 0);
}

/* The host's flags are N, Z and the carry: V is N xor C. */
static void overflow_by_carry(struct tr *t)
{
	struct x86 *x = &t->x;

	x86_u8(x, 0x9f);		      /* lahf */
	x86_rr(x, 1, 0x0f90 + X86_S, 0, RAX); /* sets al */
	x86_rm(x, 1, 0x32, RAX, x86_at((u64)&t->c->carry));
	x86_rm(x, 2, 0x89, RAX, x86_at((u64)&t->c->nzv));
	t->mem |= PDP11_NZVC;
	tr_lost(t);
}

void tr_save_carry(struct tr *t)
{
	x86_rm(&t->x, 1, 0x0f90 + X86_B, 0, x86_at((u64)&t->c->carry));
	t->mem |= CARRY;
}

static void clr(struct tr *t, const struct ea *ea)
{
	struct x86 *x = &t->x;
	u32 size = size_of(t);

	if (ea->kind == EA_REG) {
		if (tr_wanted(t))
			x86_rr(x, size == 1 ? 1 : 4, x86_wide(0x30, size), tr_host[ea->reg],
			       tr_host[ea->reg]);
		else if (size == 1)
			x86_rr(x, 1, 0xc6, 0, tr_host[ea->reg]), x86_u8(x, 0);
		else
			x86_mov_imm(x, tr_host[ea->reg], 0);
		if (size == 2)
			t->even |= (u8)(1u << ea->reg);
	} else {
		x86_mov_mi(x, size, ea->m, 0);
		if (tr_wanted(t))
			x86_rr(x, 4, 0x31, RAX, RAX);
	}
	if (tr_wanted(t))
		tr_made(t, PDP11_NZVC);
}

static void rotate(struct tr *t, const struct ea *ea, enum x86_shift n)
{
	u8 want = tr_wanted(t);

	tr_want(t, CARRY);
	one_of(t, ea, 0xd0, n);
	if (!(want & NZV)) {
		tr_made(t, CARRY);
		return;
	}
	tr_save_carry(t);
	test_at(t, ea, size_of(t));
	if (want & PDP11_V) {
		overflow_by_carry(t);
		return;
	}
	t->mem = (t->mem & (u8)~NZV) | CARRY;
	t->flags = NZV;
}

static void asr(struct tr *t, const struct ea *ea)
{
	one_of(t, ea, 0xd0, X86_SAR);
	if (!(tr_wanted(t) & PDP11_V)) {
		tr_made(t, PDP11_NZVC);
		return;
	}
	tr_save_carry(t);
	overflow_by_carry(t);
}

static void swab(struct tr *t, const struct ea *ea)
{
	struct x86 *x = &t->x;

	if (ea->kind == EA_REG)
		x86_rr(x, 2, 0xc1, X86_ROL, tr_host[ea->reg]);
	else
		x86_rm(x, 2, 0xc1, X86_ROL, ea->m);
	x86_u8(x, 8);
	if (tr_wanted(t)) {
		test_at(t, ea, 1);
		tr_made(t, PDP11_NZVC);
	}
}

static void sxt(struct tr *t, const struct ea *ea)
{
	struct x86 *x = &t->x;

	/* N is in memory: bit 7 of the byte that lahf left. */
	x86_rm(x, 4, 0x0fb6, RAX, x86_at((u64)&t->c->nzv + 1));
	x86_rr(x, 4, 0xc1, X86_SHR, RAX);
	x86_u8(x, 7);
	x86_rr(x, 4, 0xf7, X86_NEG, RAX);
	if (ea->kind == EA_REG)
		x86_rr(x, 2, 0x89, RAX, tr_host[ea->reg]);
	else
		x86_rm(x, 2, 0x89, RAX, ea->m);
	tr_test_host(t, 2, RAX);
	tr_made(t, NZV);
}

static void one(struct tr *t)
{
	u8 op = t->in->op;
	struct ea ea;

	/* What it reads must outlive the checks, and a second attempt. */
	if (t->in->dst.mode != 0 || op == PDP11_OP_SXT)
		tr_keep(t, t->in->reads);
	tr_destination(t, &ea, op != PDP11_OP_TST);
	if (ea.kind == EA_VALUE) { /* TST of an immediate */
		x86_mov_imm(&t->x, RAX, ea.value);
		tr_test_host(t, size_of(t), RAX);
		tr_made(t, PDP11_NZVC);
		return;
	}
	switch (op) {
	case PDP11_OP_CLR:
		clr(t, &ea);
		break;
	case PDP11_OP_COM:
		if (ea.kind == EA_REG)
			x86_alu_ri(&t->x, size_of(t), X86_XOR, tr_host[ea.reg], 0xffffffff);
		else
			x86_alu_mi(&t->x, size_of(t), X86_XOR, ea.m, 0xffffffff);
		x86_u8(&t->x, 0xf9); /* stc */
		tr_made(t, PDP11_NZVC);
		break;
	case PDP11_OP_INC:
	case PDP11_OP_DEC: {
		u8 kept = ea.kind == EA_REG ? t->flags & CARRY : 0;

		one_of(t, &ea, 0xfe, op == PDP11_OP_DEC);
		tr_made(t, NZV);
		t->flags |= kept;
		break;
	}
	case PDP11_OP_NEG:
		one_of(t, &ea, 0xf6, X86_NEG);
		tr_made(t, PDP11_NZVC);
		break;
	case PDP11_OP_ADC:
	case PDP11_OP_SBC:
		tr_want(t, CARRY);
		if (ea.kind == EA_REG)
			x86_alu_ri(&t->x, size_of(t), op == PDP11_OP_ADC ? X86_ADC : X86_SBB,
				   tr_host[ea.reg], 0);
		else
			x86_alu_mi(&t->x, size_of(t), op == PDP11_OP_ADC ? X86_ADC : X86_SBB, ea.m,
				   0);
		tr_made(t, PDP11_NZVC);
		break;
	case PDP11_OP_TST:
		test_at(t, &ea, size_of(t));
		tr_made(t, PDP11_NZVC);
		break;
	case PDP11_OP_ROR:
		rotate(t, &ea, X86_RCR);
		break;
	case PDP11_OP_ROL:
		rotate(t, &ea, X86_RCL);
		break;
	case PDP11_OP_ASR:
		asr(t, &ea);
		break;
	case PDP11_OP_ASL:
		one_of(t, &ea, 0xd0, X86_SHL);
		tr_made(t, PDP11_NZVC);
		break;
	case PDP11_OP_SWAB:
		swab(t, &ea);
		break;
	default:
		sxt(t, &ea);
		break;
	}
	tr_commit(t);
}

/* ---- with a register ----------------------------------------------------------------------- */

static void xor_register(struct tr *t)
{
	struct ea dst;
	struct ea src = {.kind = EA_REG, .reg = t->in->reg};

	tr_destination(t, &dst, true);
	alu(t, X86_XOR, &src, &dst, false);
	tr_made(t, NZV);
}

void tr_operation(struct tr *t)
{
	switch (t->in->op) {
	case PDP11_OP_MOV:
		mov(t);
		break;
	case PDP11_OP_CMP:
		cmp(t);
		break;
	case PDP11_OP_BIT:
		bit(t);
		break;
	case PDP11_OP_BIC:
		two(t, X86_AND, true);
		break;
	case PDP11_OP_BIS:
		two(t, X86_OR, false);
		break;
	case PDP11_OP_ADD:
		two(t, X86_ADD, false);
		break;
	case PDP11_OP_SUB:
		two(t, X86_SUB, false);
		break;
	case PDP11_OP_XOR:
		xor_register(t);
		break;
	case PDP11_OP_MUL:
		tr_mul(t);
		break;
	case PDP11_OP_DIV:
		tr_divide(t);
		break;
	case PDP11_OP_ASH:
		tr_ash(t);
		break;
	case PDP11_OP_ASHC:
		tr_ashc(t);
		break;
	default:
		one(t);
		break;
	}
}
