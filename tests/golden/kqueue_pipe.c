/* SPDX-License-Identifier: BSD-2-Clause */
/* EVFILT_READ and EVFILT_WRITE on pipes, with every flag that changes what is reported. */
#include "freebsd_event.h"
#include "socket.h"

#define SYS_mkfifo 132

static int fds[2], kq;

static void level_and_edge(void)
{
	struct kevent k[4];
	char buf[16];

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(fds[1], "hello", 5);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, 0, 0, 5);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, 0, 0, 5);
	read(fds[0], buf, 2);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, 0, 0, 3);
	read(fds[0], buf, 3);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), 0);
	EXPECT_ERROR(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), ENOENT);

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD | EV_CLEAR, 0, 0), 0);
	write(fds[1], "abc", 3);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_CLEAR, 0, 3);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(fds[1], "d", 1);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_CLEAR, 0, 4);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	/* Added again it is looked at again. */
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_CLEAR, 0, 4);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), 0);
}

static void once_and_dispatch(void)
{
	struct kevent k[4];

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD | EV_ONESHOT, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_ONESHOT, 0, 4);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_ERROR(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), ENOENT);

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD | EV_DISPATCH, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_DISPATCH, 0, 4);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	/* EV_ADD alone does not enable. */
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD | EV_DISPATCH, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ENABLE, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_DISPATCH, 0, 4);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), 0);

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD | EV_DISABLE, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_ERROR(change(kq, fds[0], EVFILT_READ, EV_ENABLE | EV_DISABLE, 0, 0), EINVAL);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ENABLE, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, 0, 0, 4);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_DISABLE, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_FORCEONESHOT | EV_ENABLE, 0, 0), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_ONESHOT, 0, 4);
	EXPECT_ERROR(change(kq, fds[0], EVFILT_READ, EV_ENABLE, 0, 0), ENOENT);
}

/* Sockets have a low-water mark; pipes report whatever there is. */
static void low_water(void)
{
	struct kevent k[4];
	int s[2], size = 0;
	u32 len = sizeof(size);

	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD, NOTE_LOWAT, 6), 0);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, 0, 0, 4);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), 0);

	sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s);
	EXPECT_EQ(change(kq, s[0], EVFILT_READ, EV_ADD, NOTE_LOWAT, 6), 0);
	write(s[1], "abcde", 5);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(s[1], "f", 1);
	EXPECT_EVENT(kq, s[0], EVFILT_READ, 0, 0, 6);
	EXPECT_EVENT(kq, s[0], EVFILT_READ, 0, 0, 6);
	read(s[0], k, 1);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(s[1], "g", 1);
	EXPECT_EVENT(kq, s[0], EVFILT_READ, 0, 0, 6);
	EXPECT_EQ(change(kq, s[0], EVFILT_READ, EV_DELETE, 0, 0), 0);

	/* There is never more room than the buffer has. */
	EXPECT_EQ(sys(SYS_getsockopt, s[1], SOL_SOCKET, SO_SNDBUF, &size, &len), 0);
	EXPECT_EQ(change(kq, s[0], EVFILT_WRITE, EV_ADD, NOTE_LOWAT, size + 1), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, s[0], EVFILT_WRITE, EV_ADD, NOTE_LOWAT, size), 0);
	EXPECT(poll_events(kq, k, 4) == 1 && k[0].data == size);
	close(s[0]);
	close(s[1]);
	write(fds[1], "ef", 2);
}

static void end_of_file(void)
{
	struct kevent k[4];
	char buf[16];
	int n;

	EXPECT_EQ(change(kq, fds[1], EVFILT_WRITE, EV_ADD | EV_CLEAR, 0, 0), 0);
	n = wait_events(kq, k, 4);
	EXPECT(n == 1 && k[0].filter == EVFILT_WRITE && k[0].data > 4096);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, fds[1], EVFILT_WRITE, EV_DELETE, 0, 0), 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_READ, EV_ADD, 0, 0), 0);
	close(fds[1]);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_EOF, 0, 6);
	read(fds[0], buf, 16);
	EXPECT_EVENT(kq, fds[0], EVFILT_READ, EV_EOF, 0, 0);
	close(fds[0]);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_ERROR(change(kq, fds[0], EVFILT_READ, EV_DELETE, 0, 0), EBADF);
	pipe2(fds, 0);
	EXPECT_EQ(change(kq, fds[1], EVFILT_WRITE, EV_ADD, 0, 0), 0);
	close(fds[0]);
	/* With the room there was, and never again. */
	n = wait_events(kq, k, 4);
	EXPECT(n == 1 && k[0].flags == (EV_EOF | EV_ONESHOT) && k[0].data > 4096);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	/* Whoever comes later is told so at once. */
	EXPECT_ERROR(change(kq, fds[1], EVFILT_WRITE, EV_DELETE, 0, 0), ENOENT);
	EXPECT_ERROR(change(kq, fds[1], EVFILT_WRITE, EV_ADD, 0, 0), EPIPE);
	EXPECT_EQ(change(kq, fds[1], EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EVENT(kq, fds[1], EVFILT_READ, EV_EOF, 0, 0);
	close(fds[1]);
	/* The end for reading has another end too. */
	pipe2(fds, 0);
	EXPECT_EQ(change(kq, fds[0], EVFILT_WRITE, EV_ADD | EV_CLEAR, 0, 0), 0);
	close(fds[1]);
	n = wait_events(kq, k, 4);
	EXPECT(n == 1 && k[0].flags == (EV_EOF | EV_CLEAR | EV_ONESHOT));
	EXPECT_ERROR(change(kq, fds[0], EVFILT_WRITE, EV_ADD, 0, 0), EPIPE);
	close(fds[0]);
}

/* The direction that a named one was not opened for never has anything to report. */
static void one_direction(void)
{
	struct kevent k[4];
	int in, out, n;

	sys(SYS_mkfifo, "fifo", 0600);
	in = open("fifo", O_RDONLY | O_NONBLOCK);
	EXPECT_EQ(change(kq, in, EVFILT_WRITE, EV_ADD, 0, 0), 0);
	EXPECT_EQ(change(kq, in, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	out = open("fifo", O_WRONLY | O_NONBLOCK);
	EXPECT_EQ(change(kq, out, EVFILT_READ, EV_ADD, 0, 0), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	write(out, "x", 1);
	EXPECT_EVENT(kq, in, EVFILT_READ, 0, 0, 1);
	read(in, k, 1);
	close(in);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, out, EVFILT_WRITE, EV_ADD, 0, 0), 0);
	n = wait_events(kq, k, 4);
	EXPECT(n == 1 && k[0].flags == EV_EOF && k[0].data > 4096);
	in = open("fifo", O_RDONLY | O_NONBLOCK); /* somebody reads it again */
	n = wait_events(kq, k, 4);
	EXPECT(n == 1 && k[0].flags == 0 && k[0].data > 4096);
	close(in);
	close(out);
	unlink("fifo");
}

int main(void)
{
	kq = kqueue();
	EXPECT_EQ(pipe2(fds, 0), 0);
	level_and_edge();
	once_and_dispatch();
	low_water();
	end_of_file();
	one_direction();
	return 0;
}
