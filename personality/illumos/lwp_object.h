/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_object.h: what the files about synchronisation objects share.
 */
#ifndef FB_ILLUMOS_LWP_OBJECT_H
#define FB_ILLUMOS_LWP_OBJECT_H

#include "personality/illumos/abi_sync.h"
#include "personality/illumos/chan.h"

#define MEMBER(p, type, name) gp((p).addr + offsetof(struct type, name))

/* Reads an object's type, at `at`, and makes sure that the object can be written. */
long illumos_object_type(guest_ptr at, u16 *type);

/* Takes a mutex, sleeping for it: 0, or an error after which the caller does not have it. A robust
 * one may be had with -CORE_EOWNERDEAD or -CORE_ILLUMOS_ELOCKUNMAPPED. */
long illumos_mutex_lock(struct core_thread *t, guest_ptr lp, u16 type,
			const struct illumos_wait *time);
/* Gives one up, and wakes who waits for it. */
long illumos_mutex_release(struct core_thread *t, guest_ptr lp, u16 type);
/* Wakes who waits for it: one, or all. */
void illumos_mutex_wake(guest_ptr lp, u16 type, bool all);

/*
 * Robust mutexes (lwp_robust.c). What a robust mutex says of its last owner: 0, or the error with
 * which it is had, or -CORE_ENOTRECOVERABLE.
 */
long illumos_robust_state(guest_ptr lp, u16 type);
/* One that was had with such an error is given up: nobody gets it any more. Is that so? */
bool illumos_robust_give_up(guest_ptr lp);
/* Its owner's process is looked for: when it is no more, the mutex is free. */
void illumos_robust_check(struct core_thread *t, guest_ptr lp);
/* The process ends, or is another program: its mutexes are given to others. */
void illumos_robust_leave(struct core_thread *t, bool exec);
void illumos_robust_forked(void);

#endif
