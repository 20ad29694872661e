/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/x86_64/float.c: the FP11.
 *
 * Its arithmetic is the interpreter's (fp.c). What is done here is to bring the operands there:
 * loads, stores and the operations on them in double precision, which is what the systems'
 * compilers make. Everything else, and single precision, calls the interpreter for the whole
 * instruction. An operand's first word in memory is the uppermost: the words are turned
 * around in a vector register, of which no guest here has any.
 */
#include "cpu/pdp11/access.h"
#include "cpu/pdp11/fp.h"
#include "cpu/pdp11/x86_64/tr.h"

#define OP(word)   ((word) >> 8 & 017u)
#define AC(word)   ((word) >> 6 & 3u)
#define REVERSED   0x1b /* of pshuflw: the order of the words */
#define LDF	   005
#define STF	   010
#define CFCC	   0170000
#define TSTF	   0170500
#define TSTF_MASK  0177700
#define SECOND_OPS (1u << 002 | 1u << 004 | 1u << 005 | 1u << 006 | 1u << 007 | 1u << 011)

/* What came back in eax: anything but PDP11_EVENT leaves. */
static u8 *stopped(struct tr *t)
{
	u8 *done;

	x86_alu_ri(&t->x, 4, X86_CMP, RAX, PDP11_EVENT);
	done = x86_jcc(&t->x, X86_E);
	x86_alu_ri(&t->x, 4, X86_OR, RAX, EXIT_STOP << 16);
	return done;
}

static void call(struct tr *t, u64 function)
{
	x86_mov_imm64(&t->x, RAX, function);
	x86_rr(&t->x, 4, 0xff, 2, RAX);
}

static void restore_event(struct tr *t)
{
	x86_rm(&t->x, 8, 0x8b, PDP11_HOST_EVENT, x86_at((u64)&t->c->event));
}

/* The processor's codes are what a status word has in its lower bits. */
static void codes_from(struct tr *t, const u16 *status)
{
	struct x86 *x = &t->x;
	const struct x86_mem table = {X86_NONE, RAX, 1, (i32)(u64)t->c->codes};

	x86_rm(x, 4, 0x0fb7, RAX, x86_at((u64)status));
	x86_alu_ri(x, 4, X86_AND, RAX, PDP11_NZVC);
	x86_rm(x, 4, 0x0fb7, RCX, table);
	x86_rm(x, 2, 0x89, RCX, x86_at((u64)&t->c->nzv));
	x86_alu_ri(x, 4, X86_AND, RAX, PDP11_C);
	x86_rm(x, 1, 0x88, RAX, x86_at((u64)&t->c->carry));
	t->mem = PDP11_NZVC;
	tr_lost(t);
}

/* The interpreter does it, called from here, and the thread comes back. */
static void whole(struct tr *t)
{
	struct x86 *x = &t->x;
	struct pdp11 *cpu = t->c->cpu;
	u8 *done;

	pdp11_emit_store_regs(x, cpu);
	x86_mov_mi(x, 2, x86_at((u64)&cpu->r[PDP11_PC]), t->in->pc);
	x86_mov_imm(x, RDI, (u32)(u64)cpu);
	call(t, (u64)pdp11_step);
	done = stopped(t);
	x86_jmp_to(x, t->c->leave_stored);
	x86_patch(done, x->at);
	pdp11_emit_load_regs(x, cpu);
	restore_event(t);
	if (t->in->sets)
		codes_from(t, &cpu->psw);
	if (t->c->checked) {
		x86_alu_mi(x, 4, X86_CMP, x86_at((u64)&cpu->written), 0);
		tr_cold(t, x86_jcc(x, X86_NE), (u16)(t->in->pc + t->in->len), EXIT_NEXT);
	}
	t->even = 0;
}

/* A number between memory, words in their order, and xmm0 or the other way. */
static void from_memory(struct x86 *x, struct x86_mem m)
{
	x86_u8(x, 0xf3); /* movq xmm0, m */
	x86_rm(x, 4, 0x0f7e, 0, m);
	x86_u8(x, 0xf2); /* pshuflw */
	x86_rr(x, 4, 0x0f70, 0, 0);
	x86_u8(x, REVERSED);
	x86_u8(x, 0x66); /* movq rax, xmm0 */
	x86_rr(x, 8, 0x0f7e, 0, RAX);
}

static void to_memory(struct x86 *x, struct x86_mem m)
{
	x86_u8(x, 0x66); /* movq xmm0, rax */
	x86_rr(x, 8, 0x0f6e, 0, RAX);
	x86_u8(x, 0xf2);
	x86_rr(x, 4, 0x0f70, 0, 0);
	x86_u8(x, REVERSED);
	x86_u8(x, 0x66); /* movq m, xmm0 */
	x86_rm(x, 4, 0x0fd6, 0, m);
}

/* The number in rax, by the interpreter's arithmetic. */
static void work(struct tr *t)
{
	struct x86 *x = &t->x;
	struct pdp11 *cpu = t->c->cpu;
	u8 *done;

	x86_rm(x, 2, 0x89, tr_host[PDP11_SP], x86_at((u64)&cpu->r[PDP11_SP]));
	x86_mov_mi(x, 2, x86_at((u64)&cpu->r[PDP11_PC]), (t->in->pc + 2) & 0xffff);
	x86_rr(x, 8, 0x89, RAX, RDX);
	x86_mov_imm(x, RDI, (u32)(u64)cpu);
	x86_mov_imm(x, RSI, t->in->word);
	call(t, (u64)pdp11_fp_work);
	x86_rm(x, 4, 0x0fb7, tr_host[PDP11_SP], x86_at((u64)&cpu->r[PDP11_SP]));
	restore_event(t);
	done = stopped(t);
	pdp11_emit_store_regs(x, cpu);
	x86_mov_mi(x, 2, x86_at((u64)&cpu->r[PDP11_PC]), (t->in->pc + t->in->len) & 0xffff);
	x86_mov_mi(x, 2, x86_at((u64)&cpu->stop_word), t->in->word);
	x86_jmp_to(x, t->c->leave_stored);
	x86_patch(done, x->at);
}

/* LDF of the number in rax: a zero, or what looks like one, has its arithmetic. */
static void load(struct tr *t)
{
	struct x86 *x = &t->x;
	struct pdp11 *cpu = t->c->cpu;
	u8 *zero, *end;

	x86_rr(x, 8, 0x89, RAX, RCX);
	x86_rr(x, 8, 0xc1, X86_SHR, RCX); /* sign and exponent */
	x86_u8(x, 55);
	x86_rr(x, 1, 0x84, RCX, RCX);
	zero = x86_jcc(x, X86_E);
	x86_rm(x, 8, 0x89, RAX, x86_at((u64)&cpu->ac[AC(t->in->word)]));
	x86_rr(x, 4, 0xc1, X86_SHR, RCX);
	x86_u8(x, 5); /* the sign is bit 3, N */
	x86_alu_ri(x, 4, X86_AND, RCX, FPS_N);
	x86_rm(x, 4, 0x0fb7, RAX, x86_at((u64)&cpu->fps));
	x86_alu_ri(x, 4, X86_AND, RAX, ~017u);
	x86_rr(x, 4, 0x09, RCX, RAX);
	x86_rm(x, 2, 0x89, RAX, x86_at((u64)&cpu->fps));
	end = x86_jmp(x);
	x86_patch(zero, x->at);
	work(t);
	x86_patch(end, x->at);
}

static bool has_fast_way(const struct pdp11_insn *in)
{
	u32 mode = in->word >> 3 & 7, reg = in->word & 7;

	if (mode == 0 ? reg >= 6 : reg == PDP11_PC && (mode < 3 || mode == 4 || mode == 5))
		return false;
	return (SECOND_OPS >> OP(in->word) & 1) || OP(in->word) == STF ||
	       (in->word & TSTF_MASK) == TSTF;
}

static void fast(struct tr *t)
{
	struct x86 *x = &t->x;
	u64 *acs = t->c->cpu->ac;
	u32 op = OP(t->in->word);
	struct ea ea;

	if (t->in->dst.mode == 0) {
		x86_rm(x, 8, 0x8b, RAX,
		       x86_at((u64)&acs[op == STF ? AC(t->in->word) : t->in->dst.reg]));
		if (op == STF) {
			x86_rm(x, 8, 0x89, RAX, x86_at((u64)&acs[t->in->dst.reg]));
			return;
		}
	} else {
		tr_operand(t, &t->in->dst, 8, RDX, (u32)(t->in->pc + t->in->len) & 0xffff, &ea);
		tr_check_even(t, &ea);
		if (op == STF) {
			tr_check_store(t, &ea, 8);
			x86_rm(x, 8, 0x8b, RAX, x86_at((u64)&acs[AC(t->in->word)]));
			to_memory(x, ea.m);
			tr_commit(t);
			return;
		}
		from_memory(x, ea.m);
		tr_commit(t);
	}
	if (op == LDF)
		load(t);
	else
		work(t);
}

void tr_float(struct tr *t)
{
	struct x86 *x = &t->x;
	u8 *single, *end;

	if (t->in->word == CFCC) {
		codes_from(t, &t->c->cpu->fps);
		return;
	}
	if (!has_fast_way(t->in)) {
		whole(t);
		return;
	}
	x86_rm(x, 1, 0xf6, 0, x86_at((u64)&t->c->cpu->fps)); /* test */
	x86_u8(x, FPS_D);
	single = x86_jcc(x, X86_E);
	fast(t);
	end = x86_jmp(x);
	x86_patch(single, x->at);
	t->pendings = 0;
	whole(t);
	x86_patch(end, x->at);
}
