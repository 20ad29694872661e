/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sendfile.c: sendfilev(3EXT), pieces of files and of memory to a descriptor.
 *
 * What went is said in *xferred apart from how it ended: a call that failed part of the way has
 * moved what it says. Facts: sendfilev(3EXT), usr/src/uts/common/syscall/sendfile.c.
 */
#include "personality/illumos/illumos.h"
#include "personality/illumos/socket.h"

#define PIECES_MOST 1024
#define MOVE_MOST   0x7ffff000ul /* the hub moves no more at a time */

/* One piece out of memory; *sent counts what went. */
static long send_memory(struct core_thread *t, int out, bool socket,
			const struct illumos_sendfilevec *v, u64 *sent)
{
	u64 left = v->sfv_len, at = illumos_fence((u64)v->sfv_off);

	while (left) {
		u64 n = MIN(left, MOVE_MOST);
		long r = socket ? EXO(sendto, out, at, n, CORE_MSG_NOSIGNAL, NULL, 0)
				: EXO(write, out, at, n);

		if (r == -CORE_EPIPE && socket) {
			if (core_socket_never_connected(out))
				return -CORE_ENOTCONN;
			core_socket_raise_sigpipe(t);
		}
		if (r < 0)
			return r;
		*sent += (u64)r;
		left -= (u64)r;
		at += (u64)r;
	}
	return 0;
}

static long send_file(int out, const struct illumos_sendfilevec *v, u64 *sent)
{
	u64 left = v->sfv_len;
	i64 at = v->sfv_off;

	while (left) {
		long r = EXO(sendfile, out, v->sfv_fd, &at, MIN(left, MOVE_MOST));

		if (r <= 0) /* a file that is shorter ends early */
			return r;
		*sent += (u64)r;
		left -= (u64)r;
	}
	return 0;
}

static long check_file(int fd)
{
	struct core_stat st;
	long flags = EXO_NOW(fcntl, fd, CORE_F_GETFL);

	if (flags < 0)
		return flags;
	if ((flags & CORE_O_ACCMODE) == CORE_O_WRONLY)
		return -CORE_EACCES;
	EXO_NOW(fstat, fd, &st);
	return (st.st_mode & CORE_S_IFMT) == CORE_S_IFREG ? 0 : -CORE_EINVAL;
}

static long check_out(int out, bool *socket)
{
	struct core_stat st;
	long flags = EXO_NOW(fcntl, out, CORE_F_GETFL), type;

	*socket = false;
	if (flags < 0)
		return flags;
	if ((flags & CORE_O_ACCMODE) == CORE_O_RDONLY)
		return -CORE_EBADF;
	EXO_NOW(fstat, out, &st);
	switch (st.st_mode & CORE_S_IFMT) {
	case CORE_S_IFREG:
		return flags & CORE_O_APPEND ? -CORE_EINVAL : 0;
	case CORE_S_IFSOCK:
		*socket = true;
		type = core_socket_option(out, CORE_SO_TYPE);
		if (type != CORE_SOCK_STREAM)
			return -CORE_EPROTONOSUPPORT;
		return core_socket_connected(out) ? 0 : -CORE_ENOTCONN;
	default:
		return -CORE_EINVAL;
	}
}

static long send_all(struct core_thread *t, int out, bool socket, guest_ptr vec, i32 n, u64 *sent)
{
	struct illumos_sendfilevec v;
	long r = 0;

	for (i32 i = 0; i < n && r == 0; i++) {
		if (copy_from_guest(&v, gp_add(vec, (u64)i * sizeof(v)), sizeof(v)) < 0)
			return -CORE_EFAULT;
		if (v.sfv_flag || (i64)v.sfv_len < 0)
			return -CORE_EINVAL;
		if (v.sfv_fd == ILLUMOS_SFV_FD_SELF) {
			r = send_memory(t, out, socket, &v, sent);
			continue;
		}
		if (v.sfv_off < 0)
			return -CORE_EINVAL;
		r = check_file(v.sfv_fd);
		if (r == 0)
			r = send_file(out, &v, sent);
	}
	return r;
}

long illumos_sendfilev(struct core_thread *t, INT code, FD fd, IN vec, INT sfvcnt, OUT xferred)
{
	bool socket;
	u64 sent = 0;
	long r;

	if (code != ILLUMOS_SENDFILEV)
		return -CORE_ENOSYS;
	if (sfvcnt <= 0 || sfvcnt > PIECES_MOST)
		return -CORE_EINVAL;
	r = check_out(fd, &socket);
	if (r < 0)
		return r;
	r = send_all(t, fd, socket, vec, sfvcnt, &sent);
	if (r == -CORE_ERESTART_ALWAYS && sent == 0)
		return r; /* not begun */
	if (guest_write_u64(xferred, sent) < 0)
		return -CORE_EFAULT;
	if (r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS)
		return -CORE_EINTR_FINAL;
	return r < 0 ? r : (long)sent;
}
