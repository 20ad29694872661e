/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx.c: _umtx_op(2), the calls under libthr and Go's scheduler.
 *
 * Every object is a futex of the host: the uncontended path is the guest's own, a wait or
 * a wake-up is one host call. FreeBSD's kernel keeps queues under a lock and counts who is
 * in them; here whoever wakes up sees to the "contested" bit for those who still sleep,
 * because whoever wakes others may no longer own the memory. Facts: _umtx_op(2),
 * sys/kern/kern_umtx.c, sys/sys/umtx.h of FreeBSD 14.
 */
#include "personality/freebsd/umtx.h"
#include "core/guest.h"
#include "core/signal.h"
#include "personality/freebsd/convert_time.h"

#define NSEC 1000000000L

/* UMTX_OP_SET_MIN_TIMEOUT: no sleep with a time-out is shorter. */
static u64 min_timeout;
/*
 * Threads in a wait by an address that may be shared, and in one by a private address: two
 * keys to the host, one to FreeBSD where the memory is private.
 */
static u32 waiting_shared, waiting_private;

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

	if (ts->tv_sec < 0 || ts->tv_nsec < 0 || ts->tv_nsec >= NSEC)
		return -CORE_EINVAL;
	if (clock < 0)
		return -CORE_EINVAL;
	d->set = true;
	d->absolute = absolute;
	d->clock = clock;
	if (clock == CORE_CLOCK_REALTIME_COARSE)
		d->clock = CORE_CLOCK_REALTIME;
	else if (clock == CORE_CLOCK_MONOTONIC_COARSE)
		d->clock = CORE_CLOCK_MONOTONIC;
	if (absolute) {
		d->at = (struct exo_time){ts->tv_sec, ts->tv_nsec};
		return 0;
	}
	if (d->clock == CORE_CLOCK_REALTIME)
		d->clock = CORE_CLOCK_MONOTONIC;
	exo_clock_gettime(d->clock, &d->at);
	add_time(&d->at, ts->tv_sec, ts->tv_nsec);
	return 0;
}

long freebsd_umtx_deadline(guest_ptr time, u64 size, struct freebsd_deadline *d)
{
	struct freebsd_umtx_time ut = {.clockid = FREEBSD_CLOCK_REALTIME};

	d->set = false;
	if (!time.addr)
		return 0;
	if (copy_from_guest(&ut, time,
			    size <= sizeof(ut.timeout) ? sizeof(ut.timeout) : sizeof(ut)))
		return -CORE_EFAULT;
	return freebsd_umtx_deadline_of(&ut.timeout, ut.clockid, ut.flags & FREEBSD_UMTX_ABSTIME,
					d);
}

struct core_timespec freebsd_umtx_time_left(const struct freebsd_deadline *d)
{
	struct core_timespec left;
	struct exo_time now;

	exo_clock_gettime(d->clock, &now);
	left.tv_sec = d->at.sec - now.sec;
	left.tv_nsec = d->at.nsec - now.nsec;
	if (left.tv_nsec < 0) {
		left.tv_nsec += NSEC;
		left.tv_sec--;
	}
	return left;
}

static bool is_cpu_time(const struct freebsd_deadline *d)
{
	return d->clock != CORE_CLOCK_REALTIME && d->clock != CORE_CLOCK_MONOTONIC;
}

void freebsd_umtx_host_deadline(const struct freebsd_deadline *d, struct exo_time *until,
				bool *realtime)
{
	struct core_timespec left;

	*until = d->at;
	*realtime = d->clock == CORE_CLOCK_REALTIME;
	if (LIKELY(!min_timeout && !is_cpu_time(d)))
		return;
	left = freebsd_umtx_time_left(d);
	if (left.tv_sec < 0)
		left = (struct core_timespec){0, 0};
	if (left.tv_sec < (i64)(min_timeout / NSEC) ||
	    (left.tv_sec == (i64)(min_timeout / NSEC) && left.tv_nsec < (i64)(min_timeout % NSEC)))
		left = (struct core_timespec){(i64)(min_timeout / NSEC), (i64)(min_timeout % NSEC)};
	else if (!is_cpu_time(d))
		return;
	*realtime = false;
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, until);
	add_time(until, left.tv_sec, left.tv_nsec);
}

long freebsd_umtx_sleep(guest_ptr p, u32 value, bool shared, u32 bits,
			const struct freebsd_deadline *d)
{
	bool timed = d && d->set, realtime = false;
	struct exo_time until;
	u32 op;
	long r;

	for (;;) {
		if (timed)
			freebsd_umtx_host_deadline(d, &until, &realtime);
		op = CORE_FUTEX_WAIT_BITSET | (shared ? 0u : CORE_FUTEX_PRIVATE_FLAG) |
		     (realtime ? CORE_FUTEX_CLOCK_REALTIME : 0u);
		r = EXO(futex, p.addr, op, value, timed ? (u64)&until : 0, 0, bits);
		if (r == -CORE_ETIMEDOUT && is_cpu_time(d) && freebsd_umtx_time_left(d).tv_sec >= 0)
			continue;
		if ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) &&
		    core_signal_absorb(core_self()))
			continue;
		return r == -CORE_EAGAIN ? 0 : r;
	}
}

long freebsd_umtx_wake(guest_ptr p, u32 n, bool shared, u32 bits)
{
	u32 op = CORE_FUTEX_WAKE_BITSET | (shared ? 0u : CORE_FUTEX_PRIVATE_FLAG);

	return EXO_NOW(futex, p.addr, op, MIN(n, (u32)INT32_MAX), 0, 0, bits);
}

/* Moving a futex's sleepers to itself says how many they are, beside those it wakes. */
long freebsd_umtx_wake_counting(guest_ptr p, u32 n, bool shared)
{
	return EXO_NOW(futex, p.addr, CORE_FUTEX_REQUEUE | (shared ? 0u : CORE_FUTEX_PRIVATE_FLAG),
		       n, INT32_MAX, p.addr, 0);
}

long freebsd_umtx_count(guest_ptr p, bool shared)
{
	return freebsd_umtx_wake_counting(p, 0, shared);
}

/* WAIT and its like: that the compared word differs is success, not an error. */
static long wait_word(guest_ptr p, u64 value, bool wide, bool shared, guest_ptr time, u64 size)
{
	u32 *waiting = shared ? &waiting_shared : &waiting_private, low;
	struct freebsd_deadline d = {0};
	long r = freebsd_umtx_deadline(time, size, &d);
	u64 now;

	if (r < 0)
		return r;
	if (wide) {
		if (guest_read_u64(p, &now) < 0)
			return -CORE_EFAULT;
	} else {
		if (guest_read_u32(p, &low) < 0)
			return -CORE_EFAULT;
		now = low;
	}
	if (now != value)
		return 0;
	__atomic_add_fetch(waiting, 1, __ATOMIC_SEQ_CST);
	r = freebsd_umtx_sleep(p, (u32)value, shared, FREEBSD_UMTX_ALL, &d);
	__atomic_sub_fetch(waiting, 1, __ATOMIC_RELAXED);
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

static long wake_both(guest_ptr p, u64 n, bool shared)
{
	/* The kernel's number is an int, and it wakes one before it looks at it. */
	u32 many = (i32)n > 0 ? (u32)n : 1;
	long r = freebsd_umtx_wake(p, many, shared, FREEBSD_UMTX_ALL);

	if (r < 0)
		return r;
	__atomic_thread_fence(__ATOMIC_SEQ_CST); /* the guest's word before the counter */
	if ((u32)r < many &&
	    __atomic_load_n(shared ? &waiting_private : &waiting_shared, __ATOMIC_RELAXED))
		freebsd_umtx_wake(p, many - (u32)r, !shared, FREEBSD_UMTX_ALL);
	return 0;
}

long freebsd_umtx_wake_any(guest_ptr p, u64 n)
{
	return wake_both(p, n, true);
}

static long wake_many(guest_ptr list, u64 n)
{
	for (i64 i = 0; i < (i32)n; i++) {
		u64 p;

		if (guest_read_u64(gp_add(list, (u64)i * 8), &p) < 0)
			return -CORE_EFAULT;
		wake_both(gp(p), INT32_MAX, false);
	}
	return 0;
}

/* Locking without a time-out goes on after any handler; a time-out's clock would start anew. */
static long lock_result(long r, const struct freebsd_deadline *d)
{
	if (r != -CORE_EINTR)
		return r;
	return d->set ? -CORE_EINTR_FINAL : -CORE_ERESTART_ALWAYS;
}

static long final_result(long r)
{
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

/* A relative wait that was interrupted is not begun again. */
static long sem_result(long r, const struct freebsd_deadline *d)
{
	return d->set && !d->absolute ? final_result(r) : r;
}

/* Behind a struct _umtx_time there may be room for what is left of it. */
static long sem2_wait(guest_ptr sem, guest_ptr time, u64 size, const struct freebsd_deadline *d)
{
	long r = sem_result(freebsd_usem2_wait(sem, d), d);
	struct core_timespec left;

	if (r == -CORE_EINTR_FINAL &&
	    size >= sizeof(struct freebsd_umtx_time) + sizeof(struct core_timespec)) {
		left = freebsd_umtx_time_left(d);
		if (copy_to_guest(gp_add(time, sizeof(struct freebsd_umtx_time)), &left,
				  sizeof(left)) < 0)
			return -CORE_EFAULT;
	}
	return r;
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
		return freebsd_umtx_wake_any(obj, val);
	case FREEBSD_UMTX_OP_WAKE_PRIVATE:
		return wake_both(obj, val, false);
	case FREEBSD_UMTX_OP_NWAKE_PRIVATE:
		return wake_many(obj, val);
	case FREEBSD_UMTX_OP_MUTEX_TRYLOCK:
		return freebsd_umutex_lock(t, obj, &d, true);
	case FREEBSD_UMTX_OP_MUTEX_LOCK:
		return lock_result(freebsd_umutex_lock(t, obj, &d, false), &d);
	case FREEBSD_UMTX_OP_MUTEX_WAIT:
		r = freebsd_umutex_wait(obj, &d);
		return d.set ? final_result(r) : r;
	case FREEBSD_UMTX_OP_MUTEX_UNLOCK:
		return freebsd_umutex_unlock(t, obj);
	case FREEBSD_UMTX_OP_MUTEX_WAKE:
		return freebsd_umutex_wake(obj);
	case FREEBSD_UMTX_OP_MUTEX_WAKE2:
		return freebsd_umutex_wake2(obj, (u32)val);
	case FREEBSD_UMTX_OP_SET_CEILING:
		return freebsd_umutex_set_ceiling(t, obj, (u32)val, uaddr1);
	case FREEBSD_UMTX_OP_CV_WAIT:
		return freebsd_ucond_wait(t, obj, uaddr1, uaddr2, (u32)val);
	case FREEBSD_UMTX_OP_CV_SIGNAL:
		return freebsd_ucond_signal(obj, false);
	case FREEBSD_UMTX_OP_CV_BROADCAST:
		return freebsd_ucond_signal(obj, true);
	case FREEBSD_UMTX_OP_RW_RDLOCK:
		return final_result(freebsd_urwlock_rdlock(obj, (u32)val, &d));
	case FREEBSD_UMTX_OP_RW_WRLOCK:
		return final_result(freebsd_urwlock_wrlock(obj, &d));
	case FREEBSD_UMTX_OP_RW_UNLOCK:
		return freebsd_urwlock_unlock(obj);
	case FREEBSD_UMTX_OP_SEM_WAIT:
		return sem_result(freebsd_usem_wait(obj, &d), &d);
	case FREEBSD_UMTX_OP_SEM_WAKE:
		return freebsd_usem_wake(obj);
	case FREEBSD_UMTX_OP_SEM2_WAIT:
		return sem2_wait(obj, uaddr2, uaddr1.addr, &d);
	case FREEBSD_UMTX_OP_SEM2_WAKE:
		return freebsd_usem2_wake(obj);
	case FREEBSD_UMTX_OP_ROBUST_LISTS:
		return robust_lists(t, uaddr1, val);
	case FREEBSD_UMTX_OP_GET_MIN_TIMEOUT:
		return guest_write_u64(uaddr1, min_timeout);
	case FREEBSD_UMTX_OP_SET_MIN_TIMEOUT:
		min_timeout = MIN(val, (u64)INT64_MAX);
		return 0;
	case FREEBSD_UMTX_OP_LOCK: /* of FreeBSD 10 and before, like a kernel without
				      COMPAT_FREEBSD10 */
	case FREEBSD_UMTX_OP_UNLOCK:
		return -CORE_EOPNOTSUPP;
	case FREEBSD_UMTX_OP_SHM:
		return freebsd_umtx_shm(t, uaddr1, val);
	default:
		return -CORE_EINVAL;
	}
}
