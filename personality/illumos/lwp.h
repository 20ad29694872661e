/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp.h: the LWPs of a process, shared among the files about threads.
 */
#ifndef FB_ILLUMOS_LWP_H
#define FB_ILLUMOS_LWP_H

#include "personality/illumos/illumos.h"

struct illumos_lwp {
	struct illumos_lwp *next;   /* of those with the same hash */
	struct core_thread *thread; /* NULL: it has ended and waits to be waited for */
	i32 id;
	u32 tid;       /* the host's; 0 until it runs */
	i32 waits_for; /* -1: for nobody, 0: for anybody */
	u32 waiters;   /* who wait for this one */
	u32 unpark;    /* a futex: lwp_unpark has come */
	u32 suspended; /* a futex: it does not go on while this is set */
	bool waitable, daemon;
};

/* Calls use(l, arg) for an LWP, while it cannot go away; -CORE_ESRCH when there is none. */
long illumos_lwp_use(i32 id, long (*use)(struct illumos_lwp *l, void *arg), void *arg);

/* A time-out of a call: how long, and until when. */
struct illumos_wait {
	bool timed;
	bool now; /* the time is up at once */
	struct core_timespec until;
};
/* Reads a relative time; -CORE_EINVAL for none that makes sense, -CORE_EFAULT. */
long illumos_wait_begin(guest_ptr time, struct illumos_wait *w);
/* Writes how much of it is left. */
long illumos_wait_left(guest_ptr time, const struct illumos_wait *w);
/*
 * Sleeps while *word is value. 0 when it was woken or the word is another, -CORE_ETIME,
 * -CORE_EINTR_FINAL when a handler is to run.
 */
long illumos_wait_word(struct core_thread *t, u64 word, u32 value, bool shared,
		       const struct illumos_wait *w);
void illumos_wake_word(u64 word, u32 n, bool shared);

#endif
