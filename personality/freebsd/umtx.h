/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx.h: between the files of _umtx_op(2), and to thread exit.
 */
#ifndef FB_FREEBSD_UMTX_H
#define FB_FREEBSD_UMTX_H

#include "personality/freebsd/abi_umtx.h"
#include "personality/freebsd/freebsd.h"

/*
 * When a wait ends. A relative time becomes one on the monotonic clock, which setting the
 * date does not stretch; CPU-time clocks stand still while all sleep, so they are looked at
 * again and again.
 */
struct freebsd_deadline {
	bool set; /* false: never */
	bool absolute;
	i32 clock; /* neutral number of the clock that at is of */
	struct exo_time at;
};

/*
 * The time-out argument of _umtx_op: NULL pointer for none, a struct timespec (relative)
 * or, when size says so, a struct _umtx_time. 0, -CORE_EFAULT, -CORE_EINVAL.
 */
long freebsd_umtx_deadline_of(const struct core_timespec *ts, u32 clockid, bool absolute,
			      struct freebsd_deadline *d);
long freebsd_umtx_deadline(guest_ptr time, u64 size, struct freebsd_deadline *d);
/* What is left of it, negative when it is past. */
struct core_timespec freebsd_umtx_time_left(const struct freebsd_deadline *d);

/* When the machine shall end one sleep of it, and by which of its clocks. */
void freebsd_umtx_host_deadline(const struct freebsd_deadline *d, struct exo_time *until,
				bool *realtime);

/*
 * Waits while the word at p holds value. shared: other processes may wake it. bits: only a
 * wake-up with one of them in common counts. 0 also when the word differed;
 * -CORE_ETIMEDOUT, -CORE_EINTR, -CORE_EFAULT, or -CORE_ERESTART_ALWAYS.
 */
long freebsd_umtx_sleep(guest_ptr p, u32 value, bool shared, u32 bits,
			const struct freebsd_deadline *d);
/* Wakes at most n; the number woken, or an error. */
long freebsd_umtx_wake(guest_ptr p, u32 n, bool shared, u32 bits);
/* The same; says how many slept there. */
long freebsd_umtx_wake_counting(guest_ptr p, u32 n, bool shared);
/* How many sleep there. */
long freebsd_umtx_count(guest_ptr p, bool shared);
/* UMTX_OP_WAKE: those of UMTX_OP_WAIT_UINT_PRIVATE too. */
long freebsd_umtx_wake_any(guest_ptr p, u64 n);

/* A thread ends: its robust mutexes are handed on as EOWNERDEAD. */
void freebsd_umtx_thread_end(struct core_thread *t);
/* The process ends or becomes another program: those of all its threads. */
void freebsd_umtx_leave(struct core_thread *t);

/* UMTX_OP_SHM: a descriptor of the page that belongs to key, or 0, or -CORE_E (umtx_shm.c). */
long freebsd_umtx_shm(struct core_thread *t, guest_ptr key, u64 flags);

#define FREEBSD_UMTX_ALL 0xffffffffu

/* Is the object's flags word that of a process-shared object? */
static inline bool freebsd_umtx_shared(u32 flags)
{
	return flags & 1; /* USYNC_PROCESS_SHARED, sys/umtx.h */
}

long freebsd_umutex_lock(struct core_thread *t, guest_ptr m, const struct freebsd_deadline *d,
			 bool try_only);
long freebsd_umutex_wait(guest_ptr m, const struct freebsd_deadline *d);
long freebsd_umutex_unlock(struct core_thread *t, guest_ptr m);
/* The same on behalf of an owner that is gone. */
long freebsd_umutex_abandon(struct core_thread *t, guest_ptr m);
long freebsd_umutex_wake(guest_ptr m);
long freebsd_umutex_wake2(guest_ptr m, u32 flags);
long freebsd_umutex_set_ceiling(struct core_thread *t, guest_ptr m, u32 ceiling, guest_ptr old);

/* ---- umtx_lend.c ---- */

struct freebsd_loan;

/* After fork, in the child. */
void freebsd_umtx_forked(void);
/*
 * Waits for an inheriting mutex whose word is owner, contested, and lends the caller's priority
 * to the owner meanwhile. 0: look again; *loan is then what to repay after the look, or NULL.
 * -CORE_ETIMEDOUT, -CORE_EINTR, -CORE_ERESTART_ALWAYS; another error: nothing can be lent.
 */
long freebsd_umtx_borrow(guest_ptr m, u32 owner, const struct freebsd_deadline *d,
			 struct freebsd_loan **loan);
/* taken: the mutex is the caller's now, and what others lend with it. Else the next has it. */
void freebsd_umtx_repay(struct freebsd_loan *l, bool taken);
/* The loan of a mutex that is about to be unlocked, NULL: none, which stays so until it is
 * released. One that is there is to be repaid then. */
struct freebsd_loan *freebsd_umtx_loan_hold(guest_ptr m);
void freebsd_umtx_loan_release(void);

#define FREEBSD_NO_CEILING UINT32_MAX

/* The thread runs with this real-time priority (0 to 31) from now on, if it may, or with none
 * that a mutex gave it. */
void freebsd_umtx_ceiling(struct core_thread *t, u32 ceiling);
u32 freebsd_umtx_ceiling_now(const struct core_thread *t);
/* -CORE_EINVAL for a thread more urgent than that. */
long freebsd_umtx_ceiling_check(const struct core_thread *t, u32 ceiling);
/* The class that task has of its own, where a mutex gave it another; false: as it is. */
bool freebsd_umtx_own_class(const struct core_thread *t, i32 task, i32 *policy,
			    struct core_sched_param *param);
/* The thread was given a class of its own. */
void freebsd_umtx_new_class(struct core_thread *t);

long freebsd_urwlock_rdlock(guest_ptr rw, u32 flags, const struct freebsd_deadline *d);
long freebsd_urwlock_wrlock(guest_ptr rw, const struct freebsd_deadline *d);
long freebsd_urwlock_unlock(guest_ptr rw);

long freebsd_ucond_wait(struct core_thread *t, guest_ptr cv, guest_ptr m, guest_ptr time,
			u32 flags);
long freebsd_ucond_signal(guest_ptr cv, bool all);

long freebsd_usem_wait(guest_ptr sem, const struct freebsd_deadline *d);
long freebsd_usem_wake(guest_ptr sem);
long freebsd_usem2_wait(guest_ptr sem, const struct freebsd_deadline *d);
long freebsd_usem2_wake(guest_ptr sem);

#endif
