/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_socket.c: sockets of 2.11BSD. Addresses have the host's layout, and so
 * have families, types and flags; lengths are words and options have numbers of their own. Facts:
 * usr/sys/sys/uipc_syscalls.c, usr/sys/h/socket.h.
 */
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

#define NAME_MAX_BYTES 128

/* The options with a number: BSD's, the host's. */
static const struct {
	u16 bsd, core;
} options[] = {{0x0001, 1}, /* SO_DEBUG */
	       {0x0002, CORE_SO_ACCEPTCONN},
	       {0x0004, CORE_SO_REUSEADDR},
	       {0x0008, CORE_SO_KEEPALIVE},
	       {0x0010, CORE_SO_DONTROUTE},
	       {0x0020, CORE_SO_BROADCAST},
	       {0x0100, CORE_SO_OOBINLINE},
	       {0x1001, 7 /* SO_SNDBUF */},
	       {0x1002, 8 /* SO_RCVBUF */},
	       {0x1003, CORE_SO_SNDLOWAT},
	       {0x1004, CORE_SO_RCVLOWAT},
	       {0x1007, 4 /* SO_ERROR */},
	       {0x1008, 3 /* SO_TYPE */}};

static int option(i32 level, i32 name)
{
	if ((level & 0xffff) != BSD_SOL_SOCKET)
		return -1;
	for (u32 i = 0; i < ARRAY_LEN(options); i++)
		if (options[i].bsd == (name & 0xffff))
			return options[i].core;
	return -1;
}

long research_bsd_socket(struct core_thread *t, FAMILY domain, SOCKTYPE type, INT protocol)
{
	(void)t;
	if (domain != CORE_AF_UNIX && domain != CORE_AF_INET)
		return -CORE_EAFNOSUPPORT;
	return research_new_fd(EXO(socket, domain, type, protocol));
}

long research_bsd_socketpair(struct core_thread *t, FAMILY domain, SOCKTYPE type, INT protocol,
			     OUT fds)
{
	i32 host[2];
	struct pdp_word w[2];
	long r = EXO(socketpair, domain, type, protocol, host);

	(void)t;
	if (r < 0)
		return r;
	r = research_new_fd(host[0]);
	if (r >= 0)
		r = research_new_fd(host[1]);
	if (r < 0)
		return r;
	w[0] = pdp_word((u64)host[0]);
	w[1] = pdp_word((u64)host[1]);
	return copy_to_guest(fds, w, sizeof(w));
}

long research_bsd_connect(struct core_thread *t, FD fd, IN name, UINT n)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(connect, fd, name.addr, n);
}

long research_bsd_bind(struct core_thread *t, FD fd, IN name, UINT n)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(bind, fd, name.addr, n);
}

long research_bsd_listen(struct core_thread *t, FD fd, INT backlog)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(listen, fd, backlog);
}

long research_bsd_shutdown(struct core_thread *t, FD fd, INT how)
{
	long r = research_fd(fd);

	(void)t;
	return r < 0 ? r : EXO(shutdown, fd, how);
}

/* A name of the host's to a guest that says how much room it has. */
static long put_name(guest_ptr name, guest_ptr n, const u8 *host, u32 size)
{
	struct pdp_word room;

	if (!research_addr(name))
		return 0;
	if (copy_from_guest(&room, n, sizeof(room)) < 0)
		return -CORE_EFAULT;
	size = MIN(MIN(size, (u32)pdp_get(room)), NAME_MAX_BYTES);
	room = pdp_word(size);
	if (copy_to_guest(name, host, size) < 0)
		return -CORE_EFAULT;
	return copy_to_guest(n, &room, sizeof(room));
}

static long named(i32 fd, guest_ptr name, guest_ptr n, enum exo_op op)
{
	u8 host[NAME_MAX_BYTES];
	u32 size = sizeof(host);
	long r = research_fd(fd), put;

	if (r == 0)
		r = exo_call((u64)fd, (u64)host, (u64)&size, 0, 0, op);
	if (r < 0)
		return r;
	put = put_name(name, n, host, size);
	return put < 0 ? put : r;
}

long research_bsd_accept(struct core_thread *t, FD fd, OUT name, INOUT n)
{
	(void)t;
	return research_new_fd(named(fd, name, n, EXO_accept));
}

long research_bsd_getpeername(struct core_thread *t, FD fd, OUT name, INOUT n)
{
	(void)t;
	return named(fd, name, n, EXO_getpeername);
}

long research_bsd_getsockname(struct core_thread *t, FD fd, OUT name, INOUT n)
{
	(void)t;
	return named(fd, name, n, EXO_getsockname);
}

long research_bsd_sendto(struct core_thread *t, FD fd, IN buf, UINT n, MSGFLAGS flags, IN name,
			 UINT namelen)
{
	long r = research_fd(fd);

	(void)t;
	if (r < 0)
		return r;
	return EXO(sendto, fd, buf.addr, n, flags & 7, research_addr(name) ? name.addr : 0,
		   research_addr(name) ? namelen : 0);
}

long research_bsd_send(struct core_thread *t, FD fd, IN buf, UINT n, MSGFLAGS flags)
{
	return research_bsd_sendto(t, fd, buf, n, flags, research_at(0), 0);
}

long research_bsd_recvfrom(struct core_thread *t, FD fd, OUT buf, UINT n, MSGFLAGS flags, OUT name,
			   INOUT namelen)
{
	u8 host[NAME_MAX_BYTES];
	u32 size = sizeof(host);
	long r = research_fd(fd), put;

	(void)t;
	if (r == 0)
		r = EXO(recvfrom, fd, buf.addr, n, flags & 7, host, &size);
	if (r < 0)
		return r;
	put = put_name(name, namelen, host, size);
	return put < 0 ? put : r;
}

long research_bsd_recv(struct core_thread *t, FD fd, OUT buf, UINT n, MSGFLAGS flags)
{
	return research_bsd_recvfrom(t, fd, buf, n, flags, research_at(0), research_at(0));
}

#define BSD_SO_LINGER  0x0080
#define CORE_LINGER_NR 13

long research_bsd_setsockopt(struct core_thread *t, FD fd, INT level, INT name, IN val, UINT n)
{
	struct pdp_word w[2] = {pdp_word(1), pdp_word(0)};
	i32 value[2];
	long r = research_fd(fd);
	int core = option(level, name);
	bool linger = (level & 0xffff) == BSD_SOL_SOCKET && (name & 0xffff) == BSD_SO_LINGER;

	(void)t;
	if (r < 0)
		return r;
	if (core < 0 && !linger)
		return -CORE_ENOPROTOOPT;
	if (n && copy_from_guest(w, val, MIN(n, (u32)sizeof(w))) < 0)
		return -CORE_EFAULT;
	value[0] = pdp_get(w[0]);
	value[1] = pdp_get(w[1]);
	return EXO(setsockopt, fd, CORE_SOL_SOCKET, linger ? CORE_LINGER_NR : core, value,
		   linger ? 8 : 4);
}

long research_bsd_getsockopt(struct core_thread *t, FD fd, INT level, INT name, OUT val, INOUT n)
{
	i32 value[2] = {0};
	u32 size = sizeof(value);
	struct pdp_word w[2], room;
	long r = research_fd(fd);
	int core = option(level, name);
	bool linger = (level & 0xffff) == BSD_SOL_SOCKET && (name & 0xffff) == BSD_SO_LINGER;

	(void)t;
	if (r < 0)
		return r;
	if (core < 0 && !linger)
		return -CORE_ENOPROTOOPT;
	if (copy_from_guest(&room, n, sizeof(room)) < 0)
		return -CORE_EFAULT;
	r = EXO(getsockopt, fd, CORE_SOL_SOCKET, linger ? CORE_LINGER_NR : core, value, &size);
	if (r < 0)
		return r;
	if ((name & 0xffff) == 0x1007 && value[0] > 0 && value[0] < 256)
		value[0] = research_errno_bsd[value[0]];
	w[0] = pdp_word((u64)MIN(value[0], 0x7fff));
	w[1] = pdp_word((u64)value[1]);
	size = MIN((u32)pdp_get(room), linger ? 4u : 2u);
	room = pdp_word(size);
	if (copy_to_guest(val, w, size) < 0)
		return -CORE_EFAULT;
	return copy_to_guest(n, &room, sizeof(room));
}
