/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets as illumos numbers and answers them: names, types, options, errors, control messages. */
#include "socket.h"

static int so_socket(int family, int type)
{
	return (int)sys(SYS_socket, family, type, 0, NULL, 1);
}

static long pair_of(int type, int sv[2])
{
	sv[0] = so_socket(AF_UNIX, type);
	sv[1] = so_socket(AF_UNIX, type);
	return sys(SYS_so_socketpair, sv);
}

static void stream(int family)
{
	struct sockaddr_in in = inet_name(0);
	struct sockaddr_in6 in6 = inet6_name(0);
	void *name = family == AF_INET ? (void *)&in : (void *)&in6;
	u32 size = family == AF_INET ? sizeof(in) : sizeof(in6), len = size;
	int l = so_socket(family, SOCK_STREAM), c = so_socket(family, SOCK_STREAM | SOCK_CLOEXEC),
	    a;
	char buf[16];

	print("stream sockets of family %d\n", family);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_DOMAIN), family);
	EXPECT_EQ(set_int(l, SOL_SOCKET, SO_REUSEADDR, 1), 0);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_REUSEADDR), SO_REUSEADDR);
	EXPECT_EQ(set_int(l, SOL_SOCKET, SO_TYPE, 1), -ENOPROTOOPT);
	EXPECT_EQ(sys(SYS_sendto, c, "x", 1, 0, NULL, 0), -ENOTCONN);
	EXPECT_EQ(sys(SYS_bind, l, name, size - 1, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_bind, l, name, size, 1), 0);
	EXPECT_EQ(sys(SYS_listen, l, 5, 1), 0);
	EXPECT_EQ(sys(SYS_getsockname, l, name, &len, 1), 0);
	EXPECT_EQ(len, size);
	len = 4; /* a part is written, and all of it said */
	EXPECT_EQ(sys(SYS_getsockname, l, buf, &len, 1), 0);
	EXPECT_EQ(len, size);
	EXPECT_EQ(fcntl(c, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(sys(SYS_getpeername, c, name, &len, 1), -ENOTCONN);
	EXPECT_EQ(sys(SYS_shutdown, c, SHUT_WR, 1), -ENOTCONN);
	EXPECT_EQ(sys(SYS_connect, c, name, size, 1), 0);
	EXPECT_EQ(sys(SYS_connect, c, name, size, 1), -EISCONN);
	EXPECT_EQ(sys(SYS_connect, l, name, size, 1), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_accept, l, NULL, NULL, 1, 0x1000), -EINVAL);
	a = (int)sys(SYS_accept, l, NULL, NULL, 1, SOCK_NONBLOCK | SOCK_CLOEXEC);
	EXPECT_EQ(fcntl(a, F_GETFD, 0), FD_CLOEXEC);
	EXPECT(fcntl(a, F_GETFL, 0) & O_NONBLOCK);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, 0, NULL, NULL), -EAGAIN);
	EXPECT_EQ(sys(SYS_sendto, c, "hello", 5, 0, name, size), 5);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, MSG_PEEK, NULL, NULL), 5);
	len = size;
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, MSG_DONTWAIT, name, &len), 5);
	EXPECT_EQ(len, 0);
	EXPECT_EQ(set_int(c, SOL_SOCKET, SO_RCVBUF, 30000), 0);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_RCVBUF), 30000);
	EXPECT_EQ(sys(SYS_shutdown, c, SHUT_WR, 1), 0);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 16, 0, NULL, NULL), 0);
	EXPECT_EQ(sys(SYS_sendto, c, "x", 1, MSG_NOSIGNAL, NULL, 0), -EPIPE);
	EXPECT_EQ(sys(SYS_shutdown, c, 3, 1), -EINVAL);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_ERROR), 0);
	close(a);
	close(c);
	close(l);
	c = so_socket(family, SOCK_STREAM);
	len = size;
	EXPECT_EQ(sys(SYS_connect, c, name, 2, 1), -EINVAL);
	close(c);
}

static void datagrams(void)
{
	int a = so_socket(AF_INET, SOCK_DGRAM), b = so_socket(AF_INET, SOCK_DGRAM);
	struct sockaddr_in name = inet_name(0), from = {0};
	char control[128], buf[8];
	struct cmsghdr *c = (struct cmsghdr *)control;
	u32 len = sizeof(name);
	struct msghdr m;

	print("datagrams\n");
	EXPECT_EQ(sys(SYS_sendto, b, "x", 1, 0, NULL, 0), -EDESTADDRREQ);
	EXPECT_EQ(sys(SYS_bind, a, &name, len, 1), 0);
	EXPECT_EQ(sys(SYS_bind, a, &name, len, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_getsockname, a, &name, &len, 1), 0);
	EXPECT_EQ(set_int(a, IPPROTO_IP, IP_RECVDSTADDR, 1), 0);
	EXPECT_EQ(set_int(a, IPPROTO_IP, IP_RECVTTL, 1), 0);
	EXPECT_EQ(sys(SYS_sendto, b, "message", 7, 0, &name, len), 7);
	EXPECT_EQ(receive(a, &m, control, sizeof(control), 0), 7);
	EXPECT_EQ(m.msg_flags, 0);
	EXPECT(c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVDSTADDR && c->cmsg_len == 16);
	EXPECT_EQ(*(u32 *)CMSG_DATA(c), LOOPBACK);
	c = (struct cmsghdr *)(control + 16);
	EXPECT(c->cmsg_type == IP_RECVTTL && c->cmsg_len == 13);
	EXPECT_EQ(m.msg_controllen, 29);
	EXPECT_EQ(sys(SYS_sendto, b, "second", 6, 0, &name, len), 6);
	EXPECT_EQ(sys(SYS_recvfrom, a, buf, 3, 0, &from, &len), 3);
	EXPECT(len == sizeof(from) && from.sin_family == AF_INET && from.sin_addr == LOOPBACK);
	EXPECT_EQ(sys(SYS_connect, b, &name, len, 1), 0);
	EXPECT_EQ(sys(SYS_sendto, b, "x", 1, 0, &name, len), -EISCONN);
	EXPECT_EQ(sys(SYS_connect, b, NULL, 0, 1), 0); /* to nothing: no peer any more */
	EXPECT_EQ(sys(SYS_sendto, b, "x", 1, 0, NULL, 0), -EDESTADDRREQ);
	close(a);
	close(b);
}

static void descriptors(void)
{
	char control[CMSG_SPACE(8)], byte = 'b';
	int sv[2], fds[2], got[2];
	struct cmsghdr *c = (struct cmsghdr *)control;
	struct iovec iov = {&byte, 1};
	struct msghdr m;

	print("descriptors\n");
	EXPECT_EQ(pair_of(SOCK_STREAM, sv), 0);
	EXPECT_EQ(pipe2(fds, 0), 0);
	EXPECT_EQ(send_fds(sv[0], fds, 2), 1);
	EXPECT_EQ(receive(sv[1], &m, control, sizeof(control), 0), 1);
	EXPECT(m.msg_controllen == 20 && m.msg_flags == 0);
	EXPECT(c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS && c->cmsg_len == 20);
	memcpy(got, CMSG_DATA(c), 8);
	EXPECT_EQ(write(got[1], "through", 1), 1);
	EXPECT_EQ(read(fds[0], &byte, 1), 1);
	EXPECT_EQ(byte, 't');
	EXPECT_EQ(sys(SYS_send, sv[0], "r", 1, 0), 1);
	EXPECT_EQ(sys(SYS_recv, sv[1], &byte, 1, 0), 1);
	EXPECT_EQ(byte, 'r');
	print("old style\n");
	m = (struct msghdr){
	    .msg_iov = &iov, .msg_iovlen = 1, .msg_control = fds, .msg_controllen = 4};
	EXPECT_EQ(sys(SYS_sendmsg, sv[0], &m, 0), 1);
	m.msg_control = got;
	m.msg_controllen = 8;
	m.msg_flags = 77; /* is not touched: an old msghdr ends before it */
	got[0] = -1;
	EXPECT_EQ(sys(SYS_recvmsg, sv[1], &m, 0), 1);
	EXPECT(m.msg_controllen == 4 && m.msg_flags == 77 && got[0] > 2);
	fds[0] = 777;
	EXPECT_EQ(send_fds(sv[0], fds, 1), -EBADF);
	EXPECT_EQ(send_fds(sv[0], got, 1), 1);
	EXPECT_EQ(receive(sv[1], &m, control, 8, 0), 1);
	EXPECT(m.msg_flags == MSG_CTRUNC && m.msg_controllen == 0);
	m.msg_iovlen = 0;
	EXPECT_EQ(sys(SYS_recvmsg, sv[1], &m, MSG_XPG4_2), -EMSGSIZE);
}

static void credentials(void)
{
	static union {
		char bytes[512];
		u32 words[128];
	} control;
	u32 *u = &control.words[3];
	int sv[2];
	struct msghdr m;

	print("credentials\n");
	EXPECT_EQ(pair_of(SOCK_DGRAM, sv), 0);
	EXPECT_EQ(set_int(sv[1], SOL_SOCKET, SO_RECVUCRED, 1), 0);
	EXPECT_EQ(sys(SYS_sendto, sv[0], "who", 3, 0, NULL, 0), 3);
	EXPECT_EQ(receive(sv[1], &m, control.bytes, sizeof(control), 0), 3);
	EXPECT_EQ(control.words[2], SCM_UCRED);
	EXPECT_EQ(control.words[0], u[0] + 12); /* uc_size */
	EXPECT_EQ(u[3], (u32)getpid());
	EXPECT_EQ(u[u[1] / 4 + 1], (u32)sys(SYS_getuid)); /* pr_ruid */
	EXPECT_EQ(u[u[1] / 4 + 6], 1);			  /* pr_ngroups */
}

static void unix_names(void)
{
	struct sockaddr_un un = unix_name("socket"), none = unix_name("nobody"), file;
	int s = so_socket(AF_UNIX, SOCK_STREAM), c = so_socket(AF_UNIX, SOCK_STREAM);
	int d = so_socket(AF_UNIX, SOCK_DGRAM), a;
	u32 len = sizeof(un);

	print("unix sockets\n");
	unlink("socket"); /* of a run that did not end */
	EXPECT_EQ(sys(SYS_getsockname, s, &file, &len, 1), 0);
	EXPECT(len == 2 && file.sun_family == AF_UNIX);
	EXPECT_EQ(sys(SYS_bind, s, &un, 2, 1), -EISDIR);
	EXPECT_EQ(sys(SYS_bind, s, &un, 200, 1), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS_connect, c, &none, sizeof(none), 1), -ENOENT);
	EXPECT_EQ(sys(SYS_bind, s, &un, sizeof(un), 1), 0);
	EXPECT_EQ(sys(SYS_bind, c, &un, sizeof(un), 1), -EADDRINUSE);
	EXPECT_EQ(sys(SYS_connect, c, &un, sizeof(un), 1), -ECONNREFUSED);
	EXPECT_EQ(sys(SYS_listen, s, 5, 1), 0);
	EXPECT_EQ(sys(SYS_connect, d, &un, sizeof(un), 1), -EPROTOTYPE);
	EXPECT_EQ(sys(SYS_sendto, d, "x", 1, 0, NULL, 0), -EDESTADDRREQ);
	EXPECT_EQ(sys(SYS_connect, c, &un, sizeof(un), 1), 0);
	len = sizeof(file);
	a = (int)sys(SYS_accept, s, &file, &len, 1, 0);
	EXPECT(a > 0 && len == 16 && file.sun_family == AF_UNIX && !file.sun_path[0]);
	len = sizeof(file);
	EXPECT_EQ(sys(SYS_getpeername, c, &file, &len, 1), 0);
	EXPECT_EQ(len, 9);
	file = unix_name("file");
	close(open("file", O_WRONLY | O_CREAT, 0600));
	close(c);
	c = so_socket(AF_UNIX, SOCK_STREAM);
	EXPECT_EQ(sys(SYS_connect, c, &file, sizeof(file), 1), -ENOTSOCK);
	EXPECT_EQ(sys(SYS_listen, c, 5, 1), 0); /* without a name */
	EXPECT_EQ(sys(SYS_listen, d, 5, 1), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_bind, 777, &un, sizeof(un), 1), -EBADF);
	EXPECT_EQ(sys(SYS_bind, 0, &un, sizeof(un), 1), -ENOTSOCK);
	EXPECT_EQ(sys(SYS_getsockname, s, (void *)8, &len, 1), -EFAULT);
	EXPECT_EQ(so_socket(99, SOCK_STREAM), -EAFNOSUPPORT);
	EXPECT_EQ(so_socket(AF_INET, SOCK_STREAM | 0x1000000), -EINVAL);
	EXPECT_EQ(sys(SYS_socket, AF_INET, SOCK_STREAM, IPPROTO_UDP, NULL, 1), -EPROTONOSUPPORT);
	EXPECT_EQ(so_socket(AF_INET, SOCK_SEQPACKET), -EPROTOTYPE);
	c = so_socket(AF_INET, SOCK_STREAM | 0x400000);
	EXPECT(fcntl(c, F_GETFD, 0) == 2); /* FD_CLOFORK */
}

static void sends_files(void)
{
	struct {
		int fd;
		u32 flag;
		i64 off;
		u64 len;
	} v[3] = {{-2, 0, 0, 5}, {0, 0, 2, 4}, {-2, 0, 0, 1}};
	int sv[2], fd = open("file", O_RDWR | O_CREAT, 0600);
	u64 moved = 0;
	char buf[16] = "";

	print("sendfilev\n");
	write(fd, "0123456789", 10);
	v[0].off = (i64) "head ";
	v[1].fd = fd;
	v[2].off = (i64) "\n";
	EXPECT_EQ(pair_of(SOCK_STREAM, sv), 0);
	EXPECT_EQ(sys(SYS_sendfilev, 0, sv[0], v, 3, &moved), 10);
	EXPECT_EQ(moved, 10);
	EXPECT_EQ(sys(SYS_recvfrom, sv[1], buf, 16, 0, NULL, NULL), 10);
	print("%s", buf);
	EXPECT_EQ(sys(SYS_sendfilev, 0, sv[0], v, 0, &moved), -EINVAL);
	v[1].flag = 1;
	EXPECT_EQ(sys(SYS_sendfilev, 0, sv[0], v, 3, &moved), -EINVAL);
	EXPECT_EQ(moved, 5);
}

int main(void)
{
	stream(AF_INET);
	stream(AF_INET6);
	datagrams();
	descriptors();
	credentials();
	unix_names();
	sends_files();
	return 0;
}
