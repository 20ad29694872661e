/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals that wait: queues and their order, sigtimedwait(2) and its kin, numbers, and the
 * signals that a processor raises when somebody sends them.
 */
#include "freebsd_thread.h"

#define SYS_setitimer	83
#define SYS_sigwait	429
#define SYS_sigwaitinfo 346

static struct thread one;
static volatile int handled, order[8], ordered;
static volatile long answer;
static struct siginfo seen;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)context;
	handled++;
	seen = *info;
	if (ordered < 8)
		order[ordered++] = sig;
}

struct set {
	u32 bits[4];
};

static struct set *set_of(int a, int b)
{
	static struct set set;

	memset(&set, 0, sizeof(set));
	set.bits[(a - 1) / 32] |= 1u << ((a - 1) % 32);
	if (b)
		set.bits[(b - 1) / 32] |= 1u << ((b - 1) % 32);
	return &set;
}

static long block(int a, int b)
{
	return sys(SYS_sigprocmask, SIG_BLOCK, set_of(a, b), NULL);
}

static long unblock(int a, int b)
{
	return sys(SYS_sigprocmask, SIG_UNBLOCK, set_of(a, b), NULL);
}

static long queue(int sig, u64 value)
{
	return sys(SYS_sigqueue, getpid(), sig, value);
}

static bool pending(int sig)
{
	struct set set;

	return sys(SYS_sigpending, &set) == 0 && (set.bits[(sig - 1) / 32] >> ((sig - 1) % 32) & 1);
}

static long wait_at_once(int a, int b, struct siginfo *info)
{
	struct timespec none = {0, 0};

	return sys(SYS_sigtimedwait, set_of(a, b), info, &none);
}

static void queues(void)
{
	struct siginfo info;

	block(SIGRTMIN, SIGRTMIN + 3);
	EXPECT_EQ(queue(SIGRTMIN + 3, 1), 0);
	EXPECT_EQ(queue(SIGRTMIN, 2), 0);
	EXPECT_EQ(queue(SIGRTMIN, 3), 0);
	EXPECT_EQ(queue(SIGRTMIN + 3, 4), 0);
	EXPECT(pending(SIGRTMIN) && pending(SIGRTMIN + 3) && !pending(SIGRTMIN + 1));
	print("the lowest number first, each in the order it came\n");
	for (u64 i = 0; i < 4; i++) {
		static const u64 values[] = {2, 3, 1, 4};
		static const int signals[] = {SIGRTMIN, SIGRTMIN, SIGRTMIN + 3, SIGRTMIN + 3};

		EXPECT_EQ(wait_at_once(SIGRTMIN, SIGRTMIN + 3, &info), signals[i]);
		EXPECT_EQ(info.si_value, values[i]);
		EXPECT(info.si_signo == signals[i] && info.si_code == SI_QUEUE &&
		       info.si_pid == getpid());
	}
	EXPECT_EQ(wait_at_once(SIGRTMIN, SIGRTMIN + 3, &info), -EAGAIN);
	print("the same by handlers\n");
	on_signal(SIGRTMIN, note, 0);
	on_signal(SIGRTMIN + 3, note, 0);
	queue(SIGRTMIN, 7);
	queue(SIGRTMIN, 8);
	queue(SIGRTMIN + 3, 9);
	EXPECT_EQ(handled, 0);
	unblock(SIGRTMIN, SIGRTMIN + 3);
	EXPECT_EQ(handled, 3);
	print("an ordinary signal is there once, with what came first\n");
	on_signal(SIGUSR1, note, 0);
	handled = 0;
	block(SIGUSR1, 0);
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGUSR1);
	unblock(SIGUSR1, 0);
	EXPECT_EQ(handled, 1);
	EXPECT_EQ(seen.si_code, SI_USER);
	print("to a thread\n");
	handled = 0;
	sys(SYS_thr_kill2, getpid(), -1, SIGUSR1); /* nobody else */
	EXPECT_EQ(handled, 0);
}

static void waiting(void)
{
	struct timespec soon = {0, 30000000}, bad = {0, 1000000000}, past = {-1, 0};
	struct siginfo info;
	u32 sig = 0;

	block(SIGUSR1, SIGUSR2);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGUSR1, 0), &info, &soon), -EAGAIN);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGUSR1, 0), &info, &past), -EAGAIN);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGUSR1, 0), &info, &bad), -EINVAL);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGUSR1, 0), &info, &bad), SIGUSR1);
	kill(getpid(), SIGUSR2);
	EXPECT_EQ(sys(SYS_sigwaitinfo, set_of(SIGUSR1, SIGUSR2), NULL), SIGUSR2);
	kill(getpid(), SIGUSR2);
	EXPECT_EQ(sys(SYS_sigwait, set_of(SIGUSR2, 0), &sig), 0);
	EXPECT_EQ(sig, SIGUSR2);
	EXPECT_EQ(sys(SYS_sigtimedwait, 8, &info, &soon), -EFAULT);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGUSR1, 0), &info, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_sigwait, 8, &sig), EFAULT); /* its value is the error */
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(sys(SYS_sigwaitinfo, set_of(SIGUSR1, 0), 8), -EFAULT);
	unblock(SIGUSR1, SIGUSR2);
}

/* What is ignored when it is sent is gone, blocked or not, and whatever becomes of it then. */
static void ignoring(void)
{
	struct siginfo info;

	handled = 0;
	block(SIGUSR1, SIGURG);
	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	on_signal(SIGURG, HANDLER_DEFAULT, 0); /* which is to be ignored */
	kill(getpid(), SIGUSR1);
	kill(getpid(), SIGURG);
	EXPECT(!pending(SIGUSR1) && !pending(SIGURG));
	EXPECT_EQ(wait_at_once(SIGUSR1, SIGURG, &info), -EAGAIN);
	on_signal(SIGUSR1, note, 0);
	on_signal(SIGURG, note, 0);
	EXPECT(!pending(SIGUSR1) && !pending(SIGURG));
	kill(getpid(), SIGUSR1);
	EXPECT(pending(SIGUSR1));
	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	EXPECT(!pending(SIGUSR1));
	on_signal(SIGUSR1, note, 0);
	unblock(SIGUSR1, SIGURG);
	EXPECT_EQ(handled, 0);
	block(SIGCONT, 0);
	on_signal(SIGCONT, HANDLER_IGNORE, 0);
	kill(getpid(), SIGCONT); /* the one that is kept */
	EXPECT(pending(SIGCONT));
	unblock(SIGCONT, 0);
}

/* Another signal's handler runs meanwhile. */
static void wait_in_thread(void *arg)
{
	struct timespec long_time = {5, 0};
	u32 sig = 0;

	block(SIGUSR2, 0);
	if (arg == NULL)
		answer = sys(SYS_sigwaitinfo, set_of(SIGUSR2, 0), NULL);
	else if (arg == (void *)1)
		answer = sys(SYS_sigtimedwait, set_of(SIGUSR2, 0), NULL, &long_time);
	else
		answer = sys(SYS_sigwait, set_of(SIGUSR2, 0), &sig) ?: sig;
}

static void interrupted(int how, int flags, long want)
{
	struct timespec soon = {0, 40000000};

	on_signal(SIGUSR1, note, flags);
	handled = 0;
	answer = -1000;
	thread_start(&one, wait_in_thread, (void *)(long)how);
	sys(SYS_nanosleep, &soon, NULL);
	sys(SYS_thr_kill, one.tid, SIGUSR1);
	sys(SYS_nanosleep, &soon, NULL);
	sys(SYS_thr_kill, one.tid, SIGUSR2);
	thread_join(&one);
	EXPECT_EQ(handled, 1);
	EXPECT_EQ(answer, want);
}

static void numbers(void)
{
	u32 was[8];

	for (int sig = 96; sig <= 126; sig++)
		if (kill(getpid(), sig) != -1 || errno != EINVAL ||
		    sys(SYS_sigaction, sig, NULL, was) != -EINVAL || queue(sig, 1) != -EINVAL)
			print("FAILED %d\n", sig);
	EXPECT_ERROR(kill(getpid(), 129), EINVAL);
	EXPECT_ERROR(kill(getpid(), -1), EINVAL);
	EXPECT_EQ(kill(getpid(), 0), 0);
	EXPECT_EQ(queue(0, 0), 0);
	EXPECT_EQ(sys(SYS_sigqueue, 0, SIGUSR1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigqueue, -1, SIGUSR1, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_sigaction, 0, NULL, was), -EINVAL);
	EXPECT_EQ(sys(SYS_thr_kill, 99, 129), -ESRCH);
	EXPECT_ERROR(on_signal(SIGKILL, note, 0), EINVAL);
	EXPECT_ERROR(on_signal(SIGSTOP, HANDLER_IGNORE, 0), EINVAL);
	EXPECT_ERROR(on_signal(SIGUSR1, note, 0x80), EINVAL);
	print("ignored by default\n");
	kill(getpid(), SIGINFO);
	kill(getpid(), SIGURG);
	kill(getpid(), SIGWINCH);
	kill(getpid(), SIGCONT);
	kill(getpid(), SIGIO);
}

/* SIGSEGV and its like wait as others do, when it is not a fault that raises them. */
static void sent_faults(void)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGTRAP, SIGSYS, SIGILL, SIGFPE};

	for (size_t i = 0; i < ARRAY_LEN(signals); i++) {
		int sig = signals[i];
		struct siginfo info;

		on_signal(sig, note, 0);
		handled = 0;
		block(sig, 0);
		kill(getpid(), sig);
		EXPECT_EQ(handled, 0);
		EXPECT(pending(sig));
		unblock(sig, 0);
		EXPECT_EQ(handled, 1);
		EXPECT(seen.si_signo == sig && seen.si_code == SI_USER && seen.si_pid == getpid());
		block(sig, 0);
		queue(sig, 5);
		EXPECT_EQ(wait_at_once(sig, 0, &info), sig);
		EXPECT_EQ(info.si_code, SI_QUEUE);
		EXPECT_EQ(info.si_value, 5);
		unblock(sig, 0);
		EXPECT_EQ(handled, 1);
		on_signal(sig, HANDLER_IGNORE, 0);
		kill(getpid(), sig);
		EXPECT_EQ(handled, 1);
	}
}

/* A signal that would end the process, neither blocked nor handled, is the waiter's. */
static void fatal(void)
{
	i64 soon[4] = {0, 0, 0, 20000}, limit[2] = {10, 0};

	EXPECT_EQ(sys(SYS_setitimer, 0, soon, NULL), 0);
	EXPECT_EQ(sys(SYS_sigtimedwait, set_of(SIGALRM, 0), &seen, limit), SIGALRM);
	EXPECT_EQ(sys(SYS_setitimer, 0, soon, NULL), 0);
	EXPECT_EQ(sys(SYS_sigwaitinfo, set_of(SIGALRM, SIGUSR1), &seen), SIGALRM);
}

int main(void)
{
	print("queues\n");
	queues();
	print("waiting\n");
	print("ignoring\n");
	ignoring();
	waiting();
	print("interrupted: sigwaitinfo, sigtimedwait, sigwait\n");
	interrupted(0, 0, -EINTR);
	interrupted(0, SA_RESTART, SIGUSR2);
	interrupted(1, 0, -EINTR);
	interrupted(1, SA_RESTART, -EINTR);
	interrupted(2, 0, EINTR);
	interrupted(2, SA_RESTART, SIGUSR2);
	print("of a fatal signal\n");
	fatal();
	print("numbers\n");
	numbers();
	print("sent faults\n");
	sent_faults();
	return 0;
}
