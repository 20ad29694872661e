/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/site.c: recognising what stands before a system-call instruction.
 *
 * x86 cannot be decoded backwards, so nothing is taken for what it looks like: an
 * instruction counts only when its bytes fit one of the forms below *and* the registers at
 * the trap hold what it would have put there. A form that could also be the tail of a
 * longer one is refused when that longer one fits the registers as well. All forms
 * only load a register; none depends on where it runs.
 */
#include "exo/linux/x86_64/site.h"

enum { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI };

static u64 reg(const struct exo_frame *f, unsigned n)
{
	const u64 v[16] = {f->nr, f->rcx, f->rdx, f->rbx, f->rsp, f->rbp, f->rsi, f->rdi,
			   f->r8, f->r9,  f->r10, f->r11, f->r12, f->r13, f->r14, f->r15};

	return v[n & 15];
}

/* rcx and r11 are lost to the trap: nothing can be checked against them. */
static bool known(unsigned n)
{
	return n != 1 && n != 11 && n != RSP;
}

static u32 imm32(const u8 *p)
{
	return (u32)p[0] | (u32)p[1] << 8 | (u32)p[2] << 16 | (u32)p[3] << 24;
}

static bool is_rex(u8 b)
{
	return (b & 0xf0) == 0x40;
}

/* Does an instruction of exactly n bytes end at end, and fit the registers? */

/* mov $imm32, %r32 */
static bool mov_imm(const u8 *end, unsigned n, const struct exo_frame *f)
{
	unsigned r;

	if (n == 5) {
		if ((end[-5] & 0xf8) != 0xb8)
			return false;
		r = end[-5] & 7;
		/* With a REX.B before it the same bytes load r8-r15. */
		if (is_rex(end[-6]) && known(8 + r) && reg(f, 8 + r) == imm32(end - 4))
			return false;
	} else {
		if (n != 6 || end[-6] != 0x41 || (end[-5] & 0xf8) != 0xb8)
			return false;
		r = 8 + (end[-5] & 7u);
	}
	return known(r) && reg(f, r) == imm32(end - 4);
}

/* mov $simm32, %r64 */
static bool mov_simm(const u8 *end, unsigned n, const struct exo_frame *f)
{
	unsigned r;

	if (n != 7 || (end[-7] & 0xfe) != 0x48 || end[-6] != 0xc7 || (end[-5] & 0xf8) != 0xc0)
		return false;
	r = (end[-5] & 7u) | (end[-7] & 1u) << 3;
	return known(r) && reg(f, r) == (u64)(i64)(i32)imm32(end - 4);
}

/* mov disp(%rsp), %r64 and lea disp(%rsp), %r64 */
static bool from_stack(const u8 *end, unsigned n, const struct exo_frame *f,
		       int (*load)(u64, u64 *))
{
	unsigned disp = n == 5 ? 1 : 4;
	const u8 *p = end - n;
	u64 addr, value;
	unsigned r;

	if ((n != 5 && n != 8) || (p[0] & 0xfb) != 0x48 || (p[1] != 0x8b && p[1] != 0x8d) ||
	    (p[2] & 7) != 4 || p[2] >> 6 != (disp == 1 ? 1 : 2) || p[3] != 0x24)
		return false;
	r = (p[2] >> 3 & 7u) | (p[0] & 4u) << 1;
	addr = f->rsp + (disp == 1 ? (u64)(i64)(i8)p[4] : (u64)(i64)(i32)imm32(p + 4));
	if (p[1] == 0x8d)
		return known(r) && reg(f, r) == addr;
	return known(r) && load(addr, &value) == 0 && reg(f, r) == value;
}

/* mov %r64, %r64 */
static bool mov_reg(const u8 *end, unsigned n, const struct exo_frame *f)
{
	unsigned src, dst;

	if (n != 3 || (end[-3] & 0xf8) != 0x48 || end[-1] >> 6 != 3)
		return false;
	if (end[-2] == 0x89) {
		src = (end[-1] >> 3 & 7u) | (end[-3] & 4u) << 1;
		dst = (end[-1] & 7u) | (end[-3] & 1u) << 3;
	} else if (end[-2] == 0x8b) {
		dst = (end[-1] >> 3 & 7u) | (end[-3] & 4u) << 1;
		src = (end[-1] & 7u) | (end[-3] & 1u) << 3;
	} else {
		return false;
	}
	return known(dst) && known(src) && dst != src && reg(f, dst) == reg(f, src);
}

/* mov %rcx, %r10: what every libc does before the call; rcx itself is gone by then. */
static bool is_rcx_to_r10(const u8 *end)
{
	return end[-3] == 0x49 && end[-2] == 0x89 && end[-1] == 0xca;
}

static unsigned whole_before(const u8 *end, const struct exo_frame *f, int (*load)(u64, u64 *))
{
	if (from_stack(end, 8, f, load))
		return 8;
	if (mov_simm(end, 7, f))
		return 7;
	if (mov_imm(end, 6, f))
		return 6;
	if (mov_imm(end, 5, f) || from_stack(end, 5, f, load))
		return 5;
	return 0;
}

struct site_plan site_recognise(const u8 *code, const struct exo_frame *f,
				int (*load)(u64 addr, u64 *out))
{
	const u8 *end = code + SITE_LOOK_BACK;
	unsigned n = whole_before(end, f, load);

	if (n)
		return (struct site_plan){SITE_LONG, (u8)n, (u8)n, (u8)n};
	if (is_rcx_to_r10(end)) {
		n = whole_before(end - 3, f, load);
		if (n)
			return (struct site_plan){SITE_LONG, (u8)(n + 3), (u8)n, (u8)(n + 3)};
	}
	if (mov_reg(end, 3, f))
		return (struct site_plan){SITE_PUN, 3, 3, 3};
	return (struct site_plan){SITE_NONE, 0, 0, 0};
}

struct site_plan site_stub(const u8 *code, u64 size)
{
	const struct site_plan none = {SITE_NONE, 0, 0, 0};
	const u8 *p = code;
	u8 load;

	if (size < SITE_STUB_MAX)
		return none;
	if (p[0] == 0xb8)
		load = 5;
	else if (p[0] == 0x48 && p[1] == 0xc7 && p[2] == 0xc0)
		load = 7;
	else
		return none;
	p += load;
	if (p[-1] || p[-2] || !is_rcx_to_r10(p + 3) || p[3] != 0x0f || p[4] != 0x05)
		return none;
	p += 5;
	p += p[0] == 0x72 ? 2 : p[0] == 0x0f && p[1] == 0x82 ? 6 : 0;
	if (p == code + load + 5 || p >= code + size || *p != 0xc3)
		return none;
	return (struct site_plan){SITE_LONG, (u8)(load + 3), load, (u8)(load + 3)};
}
