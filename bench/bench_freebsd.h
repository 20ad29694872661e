/* SPDX-License-Identifier: BSD-2-Clause */
/* bench/bench_freebsd.h: what bench.h says, on FreeBSD. */
#ifndef FB_BENCH_FREEBSD_H
#define FB_BENCH_FREEBSD_H

#include "freebsd_event.h"
#include "freebsd_thread.h"

STUB(call_getppid, SYS_getppid, void);
STUB(call_fork, SYS_fork, void);
STUB(call_wait4, SYS_wait4, int, int *, int, void *);
/* A call that FreeBSD's kernel answers without doing anything. */
STUB(call_null, SYS_issetugid, void);
STUB(call_fstatat, SYS_fstatat, int, const char *, struct stat *, int);
STUB(call_fstat, SYS_fstat, int, struct stat *);
STUB(call_umtx, SYS__umtx_op, volatile void *, int, u64, void *, void *);
STUB(call_kevent, SYS_kevent, int, const void *, int, void *, int, const void *);

static inline int queue_new(void)
{
	return kqueue();
}

static inline void queue_watch(int queue, int fd)
{
	change(queue, (u64)fd, EVFILT_READ, EV_ADD, 0, 0);
}

static inline long queue_wait(int queue, int *fds)
{
	static struct kevent k[QUEUE_MAX];
	long n = call_kevent(queue, NULL, 0, k, QUEUE_MAX, NULL);

	for (long i = 0; i < n; i++)
		fds[i] = (int)k[i].ident;
	return n;
}

static inline void clock_prepare(void)
{
}

static inline void clock_read(struct timespec *ts)
{
	call_clock_gettime(CLOCK_MONOTONIC, ts);
}

static inline void word_wait(volatile u32 *word, u32 value)
{
	call_umtx(word, UMTX_OP_WAIT_UINT_PRIVATE, value, NULL, NULL);
}

static inline void word_wake(volatile u32 *word, struct thread *sleeper)
{
	(void)sleeper;
	call_umtx(word, UMTX_OP_WAKE_PRIVATE, 1, NULL, NULL);
}
static inline void call_wait(void)
{
	call_wait4(-1, NULL, 0, NULL);
}

#endif
