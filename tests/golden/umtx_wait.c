/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * _umtx_op(2): waiting for a word, waking, and every kind of time limit.
 */
#include "freebsd_umtx.h"

static volatile u64 word;
static volatile u32 low;
static volatile u32 words[8];
static struct thread threads[8];
static volatile u32 woken, handled;

static void wait_private(void *arg)
{
	volatile u32 *w = arg;

	while (*w == 0)
		umtx(w, UMTX_OP_WAIT_UINT_PRIVATE, 0, 0, NULL);
	__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
}

/* Once only, so that each wake-up is seen. */
static void wait_once(void *arg)
{
	umtx(&low, arg ? UMTX_OP_WAIT_UINT_PRIVATE : UMTX_OP_WAIT_UINT, 0, 0, NULL);
	__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
}

static void start_waiting(int n, void *how)
{
	woken = 0;
	for (int i = 0; i < n; i++)
		thread_start(&threads[i], wait_once, how);
	pause_ms(60);
}

static u32 woken_soon(u32 n)
{
	for (int i = 0; i < 200 && woken < n; i++)
		pause_ms(1);
	pause_ms(5);
	return woken;
}

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

/* It ends with ETIMEDOUT, not before ms and not much later. */
static bool times_out(int op, int clock, u32 flags, long ms)
{
	struct umtx_time limit = {{0, ms * 1000000}, flags, (u32)clock};
	long start = now_ms(CLOCK_MONOTONIC), answer, took;

	if (flags & UMTX_ABSTIME)
		limit.timeout = in_ms(clock, ms);
	answer = umtx(&word, op, 0, sizeof(limit), &limit);
	took = now_ms(CLOCK_MONOTONIC) - start;
	if (answer == -ETIMEDOUT && took >= ms - 12 && took < ms + 2000)
		return true;
	print("  answer %ld after %ld ms\n", answer, took);
	return false;
}

static void limits(void)
{
	static const int ops[] = {UMTX_OP_WAIT, UMTX_OP_WAIT_UINT, UMTX_OP_WAIT_UINT_PRIVATE};
	/* realtime, monotonic, uptime, each also precise and fast */
	static const int clocks[] = {0, 4, 5, 7, 8, 9, 10, 11, 12};
	struct timespec short_time = {0, 20000000}, bad = {0, 1000000000}, negative = {-1, 0},
			before = {1, 0};
	struct umtx_time limit = {{0, 0}, 0, CLOCK_MONOTONIC};

	for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
		print("op %d\n", ops[i]);
		EXPECT_EQ(umtx(&word, ops[i], 0, sizeof(short_time), &short_time), -ETIMEDOUT);
		EXPECT_EQ(umtx(&word, ops[i], 0, 0, &short_time), -ETIMEDOUT);
		for (size_t c = 0; c < ARRAY_LEN(clocks); c++)
			if (!times_out(ops[i], clocks[c], 0, 20) ||
			    !times_out(ops[i], clocks[c], UMTX_ABSTIME, 20))
				print("FAILED clock %d\n", clocks[c]);
		EXPECT_EQ(umtx(&word, ops[i], 0, sizeof(bad), &bad), -EINVAL);
		EXPECT_EQ(umtx(&word, ops[i], 0, sizeof(negative), &negative), -EINVAL);
		/* a bad limit is an error even when there is nothing to wait for */
		EXPECT_EQ(umtx(&word, ops[i], 1, sizeof(bad), &bad), -EINVAL);
		EXPECT_EQ(umtx(&word, ops[i], 1, sizeof(short_time), &short_time), 0);
		limit.timeout = before;
		limit.flags = UMTX_ABSTIME;
		EXPECT_EQ(umtx(&word, ops[i], 0, sizeof(limit), &limit), -ETIMEDOUT);
		EXPECT_EQ(umtx(&word, ops[i], 0, 24, (void *)8), -EFAULT);
		EXPECT_EQ(umtx((void *)8, ops[i], 0, 0, NULL), -EFAULT);
	}
	EXPECT_EQ(umtx(&low, UMTX_OP_WAIT_UINT, 0x100000000, sizeof(short_time), &short_time), 0);
	word = 0x100000000;
	EXPECT_EQ(umtx(&word, UMTX_OP_WAIT, 0, sizeof(short_time), &short_time), 0);
	EXPECT_EQ(umtx(&word, UMTX_OP_WAIT, word, sizeof(short_time), &short_time), -ETIMEDOUT);
	word = 0;
}

static void wakes(void)
{
	void *list[3];

	print("wake-ups are counted\n");
	start_waiting(4, (void *)1);
	EXPECT_EQ(woken, 0);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE_PRIVATE, 1, 0, NULL), 0);
	EXPECT_EQ(woken_soon(1), 1);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE_PRIVATE, 2, 0, NULL), 0);
	EXPECT_EQ(woken_soon(3), 3);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE_PRIVATE, 0x7fffffff, 0, NULL), 0);
	for (int i = 0; i < 4; i++)
		thread_join(&threads[i]);
	start_waiting(2, NULL);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE, 0, 0, NULL), 0); /* one all the same */
	EXPECT_EQ(woken_soon(1), 1);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE, 0xffffffff, 0, NULL), 0); /* an int: less than one */
	EXPECT_EQ(woken_soon(2), 2);
	for (int i = 0; i < 2; i++)
		thread_join(&threads[i]);
	print("in private memory the two kinds are one\n");
	start_waiting(2, NULL);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE_PRIVATE, 2, 0, NULL), 0);
	EXPECT_EQ(woken_soon(2), 2);
	for (int i = 0; i < 2; i++)
		thread_join(&threads[i]);
	start_waiting(2, (void *)1);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAKE, 2, 0, NULL), 0);
	EXPECT_EQ(woken_soon(2), 2);
	for (int i = 0; i < 2; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_WAKE, 1, 0, NULL), -EFAULT);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_WAKE_PRIVATE, 1, 0, NULL), 0);

	print("many words at once\n");
	woken = 0;
	for (int i = 0; i < 3; i++) {
		thread_start(&threads[i], wait_private, (void *)&words[i]);
		list[i] = (void *)&words[i];
	}
	pause_ms(20);
	for (int i = 0; i < 3; i++)
		words[i] = 1;
	EXPECT_EQ(umtx(list, UMTX_OP_NWAKE_PRIVATE, 3, 0, NULL), 0);
	for (int i = 0; i < 3; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(woken, 3);
	EXPECT_EQ(umtx(list, UMTX_OP_NWAKE_PRIVATE, 0, 0, NULL), 0);
	EXPECT_EQ(umtx((void *)8, UMTX_OP_NWAKE_PRIVATE, 1, 0, NULL), -EFAULT);
}

static volatile long answer, waiter_tid;

static void wait_and_tell(void *arg)
{
	waiter_tid = my_tid();
	answer = umtx(&low, (int)(long)arg, 0, 0, NULL);
}

static void signals(int flags)
{
	/* Waiting for a word is not restarted, whatever the handler says. */
	on_signal(SIGUSR1, note, flags);
	for (int op = UMTX_OP_WAIT_UINT; op <= UMTX_OP_WAIT_UINT_PRIVATE; op += 4) {
		handled = 0;
		answer = 1;
		thread_start(&threads[0], wait_and_tell, (void *)(long)op);
		pause_ms(40);
		sys(SYS_thr_kill, threads[0].tid, SIGUSR1);
		thread_join(&threads[0]);
		EXPECT_EQ(answer, -EINTR);
		EXPECT_EQ(handled, 1);
	}
	print("but what is ignored does not end it\n");
	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	thread_start(&threads[0], wait_and_tell, (void *)UMTX_OP_WAIT_UINT);
	pause_ms(40);
	sys(SYS_thr_kill, threads[0].tid, SIGUSR1);
	pause_ms(40);
	EXPECT_EQ(threads[0].gone, 0);
	umtx(&low, UMTX_OP_WAKE, 1, 0, NULL);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, 0);
}

static void other_processes(void)
{
	volatile u32 *shared =
	    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	int status, pid = fork();

	if (pid == 0) {
		while (shared[0] == 0)
			umtx(shared, UMTX_OP_WAIT_UINT, 0, 0, NULL);
		shared[1] = 1;
		umtx(shared + 1, UMTX_OP_WAKE, 1, 0, NULL);
		exit(0);
	}
	pause_ms(30);
	shared[0] = 1;
	EXPECT_EQ(umtx(shared, UMTX_OP_WAKE, 1, 0, NULL), 0);
	while (shared[1] == 0)
		umtx(shared + 1, UMTX_OP_WAIT_UINT, 0, 0, NULL);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(status, 0);
}

int main(void)
{
	u64 least = 1;
	struct timespec tiny = {0, 1000};
	long start;

	limits();
	wakes();
	print("signals\n");
	signals(0);
	print("signals with SA_RESTART\n");
	signals(SA_RESTART);
	print("other processes\n");
	other_processes();
	print("the least time-out\n");
	EXPECT_EQ(umtx(NULL, UMTX_OP_GET_MIN_TIMEOUT, 0, (u64)&least, NULL), 0);
	EXPECT_EQ(least, 0);
	EXPECT_EQ(umtx(NULL, UMTX_OP_SET_MIN_TIMEOUT, 40000000, 0, NULL), 0);
	EXPECT_EQ(umtx(NULL, UMTX_OP_GET_MIN_TIMEOUT, 0, (u64)&least, NULL), 0);
	EXPECT_EQ(least, 40000000);
	start = now_ms(CLOCK_MONOTONIC);
	EXPECT_EQ(umtx(&low, UMTX_OP_WAIT_UINT, 0, sizeof(tiny), &tiny), -ETIMEDOUT);
	EXPECT(now_ms(CLOCK_MONOTONIC) - start >= 39);
	EXPECT_EQ(umtx(NULL, UMTX_OP_SET_MIN_TIMEOUT, 0, 0, NULL), 0);
	EXPECT_EQ(umtx(NULL, UMTX_OP_GET_MIN_TIMEOUT, 0, 8, NULL), -EFAULT);
	print("what there is not\n");
	EXPECT_EQ(umtx(&low, 29, 0, 0, NULL), -EINVAL);
	EXPECT_EQ(umtx(&low, -1, 0, 0, NULL), -EINVAL);
	EXPECT_EQ(umtx(&low, UMTX_OP_LOCK, 0, 0, NULL), -EOPNOTSUPP);
	return 0;
}
