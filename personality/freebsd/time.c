/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/time.c: clocks and sleeping. Facts: clock_gettime(2), nanosleep(2),
 * clock_nanosleep in sys/kern/kern_time.c, getitimer(2).
 *
 * CLOCK_VIRTUAL and CLOCK_PROF have no clock on the host; they are made of the process's
 * times. CLOCK_SECOND is the date without its fraction.
 */
#include "core/signal.h"
#include "personality/freebsd/convert_time.h"
#include "personality/freebsd/freebsd.h"

#define NSEC 1000000000L

static __attribute__((noinline)) void process_time(bool with_system, struct exo_time *out)
{
	struct core_rusage ru;
	i64 usec;

	EXO_NOW(getrusage, CORE_RUSAGE_SELF, &ru);
	usec = ru.ru_utime.tv_sec * 1000000 + ru.ru_utime.tv_usec;
	if (with_system)
		usec += ru.ru_stime.tv_sec * 1000000 + ru.ru_stime.tv_usec;
	out->sec = usec / 1000000;
	out->nsec = usec % 1000000 * 1000;
}

long freebsd_clock_gettime(struct core_thread *t, CLOCKID clock_id, OUT tp)
{
	int clock = freebsd_to_core_clock(clock_id);
	struct exo_time now;
	long r = 0;

	(void)t;
	if (clock_id == FREEBSD_CLOCK_VIRTUAL || clock_id == FREEBSD_CLOCK_PROF)
		process_time(clock_id == FREEBSD_CLOCK_PROF, &now);
	else if (clock >= 0)
		r = exo_clock_gettime(clock, &now);
	else if (clock_id < 0) /* another thread's or process's, from clock_getcpuclockid2 */
		r = EXO(clock_gettime, clock_id, &now);
	else
		return clock;
	if (r < 0)
		return r;
	if (clock_id == FREEBSD_CLOCK_SECOND)
		now.nsec = 0;
	return copy_to_guest(tp, &now, sizeof(now));
}

long freebsd_clock_getres(struct core_thread *t, CLOCKID clock_id, OUT tp)
{
	int clock = freebsd_to_core_clock(clock_id);
	struct exo_time res = {0, 1000};
	long r;

	(void)t;
	if (clock_id == FREEBSD_CLOCK_SECOND)
		res = (struct exo_time){1, 0};
	else if (clock_id != FREEBSD_CLOCK_VIRTUAL && clock_id != FREEBSD_CLOCK_PROF) {
		if (clock < 0)
			return clock;
		r = EXO(clock_getres, clock, &res);
		if (r < 0)
			return r;
	}
	return tp.addr ? copy_to_guest(tp, &res, sizeof(res)) : 0;
}

long freebsd_clock_settime(struct core_thread *t, CLOCKID clock_id, IN tp)
{
	(void)t;
	if (clock_id != FREEBSD_CLOCK_REALTIME)
		return -CORE_EINVAL;
	return EXO(clock_settime, CORE_CLOCK_REALTIME, tp.addr);
}

/* Sleeping: the remaining time is the caller's to see, so it is never restarted here. */
static long sleep_on(int clock, int flags, guest_ptr rqtp, guest_ptr rmtp)
{
	struct core_timespec want, left = {0, 0};
	long r;

	if (copy_from_guest(&want, rqtp, sizeof(want)) < 0)
		return -CORE_EFAULT;
	if (want.tv_nsec < 0 || want.tv_nsec >= NSEC)
		return -CORE_EINVAL;
	if (want.tv_sec < 0 && !(flags & CORE_TIMER_ABSTIME))
		return 0;
	while ((r = EXO(clock_nanosleep, clock, flags, &want, &left)) == -CORE_EINTR) {
		/* The host counts to the end of its slack. */
		if (left.tv_sec > want.tv_sec ||
		    (left.tv_sec == want.tv_sec && left.tv_nsec > want.tv_nsec))
			left = want;
		if (core_signal_absorb(core_self())) { /* nobody handles what came */
			if (!(flags & CORE_TIMER_ABSTIME))
				want = left;
			continue;
		}
		if (rmtp.addr && !(flags & CORE_TIMER_ABSTIME) &&
		    copy_to_guest(rmtp, &left, sizeof(left)) < 0)
			return -CORE_EFAULT;
		return -CORE_EINTR_FINAL;
	}
	return r;
}

long freebsd_nanosleep(struct core_thread *t, IN rqtp, OUT rmtp)
{
	(void)t;
	return sleep_on(CORE_CLOCK_MONOTONIC, 0, rqtp, rmtp);
}

static long clock_sleep(int clock_id, u32 flags, guest_ptr rqtp, guest_ptr rmtp)
{
	int clock = freebsd_to_core_clock(clock_id);

	if (flags & ~(u32)CORE_TIMER_ABSTIME)
		return -CORE_EINVAL;
	if (clock == CORE_CLOCK_REALTIME_COARSE)
		clock = CORE_CLOCK_REALTIME;
	if (clock == CORE_CLOCK_MONOTONIC_COARSE)
		clock = CORE_CLOCK_MONOTONIC;
	if (clock != CORE_CLOCK_REALTIME && clock != CORE_CLOCK_MONOTONIC)
		return -CORE_EINVAL;
	return sleep_on(clock, (int)flags, rqtp, rmtp);
}

/* Errors are its value: EINTR, EINVAL and EFAULT, which have FreeBSD's numbers. */
long freebsd_clock_nanosleep(struct core_thread *t, CLOCKID clock_id, HEX flags, IN rqtp, OUT rmtp)
{
	long r = clock_sleep(clock_id, flags, rqtp, rmtp);

	(void)t;
	if (r == -CORE_EINTR_FINAL)
		return CORE_EINTR;
	return r == -CORE_ERESTART_ALWAYS ? r : -r;
}

long freebsd_clock_getcpuclockid2(struct core_thread *t, LONG id, INT which, OUT clock_id)
{
	i32 clock;

	(void)t;
	/* The host's encoding of another's clock, which clock_gettime above hands through. */
	if (which == FREEBSD_CPUCLOCK_WHICH_PID)
		clock = (i32)(~(u32)id << 3 | 2);
	else if (which == FREEBSD_CPUCLOCK_WHICH_TID)
		clock = (i32)(~(u32)(id - FREEBSD_TID_BASE) << 3 | 6);
	else
		return -CORE_EINVAL;
	return guest_write_u32(clock_id, (u32)clock);
}

long freebsd_gettimeofday(struct core_thread *t, OUT tp, OUT tzp)
{
	struct exo_time now;
	struct core_timeval tv;
	u32 zone[2] = {0, 0};

	(void)t;
	if (tp.addr) {
		exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
		tv.tv_sec = now.sec;
		tv.tv_usec = now.nsec / 1000;
		if (copy_to_guest(tp, &tv, sizeof(tv)) < 0)
			return -CORE_EFAULT;
	}
	return tzp.addr ? copy_to_guest(tzp, zone, sizeof(zone)) : 0;
}

long freebsd_settimeofday(struct core_thread *t, IN tv, IN tzp)
{
	(void)t;
	return EXO(settimeofday, tv.addr, tzp.addr);
}

/* ITIMER_REAL, _VIRTUAL, _PROF and struct itimerval are the same in both ABIs. */
long freebsd_setitimer(struct core_thread *t, UINT which, IN itv, OUT oitv)
{
	(void)t;
	if (!itv.addr)
		return oitv.addr ? EXO(getitimer, which, oitv.addr) : 0;
	return EXO(setitimer, which, itv.addr, oitv.addr);
}

long freebsd_getitimer(struct core_thread *t, UINT which, OUT itv)
{
	(void)t;
	return EXO(getitimer, which, itv.addr);
}
