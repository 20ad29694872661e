/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * close_range(2) over every descriptor there could be closes the program's own and nothing
 * that it needs to go on: files, fork, execve.
 */
#include "guest.h"

#define FIRST_FREE 5

static int after_exec(void)
{
	/* Descriptor 0 is the file that main opened after it had closed everything. */
	write(0, "the program executed itself\n", 28);
	exit(3);
}

static int without_descriptors(char *self)
{
	char *argv[] = {self, "again", NULL};
	char *envp[] = {NULL};
	int fd;

	if (sys(SYS_close_range, 0, ~0U, 0) != 0)
		return 20;
	for (fd = 0; fd < 3000; fd++) {
		if (fcntl(fd, F_GETFD, 0) != -1 || errno != EBADF)
			return 21;
	}
	if (open("file", O_CREAT | O_RDWR, 0600) != 0)
		return 22;
	if (fork() == 0)
		exit(write(0, "a child wrote this\n", 19) == 19 ? 0 : 1);
	if (waitpid(-1, &fd, 0) < 0 || fd != 0)
		return 23;
	execve(self, argv, envp);
	return 24;
}

int main(int argc, char **argv)
{
	char text[100] = "";
	int status, fd, pid;

	if (argc == 2)
		return after_exec();
	for (fd = 3; fd < 10; fd++)
		dup2(1, fd);
	EXPECT_EQ(sys(SYS_close_range, FIRST_FREE, 7, 0), 0);
	EXPECT_EQ(fcntl(4, F_GETFD, 0), 0);
	EXPECT_ERROR(fcntl(5, F_GETFD, 0), EBADF);
	EXPECT_ERROR(fcntl(7, F_GETFD, 0), EBADF);
	EXPECT_EQ(fcntl(8, F_GETFD, 0), 0);
	EXPECT_EQ(sys(SYS_close_range, 7, FIRST_FREE, 0), -EINVAL);

	pid = fork();
	if (pid == 0)
		exit(without_descriptors(argv[0]));
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT(WIFEXITED(status));
	EXPECT_EQ(WEXITSTATUS(status), 3);
	fd = open("file", O_RDONLY);
	read(fd, text, sizeof(text) - 1);
	print("%s", text);
	return 0;
}
