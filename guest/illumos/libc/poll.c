/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/poll.c: waiting for descriptors. select is made of pollsys, as in the
 * original (usr/src/lib/libc/port/gen/{poll,select}.c): sets of up to 65536 descriptors.
 */
#include <poll.h>
#include <stdlib.h>
#include <sys/select.h>
#include <sys/time.h>

#include "guest/illumos/libc/libc.h"

EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
	return (int)result(WAITING(pollsys, fds, n, timeout, mask));
}

EXPORT int poll(struct pollfd *fds, nfds_t n, int timeout)
{
	struct timespec ts = {timeout / 1000, (long)(timeout % 1000) * 1000000};

	return ppoll(fds, n, timeout < 0 ? NULL : &ts, NULL);
}

#define FEW 64 /* of Go's small stacks; more come from the heap */

static bool has(const fd_set *s, int fd)
{
	return s && s->fds_bits[fd / 64] >> fd % 64 & 1;
}

static nfds_t to_poll(int n, const fd_set *in, const fd_set *out, const fd_set *except,
		      struct pollfd *fds)
{
	nfds_t used = 0;

	for (int fd = 0; fd < n; fd++) {
		short events =
		    (short)((has(in, fd) ? POLLRDNORM : 0) | (has(out, fd) ? POLLWRNORM : 0) |
			    (has(except, fd) ? POLLRDBAND : 0));

		if (events)
			fds[used++] = (struct pollfd){.fd = fd, .events = events};
	}
	return used;
}

static void clear(fd_set *s, int n)
{
	for (int i = 0; s && i < (n + 63) / 64; i++)
		s->fds_bits[i] = 0;
}

static int mark(fd_set *s, const struct pollfd *p, short asked, short events)
{
	if (!s || !(p->events & asked) || !(p->revents & events))
		return 0;
	s->fds_bits[p->fd / 64] |= 1L << p->fd % 64;
	return 1;
}

static int count(int n)
{
	return n < 0 ? 0 : n;
}

EXPORT int pselect(int n, fd_set *in, fd_set *out, fd_set *except, const struct timespec *timeout,
		   const sigset_t *mask)
{
	struct pollfd few[FEW], *fds = few;
	int found = 0, error = 0, r;
	nfds_t used;

	if (n < 0 || n > 65536 ||
	    (timeout &&
	     (timeout->tv_sec < 0 || timeout->tv_nsec < 0 || timeout->tv_nsec >= 1000000000L)))
		return (int)fail_with(EINVAL);
	if (n > FEW && !(fds = malloc((size_t)n * sizeof(*fds))))
		return (int)fail_with(ENOMEM);
	used = to_poll(n, in, out, except, fds);
	r = ppoll(fds, used, timeout, mask);
	for (nfds_t i = 0; i < used && r > 0; i++)
		if (fds[i].revents & POLLNVAL)
			error = EBADF;
	if (r >= 0 && !error) {
		clear(in, n);
		clear(out, n);
		clear(except, n);
		for (nfds_t i = 0; i < used && r > 0; i++) {
			found += mark(in, &fds[i], POLLRDNORM, POLLRDNORM | POLLERR | POLLHUP);
			found += mark(out, &fds[i], POLLWRNORM, POLLWRNORM | POLLERR | POLLHUP);
			found += mark(except, &fds[i], POLLRDBAND, POLLRDBAND);
		}
	}
	if (fds != few)
		free(fds);
	if (error)
		return (int)fail_with(error);
	return r < 0 ? r : count(found);
}

EXPORT int select(int n, fd_set *in, fd_set *out, fd_set *except, struct timeval *timeout)
{
	struct timespec ts;

	if (timeout) {
		if (timeout->tv_usec < 0 || timeout->tv_usec >= 1000000)
			return (int)fail_with(EINVAL);
		ts = (struct timespec){timeout->tv_sec, timeout->tv_usec * 1000};
	}
	return pselect(n, in, out, except, timeout ? &ts : NULL, NULL);
}
