/* SPDX-License-Identifier: BSD-2-Clause */
/* Ordinary files: open flags, positions, appending, holes, truncation, duplicates. */
#include "guest.h"

int main(void)
{
	char buffer[64];
	int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0644);
	int copy, append;

	EXPECT(fd >= 0);
	EXPECT_EQ(write(fd, "0123456789", 10), 10);
	EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 10);
	EXPECT_EQ(lseek(fd, 3, SEEK_SET), 3);
	EXPECT_EQ(read(fd, buffer, 4), 4);
	EXPECT(memcmp(buffer, "3456", 4) == 0);
	EXPECT_EQ(lseek(fd, -2, SEEK_END), 8);
	EXPECT_EQ(read(fd, buffer, sizeof(buffer)), 2);
	EXPECT_EQ(read(fd, buffer, sizeof(buffer)), 0);

	copy = dup(fd);
	EXPECT(copy > fd);
	EXPECT_EQ(lseek(copy, 1, SEEK_SET), 1);
	EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 1);
	EXPECT_EQ(fcntl(copy, F_GETFD, 0), 0);
	EXPECT_EQ(fcntl(copy, F_SETFD, FD_CLOEXEC), 0);
	EXPECT_EQ(fcntl(copy, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(dup2(fd, 20), 20);
	EXPECT_EQ(dup2(20, 20), 20);
	EXPECT_EQ(fcntl(fd, F_DUPFD, 30), 30);
	EXPECT_EQ(fcntl(fd, F_DUPFD_CLOEXEC, 40), 40);
	EXPECT_EQ(fcntl(40, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0) & O_ACCMODE, O_RDWR);

	append = open("file", O_WRONLY | O_APPEND);
	EXPECT(append >= 0);
	EXPECT(fcntl(append, F_GETFL, 0) & O_APPEND);
	EXPECT_EQ(write(append, "end", 3), 3);
	EXPECT_EQ(lseek(append, 0, SEEK_CUR), 13);
	EXPECT_EQ(fcntl(append, F_SETFL, O_NONBLOCK), 0);
	EXPECT_EQ(fcntl(append, F_GETFL, 0) & (O_NONBLOCK | O_APPEND), O_NONBLOCK);

	EXPECT_EQ(ftruncate(fd, 20), 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), 20);
	EXPECT_EQ(lseek(fd, 12, SEEK_SET), 12);
	EXPECT_EQ(read(fd, buffer, sizeof(buffer)), 8);
	EXPECT(memcmp(buffer, "d\0\0\0\0\0\0\0", 8) == 0);
	EXPECT_EQ(sys(SYS_pwrite, fd, "AB", 2, 100), 2);
	EXPECT_EQ(sys(SYS_pread, fd, buffer, 10, 99), 3);
	EXPECT(memcmp(buffer, "\0AB", 3) == 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 20);

	EXPECT_EQ(unlink("file"), 0);
	EXPECT_EQ(lseek(fd, 0, SEEK_END), 102);
	EXPECT_EQ(close(fd), 0);
	EXPECT_ERROR(close(fd), EBADF);
	return 0;
}
