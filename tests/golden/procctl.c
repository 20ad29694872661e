/* SPDX-License-Identifier: BSD-2-Clause */
/* procctl(2): death signal, reaper and its descendants, switches, what is refused. */
#include "guest.h"

#define SYS_procctl	    544
#define P_PID		    0
#define REAP_ACQUIRE	    2
#define REAP_RELEASE	    3
#define REAP_STATUS	    4
#define REAP_GETPIDS	    5
#define REAP_KILL	    6
#define PDEATHSIG_CTL	    11
#define PDEATHSIG_STATUS    12
#define ASLR_CTL	    13
#define ASLR_STATUS	    14
#define NO_NEW_PRIVS_CTL    19
#define NO_NEW_PRIVS_STATUS 20

struct status {
	u32 flags, children, descendants;
	int reaper, pid;
	u32 pad[15];
};

struct pidinfo {
	int pid, subtree;
	u32 flags, pad[15];
};

struct pids {
	u32 count, pad[15];
	struct pidinfo *list;
};

struct killing {
	int sig;
	u32 flags;
	int subtree;
	u32 killed;
	int first;
	u32 pad[15];
};

static long control(int com, void *data)
{
	return result(sys(SYS_procctl, P_PID, 0, com, data));
}

static void reaping(void)
{
	struct pidinfo list[4];
	struct pids pids = {.count = 4, .list = list};
	struct killing killing = {.sig = SIGKILL};
	struct status st;
	int fds[2], status, child;
	char c;

	EXPECT_ERROR(control(REAP_RELEASE, NULL), EINVAL);
	EXPECT_EQ(control(REAP_STATUS, &st), 0); /* init's */
	EXPECT(st.flags == 2 && st.reaper == 1 && st.children > 0);
	EXPECT(st.descendants >= st.children && st.pid > 1);
	EXPECT_EQ(control(REAP_ACQUIRE, NULL), 0);
	EXPECT_ERROR(control(REAP_ACQUIRE, NULL), EBUSY);
	EXPECT_EQ(control(REAP_STATUS, &st), 0);
	EXPECT(st.flags == 1 && st.children == 0 && st.descendants == 0);
	EXPECT(st.reaper == getpid() && st.pid == -1);
	EXPECT_ERROR(control(REAP_KILL, &killing), ESRCH);
	pipe2(fds, 0);
	child = fork();
	if (child == 0) {
		fork();
		write(fds[1], "x", 1);
		for (;;)
			nanosleep(&(struct timespec){10, 0}, NULL);
	}
	read(fds[0], &c, 1);
	read(fds[0], &c, 1);
	EXPECT_EQ(control(REAP_STATUS, &st), 0);
	EXPECT(st.children == 1 && st.descendants == 2 && st.pid == child);
	memset(list, 0xff, sizeof(list));
	EXPECT_EQ(control(REAP_GETPIDS, &pids), 0);
	EXPECT((list[0].flags & 1) && (list[1].flags & 1) && list[2].flags == 0);
	EXPECT(list[0].subtree == child && list[1].subtree == child);
	EXPECT_EQ(control(REAP_KILL, &killing), 0);
	EXPECT(killing.killed == 2 && killing.first == -1);
	EXPECT(waitpid(-1, &status, 0) > 0 && WTERMSIG(status) == SIGKILL);
	EXPECT(waitpid(-1, &status, 0) > 0 && WTERMSIG(status) == SIGKILL);
	EXPECT_EQ(control(REAP_RELEASE, NULL), 0);
}

int main(void)
{
	int value = SIGUSR1, told = -1;

	EXPECT_EQ(control(PDEATHSIG_CTL, &value), 0);
	EXPECT_EQ(control(PDEATHSIG_STATUS, &told), 0);
	EXPECT_EQ(told, SIGUSR1);
	value = 500;
	EXPECT_ERROR(control(PDEATHSIG_CTL, &value), EINVAL);
	value = 0;
	EXPECT_EQ(control(PDEATHSIG_CTL, &value), 0);
	EXPECT_EQ(control(PDEATHSIG_STATUS, &told), 0);
	EXPECT_EQ(told, 0);
	reaping();
	value = 2;
	EXPECT_EQ(control(ASLR_CTL, &value), 0);
	EXPECT_EQ(control(ASLR_STATUS, &told), 0);
	EXPECT_EQ(told, 2);
	value = 9;
	EXPECT_ERROR(control(ASLR_CTL, &value), EINVAL);
	value = 1;
	EXPECT_EQ(control(NO_NEW_PRIVS_CTL, &value), 0);
	EXPECT_EQ(control(NO_NEW_PRIVS_STATUS, &told), 0);
	EXPECT_EQ(told, 1);
	EXPECT_ERROR(control(99, &value), EINVAL);
	EXPECT_ERROR(result(sys(SYS_procctl, P_PID, 0x7ffffff0, PDEATHSIG_CTL, &told)), EINVAL);
	EXPECT_ERROR(control(PDEATHSIG_CTL, (void *)8), EFAULT);
	EXPECT_ERROR(result(sys(SYS_procctl, 3, 0, ASLR_STATUS, &told)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_procctl, P_PID, 0x7ffffff0, ASLR_STATUS, &told)), ESRCH);
	return 0;
}
