/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * EVFILT_SIGNAL: what is sent is counted, whether it is caught, ignored, ignored by default
 * or blocked; the signal does what it does without.
 */
#include "freebsd_event.h"

static volatile int handled;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

static void send(int sig, int times)
{
	for (int i = 0; i < times; i++)
		kill(getpid(), sig);
}

int main(void)
{
	int kq = kqueue(), pid, status;
	struct kevent k[4];
	u64 set;

	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	send(SIGUSR1, 3);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 3);
	EXPECT_EQ(poll_events(kq, k, 4), 0);

	on_signal(SIGUSR1, handler, 0);
	send(SIGUSR1, 2);
	EXPECT_EQ(handled, 2);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 2);

	/* Blocked: counted every time, pending once, delivered when it is let through. */
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	send(SIGUSR1, 4);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 4);
	EXPECT_EQ(handled, 2);
	set = 0;
	sys(SYS_sigpending, (u64[2]){0}, 0);
	send(SIGUSR1, 1);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGUSR1), &set);
	EXPECT_EQ(handled, 3);
	EXPECT_EQ(set, SIGNAL_BIT(SIGUSR1));
	EXPECT_EQ(poll_events(kq, k, 4), 0);

	/* What was sent before nobody counts, though it is still pending. */
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_DELETE, 0, 0), 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	send(SIGUSR1, 1);
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	send(SIGUSR1, 1);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	EXPECT_EQ(handled, 4);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	handled = 3;

	/* A signal without a handler does not end the wait, one with a handler does. */
	EXPECT_EQ(change(kq, SIGWINCH, EVFILT_SIGNAL, EV_ADD | EV_DISABLE, 0, 0), 0);
	pid = fork();
	if (pid == 0) {
		struct timespec ts = {0, 50000000};

		nanosleep(&ts, NULL);
		kill(getppid(), SIGWINCH);
		nanosleep(&ts, NULL);
		kill(getppid(), SIGUSR1);
		exit(3);
	}
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_DISABLE, 0, 0), 0);
	EXPECT_ERROR(kevent(kq, NULL, 0, k, 4, NULL), EINTR);
	EXPECT_EQ(handled, 4);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WEXITSTATUS(status), 3);
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_ENABLE, 0, 0), 0);
	EXPECT_EQ(change(kq, SIGWINCH, EVFILT_SIGNAL, EV_ENABLE, 0, 0), 0);
	EXPECT_EQ(wait_events(kq, k, 4), 2);
	EXPECT(k[0].data == 1 && k[1].data == 1 && k[0].ident + k[1].ident == SIGUSR1 + SIGWINCH);

	/* A child's end; ignored, it leaves no zombie here either. */
	EXPECT_EQ(change(kq, SIGCHLD, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	pid = fork();
	if (pid == 0)
		exit(4);
	EXPECT_EVENT(kq, SIGCHLD, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WEXITSTATUS(status), 4);
	on_signal(SIGCHLD, HANDLER_IGNORE, 0);
	pid = fork();
	if (pid == 0)
		exit(5);
	EXPECT_EVENT(kq, SIGCHLD, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	EXPECT_ERROR(waitpid(pid, &status, 0), ECHILD);

	/* No longer watched, it ends the program as ever. */
	EXPECT_EQ(change(kq, SIGTERM, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, 1000, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, SIGTERM, EVFILT_SIGNAL, EV_DELETE, 0, 0), 0);
	close(kq);
	send(SIGUSR1, 1);
	EXPECT_EQ(handled, 5);
	on_signal(SIGCHLD, HANDLER_DEFAULT, 0);
	pid = fork();
	if (pid == 0) {
		kq = kqueue();
		change(kq, SIGTERM, EVFILT_SIGNAL, EV_ADD, 0, 0);
		send(SIGTERM, 1);
		exit(0);
	}
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WTERMSIG(status), SIGTERM);
	return 0;
}
