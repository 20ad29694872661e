/* SPDX-License-Identifier: BSD-2-Clause */
/* Pipes: data, end of file, non-blocking ends, a broken pipe. */
#include "guest.h"

int main(void)
{
	char buffer[32];
	int fds[2];
	long total = 0, n;
	static char block[4096];

	EXPECT_EQ(pipe2(fds, 0), 0);
	EXPECT_EQ(fcntl(fds[0], F_GETFD, 0), 0);
	EXPECT_EQ(write(fds[1], "abc", 3), 3);
	EXPECT_EQ(read(fds[0], buffer, sizeof(buffer)), 3);
	EXPECT(memcmp(buffer, "abc", 3) == 0);
	EXPECT_ERROR(lseek(fds[0], 0, SEEK_CUR), ESPIPE);
	EXPECT_EQ(close(fds[1]), 0);
	EXPECT_EQ(read(fds[0], buffer, sizeof(buffer)), 0);
	EXPECT_EQ(close(fds[0]), 0);

	EXPECT_EQ(pipe2(fds, O_NONBLOCK | O_CLOEXEC), 0);
	EXPECT_EQ(fcntl(fds[0], F_GETFD, 0), FD_CLOEXEC);
	EXPECT(fcntl(fds[1], F_GETFL, 0) & O_NONBLOCK);
	EXPECT_ERROR(read(fds[0], buffer, 1), EAGAIN);
	while ((n = write(fds[1], block, sizeof(block))) > 0)
		total += n;
	EXPECT_EQ(n, -1);
	EXPECT_EQ(errno, EAGAIN);
	EXPECT(total >= 4096);
	EXPECT_EQ(close(fds[0]), 0);
	EXPECT_EQ(on_signal(SIGPIPE, HANDLER_IGNORE, 0), 0);
	EXPECT_ERROR(write(fds[1], "x", 1), EPIPE);
	EXPECT_ERROR(pipe2((int *)8, 0), EFAULT);

	print("and without the signal ignored it ends the process\n");
	EXPECT_EQ(on_signal(SIGPIPE, HANDLER_DEFAULT, 0), 0);
	write(fds[1], "x", 1);
	print("FAILED still here\n");
	return 0;
}
