/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_mutex.c: struct umutex, normal and robust.
 *
 * m_owner is 0, a thread id, or UMUTEX_CONTESTED alone or beside the id. Whoever sleeps
 * has set the contested bit first and sleeps on exactly that value; whoever unlocks a
 * contested mutex wakes one and leaves the bit when somebody may still sleep. Priority
 * inheritance and protection lock correctly but lend no priority.
 */
#include "core/guest.h"
#include "personality/freebsd/umtx.h"

#define CONTESTED FREEBSD_UMUTEX_CONTESTED

static long read_mutex(guest_ptr m, u32 *owner, u32 *flags)
{
	if (guest_read_u32(m, owner) < 0 || guest_read_u32(gp_add(m, 4), flags) < 0)
		return -CORE_EFAULT;
	return 0;
}

/* One attempt: 0 taken, 1 held by another (*owner), or an error. */
static long take(guest_ptr m, u32 id, u32 *owner)
{
	u32 seen = FREEBSD_UMUTEX_UNOWNED;

	if (guest_cas_u32(m, &seen, id) < 0)
		return -CORE_EFAULT;
	if (seen == FREEBSD_UMUTEX_UNOWNED)
		return 0;
	if (seen == CONTESTED) {
		if (guest_cas_u32(m, &seen, id | CONTESTED) < 0)
			return -CORE_EFAULT;
		if (seen == CONTESTED)
			return 0;
	}
	if (seen == FREEBSD_UMUTEX_RB_OWNERDEAD) {
		if (guest_cas_u32(m, &seen, id | CONTESTED) < 0)
			return -CORE_EFAULT;
		if (seen == FREEBSD_UMUTEX_RB_OWNERDEAD)
			return -CORE_EOWNERDEAD;
	}
	if (seen == FREEBSD_UMUTEX_RB_NOTRECOV)
		return -CORE_ENOTRECOVERABLE;
	*owner = seen;
	return 1;
}

/* Sleeps while the mutex is held by owner, the contested bit set; 0 to look again. */
static long sleep_on(guest_ptr m, u32 owner, u32 flags, const struct freebsd_deadline *d)
{
	if (!(owner & CONTESTED)) {
		u32 seen = owner;

		if (guest_cas_u32(m, &seen, owner | CONTESTED) < 0)
			return -CORE_EFAULT;
		if (seen != owner)
			return 0;
	}
	return freebsd_umtx_sleep(m, owner | CONTESTED, freebsd_umtx_shared(flags),
				  FREEBSD_UMTX_ALL, d);
}

long freebsd_umutex_lock(struct core_thread *t, guest_ptr m, const struct freebsd_deadline *d,
			 bool try_only)
{
	u32 id = (u32)freebsd_tid(t->exo.tid), owner, flags;
	long r = read_mutex(m, &owner, &flags);

	while (r == 0) {
		r = take(m, id, &owner);
		if (r <= 0)
			return r;
		if (try_only)
			return -CORE_EBUSY;
		if ((owner & ~CONTESTED) == id)
			return -CORE_EDEADLK;
		r = sleep_on(m, owner, flags, d);
	}
	return r;
}

long freebsd_umutex_wait(struct core_thread *t, guest_ptr m, const struct freebsd_deadline *d)
{
	u32 owner, flags;
	long r;

	(void)t;
	for (;;) {
		r = read_mutex(m, &owner, &flags);
		if (r < 0 || owner == FREEBSD_UMUTEX_UNOWNED || owner == CONTESTED ||
		    owner == FREEBSD_UMUTEX_RB_OWNERDEAD || owner == FREEBSD_UMUTEX_RB_NOTRECOV)
			return r;
		r = sleep_on(m, owner, flags, d);
		if (r < 0)
			return r;
	}
}

/* After one was woken, or none: nobody slept means the bit can go, unless someone takes it. */
static long wake_one(guest_ptr m, u32 flags)
{
	long n = freebsd_umtx_wake(m, 1, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);

	if (n == 0) {
		u32 seen = CONTESTED;

		if (guest_cas_u32(m, &seen, FREEBSD_UMUTEX_UNOWNED) < 0)
			return -CORE_EFAULT;
		/* Somebody may have gone to sleep on the bit between the two. */
		if (seen == CONTESTED)
			n = freebsd_umtx_wake(m, 1, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);
	}
	return n < 0 ? n : 0;
}

long freebsd_umutex_unlock(struct core_thread *t, guest_ptr m)
{
	u32 id = (u32)freebsd_tid(t->exo.tid), owner, flags, seen;
	long r = read_mutex(m, &owner, &flags);

	if (r < 0)
		return r;
	for (;;) {
		if ((owner & ~CONTESTED) != id)
			return -CORE_EPERM;
		seen = owner;
		if (guest_cas_u32(m, &seen, owner & CONTESTED) < 0)
			return -CORE_EFAULT;
		if (seen == owner)
			break;
		owner = seen;
	}
	return owner & CONTESTED ? wake_one(m, flags) : 0;
}

/*
 * The owner has already stored 0. Others may still sleep, and the next owner must find the
 * bit or would not wake them.
 */
long freebsd_umutex_wake(guest_ptr m, bool wake2, u32 flags)
{
	u32 owner, own_flags;
	long r = read_mutex(m, &owner, &own_flags);

	if (r < 0)
		return r;
	if (!wake2)
		flags = own_flags;
	if (!wake2 && (owner & ~CONTESTED) != 0)
		return 0;
	while (!(owner & CONTESTED)) {
		u32 seen = owner;

		if (owner == FREEBSD_UMUTEX_RB_OWNERDEAD || owner == FREEBSD_UMUTEX_RB_NOTRECOV)
			break;
		if (guest_cas_u32(m, &seen, owner | CONTESTED) < 0)
			return -CORE_EFAULT;
		if (seen == owner)
			break;
		owner = seen;
	}
	return (owner & ~CONTESTED) == 0 ? wake_one(m, flags) : 0;
}
