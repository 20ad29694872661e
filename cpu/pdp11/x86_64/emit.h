/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/emit.h: x86-64 instructions, as bytes one behind the other.
 *
 * Only what the translator needs. Every instruction gets a REX prefix, so that the low byte of
 * each register has a name. Facts: Intel 64 and IA-32 Architectures Software Developer's
 * Manual, volume 2.
 */
#ifndef FB_CPU_PDP11_X86_64_EMIT_H
#define FB_CPU_PDP11_X86_64_EMIT_H

#include "lib/base.h"

enum x86_reg {
	RAX,
	RCX,
	RDX,
	RBX,
	RSP,
	RBP,
	RSI,
	RDI,
	R8,
	R9,
	R10,
	R11,
	R12,
	R13,
	R14,
	R15,
	X86_NONE = 0xff
};

/* [base + index*2^scale + disp]; without base and index an absolute address below 2 GiB. */
struct x86_mem {
	u8 base, index, scale;
	i32 disp;
};

/* Operations of the two-operand group by number: opcode n*8 + 0 to 3, or /n of 80, 81, 83. */
enum x86_alu { X86_ADD, X86_OR, X86_ADC, X86_SBB, X86_AND, X86_SUB, X86_XOR, X86_CMP };
/* /n of D0 and D1 */
enum x86_shift { X86_ROL, X86_ROR, X86_RCL, X86_RCR, X86_SHL, X86_SHR, X86_SAR = 7 };
/* /n of F6 and F7; of FE and FF plus 8 */
enum x86_one { X86_NOT = 2, X86_NEG, X86_MUL, X86_IMUL, X86_DIV, X86_IDIV, X86_INC = 8, X86_DEC };
/* Jcc and SETcc */
enum x86_cond {
	X86_O,
	X86_NO,
	X86_B,
	X86_AE,
	X86_E,
	X86_NE,
	X86_BE,
	X86_A,
	X86_S,
	X86_NS,
	X86_L = 12,
	X86_GE,
	X86_LE,
	X86_G
};

struct x86 {
	u8 *at;
};

static inline void x86_u8(struct x86 *x, u32 b)
{
	*x->at++ = (u8)b;
}

static inline void x86_u16(struct x86 *x, u32 v)
{
	x86_u8(x, v);
	x86_u8(x, v >> 8);
}

static inline void x86_u32(struct x86 *x, u32 v)
{
	x86_u16(x, v);
	x86_u16(x, v >> 16);
}

static inline void x86_opcode(struct x86 *x, u32 size, u32 op, u32 r, u32 index, u32 b)
{
	if (size == 2)
		x86_u8(x, 0x66);
	x86_u8(x, 0x40u | (size == 8 ? 8u : 0u) | (r >> 3 & 1) << 2 | (index >> 3 & 1) << 1 |
		      (b >> 3 & 1));
	if (op > 0xff)
		x86_u8(x, op >> 8);
	x86_u8(x, op);
}

/* reg and a register */
static inline void x86_rr(struct x86 *x, u32 size, u32 op, u32 reg, u32 rm)
{
	x86_opcode(x, size, op, reg, 0, rm);
	x86_u8(x, 0xc0u | (reg & 7) << 3 | (rm & 7));
}

/* reg and memory */
static inline void x86_rm(struct x86 *x, u32 size, u32 op, u32 reg, struct x86_mem m)
{
	bool small = m.base != X86_NONE && m.disp >= -128 && m.disp <= 127;
	u32 mod = m.base == X86_NONE ? 0u : small ? 1u : 2u, base = m.base & 7u;
	bool sib = m.base == X86_NONE || m.index != X86_NONE || base == RSP;

	x86_opcode(x, size, op, reg, m.index == X86_NONE ? 0 : m.index,
		   m.base == X86_NONE ? 0 : m.base);
	x86_u8(x, mod << 6 | (reg & 7) << 3 | (sib ? 4u : base));
	if (sib)
		x86_u8(x, (u32)m.scale << 6 | (m.index == X86_NONE ? 4u : m.index & 7u) << 3 |
			      (m.base == X86_NONE ? 5u : base));
	if (small)
		x86_u8(x, (u32)m.disp);
	else
		x86_u32(x, (u32)m.disp);
}

static inline struct x86_mem x86_at(u64 address)
{
	return (struct x86_mem){X86_NONE, X86_NONE, 0, (i32)address};
}

static inline struct x86_mem x86_base(u32 base, i32 disp)
{
	return (struct x86_mem){(u8)base, X86_NONE, 0, disp};
}

/* An operation's opcode for bytes is even, for anything else one more. */
static inline u32 x86_wide(u32 op, u32 size)
{
	return size == 1 ? op : op + 1;
}

static inline void x86_mov_imm(struct x86 *x, u32 reg, u32 value)
{
	x86_opcode(x, 4, 0xb8u + (reg & 7), 0, 0, reg);
	x86_u32(x, value);
}

static inline void x86_mov_imm64(struct x86 *x, u32 reg, u64 value)
{
	x86_opcode(x, 8, 0xb8u + (reg & 7), 0, 0, reg);
	x86_u32(x, (u32)value);
	x86_u32(x, (u32)(value >> 32));
}

static inline void x86_imm(struct x86 *x, u32 size, u32 value)
{
	if (size == 1)
		x86_u8(x, value);
	else if (size == 2)
		x86_u16(x, value);
	else
		x86_u32(x, value);
}

static inline bool x86_is_small(u32 size, u32 value)
{
	i32 v = size == 2 ? (i16)value : (i32)value;

	return size != 1 && v >= -128 && v <= 127;
}

static inline void x86_alu_ri(struct x86 *x, u32 size, enum x86_alu n, u32 reg, u32 value)
{
	bool small = x86_is_small(size, value);

	x86_rr(x, size, size == 1 ? 0x80u : small ? 0x83u : 0x81u, n, reg);
	x86_imm(x, small ? 1 : size, value);
}

static inline void x86_alu_mi(struct x86 *x, u32 size, enum x86_alu n, struct x86_mem m, u32 value)
{
	bool small = x86_is_small(size, value);

	x86_rm(x, size, size == 1 ? 0x80u : small ? 0x83u : 0x81u, n, m);
	x86_imm(x, small ? 1 : size, value);
}

static inline void x86_mov_mi(struct x86 *x, u32 size, struct x86_mem m, u32 value)
{
	x86_rm(x, size, x86_wide(0xc6, size), 0, m);
	x86_imm(x, size, value);
}

/* A jump whose target is not known yet: where its four bytes are. */
static inline u8 *x86_jcc(struct x86 *x, enum x86_cond cond)
{
	x86_u16(x, 0x800fu + ((u32)cond << 8));
	x86_u32(x, 0);
	return x->at - 4;
}

static inline u8 *x86_jmp(struct x86 *x)
{
	x86_u8(x, 0xe9);
	x86_u32(x, 0);
	return x->at - 4;
}

static inline void x86_patch(u8 *where, const u8 *target)
{
	u32 rel = (u32)(target - (where + 4));

	for (u32 i = 0; i < 4; i++)
		where[i] = (u8)(rel >> 8 * i);
}

static inline void x86_jmp_to(struct x86 *x, const u8 *target)
{
	x86_patch(x86_jmp(x), target);
}

static inline void x86_jcc_to(struct x86 *x, enum x86_cond cond, const u8 *target)
{
	x86_patch(x86_jcc(x, cond), target);
}

#endif
