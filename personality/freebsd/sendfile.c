/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sendfile.c: sendfile(2).
 *
 * FreeBSD sends headers, a piece of a file and trailers in one call, takes a length of 0
 * for "to the end", reports what was sent apart from how it ended, and raises no SIGPIPE.
 * The hub's call is the middle piece alone; the rest is sent as messages.
 *
 * Facts: sendfile(2), sys/kern/kern_sendfile.c of FreeBSD 14; the hub's sendfile(2).
 */
#include "core/signal.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/socket.h"

#define PIECE_MOST 0x7ffff000ul /* the hub moves no more at a time */

/* With the read-ahead in the upper half, of which the hub decides itself. */
#define SENDFILE_FLAGS                                                                             \
	(FREEBSD_SF_NODISKIO | FREEBSD_SF_MNOWAIT | FREEBSD_SF_SYNC | FREEBSD_SF_USER_READAHEAD |  \
	 FREEBSD_SF_NOCACHE | 0xffff0000u)

struct iov {
	u64 base, len;
};

/* Bytes in n vectors, or an error. */
static long total(guest_ptr iov, i32 n)
{
	struct iov v;
	u64 sum = 0;

	if (n < 0 || n > FREEBSD_IOV_MAX)
		return -CORE_EINVAL;
	for (i32 i = 0; i < n; i++) {
		if (copy_from_guest(&v, gp_add(iov, (u64)i * sizeof(v)), sizeof(v)) < 0)
			return -CORE_EFAULT;
		if (v.len > INT64_MAX - sum)
			return -CORE_EINVAL;
		sum += v.len;
	}
	return (long)sum;
}

/* Sends len bytes of n vectors; 0, or why not all. */
static long send_vectors(int s, u64 iov, i32 n, u64 len, int flags, u64 *sent)
{
	struct core_msghdr msg = {.msg_iov = iov, .msg_iovlen = (u64)n};
	long r = len ? EXO(sendmsg, s, &msg, flags | CORE_MSG_NOSIGNAL) : 0;

	if (r < 0)
		return r;
	*sent += (u64)r;
	return (u64)r == len ? 0 : -CORE_EAGAIN;
}

/* nbytes of the file from offset, 0: all; 0, or why not all. */
static long send_file(int fd, int s, i64 offset, u64 nbytes, u64 *sent)
{
	u64 left = nbytes ? nbytes : UINT64_MAX;

	while (left) {
		long r = EXO(sendfile, s, fd, &offset, MIN(left, PIECE_MOST));

		if (r <= 0)
			return r;
		*sent += (u64)r;
		left -= (u64)r;
	}
	return 0;
}

/* The hub's SIGPIPE, blocked meanwhile, is taken back. */
static void forget_sigpipe(void)
{
	static const struct core_timespec at_once;
	u64 set = CORE_SIGBIT(CORE_SIGPIPE);

	EXO_NOW(rt_sigtimedwait, &set, NULL, &at_once, 8);
}

static long check(int fd, int s)
{
	struct core_stat st;
	long type, flags = EXO_NOW(fcntl, fd, CORE_F_GETFL);

	if (flags < 0)
		return flags;
	if ((flags & CORE_O_ACCMODE) == CORE_O_WRONLY)
		return -CORE_EBADF;
	EXO_NOW(fstat, fd, &st);
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFREG)
		return -CORE_EINVAL;
	type = core_socket_option(s, CORE_SO_TYPE);
	if (type < 0)
		return type;
	if (type != CORE_SOCK_STREAM)
		return -CORE_EINVAL;
	return core_socket_option(s, CORE_SO_ACCEPTCONN) > 0 ? -CORE_ENOTCONN : 0;
}

struct work {
	struct freebsd_sf_hdtr h;
	u64 header, trailer; /* bytes */
	u64 sent;
};

static long read_work(guest_ptr hdtr, struct work *w)
{
	long r;

	if (!hdtr.addr)
		return 0;
	if (copy_from_guest(&w->h, hdtr, sizeof(w->h)) < 0)
		return -CORE_EFAULT;
	if (w->h.headers) {
		r = total(gp(w->h.headers), w->h.hdr_cnt);
		if (r < 0)
			return r;
		w->header = (u64)r;
	}
	if (w->h.trailers) {
		r = total(gp(w->h.trailers), w->h.trl_cnt);
		if (r < 0)
			return r;
		w->trailer = (u64)r;
	}
	return 0;
}

static long send_all(struct core_thread *t, int fd, int s, i64 offset, u64 nbytes, struct work *w)
{
	long r = send_vectors(s, w->h.headers, w->h.hdr_cnt, w->header, CORE_MSG_MORE, &w->sent);
	const u64 mask = core_sigmask(t);
	bool pending;

	if (r < 0)
		return r;
	core_sigmask_set(t, mask | CORE_SIGBIT(CORE_SIGPIPE));
	pending = core_sigpending(t) & CORE_SIGBIT(CORE_SIGPIPE);
	r = send_file(fd, s, offset, nbytes, &w->sent);
	if (r == -CORE_EPIPE && !pending)
		forget_sigpipe();
	core_sigmask_set(t, mask);
	if (r == 0)
		r = send_vectors(s, w->h.trailers, w->h.trl_cnt, w->trailer, 0, &w->sent);
	return r;
}

static long sendfile(struct core_thread *t, int fd, int s, i64 offset, u64 nbytes, guest_ptr hdtr,
		     guest_ptr sbytes, u32 flags, bool header_counts)
{
	struct work w = {0};
	long r;

	if (offset < 0 || (flags & ~SENDFILE_FLAGS))
		return -CORE_EINVAL;
	r = read_work(hdtr, &w);
	if (r < 0)
		return r;
	if (header_counts)
		nbytes = nbytes > w.header ? nbytes - w.header : 0;
	r = check(fd, s);
	if (r == 0)
		r = send_all(t, fd, s, offset, nbytes, &w);
	if (r == -CORE_ERESTART_ALWAYS && w.sent == 0)
		return r; /* not begun */
	if (sbytes.addr)
		guest_write_u64(sbytes, w.sent);
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

long freebsd_sendfile(struct core_thread *t, FD fd, FD s, OFF offset, SIZE nbytes, IN hdtr,
		      OUT sbytes, HEX flags)
{
	return sendfile(t, fd, s, offset, nbytes, hdtr, sbytes, flags, false);
}

/* Until FreeBSD 5 the headers counted among the bytes to send. */
long freebsd_freebsd4_sendfile(struct core_thread *t, FD fd, FD s, OFF offset, SIZE nbytes, IN hdtr,
			       OUT sbytes, HEX flags)
{
	return sendfile(t, fd, s, offset, nbytes, hdtr, sbytes, flags, true);
}
