/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/settime.c: setting clocks, asking how good they are, and times(2).
 *
 * The host lets whom it lets; nobody else gets further than EPERM there either. Facts: stime(2),
 * adjtime(2), ntp_adjtime(2), times(2); usr/src/uts/common/syscall/{time,adjtime,ntptime,times}.c,
 * os/timer.c (clock_settime), sys/timex.h, whose numbers are the hub's.
 */
#include "lib/mem.h"
#include "personality/illumos/abi_time.h"
#include "personality/illumos/illumos.h"

#define NSEC	   1000000000L
#define USEC	   1000000L
#define TIME_ERROR 5

/* capget(2), linux/capability.h */
#define CAPABILITY_VERSION 0x20080522
#define CAP_SYS_TIME	   25

/* May the process set the clock? Where it only seems so the host says EPERM in the end. */
static bool may_set(void)
{
	u32 header[2] = {CAPABILITY_VERSION, 0}, sets[6] = {0};

	return EXO_NOW(capget, header, sets) >= 0 && sets[0] & 1u << CAP_SYS_TIME;
}

long illumos_clock_settime(struct core_thread *t, CLOCKID clock, IN tp)
{
	struct core_timespec ts;

	(void)t;
	if ((u32)clock > ILLUMOS_CLOCK_PROCESS_CPUTIME_ID)
		return -CORE_EINVAL;
	if (!may_set())
		return -CORE_EPERM;
	if (copy_from_guest(&ts, tp, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC)
		return -CORE_EINVAL;
	if (clock != ILLUMOS_CLOCK_REALTIME && clock != ILLUMOS_CLOCK_REALTIME0)
		return -CORE_EINVAL;
	return EXO(clock_settime, CORE_CLOCK_REALTIME, &ts);
}

long illumos_stime(struct core_thread *t, LONG time)
{
	struct core_timespec ts = {time, 0};

	(void)t;
	if (!may_set())
		return -CORE_EPERM;
	return EXO(clock_settime, CORE_CLOCK_REALTIME, &ts);
}

long illumos_adjtime(struct core_thread *t, IN delta, OUT olddelta)
{
	struct core_timeval tv;
	struct core_timex tx = {0}, now = {.modes = CORE_ADJ_OFFSET_SS_READ};
	long r;

	(void)t;
	if (!may_set())
		return -CORE_EPERM;
	if (copy_from_guest(&tv, delta, sizeof(tv)) < 0)
		return -CORE_EFAULT;
	if (tv.tv_usec <= -USEC || tv.tv_usec >= USEC)
		return -CORE_EINVAL;
	r = EXO(adjtimex, &now);
	tx.modes = CORE_ADJ_OFFSET_SINGLESHOT;
	tx.offset = tv.tv_sec * USEC + tv.tv_usec;
	if (r >= 0 && tx.offset)
		r = EXO(adjtimex, &tx);
	if (r < 0 || !olddelta.addr)
		return r < 0 ? r : 0;
	tv = (struct core_timeval){now.offset / USEC, now.offset % USEC};
	return copy_to_guest(olddelta, &tv, sizeof(tv));
}

static i32 fit(i64 n)
{
	return (i32)MIN(MAX(n, (i64)INT32_MIN), (i64)INT32_MAX);
}

long illumos_ntp_gettime(struct core_thread *t, OUT tp)
{
	struct illumos_ntptimeval out = {0};
	struct core_timex tx = {0};
	struct exo_time now;
	long state = EXO(adjtimex, &tx);

	(void)t;
	if (state < 0)
		return state;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	if (now.sec > INT32_MAX)
		return -CORE_EOVERFLOW;
	out.time.tv_sec = now.sec;
	out.time.tv_usec = now.nsec / 1000;
	out.maxerror = fit(tx.maxerror);
	out.esterror = fit(tx.esterror);
	return copy_to_guest(tp, &out, sizeof(out)) < 0 ? -CORE_EFAULT : state;
}

long illumos_ntp_adjtime(struct core_thread *t, INOUT tp)
{
	struct illumos_timex in;
	struct core_timex tx = {0};
	long state;

	(void)t;
	if (copy_from_guest(&in, tp, sizeof(in)) < 0)
		return -CORE_EFAULT;
	if (in.modes && !may_set())
		return -CORE_EPERM;
	if (in.constant < 0 || in.constant > 30)
		return -CORE_EINVAL;
	/* The six modes that both have; the scale of frequencies is the hub's. */
	tx.modes = in.modes & ILLUMOS_MOD_ALL;
	tx.offset = in.offset;
	tx.freq = in.freq;
	tx.maxerror = in.maxerror;
	tx.esterror = in.esterror;
	tx.status = in.status;
	tx.constant = in.constant;
	state = EXO(adjtimex, &tx);
	if (state < 0)
		return state;
	in.offset = fit(tx.offset);
	in.freq = fit(tx.freq);
	in.maxerror = fit(tx.maxerror);
	in.esterror = fit(tx.esterror);
	in.status = tx.status & 0xff; /* STA_NANO and what came after are not known there */
	in.constant = fit(tx.constant);
	in.precision = fit(tx.precision);
	in.tolerance = fit(tx.tolerance);
	in.ppsfreq = fit(tx.ppsfreq);
	in.jitter = fit(tx.jitter);
	in.shift = tx.shift;
	in.stabil = fit(tx.stabil);
	in.jitcnt = fit(tx.jitcnt);
	in.calcnt = fit(tx.calcnt);
	in.errcnt = fit(tx.errcnt);
	in.stbcnt = fit(tx.stbcnt);
	return copy_to_guest(tp, &in, sizeof(in)) < 0 ? -CORE_EFAULT : MIN(state, (long)TIME_ERROR);
}

/* Ticks of both are hundredths; the result counts from the machine's start. */
long illumos_times(struct core_thread *t, OUT buffer)
{
	struct core_tms tms;
	struct exo_time now;

	(void)t;
	EXO_NOW(times, &tms);
	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	if (copy_to_guest(buffer, &tms, sizeof(tms)) < 0)
		return -CORE_EFAULT;
	return now.sec * ILLUMOS_HZ + now.nsec / (NSEC / ILLUMOS_HZ);
}
