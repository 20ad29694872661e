/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What pipes, sockets, kqueues and process descriptors say of themselves: fstat, FIONREAD,
 * FIONSPACE; sizes of what has none.
 */
#include "guest.h"
#include "socket.h"

#define SYS_mkfifo 132
#define SYS_pdfork 518
#define FIONREAD   0x4004667f
#define FIONSPACE  0x40046676

static int how_many(int fd, u64 request)
{
	int n = -1;

	return sys(SYS_ioctl, fd, request, &n) == 0 ? n : -1;
}

static void unnamed(void)
{
	struct stat in, out;
	int fds[2];

	EXPECT_EQ(pipe2(fds, 0), 0);
	write(fds[1], "hello", 5);
	EXPECT_EQ(how_many(fds[0], FIONREAD), 5);
	EXPECT_EQ(how_many(fds[1], FIONREAD), 0);
	EXPECT_EQ(sys(SYS_fstat, fds[0], &in), 0);
	EXPECT_EQ(sys(SYS_fstat, fds[1], &out), 0);
	EXPECT_EQ(in.st_mode, S_IFIFO);
	EXPECT_EQ(out.st_mode, S_IFIFO);
	EXPECT_EQ(in.st_nlink, 0);
	EXPECT_EQ(in.st_size, 5);
	EXPECT_EQ(in.st_blocks, 1);
	EXPECT_EQ(out.st_size, 0);
	EXPECT(in.st_ino != out.st_ino && in.st_dev == out.st_dev);
	EXPECT_EQ(sys(SYS_ftruncate, fds[1], 0), -EINVAL);
	close(fds[0]);
	close(fds[1]);
}

static void named(void)
{
	struct stat st;
	int fd;

	EXPECT_EQ(sys(SYS_mkfifo, "fifo", 0640), 0);
	fd = open("fifo", O_RDWR);
	write(fd, "abc", 3);
	EXPECT_EQ(sys(SYS_fstat, fd, &st), 0);
	EXPECT_EQ(st.st_mode, S_IFIFO | 0640);
	EXPECT_EQ(st.st_nlink, 1);
	EXPECT_EQ(how_many(fd, FIONREAD), 3);
	EXPECT_EQ(sys(SYS_truncate, "fifo", 1024), 0);
	EXPECT_EQ(sys(SYS_truncate, "fifo", -1), -EINVAL);
	EXPECT_EQ(sys(SYS_ftruncate, fd, 1), 0);
	EXPECT_EQ(how_many(fd, FIONREAD), 3);
	close(fd);
	fd = open("fifo", O_RDONLY | O_NONBLOCK);
	EXPECT_EQ(sys(SYS_ftruncate, fd, 1), -EINVAL);
	close(fd);
	unlink("fifo");
	EXPECT_EQ(sys(SYS_truncate, "/dev/null", 0), 0);
	EXPECT_EQ(sys(SYS_truncate, ".", 0), -EISDIR);
}

static void socket_room(void)
{
	int s[2], size = 0;
	u32 len = sizeof(size);

	sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s);
	EXPECT_EQ(sys(SYS_getsockopt, s[0], SOL_SOCKET, SO_SNDBUF, &size, &len), 0);
	EXPECT_EQ(how_many(s[0], FIONSPACE), size);
	write(s[0], "hello", 5);
	EXPECT(how_many(s[0], FIONSPACE) < size && how_many(s[0], FIONSPACE) > size / 2);
	EXPECT_EQ(how_many(s[1], FIONREAD), 5);
	EXPECT_EQ(sys(SYS_ftruncate, s[0], 0), -EINVAL);
}

static void no_files(void)
{
	struct stat st;
	int pd, status, kq = (int)sys(SYS_kqueue), go[2];
	long pid;

	EXPECT_EQ(sys(SYS_fstat, kq, &st), 0);
	EXPECT(st.st_mode == S_IFIFO && st.st_size == 0 && st.st_ino == 0);
	pipe2(go, 0);
	pid = sys(SYS_pdfork, &pd, 0);
	if (pid == 0) {
		close(go[1]);
		read(go[0], &status, 1);
		exit(0);
	}
	EXPECT_EQ(sys(SYS_fstat, pd, &st), 0);
	EXPECT_EQ(st.st_mode, S_IFREG | 0700);
	close(go[1]);
	waitpid((int)pid, &status, 0);
	EXPECT_EQ(sys(SYS_fstat, pd, &st), 0);
	EXPECT_EQ(st.st_mode, S_IFREG);
}

int main(void)
{
	unnamed();
	named();
	socket_room();
	no_files();
	return 0;
}
