/* SPDX-License-Identifier: BSD-2-Clause */
/* What is FreeBSD's own about internet sockets: defaults, options, errors, control messages. */
#include "socket.h"

#define SO_ACCEPTCONN	  0x2
#define SO_REUSEPORT	  0x200
#define SO_ACCEPTFILTER	  0x1000
#define SO_SNDTIMEO	  0x1005
#define SO_LISTENQLIMIT	  0x1011
#define SO_LISTENQLEN	  0x1012
#define SO_SETFIB	  0x1014
#define SO_PROTOCOL	  0x1016
#define SO_DOMAIN	  0x1019
#define SCM_TIMESTAMP	  2
#define IP_TTL		  4
#define IP_RECVDSTADDR	  7
#define IP_SENDSRCADDR	  7
#define IP_RECVTTL	  65
#define IP_DONTFRAG	  67
#define IPV6_PKTINFO	  46
#define IPV6_RECVPKTINFO  36
#define TCP_NOPUSH	  4
#define TCP_INFO	  32
#define TCP_CONGESTION	  64
#define TCP_MAXUNACKTIME  68
#define TCP_KEEPIDLE	  256
#define MCAST_JOIN_GROUP  80
#define MCAST_LEAVE_GROUP 81
#define MSG_EOF		  0x100
#define SIOCGIFINFO_IN6	  0xc048696c

static int make(int family, int type)
{
	return (int)sys(SYS_socket, family, type, 0);
}

static void families(void)
{
	struct sockaddr_in in = inet_name(0), nowhere = {0}, group = in;
	struct sockaddr_in6 in6 = inet6_name(0);
	struct sockaddr_un un = unix_name("x");
	int s = make(AF_INET, SOCK_STREAM), d = make(AF_INET, SOCK_DGRAM),
	    s6 = make(AF_INET6, SOCK_STREAM);
	u32 len = sizeof(in);

	EXPECT_EQ(get_int(s6, IPPROTO_IPV6, IPV6_V6ONLY), 1);
	EXPECT_EQ(sys(SYS_bind, s, &in6, sizeof(in6)), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_bind, s6, &in, sizeof(in)), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_bind, s, &un, sizeof(un)), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_bind, s, &in, 15), -EINVAL);
	EXPECT_EQ(sys(SYS_connect, s, &nowhere, sizeof(in)), -EAFNOSUPPORT);
	/* Groups are nobody a stream could have as its end. */
	group.sin_addr = 0x000000e0;
	EXPECT_EQ(sys(SYS_bind, s, &group, sizeof(group)), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_connect, s, &group, sizeof(group)), -EAFNOSUPPORT);
	/* An address of no family ends a datagram socket's connection, and is an error. */
	EXPECT_EQ(sys(SYS_bind, d, &in, sizeof(in)), 0);
	EXPECT_EQ(sys(SYS_getsockname, d, &in, &len), 0);
	EXPECT_EQ(sys(SYS_connect, d, &in, len), 0);
	EXPECT_EQ(sys(SYS_getpeername, d, &in, &len), 0);
	EXPECT_EQ(sys(SYS_sendto, d, "x", 1, 0, &in, len), -EISCONN);
	EXPECT_EQ(sys(SYS_sendto, d, "x", 1, 0, NULL, 0), 1);
	EXPECT_EQ(sys(SYS_connect, d, &nowhere, sizeof(in)), -EAFNOSUPPORT);
	EXPECT_EQ(sys(SYS_getpeername, d, &in, &len), -ENOTCONN);
	/* Any address may be bound without its family. */
	EXPECT_EQ(sys(SYS_bind, s, &nowhere, sizeof(in)), 0);
	EXPECT_EQ(sys(SYS_accept, d, NULL, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_bind, s6, &in6, 27), -EINVAL);
	close(s);
	close(d);
	close(s6);
}

static void accepting(void)
{
	struct sockaddr_in in = inet_name(0), nowhere = {0};
	u32 len = sizeof(in);
	int l = make(AF_INET, SOCK_STREAM), c = make(AF_INET, SOCK_STREAM), a;
	char byte;

	EXPECT_EQ(set_int(l, SOL_SOCKET, SO_REUSEADDR, 1), 0);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_REUSEADDR), SO_REUSEADDR);
	EXPECT_EQ(set_int(l, SOL_SOCKET, SO_KEEPALIVE, 1), 0);
	EXPECT_EQ(sys(SYS_bind, l, &in, len), 0);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_ACCEPTCONN), 0);
	EXPECT_EQ(sys(SYS_listen, l, 7), 0);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_ACCEPTCONN), SO_ACCEPTCONN);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_LISTENQLIMIT), 7);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_LISTENQLEN), 0);
	EXPECT_EQ(sys(SYS_getsockname, l, &in, &len), 0);
	EXPECT_EQ(sys(SYS_connect, l, &in, len), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_connect, c, &in, len), 0);
	EXPECT_EQ(sys(SYS_connect, c, &nowhere, len), -EISCONN);
	EXPECT_EQ(get_int(l, SOL_SOCKET, SO_LISTENQLEN), 1);
	/* accept(2) hands O_NONBLOCK on, not FD_CLOEXEC; accept4(2) neither. */
	EXPECT_EQ(fcntl(l, F_SETFL, O_NONBLOCK), 0);
	EXPECT_EQ(fcntl(l, F_SETFD, FD_CLOEXEC), 0);
	EXPECT_EQ(sys(SYS_accept, l, &in, NULL), -EFAULT);
	len = sizeof(in);
	a = (int)sys(SYS_accept, l, &in, &len);
	EXPECT(len == sizeof(in) && in.sin_len == sizeof(in) && in.sin_family == AF_INET);
	EXPECT_EQ(fcntl(a, F_GETFL, 0) & O_NONBLOCK, O_NONBLOCK);
	EXPECT_EQ(fcntl(a, F_GETFD, 0), 0);
	EXPECT_EQ(get_int(a, SOL_SOCKET, SO_KEEPALIVE), SO_KEEPALIVE);
	EXPECT_EQ(sys(SYS_accept, l, NULL, NULL), -EAGAIN);
	EXPECT_EQ(sys(SYS_accept4, l, NULL, NULL, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_sendto, c, "last", 4, MSG_EOF, NULL, 0), 4);
	fcntl(a, F_SETFL, 0);
	EXPECT_EQ(sys(SYS_recvfrom, a, &byte, 1, 0, NULL, NULL), 1);
	EXPECT_EQ(sys(SYS_recvfrom, a, &byte, 1, MSG_TRUNC, NULL, NULL), 1);
	EXPECT_EQ(byte, 'a');
	read(a, &byte, 1);
	read(a, &byte, 1);
	EXPECT_EQ(read(a, &byte, 1), 0);
	EXPECT_EQ(sys(SYS_shutdown, l, SHUT_RDWR), -ENOTCONN);
	close(a);
	len = sizeof(in);
	EXPECT_EQ(sys(SYS_getsockname, c, &in, &len), 0);
	close(c);
	close(l);
	c = make(AF_INET, SOCK_STREAM);
	fcntl(c, F_SETFL, O_NONBLOCK);
	EXPECT_EQ(sys(SYS_getpeername, c, &in, &len), -ENOTCONN);
	sys(SYS_connect, c, &in, len);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	EXPECT_EQ(get_int(c, SOL_SOCKET, SO_ERROR), 0);
	close(c);
}

static void options(void)
{
	struct timeval tv = {1, 500000};
	i32 linger[2] = {1, 3};
	char name[16] = "newreno";
	u8 info[240];
	u32 len = sizeof(linger);
	int s = make(AF_INET6, SOCK_STREAM);

	EXPECT_EQ(get_int(s, SOL_SOCKET, SO_DOMAIN), AF_INET6);
	EXPECT_EQ(get_int(s, SOL_SOCKET, SO_PROTOCOL), IPPROTO_TCP);
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_LINGER, linger, 8), 0);
	EXPECT_EQ(sys(SYS_getsockopt, s, SOL_SOCKET, SO_LINGER, linger, &len), 0);
	EXPECT(len == 8 && linger[0] == SO_LINGER && linger[1] == 3);
	linger[1] = -1;
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_LINGER, linger, 8), -EDOM);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_SNDBUF, 20000), 0);
	EXPECT_EQ(get_int(s, SOL_SOCKET, SO_SNDBUF), 20000);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_RCVBUF, 0), -EINVAL);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_RCVBUF, 1 << 30), -ENOBUFS);
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_SNDTIMEO, &tv, 16), 0);
	tv.tv_usec = 1000000;
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_SNDTIMEO, &tv, 16), -EDOM);
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_SNDTIMEO, &tv, 15), -EINVAL);
	len = 16;
	EXPECT_EQ(sys(SYS_getsockopt, s, SOL_SOCKET, SO_SNDTIMEO, &tv, &len), 0);
	EXPECT(len == 16 && tv.tv_sec == 1 && tv.tv_usec == 500000);
	EXPECT_EQ(set_int(s, IPPROTO_TCP, TCP_NODELAY, 1), 0);
	EXPECT_EQ(get_int(s, IPPROTO_TCP, TCP_NODELAY), 4);
	EXPECT_EQ(set_int(s, IPPROTO_TCP, TCP_NOPUSH, 1), 0);
	EXPECT_EQ(get_int(s, IPPROTO_TCP, TCP_NOPUSH), 0x1000);
	EXPECT_EQ(set_int(s, IPPROTO_TCP, TCP_KEEPIDLE, 77), 0);
	EXPECT_EQ(get_int(s, IPPROTO_TCP, TCP_KEEPIDLE), 77);
	EXPECT_EQ(set_int(s, IPPROTO_TCP, TCP_MAXUNACKTIME, 9), 0);
	EXPECT_EQ(get_int(s, IPPROTO_TCP, TCP_MAXUNACKTIME), 9);
	EXPECT_EQ(sys(SYS_setsockopt, s, IPPROTO_TCP, TCP_CONGESTION, name, 7), 0);
	len = sizeof(name);
	EXPECT_EQ(sys(SYS_getsockopt, s, IPPROTO_TCP, TCP_CONGESTION, name, &len), 0);
	EXPECT(strcmp(name, "newreno") == 0);
	len = sizeof(info);
	EXPECT_EQ(sys(SYS_getsockopt, s, IPPROTO_TCP, TCP_INFO, info, &len), 0);
	EXPECT(len == sizeof(info) && info[0] == 0);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_SETFIB, 0), 0);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_ACCEPTFILTER, 0), -EINVAL);
	EXPECT_EQ(set_int(s, SOL_SOCKET, 0x7777, 0), -ENOPROTOOPT);
	EXPECT_EQ(set_int(s, 1, 2, 1), -ENOPROTOOPT); /* the host's SO_REUSEADDR */
	EXPECT_EQ(set_int(0, SOL_SOCKET, SO_REUSEADDR, 1), -ENOTSOCK);
	EXPECT_EQ(set_int(0, 999, 1, 1), -ENOTSOCK);
	EXPECT_EQ(set_int(777, 999, 1, 1), -EBADF);
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_REUSEADDR, NULL, 4), -EFAULT);
	EXPECT_EQ(sys(SYS_setsockopt, s, SOL_SOCKET, SO_REUSEADDR, &len, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_getsockopt, s, SOL_SOCKET, SO_REUSEADDR, &len, NULL), -EFAULT);
	len = 2;
	info[2] = 99;
	EXPECT_EQ(sys(SYS_getsockopt, s, SOL_SOCKET, SO_TYPE, info, &len), 0);
	EXPECT(len == 2 && info[0] == SOCK_STREAM && info[2] == 99);
	close(s);
	s = make(AF_INET, SOCK_DGRAM);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_DONTFRAG, 1), 0);
	EXPECT_EQ(get_int(s, IPPROTO_IP, IP_DONTFRAG), 1);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_DONTFRAG, 0), 0);
	EXPECT_EQ(get_int(s, IPPROTO_IP, IP_DONTFRAG), 0);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_TTL, 33), 0);
	EXPECT_EQ(get_int(s, IPPROTO_IP, IP_TTL), 33);
	close(s);
}

static void control_messages(void)
{
	struct sockaddr_in in = inet_name(0);
	struct sockaddr_in6 in6 = inet6_name(0);
	char control[128], out[CMSG_SPACE(4)] = {0};
	struct cmsghdr *c = (struct cmsghdr *)control, *o = (struct cmsghdr *)out;
	struct iovec iov = {"hello", 5};
	struct msghdr m, send = {&in, sizeof(in), &iov, 1, out, sizeof(out), 0};
	int s = make(AF_INET, SOCK_DGRAM), source = 0x0200007f;
	u32 len = sizeof(in);

	EXPECT_EQ(sys(SYS_bind, s, &in, len), 0);
	EXPECT_EQ(sys(SYS_getsockname, s, &in, &len), 0);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_RECVDSTADDR, 1), 0);
	EXPECT_EQ(get_int(s, IPPROTO_IP, IP_RECVDSTADDR), 1);
	EXPECT_EQ(sys(SYS_sendto, s, "hello", 5, 0, &in, len), 5);
	EXPECT_EQ(receive(s, &m, control, sizeof(control), 0), 5);
	EXPECT(m.msg_controllen == CMSG_SPACE(4) && c->cmsg_len == CMSG_LEN(4) &&
	       c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVDSTADDR);
	EXPECT_EQ(*(u32 *)CMSG_DATA(c), LOOPBACK);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_RECVDSTADDR, 0), 0);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_RECVTTL, 1), 0);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_TIMESTAMP, 1), 0);
	EXPECT_EQ(sys(SYS_sendto, s, "hello", 5, 0, &in, len), 5);
	EXPECT_EQ(receive(s, &m, control, sizeof(control), 0), 5);
	EXPECT_EQ(m.msg_controllen, CMSG_SPACE(16) + CMSG_SPACE(1));
	EXPECT(c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMP &&
	       *(i64 *)CMSG_DATA(c) > 1000000000);
	c = (struct cmsghdr *)(control + CMSG_SPACE(16));
	EXPECT(c->cmsg_type == IP_RECVTTL && c->cmsg_len == CMSG_LEN(1) &&
	       *(u8 *)CMSG_DATA(c) == 64);
	/* Whole messages only. */
	EXPECT_EQ(sys(SYS_sendto, s, "hello", 5, 0, &in, len), 5);
	EXPECT_EQ(receive(s, &m, control, CMSG_SPACE(16) + CMSG_LEN(1), 0), 5);
	EXPECT(m.msg_controllen == CMSG_SPACE(16) && m.msg_flags == MSG_CTRUNC);
	EXPECT_EQ(set_int(s, IPPROTO_IP, IP_RECVTTL, 0), 0);
	EXPECT_EQ(set_int(s, SOL_SOCKET, SO_TIMESTAMP, 0), 0);
	close(s);

	/* A source chosen for one datagram. */
	s = make(AF_INET, SOCK_DGRAM);
	in.sin_addr = 0;
	in.sin_port = 0;
	EXPECT_EQ(sys(SYS_bind, s, &in, len), 0);
	EXPECT_EQ(sys(SYS_getsockname, s, &in, &len), 0);
	in.sin_addr = LOOPBACK;
	o->cmsg_len = CMSG_LEN(4);
	o->cmsg_level = IPPROTO_IP;
	o->cmsg_type = IP_SENDSRCADDR;
	memcpy(CMSG_DATA(o), &source, 4);
	EXPECT_EQ(sys(SYS_sendmsg, s, &send, 0), 5);
	EXPECT_EQ(sys(SYS_recvfrom, s, control, 5, 0, &in, &len), 5);
	EXPECT_EQ(in.sin_addr, source);
	o->cmsg_type = 99;
	EXPECT_EQ(sys(SYS_sendmsg, s, &send, 0), -EINVAL);
	close(s);

	s = make(AF_INET6, SOCK_DGRAM);
	len = sizeof(in6);
	EXPECT_EQ(sys(SYS_bind, s, &in6, len), 0);
	EXPECT_EQ(sys(SYS_getsockname, s, &in6, &len), 0);
	EXPECT_EQ(set_int(s, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1), 0);
	EXPECT_EQ(sys(SYS_sendto, s, "hello", 5, 0, &in6, len), 5);
	EXPECT_EQ(receive(s, &m, control, sizeof(control), 0), 5);
	c = (struct cmsghdr *)control;
	EXPECT(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_PKTINFO &&
	       c->cmsg_len == CMSG_LEN(20) && ((u8 *)CMSG_DATA(c))[15] == 1);
	close(s);
}

/* A connection made in the background: asked again, connect(2) says that it is there. */
static void background(void)
{
	struct sockaddr_in in = inet_name(0);
	u32 len = sizeof(in);
	int l = make(AF_INET, SOCK_STREAM), c = make(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
	struct pollfd p = {c, POLLOUT, 0};
	long r;

	sys(SYS_bind, l, &in, len);
	sys(SYS_listen, l, 1);
	sys(SYS_getsockname, l, &in, &len);
	r = sys(SYS_connect, c, &in, len);
	EXPECT(r == 0 || r == -EINPROGRESS);
	EXPECT_EQ(sys(SYS_poll, &p, 1, 5000), 1);
	EXPECT_EQ(sys(SYS_connect, c, &in, len), -EISCONN);
	close(l);
	close(c);
}

struct group_req {
	u32 interface;
	union {
		struct sockaddr_in in;
		struct sockaddr_in6 in6;
		u64 storage[16];
	};
};
_Static_assert(sizeof(struct group_req) == 136, "struct group_req");

static long member(int s, int level, int name, const struct group_req *g)
{
	return sys(SYS_setsockopt, s, level, name, g, sizeof(*g));
}

static void groups(void)
{
	struct group_req g = {.interface = 1, .in = inet_name(0)};
	int s = make(AF_INET, SOCK_DGRAM);

	g.in.sin_len = sizeof(g.in);
	EXPECT_EQ(member(s, IPPROTO_IP, MCAST_JOIN_GROUP, &g), -EINVAL); /* no group */
	g.in.sin_addr = 0x010000ef;
	EXPECT_EQ(member(s, IPPROTO_IP, MCAST_JOIN_GROUP, &g), 0);
	EXPECT_EQ(member(s, IPPROTO_IP, MCAST_JOIN_GROUP, &g), -EADDRINUSE);
	EXPECT_EQ(member(s, IPPROTO_IP, MCAST_LEAVE_GROUP, &g), 0);
	EXPECT_EQ(member(s, IPPROTO_IP, MCAST_LEAVE_GROUP, &g), -EADDRNOTAVAIL);
	close(s);
	s = make(AF_INET6, SOCK_DGRAM);
	g.in6 = inet6_name(0);
	g.in6.sin6_len = sizeof(g.in6);
	g.in6.sin6_addr[0] = 0xff;
	g.in6.sin6_addr[1] = 0x01;
	EXPECT_EQ(member(s, IPPROTO_IPV6, MCAST_JOIN_GROUP, &g), 0);
	EXPECT_EQ(member(s, IPPROTO_IPV6, MCAST_LEAVE_GROUP, &g), 0);
	EXPECT_EQ(sys(SYS_setsockopt, s, IPPROTO_IPV6, MCAST_JOIN_GROUP, &g, 135), -EINVAL);
	close(s);
}

#define IP_PORTRANGE 19

static bool low_port(int s)
{
	struct sockaddr_in in = {0};
	u32 len = sizeof(in);
	u16 port;

	sys(SYS_getsockname, s, &in, &len);
	port = __builtin_bswap16(in.sin_port);
	return sys(SYS_getuid) != 0 ? port == 0 || port >= 1024 : port >= 600 && port < 1024;
}

/* rresvport(3) and its kin; the superuser's alone. */
static void ports(void)
{
	int b = make(AF_INET, SOCK_STREAM), l = make(AF_INET, SOCK_STREAM);
	struct sockaddr_in any = inet_name(0);
	bool root = sys(SYS_getuid) == 0;

	EXPECT_EQ(get_int(b, IPPROTO_IP, IP_PORTRANGE), 0);
	EXPECT_EQ(set_int(b, IPPROTO_IP, IP_PORTRANGE, 3), -EINVAL);
	EXPECT_EQ(set_int(b, IPPROTO_IP, IP_PORTRANGE, 2), 0);
	EXPECT_EQ(get_int(b, IPPROTO_IP, IP_PORTRANGE), 2);
	EXPECT(sys(SYS_bind, b, &any, sizeof(any)) == (root ? 0 : -EPERM));
	EXPECT(low_port(b));
	EXPECT_EQ(set_int(l, IPPROTO_IP, IP_PORTRANGE, 2), 0);
	EXPECT(sys(SYS_listen, l, 1) == (root ? 0 : -EPERM));
	EXPECT(low_port(l));
	EXPECT_EQ(set_int(l, IPPROTO_IP, IP_PORTRANGE, 0), 0);
	EXPECT_EQ(set_int(make(AF_UNIX, SOCK_STREAM), IPPROTO_IP, IP_PORTRANGE, 2), -ENOPROTOOPT);
}

/* netinet6/nd6.h: whether an interface does IPv6, as resolvers ask. */
static long neighbour_info(int fd, const char *name, u32 words[18])
{
	for (int i = 0; i < 18; i++)
		words[i] = ~0u;
	__builtin_memset(words, 0, 16);
	for (int i = 0; name[i]; i++)
		((char *)words)[i] = name[i];
	return sys(SYS_ioctl, fd, SIOCGIFINFO_IN6, words);
}

static void neighbours(void)
{
	int in6 = make(AF_INET6, SOCK_DGRAM), in = make(AF_INET, SOCK_DGRAM), pair[2];
	u32 nd[18];

	EXPECT_EQ(neighbour_info(in6, "lo", nd), 0);
	EXPECT(nd[4] >= 1280 && nd[5] == nd[4]); /* linkmtu, maxmtu */
	EXPECT_EQ(nd[9] & 8, 0);		 /* flags: ND6_IFF_IFDISABLED */
	EXPECT_EQ(nd[11] & 0xff, 64);		 /* chlim */
	EXPECT_EQ(neighbour_info(in6, "nowhere0", nd), -ENXIO);
	EXPECT_EQ(neighbour_info(in, "lo", nd), -EINVAL);
	EXPECT_EQ(sys(SYS_ioctl, in6, SIOCGIFINFO_IN6, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_pipe2, pair, 0), 0);
	EXPECT_EQ(neighbour_info(pair[0], "lo", nd), -ENOTTY);
}

int main(void)
{
	families();
	background();
	groups();
	accepting();
	options();
	control_messages();
	ports();
	neighbours();
	return 0;
}
