/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_mutex.c: struct umutex of every protocol.
 *
 * m_owner is 0, a thread id, or UMUTEX_CONTESTED alone or beside the id. Whoever sleeps
 * has set the contested bit first and sleeps on exactly that value. Whoever unlocks writes
 * the word and wakes one, and then leaves the mutex alone: the next owner may have freed
 * it. The one that wakes puts the bit back for those who still sleep, with the lock when
 * it takes it and without when it only waited. A protected mutex is free when it is just
 * contested. Who lends whom what priority is umtx_lend.c's.
 */
#include "core/guest.h"
#include "exo/info.h"
#include "personality/freebsd/umtx.h"

#define CONTESTED	   FREEBSD_UMUTEX_CONTESTED
#define PROTOCOL(flags)	   ((flags) & (FREEBSD_UMUTEX_PRIO_INHERIT | FREEBSD_UMUTEX_PRIO_PROTECT))
#define IS_INHERIT(flags)  (PROTOCOL(flags) == FREEBSD_UMUTEX_PRIO_INHERIT)
#define IS_PROTECT(flags)  (PROTOCOL(flags) == FREEBSD_UMUTEX_PRIO_PROTECT)
#define IS_NONSENSE(flags) (!IS_INHERIT(flags) && !IS_PROTECT(flags) && PROTOCOL(flags))

#define OFF_FLAGS   offsetof(struct freebsd_umutex, m_flags)
#define OFF_CEILING offsetof(struct freebsd_umutex, m_ceilings[0])
#define OFF_RESTORE offsetof(struct freebsd_umutex, m_ceilings[1])
#define LOOK_NSEC   50000000
#define CEILING_MAX 31 /* RTP_PRIO_MAX, sys/rtprio.h */

static u32 id_of(const struct core_thread *t)
{
	return (u32)freebsd_tid(t->exo.tid);
}

static bool is_free(u32 owner)
{
	return (owner & ~CONTESTED) == FREEBSD_UMUTEX_UNOWNED ||
	       owner == FREEBSD_UMUTEX_RB_OWNERDEAD || owner == FREEBSD_UMUTEX_RB_NOTRECOV;
}

/* One attempt: 0 taken, 1 held by another (*owner), or an error. */
static long take(guest_ptr m, u32 id, u32 bits, u32 *owner)
{
	u32 seen = FREEBSD_UMUTEX_UNOWNED;

	if (guest_cas_u32(m, &seen, id | bits) < 0)
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

/* Ended, waited for or not; a thread that left in order has handed its mutexes on. */
static bool is_gone(u32 owner)
{
	i64 tid = (i64)(owner & ~CONTESTED) - FREEBSD_TID_BASE;
	struct exo_process p;

	return tid > 0 && (exo_process_info((i32)tid, 0, &p) < 0 || p.state == 'Z');
}

/*
 * A robust mutex of a process that was killed is nobody's to hand on: who waits for it
 * looks now and then whether the owner is still there.
 */
static long sleep_and_look(guest_ptr m, u32 owner, const struct freebsd_deadline *d)
{
	struct freebsd_deadline look = {.set = true, .clock = CORE_CLOCK_MONOTONIC};
	struct core_timespec left = {1, 0};
	u32 seen = owner;
	long r;

	if (d && d->set)
		left = freebsd_umtx_time_left(d);
	if (left.tv_sec < 0 || (left.tv_sec == 0 && left.tv_nsec <= LOOK_NSEC))
		return freebsd_umtx_sleep(m, owner, true, FREEBSD_UMTX_ALL, d);
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &look.at);
	look.at.nsec += LOOK_NSEC;
	if (look.at.nsec >= 1000000000) {
		look.at.nsec -= 1000000000;
		look.at.sec++;
	}
	r = freebsd_umtx_sleep(m, owner, true, FREEBSD_UMTX_ALL, &look);
	if (r != -CORE_ETIMEDOUT)
		return r;
	if (is_gone(owner) && guest_cas_u32(m, &seen, FREEBSD_UMUTEX_RB_OWNERDEAD) < 0)
		return -CORE_EFAULT;
	return 0;
}

/* Sets the contested bit beside owner: 1 when it is there, 0 when the word has changed. */
static long contest(guest_ptr m, u32 owner)
{
	u32 seen = owner;

	if (owner & CONTESTED)
		return 1;
	if (guest_cas_u32(m, &seen, owner | CONTESTED) < 0)
		return -CORE_EFAULT;
	return seen == owner;
}

/* Sleeps while the mutex is held by owner, the contested bit set; 0 to look again. */
static long sleep_on(guest_ptr m, u32 owner, u32 flags, const struct freebsd_deadline *d)
{
	long r = contest(m, owner);

	if (r <= 0)
		return r;
	if ((flags & FREEBSD_UMUTEX_ROBUST) && freebsd_umtx_shared(flags))
		return sleep_and_look(m, owner | CONTESTED, d);
	return freebsd_umtx_sleep(m, owner | CONTESTED, freebsd_umtx_shared(flags),
				  FREEBSD_UMTX_ALL, d);
}

/* The same for an inheriting one; what came with the word is in *loan. */
static long sleep_lending(guest_ptr m, u32 owner, u32 flags, const struct freebsd_deadline *d,
			  struct freebsd_loan **loan)
{
	long r = contest(m, owner);

	if (r <= 0)
		return r;
	r = freebsd_umtx_borrow(m, owner | CONTESTED, d, loan);
	switch (-r) {
	case 0:
	case CORE_ETIMEDOUT:
	case CORE_EINTR:
	case CORE_ERESTART_ALWAYS:
		return r;
	default:
		return sleep_on(m, owner | CONTESTED, flags, d);
	}
}

static bool can_lend(u32 flags)
{
	return IS_INHERIT(flags) && !freebsd_umtx_shared(flags);
}

/* One attempt at a protected mutex, with its ceiling if that is more than the thread has. */
static long take_protected(struct core_thread *t, guest_ptr m, u32 id, u32 *owner)
{
	u32 before = freebsd_umtx_ceiling_now(t), ceiling;
	long r;

	if (guest_read_u32(gp_add(m, OFF_CEILING), &ceiling) < 0)
		return -CORE_EFAULT;
	r = ceiling > CEILING_MAX ? -CORE_EINVAL : freebsd_umtx_ceiling_check(t, ceiling);
	if (r < 0)
		return r;
	if (before == FREEBSD_NO_CEILING || ceiling > before)
		freebsd_umtx_ceiling(t, ceiling);
	r = take(m, id, CONTESTED, owner);
	if (r != 0 && r != -CORE_EOWNERDEAD)
		freebsd_umtx_ceiling(t, before);
	return r;
}

long freebsd_umutex_lock(struct core_thread *t, guest_ptr m, const struct freebsd_deadline *d,
			 bool try_only)
{
	u32 id = id_of(t), owner, flags, bits = 0;
	struct freebsd_loan *loan = NULL;
	long r, late = 0;

	if (guest_read_u32(gp_add(m, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	if (IS_NONSENSE(flags))
		return -CORE_EINVAL;
	for (;;) {
		r = IS_PROTECT(flags) ? take_protected(t, m, id, &owner)
				      : take(m, id, bits, &owner);
		if (loan)
			freebsd_umtx_repay(loan, r == 0 || r == -CORE_EOWNERDEAD);
		loan = NULL;
		if (r == -CORE_ENOTRECOVERABLE && try_only && IS_PROTECT(flags))
			return -CORE_EBUSY;
		if (r <= 0)
			return r;
		if (IS_INHERIT(flags) && (owner & ~CONTESTED) == id)
			return -CORE_EDEADLK;
		if (try_only)
			return -CORE_EBUSY;
		if (late < 0)
			return late;
		late = can_lend(flags) ? sleep_lending(m, owner, flags, d, &loan)
				       : sleep_on(m, owner, flags, d);
		bits = CONTESTED;
	}
}

long freebsd_umutex_wait(guest_ptr m, const struct freebsd_deadline *d)
{
	u32 owner, flags;
	bool slept = false;
	long late = 0;

	if (guest_read_u32(gp_add(m, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	if (IS_NONSENSE(flags))
		return -CORE_EINVAL;
	for (;;) {
		u32 seen;

		if (guest_read_u32(m, &owner) < 0)
			return -CORE_EFAULT;
		if (is_free(owner)) {
			if (!slept || (owner & CONTESTED))
				return 0;
			seen = owner;
			if (guest_cas_u32(m, &seen, owner | CONTESTED) < 0)
				return -CORE_EFAULT;
			if (seen == owner)
				return 0;
			continue;
		}
		if (late < 0)
			return late;
		late = sleep_on(m, owner, flags, d);
		slept = true;
	}
}

static long wake_one(guest_ptr m, u32 flags)
{
	long n = freebsd_umtx_wake(m, 1, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);

	return n < 0 ? n : 0;
}

/* Writes next into the mutex that id has; its word before is in *owner. */
static long give_up(u32 id, guest_ptr m, u32 next, u32 *owner)
{
	for (;;) {
		u32 seen = *owner;

		if (guest_cas_u32(m, &seen, next) < 0)
			return -CORE_EFAULT;
		if (seen == *owner)
			return 0;
		*owner = seen;
		if ((seen & ~CONTESTED) != id)
			return -CORE_EPERM;
	}
}

static long unlock(struct core_thread *t, u32 id, guest_ptr m, bool abandoned)
{
	u32 owner, flags, next = FREEBSD_UMUTEX_UNOWNED, restore = FREEBSD_NO_CEILING;
	struct freebsd_loan *loan = NULL;
	long r;

	if (guest_read_u32(gp_add(m, OFF_FLAGS), &flags) < 0 || guest_read_u32(m, &owner) < 0)
		return -CORE_EFAULT;
	if (IS_NONSENSE(flags))
		return -CORE_EINVAL;
	if ((owner & ~CONTESTED) != id)
		return -CORE_EPERM;
	if (IS_PROTECT(flags)) {
		if (guest_read_u32(gp_add(m, OFF_RESTORE), &restore) < 0)
			return -CORE_EFAULT;
		if (restore != FREEBSD_NO_CEILING && restore > CEILING_MAX)
			return -CORE_EINVAL;
		next = CONTESTED;
	}
	if (abandoned)
		next = FREEBSD_UMUTEX_RB_OWNERDEAD;
	else if (flags & FREEBSD_UMUTEX_NONCONSISTENT)
		next = FREEBSD_UMUTEX_RB_NOTRECOV;
	if (can_lend(flags)) {
		loan = freebsd_umtx_loan_hold(m);
		if (loan && next == FREEBSD_UMUTEX_UNOWNED)
			next = CONTESTED;
		r = give_up(id, m, next, &owner);
		freebsd_umtx_loan_release();
	} else {
		r = give_up(id, m, next, &owner);
	}
	if (loan)
		freebsd_umtx_repay(loan, r < 0);
	if (r == 0 && (owner & CONTESTED))
		r = wake_one(m, flags);
	if (r == 0 && IS_PROTECT(flags) && t == core_self())
		freebsd_umtx_ceiling(t, restore);
	return r;
}

long freebsd_umutex_unlock(struct core_thread *t, guest_ptr m)
{
	return unlock(t, id_of(t), m, false);
}

long freebsd_umutex_abandon(struct core_thread *t, guest_ptr m)
{
	return unlock(t, id_of(t), m, true);
}

/*
 * FreeBSD 8's threads leave the mutex contested and free. The bit goes with the last who
 * waits: a mutex that has it is taken for one in use by their pthread_mutex_destroy(3).
 */
long freebsd_umutex_wake(guest_ptr m)
{
	u32 owner, flags, seen = CONTESTED;
	long waiting;

	if (guest_read_u32(m, &owner) < 0)
		return -CORE_EFAULT;
	if (!is_free(owner))
		return 0;
	if (guest_read_u32(gp_add(m, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	waiting = freebsd_umtx_count(m, freebsd_umtx_shared(flags));
	if (waiting < 0)
		return waiting;
	if (waiting <= 1 && guest_cas_u32(m, &seen, FREEBSD_UMUTEX_UNOWNED) < 0)
		return -CORE_EFAULT;
	return waiting ? wake_one(m, flags) : 0;
}

/* The caller has unlocked the mutex by itself. Somebody may hold it again without the
 * contested bit, so one is woken in any case: it sets the bit before it sleeps again. */
long freebsd_umutex_wake2(guest_ptr m, u32 flags)
{
	u32 owner;

	if (IS_NONSENSE(flags))
		return -CORE_EINVAL;
	if (guest_read_u32(m, &owner) < 0)
		return -CORE_EFAULT;
	return wake_one(m, flags);
}

long freebsd_umutex_set_ceiling(struct core_thread *t, guest_ptr m, u32 ceiling, guest_ptr old)
{
	u32 id = id_of(t), flags, was;
	long r = 0;

	if (guest_read_u32(gp_add(m, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	if (!(flags & FREEBSD_UMUTEX_PRIO_PROTECT) || ceiling > CEILING_MAX)
		return -CORE_EINVAL;
	for (;;) {
		u32 owner = CONTESTED;
		bool taken;

		if (guest_read_u32(gp_add(m, OFF_CEILING), &was) < 0 ||
		    guest_cas_u32(m, &owner, id | CONTESTED) < 0)
			return -CORE_EFAULT;
		taken = owner == CONTESTED;
		if (taken || (owner & ~CONTESTED) == id) {
			if (guest_write_u32(gp_add(m, OFF_CEILING), ceiling) < 0 ||
			    (taken && guest_write_u32(m, CONTESTED) < 0))
				return -CORE_EFAULT;
			break;
		}
		if (owner == FREEBSD_UMUTEX_RB_OWNERDEAD)
			return -CORE_EOWNERDEAD;
		if (owner == FREEBSD_UMUTEX_RB_NOTRECOV)
			return -CORE_ENOTRECOVERABLE;
		if (r < 0)
			return r;
		r = sleep_on(m, owner, flags, NULL);
	}
	freebsd_umtx_wake(m, UINT32_MAX, freebsd_umtx_shared(flags), FREEBSD_UMTX_ALL);
	return old.addr ? guest_write_u32(old, was) : 0;
}
