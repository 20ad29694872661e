/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_mutex.c: mutexes in a program's memory.
 *
 * The library takes and leaves them by itself and calls when it has to wait or somebody waits. A
 * private mutex has a queue (chan.h), whose lock guards the byte that says so; of one shared by
 * processes the lock word itself is the host's futex. Facts: usr/src/uts/common/syscall/
 * lwp_sobj.c (lwp_mutex_timedlock and the calls beside it), sys/synch.h, usr/src/uts/intel/sys/
 * synch32.h (which byte of the word is what).
 */
#include "personality/illumos/lwp_object.h"

#define LOCK_MASK   0xff000000u /* of the lock word */
#define LOCK_BYTE   0x01000000u
#define WAITER_MASK 0x00ff0000u
#define WAITER_BYTE 0x00010000u

#define LOOK_NS 20000000 /* between looks whether a robust mutex's owner is still there */
#define NSEC	1000000000

long illumos_object_type(guest_ptr at, u16 *type)
{
	u32 word;

	if (guest_read_u32(at, &word) < 0 || guest_cas_u32(at, &(u32){word}, word) < 0)
		return -CORE_EFAULT;
	*type = (u16)word;
	return 0;
}

static long mutex_type(guest_ptr lp, u16 *type)
{
	return illumos_object_type(MEMBER(lp, illumos_mutex, type), type);
}

static long set_owner(struct core_thread *t, guest_ptr lp, u64 owner, u16 type)
{
	if (type & ILLUMOS_USYNC_PROCESS &&
	    guest_write_u32(MEMBER(lp, illumos_mutex, ownerpid), owner ? (u32)t->pid : 0) < 0)
		return -CORE_EFAULT;
	return guest_write_u64(MEMBER(lp, illumos_mutex, data), owner);
}

/* Changes bits of the lock word, unless one of `unless` is set; *old is what was there. */
static long change(guest_ptr lp, u32 clear, u32 set, u32 unless, u32 *old)
{
	guest_ptr word = MEMBER(lp, illumos_mutex, lockword);
	u32 now, seen;

	if (guest_read_u32(word, &now) < 0)
		return -CORE_EFAULT;
	do {
		seen = now;
		if (seen & unless)
			break;
		if (guest_cas_u32(word, &now, (seen & ~clear) | set) < 0)
			return -CORE_EFAULT;
	} while (now != seen);
	*old = seen;
	return 0;
}

static long try_lock(guest_ptr lp, bool *got)
{
	u32 old = 0;
	long r = change(lp, 0, LOCK_BYTE, LOCK_MASK, &old);

	*got = r == 0 && !(old & LOCK_MASK);
	return r;
}

static long lock_private(struct core_thread *t, guest_ptr lp, u16 type,
			 const struct illumos_wait *time)
{
	struct illumos_waiter w;
	bool got = false;
	u32 old;
	long r;

	illumos_chan_lock(lp.addr);
	for (;;) {
		r = change(lp, 0, WAITER_BYTE, 0, &old);
		if (r == 0 && illumos_robust_state(lp, type) == -CORE_ENOTRECOVERABLE)
			r = -CORE_ENOTRECOVERABLE;
		if (r == 0)
			r = try_lock(lp, &got);
		if (r < 0 || got)
			break;
		illumos_chan_enter(lp.addr, &w);
		illumos_chan_unlock(lp.addr);
		r = illumos_chan_sleep(t, &w, time);
		illumos_chan_lock(lp.addr);
		if (r < 0)
			break;
	}
	if (r != -CORE_EFAULT && !illumos_chan_wanted(lp.addr))
		change(lp, WAITER_MASK, 0, 0, &old);
	illumos_chan_unlock(lp.addr);
	return r;
}

/* One sleep for a shared mutex; a robust one's owner is looked for now and then. */
static long sleep_shared(struct core_thread *t, guest_ptr lp, u16 type, u32 seen,
			 const struct illumos_wait *time)
{
	u64 word = MEMBER(lp, illumos_mutex, lockword).addr;
	struct illumos_wait slice = {.timed = true};
	struct exo_time now;
	long r;

	if (!(type & ILLUMOS_LOCK_ROBUST) || time->now)
		return illumos_wait_word(t, word, seen, true, time);
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	slice.until.tv_sec = now.sec + (now.nsec + LOOK_NS >= NSEC);
	slice.until.tv_nsec = (now.nsec + LOOK_NS) % NSEC;
	if (time->timed && (time->until.tv_sec < slice.until.tv_sec ||
			    (time->until.tv_sec == slice.until.tv_sec &&
			     time->until.tv_nsec <= slice.until.tv_nsec)))
		return illumos_wait_word(t, word, seen, true, time);
	r = illumos_wait_word(t, word, seen, true, &slice);
	return r == -CORE_ETIME ? 0 : r;
}

/* Who has slept takes it with the byte set: there may be more. */
static long lock_shared(struct core_thread *t, guest_ptr lp, u16 type,
			const struct illumos_wait *time)
{
	u32 old, take = LOCK_BYTE;
	long r;

	for (;;) {
		if (type & ILLUMOS_LOCK_ROBUST)
			illumos_robust_check(t, lp);
		if (illumos_robust_state(lp, type) == -CORE_ENOTRECOVERABLE)
			return -CORE_ENOTRECOVERABLE;
		r = change(lp, 0, take, LOCK_MASK, &old);
		if (r < 0 || !(old & LOCK_MASK))
			return r;
		take = LOCK_BYTE | WAITER_BYTE;
		r = change(lp, 0, WAITER_BYTE, 0, &old);
		if (r < 0)
			return r;
		if (!(old & LOCK_MASK))
			continue;
		r = sleep_shared(t, lp, type, old | WAITER_BYTE, time);
		if (r < 0)
			return r;
	}
}

long illumos_mutex_lock(struct core_thread *t, guest_ptr lp, u16 type,
			const struct illumos_wait *time)
{
	long r = type & ILLUMOS_USYNC_PROCESS ? lock_shared(t, lp, type, time)
					      : lock_private(t, lp, type, time);

	return r < 0 ? r : illumos_robust_state(lp, type);
}

/* Was it got, if with a warning? */
static bool is_had(long r)
{
	return r == 0 || r == -CORE_EOWNERDEAD || r == -CORE_ILLUMOS_ELOCKUNMAPPED;
}

static long try_robust(struct core_thread *t, guest_ptr lp, u16 type, bool *got)
{
	long r;

	*got = false;
	if ((type & ILLUMOS_LOCK_ROBUST) && (type & ILLUMOS_USYNC_PROCESS))
		illumos_robust_check(t, lp);
	r = illumos_robust_state(lp, type);
	if (r == -CORE_ENOTRECOVERABLE)
		return r;
	r = try_lock(lp, got);
	return r == 0 && *got ? illumos_robust_state(lp, type) : r;
}

long illumos_lwp_mutex_timedlock(struct core_thread *t, INOUT lp, IN ts, ADDR owner)
{
	struct illumos_wait time = {0};
	bool got = false;
	u16 type = 0;
	long r = mutex_type(lp, &type), bad, left;

	if (r < 0)
		return r;
	bad = illumos_wait_begin(ts, &time);
	if (bad == -CORE_EFAULT)
		return bad;
	r = try_robust(t, lp, type, &got);
	if (r == 0 && !got) {
		if (bad < 0) /* a time that is none matters only to who waits */
			return bad;
		r = illumos_mutex_lock(t, lp, type, &time);
	}
	if (is_had(r) && set_owner(t, lp, owner, type) < 0)
		r = -CORE_EFAULT;
	left = bad < 0 ? 0 : illumos_wait_left(ts, &time);
	return r < 0 ? r : left;
}

long illumos_lwp_mutex_trylock(struct core_thread *t, INOUT lp, ADDR owner)
{
	bool got = false;
	u16 type = 0;
	long r = mutex_type(lp, &type);

	if (r == 0)
		r = try_robust(t, lp, type, &got);
	if (r == 0 && !got)
		return -CORE_EBUSY;
	if (is_had(r) && set_owner(t, lp, owner, type) < 0)
		return -CORE_EFAULT;
	return r;
}

void illumos_mutex_wake(guest_ptr lp, u16 type, bool all)
{
	bool more;
	u64 word;
	u32 old;

	if (type & ILLUMOS_USYNC_PROCESS) {
		change(lp, WAITER_MASK, 0, 0, &old);
		illumos_wake_word(MEMBER(lp, illumos_mutex, lockword).addr, all ? INT32_MAX : 1,
				  true);
		return;
	}
	illumos_chan_lock(lp.addr);
	illumos_chan_release(lp.addr, all, &more, &word);
	if (!more)
		change(lp, WAITER_MASK, 0, 0, &old);
	illumos_chan_unlock(lp.addr);
	illumos_chan_wake(word);
}

/* The mutex may be no more: who left it need not have waited. What is there is touched with care.
 */
long illumos_lwp_mutex_wakeup(struct core_thread *t, INOUT lp, INT release_all)
{
	u16 type = 0;
	long r = mutex_type(lp, &type);

	(void)t;
	if (r == 0)
		illumos_mutex_wake(lp, type, release_all != 0);
	return r;
}

long illumos_mutex_release(struct core_thread *t, guest_ptr lp, u16 type)
{
	bool lost = (type & ILLUMOS_LOCK_ROBUST) && illumos_robust_give_up(lp);
	u32 old;
	long r = set_owner(t, lp, 0, type);

	if (r == 0)
		r = change(lp, LOCK_MASK, 0, 0, &old);
	if (r == 0 && old & WAITER_MASK)
		illumos_mutex_wake(lp, type, lost);
	return r;
}

long illumos_lwp_mutex_unlock(struct core_thread *t, INOUT lp)
{
	u16 type = 0;
	long r = mutex_type(lp, &type);

	return r < 0 ? r : illumos_mutex_release(t, lp, type);
}
