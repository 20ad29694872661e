/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/kqueue.h: kqueues for every personality that has them.
 */
#ifndef FB_CORE_KQUEUE_H
#define FB_CORE_KQUEUE_H

#include "core/abi_kqueue.h"
#include "core/thread.h"

/* Descriptors above are not watched; Linux's default ceiling (fs.nr_open). */
#define CORE_KQUEUE_FDS (1 << 20)

/* A new kqueue's descriptor, or -CORE_EMFILE, -CORE_ENFILE, -CORE_ENOMEM. */
long core_kqueue(bool cloexec);

/*
 * Where the changes come from and the events go to, in the ABI's own layout. Each moves on
 * by n entries and returns 0 or -CORE_EFAULT; out may change what it is given.
 */
struct core_kevent_io {
	long (*in)(struct core_kevent_io *io, struct core_kevent *kev, int n);
	long (*out)(struct core_kevent_io *io, struct core_kevent *kev, int n);
};

/*
 * kevent(2): applies nchanges changes, then waits for at most nevents events; timeout NULL:
 * for ever. Returns the number of entries put out. Entries with CORE_EV_ERROR carry a
 * neutral error number in data, those of CORE_EVFILT_SIGNAL a neutral signal number in
 * ident, an exit status (data of CORE_EVFILT_PROC and _PROCDESC) is a neutral wait status.
 */
long core_kevent(struct core_thread *t, int fd, int nchanges, int nevents,
		 const struct core_timespec *timeout, struct core_kevent_io *io);

/*
 * Events of asynchronous requests (core/aio.c), CORE_EVFILT_AIO and _LIO, known by ident: they
 * are registered by the request (0 or -CORE_E), hold once it has ended, with its error number
 * as data, and are gone when its result is taken.
 */
long core_kqueue_request(int fd, int filter, u64 ident, u16 flags, u64 udata);
void core_kqueue_request_done(int filter, u64 ident, i64 data);
void core_kqueue_request_gone(int filter, u64 ident);

/* Called around fork by core/process.c. */
void core_kqueue_fork(bool before);
void core_kqueue_forked(void);

#endif
