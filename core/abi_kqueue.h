/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_kqueue.h: kevents in neutral terms.
 *
 * The modern POSIX ABI the hub is made of has no kqueue, so the numbers and the layout are
 * those of the system that invented it (FreeBSD's sys/event.h). A personality of another
 * BSD converts; signal numbers in an ident, wait statuses and error numbers are the hub's.
 */
#ifndef FB_CORE_ABI_KQUEUE_H
#define FB_CORE_ABI_KQUEUE_H

#include "lib/base.h"

#define CORE_EVFILT_READ     (-1)
#define CORE_EVFILT_WRITE    (-2)
#define CORE_EVFILT_AIO	     (-3)
#define CORE_EVFILT_VNODE    (-4)
#define CORE_EVFILT_PROC     (-5)
#define CORE_EVFILT_SIGNAL   (-6)
#define CORE_EVFILT_TIMER    (-7)
#define CORE_EVFILT_PROCDESC (-8)
#define CORE_EVFILT_FS	     (-9)
#define CORE_EVFILT_LIO	     (-10)
#define CORE_EVFILT_USER     (-11)
#define CORE_EVFILT_SENDFILE (-12)
#define CORE_EVFILT_EMPTY    (-13)
#define CORE_EVFILT_COUNT    13

#define CORE_EV_ADD	     0x1
#define CORE_EV_DELETE	     0x2
#define CORE_EV_ENABLE	     0x4
#define CORE_EV_DISABLE	     0x8
#define CORE_EV_ONESHOT	     0x10
#define CORE_EV_CLEAR	     0x20
#define CORE_EV_RECEIPT	     0x40
#define CORE_EV_DISPATCH     0x80
#define CORE_EV_FORCEONESHOT 0x100
#define CORE_EV_KEEPUDATA    0x200
#define CORE_EV_SYSFLAGS     0xf000 /* taken out of what a program passes */
#define CORE_EV_ERROR	     0x4000
#define CORE_EV_EOF	     0x8000

#define CORE_NOTE_FFNOP	     0u
#define CORE_NOTE_FFAND	     0x40000000u
#define CORE_NOTE_FFOR	     0x80000000u
#define CORE_NOTE_FFCOPY     0xc0000000u
#define CORE_NOTE_FFCTRLMASK 0xc0000000u
#define CORE_NOTE_FFLAGSMASK 0x00ffffffu
#define CORE_NOTE_TRIGGER    0x01000000u

#define CORE_NOTE_LOWAT	    0x1u
#define CORE_NOTE_FILE_POLL 0x2u

#define CORE_NOTE_DELETE      0x1u
#define CORE_NOTE_WRITE	      0x2u
#define CORE_NOTE_EXTEND      0x4u
#define CORE_NOTE_ATTRIB      0x8u
#define CORE_NOTE_LINK	      0x10u
#define CORE_NOTE_RENAME      0x20u
#define CORE_NOTE_REVOKE      0x40u
#define CORE_NOTE_OPEN	      0x80u
#define CORE_NOTE_CLOSE	      0x100u
#define CORE_NOTE_CLOSE_WRITE 0x200u
#define CORE_NOTE_READ	      0x400u

#define CORE_NOTE_EXIT	    0x80000000u
#define CORE_NOTE_FORK	    0x40000000u
#define CORE_NOTE_EXEC	    0x20000000u
#define CORE_NOTE_PCTRLMASK 0xf0000000u
#define CORE_NOTE_TRACK	    0x1u
#define CORE_NOTE_TRACKERR  0x2u
#define CORE_NOTE_CHILD	    0x4u

#define CORE_NOTE_SECONDS  0x1u
#define CORE_NOTE_MSECONDS 0x2u
#define CORE_NOTE_USECONDS 0x4u
#define CORE_NOTE_NSECONDS 0x8u
#define CORE_NOTE_ABSTIME  0x10u

struct core_kevent {
	u64 ident;
	i16 filter;
	u16 flags;
	u32 fflags;
	i64 data;
	u64 udata;
	u64 ext[4];
};
SIZE_ASSERT(struct core_kevent, 64);
OFFSET_ASSERT(struct core_kevent, data, 16);

#endif
