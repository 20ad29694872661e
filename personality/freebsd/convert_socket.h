/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_socket.h: socket families, addresses, options and flags.
 *
 * Facts: sys/socket.h, sys/un.h, netinet/in.h, netinet6/in6.h, netinet/tcp.h; sys/kern/
 * uipc_syscalls.c (getsockaddr), uipc_usrreq.c (sun_noname), uipc_socket.c (sogetopt).
 */
#ifndef FB_FREEBSD_CONVERT_SOCKET_H
#define FB_FREEBSD_CONVERT_SOCKET_H

#include "core/abi.h"
#include "personality/freebsd/abi_socket.h"

/* Families both sides have with addresses of the same meaning: unspec, unix, inet, inet6. */
bool freebsd_to_core_family(int family, int *core);
bool core_to_freebsd_family(int core, int *family);
/* The type with SOCK_CLOEXEC and SOCK_NONBLOCK. */
bool freebsd_to_core_socktype(int type, int *core);

#define FREEBSD_SOCK_MAXADDRLEN 255

/* How the hub finds a path below a descriptor; not part of the name the guest gets back. */
#define FREEBSD_SOCKET_BELOW "/proc/self/fd/"

/*
 * An address of len bytes as the guest wrote it; its length byte is disregarded, as the
 * kernel does. Returns the hub's length, or what connect(2) and bind(2) answer: -CORE_EINVAL,
 * -CORE_ENAMETOOLONG, -CORE_EAFNOSUPPORT, -CORE_ENOENT (a path that begins with NUL).
 */
long freebsd_to_core_sockaddr(const void *from, u32 len, struct core_sockaddr_storage *to);
/*
 * The other way: returns the length FreeBSD has for it, with sa_len set to it. An unnamed
 * unix address is 16 bytes of nothing; a name in the hub's abstract space reads "@name".
 * An address of an unknown family becomes a freebsd_sockaddr of AF_UNSPEC.
 */
u32 core_to_freebsd_sockaddr(const struct core_sockaddr_storage *from, u32 len,
			     struct freebsd_sockaddr_storage *to);

bool freebsd_to_core_msgflags(int flags, int *core);
/* msg_flags of a received message; flags FreeBSD does not know make it false. */
bool core_to_freebsd_msgflags(int core, int *flags);

enum freebsd_sockopt_kind {
	FREEBSD_SOCKOPT_PLAIN,	 /* the same value in the same layout */
	FREEBSD_SOCKOPT_FLAG,	 /* an int; when set, getsockopt(2) answers the option's own bit */
	FREEBSD_SOCKOPT_HANDLER, /* the value needs work as well */
};

struct freebsd_sockopt {
	i32 level; /* the hub's */
	i32 name;
	enum freebsd_sockopt_kind kind;
};

/* Level 0 is IPPROTO_IP here; on a unix socket it is SOL_LOCAL, which no row covers. */
bool freebsd_to_core_sockopt(int level, int name, struct freebsd_sockopt *core);

#endif
