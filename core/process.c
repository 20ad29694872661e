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
#include "lib/mem.h"

static FB_HOT struct core_thread *threads;
static FB_HOT struct exo_lock threads_lock;
static FB_START struct core_process first_process;

static void enlist(struct core_thread *t)
{
	exo_lock(&threads_lock);
	t->next = threads;
	t->link = &threads;
	if (threads)
		threads->link = &t->next;
	threads = t;
	exo_unlock(&threads_lock);
}

static void delist(struct core_thread *t)
{
	exo_lock(&threads_lock);
	*t->link = t->next;
	if (t->next)
		t->next->link = t->link;
	exo_unlock(&threads_lock);
}

bool core_thread_wake(struct core_thread *t, i32 tid)
{
	struct core_thread *o;

	exo_lock(&threads_lock);
	for (o = threads; o && (o->exo.tid != (u32)tid || o->proc != t->proc); o = o->next)
		;
	if (o) {
		__atomic_store_n(&o->wake_word, 1, __ATOMIC_RELEASE);
		EXO_NOW(futex, &o->wake_word, CORE_FUTEX_WAKE | CORE_FUTEX_PRIVATE_FLAG, 1);
	}
	exo_unlock(&threads_lock);
	return o != NULL;
}

bool core_thread_pass_signal(struct core_thread *t, const struct core_siginfo *si)
{
	u64 bit = CORE_SIGBIT(si->si_signo);
	struct core_thread *o;
	bool passed = false;

	if (si->si_code == CORE_SI_TKILL)
		return false;
	exo_lock(&threads_lock);
	for (o = threads; o && !passed; o = o->next) {
		if (o == t || o->proc != t->proc || (o->exo.mask & bit))
			continue;
		__atomic_or_fetch(&o->counted, bit, __ATOMIC_RELAXED);
		passed = EXO_NOW(rt_tgsigqueueinfo, t->pid, o->exo.tid, si->si_signo, si) == 0;
	}
	exo_unlock(&threads_lock);
	return passed;
}

void core_thread_each_other(struct core_thread *t, void (*act)(struct core_thread *))
{
	if (exo_alone())
		return;
	exo_lock(&threads_lock);
	for (struct core_thread *o = threads; o; o = o->next)
		if (o != t && o->proc == t->proc)
			act(o);
	exo_unlock(&threads_lock);
}

static u32 others(struct core_thread *t, struct exo_errand *list, u32 room, u32 known)
{
	u32 n = known;

	exo_lock(&threads_lock);
	for (struct core_thread *o = threads; o && n < room; o = o->next) {
		bool told = o == t || o->proc != t->proc || o->exo.tid == 0;

		for (u32 i = 0; i < known && !told; i++)
			told = list[i].tid == o->exo.tid;
		if (!told)
			list[n++] = (struct exo_errand){.tid = o->exo.tid};
	}
	exo_unlock(&threads_lock);
	return n;
}

/* Threads that others began meanwhile are found in the next round. */
long core_call_everywhere(struct core_thread *t, enum exo_op op, u64 a0, u64 a1, u64 a2)
{
	u32 threads_now = __atomic_load_n(&t->proc->refs, __ATOMIC_RELAXED);
	u32 room = threads_now + 1024, done = 0, n;
	struct exo_errand *list;
	long r;

	if (threads_now == 1)
		return exo_call(op, a0, a1, a2, 0, 0, 0);
	list = exo_pages_alloc(room * sizeof(*list));
	if (!list)
		return -CORE_ENOMEM;
	r = exo_call(op, a0, a1, a2, 0, 0, 0);
	while (r >= 0 && (n = others(t, list, room, done)) > done) {
		exo_call_in(list + done, n - done, op, a0, a1, a2);
		done = n;
	}
	exo_pages_free(list, room * sizeof(*list));
	return r;
}

u32 core_thread_signal_others(struct core_thread *t, int sig)
{
	struct core_thread *o;
	u32 n = 0;

	exo_lock(&threads_lock);
	for (o = threads; o; o = o->next) {
		if (o == t || o->proc != t->proc)
			continue;
		if (sig)
			EXO_NOW(tgkill, t->pid, o->exo.tid, sig);
		n++;
	}
	exo_unlock(&threads_lock);
	return n;
}

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
	enlist(t);
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
	enlist(child);
	r = exo_thread_start(&child->exo, flags, ptid, ctid, tls, enter_guest);
	if (r < 0) {
		__atomic_sub_fetch(&child->proc->refs, 1, __ATOMIC_RELAXED);
		delist(child);
		exo_thread_free(&child->exo);
		return r;
	}
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
	delist(t);
	exo_thread_exit();
}

/* What other threads may hold, in the order it is taken elsewhere. */
static void locks_around_fork(struct core_thread *t, bool before)
{
	if (before) {
		core_aio_fork(true);
		core_kqueue_fork(true);
		exo_lock(&t->proc->handlers->lock);
		exo_lock(&threads_lock);
		core_memory_fork(true);
		core_fd_fork(true);
	} else {
		core_aio_fork(false);
		core_kqueue_fork(false);
		core_fd_fork(false);
		core_memory_fork(false);
		exo_unlock(&threads_lock);
		exo_unlock(&t->proc->handlers->lock);
	}
}

/* In the child, where nobody else is. */
static void after_fork(struct core_thread *t, bool files)
{
	struct core_process *p = t->proc;

	t->pid = (i32)t->exo.tid; /* the first thread's id is the process's */
	t->held = 0;		  /* pending signals are not inherited */
	if (p->refs != 1)
		p->refs = 1;
	if (p->memory != p || p->leader != p || p->own_fds || p->lends ||
	    p->shares_files != files) {
		p->borrows = p->own_fds = p->lends = false;
		p->shares_files = files;
		p->brk_now = p->memory->brk_now;
		p->memory = p->leader = p;
	}
	if (threads != t || t->next) {
		threads = t;
		t->next = NULL;
		t->link = &threads;
	}
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

long core_vfork(struct core_thread *t, u64 clone_flags, u64 ptid, u64 ctid, u64 tls,
		void (*ready)(struct core_thread *))
{
	struct core_thread *child = core_thread_new(t);
	struct core_process *p = exo_pages_alloc(sizeof(*p));
	struct core_news_readers news = {0};
	long r = -CORE_EAGAIN;

	if (child && p) {
		exo_frame_complete(t->exo.frame);
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
		r = exo_vfork(&child->exo, clone_flags, ptid, ctid, tls, enter_vfork_child);
	}
	if (UNLIKELY(news.count) && r > 0)
		core_news_forked(&news, t->pid, (i32)r);
	if (child) {
		core_exec_buffer_free(child);
		exo_thread_free(&child->exo);
	}
	if (p)
		exo_pages_free(p, sizeof(*p));
	return r;
}

/* The first thread of a borrower ends without us: the machine clears in_use then. */
bool core_threads_sweep(struct core_thread *t)
{
	struct core_thread *o, *next;
	bool others = false;

	exo_lock(&threads_lock);
	for (o = threads; o; o = next) {
		next = o->next;
		if (__atomic_load_n(&o->exo.in_use, __ATOMIC_ACQUIRE)) {
			others |= o->proc != t->proc;
			continue;
		}
		*o->link = o->next;
		if (o->next)
			o->next->link = o->link;
		if (__atomic_sub_fetch(&o->proc->refs, 1, __ATOMIC_RELAXED) == 0 &&
		    !o->proc->referred)
			exo_pages_free(o->proc, sizeof(*o->proc));
		exo_thread_free(&o->exo);
	}
	exo_unlock(&threads_lock);
	return others;
}

void core_end_peers(struct core_thread *t)
{
	if (LIKELY(t->proc->leader != t->proc || !t->proc->lends))
		return;
	exo_lock(&threads_lock);
	for (struct core_thread *o = threads; o; o = o->next)
		if (o->proc != t->proc && o->proc->leader == t->proc &&
		    __atomic_load_n(&o->exo.in_use, __ATOMIC_ACQUIRE))
			EXO_NOW(kill, o->pid, CORE_SIGKILL);
	exo_unlock(&threads_lock);
}

void core_exit(struct core_thread *t, int status)
{
	core_aio_hold(t);
	core_end_peers(t);
	if (!t->proc->borrows)
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
