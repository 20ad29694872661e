/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/run.c: the guest runs, and what it stops for.
 *
 * The processor runs on the thread's kernel stack, which the machine takes for the runtime: a
 * signal that comes at any moment is noted and everything masked, the processor sees the note
 * (PDP11_EVENT) or the running call ends by it, and it is delivered here. core knows nothing of
 * a PDP-11: it gets the guest's state as a frame of a call, in which rip is the PC, rsp the SP,
 * rax and nr are r0 and the carry is the carry. A call that is to be made again is so by
 * core's own arithmetic: its instruction has two bytes. What follows the instruction is
 * stepped over only when the call is done (research.skip).
 */
#include "core/missing.h"
#include "core/signal.h"
#include "core/audit.h"
#include "core/traced.h"
#include "lib/mem.h"
#include "personality/research/research.h"

#define TRAP_WORD 0104400

/* 2.9BSD: its own calls are behind one of the Seventh Edition's; a bit of the instruction says that
 * arguments are on the stack. */
#define LOCAL	    58
#define LOCAL_FIRST 64
#define STACK_BIT   0200

static void to_frame(struct exo_frame *f, u64 kind)
{
	const struct pdp11 *cpu = &research.cpu;

	f->rip = cpu->r[PDP11_PC];
	f->rsp = cpu->r[PDP11_SP];
	f->rax = f->nr = cpu->r[0];
	f->rflags = cpu->psw & PDP11_C;
	f->kind = EXO_FRAME_FULL | kind;
}

static void from_frame(const struct exo_frame *f)
{
	struct pdp11 *cpu = &research.cpu;

	cpu->r[PDP11_PC] = (u16)f->rip;
	cpu->r[PDP11_SP] = (u16)f->rsp;
	cpu->r[0] = (u16)f->rax;
	cpu->psw = (u16)((cpu->psw & ~PDP11_C) | (f->rflags & PDP11_C));
}

/* Signals that came between two instructions. */
static void events(struct core_thread *t)
{
	struct exo_frame *f = t->exo.frame;

	research.skip = 0;
	to_frame(f, EXO_FRAME_ASYNC);
	core_signal_dispatch(t, f, 0);
	from_frame(f);
}

/* ---- calls ------------------------------------------------------------------------------ */

struct call {
	u32 number;
	u16 r0;
	u64 words[RESEARCH_CALL_WORDS];
};

static void take_words(struct call *c, const struct research_shape *s, u16 at, bool text)
{
	const struct pdp11 *cpu = &research.cpu;
	u32 i = 0;

	for (; i < s->regs && i < RESEARCH_CALL_WORDS; i++)
		c->words[i] = cpu->r[i];
	for (; i < s->words && i < RESEARCH_CALL_WORDS; i++, at = (u16)(at + 2))
		c->words[i] = (u16)(text ? research_fetch_text(at) : research_fetch(at));
}

/* The call `indir` means: a number from first on, or none. Its words follow it among the data. */
static u32 indirect(struct call *c, const struct core_personality *abi, u32 first)
{
	const struct research_version *v = research.version;
	i32 at = research_fetch_text(research.call_pc), word;

	research.skip = 2;
	word = at < 0 ? -1 : research_fetch((u16)at);
	if (word < 0 || (word & ~v->number_mask) != TRAP_WORD)
		return abi->table_len;
	word = (i32)((u32)(word & v->number_mask) + first);
	if ((u32)word < abi->table_len)
		take_words(c, &v->shape[word], (u16)(at + 2), false);
	return (u32)word;
}

static u32 decode(struct call *c, const struct core_personality *abi)
{
	const struct research_version *v = research.version;
	const struct pdp11 *cpu = &research.cpu;
	u32 nr = cpu->stop_word & v->number_mask;

	c->r0 = cpu->r[0];
	research.call_pc = cpu->r[PDP11_PC];
	research.skip = 0;
	research.pair = false;
	if (nr == 0 && !v->first && !v->stack_args)
		return indirect(c, abi, 0);
	if (nr == LOCAL && v->jobs)
		return indirect(c, abi, LOCAL_FIRST);
	if (nr >= abi->table_len)
		return nr;
	if (v->jobs && (cpu->stop_word & STACK_BIT)) {
		take_words(c, &v->shape[nr], cpu->r[PDP11_SP], false);
	} else if (v->stack_args) {
		take_words(c, &v->shape[nr], (u16)(cpu->r[PDP11_SP] + 2), false);
	} else {
		take_words(c, &v->shape[nr], research.call_pc, true);
		research.skip = (u16)(2 * (v->shape[nr].words - v->shape[nr].regs));
	}
	return nr;
}

static void finish(struct core_thread *t, const struct call *c, long r)
{
	const struct research_version *v = research.version;
	struct exo_frame *f = t->exo.frame;

	if (r == 0 && c->number < t->abi->table_len && v->shape[c->number].keeps)
		r = c->r0;
	if (r >= 0 && research.pair)
		research.cpu.r[1] = research.r1;
	to_frame(f, 0);
	f->nr = c->r0;
	if (UNLIKELY(t->exo.interrupted || r <= -CORE_ERESTART_ALWAYS))
		core_signal_dispatch(t, f, r);
	else
		core_call_result(t->abi, f, r);
	if (f->rip == research.call_pc)
		f->rip += research.skip;
	research.skip = 0;
	if (v->no_errno && (f->rflags & PDP11_C))
		f->rax = c->r0;
	from_frame(f);
}

static long handle(struct core_thread *t, const struct core_personality *abi, const struct call *c)
{
	if (LIKELY(c->number < abi->table_len && abi->table[c->number].handler))
		return abi->table[c->number].handler(t, c->words);
	core_missing_count(c->number);
	return research_missing(t, c->number);
}

static bool is_signed(u8 word)
{
	static const bool are[WORD_COUNT] = {
#define WORD(name, type, take, size)                                                               \
	[WORD_##name] = _Generic((type){0}, i32 : true, i64 : true, default : false),
#include "trace/words.def"
#undef WORD
	};

	return are[word];
}

/* The words of the arguments as a tracer has arguments: long ones in one, addresses the machine's.
 */
static void to_args(const struct core_personality *abi, const struct call *c, u64 *args)
{
	const u8 *kind = abi->words[c->number];
	const u64 *w = c->words;

	for (u32 i = 0; i < TRACE_ARGS && kind[i] && w < c->words + RESEARCH_CALL_WORDS; i++) {
		if (trace_taken[kind[i]].take != TRACE_VALUE) {
			args[i] = research_at((u16)*w++).addr;
		} else if (kind[i] == WORD_OFF || kind[i] == WORD_LONG) {
			args[i] = (u64)(i32)((u32)(u16)w[0] << 16 | (u16)w[1]);
			w += 2;
		} else {
			args[i] = is_signed(kind[i]) ? (u64)(i16)*w : (u16)*w;
			w++;
		}
	}
}

static long handle_traced(struct core_thread *t, const struct core_personality *abi,
			  const struct call *c)
{
	u64 first[6] = {0}, args[TRACE_ARGS];
	struct trace_call tc;
	bool told;
	long r;

	core_trace_call(&tc, t, abi, c->number, first, 0, args);
	tc.space = research_at(0).addr;
	tc.pc = research.cpu.r[PDP11_PC];
	tc.sp = research.cpu.r[PDP11_SP];
	tc.fp = research.cpu.r[5];
	if (c->number < abi->table_len)
		to_args(abi, c, args);
	if (audit_on())
		core_audit(&tc, t, abi);
	told = trace_begin(&t->trace, &tc);
	r = tc.verdict ? core_trace_refused(t, &tc, abi, t->exo.frame, told) : handle(t, abi, c);
	to_frame(t->exo.frame, 0);
	t->exo.frame->rdx = research.pair ? research.r1 : 0;
	if (told)
		core_trace_end(t, &tc, abi, t->exo.frame, r);
	return r;
}

static void call(struct core_thread *t)
{
	const struct core_personality *abi = t->abi;
	struct call c = {0};
	long r;

	c.number = decode(&c, abi);
	if (UNLIKELY(research.debugged))
		research_debug_call(t, c.number, c.words);
	if (core_traced(t))
		r = handle_traced(t, abi, &c);
	else
		r = handle(t, abi, &c);
	finish(t, &c, r);
	if (UNLIKELY(research.debugged))
		research_debug_called(t, c.number);
}

/* ---- faults ------------------------------------------------------------------------------- */

/* Is what the instruction could not reach the stack, further down than it has come yet? The
 * processor says what SP was before; a push has moved it. */
static bool grew(void)
{
	const struct pdp11 *cpu = &research.cpu;
	u16 sp = cpu->r[PDP11_SP];

	if (cpu->stop_text)
		return false;
	if ((u16)(sp - cpu->stop_addr) <= 8)
		sp = cpu->stop_addr;
	return research_grow(sp);
}

static void fault(struct core_thread *t, enum pdp11_stop why)
{
	static const u8 numbers[] = {
	    [PDP11_EMT] = 7,  [PDP11_IOT] = 6,	   [PDP11_BPT] = 5,   [PDP11_TRACE] = 5,
	    [PDP11_ODD] = 10, [PDP11_ILLEGAL] = 4, [PDP11_SEGV] = 11, [PDP11_FPE] = 8,
	};

	if (why == PDP11_ODD) /* kernels leave it there; after a fault of memory they back it up */
		research.cpu.r[PDP11_PC] = research.cpu.stop_pc;
	if (why == PDP11_ILLEGAL)
		research.cpu.r[PDP11_PC] = (u16)(research.cpu.r[PDP11_PC] + 2);
	if (why == PDP11_TRACE || why == PDP11_BPT)
		research.cpu.psw &= (u16)~PDP11_T;
	research_raise(t, numbers[why]);
	events(t);
}

/* The library notes which overlay is there right behind the EMT that asked for it; a handler in
 * between would come back to another. */
#define BEHIND_EMT 4

static enum pdp11_stop run(struct core_thread *t)
{
	if (UNLIKELY(t->exo.asked))
		research_debug_asked(t);
	if (UNLIKELY(research.debugged))
		return research_debug_run(t);
	while (UNLIKELY(research.undisturbed)) {
		enum pdp11_stop why = pdp11_step(&research.cpu);

		research.undisturbed--;
		if (why != PDP11_EVENT)
			return why;
	}
	return research.engine(&research.cpu);
}

void research_run(struct core_thread *t)
{
	research_trace_start(t);
	research_debug_start(t);
	research_sample_start();
	if (t->has_raised)
		events(t);
	for (;;) {
		enum pdp11_stop why = run(t);

		switch (why) {
		case PDP11_TRAP:
			call(t);
			break;
		case PDP11_EVENT:
			events(t);
			break;
		case PDP11_SEGV:
			if (!(research.version->first && research_ke11()) && !grew())
				fault(t, why);
			break;
		case PDP11_EMT:
			if (research_first_emt(t))
				break;
			if (research_overlay_switch())
				research.undisturbed = BEHIND_EMT;
			else
				fault(t, why);
			break;
		default:
			fault(t, why);
			break;
		}
	}
}
