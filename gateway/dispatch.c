/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gateway/dispatch.c: from a call's registers to the handler its number names, and back.
 *
 * The gateway knows no ABI. A thread's personality brings a table; a row is a handler or
 * the machine's own operation. Results leave by one function, errors are converted there
 * and nowhere else. Events that came in during the call are dealt with before the guest
 * sees a result.
 */
#include "core/audit.h"
#include "core/class.h"
#include "core/missing.h"
#include "core/personality.h"
#include "core/signal.h"
#include "core/traced.h"
#include "lib/mem.h"

static long call_wide(struct core_thread *t, const struct core_syscall *row,
		      const struct exo_frame *f)
{
	u64 args[8];

	memcpy(args, &f->rdi, 6 * sizeof(u64));
	/* The rest lie above the return address of the library's stub. */
	if (exo_copy(&args[6], (const void *)(f->rsp + 8), (row->nargs - 6u) * 8u))
		return -CORE_EFAULT;
	return row->wide(t, args);
}

static long call_pass(const struct core_syscall *row, const struct exo_frame *f)
{
	long r = exo_call6(f->rdi, f->rsi, f->rdx, f->r10, f->r8, f->r9, row->pass - 1u);

	return r == -CORE_EINTR && row->never_restarted ? -CORE_ERESTART_NOHAND : r;
}

/* The result of number nr of abi's table. */
static long call_number(struct core_thread *t, const struct core_personality *abi, u64 nr,
			const struct exo_frame *f)
{
	const struct core_syscall *row = &abi->table[MIN(nr, (u64)abi->table_len - 1)];

	if (nr < abi->table_len) {
		if (row->pass)
			return call_pass(row, f);
		if (row->handler)
			return row->handler(t, &f->rdi);
		if (row->wide)
			return call_wide(t, row, f);
	}
	core_missing_count(nr);
	return abi->missing(t, nr);
}

static void finish(struct core_thread *t, const struct core_personality *abi, struct exo_frame *f,
		   long r)
{
	if (UNLIKELY(t->exo.interrupted || r <= -CORE_ERESTART_ALWAYS))
		core_signal_dispatch(t, f, r);
	else
		core_call_result(abi, f, r);
}

/*
 * The same for somebody who listens. The record is done before the guest is: a signal that comes
 * next has one of its own.
 */
static void call_traced(struct core_thread *t, const struct core_personality *abi, u64 nr,
			struct exo_frame *f)
{
	u64 args[TRACE_ARGS];
	struct trace_call c;
	bool told;
	long r;

	core_trace_call(&c, t, abi, nr, &f->rdi, f->rsp + 8, args);
	c.pc = f->rip;
	c.sp = f->rsp;
	c.fp = f->rbp;
	c.kept = &f->rbx;
	if (audit_on())
		core_audit(&c, t, abi);
	told = trace_begin(&t->trace, &c);
	r = c.verdict ? core_trace_refused(t, &c, abi, f, told) : call_number(t, abi, nr, f);
	if (told)
		core_trace_end(t, &c, abi, f, r);
	finish(t, t->calling ? abi : t->abi, f, r);
}

/* For entry.S: a result that is negative, or that an event came in beside. */
void gateway_result(struct exo_frame *f, long r);
void gateway_result(struct exo_frame *f, long r)
{
	struct core_thread *t = core_self();

	finish(t, t->abi, f, r);
}

void exo_up_call(struct exo_frame *f)
{
	struct core_thread *t = core_self();
	const struct core_personality *abi = t->abi;
	u64 nr = f->nr, class = nr >> CORE_CLASS_SHIFT;
	long r;

	/* A native program's call of another class; for anybody else just a number too large. */
	if (UNLIKELY(t->proc->native && class && class < 256 && core_class_get((u32) class))) {
		abi = core_class_get((u32) class);
		t->calling = abi;
		nr &= CORE_CLASS_INDEX;
	}
	if (core_traced(t)) {
		call_traced(t, abi, nr, f);
	} else {
		r = call_number(t, abi, nr, f);
		finish(t, t->calling ? abi : t->abi, f, r);
	}
	t->calling = NULL;
}

void exo_up_crash(void)
{
	const struct core_thread *t = core_self();
	const struct core_personality *abi = t->abi;
	u64 nr = t->exo.frame->nr;

	exo_log("its call is %s of %s\n",
		nr < abi->table_len && abi->table[nr].name ? abi->table[nr].name
							   : "none with a name",
		abi->name);
	if (trace_on())
		core_trace_last(t);
	else
		exo_log("under 'fbird trace' its last calls would be told here\n");
	exo_log("the program is %s\n", t->proc->exec_path);
}

void exo_up_event(struct exo_frame *f)
{
	struct core_thread *t = core_self();

	exo_frame_complete(f);
	f->kind |= EXO_FRAME_ASYNC;
	if (UNLIKELY(t->exo.sampled))
		core_trace_sampled(t, f);
	core_signal_dispatch(t, f, 0);
}
