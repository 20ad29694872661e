/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _umtx_op(2): the priority that waiting for an inheriting mutex lends its owner, and that a
 * protected one gives, seen as ps(1) sees it. Without the privilege nobody is urgent, so
 * nothing can be lent, and that is what is expected then.
 */
#include "freebsd_umtx.h"

#define SYS_rtprio_thread 466
#define RTP_LOOKUP	  0
#define RTP_SET		  1
#define RTP_REALTIME	  2
#define RTP_NORMAL	  3

#define CTL_KERN	     1
#define KERN_PROC	     14
#define KERN_PROC_PID	     1
#define KERN_PROC_INC_THREAD 0x10

/* struct kinfo_proc and struct priority (sys/user.h, sys/priority.h) */
#define KINFO_SIZE  1088
#define KI_TID	    600
#define KI_LEVEL    605
#define KI_NATIVE   606
#define REALTIME    48
#define TIMESHARE   120
#define THREADS_MAX 16

struct rtprio {
	u16 type, prio;
};

static struct thread low, middle, first, second, many[4];
static struct umutex m, n;
static u8 records[THREADS_MAX * KINFO_SIZE];
static volatile u32 gate, gate2;
static volatile u32 order[2], taken;
static bool privileged;
static volatile long answer;
static u32 counter;

/* In threads, and many thousand times: silent unless it fails. */
#define CHECK(got, want)                                                                           \
	do {                                                                                       \
		long got_ = (long)(got), want_ = (long)(want);                                     \
                                                                                                   \
		if (got_ != want_)                                                                 \
			print("FAILED %s: %d instead of %d\n", #got, (int)got_, (int)want_);       \
	} while (0)

static u8 level_of(long tid, int which)
{
	int mib[] = {CTL_KERN, KERN_PROC, KERN_PROC_PID | KERN_PROC_INC_THREAD,
		     (int)sys(SYS_getpid)};
	size_t size = sizeof(records);

	if (sys(SYS___sysctl, mib, 4, records, &size, NULL, 0) != 0)
		return 0;
	for (size_t at = 0; at < size; at += KINFO_SIZE)
		if (*(i32 *)&records[at + KI_TID] == tid)
			return records[at + which];
	return 0;
}

/* Lending is seen as soon as the other thread sleeps, which may take it a while. */
static bool reaches(long tid, u8 level)
{
	if (!privileged)
		level = TIMESHARE;
	for (int i = 0; i < 2000; i++) {
		if (level_of(tid, KI_LEVEL) == level)
			return true;
		pause_ms(5);
	}
	print("FAILED level %u instead of %u\n", level_of(tid, KI_LEVEL), level);
	return false;
}

static void urgent(u16 prio)
{
	struct rtprio rtp = {RTP_REALTIME, prio};

	CHECK(sys(SYS_rtprio_thread, RTP_SET, 0, &rtp), privileged ? 0 : -EPERM);
}

static void hold(void *arg)
{
	struct umutex *mutex = arg;

	CHECK(umtx(mutex, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	while (!gate)
		pause_ms(1);
	CHECK(umtx(mutex, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	while (!gate2)
		pause_ms(1);
}

static void hold_and_want(void *arg)
{
	(void)arg;
	CHECK(umtx(&n, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	CHECK(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	CHECK(umtx(&n, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
}

static void want(void *arg)
{
	u64 which = (u64)arg;

	urgent(which ? 5 : 10);
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	order[taken++] = (u32)which;
	CHECK(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
}

static void want_other(void *arg)
{
	(void)arg;
	urgent(7);
	CHECK(umtx(&n, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	CHECK(umtx(&n, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
}

static void want_for_a_while(void *arg)
{
	struct umtx_time limit = {{0, 300000000}, 0, CLOCK_MONOTONIC};
	struct umtx_time until = {{0, 0}, UMTX_ABSTIME, CLOCK_REALTIME};

	(void)arg;
	urgent(3);
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, sizeof(limit), &limit), -ETIMEDOUT);
	until.timeout = in_ms(CLOCK_REALTIME, 100);
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, sizeof(until), &until), -ETIMEDOUT);
	answer = 1;
}

static void begin(void)
{
	m = n = (struct umutex){.flags = UMUTEX_PRIO_INHERIT};
	gate = gate2 = taken = 0;
	thread_start(&low, hold, &m);
	while ((m.owner & ~UMUTEX_CONTESTED) == 0)
		pause_ms(1);
}

static void end(void)
{
	gate2 = 1;
	thread_join(&low);
	CHECK(m.owner & ~UMUTEX_CONTESTED, 0);
	CHECK(n.owner & ~UMUTEX_CONTESTED, 0);
}

static void inherit(void)
{
	begin();
	thread_start(&first, want, (void *)0);
	if (reaches(low.tid, REALTIME + 10))
		print("one who waits lends\n");
	CHECK(level_of(low.tid, KI_NATIVE), TIMESHARE);
	thread_start(&second, want, (void *)1);
	if (reaches(low.tid, REALTIME + 5))
		print("a more urgent one lends more\n");
	gate = 1;
	if (reaches(low.tid, TIMESHARE))
		print("who unlocks gives it back\n");
	thread_join(&first);
	thread_join(&second);
	CHECK(taken, 2);
	if (privileged)
		CHECK(order[0], 1); /* the more urgent one, though it came later */
	end();
}

static void chain(void)
{
	begin();
	thread_start(&middle, hold_and_want, NULL);
	while ((n.owner & ~UMUTEX_CONTESTED) == 0 || !(m.owner & UMUTEX_CONTESTED))
		pause_ms(1);
	thread_start(&first, want_other, NULL);
	if (reaches(low.tid, REALTIME + 7) && reaches(middle.tid, REALTIME + 7))
		print("what is lent is lent on\n");
	gate = 1;
	thread_join(&middle);
	thread_join(&first);
	end();
}

static void give_up_waiting(void)
{
	begin();
	answer = 0;
	thread_start(&first, want_for_a_while, NULL);
	reaches(low.tid, REALTIME + 3);
	thread_join(&first);
	CHECK(answer, 1);
	if (reaches(low.tid, TIMESHARE))
		print("who no longer waits lends no longer\n");
	gate = 1;
	end();
}

/* Some take it in user space, some by the kernel, with time-outs and without. */
static void contend(void *arg)
{
	u32 id = (u32)my_tid();
	u64 kind = (u64)arg;

	if (kind == 1)
		urgent(20);
	for (int i = 0; i < 10000; i++) {
		struct umtx_time limit = {{0, 20000}, 0, CLOCK_MONOTONIC};

		if (kind < 2 || !__sync_bool_compare_and_swap(&m.owner, 0, id)) {
			bool timed = kind == 3;
			long r = umtx(&m, UMTX_OP_MUTEX_LOCK, 0, timed ? sizeof(limit) : 0,
				      timed ? &limit : NULL);

			if (timed && r == -ETIMEDOUT)
				continue;
			CHECK(r, 0);
		}
		counter++;
		if (__atomic_add_fetch(&taken, 1, __ATOMIC_RELAXED) != 1)
			print("FAILED two owners\n");
		__atomic_sub_fetch(&taken, 1, __ATOMIC_RELAXED);
		if (kind < 2 || !__sync_bool_compare_and_swap(&m.owner, id, 0))
			CHECK(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	}
}

static void crowd(void)
{
	m = (struct umutex){.flags = UMUTEX_PRIO_INHERIT};
	taken = counter = 0;
	for (u64 i = 0; i < 4; i++)
		thread_start(&many[i], contend, (void *)i);
	for (int i = 0; i < 4; i++)
		thread_join(&many[i]);
	CHECK(m.owner & ~UMUTEX_CONTESTED, 0);
	if (counter >= 30000)
		print("a crowd gets through\n");
}

static void tell_level(void *arg)
{
	(void)arg;
	answer = level_of(my_tid(), KI_LEVEL);
}

static void protect(void)
{
	struct rtprio rtp, normal = {RTP_NORMAL, 0};
	long self = my_tid(), pid;
	int status = -1;

	m = n = (struct umutex){.owner = UMUTEX_CONTESTED, .flags = UMUTEX_PRIO_PROTECT};
	m.ceilings[0] = 20;
	n.ceilings[0] = 25;
	m.ceilings[1] = UINT32_MAX;
	n.ceilings[1] = 20;
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	reaches(self, REALTIME + 11);
	CHECK(umtx(&n, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	if (reaches(self, REALTIME + 6))
		print("a ceiling raises who holds it\n");
	CHECK(umtx(&n, UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), -EBUSY);
	reaches(self, REALTIME + 6);
	CHECK(sys(SYS_rtprio_thread, RTP_LOOKUP, 0, &rtp), 0);
	CHECK(rtp.type, RTP_NORMAL);
	answer = 0;
	thread_start(&first, tell_level, NULL);
	thread_join(&first);
	CHECK(answer, TIMESHARE);
	pid = sys(SYS_fork);
	if (pid == 0)
		sys(SYS_exit, level_of(my_tid(), KI_LEVEL) != TIMESHARE);
	CHECK(sys(SYS_wait4, pid, &status, 0, NULL), pid);
	CHECK(status, 0);
	CHECK(umtx(&n, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	reaches(self, REALTIME + 11);
	CHECK(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	if (reaches(self, TIMESHARE))
		print("and no longer\n");

	urgent(31 - 22);
	CHECK(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), privileged ? -EINVAL : 0);
	sys(SYS_rtprio_thread, RTP_SET, 0, &normal);
}

/* No function of its own: the child would return from it, and then over its parent's stack. */
static inline __attribute__((always_inline)) long make_child(void)
{
	long ret, other;

	__asm__ volatile("syscall"
			 : "=a"(ret), "=d"(other)
			 : "0"((long)SYS_vfork)
			 : "rcx", "rdi", "rsi", "r8", "r9", "r10", "r11", "memory", "cc");
	return other ? 0 : ret;
}

int main(int argc, char **argv)
{
	struct rtprio rr = {RTP_REALTIME, 31}, normal = {RTP_NORMAL, 0};
	long pid;

	(void)argc, (void)argv;
	privileged = sys(SYS_rtprio_thread, RTP_SET, 0, &rr) == 0;
	sys(SYS_rtprio_thread, RTP_SET, 0, &normal);
	inherit();
	/* Memory that another process has had is lent in as before. */
	pid = make_child();
	if (pid == 0)
		sys(SYS_exit, 0);
	CHECK(sys(SYS_wait4, pid, NULL, 0, NULL), pid);
	inherit();
	chain();
	give_up_waiting();
	crowd();
	protect();
	return 0;
}
