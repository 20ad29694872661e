/* SPDX-License-Identifier: BSD-2-Clause */
/* sigfastblock(2): a word in memory puts signals off without a call, and a call lets them through.
 */
#include "freebsd_thread.h"

#define SYS_sigfastblock 573
#define SYS_nanosleep	 240
#define SYS_setitimer	 83
#define SYS_sigwait	 429
#define SETPTR		 1
#define UNBLOCK		 2
#define UNSETPTR	 3
#define PEND		 1u
#define INC		 0x10u

static u32 word;
static volatile int seen[64], handled;
static struct siginfo last;
static struct thread one;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)context;
	if (handled < 64)
		seen[handled] = sig;
	handled++;
	last = *info;
}

static long fast(int cmd, void *ptr)
{
	return sys(SYS_sigfastblock, cmd, ptr);
}

static void enter(void)
{
	__atomic_add_fetch(&word, INC, __ATOMIC_SEQ_CST);
}

/* As the libraries do it. */
static void leave(void)
{
	if (__atomic_sub_fetch(&word, INC, __ATOMIC_SEQ_CST) == PEND && fast(UNBLOCK, NULL) != 0)
		print("FAILED UNBLOCK\n");
}

static void errors(void)
{
	EXPECT_EQ(fast(UNBLOCK, NULL), -EINVAL);
	EXPECT_EQ(fast(UNSETPTR, NULL), -EINVAL);
	EXPECT_EQ(fast(9, NULL), -EINVAL);
	EXPECT_EQ(fast(SETPTR, (char *)&word + 1), -EINVAL);
	EXPECT_EQ(fast(SETPTR, &word), 0);
	EXPECT_EQ(fast(SETPTR, &word), -EBUSY);
	EXPECT_EQ(fast(UNBLOCK, NULL), -EBUSY);
	enter();
	EXPECT_EQ(fast(UNSETPTR, NULL), -EBUSY);
	leave();
	EXPECT(word == 0);
}

static void put_off(void)
{
	i64 hour[2] = {3600, 0}, moment[2] = {0, 20000000}, soon[4] = {0, 0, 0, 10000};

	kill(getpid(), SIGUSR1);
	EXPECT_EQ(handled, 1);
	enter();
	enter();
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), SIGUSR1, 77), 0);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), 65, 1), 0);
	EXPECT_EQ(sys(SYS_sigqueue, getpid(), 65, 2), 0);
	EXPECT_EQ(sys(SYS_setitimer, 0, soon, NULL), 0);
	EXPECT_EQ(sys(SYS_nanosleep, moment, NULL), 0); /* the alarm does not end it */
	EXPECT_EQ(handled, 1);
	EXPECT(word == 2 * INC + PEND);
	leave();
	EXPECT_EQ(handled, 1);
	leave();
	EXPECT(word == 0);
	EXPECT_EQ(handled, 5);
	for (int i = 1; i < 5; i++)
		print("handled: %d\n", seen[i]);
	EXPECT_EQ(sys(SYS_setitimer, 0, soon, NULL), 0);
	EXPECT_EQ(sys(SYS_nanosleep, hour, NULL), -EINTR); /* and now it does */
	EXPECT_EQ(handled, 6);
}

static void with_mask(void)
{
	u32 set[4] = {1u << (SIGUSR1 - 1), 0, 0, 0};
	int sig = 0;

	enter();
	kill(getpid(), SIGUSR1);
	EXPECT(word == INC + PEND);
	EXPECT_EQ(sys(SYS_sigprocmask, SIG_BLOCK, set, NULL), 0);
	leave();
	EXPECT_EQ(handled, 6);
	EXPECT_EQ(sys(SYS_sigprocmask, SIG_UNBLOCK, set, NULL), 0);
	EXPECT_EQ(handled, 7);
	enter();
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(sys(SYS_sigwait, set, &sig), 0); /* what waits can be waited for */
	EXPECT_EQ(sig, SIGUSR1);
	leave();
	EXPECT_EQ(handled, 7);
}

static volatile long other;

static void take(void *arg)
{
	i64 moment[2] = {0, 1000000};

	(void)arg;
	sys(SYS_thr_self, &other);
	while (handled < 8)
		sys(SYS_nanosleep, moment, NULL);
}

/* What is meant for the process is taken by a thread that does not put it off. */
static void threads(void)
{
	thread_start(&one, take, NULL);
	while (!other)
		;
	enter();
	kill(getpid(), SIGUSR2);
	thread_join(&one);
	EXPECT_EQ(handled, 8);
	leave();
	EXPECT_EQ(handled, 8);
}

static void children(void)
{
	int status, child;

	enter();
	kill(getpid(), SIGUSR1);
	child = fork();
	if (child == 0) { /* the word is inherited, what waits is not */
		leave();
		kill(getpid(), SIGUSR2);
		exit(handled == 9 && last.si_signo == SIGUSR2 ? 0 : 1);
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(status, 0);
	leave();
	EXPECT_EQ(handled, 9);
	child = fork();
	if (child == 0) { /* a fault cannot wait */
		enter();
		*(volatile int *)8 = 1;
	}
	waitpid(child, &status, 0);
	EXPECT_EQ(status & 0x7f, SIGSEGV);
}

static volatile int storm;

static void count(int sig, struct siginfo *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
	if (__atomic_load_n(&word, __ATOMIC_SEQ_CST) >= INC)
		print("FAILED a handler ran in between\n");
	storm++;
}

static void many(void)
{
	i64 often[4] = {0, 50, 0, 50}, never[4] = {0};
	u64 rounds = 0;

	on_signal(SIGALRM, count, 0);
	sys(SYS_setitimer, 0, often, NULL);
	while (storm < 500) {
		enter();
		getpid();
		leave();
		rounds++;
	}
	sys(SYS_setitimer, 0, never, NULL);
	EXPECT(word == 0 && rounds > 500);
}

int main(void)
{
	on_signal(SIGUSR1, handler, 0);
	on_signal(SIGUSR2, handler, 0);
	on_signal(SIGALRM, handler, 0);
	on_signal(SIGSEGV, handler, 0);
	on_signal(65, handler, 0);
	errors();
	print("put off\n");
	put_off();
	print("beside the mask\n");
	with_mask();
	print("threads\n");
	threads();
	print("children\n");
	children();
	print("many\n");
	many();
	EXPECT_EQ(fast(UNSETPTR, NULL), 0);
	return 0;
}
