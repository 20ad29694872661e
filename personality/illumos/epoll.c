/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/epoll.c: /dev/poll after DP_EPOLLCOMPAT, on which libc's epoll stands.
 *
 * What is written carries the caller's own word with each descriptor, what is read are epoll_events
 * whose layout and bits are the host's; so the host's epoll does it all, its errors are the ones
 * asked for, and an event is copied as it is. What the host cannot wait for, a file, is kept here
 * and always ready.
 *
 * Facts: epoll(7), usr/src/uts/common/io/devpoll.c, sys/{devpoll,epoll,poll}.h,
 * usr/src/lib/libc/port/sys/epoll.c.
 */
#include "personality/illumos/epoll.h"
#include "core/abi_poll.h"
#include "core/fd.h"
#include "core/signal.h"
#include "exo/lock.h"
#include "personality/bits.h"

#define POLLREMOVE 0x0800
#define BATCH	   64
#define FILES	   16 /* that may be waited for at once */

/* dvpoll_epollfd_t */
struct epollfd {
	i32 fd;
	i16 events, revents;
	u64 data;
};
SIZE_ASSERT(struct epollfd, 16);

struct file {
	bool used;
	i32 fd;
	struct core_epoll_event ev;
};

struct illumos_epoll {
	struct exo_lock lock;
	u32 n;
	struct file files[FILES];
};

/* WRNORM is OUT there, and who asked for WRBAND is told of it as EPOLLWRNORM. */
static const struct bit_pair events_map[] = {
    {0x0001, CORE_EPOLLIN},	 {0x0002, CORE_EPOLLPRI},
    {0x0004, CORE_EPOLLOUT},	 {0x0008, CORE_EPOLLERR},
    {0x0010, CORE_EPOLLHUP},	 {0x0040, CORE_EPOLLRDNORM},
    {0x0080, CORE_EPOLLRDBAND},	 {0x0100, CORE_EPOLLWRBAND | CORE_EPOLLWRNORM},
    {0x1000, CORE_EPOLLONESHOT}, {0x2000, CORE_EPOLLET},
    {0x4000, CORE_EPOLLRDHUP},
};

struct illumos_epoll *illumos_epoll_new(void)
{
	return exo_pages_alloc(sizeof(struct illumos_epoll));
}

void illumos_epoll_free(struct illumos_epoll *e)
{
	exo_pages_free(e, sizeof(*e));
}

static struct file *file_find(struct illumos_epoll *e, int fd)
{
	for (u32 i = 0; e->n && i < FILES; i++)
		if (e->files[i].used && e->files[i].fd == fd)
			return &e->files[i];
	return NULL;
}

static void file_drop(struct illumos_epoll *e, struct file *f)
{
	f->used = false;
	e->n--;
}

/* The host will not wait for this one (EPERM). */
static long file_add(struct illumos_epoll *e, int fd, const struct core_epoll_event *ev)
{
	if (file_find(e, fd))
		return -CORE_EEXIST;
	for (u32 i = 0; i < FILES; i++) {
		if (e->files[i].used)
			continue;
		e->files[i] = (struct file){true, fd, *ev};
		e->n++;
		return 0;
	}
	return -CORE_ENOMEM;
}

/* With the lock held: one element of what is written. */
static long change(struct illumos_epoll *e, int epoll, const struct epollfd *p)
{
	struct core_epoll_event ev = {.data = p->data};
	struct file *f;
	u32 events;
	long r;

	if (p->fd < 0 || core_fd_hidden(p->fd))
		return -CORE_EBADF;
	if (p->events == POLLREMOVE) {
		f = file_find(e, p->fd);
		if (f)
			file_drop(e, f);
		else
			return EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_DEL, p->fd, NULL);
		return 0;
	}
	bits_to_core(events_map, ARRAY_LEN(events_map), (u16)p->events, &events);
	ev.events = events;
	r = EXO_NOW(epoll_ctl, epoll, CORE_EPOLL_CTL_ADD, p->fd, &ev);
	return r == -CORE_EPERM ? file_add(e, p->fd, &ev) : r;
}

long illumos_epoll_write(struct illumos_epoll *e, int epoll, guest_ptr buf, u64 n)
{
	struct epollfd p;
	long r = 0;

	exo_lock(&e->lock);
	for (u64 at = 0; r == 0 && n - at >= sizeof(p); at += sizeof(p))
		r = copy_from_guest(&p, gp(buf.addr + at), sizeof(p)) < 0 ? -CORE_EFAULT
									  : change(e, epoll, &p);
	exo_unlock(&e->lock);
	return r < 0 ? r : (long)n;
}

/* Files, which are ready for everything that was asked; an edge is told once. */
static long give_files(struct illumos_epoll *e, guest_ptr to, u64 n, u64 *count)
{
	const u32 ready = CORE_EPOLLIN | CORE_EPOLLOUT | CORE_EPOLLRDNORM | CORE_EPOLLWRNORM;
	long r = 0;

	if (LIKELY(!e->n))
		return 0;
	exo_lock(&e->lock);
	for (u32 i = 0; r == 0 && i < FILES && *count < n; i++) {
		struct file *f = &e->files[i];
		struct core_epoll_event ev = {.events = f->ev.events & ready, .data = f->ev.data};

		if (!f->used || !ev.events)
			continue;
		r = copy_to_guest(gp(to.addr + (*count)++ * sizeof(ev)), &ev, sizeof(ev));
		if (f->ev.events & (CORE_EPOLLET | CORE_EPOLLONESHOT))
			f->ev.events = 0;
	}
	exo_unlock(&e->lock);
	return r;
}

long illumos_epoll_wait(struct core_thread *t, struct illumos_epoll *e, int epoll, guest_ptr to,
			u64 n, i32 timeout)
{
	struct core_epoll_event ev[BATCH];
	u64 count = 0;
	long r = give_files(e, to, n, &count), got;

	if (r < 0 || count == n)
		return r < 0 ? r : (long)count;
	do
		got = EXO(epoll_wait, epoll, ev, MIN(n - count, (u64)BATCH), count ? 0 : timeout);
	while (got == -CORE_EINTR && core_signal_absorb(t));
	if (got < 0)
		return got == -CORE_EINTR ? -CORE_EINTR_FINAL : got;
	if (copy_to_guest(gp(to.addr + count * sizeof(ev[0])), ev, (u64)got * sizeof(ev[0])) < 0)
		return -CORE_EFAULT;
	return (long)count + got;
}
