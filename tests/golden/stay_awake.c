/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thr_wake(2) of the caller itself: its next sleep does not begin, whatever call it is of; calls
 * that need not sleep do not count. libthr's cancellation relies on it.
 */
#include "freebsd_thread.h"

#define SYS_nanosleep	240
#define SYS_poll	209
#define SYS_wait4	7
#define SYS_thr_wake	443
#define SYS_thr_suspend 442
#define WNOHANG		1

static long self;

static void wake(void)
{
	EXPECT_EQ(sys(SYS_thr_wake, self), 0);
}

int main(void)
{
	i64 hour[2] = {3600, 0}, moment[2] = {0, 1000000};
	u64 word = 1;
	int fds[2], child, status;
	char byte;

	sys(SYS_thr_self, &self);
	pipe2(fds, 0);
	wake();
	EXPECT_EQ(sys(SYS_nanosleep, hour, NULL), -EINTR);
	EXPECT_EQ(sys(SYS_nanosleep, moment, NULL), 0);
	wake();
	EXPECT_EQ(sys(SYS_read, fds[0], &byte, 1), -EINTR);
	wake();
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAIT, 1, NULL, NULL), -EINTR);
	wake();
	EXPECT_EQ(sys(SYS_poll, NULL, 0, -1), -EINTR);
	wake();
	EXPECT_EQ(sys(SYS_thr_suspend, hour), 0);

	print("what does not sleep\n");
	wake();
	EXPECT_EQ(sys(SYS_write, fds[1], "x", 1), 1);
	EXPECT_EQ(sys(SYS_read, fds[0], &byte, 1), 1);
	EXPECT_EQ(sys(SYS__umtx_op, &word, UMTX_OP_WAIT, 2, NULL, NULL), 0);
	EXPECT_EQ(sys(SYS_poll, NULL, 0, 0), 0);
	EXPECT_EQ(sys(SYS_wait4, -1, NULL, WNOHANG, NULL), -ECHILD);
	EXPECT_EQ(sys(SYS_nanosleep, hour, NULL), -EINTR);

	print("waiting for a child\n");
	child = fork();
	if (child == 0) {
		read(fds[0], &byte, 1);
		exit(3);
	}
	wake();
	EXPECT_EQ(sys(SYS_wait4, child, &status, 0, NULL), -EINTR);
	write(fds[1], "x", 1);
	EXPECT(sys(SYS_wait4, child, &status, 0, NULL) == child && status == 3 << 8);
	return 0;
}
