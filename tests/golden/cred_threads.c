/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Users and groups are the process's: what one thread sets the others have, wherever they
 * are: asleep for ever, asleep for a time, in a kevent, or busy; and none of them notices.
 * Without privilege the ids are set to what they are.
 */
#include "freebsd_event.h"
#include "freebsd_thread.h"

#define SYS_geteuid   25
#define SYS_getegid   43
#define SYS_getgroups 79
#define SYS_setgroups 80
#define SYS_setegid   182
#define SYS_seteuid   183

enum { ASLEEP, FOR_A_TIME, IN_KEVENT, IN_READ, BUSY, COUNT };

static struct thread threads[COUNT];
static volatile u32 word, stop;
static volatile long answers[COUNT], uid[COUNT], gid[COUNT], groups[COUNT];
static int pipe_fds[2];

static void see(int i)
{
	u32 set[4] = {0};

	uid[i] = sys(SYS_geteuid);
	gid[i] = sys(SYS_getegid);
	groups[i] = sys(SYS_getgroups, 4, set) * 1000 + set[1];
}

static void asleep(void *arg)
{
	(void)arg;
	answers[ASLEEP] = sys(SYS__umtx_op, &word, UMTX_OP_WAIT_UINT, 0, NULL, NULL);
	see(ASLEEP);
}

static void for_a_time(void *arg)
{
	struct timespec t = {0, 300000000};

	(void)arg;
	while (!stop)
		answers[FOR_A_TIME] |= sys(SYS_nanosleep, &t, NULL);
	see(FOR_A_TIME);
}

static void in_kevent(void *arg)
{
	struct timespec t = {5, 0};
	struct kevent k;
	int kq = kqueue();

	(void)arg;
	change(kq, (u64)pipe_fds[0], EVFILT_READ, EV_ADD, 0, 0);
	answers[IN_KEVENT] = sys(SYS_kevent, kq, NULL, 0, &k, 1, &t);
	see(IN_KEVENT);
}

static void in_read(void *arg)
{
	char c;

	(void)arg;
	answers[IN_READ] = sys(SYS_read, pipe_fds[0], &c, 1);
	see(IN_READ);
}

static void busy(void *arg)
{
	u64 n = 0;

	(void)arg;
	while (!stop)
		n++;
	answers[BUSY] = n != 0;
	see(BUSY);
}

int main(void)
{
	static void (*const bodies[COUNT])(void *) = {asleep, for_a_time, in_kevent, in_read, busy};
	bool root = sys(SYS_getuid) == 0;
	u32 set[2] = {55, 66};
	long want_uid = root ? 4321 : sys(SYS_geteuid), want_gid = root ? 55 : sys(SYS_getegid);
	struct timespec a_while = {0, 30000000};
	long set_groups;

	pipe2(pipe_fds, 0);
	for (int i = 0; i < COUNT; i++)
		thread_start(&threads[i], bodies[i], NULL);
	nanosleep(&a_while, NULL);
	set_groups = root ? sys(SYS_setgroups, 2, set) : sys(SYS_setegid, want_gid);
	EXPECT_EQ(set_groups, 0);
	for (int i = 0; i < 50; i++) {
		long to = i < 49 ? sys(SYS_geteuid) : want_uid;

		if (sys(SYS_seteuid, to) != 0)
			print("FAILED seteuid\n");
	}
	nanosleep(&a_while, NULL);
	stop = 1;
	word = 1;
	sys(SYS__umtx_op, &word, UMTX_OP_WAKE, 1, NULL, NULL);
	write(pipe_fds[1], "xx", 2);
	for (int i = 0; i < COUNT; i++)
		thread_join(&threads[i]);
	for (int i = 0; i < COUNT; i++) {
		EXPECT_EQ(answers[i], i >= IN_KEVENT);
		EXPECT_EQ(uid[i] - want_uid, 0);
		EXPECT_EQ(gid[i] - want_gid, 0);
		EXPECT(!root || groups[i] == 2066);
	}
	return 0;
}
