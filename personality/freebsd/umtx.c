/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx.c: _umtx_op(2), the calls under libthr and Go's scheduler.
 *
 * Every object is a futex of the host: the uncontended path is the guest's own, a wait or
 * a wake-up is one host call. FreeBSD's kernel keeps queues and can count waiters; a futex
 * cannot, so "contested" bits are cleared later than there, which costs a call and never
 * a wake-up. Facts: _umtx_op(2), sys/kern/kern_umtx.c, sys/sys/umtx.h of FreeBSD 14.
 */
#include "personality/freebsd/umtx.h"
#include "core/guest.h"
#include "personality/freebsd/convert_time.h"

#define NSEC 1000000000L

static void add_time(struct exo_time *a, i64 sec, i64 nsec)
{
	if (__builtin_add_overflow(a->sec, sec, &a->sec))
		a->sec = INT64_MAX / 2;
	a->nsec += nsec;
	if (a->nsec >= NSEC) {
		a->nsec -= NSEC;
		a->sec++;
	}
}

long freebsd_umtx_deadline_of(const struct core_timespec *ts, u32 clockid, bool absolute,
			struct freebsd_deadline *d)
{
	int clock = freebsd_to_core_clock((i32)clockid);

	if (clock < 0)
		return -CORE_EINVAL;
	if (ts->tv_sec < 0 || ts->tv_nsec < 0 || ts->tv_nsec >= NSEC)
		return -CORE_EINVAL;
	d->set = true;
	d->realtime = clock == CORE_CLOCK_REALTIME || clock == CORE_CLOCK_REALTIME_COARSE;
	if (absolute) {
		d->at = (struct exo_time){ts->tv_sec, ts->tv_nsec};
		return 0;
	}
	/* Relative time runs on the monotonic clock: setting the date does not stretch it. */
	d->realtime = false;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &d->at);
	add_time(&d->at, ts->tv_sec, ts->tv_nsec);
	return 0;
}

long freebsd_umtx_deadline(guest_ptr time, u64 size, struct freebsd_deadline *d)
{
	struct freebsd_umtx_time ut = {.clockid = FREEBSD_CLOCK_REALTIME};

	d->set = false;
	if (!time.addr)
		return 0;
	if (copy_from_guest(&ut, time, size <= sizeof(ut.timeout) ? sizeof(ut.timeout) : sizeof(ut)))
		return -CORE_EFAULT;
	if (ut.flags & ~(u32)FREEBSD_UMTX_ABSTIME)
		return -CORE_EINVAL;
	return freebsd_umtx_deadline_of(&ut.timeout, ut.clockid, ut.flags & FREEBSD_UMTX_ABSTIME, d);
}

long freebsd_umtx_sleep(guest_ptr p, u32 value, bool shared, u32 bits,
			const struct freebsd_deadline *d)
{
	u32 op = CORE_FUTEX_WAIT_BITSET | (shared ? 0u : CORE_FUTEX_PRIVATE_FLAG) |
		 (d && d->set && d->realtime ? CORE_FUTEX_CLOCK_REALTIME : 0u);
	long r = EXO(futex, p.addr, op, value, d && d->set ? (u64)&d->at : 0, 0, bits);

	return r == -CORE_EAGAIN ? 0 : r;
}

long freebsd_umtx_wake(guest_ptr p, u32 n, bool shared, u32 bits)
{
	u32 op = CORE_FUTEX_WAKE_BITSET | (shared ? 0u : CORE_FUTEX_PRIVATE_FLAG);

	return EXO_NOW(futex, p.addr, op, MIN(n, (u32)INT32_MAX), 0, 0, bits);
}

/* WAIT and its like: the compared word differs is success, not an error. */
static long wait_word(guest_ptr p, u64 value, bool wide, bool shared, guest_ptr time, u64 size)
{
	struct freebsd_deadline d;
	long r = freebsd_umtx_deadline(time, size, &d);

	if (r < 0)
		return r;
	if (wide) {
		u64 now;

		if (guest_read_u64(p, &now) < 0)
			return -CORE_EFAULT;
		if (now != value)
			return 0;
	}
	r = freebsd_umtx_sleep(p, (u32)value, shared, FREEBSD_UMTX_ALL, &d);
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

static long wake_many(guest_ptr list, u64 n)
{
	for (u64 i = 0; i < n; i++) {
		u64 p;

		if (guest_read_u64(gp_add(list, i * 8), &p) < 0)
			return -CORE_EFAULT;
		freebsd_umtx_wake(gp(p), UINT32_MAX, false, FREEBSD_UMTX_ALL);
	}
	return 0;
}

/* Locks without a time-out are restarted; a time-out's clock would start anew. */
static long lock_result(long r, const struct freebsd_deadline *d)
{
	return r == -CORE_EINTR && d->set ? -CORE_EINTR_FINAL : r;
}

static long robust_lists(struct core_thread *t, guest_ptr p, u64 size)
{
	struct freebsd_umtx_robust_lists_params rl = {0};

	if (size > sizeof(rl))
		return -CORE_EINVAL;
	if (copy_from_guest(&rl, p, size) < 0)
		return -CORE_EFAULT;
	t->abi_data[FREEBSD_T_ROBUST_OFFSET] = rl.robust_list_offset;
	t->abi_data[FREEBSD_T_ROBUST_PRIV] = rl.robust_priv_list_offset;
	t->abi_data[FREEBSD_T_ROBUST_INACT] = rl.robust_inact_offset;
	return 0;
}

long freebsd__umtx_op(struct core_thread *t, INOUT obj, INT op, ULONG val, ADDR addr1, ADDR addr2)
{
	guest_ptr uaddr1 = gp(addr1), uaddr2 = gp(addr2);
	struct freebsd_deadline d = {0};
	bool timed = false;
	long r = 0;

	switch (op) {
	case FREEBSD_UMTX_OP_MUTEX_LOCK:
	case FREEBSD_UMTX_OP_MUTEX_WAIT:
	case FREEBSD_UMTX_OP_RW_RDLOCK:
	case FREEBSD_UMTX_OP_RW_WRLOCK:
	case FREEBSD_UMTX_OP_SEM_WAIT:
	case FREEBSD_UMTX_OP_SEM2_WAIT:
		timed = true;
		break;
	default:
		break;
	}
	if (timed)
		r = freebsd_umtx_deadline(uaddr2, uaddr1.addr, &d);
	if (r < 0)
		return r;
	switch (op) {
	case FREEBSD_UMTX_OP_WAIT:
		return wait_word(obj, val, true, true, uaddr2, uaddr1.addr);
	case FREEBSD_UMTX_OP_WAIT_UINT:
		return wait_word(obj, val, false, true, uaddr2, uaddr1.addr);
	case FREEBSD_UMTX_OP_WAIT_UINT_PRIVATE:
		return wait_word(obj, val, false, false, uaddr2, uaddr1.addr);
	case FREEBSD_UMTX_OP_WAKE:
		r = freebsd_umtx_wake(obj, (u32)MIN(val, (u64)INT32_MAX), true, FREEBSD_UMTX_ALL);
		return r < 0 ? r : 0;
	case FREEBSD_UMTX_OP_WAKE_PRIVATE:
		r = freebsd_umtx_wake(obj, (u32)MIN(val, (u64)INT32_MAX), false, FREEBSD_UMTX_ALL);
		return r < 0 ? r : 0;
	case FREEBSD_UMTX_OP_NWAKE_PRIVATE:
		return wake_many(obj, val);
	case FREEBSD_UMTX_OP_MUTEX_TRYLOCK:
		return freebsd_umutex_lock(t, obj, &d, true);
	case FREEBSD_UMTX_OP_MUTEX_LOCK:
		return lock_result(freebsd_umutex_lock(t, obj, &d, false), &d);
	case FREEBSD_UMTX_OP_MUTEX_WAIT:
		return lock_result(freebsd_umutex_wait(t, obj, &d), &d);
	case FREEBSD_UMTX_OP_MUTEX_UNLOCK:
		return freebsd_umutex_unlock(t, obj);
	case FREEBSD_UMTX_OP_MUTEX_WAKE:
		return freebsd_umutex_wake(obj, false, 0);
	case FREEBSD_UMTX_OP_MUTEX_WAKE2:
		return freebsd_umutex_wake(obj, true, (u32)val);
	case FREEBSD_UMTX_OP_CV_WAIT:
		return freebsd_ucond_wait(t, obj, uaddr1, uaddr2, (u32)val);
	case FREEBSD_UMTX_OP_CV_SIGNAL:
		return freebsd_ucond_signal(obj, false);
	case FREEBSD_UMTX_OP_CV_BROADCAST:
		return freebsd_ucond_signal(obj, true);
	case FREEBSD_UMTX_OP_RW_RDLOCK:
		return lock_result(freebsd_urwlock_rdlock(obj, (u32)val, &d), &d);
	case FREEBSD_UMTX_OP_RW_WRLOCK:
		return lock_result(freebsd_urwlock_wrlock(obj, &d), &d);
	case FREEBSD_UMTX_OP_RW_UNLOCK:
		return freebsd_urwlock_unlock(obj);
	case FREEBSD_UMTX_OP_SEM_WAIT:
		return freebsd_usem_wait(obj, &d);
	case FREEBSD_UMTX_OP_SEM_WAKE:
		return freebsd_usem_wake(obj);
	case FREEBSD_UMTX_OP_SEM2_WAIT:
		return freebsd_usem2_wait(obj, &d);
	case FREEBSD_UMTX_OP_SEM2_WAKE:
		return freebsd_usem2_wake(obj);
	case FREEBSD_UMTX_OP_ROBUST_LISTS:
		return robust_lists(t, uaddr1, val);
	default:
		return -CORE_EINVAL;
	}
}
