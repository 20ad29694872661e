/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fexecve(2): a program by its descriptor, close-on-exec or not, also after its name is gone;
 * the new program has neither that descriptor nor any other it was not given.
 */
#include "guest.h"

#define SYS_fexecve 492

static int again(const char *said)
{
	print("executed %s\n", said);
	EXPECT_ERROR(fcntl(3, F_GETFD, 0), EBADF);
	EXPECT_EQ(open("/dev/null", O_RDONLY), 3);
	return 0;
}

static void execute(const char *name, int fd, const char *said)
{
	char *argv[] = {"program", (char *)said, NULL}, *envp[] = {NULL};
	int pid = fork(), status = -1;

	if (pid == 0)
		exit(-(int)sys(SYS_fexecve, fd, argv, envp));
	waitpid(pid, &status, 0);
	print("%s: status %d\n", name, status >> 8);
}

static void copy(const char *from, const char *to)
{
	int in = open(from, O_RDONLY), out = open(to, O_CREAT | O_WRONLY, 0700);
	static char block[65536];
	long n;

	while ((n = read(in, block, sizeof(block))) > 0)
		write(out, block, (size_t)n);
	close(in);
	close(out);
}

int main(int argc, char **argv)
{
	int fd;

	if (argc > 1)
		return again(argv[1]);
	fd = open(argv[0], O_RDONLY | O_CLOEXEC);
	execute("close-on-exec", fd, "by a descriptor that closes");
	close(fd);
	copy(argv[0], "copy");
	fd = open("copy", O_RDONLY | O_CLOEXEC);
	unlink("copy");
	execute("unlinked", fd, "without a name");
	close(fd);
	fd = open(".", O_RDONLY);
	execute("a directory", fd, "never");
	close(fd);
	execute("nothing open", 77, "never");
	return 0;
}
