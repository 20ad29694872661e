/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept about a process: handlers that ran (getrusage), and ids that changed (issetugid). */
#include "guest.h"

#define SYS_setuid	23
#define SYS_issetugid	253
#define SYS_setegid	182
#define SYS_seteuid	183
#define SYS_setgroups	80
#define SYS_getrusage	117
#define RUSAGE_SELF	0
#define RUSAGE_CHILDREN (-1)
#define RUSAGE_THREAD	1

static u64 signals(int who)
{
	u64 ru[18];

	EXPECT_EQ(sys(SYS_getrusage, who, ru), 0);
	return ru[15]; /* ru_nsignals */
}

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
}

#define REFUSED 50

/* In a child: what issetugid answers after the call, or that it failed. */
static int after(int nr, long arg, const void *list)
{
	int child = fork(), status = 0;

	if (child == 0)
		exit(sys(nr, arg, list) < 0 ? REFUSED : (int)sys(SYS_issetugid));
	waitpid(child, &status, 0);
	return status >> 8;
}

int main(void)
{
	int changed = sys(SYS_getuid) == 0 ? 1 : REFUSED;
	u32 groups[] = {0};

	EXPECT(signals(RUSAGE_SELF) == 0 && signals(RUSAGE_THREAD) == 0);
	on_signal(SIGUSR1, handler, 0);
	for (int i = 0; i < 3; i++)
		kill(getpid(), SIGUSR1);
	EXPECT(signals(RUSAGE_SELF) == 3 && signals(RUSAGE_THREAD) == 3);
	EXPECT(signals(RUSAGE_CHILDREN) == 0);

	EXPECT_EQ(sys(SYS_issetugid), 0);
	EXPECT_EQ(after(SYS_setuid, sys(SYS_getuid), NULL), 0);
	EXPECT_EQ(after(SYS_seteuid, sys(SYS_getuid), NULL), 0);
	EXPECT(after(SYS_seteuid, 1234, NULL) == changed);
	EXPECT(after(SYS_setegid, 1234, NULL) == changed);
	EXPECT(after(SYS_setuid, 1234, NULL) == changed);
	EXPECT(after(SYS_setgroups, 1, groups) == changed);
	EXPECT_EQ(sys(SYS_issetugid), 0);
	return 0;
}
