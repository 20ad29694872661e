/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu/pdp11/decode.c: an instruction taken apart; cpu/pdp11/decode.h says for whom. */
#include "cpu/pdp11/decode.h"

#define N   PDP11_N
#define Z   PDP11_Z
#define V   PDP11_V
#define C   PDP11_C
#define ALL PDP11_NZVC

/* What an operation does with the condition codes. */
static const struct {
	u8 reads, sets;
} codes[] = {
    [PDP11_OP_OTHER] = {ALL, 0},     [PDP11_OP_FLOAT] = {0, 0},
    [PDP11_OP_MOV] = {0, N | Z | V}, [PDP11_OP_CMP] = {0, ALL},
    [PDP11_OP_BIT] = {0, N | Z | V}, [PDP11_OP_BIC] = {0, N | Z | V},
    [PDP11_OP_BIS] = {0, N | Z | V}, [PDP11_OP_ADD] = {0, ALL},
    [PDP11_OP_SUB] = {0, ALL},	     [PDP11_OP_CLR] = {0, ALL},
    [PDP11_OP_COM] = {0, ALL},	     [PDP11_OP_INC] = {0, N | Z | V},
    [PDP11_OP_DEC] = {0, N | Z | V}, [PDP11_OP_NEG] = {0, ALL},
    [PDP11_OP_ADC] = {C, ALL},	     [PDP11_OP_SBC] = {C, ALL},
    [PDP11_OP_TST] = {0, ALL},	     [PDP11_OP_ROR] = {C, ALL},
    [PDP11_OP_ROL] = {C, ALL},	     [PDP11_OP_ASR] = {0, ALL},
    [PDP11_OP_ASL] = {0, ALL},	     [PDP11_OP_SWAB] = {0, ALL},
    [PDP11_OP_SXT] = {N, Z | V},     [PDP11_OP_XOR] = {0, N | Z | V},
    [PDP11_OP_MUL] = {0, ALL},	     [PDP11_OP_DIV] = {0, ALL},
    [PDP11_OP_ASH] = {0, ALL},	     [PDP11_OP_ASHC] = {0, ALL},
    [PDP11_OP_CODES] = {0, 0},
};

/* By the condition's number: BR is none. */
static const u8 cond_reads[16] = {
    0, 0, Z, Z, N | V, N | V, Z | N | V, Z | N | V, N, N, C | Z, C | Z, V, V, C, C,
};

static const u8 double_ops[8] = {
    [1] = PDP11_OP_MOV, [2] = PDP11_OP_CMP, [3] = PDP11_OP_BIT,
    [4] = PDP11_OP_BIC, [5] = PDP11_OP_BIS, [6] = PDP11_OP_ADD,
};

/* 050 to 063, in bits 11-6. */
static const u8 single_ops[12] = {
    PDP11_OP_CLR, PDP11_OP_COM, PDP11_OP_INC, PDP11_OP_DEC, PDP11_OP_NEG, PDP11_OP_ADC,
    PDP11_OP_SBC, PDP11_OP_TST, PDP11_OP_ROR, PDP11_OP_ROL, PDP11_OP_ASR, PDP11_OP_ASL,
};

static const u8 register_ops[8] = {
    PDP11_OP_MUL, PDP11_OP_DIV,	  PDP11_OP_ASH,	  PDP11_OP_ASHC,
    PDP11_OP_XOR, PDP11_OP_OTHER, PDP11_OP_OTHER, PDP11_OP_SOB,
};

static u32 operand_words(u32 spec)
{
	u32 mode = spec >> 3 & 7;

	return mode >= 6 || ((spec & 7) == PDP11_PC && (mode == 2 || mode == 3));
}

/* FP11 instructions have one operand of the processor's modes, but those without any. */
static u32 float_words(u16 word)
{
	return (word & 07700) == 0 ? 0 : operand_words(word & 077u);
}

static enum pdp11_op operation(u16 word, bool *byte)
{
	u32 top = word >> 12, group = word >> 6 & 077;

	*byte = false;
	if ((top & 7) != 0 && (top & 7) != 7) {
		*byte = top >= 8 && top != 016;
		return top == 016 ? PDP11_OP_SUB : (enum pdp11_op)double_ops[top & 7];
	}
	if (top == 7)
		return (enum pdp11_op)register_ops[word >> 9 & 7];
	if (top == 017)
		return PDP11_OP_FLOAT;
	if ((word & 07400) && (word & 04000) == 0) /* 000400-003777, 100400- */
		return top == 0 && (word >> 8 & 7) == 1 ? PDP11_OP_BR : PDP11_OP_BCC;
	if (top == 010 && (word & 07400) == 0)
		return PDP11_OP_BCC;
	if (group >= 050 && group <= 063) {
		*byte = top == 010;
		return (enum pdp11_op)single_ops[group - 050];
	}
	if (top == 010)
		return PDP11_OP_OTHER;
	if (group >= 040 && group <= 047)
		return PDP11_OP_JSR;
	switch (group) {
	case 001:
		return PDP11_OP_JMP;
	case 002:
		if ((word & 070) == 0)
			return PDP11_OP_RTS;
		return (word & 077) >= 040 ? PDP11_OP_CODES : PDP11_OP_OTHER;
	case 003:
		return PDP11_OP_SWAB;
	case 067:
		return PDP11_OP_SXT;
	default:
		return PDP11_OP_OTHER;
	}
}

static bool has_two(enum pdp11_op op)
{
	return op >= PDP11_OP_MOV && op <= PDP11_OP_SUB;
}

static bool has_one(enum pdp11_op op)
{
	return (op >= PDP11_OP_CLR && op <= PDP11_OP_ASHC) || op == PDP11_OP_JMP ||
	       op == PDP11_OP_JSR;
}

u32 pdp11_more_words(u16 word)
{
	bool byte;
	enum pdp11_op op = operation(word, &byte);

	if (op == PDP11_OP_FLOAT)
		return float_words(word);
	if (has_two(op))
		return operand_words(word >> 6 & 077u) + operand_words(word & 077u);
	if (has_one(op))
		return operand_words(word & 077u);
	/* MFPI, MTPI, MFPD, MTPD */
	if ((word & 077700) == 006500 || (word & 077700) == 006600)
		return operand_words(word & 077u);
	return 0;
}

static bool fetch(const u8 *text, u16 readable, u32 at, u16 *word)
{
	if (at > PDP11_SPACE - 2 || !(readable >> (at / PDP11_PAGE) & 1))
		return false;
	*word = (u16)(text[at] | text[at + 1] << 8);
	return true;
}

static bool operand(const u8 *text, u16 readable, u32 spec, struct pdp11_insn *in,
		    struct pdp11_operand *o)
{
	o->mode = spec >> 3 & 7;
	o->reg = spec & 7;
	if (!operand_words(spec))
		return true;
	if (!fetch(text, readable, (u32)in->pc + in->len, &o->word))
		return false;
	in->len = (u8)(in->len + 2);
	return true;
}

bool pdp11_decode(const u8 *text, u16 readable, u16 pc, struct pdp11_insn *in)
{
	enum pdp11_op op;
	bool byte;

	*in = (struct pdp11_insn){.pc = pc, .len = 2};
	if ((pc & 1) || !fetch(text, readable, pc, &in->word))
		return false;
	op = operation(in->word, &byte);
	in->op = (u8)op;
	in->byte = byte;
	in->reg = in->word >> 6 & 7;
	in->reads = codes[op].reads;
	in->sets = codes[op].sets;
	if (has_two(op))
		return operand(text, readable, in->word >> 6 & 077u, in, &in->src) &&
		       operand(text, readable, in->word & 077u, in, &in->dst);
	if (has_one(op))
		return operand(text, readable, in->word & 077u, in, &in->dst);
	switch (op) {
	case PDP11_OP_FLOAT: /* CFCC, STEXP and STCFI set codes */
		if (in->word == 0170000 || (in->word & 07400) == 05000 ||
		    (in->word & 07400) == 05400)
			in->sets = ALL;
		return (in->word & 07700) == 0 ||
		       operand(text, readable, in->word & 077u, in, &in->dst);
	case PDP11_OP_OTHER:
		in->len = (u8)(in->len + 2 * pdp11_more_words(in->word));
		break;
	case PDP11_OP_BR:
	case PDP11_OP_BCC:
		in->cond = PDP11_COND(in->word);
		in->reads = cond_reads[in->cond];
		in->target = (u16)(pc + 2 + 2 * (i8)(in->word & 0377));
		break;
	case PDP11_OP_SOB:
		in->target = (u16)(pc + 2 - 2 * (in->word & 077));
		break;
	case PDP11_OP_RTS:
		in->reg = in->word & 7;
		break;
	case PDP11_OP_CODES:
		in->sets = in->word & PDP11_NZVC;
		break;
	default:
		break;
	}
	return (u32)in->len + pc <= PDP11_SPACE;
}
