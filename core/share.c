/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/share.c: processes that share more than a fork leaves them: memory, descriptors,
 * dispositions (rfork(2) of the BSDs, clone(2) without CLONE_THREAD).
 *
 * A process that shares memory runs in the same copy of the runtime as its parent. What the
 * runtime knows of memory (mappings, patched calls, kqueues, threads) is then rightly one;
 * what it knows of a process hangs off struct core_process, of which the child has its own.
 * Descriptors are the seam: the notes about them belong to the memory. A child with a copy
 * of the descriptors cannot use notes, as a vfork child cannot: it has no kqueues. Nobody
 * tells when a borrower ends: the machine clears the word that says its block is in use.
 */
#include "core/fd.h"
#include "core/news.h"
#include "core/personality.h"
#include "core/process.h"
#include "core/signal.h"
#include "core/threads.h"
#include "lib/mem.h"

void core_process_alone(struct core_process *p)
{
	p->action = p->own_action;
	p->handlers = p;
	p->referred = false;
	p->lends = false;
}

void core_process_copy(struct core_process *p, struct core_process *from)
{
	exo_lock(&from->handlers->lock);
	*p = *from;
	memcpy(p->own_action, from->action, sizeof(p->own_action));
	exo_unlock(&from->handlers->lock);
	p->lock.word = 0;
	core_process_alone(p);
}

static void published(struct core_thread *child, i32 id)
{
	child->pid = id;
}

static void begin(struct core_thread *t)
{
	struct core_news_readers news = t->proc->told;

	core_news_born(t, &news, (i32)EXO_NOW(getppid));
}

static void begin_without_files(struct core_thread *t)
{
	begin(t);
	core_close_range(0, UINT32_MAX, 0);
}

long core_fork_sharing(struct core_thread *t, const struct core_sharing *how,
		       void (*ready)(struct core_thread *))
{
	u64 flags = CORE_CLONE_VM | CORE_CLONE_SETTLS | CORE_CLONE_CHILD_CLEARTID | how->signal;
	struct core_news_readers news;
	struct core_thread *child;
	struct core_process *p;
	long r;

	core_threads_sweep(t);
	child = core_thread_new(t);
	p = exo_pages_alloc(sizeof(*p));
	if (!child || !p) {
		if (child)
			exo_thread_free(&child->exo);
		if (p)
			exo_pages_free(p, sizeof(*p));
		return -CORE_EAGAIN;
	}
	core_process_copy(p, t->proc);
	p->refs = 0; /* core_thread_run counts */
	p->borrows = true;
	core_news_readers(t, &news);
	p->told = news;
	if (!how->peer)
		p->leader = p;
	if (how->files) {
		flags |= CORE_CLONE_FILES | CORE_CLONE_FS;
		p->shares_files = t->proc->shares_files = true;
	} else {
		p->own_fds = true;
		p->shares_files = false;
	}
	if (how->handlers) {
		flags |= CORE_CLONE_SIGHAND;
		p->handlers = t->proc->handlers;
		p->action = p->handlers->action;
		p->handlers->referred = true;
	}
	t->proc->leader->lends = true;
	child->proc = p;
	child->altstack = t->altstack;
	child->begin = how->no_files ? begin_without_files : begin;
	core_call_complete(t);
	*child->exo.frame = *t->exo.frame;
	ready(child);
	r = core_thread_run(child, flags, 0, (u64)&child->exo.in_use, exo_tls_get(), published);
	if (r > 0)
		core_news_forked(&news, t->pid, (i32)r);
	return r;
}

long core_unshare_files(struct core_thread *t)
{
	struct core_process *p = t->proc;

	if (!p->shares_files)
		return 0;
	/* The host would do it to the calling thread alone; the notes can go one way only. */
	if (__atomic_load_n(&p->refs, __ATOMIC_RELAXED) > 1 || core_threads_sweep(t))
		return -CORE_EINVAL;
	p->shares_files = false;
	return EXO(unshare, CORE_CLONE_FILES | CORE_CLONE_FS);
}
