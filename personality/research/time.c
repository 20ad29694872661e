/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/time.c: clocks and sleeping.
 *
 * The machine's clock ticks sixty times a second, which is what times are counted in. The First
 * and Second Edition count the date in it, too, from the beginning of a year: 1971 in the manual
 * of 1971; in a long that is enough for two years and a half, and comes round.
 *
 * Facts: sys4.c, clock.c, h/timeb.h, h/param.h (V7); ken/sys3.c (V6); time(II) of 1971.
 */
#include "core/signal.h"
#include "core/zone.h"
#include "lib/mem.h"
#include "personality/research/calls.h"

#define HZ	    60
#define HOST_HZ	    100 /* times(2): USER_HZ */
#define YEAR_1971   31536000L
#define NANOSECONDS 1000000000L

struct timeb {
	struct pdp_long time;
	struct pdp_word millitm, timezone, dstflag;
};
SIZE_ASSERT(struct timeb, 10);

struct v7_times {
	struct pdp_long user, system, child_user, child_system;
};
SIZE_ASSERT(struct v7_times, 16);

struct v6_times {
	struct pdp_word user, system;
	struct pdp_long child_user, child_system;
};
SIZE_ASSERT(struct v6_times, 12);

/* times(2)'s */
struct host_times {
	i64 user, system, child_user, child_system;
};

u32 research_sixtieths(i64 sec)
{
	return (u32)((sec - YEAR_1971) * HZ);
}

long research_time(struct core_thread *t)
{
	struct exo_time now;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	return research_long((u32)now.sec);
}

long research_ftime(struct core_thread *t, OUT timeb)
{
	struct exo_time now;
	struct timeb b;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	b = (struct timeb){.time = pdp_long((u32)now.sec),
			   .millitm = pdp_word((u64)now.nsec / 1000000),
			   .timezone = pdp_word((u16)core_zone.minutes_west),
			   .dstflag = pdp_word(core_zone.summer_time)};
	return copy_to_guest(timeb, &b, sizeof(b));
}

long research_stime(struct core_thread *t, LONG seconds)
{
	struct core_timespec to = {.tv_sec = (u32)seconds};

	(void)t;
	return EXO(clock_settime, CORE_CLOCK_REALTIME, &to);
}

static struct pdp_long ticks(i64 host)
{
	return pdp_long((u64)(host * HZ / HOST_HZ));
}

long research_times(struct core_thread *t, OUT tbuf)
{
	struct host_times h;
	struct v7_times out;
	long r = EXO(times, &h);

	(void)t;
	if (r < 0)
		return r;
	out = (struct v7_times){ticks(h.user), ticks(h.system), ticks(h.child_user),
				ticks(h.child_system)};
	return copy_to_guest(tbuf, &out, sizeof(out));
}

long research_times_word(struct core_thread *t, OUT tbuf)
{
	struct host_times h;
	struct v6_times out;
	long r = EXO(times, &h);

	(void)t;
	if (r < 0)
		return r;
	out = (struct v6_times){ticks(h.user).low, ticks(h.system).low, ticks(h.child_user),
				ticks(h.child_system)};
	return copy_to_guest(tbuf, &out, sizeof(out));
}

long research_alarm(struct core_thread *t, UINT seconds)
{
	(void)t;
	return EXO(alarm, seconds);
}

long research_pause(struct core_thread *t)
{
	long r = EXO(pause);

	(void)t;
	return r == -CORE_EINTR ? -CORE_ERESTART_NOHAND : r;
}

/* The Sixth Edition's sleep(2): a signal that is caught ends it. */
long research_sleep(struct core_thread *t, UINT seconds)
{
	struct exo_time now;
	struct core_timespec until;
	long r;

	exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
	until = (struct core_timespec){now.sec + seconds, now.nsec};
	do
		r = EXO(clock_nanosleep, CORE_CLOCK_MONOTONIC, CORE_TIMER_ABSTIME, &until, NULL);
	while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
}

long research_utime(struct core_thread *t, PATH path, IN times)
{
	char name[RESEARCH_PATH];
	struct pdp_long in[2];
	struct core_timespec to[2] = {{0}};
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r == 0)
		r = copy_from_guest(in, times, sizeof(in));
	if (r < 0)
		return r;
	to[0].tv_sec = (u32)pdp_get_long(in[0]);
	to[1].tv_sec = (u32)pdp_get_long(in[1]);
	return EXO(utimensat, CORE_AT_FDCWD, name, to, 0);
}

/* The modification date; the Sixth Edition has withdrawn it. */
long research_smdate(struct core_thread *t, LONG seconds, PATH path)
{
	char name[RESEARCH_PATH];
	struct core_timespec to[2] = {{0, CORE_UTIME_OMIT}, {.tv_sec = (u32)seconds}};
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	return r < 0 ? r : EXO(utimensat, CORE_AT_FDCWD, name, to, 0);
}

long research_smdate_gone(struct core_thread *t, PATH path)
{
	(void)t;
	(void)path;
	return 0;
}
