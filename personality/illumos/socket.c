/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/socket.c: making sockets, naming, connecting and accepting.
 *
 * Most calls are the hub's with another address format; errors that illumos gives otherwise are put
 * right on the way out, by questions asked only after a failure. A name is always said whole, even
 * when less of it had room. bind(2) of AF_INET looks at the family only when the program is
 * XPG4.2's.
 *
 * Facts: usr/src/uts/common/fs/sockfs/{socksyscalls,sockcommon,sockcommon_sops,socktpi,sockparams,
 * socksubr}.c; socket(3SOCKET), accept(3SOCKET), connect(3SOCKET), listen(3SOCKET).
 */
#include "personality/illumos/socket.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/illumos/clofork.h"
#include "personality/illumos/illumos.h"

/* ---- addresses ----------------------------------------------------------------------------- */

long illumos_is_socket(int s)
{
	long r = core_fd_hidden(s) ? -CORE_EBADF : core_socket_option(s, CORE_SO_TYPE);

	return r < 0 ? r : 0;
}

long illumos_sockaddr_in(int s, guest_ptr name, u32 len, enum illumos_name_use use,
			 struct core_sockaddr_storage *to)
{
	u8 bytes[sizeof(struct illumos_sockaddr_storage)];
	long family = core_socket_option(s, CORE_SO_DOMAIN);

	if (family < 0)
		return family;
	if (len > ILLUMOS_SO_MAXARGSIZE)
		return -CORE_EINVAL;
	if (copy_from_guest(bytes, name, MIN(len, (u32)sizeof(bytes))) < 0)
		return -CORE_EFAULT;
	if (len > sizeof(bytes))
		return family == CORE_AF_UNIX && use != ILLUMOS_NAME_CONNECT ? -CORE_ENAMETOOLONG
									     : -CORE_EINVAL;
	return illumos_to_core_sockaddr((int)family, bytes, len, use, to);
}

static long name_out(const void *name, u32 len, guest_ptr to, u32 room, guest_ptr tolen)
{
	if (!to.addr || room == 0)
		len = 0;
	if (copy_to_guest(to, name, MIN(len, room)) < 0)
		return -CORE_EFAULT;
	return tolen.addr ? guest_write_u32(tolen, len) : 0;
}

long illumos_sockaddr_out(const struct core_sockaddr_storage *from, u32 len, guest_ptr name,
			  u32 room, guest_ptr namelen)
{
	struct illumos_sockaddr_storage out;

	len = core_to_illumos_sockaddr(from, len, &out);
	return name_out(&out, len, name, room, namelen);
}

/* ---- socket, socketpair -------------------------------------------------------------------- */

/* solookup(): what family, type and protocol are there together? */
static long find_protocol(int family, int type, int *core_family, int *core_type)
{
	bool known = illumos_to_core_socktype(type, core_type);

	if (family == ILLUMOS_AF_UNSPEC || !illumos_to_core_family(family, core_family))
		return -CORE_EAFNOSUPPORT;
	if (!known || type == ILLUMOS_SOCK_RDM ||
	    (family == ILLUMOS_AF_UNIX && type == ILLUMOS_SOCK_RAW) ||
	    (family != ILLUMOS_AF_UNIX && type == ILLUMOS_SOCK_SEQPACKET))
		return -CORE_EPROTOTYPE;
	return 0;
}

static long creation_error(long r, int protocol)
{
	if (r == -CORE_ESOCKTNOSUPPORT || r == -CORE_EINVAL)
		return protocol == 0 ? -CORE_EPROTOTYPE : -CORE_EPROTONOSUPPORT;
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

long illumos_so_socket(struct core_thread *t, FAMILY family, SOCKTYPE type, INT protocol,
		       STR devpath, INT version)
{
	int core_family, core_type, flags;
	long r;

	(void)t, (void)devpath, (void)version;
	if (!illumos_to_core_sockflags(
		(u32)type & ~(u32)(ILLUMOS_SOCK_TYPE_MASK | ILLUMOS_SOCK_CLOFORK), &flags))
		return -CORE_EINVAL;
	r = find_protocol(family, type & ILLUMOS_SOCK_TYPE_MASK, &core_family, &core_type);
	if (r < 0)
		return r;
	if (family == ILLUMOS_AF_UNIX && protocol) /* none of its own: any is the default */
		protocol = 0;
	r = EXO(socket, core_family, core_type | flags, protocol);
	if (r < 0)
		return creation_error(r, protocol);
	if (UNLIKELY(type & ILLUMOS_SOCK_CLOFORK))
		illumos_clofork_set((int)r, true);
	return r;
}

/*
 * The library made two sockets, and they become a pair. Here a new pair takes the place of the two:
 * they have no name, no peer and nobody else yet.
 */
long illumos_so_socketpair(struct core_thread *t, INOUT sv)
{
	i32 given[2], pair[2];
	long r, type;

	(void)t;
	if (copy_from_guest(given, sv, sizeof(given)) < 0)
		return -CORE_EFAULT;
	for (int i = 0; i < 2; i++) {
		r = illumos_is_socket(given[i]);
		if (r < 0)
			return r;
	}
	for (int i = 0; i < 2; i++)
		if (!core_socket_is(given[i], CORE_SO_DOMAIN, CORE_AF_UNIX))
			return -CORE_EOPNOTSUPP;
	type = core_socket_option(given[0], CORE_SO_TYPE);
	if (core_socket_connected(given[0]) || core_socket_connected(given[1]))
		return -CORE_EISCONN;
	r = EXO(socketpair, CORE_AF_UNIX, type, 0, pair);
	if (r < 0)
		return r;
	for (int i = 0; i < 2; i++) {
		long fd = EXO_NOW(fcntl, given[i], CORE_F_GETFD);
		long fl = EXO_NOW(fcntl, given[i], CORE_F_GETFL);

		EXO_NOW(fcntl, pair[i], CORE_F_SETFL, fl & CORE_O_NONBLOCK);
		EXO_NOW(dup3, pair[i], given[i], fd & CORE_FD_CLOEXEC ? CORE_O_CLOEXEC : 0);
		EXO_NOW(close, pair[i]);
	}
	return copy_to_guest(sv, given, sizeof(given));
}

/* ---- bind, connect ------------------------------------------------------------------------- */

long illumos_bind(struct core_thread *t, FD fd, IN name, UINT namelen, INT version)
{
	struct core_sockaddr_storage core;
	long r = illumos_is_socket(fd), len;

	(void)t;
	if (r < 0)
		return r;
	if (!name.addr || namelen == 0) /* no name is none, and would unbind an old program's */
		return core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_UNIX) ? -CORE_EISDIR
									: -CORE_EINVAL;
	len = illumos_sockaddr_in(
	    fd, name, namelen,
	    version == ILLUMOS_SOV_XPG4_2 ? ILLUMOS_NAME_BIND_XPG : ILLUMOS_NAME_BIND, &core);
	return len < 0 ? len : EXO(bind, fd, &core, len);
}

/* Nobody listens there: that it is no socket at all is another error. */
static long refused(int s, const struct core_sockaddr_storage *name)
{
	struct core_stat st;

	if (name->ss_family != CORE_AF_UNIX)
		return -CORE_ECONNREFUSED;
	if (EXO_NOW(stat, ((const struct core_sockaddr_un *)name)->sun_path, &st) >= 0 &&
	    (st.st_mode & CORE_S_IFMT) != CORE_S_IFSOCK)
		return -CORE_ENOTSOCK;
	return core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_DGRAM) ? -CORE_EDESTADDRREQ
								: -CORE_ECONNREFUSED;
}

static long connect_error(int s, const struct core_sockaddr_storage *name, long r)
{
	switch (-r) {
	case CORE_ECONNREFUSED:
		return refused(s, name);
	case CORE_EAGAIN: /* a full backlog; no port left */
		return name->ss_family == CORE_AF_UNIX ? -CORE_ECONNREFUSED : -CORE_EADDRNOTAVAIL;
	case CORE_EINTR: /* goes on in the background */
		return -CORE_EINTR_FINAL;
	default:
		return r;
	}
}

/* To no address: a datagram socket loses its peer. */
static long connect_to_nothing(int s)
{
	struct core_sockaddr_storage name = {.ss_family = CORE_AF_UNSPEC};
	bool dgram = !core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_STREAM) &&
		     !core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_SEQPACKET);

	if (!core_socket_connected(s))
		return -CORE_EINVAL;
	return dgram ? EXO(connect, s, &name, sizeof(struct core_sockaddr)) : -CORE_EISCONN;
}

long illumos_connect(struct core_thread *t, FD fd, IN name, UINT namelen, INT version)
{
	struct core_sockaddr_storage core;
	long r = illumos_is_socket(fd), len;
	u16 family = 1;

	(void)t, (void)version;
	if (r < 0)
		return r;
	if (core_socket_option(fd, CORE_SO_ACCEPTCONN) > 0)
		return -CORE_EOPNOTSUPP;
	if (namelen >= sizeof(family) && copy_from_guest(&family, name, sizeof(family)) < 0)
		return -CORE_EFAULT;
	if (namelen == 0 || (namelen >= sizeof(family) && family == ILLUMOS_AF_UNSPEC))
		return connect_to_nothing(fd);
	if (core_socket_connected(fd) && !core_socket_is(fd, CORE_SO_TYPE, CORE_SOCK_DGRAM) &&
	    !core_socket_is(fd, CORE_SO_TYPE, CORE_SOCK_RAW))
		return -CORE_EISCONN;
	len = illumos_sockaddr_in(fd, name, namelen, ILLUMOS_NAME_CONNECT, &core);
	if (len < 0)
		return len;
	r = EXO(connect, fd, &core, len);
	return r < 0 ? connect_error(fd, &core, r) : r;
}

/* ---- listen, accept ------------------------------------------------------------------------ */

long illumos_listen(struct core_thread *t, FD fd, INT backlog, INT version)
{
	struct core_sockaddr_storage none = {.ss_family = CORE_AF_UNIX};
	long r = EXO(listen, fd, backlog);

	(void)t, (void)version;
	/* A unix socket without a name gets one that nobody knows. */
	if (r == -CORE_EINVAL && core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_UNIX) &&
	    !core_socket_connected(fd) && EXO_NOW(bind, fd, &none, sizeof(none.ss_family)) >= 0)
		r = EXO(listen, fd, backlog);
	return r;
}

long illumos_accept(struct core_thread *t, FD fd, OUT name, INOUT namelen, INT version, HEX flags)
{
	struct core_sockaddr_storage from;
	u32 len = sizeof(from), room = 0;
	long r = illumos_is_socket(fd), mode;
	int core;

	(void)t, (void)version;
	if (!illumos_to_core_sockflags(flags & ~(u32)ILLUMOS_SOCK_CLOFORK, &core))
		return -CORE_EINVAL;
	if (r < 0)
		return r;
	if (name.addr && guest_read_u32(namelen, &room) < 0)
		return -CORE_EFAULT;
	mode = EXO_NOW(fcntl, fd, CORE_F_GETFL); /* the new socket waits as the old one does */
	if (mode >= 0 && (mode & CORE_O_NONBLOCK))
		core |= CORE_SOCK_NONBLOCK;
	r = EXO(accept4, fd, &from, &len, core);
	if (r < 0)
		return r;
	if (name.addr && room && illumos_sockaddr_out(&from, len, name, room, namelen) < 0) {
		core_close((int)r);
		return -CORE_EFAULT;
	}
	if (UNLIKELY(flags & ILLUMOS_SOCK_CLOFORK))
		illumos_clofork_set((int)r, true);
	if (core_socket_notes(fd))
		core_socket_note((int)r, core_socket_notes(fd), 0);
	return r;
}

/* ---- names --------------------------------------------------------------------------------- */

static long name_of(int fd, bool peer, guest_ptr name, guest_ptr namelen)
{
	struct core_sockaddr_storage core;
	const u16 family = ILLUMOS_AF_UNIX;
	u32 len = sizeof(core), room;
	long r = illumos_is_socket(fd);

	if (r < 0)
		return r;
	if (guest_read_u32(namelen, &room) < 0 || (!name.addr && room))
		return -CORE_EFAULT;
	if (peer)
		r = EXO(getpeername, fd, &core, &len);
	else
		r = EXO(getsockname, fd, &core, &len);
	if (r < 0)
		return r;
	/* No name: of one's own the family alone is said before there is a peer. */
	if (core.ss_family == CORE_AF_UNIX && len <= sizeof(family)) {
		if (!peer && !core_socket_connected(fd))
			return name_out(&family, sizeof(family), name, room, namelen);
		len = sizeof(family);
	}
	return illumos_sockaddr_out(&core, len, name, room, namelen);
}

long illumos_getpeername(struct core_thread *t, FD fd, OUT name, INOUT namelen, INT version)
{
	(void)t, (void)version;
	return name_of(fd, true, name, namelen);
}

long illumos_getsockname(struct core_thread *t, FD fd, OUT name, INOUT namelen, INT version)
{
	(void)t, (void)version;
	return name_of(fd, false, name, namelen);
}

/* ---- shutdown, sockconfig ------------------------------------------------------------------ */

long illumos_shutdown(struct core_thread *t, FD fd, INT how, INT version)
{
	long r = illumos_is_socket(fd);

	(void)t, (void)version;
	if (r < 0)
		return r;
	if (!core_socket_connected(fd)) /* asked first, as X/Open wants it */
		return -CORE_ENOTCONN;
	return EXO(shutdown, fd, how);
}

/* What families, types and protocols there are is not changed here: that is root's. */
long illumos_sockconfig(struct core_thread *t, INT cmd, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t, (void)cmd, (void)a1, (void)a2, (void)a3, (void)a4;
	return -CORE_EPERM;
}
