/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/door_wire.c: messages between a door's caller and its server.
 *
 * A message is a header and the data, with descriptors beside it; data that are too many for one
 * message lie in a file without a name, whose descriptor goes along. What the header says is
 * checked against what really came: the other side may be anybody.
 */
#include "core/control.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/door.h"

static long make_file(u64 data, u64 n)
{
	long fd = EXO_NOW(memfd_create, "door", CORE_MFD_CLOEXEC), r = 0;
	u64 at = 0;

	if (fd < 0)
		return fd;
	while (at < n) {
		r = EXO_NOW(pwrite64, fd, data + at, MIN(n - at, 0x40000000ul), at);
		if (r <= 0)
			break;
		at += (u64)r;
	}
	if (at == n)
		return fd;
	EXO_NOW(close, fd);
	return r < 0 ? r : -CORE_EFAULT;
}

long illumos_wire_read(int file, u64 to, u64 n)
{
	u64 at = 0;

	while (at < n) {
		long r = EXO_NOW(pread64, file, to + at, MIN(n - at, 0x40000000ul), at);

		if (r <= 0)
			return r < 0 ? r : -CORE_EIO; /* shorter than was said */
		at += (u64)r;
	}
	return 0;
}

void illumos_wire_close(const struct illumos_wire_fds *fds, u32 from)
{
	for (u32 i = from; i < fds->n; i++)
		EXO_NOW(close, fds->fd[i]);
}

long illumos_wire_send(int s, struct illumos_wire *w, u64 data, struct illumos_wire_fds *fds)
{
	u8 control[CORE_CMSG_SPACE(CORE_SCM_MAX_FD * sizeof(i32))];
	struct core_control o = {control, sizeof(control), 0};
	u64 iov[4] = {(u64)w, sizeof(*w), data, w->size};
	struct core_msghdr m = {.msg_iov = (u64)iov, .msg_iovlen = w->size ? 2 : 1};
	u32 own = w->flags & ILLUMOS_WIRE_CHANNEL ? 1 : 0, n = fds->n;
	long file = -1, r;

	w->flags &= ~(u32)ILLUMOS_WIRE_FILE;
	w->fds = n - own;
	if (w->size > ILLUMOS_DOOR_INLINE ||
	    (w->kind == ILLUMOS_WIRE_REPLY && w->size > w->rsize)) {
		file = make_file(data, w->size);
		if (file < 0)
			return file;
		w->flags |= ILLUMOS_WIRE_FILE;
		m.msg_iovlen = 1;
		n++;
	}
	if (n > CORE_SCM_MAX_FD) {
		r = -CORE_E2BIG;
	} else {
		if (n) {
			i32 *to = (i32 *)core_control_add(&o, CORE_SOL_SOCKET, CORE_SCM_RIGHTS,
							  n * sizeof(i32));
			u32 at = 0;

			if (own)
				to[at++] = fds->fd[0];
			if (file >= 0)
				to[at++] = (i32)file;
			memcpy(&to[at], &fds->fd[own], (fds->n - own) * sizeof(i32));
			m.msg_control = (u64)control;
			m.msg_controllen = o.len;
		}
		r = EXO_NOW(sendmsg, s, &m, CORE_MSG_NOSIGNAL);
	}
	if (file >= 0)
		EXO_NOW(close, file);
	return MIN(r, 0L);
}

/* The descriptors and the credentials of a message. */
static void take_control(const u8 *in, u64 len, struct illumos_wire_fds *fds,
			 struct core_ucred *from)
{
	struct core_rights rights = {in, len, 0, 0};
	struct core_cmsghdr h;
	int fd;

	while (core_rights_next(&rights, &fd)) {
		if (fds->n < CORE_SCM_MAX_FD)
			fds->fd[fds->n++] = fd;
		else
			EXO_NOW(close, fd);
	}
	for (u64 at = 0; from && core_control_next(in + at, len - at, &h);
	     at = MIN(at + CORE_CMSG_ALIGN(h.cmsg_len), len))
		if (h.cmsg_level == CORE_SOL_SOCKET && h.cmsg_type == CORE_SCM_CREDENTIALS &&
		    h.cmsg_len == CORE_CMSG_LEN(sizeof(*from)))
			memcpy(from, in + at + sizeof(h), sizeof(*from));
}

/* Is it what a runtime sends? */
static bool makes_sense(const struct illumos_wire *w, u64 got, u64 room,
			const struct illumos_wire_fds *fds)
{
	u32 own =
	    (w->flags & ILLUMOS_WIRE_CHANNEL ? 1 : 0) + (w->flags & ILLUMOS_WIRE_FILE ? 1 : 0);

	if (got < sizeof(*w) || fds->n < own || w->fds != fds->n - own)
		return false;
	got -= sizeof(*w);
	return w->flags & ILLUMOS_WIRE_FILE ? got == 0 : got == w->size && got <= room;
}

long illumos_wire_receive(int s, struct illumos_wire *w, u64 buf, u64 room,
			  struct illumos_wire_fds *fds, struct core_ucred *from, bool now)
{
	u8 control[CORE_CMSG_SPACE(CORE_SCM_MAX_FD * sizeof(i32)) +
		   CORE_CMSG_SPACE(sizeof(struct core_ucred))];
	u64 iov[4] = {(u64)w, sizeof(*w), buf, room};
	struct core_msghdr m = {.msg_iov = (u64)iov,
				.msg_iovlen = room ? 2 : 1,
				.msg_control = (u64)control,
				.msg_controllen = sizeof(control)};
	long r;

	memset(w, 0, sizeof(*w));
	fds->n = 0;
	if (now)
		r = EXO_NOW(recvmsg, s, &m, CORE_MSG_DONTWAIT);
	else
		r = EXO(recvmsg, s, &m, 0);
	if (r == 0)
		return -CORE_EPIPE;
	if (r < 0)
		return r == -CORE_ECONNRESET ? -CORE_EPIPE : r;
	if (m.msg_controllen)
		take_control(control, m.msg_controllen, fds, from);
	if ((m.msg_flags & (CORE_MSG_TRUNC | CORE_MSG_CTRUNC)) ||
	    !makes_sense(w, (u64)r, room, fds)) {
		illumos_wire_close(fds, 0);
		fds->n = 0;
		return -CORE_EBADMSG;
	}
	return 0;
}
