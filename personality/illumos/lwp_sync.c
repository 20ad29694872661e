/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_sync.c: condition variables and semaphores in a program's memory.
 *
 * Private objects have queues (chan.h), whose locks guard the bytes that say somebody waits. Of
 * objects shared by processes (USYNC_PROCESS) a word of their own is the host's futex: of a
 * semaphore the count, of a condition variable the unused data as a sequence. Facts: usr/src/uts/
 * common/syscall/lwp_sobj.c, sys/synch.h, usr/src/uts/intel/sys/synch32.h.
 */
#include "personality/illumos/lwp_object.h"

static long set_byte(guest_ptr p, u8 value)
{
	return copy_to_guest(p, &value, 1);
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
	illumos_mutex_release(t, mp, mtype);
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
	illumos_mutex_release(t, mp, mtype);
	return illumos_wait_word(t, word.addr, seen, true, time);
}

long illumos_lwp_cond_wait(struct core_thread *t, INOUT cv, INOUT mp, IN ts, INT check_park)
{
	struct illumos_wait time;
	u16 type = 0, mtype = 0;
	long r = illumos_wait_begin(ts, &time), left;

	if (r == 0)
		r = illumos_object_type(MEMBER(mp, illumos_mutex, type), &mtype);
	if (r == 0)
		r = illumos_object_type(MEMBER(cv, illumos_cond, type), &type);
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
	u64 private;
	bool more;
	u32 seen, now;
	u16 type = 0;
	long r = illumos_object_type(MEMBER(cv, illumos_cond, type), &type);

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
	illumos_chan_release(cv.addr, all, &more, &private);
	r = set_byte(flag, more);
	illumos_chan_unlock(cv.addr);
	illumos_chan_wake(private);
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
	bool got = false;
	u16 type = 0;
	long r = illumos_object_type(MEMBER(sema, illumos_sema, type), &type), bad, left;

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
	bool got = false;
	u16 type = 0;
	long r = illumos_object_type(MEMBER(sema, illumos_sema, type), &type);

	(void)t;
	if (r == 0)
		r = take(sema, &got);
	return r < 0 ? r : got ? 0 : -CORE_EBUSY;
}

long illumos_lwp_sema_post(struct core_thread *t, INOUT sema)
{
	bool more;
	u64 word;
	u16 type = 0;
	long r = illumos_object_type(MEMBER(sema, illumos_sema, type), &type);

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
	if (!illumos_chan_release(sema.addr, false, &more, &word))
		r = give(sema);
	if (!more)
		set_byte(MEMBER(sema, illumos_sema, waiters), 0);
	illumos_chan_unlock(sema.addr);
	illumos_chan_wake(word);
	return r;
}
