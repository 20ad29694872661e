/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _umtx_op(2): mutexes of every protocol, taken by eight threads, robust ones whose owner
 * ends, and what the kernel says to each misuse.
 */
#include "freebsd_umtx.h"

#define THREADS 8
#define ROUNDS	100000

static struct thread threads[THREADS];
static struct umutex m;
static volatile u32 handled, at_gate;
static volatile long answer;
static u32 counter;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

static void by_library(void *arg)
{
	u32 id = (u32)my_tid();

	(void)arg;
	for (int i = 0; i < ROUNDS / THREADS; i++) {
		mutex_lock(&m, id);
		counter++;
		mutex_unlock(&m);
	}
}

/* FreeBSD 8's threads leave it contested and free, and say so. */
static void by_old_library(void *arg)
{
	u32 id = (u32)my_tid(), owner;

	(void)arg;
	for (int i = 0; i < ROUNDS / THREADS; i++) {
		mutex_lock(&m, id);
		counter++;
		owner = id;
		if (__atomic_compare_exchange_n(&m.owner, &owner, 0, false, __ATOMIC_SEQ_CST,
						__ATOMIC_SEQ_CST))
			continue;
		__atomic_store_n(&m.owner, UMUTEX_CONTESTED, __ATOMIC_SEQ_CST);
		umtx(&m, UMTX_OP_MUTEX_WAKE, 0, 0, NULL);
	}
}

static void by_kernel(void *arg)
{
	struct umtx_time limit = {{5, 0}, 0, CLOCK_MONOTONIC};

	for (int i = 0; i < ROUNDS / THREADS; i++) {
		if (umtx(&m, UMTX_OP_MUTEX_LOCK, 0, sizeof(limit), arg ? &limit : NULL) != 0)
			print("FAILED lock\n");
		counter++;
		if (umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL) != 0)
			print("FAILED unlock\n");
	}
}

static void contend(const char *what, void (*body)(void *), void *arg, u32 flags)
{
	m = (struct umutex){.flags = flags,
			    .owner = flags & UMUTEX_PRIO_PROTECT ? UMUTEX_CONTESTED : 0};
	m.ceilings[1] = UINT32_MAX;
	counter = 0;
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], body, arg);
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	print("%s: %u rounds\n", what, counter);
	EXPECT_EQ(m.owner & ~UMUTEX_CONTESTED, 0);
}

/* The time-out's form is the argument. */
static void lock_and_tell(void *arg)
{
	at_gate = 1;
	answer = umtx(&m, UMTX_OP_MUTEX_LOCK, 0, arg ? sizeof(struct umtx_time) : 0, arg);
}

static void interrupted(int flags, struct umtx_time *limit)
{
	on_signal(SIGUSR1, note, flags);
	handled = 0;
	answer = 1;
	thread_start(&threads[0], lock_and_tell, limit);
	pause_ms(40);
	sys(SYS_thr_kill, threads[0].tid, SIGUSR1);
	pause_ms(40);
	EXPECT_EQ(handled, 1);
	EXPECT_EQ(answer, limit ? -EINTR : 1); /* still waiting */
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	if (!limit)
		EXPECT_EQ(answer, 0);
	m.owner = (u32)my_tid();
}

static void misuse(void)
{
	struct timespec soon = {0, 20000000}, bad = {0, -1};
	u32 id = (u32)my_tid();

	m = (struct umutex){.owner = 0};
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), -EPERM);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, id);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), -EBUSY);
	print("to take it twice is to wait for oneself\n");
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, sizeof(soon), &soon), -ETIMEDOUT);
	EXPECT_EQ(m.owner, id | UMUTEX_CONTESTED);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAIT, 0, sizeof(soon), &soon), -ETIMEDOUT);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, sizeof(bad), &bad), -EINVAL);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAKE, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, 0);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAIT, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAKE2, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, 0);
	m.owner = UMUTEX_CONTESTED;
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAKE, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, 0);
	m.owner = UMUTEX_CONTESTED;
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAIT, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, id | UMUTEX_CONTESTED);
	m.flags = UMUTEX_PRIO_INHERIT | UMUTEX_PRIO_PROTECT;
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EINVAL);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), -EINVAL);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_WAKE2, m.flags, 0, NULL), -EINVAL);
	print("with inheritance it is a deadlock\n");
	m.flags = UMUTEX_PRIO_INHERIT;
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EDEADLK);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), -EDEADLK);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	for (int op = UMTX_OP_MUTEX_TRYLOCK; op <= UMTX_OP_MUTEX_UNLOCK; op++)
		EXPECT_EQ(umtx((void *)8, op, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_MUTEX_WAIT, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_MUTEX_WAKE, 0, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_MUTEX_WAKE2, 0, 0, NULL), -EFAULT);
}

static void ceilings(void)
{
	u32 old = 99;

	m = (struct umutex){.owner = UMUTEX_CONTESTED, .flags = UMUTEX_PRIO_PROTECT};
	m.ceilings[1] = UINT32_MAX;
	EXPECT_EQ(umtx(&m, UMTX_OP_SET_CEILING, 7, (u64)&old, NULL), 0);
	EXPECT(old == 0 && m.ceilings[0] == 7 && m.owner == UMUTEX_CONTESTED);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, (u32)my_tid() | UMUTEX_CONTESTED);
	EXPECT_EQ(umtx(&m, UMTX_OP_SET_CEILING, 9, (u64)&old, NULL), 0);
	EXPECT(old == 7 && m.ceilings[0] == 9);
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	EXPECT_EQ(m.owner, UMUTEX_CONTESTED);
	EXPECT_EQ(umtx(&m, UMTX_OP_SET_CEILING, 32, 0, NULL), -EINVAL);
	m.ceilings[0] = 32;
	EXPECT_EQ(umtx(&m, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EINVAL);
	m.flags = 0;
	EXPECT_EQ(umtx(&m, UMTX_OP_SET_CEILING, 1, 0, NULL), -EINVAL);
}

/* ---- robust ------------------------------------------------------------------------- */

static struct {
	struct umutex *list, *private, *transit;
} heads;
static struct umutex held[4];

static void register_lists(void)
{
	u64 where[3] = {(u64)&heads.list, (u64)&heads.private, (u64)&heads.transit};

	EXPECT_EQ(umtx(NULL, UMTX_OP_ROBUST_LISTS, sizeof(where), (u64)where, NULL), 0);
}

static void die_holding(void *arg)
{
	u32 id = (u32)my_tid();

	(void)arg;
	register_lists();
	for (int i = 0; i < 4; i++)
		held[i] = (struct umutex){.owner = id, .flags = UMUTEX_ROBUST};
	held[0].flags |= USYNC_PROCESS_SHARED;
	heads.list = &held[0];
	heads.private = &held[1];
	held[1].next = &held[2];
	held[2].flags |= UMUTEX_PRIO_INHERIT;
	heads.transit = &held[3];
}

static void wait_for_dead(void *arg)
{
	at_gate = 1;
	answer = umtx(arg, UMTX_OP_MUTEX_LOCK, 0, 0, NULL);
}

static void robust(void)
{
	u64 where[4] = {0};
	u32 id = (u32)my_tid();

	thread_start(&threads[0], die_holding, NULL);
	thread_join(&threads[0]);
	for (int i = 0; i < 4; i++)
		EXPECT_EQ(held[i].owner, UMUTEX_RB_OWNERDEAD);
	EXPECT_EQ(umtx(&held[0], UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), -EOWNERDEAD);
	EXPECT_EQ(held[0].owner, id | UMUTEX_CONTESTED);
	EXPECT_EQ(umtx(&held[1], UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EOWNERDEAD);
	EXPECT_EQ(umtx(&held[2], UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EOWNERDEAD);
	print("not made consistent: it is lost, and who waits for it hears so\n");
	held[0].flags |= UMUTEX_NONCONSISTENT;
	answer = 1;
	thread_start(&threads[0], wait_for_dead, &held[0]);
	pause_ms(30);
	EXPECT_EQ(umtx(&held[0], UMTX_OP_MUTEX_UNLOCK, 0, 0, NULL), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, -ENOTRECOVERABLE);
	EXPECT_EQ(held[0].owner, UMUTEX_RB_NOTRECOV);
	EXPECT_EQ(umtx(&held[0], UMTX_OP_MUTEX_TRYLOCK, 0, 0, NULL), -ENOTRECOVERABLE);
	EXPECT_EQ(umtx(&held[0], UMTX_OP_MUTEX_WAIT, 0, 0, NULL), 0);
	print("lists that are no lists\n");
	EXPECT_EQ(umtx(NULL, UMTX_OP_ROBUST_LISTS, sizeof(where), (u64)where, NULL), -EINVAL);
	EXPECT_EQ(umtx(NULL, UMTX_OP_ROBUST_LISTS, 24, 8, NULL), -EFAULT);
	heads.list = heads.private = (struct umutex *)8;
	heads.transit = NULL;
	thread_start(&threads[0], (void (*)(void *))register_lists, NULL);
	thread_join(&threads[0]);
	EXPECT_EQ(umtx(NULL, UMTX_OP_ROBUST_LISTS, 0, 0, NULL), 0);
}

/* A mutex in shared memory, its owner a process that ends. */
static void robust_process(void)
{
	struct umutex *shared =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	int status, pid;

	*shared = (struct umutex){.flags = UMUTEX_ROBUST | USYNC_PROCESS_SHARED};
	pid = fork();
	if (pid == 0) {
		u64 where[3] = {(u64)&heads.list, 0, 0};

		heads.list = shared;
		umtx(NULL, UMTX_OP_ROBUST_LISTS, sizeof(where), (u64)where, NULL);
		umtx(shared, UMTX_OP_MUTEX_LOCK, 0, 0, NULL);
		pause_ms(60);
		exit(0);
	}
	while (shared->owner == 0)
		pause_ms(1);
	EXPECT_EQ(umtx(shared, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EOWNERDEAD);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
}

/* An owner that is killed, that a signal of its own ends, that executes another program. */
static void robust_end(const char *how, char **argv)
{
	struct umutex *shared =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	static struct umtx_time soon = {{0, 20000000}, 0, CLOCK_MONOTONIC};
	char *args[] = {argv[0], "executed", NULL}, *none[] = {NULL};
	int pid;

	print("%s\n", how);
	*shared = (struct umutex){.flags = UMUTEX_ROBUST | USYNC_PROCESS_SHARED};
	pid = fork();
	if (pid == 0) {
		u64 where[3] = {(u64)&heads.list, 0, 0};

		heads.list = shared;
		umtx(NULL, UMTX_OP_ROBUST_LISTS, sizeof(where), (u64)where, NULL);
		umtx(shared, UMTX_OP_MUTEX_LOCK, 0, 0, NULL);
		pause_ms(60);
		if (*how == 'f')
			*(volatile int *)8 = 1;
		if (*how == 'e')
			execve(argv[0], args, none);
		for (;;)
			pause_ms(1000);
	}
	while (shared->owner == 0)
		pause_ms(1);
	EXPECT_EQ(umtx(shared, UMTX_OP_MUTEX_LOCK, 0, sizeof(soon), &soon), -ETIMEDOUT);
	if (*how == 'k')
		kill(pid, SIGKILL);
	EXPECT_EQ(umtx(shared, UMTX_OP_MUTEX_LOCK, 0, 0, NULL), -EOWNERDEAD);
	EXPECT_EQ(shared->owner, (u32)my_tid() | UMUTEX_CONTESTED);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	munmap(shared, 4096);
}

int main(int argc, char **argv)
{
	static struct umtx_time relative = {{5, 0}, 0, CLOCK_MONOTONIC};

	if (argc > 1)
		for (;;)
			pause_ms(1000);
	contend("by library", by_library, NULL, 0);
	contend("by FreeBSD 8's library", by_old_library, NULL, 0);
	contend("by library, shared", by_library, NULL, USYNC_PROCESS_SHARED);
	contend("by kernel", by_kernel, NULL, 0);
	contend("by kernel, with a limit", by_kernel, (void *)1, 0);
	contend("inheritance", by_kernel, NULL, UMUTEX_PRIO_INHERIT);
	contend("protection", by_kernel, NULL, UMUTEX_PRIO_PROTECT);
	print("misuse\n");
	misuse();
	print("ceilings\n");
	ceilings();
	print("signals: locking goes on, with a limit it does not\n");
	m = (struct umutex){.owner = (u32)my_tid()};
	interrupted(0, NULL);
	interrupted(SA_RESTART, NULL);
	interrupted(0, &relative);
	interrupted(SA_RESTART, &relative);
	print("robust\n");
	robust();
	robust_process();
	robust_end("killed", argv);
	robust_end("faulting", argv);
	robust_end("executing", argv);
	return 0;
}
