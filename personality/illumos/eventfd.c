/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/eventfd.c: eventfd and timerfd, which illumos took over from Linux as devices
 * with requests. The descriptor is the host's own of that kind, so reading, writing and waiting
 * need nothing here; a note says which device it is. Two things the host decides when it makes one
 * and the devices later: that a counter counts down by one, and which clock a timer has. Another
 * descriptor takes the place then, as libc asks for it right after the open.
 *
 * Facts: eventfd(7D), timerfd(7D), usr/src/uts/common/io/{eventfd,timerfd}.c,
 * usr/src/uts/common/sys/{eventfd,timerfd}.h, usr/src/lib/libc/port/sys/{eventfd,timerfd}.c.
 */
#include "personality/illumos/eventfd.h"
#include "core/abi_poll.h"
#include "core/abi_process.h"
#include "core/fd.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/convert_file.h"

#define EVENTFDIOC_SEMAPHORE 0x65666401 /* toggles */
#define TIMERFDIOC_CREATE    0x74666401
#define TIMERFDIOC_SETTIME   0x74666402
#define TIMERFDIOC_GETTIME   0x74666403
#define TIMERFD_MONOTONIC    1

/* timerfd_settime_t */
struct settime {
	u64 flags, value, ovalue;
};

struct device {
	struct core_fd_note note;
	struct exo_lock lock;
	bool semaphore; /* of an eventfd */
	bool created;	/* a timer: it has a clock */
};

static void release(struct core_fd_note *note)
{
	exo_pages_free(note, sizeof(struct device));
}

static const struct core_fd_ops eventfd_ops = {.kind = CORE_FD_EVENTFD, .release = release};
static const struct core_fd_ops timerfd_ops = {.kind = CORE_FD_TIMERFD, .release = release};

/* Flags of one host call are those of the other, and of open. */
_Static_assert(CORE_EFD_CLOEXEC == CORE_TFD_CLOEXEC && CORE_EFD_NONBLOCK == CORE_TFD_NONBLOCK, "");

static long host_flags(i32 flags)
{
	return (flags & ILLUMOS_O_CLOEXEC ? CORE_EFD_CLOEXEC : 0) |
	       (flags & (ILLUMOS_O_NONBLOCK | ILLUMOS_O_NDELAY) ? CORE_EFD_NONBLOCK : 0);
}

long illumos_eventfd_open(guest_ptr path, i32 flags)
{
	const struct core_fd_ops *ops;
	struct device *d;
	char name[16];
	long fd;

	if (copy_str_from_guest(name, path, sizeof(name)) < 0)
		return -CORE_ENOENT;
	if (strcmp(name, "/dev/eventfd") == 0)
		ops = &eventfd_ops;
	else if (strcmp(name, "/dev/timerfd") == 0)
		ops = &timerfd_ops;
	else
		return -CORE_ENOENT;
	d = exo_pages_alloc(sizeof(*d));
	if (!d)
		return -CORE_ENOMEM;
	fd = ops == &eventfd_ops ? EXO(eventfd2, 0, host_flags(flags))
				 : EXO(timerfd_create, CORE_CLOCK_MONOTONIC, host_flags(flags));
	if (fd >= 0 && core_fd_attach((int)fd, ops, &d->note) < 0) {
		EXO_NOW(close, fd);
		fd = -CORE_ENOMEM;
	}
	if (fd < 0)
		exo_pages_free(d, sizeof(*d));
	return fd;
}

/* Puts `other` where fd is, with fd's flags, unless it is an error. */
static long take_place(int fd, long other)
{
	long r = other, status, descriptor;

	if (other < 0)
		return other;
	status = EXO(fcntl, fd, CORE_F_GETFL, 0);
	descriptor = EXO(fcntl, fd, CORE_F_GETFD, 0);
	if (status >= 0 && descriptor >= 0) {
		EXO(fcntl, other, CORE_F_SETFL, status);
		r = EXO(dup3, other, fd, descriptor & CORE_FD_CLOEXEC ? CORE_O_CLOEXEC : 0);
	} else {
		r = -CORE_EBADF;
	}
	EXO_NOW(close, other);
	return r < 0 ? r : 0;
}

static long toggle_semaphore(struct device *d, int fd)
{
	long other = EXO(eventfd2, 0, CORE_EFD_NONBLOCK | (d->semaphore ? 0 : CORE_EFD_SEMAPHORE));
	long status = EXO(fcntl, fd, CORE_F_GETFL, 0), r;
	u64 count = 0, part;

	if (other < 0 || status < 0)
		return other < 0 ? other : status;
	EXO(fcntl, fd, CORE_F_SETFL, status | CORE_O_NONBLOCK);
	while (EXO(read, fd, &part, sizeof(part)) == (long)sizeof(part))
		count += part;
	EXO(fcntl, fd, CORE_F_SETFL, status);
	if (count)
		EXO(write, other, &count, sizeof(count));
	r = take_place(fd, other);
	d->semaphore ^= r == 0;
	return r;
}

static long timer_create(struct device *d, int fd, i32 clock)
{
	long r;

	if (d->created)
		return -CORE_EEXIST;
	switch (clock) {
	case TIMERFD_MONOTONIC:
	case ILLUMOS_CLOCK_MONOTONIC:
		d->created = true;
		return 0;
	case ILLUMOS_CLOCK_REALTIME:
	case ILLUMOS_CLOCK_REALTIME0:
		r = take_place(fd, EXO(timerfd_create, CORE_CLOCK_REALTIME, 0));
		d->created = r == 0;
		return r;
	default:
		return -CORE_EINVAL;
	}
}

static bool is_time(const struct core_timespec *ts)
{
	return ts->tv_sec >= 0 && ts->tv_nsec >= 0 && ts->tv_nsec < 1000000000;
}

static long timer_set(struct device *d, int fd, guest_ptr arg)
{
	struct core_itimerspec set, old;
	struct settime q;
	long r;

	if (copy_from_guest(&q, arg, sizeof(q)) < 0 ||
	    copy_from_guest(&set, gp(q.value), sizeof(set)) < 0)
		return -CORE_EFAULT;
	if (!is_time(&set.it_value) ||
	    (!is_time(&set.it_interval) && (set.it_value.tv_sec || set.it_value.tv_nsec)))
		return -CORE_EINVAL;
	if (!d->created)
		return -CORE_ENODEV;
	if (!is_time(&set.it_interval))
		set.it_interval = set.it_value;
	r = EXO(timerfd_settime, fd, q.flags & CORE_TFD_TIMER_ABSTIME, &set, &old);
	return r < 0 || !q.ovalue ? r : copy_to_guest(gp(q.ovalue), &old, sizeof(old));
}

static long timer_get(struct device *d, int fd, guest_ptr arg)
{
	struct core_itimerspec now;
	long r = d->created ? EXO(timerfd_gettime, fd, &now) : -CORE_ENODEV;

	return r < 0 ? r : copy_to_guest(arg, &now, sizeof(now));
}

long illumos_eventfd_ioctl(int fd, u32 request, guest_ptr arg)
{
	enum core_fd_kind kind = request >> 24 == 'e' ? CORE_FD_EVENTFD : CORE_FD_TIMERFD;
	struct device *d = (struct device *)core_fd_get(fd, kind);
	long r = -CORE_ENOTTY;

	if (!d)
		return r;
	exo_lock(&d->lock);
	if (request == EVENTFDIOC_SEMAPHORE)
		r = toggle_semaphore(d, fd);
	else if (request == TIMERFDIOC_CREATE)
		r = timer_create(d, fd, (i32)arg.addr);
	else if (request == TIMERFDIOC_SETTIME)
		r = timer_set(d, fd, arg);
	else if (request == TIMERFDIOC_GETTIME)
		r = timer_get(d, fd, arg);
	exo_unlock(&d->lock);
	core_fd_put(&d->note);
	return r;
}
