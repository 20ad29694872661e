/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets of every family: connections, datagrams, names, options, descriptors in messages. */
#include "socket.h"

static void stream(int family)
{
	struct sockaddr_in in = inet_name(0);
	struct sockaddr_in6 in6 = inet6_name(0);
	void *name = family == AF_INET ? (void *)&in : (void *)&in6;
	u32 size = family == AF_INET ? sizeof(in) : sizeof(in6), len = size;
	int l = (int)sys(SYS_socket, family, SOCK_STREAM, 0), a, c;
	char buf[16];

	print("stream sockets of family %s\n", family == AF_INET ? "inet" : "inet6");
	EXPECT_EQ(sys(SYS_bind, l, name, size), 0);
	EXPECT_EQ(sys(SYS_listen, l, -1), 0);
	EXPECT_EQ(sys(SYS_getsockname, l, name, &len), 0);
	EXPECT_EQ(len, size);
	c = (int)sys(SYS_socket, family, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
	EXPECT_EQ(fcntl(c, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(sys(SYS_getpeername, c, name, &len), -ENOTCONN);
	EXPECT_EQ(sys(SYS_connect, c, name, size), 0);
	EXPECT_EQ(sys(SYS_connect, c, name, size), -EISCONN);
	a = (int)sys(SYS_accept4, l, NULL, NULL, SOCK_NONBLOCK);
	EXPECT(fcntl(a, F_GETFL, 0) & O_NONBLOCK);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, 0, NULL, NULL), -EAGAIN);
	EXPECT_EQ(sys(SYS_sendto, c, "hello", 5, 0, NULL, 0), 5);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, MSG_PEEK, NULL, NULL), 5);
	len = size;
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, MSG_DONTWAIT, name, &len), 5);
	EXPECT_EQ(len, 0);
	EXPECT_EQ(sys(SYS_shutdown, c, SHUT_WR), 0);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, 0, NULL, NULL), 0);
	EXPECT_EQ(sys(SYS_sendto, c, "x", 1, MSG_NOSIGNAL, NULL, 0), -EPIPE);
	EXPECT_EQ(sys(SYS_shutdown, c, 3), -EINVAL);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_EQ(set_int(c, IPPROTO_TCP, TCP_NODELAY, 1), 0);
	EXPECT(get_int(c, IPPROTO_TCP, TCP_NODELAY) != 0);
	close(a);
	close(c);
	close(l);
	c = (int)sys(SYS_socket, family, SOCK_STREAM, 0);
	EXPECT_EQ(sys(SYS_connect, c, name, size), -ECONNREFUSED);
}

static void datagrams(void)
{
	int a = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0),
	    b = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in name = inet_name(0), from;
	u32 len = sizeof(name);
	struct msghdr m;
	char buf[8];

	print("datagrams\n");
	EXPECT_EQ(sys(SYS_sendto, b, "x", 1, 0, NULL, 0), -EDESTADDRREQ);
	EXPECT_EQ(sys(SYS_bind, a, &name, len), 0);
	EXPECT_EQ(sys(SYS_bind, a, &name, len), -EINVAL);
	EXPECT_EQ(sys(SYS_getsockname, a, &name, &len), 0);
	EXPECT_EQ(sys(SYS_sendto, b, "message", 7, 0, &name, len), 7);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 3, 0, &from, &len), 3);
	EXPECT(len == sizeof(from) && from.sin_family == AF_INET && from.sin_addr == LOOPBACK);
	EXPECT_EQ(sys(SYS_connect, b, &name, len), 0);
	EXPECT_EQ(sys(SYS_sendto, b, "second", 6, 0, NULL, 0), 6);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 3, MSG_TRUNC | MSG_PEEK, NULL, NULL), 6);
	EXPECT_EQ(receive(a, &m, NULL, 0, 0), 6);
	EXPECT_EQ(m.msg_flags, 0);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 8, MSG_DONTWAIT, NULL, NULL), -EAGAIN);
	close(a);
	close(b);
}

static void descriptors(int type)
{
	char control[CMSG_SPACE(8)], byte;
	int pair[2], fds[2], got[2];
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct msghdr m;

	print("descriptors in messages, sockets of type %d\n", type);
	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, type, 0, pair), 0);
	EXPECT_EQ(pipe2(fds, 0), 0);
	EXPECT_EQ(send_fds(pair[0], fds, 2), 1);
	EXPECT_EQ(receive(pair[1], &m, control, sizeof(control), 0), 1);
	EXPECT(m.msg_controllen == CMSG_SPACE(8) && m.msg_flags == 0);
	EXPECT(c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
	       c->cmsg_len == CMSG_LEN(8));
	memcpy(got, CMSG_DATA(c), 8);
	EXPECT_EQ(write(got[1], "through", 1), 1);
	EXPECT_EQ(read(fds[0], &byte, 1), 1);
	EXPECT_EQ(byte, 't');
	fds[0] = 777;
	EXPECT_EQ(send_fds(pair[0], fds, 1), -EBADF);
	EXPECT_EQ(send_fds(pair[0], got, 1), 1);
	EXPECT_EQ(receive(pair[1], &m, control, 12, 0), 1);
	EXPECT(m.msg_flags == MSG_CTRUNC && m.msg_controllen == 0);
	if (type == SOCK_STREAM) {
		on_signal(SIGPIPE, HANDLER_IGNORE, 0);
		close(pair[1]);
		EXPECT_ERROR(write(pair[0], "x", 1), EPIPE);
		EXPECT_EQ(read(pair[0], &byte, 1), 0);
	}
}

static void errors(void)
{
	struct sockaddr_un un = unix_name("socket"), none = unix_name("nobody");
	int s = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0),
	    c = (int)sys(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	int d = (int)sys(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	u32 len = sizeof(un);

	print("errors\n");
	EXPECT_EQ(sys(SYS_connect, c, &none, sizeof(none)), -ENOENT);
	EXPECT_EQ(sys(SYS_bind, s, &un, sizeof(un)), 0);
	EXPECT_EQ(sys(SYS_bind, c, &un, sizeof(un)), -EADDRINUSE);
	EXPECT_EQ(sys(SYS_connect, c, &un, sizeof(un)), -ECONNREFUSED);
	EXPECT_EQ(sys(SYS_accept, s, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_listen, s, 5), 0);
	EXPECT_EQ(sys(SYS_connect, d, &un, sizeof(un)), -EPROTOTYPE);
	EXPECT_EQ(sys(SYS_connect, c, &un, sizeof(un)), 0);
	EXPECT_EQ(sys(SYS_sendto, d, "x", 1, 0, NULL, 0), -ENOTCONN);
	EXPECT_EQ(sys(SYS_listen, d, 5), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_bind, 777, &un, sizeof(un)), -EBADF);
	EXPECT_EQ(sys(SYS_bind, 0, &un, sizeof(un)), -ENOTSOCK);
	EXPECT_EQ(sys(SYS_getsockname, s, (void *)8, &len), -EFAULT);
	EXPECT_EQ(sys(SYS_socket, 99, SOCK_STREAM, 0), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_socket, AF_INET, SOCK_STREAM, IPPROTO_UDP), -EPROTONOSUPPORT);
	EXPECT_EQ(sys(SYS_socketpair, AF_INET, SOCK_STREAM, 0, &len), -EOPNOTSUPP);
}

static volatile int handled;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
	handled++;
}

/* A child interrupts the wait, and then ends it. */
static void restarts(int flags)
{
	struct timespec pause = {0, 50 * 1000000};
	int pair[2], pid, parent = getpid();
	struct pollfd p = {-1, POLLIN, 0};
	char byte;

	print("interrupted, SA_RESTART %d\n", flags != 0);
	handled = 0;
	on_signal(SIGUSR1, handler, flags);
	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair), 0);
	pid = fork();
	if (pid == 0) {
		nanosleep(&pause, NULL);
		kill(parent, SIGUSR1);
		nanosleep(&pause, NULL);
		write(pair[1], "a", 1);
		exit(0);
	}
	EXPECT_EQ(sys(SYS_recvfrom, pair[0], &byte, 1, 0, NULL, NULL), flags ? 1 : -EINTR);
	EXPECT_EQ(handled, 1);
	waitpid(pid, NULL, 0);
	p.fd = pair[0];
	if (flags)
		write(pair[1], "b", 1);
	read(pair[0], &byte, 1);
	pid = fork();
	if (pid == 0) {
		nanosleep(&pause, NULL);
		kill(parent, SIGUSR1);
		exit(0);
	}
	EXPECT_EQ(sys(SYS_poll, &p, 1, -1), -EINTR);
	waitpid(pid, NULL, 0);
	EXPECT_EQ(handled, 2);
}

int main(void)
{
	stream(AF_INET);
	stream(AF_INET6);
	datagrams();
	descriptors(SOCK_STREAM);
	descriptors(SOCK_DGRAM);
	errors();
	restarts(0);
	restarts(SA_RESTART);
	return 0;
}
