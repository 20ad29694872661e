/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/devpoll.c: /dev/poll.
 *
 * The device is an epoll instance with a note of what is asked of each descriptor. Writing struct
 * pollfds adds to it, DP_POLL says what is ready, as often as it is asked. What the host cannot
 * wait for (a file) is always ready. The device is found when a name that is /dev/poll could not be
 * opened, and written to when the host would not have the write: nobody else pays.
 *
 * Facts: poll(7D), usr/src/uts/common/io/devpoll.c, sys/devpoll.h.
 */
#include "personality/illumos/devpoll.h"
#include "core/fd.h"
#include "core/signal.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/epoll.h"
#include "personality/illumos/port_events.h"

#define POLLREMOVE     0x0800
#define DP_POLL	       0xd001
#define DP_ISPOLLED    0xd002
#define DP_PPOLL       0xd003
#define DP_EPOLLCOMPAT 0xd004
#define BATCH	       64
#define FDS_MOST       65536

struct pollfd {
	i32 fd;
	i16 events, revents;
};

struct dvpoll {
	u64 fds, nfds;
	i32 timeout, pad0;
	u64 set; /* of DP_PPOLL alone */
};

struct devpoll {
	struct core_fd_note note;
	struct exo_lock lock;
	struct illumos_epoll *epoll; /* after DP_EPOLLCOMPAT */
	u32 files;		     /* descriptors that are always ready */
	u16 events[FDS_MOST];
	u8 file[FDS_MOST];
};

static void release(struct core_fd_note *note)
{
	struct devpoll *d = (struct devpoll *)note;

	if (d->epoll)
		illumos_epoll_free(d->epoll);
	exo_pages_free(note, sizeof(struct devpoll));
}

static const struct core_fd_ops ops = {.kind = CORE_FD_DEVPOLL, .release = release};

long illumos_devpoll_open(guest_ptr path, i32 flags)
{
	struct devpoll *d;
	char name[16];
	long fd;

	if (copy_str_from_guest(name, path, sizeof(name)) < 0 || strcmp(name, "/dev/poll"))
		return -CORE_ENOENT;
	d = exo_pages_alloc(sizeof(*d));
	if (!d)
		return -CORE_ENOMEM;
	fd = EXO(epoll_create1, flags & ILLUMOS_O_CLOEXEC ? CORE_EPOLL_CLOEXEC : 0);
	if (fd >= 0 && core_fd_attach((int)fd, &ops, &d->note) < 0) {
		EXO_NOW(close, fd);
		fd = -CORE_ENOMEM;
	}
	if (fd < 0)
		exo_pages_free(d, sizeof(*d));
	return fd;
}

/* With the lock held: one element of what is written. */
static long change(struct devpoll *d, int epoll, const struct pollfd *p)
{
	struct core_epoll_event ev;
	u32 core;
	long r;

	if (p->fd < 0 || p->fd >= FDS_MOST || core_fd_hidden(p->fd))
		return 0; /* passed over, as a bad descriptor is */
	if (p->events & POLLREMOVE) {
		EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_DEL, p->fd, NULL);
		d->files -= d->file[p->fd];
		d->file[p->fd] = 0;
		d->events[p->fd] = 0;
		return 0;
	}
	d->events[p->fd] |= (u16)p->events;
	bits_to_core(events_map, ARRAY_LEN(events_map), d->events[p->fd], &core);
	ev = (struct core_epoll_event){.events = core, .data = (u64)p->fd};
	r = EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_ADD, p->fd, &ev);
	if (r == -CORE_EEXIST)
		r = EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_MOD, p->fd, &ev);
	if (r == -CORE_EPERM) {
		d->files += !d->file[p->fd];
		d->file[p->fd] = 1;
	} else if (r < 0) {
		d->events[p->fd] = 0; /* no descriptor: DP_POLL says nothing of it */
	}
	return 0;
}

long illumos_devpoll_write(int fd, guest_ptr buf, u64 n)
{
	struct devpoll *d = (struct devpoll *)core_fd_get(fd, CORE_FD_DEVPOLL);
	struct pollfd p;
	long r = 0;

	if (!d)
		return -CORE_EINVAL;
	if (d->epoll) {
		r = illumos_epoll_write(d->epoll, fd, buf, n);
		core_fd_put(&d->note);
		return r;
	}
	exo_lock(&d->lock);
	for (u64 at = 0; r == 0 && n - at >= sizeof(p); at += sizeof(p))
		r = copy_from_guest(&p, gp(buf.addr + at), sizeof(p)) < 0 ? -CORE_EFAULT
									  : change(d, fd, &p);
	exo_unlock(&d->lock);
	core_fd_put(&d->note);
	return r < 0 ? r : (long)n;
}

static long give(u64 to, u64 *count, int fd, u32 events)
{
	struct pollfd p = {.fd = fd, .revents = (i16)events};

	return copy_to_guest(gp(to + (*count)++ * sizeof(p)), &p, sizeof(p));
}

/* Files, which are ready for everything that was asked. */
static long give_files(struct devpoll *d, u64 to, u64 room, u64 *count)
{
	long r = 0;

	exo_lock(&d->lock);
	for (int fd = 0; d->files && r == 0 && fd < FDS_MOST && *count < room; fd++)
		if (d->file[fd])
			r = give(to, count, fd,
				 d->events[fd] &
				     (ILLUMOS_POLLIN | ILLUMOS_POLLOUT | ILLUMOS_POLLRDNORM));
	exo_unlock(&d->lock);
	return r;
}

static bool interrupted(long r)
{
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS;
}

/* Nothing is asked of: then it is a sleep. */
static long just_sleep(struct core_thread *t, i32 timeout)
{
	struct core_timespec ts = {timeout / 1000, timeout % 1000 * 1000000L};
	long r;

	if (timeout == 0)
		return 0;
	do
		r = EXO(ppoll, NULL, 0, timeout > 0 ? &ts : NULL, NULL, 8);
	while (interrupted(r) && core_signal_absorb(t)); /* the host counts ts down */
	return interrupted(r) ? -CORE_EINTR_FINAL : r;
}

static long poll(struct core_thread *t, struct devpoll *d, int epoll, guest_ptr arg, bool masks)
{
	struct illumos_sigset set;
	struct core_epoll_event ev[BATCH];
	struct dvpoll q;
	u64 count = 0;
	long r = 0, n;

	if (copy_from_guest(&q, arg, masks ? sizeof(q) : offsetof(struct dvpoll, set)) < 0)
		return -CORE_EFAULT;
	if (masks && q.set) {
		if (copy_from_guest(&set, gp(q.set), sizeof(set)) < 0)
			return -CORE_EFAULT;
		core_sigmask_during_call(t, illumos_to_core_sigset(&set, NULL));
	}
	if (q.timeout < -1)
		q.timeout = -1;
	if (q.nfds == 0)
		return just_sleep(t, q.timeout);
	if (d->epoll)
		return illumos_epoll_wait(t, d->epoll, epoll, gp(q.fds), q.nfds, q.timeout);
	if (q.nfds > FDS_MOST)
		return -CORE_EINVAL;
	r = give_files(d, q.fds, q.nfds, &count);
	if (r < 0 || count == q.nfds)
		return r < 0 ? r : (long)count;
	do
		n = EXO(epoll_wait, epoll, ev, MIN(q.nfds - count, (u64)BATCH),
			count ? 0 : q.timeout);
	while (interrupted(n) && core_signal_absorb(t));
	if (interrupted(n))
		return -CORE_EINTR_FINAL;
	for (long i = 0; i < n && r == 0; i++) {
		u32 events;

		bits_to_guest(events_map, ARRAY_LEN(events_map), ev[i].events, &events);
		r = give(q.fds, &count, (int)ev[i].data, events);
	}
	return r < 0 ? r : n < 0 ? n : (long)count;
}

/* One way only. */
static long become_epoll(struct devpoll *d)
{
	long r = 0;

	exo_lock(&d->lock);
	if (!d->epoll)
		d->epoll = illumos_epoll_new();
	if (!d->epoll)
		r = -CORE_ENOMEM;
	exo_unlock(&d->lock);
	return r;
}

static long is_polled(struct devpoll *d, guest_ptr arg)
{
	struct pollfd p;

	if (copy_from_guest(&p, arg, sizeof(p)) < 0)
		return -CORE_EFAULT;
	if (p.fd < 0 || p.fd >= FDS_MOST || !d->events[p.fd])
		return 0;
	p.revents = (i16)d->events[p.fd];
	return copy_to_guest(arg, &p, sizeof(p)) < 0 ? -CORE_EFAULT : 1;
}

long illumos_devpoll_ioctl(struct core_thread *t, int fd, u32 request, guest_ptr arg)
{
	struct devpoll *d = (struct devpoll *)core_fd_get(fd, CORE_FD_DEVPOLL);
	long r;

	if (!d)
		return -CORE_ENOTTY;
	r = request == DP_POLL		? poll(t, d, fd, arg, false)
	    : request == DP_PPOLL	? poll(t, d, fd, arg, true)
	    : request == DP_ISPOLLED	? is_polled(d, arg)
	    : request == DP_EPOLLCOMPAT ? become_epoll(d)
					: -CORE_EINVAL;
	core_fd_put(&d->note);
	if (request == DP_PPOLL) /* a signal that waited for the mask, as in pollsys */
		t->exo.interrupted = 1;
	return r;
}
