/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/itimer.c: timers that end in signals: alarm, setitimer, timer_create.
 *
 * POSIX timers are the host's with signals and numbers translated; both count them from 0. Facts:
 * alarm(2), getitimer(2), timer_create(3C); usr/src/uts/common/os/{timers,timer,clock_realtime,
 * clock_highres}.c, syscall/alarm.c.
 */
#include "lib/mem.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/port.h"
#include "personality/illumos/profile.h"

#define NSEC	      1000000000L
#define TIMERS	      3
#define LONGEST_TIMER 100000000 /* seconds */

/* ---- alarm and interval timers: numbers and structure are the hub's ---------------------------
 */

static bool is_none(const struct core_timeval *tv)
{
	return tv->tv_sec == 0 && tv->tv_usec == 0;
}

long illumos_alarm(struct core_thread *t, UINT seconds)
{
	struct core_timeval set[2] = {{0, 0}, {seconds, 0}}, was[2];
	long r;

	(void)t;
	r = EXO(setitimer, CORE_ITIMER_REAL, set, was);
	if (r < 0)
		return r;
	return was[1].tv_sec + (was[1].tv_usec > 0);
}

static bool is_interval(const struct core_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_sec <= LONGEST_TIMER && tv->tv_usec >= 0 &&
	       tv->tv_usec < 1000000;
}

long illumos_getitimer(struct core_thread *t, INT which, OUT value)
{
	struct core_timeval now[2];
	long r;

	(void)t;
	if ((u32)which >= TIMERS)
		return -CORE_EINVAL;
	r = EXO(getitimer, which, now);
	return r < 0 ? r : copy_to_guest(value, now, sizeof(now));
}

/* The old value is given before the new one is looked at. */
long illumos_setitimer(struct core_thread *t, INT which, IN value, OUT ovalue)
{
	struct core_timeval set[2]; /* the interval, the time to go */
	long r = ovalue.addr ? illumos_getitimer(t, which, ovalue) : 0;

	if (r < 0 || !value.addr)
		return r;
	if (copy_from_guest(set, value, sizeof(set)) < 0)
		return -CORE_EFAULT;
	if (!is_interval(&set[1]) || (!is_interval(&set[0]) && !is_none(&set[1])))
		return -CORE_EINVAL;
	if ((u32)which >= TIMERS)
		return -CORE_EINVAL;
	if (is_none(&set[1]))
		set[0] = set[1];
	return EXO(setitimer, which, set, NULL);
}

/* ---- POSIX timers -------------------------------------------------------------------------- */

static int timer_clock(int clock)
{
	switch (clock) {
	case ILLUMOS_CLOCK_REALTIME0:
	case ILLUMOS_CLOCK_REALTIME:
		return CORE_CLOCK_REALTIME;
	case ILLUMOS_CLOCK_MONOTONIC: /* CLOCK_HIGHRES */
		return CORE_CLOCK_MONOTONIC;
	default: /* the others have none */
		return -1;
	}
}

static long read_event(guest_ptr evp, struct core_sigevent *out)
{
	struct illumos_sigevent ev;

	memset(out, 0, sizeof(*out));
	/* struct oldsigevent: without the two words of padding at the end. */
	if (copy_from_guest(&ev, evp, offsetof(struct illumos_sigevent, pad0)) < 0)
		return -CORE_EFAULT;
	switch (ev.sigev_notify) {
	case ILLUMOS_SIGEV_NONE:
	case ILLUMOS_SIGEV_SIGNAL:
		return illumos_to_core_sigevent(&ev, out);
	default:
		return -CORE_EINVAL;
	}
}

long illumos_timer_create(struct core_thread *t, CLOCKID clock, IN evp, OUT timerid)
{
	int core = timer_clock(clock);
	struct {
		i32 notify, signo;
		u64 value;
	} brief;
	struct core_sigevent ev;
	i32 id = 0;
	long r;

	(void)t;
	if (core < 0)
		return -CORE_EINVAL;
	if (evp.addr && copy_from_guest(&brief, evp, sizeof(brief)) < 0)
		return -CORE_EFAULT;
	if (evp.addr &&
	    (brief.notify == ILLUMOS_SIGEV_PORT || brief.notify == ILLUMOS_SIGEV_THREAD))
		return illumos_port_timer_create(core, gp(brief.value), timerid);
	r = evp.addr ? read_event(evp, &ev) : 0;
	if (r < 0)
		return r;
	r = EXO(timer_create, core, evp.addr ? &ev : NULL, &id);
	if (r < 0)
		return r;
	r = guest_write_u32(timerid, (u32)id);
	if (r < 0)
		EXO_NOW(timer_delete, id);
	return r;
}

long illumos_timer_delete(struct core_thread *t, INT timerid)
{
	(void)t;
	if (UNLIKELY(illumos_port_timer_is(timerid)))
		return illumos_port_timer_delete(timerid);
	if (illumos_profile_is_timer(timerid))
		return -CORE_EINVAL;
	return EXO(timer_delete, timerid);
}

long illumos_timer_gettime(struct core_thread *t, INT timerid, OUT value)
{
	struct core_itimerspec now;
	long r = illumos_profile_is_timer(timerid) ? -CORE_EINVAL
		 : illumos_port_timer_is(timerid)  ? illumos_port_timer_get(timerid, &now)
						   : EXO(timer_gettime, timerid, &now);

	(void)t;
	return r < 0 ? r : copy_to_guest(value, &now, sizeof(now));
}

static bool is_time(const struct core_timespec *ts)
{
	return ts->tv_sec >= 0 && ts->tv_nsec >= 0 && ts->tv_nsec < NSEC;
}

long illumos_timer_settime(struct core_thread *t, INT timerid, HEX flags, IN value, OUT ovalue)
{
	struct core_itimerspec set;
	long r = ovalue.addr ? illumos_timer_gettime(t, timerid, ovalue) : 0;
	bool on;

	if (r < 0)
		return r;
	if (illumos_profile_is_timer(timerid))
		return -CORE_EINVAL;
	if (copy_from_guest(&set, value, sizeof(set)) < 0)
		return -CORE_EFAULT;
	on = set.it_value.tv_sec || set.it_value.tv_nsec;
	if (!is_time(&set.it_value) || (!is_time(&set.it_interval) && on))
		return -CORE_EINVAL;
	if (!on)
		set.it_interval = set.it_value;
	if (UNLIKELY(illumos_port_timer_is(timerid)))
		return illumos_port_timer_set(timerid, flags & ILLUMOS_TIMER_ABSTIME, &set);
	return EXO(timer_settime, timerid, flags & ILLUMOS_TIMER_ABSTIME, &set, NULL);
}

long illumos_timer_getoverrun(struct core_thread *t, INT timerid)
{
	(void)t;
	if (UNLIKELY(illumos_port_timer_is(timerid)))
		return illumos_port_timer_overrun(timerid);
	return EXO(timer_getoverrun, timerid);
}
