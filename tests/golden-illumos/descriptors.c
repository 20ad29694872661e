/* SPDX-License-Identifier: BSD-2-Clause */
/* fcntl: duplicates and their flags, locks of processes and of open files, space. */
#include "guest.h"

static int wait_for(int pid)
{
	int status;

	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void duplicates(void)
{
	int fds[2], pid;

	EXPECT_EQ(fcntl(0, F_DUPFD, 20), 20);
	EXPECT_EQ(fcntl(0, F_DUPFD_CLOEXEC, 21), 21);
	EXPECT_EQ(fcntl(0, F_DUPFD_CLOFORK, 22), 22);
	EXPECT_EQ(fcntl(20, F_GETFD, 0), 0);
	EXPECT_EQ(fcntl(21, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fcntl(22, F_GETFD, 0), FD_CLOFORK);
	EXPECT_EQ(sys(SYS_fcntl, 0, F_DUPFD, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, 0, F_DUPFD, 0x7fffffff), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, 0, F_DUP2FD, -1), -EBADF);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP2FD, 20), 20);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP2FD_CLOEXEC, 20), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP2FD_CLOEXEC, 23), 23);
	EXPECT_EQ(fcntl(23, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP3FD, 23, FD_CLOEXEC | FD_CLOFORK), 23);
	EXPECT_EQ(fcntl(23, F_GETFD, 0), FD_CLOEXEC | FD_CLOFORK);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP3FD, 20, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, 20, F_DUP3FD, 24, 4), -EINVAL);
	EXPECT_EQ(pipe2(fds, O_CLOFORK | O_CLOEXEC), 0);
	EXPECT_EQ(fcntl(fds[1], F_GETFD, 0), FD_CLOEXEC | FD_CLOFORK);
	EXPECT_EQ(sys(SYS_pipe, fds, O_CLOFORK | O_WRONLY), -EINVAL);
	EXPECT_EQ(close(22), 0);
	EXPECT_EQ(fcntl(0, F_DUPFD, 22), 22);
	EXPECT_EQ(fcntl(22, F_GETFD, 0), 0); /* not of the one before */
	pid = fork();
	if (pid == 0)
		exit(fcntl(22, F_GETFD, 0) == 0 && sys(SYS_fcntl, 23, F_GETFD) == -EBADF &&
		     sys(SYS_fcntl, fds[0], F_GETFD) == -EBADF);
	EXPECT_EQ(wait_for(pid), 1);
	EXPECT_EQ(fcntl(23, F_GETFD, 0), FD_CLOEXEC | FD_CLOFORK);
	EXPECT_EQ(fcntl(23, F_SETFD, FD_CLOEXEC), 0);
	EXPECT_EQ(fcntl(23, F_GETFD, 0), FD_CLOEXEC);
}

static void flags(void)
{
	int fd = open("file", O_CREAT | O_RDWR | O_CLOFORK, 0600);

	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOFORK);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_RDWR);
	EXPECT_EQ(fcntl(fd, F_SETFL, O_NONBLOCK | O_APPEND | O_CREAT | O_EXCL), 0);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_RDWR | O_NONBLOCK | O_APPEND);
	EXPECT_EQ(sys(SYS_fcntl, 777, F_SETFL, 0), -EBADF);
	EXPECT_EQ(sys(SYS_fcntl, fd, 5, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, fd, 23, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_fcntl, 777, 23, 0), -EBADF);
	close(fd);
}

static struct flock range(int type, int whence, i64 start, i64 len)
{
	struct flock l = {.l_type = (i16)type,
			  .l_whence = (i16)whence,
			  .l_start = start,
			  .l_len = len,
			  .l_sysid = 7,
			  .l_pid = 7};

	return l;
}

static long do_lock(int fd, int cmd, struct flock l)
{
	return sys(SYS_fcntl, fd, cmd, &l);
}

static void locks(void)
{
	int fd = open("file", O_RDWR), ro = open("file", O_RDONLY), other, pid;
	struct flock l;

	EXPECT_EQ(ftruncate(fd, 100), 0);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_WRLCK, SEEK_SET, 10, 20)), 0);
	l = range(F_RDLCK, SEEK_SET, 0, 0);
	EXPECT_EQ(sys(SYS_fcntl, fd, F_GETLK, &l), 0);
	EXPECT(l.l_type == F_UNLCK && l.l_pid == 7 && l.l_len == 0);
	pid = fork();
	if (pid == 0) {
		int good = 0;

		l = range(F_RDLCK, SEEK_END, -95, 50);
		good += sys(SYS_fcntl, fd, F_GETLK, &l) == 0;
		good += l.l_type == F_WRLCK && l.l_start == 10 && l.l_len == 20;
		good += l.l_pid == getppid() && l.l_sysid == 0 && l.l_whence == 0;
		good += do_lock(fd, F_SETLK, range(F_RDLCK, SEEK_SET, 0, 0)) == -EAGAIN;
		good += do_lock(fd, F_SETLK, range(F_RDLCK, SEEK_SET, 0, 10)) == 0;
		exit(good);
	}
	EXPECT_EQ(wait_for(pid), 5);
	EXPECT_EQ(do_lock(ro, F_SETLK, range(F_WRLCK, SEEK_SET, 0, 0)), -EBADF);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(9, SEEK_SET, 0, 0)), -EINVAL);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_WRLCK, 3, 0, 0)), -EINVAL);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_WRLCK, SEEK_SET, -1, 0)), -EINVAL);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_WRLCK, SEEK_END, INT64_MAX, 0)), -EOVERFLOW);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_WRLCK, SEEK_SET, 5, INT64_MAX)), -EOVERFLOW);
	EXPECT_EQ(sys(SYS_fcntl, fd, F_SETLK, 8), -EFAULT);
	EXPECT_EQ(do_lock(fd, F_SETLK, range(F_UNLCK, SEEK_SET, 0, 0)), 0);
	other = open("file", O_RDWR);
	EXPECT_EQ(do_lock(fd, F_OFD_SETLK, range(F_WRLCK, SEEK_SET, 0, 0)), 0);
	EXPECT_EQ(do_lock(other, F_OFD_SETLK, range(F_RDLCK, SEEK_SET, 0, 1)), -EAGAIN);
	l = range(F_RDLCK, SEEK_SET, 0, 1);
	EXPECT_EQ(sys(SYS_fcntl, other, F_OFD_GETLK, &l), 0);
	EXPECT(l.l_type == F_WRLCK && l.l_pid == -1);
	EXPECT_EQ(do_lock(fd, F_OFD_SETLK, range(F_UNLCK, SEEK_SET, 0, 0)), 0);
	EXPECT_EQ(do_lock(ro, F_FLOCK, range(F_WRLCK, SEEK_SET, 0, 0)), 0);
	EXPECT_EQ(do_lock(other, F_FLOCK, range(F_RDLCK, SEEK_SET, 0, 0)), -EAGAIN);
	EXPECT_EQ(do_lock(ro, F_FLOCK, range(F_UNLCK, SEEK_SET, 0, 0)), 0);
	EXPECT_EQ(do_lock(other, F_FLOCK, range(F_RDLCK, SEEK_SET, 0, 1)), -EINVAL);
	EXPECT_EQ(do_lock(fd, F_SHARE, range(0, 0, 0, 0)), -EINVAL);
}

static void space(void)
{
	int fd = open("file", O_RDWR), ro = open("file", O_RDONLY), fds[2];
	struct stat st;
	char c;

	pipe2(fds, 0);
	EXPECT_EQ(do_lock(fd, F_FREESP, range(0, SEEK_SET, 5000, 0)), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_size, 5000);
	EXPECT_EQ(sys(SYS_pwrite, fd, "abc", 3, 4000), 3);
	EXPECT_EQ(do_lock(fd, F_FREESP, range(0, SEEK_SET, 4000, 2)), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_size, 5000);
	EXPECT_EQ(sys(SYS_pread, fd, &c, 1, 4001), 1);
	EXPECT_EQ(c, 0);
	EXPECT_EQ(sys(SYS_pread, fd, &c, 1, 4002), 1);
	EXPECT_EQ(c, 'c');
	EXPECT_EQ(do_lock(fd, F_FREESP, range(0, SEEK_SET, 4000, 9999)), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_size, 4000);
	EXPECT_EQ(do_lock(fd, F_ALLOCSP, range(0, SEEK_END, 0, 1000)), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_size, 5000);
	EXPECT_EQ(do_lock(ro, F_FREESP, range(0, SEEK_SET, 0, 0)), -EBADF);
	EXPECT_EQ(do_lock(fds[1], F_FREESP, range(0, SEEK_SET, 0, 0)), -EINVAL);
	EXPECT_EQ(do_lock(777, F_FREESP, range(0, SEEK_SET, 0, 0)), -EBADF);
	EXPECT_EQ(do_lock(fd, F_FREESP, range(0, SEEK_SET, -1, 0)), -EINVAL);
}

int main(void)
{
	duplicates();
	flags();
	locks();
	space();
	return 0;
}
