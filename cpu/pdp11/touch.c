/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/touch.c: what an instruction is about to touch; for watchpoints (stub.h).
 *
 * Facts: PDP11 Processor Handbook 1981, chapters 4 and 11 (FP11): which operands are read, which
 * written, and how long they are.
 */
#include "cpu/pdp11/access.h"
#include "cpu/pdp11/decode.h"
#include "cpu/pdp11/stub.h"

#define FPS_DOUBLE 0200
#define FPS_LONG   0100

struct touches {
	struct pdp11 cpu; /* a copy, whose registers the operands step */
	struct pdp11_touch *list;
	u32 n;
};

static void add(struct touches *t, u32 at, u32 len, bool read, bool written)
{
	if (t->n < PDP11_TOUCHES)
		t->list[t->n++] = (struct pdp11_touch){(u16)at, (u16)len, read, written};
}

/* An operand of len bytes; immediate ones are text. */
static bool operand(struct touches *t, u32 spec, u32 step, u32 len, bool read, bool written)
{
	i32 where;

	if (spec < 010)
		return true;
	where = pdp11_operand(&t->cpu, spec, step);
	if (where < 0)
		return false;
	if ((read || written) && (!(where & PDP11_IN_TEXT) || t->cpu.text == t->cpu.data))
		add(t, (u32)where & 0xffff, len, read, written);
	return true;
}

static u32 step_of(u32 spec, bool byte)
{
	return byte && (spec & 7) < PDP11_SP ? 1 : 2;
}

static void push(struct touches *t)
{
	add(t, (u16)(t->cpu.r[PDP11_SP] - 2), 2, false, true);
}

static void float_operand(struct touches *t, u16 word, u16 fps)
{
	u32 spec = word & 077, group = word & 07400, len = fps & FPS_DOUBLE ? 8 : 4;
	bool read = true, written = false, number = true;

	if ((word & 07700) == 0)
		return;
	switch (group) {
	case 0: /* LDFPS, STFPS, STST */
		len = (word & 07700) == 0300 ? 4 : 2;
		read = (word & 07700) == 0100;
		written = !read;
		number = false;
		break;
	case 0400: /* CLRF, TSTF, ABSF, NEGF */
		read = (word & 0300) != 0;
		written = (word & 0300) != 0100;
		break;
	case 04000: /* STF */
		read = false;
		written = true;
		break;
	case 05000: /* STEXP */
	case 06400: /* LDEXP */
		len = 2;
		read = group == 06400;
		written = !read;
		number = false;
		break;
	case 05400: /* STCFI */
	case 07000: /* LDCIF */
		len = fps & FPS_LONG ? 4 : 2;
		read = group == 07000;
		written = !read;
		number = false;
		break;
	case 06000: /* STCFD */
	case 07400: /* LDCDF: of the other length */
		len = 12 - len;
		read = group == 07400;
		written = !read;
		break;
	default:
		break;
	}
	if (spec >= 010 || !number)
		operand(t, spec, (spec & 7) == PDP11_PC && (spec & 070) == 020 ? 2 : len, len, read,
			written);
}

u32 pdp11_touches(const struct pdp11 *cpu, struct pdp11_touch list[PDP11_TOUCHES])
{
	struct touches t = {.cpu = *cpu, .list = list};
	struct pdp11_insn in;
	u32 src, dst, len;
	u16 word;

	if (!pdp11_decode(cpu->text, cpu->text_read, cpu->r[PDP11_PC], &in))
		return 0;
	word = in.word;
	src = word >> 6 & 077;
	dst = word & 077;
	len = in.byte ? 1 : 2;
	t.cpu.r[PDP11_PC] = (u16)(t.cpu.r[PDP11_PC] + 2);
	if (in.op >= PDP11_OP_MOV && in.op <= PDP11_OP_SUB) {
		if (operand(&t, src, step_of(src, in.byte), len, true, false))
			operand(&t, dst, step_of(dst, in.byte), len, in.op != PDP11_OP_MOV,
				in.op != PDP11_OP_CMP && in.op != PDP11_OP_BIT);
	} else if (in.op >= PDP11_OP_CLR && in.op <= PDP11_OP_XOR) {
		operand(&t, dst, step_of(dst, in.byte), len,
			in.op != PDP11_OP_CLR && in.op != PDP11_OP_SXT, in.op != PDP11_OP_TST);
	} else if (in.op >= PDP11_OP_MUL && in.op <= PDP11_OP_ASHC) {
		operand(&t, dst, 2, 2, true, false);
	} else if (in.op == PDP11_OP_JSR) {
		if (operand(&t, dst, 2, 2, false, false))
			push(&t);
	} else if (in.op == PDP11_OP_RTS) {
		add(&t, cpu->r[PDP11_SP], 2, true, false);
	} else if (in.op == PDP11_OP_FLOAT) {
		float_operand(&t, word, cpu->fps);
	} else if ((word & 077700) == 006500) { /* MFPI, MFPD */
		if (operand(&t, dst, 2, 2, true, false))
			push(&t);
	} else if ((word & 077700) == 006600) { /* MTPI, MTPD */
		add(&t, cpu->r[PDP11_SP], 2, true, false);
		t.cpu.r[PDP11_SP] = (u16)(t.cpu.r[PDP11_SP] + 2);
		operand(&t, dst, 2, 2, false, true);
	} else if (word == 2 || word == 6) { /* RTI, RTT */
		add(&t, cpu->r[PDP11_SP], 4, true, false);
	}
	return t.n;
}
