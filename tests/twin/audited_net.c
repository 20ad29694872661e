/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses a policy may refuse (tests/tap/audit.t), and what comes of each; without one, all but
 * connections to where nobody listens are had. */
#include "socket.h"

static void tell(const char *what, long r)
{
	print("%s: %s\n", what, r >= 0 ? "done" : error_name((int)-r));
}

static struct sockaddr_in name_of(u32 host, u16 port)
{
	struct sockaddr_in in = inet_name((u16)(port << 8 | port >> 8));

	in.sin_addr = LOOPBACK + (host - 1) * 0x1000000u; /* 127.0.0.host */
	return in;
}

static long send_to(int s, u32 host, u16 port)
{
	struct sockaddr_in in = name_of(host, port);

	return sys(SYS_sendto, s, "x", 1, 0, &in, sizeof(in));
}

static struct msghdr message_to(struct sockaddr_in *in)
{
	static struct iovec v = {(void *)"x", 1};

	return (struct msghdr){
	    .msg_name = in, .msg_namelen = in ? sizeof(*in) : 0, .msg_iov = &v, .msg_iovlen = 1};
}

static long send_message(int s, u32 host)
{
	struct sockaddr_in in = name_of(host, 5001);
	struct msghdr m = message_to(host ? &in : NULL);

	return sys(SYS_sendmsg, s, &m, 0);
}

/* Two messages, by one call where there is one for that. */
static long send_two(int s, u32 first, u32 second)
{
#ifdef __linux__
	struct sockaddr_in a = name_of(first, 5001), b = name_of(second, 5001);
	struct {
		struct msghdr m;
		u32 sent;
	} both[2] = {{message_to(&a), 0}, {message_to(&b), 0}};

	return sys(307 /* sendmmsg */, s, both, 2, 0);
#else
	long r = send_message(s, second);

	return r < 0 ? r : send_message(s, first);
#endif
}

static long connect_to(const struct sockaddr_in *in)
{
	int s = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);

	return sys(SYS_connect, s, in, sizeof(*in));
}

static long bind_to(int family, const void *name, u32 size)
{
	int s = (int)sys(SYS_socket, family, SOCK_STREAM, 0);
	long r = sys(SYS_bind, s, name, size);

	close(s);
	return r;
}

int main(void)
{
	int s = (int)sys(SYS_socket, AF_INET, SOCK_DGRAM, 0), l,
	    six = (int)sys(SYS_socket, AF_INET6, SOCK_DGRAM, 0);
	struct sockaddr_in in;
	struct sockaddr_in6 in6 = inet6_name(5001 >> 8 | (5001 & 0xff) << 8);
	struct sockaddr_un un = unix_name("audited.socket");
	u32 size = sizeof(in);

	tell("a datagram to 127.0.0.1", send_to(s, 1, 5001));
	tell("a datagram to 127.0.0.2", send_to(s, 2, 5001));
	tell("a datagram to another port", send_to(s, 1, 5003));
	tell("a datagram to ::1", sys(SYS_sendto, six, "x", 1, 0, &in6, sizeof(in6)));
	six = (int)sys(SYS_socket, AF_INET6, SOCK_DGRAM, 0);
	set_int(six, IPPROTO_IPV6, IPV6_V6ONLY, 0);
	for (u32 i = 0; i < 16; i++)
		in6.sin6_addr[i] = i < 10 ? 0 : i < 12 ? 0xff : i == 12 ? 127 : i == 15 ? 2 : 0;
	tell("a datagram to ::ffff:127.0.0.2", sys(SYS_sendto, six, "x", 1, 0, &in6, sizeof(in6)));
	tell("a message to 127.0.0.1", send_message(s, 1));
	tell("a message to 127.0.0.2", send_message(s, 2));
	tell("two messages", send_two(s, 1, 1));
	tell("two messages to two", send_two(s, 1, 2));
	tell("an address that is not there", sys(SYS_sendto, s, "x", 1, 0, (void *)16, sizeof(in)));
	in = name_of(1, 0);
	tell("bind to 127.0.0.1", bind_to(AF_INET, &in, sizeof(in)));
	in.sin_addr = 0;
	tell("bind to any", bind_to(AF_INET, &in, sizeof(in)));
	unlink("audited.socket");
	tell("bind to a file", bind_to(AF_UNIX, &un, sizeof(un)));
	unlink("audited.socket");
	l = (int)sys(SYS_socket, AF_INET, SOCK_STREAM, 0);
	in = name_of(1, 0);
	sys(SYS_bind, l, &in, sizeof(in));
	sys(SYS_listen, l, 1);
	sys(SYS_getsockname, l, &in, &size);
	tell("connect to 127.0.0.1", connect_to(&in));
	in = name_of(1, 1);
	tell("connect to nobody", connect_to(&in));
	in = name_of(1, 5001);
	sys(SYS_connect, s, &in, sizeof(in));
	tell("a message on a connected socket", send_message(s, 0));
	return 0;
}
