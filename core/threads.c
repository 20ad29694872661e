/* SPDX-License-Identifier: BSD-2-Clause */
/* core/threads.c: the threads of this memory; core/threads.h has the contracts. */
#include "core/threads.h"
#include "core/signal.h"

#define PATIENCE 100000 /* looks at one that is about to begin */

static FB_HOT struct core_thread *threads;
static FB_HOT struct exo_lock lock;

void core_threads_add(struct core_thread *t)
{
	exo_lock(&lock);
	t->next = threads;
	t->link = &threads;
	if (threads)
		threads->link = &t->next;
	threads = t;
	exo_unlock(&lock);
}

void core_threads_remove(struct core_thread *t)
{
	exo_lock(&lock);
	*t->link = t->next;
	if (t->next)
		t->next->link = t->link;
	exo_unlock(&lock);
}

bool core_thread_wake(struct core_thread *t, i32 tid)
{
	struct core_thread *o;

	exo_lock(&lock);
	for (o = threads; o && (o->exo.tid != (u32)tid || o->proc != t->proc); o = o->next)
		;
	if (o) {
		__atomic_store_n(&o->wake_word, 1, __ATOMIC_RELEASE);
		EXO_NOW(futex, &o->wake_word, CORE_FUTEX_WAKE | CORE_FUTEX_PRIVATE_FLAG, 1);
	}
	exo_unlock(&lock);
	return o != NULL;
}

bool core_thread_pass_signal(struct core_thread *t, const struct core_siginfo *si)
{
	u64 bit = CORE_SIGBIT(si->si_signo);
	struct core_thread *o;
	bool passed = false;

	if (si->si_code == CORE_SI_TKILL)
		return false;
	exo_lock(&lock);
	for (o = threads; o && !passed; o = o->next) {
		if (o == t || o->proc != t->proc || (o->exo.mask & bit))
			continue;
		__atomic_or_fetch(&o->counted, bit, __ATOMIC_RELAXED);
		passed = EXO_NOW(rt_tgsigqueueinfo, t->pid, o->exo.tid, si->si_signo, si) == 0;
	}
	exo_unlock(&lock);
	return passed;
}

void core_thread_each_other(struct core_thread *t, void (*act)(struct core_thread *))
{
	if (exo_alone())
		return;
	exo_lock(&lock);
	for (struct core_thread *o = threads; o; o = o->next)
		if (o != t && o->proc == t->proc)
			act(o);
	exo_unlock(&lock);
}

bool core_thread_any(bool (*is)(const struct core_thread *o, const void *what), const void *what)
{
	struct core_thread *o;

	exo_lock(&lock);
	for (o = threads; o && !is(o, what); o = o->next)
		;
	exo_unlock(&lock);
	return o != NULL;
}

/* starts: there is one that is about to begin, with what its creator had, and has no id yet. */
static u32 others(struct core_thread *t, struct exo_errand *list, u32 room, u32 known, bool *starts)
{
	u32 n = known;

	*starts = false;
	exo_lock(&lock);
	for (struct core_thread *o = threads; o && n < room; o = o->next) {
		u32 tid = __atomic_load_n(&o->exo.tid, __ATOMIC_RELAXED);
		bool told = o == t || o->proc != t->proc || tid == 0;

		*starts |= o != t && o->proc == t->proc && tid == 0;
		for (u32 i = 0; i < known && !told; i++)
			told = list[i].tid == o->exo.tid;
		if (!told)
			list[n++] = (struct exo_errand){.tid = o->exo.tid};
	}
	exo_unlock(&lock);
	return n;
}

/* Threads that others began meanwhile are found in the next round. */
long core_call_everywhere(struct core_thread *t, enum exo_op op, u64 a0, u64 a1, u64 a2)
{
	u32 threads_now = __atomic_load_n(&t->proc->refs, __ATOMIC_RELAXED);
	u32 room = threads_now + 1024, done = 0, n;
	struct exo_errand *list;
	u32 patience = PATIENCE;
	bool starts;
	long r;

	if (threads_now == 1)
		return exo_call(a0, a1, a2, 0, 0, op);
	list = exo_pages_alloc(room * sizeof(*list));
	if (!list)
		return -CORE_ENOMEM;
	r = exo_call(a0, a1, a2, 0, 0, op);
	while (r >= 0 &&
	       ((n = others(t, list, room, done, &starts)) > done || (starts && patience--))) {
		if (n == done)
			EXO_NOW(sched_yield);
		else
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

	exo_lock(&lock);
	for (o = threads; o; o = o->next) {
		if (o == t || o->proc != t->proc)
			continue;
		if (sig)
			EXO_NOW(tgkill, t->pid, o->exo.tid, sig);
		n++;
	}
	exo_unlock(&lock);
	return n;
}

/* The first thread of a borrower ends without us: the machine clears in_use then. */
bool core_threads_sweep(struct core_thread *t)
{
	struct core_thread *o, *next;
	bool others = false;

	exo_lock(&lock);
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
	exo_unlock(&lock);
	return others;
}

void core_end_peers(struct core_thread *t)
{
	if (LIKELY(t->proc->leader != t->proc || !t->proc->lends))
		return;
	exo_lock(&lock);
	for (struct core_thread *o = threads; o; o = o->next)
		if (o->proc != t->proc && o->proc->leader == t->proc &&
		    __atomic_load_n(&o->exo.in_use, __ATOMIC_ACQUIRE))
			EXO_NOW(kill, o->pid, CORE_SIGKILL);
	exo_unlock(&lock);
}

void core_threads_fork(bool before)
{
	if (before)
		exo_lock(&lock);
	else
		exo_unlock(&lock);
}

void core_threads_forked(struct core_thread *t)
{
	if (threads == t && !t->next)
		return;
	threads = t;
	t->next = NULL;
	t->link = &threads;
}
