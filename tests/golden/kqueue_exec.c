/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals a kqueue watches, and execve(2): the new program finds them ignored, blocked and
 * pending as the old one had them; a failed execve changes nothing.
 */
#include "freebsd_event.h"

int main(int argc, char **argv)
{
	char *again[] = {argv[0], "again", NULL}, *none[] = {NULL};
	int kq = kqueue();
	struct kevent k[4];
	u64 blocked, pending[2];

	if (argc > 1) {
		signal_mask(SIG_BLOCK, 0, &blocked);
		EXPECT_EQ(blocked, SIGNAL_BIT(SIGUSR2));
		sys(SYS_sigpending, pending);
		EXPECT_EQ(pending[0], SIGNAL_BIT(SIGUSR2));
		kill(getpid(), SIGUSR1); /* ends the program unless it is ignored */
		EXPECT_EQ(change(kq, SIGUSR2, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
		kill(getpid(), SIGUSR2);
		EXPECT(wait_events(kq, k, 4) == 1);
		kill(getpid(), SIGTERM);
		print("FAILED still here\n");
		return 1;
	}
	on_signal(SIGUSR1, HANDLER_IGNORE, 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR2), NULL);
	EXPECT_EQ(change(kq, SIGUSR1, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, SIGUSR2, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, SIGTERM, EVFILT_SIGNAL, EV_ADD, 0, 0), 0);
	EXPECT_ERROR(execve("/nonexistent", again, none), ENOENT);
	kill(getpid(), SIGUSR1);
	EXPECT_EVENT(kq, SIGUSR1, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	kill(getpid(), SIGUSR2);
	EXPECT_EVENT(kq, SIGUSR2, EVFILT_SIGNAL, EV_CLEAR, 0, 1);
	execve(argv[0], again, none);
	print("FAILED execve: %d\n", errno);
	return 1;
}
