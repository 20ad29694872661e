/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/stream.c: what programs do with STREAMS: on terminals, pipes and sockets.
 *
 * There are no modules here; those a terminal has in the original it has from the start, pushing
 * them again is accepted and changes nothing. Messages are bytes: getmsg takes what read would, and
 * a control part exists nowhere. Descriptors travel (I_SENDFD, I_RECVFD) over unix sockets.
 *
 * Facts: streamio(7I), getmsg(2), putmsg(2), usr/src/uts/common/io/streamio.c, syscall/strcalls.c;
 * ptm(7D) for what I_STR carries.
 */
#include "core/control.h"
#include "core/fd.h"
#include "core/socket.h"
#include "lib/mem.h"
#include "personality/illumos/door.h"
#include "personality/illumos/ioctl.h"

static const char modules[][ILLUMOS_FMNAMESZ + 1] = {"ttcompat", "ldterm", "ptem"};

static bool is_terminal(int fd)
{
	struct core_termios t;

	return EXO_NOW(ioctl, fd, CORE_TCGETS, &t) >= 0;
}

static bool is_stream(int fd)
{
	struct core_stat st;

	if (core_fd_hidden(fd) || EXO_NOW(fstat, fd, &st) < 0)
		return false;
	switch (st.st_mode & CORE_S_IFMT) {
	case CORE_S_IFSOCK:
	case CORE_S_IFIFO:
		return true;
	default:
		return is_terminal(fd);
	}
}

/* ---- modules ------------------------------------------------------------------------------- */

static long module_named(guest_ptr name, u32 *which)
{
	char given[ILLUMOS_FMNAMESZ + 1];
	long r = copy_str_from_guest(given, name, sizeof(given));

	if (r < 0)
		return r == -CORE_EFAULT ? r : -CORE_EINVAL;
	for (*which = 0; *which < ARRAY_LEN(modules); ++*which)
		if (!strcmp(given, modules[*which]))
			return 0;
	return -CORE_EINVAL;
}

static long push(int fd, guest_ptr name)
{
	u32 which;
	long r = module_named(name, &which);

	return r < 0 ? r : is_terminal(fd) ? 0 : -CORE_EINVAL;
}

static long find(int fd, guest_ptr name)
{
	u32 which;
	long r = module_named(name, &which);

	return r < 0 ? r : is_terminal(fd);
}

static long look(int fd, guest_ptr name)
{
	return is_terminal(fd) ? copy_to_guest(name, modules[0], sizeof(modules[0])) : -CORE_EINVAL;
}

/* struct str_list: how many there is room for, and struct str_mlist of names. */
static long list(int fd, guest_ptr arg)
{
	const u32 count = is_terminal(fd) ? ARRAY_LEN(modules) + 1 : 1; /* and the driver */
	struct {
		i32 nmods, pad0;
		u64 modlist;
	} l;

	if (!arg.addr)
		return count;
	if (copy_from_guest(&l, arg, sizeof(l)) < 0)
		return -CORE_EFAULT;
	if (l.nmods <= 0)
		return -CORE_EINVAL;
	l.nmods = MIN(l.nmods, (i32)count);
	for (i32 i = 0; i < l.nmods; i++) {
		const char *name = i + 1 < (i32)count ? modules[i] : count > 1 ? "pts" : "stream";
		char out[ILLUMOS_FMNAMESZ + 1] = "";

		memcpy(out, name, strlen(name));
		if (copy_to_guest(gp(l.modlist + (u64)i * sizeof(out)), out, sizeof(out)) < 0)
			return -CORE_EFAULT;
	}
	return guest_write_u32(arg, (u32)l.nmods);
}

/* ---- what a master is asked ---------------------------------------------------------------- */

static long carried(int fd, guest_ptr arg)
{
	struct illumos_strioctl s;
	i32 unlock = 0;
	u32 number;

	if (copy_from_guest(&s, arg, sizeof(s)) < 0)
		return -CORE_EFAULT;
	if (s.ic_len < 0 || s.ic_timout < -1)
		return -CORE_EINVAL;
	switch (s.ic_cmd) {
	case ILLUMOS_ISPTM:
	case ILLUMOS_OWNERPT: /* the slave is its opener's already */
	case ILLUMOS_ZONEPT:
	case ILLUMOS_PTSSTTY:
		return EXO_NOW(ioctl, fd, CORE_TIOCGPTN, &number) < 0 ? -CORE_EINVAL : 0;
	case ILLUMOS_UNLKPT:
		return EXO(ioctl, fd, CORE_TIOCSPTLCK, &unlock) < 0 ? -CORE_EINVAL : 0;
	default: /* an ioctl of the terminal's, carried */
		if ((s.ic_cmd & 0xff00) == 0x5400 || (s.ic_cmd & 0xff00) == 0x7400)
			return illumos_tty_ioctl(fd, (u32)s.ic_cmd, gp(s.ic_dp));
		return -CORE_EINVAL;
	}
}

/* ---- descriptors --------------------------------------------------------------------------- */

static long send_fd(int s, int fd)
{
	u8 control[CORE_CMSG_SPACE(sizeof(i32))];
	struct core_control o = {control, sizeof(control), 0};
	u8 byte = 0;
	u64 iov[2] = {(u64)&byte, 1};
	struct core_msghdr m = {.msg_iov = (u64)iov,
				.msg_iovlen = 1,
				.msg_control = (u64)control,
				.msg_controllen = sizeof(control)};
	int out;
	long r;

	if (core_fd_hidden(fd) || EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	if (!core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX))
		return -CORE_EINVAL;
	out = illumos_door_hand_out(fd);
	memcpy(core_control_add(&o, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, sizeof(i32)), &out,
	       sizeof(out));
	r = EXO(sendmsg, s, &m, CORE_MSG_NOSIGNAL);
	if (out != fd)
		EXO_NOW(close, out);
	return r < 0 ? (r == -CORE_EPIPE ? -CORE_ENXIO : r) : 0;
}

static long receive_fd(int s, guest_ptr arg)
{
	u8 control[CORE_CMSG_SPACE(sizeof(i32)) + CORE_CMSG_SPACE(sizeof(struct core_ucred))];
	u8 byte;
	u64 iov[2] = {(u64)&byte, 1};
	struct core_msghdr m = {.msg_iov = (u64)iov,
				.msg_iovlen = 1,
				.msg_control = (u64)control,
				.msg_controllen = sizeof(control)};
	struct illumos_strrecvfd got = {0};
	struct core_rights rights;
	struct core_ucred peer = {0};
	u32 len = sizeof(peer);
	long r;

	if (!core_socket_is(s, CORE_SO_DOMAIN, CORE_AF_UNIX))
		return -CORE_EINVAL;
	r = EXO(recvmsg, s, &m, 0);
	if (r <= 0)
		return r < 0 ? r : -CORE_ENXIO;
	rights = (struct core_rights){control, m.msg_controllen, 0, 0};
	if (!core_rights_next(&rights, &got.fd))
		return -CORE_EBADMSG;
	EXO_NOW(getsockopt, s, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &peer, &len);
	got.uid = peer.uid;
	got.gid = peer.gid;
	if (copy_to_guest(arg, &got, sizeof(got)) < 0) {
		core_close(got.fd);
		return -CORE_EFAULT;
	}
	return 0;
}

/* ---- the requests -------------------------------------------------------------------------- */

/* How many messages wait: bytes make one. */
static long readable(int fd, guest_ptr arg)
{
	i32 n = 0;
	long r = EXO(ioctl, fd, CORE_FIONREAD, &n);

	if (r < 0)
		return r;
	return guest_write_u32(arg, (u32)n) < 0 ? -CORE_EFAULT : n != 0;
}

static long flush(int fd, u64 which)
{
	u8 bytes[256];

	if (which < ILLUMOS_FLUSHR || which > (ILLUMOS_FLUSHR | ILLUMOS_FLUSHW))
		return -CORE_EINVAL;
	if (is_terminal(fd))
		return EXO(ioctl, fd, CORE_TCFLSH,
			   which == ILLUMOS_FLUSHR   ? CORE_TCIFLUSH
			   : which == ILLUMOS_FLUSHW ? CORE_TCOFLUSH
						     : CORE_TCIOFLUSH);
	if (which & ILLUMOS_FLUSHR) {
		i32 n = 0;

		while (EXO_NOW(ioctl, fd, CORE_FIONREAD, &n) >= 0 && n > 0 &&
		       EXO_NOW(read, fd, bytes, MIN((u64)n, sizeof(bytes))) > 0)
			;
	}
	return 0;
}

long illumos_stream_ioctl(int fd, u32 request, guest_ptr arg)
{
	if (!is_stream(fd))
		return -CORE_ENOTTY;
	switch (request) {
	case ILLUMOS_I_NREAD:
		return readable(fd, arg);
	case ILLUMOS_I_PUSH:
		return push(fd, arg);
	case ILLUMOS_I_POP:
		return is_terminal(fd) ? 0 : -CORE_EINVAL;
	case ILLUMOS_I_LOOK:
		return look(fd, arg);
	case ILLUMOS_I_FLUSH:
		return flush(fd, arg.addr);
	case ILLUMOS_I_SRDOPT: /* bytes are a byte stream (RNORM), whatever is asked */
		return arg.addr == 0 ? 0 : -CORE_EINVAL;
	case ILLUMOS_I_GRDOPT:
		return guest_write_u32(arg, 0);
	case ILLUMOS_I_STR:
		return carried(fd, arg);
	case ILLUMOS_I_SETSIG:
		if (arg.addr)
			EXO_NOW(fcntl, fd, CORE_F_SETOWN, core_self()->pid);
		{
			long fl = EXO(fcntl, fd, CORE_F_GETFL);

			return EXO(fcntl, fd, CORE_F_SETFL,
				   arg.addr ? fl | CORE_O_ASYNC : fl & ~(long)CORE_O_ASYNC);
		}
	case ILLUMOS_I_FIND:
		return find(fd, arg);
	case ILLUMOS_I_SENDFD:
		return send_fd(fd, (int)arg.addr);
	case ILLUMOS_I_RECVFD:
	case ILLUMOS_I_E_RECVFD:
		return receive_fd(fd, arg);
	case ILLUMOS_I_LIST:
		return list(fd, arg);
	case ILLUMOS_I_CKBAND:
		return 0;
	case ILLUMOS_I_CANPUT:
		return 1;
	case ILLUMOS_I_SETCLTIME:
		return 0;
	case ILLUMOS_I_GETCLTIME: /* milliseconds: STRTIMOUT */
		return guest_write_u32(arg, 15000);
	default: /* I_FDINSERT, I_PEEK, I_LINK ...: nothing here has such messages */
		return -CORE_EINVAL;
	}
}

/* ---- getmsg, putmsg ------------------------------------------------------------------------ */

static long get_message(int fd, guest_ptr ctl, guest_ptr data)
{
	struct illumos_strbuf b;
	i32 more = 0;
	long r;

	if (!is_stream(fd))
		return EXO(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF : -CORE_ENOSTR;
	if (ctl.addr && guest_write_u32(gp(ctl.addr + 4), (u32)-1) < 0)
		return -CORE_EFAULT;
	if (!data.addr)
		return 0;
	if (copy_from_guest(&b, data, sizeof(b)) < 0)
		return -CORE_EFAULT;
	if (b.maxlen < 0)
		return guest_write_u32(gp(data.addr + 4), (u32)-1);
	r = EXO(read, fd, b.buf, (u64)b.maxlen);
	if (r < 0)
		return r;
	if (guest_write_u32(gp(data.addr + 4), (u32)r) < 0)
		return -CORE_EFAULT;
	EXO_NOW(ioctl, fd, CORE_FIONREAD, &more);
	return r == b.maxlen && more > 0 ? ILLUMOS_MOREDATA : 0;
}

static long put_message(int fd, guest_ptr ctl, guest_ptr data, bool high)
{
	struct illumos_strbuf b;
	long r;

	if (!is_stream(fd))
		return EXO(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF : -CORE_ENOSTR;
	if (ctl.addr) {
		if (copy_from_guest(&b, ctl, sizeof(b)) < 0)
			return -CORE_EFAULT;
		if (b.len >= 0) /* a message of a protocol's: nobody here would know it */
			return -CORE_EINVAL;
	}
	if (high)
		return -CORE_EINVAL; /* without a control part */
	if (!data.addr)
		return 0;
	if (copy_from_guest(&b, data, sizeof(b)) < 0)
		return -CORE_EFAULT;
	if (b.len < 0)
		return 0;
	r = EXO(write, fd, b.buf, (u64)b.len);
	return r < 0 ? r : 0;
}

long illumos_getmsg(struct core_thread *t, FD fd, INOUT ctl, INOUT data, INOUT flags)
{
	u32 f;
	long r;

	(void)t;
	if (guest_read_u32(flags, &f) < 0)
		return -CORE_EFAULT;
	if (f & ~(u32)ILLUMOS_RS_HIPRI)
		return -CORE_EINVAL;
	if (f) /* there never is one */
		return -CORE_EAGAIN;
	r = get_message(fd, ctl, data);
	return r < 0 ? r : guest_write_u32(flags, 0) < 0 ? -CORE_EFAULT : r;
}

long illumos_getpmsg(struct core_thread *t, FD fd, INOUT ctl, INOUT data, INOUT band, INOUT flags)
{
	u32 f, b;
	long r;

	(void)t;
	if (guest_read_u32(flags, &f) < 0 || guest_read_u32(band, &b) < 0)
		return -CORE_EFAULT;
	if (f != ILLUMOS_MSG_HIPRI && f != ILLUMOS_MSG_ANY && f != ILLUMOS_MSG_BAND)
		return -CORE_EINVAL;
	if (f == ILLUMOS_MSG_HIPRI || (f == ILLUMOS_MSG_BAND && b > 0))
		return -CORE_EAGAIN;
	r = get_message(fd, ctl, data);
	if (r >= 0 &&
	    (guest_write_u32(flags, ILLUMOS_MSG_BAND) < 0 || guest_write_u32(band, 0) < 0))
		return -CORE_EFAULT;
	return r;
}

long illumos_putmsg(struct core_thread *t, FD fd, IN ctl, IN data, HEX flags)
{
	(void)t;
	if (flags & ~(u32)ILLUMOS_RS_HIPRI)
		return -CORE_EINVAL;
	return put_message(fd, ctl, data, flags);
}

long illumos_putpmsg(struct core_thread *t, FD fd, IN ctl, IN data, INT band, HEX flags)
{
	(void)t;
	if (flags != ILLUMOS_MSG_HIPRI && flags != ILLUMOS_MSG_BAND)
		return -CORE_EINVAL;
	if (flags == ILLUMOS_MSG_HIPRI && band)
		return -CORE_EINVAL;
	return put_message(fd, ctl, data, flags == ILLUMOS_MSG_HIPRI);
}
