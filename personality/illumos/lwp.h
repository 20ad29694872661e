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
	u32 unpark;    /* a futex, ILLUMOS_WORD_*: lwp_unpark has come */
	u32 suspended; /* a futex (lwp_suspend.c) */
	bool waitable, daemon;
};

/* Calls use(l, arg) for an LWP, while it cannot go away; -CORE_ESRCH when there is none. */
long illumos_lwp_use(i32 id, long (*use)(struct illumos_lwp *l, void *arg), void *arg);

/* As use: gives the entry itself, which stays one as long as its LWP is there. */
long illumos_lwp_own(struct illumos_lwp *l, void *arg);

/* core_thread.start_arg of a new one */
enum { ILLUMOS_START_ID_TO, ILLUMOS_START_LWP };
/* One that was created suspended stops before it begins. */
void illumos_lwp_begin_stopped(struct core_thread *t);
/* Is this what makes an LWP stop? Then it has stopped, and goes on. */
bool illumos_lwp_is_stop(struct core_thread *t, const struct core_siginfo *si);

/* schedctl.c: the LWP ends; the process has forked; and core_personality.defers. */
void illumos_schedctl_end(struct core_thread *t);
void illumos_schedctl_forked(struct core_thread *t);
bool illumos_schedctl_defers(struct core_thread *t);

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
/* A word that one thread waits for: who sets it wakes only somebody who sleeps. */
enum { ILLUMOS_WORD_CLEAR, ILLUMOS_WORD_SET, ILLUMOS_WORD_SLEPT_ON };
/* Sleeps until it is set; answers as illumos_wait_word. */
long illumos_word_wait(struct core_thread *t, u32 *word, const struct illumos_wait *w);
/* Sets it; true: there is somebody to wake. */
bool illumos_word_set(u32 *word);
void illumos_wake_word(u64 word, u32 n, bool shared);

#endif
