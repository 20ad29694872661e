/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gateway/dispatch.c: from a call's registers to the handler its number names, and back.
 *
 * The gateway knows no ABI. A thread's personality brings a table; a row is a handler or
 * the machine's own operation. Results leave by one function, errors are converted there
 * and nowhere else. Events that came in during the call are dealt with before the guest
 * sees a result.
 */
#include "core/class.h"
#include "core/missing.h"
#include "core/personality.h"
#include "core/signal.h"

static long call_row(struct core_thread *t, const struct core_syscall *row,
		     const struct exo_frame *f)
{
	long r;

	if (row->handler) {
		u64 args[8];

		if (LIKELY(row->nargs <= 6))
			return row->handler(t, &f->rdi);
		for (int i = 0; i < 6; i++)
			args[i] = (&f->rdi)[i];
		/* The rest lie above the return address of the library's stub. */
		if (exo_copy(&args[6], (const void *)(f->rsp + 8), (row->nargs - 6u) * 8u))
			return -CORE_EFAULT;
		return row->handler(t, args);
	}
	r = exo_call((enum exo_op)(row->pass - 1), f->rdi, f->rsi, f->rdx, f->r10, f->r8, f->r9);
	return r == -CORE_EINTR && row->never_restarted ? -CORE_ERESTART_NOHAND : r;
}

static bool has_row(const struct core_personality *abi, u64 nr)
{
	return nr < abi->table_len && (abi->table[nr].handler || abi->table[nr].pass);
}

static long no_row(struct core_thread *t, const struct core_personality *abi, u64 nr)
{
	core_missing_count(nr);
	return abi->missing(t, nr);
}

/* A native program's call of another class; anybody else's number that is too large. */
static void call_by_class(struct core_thread *t, struct exo_frame *f, u64 nr)
{
	const struct core_personality *abi = t->abi;
	long r;

	if (t->proc->native && nr >> CORE_CLASS_SHIFT && core_class_get((u32)(nr >> CORE_CLASS_SHIFT))) {
		abi = core_class_get((u32)(nr >> CORE_CLASS_SHIFT));
		nr &= CORE_CLASS_INDEX;
		t->calling = abi;
	}
	r = has_row(abi, nr) ? call_row(t, &abi->table[nr], f) : no_row(t, abi, nr);
	if (t->exo.interrupted || (r < 0 && r <= -CORE_ERESTART_ALWAYS))
		core_signal_dispatch(t, f, r);
	else
		core_call_result(abi, f, r);
	t->calling = NULL;
}

void exo_up_call(struct exo_frame *f)
{
	struct core_thread *t = core_self();
	const struct core_personality *abi = t->abi;
	u64 nr = f->rax;
	long r;

	if (UNLIKELY(!has_row(abi, nr))) {
		call_by_class(t, f, nr);
		return;
	}
	r = call_row(t, &abi->table[nr], f);
	if (UNLIKELY(t->exo.interrupted || (r < 0 && r <= -CORE_ERESTART_ALWAYS))) {
		core_signal_dispatch(t, f, r);
		return;
	}
	core_call_result(abi, f, r);
}

void exo_up_event(struct exo_frame *f)
{
	struct core_thread *t = core_self();

	exo_frame_complete(f);
	f->kind |= EXO_FRAME_ASYNC;
	core_signal_dispatch(t, f, 0);
}
