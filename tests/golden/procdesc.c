/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process descriptors: who is behind one, signals through it, and what closing it does. Facts:
 * pdfork(2), sys/kern/sys_procdesc.c, sys_pdkill of sys/kern/kern_sig.c.
 */
#include "guest.h"

#define SYS_pdfork   518
#define SYS_pdkill   519
#define SYS_pdgetpid 520
#define PD_DAEMON    1
#define PD_CLOEXEC   2

/* A child that writes a byte and sleeps for as long as it lives; its id. */
static int child(int *pd, int flags, int out)
{
	struct timespec long_time = {100, 0};
	long pid = sys(SYS_pdfork, pd, flags);

	if (pid == 0) {
		write(out, "x", 1);
		for (;;)
			nanosleep(&long_time, NULL);
	}
	return (int)pid;
}

static volatile int usr1;

static void count(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	usr1++;
}

static void ended_by_signal(int p[2])
{
	int pd = -1, got = -1, pid = child(&pd, 0, p[1]), status, copy;
	char c;

	EXPECT(pid > 0 && pd > 2 && fcntl(pd, F_GETFD, 0) == 0);
	EXPECT_EQ(read(p[0], &c, 1), 1);
	EXPECT_EQ(sys(SYS_pdgetpid, pd, &got), 0);
	EXPECT(got == pid);
	copy = dup(pd);
	got = -1;
	EXPECT(sys(SYS_pdgetpid, copy, &got) == 0 && got == pid);
	EXPECT_EQ(close(copy), 0);
	EXPECT_EQ(sys(SYS_pdkill, pd, 0), 0);
	EXPECT_EQ(sys(SYS_pdgetpid, pd, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_pdkill, pd, 129), -EINVAL);
	EXPECT_EQ(sys(SYS_pdkill, pd, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_wait4, pid, &status, WNOHANG, NULL), 0);
	EXPECT_EQ(sys(SYS_pdkill, pd, SIGTERM), 0);
	EXPECT_EQ(waitpid(pid, &status, 0) == pid, true);
	EXPECT_EQ(WTERMSIG(status), SIGTERM);
	/* Nobody is left behind it, and it still says who that was. */
	EXPECT_EQ(sys(SYS_pdkill, pd, SIGTERM), -ESRCH);
	EXPECT_EQ(sys(SYS_pdkill, pd, 0), -ESRCH);
	got = -1;
	EXPECT(sys(SYS_pdgetpid, pd, &got) == 0 && got == pid);
	EXPECT_EQ(close(pd), 0);
	EXPECT_EQ(sys(SYS_pdgetpid, pd, &got), -EBADF);
	EXPECT_EQ(sys(SYS_pdkill, pd, SIGTERM), -EBADF);
}

static void handled(int p[2])
{
	struct timespec tick = {0, 1000000};
	int pd = -1, status;
	long pid = sys(SYS_pdfork, &pd, 0);
	char c;

	if (pid == 0) {
		on_signal(SIGUSR1, count, 0);
		write(p[1], "x", 1);
		while (usr1 == 0)
			nanosleep(&tick, NULL);
		exit(7);
	}
	EXPECT_EQ(read(p[0], &c, 1), 1);
	EXPECT_EQ(sys(SYS_pdkill, pd, SIGUSR1), 0);
	EXPECT_EQ(waitpid((int)pid, &status, 0) == pid, true);
	EXPECT_EQ(WEXITSTATUS(status), 7);
	EXPECT_EQ(close(pd), 0);
}

/* The pipe's last writer but us is the child. */
static bool writer_ends(int in)
{
	char c;

	return read(in, &c, 1) == 0;
}

static bool still_there(int in)
{
	struct {
		int fd;
		i16 events, revents;
	} poll = {in, 1, 0};

	return sys(SYS_poll, &poll, 1, 0) == 0;
}

static void closed(void)
{
	int p[2], pd = -1, got, pid;
	char c;

	pipe2(p, 0);
	child(&pd, 0, p[1]);
	close(p[1]);
	EXPECT_EQ(read(p[0], &c, 1), 1);
	pid = fork();
	if (pid == 0) /* another child has the descriptor too, and its closing is not the last */
		exit(close(pd));
	EXPECT(waitpid(pid, &got, 0) == pid && got == 0);
	nanosleep(&(struct timespec){0, 20000000}, NULL);
	EXPECT(sys(SYS_pdkill, pd, 0) == 0 && still_there(p[0]));
	EXPECT_EQ(close(pd), 0); /* the last descriptor ends the process */
	EXPECT(writer_ends(p[0]));
	close(p[0]);

	pipe2(p, 0);
	pid = child(&pd, PD_DAEMON | PD_CLOEXEC, p[1]);
	close(p[1]);
	EXPECT_EQ(read(p[0], &c, 1), 1);
	EXPECT_EQ(fcntl(pd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT(sys(SYS_pdgetpid, pd, &got) == 0 && got == pid);
	EXPECT_EQ(close(pd), 0);
	EXPECT_EQ(kill(pid, 0), 0); /* a daemon lives on */
	EXPECT_EQ(kill(pid, SIGKILL), 0);
	EXPECT(writer_ends(p[0]));
	close(p[0]);
}

static void others(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600), pid;

	EXPECT_EQ(sys(SYS_pdkill, fd, 0), -EBADF);
	EXPECT_EQ(sys(SYS_pdgetpid, fd, &pid), -EBADF);
	EXPECT_EQ(sys(SYS_pdkill, -1, SIGTERM), -EBADF);
	EXPECT_EQ(sys(SYS_pdkill, -1, 1000), -EINVAL);
	EXPECT_EQ(sys(SYS_pdgetpid, -1, &pid), -EBADF);
	EXPECT_EQ(sys(SYS_pdfork, &fd, 0x80), -EINVAL);
}

int main(void)
{
	int p[2];

	pipe2(p, 0);
	ended_by_signal(p);
	handled(p);
	closed();
	others();
	return 0;
}
