/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd_event.h: kqueue(2) and kevent(2) (sys/event.h), and short ways to use
 * them.
 */
#ifndef FB_TESTS_GUEST_FREEBSD_EVENT_H
#define FB_TESTS_GUEST_FREEBSD_EVENT_H

#include "guest.h"

#define SYS_kqueuex	     583
#define SYS_freebsd11_kevent 363

#define EVFILT_READ	(-1)
#define EVFILT_WRITE	(-2)
#define EVFILT_AIO	(-3)
#define EVFILT_VNODE	(-4)
#define EVFILT_PROC	(-5)
#define EVFILT_SIGNAL	(-6)
#define EVFILT_TIMER	(-7)
#define EVFILT_PROCDESC (-8)
#define EVFILT_FS	(-9)
#define EVFILT_USER	(-11)
#define EVFILT_SENDFILE (-12)
#define EVFILT_EMPTY	(-13)

#define EV_ADD		0x0001
#define EV_DELETE	0x0002
#define EV_ENABLE	0x0004
#define EV_DISABLE	0x0008
#define EV_ONESHOT	0x0010
#define EV_CLEAR	0x0020
#define EV_RECEIPT	0x0040
#define EV_DISPATCH	0x0080
#define EV_FORCEONESHOT 0x0100
#define EV_KEEPUDATA	0x0200
#define EV_ERROR	0x4000
#define EV_EOF		0x8000

#define NOTE_FFAND	 0x40000000u
#define NOTE_FFOR	 0x80000000u
#define NOTE_FFCOPY	 0xc0000000u
#define NOTE_TRIGGER	 0x01000000u
#define NOTE_LOWAT	 0x0001u
#define NOTE_FILE_POLL	 0x0002u
#define NOTE_DELETE	 0x0001u
#define NOTE_WRITE	 0x0002u
#define NOTE_EXTEND	 0x0004u
#define NOTE_ATTRIB	 0x0008u
#define NOTE_LINK	 0x0010u
#define NOTE_RENAME	 0x0020u
#define NOTE_OPEN	 0x0080u
#define NOTE_CLOSE	 0x0100u
#define NOTE_CLOSE_WRITE 0x0200u
#define NOTE_READ	 0x0400u
#define NOTE_EXIT	 0x80000000u
#define NOTE_FORK	 0x40000000u
#define NOTE_EXEC	 0x20000000u
#define NOTE_TRACK	 0x0001u
#define NOTE_SECONDS	 0x0001u
#define NOTE_MSECONDS	 0x0002u
#define NOTE_USECONDS	 0x0004u
#define NOTE_NSECONDS	 0x0008u
#define NOTE_ABSTIME	 0x0010u
#define KQUEUE_CLOEXEC	 0x0001u

struct kevent {
	u64 ident;
	i16 filter;
	u16 flags;
	u32 fflags;
	i64 data;
	u64 udata;
	u64 ext[4];
};
_Static_assert(sizeof(struct kevent) == 64, "struct kevent");

static inline int kqueue(void)
{
	return (int)result(sys(SYS_kqueue));
}

static inline int kevent(int kq, const struct kevent *changes, int nchanges, struct kevent *events,
			 int nevents, const struct timespec *timeout)
{
	return (int)result(sys(SYS_kevent, kq, changes, nchanges, events, nevents, timeout));
}

/* One change; 0, or -1 and errno. */
static inline int change(int kq, u64 ident, int filter, int flags, u32 fflags, i64 data)
{
	struct kevent k = {.ident = ident,
			   .filter = (i16)filter,
			   .flags = (u16)flags,
			   .fflags = fflags,
			   .data = data,
			   .udata = 0xfeed0000 + ident};

	return kevent(kq, &k, 1, NULL, 0, NULL);
}

static const struct timespec at_once, a_second = {1, 0};

/* What is there now, or within a second. */
static inline int poll_events(int kq, struct kevent *events, int n)
{
	return kevent(kq, NULL, 0, events, n, &at_once);
}

static inline int wait_events(int kq, struct kevent *events, int n)
{
	return kevent(kq, NULL, 0, events, n, &a_second);
}

static inline void show(const struct kevent *k)
{
	print("  ident %lu filter %d flags %x fflags %x data %ld udata %lx\n", k->ident, k->filter,
	      k->flags, k->fflags, k->data, k->udata);
}

/* One event is there, it is this one; nothing else. */
static inline void expect_event(const char *what, int line, int kq, u64 ident, int filter,
				int flags, u32 fflags, i64 data)
{
	struct kevent k[4];
	int n = wait_events(kq, k, 4);

	if (n == 1 && k[0].ident == ident && k[0].filter == filter && k[0].flags == flags &&
	    k[0].fflags == fflags && k[0].data == data && k[0].udata == 0xfeed0000 + ident) {
		print("ok event %s\n", what);
		return;
	}
	print("FAILED line %d: %d events, errno %d\n", line, n, n < 0 ? errno : 0);
	for (int i = 0; i < n; i++)
		show(&k[i]);
}
#define EXPECT_EVENT(kq, ident, filter, flags, fflags, data)                                       \
	expect_event(#ident " " #filter " " #flags " " #fflags " " #data, __LINE__, kq,            \
		     (u64)(ident), filter, flags, fflags, data)

#endif
