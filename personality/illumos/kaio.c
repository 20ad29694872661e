/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/kaio.c: asynchronous I/O by the kernel, which is for raw devices alone.
 *
 * Of everything else a request is refused with EBADFD, and the library's own threads do it; what it
 * asks of the kernel then is to wait until one of them says that something is done (AIOWAIT,
 * AIONOTIFY). Facts: usr/src/uts/common/os/aio.c, lib/libc/port/aio/aio.c.
 */
#include "core/fd.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/lwp.h"

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

static bool begun;
static u32 done; /* a futex: what has been told and not yet been asked for */

static long no_raw_device(int fd)
{
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fcntl, fd, CORE_F_GETFD);

	return r < 0 ? r : -CORE_EBADFD;
}

/* A control block begins with its descriptor. */
static long request(guest_ptr block)
{
	u32 fd;

	return guest_read_u32(block, &fd) < 0 ? -CORE_EFAULT : no_raw_device((int)fd);
}

static long wait_done(struct core_thread *t, guest_ptr timeout, bool dont_block)
{
	struct illumos_wait w = {0};
	struct core_timeval tv;
	struct exo_time now;
	long r = 0;
	u32 n;

	if (!begun)
		return -CORE_EINVAL;
	if (timeout.addr) {
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
		n = __atomic_load_n(&done, __ATOMIC_ACQUIRE);
		while (n)
			if (__atomic_compare_exchange_n(&done, &n, n - 1, true, __ATOMIC_ACQ_REL,
							__ATOMIC_ACQUIRE))
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
	while (r == 0)
		r = illumos_wait_word(t, (u64)&word, 0, false, &forever);
	return r;
}

long illumos_kaio(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4, ULONG a5)
{
	(void)a3, (void)a4, (void)a5;
	switch (code & ~POLL_BIT) {
	case AIOREAD:
	case AIOWRITE:
		return no_raw_device((int)a1);
	case AIOAREAD:
	case AIOAWRITE:
		return request(gp(a1));
	case AIOWAIT:
		return wait_done(t, gp(a1), (i32)a2 != 0);
	case AIOCANCEL:
		return core_fd_hidden((int)a1) || EXO(fcntl, (int)a1, CORE_F_GETFD) < 0
			   ? -CORE_EBADF
			   : AIO_ALLDONE;
	case AIONOTIFY:
		return notify();
	case AIOINIT:
		begun = true;
		return 0;
	case AIOSTART:
		return clean_up(t);
	default: /* about requests, of which there are none */
		return -CORE_EINVAL;
	}
}

/* The child has none of its parent's requests. */
void illumos_kaio_forked(void)
{
	begun = false;
	done = 0;
}
