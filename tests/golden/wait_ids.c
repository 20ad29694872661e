/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait6(2): by every kind of id, what it tells of a child, options, and errors. wait4(2)
 * where it differs; children of pdfork(2) are found by their id alone.
 */
#include "guest.h"

#define SYS_wait4   7
#define SYS_getgid  47
#define SYS_getsid  310
#define SYS_getpgid 207
#define SYS_wait6   532
#define SYS_pdfork  518
#define SYS_abort2  463

#define P_PID	 0
#define P_PPID	 1
#define P_PGID	 2
#define P_SID	 3
#define P_CID	 4
#define P_UID	 5
#define P_GID	 6
#define P_ALL	 7
#define P_JAILID 12
#define P_CTID	 13

#define WUNTRACED   2
#define WCONTINUED  4
#define WNOWAIT	    8
#define WEXITED	    16
#define WTRAPPED    32
#define WLINUXCLONE 0x80000000u

#define CLD_EXITED    1
#define CLD_KILLED    2
#define CLD_STOPPED   5
#define CLD_CONTINUED 6

struct usage {
	i64 utime[2], stime[2];
	i64 counts[14];
};

struct wrusage {
	struct usage self, children;
};
_Static_assert(sizeof(struct wrusage) == 288, "struct __wrusage");

static int gate[2];

/* Ends with status as soon as the gate says so; 0: at once. */
static int child(int status, bool wait)
{
	int pid = fork();
	char c;

	if (pid != 0)
		return pid;
	if (wait)
		read(gate[0], &c, 1);
	exit(status);
}

static long wait6(int type, long id, int *status, u32 options, struct wrusage *ru,
		  struct siginfo *si)
{
	return sys(SYS_wait6, type, id, status, options, ru, si);
}

static void by_id(const char *what, int type, long id)
{
	struct siginfo si;
	int status = -1, pid = child(7, true);

	print("%s\n", what);
	si.si_signo = si.si_pid = 1;
	EXPECT_EQ(wait6(type, id >= 0 ? id : pid, &status, WEXITED | WNOHANG, NULL, &si), 0);
	EXPECT_EQ(status, -1);
	EXPECT_EQ(si.si_signo + si.si_pid, 0);
	write(gate[1], "x", 1);
	EXPECT_EQ(wait6(type, id >= 0 ? id : pid, &status, WEXITED | WNOWAIT, NULL, &si) - pid, 0);
	EXPECT_EQ(si.si_code, CLD_EXITED);
	EXPECT_EQ(wait6(type, id >= 0 ? id : pid, &status, WEXITED, NULL, &si) - pid, 0);
	EXPECT_EQ(WEXITSTATUS(status), 7);
	EXPECT_EQ(si.si_signo, SIGCHLD);
	EXPECT_EQ(si.si_pid - pid, 0);
	EXPECT_EQ(si.si_uid - (u32)sys(SYS_getuid), 0);
	EXPECT_EQ(si.si_status, 7);
	EXPECT_EQ(wait6(type, id >= 0 ? id : pid, &status, WEXITED, NULL, NULL), -ECHILD);
}

/* The one that ends is found among several, and the others are left. */
static void several(void)
{
	int pids[3], status, quick, n = 0;

	for (int i = 0; i < 3; i++)
		pids[i] = child(i, true);
	quick = child(42, false);
	EXPECT_EQ(wait6(P_UID, sys(SYS_getuid), &status, WEXITED, NULL, NULL) - quick, 0);
	EXPECT_EQ(WEXITSTATUS(status), 42);
	write(gate[1], "xxx", 3);
	while (wait6(P_SID, sys(SYS_getsid, 0), &status, WEXITED, NULL, NULL) > 0)
		n += 1 + WEXITSTATUS(status);
	EXPECT_EQ(n, 3 + 0 + 1 + 2);
	EXPECT(pids[0] > 0);
}

static void stops(void)
{
	struct siginfo si;
	int status, pid = child(0, true);
	long uid = sys(SYS_getuid);

	kill(pid, SIGSTOP);
	EXPECT_EQ(wait6(P_UID, uid, &status, WEXITED | WUNTRACED, NULL, &si) - pid, 0);
	EXPECT_EQ(status, SIGSTOP << 8 | 0x7f);
	EXPECT_EQ(si.si_code, CLD_STOPPED);
	EXPECT_EQ(si.si_status, SIGSTOP);
	kill(pid, SIGCONT);
	EXPECT_EQ(wait6(P_ALL, 0, &status, WCONTINUED, NULL, &si) - pid, 0);
	EXPECT_EQ(status, SIGCONT);
	EXPECT_EQ(si.si_code, CLD_CONTINUED);
	EXPECT_EQ(si.si_status, SIGCONT);
	kill(pid, SIGTERM);
	EXPECT_EQ(wait6(P_PID, pid, &status, WEXITED | WTRAPPED, NULL, &si) - pid, 0);
	EXPECT_EQ(status, SIGTERM);
	EXPECT_EQ(si.si_code, CLD_KILLED);
	EXPECT_EQ(si.si_status, SIGTERM);
}

static i64 cpu(const struct usage *u)
{
	return (u->utime[0] + u->stime[0]) * 1000000 + u->utime[1] + u->stime[1];
}

static void burn(i64 ms)
{
	struct timespec start, now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
	do
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 < ms);
}

/* A child's own usage and that of the children it waited for are told apart. */
static void usage(void)
{
	struct wrusage ru;
	int pid = fork();

	if (pid == 0) {
		int inner = fork();

		if (inner == 0) {
			burn(150);
			exit(0);
		}
		waitpid(inner, NULL, 0);
		exit(0);
	}
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED, &ru, NULL) - pid, 0);
	EXPECT(cpu(&ru.children) >= 100000);
	EXPECT(cpu(&ru.self) < 100000);
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED, &ru, NULL), -ECHILD);
}

static void errors(void)
{
	int pid = child(0, true), status;

	EXPECT_EQ(wait6(P_PID, pid, NULL, 0, NULL, NULL), -EINVAL);
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED | 0x40, NULL, NULL), -EINVAL);
	EXPECT_EQ(wait6(P_PPID, getpid(), NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_CID, 0, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_CTID, 0, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(99, 0, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_PID, 1, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_PID, -5, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_PGID, -5, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_UID, 4242, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_GID, 4242, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_SID, 1 << 30, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_JAILID, 3, NULL, WEXITED, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_ALL, 0, NULL, WEXITED | WLINUXCLONE, NULL, NULL), -ECHILD);
	EXPECT_EQ(wait6(P_ALL, 0, NULL, WEXITED | WNOHANG, NULL, NULL), 0);
	write(gate[1], "x", 1);
	EXPECT_EQ(wait6(P_PID, pid, (void *)8, WEXITED | WNOWAIT, NULL, NULL), -EFAULT);
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED | WNOWAIT, (void *)8, NULL), -EFAULT);
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED, NULL, (void *)8), -EFAULT);
	EXPECT_EQ(wait6(P_PID, pid, NULL, WEXITED, NULL, NULL), -ECHILD);
	pid = child(3, false);
	EXPECT_EQ(sys(SYS_wait4, 0, &status, 0, NULL) - pid, 0); /* of the caller's group */
	EXPECT_EQ(WEXITSTATUS(status), 3);
	EXPECT_EQ(sys(SYS_wait4, 0, &status, 0, NULL), -ECHILD);
}

static void process_descriptor(void)
{
	int pd = -1, status;
	long pid = sys(SYS_pdfork, &pd, 0);

	if (pid == 0)
		exit(9);
	EXPECT_EQ(sys(SYS_wait4, -1, &status, 0, NULL), -ECHILD);
	EXPECT_EQ(sys(SYS_wait4, pid, &status, 0, NULL) - pid, 0);
	EXPECT_EQ(WEXITSTATUS(status), 9);
	close(pd);
}

static void on_child(int sig, struct siginfo *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
}

/* The SIGCHLD of a child goes with its news, another's stays. */
static void childrens_signals(void)
{
	struct timespec none = {0, 0}, a_while = {0, 20000000};
	u32 set[4] = {1u << (SIGCHLD - 1)};
	struct siginfo info;
	int first, second;

	on_signal(SIGCHLD, on_child, 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGCHLD), NULL);
	first = fork();
	if (first == 0)
		exit(1);
	EXPECT_EQ(wait6(P_PID, first, NULL, WEXITED | WNOWAIT, NULL, &info), first);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &a_while), SIGCHLD);
	EXPECT_EQ(info.si_pid, first);
	EXPECT_EQ(wait6(P_PID, first, NULL, WEXITED, NULL, NULL), first);
	first = fork();
	if (first == 0)
		exit(1);
	wait6(P_PID, first, NULL, WEXITED | WNOWAIT, NULL, NULL);
	nanosleep(&a_while, NULL);
	EXPECT_EQ(wait6(P_PID, first, NULL, WEXITED, NULL, NULL), first);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), -EAGAIN);
	first = fork();
	if (first == 0)
		exit(1);
	second = fork();
	if (second == 0)
		exit(2);
	wait6(P_PID, first, NULL, WEXITED | WNOWAIT, NULL, NULL);
	wait6(P_PID, second, NULL, WEXITED | WNOWAIT, NULL, NULL);
	nanosleep(&a_while, NULL);
	EXPECT_EQ(wait6(P_PID, first, NULL, WEXITED, NULL, NULL), first);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), SIGCHLD);
	EXPECT(info.si_pid == second && info.si_status == 2 && info.si_code == CLD_EXITED);
	EXPECT_EQ(wait6(P_PID, second, NULL, WEXITED, NULL, NULL), second);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), -EAGAIN);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGCHLD), NULL);
}

static int aborted(const char *why, int count, void *args)
{
	int status, pid = fork();

	if (pid == 0) {
		on_signal(SIGABRT, HANDLER_IGNORE, 0);
		sys(SYS_abort2, why, count, args);
		exit(1);
	}
	waitpid(pid, &status, 0);
	return status & 0x7f;
}

int main(void)
{
	void *args[16] = {0};

	pipe2(gate, 0);
	by_id("by process", P_PID, -1);
	by_id("by group", P_PGID, sys(SYS_getpgid, 0));
	by_id("by session", P_SID, sys(SYS_getsid, 0));
	by_id("by user", P_UID, sys(SYS_getuid));
	by_id("by group of users", P_GID, sys(SYS_getgid));
	by_id("by jail", P_JAILID, 0);
	by_id("any", P_ALL, 0);
	EXPECT_EQ(wait6(P_JAILID, 0, NULL, WEXITED, NULL, NULL), -ECHILD);
	print("several\n");
	several();
	print("stops\n");
	stops();
	print("usage\n");
	usage();
	print("errors\n");
	errors();
	process_descriptor();
	childrens_signals();
	print("abort2\n");
	EXPECT_EQ(aborted("no reason", 0, NULL), SIGABRT);
	EXPECT_EQ(aborted(NULL, 16, args), SIGABRT);
	EXPECT_EQ(aborted("x", 17, args), SIGKILL);
	EXPECT_EQ(aborted("x", 1, NULL), SIGKILL);
	EXPECT_EQ(aborted((char *)8, 0, NULL), SIGKILL);
	return 0;
}
