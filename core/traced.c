/* SPDX-License-Identifier: BSD-2-Clause */
/* core/traced.c: threads, personalities and frames as core/trace.c wants them; core/traced.h. */
#include "core/traced.h"
#include "core/debugged.h"
#include "core/signal.h"
#include "core/threads.h"
#include "lib/mem.h"
#include "trace/attach.h"

/* Each takes the long way with its next call, and sees for itself. */
static void tell(struct core_thread *o)
{
	o->exo.asked = 1;
	o->exo.call_count = 0;
}

static bool is_in(const struct core_thread *o, const void *memory)
{
	return __atomic_load_n(&o->trace.memory, __ATOMIC_SEQ_CST) == memory;
}

/* Where an earlier memory was that no thread is in any more; NULL: none such. */
static struct trace_header *place_of_earlier(void)
{
	for (u32 i = 0; i < TRACE_RETIRED; i++) {
		struct trace_header *h = trace_retired(i);

		if (h && !core_thread_any(is_in, h))
			return h;
		if (h)
			trace_retire(h);
	}
	return NULL;
}

/* One thread at a time; said by the process, so that a child of a fork in the middle of it is not
 * kept from it for ever. */
static bool begin_attaching(const struct core_thread *t, u32 *whose)
{
	u32 old = __atomic_load_n(whose, __ATOMIC_ACQUIRE);

	return old != (u32)t->pid &&
	       __atomic_compare_exchange_n(whose, &old, (u32)t->pid, false, __ATOMIC_ACQ_REL,
					   __ATOMIC_RELAXED);
}

static void attach_alone(struct core_thread *t, u64 asked)
{
	struct trace_header *h, *place;

	place = place_of_earlier();
	if (!place && trace_retired_full()) {
		exo_shared_refuse(asked, true);
		return;
	}
	h = exo_shared_fetch(EXO_SHARED_TRACE, asked, TRACE_SIZE, TRACE_MAGIC, place);
	if (!h && place)
		trace_retire(place);
	if (!h || !trace_attach(h))
		return;
	core_thread_each_other(t, tell);
	core_trace_exec(t);
}

static void attach(struct core_thread *t, u64 asked)
{
	static u32 attaching;

	if (attach_is_debug(asked)) {
		core_debugged_asked(asked);
		return;
	}
	if (trace_on()) {
		exo_shared_refuse(asked, false);
		return;
	}
	/* Another thread does, perhaps for a reader that is gone by now and asked it late. */
	if (!begin_attaching(t, &attaching)) {
		exo_ask_again(&t->exo, asked);
		EXO_NOW(sched_yield);
		return;
	}
	attach_alone(t, asked);
	__atomic_store_n(&attaching, 0, __ATOMIC_RELEASE);
}

/* A reader that was killed has not said so: who asks anew finds that out. */
static void change(struct core_thread *t)
{
	u64 asked = exo_asked();

	if (trace_deserted(asked != 0) && !audit_on() && trace_detach())
		core_thread_each_other(t, tell);
	trace_settle(&t->trace);
	if (asked) {
		attach(t, asked);
		t->exo.asked = 1; /* there may be more than one */
	}
	core_thread_set_abi(t, t->abi);
}

void core_trace_changed(struct core_thread *t)
{
	/* Another thread may tell of the next change in the middle of it. */
	do {
		__atomic_store_n(&t->exo.asked, 0, __ATOMIC_SEQ_CST);
		change(t);
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
	} while (__atomic_load_n(&t->exo.asked, __ATOMIC_RELAXED));
}

static void of_thread(struct trace_call *c, const struct core_thread *t,
		      const struct core_personality *abi)
{
	*c = (struct trace_call){.pid = (u32)t->pid, .tid = t->exo.tid, .abi = abi->name};
}

void core_trace_call(struct trace_call *c, struct core_thread *t,
		     const struct core_personality *abi, u64 nr, const u64 *regs, u64 stack,
		     u64 *args)
{
	of_thread(c, t, abi);
	c->nr = (u32)MIN(nr, (u64)UINT32_MAX);
	c->args = args;
	if (!abi->words || nr >= abi->table_len) {
		memcpy(args, regs, 6 * sizeof(u64));
		c->nargs = 6;
		return;
	}
	c->words = abi->words[nr];
	while (c->nargs < TRACE_ARGS && c->words[c->nargs])
		c->nargs++;
	memcpy(args, regs, 6 * sizeof(u64));
	if (UNLIKELY(c->nargs > 6) &&
	    exo_copy(&args[6], (const void *)stack, (c->nargs - 6u) * sizeof(u64)))
		c->nargs = 6;
}

void core_trace_end(struct core_thread *t, const struct trace_call *c,
		    const struct core_personality *abi, const struct exo_frame *f, long r)
{
	u64 guest;
	u32 flags = 0;

	if (r == -CORE_EJUSTRETURN) { /* the frame is made */
		r = (long)f->rax;
	} else if (r == -CORE_EINTR || r == -CORE_ERESTART_NOHAND || r == -CORE_ERESTART_ALWAYS) {
		flags = TRACE_R_RESTART; /* or not: that is decided with the signal */
	} else if (r < 0) {
		if (r == -CORE_EINTR_FINAL)
			r = -CORE_EINTR;
		flags = r >= -4095 ? TRACE_R_CARRY : 0;
	}
	guest = (u64)r;
	if (flags == TRACE_R_CARRY && abi->carry_errno)
		guest = (u64)abi->carry_errno[MIN(-r, 255)];
	trace_end(&t->trace, c, r, guest, f->rdx, flags);
}

long core_trace_refused(struct core_thread *t, const struct trace_call *c,
			const struct core_personality *abi, struct exo_frame *f, bool told)
{
	long r = -(long)c->error;

	if (c->verdict & TRACE_R_KILLED) {
		if (told)
			core_trace_end(t, c, abi, f, r);
		core_signal_die(t, f, CORE_SIGSYS);
	}
	return r;
}

void core_trace_signal(struct core_thread *t, const struct core_siginfo *si)
{
	struct trace_call c;

	of_thread(&c, t, t->abi);
	trace_event(&t->trace, &c, TRACE_SIGNAL, (u32)si->si_signo, si, sizeof(*si));
}

void core_trace_death(struct core_thread *t, int sig)
{
	struct trace_call c;

	of_thread(&c, t, t->abi);
	trace_event(&t->trace, &c, TRACE_DEATH, (u32)sig, NULL, 0);
}

static void tell_call(const struct core_personality *abi, const struct trace_record *r)
{
	const char *name = r->nr < abi->table_len ? abi->table[r->nr].name : NULL;

	exo_log("  %s %u (%lx, %lx, %lx) = %ld\n", name ? name : "call", r->nr, r->args[0],
		r->args[1], r->args[2], r->flags & TRACE_R_ENDED ? r->result : 0);
}

void core_trace_last(const struct core_thread *t)
{
	exo_log("its last calls, by their numbers, arguments and results:\n");
	for (u32 back = TRACE_RECENT; back > 0; back--) {
		const struct trace_record *r = trace_recent(&t->trace, back);

		if (r && r->kind == TRACE_CALL)
			tell_call(t->abi, r);
	}
}

void core_trace_exec(struct core_thread *t)
{
	const char *path = t->proc->exec_path;
	struct trace_call c;

	of_thread(&c, t, t->abi);
	trace_event(&t->trace, &c, TRACE_EXEC, 0, path, (u32)strlen(path));
}

void core_trace_sample(struct core_thread *t, const struct core_trace_place *p, u32 count)
{
	struct trace_call c;

	of_thread(&c, t, t->abi);
	c.space = p->space;
	c.pc = p->pc;
	c.sp = p->sp;
	c.fp = p->fp;
	trace_sample(&t->trace, &c, count, 0);
}

void core_trace_sampled(struct core_thread *t, const struct exo_frame *f)
{
	u32 count = t->exo.sampled, inside = t->exo.sampled_inside;
	struct trace_call c;

	t->exo.sampled = t->exo.sampled_inside = 0;
	if (!trace_on())
		return;
	of_thread(&c, t, t->abi);
	c.pc = f->rip;
	c.sp = f->rsp;
	c.fp = f->rbp;
	c.kept = &f->rbx;
	trace_sample(&t->trace, &c, count, inside);
}

void core_trace_start(struct core_thread *t)
{
	/* What a processor of another kind does it says itself. */
	if (trace_on() && trace_memory->sample_ns && !t->abi->run)
		exo_sample_start(trace_memory->sample_ns);
}
