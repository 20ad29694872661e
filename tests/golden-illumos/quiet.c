/* SPDX-License-Identifier: BSD-2-Clause */
/* Children that send no SIGCHLD, and such as are waited for by their id alone: forkx(2). */
#include "guest.h"

#define FORKX	       0
#define VFORKX	       2
#define FORK_NOSIGCHLD 1
#define FORK_WAITPID   2

static struct siginfo info;
static volatile int signals, last;

static void note(int sig, struct siginfo *si, void *context)
{
	(void)sig, (void)context;
	signals++;
	last = si ? si->si_pid : 0;
}

static long waitid(int type, int id, int options)
{
	memset(&info, 0xa5, sizeof(info));
	return sys(SYS_waitid, type, id, &info, options);
}

static int self;

static int forkx(int flags)
{
	int pid = (int)sys(SYS_forksys, FORKX, flags);

	return getpid() == self ? pid : 0;
}

static int child(int flags, int status)
{
	int pid = forkx(flags);

	if (pid == 0)
		exit(status);
	return pid;
}

static void rest(void)
{
	struct timespec some = {0, 20000000};

	nanosleep(&some, NULL);
}

static int sleeper(int flags)
{
	struct timespec forever = {100, 0};
	int pid = forkx(flags);

	if (pid == 0) {
		nanosleep(&forever, NULL);
		exit(1);
	}
	return pid;
}

static void silent(void)
{
	int pid = child(FORK_NOSIGCHLD, 3), other;

	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), 0);
	EXPECT(info.si_pid == pid && info.si_status == 3 && info.si_signo == SIGCLD);
	EXPECT_EQ(signals, 0);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	pid = child(0, 4);
	while (!signals)
		rest();
	EXPECT(signals == 1 && last == pid);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	signals = 0;
	pid = child(FORK_NOSIGCHLD, 5);
	other = child(0, 6);
	while (!signals)
		rest();
	EXPECT_EQ(last, other);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT_EQ(waitid(P_PID, other, WEXITED), 0);
	EXPECT_EQ(info.si_status, 6);
	signals = 0;
}

static void by_id_alone(void)
{
	int pid = child(FORK_WAITPID, 7), other;

	while (!signals)
		rest();
	EXPECT(signals == 1 && last == pid);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED | WNOHANG), -ECHILD);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED | WNOWAIT), 0);
	EXPECT(info.si_pid == pid && info.si_status == 7 && info.si_code == CLD_EXITED);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT_EQ(info.si_status, 7);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), -ECHILD);
	pid = child(FORK_WAITPID | FORK_NOSIGCHLD, 8);
	other = child(0, 9);
	rest();
	EXPECT_EQ(waitid(P_PGID, (int)sys(SYS_pgrpsys, 0), WEXITED), 0);
	EXPECT_EQ(info.si_pid, other);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT_EQ(info.si_status, 8);
	/* As long as it lives it is one to be waited for. */
	pid = sleeper(FORK_WAITPID | FORK_NOSIGCHLD);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED | WNOHANG), 0);
	EXPECT_EQ(info.si_pid, 0);
	kill(pid, SIGKILL);
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT(info.si_code == CLD_KILLED && info.si_status == SIGKILL);
	EXPECT_EQ(sys(SYS_forksys, FORKX, 4), -EINVAL);
	EXPECT_EQ(sys(SYS_forksys, 9, 0), -EINVAL);
}

/* The flags outlive the execution of a program. */
static void executed(char **argv, char **envp)
{
	char *args[] = {argv[0], (char *)"end", NULL};
	int pid = forkx(FORK_WAITPID | FORK_NOSIGCHLD);

	if (pid == 0) {
		execve(argv[0], args, envp);
		exit(99);
	}
	signals = 0;
	EXPECT_EQ(waitid(P_ALL, 0, WEXITED), -ECHILD);
	rest();
	EXPECT_EQ(signals, 0);
	EXPECT_EQ(waitid(P_PID, pid, WEXITED), 0);
	EXPECT_EQ(info.si_status, 11);
}

int main(int argc, char **argv, char **envp)
{
	if (argc > 1)
		return 11;
	self = getpid();
	on_signal(SIGCLD, note, 0);
	silent();
	signals = 0;
	by_id_alone();
	executed(argv, envp);
	print("done\n");
	return 0;
}
