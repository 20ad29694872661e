/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/socket.c: sockets, of the standard's kind (__xnet_) and of the older one.
 *
 * Every call says which of the two it is. Facts: socket(3SOCKET), connect(3XNET),
 * usr/src/lib/libsocket/socket, SOV_ of usr/src/uts/common/sys/socketvar.h.
 */
#include "guest/illumos/libc/libc.h"

#define SOV_DEFAULT 1
#define SOV_XPG4_2  4

typedef uint32_t socklen_t;
struct sockaddr;
struct msghdr;

#define BOTH(name, params, nr, ...)                                                                \
	EXPORT int name params                                                                     \
	{                                                                                          \
		const int version = SOV_DEFAULT;                                                   \
		return (int)result(SYSCALL(SYS_##nr, __VA_ARGS__));                                \
	}                                                                                          \
	EXPORT int __xnet_##name params                                                            \
	{                                                                                          \
		const int version = SOV_XPG4_2;                                                    \
		return (int)result(SYSCALL(SYS_##nr, __VA_ARGS__));                                \
	}

BOTH(socket, (int family, int type, int protocol), so_socket, family, type, protocol, NULL, version)
BOTH(bind, (int fd, const struct sockaddr *name, socklen_t len), bind, fd, name, len, version)
BOTH(listen, (int fd, int backlog), listen, fd, backlog, version)
/* A slip of Go's in the list of what it imports, which never is called. */
EXPORT int __xnet_llisten(int, int) __attribute__((alias("__xnet_listen")));
BOTH(connect, (int fd, const struct sockaddr *name, socklen_t len), connect, fd, name, len, version)
BOTH(getsockopt, (int fd, int level, int option, void *value, socklen_t *len), getsockopt, fd,
     level, option, value, len, version)

/* Two sockets are made, and then one of the other: in place of a third number the call gives one.
 */
static int pair(int family, int type, int protocol, int fds[2], int version)
{
	int own[2];
	struct syscall_answer r;

	for (int i = 0; i < 2; i++) {
		r = SYSCALL(SYS_so_socket, family, type, protocol, NULL, version);
		if (r.error) {
			if (i)
				SYSCALL(SYS_close, own[0]);
			return (int)fail_with(r.error);
		}
		own[i] = (int)r.value;
	}
	fds[0] = own[0];
	fds[1] = own[1];
	r = SYSCALL(SYS_so_socketpair, fds);
	if (r.error) {
		SYSCALL(SYS_close, own[0]);
		SYSCALL(SYS_close, own[1]);
		return (int)fail_with(r.error);
	}
	for (int i = 0; i < 2; i++)
		if (fds[i] != own[i])
			SYSCALL(SYS_close, own[i]);
	return 0;
}

EXPORT int socketpair(int family, int type, int protocol, int fds[2])
{
	return pair(family, type, protocol, fds, SOV_DEFAULT);
}

EXPORT int __xnet_socketpair(int family, int type, int protocol, int fds[2])
{
	return pair(family, type, protocol, fds, SOV_XPG4_2);
}

#define ONE(type, name, params, nr, ...)                                                           \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(WAITING(nr, __VA_ARGS__));                                     \
	}

ONE(int, accept, (int fd, struct sockaddr *name, socklen_t *len), accept, fd, name, len,
    SOV_DEFAULT, 0)
ONE(int, accept4, (int fd, struct sockaddr *name, socklen_t *len, int flags), accept, fd, name, len,
    SOV_DEFAULT, flags)
ONE(int, shutdown, (int fd, int how), shutdown, fd, how, SOV_DEFAULT)
ONE(int, getpeername, (int fd, struct sockaddr *name, socklen_t *len), getpeername, fd, name, len,
    SOV_DEFAULT)
ONE(int, getsockname, (int fd, struct sockaddr *name, socklen_t *len), getsockname, fd, name, len,
    SOV_DEFAULT)
ONE(int, setsockopt, (int fd, int level, int option, const void *value, socklen_t len), setsockopt,
    fd, level, option, value, len, SOV_DEFAULT)
ONE(ssize_t, recv, (int fd, void *buf, size_t n, int flags), recv, fd, buf, n, flags)
ONE(ssize_t, recvfrom,
    (int fd, void *buf, size_t n, int flags, struct sockaddr *from, socklen_t *len), recvfrom, fd,
    buf, n, flags, from, len)
ONE(ssize_t, recvmsg, (int fd, struct msghdr *msg, int flags), recvmsg, fd, msg, flags)
ONE(ssize_t, send, (int fd, const void *buf, size_t n, int flags), send, fd, buf, n, flags)
ONE(ssize_t, sendto,
    (int fd, const void *buf, size_t n, int flags, const struct sockaddr *to, socklen_t len),
    sendto, fd, buf, n, flags, to, len)
ONE(ssize_t, sendmsg, (int fd, const struct msghdr *msg, int flags), sendmsg, fd, msg, flags)

#define MSG_XPG4_2 0x8000

ONE(ssize_t, __xnet_recvmsg, (int fd, struct msghdr *msg, int flags), recvmsg, fd, msg,
    flags | MSG_XPG4_2)
ONE(ssize_t, __xnet_sendmsg, (int fd, const struct msghdr *msg, int flags), sendmsg, fd, msg,
    flags | MSG_XPG4_2)
ONE(ssize_t, __xnet_sendto,
    (int fd, const void *buf, size_t n, int flags, const struct sockaddr *to, socklen_t len),
    sendto, fd, buf, n, flags | MSG_XPG4_2, to, len)
