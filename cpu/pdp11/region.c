/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/region.c: which instructions are translated together, and which of their
 * condition codes anybody looks at.
 */
#include "cpu/pdp11/code_impl.h"

#define PEEK_MAX 6 /* instructions looked at beyond an exit */

static bool ends_with_pc(const struct pdp11_insn *in)
{
	return in->dst.reg == PDP11_PC && in->dst.mode != 2 && in->dst.mode != 3 &&
	       in->dst.mode != 6 && in->dst.mode != 7;
}

static bool odd_use_of_pc(const struct pdp11_operand *o)
{
	return o->reg == PDP11_PC && (o->mode == 1 || o->mode == 4 || o->mode == 5);
}

/* Two registers from one that has no second, or the stack pointer's pair. */
static bool odd_pair(const struct pdp11_insn *in)
{
	return (in->reg & 1) || in->reg == PDP11_SP;
}

static bool is_immediate(const struct pdp11_operand *o)
{
	return o->mode == 2 && o->reg == PDP11_PC;
}

static bool writes_dst(u8 op)
{
	switch (op) {
	case PDP11_OP_CMP:
	case PDP11_OP_BIT:
	case PDP11_OP_TST:
	case PDP11_OP_MUL:
	case PDP11_OP_DIV:
	case PDP11_OP_ASH:
	case PDP11_OP_ASHC:
	case PDP11_OP_JMP:
	case PDP11_OP_JSR:
		return false;
	default:
		return true;
	}
}

bool pdp11_insn_foreign(const struct pdp11_insn *in)
{
	switch (in->op) {
	case PDP11_OP_OTHER:
		return true;
	case PDP11_OP_FLOAT: /* STEXP and its like may write PC */
		return odd_use_of_pc(&in->dst) ||
		       (in->dst.mode == 0 && in->dst.reg == PDP11_PC && (in->word & 07700));
	case PDP11_OP_BR:
	case PDP11_OP_BCC:
	case PDP11_OP_CODES:
		return false;
	case PDP11_OP_SOB:
		return in->reg == PDP11_PC;
	case PDP11_OP_RTS:
		return in->reg == PDP11_SP;
	case PDP11_OP_JMP:
		return in->dst.mode == 0 || odd_use_of_pc(&in->dst);
	case PDP11_OP_JSR: /* the register may not be what the destination moves */
		return in->dst.mode == 0 || odd_use_of_pc(&in->dst) || in->reg == PDP11_SP ||
		       (in->dst.reg == PDP11_SP && in->dst.mode != 6 && in->dst.mode != 7) ||
		       (in->dst.reg == in->reg && in->reg != PDP11_PC);
	case PDP11_OP_DIV:
		if (odd_pair(in))
			return true;
		break;
	case PDP11_OP_ASHC:
		if (odd_pair(in) || !is_immediate(&in->dst))
			return true;
		break;
	case PDP11_OP_ASH:
		if (in->reg == PDP11_PC || !is_immediate(&in->dst))
			return true;
		break;
	case PDP11_OP_MUL:
		if (in->reg >= PDP11_SP)
			return true;
		break;
	case PDP11_OP_XOR:
		if (in->reg == PDP11_PC)
			return true;
		break;
	default:
		break;
	}
	if (odd_use_of_pc(&in->src) || (in->dst.reg == PDP11_PC && in->dst.mode == 0) ||
	    odd_use_of_pc(&in->dst))
		return true;
	/* A byte operation on the stack pointer as a register is nobody's. */
	return writes_dst(in->op) && is_immediate(&in->dst);
}

bool pdp11_insn_ends(const struct pdp11_insn *in)
{
	switch (in->op) {
	case PDP11_OP_BR:
	case PDP11_OP_JMP:
	case PDP11_OP_JSR:
	case PDP11_OP_RTS:
		return true;
	default:
		return pdp11_insn_foreign(in) && (in->op == PDP11_OP_OTHER || ends_with_pc(in));
	}
}

/* A word that is not to be translated is in it. */
static bool forbidden(const struct pdp11_code *c, const struct pdp11_insn *in)
{
	for (u32 at = in->pc; at < (u32)in->pc + in->len; at += 2)
		if (c->words[at / 2] & WORD_NEVER)
			return true;
	return false;
}

static bool decode(const struct pdp11_code *c, u16 pc, struct pdp11_insn *in)
{
	return pdp11_decode(c->cpu->text, c->cpu->text_read, pc, in) && !forbidden(c, in);
}

/* Adds what follows from pc on until it ends or is there already. */
static void add_run(struct pdp11_code *c, u32 pc)
{
	struct pdp11_region *r = &c->region;

	while (r->count < REGION_MAX && pc < PDP11_SPACE && !c->index[pc / 2] &&
	       pdp11_in_window(c, pc) == pdp11_in_window(c, r->count ? r->in[0].pc : pc) &&
	       decode(c, (u16)pc, &r->in[r->count])) {
		const struct pdp11_insn *in = &r->in[r->count];

		r->head[r->count] = false;
		r->label[r->count] = NULL;
		c->index[pc / 2] = (u16)++r->count;
		pc = (u32)in->pc + in->len;
		if (pdp11_insn_ends(in))
			break;
	}
}

/* Where a jump to a place that is known goes, or -1. */
static i32 static_target(const struct pdp11_insn *in)
{
	const struct pdp11_operand *o = &in->dst;

	switch (in->op) {
	case PDP11_OP_BR:
	case PDP11_OP_BCC:
	case PDP11_OP_SOB:
		return in->target;
	case PDP11_OP_JMP:
	case PDP11_OP_JSR:
		if (o->reg == PDP11_PC && o->mode == 6)
			return (u16)(in->pc + in->len + o->word);
		if (o->reg == PDP11_PC && o->mode == 3)
			return o->word;
		return -1;
	default:
		return -1;
	}
}

static void add_head(struct pdp11_code *c, i32 pc)
{
	i32 i;

	if (pc < 0 || (pc & 1))
		return;
	add_run(c, (u32)pc);
	i = pdp11_region_index(c, (u16)pc);
	if (i >= 0)
		c->region.head[i] = true;
}

/* Codes that may be looked at from pc on, as far as one can see without following jumps. */
static u8 peek(const struct pdp11_code *c, i32 pc)
{
	u8 live = 0, open = PDP11_NZVC;
	struct pdp11_insn in;

	for (u32 n = 0; n < PEEK_MAX && open && pc >= 0; n++) {
		if (pdp11_in_window(c, (u32)pc) && !pdp11_in_window(c, c->region.in[0].pc))
			break;
		if (!decode(c, (u16)pc, &in))
			break;
		live |= in.reads & open;
		open &= (u8)~in.sets;
		if (in.op == PDP11_OP_OTHER || in.op == PDP11_OP_BCC || in.op == PDP11_OP_SOB ||
		    in.op == PDP11_OP_RTS || pdp11_insn_foreign(&in))
			break;
		pc = in.op == PDP11_OP_BR || in.op == PDP11_OP_JMP || in.op == PDP11_OP_JSR
			 ? static_target(&in)
			 : in.pc + in.len;
	}
	return live | open;
}

static u8 live_at(const struct pdp11_code *c, i32 pc)
{
	i32 i = pc < 0 ? -1 : pdp11_region_index(c, (u16)pc);

	return i >= 0 ? c->region.live[i] : peek(c, pc);
}

static u8 live_after(const struct pdp11_code *c, const struct pdp11_insn *in)
{
	switch (in->op) {
	case PDP11_OP_BR:
	case PDP11_OP_JMP:
	case PDP11_OP_JSR:
		return live_at(c, static_target(in));
	case PDP11_OP_RTS:
		return PDP11_NZVC;
	case PDP11_OP_BCC:
	case PDP11_OP_SOB:
		return live_at(c, in->target) | live_at(c, in->pc + in->len);
	default:
		return pdp11_insn_foreign(in) ? PDP11_NZVC : live_at(c, in->pc + in->len);
	}
}

static void find_live(struct pdp11_code *c)
{
	struct pdp11_region *r = &c->region;
	bool again = true;

	for (u32 i = 0; i < r->count; i++)
		r->live[i] = 0;
	while (again) {
		again = false;
		for (u32 i = r->count; i-- > 0;) {
			const struct pdp11_insn *in = &r->in[i];
			u8 reads = pdp11_insn_foreign(in) ? PDP11_NZVC : in->reads;
			u8 live;

			r->out[i] = live_after(c, in);
			live = reads | (r->out[i] & (u8)~in->sets);
			again = again || live != r->live[i];
			r->live[i] = live;
		}
	}
}

bool pdp11_region_find(struct pdp11_code *c, u16 pc)
{
	struct pdp11_region *r = &c->region;

	for (u32 i = 0; i < r->count; i++)
		c->index[r->in[i].pc / 2] = 0;
	r->count = 0;
	add_head(c, pc);
	/* The region grows while it is walked. */
	for (u32 i = 0; i < r->count; i++) {
		const struct pdp11_insn in = r->in[i];

		if (in.op != PDP11_OP_JSR)
			add_head(c, static_target(&in));
		/* Behind a TRAP there may be arguments of a call, and no instructions. */
		if (in.op == PDP11_OP_BCC || in.op == PDP11_OP_SOB || in.op == PDP11_OP_JSR ||
		    (in.op != PDP11_OP_OTHER && pdp11_insn_foreign(&in)))
			add_head(c, in.pc + in.len);
	}
	/* What was found by falling into it from elsewhere begins a block as well. */
	for (u32 i = 0; i < r->count; i++) {
		const struct pdp11_insn *in = &r->in[i];
		i32 next = pdp11_region_index(c, (u16)(in->pc + in->len));

		if (!pdp11_insn_ends(in) && next >= 0 && next != (i32)i + 1)
			r->head[next] = true;
	}
	if (r->count == 0 || pdp11_insn_foreign(&r->in[0]))
		return false;
	find_live(c);
	return true;
}
