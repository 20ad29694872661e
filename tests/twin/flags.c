/* SPDX-License-Identifier: BSD-2-Clause */
/* Flags of open files, asked for and set in every order, and dup2 over what is open and not. */
#include "guest.h"

static const char *name_of(int flags)
{
	return flags < 0 ? "error" : flags & O_NONBLOCK ? "non-blocking" : "blocking";
}

static void set(const char *what, int fd, int flags)
{
	int r = fcntl(fd, F_SETFL, flags);

	print("%s: %d, errno %s, now %s\n", what, r, r < 0 && errno == EBADF ? "EBADF" : "none",
	      name_of(fcntl(fd, F_GETFL, 0)));
}

int main(void)
{
	int fds[2], other[2], status, pid;
	char c = 0;

	pipe2(fds, 0);
	pipe2(other, O_NONBLOCK);
	print("%s, %s\n", name_of(fcntl(fds[0], F_GETFL, 0)), name_of(fcntl(other[0], F_GETFL, 0)));
	set("without asking", fds[0], O_NONBLOCK);
	set("back", fds[0], 0);
	fcntl(fds[0], F_GETFL, 0);
	set("having asked", fds[0], O_NONBLOCK);
	fcntl(other[0], F_GETFL, 0);
	set("having asked about another", fds[0], 0);
	fcntl(fds[0], F_GETFL, 0);
	close(fds[0]);
	set("closed meanwhile", fds[0], O_NONBLOCK);
	print("dup2 of it onto a pipe's end: %d, errno %s\n", dup2(fds[0], other[1]),
	      errno == EBADF ? "EBADF" : "another");
	print("which is still there: %ld\n", write(other[1], "x", 1));
	print("dup2 onto it: %d\n", dup2(other[0], fds[0]) == fds[0]);
	print("the same pipe: %ld\n", read(fds[0], &c, 1));
	print("onto a number that was never open: %d\n", dup2(other[0], 77));
	print("onto itself: %d\n", dup2(77, 77));
	print("and without one: %d\n", dup2(78, 78));
	print("%s\n", name_of(fcntl(77, F_GETFL, 0)));
	pid = fork();
	if (pid == 0) {
		set("in a child", 77, 0);
		exit(0);
	}
	waitpid(pid, &status, 0);
	print("the flags are the open file's: %s\n", name_of(fcntl(other[0], F_GETFL, 0)));
	return 0;
}
