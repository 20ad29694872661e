/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_sync.c: mutexes, condition variables and semaphores in a program's
 * memory.
 *
 * Private objects have queues (chan.h), whose locks guard the bytes that say somebody waits. Of
 * objects shared by processes (USYNC_PROCESS) the word itself is the host's futex: a mutex's lock
 * word, a semaphore's count, and of a condition variable the unused data as a sequence. Facts: usr/
 * src/uts/common/syscall/lwp_sobj.c, sys/synch.h, usr/src/uts/intel/sys/synch32.h.
 */
#include "personality/illumos/abi_sync.h"
#include "personality/illumos/chan.h"

#define LOCK_MASK   0xff000000u /* of the lock word */
#define LOCK_BYTE   0x01000000u
#define WAITER_MASK 0x00ff0000u
#define WAITER_BYTE 0x00010000u

/* Reads a type and makes sure that the object can be written. */
static long type_of(guest_ptr at, u16 *type)
{
	u32 word;

	if (guest_read_u32(at, &word) < 0 || guest_cas_u32(at, &(u32){word}, word) < 0)
		return -CORE_EFAULT;
	*type = (u16)word;
	return 0;
}

static guest_ptr member(guest_ptr object, u64 offset)
{
	return gp(object.addr + offset);
}

#define MEMBER(p, type, name) member(p, offsetof(struct type, name))

static long set_byte(guest_ptr p, u8 value)
{
	return copy_to_guest(p, &value, 1);
}

/* ---- mutexes ------------------------------------------------------------------------------- */

static long set_owner(struct core_thread *t, guest_ptr lp, u64 owner, u16 type)
{
	if (type & ILLUMOS_USYNC_PROCESS &&
	    guest_write_u32(MEMBER(lp, illumos_mutex, ownerpid), owner ? (u32)t->pid : 0) < 0)
		return -CORE_EFAULT;
	return guest_write_u64(MEMBER(lp, illumos_mutex, data), owner);
}

/* Changes bits of the lock word: false when the lock is another's and `set` would take it. */
static long change(guest_ptr word, u32 clear, u32 set, u32 unless, u32 *old)
{
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
	long r = change(MEMBER(lp, illumos_mutex, lockword), 0, LOCK_BYTE, LOCK_MASK, &old);

	*got = r == 0 && !(old & LOCK_MASK);
	return r;
}

static long lock_private(struct core_thread *t, guest_ptr lp, const struct illumos_wait *time)
{
	struct illumos_waiter w;
	bool got = false;
	u32 old;
	long r;

	illumos_chan_lock(lp.addr);
	for (;;) {
		r = change(MEMBER(lp, illumos_mutex, lockword), 0, WAITER_BYTE, 0, &old);
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
		change(MEMBER(lp, illumos_mutex, lockword), WAITER_MASK, 0, 0, &old);
	illumos_chan_unlock(lp.addr);
	return r;
}

/* Who has slept takes it with the byte set: there may be more. */
static long lock_shared(struct core_thread *t, guest_ptr lp, const struct illumos_wait *time)
{
	guest_ptr word = MEMBER(lp, illumos_mutex, lockword);
	u32 old, take = LOCK_BYTE;
	long r;

	for (;;) {
		r = change(word, 0, take, LOCK_MASK, &old);
		if (r < 0 || !(old & LOCK_MASK))
			return r;
		take = LOCK_BYTE | WAITER_BYTE;
		r = change(word, 0, WAITER_BYTE, 0, &old);
		if (r < 0)
			return r;
		if (!(old & LOCK_MASK))
			continue;
		r = illumos_wait_word(t, word.addr, old | WAITER_BYTE, true, time);
		if (r < 0)
			return r;
	}
}

long illumos_lwp_mutex_timedlock(struct core_thread *t, INOUT lp, IN ts, ADDR owner)
{
	struct illumos_wait time = {0};
	bool got;
	u16 type;
	long r = type_of(MEMBER(lp, illumos_mutex, type), &type), bad, left;

	if (r < 0)
		return r;
	bad = illumos_wait_begin(ts, &time);
	if (bad == -CORE_EFAULT)
		return bad;
	r = try_lock(lp, &got);
	if (r == 0 && !got) {
		if (bad < 0) /* a time that is none matters only to who waits */
			return bad;
		r = type & ILLUMOS_USYNC_PROCESS ? lock_shared(t, lp, &time)
						 : lock_private(t, lp, &time);
	}
	if (r == 0)
		r = set_owner(t, lp, owner, type);
	left = bad < 0 ? 0 : illumos_wait_left(ts, &time);
	return r < 0 ? r : left;
}

long illumos_lwp_mutex_trylock(struct core_thread *t, INOUT lp, ADDR owner)
{
	bool got;
	u16 type;
	long r = type_of(MEMBER(lp, illumos_mutex, type), &type);

	if (r == 0)
		r = try_lock(lp, &got);
	if (r < 0)
		return r;
	return got ? set_owner(t, lp, owner, type) : -CORE_EBUSY;
}

static long wake_mutex(guest_ptr lp, u16 type, bool all)
{
	u32 old;

	if (type & ILLUMOS_USYNC_PROCESS) {
		change(MEMBER(lp, illumos_mutex, lockword), WAITER_MASK, 0, 0, &old);
		illumos_wake_word(MEMBER(lp, illumos_mutex, lockword).addr, all ? INT32_MAX : 1,
				  true);
		return 0;
	}
	illumos_chan_lock(lp.addr);
	if (!illumos_chan_wake(lp.addr, all))
		change(MEMBER(lp, illumos_mutex, lockword), WAITER_MASK, 0, 0, &old);
	illumos_chan_unlock(lp.addr);
	return 0;
}

/* The mutex may be no more: who left it need not have waited. What is there is touched with care.
 */
long illumos_lwp_mutex_wakeup(struct core_thread *t, INOUT lp, INT release_all)
{
	u16 type;
	long r = type_of(MEMBER(lp, illumos_mutex, type), &type);

	(void)t;
	return r < 0 ? r : wake_mutex(lp, type, release_all != 0);
}

static long unlock(struct core_thread *t, guest_ptr lp, u16 type)
{
	u32 old;
	long r = set_owner(t, lp, 0, type);

	if (r == 0)
		r = change(MEMBER(lp, illumos_mutex, lockword), LOCK_MASK, 0, 0, &old);
	if (r == 0 && old & WAITER_MASK)
		r = wake_mutex(lp, type, false);
	return r;
}

long illumos_lwp_mutex_unlock(struct core_thread *t, INOUT lp)
{
	u16 type;
	long r = type_of(MEMBER(lp, illumos_mutex, type), &type);

	return r < 0 ? r : unlock(t, lp, type);
}

/* ---- condition variables ------------------------------------------------------------------- */

static long wait_private(struct core_thread *t, guest_ptr cv, guest_ptr mp, u16 mtype,
			 const struct illumos_wait *time)
{
	struct illumos_waiter w;
	long r;

	illumos_chan_lock(cv.addr);
	r = set_byte(MEMBER(cv, illumos_cond, waiters_kernel), 1);
	if (r == 0)
		illumos_chan_enter(cv.addr, &w);
	illumos_chan_unlock(cv.addr);
	if (r < 0)
		return r;
	unlock(t, mp, mtype);
	return illumos_chan_sleep(t, &w, time);
}

static long wait_shared(struct core_thread *t, guest_ptr cv, guest_ptr mp, u16 mtype,
			const struct illumos_wait *time)
{
	guest_ptr word = MEMBER(cv, illumos_cond, data);
	u32 seen;

	if (guest_read_u32(word, &seen) < 0 ||
	    set_byte(MEMBER(cv, illumos_cond, waiters_kernel), 1) < 0)
		return -CORE_EFAULT;
	unlock(t, mp, mtype);
	return illumos_wait_word(t, word.addr, seen, true, time);
}

long illumos_lwp_cond_wait(struct core_thread *t, INOUT cv, INOUT mp, IN ts, INT check_park)
{
	struct illumos_wait time;
	u16 type = 0, mtype = 0;
	long r = illumos_wait_begin(ts, &time), left;

	if (r == 0)
		r = type_of(MEMBER(mp, illumos_mutex, type), &mtype);
	if (r == 0)
		r = type_of(MEMBER(cv, illumos_cond, type), &type);
	if (r < 0)
		return r;
	r = type & ILLUMOS_USYNC_PROCESS ? wait_shared(t, cv, mp, mtype, &time)
					 : wait_private(t, cv, mp, mtype, &time);
	left = check_park ? illumos_wait_left(ts, &time) : 0;
	return r < 0 ? r : left;
}

static long wake_cond(guest_ptr cv, bool all)
{
	guest_ptr word = MEMBER(cv, illumos_cond, data), flag;
	u32 seen, now;
	u16 type;
	long r = type_of(MEMBER(cv, illumos_cond, type), &type);

	if (r < 0)
		return r;
	flag = MEMBER(cv, illumos_cond, waiters_kernel);
	if (type & ILLUMOS_USYNC_PROCESS) {
		if (guest_read_u32(word, &now) < 0)
			return -CORE_EFAULT;
		do {
			seen = now;
			if (guest_cas_u32(word, &now, seen + 1) < 0)
				return -CORE_EFAULT;
		} while (now != seen);
		illumos_wake_word(word.addr, all ? INT32_MAX : 1, true);
		return 0;
	}
	illumos_chan_lock(cv.addr);
	r = set_byte(flag, illumos_chan_wake(cv.addr, all));
	illumos_chan_unlock(cv.addr);
	return r;
}

long illumos_lwp_cond_signal(struct core_thread *t, INOUT cv)
{
	(void)t;
	return wake_cond(cv, false);
}

long illumos_lwp_cond_broadcast(struct core_thread *t, INOUT cv)
{
	(void)t;
	return wake_cond(cv, true);
}

/* ---- semaphores ---------------------------------------------------------------------------- */

static long take(guest_ptr sp, bool *got)
{
	guest_ptr word = MEMBER(sp, illumos_sema, count);
	u32 now, seen;

	*got = false;
	if (guest_read_u32(word, &now) < 0)
		return -CORE_EFAULT;
	do {
		seen = now;
		if (seen == 0)
			return 0;
		if (guest_cas_u32(word, &now, seen - 1) < 0)
			return -CORE_EFAULT;
	} while (now != seen);
	*got = true;
	return 0;
}

static long give(guest_ptr sp)
{
	guest_ptr word = MEMBER(sp, illumos_sema, count);
	u32 now, seen;

	if (guest_read_u32(word, &now) < 0)
		return -CORE_EFAULT;
	do {
		seen = now;
		if (seen >= ILLUMOS_SEM_VALUE_MAX)
			return -CORE_EOVERFLOW;
		if (guest_cas_u32(word, &now, seen + 1) < 0)
			return -CORE_EFAULT;
	} while (now != seen);
	return 0;
}

/* The byte is set before the count is looked at again, as who posts counts before it looks at the
 * byte. Who posts to somebody in the queue hands over, and the count stays. */
static long sema_private(struct core_thread *t, guest_ptr sp, const struct illumos_wait *time)
{
	struct illumos_waiter w;
	bool got = false;
	long r;

	illumos_chan_lock(sp.addr);
	r = set_byte(MEMBER(sp, illumos_sema, waiters), 1);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (r == 0)
		r = take(sp, &got);
	if (r < 0 || got) {
		if (r == 0 && !illumos_chan_wanted(sp.addr))
			set_byte(MEMBER(sp, illumos_sema, waiters), 0);
		illumos_chan_unlock(sp.addr);
		return r;
	}
	illumos_chan_enter(sp.addr, &w);
	illumos_chan_unlock(sp.addr);
	return illumos_chan_sleep(t, &w, time);
}

static long sema_shared(struct core_thread *t, guest_ptr sp, const struct illumos_wait *time)
{
	bool got = false;
	long r = 0;

	while (r == 0 && !got) {
		r = set_byte(MEMBER(sp, illumos_sema, waiters), 1);
		__atomic_thread_fence(__ATOMIC_SEQ_CST);
		if (r == 0)
			r = take(sp, &got);
		if (r == 0 && !got)
			r = illumos_wait_word(t, MEMBER(sp, illumos_sema, count).addr, 0, true,
					      time);
	}
	return r;
}

long illumos_lwp_sema_timedwait(struct core_thread *t, INOUT sema, IN ts, INT check_park)
{
	struct illumos_wait time = {0};
	bool got;
	u16 type;
	long r = type_of(MEMBER(sema, illumos_sema, type), &type), bad, left;

	if (r < 0)
		return r;
	bad = illumos_wait_begin(ts, &time);
	if (bad == -CORE_EFAULT)
		return bad;
	r = take(sema, &got);
	if (r == 0 && !got) {
		if (bad < 0)
			return bad;
		r = type & ILLUMOS_USYNC_PROCESS ? sema_shared(t, sema, &time)
						 : sema_private(t, sema, &time);
	}
	left = check_park && bad == 0 ? illumos_wait_left(ts, &time) : 0;
	return r < 0 ? r : left;
}

long illumos_lwp_sema_trywait(struct core_thread *t, INOUT sema)
{
	bool got;
	u16 type;
	long r = type_of(MEMBER(sema, illumos_sema, type), &type);

	(void)t;
	if (r == 0)
		r = take(sema, &got);
	return r < 0 ? r : got ? 0 : -CORE_EBUSY;
}

long illumos_lwp_sema_post(struct core_thread *t, INOUT sema)
{
	u16 type;
	long r = type_of(MEMBER(sema, illumos_sema, type), &type);

	(void)t;
	if (r < 0)
		return r;
	if (type & ILLUMOS_USYNC_PROCESS) {
		r = give(sema);
		if (r == 0)
			illumos_wake_word(MEMBER(sema, illumos_sema, count).addr, 1, true);
		return r;
	}
	illumos_chan_lock(sema.addr);
	if (illumos_chan_wanted(sema.addr)) {
		bool more = illumos_chan_wake(sema.addr, false);

		if (!more)
			r = set_byte(MEMBER(sema, illumos_sema, waiters), 0);
	} else {
		r = give(sema);
		set_byte(MEMBER(sema, illumos_sema, waiters), 0);
	}
	illumos_chan_unlock(sema.addr);
	return r;
}
