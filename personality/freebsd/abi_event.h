/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_event.h: kqueue(2), poll(2) and select(2),
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/event.h, sys/poll.h, sys/select.h.
 */
#ifndef FB_FREEBSD_ABI_EVENT_H
#define FB_FREEBSD_ABI_EVENT_H

#include "core/abi_types.h"

/* Filters (sys/event.h) */
#define FREEBSD_EVFILT_READ	(-1)
#define FREEBSD_EVFILT_WRITE	(-2)
#define FREEBSD_EVFILT_AIO	(-3)
#define FREEBSD_EVFILT_VNODE	(-4)
#define FREEBSD_EVFILT_PROC	(-5)
#define FREEBSD_EVFILT_SIGNAL	(-6)
#define FREEBSD_EVFILT_TIMER	(-7)
#define FREEBSD_EVFILT_PROCDESC (-8)
#define FREEBSD_EVFILT_FS	(-9)
#define FREEBSD_EVFILT_LIO	(-10)
#define FREEBSD_EVFILT_USER	(-11)
#define FREEBSD_EVFILT_SENDFILE (-12)
#define FREEBSD_EVFILT_EMPTY	(-13)
#define FREEBSD_EVFILT_SYSCOUNT 13

/* Flags (sys/event.h) */
#define FREEBSD_EV_ADD		0x1
#define FREEBSD_EV_DELETE	0x2
#define FREEBSD_EV_ENABLE	0x4
#define FREEBSD_EV_DISABLE	0x8
#define FREEBSD_EV_FORCEONESHOT 0x100
#define FREEBSD_EV_KEEPUDATA	0x200
#define FREEBSD_EV_ONESHOT	0x10
#define FREEBSD_EV_CLEAR	0x20
#define FREEBSD_EV_RECEIPT	0x40
#define FREEBSD_EV_DISPATCH	0x80
#define FREEBSD_EV_SYSFLAGS	0xf000
#define FREEBSD_EV_FLAG1	0x2000
#define FREEBSD_EV_FLAG2	0x4000
#define FREEBSD_EV_EOF		0x8000
#define FREEBSD_EV_ERROR	0x4000

/* fflags (sys/event.h) */
#define FREEBSD_NOTE_FFNOP	 0x0
#define FREEBSD_NOTE_FFAND	 0x40000000
#define FREEBSD_NOTE_FFOR	 0x80000000u
#define FREEBSD_NOTE_FFCOPY	 0xc0000000u
#define FREEBSD_NOTE_FFCTRLMASK	 0xc0000000u
#define FREEBSD_NOTE_FFLAGSMASK	 0xffffff
#define FREEBSD_NOTE_TRIGGER	 0x1000000
#define FREEBSD_NOTE_LOWAT	 0x1
#define FREEBSD_NOTE_FILE_POLL	 0x2
#define FREEBSD_NOTE_DELETE	 0x1
#define FREEBSD_NOTE_WRITE	 0x2
#define FREEBSD_NOTE_EXTEND	 0x4
#define FREEBSD_NOTE_ATTRIB	 0x8
#define FREEBSD_NOTE_LINK	 0x10
#define FREEBSD_NOTE_RENAME	 0x20
#define FREEBSD_NOTE_REVOKE	 0x40
#define FREEBSD_NOTE_OPEN	 0x80
#define FREEBSD_NOTE_CLOSE	 0x100
#define FREEBSD_NOTE_CLOSE_WRITE 0x200
#define FREEBSD_NOTE_READ	 0x400
#define FREEBSD_NOTE_EXIT	 0x80000000u
#define FREEBSD_NOTE_FORK	 0x40000000
#define FREEBSD_NOTE_EXEC	 0x20000000
#define FREEBSD_NOTE_PCTRLMASK	 0xf0000000u
#define FREEBSD_NOTE_PDATAMASK	 0xfffff
#define FREEBSD_NOTE_TRACK	 0x1
#define FREEBSD_NOTE_TRACKERR	 0x2
#define FREEBSD_NOTE_CHILD	 0x4
#define FREEBSD_NOTE_SECONDS	 0x1
#define FREEBSD_NOTE_MSECONDS	 0x2
#define FREEBSD_NOTE_USECONDS	 0x4
#define FREEBSD_NOTE_NSECONDS	 0x8
#define FREEBSD_NOTE_ABSTIME	 0x10

/* kqueuex(2) (sys/event.h) */
#define FREEBSD_KQUEUE_CLOEXEC 0x1

/* poll(2) (sys/poll.h) */
#define FREEBSD_POLLIN	     0x1
#define FREEBSD_POLLPRI	     0x2
#define FREEBSD_POLLOUT	     0x4
#define FREEBSD_POLLRDNORM   0x40
#define FREEBSD_POLLWRNORM   0x4
#define FREEBSD_POLLRDBAND   0x80
#define FREEBSD_POLLWRBAND   0x100
#define FREEBSD_POLLINIGNEOF 0x2000
#define FREEBSD_POLLRDHUP    0x4000
#define FREEBSD_POLLERR	     0x8
#define FREEBSD_POLLHUP	     0x10
#define FREEBSD_POLLNVAL     0x20
#define FREEBSD_POLLSTANDARD 0x1ff
#define FREEBSD_INFTIM	     (-1)

/* select(2) (sys/select.h) */
#define FREEBSD_FD_SETSIZE 1024

struct freebsd_kevent {
	u64 ident;
	i16 filter;
	u16 flags;
	u32 fflags;
	i64 data;
	u64 udata;
	u64 ext[4];
};
SIZE_ASSERT(struct freebsd_kevent, 64);
OFFSET_ASSERT(struct freebsd_kevent, data, 16);
OFFSET_ASSERT(struct freebsd_kevent, ext, 32);

struct freebsd11_kevent {
	u64 ident;
	i16 filter;
	u16 flags;
	u32 fflags;
	i64 data;
	u64 udata;
};
SIZE_ASSERT(struct freebsd11_kevent, 32);

struct freebsd_pollfd {
	i32 fd;
	i16 events;
	i16 revents;
};
SIZE_ASSERT(struct freebsd_pollfd, 8);

#endif
