/* SPDX-License-Identifier: BSD-2-Clause */
/* Each failing call fails with the same error on both systems, by its own number. */
#include "guest.h"

int main(void)
{
	char long_name[300];
	char buffer[16];
	int fd;

	memset(long_name, 'n', sizeof(long_name));
	long_name[sizeof(long_name) - 1] = '\0';

	EXPECT_ERROR(open("nothing-here", O_RDONLY), ENOENT);
	EXPECT_ERROR(open("nothing/here", O_RDONLY), ENOENT);
	EXPECT_ERROR(open("", O_RDONLY), ENOENT);
	EXPECT_ERROR(open(long_name, O_RDONLY), ENAMETOOLONG);
	EXPECT_ERROR(open("/dev/null/below", O_RDONLY), ENOTDIR);
	EXPECT_ERROR(open("/", O_WRONLY), EISDIR);
	EXPECT_ERROR(open((const char *)8, O_RDONLY), EFAULT);
	EXPECT_ERROR(close(-1), EBADF);
	EXPECT_ERROR(close(777), EBADF);
	EXPECT_ERROR(read(777, buffer, 1), EBADF);
	EXPECT_ERROR(write(777, buffer, 1), EBADF);
	EXPECT_ERROR(dup(777), EBADF);
	EXPECT_ERROR(fcntl(777, F_GETFD, 0), EBADF);
	EXPECT_ERROR(lseek(777, 0, SEEK_SET), EBADF);
	EXPECT_ERROR(mkdir("/dev", 0755), EEXIST);
	EXPECT_ERROR(rmdir("nothing-here"), ENOENT);
	EXPECT_ERROR(unlink("nothing-here"), ENOENT);
	EXPECT_ERROR(chdir("/dev/null"), ENOTDIR);
	EXPECT_ERROR(readlink("/", buffer, sizeof(buffer)), EINVAL);
	EXPECT_ERROR(munmap((void *)4096, 0), EINVAL);
	EXPECT_ERROR(execve("nothing-here", (char *[]){"x", NULL}, (char *[]){NULL}), ENOENT);
	EXPECT_ERROR(waitpid(-1, NULL, 0), ECHILD);
	EXPECT_ERROR(kill(getpid(), 200), EINVAL);

	fd = open("file", O_CREAT | O_EXCL | O_RDWR, 0600);
	EXPECT(fd >= 0);
	EXPECT_ERROR(open("file", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	EXPECT_ERROR(open("file", O_RDONLY | O_DIRECTORY), ENOTDIR);
	EXPECT_EQ(write(fd, "x", 1), 1);
	EXPECT_EQ(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_ERROR(read(fd, (void *)8, 1), EFAULT);
	EXPECT_ERROR(write(fd, (void *)8, 1), EFAULT);
	EXPECT_ERROR(fstat(fd, (void *)8), EFAULT);
	EXPECT_ERROR(lseek(fd, -1, SEEK_SET), EINVAL);
	EXPECT_EQ(symlink("loop", "loop"), 0);
	EXPECT_ERROR(symlink("loop", "loop"), EEXIST);
	EXPECT_ERROR(open("loop", O_RDONLY), ELOOP);
	return 0;
}
