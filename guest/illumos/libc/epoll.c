/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/epoll.c: epoll over /dev/poll, eventfd and timerfd over their devices, as in
 * the original (usr/src/lib/libc/port/sys/{epoll,eventfd,timerfd}.c; epoll(7), eventfd(3C),
 * timerfd_create(3C)).
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/devpoll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

#define EVENTFDIOC_SEMAPHORE 0x65666401
#define TIMERFDIOC_CREATE    0x74666401
#define TIMERFDIOC_SETTIME   0x74666402
#define TIMERFDIOC_GETTIME   0x74666403

#define POLLONESHOT 0x1000
#define POLLET	    0x2000

static int fail(int error)
{
	errno = error;
	return -1;
}

/* What the open gave, or -1 with the request's error and nothing open. */
static int asked(int fd, int request, long arg)
{
	int error;

	if (fd < 0 || ioctl(fd, request, arg) == 0)
		return fd;
	error = errno;
	close(fd);
	return fail(error);
}

EXPORT int epoll_create1(int flags)
{
	return asked(open("/dev/poll", O_RDWR | (flags & EPOLL_CLOEXEC ? O_CLOEXEC : 0)),
		     DP_EPOLLCOMPAT, 0);
}

EXPORT int epoll_create(int size)
{
	return size <= 0 ? fail(EINVAL) : epoll_create1(0);
}

/* An event is POLL's where the two have the same bit; EPOLLMSG and EPOLLWAKEUP are nothing. */
static short to_poll(uint32_t e)
{
	uint32_t p =
	    e & (EPOLLIN | EPOLLPRI | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLRDBAND);

	p |= e & EPOLLRDHUP ? POLLRDHUP : 0;
	p |= e & EPOLLET ? POLLET : 0;
	p |= e & EPOLLONESHOT ? POLLONESHOT : 0;
	p |= e & EPOLLWRNORM ? POLLWRNORM : 0;
	p |= e & EPOLLWRBAND ? POLLWRBAND : 0;
	return (short)p;
}

EXPORT int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)
{
	dvpoll_epollfd_t change[2];
	size_t n = 0;
	ssize_t r;

	if (op != EPOLL_CTL_ADD && op != EPOLL_CTL_MOD && op != EPOLL_CTL_DEL)
		return fail(EOPNOTSUPP);
	if (op != EPOLL_CTL_ADD)
		change[n++] = (dvpoll_epollfd_t){.dpep_pollfd = {.fd = fd, .events = POLLREMOVE}};
	if (op != EPOLL_CTL_DEL)
		change[n++] = (dvpoll_epollfd_t){
		    .dpep_pollfd = {.fd = fd, .events = to_poll(event->events)},
		    .dpep_data = event->data.u64,
		};
	do
		r = write(epfd, change, n * sizeof(change[0]));
	while (r < 0 && errno == EINTR);
	return r >= 0 ? 0 : errno == ELOOP ? fail(EINVAL) : -1;
}

static int wait_for(int epfd, int request, struct epoll_event *events, int n, int timeout,
		    const sigset_t *mask)
{
	dvpoll_t q = {
	    .dp_fds = (pollfd_t *)events,
	    .dp_nfds = (nfds_t)n,
	    .dp_timeout = timeout,
	    .dp_setp = (sigset_t *)mask,
	};

	return n <= 0 ? fail(EINVAL) : ioctl(epfd, request, (long)&q);
}

EXPORT int epoll_wait(int epfd, struct epoll_event *events, int n, int timeout)
{
	return wait_for(epfd, DP_POLL, events, n, timeout, NULL);
}

EXPORT int epoll_pwait(int epfd, struct epoll_event *events, int n, int timeout,
		       const sigset_t *mask)
{
	return wait_for(epfd, DP_PPOLL, events, n, timeout, mask);
}

/* ---- eventfd, timerfd --------------------------------------------------------------------- */

static int open_device(const char *name, int nonblock, int cloexec)
{
	return open(name, O_RDWR | (nonblock ? O_NONBLOCK : 0) | (cloexec ? O_CLOEXEC : 0));
}

EXPORT int eventfd_read(int fd, eventfd_t *value)
{
	return read(fd, value, sizeof(*value)) == sizeof(*value) ? 0 : -1;
}

EXPORT int eventfd_write(int fd, eventfd_t value)
{
	return write(fd, &value, sizeof(value)) == sizeof(value) ? 0 : -1;
}

EXPORT int eventfd(unsigned initial, int flags)
{
	int fd;

	if (flags & ~(EFD_NONBLOCK | EFD_CLOEXEC | EFD_SEMAPHORE))
		return fail(EINVAL);
	fd = open_device("/dev/eventfd", flags & EFD_NONBLOCK, flags & EFD_CLOEXEC);
	if (flags & EFD_SEMAPHORE)
		fd = asked(fd, EVENTFDIOC_SEMAPHORE, 0);
	if (fd >= 0 && eventfd_write(fd, initial) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

EXPORT int timerfd_create(int clock, int flags)
{
	if (flags & ~(TFD_NONBLOCK | TFD_CLOEXEC))
		return fail(EINVAL);
	return asked(open_device("/dev/timerfd", flags & TFD_NONBLOCK, flags & TFD_CLOEXEC),
		     TIMERFDIOC_CREATE, clock);
}

/* A descriptor of another kind is EINVAL, as where these come from. */
static int timer_asked(int fd, int request, void *arg)
{
	int r = ioctl(fd, request, (long)arg);

	return r < 0 && errno == ENOTTY ? fail(EINVAL) : r;
}

EXPORT int timerfd_settime(int fd, int flags, const struct itimerspec *value,
			   struct itimerspec *old)
{
	uint64_t q[] = {(uint64_t)flags, (uint64_t)value, (uint64_t)old};

	if (flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET))
		return fail(EINVAL);
	return timer_asked(fd, TIMERFDIOC_SETTIME, q);
}

EXPORT int timerfd_gettime(int fd, struct itimerspec *value)
{
	return timer_asked(fd, TIMERFDIOC_GETTIME, value);
}
