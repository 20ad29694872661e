/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket.c: making sockets, naming, connecting and accepting.
 *
 * Most calls are the hub's with another address format; the errors FreeBSD gives where the
 * hub gives others are put right on the way out, by questions asked only after a failure.
 * What must be asked before: AF_UNSPEC in connect(2), which the hub takes for "disconnect".
 *
 * An AF_INET6 socket is IPV6_V6ONLY from the start (net.inet6.ip6.v6only). accept(2) hands
 * O_NONBLOCK on to the new socket, accept4(2) does not. bindat(2) and connectat(2) go by
 * /proc/self/fd, and convert_socket.c takes that prefix off when the name is asked for.
 *
 * Facts: sys/kern/uipc_syscalls.c, uipc_socket.c (socreate, soconnectat, soshutdown),
 * uipc_usrreq.c; socket(2), accept(2), connect(2), listen(2), shutdown(2) of FreeBSD 14.
 */
#include "personality/freebsd/socket.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/socket_note.h"

/* ---- addresses and options ------------------------------------------------------------ */

long freebsd_sockaddr_in(guest_ptr name, u32 len, struct core_sockaddr_storage *to)
{
	u8 bytes[FREEBSD_SOCK_MAXADDRLEN];

	if (len <= sizeof(bytes) && copy_from_guest(bytes, name, len) < 0)
		return -CORE_EFAULT;
	return freebsd_to_core_sockaddr(bytes, len, to);
}

long freebsd_sockaddr_out(const struct core_sockaddr_storage *from, u32 len, guest_ptr name,
			  u32 *room)
{
	struct freebsd_sockaddr_storage out;
	u32 n = core_to_freebsd_sockaddr(from, len, &out);

	*room = MIN(*room, n);
	return copy_to_guest(name, &out, *room);
}

/* ---- socket, socketpair ------------------------------------------------------------------ */

/* Domain, type and protocol for the hub, as pffindproto() would find them, or not. */
static long find_protocol(int domain, int type, int protocol, int *family, int *core_type)
{
	bool known;

	if (domain == FREEBSD_AF_UNSPEC || !freebsd_to_core_family(domain, family))
		return -CORE_EAFNOSUPPORT;
	known = freebsd_to_core_socktype(type, core_type);
	type = *core_type & CORE_SOCK_TYPE_MASK;
	if (domain == FREEBSD_AF_UNIX && (type == CORE_SOCK_RAW || type == CORE_SOCK_RDM))
		known = false;
	if (!known)
		return protocol == 0 && type != 0 ? -CORE_EPROTOTYPE : -CORE_EPROTONOSUPPORT;
	if (protocol < 0 || protocol > CORE_IPPROTO_RAW ||
	    (domain == FREEBSD_AF_UNIX && protocol != 0))
		return -CORE_EPROTONOSUPPORT;
	return 0;
}

static long creation_error(long r, int protocol)
{
	if (r == -CORE_ESOCKTNOSUPPORT || r == -CORE_EINVAL)
		return protocol == 0 ? -CORE_EPROTOTYPE : -CORE_EPROTONOSUPPORT;
	return r;
}

long freebsd_socket(struct core_thread *t, FAMILY domain, SOCKTYPE type, INT protocol)
{
	int family, core_type, on = 1;
	long r = find_protocol(domain, type, protocol, &family, &core_type);

	(void)t;
	if (r < 0)
		return r;
	r = EXO(socket, family, core_type, protocol);
	if (r < 0)
		return creation_error(r, protocol);
	if (domain == FREEBSD_AF_INET6)
		EXO_NOW(setsockopt, r, CORE_IPPROTO_IPV6, CORE_IPV6_V6ONLY, &on, sizeof(on));
	return r;
}

long freebsd_socketpair(struct core_thread *t, FAMILY domain, SOCKTYPE type, INT protocol, OUT rsv)
{
	int family, core_type;
	long r = find_protocol(domain, type, protocol, &family, &core_type);

	(void)t;
	if (r < 0)
		return r;
	return creation_error(EXO(socketpair, family, core_type, protocol, rsv.addr), protocol);
}

/* ---- bind, connect ------------------------------------------------------------------------ */

/* A relative path of AF_UNIX as it is called from anywhere. */
static long below(int dirfd, struct core_sockaddr_storage *name, long len)
{
	struct core_sockaddr_un *un = (struct core_sockaddr_un *)name, there;
	long r, n;

	if (dirfd == FREEBSD_AT_FDCWD || len < 0)
		return len;
	if (un->sun_family != CORE_AF_UNIX)
		return -CORE_EOPNOTSUPP;
	if (un->sun_path[0] == '/')
		return len;
	if (core_fd_hidden(dirfd))
		return -CORE_EBADF;
	r = EXO_NOW(fcntl, dirfd, CORE_F_GETFD);
	if (r < 0)
		return r;
	there = *un;
	n = (long)fb_format(there.sun_path, sizeof(there.sun_path), FREEBSD_SOCKET_BELOW "%d/%s",
			    dirfd, un->sun_path);
	if (n >= (long)sizeof(there.sun_path))
		return -CORE_ENAMETOOLONG;
	*un = there;
	return 2 + n + 1;
}

/* The hub says EINVAL of an address of another family than the socket's. */
static bool other_family(int fd, const struct core_sockaddr_storage *name)
{
	long domain = core_socket_option(fd, CORE_SO_DOMAIN);

	return domain >= 0 && domain != name->ss_family;
}

/* An AF_UNSPEC address that is any address: what an old program binds. */
static void unspec_is_inet(guest_ptr from, u32 len, struct core_sockaddr_storage *name)
{
	struct freebsd_sockaddr_in in;

	if (name->ss_family == CORE_AF_UNSPEC && len == sizeof(in) &&
	    copy_from_guest(&in, from, sizeof(in)) == 0) {
		memcpy(name, &in, sizeof(in));
		name->ss_family = CORE_AF_UNSPEC;
	}
}

/* A group of hosts is no end of a stream (tcp_usr_bind, tcp6_usr_connect and their like). */
static bool streams_to_group(int s, const struct core_sockaddr_storage *name)
{
	const u8 *in = (const u8 *)&((const struct core_sockaddr_in *)name)->sin_addr;
	const u8 *in6 = ((const struct core_sockaddr_in6 *)name)->sin6_addr;
	bool group = name->ss_family == CORE_AF_INET	? (*in & 0xf0) == 0xe0
		     : name->ss_family == CORE_AF_INET6 ? *in6 == 0xff
							: false;

	return UNLIKELY(group) && core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_STREAM);
}

/* Ports that FreeBSD gives to IP_PORTRANGE_LOW, from the highest down (netinet/in.h). */
#define PORT_LOW_FIRST 1023
#define PORT_LOW_LAST  600

static bool wants_low_port(int s, const struct core_sockaddr_storage *name)
{
	/* sin_port and sin6_port are at the same place */
	return (name->ss_family == CORE_AF_INET || name->ss_family == CORE_AF_INET6) &&
	       ((const struct core_sockaddr_in *)name)->sin_port == 0 &&
	       freebsd_socket_noted(s, FREEBSD_SOCKET_LOW_PORT);
}

static long bind_low(int s, struct core_sockaddr_storage *name, long len)
{
	struct core_sockaddr_in *in = (struct core_sockaddr_in *)name;
	long r = -CORE_EADDRINUSE;

	for (u32 port = PORT_LOW_FIRST; port >= PORT_LOW_LAST && r == -CORE_EADDRINUSE; port--) {
		in->sin_port = __builtin_bswap16((u16)port);
		r = EXO(bind, s, name, len);
	}
	/* The privilege is asked for first, and its lack is another error than of a port that was
	 * named. */
	return r == -CORE_EACCES ? -CORE_EPERM : r == -CORE_EADDRINUSE ? -CORE_EADDRNOTAVAIL : r;
}

/* Before a call for which the hub would choose a port of its own. */
static long choose_low_port(int s)
{
	struct core_sockaddr_storage name;
	u32 len = sizeof(name);

	if (LIKELY(!freebsd_socket_noted(s, FREEBSD_SOCKET_LOW_PORT)) ||
	    EXO_NOW(getsockname, s, &name, &len) < 0 || !wants_low_port(s, &name))
		return 0;
	return bind_low(s, &name, len);
}

static long bind_below(int dirfd, int s, guest_ptr from, u32 fromlen)
{
	struct core_sockaddr_storage name;
	long len = below(dirfd, &name, freebsd_sockaddr_in(from, fromlen, &name)), r;

	if (len < 0)
		return len;
	unspec_is_inet(from, fromlen, &name);
	if (streams_to_group(s, &name))
		return -CORE_EAFNOSUPPORT;
	r = UNLIKELY(wants_low_port(s, &name)) ? bind_low(s, &name, len) : EXO(bind, s, &name, len);
	if ((r == -CORE_EINVAL || r == -CORE_EAFNOSUPPORT) && other_family(s, &name))
		return -CORE_EAFNOSUPPORT;
	return r;
}

long freebsd_bind(struct core_thread *t, FD s, IN name, UINT namelen)
{
	(void)t;
	return bind_below(FREEBSD_AT_FDCWD, s, name, namelen);
}

long freebsd_bindat(struct core_thread *t, FD fd, FD s, IN name, UINT namelen)
{
	(void)t;
	return bind_below(fd, s, name, namelen);
}

/* An address no socket takes: a connected datagram socket loses its peer all the same. */
static long connect_to_nothing(int s, const struct core_sockaddr_storage *name, long len)
{
	long type = core_socket_option(s, CORE_SO_TYPE);

	if (type < 0)
		return type;
	if (type == CORE_SOCK_DGRAM)
		EXO_NOW(connect, s, name, len);
	else if (core_socket_connected(s))
		return -CORE_EISCONN;
	return -CORE_EAFNOSUPPORT;
}

/* Nobody listens there: that it is no socket at all is another error. */
static long refused(const struct core_sockaddr_storage *name)
{
	struct core_stat st;

	if (name->ss_family == CORE_AF_UNIX &&
	    EXO_NOW(stat, ((const struct core_sockaddr_un *)name)->sun_path, &st) >= 0 &&
	    (st.st_mode & CORE_S_IFMT) != CORE_S_IFSOCK)
		return -CORE_ENOTSOCK;
	return -CORE_ECONNREFUSED;
}

static long connect_error(int s, const struct core_sockaddr_storage *name, long r)
{
	switch (-r) {
	case CORE_ECONNREFUSED:
		return refused(name);
	case CORE_EAGAIN: /* a full backlog; no port left */
		return name->ss_family == CORE_AF_UNIX ? -CORE_ECONNREFUSED : -CORE_EADDRNOTAVAIL;
	case CORE_EISCONN:
	case CORE_EINVAL:
		if (core_socket_option(s, CORE_SO_ACCEPTCONN) > 0)
			return -CORE_EOPNOTSUPP;
		return other_family(s, name) ? -CORE_EAFNOSUPPORT : r;
	default:
		return freebsd_not_restarted(r);
	}
}

static long connect_below(int dirfd, int s, guest_ptr to, u32 tolen)
{
	struct core_sockaddr_storage name;
	long len = below(dirfd, &name, freebsd_sockaddr_in(to, tolen, &name)), r;

	if (len < 0)
		return len;
	if (name.ss_family == CORE_AF_UNSPEC)
		return connect_to_nothing(s, &name, len);
	if (core_socket_connected(s) && !core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_DGRAM))
		return -CORE_EISCONN; /* the hub would tell the end of a connect(2) in the
					 background */
	if (streams_to_group(s, &name))
		return -CORE_EAFNOSUPPORT;
	r = choose_low_port(s);
	if (r < 0)
		return r;
	r = EXO(connect, s, &name, len);
	return r < 0 ? connect_error(s, &name, r) : r;
}

long freebsd_connect(struct core_thread *t, FD s, IN name, UINT namelen)
{
	(void)t;
	return connect_below(FREEBSD_AT_FDCWD, s, name, namelen);
}

long freebsd_connectat(struct core_thread *t, FD fd, FD s, IN name, UINT namelen)
{
	(void)t;
	return connect_below(fd, s, name, namelen);
}

/* ---- listen, accept ------------------------------------------------------------------------- */

long freebsd_listen(struct core_thread *t, FD s, INT backlog)
{
	long r = choose_low_port(s);

	(void)t;
	if (r < 0)
		return r;
	r = EXO(listen, s, backlog);
	if (r == -CORE_EINVAL && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX) &&
	    !core_socket_connected(s))
		return -CORE_EDESTADDRREQ; /* no name */
	return r;
}

static long accept_with(int s, guest_ptr name, guest_ptr namelen, int flags)
{
	struct core_sockaddr_storage from;
	u32 len = sizeof(from), room = 0;
	long fd;

	if (name.addr && guest_read_u32(namelen, &room) < 0)
		return -CORE_EFAULT;
	if ((i32)room < 0)
		return -CORE_EINVAL;
	if (!name.addr)
		fd = EXO(accept4, s, NULL, NULL, flags);
	else
		fd = EXO(accept4, s, &from, &len, flags);
	if (fd == -CORE_EOPNOTSUPP)
		return -CORE_EINVAL; /* cannot listen */
	if (fd < 0)
		return fd;
	if (freebsd_socket_noted(s, ~0u))
		core_socket_note((int)fd, core_socket_notes(s), 0);
	if (!name.addr)
		return fd;
	if (freebsd_sockaddr_out(&from, len, name, &room) < 0 ||
	    guest_write_u32(namelen, room) < 0) {
		core_close((int)fd);
		return -CORE_EFAULT;
	}
	return fd;
}

long freebsd_accept(struct core_thread *t, FD s, OUT name, INOUT anamelen)
{
	long flags = EXO_NOW(fcntl, s, CORE_F_GETFL);

	(void)t;
	if (flags < 0)
		return flags;
	return accept_with(s, name, anamelen, flags & CORE_O_NONBLOCK ? CORE_SOCK_NONBLOCK : 0);
}

long freebsd_accept4(struct core_thread *t, FD s, OUT name, INOUT anamelen, HEX flags)
{
	int core;

	(void)t;
	if (flags & ~(u32)(FREEBSD_SOCK_CLOEXEC | FREEBSD_SOCK_NONBLOCK))
		return -CORE_EINVAL;
	freebsd_to_core_socktype((int)flags, &core);
	return accept_with(s, name, anamelen, core);
}

/* ---- names --------------------------------------------------------------------------------------
 */

static long name_of(enum exo_op op, int fd, guest_ptr name, guest_ptr namelen)
{
	struct core_sockaddr_storage core;
	u32 len = sizeof(core), room;
	long r;

	if (guest_read_u32(namelen, &room) < 0)
		return -CORE_EFAULT;
	if ((i32)room < 0)
		return -CORE_EINVAL;
	r = exo_call((u64)fd, (u64)&core, (u64)&len, 0, 0, op);
	if (r < 0)
		return r;
	if (freebsd_sockaddr_out(&core, len, name, &room) < 0)
		return -CORE_EFAULT;
	return guest_write_u32(namelen, room);
}

long freebsd_getsockname(struct core_thread *t, FD fdes, OUT asa, INOUT alen)
{
	(void)t;
	return name_of(EXO_getsockname, fdes, asa, alen);
}

long freebsd_getpeername(struct core_thread *t, FD fdes, OUT asa, INOUT alen)
{
	(void)t;
	return name_of(EXO_getpeername, fdes, asa, alen);
}

/* ---- shutdown
 * ------------------------------------------------------------------------------------ */

/*
 * Sockets that listen or are not connected answer ENOTCONN, though listening ends and
 * readers of a datagram socket are woken; the hub is content with some of them.
 */
long freebsd_shutdown(struct core_thread *t, FD s, INT how)
{
	bool not_connected =
	    how != FREEBSD_SHUT_WR && core_socket_option(s, CORE_SO_ACCEPTCONN) > 0;
	long r;

	if (!not_connected && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX))
		not_connected = !core_socket_connected(s);
	r = EXO(shutdown, s, how);
	if (r == 0 && not_connected)
		r = -CORE_ENOTCONN;
	/* Programs before FreeBSD 11 are not told. */
	return r == -CORE_ENOTCONN && freebsd_older_than(t, FREEBSD_OSREL_SHUTDOWN_ENOTCONN) ? 0
											     : r;
}
