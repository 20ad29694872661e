/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads from beginning to end: the words their ids go to, a thousand short ones, signals
 * while they come and go, suspending, naming, errors, and who may leave last.
 */
#include "freebsd_umtx.h"

#define SYS_thr_suspend	 442
#define SYS_thr_wake	 443
#define SYS_thr_set_name 464

static struct thread threads[4];
static volatile u32 ran, handled, wrong;
static volatile long answer;
static volatile u64 sum;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	__atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
	__atomic_add_fetch(&sum, info->si_value, __ATOMIC_SEQ_CST);
}

static void short_life(void *arg)
{
	struct thread *t = arg;

	/* Both words are there before the first instruction. */
	if (t->child_tid != my_tid() || t->tid != my_tid())
		wrong++;
	__atomic_add_fetch(&ran, 1, __ATOMIC_SEQ_CST);
}

static void many(void)
{
	u64 want = 0;
	u32 sent = 0;

	on_signal(SIGRTMIN, note, SA_RESTART);
	for (u32 i = 0; i < 1000; i++) {
		struct thread *t = &threads[i % 4];

		if (i >= 4)
			thread_join(t);
		t->tid = t->child_tid = 0;
		if (thread_start(t, short_life, t) != 0)
			wrong++;
		while (sys(SYS_sigqueue, getpid(), SIGRTMIN, i) != 0)
			sys(SYS_sched_yield);
		want += i;
		sent++;
	}
	for (int i = 0; i < 4; i++)
		thread_join(&threads[i]);
	for (int i = 0; i < 2000 && handled < sent; i++)
		pause_ms(1);
	EXPECT_EQ(ran, 1000);
	EXPECT_EQ(wrong, 0);
	EXPECT_EQ(handled, 1000);
	EXPECT_EQ(sum - want, 0);
}

static void suspend(void *arg)
{
	answer = sys(SYS_thr_suspend, arg);
}

static void suspending(void)
{
	struct timespec soon = {0, 20000000}, none = {0, 0}, bad = {0, -1};

	EXPECT_EQ(sys(SYS_thr_suspend, &soon), -ETIMEDOUT);
	EXPECT_EQ(sys(SYS_thr_suspend, &none), -ETIMEDOUT);
	EXPECT_EQ(sys(SYS_thr_suspend, &bad), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_suspend, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_thr_wake, my_tid()), 0);
	EXPECT_EQ(sys(SYS_thr_suspend, NULL), 0);
	EXPECT_EQ(sys(SYS_thr_suspend, &soon), -ETIMEDOUT);
	EXPECT_EQ(sys(SYS_thr_wake, 99), -ESRCH);
	answer = 1;
	thread_start(&threads[0], suspend, NULL);
	pause_ms(30);
	EXPECT_EQ(answer, 1);
	EXPECT_EQ(sys(SYS_thr_wake, threads[0].tid), 0);
	thread_join(&threads[0]);
	EXPECT_EQ(answer, 0);
	for (int flags = 0; flags <= SA_RESTART; flags += SA_RESTART) {
		on_signal(SIGUSR1, note, flags);
		answer = 1;
		thread_start(&threads[0], suspend, NULL);
		pause_ms(30);
		sys(SYS_thr_kill, threads[0].tid, SIGUSR1);
		pause_ms(30);
		EXPECT_EQ(answer, flags ? 1 : -EINTR);
		sys(SYS_thr_wake, threads[0].tid);
		thread_join(&threads[0]);
	}
}

static volatile long kinds[4];
static volatile u32 release;

static void wait_for_release(void *arg)
{
	(void)arg;
	while (release == 0)
		umtx(&release, UMTX_OP_WAIT_UINT, 0, 0, NULL);
}

static void note_thread(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	if (info->si_code != SI_LWP)
		wrong++;
	for (int i = 0; i < 4; i++)
		if (my_tid() == (i == 3 ? (long)kinds[3] : threads[i].tid))
			__atomic_add_fetch(&handled, 1U << (8 * i), __ATOMIC_SEQ_CST);
}

static void reaches(u32 want)
{
	for (int i = 0; i < 500 && handled != want; i++)
		pause_ms(2);
	EXPECT_EQ(handled, want);
}

static void signals_and_errors(void)
{
	struct thr_param param = {.start_func = short_life};

	/* A thread that was joined may still be on its last steps. */
	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	for (int i = 0; i < 500 && sys(SYS_thr_kill, -1, 0) == 0; i++)
		pause_ms(1);
	EXPECT_EQ(sys(SYS_thr_kill, -1, SIGUSR1), -ESRCH); /* nobody else */
	on_signal(SIGUSR1, note_thread, SA_RESTART);
	kinds[3] = my_tid();
	handled = wrong = 0;
	for (int i = 0; i < 3; i++)
		thread_start(&threads[i], wait_for_release, NULL);
	pause_ms(30);
	EXPECT_EQ(sys(SYS_thr_kill, -1, 0), 0);
	EXPECT_EQ(sys(SYS_thr_kill, -1, 129), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_kill, -1, SIGUSR1), 0);
	reaches(0x010101); /* each of the others, once */
	EXPECT_EQ(sys(SYS_thr_kill2, getpid(), -1, SIGUSR1), 0);
	reaches(0x020202);
	EXPECT_EQ(sys(SYS_thr_kill, threads[1].tid, SIGUSR1), 0);
	reaches(0x020302);
	EXPECT_EQ(wrong, 0);
	EXPECT_EQ(sys(SYS_thr_kill, threads[1].tid, 0), 0);
	EXPECT_EQ(sys(SYS_thr_kill, threads[1].tid, 129), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_kill2, getpid(), 99, 129), -ESRCH);
	EXPECT_EQ(sys(SYS_thr_set_name, threads[1].tid, "worker"), 0);
	EXPECT_EQ(sys(SYS_thr_set_name, my_tid(), "a name that is longer than any"), 0);
	EXPECT_EQ(sys(SYS_thr_set_name, my_tid(), NULL), 0);
	EXPECT_EQ(sys(SYS_thr_set_name, 99, "x"), -ESRCH);
	EXPECT_EQ(sys(SYS_thr_set_name, my_tid(), 8), -EFAULT);
	release = 1;
	umtx(&release, UMTX_OP_WAKE, 3, 0, NULL);
	for (int i = 0; i < 3; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(sys(SYS_thr_new, &param, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_new, &param, sizeof(param) + 1), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_new, 8, sizeof(param)), -EFAULT);
	EXPECT_EQ(sys(SYS_thr_self, 8), -EFAULT);
	/* A thread can end while another is blocked, and its id is nobody's then. */
	for (int i = 0; i < 500 && sys(SYS_thr_kill, threads[1].tid, 0) == 0; i++)
		pause_ms(1);
	EXPECT_EQ(sys(SYS_thr_kill, threads[1].tid, SIGUSR1), -ESRCH);
}

static volatile long main_gone;

/* The last one: it cannot leave, and goes on. */
static void after_main(void *arg)
{
	long mine = 0;

	(void)arg;
	while (main_gone == 0)
		umtx(&main_gone, UMTX_OP_WAIT, 0, 0, NULL);
	pause_ms(30);
	print("the first thread has left\n");
	EXPECT_EQ(getpid() > 0 && fork() == 0 ? (exit(0), 0) : 0, 0);
	EXPECT(waitpid(-1, NULL, 0) > 0);
	EXPECT_EQ(kill(getpid(), 0), 0);
	EXPECT_EQ(sys(SYS_thr_exit, &mine), 0);
	EXPECT_EQ(mine, 1);
	exit(5);
}

int main(void)
{
	many();
	print("suspending\n");
	suspending();
	print("signals and errors\n");
	signals_and_errors();
	thread_start(&threads[0], after_main, NULL);
	sys(SYS_thr_exit, &main_gone);
	print("FAILED still here\n");
	return 1;
}
