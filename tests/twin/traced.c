/* SPDX-License-Identifier: BSD-2-Clause */
/* A little of everything that tests/tap/trace.t looks at from outside. */
#include "guest.h"

static volatile int handled;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handled++;
}

int main(void)
{
	char buf[64], long_text[48];
	struct timespec little = {0, 1000000};
	struct stat st;
	int fd, fds[2], status, pid;
	void *page;

	EXPECT_EQ(open("traced.none", O_RDONLY), -1);
	fd = open("traced.file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	for (unsigned i = 0; i < sizeof(long_text); i++)
		long_text[i] = (char)('a' + i % 26);
	EXPECT_EQ(write(fd, long_text, sizeof(long_text)), 48);
	EXPECT_EQ(write(fd, "two\tlines\n\"of\" \\text\033[0m\0017\377", 28), 28);
	EXPECT_EQ(lseek(fd, 46, SEEK_SET), 46);
	EXPECT_EQ(read(fd, buf, sizeof(buf)), 30);
	EXPECT_EQ(read(fd, buf, sizeof(buf)), 0);
	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0) & O_RDWR, O_RDWR);
	EXPECT_EQ(dup2(fd, 40), 40);
	EXPECT_EQ(close(40), 0);
	EXPECT_EQ(close(fd), 0);
	EXPECT_EQ(close(fd), -1);
	EXPECT_EQ(mkdir("traced.dir", 0750), 0);
	EXPECT_EQ(rmdir("traced.dir"), 0);
	EXPECT_EQ(symlink("traced.file", "traced.link"), 0);
	EXPECT_EQ(readlink("traced.link", buf, sizeof(buf)), 11);
	EXPECT_EQ(unlink("traced.link"), 0);
	EXPECT_EQ(unlink("traced.file"), 0);
	EXPECT_EQ(pipe2(fds, O_NONBLOCK), 0);
	EXPECT_EQ(read(fds[0], buf, 10), -1);
	page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
	EXPECT(page != MAP_FAILED);
	EXPECT_EQ(mprotect(page, 4096, PROT_READ), 0);
	EXPECT_EQ(munmap(page, 8192), 0);
	EXPECT_EQ(write(1, (void *)16, 5), -1);
	EXPECT_EQ(nanosleep(&little, NULL), 0);
	on_signal(SIGUSR1, handler, SA_RESTART);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(handled, 1);
	pid = fork();
	if (pid == 0)
		exit(7);
	EXPECT_EQ(waitpid(pid, &status, 0), pid);
	EXPECT_EQ(WEXITSTATUS(status), 7);
	return 5;
}
