/* SPDX-License-Identifier: BSD-2-Clause */
/* EVFILT_PROC and EVFILT_PROCDESC: how a process ended, and who may be asked about. */
#include "freebsd_event.h"

#define SYS_pdfork     518
#define SIGNALLED(sig) (sig)
#define EXITED(status) ((status) << 8)

static int child(int pipe_fd, int status, int sig)
{
	int pid = fork();
	char c;

	if (pid != 0)
		return pid;
	read(pipe_fd, &c, 1);
	if (sig)
		kill(getpid(), sig);
	exit(status);
}

int main(void)
{
	int kq = kqueue(), fds[2], pid, status, pd = -1;
	struct kevent k[4];

	pipe2(fds, 0);
	pid = child(fds[0], 42, 0);
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(fds[1], "x", 1);
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR | EV_EOF | EV_ONESHOT, NOTE_EXIT, EXITED(42));
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	/* A zombie may still be watched, for its end alone. */
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0), 0);
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR | EV_EOF | EV_ONESHOT, NOTE_EXIT, EXITED(42));
	EXPECT_ERROR(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, 0, 0), ESRCH);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_ERROR(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0), ESRCH);
	EXPECT_ERROR(change(kq, 0, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0), ESRCH);
	EXPECT_ERROR(change(kq, 1UL << 40, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0), ESRCH);

	pid = child(fds[0], 0, SIGUSR1);
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, NOTE_EXIT | NOTE_FORK, 0), 0);
	write(fds[1], "x", 1);
	EXPECT_EVENT(kq, pid, EVFILT_PROC, EV_CLEAR | EV_EOF | EV_ONESHOT, NOTE_EXIT,
		     SIGNALLED(SIGUSR1));
	EXPECT_EQ(waitpid(pid, &status, 0), pid);

	/* Nobody asked for the end: the note goes unreported. */
	pid = child(fds[0], 1, 0);
	EXPECT_EQ(change(kq, (u64)pid, EVFILT_PROC, EV_ADD, 0, 0), 0);
	write(fds[1], "x", 1);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_ERROR(change(kq, (u64)pid, EVFILT_PROC, EV_DELETE, 0, 0), ENOENT);

	pid = (int)sys(SYS_pdfork, &pd, 0);
	if (pid == 0) {
		char c;

		read(fds[0], &c, 1);
		exit(9);
	}
	EXPECT(pid > 0 && pd >= 0);
	EXPECT_ERROR(change(kq, (u64)pd, EVFILT_READ, EV_ADD, 0, 0), EINVAL);
	EXPECT_ERROR(change(kq, (u64)fds[0], EVFILT_PROCDESC, EV_ADD, NOTE_EXIT, 0), EINVAL);
	EXPECT_EQ(change(kq, (u64)pd, EVFILT_PROCDESC, EV_ADD, NOTE_EXIT, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(fds[1], "x", 1);
	EXPECT_EVENT(kq, pd, EVFILT_PROCDESC, EV_EOF | EV_ONESHOT, NOTE_EXIT, EXITED(9));
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	close(pd);
	return 0;
}
