/* SPDX-License-Identifier: BSD-2-Clause */
/* /dev/poll, and what programs do with STREAMS: messages of bytes, modules, descriptors sent. */
#include "socket.h"
#include "tty.h"

struct strbuf {
	int max, len;
	void *buf;
};

static volatile int noted;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	noted++;
}

static void device(void)
{
	struct {
		struct pollfd *fds;
		u64 n;
		int timeout;
		u64 *set;
	} q;
	u64 none[2] = {0, 0};
	struct pollfd p[3], got[4];
	int d = open("/dev/poll", O_RDWR), fds[2], file = open("file", O_RDWR | O_CREAT, 0600);

	print("/dev/poll\n");
	EXPECT(d > 2);
	pipe2(fds, 0);
	p[0] = (struct pollfd){fds[0], POLLIN, 0};
	p[1] = (struct pollfd){fds[1], POLLOUT, 0};
	EXPECT_EQ(write(d, p, 16), 16);
	q.fds = got;
	q.n = 4;
	q.timeout = 0;
	EXPECT_EQ(ioctl(d, 0xd001, &q), 1);
	EXPECT(got[0].fd == fds[1] && got[0].revents == POLLOUT);
	EXPECT_EQ(ioctl(d, 0xd001, &q), 1); /* it is as ready as before */
	p[1].events = 0x800;
	EXPECT_EQ(write(d, &p[1], 8), 8);
	EXPECT_EQ(ioctl(d, 0xd001, &q), 0);
	EXPECT_EQ(ioctl(d, 0xd002, &p[0]), 1);
	EXPECT_EQ(p[0].revents, POLLIN);
	EXPECT_EQ(ioctl(d, 0xd002, &p[1]), 0);
	write(fds[1], "x", 1);
	q.timeout = -1;
	EXPECT_EQ(ioctl(d, 0xd001, &q), 1);
	EXPECT(got[0].fd == fds[0] && got[0].revents == POLLIN);
	p[2] = (struct pollfd){file, POLLIN, 0};
	EXPECT_EQ(write(d, &p[2], 8), 8);
	EXPECT_EQ(ioctl(d, 0xd001, &q), 2);
	/* DP_PPOLL: with another mask while it waits; of no descriptors it is a sleep. */
	on_signal(SIGUSR1, note, 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	q.set = NULL;
	EXPECT_EQ(ioctl(d, 0xd003, &q), 2);
	kill(getpid(), SIGUSR1);
	q.n = 0;
	q.timeout = 1;
	EXPECT_EQ(ioctl(d, 0xd003, &q), 0);
	EXPECT_EQ(noted, 0);
	q.set = none;
	q.timeout = -1;
	EXPECT_ERROR(ioctl(d, 0xd003, &q), EINTR);
	EXPECT_EQ(noted, 1);
	kill(getpid(), SIGUSR1);
	q.timeout = 0;
	q.set = (u64 *)8;
	EXPECT_ERROR(ioctl(d, 0xd003, &q), EFAULT);
	EXPECT_EQ(noted, 1); /* it waits again */
	EXPECT_ERROR(ioctl(d, 0xd009, &q), EINVAL);
	EXPECT_ERROR(ioctl(fds[0], 0xd001, &q), ENOTTY);
	close(d);
	close(file);
}

static void messages(void)
{
	char text[8] = "", name[16] = "";
	struct strbuf ctl = {8, 0, text}, data = {4, 0, text};
	int fds[2], flags = 0, band = 0, n;

	print("messages\n");
	pipe2(fds, 0);
	EXPECT_EQ(ioctl(fds[0], 0x5322, 0), 1); /* I_CANPUT: it is a stream */
	EXPECT_EQ(ioctl(fds[0], 0x5301, &n), 0);
	data.len = 6;
	data.buf = "sender";
	EXPECT_EQ(sys(SYS_putmsg, fds[1], NULL, &data, 0), 0);
	EXPECT_EQ(ioctl(fds[0], 0x5301, &n), 1);
	EXPECT_EQ(n, 6);
	data.buf = text;
	EXPECT_EQ(sys(SYS_getmsg, fds[0], &ctl, &data, &flags), 2); /* MOREDATA */
	EXPECT(ctl.len == -1 && data.len == 4 && !memcmp(text, "send", 4));
	flags = 2;
	EXPECT_EQ(sys(SYS_getpmsg, fds[0], &ctl, &data, &band, &flags), 0);
	EXPECT(data.len == 2 && flags == 4 && band == 0);
	flags = 9;
	EXPECT_EQ(sys(SYS_getmsg, fds[0], &ctl, &data, &flags), -EINVAL);
	ctl.len = 4;
	EXPECT_EQ(sys(SYS_putmsg, fds[1], &ctl, NULL, 0), -EINVAL);
	n = open("file", O_RDWR | O_CREAT, 0600);
	flags = 0;
	EXPECT_EQ(sys(SYS_getmsg, n, &ctl, &data, &flags), -ENOSTR);
	EXPECT_EQ(ioctl(fds[0], 0x530b, "ldterm"), 0);
	EXPECT_ERROR(ioctl(fds[0], 0x5304, name), EINVAL);
	EXPECT_ERROR(ioctl(fds[0], 0x5302, "ldterm"), EINVAL);
}

static void terminals(void)
{
	char name[16] = "";
	int slave, master = open_terminal(&slave);

	print("terminals\n");
	EXPECT(slave > 2);
	EXPECT_EQ(ioctl(slave, 0x5302, "ptem"), 0);
	EXPECT_EQ(ioctl(slave, 0x5302, "ldterm"), 0);
	EXPECT_ERROR(ioctl(slave, 0x5302, "other"), EINVAL);
	EXPECT_EQ(ioctl(slave, 0x530b, "ldterm"), 1);
	EXPECT_EQ(ioctl(slave, 0x5304, name), 0);
	print("%s\n", name);
	EXPECT_EQ(ioctl(slave, 0x5315, NULL), 4);
	close(master);
}

static void descriptors(void)
{
	struct {
		int fd;
		u32 uid, gid;
		char fill[8];
	} got;
	int sv[2] = {(int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1),
		     (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0, NULL, 1)};
	char byte = 0;
	int fds[2];

	print("descriptors\n");
	sys(SYS_so_socketpair, sv);
	pipe2(fds, 0);
	EXPECT_EQ(ioctl(sv[0], 0x5311, (void *)(long)fds[0]), 0);
	EXPECT_EQ(ioctl(sv[1], 0x530e, &got), 0);
	EXPECT_EQ(got.uid, (u32)sys(SYS_getuid));
	write(fds[1], "p", 1);
	EXPECT_EQ(read(got.fd, &byte, 1), 1);
	EXPECT_EQ(byte, 'p');
	EXPECT_ERROR(ioctl(sv[0], 0x5311, (void *)777), EBADF);
}

int main(void)
{
	device();
	messages();
	terminals();
	descriptors();
	return 0;
}
