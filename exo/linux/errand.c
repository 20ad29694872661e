/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/errand.c: one host call made in several threads.
 *
 * The host keeps by thread what other systems keep by process, users and groups above all.
 * A thread is sent on an errand by a signal that the runtime always catches and never blocks
 * (SIGSYS, with a value of our own); the handler makes the call wherever the thread is, and
 * marks it interrupted, so that a wait which the signal ended is begun again. The same signal with
 * other values comes from outside (attach.c).
 */
#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/futex.h>

#include "exo/linux/linux.h"
#include "exo/linux/x86_64/context.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "trace/attach.h"

#define CODE_QUEUED  (-1)     /* SI_QUEUE, asm-generic/siginfo.h */
#define PATIENCE_NS  10000000 /* between looks whether a thread is still there */
#define SIGINFO_SIZE 128

static struct {
	struct exo_errand *first;
	u32 count;
	u32 done; /* a futex */
	enum exo_op op;
	u64 arg[3];
} errand;

bool linux_errand(struct exo_thread *t, const void *siginfo)
{
	const siginfo_t *si = siginfo;

	if (si->si_code != CODE_QUEUED)
		return false;
	if (attach_is((u64)si->si_value.sival_ptr)) {
		linux_asked(t, (u64)si->si_value.sival_ptr);
		return true;
	}
	if (si->si_value.sival_ptr != &errand)
		return false;
	for (u32 i = 0; i < errand.count; i++) {
		struct exo_errand *e = &errand.first[i];

		if (e->tid != t->tid || e->done)
			continue;
		exo_call_now(errand.arg[0], errand.arg[1], errand.arg[2], 0, 0, errand.op);
		__atomic_store_n(&e->done, 1, __ATOMIC_RELEASE);
		__atomic_add_fetch(&errand.done, 1, __ATOMIC_RELEASE);
		LINUX(__NR_futex, &errand.done, FUTEX_WAKE_PRIVATE, 1);
	}
	t->interrupted = 1;
	return true;
}

static bool send(u32 pid, u32 tid, const siginfo_t *si)
{
	return LINUX(__NR_rt_tgsigqueueinfo, pid, tid, SIGSYS, si) == 0;
}

static bool is_there(u32 pid, u32 tid)
{
	return LINUX(__NR_tgkill, pid, tid, 0) == 0;
}

void exo_call_in(struct exo_errand *list, u32 n, enum exo_op op, u64 a0, u64 a1, u64 a2)
{
	static struct exo_lock lock;
	struct timespec_ns {
		i64 sec, nsec;
	} patience = {0, PATIENCE_NS};
	union {
		siginfo_t si;
		u8 room[SIGINFO_SIZE];
	} s;
	u32 pid = (u32)LINUX(__NR_getpid), done;

	exo_lock(&lock);
	errand.first = list;
	errand.count = n;
	errand.done = 0;
	errand.op = op;
	errand.arg[0] = a0, errand.arg[1] = a1, errand.arg[2] = a2;
	memset(&s, 0, sizeof(s));
	s.si.si_signo = SIGSYS;
	s.si.si_code = CODE_QUEUED;
	s.si.si_pid = (i32)pid;
	s.si.si_value.sival_ptr = &errand;
	for (bool waits = true, late = true; waits;) {
		waits = false;
		done = __atomic_load_n(&errand.done, __ATOMIC_ACQUIRE);
		for (u32 i = 0; i < n; i++) {
			if (__atomic_load_n(&list[i].done, __ATOMIC_ACQUIRE))
				continue;
			/* Another such signal that waits would have swallowed it: said again. */
			waits |= late ? send(pid, list[i].tid, &s.si) : is_there(pid, list[i].tid);
		}
		if (waits)
			late = LINUX(__NR_futex, &errand.done, FUTEX_WAIT_PRIVATE, done,
				     &patience) == -ETIMEDOUT;
	}
	errand.count = 0;
	exo_unlock(&lock);
}
