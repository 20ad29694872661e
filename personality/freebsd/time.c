/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/time.c: clocks and sleeping. Facts: clock_gettime(2), nanosleep(2),
 * clock_nanosleep in sys/kern/kern_time.c, getitimer(2).
 *
 * CLOCK_VIRTUAL and CLOCK_PROF have no clock on the host; they are made of the process's
 * times. CLOCK_SECOND is the date without its fraction.
 */
#include "core/signal.h"
#include "personality/freebsd/convert_errno.h"
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
	struct exo_time res = {0, 0};

	(void)t;
	if (!tp.addr)
		return 0;
	switch (clock_id) {
	case FREEBSD_CLOCK_SECOND:
		res.sec = 1;
		break;
	case FREEBSD_CLOCK_VIRTUAL:
	case FREEBSD_CLOCK_PROF:
		res.nsec = NSEC / FREEBSD_HZ;
		break;
	case FREEBSD_CLOCK_THREAD_CPUTIME_ID:
	case FREEBSD_CLOCK_PROCESS_CPUTIME_ID:
		res.nsec = 1000; /* counted in microseconds */
		break;
	default: /* the fast ones say what their precise ones do */
		if (clock_id < 0)
			res.nsec = 1000;
		else if (freebsd_to_core_clock(clock_id) < 0)
			return -CORE_EINVAL;
		else
			EXO_NOW(clock_getres, CORE_CLOCK_MONOTONIC, &res);
	}
	return copy_to_guest(tp, &res, sizeof(res));
}

/* ---- setting the clock --------------------------------------------------------------------- */

#define LATEST (8000L * 365 * 24 * 60 * 60) /* seconds; what the kernel takes for sane */

long freebsd_clock_settime(struct core_thread *t, CLOCKID clock_id, IN tp)
{
	struct core_timespec ts;

	(void)t;
	if (copy_from_guest(&ts, tp, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (clock_id != FREEBSD_CLOCK_REALTIME || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC ||
	    ts.tv_sec < 0 || ts.tv_sec > LATEST)
		return -CORE_EINVAL;
	return EXO(clock_settime, CORE_CLOCK_REALTIME, &ts);
}

/*
 * The zone is not handed on: the hub would take the first one it is told for a hint that its
 * clock is at local time, and move it.
 */
long freebsd_settimeofday(struct core_thread *t, IN tv, IN tzp)
{
	struct core_timeval to;
	u32 zone[2];

	(void)t;
	if ((tv.addr && copy_from_guest(&to, tv, sizeof(to)) < 0) ||
	    (tzp.addr && copy_from_guest(zone, tzp, sizeof(zone)) < 0))
		return -CORE_EFAULT;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (!tv.addr)
		return 0;
	if (to.tv_usec < 0 || to.tv_usec >= 1000000 || to.tv_sec < 0)
		return -CORE_EINVAL;
	return EXO(settimeofday, &to, NULL);
}

/* ---- sleeping ------------------------------------------------------------------------------ */

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
	if (clock_id == FREEBSD_CLOCK_VIRTUAL || clock_id == FREEBSD_CLOCK_PROF ||
	    clock_id == FREEBSD_CLOCK_PROCESS_CPUTIME_ID)
		return -CORE_EOPNOTSUPP;
	if (clock == CORE_CLOCK_REALTIME_COARSE)
		clock = CORE_CLOCK_REALTIME;
	if (clock == CORE_CLOCK_MONOTONIC_COARSE)
		clock = CORE_CLOCK_MONOTONIC;
	if (clock != CORE_CLOCK_REALTIME && clock != CORE_CLOCK_MONOTONIC)
		return -CORE_EINVAL;
	return sleep_on(clock, (int)flags, rqtp, rmtp);
}

/* Errors are its value. */
long freebsd_clock_nanosleep(struct core_thread *t, CLOCKID clock_id, HEX flags, IN rqtp, OUT rmtp)
{
	long r = clock_sleep(clock_id, flags, rqtp, rmtp);

	(void)t;
	if (r == -CORE_EINTR_FINAL)
		r = -CORE_EINTR;
	return r == 0 || r == -CORE_ERESTART_ALWAYS ? r : core_to_freebsd_errno((int)-r);
}

long freebsd_clock_getcpuclockid2(struct core_thread *t, LONG id, INT which, OUT clock_id)
{
	i32 clock;

	/* The host's encoding of another's clock, which clock_gettime above hands through. */
	if (which == FREEBSD_CPUCLOCK_WHICH_PID) {
		i32 pid = id ? (i32)id : t->pid;

		if (id < 0 || id > INT32_MAX || EXO(getpgid, pid) == -CORE_ESRCH)
			return -CORE_ESRCH;
		clock = (i32)(~(u32)pid << 3 | 2);
	} else if (which == FREEBSD_CPUCLOCK_WHICH_TID) {
		u32 tid = id ? (u32)(id - FREEBSD_TID_BASE) : t->exo.tid;

		clock = (i32)(~tid << 3 | 6);
	} else {
		return -CORE_EINVAL;
	}
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

/* ---- interval timers: their numbers and structure are the same in both ABIs -------------------
 */

#define TIMERS	      3
#define LONGEST_TIMER (INT32_MAX / 2)

static bool is_interval(const struct core_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_sec <= LONGEST_TIMER && tv->tv_usec >= 0 &&
	       tv->tv_usec < 1000000;
}

/* A timer that is stopped has no interval, whatever was given. */
long freebsd_setitimer(struct core_thread *t, UINT which, IN itv, OUT oitv)
{
	struct core_timeval set[2], was[2]; /* the interval, the time to go */
	long r;

	if (!itv.addr)
		return freebsd_getitimer(t, which, oitv);
	if (copy_from_guest(set, itv, sizeof(set)) < 0)
		return -CORE_EFAULT;
	if (which >= TIMERS || !is_interval(&set[1]))
		return -CORE_EINVAL;
	if (set[1].tv_sec == 0 && set[1].tv_usec == 0)
		set[0] = set[1];
	else if (!is_interval(&set[0]))
		return -CORE_EINVAL;
	r = EXO(setitimer, which, set, was);
	return r < 0 || !oitv.addr ? r : copy_to_guest(oitv, was, sizeof(was));
}

long freebsd_getitimer(struct core_thread *t, UINT which, OUT itv)
{
	struct core_timeval now[2];
	long r;

	(void)t;
	if (which >= TIMERS)
		return -CORE_EINVAL;
	r = EXO(getitimer, which, now);
	return r < 0 ? r : copy_to_guest(itv, now, sizeof(now));
}
