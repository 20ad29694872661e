/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_rwlock.c: struct urwlock.
 *
 * Readers and writers sleep on the same state word and are woken apart by futex bits.
 * rw_blocked_readers and _writers count who sleeps; the last to leave clears its bit in
 * the state, so that an unlock with nobody waiting stays in user space.
 */
#include "core/guest.h"
#include "personality/freebsd/umtx.h"

#define WRITE_OWNER   FREEBSD_URWLOCK_WRITE_OWNER
#define WRITE_WAITERS ((u32)FREEBSD_URWLOCK_WRITE_WAITERS)
#define READ_WAITERS  ((u32)FREEBSD_URWLOCK_READ_WAITERS)
#define READERS(s)    ((s) & (u32)FREEBSD_URWLOCK_MAX_READERS)
#define BIT_READ      1u
#define BIT_WRITE     2u
#define OFF_FLAGS     offsetof(struct freebsd_urwlock, rw_flags)

#define OFF_BLOCKED_READERS offsetof(struct freebsd_urwlock, rw_blocked_readers)
#define OFF_BLOCKED_WRITERS offsetof(struct freebsd_urwlock, rw_blocked_writers)

static long change(guest_ptr p, u32 delta, u32 *after)
{
	u32 seen;

	if (guest_read_u32(p, &seen) < 0)
		return -CORE_EFAULT;
	for (;;) {
		u32 old = seen;

		if (guest_cas_u32(p, &seen, old + delta) < 0)
			return -CORE_EFAULT;
		if (seen == old) {
			*after = old + delta;
			return 0;
		}
	}
}

static long clear_bit(guest_ptr rw, u32 bit)
{
	u32 seen;

	if (guest_read_u32(rw, &seen) < 0)
		return -CORE_EFAULT;
	while (seen & bit) {
		u32 old = seen;

		if (guest_cas_u32(rw, &seen, old & ~bit) < 0)
			return -CORE_EFAULT;
		if (seen == old)
			break;
	}
	return 0;
}

/* Sleeps on state | waiters; counted while it does. */
static long sleep_as(guest_ptr rw, u32 state, u32 waiters, u64 counter, u32 bit, bool shared,
		     const struct freebsd_deadline *d)
{
	u32 left;
	long r;

	if (change(gp_add(rw, counter), 1, &left) < 0)
		return -CORE_EFAULT;
	r = freebsd_umtx_sleep(rw, state | waiters, shared, bit, d);
	if (change(gp_add(rw, counter), UINT32_MAX, &left) < 0)
		return -CORE_EFAULT;
	if (left == 0) {
		u32 readers = 0;

		/* Somebody may have gone to sleep on the bit before it was cleared: look again. */
		if (clear_bit(rw, waiters) < 0 || guest_read_u32(gp_add(rw, counter), &left) < 0)
			return -CORE_EFAULT;
		if (left)
			freebsd_umtx_wake(rw, UINT32_MAX, shared, bit);
		/* Readers that only stood back for a writer who has given up. */
		if (r < 0 && bit == BIT_WRITE &&
		    guest_read_u32(gp_add(rw, OFF_BLOCKED_READERS), &readers) == 0 && readers)
			freebsd_umtx_wake(rw, UINT32_MAX, shared, BIT_READ);
	}
	return r;
}

static long lock(guest_ptr rw, bool write, bool prefer_reader, const struct freebsd_deadline *d)
{
	u32 state, flags;

	if (guest_read_u32(rw, &state) < 0 || guest_read_u32(gp_add(rw, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	prefer_reader = prefer_reader || (flags & FREEBSD_URWLOCK_PREFER_READER);
	for (;;) {
		u32 barrier = write ? 0 : WRITE_OWNER | (prefer_reader ? 0 : WRITE_WAITERS);
		bool open =
		    write ? !(state & WRITE_OWNER) && READERS(state) == 0 : !(state & barrier);
		u32 bit = write ? WRITE_WAITERS : READ_WAITERS, seen = state;
		long r;

		if (open) {
			if (!write && READERS(state) == FREEBSD_URWLOCK_MAX_READERS)
				return -CORE_EAGAIN;
			if (guest_cas_u32(rw, &seen, write ? state | WRITE_OWNER : state + 1) < 0)
				return -CORE_EFAULT;
			if (seen == state)
				return 0;
			state = seen;
			continue;
		}
		if (!(state & bit)) {
			if (guest_cas_u32(rw, &seen, state | bit) < 0)
				return -CORE_EFAULT;
			if (seen != state) {
				state = seen;
				continue;
			}
		}
		r = sleep_as(rw, state, bit, write ? OFF_BLOCKED_WRITERS : OFF_BLOCKED_READERS,
			     write ? BIT_WRITE : BIT_READ, freebsd_umtx_shared(flags), d);
		if (r < 0)
			return r;
		if (guest_read_u32(rw, &state) < 0)
			return -CORE_EFAULT;
	}
}

long freebsd_urwlock_rdlock(guest_ptr rw, u32 flags, const struct freebsd_deadline *d)
{
	return lock(rw, false, flags & FREEBSD_URWLOCK_PREFER_READER, d);
}

long freebsd_urwlock_wrlock(guest_ptr rw, const struct freebsd_deadline *d)
{
	return lock(rw, true, false, d);
}

long freebsd_urwlock_unlock(guest_ptr rw)
{
	u32 state, flags, next;
	bool readers_first;

	if (guest_read_u32(rw, &state) < 0 || guest_read_u32(gp_add(rw, OFF_FLAGS), &flags) < 0)
		return -CORE_EFAULT;
	for (;;) {
		u32 old = state;

		if (state & WRITE_OWNER)
			next = state & ~WRITE_OWNER;
		else if (READERS(state))
			next = state - 1;
		else
			return -CORE_EPERM;
		if (guest_cas_u32(rw, &state, next) < 0)
			return -CORE_EFAULT;
		if (state == old)
			break;
	}
	if (READERS(next))
		return 0;
	readers_first = flags & FREEBSD_URWLOCK_PREFER_READER;
	if ((next & READ_WAITERS) && (readers_first || !(next & WRITE_WAITERS)))
		freebsd_umtx_wake(rw, UINT32_MAX, freebsd_umtx_shared(flags), BIT_READ);
	else if (next & WRITE_WAITERS) {
		/* A sleeper's wake-up can be lost to its time-out; then the readers are next. */
		if (freebsd_umtx_wake(rw, 1, freebsd_umtx_shared(flags), BIT_WRITE) == 0 &&
		    (next & READ_WAITERS))
			freebsd_umtx_wake(rw, UINT32_MAX, freebsd_umtx_shared(flags), BIT_READ);
	}
	return 0;
}
