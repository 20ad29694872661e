/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/ktimer.c: POSIX timers, which are the host's with signals and numbers
 * translated. Facts: timer_create(2), timer_settime(2), sys/kern/kern_time.c (ktimer_*).
 *
 * FreeBSD numbers them from 3, the host from 0: so does convert_signal.c in a siginfo. Only
 * the real-time and the monotonic clock have timers there.
 */
#include "lib/mem.h"
#include "personality/freebsd/abi_signal.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/convert_time.h"
#include "personality/freebsd/freebsd.h"

static long read_event(guest_ptr evp, struct core_sigevent *out)
{
	struct freebsd_sigevent ev;

	memset(out, 0, sizeof(*out));
	if (!evp.addr) {
		out->sigev_signo = CORE_SIGALRM;
		out->sigev_value.sival_ptr = FREEBSD_TIMER_OWN_NUMBER;
		return 0;
	}
	if (copy_from_guest(&ev, evp, sizeof(ev)) < 0)
		return -CORE_EFAULT;
	return freebsd_to_core_sigevent(&ev, out);
}

long freebsd_ktimer_create(struct core_thread *t, CLOCKID clock_id, IN evp, OUT timerid)
{
	struct core_sigevent ev;
	i32 id = 0;
	long r = read_event(evp, &ev);

	(void)t;
	if (r < 0)
		return r;
	if (clock_id != FREEBSD_CLOCK_REALTIME && clock_id != FREEBSD_CLOCK_MONOTONIC)
		return -CORE_EINVAL;
	r = EXO(timer_create, freebsd_to_core_clock(clock_id), &ev, &id);
	if (r < 0)
		return r;
	r = guest_write_u32(timerid, (u32)(id + FREEBSD_TIMER_FIRST));
	if (r < 0)
		EXO_NOW(timer_delete, id);
	return r;
}

long freebsd_ktimer_delete(struct core_thread *t, INT timerid)
{
	(void)t;
	return EXO(timer_delete, timerid - FREEBSD_TIMER_FIRST);
}

long freebsd_ktimer_settime(struct core_thread *t, INT timerid, HEX flags, IN value, OUT ovalue)
{
	struct core_itimerspec set, old;
	long r;

	(void)t;
	if (copy_from_guest(&set, value, sizeof(set)) < 0)
		return -CORE_EFAULT;
	r = EXO(timer_settime, timerid - FREEBSD_TIMER_FIRST, flags & FREEBSD_TIMER_ABSTIME, &set,
		&old);
	if (r < 0 || !ovalue.addr)
		return r;
	return copy_to_guest(ovalue, &old, sizeof(old));
}

long freebsd_ktimer_gettime(struct core_thread *t, INT timerid, OUT value)
{
	struct core_itimerspec now;
	long r = EXO(timer_gettime, timerid - FREEBSD_TIMER_FIRST, &now);

	(void)t;
	return r < 0 ? r : copy_to_guest(value, &now, sizeof(now));
}

long freebsd_ktimer_getoverrun(struct core_thread *t, INT timerid)
{
	(void)t;
	return EXO(timer_getoverrun, timerid - FREEBSD_TIMER_FIRST);
}
