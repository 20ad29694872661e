/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/kqueue.c: kqueue(2), kevent(2).
 *
 * The neutral kevent is FreeBSD's; what differs are signal numbers, wait statuses with a
 * signal in them and error numbers. Facts: sys/event.h, sys/kern/kern_event.c, kqueue(2).
 */
#include "core/kqueue.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_event.h"
#include "personality/freebsd/convert_errno.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

_Static_assert(sizeof(struct freebsd_kevent) == sizeof(struct core_kevent), "one layout");
_Static_assert(FREEBSD_EVFILT_EMPTY == CORE_EVFILT_EMPTY, "one numbering");
_Static_assert(FREEBSD_EV_FORCEONESHOT == CORE_EV_FORCEONESHOT, "one numbering");
_Static_assert(FREEBSD_EV_KEEPUDATA == CORE_EV_KEEPUDATA, "one numbering");

struct lists {
	struct core_kevent_io io;
	guest_ptr changes, events;
};

static void change_from_freebsd(struct core_kevent *k)
{
	if (k->filter == CORE_EVFILT_SIGNAL)
		k->ident = (u64)freebsd_to_core_signal((int)MIN(k->ident, 128UL));
}

static void event_to_freebsd(struct core_kevent *k)
{
	if (k->filter == CORE_EVFILT_SIGNAL)
		k->ident = (u64)core_to_freebsd_signal((int)k->ident);
	if ((k->flags & CORE_EV_ERROR) || k->filter == CORE_EVFILT_AIO)
		k->data = core_to_freebsd_errno((int)k->data);
	else if ((k->filter == CORE_EVFILT_READ || k->filter == CORE_EVFILT_WRITE) && k->fflags)
		k->fflags = (u32)core_to_freebsd_errno((int)k->fflags);
	else if (k->filter == CORE_EVFILT_PROCDESC ||
		 (k->filter == CORE_EVFILT_PROC && !(k->fflags & CORE_NOTE_CHILD)))
		k->data = (k->data & ~0x7f) | core_to_freebsd_signal(k->data & 0x7f);
}

static long in(struct core_kevent_io *io, struct core_kevent *kev, int n)
{
	struct lists *l = (struct lists *)io;

	if (copy_from_guest(kev, l->changes, (u64)n * sizeof(*kev)) < 0)
		return -CORE_EFAULT;
	l->changes = gp_add(l->changes, (u64)n * sizeof(*kev));
	for (int i = 0; i < n; i++)
		change_from_freebsd(&kev[i]);
	return 0;
}

static long out(struct core_kevent_io *io, struct core_kevent *kev, int n)
{
	struct lists *l = (struct lists *)io;

	for (int i = 0; i < n; i++)
		event_to_freebsd(&kev[i]);
	if (copy_to_guest(l->events, kev, (u64)n * sizeof(*kev)) < 0)
		return -CORE_EFAULT;
	l->events = gp_add(l->events, (u64)n * sizeof(*kev));
	return 0;
}

/* Until 12 there was no ext. */
static long in11(struct core_kevent_io *io, struct core_kevent *kev, int n)
{
	const u64 size = sizeof(struct freebsd11_kevent);
	struct lists *l = (struct lists *)io;

	for (int i = 0; i < n; i++) {
		if (copy_from_guest(&kev[i], l->changes, size) < 0)
			return -CORE_EFAULT;
		memset(kev[i].ext, 0, sizeof(kev[i].ext));
		l->changes = gp_add(l->changes, size);
		change_from_freebsd(&kev[i]);
	}
	return 0;
}

static long out11(struct core_kevent_io *io, struct core_kevent *kev, int n)
{
	const u64 size = sizeof(struct freebsd11_kevent);
	struct lists *l = (struct lists *)io;

	for (int i = 0; i < n; i++) {
		event_to_freebsd(&kev[i]);
		if (copy_to_guest(l->events, &kev[i], size) < 0)
			return -CORE_EFAULT;
		l->events = gp_add(l->events, size);
	}
	return 0;
}

static long kevent(struct core_thread *t, FD fd, INT nchanges, INT nevents, IN timeout,
		   struct lists *l)
{
	struct core_timespec ts;

	if (timeout.addr && copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	return core_kevent(t, fd, nchanges, nevents, timeout.addr ? &ts : NULL, &l->io);
}

long freebsd_kevent(struct core_thread *t, FD fd, IN changelist, INT nchanges, OUT eventlist,
		    INT nevents, IN timeout)
{
	struct lists l = {{in, out}, changelist, eventlist};

	return kevent(t, fd, nchanges, nevents, timeout, &l);
}

long freebsd_freebsd11_kevent(struct core_thread *t, FD fd, IN changelist, INT nchanges,
			      OUT eventlist, INT nevents, IN timeout)
{
	struct lists l = {{in11, out11}, changelist, eventlist};

	return kevent(t, fd, nchanges, nevents, timeout, &l);
}

long freebsd_kqueue(struct core_thread *t)
{
	(void)t;
	return core_kqueue(false);
}

long freebsd_kqueuex(struct core_thread *t, HEX flags)
{
	(void)t;
	if (flags & ~(u32)FREEBSD_KQUEUE_CLOEXEC)
		return -CORE_EINVAL;
	return core_kqueue(flags & FREEBSD_KQUEUE_CLOEXEC);
}
