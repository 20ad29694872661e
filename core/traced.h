/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/traced.h: what a thread tells of its calls and signals (core/trace.h), in terms of threads,
 * personalities and frames. To be called only while trace_on().
 */
#ifndef FB_CORE_TRACED_H
#define FB_CORE_TRACED_H

#include "core/audit.h"
#include "core/personality.h"

/*
 * What is told of call nr of abi: its first six arguments at `regs`, more of them at guest address
 * `stack`. args: room for TRACE_ARGS, which lives as long as c.
 */
void core_trace_call(struct trace_call *c, struct core_thread *t,
		     const struct core_personality *abi, u64 nr, const u64 *regs, u64 stack,
		     u64 *args);
/* The result of a call that is not let through; or the end of the process, told before: c and told
 * as trace_begin left them. */
long core_trace_refused(struct core_thread *t, const struct trace_call *c,
			const struct core_personality *abi, struct exo_frame *f, bool told);
/* The call has ended with r; the second register of a result is in f. */
void core_trace_end(struct core_thread *t, const struct trace_call *c,
		    const struct core_personality *abi, const struct exo_frame *f, long r);

/* Something was asked from outside: the thread's `asked`. Or the reader is gone. */
void core_trace_changed(struct core_thread *t);

/* Is the thread's call to be told of? To be asked before each that comes the long way. */
static inline bool core_traced(struct core_thread *t)
{
	const struct trace_header *h;

	if (UNLIKELY(t->exo.asked))
		core_trace_changed(t);
	h = __atomic_load_n(&trace_memory, __ATOMIC_RELAXED);
	if (LIKELY(!h))
		return false;
	if (UNLIKELY(h->gone) && !audit_on()) /* whose buckets are in there */
		core_trace_changed(t);
	return trace_on();
}

/* A signal is about to be handled, or to end the process. */
void core_trace_signal(struct core_thread *t, const struct core_siginfo *si);
void core_trace_death(struct core_thread *t, int sig);
/* The last calls of the thread, oldest first, as lines of the runtime's own messages. */
void core_trace_last(const struct core_thread *t);
/* The process has become the program of proc->exec_path. */
void core_trace_exec(struct core_thread *t);
/* Where a PDP-11 is; its space begins at `space`. */
struct core_trace_place {
	u64 space;
	u16 pc, sp, fp;
};
/* A thread of the guest begins: with samples of where it is, if these are wanted. */
void core_trace_start(struct core_thread *t);
/* One of them: f is where. */
void core_trace_sampled(struct core_thread *t, const struct exo_frame *f);
void core_trace_sample(struct core_thread *t, const struct core_trace_place *p, u32 count);

#endif
