/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/translate.c: a region's code: its blocks, and the ways between them.
 *
 * A jump inside the region is the host's. One that leaves it goes through the table of
 * entries, or straight to code that is there already: code is only ever thrown away as a
 * whole. A jump backwards looks whether an event waits.
 */
#include "cpu/pdp11/x86_64/tr.h"

static const u8 cond_of[16] = {
    [2] = X86_NE,  [3] = X86_E,	 [4] = X86_GE,	[5] = X86_L,  [6] = X86_G,
    [7] = X86_LE,  [8] = X86_NS, [9] = X86_S,	[10] = X86_A, [11] = X86_BE,
    [12] = X86_NO, [13] = X86_O, [14] = X86_AE, [15] = X86_B,
};

/* ---- ways out ------------------------------------------------------------------------------ */

static void exit_to(struct tr *t, u16 pc, enum pdp11_exit how)
{
	x86_mov_imm(&t->x, RAX, pc | (u32)how << 16);
	x86_jmp_to(&t->x, t->c->leave);
}

static void event_waits(struct tr *t)
{
	x86_alu_mi(&t->x, 4, X86_CMP, x86_base(PDP11_HOST_EVENT, 0), 0);
}

/* The counter is in EAX, the entry's place in the table at m. */
static void through_table(struct tr *t, struct x86_mem m)
{
	struct x86 *x = &t->x;
	u8 *none;

	x86_rm(x, 4, 0x8b, RCX, m);
	x86_rr(x, 4, 0x85, RCX, RCX);
	none = x86_jcc(x, X86_E);
	x86_rr(x, 4, 0xff, 4, RCX); /* jmp */
	x86_patch(none, x->at);
	x86_jmp_to(x, t->c->leave); /* EXIT_NEXT */
}

static bool is_back(const struct tr *t, u16 pc)
{
	return pc <= t->in->pc;
}

/* To a place outside the region. */
static void leave_for(struct tr *t, u16 pc)
{
	bool stays = !pdp11_in_window(t->c, pc) || pdp11_in_window(t->c, t->in->pc);
	u32 code = pc & 1 || !stays ? 0 : t->c->entry[pc / 2];
	u8 *waits = NULL;

	if (is_back(t, pc)) {
		event_waits(t);
		waits = x86_jcc(&t->x, X86_NE);
	}
	if (code) {
		x86_jmp_to(&t->x, (u8 *)(u64)code);
	} else if (pc & 1) {
		exit_to(t, pc, EXIT_NEXT);
	} else {
		x86_mov_imm(&t->x, RAX, pc);
		through_table(t, x86_at((u64)&t->c->entry[pc / 2]));
	}
	if (waits) {
		x86_patch(waits, t->x.at);
		exit_to(t, pc, EXIT_NEXT);
	}
}

/* The codes live at pc are in memory. cond: X86_NONE for always. */
static void to_label(struct tr *t, u32 cond, u32 index)
{
	u8 *where = cond == X86_NONE ? x86_jmp(&t->x) : x86_jcc(&t->x, (enum x86_cond)cond);

	if (t->r->label[index]) {
		x86_patch(where, t->r->label[index]);
		return;
	}
	t->fixup[t->fixups].where = where;
	t->fixup[t->fixups++].index = (u16)index;
}

/* The block of the region that begins at pc, or -1. */
static i32 block_at(const struct tr *t, u16 pc)
{
	i32 i = pdp11_region_index(t->c, pc);

	return i >= 0 && t->r->head[i] ? i : -1;
}

static u8 live_there(const struct tr *t, u16 pc)
{
	i32 i = block_at(t, pc);

	return i >= 0 ? t->r->live[i] : t->r->out[t->i];
}

static void go_to(struct tr *t, u16 pc)
{
	i32 i = block_at(t, pc);

	tr_keep(t, live_there(t, pc) & t->flags);
	if (i < 0) {
		leave_for(t, pc);
	} else if (is_back(t, pc)) {
		event_waits(t);
		to_label(t, X86_E, (u32)i);
		exit_to(t, pc, EXIT_NEXT);
	} else {
		to_label(t, X86_NONE, (u32)i);
	}
}

/* Behind the last instruction of a run, or of the region. */
static void go_on(struct tr *t, u16 pc)
{
	i32 i = pdp11_region_index(t->c, pc);

	if (i == (i32)t->i + 1)
		tr_keep(t, t->r->head[i] ? t->r->live[i] & t->flags : 0);
	else
		go_to(t, pc);
}

/* ---- branches ------------------------------------------------------------------------------ */

static void branch_if(struct tr *t, enum x86_cond cond)
{
	u16 target = t->in->target, next = (u16)(t->in->pc + t->in->len);
	i32 i = block_at(t, target);
	u8 flags = t->flags, mem = t->mem;
	u8 * not ;

	/* Straight there, when nothing has to be done on the way. */
	if (i >= 0 && !is_back(t, target) && !(t->r->live[i] & t->flags & (u8)~t->mem)) {
		to_label(t, cond, (u32)i);
		go_on(t, next);
		return;
	}
	not = x86_jcc(&t->x, cond ^ 1u);
	go_to(t, target);
	x86_patch(not, t->x.at);
	t->flags = flags;
	t->mem = mem;
	go_on(t, next);
}

static void sob(struct tr *t)
{
	tr_keep(t, t->r->out[t->i] & t->flags);
	x86_rr(&t->x, 2, 0xff, 1, tr_host[t->in->reg]); /* dec */
	tr_changed(t, t->in->reg);
	t->flags = 0;
	branch_if(t, X86_NE);
}

/* ---- jumps --------------------------------------------------------------------------------- */

/* The counter is in EAX. Odd ones are the interpreter's. */
static void go_to_eax(struct tr *t)
{
	struct x86 *x = &t->x;
	u8 *odd, *waits;

	x86_u8(x, 0xa8); /* test al */
	x86_u8(x, 1);
	odd = x86_jcc(x, X86_NE);
	event_waits(t);
	waits = x86_jcc(x, X86_NE);
	through_table(t, (struct x86_mem){X86_NONE, RAX, 1, (i32)(u64)t->c->entry});
	/* through_table ends with the way out, which is theirs as well */
	x86_patch(odd, x->at - 5);
	x86_patch(waits, x->at - 5);
}

/* Where a jump goes: true when it is known, else in EAX. */
static bool jump_target(struct tr *t, u16 *pc)
{
	struct ea ea;

	tr_operand(t, &t->in->dst, 2, RDX, (u32)(t->in->pc + t->in->len) & 0xffff, &ea);
	if (ea.kind != EA_MEM) {
		t->failed = true;
		return false;
	}
	if (ea.known) {
		*pc = ea.value;
		return true;
	}
	x86_rr(&t->x, 4, 0x89, ea.at, RAX);
	return false;
}

static void jmp(struct tr *t)
{
	u16 pc = 0;
	bool known = jump_target(t, &pc);

	tr_commit(t);
	if (known)
		go_to(t, pc);
	else
		go_to_eax(t);
}

static void jsr(struct tr *t)
{
	struct x86 *x = &t->x;
	u16 pc = 0, next = (u16)(t->in->pc + t->in->len);
	bool known = jump_target(t, &pc);
	struct ea stack = {.kind = EA_MEM, .at = RCX, .base = PDP11_SP};

	x86_rm(x, 4, 0x8d, RCX, x86_base(tr_host[PDP11_SP], -2));
	x86_rr(x, 4, 0x0fb7, RCX, RCX);
	stack.m = x86_base(RCX, (i32)(u64)t->c->cpu->data);
	tr_check_even(t, &stack);
	tr_check_store(t, &stack, 2);
	if (t->in->reg == PDP11_PC) {
		x86_mov_mi(x, 2, stack.m, next);
	} else {
		x86_rm(x, 2, 0x89, tr_host[t->in->reg], stack.m);
		x86_mov_imm(x, tr_host[t->in->reg], next);
		tr_changed(t, t->in->reg);
	}
	x86_rr(x, 4, 0x89, RCX, tr_host[PDP11_SP]);
	tr_commit(t);
	if (known)
		go_to(t, pc);
	else
		go_to_eax(t);
}

static void rts(struct tr *t)
{
	struct x86 *x = &t->x;
	u32 sp = tr_host[PDP11_SP], reg = t->in->reg;
	struct ea stack = {.kind = EA_MEM, .at = (u8)sp, .base = PDP11_SP};

	stack.m = x86_base(sp, (i32)(u64)t->c->cpu->data);
	tr_check_even(t, &stack);
	x86_rm(x, 4, 0x0fb7, RAX, stack.m);
	if (reg != PDP11_PC) { /* what is popped is the register's, what it was the counter */
		x86_rr(x, 4, 0x89, RAX, RCX);
		x86_rr(x, 4, 0x89, tr_host[reg], RAX);
		x86_rr(x, 4, 0x89, RCX, tr_host[reg]);
	}
	x86_rm(x, 2, 0x8d, sp, x86_base(sp, 2));
	go_to_eax(t);
}

/* ---- the rest ------------------------------------------------------------------------------ */

/* N and Z as lahf has them in ah. */
static u32 lahf_bits(u32 codes)
{
	return (codes & PDP11_N ? 0x80u : 0) | (codes & PDP11_Z ? 0x40u : 0);
}

static void codes(struct tr *t)
{
	struct x86 *x = &t->x;
	u8 which = t->in->sets & t->r->out[t->i], set = t->in->word & 020 ? t->in->sets : 0;
	u32 on = lahf_bits(which & set), off = lahf_bits(which & (u8)~set);

	tr_keep(t, t->r->out[t->i] & t->flags);
	if (which & CARRY) {
		x86_mov_mi(x, 1, x86_at((u64)&t->c->carry), (set & CARRY) != 0);
		t->mem |= CARRY;
		t->flags &= (u8)~CARRY;
	}
	if (which & PDP11_V)
		x86_mov_mi(x, 1, x86_at((u64)&t->c->nzv), (set & PDP11_V) != 0);
	if (off)
		x86_alu_mi(x, 1, X86_AND, x86_at((u64)&t->c->nzv + 1), ~off);
	if (on)
		x86_alu_mi(x, 1, X86_OR, x86_at((u64)&t->c->nzv + 1), on);
	if (which & NZV) {
		t->mem |= NZV;
		t->flags = 0;
	}
}

static void instruction(struct tr *t)
{
	u8 op = t->in->op;

	if (pdp11_insn_foreign(t->in)) {
		tr_keep(t, PDP11_NZVC & t->flags);
		exit_to(t, t->in->pc, EXIT_STEP);
		return;
	}
	if (op == PDP11_OP_BCC) {
		tr_want(t, t->in->reads);
		branch_if(t, (enum x86_cond)cond_of[t->in->cond]);
		return;
	}
	if (op == PDP11_OP_CODES) {
		codes(t);
		return;
	}
	/* INC and DEC of a register leave the host's carry alone as well. */
	if (!((op == PDP11_OP_INC || op == PDP11_OP_DEC) && t->in->dst.mode == 0 && !t->in->byte))
		tr_keep(t, t->r->out[t->i] & (u8)~t->in->sets & t->flags);
	else
		tr_keep(t, t->r->out[t->i] & (u8) ~(t->in->sets | CARRY) & t->flags);
	switch (op) {
	case PDP11_OP_FLOAT:
		tr_float(t);
		tr_lost(t);
		break;
	case PDP11_OP_BR:
		go_to(t, t->in->target);
		break;
	case PDP11_OP_SOB:
		sob(t);
		break;
	case PDP11_OP_JMP:
		jmp(t);
		break;
	case PDP11_OP_JSR:
		jsr(t);
		break;
	case PDP11_OP_RTS:
		rts(t);
		break;
	default:
		tr_operation(t);
		break;
	}
}

/* One instruction, or the way to the interpreter when that has to do it. */
static void translate_one(struct tr *t)
{
	u8 *at = t->x.at;
	u32 colds = t->colds, fixups = t->fixups;
	u8 flags = t->flags, mem = t->mem;

	t->pendings = 0;
	t->failed = false;
	instruction(t);
	if (!t->failed)
		return;
	t->x.at = at;
	t->colds = colds;
	t->fixups = fixups;
	t->flags = flags;
	t->mem = mem;
	t->even = 0;
	tr_keep(t, PDP11_NZVC & t->flags);
	exit_to(t, t->in->pc, EXIT_STEP);
	t->flags = 0;
	t->mem = PDP11_NZVC;
}

static void note_place(struct pdp11_code *c, const u8 *at, u16 pc)
{
	c->places[c->places_used++] = (struct pdp11_place){(u32)(at - c->low), pc};
}

static void begin_block(struct tr *t)
{
	t->r->label[t->i] = t->x.at;
	t->c->entry[t->in->pc / 2] = (u32)(u64)t->x.at;
	t->c->visits[t->in->pc / 2] = (u8)(t->c->cpu->hot - 1);
	t->flags = 0;
	t->mem = PDP11_NZVC;
	t->even = 0;
}

static bool goes_on(const struct pdp11_insn *in)
{
	return !pdp11_insn_ends(in) && in->op != PDP11_OP_BCC && in->op != PDP11_OP_SOB &&
	       !pdp11_insn_foreign(in);
}

static void finish(struct tr *t)
{
	struct x86 *x = &t->x;

	for (u32 i = 0; i < t->fixups; i++)
		x86_patch(t->fixup[i].where, t->r->label[t->fixup[i].index]);
	for (u32 i = 0; i < t->colds; i++) {
		const struct cold *k = &t->cold[i];

		x86_patch(k->from, x->at);
		if (k->exit == EXIT_CODE && k->in_r8)
			x86_rm(x, 4, 0x89, R8, x86_at((u64)&t->c->hit));
		else if (k->exit == EXIT_CODE)
			x86_mov_mi(x, 4, x86_at((u64)&t->c->hit), k->word);
		exit_to(t, k->pc, (enum pdp11_exit)k->exit);
	}
}

void pdp11_translate(struct pdp11_code *c)
{
	struct tr *t = (struct tr *)c->work;
	struct pdp11_region *r = &c->region;

	t->x.at = c->at;
	t->c = c;
	t->r = r;
	t->colds = t->fixups = 0;
	for (t->i = 0; t->i < r->count; t->i++) {
		t->in = &r->in[t->i];
		if (r->head[t->i] || t->i == 0)
			begin_block(t);
		note_place(c, t->x.at, t->in->pc);
		for (u32 at = t->in->pc; at < (u32)t->in->pc + t->in->len; at += 2)
			c->words[at / 2] |= WORD_CODE;
		translate_one(t);
		if (goes_on(t->in))
			go_on(t, (u16)(t->in->pc + t->in->len));
	}
	finish(t);
	c->at = (u8 *)ALIGN_UP((u64)t->x.at, 16);
}
