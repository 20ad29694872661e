/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/socket.h: sockets of each system for the test programs (sys/socket.h,
 * netinet/in.h, sys/un.h, sys/poll.h of FreeBSD, of illumos and of Linux).
 */
#ifndef FB_TESTS_GUEST_SOCKET_H
#define FB_TESTS_GUEST_SOCKET_H

#include "guest.h"

#define AF_UNSPEC    0
#define AF_UNIX	     1
#define AF_INET	     2
#define MSG_OOB	     0x1
#define MSG_PEEK     0x2
#define SHUT_RD	     0
#define SHUT_WR	     1
#define SHUT_RDWR    2
#define IPPROTO_IP   0
#define IPPROTO_TCP  6
#define IPPROTO_UDP  17
#define IPPROTO_IPV6 41
#define TCP_NODELAY  1
#define POLLIN	     0x1
#define POLLPRI	     0x2
#define POLLOUT	     0x4
#define POLLERR	     0x8
#define POLLHUP	     0x10
#define POLLNVAL     0x20

#ifdef __FreeBSD__

#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_SEQPACKET	5
#define SCM_RIGHTS	1
#define SYS_accept	30
#define SYS_getpeername 31
#define SYS_recvfrom	29
#define SYS_select	93
#define SYS_getsockopt	118
#define SYS_shutdown	134
#define SYS_pselect	522
#define AF_INET6	28
#define SOCK_CLOEXEC	0x10000000
#define SOCK_NONBLOCK	0x20000000
#define SOL_SOCKET	0xffff
#define SO_REUSEADDR	0x4
#define SO_KEEPALIVE	0x8
#define SO_BROADCAST	0x20
#define SO_LINGER	0x80
#define SO_TIMESTAMP	0x400
#define SO_SNDBUF	0x1001
#define SO_RCVBUF	0x1002
#define SO_RCVTIMEO	0x1006
#define SO_ERROR	0x1007
#define SO_TYPE		0x1008
#define IPV6_V6ONLY	27
#define MSG_DONTWAIT	0x80
#define MSG_WAITALL	0x40
#define MSG_TRUNC	0x10
#define MSG_CTRUNC	0x20
#define MSG_NOSIGNAL	0x20000

struct sockaddr_in {
	u8 sin_len, sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};

struct sockaddr_in6 {
	u8 sin6_len, sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id;
};

struct sockaddr_un {
	u8 sun_len, sun_family;
	char sun_path[104];
};

struct msghdr {
	void *msg_name;
	u32 msg_namelen;
	struct iovec *msg_iov;
	i32 msg_iovlen;
	void *msg_control;
	u32 msg_controllen;
	i32 msg_flags;
};
_Static_assert(sizeof(struct msghdr) == 48, "struct msghdr");

struct cmsghdr {
	u32 cmsg_len;
	i32 cmsg_level, cmsg_type;
};

#elif defined(__sun__)

#define SYS_socket     SYS_so_socket
#define AF_INET6       26
#define SOCK_STREAM    2
#define SOCK_DGRAM     1
#define SOCK_RAW       4
#define SOCK_SEQPACKET 6
#define SOCK_CLOEXEC   0x080000
#define SOCK_NONBLOCK  0x100000
#define SOL_SOCKET     0xffff
#define SO_REUSEADDR   0x4
#define SO_KEEPALIVE   0x8
#define SO_BROADCAST   0x20
#define SO_LINGER      0x80
#define SO_RECVUCRED   0x400
#define SO_SNDBUF      0x1001
#define SO_RCVBUF      0x1002
#define SO_RCVTIMEO    0x1006
#define SO_ERROR       0x1007
#define SO_TYPE	       0x1008
#define SO_DOMAIN      0x100c
#define SCM_RIGHTS     0x1010
#define SCM_UCRED      0x1012
#define SO_TIMESTAMP   0x1013
#define IP_RECVDSTADDR 0x7
#define IP_RECVTTL     0xb
#define IP_PKTINFO     0x1a
#define IPV6_V6ONLY    0x27
#define MSG_DONTWAIT   0x80
#define MSG_WAITALL    0x40
#define MSG_TRUNC      0x20
#define MSG_CTRUNC     0x10
#define MSG_NOSIGNAL   0x200
#define MSG_XPG4_2     0x8000

struct sockaddr_in {
	u16 sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};

struct sockaddr_in6 {
	u16 sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id, sin6_src_id;
};

struct sockaddr_un {
	u16 sun_family;
	char sun_path[108];
};

struct msghdr {
	void *msg_name;
	u32 msg_namelen;
	struct iovec *msg_iov;
	i32 msg_iovlen;
	void *msg_control;
	u32 msg_controllen;
	i32 msg_flags;
};
_Static_assert(sizeof(struct msghdr) == 48, "struct msghdr");

struct cmsghdr {
	u32 cmsg_len;
	i32 cmsg_level, cmsg_type;
};

#else

#define SOCK_STREAM    1
#define SOCK_DGRAM     2
#define SOCK_RAW       3
#define SOCK_SEQPACKET 5
#define SCM_RIGHTS     1
#define AF_INET6       10
#define SOCK_CLOEXEC   02000000
#define SOCK_NONBLOCK  04000
#define SOL_SOCKET     1
#define SO_REUSEADDR   2
#define SO_TYPE	       3
#define SO_ERROR       4
#define SO_BROADCAST   6
#define SO_SNDBUF      7
#define SO_RCVBUF      8
#define SO_KEEPALIVE   9
#define SO_LINGER      13
#define SO_RCVTIMEO    20
#define SO_TIMESTAMP   29
#define IPV6_V6ONLY    26
#define MSG_DONTWAIT   0x40
#define MSG_WAITALL    0x100
#define MSG_TRUNC      0x20
#define MSG_CTRUNC     0x8
#define MSG_NOSIGNAL   0x4000

struct sockaddr_in {
	u16 sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};

struct sockaddr_in6 {
	u16 sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id;
};

struct sockaddr_un {
	u16 sun_family;
	char sun_path[108];
};

struct msghdr {
	void *msg_name;
	u32 msg_namelen;
	struct iovec *msg_iov;
	u64 msg_iovlen;
	void *msg_control;
	u64 msg_controllen;
	i32 msg_flags;
};

struct cmsghdr {
	u64 cmsg_len;
	i32 cmsg_level, cmsg_type;
};

#endif

#ifdef __sun__
/* The data are 12 bytes behind the beginning, the next message is at a multiple of 4. */
#define CMSG_DATA(c)  ((void *)((char *)(c) + 12))
#define CMSG_LEN(n)   (12 + (n))
#define CMSG_SPACE(n) ((12 + (n) + 3) & ~3ul)
#define MSG_STYLE     MSG_XPG4_2 /* a msghdr with control messages and flags */
#else
/* Both put the data 16 bytes behind the beginning and the next message at a multiple of 8. */
#define CMSG_DATA(c)  ((void *)((char *)(c) + 16))
#define CMSG_LEN(n)   (16 + (n))
#define CMSG_SPACE(n) (16 + (((n) + 7) & ~7ul))
#define MSG_STYLE     0
#endif

struct iovec {
	void *iov_base;
	size_t iov_len;
};

struct pollfd {
	int fd;
	i16 events, revents;
};

struct timeval {
	i64 tv_sec, tv_usec;
};

#define LOOPBACK 0x0100007f /* 127.0.0.1, in network order */

static inline struct sockaddr_in inet_name(u16 port)
{
	struct sockaddr_in in = {0};

	in.sin_family = AF_INET;
	in.sin_addr = LOOPBACK;
	in.sin_port = port;
	return in;
}

static inline struct sockaddr_in6 inet6_name(u16 port)
{
	struct sockaddr_in6 in6 = {0};

	in6.sin6_family = AF_INET6;
	in6.sin6_addr[15] = 1;
	in6.sin6_port = port;
	return in6;
}

static inline struct sockaddr_un unix_name(const char *path)
{
	struct sockaddr_un un = {0};

	un.sun_family = AF_UNIX;
	memcpy(un.sun_path, path, strlen(path));
	return un;
}

static inline int set_int(int s, int level, int name, int value)
{
	return (int)sys(SYS_setsockopt, s, level, name, &value, sizeof(value));
}

/* The option's value, or the negative error. */
static inline int get_int(int s, int level, int name)
{
	u32 len = 4;
	int value = 0;
	long r = sys(SYS_getsockopt, s, level, name, &value, &len);

	return r < 0 ? (int)r : value;
}

/* Sends a byte with n descriptors. */
static inline long send_fds(int s, const int *fds, int n)
{
	char control[CMSG_SPACE(16 * sizeof(int))] = {0}, byte = 'x';
	struct iovec iov = {&byte, 1};
	struct msghdr m = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control};
	struct cmsghdr *c = (struct cmsghdr *)control;

	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN((u32)n * 4);
	memcpy(CMSG_DATA(c), fds, (size_t)n * sizeof(int));
	m.msg_controllen = CMSG_SPACE((u32)n * 4);
	return sys(SYS_sendmsg, s, &m, MSG_STYLE);
}

/* A message with room bytes for control messages; m gets what came. */
static inline long receive(int s, struct msghdr *m, void *control, u32 room, int flags)
{
	static char byte[64];
	static struct iovec iov;

	iov.iov_base = byte;
	iov.iov_len = sizeof(byte);
	memset(m, 0, sizeof(*m));
	m->msg_iov = &iov;
	m->msg_iovlen = 1;
	m->msg_control = control;
	m->msg_controllen = room;
	return sys(SYS_recvmsg, s, m, flags | MSG_STYLE);
}

#endif
