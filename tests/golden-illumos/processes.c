/* SPDX-License-Identifier: BSD-2-Clause */
/* waitid and what it tells, process groups, credentials, limits, usage. */
#include "guest.h"

static struct siginfo info;

static long waitid(int type, int id, int options)
{
	memset(&info, 0xa5, sizeof(info));
	return sys(SYS_waitid, type, id, &info, options);
}

static int child(int status)
{
	int pid = fork();

	if (pid == 0)
		exit(status);
	return pid;
}

static int sleeper(void)
{
	struct timespec forever = {100, 0};
	int pid = fork();

	if (pid == 0) {
		nanosleep(&forever, NULL);
		exit(1);
	}
	return pid;
}

static bool rest_is_zero(size_t from)
{
	const u8 *p = (const u8 *)&info;

	for (size_t i = from; i < sizeof(info); i++)
		if (p[i])
			return false;
	return true;
}

static void waits(void)
{
	int pid = child(7), group;

	EXPECT_EQ(waitid(P_PID, pid, WEXITED | WNOWAIT), 0);
	EXPECT(info.si_signo == SIGCLD && info.si_code == CLD_EXITED && info.si_errno == 0);
	EXPECT(info.si_pid == pid && info.si_status == 7);
	EXPECT(rest_is_zero(56));
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT_EQ(info.si_status, 7);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), -ECHILD);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	EXPECT_EQ(waitid(P_ALL, 0, 0), -EINVAL);
	EXPECT_EQ(waitid(P_ALL, 0, 0x1000 | WEXITED), -EINVAL);
	EXPECT_EQ(waitid(1, 0, WEXITED), -EINVAL);
	EXPECT_EQ(waitid(P_PID, -1, WEXITED), -EINVAL);
	EXPECT_EQ(waitid(P_PID, 0, WEXITED), -ECHILD);
	pid = sleeper();
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED | WNOHANG), 0);
	EXPECT(rest_is_zero(0));
	EXPECT_EQ(sys(SYS_waitid, P_ALL, 0, 8, WEXITED | WNOHANG), -EFAULT);
	kill(pid, SIGSTOP);
	EXPECT_EQ(waitid(P_PID, pid, WSTOPPED), 0);
	EXPECT(info.si_signo == SIGCLD && info.si_code == CLD_STOPPED);
	EXPECT_EQ(info.si_status, SIGSTOP);
	kill(pid, SIGCONT);
	EXPECT_EQ(waitid(P_PID, pid, WCONTINUED), 0);
	EXPECT_EQ(info.si_code, CLD_CONTINUED);
	kill(pid, SIGUSR1);
	EXPECT_EQ(waitid(P_PGID, (int)sys(SYS_pgrpsys, 0), WEXITED), 0);
	EXPECT(info.si_code == CLD_KILLED && info.si_status == SIGUSR1 && info.si_pid == pid);
	pid = sleeper();
	group = pid;
	EXPECT_EQ(sys(SYS_pgrpsys, 5, pid, 0), 0);
	EXPECT_EQ(sys(SYS_pgrpsys, 4, pid), group);
	EXPECT_EQ(waitid(P_PGID, (int)sys(SYS_pgrpsys, 0), WEXITED), -ECHILD);
	kill(-group, SIGKILL);
	EXPECT_EQ(waitid(P_PGID, group, WEXITED | WTRAPPED | WSTOPPED), 0);
	EXPECT_EQ(info.si_status, SIGKILL);
}

static void groups(void)
{
	struct two ids = sys_two(SYS_getpid, 0, 0, 0, 0, 0, 0);
	int pid, status;

	EXPECT_EQ(sys(SYS_pgrpsys, 4, 0), sys(SYS_pgrpsys, 0));
	EXPECT_EQ(sys(SYS_pgrpsys, 2, (int)ids.first), sys(SYS_pgrpsys, 2, 0));
	EXPECT_EQ(sys(SYS_pgrpsys, 4, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_pgrpsys, 5, 0, -1), -EINVAL);
	pid = fork();
	if (pid == 0) {
		struct two own = sys_two(SYS_getpid, 0, 0, 0, 0, 0, 0);
		int good = own.second == ids.first;

		good += sys(SYS_pgrpsys, 3) == own.first; /* setsid */
		good += sys(SYS_pgrpsys, 3) == -EPERM;
		good += sys(SYS_pgrpsys, 1) == own.first; /* setpgrp: a leader already */
		exit(good);
	}
	waitpid(pid, &status, 0);
	EXPECT_EQ(WEXITSTATUS(status), 4);
}

static void credentials(void)
{
	struct two uid = sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0);
	u32 list[64];
	long n = sys(SYS_getgroups, 0, NULL);
	long other = uid.second == 0 ? 1000 : uid.second;

	EXPECT_EQ(uid.first, uid.second);
	EXPECT(n >= 0 && n < 64);
	EXPECT_EQ(sys(SYS_getgroups, 64, list), n);
	EXPECT_EQ(sys(SYS_getgroups, -1, list), -EINVAL);
	EXPECT_EQ(sys(SYS_setuid, -5), -EINVAL);
	EXPECT_EQ(sys(SYS_setreuid, -2, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_setreuid, -1, -1), 0);
	EXPECT_EQ(sys(SYS_setgroups, 17, list), -EINVAL);
	EXPECT_EQ(sys(SYS_setgroups, 1, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_seteuid, other), 0);
	EXPECT_EQ(sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).second, other);
	EXPECT_EQ(sys(SYS_setuid, 1001), -EPERM);
	EXPECT_EQ(sys(SYS_seteuid, uid.first), 0);
}

struct rusage {
	i64 words[18];
};

static void limits(void)
{
	struct rusage ru;
	u64 limit[2];
	i64 ticks[4] = {-1, -1, -1, -1};

	EXPECT_EQ(sys(SYS_getrlimit, 5, limit), 0);
	EXPECT_EQ(sys(SYS_ulimit, 4), limit[0]);
	EXPECT_EQ(sys(SYS_ulimit, 5), -EINVAL);
	EXPECT(sys(SYS_ulimit, 3) > 0x400000);
	EXPECT_EQ(sys(SYS_ulimit, 2, 1000), 1000);
	EXPECT_EQ(sys(SYS_ulimit, 1), 1000);
	EXPECT_EQ(sys(SYS_getrlimit, 1, limit), 0);
	EXPECT(limit[0] == 512000 && limit[1] == 512000);
	EXPECT_EQ(sys(SYS_rusagesys, 0, &ru), 0);
	EXPECT(ru.words[0] * 1000000 + ru.words[1] + ru.words[3] > 0);
	EXPECT(ru.words[4] == 0 && ru.words[7] == 0);
	EXPECT_EQ(sys(SYS_rusagesys, 1, &ru), 0);
	EXPECT_EQ(sys(SYS_rusagesys, 2, &ru), 0);
	EXPECT_EQ(sys(SYS_rusagesys, 4, &ru), -EINVAL);
	EXPECT_EQ(sys(SYS_rusagesys, 0, 8), -EFAULT);
	EXPECT(sys(SYS_times, ticks) > 0);
	EXPECT(ticks[0] >= 0 && ticks[1] >= 0 && ticks[2] >= 0 && ticks[3] >= 0);
	EXPECT_EQ(sys(SYS_times, 8), -EFAULT);
}

/* Executes itself by a descriptor; what is executed says so by its status. */
static void by_descriptor(char **argv)
{
	char *again[] = {argv[0], "again", NULL}, *none[] = {NULL};
	int pid, status = 0, fd = open(argv[0], O_RDONLY), directory = open("/", O_RDONLY);

	EXPECT(fd >= 0);
	EXPECT_EQ(sys(SYS_execve, argv[0], again, none, 2), -EINVAL);
	EXPECT_EQ(sys(SYS_execve, 777, again, none, 1), -EBADF);
	EXPECT_EQ(sys(SYS_execve, directory, again, none, 1), -EACCES);
	pid = fork();
	if (pid == 0)
		exit((int)-sys(SYS_execve, fd, again, none, 1));
	waitpid(pid, &status, 0);
	EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 55);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return 55;
	by_descriptor(argv);
	waits();
	groups();
	credentials();
	limits();
	return 0;
}
