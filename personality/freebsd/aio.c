/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/aio.c: asynchronous I/O, carried out by core/aio.c. Facts: aio(4),
 * aio_read(2) and its like, lio_listio(2), sys/aio.h, sys/kern/vfs_aio.c of FreeBSD 14.
 *
 * A request is known by the address of its control block, which the kernel writes to only
 * when it refuses one and when it hands the result over. Like there with vfs.aio.enable_unsafe
 * at 0, only files and sockets are served.
 */
#include "core/aio.h"
#include "core/kqueue.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_aio.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/convert_errno.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

#define NSEC	     1000000000L
#define KEVENT_FLAGS (CORE_EV_CLEAR | CORE_EV_DISPATCH | CORE_EV_ONESHOT)
#define LIST_MAX     CORE_AIO_MOST

static void store(guest_ptr cb, i64 status, i64 error)
{
	guest_write_u64(gp_add(cb, offsetof(struct freebsd_aiocb, status)), (u64)status);
	guest_write_u64(gp_add(cb, offsetof(struct freebsd_aiocb, error)), (u64)error);
}

/* ---- what is to be told ------------------------------------------------------------------- */

static long notice_of(const struct freebsd_sigevent *ev, struct core_aio_notice *n)
{
	memset(n, 0, sizeof(*n));
	if (ev->sigev_notify != FREEBSD_SIGEV_KEVENT)
		return freebsd_to_core_sigevent(ev, &n->event);
	if (ev->un.kevent_flags & ~(u32)KEVENT_FLAGS)
		return -CORE_EINVAL;
	n->kevent = true;
	n->kq = ev->sigev_signo;
	n->kq_flags = ev->un.kevent_flags; /* the values of core/abi_kqueue.h */
	n->event.sigev_notify = CORE_SIGEV_NONE;
	n->event.sigev_value.sival_ptr = ev->sigev_value.sival_ptr;
	return 0;
}

static long read_block(guest_ptr cb, bool old, struct freebsd_aiocb *out)
{
	struct freebsd6_aiocb o;

	if (!old)
		return copy_from_guest(out, cb, sizeof(*out));
	if (copy_from_guest(&o, cb, sizeof(o)) < 0)
		return -CORE_EFAULT;
	*out = (struct freebsd_aiocb){
	    .aio_fildes = o.aio_fildes,
	    .aio_offset = o.aio_offset,
	    .aio_buf = o.aio_buf,
	    .aio_nbytes = o.aio_nbytes,
	    .aio_lio_opcode = o.aio_lio_opcode,
	    .aio_sigevent = {.sigev_notify = o.aio_sigevent.sigev_notify,
			     .sigev_signo = o.aio_sigevent.sigev_signo,
			     .sigev_value = o.aio_sigevent.sigev_value},
	};
	return 0;
}

/* ---- submission --------------------------------------------------------------------------- */

static long request_of(guest_ptr cb, const struct freebsd_aiocb *b, int op,
		       struct core_aio_request *r)
{
	*r = (struct core_aio_request){
	    .id = cb.addr,
	    .fd = b->aio_fildes,
	    .offset = b->aio_offset,
	    .vectored = op & FREEBSD_LIO_VECTORED,
	    .data = gp(b->aio_buf),
	    .count = b->aio_nbytes,
	};
	switch (op) {
	case FREEBSD_LIO_READ:
	case FREEBSD_LIO_READV:
		r->op = CORE_AIO_READ;
		break;
	case FREEBSD_LIO_WRITE:
	case FREEBSD_LIO_WRITEV:
		r->op = CORE_AIO_WRITE;
		break;
	case FREEBSD_LIO_SYNC:
		r->op = CORE_AIO_SYNC;
		break;
	case FREEBSD_LIO_DSYNC:
		r->op = CORE_AIO_DATASYNC;
		break;
	case FREEBSD_LIO_MLOCK:
		r->op = CORE_AIO_MLOCK;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (!r->vectored && r->op <= CORE_AIO_WRITE && r->count > INT64_MAX)
		return -CORE_EINVAL;
	return notice_of(&b->aio_sigevent, &r->notice);
}

/* What a list may ask for: neither syncing nor locking. */
static bool may_be_listed(int op)
{
	return op == FREEBSD_LIO_READ || op == FREEBSD_LIO_WRITE || op == FREEBSD_LIO_READV ||
	       op == FREEBSD_LIO_WRITEV;
}

/* op: FREEBSD_LIO_NOP for what the block itself says, which may be nothing. */
static long queue(struct core_thread *t, guest_ptr cb, int op, bool old, struct core_aio_group *g)
{
	struct core_aio_request request;
	struct freebsd_aiocb b;
	long r;

	if (guest_write_u64(gp_add(cb, offsetof(struct freebsd_aiocb, status)), ~0UL) < 0)
		return -CORE_EFAULT;
	store(cb, -1, 0);
	r = read_block(cb, old, &b);
	if (r == 0 && op == FREEBSD_LIO_NOP) {
		op = b.aio_lio_opcode;
		if (op == FREEBSD_LIO_NOP)
			return 0;
		if (!may_be_listed(op))
			r = -CORE_EINVAL;
	}
	if (r == 0)
		r = request_of(cb, &b, op, &request);
	if (r == 0) {
		request.group = g;
		r = core_aio_submit(t, &request);
	}
	if (r < 0)
		store(cb, -1, core_to_freebsd_errno((int)-r));
	return r;
}

long freebsd_aio_read(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_READ, false, NULL);
}

long freebsd_aio_write(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_WRITE, false, NULL);
}

long freebsd_aio_readv(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_READV, false, NULL);
}

long freebsd_aio_writev(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_WRITEV, false, NULL);
}

long freebsd_freebsd6_aio_read(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_READ, true, NULL);
}

long freebsd_freebsd6_aio_write(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_WRITE, true, NULL);
}

long freebsd_aio_fsync(struct core_thread *t, INT op, INOUT aiocbp)
{
	if (op == FREEBSD_O_DSYNC)
		return queue(t, aiocbp, FREEBSD_LIO_DSYNC, false, NULL);
	if (op != FREEBSD_O_SYNC)
		return -CORE_EINVAL;
	return queue(t, aiocbp, FREEBSD_LIO_SYNC, false, NULL);
}

long freebsd_aio_mlock(struct core_thread *t, INOUT aiocbp)
{
	return queue(t, aiocbp, FREEBSD_LIO_MLOCK, false, NULL);
}

/* ---- results ------------------------------------------------------------------------------ */

static long hand_over(guest_ptr cb, long result)
{
	i64 error = result < 0 ? core_to_freebsd_errno((int)-result) : 0;

	store(cb, result < 0 ? -1 : result, error);
	return result;
}

long freebsd_aio_return(struct core_thread *t, INOUT aiocbp)
{
	long result;

	(void)t;
	if (core_aio_take(aiocbp.addr, &result) < 0)
		return -CORE_EINVAL;
	return hand_over(aiocbp, result);
}

/* The error is the value. */
long freebsd_aio_error(struct core_thread *t, INOUT aiocbp)
{
	const int invalid = core_to_freebsd_errno(CORE_EINVAL);
	u64 status, error;
	long result, r;

	(void)t;
	r = core_aio_look(aiocbp.addr, &result);
	if (r == 0)
		return result < 0 ? core_to_freebsd_errno((int)-result) : 0;
	if (r == -CORE_EINPROGRESS)
		return core_to_freebsd_errno(CORE_EINPROGRESS);
	if (guest_read_u64(gp_add(aiocbp, offsetof(struct freebsd_aiocb, status)), &status) < 0 ||
	    guest_read_u64(gp_add(aiocbp, offsetof(struct freebsd_aiocb, error)), &error) < 0)
		return invalid;
	return status == ~0UL ? (long)(i32)error : invalid; /* one that was refused */
}

long freebsd_aio_cancel(struct core_thread *t, FD fd, INOUT aiocbp)
{
	u32 found;

	(void)t;
	if (exo_fd_hidden(fd) || EXO(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	found = core_aio_cancel(fd, aiocbp.addr);
	if (found & CORE_AIO_NOTCANCELED)
		return FREEBSD_AIO_NOTCANCELED;
	return found ? FREEBSD_AIO_CANCELED : FREEBSD_AIO_ALLDONE;
}

/* ---- waiting ------------------------------------------------------------------------------ */

/* The time-out becomes a time; 0 of it is not waited for at all. */
static long deadline_of(guest_ptr timeout, struct exo_time *until, bool *now)
{
	struct core_timespec ts;

	*now = false;
	if (!timeout.addr)
		return 0;
	if (copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (ts.tv_nsec < 0 || ts.tv_nsec >= NSEC)
		return -CORE_EINVAL;
	*now = ts.tv_sec < 0 || (ts.tv_sec == 0 && ts.tv_nsec == 0);
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, until);
	if (__builtin_add_overflow(until->sec, MAX(ts.tv_sec, 0), &until->sec))
		until->sec = INT64_MAX / 2;
	until->nsec += ts.tv_nsec;
	if (until->nsec >= NSEC) {
		until->nsec -= NSEC;
		until->sec++;
	}
	return 0;
}

static long wait_result(long r)
{
	return r == -CORE_ETIMEDOUT ? -CORE_EAGAIN : r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

/* How many of a list go on; *ended: one has. */
static u32 look_at(const u64 *list, int n, bool *ended)
{
	u32 going = 0;
	long result;

	for (int i = 0; i < n; i++) {
		long r = list[i] ? core_aio_look(list[i], &result) : -CORE_ENOENT;

		going += r == -CORE_EINPROGRESS;
		*ended |= r == 0;
	}
	return going;
}

long freebsd_aio_suspend(struct core_thread *t, IN aiocbp, INT nent, IN timeout)
{
	u64 list[LIST_MAX];
	struct exo_time until;
	bool now, ended = false;
	long r;

	(void)t;
	if (nent < 0 || nent > LIST_MAX)
		return -CORE_EINVAL;
	r = deadline_of(timeout, &until, &now);
	if (r < 0)
		return r;
	if (copy_from_guest(list, aiocbp, (u64)nent * sizeof(*list)) < 0)
		return -CORE_EFAULT;
	for (;;) {
		u32 seen = core_aio_ended();

		if (look_at(list, nent, &ended) == 0 || ended)
			return 0;
		r = now ? -CORE_EAGAIN : core_aio_wait(seen, timeout.addr ? &until : NULL);
		if (r < 0)
			return wait_result(r);
	}
}

long freebsd_aio_waitcomplete(struct core_thread *t, INOUT aiocbp, IN timeout)
{
	struct exo_time until;
	long r, result;
	bool now;
	u64 id;

	(void)t;
	if (aiocbp.addr && guest_write_u64(aiocbp, 0) < 0)
		return -CORE_EFAULT;
	r = deadline_of(timeout, &until, &now);
	if (r < 0)
		return r;
	for (;;) {
		u32 seen = core_aio_ended();

		if (core_aio_take_any(&id, &result) == 0)
			break;
		r = now ? -CORE_EAGAIN : core_aio_wait(seen, timeout.addr ? &until : NULL);
		if (r < 0)
			return r == -CORE_EINTR && !timeout.addr ? r : wait_result(r);
	}
	if (aiocbp.addr)
		guest_write_u64(aiocbp, id);
	return hand_over(gp(id), result);
}

/* ---- lists -------------------------------------------------------------------------------- */

static long list_notice(guest_ptr sig, int mode, bool old, struct core_aio_notice *n)
{
	struct freebsd_sigevent ev = {.sigev_notify = FREEBSD_SIGEV_NONE};
	struct freebsd6_sigevent o;

	if (sig.addr && mode == FREEBSD_LIO_NOWAIT) {
		if (old) {
			if (copy_from_guest(&o, sig, sizeof(o)) < 0)
				return -CORE_EFAULT;
			ev.sigev_notify = o.sigev_notify;
			ev.sigev_signo = o.sigev_signo;
			ev.sigev_value = o.sigev_value;
		} else if (copy_from_guest(&ev, sig, sizeof(ev)) < 0) {
			return -CORE_EFAULT;
		}
	}
	return notice_of(&ev, n);
}

static long wait_for_all(const u64 *list, int n)
{
	for (;;) {
		u32 seen = core_aio_ended();
		bool ended = false;
		long r;

		if (look_at(list, n, &ended) == 0)
			return 0;
		r = core_aio_wait(seen, NULL);
		if (r < 0)
			return wait_result(r);
	}
}

static long listio(struct core_thread *t, int mode, guest_ptr acb_list, int n, guest_ptr sig,
		   bool old)
{
	struct core_aio_notice notice;
	struct core_aio_group *g;
	u64 list[LIST_MAX];
	u32 failed = 0, again = 0;
	long r;

	if ((mode != FREEBSD_LIO_NOWAIT && mode != FREEBSD_LIO_WAIT) || n < 0 || n > LIST_MAX)
		return -CORE_EINVAL;
	r = list_notice(sig, mode, old, &notice);
	if (r < 0)
		return r;
	if (copy_from_guest(list, acb_list, (u64)n * sizeof(*list)) < 0)
		return -CORE_EFAULT;
	g = core_aio_group_open(acb_list.addr, &notice, &r);
	if (!g)
		return r;
	for (int i = 0; i < n; i++) {
		r = list[i] ? queue(t, gp(list[i]), FREEBSD_LIO_NOP, old, g) : 0;
		again += r == -CORE_EAGAIN;
		failed += r < 0 && r != -CORE_EAGAIN;
	}
	core_aio_group_close(g);
	r = mode == FREEBSD_LIO_WAIT ? wait_for_all(list, n) : 0;
	if (r < 0)
		return r;
	if (failed)
		return -CORE_EIO;
	return again ? -CORE_EAGAIN : 0;
}

long freebsd_lio_listio(struct core_thread *t, INT mode, IN acb_list, INT nent, IN sig)
{
	return listio(t, mode, acb_list, nent, sig, false);
}

long freebsd_freebsd6_lio_listio(struct core_thread *t, INT mode, IN acb_list, INT nent, IN sig)
{
	return listio(t, mode, acb_list, nent, sig, true);
}
