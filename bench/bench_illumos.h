/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/bench_illumos.h: what bench.h says, on illumos.
 *
 * A port tells of a descriptor once: each is associated again before the next wait. Facts:
 * sys/port_impl.h (subcodes of portfs), sys/port.h.
 */
#ifndef FB_BENCH_ILLUMOS_H
#define FB_BENCH_ILLUMOS_H

#include "illumos_thread.h"

/* A call that illumos's kernel answers without doing anything. */
STUB(call_null, SYS_lwp_self, void);
STUB(call_fstatat, SYS_fstatat, int, const char *, struct stat *, int);
STUB(call_fstat, SYS_fstat, int, struct stat *);
STUB(call_getppid, SYS_getpid, void); /* the second result */
STUB(call_portfs, SYS_port, int, int, long, long, long, long);
STUB(call_lwp_park, SYS_lwp_park, int, u64, u64);

#define PORT_CREATE    0x100 /* with PORT_SYS_NOPORT */
#define PORT_ASSOCIATE 1
#define PORT_GETN      6
#define PORT_SOURCE_FD 4
#define PORT_POLLIN    1

struct port_event {
	i32 events;
	u16 source, pad;
	u64 object;
	void *user;
};

static inline int queue_new(void)
{
	return (int)sys(SYS_port, PORT_CREATE);
}

static inline void queue_watch(int queue, int fd)
{
	call_portfs(PORT_ASSOCIATE, queue, PORT_SOURCE_FD, fd, PORT_POLLIN, 0);
}

static inline long queue_wait(int queue, int *fds)
{
	static struct port_event e[QUEUE_MAX];
	static u32 told;
	long n;

	for (u32 i = 0; i < told; i++)
		queue_watch(queue, (int)e[i].object);
	n = call_portfs(PORT_GETN, queue, (long)e, QUEUE_MAX, 1, 0);
	told = n > 0 ? (u32)n : 0;
	for (long i = 0; i < n; i++)
		fds[i] = (int)e[i].object;
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
	if (*word == value)
		call_lwp_park(PARK, 0, 0);
}

static inline void word_wake(volatile u32 *word, struct thread *sleeper)
{
	(void)word;
	call_lwp_park(UNPARK, sleeper ? sleeper->id : 1, 0);
}

/* forksys(0, 0): the child has 1 in rdx. */
long call_fork(void);
__asm__(".balign 16\ncall_fork:\n"
	"	xorl %edi, %edi\n"
	"	xorl %esi, %esi\n"
	"	movl $" STRING(SYS_forksys) ", %eax\n"
					    "	syscall\n"
					    "	testl %edx, %edx\n"
					    "	jz 1f\n"
					    "	xorl %eax, %eax\n"
					    "1:	ret\n");

STUB(call_waitid, SYS_waitid, int, int, void *, int);

static inline void call_wait(void)
{
	char info[256];

	call_waitid(7 /* P_ALL */, 0, info, 3 /* WEXITED | WTRAPPED */);
}

#endif
