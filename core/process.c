/* SPDX-License-Identifier: BSD-2-Clause */
/* core/process.c: beginnings and ends; core/process.h has the contracts. */
#include "core/process.h"
#include "core/aio.h"
#include "core/fd.h"
#include "core/kqueue.h"
#include "core/memory.h"
#include "core/missing.h"
#include "core/news.h"
#include "core/personality.h"
#include "core/signal.h"
#include "core/threads.h"
#include "core/traced.h"
#include "exo/note.h"
#include "lib/mem.h"

static FB_START struct core_process first_process;

struct core_process *core_process_start(struct core_thread *t)
{
	struct core_process *p = &first_process;

	p->refs = 1;
	t->pid = (i32)t->exo.tid; /* an exec's thread has the process's id */
	core_process_alone(p);
	p->memory = p->leader = p;
	EXO_NOW(rt_sigprocmask, CORE_SIG_BLOCK, 0, &t->exo.mask, 8);
	if (t->exo.mask & exo_mask_sync())
		exo_mask_set(t->exo.mask);
	t->altstack.ss_flags = CORE_SS_DISABLE;
	t->proc = p;
	core_threads_add(t);
	return p;
}

struct core_thread *core_thread_new(struct core_thread *t)
{
	struct core_thread *n = (struct core_thread *)exo_thread_alloc();

	if (!n)
		return NULL;
	core_thread_set_abi(n, t->abi);
	n->proc = t->proc;
	n->pid = t->pid;
	n->exo.mask = t->exo.mask;
	n->altstack.ss_flags = CORE_SS_DISABLE;
	return n;
}

static void enter_guest(struct exo_thread *child)
{
	struct core_thread *t = (struct core_thread *)child;

	if (trace_on())
		core_trace_start(t);
	if (t->begin)
		t->begin(t);
	exo_mask_set(t->exo.mask);
	exo_resume();
}

long core_thread_run(struct core_thread *child, u64 flags, u64 ptid, u64 ctid, u64 tls,
		     void (*published)(struct core_thread *, i32))
{
	long r;

	__atomic_add_fetch(&child->proc->refs, 1, __ATOMIC_RELAXED);
	core_threads_add(child);
	r = exo_thread_start(&child->exo, flags, ptid, ctid, tls, enter_guest);
	if (r < 0) {
		__atomic_sub_fetch(&child->proc->refs, 1, __ATOMIC_RELAXED);
		core_threads_remove(child);
		exo_thread_free(&child->exo);
		return r;
	}
	exo_note(ROOM_CORE, NOTE_DEBUG, "thread %ld begins", r);
	child->exo.tid = (u32)r; /* at once: who acts on all threads must find it */
	if (published)
		published(child, (i32)r);
	exo_thread_open(&child->exo);
	return r;
}

/* What this thread was handed for the whole process is another's to handle. */
static void hand_back_signals(struct core_thread *t)
{
	struct core_siginfo si;
	struct exo_event ev;

	exo_mask_set(~0UL);
	while (exo_event_take(&ev)) {
		memcpy(&si, ev.siginfo, sizeof(si));
		if (si.si_code == CORE_SI_TKILL)
			continue;
		/* The host lets nobody but itself say some codes. */
		if (EXO_NOW(rt_sigqueueinfo, t->pid, si.si_signo, &si) < 0)
			EXO_NOW(kill, t->pid, si.si_signo);
	}
}

void core_thread_end(struct core_thread *t)
{
	u32 refs = __atomic_load_n(&t->proc->refs, __ATOMIC_RELAXED);

	do {
		if (refs == 1)
			return;
	} while (!__atomic_compare_exchange_n(&t->proc->refs, &refs, refs - 1, false,
					      __ATOMIC_RELAXED, __ATOMIC_RELAXED));
	hand_back_signals(t);
	if (t->proc->borrows) /* in_use is told by ourselves: the block may be another's soon */
		EXO_NOW(set_tid_address, 0);
	exo_note(ROOM_CORE, NOTE_DEBUG, "this thread ends");
	if (trace_on()) {
		exo_sample_stop();
		trace_left(&t->trace);
	}
	core_threads_remove(t);
	exo_thread_exit();
}

/* What other threads may hold, in the order it is taken elsewhere. */
static void locks_around_fork(struct core_thread *t, bool before)
{
	if (before) {
		core_aio_fork(true);
		core_kqueue_fork(true);
		exo_lock(&t->proc->handlers->lock);
		core_threads_fork(true);
		core_memory_fork(true);
		core_fd_fork(true);
	} else {
		core_aio_fork(false);
		core_kqueue_fork(false);
		core_fd_fork(false);
		core_memory_fork(false);
		core_threads_fork(false);
		exo_unlock(&t->proc->handlers->lock);
	}
}

/* In the child, where nobody else is. */
static void after_fork(struct core_thread *t, bool files)
{
	struct core_process *p = t->proc;
	i32 parent = t->pid;

	t->pid = (i32)t->exo.tid; /* the first thread's id is the process's */
	t->held = 0;		  /* pending signals are not inherited */
	if (p->handled)
		t->handled = p->handled = 0;
	if (p->refs != 1)
		p->refs = 1;
	if (p->memory != p || p->leader != p || p->own_fds || p->lends ||
	    p->shares_files != files) {
		p->borrows = p->own_fds = p->lends = false;
		p->shares_files = files;
		p->brk_now = p->memory->brk_now;
		p->memory = p->leader = p;
	}
	if (trace_on()) {
		trace_forked(&t->trace, (u32)parent);
		core_trace_start(t);
	}
	core_threads_forked(t);
	core_aio_forked(files);
	core_kqueue_forked();
	core_fd_forked(files);
}

/*
 * Who is alone has no locks to take. Nor does a word change that need not: a fork copies each
 * page that it or its child writes, and with one thread that is the kernel stack's alone.
 */
long core_fork(struct core_thread *t, u64 clone_flags, u64 ptid, u64 ctid, u64 tls)
{
	bool alone = exo_alone(), files = (clone_flags & CORE_CLONE_FILES) != 0;
	struct core_news_readers news;
	i32 self = t->pid;
	long r;

	core_news_readers(t, &news);
	if (!alone)
		locks_around_fork(t, true);
	r = exo_fork(clone_flags, ptid, ctid, tls);
	if (r == 0)
		after_fork(t, files);
	if (!alone)
		locks_around_fork(t, false);
	if (r == 0)
		core_signal_unwatch(t);
	else
		exo_note(ROOM_CORE, NOTE_INFO, "a fork, with flags %lx: %ld", clone_flags, r);
	if (UNLIKELY(news.count) && r == 0)
		core_news_born(t, &news, self);
	else if (UNLIKELY(news.count) && r > 0)
		core_news_forked(&news, self, (i32)r);
	return r;
}

static void enter_vfork_child(struct exo_thread *child)
{
	struct core_thread *t = (struct core_thread *)child;

	t->pid = (i32)EXO_NOW(getpid);
	if (UNLIKELY(t->proc->told.count)) {
		struct core_news_readers news = t->proc->told;

		core_news_born(t, &news, (i32)EXO_NOW(getppid));
	}
	exo_mask_set(t->exo.mask);
	exo_resume();
}

/*
 * The host lets a parent go on when the child gives up its memory, a moment before it can be
 * waited for. posix_spawn(3) of FreeBSD asks for a child that failed without waiting.
 */
static void await_end(i32 pid)
{
	while (EXO_NOW(waitid, CORE_P_PID, pid, NULL, CORE_WEXITED | CORE_WNOWAIT | CORE_WALL,
		       NULL) == -CORE_EINTR)
		;
}

long core_vfork(struct core_thread *t, u64 clone_flags, u64 ptid, u64 ctid, u64 tls,
		void (*ready)(struct core_thread *))
{
	struct core_thread *child = core_thread_new(t);
	struct core_process *p = exo_pages_alloc(sizeof(*p));
	struct core_news_readers news = {0};
	long r = -CORE_EAGAIN;

	if (child && p) {
		core_call_complete(t);
		*child->exo.frame = *t->exo.frame;
		core_process_copy(p, t->proc);
		p->refs = 1;
		p->borrows = p->own_fds = true;
		core_news_readers(t, &p->told);
		news = p->told;
		p->shares_files = false;
		child->proc = p;
		child->altstack = t->altstack;
		memcpy(child->abi_data, t->abi_data, sizeof(child->abi_data));
		ready(child);
		child->trace.parent = (u32)t->pid;
		r = exo_vfork(&child->exo, clone_flags, ptid, ctid, tls, enter_vfork_child);
	}
	if (UNLIKELY(news.count) && r > 0)
		core_news_forked(&news, t->pid, (i32)r);
	exo_note(ROOM_CORE, NOTE_INFO, "a vfork: %ld", r);
	if (r > 0 && p->ended)
		await_end((i32)r);
	if (child) {
		core_exec_buffer_free(child);
		exo_thread_free(&child->exo);
	}
	if (p)
		exo_pages_free(p, sizeof(*p));
	return r;
}

void core_exit(struct core_thread *t, int status)
{
	exo_note(ROOM_CORE, NOTE_INFO, "the process exits with %d", status);
	core_aio_hold(t);
	core_end_peers(t);
	if (t->proc->borrows)
		t->proc->ended = true;
	else
		core_missing_report(t->abi);
	exo_exit(status);
}

void *core_exec_buffer(struct core_thread *t, size_t bytes)
{
	core_exec_buffer_free(t);
	if (bytes <= EXO_SCRATCH_SIZE)
		return exo_thread_scratch(&t->exo);
	t->exec_buffer = exo_pages_alloc(bytes);
	t->exec_buffer_size = t->exec_buffer ? bytes : 0;
	return t->exec_buffer;
}

void core_exec_buffer_free(struct core_thread *t)
{
	if (t->exec_buffer)
		exo_pages_free(t->exec_buffer, t->exec_buffer_size);
	t->exec_buffer = NULL;
}
