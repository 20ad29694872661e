/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket_io.c: sending and receiving.
 *
 * Everything is sent with MSG_NOSIGNAL and SIGPIPE raised here, because FreeBSD has a
 * socket option against it (SO_NOSIGPIPE) and answers ENOTCONN, without a signal, where
 * the hub calls a pipe broken that never was one. Control messages are rebuilt in the
 * thread's scratch memory (convert_control.c); nothing else is copied.
 *
 * Facts: send(2), recv(2), sys/kern/uipc_syscalls.c (sendit, kern_recvit), uipc_socket.c,
 * uipc_usrreq.c (unp_internalize, unp_externalize) of FreeBSD 14.
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/convert_control.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/socket.h"
#include "personality/freebsd/socket_note.h"
#include "personality/freebsd/vector.h"

/* ---- errors ------------------------------------------------------------------------------ */

static long send_error(struct core_thread *t, int s, int flags, bool named, long r)
{
	switch (-r) {
	case CORE_EPIPE:
		if (core_socket_never_connected(s))
			return -CORE_ENOTCONN;
		if (!(flags & FREEBSD_MSG_NOSIGNAL) &&
		    !freebsd_socket_noted(s, FREEBSD_SOCKET_NOSIGPIPE))
			core_socket_raise_sigpipe(t);
		return r;
	case CORE_ECONNREFUSED: /* the peer of a datagram socket has gone */
		return !named && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX) ? -CORE_ECONNRESET
										 : r;
	default:
		return r;
	}
}

/* After a send with MSG_EOF: no more of it. */
static void send_eof(int s, long r)
{
	if (r >= 0)
		EXO_NOW(shutdown, s, CORE_SHUT_WR);
}

/* ---- flags ------------------------------------------------------------------------------- */

static long send_flags(int flags, int *core)
{
	if (!freebsd_to_core_msgflags(flags & ~FREEBSD_MSG_EOF, core))
		return -CORE_EINVAL;
	*core |= CORE_MSG_NOSIGNAL;
	return 0;
}

/* To ask for the whole length is for datagrams; the hub would throw a stream's bytes away. */
static long receive_flags(int s, int flags, int *core)
{
	if (!freebsd_to_core_msgflags(flags, core))
		return -CORE_EINVAL;
	if ((flags & FREEBSD_MSG_TRUNC) && core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_STREAM))
		*core &= ~CORE_MSG_TRUNC;
	return 0;
}

/* Only the hub lets a connected datagram socket send elsewhere. */
static bool has_peer(int s)
{
	return core_socket_connected(s) && core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_DGRAM);
}

/* ---- sendto, recvfrom ---------------------------------------------------------------------- */

long freebsd_sendto(struct core_thread *t, FD s, IN buf, SIZE len, MSGFLAGS flags, IN to,
		    UINT tolen)
{
	struct core_sockaddr_storage name;
	int core;
	long r = send_flags(flags, &core);

	if (r == 0)
		r = freebsd_length(&len);
	if (r < 0)
		return r;
	if (!to.addr) {
		r = EXO(sendto, s, buf.addr, len, core, NULL, 0);
	} else {
		long n = freebsd_sockaddr_in(to, tolen, &name);

		if (n < 0)
			return n;
		if (has_peer(s))
			return -CORE_EISCONN;
		r = EXO(sendto, s, buf.addr, len, core, &name, n);
	}
	if (UNLIKELY(r < 0))
		return send_error(t, s, flags, to.addr != 0, r);
	if (UNLIKELY(flags & FREEBSD_MSG_EOF))
		send_eof(s, r);
	return r;
}

/*
 * The sender as the hub told it. Nobody's name is none on the hub; a unix socket without
 * one is a name on FreeBSD, except of a stream's bytes.
 */
static long put_sender(int s, struct core_sockaddr_storage *from, u32 len, guest_ptr name,
		       u32 *room)
{
	if (len == 0 && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX) &&
	    !core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_STREAM)) {
		from->ss_family = CORE_AF_UNIX;
		len = sizeof(from->ss_family);
	}
	if (len == 0) {
		*room = 0;
		return 0;
	}
	return freebsd_sockaddr_out(from, len, name, room);
}

long freebsd_recvfrom(struct core_thread *t, FD s, OUT buf, SIZE len, MSGFLAGS flags, OUT from,
		      INOUT fromlenaddr)
{
	struct core_sockaddr_storage name;
	u32 n = sizeof(name), room = 0;
	int core;
	long r = receive_flags(s, flags, &core);

	(void)t;
	if (r == 0)
		r = freebsd_length(&len);
	if (r < 0)
		return r;
	if (fromlenaddr.addr && guest_read_u32(fromlenaddr, &room) < 0)
		return -CORE_EFAULT;
	do {
		if (!from.addr)
			r = EXO(recvfrom, s, buf.addr, len, core, NULL, NULL);
		else
			r = EXO(recvfrom, s, buf.addr, len, core, &name, &n);
	} while (core_socket_ask_again(s, r));
	if (r < 0)
		return r;
	if (from.addr && put_sender(s, &name, n, from, &room) < 0)
		return -CORE_EFAULT;
	if (fromlenaddr.addr && guest_write_u32(fromlenaddr, room) < 0)
		return -CORE_EFAULT;
	return r;
}

/* ---- control messages ------------------------------------------------------------------------ */

#define CONTROL_MAX 2048 /* a cluster, the most sockargs() takes */

struct scratch {
	u8 guest[2 * CONTROL_MAX];
	u8 core[2 * CONTROL_MAX];
};
_Static_assert(sizeof(struct scratch) <= EXO_SCRATCH_SIZE, "control messages fit the scratch");

static struct scratch *scratch(struct core_thread *t)
{
	return exo_thread_scratch(&t->exo);
}

/* Descriptors that must not leave: the runtime's do not exist, a kqueue is nobody else's. */
static long check_rights(const u8 *control, u64 len)
{
	struct core_rights rights = {control, len, 0, 0};
	int fd;

	while (core_rights_next(&rights, &fd)) {
		if (core_fd_hidden(fd))
			return -CORE_EBADF;
		if (core_fd_kind(fd) == CORE_FD_KQUEUE)
			return -CORE_EOPNOTSUPP;
	}
	return 0;
}

/* The control messages of the guest's msg for the hub; their length there. */
static long control_in(struct core_thread *t, const struct freebsd_msghdr *msg, bool inet)
{
	struct scratch *b = scratch(t);
	struct core_ucred me = {0};
	u32 len = msg->msg_controllen;
	long r;

	if (len < sizeof(struct freebsd_cmsghdr) || len > CONTROL_MAX)
		return -CORE_EINVAL;
	if (copy_from_guest(b->guest, gp(msg->msg_control), len) < 0)
		return -CORE_EFAULT;
	if (!inet) {
		me.pid = t->pid;
		me.uid = (u32)EXO_NOW(getuid);
		me.gid = (u32)EXO_NOW(getgid);
	}
	r = freebsd_to_core_control(b->guest, len, inet, &me, b->core, sizeof(b->core));
	if (r > 0) {
		long bad = check_rights(b->core, (u64)r);

		if (bad < 0)
			return bad;
	}
	return r;
}

/*
 * What the hub received, len bytes of it, to the guest's msg; what has no room is dropped. Before
 * FreeBSD 12 the last message might lack its end, and programs that left no room for its padding
 * got it all the same (kern_recvit).
 */
static long control_out(struct core_thread *t, u64 len, enum freebsd_creds creds,
			struct freebsd_msghdr *msg)
{
	struct scratch *b = scratch(t);
	u32 room = MIN(msg->msg_controllen, (u32)sizeof(b->guest)), n;
	bool whole = !freebsd_older_than(t, FREEBSD_OSREL_CONTROL);
	u64 taken;

	if (creds == FREEBSD_CREDS_SENT)
		core_control_creds_last(b->core, len);
	taken = core_to_freebsd_control(b->core, len, creds, b->guest,
					whole ? room : FREEBSD_CMSG_ALIGN(room), &n);
	if (taken < len || n > room)
		msg->msg_flags |= FREEBSD_MSG_CTRUNC;
	core_socket_close_rights(b->core + taken, len - taken);
	n = MIN(n, room);
	if (copy_to_guest(gp(msg->msg_control), b->guest, n) < 0) {
		core_socket_close_rights(b->core, taken);
		return -CORE_EFAULT;
	}
	msg->msg_controllen = n;
	return 0;
}

/* ---- sendmsg, recvmsg --------------------------------------------------------------------------
 */

/* v is to be ended when this succeeds. */
static long read_msghdr(guest_ptr p, struct freebsd_msghdr *msg, struct freebsd_vector *v,
			struct core_msghdr *core)
{
	long r;

	if (copy_from_guest(msg, p, sizeof(*msg)) < 0)
		return -CORE_EFAULT;
	if ((u32)msg->msg_iovlen > FREEBSD_IOV_MAX)
		return -CORE_EMSGSIZE;
	r = freebsd_vector_begin(v, gp(msg->msg_iov), (u32)msg->msg_iovlen);
	memset(core, 0, sizeof(*core));
	core->msg_iov = v->iov;
	core->msg_iovlen = v->n;
	return r;
}

/* The receiver's name and the control messages. */
static long send_extras(struct core_thread *t, int s, const struct freebsd_msghdr *guest,
			struct core_sockaddr_storage *name, struct core_msghdr *core)
{
	long r;

	if (guest->msg_name) {
		r = freebsd_sockaddr_in(gp(guest->msg_name), guest->msg_namelen, name);
		if (r < 0)
			return r;
		if (has_peer(s))
			return -CORE_EISCONN;
		core->msg_name = (u64)name;
		core->msg_namelen = (u32)r;
	}
	if (guest->msg_control) {
		long domain = core_socket_option(s, CORE_SO_DOMAIN);

		if (domain < 0)
			return domain;
		/* TCP takes none at all. */
		if (domain != CORE_AF_UNIX && core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_STREAM))
			return core_socket_connected(s) ? -CORE_EINVAL : -CORE_ENOTCONN;
		r = control_in(t, guest, domain != CORE_AF_UNIX);
		if (r < 0)
			return r;
		core->msg_control = r ? (u64)scratch(t)->core : 0;
		core->msg_controllen = (u64)r;
	}
	return 0;
}

long freebsd_sendmsg(struct core_thread *t, FD s, IN msg, MSGFLAGS flags)
{
	struct core_sockaddr_storage name;
	struct freebsd_msghdr guest;
	struct freebsd_vector v;
	struct core_msghdr core;
	int core_flags;
	long r = send_flags(flags, &core_flags);

	if (r == 0)
		r = read_msghdr(msg, &guest, &v, &core);
	if (r < 0)
		return r;
	r = send_extras(t, s, &guest, &name, &core);
	if (r < 0) {
		freebsd_vector_end(&v);
		return r;
	}
	r = EXO(sendmsg, s, &core, core_flags);
	freebsd_vector_end(&v);
	if (UNLIKELY(r < 0))
		return send_error(t, s, flags, guest.msg_name != 0, r);
	if (UNLIKELY(flags & FREEBSD_MSG_EOF))
		send_eof(s, r);
	return r;
}

/* FreeBSD leaves the flags of the call among those of the message. */
static i32 received_flags(int asked, u32 core)
{
	int flags;

	/* What only the hub reports (MSG_ERRQUEUE) has to be asked for, and cannot be. */
	core_to_freebsd_msgflags((int)core, &flags);
	return (asked & ~FREEBSD_MSG_EOR) | flags;
}

/* How long the call may wait, in milliseconds; -1: for ever. */
static int patience(int s, int flags)
{
	struct core_timeval tv = {0};
	u32 len = sizeof(tv);

	if ((flags & CORE_MSG_DONTWAIT) || (EXO_NOW(fcntl, s, CORE_F_GETFL) & CORE_O_NONBLOCK))
		return 0;
	EXO_NOW(getsockopt, s, CORE_SOL_SOCKET, CORE_SO_RCVTIMEO, &tv, &len);
	if (tv.tv_sec == 0 && tv.tv_usec == 0)
		return -1;
	return (int)MIN(tv.tv_sec * 1000 + (tv.tv_usec + 999) / 1000, (i64)INT32_MAX);
}

/*
 * Credentials that the sender put in reach whoever asks for control messages, but on the
 * hub only a receiver that said so before, and from then on with every message. So it is
 * said only while a message that is already there is taken.
 */
static long receive_with_creds(int s, struct core_msghdr *m, int flags)
{
	struct core_pollfd p = {s, CORE_POLLIN, 0};
	const struct core_msghdr fresh = *m;
	int wait = patience(s, flags), on = 1, off = 0;
	long r;

	do {
		if (wait) {
			r = EXO(poll, &p, 1, wait);
			if (r <= 0)
				return r < 0 ? r : -CORE_EAGAIN;
		}
		*m = fresh;
		EXO_NOW(setsockopt, s, CORE_SOL_SOCKET, CORE_SO_PASSCRED, &on, sizeof(on));
		r = EXO(recvmsg, s, m, flags | CORE_MSG_DONTWAIT);
		EXO_NOW(setsockopt, s, CORE_SOL_SOCKET, CORE_SO_PASSCRED, &off, sizeof(off));
	} while (wait && r == -CORE_EAGAIN);
	return r;
}

static enum freebsd_creds creds_form(int s)
{
	if (freebsd_socket_noted(s, FREEBSD_SOCKET_PERSISTENT))
		return FREEBSD_CREDS_PERSISTENT;
	return freebsd_socket_noted(s, FREEBSD_SOCKET_CREDS) ? FREEBSD_CREDS_LOCAL
							     : FREEBSD_CREDS_SENT;
}

/* LOCAL_CREDS of a stream is for the first bytes only. */
static void creds_given(int s, enum freebsd_creds creds)
{
	int off = 0;

	if (creds != FREEBSD_CREDS_LOCAL || core_socket_is(s, CORE_SO_TYPE, CORE_SOCK_DGRAM))
		return;
	core_socket_note(s, 0, FREEBSD_SOCKET_CREDS);
	EXO_NOW(setsockopt, s, CORE_SOL_SOCKET, CORE_SO_PASSCRED, &off, sizeof(off));
}

/* Could the guest be waiting for struct cmsgcred? */
static bool wants_creds(int s, const struct freebsd_msghdr *msg, int flags)
{
	return msg->msg_control &&
	       msg->msg_controllen >= FREEBSD_CMSG_SPACE(sizeof(struct freebsd_cmsgcred)) &&
	       !(flags & CORE_MSG_WAITALL) && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX);
}

static long receive(struct core_thread *t, int s, const struct freebsd_msghdr *guest, int flags,
		    enum freebsd_creds creds, struct core_msghdr *core)
{
	if (guest->msg_control) {
		core->msg_control = (u64)scratch(t)->core;
		core->msg_controllen = sizeof(scratch(t)->core);
	}
	if (creds == FREEBSD_CREDS_SENT && wants_creds(s, guest, flags))
		return receive_with_creds(s, core, flags);
	return EXO(recvmsg, s, core, flags);
}

long freebsd_recvmsg(struct core_thread *t, FD s, INOUT msg, MSGFLAGS flags)
{
	const enum freebsd_creds creds = creds_form(s);
	struct core_sockaddr_storage name;
	struct freebsd_msghdr guest;
	struct freebsd_vector v;
	struct core_msghdr core;
	int core_flags;
	long r = receive_flags(s, flags, &core_flags), n;

	if (r == 0)
		r = read_msghdr(msg, &guest, &v, &core);
	if (r < 0)
		return r;
	do {
		core.msg_name = guest.msg_name ? (u64)&name : 0;
		core.msg_namelen = guest.msg_name ? sizeof(name) : 0;
		n = receive(t, s, &guest, core_flags, creds, &core);
	} while (core_socket_ask_again(s, n));
	freebsd_vector_end(&v);
	if (n < 0)
		return n;
	if (!guest.msg_control)
		core.msg_flags &= ~(u32)CORE_MSG_CTRUNC;
	guest.msg_flags = received_flags(flags, core.msg_flags);
	if (guest.msg_control) {
		r = control_out(t, core.msg_controllen, creds, &guest);
		creds_given(s, creds);
	}
	if (r == 0 && guest.msg_name)
		r = put_sender(s, &name, core.msg_namelen, gp(guest.msg_name), &guest.msg_namelen);
	if (r == 0)
		r = copy_to_guest(msg, &guest, sizeof(guest));
	return r < 0 ? r : n;
}
