/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/socket_io.c: sending and receiving.
 *
 * Everything is sent with MSG_NOSIGNAL and SIGPIPE raised here: illumos answers ENOTCONN, without a
 * signal, where the hub calls a pipe broken that never was one. An address given with a message on
 * a connected stream is not looked at. Control messages are rebuilt in the thread's scratch memory.
 *
 * A program of before XPG4.2 has a msghdr without flags and with descriptors in place of control
 * messages; MSG_XPG4_2 in the flags tells them apart. Facts: usr/src/uts/common/fs/sockfs/
 * {socksyscalls,socktpi,sockcommon_sops}.c; send(3SOCKET), recv(3SOCKET).
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/illumos/convert_control.h"
#include "personality/illumos/door.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/socket.h"

_Static_assert(ILLUMOS_CONTROL_DSTADDR == ILLUMOS_SOCKET_DSTADDR &&
		   ILLUMOS_CONTROL_IF == ILLUMOS_SOCKET_IF &&
		   ILLUMOS_CONTROL_PKTINFO == ILLUMOS_SOCKET_PKTINFO &&
		   ILLUMOS_CONTROL_UCRED == ILLUMOS_SOCKET_UCRED,
	       "a socket's notes say which messages are wanted");

static bool bad_length(u64 n)
{
	return (i64)n < 0;
}

/* ---- sending ------------------------------------------------------------------------------- */

static bool is_connection(int s)
{
	long type = core_socket_option(s, CORE_SO_TYPE);

	return type == CORE_SOCK_STREAM || type == CORE_SOCK_SEQPACKET;
}

static long send_error(struct core_thread *t, int s, int flags, const void *name, long r)
{
	switch (-r) {
	case CORE_EPIPE:
		if (core_socket_never_connected(s))
			return -CORE_ENOTCONN;
		if (!(flags & ILLUMOS_MSG_NOSIGNAL))
			core_socket_raise_sigpipe(t);
		return r;
	case CORE_ENOTCONN: /* a datagram socket of unix's */
		return is_connection(s) ? r : -CORE_EDESTADDRREQ;
	case CORE_ECONNREFUSED: /* nobody has that name, or not any more */
		if (!core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX))
			return r;
		return name ? -CORE_EDESTADDRREQ : -CORE_ECONNRESET;
	default:
		return r;
	}
}

/* The receiver's name: its length, 0 for none that matters, or an error. */
static long receiver(int s, guest_ptr to, u32 len, struct core_sockaddr_storage *name)
{
	long r;

	if (!to.addr || len == 0)
		return 0;
	r = illumos_sockaddr_in(s, to, len, ILLUMOS_NAME_CONNECT, name);
	if (is_connection(s)) {
		if (r == -CORE_EFAULT || r == -CORE_EBADF || r == -CORE_ENOTSOCK)
			return r;
		return core_socket_connected(s) ? 0 : -CORE_ENOTCONN;
	}
	return r > 0 && core_socket_connected(s) ? -CORE_EISCONN : r;
}

long illumos_sendto(struct core_thread *t, FD fd, IN buf, SIZE len, MSGFLAGS flags, IN to,
		    UINT tolen)
{
	struct core_sockaddr_storage name;
	long n = 0, r;

	if (bad_length(len))
		return -CORE_EINVAL;
	if (to.addr && tolen)
		n = receiver(fd, to, tolen, &name);
	if (n < 0)
		return n;
	r = EXO(sendto, fd, buf.addr, len, illumos_to_core_sendflags(flags) | CORE_MSG_NOSIGNAL,
		n ? &name : NULL, n);
	return UNLIKELY(r < 0) ? send_error(t, fd, flags, n ? &name : NULL, r) : r;
}

long illumos_send(struct core_thread *t, FD fd, IN buf, SIZE len, MSGFLAGS flags)
{
	return illumos_sendto(t, fd, buf, len, flags, gp(0), 0);
}

/* ---- receiving ----------------------------------------------------------------------------- */

/* The sender's name, as long as it is; a stream's bytes have none. */
static long put_sender(int s, struct core_sockaddr_storage *from, u32 len, guest_ptr name, u32 room,
		       guest_ptr namelen)
{
	if (len == 0 && core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX) && !is_connection(s)) {
		from->ss_family = CORE_AF_UNIX;
		len = sizeof(from->ss_family);
	}
	if (len == 0)
		return namelen.addr ? guest_write_u32(namelen, 0) : 0;
	return illumos_sockaddr_out(from, len, name, room, namelen);
}

long illumos_recvfrom(struct core_thread *t, FD fd, OUT buf, SIZE len, MSGFLAGS flags, OUT from,
		      INOUT fromlen)
{
	const int core = illumos_to_core_recvflags(flags);
	struct core_sockaddr_storage name;
	u32 n = sizeof(name), room = 0;
	long r;

	(void)t;
	if (bad_length(len))
		return -CORE_EINVAL;
	if (fromlen.addr && guest_read_u32(fromlen, &room) < 0)
		return -CORE_EFAULT;
	do {
		if (!fromlen.addr)
			r = EXO(recvfrom, fd, buf.addr, len, core, NULL, NULL);
		else
			r = EXO(recvfrom, fd, buf.addr, len, core, &name, &n);
	} while (core_socket_ask_again(fd, r));
	if (r >= 0 && fromlen.addr && put_sender(fd, &name, n, from, room, fromlen) < 0)
		return -CORE_EFAULT;
	return r;
}

long illumos_recv(struct core_thread *t, FD fd, OUT buf, SIZE len, MSGFLAGS flags)
{
	return illumos_recvfrom(t, fd, buf, len, flags, gp(0), gp(0));
}

/* ---- messages ------------------------------------------------------------------------------ */

struct scratch {
	u8 guest[ILLUMOS_SO_MAXARGSIZE];
	u8 core[CORE_CMSG_SPACE(CORE_SCM_MAX_FD * 4) + 1024];
};
_Static_assert(sizeof(struct scratch) <= EXO_SCRATCH_SIZE, "control messages fit the scratch");

static struct scratch *scratch(struct core_thread *t)
{
	return exo_thread_scratch(&t->exo);
}

/* The head, and the buffers' lengths: none may be negative, nor all together. */
static long read_msghdr(guest_ptr p, int flags, bool send, struct illumos_msghdr *msg,
			struct core_msghdr *core)
{
	u64 total = 0;

	if (copy_from_guest(msg, p, sizeof(*msg)) < 0)
		return -CORE_EFAULT;
	if ((msg->msg_iovlen <= 0 || msg->msg_iovlen > ILLUMOS_IOV_MAX) &&
	    !(send && msg->msg_iovlen == 0 && !(flags & ILLUMOS_MSG_XPG4_2)))
		return -CORE_EMSGSIZE;
	for (i32 i = 0; i < msg->msg_iovlen; i++) {
		u64 n;

		if (guest_read_u64(gp(msg->msg_iov + (u64)i * 16 + 8), &n) < 0)
			return -CORE_EFAULT;
		total += n;
		if ((i64)n < 0 || (i64)total < 0)
			return -CORE_EINVAL;
	}
	*core = (struct core_msghdr){.msg_iov = msg->msg_iov, .msg_iovlen = (u64)msg->msg_iovlen};
	return 0;
}

/* Descriptors that leave: the runtime's do not exist. */
static long check_rights(const u8 *control, u64 len)
{
	struct core_rights rights = {control, len, 0, 0};
	int fd;

	while (core_rights_next(&rights, &fd))
		if (core_fd_hidden(fd))
			return -CORE_EBADF;
	return 0;
}

/* Doors leave as they want to: another descriptor in place of theirs, to be closed once it is sent.
 */
#define HANDED_MOST 16
struct handed {
	u32 n;
	i32 fd[HANDED_MOST];
};

static void hand_out(u8 *control, u64 len, struct handed *h)
{
	struct core_rights rights = {control, len, 0, 0};
	int fd, other;

	h->n = 0;
	while (h->n < HANDED_MOST && core_rights_next(&rights, &fd)) {
		other = illumos_door_hand_out(fd);
		if (other == fd)
			continue;
		memcpy(control + (rights.at - control) - sizeof(fd), &other, sizeof(other));
		h->fd[h->n++] = other;
	}
}

static long control_in(struct core_thread *t, int s, const struct illumos_msghdr *msg, bool xpg)
{
	struct scratch *b = scratch(t);
	long domain = core_socket_option(s, CORE_SO_DOMAIN), r;

	if (domain < 0)
		return domain;
	if (msg->msg_controllen > sizeof(b->guest))
		return -CORE_EINVAL;
	if (copy_from_guest(b->guest, gp(msg->msg_control), msg->msg_controllen) < 0)
		return -CORE_EFAULT;
	r = illumos_to_core_control(b->guest, msg->msg_controllen, xpg, domain != CORE_AF_UNIX,
				    b->core, sizeof(b->core));
	if (r > 0) {
		long bad = check_rights(b->core, (u64)r);

		if (bad < 0)
			return bad;
	}
	return r;
}

long illumos_sendmsg(struct core_thread *t, FD fd, IN msg, MSGFLAGS flags)
{
	struct core_sockaddr_storage name;
	struct illumos_msghdr guest;
	struct handed handed = {0};
	struct core_msghdr core;
	long r = read_msghdr(msg, flags, true, &guest, &core);

	if (r < 0)
		return r;
	r = receiver(fd, gp(guest.msg_name), guest.msg_namelen, &name);
	if (r < 0)
		return r;
	if (r) {
		core.msg_name = (u64)&name;
		core.msg_namelen = (u32)r;
	}
	if (guest.msg_control && guest.msg_controllen) {
		r = control_in(t, fd, &guest, flags & ILLUMOS_MSG_XPG4_2);
		if (r < 0)
			return r;
		hand_out(scratch(t)->core, (u64)r, &handed);
		core.msg_control = r ? (u64)scratch(t)->core : 0;
		core.msg_controllen = (u64)r;
	}
	r = EXO(sendmsg, fd, &core, illumos_to_core_sendflags(flags) | CORE_MSG_NOSIGNAL);
	while (UNLIKELY(handed.n))
		EXO_NOW(close, handed.fd[--handed.n]);
	return UNLIKELY(r < 0)
		   ? send_error(t, fd, flags, core.msg_name ? (const void *)&name : NULL, r)
		   : r;
}

/* What was received to the guest's buffer; what has no room is dropped. */
static long control_out(struct core_thread *t, u32 notes, bool xpg, u64 len,
			struct illumos_msghdr *msg)
{
	struct scratch *b = scratch(t);
	struct illumos_control c = {
	    .want = notes,
	    .xpg = xpg,
	    .room = msg->msg_control ? MIN(msg->msg_controllen, (u32)sizeof(b->guest)) : 0};

	core_to_illumos_control(b->core, len, b->guest, &c);
	if (c.taken < len)
		msg->msg_flags |= ILLUMOS_MSG_CTRUNC;
	core_socket_close_rights(b->core + c.taken, len - c.taken);
	msg->msg_controllen = c.len;
	if (copy_to_guest(gp(msg->msg_control), b->guest, c.len) < 0) {
		core_socket_close_rights(b->core, c.taken);
		return -CORE_EFAULT;
	}
	return 0;
}

long illumos_recvmsg(struct core_thread *t, FD fd, INOUT msg, MSGFLAGS flags)
{
	const int core_flags = illumos_to_core_recvflags(flags);
	const bool xpg = flags & ILLUMOS_MSG_XPG4_2;
	struct core_sockaddr_storage name;
	struct illumos_msghdr guest;
	struct core_msghdr core;
	long r = read_msghdr(msg, flags, false, &guest, &core), n;

	if (r < 0)
		return r;
	do {
		core.msg_name = guest.msg_namelen ? (u64)&name : 0;
		core.msg_namelen = guest.msg_namelen ? sizeof(name) : 0;
		core.msg_control = (u64)scratch(t)->core;
		core.msg_controllen = sizeof(scratch(t)->core);
		n = EXO(recvmsg, fd, &core, core_flags);
	} while (core_socket_ask_again(fd, n));
	if (n < 0)
		return n;
	guest.msg_flags = core_to_illumos_msgflags(core.msg_flags);
	r = control_out(t, core_socket_notes(fd), xpg, core.msg_controllen, &guest);
	if (r == 0)
		r = put_sender(fd, &name, core.msg_name ? core.msg_namelen : 0, gp(guest.msg_name),
			       guest.msg_namelen,
			       gp(msg.addr + offsetof(struct illumos_msghdr, msg_namelen)));
	if (r == 0)
		r = guest_write_u32(gp(msg.addr + offsetof(struct illumos_msghdr, msg_controllen)),
				    guest.msg_controllen);
	if (r == 0 && xpg)
		r = guest_write_u32(gp(msg.addr + offsetof(struct illumos_msghdr, msg_flags)),
				    guest.msg_flags);
	return r < 0 ? r : n;
}
