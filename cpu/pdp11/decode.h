/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/decode.h: an instruction taken apart, for whoever does not just execute it.
 *
 * Facts: PDP-11 Processor Handbook, the instruction formats and their condition codes.
 */
#ifndef FB_CPU_PDP11_DECODE_H
#define FB_CPU_PDP11_DECODE_H

#include "cpu/pdp11/pdp11.h"

enum pdp11_op {
	PDP11_OP_OTHER, /* not taken apart: the interpreter's business; it may go anywhere */
	PDP11_OP_FLOAT, /* FP11 */
	/* two operands, src and dst */
	PDP11_OP_MOV,
	PDP11_OP_CMP,
	PDP11_OP_BIT,
	PDP11_OP_BIC,
	PDP11_OP_BIS,
	PDP11_OP_ADD,
	PDP11_OP_SUB,
	/* one, dst */
	PDP11_OP_CLR,
	PDP11_OP_COM,
	PDP11_OP_INC,
	PDP11_OP_DEC,
	PDP11_OP_NEG,
	PDP11_OP_ADC,
	PDP11_OP_SBC,
	PDP11_OP_TST,
	PDP11_OP_ROR,
	PDP11_OP_ROL,
	PDP11_OP_ASR,
	PDP11_OP_ASL,
	PDP11_OP_SWAB,
	PDP11_OP_SXT,
	/* a register, and dst, which MUL to ASHC only read */
	PDP11_OP_XOR,
	PDP11_OP_MUL,
	PDP11_OP_DIV,
	PDP11_OP_ASH,
	PDP11_OP_ASHC,
	/* where to */
	PDP11_OP_BR,	/* target */
	PDP11_OP_BCC,	/* target, cond */
	PDP11_OP_SOB,	/* target, reg */
	PDP11_OP_JMP,	/* dst */
	PDP11_OP_JSR,	/* reg, dst */
	PDP11_OP_RTS,	/* reg */
	PDP11_OP_CODES, /* CLx and SEx, NOP: word's lower five bits */
};

/* The condition of a branch is bits 15, 10-8 of its word: BNE is 2, BEQ 3, BPL 010 ... */
#define PDP11_COND(word) (((word) >> 12 & 010) | ((word) >> 8 & 7))

#define PDP11_NZVC (PDP11_N | PDP11_Z | PDP11_V | PDP11_C)

struct pdp11_operand {
	u8 mode, reg;
	u16 word; /* the further word of modes 6 and 7, and of 2 and 3 with PC */
};

struct pdp11_insn {
	u16 pc, word;
	u8 op;	 /* enum pdp11_op */
	u8 byte; /* bytes, not words */
	u8 len;	 /* bytes of the whole instruction */
	u8 reg, cond;
	u8 reads, sets; /* PDP11_N ...: condition codes it looks at, and gives a new value */
	u16 target;
	struct pdp11_operand src, dst;
};

/* How many words the operands of an instruction take beside it, 0 to 2. */
u32 pdp11_more_words(u16 word);

/* Takes the instruction at pc apart; false when its words are not all there. text: the space,
 * readable: its pages as in struct pdp11. */
bool pdp11_decode(const u8 *text, u16 readable, u16 pc, struct pdp11_insn *in);

#endif
