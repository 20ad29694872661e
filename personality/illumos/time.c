/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/time.c: clocks, sleeping and the fast traps that tell the time.
 *
 * Facts: clock_gettime(3C), nanosleep(3C), gethrtime(3C); usr/src/uts/common/os/{timers,
 * clock_realtime,clock_highres,clock_thread,clock_process}.c; what the fast traps leave in
 * which register: usr/src/uts/intel/ia32/ml/exception.s (fasttrap) and hrtime of
 * usr/src/lib/libc/amd64/sys/gettimeofday.s.
 */
#include "core/signal.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/illumos.h"

#define NSEC 1000000000L

/* The hub's clock, -1 for none. */
static int to_core_clock(int clock)
{
	switch (clock) {
	case ILLUMOS_CLOCK_REALTIME0:
	case ILLUMOS_CLOCK_REALTIME:
		return CORE_CLOCK_REALTIME;
	case ILLUMOS_CLOCK_MONOTONIC:
		return CORE_CLOCK_MONOTONIC;
	case ILLUMOS_CLOCK_THREAD_CPUTIME_ID:
		return CORE_CLOCK_THREAD_CPUTIME_ID;
	case ILLUMOS_CLOCK_PROCESS_CPUTIME_ID:
		return CORE_CLOCK_PROCESS_CPUTIME_ID;
	default:
		return -1;
	}
}

static __attribute__((noinline)) void user_time(struct exo_time *out)
{
	struct core_rusage ru;

	EXO_NOW(getrusage, CORE_RUSAGE_THREAD, &ru);
	out->sec = ru.ru_utime.tv_sec;
	out->nsec = ru.ru_utime.tv_usec * 1000;
}

long illumos_clock_gettime(struct core_thread *t, CLOCKID clock, OUT tp)
{
	int core = to_core_clock(clock);
	struct exo_time now;
	long r = 0;

	(void)t;
	if (core >= 0)
		r = exo_clock_gettime(core, &now);
	else if (clock == ILLUMOS_CLOCK_VIRTUAL)
		user_time(&now);
	else
		return -CORE_EINVAL;
	return r < 0 ? r : copy_to_guest(tp, &now, sizeof(now));
}

long illumos_clock_getres(struct core_thread *t, CLOCKID clock, OUT tp)
{
	struct exo_time res = {0, 1};
	int core = to_core_clock(clock);

	(void)t;
	if (core < 0 && clock != ILLUMOS_CLOCK_VIRTUAL)
		return -CORE_EINVAL;
	if (core == CORE_CLOCK_REALTIME) /* nsec_per_tick */
		res.nsec = NSEC / ILLUMOS_HZ;
	return tp.addr ? copy_to_guest(tp, &res, sizeof(res)) : 0;
}

long illumos_time(struct core_thread *t)
{
	struct exo_time now;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	return now.sec;
}

long illumos_gettimeofday(struct core_thread *t, OUT tp)
{
	struct exo_time now;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	now.nsec /= 1000; /* struct timeval has the same form */
	return tp.addr ? copy_to_guest(tp, &now, sizeof(now)) : 0;
}

long illumos_nanosleep(struct core_thread *t, IN rqtp, OUT rmtp)
{
	struct core_timespec want, left = {0, 0};
	long r;

	if (copy_from_guest(&want, rqtp, sizeof(want)) < 0)
		return -CORE_EFAULT;
	if (want.tv_sec < 0 || want.tv_nsec < 0 || want.tv_nsec >= NSEC)
		return -CORE_EINVAL;
	while ((r = EXO(clock_nanosleep, CORE_CLOCK_MONOTONIC, 0, &want, &left)) == -CORE_EINTR) {
		if (!core_signal_absorb(t)) {
			r = -CORE_EINTR_FINAL;
			break;
		}
		want = left;
	}
	/* What is left is said of a sleep that was not interrupted as well: nothing. */
	if (r == 0)
		left = (struct core_timespec){0, 0};
	if (r != -CORE_ERESTART_ALWAYS && rmtp.addr && copy_to_guest(rmtp, &left, sizeof(left)) < 0)
		return -CORE_EFAULT;
	return r;
}

/* ---- fast traps -------------------------------------------------------------------------- */

long illumos_fast_null(struct core_thread *t)
{
	(void)t;
	return 0;
}

static long nanoseconds(int clock)
{
	struct exo_time now;

	exo_clock_gettime(clock, &now);
	return now.sec * NSEC + now.nsec;
}

long illumos_fast_gethrtime(struct core_thread *t)
{
	(void)t;
	return nanoseconds(CORE_CLOCK_MONOTONIC);
}

long illumos_fast_gethrvtime(struct core_thread *t)
{
	(void)t;
	return nanoseconds(CORE_CLOCK_THREAD_CPUTIME_ID);
}

long illumos_fast_gethrestime(struct core_thread *t)
{
	struct exo_time now;

	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	return illumos_two(t, now.sec, (u64)now.nsec);
}

/* The processor the thread runs on, and its group. */
long illumos_fast_getlgrp(struct core_thread *t)
{
	u32 cpu = 0;

	EXO_NOW(getcpu, &cpu, 0, 0);
	return illumos_two(t, cpu, 0);
}

/* The calling LWP's own time, in the program and in the kernel (usr/src/uts/common/syscall/
 * lwp_info.c). */
long illumos_lwp_info(struct core_thread *t, OUT buffer)
{
	struct core_timespec out[2];
	struct core_rusage u;
	long r = EXO(getrusage, CORE_RUSAGE_THREAD, &u);

	(void)t;
	if (r < 0)
		return r;
	out[0] = (struct core_timespec){u.ru_utime.tv_sec, u.ru_utime.tv_usec * 1000};
	out[1] = (struct core_timespec){u.ru_stime.tv_sec, u.ru_stime.tv_usec * 1000};
	return copy_to_guest(buffer, out, sizeof(out));
}
