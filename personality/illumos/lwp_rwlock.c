/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_rwlock.c: read-write locks that processes share.
 *
 * The library calls when somebody waits, with the lock's own mutex, which is given up. The state
 * word is the host's futex: who leaves the lock wakes all that wait for it, and they try again.
 * What differs: the original hands it over in the order of its queue. Facts: usr/src/uts/common/
 * syscall/lwp_sobj.c (lwp_rwlock_lock, lwp_rwlock_unlock), sys/synch.h.
 */
#include "personality/illumos/lwp_object.h"

/* The state word */
#define HAS_WAITERS  0x80000000u
#define WRITE_LOCKED 0x40000000u
#define READERS_MASK 0x3fffffffu

enum { READ, WRITE, TRY_READ, TRY_WRITE, UNLOCK };

static bool is_free(u32 state, bool write)
{
	return !(state & WRITE_LOCKED) && (!write || !(state & READERS_MASK)) &&
	       (write || (state & READERS_MASK) < READERS_MASK);
}

/* 1: taken; 0: it is another's, and *seen, with the bit set when `wait`, is what it is. */
static long take(guest_ptr word, bool write, bool wait, u32 *seen)
{
	u32 now, next;

	if (guest_read_u32(word, &now) < 0)
		return -CORE_EFAULT;
	do {
		bool ok = is_free(now, write);

		*seen = now;
		next = !ok ? now | (wait ? HAS_WAITERS : 0) : write ? now | WRITE_LOCKED : now + 1;
		if (guest_cas_u32(word, &now, next) < 0)
			return -CORE_EFAULT;
	} while (now != *seen);
	if (is_free(now, write))
		return 1;
	*seen = next;
	return 0;
}

static long lock(struct core_thread *t, guest_ptr rw, guest_ptr time, bool write, bool try)
{
	guest_ptr word = MEMBER(rw, illumos_rwlock, readers), m = MEMBER(rw, illumos_rwlock, mutex);
	struct illumos_wait w = {0};
	long bad = illumos_wait_begin(time, &w), r, left;
	bool held = true;
	u32 seen;

	for (;;) {
		r = take(word, write, !try && bad == 0, &seen);
		if (r != 0)
			break;
		r = try ? -CORE_EBUSY : bad;
		if (r < 0)
			break;
		if (held)
			illumos_mutex_release(t, m, ILLUMOS_USYNC_PROCESS);
		held = false;
		r = illumos_wait_word(t, word.addr, seen, true, &w);
		if (r < 0)
			break;
	}
	if (held)
		illumos_mutex_release(t, m, ILLUMOS_USYNC_PROCESS);
	left = bad == 0 ? illumos_wait_left(time, &w) : 0;
	return r < 0 ? r : left;
}

static long unlock(guest_ptr rw)
{
	guest_ptr word = MEMBER(rw, illumos_rwlock, readers);
	u32 now, seen, next;

	if (guest_read_u32(word, &now) < 0)
		return -CORE_EFAULT;
	do {
		seen = now;
		if (seen & WRITE_LOCKED)
			next = 0;
		else if (seen & READERS_MASK)
			next = seen - 1;
		else
			next = 0;
		if (!(next & READERS_MASK))
			next = 0;
		if (guest_cas_u32(word, &now, next) < 0)
			return -CORE_EFAULT;
	} while (now != seen);
	if (next == 0)
		illumos_wake_word(word.addr, INT32_MAX, true);
	return 0;
}

long illumos_lwp_rwlock_sys(struct core_thread *t, INT subcode, INOUT rwlp, IN ts)
{
	u16 type = 0, mtype = 0;
	long r = illumos_object_type(MEMBER(rwlp, illumos_rwlock, type), &type);

	if (subcode < READ || subcode > UNLOCK)
		return -CORE_EINVAL;
	if (r == 0)
		r = illumos_object_type(MEMBER(rwlp, illumos_rwlock, mutex.type), &mtype);
	if (r < 0)
		return r;
	if (type != ILLUMOS_USYNC_PROCESS || (mtype & 0xff) != ILLUMOS_USYNC_PROCESS)
		return -CORE_EINVAL;
	switch (subcode) {
	case READ:
	case WRITE:
		return lock(t, rwlp, ts, subcode == WRITE, false);
	case TRY_READ:
	case TRY_WRITE:
		return lock(t, rwlp, gp(0), subcode == TRY_WRITE, true);
	default:
		return unlock(rwlp);
	}
}
