/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is FreeBSD's own about opening files and their descriptors: locks taken at opening,
 * error numbers, names below a directory, fcntl(2)'s commands, lengths and copies.
 */
#include "guest.h"

#define SYS_posix_fallocate 530
#define SYS_posix_fadvise   531
#define SYS_copy_file_range 569
#define SYS_freebsd10_pipe  42
#define SYS_freebsd6_pread  173

/* sys/fcntl.h */
#define O_SHLOCK	  0x10
#define O_EXLOCK	  0x20
#define O_EXEC		  0x40000
#define O_PATH		  0x400000
#define O_RESOLVE_BENEATH 0x800000
#define O_EMPTY_PATH	  0x2000000
#define F_GETOWN	  5
#define F_SETOWN	  6
#define F_DUP2FD	  10
#define F_GETLK		  11
#define F_SETLK		  12
#define F_RDAHEAD	  16
#define F_DUP2FD_CLOEXEC  18
#define F_GET_SEALS	  20
#define F_ISUNIONSTACK	  21
#define F_RDLCK		  1
#define F_UNLCK		  2
#define F_WRLCK		  3

struct flock {
	i64 start, len;
	i32 pid;
	i16 type, whence;
	i32 sysid, pad;
};

static void links_and_directories(void)
{
	int dir;

	EXPECT_EQ(mkdir("d", 0755), 0);
	EXPECT_EQ(symlink("d", "to-d"), 0);
	EXPECT_EQ(symlink("to-nothing", "to-nothing"), 0);
	EXPECT_ERROR(open("to-d", O_RDONLY | O_NOFOLLOW), EMLINK);
	EXPECT_ERROR(open("to-d", O_RDONLY | O_NOFOLLOW | O_DIRECTORY), EMLINK);
	EXPECT_ERROR(open("to-nothing", O_RDONLY), ELOOP);
	EXPECT_ERROR(open("to-nothing/x", O_RDONLY | O_NOFOLLOW), ELOOP);
	EXPECT_ERROR(open("d", O_WRONLY), EISDIR);
	EXPECT_ERROR(open("d", O_CREAT | O_EXCL | O_DIRECTORY, 0700), EINVAL);
	dir = open("d", O_CREAT | O_DIRECTORY, 0700);
	EXPECT(dir >= 0);
	EXPECT_EQ(sys(SYS_read, dir, &dir, 0), -EISDIR);
	EXPECT_ERROR(open("d", O_RDONLY | O_ACCMODE), EINVAL);
	EXPECT_ERROR(open("d", O_EXEC | O_RDWR), EINVAL);
	EXPECT_ERROR(open("d", O_SHLOCK | O_EXLOCK), EINVAL);
	EXPECT_ERROR(open("d", 0x40000000), EINVAL);
	EXPECT_ERROR(unlink("d"), EPERM);
	EXPECT_ERROR(rmdir("to-d"), ENOTDIR);

	EXPECT(sys(SYS_openat, dir, "inside", O_CREAT | O_RDWR | O_RESOLVE_BENEATH, 0600) > 0);
	EXPECT_EQ(sys(SYS_openat, dir, "../d", O_RDONLY | O_RESOLVE_BENEATH), -ENOTCAPABLE);
	EXPECT(sys(SYS_openat, dir, "../d", O_RDONLY) > 0);
	EXPECT_EQ(sys(SYS_openat, dir, "", O_RDONLY), -ENOENT);
	EXPECT(sys(SYS_openat, dir, "", O_RDONLY | O_EMPTY_PATH) > dir);
	EXPECT_EQ(sys(SYS_openat, dir, "", O_CREAT | O_EMPTY_PATH, 0600), -EINVAL);
}

/* For execution alone: it must be allowed, nothing can be read, and flags are kept. */
static void execution(void)
{
	int fd, copy;
	char c;

	close(open("tool", O_CREAT | O_WRONLY, 0644));
	EXPECT_ERROR(open("tool", O_EXEC), EACCES);
	sys(SYS_chmod, "tool", 0755);
	fd = open("tool", O_EXEC);
	EXPECT(fd >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_EXEC);
	EXPECT_EQ(fcntl(fd, F_SETFL, O_EXEC | O_NONBLOCK), 0);
	copy = fcntl(fd, F_DUPFD, 0);
	EXPECT_EQ(fcntl(copy, F_GETFL, 0), O_EXEC | O_NONBLOCK);
	EXPECT_EQ(sys(SYS_read, fd, &c, 1), -EBADF);
	close(fd);
	close(copy);
	fd = open("tool", O_PATH);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_PATH);
	EXPECT_ERROR(fcntl(fd, F_SETFL, O_NONBLOCK), EBADF);
	close(fd);
	fd = open("tool", O_PATH | O_EXEC);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_PATH | O_EXEC);
	EXPECT_ERROR(fcntl(fd, F_SETFL, O_NONBLOCK), EBADF);
	close(fd);
	fd = open("d", O_EXEC | O_DIRECTORY);
	EXPECT(sys(SYS_openat, fd, "inside", O_RDONLY) > 0);
	close(fd);
}

static void locks(void)
{
	struct flock l = {.type = F_WRLCK};
	int one = open("locked", O_CREAT | O_RDWR | O_EXLOCK, 0644), two;

	EXPECT(one >= 0);
	EXPECT_EQ(write(one, "contents", 8), 8);
	EXPECT_ERROR(open("locked", O_RDWR | O_EXLOCK | O_TRUNC | O_NONBLOCK), EAGAIN);
	EXPECT_EQ(lseek(one, 0, SEEK_END), 8);
	EXPECT_EQ(close(one), 0);
	one = open("locked", O_RDWR | O_SHLOCK | O_TRUNC);
	two = open("locked", O_RDWR | O_SHLOCK | O_NONBLOCK);
	EXPECT(one >= 0 && two > one);
	EXPECT_EQ(lseek(one, 0, SEEK_END), 0);
	EXPECT_ERROR(open("locked", O_RDWR | O_EXLOCK | O_NONBLOCK), EAGAIN);

	EXPECT_EQ(fcntl(one, F_SETLK, (long)&l), 0);
	if (fork() == 0) {
		struct flock found = {.type = F_RDLCK, .len = 5};

		if (fcntl(two, F_GETLK, (long)&found) != 0 || found.type != F_WRLCK ||
		    found.pid != getppid() || found.len != 0)
			exit(1);
		found.type = F_RDLCK;
		exit(fcntl(two, F_SETLK, (long)&found) == -1 && errno == EAGAIN ? 7 : 2);
	}
	EXPECT(waitpid(-1, &two, 0) > 0 && WEXITSTATUS(two) == 7);
	l.type = F_UNLCK;
	EXPECT_EQ(fcntl(one, F_SETLK, (long)&l), 0);
	l.type = F_RDLCK;
	EXPECT_EQ(fcntl(one, F_GETLK, (long)&l), 0);
	EXPECT_EQ(l.type, F_UNLCK);
	l.type = 0;
	EXPECT_ERROR(fcntl(one, F_SETLK, (long)&l), EINVAL);
	EXPECT_ERROR(fcntl(one, F_SETLK, 8), EFAULT);
}

static void descriptors(void)
{
	int fd = open("plain", O_CREAT | O_RDWR | O_TRUNC, 0644);

	EXPECT_EQ(fcntl(fd, F_DUP2FD, 50), 50);
	EXPECT_EQ(fcntl(50, F_GETFD, 0), 0);
	EXPECT_EQ(fcntl(fd, F_DUP2FD_CLOEXEC, 50), 50);
	EXPECT_EQ(fcntl(50, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fcntl(fd, F_DUP2FD_CLOEXEC, fd), fd);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fcntl(fd, F_DUP2FD, fd), fd);
	EXPECT_ERROR(fcntl(fd, F_DUP2FD, -1), EBADF);
	EXPECT_ERROR(fcntl(fd, F_DUPFD, -1), EINVAL);
	EXPECT_EQ(fcntl(fd, F_ISUNIONSTACK, 0), 0);
	EXPECT_EQ(fcntl(fd, F_RDAHEAD, 1), 0);
	EXPECT_ERROR(fcntl(fd, F_GET_SEALS, 0), EINVAL);
	EXPECT_ERROR(fcntl(fd, 999, 0), EINVAL);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_RDWR);
	EXPECT_EQ(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK | O_CREAT), 0);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_RDWR | O_APPEND | O_NONBLOCK);
	EXPECT_EQ(fcntl(fd, F_SETFL, 0), 0);
}

static void owners(void)
{
	int fds[2];

	EXPECT_EQ(sys(SYS_pipe2, fds, 0), 0);
	EXPECT_EQ(fcntl(fds[0], F_SETOWN, getpid()), 0);
	EXPECT_EQ(fcntl(fds[0], F_GETOWN, 0), getpid());
	EXPECT_EQ(fcntl(fds[0], F_SETOWN, -sys(SYS_getpgrp)), 0);
	/* The group is a negative number, and no error. */
	errno = 0;
	EXPECT_EQ(sys(SYS_fcntl, fds[0], F_GETOWN, 0), -sys(SYS_getpgrp));
}

static void contents(void)
{
	char text[16] = "";
	i64 in = 2, out = 20;
	int fd = open("from", O_CREAT | O_RDWR | O_TRUNC, 0644);
	int to = open("to", O_CREAT | O_RDWR | O_TRUNC, 0644), null = open("/dev/null", O_WRONLY);
	int fds[2];

	EXPECT_EQ(write(fd, "0123456789", 10), 10);
	EXPECT_EQ(sys(SYS_copy_file_range, fd, &in, to, &out, 5, 0), 5);
	EXPECT(in == 7 && out == 25);
	EXPECT_EQ(sys(SYS_pread, to, text, 16, 20), 5);
	EXPECT(memcmp(text, "23456", 5) == 0);
	EXPECT_EQ(sys(SYS_copy_file_range, fd, &in, to, &out, 5, 1), -EINVAL);
	in = -1;
	EXPECT_EQ(sys(SYS_copy_file_range, fd, &in, to, &out, 5, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_freebsd6_pread, fd, text, 2, 0, 4), 2);
	EXPECT(memcmp(text, "45", 2) == 0);

	/* Errors are the value, with the carry flag clear. */
	EXPECT_EQ(sys(SYS_posix_fallocate, fd, 0, 0), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fallocate, 777, 0, 10), EBADF);
	EXPECT_EQ(sys(SYS_posix_fallocate, null, 0, 10), ENODEV);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, 0, 0, 3), 0);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, -1, 0, 3), EINVAL);
	EXPECT_EQ(sys(SYS_posix_fadvise, fd, 0, 0, 77), EINVAL);

	fds[0] = (int)sys(SYS_freebsd10_pipe);
	EXPECT(fds[0] > 2);
	fds[1] = fds[0] + 1;
	EXPECT_EQ(write(fds[1], "pipe", 4), 4);
	EXPECT_EQ(read(fds[0], text, 16), 4);
	EXPECT_EQ(sys(SYS_pipe2, fds, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_pipe2, 8, 0), -EFAULT);
}

int main(void)
{
	links_and_directories();
	execution();
	locks();
	descriptors();
	owners();
	contents();
	return 0;
}
