/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_cond.c: struct ucond, and both kinds of semaphore.
 *
 * A condition variable sleeps on a sequence number kept in the structure's spare word.
 * A waiter reads the number before it sets c_has_waiters, a broadcast clears the flag
 * before it moves the number on: a waiter that still gets to sleep has set the flag after
 * it was cleared. A signal clears it when it woke the last one, for whoever destroys the
 * variable is told that it is busy while it is set: every waiter sets another value, so that
 * one who came since the signal began keeps the flag.
 */
#include "core/guest.h"
#include "personality/freebsd/convert_time.h"
#include "personality/freebsd/umtx.h"

#define COND_HAS_WAITERS offsetof(struct freebsd_ucond, c_has_waiters)
#define COND_FLAGS	 offsetof(struct freebsd_ucond, c_flags)
#define COND_CLOCK	 offsetof(struct freebsd_ucond, c_clockid)
#define COND_SEQUENCE	 offsetof(struct freebsd_ucond, c_spare)

/* Moves a word on to another value but zero. */
static long bump(guest_ptr p)
{
	u32 seen;

	if (guest_read_u32(p, &seen) < 0)
		return -CORE_EFAULT;
	for (;;) {
		u32 old = seen;

		if (guest_cas_u32(p, &seen, MAX(old + 1, 1u)) < 0)
			return -CORE_EFAULT;
		if (seen == old)
			return 0;
	}
}

static long cond_deadline(guest_ptr cv, guest_ptr time, u32 flags, struct freebsd_deadline *d)
{
	u32 clock = FREEBSD_CLOCK_REALTIME;
	struct core_timespec ts;

	d->set = false;
	if (time.addr && copy_from_guest(&ts, time, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (time.addr && (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= 1000000000))
		return -CORE_EINVAL;
	if (flags & FREEBSD_CVWAIT_CLOCKID) {
		if (guest_read_u32(gp_add(cv, COND_CLOCK), &clock) < 0)
			return -CORE_EFAULT;
		if (clock >= FREEBSD_CLOCK_THREAD_CPUTIME_ID)
			return -CORE_EINVAL;
	}
	if (!time.addr)
		return 0;
	return freebsd_umtx_deadline_of(&ts, clock, flags & FREEBSD_CVWAIT_ABSTIME, d);
}

long freebsd_ucond_wait(struct core_thread *t, guest_ptr cv, guest_ptr m, guest_ptr time, u32 flags)
{
	struct freebsd_deadline d = {0};
	u32 sequence, own_flags;
	long r = cond_deadline(cv, time, flags, &d);

	if (r < 0)
		return r;
	if (guest_read_u32(gp_add(cv, COND_SEQUENCE), &sequence) < 0 ||
	    guest_read_u32(gp_add(cv, COND_FLAGS), &own_flags) < 0 ||
	    bump(gp_add(cv, COND_HAS_WAITERS)) < 0)
		return -CORE_EFAULT;
	r = freebsd_umutex_unlock(t, m);
	if (r < 0)
		return r;
	r = freebsd_umtx_sleep(gp_add(cv, COND_SEQUENCE), sequence, freebsd_umtx_shared(own_flags),
			       FREEBSD_UMTX_ALL, &d);
	/* The mutex is open: the caller must come back and lock it, whatever happened. */
	if (r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS)
		return -CORE_EINTR_FINAL;
	return r;
}

static long broadcast(guest_ptr cv, bool shared)
{
	if (guest_write_u32(gp_add(cv, COND_HAS_WAITERS), 0) < 0 ||
	    bump(gp_add(cv, COND_SEQUENCE)) < 0)
		return -CORE_EFAULT;
	return freebsd_umtx_wake(gp_add(cv, COND_SEQUENCE), UINT32_MAX, shared, FREEBSD_UMTX_ALL);
}

static long signal_one(guest_ptr cv, bool shared)
{
	u32 seen;
	long r;

	if (guest_read_u32(gp_add(cv, COND_HAS_WAITERS), &seen) < 0 ||
	    bump(gp_add(cv, COND_SEQUENCE)) < 0)
		return -CORE_EFAULT;
	r = freebsd_umtx_wake_counting(gp_add(cv, COND_SEQUENCE), 1, shared);
	if (r == 0 || r == 1)
		return guest_cas_u32(gp_add(cv, COND_HAS_WAITERS), &seen, 0);
	return r;
}

long freebsd_ucond_signal(guest_ptr cv, bool all)
{
	u32 flags;
	long r;

	if (guest_read_u32(gp_add(cv, COND_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	r = all ? broadcast(cv, freebsd_umtx_shared(flags))
		: signal_one(cv, freebsd_umtx_shared(flags));
	return r < 0 ? r : 0;
}

/* ---- semaphores --------------------------------------------------------------------- */

/* The old one: { has_waiters, count, flags }; sleeps on has_waiters, which a post clears. */
long freebsd_usem_wait(guest_ptr sem, const struct freebsd_deadline *d)
{
	u32 count, flags;

	if (guest_write_u32(sem, 1) < 0 || guest_read_u32(gp_add(sem, 4), &count) < 0 ||
	    guest_read_u32(gp_add(sem, 8), &flags) < 0)
		return -CORE_EFAULT;
	if (count)
		return 0;
	return freebsd_umtx_sleep(sem, 1, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL, d);
}

long freebsd_usem_wake(guest_ptr sem)
{
	u32 flags;
	long r;

	if (guest_read_u32(gp_add(sem, 8), &flags) < 0 || guest_write_u32(sem, 0) < 0)
		return -CORE_EFAULT;
	r = freebsd_umtx_wake(sem, UINT32_MAX, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);
	return r < 0 ? r : 0;
}

/* The present one: { count | USEM_HAS_WAITERS, flags }. */
long freebsd_usem2_wait(guest_ptr sem, const struct freebsd_deadline *d)
{
	u32 count, flags;

	if (guest_read_u32(sem, &count) < 0 || guest_read_u32(gp_add(sem, 4), &flags) < 0)
		return -CORE_EFAULT;
	for (;;) {
		u32 seen = count;

		if (count & ~FREEBSD_USEM_HAS_WAITERS)
			return 0;
		if (guest_cas_u32(sem, &seen, FREEBSD_USEM_HAS_WAITERS) < 0)
			return -CORE_EFAULT;
		if (seen == count)
			break;
		count = seen;
	}
	return freebsd_umtx_sleep(sem, FREEBSD_USEM_HAS_WAITERS, freebsd_umtx_shared(flags),
				  FREEBSD_UMTX_ALL, d);
}

/* With nobody asleep the semaphore may already be gone, so only its sleepers tell of it. */
long freebsd_usem2_wake(guest_ptr sem)
{
	u32 count, flags;
	long n;

	if (guest_read_u32(gp_add(sem, 4), &flags) < 0)
		return -CORE_EFAULT;
	n = freebsd_umtx_count(sem, freebsd_umtx_shared(flags));
	if (n <= 0)
		return n;
	if (n > 1) {
		n = freebsd_umtx_wake(sem, 1, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);
		return n < 0 ? n : 0;
	}
	if (guest_read_u32(sem, &count) < 0)
		return -CORE_EFAULT;
	while (count & FREEBSD_USEM_HAS_WAITERS) {
		u32 seen = count;

		if (guest_cas_u32(sem, &seen, count & ~FREEBSD_USEM_HAS_WAITERS) < 0)
			return -CORE_EFAULT;
		if (seen == count)
			break;
		count = seen;
	}
	/* Whoever went to sleep on the flag since the count is woken to set it again. */
	n = freebsd_umtx_wake(sem, UINT32_MAX, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);
	return n < 0 ? n : 0;
}
