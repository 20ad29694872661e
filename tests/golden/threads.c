/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads: ids, the words the kernel stores them in, waiting and waking by address, time
 * limits, exit, and signals to one of them.
 */
#include "freebsd_thread.h"

static struct thread one;
static volatile u32 word;
static volatile long seen_tid, handled_by;

static long self(void)
{
	long id = -1;

	sys(SYS_thr_self, &id);
	return id;
}

static void wait_for_word(void *arg)
{
	(void)arg;
	seen_tid = self();
	while (word == 0)
		sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT_PRIVATE, 0, NULL, NULL);
}

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled_by = self();
}

int main(void)
{
	struct timespec soon = {0, 20000000};
	/* struct _umtx_time: a time-out, flags, and the clock it is of */
	struct {
		struct timespec timeout;
		u32 flags, clock;
	} limit = {{0, 20000000}, 0, CLOCK_MONOTONIC};

	EXPECT(self() > 100000);
	EXPECT_EQ(thread_start(&one, wait_for_word, NULL), 0);
	while (seen_tid == 0)
		sys(SYS_nanosleep, &soon, NULL);
	EXPECT_EQ(one.tid, seen_tid);
	EXPECT_EQ(one.child_tid, seen_tid);
	EXPECT(seen_tid != self());
	EXPECT_EQ(one.gone, 0);
	word = 1;
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAKE_PRIVATE, 1, NULL, NULL), 0);
	thread_join(&one);
	EXPECT_EQ(one.gone, 1);

	print("waiting for what is already different\n");
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 0, NULL, NULL), 0);
	print("time limits\n");
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 1, sizeof(soon), &soon), -ETIMEDOUT);
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 1, sizeof(limit), &limit),
		  -ETIMEDOUT);
	EXPECT_EQ(sys(SYS__umtx_op, 8, UMTX_OP_WAIT_UINT, 1, NULL, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS__umtx_op, &word, 1000, 1, NULL, NULL), -EINVAL);

	print("a signal to a thread\n");
	on_signal(SIGUSR1, note, 0);
	word = 0;
	EXPECT_EQ(thread_start(&one, wait_for_word, NULL), 0);
	sys(SYS_nanosleep, &soon, NULL);
	EXPECT_EQ(sys(SYS_thr_kill, one.tid, SIGUSR1), 0);
	sys(SYS_nanosleep, &soon, NULL);
	EXPECT_EQ(handled_by, one.tid);
	EXPECT_EQ(sys(SYS_thr_kill2, getpid(), self(), SIGUSR1), 0);
	EXPECT_EQ(handled_by, self());
	EXPECT_EQ(sys(SYS_thr_kill, 99, SIGUSR1), -ESRCH);
	word = 1;
	sys(SYS__umtx_op, &word, UMTX_OP_WAKE_PRIVATE, 1, NULL, NULL);
	thread_join(&one);
	return 0;
}
