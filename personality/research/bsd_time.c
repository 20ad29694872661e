/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_time.c: times, timers, waiting and resources of 2.11BSD. Facts:
 * usr/sys/sys/kern_time.c, kern_exit.c, kern_resource.c, sys_generic.c.
 */
#include "core/signal.h"
#include "core/zone.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

static struct bsd_timeval from_core(const struct core_timeval *tv)
{
	return (struct bsd_timeval){pdp_long((u32)pdp_clamp_long(tv->tv_sec)),
				    pdp_long((u32)tv->tv_usec)};
}

static struct core_timeval to_core(const struct bsd_timeval *tv)
{
	return (struct core_timeval){pdp_get_long(tv->sec), pdp_get_long(tv->usec)};
}

long research_bsd_gettimeofday(struct core_thread *t, OUT tv, OUT tz)
{
	struct exo_time now;
	struct core_timeval c;
	struct bsd_timeval b;
	struct bsd_timezone z;

	(void)t;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	c = (struct core_timeval){now.sec, now.nsec / 1000};
	b = from_core(&c);
	z = (struct bsd_timezone){pdp_word((u16)core_zone.minutes_west),
				  pdp_word(core_zone.summer_time)};
	if (research_addr(tv) && copy_to_guest(tv, &b, sizeof(b)) < 0)
		return -CORE_EFAULT;
	return research_addr(tz) ? copy_to_guest(tz, &z, sizeof(z)) : 0;
}

long research_bsd_utimes(struct core_thread *t, PATH path, IN tv)
{
	char name[RESEARCH_PATH];
	struct bsd_timeval b[2];
	struct core_timespec to[2];
	long r = research_path(path, RESEARCH_FILE, name);

	(void)t;
	if (r == 0)
		r = copy_from_guest(b, tv, sizeof(b));
	if (r < 0)
		return r;
	for (int i = 0; i < 2; i++) {
		struct core_timeval c = to_core(&b[i]);

		to[i] = (struct core_timespec){c.tv_sec, c.tv_usec * 1000};
	}
	return EXO(utimensat, CORE_AT_FDCWD, name, to, 0);
}

static long put_timer(guest_ptr p, const struct core_itimerval *c)
{
	struct bsd_itimerval b = {from_core(&c->it_interval), from_core(&c->it_value)};

	return copy_to_guest(p, &b, sizeof(b));
}

long research_bsd_getitimer(struct core_thread *t, INT which, OUT value)
{
	struct core_itimerval c;
	long r = EXO(getitimer, which, &c);

	(void)t;
	return r < 0 ? r : put_timer(value, &c);
}

long research_bsd_setitimer(struct core_thread *t, INT which, IN value, OUT old)
{
	struct core_itimerval c, was;
	struct bsd_itimerval b;
	long r;

	if (!research_addr(value))
		return research_addr(old) ? research_bsd_getitimer(t, which, old) : 0;
	if (copy_from_guest(&b, value, sizeof(b)) < 0)
		return -CORE_EFAULT;
	c = (struct core_itimerval){to_core(&b.interval), to_core(&b.value)};
	r = EXO(setitimer, which, &c, &was);
	return r < 0 || !research_addr(old) ? r : put_timer(old, &was);
}

/* ---- resources ----------------------------------------------------------------------------- */

static long put_usage(guest_ptr p, const struct core_rusage *c)
{
	struct bsd_rusage b;

	memset(&b, 0, sizeof(b));
	b.utime = from_core(&c->ru_utime);
	b.stime = from_core(&c->ru_stime);
	b.maxrss = pdp_long((u32)pdp_clamp_long(c->ru_maxrss));
	b.minflt = pdp_long((u32)pdp_clamp_long(c->ru_minflt));
	b.majflt = pdp_long((u32)pdp_clamp_long(c->ru_majflt));
	b.inblock = pdp_long((u32)pdp_clamp_long(c->ru_inblock));
	b.oublock = pdp_long((u32)pdp_clamp_long(c->ru_oublock));
	b.nvcsw = pdp_long((u32)pdp_clamp_long(c->ru_nvcsw));
	b.nivcsw = pdp_long((u32)pdp_clamp_long(c->ru_nivcsw));
	return copy_to_guest(p, &b, sizeof(b));
}

long research_bsd_getrusage(struct core_thread *t, INT who, OUT rusage)
{
	struct core_rusage c;
	long r = EXO(getrusage, who, &c);

	(void)t;
	return r < 0 ? r : put_usage(rusage, &c);
}

long research_bsd_wait4(struct core_thread *t, PID pid, OUT status, INT options, OUT rusage)
{
	struct core_rusage c;
	struct pdp_word w;
	u16 st = 0;
	i32 who = pid > 0 ? research_pid_back((u16)pid) : pid;
	long r;

	if (pid < -1)
		who = -research_pid_back((u16)-pid);
	r = research_wait_for(t, who, &st, options & 3, &c);
	if (r <= 0)
		return r;
	w = pdp_word(st);
	if (research_addr(status) && copy_to_guest(status, &w, sizeof(w)) < 0)
		return -CORE_EFAULT;
	if (research_addr(rusage) && put_usage(rusage, &c) < 0)
		return -CORE_EFAULT;
	return research_pid((i32)r);
}

/* cpu, file size, data, stack, core; the sixth, memory, the host does not limit. */
static const u8 limits[] = {CORE_RLIMIT_CPU,   CORE_RLIMIT_FSIZE, CORE_RLIMIT_DATA,
			    CORE_RLIMIT_STACK, CORE_RLIMIT_CORE,  CORE_RLIMIT_RSS};
enum { CPU, FSIZE, DATA, STACK, CORE, RSS };

static struct pdp_long limit(u64 v, u64 unit)
{
	v = v > BSD_RLIM_INFINITY / unit ? BSD_RLIM_INFINITY : v * unit;
	return pdp_long(v);
}

/* The first is in milliseconds there; what a program may have of memory is the machine's. */
long research_bsd_getrlimit(struct core_thread *t, INT which, OUT to)
{
	struct core_rlimit c;
	struct bsd_rlimit b;
	u64 unit = which == CPU ? 1000 : 1;
	long r;

	(void)t;
	if (which < 0 || which >= BSD_RLIM_NLIMITS)
		return -CORE_EINVAL;
	r = EXO(prlimit64, 0, limits[which], NULL, &c);
	b = (struct bsd_rlimit){limit(c.rlim_cur, unit), limit(c.rlim_max, unit)};
	return r < 0 ? r : copy_to_guest(to, &b, sizeof(b));
}

long research_bsd_setrlimit(struct core_thread *t, INT which, IN from)
{
	struct core_rlimit c;
	struct bsd_rlimit b;
	u64 unit = which == CPU ? 1000 : 1;

	(void)t;
	if (which < 0 || which >= BSD_RLIM_NLIMITS)
		return -CORE_EINVAL;
	if (copy_from_guest(&b, from, sizeof(b)) < 0)
		return -CORE_EFAULT;
	if (which == DATA || which == STACK || which == RSS)
		return 0;
	c.rlim_cur = (u32)pdp_get_long(b.cur);
	c.rlim_max = (u32)pdp_get_long(b.max);
	c.rlim_cur = c.rlim_cur == BSD_RLIM_INFINITY ? ~0UL : (c.rlim_cur + unit - 1) / unit;
	c.rlim_max = c.rlim_max == BSD_RLIM_INFINITY ? ~0UL : (c.rlim_max + unit - 1) / unit;
	return EXO(prlimit64, 0, limits[which], &c, NULL);
}

long research_bsd_getpriority(struct core_thread *t, INT which, INT who)
{
	long r = EXO(getpriority, which, who ? research_pid_back((u16)who) : 0);

	(void)t;
	return r < 0 ? r : (u16)(20 - r);
}

long research_bsd_setpriority(struct core_thread *t, INT which, INT who, INT prio)
{
	(void)t;
	return EXO(setpriority, which, who ? research_pid_back((u16)who) : 0,
		   MAX(MIN(prio, 19), -20));
}

/* ---- select ---------------------------------------------------------------------------------- */

static long get_set(guest_ptr p, u64 *set)
{
	struct pdp_long l;

	if (!research_addr(p))
		return 0;
	if (copy_from_guest(&l, p, sizeof(l)) < 0)
		return -CORE_EFAULT;
	*set = (u32)pdp_get_long(l);
	return 0;
}

static long put_set(guest_ptr p, u64 set)
{
	struct pdp_long l = pdp_long(set);

	return research_addr(p) ? copy_to_guest(p, &l, sizeof(l)) : 0;
}

static long wait_for(i32 n, guest_ptr in, guest_ptr out, guest_ptr ex,
		     struct core_timespec *timeout)
{
	u64 sets[3] = {0};
	long r = get_set(in, &sets[0]);

	if (r == 0)
		r = get_set(out, &sets[1]);
	if (r == 0)
		r = get_set(ex, &sets[2]);
	if (r < 0)
		return r;
	n = MAX(MIN(n, research.version->nofile), 0);
	r = EXO(pselect6, n, research_addr(in) ? &sets[0] : NULL,
		research_addr(out) ? &sets[1] : NULL, research_addr(ex) ? &sets[2] : NULL, timeout,
		NULL);
	if (r < 0)
		return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
	if (put_set(in, sets[0]) < 0 || put_set(out, sets[1]) < 0 || put_set(ex, sets[2]) < 0)
		return -CORE_EFAULT;
	return r;
}

long research_bsd_select(struct core_thread *t, INT n, INOUT in, INOUT out, INOUT ex, IN tv)
{
	struct core_timespec ts;
	struct bsd_timeval b;

	(void)t;
	if (!research_addr(tv))
		return wait_for(n, in, out, ex, NULL);
	if (copy_from_guest(&b, tv, sizeof(b)) < 0)
		return -CORE_EFAULT;
	ts = (struct core_timespec){pdp_get_long(b.sec), pdp_get_long(b.usec) * 1000L};
	return wait_for(n, in, out, ex, &ts);
}

long research_bsd_pselect(struct core_thread *t, INT n, INOUT in, INOUT out, INOUT ex, IN ts,
			  IN mask)
{
	struct core_timespec c;
	struct bsd_timeval b;
	long r;

	if (research_addr(ts)) {
		if (copy_from_guest(&b, ts, sizeof(b)) < 0)
			return -CORE_EFAULT;
		c = (struct core_timespec){pdp_get_long(b.sec), pdp_get_long(b.usec)};
	}
	if (research_addr(mask)) {
		r = research_bsd_mask_during(t, mask);
		if (r < 0)
			return r;
	}
	return wait_for(n, in, out, ex, research_addr(ts) ? &c : NULL);
}
