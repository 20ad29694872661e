/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/kaio.c: asynchronous I/O by the kernel, which is for raw devices alone.
 *
 * Of everything else a request is refused with EBADFD, and the library's own threads do it; what it
 * asks of the kernel then is to wait until one of them says that something is done (AIOWAIT,
 * AIONOTIFY). Facts: usr/src/uts/common/os/aio.c, lib/libc/port/aio/aio.c.
 */
#include "core/fd.h"
#include "personality/illumos/abi_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/lwp_object.h"

enum {
	AIOREAD,
	AIOWRITE,
	AIOWAIT,
	AIOCANCEL,
	AIONOTIFY,
	AIOINIT,
	AIOSTART,
	AIOLIO,
	AIOSUSPEND,
	AIOERROR,
	AIOLIOWAIT,
	AIOAREAD,
	AIOAWRITE,
	AIOFSYNC = 20,
	AIOWAITN,
};

#define POLL_BIT    0x20
#define AIO_ALLDONE 1
#define LISTIO_MAX  4096 /* _AIO_LISTIO_MAX of sys/param.h */
#define LIO_NOP	    0
#define DONT_WAIT   (~0UL) /* in place of a time */

/* struct aiocb of sys/aiocb.h */
struct aiocb {
	i32 fildes, pad0;
	u64 buf, nbytes;
	i64 offset;
	i32 reqprio, pad1;
	struct illumos_sigevent sigevent;
	i32 lio_opcode, pad2;
	i64 result;
	i32 error, pad3;
	i32 state, pad4;
};
SIZE_ASSERT(struct aiocb, 112);
OFFSET_ASSERT(struct aiocb, lio_opcode, 80);
OFFSET_ASSERT(struct aiocb, result, 88);

static bool begun, cleans;
static u32 done; /* a futex: what has been told and not yet been asked for */

/* mode: what of it is open for the request, O_RDONLY or O_WRONLY. */
static long no_raw_device(int fd, int mode)
{
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fcntl, fd, CORE_F_GETFL);

	if (r < 0)
		return r;
	r &= CORE_O_ACCMODE;
	return r == CORE_O_RDWR || r == mode ? -CORE_EBADFD : -CORE_EBADF;
}

/* A control block begins with its descriptor. */
static long request(guest_ptr block, int mode)
{
	u32 fd;

	if (!begun)
		return -CORE_EINVAL;
	return guest_read_u32(block, &fd) < 0 ? -CORE_EFAULT : no_raw_device((int)fd, mode);
}

static bool take_notice(void)
{
	u32 n = __atomic_load_n(&done, __ATOMIC_ACQUIRE);

	while (n)
		if (__atomic_compare_exchange_n(&done, &n, n - 1, true, __ATOMIC_ACQ_REL,
						__ATOMIC_ACQUIRE))
			return true;
	return false;
}

static long wait_done(struct core_thread *t, guest_ptr timeout, bool dont_block)
{
	struct illumos_wait w = {0};
	struct core_timeval tv;
	struct exo_time now;
	long r = 0;

	if (!begun)
		return -CORE_EINVAL;
	if (timeout.addr == DONT_WAIT) {
		w.now = true;
	} else if (timeout.addr) {
		if (copy_from_guest(&tv, timeout, sizeof(tv)) < 0)
			return -CORE_EFAULT;
		if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000)
			return -CORE_EINVAL;
		exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
		w.timed = true;
		w.now = tv.tv_sec == 0 && tv.tv_usec == 0;
		w.until.tv_sec = now.sec + MIN(tv.tv_sec, INT64_MAX / 2);
		w.until.tv_nsec = now.nsec + tv.tv_usec * 1000;
		if (w.until.tv_nsec >= 1000000000) {
			w.until.tv_nsec -= 1000000000;
			w.until.tv_sec++;
		}
	}
	for (;;) {
		if (take_notice())
			return 1;
		if (dont_block)
			return -CORE_EINVAL; /* nothing is under way in the kernel */
		if (w.now)
			return 0;
		r = illumos_wait_word(t, (u64)&done, 0, false, &w);
		if (r < 0)
			return r;
	}
}

static long notify(void)
{
	if (begun) {
		__atomic_add_fetch(&done, 1, __ATOMIC_RELEASE);
		illumos_wake_word((u64)&done, 1, false);
	}
	return 0;
}

/* The thread that would clean up after a process that ends: it waits for that. */
static long clean_up(struct core_thread *t)
{
	static const struct illumos_wait forever;
	u32 word = 0;
	long r = 0;

	if (exo_alone())
		return -CORE_EDEADLK;
	if (!begun)
		return -CORE_EINVAL;
	if (__atomic_exchange_n(&cleans, true, __ATOMIC_RELAXED))
		return 0;
	while (r == 0)
		r = illumos_wait_word(t, (u64)&word, 0, false, &forever);
	return r;
}

/* Of none of them the kernel has a request; but a thread may have told that it did one. */
static long suspend(guest_ptr timeout, i32 n)
{
	struct core_timespec ts = {1, 0};

	if (!begun || n <= 0 || n > LISTIO_MAX)
		return -CORE_EINVAL;
	if (timeout.addr && copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000)
		return -CORE_EINVAL;
	if (ts.tv_sec == 0 && ts.tv_nsec == 0)
		return -CORE_EAGAIN;
	return take_notice() ? 1 : -CORE_EAGAIN;
}

static long refuse(guest_ptr block, long error)
{
	i64 result = -1;

	if (copy_to_guest(MEMBER(block, aiocb, result), &result, sizeof(result)) < 0)
		return 0;
	return guest_write_u32(MEMBER(block, aiocb, error),
			       (u32)core_to_illumos_errno((int)-error));
}

/* Each request of the list is marked as one the library has to do. */
static long list(guest_ptr blocks, i32 n, guest_ptr event)
{
	struct illumos_sigevent ev;
	struct aiocb block;
	bool other = false, bad = false;
	u64 at;

	if (!begun || n <= 0 || n > LISTIO_MAX)
		return -CORE_EINVAL;
	if (event.addr && copy_from_guest(&ev, event, sizeof(ev)) < 0)
		return -CORE_EFAULT;
	for (i32 i = 0; i < n; i++) {
		long r;

		if (guest_read_u64(gp(blocks.addr + (u64)i * 8), &at) < 0)
			return -CORE_EFAULT;
		if (!at || copy_from_guest(&block, gp(at), sizeof(block)) < 0 ||
		    block.lio_opcode == LIO_NOP)
			continue;
		r = no_raw_device(block.fildes,
				  block.lio_opcode == 2 ? CORE_O_WRONLY : CORE_O_RDONLY);
		other |= r == -CORE_EBADFD;
		bad |= r != -CORE_EBADFD;
		refuse(gp(at), r);
	}
	return other ? -CORE_ILLUMOS_ENOTSUP : bad ? -CORE_EIO : 0;
}

/* With nothing under way there is nothing to wait for. */
static long wait_many(i32 n)
{
	return !begun || n <= 0 || n > LISTIO_MAX ? -CORE_EINVAL : -CORE_EAGAIN;
}

static long cancel(int fd)
{
	if (core_fd_hidden(fd) || EXO(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	return begun ? AIO_ALLDONE : -CORE_EINVAL;
}

long illumos_kaio(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4, ULONG a5)
{
	int op = code & ~POLL_BIT;
	int mode = op == AIOWRITE || op == AIOAWRITE ? CORE_O_WRONLY : CORE_O_RDONLY;

	(void)a5;
	switch (op) {
	case AIOREAD:
	case AIOWRITE:
		return begun ? no_raw_device((int)a1, mode) : -CORE_EINVAL;
	case AIOAREAD:
	case AIOAWRITE:
		return request(gp(a1), mode);
	case AIOWAIT:
		return wait_done(t, gp(a1), (i32)a2 != 0);
	case AIOCANCEL:
		return cancel((int)a1);
	case AIONOTIFY:
		return notify();
	case AIOINIT:
		begun = true;
		illumos_fork_resets = true;
		return 0;
	case AIOSTART:
		return clean_up(t);
	case AIOSUSPEND:
		return suspend(gp(a3), (i32)a2);
	case AIOWAITN:
		return wait_many((i32)a2);
	case AIOLIO:
		return list(gp(a2), (i32)a3, gp(a4));
	default: /* about requests, of which there are none */
		return -CORE_EINVAL;
	}
}

/* The child has none of its parent's requests. */
void illumos_kaio_forked(void)
{
	begun = false;
	cleans = false;
	done = 0;
}
