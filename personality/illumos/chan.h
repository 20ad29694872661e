/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/chan.h: queues of threads by an address of this process (lwpchan).
 *
 * As in the original kernel, what a mutex, a condition variable or a semaphore says of those who
 * wait for it is written under the lock of the queue. Objects shared with other processes have no
 * queue here: they are futexes in the shared memory (lwp_sync.c).
 */
#ifndef FB_ILLUMOS_CHAN_H
#define FB_ILLUMOS_CHAN_H

#include "personality/illumos/lwp.h"

struct illumos_waiter {
	struct illumos_waiter *next;
	u64 addr;
	u32 word; /* a futex: ILLUMOS_WORD_* */
};

void illumos_chan_lock(u64 addr);
void illumos_chan_unlock(u64 addr);
/* With the lock held: the waiter, on the caller's stack, becomes the last one. */
void illumos_chan_enter(u64 addr, struct illumos_waiter *w);
/*
 * Without the lock: sleeps until somebody has woken this waiter (0), which then is in no queue, or
 * the time is up (-CORE_ETIME) or a handler is to run (-CORE_EINTR_FINAL); then it has left it.
 */
long illumos_chan_sleep(struct core_thread *t, struct illumos_waiter *w,
			const struct illumos_wait *time);
/* With the lock held: lets the first go on, or all; false: nobody waits. *more: is anybody left?
 * *word is for illumos_chan_wake, once the lock is given up. */
bool illumos_chan_release(u64 addr, bool all, bool *more, u64 *word);
void illumos_chan_wake(u64 word);
/* With the lock held: does anybody wait? */
bool illumos_chan_wanted(u64 addr);
/* In the child of a fork, where nobody waits. */
void illumos_chan_forked(void);

#endif
