/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_admin.c: what the superuser of 2.11BSD does: groups, the login name,
 * the clock; and what is there to be refused. Facts: usr/sys/sys/kern_prot.c, kern_time.c,
 * kern_xxx.c, quota_sys.c, ufs_syscalls.c, usr/sys/pdp/kern_pdp.c of 2.11BSD; the Linux manual's
 * adjtimex(2).
 */
#include "core/login.h"
#include "core/zone.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

#define HZ	    60
#define MILLION	    1000000L
#define SINGLE_SHOT 0x8001 /* of adjtimex: adjtime's, and a question about what is left of it */
#define READ_SHOT   0xa001

/* The host's struct timex as far as adjtime needs it. */
struct timex {
	u32 modes;
	i64 offset;
	u8 rest[192];
};
SIZE_ASSERT(struct timex, 208);

/* ---- who ----------------------------------------------------------------------------------------
 */

/* The effective group is the first of them. */
long research_bsd_getgroups(struct core_thread *t, UINT n, OUT groups)
{
	u32 host[64], own = (u32)EXO(getegid), count = 1;
	struct pdp_word w[BSD_NGROUPS];
	long r = EXO(getgroups, ARRAY_LEN(host), host);

	(void)t;
	if (r < 0)
		return r;
	w[0] = pdp_word(research_uid(own));
	for (long i = 0; i < r && count < BSD_NGROUPS; i++)
		if (host[i] != own)
			w[count++] = pdp_word(research_uid(host[i]));
	if (n < count)
		return -CORE_EINVAL;
	return copy_to_guest(groups, w, count * sizeof(*w)) < 0 ? -CORE_EFAULT : (long)count;
}

long research_bsd_setgroups(struct core_thread *t, UINT n, IN groups)
{
	u32 host[BSD_NGROUPS], own = (u32)EXO(getgid);
	struct pdp_word w[BSD_NGROUPS];
	long r;

	(void)t;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (n > BSD_NGROUPS)
		return -CORE_EINVAL;
	if (n && copy_from_guest(w, groups, n * sizeof(*w)) < 0)
		return -CORE_EFAULT;
	for (u32 i = 0; i < n; i++)
		host[i] = research_uid_back(pdp_get(w[i]), own);
	r = EXO(setgroups, n, host);
	return r < 0 || !n ? r : EXO(setresgid, -1, host[0], -1);
}

long research_bsd_setlogin(struct core_thread *t, STR name)
{
	char text[BSD_MAXLOGNAME + 1];
	long r;

	(void)t;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	r = copy_str_from_guest(text, name, sizeof(text));
	if (r < 0)
		return r == -CORE_EFAULT ? r : -CORE_ENOENT; /* too long, to copyinstr() */
	core_login_set(text);
	return 0;
}

/* ---- clocks -----------------------------------------------------------------------------------
 */

static long get_time(guest_ptr p, struct core_timeval *tv)
{
	struct bsd_timeval b;

	if (copy_from_guest(&b, p, sizeof(b)) < 0)
		return -CORE_EFAULT;
	*tv = (struct core_timeval){pdp_get_long(b.sec), pdp_get_long(b.usec)};
	return 0;
}

static long put_time(guest_ptr p, i64 usec)
{
	struct bsd_timeval b = {pdp_long((u32)(usec / MILLION)), pdp_long((u32)(usec % MILLION))};

	return research_addr(p) ? copy_to_guest(p, &b, sizeof(b)) : 0;
}

/* The zone is the process's and its children's: no other's. */
long research_bsd_settimeofday(struct core_thread *t, IN tv, IN tz)
{
	struct core_timeval now = {0};
	struct core_timespec to;
	struct bsd_timezone z;
	long r = 0;

	(void)t;
	if (research_addr(tv)) {
		r = get_time(tv, &now);
		to = (struct core_timespec){now.tv_sec, now.tv_usec * 1000};
		if (r == 0)
			r = EXO(clock_settime, CORE_CLOCK_REALTIME, &to);
	}
	if (r < 0 || !research_addr(tz))
		return r;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (copy_from_guest(&z, tz, sizeof(z)) < 0)
		return -CORE_EFAULT;
	core_zone = (struct core_zone){(i16)pdp_get(z.minuteswest), pdp_get(z.dsttime) != 0};
	return 0;
}

/* What is more than 32767 ticks is set at once. */
static long step_clock(i64 usec)
{
	struct exo_time now;
	struct core_timespec to;
	i64 total;

	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	total = now.sec * MILLION + now.nsec / 1000 + usec;
	to = (struct core_timespec){total / MILLION, total % MILLION * 1000};
	return EXO(clock_settime, CORE_CLOCK_REALTIME, &to);
}

long research_bsd_adjtime(struct core_thread *t, IN delta, OUT old)
{
	struct timex x = {.modes = READ_SHOT};
	struct core_timeval d;
	i64 usec, left;
	long r;

	(void)t;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (get_time(delta, &d) < 0)
		return -CORE_EFAULT;
	usec = d.tv_sec * MILLION + d.tv_usec;
	if (usec * HZ / MILLION > INT16_MAX || usec * HZ / MILLION < INT16_MIN) {
		r = step_clock(usec);
		return r < 0 ? r : put_time(old, 0);
	}
	r = EXO(adjtimex, &x);
	left = x.offset;
	x = (struct timex){.modes = SINGLE_SHOT, .offset = usec};
	if (r >= 0)
		r = EXO(adjtimex, &x);
	return r < 0 ? r : put_time(old, left);
}

/* ---- what a kernel here has not ---------------------------------------------------------------
 */

/* As a kernel without QUOTA. */
long research_bsd_setquota(struct core_thread *t, PATH special, PATH file)
{
	(void)t;
	(void)special;
	(void)file;
	return -CORE_EINVAL;
}

long research_bsd_quota(struct core_thread *t, INT cmd, UINT uid, INT arg, INOUT addr)
{
	(void)t;
	(void)cmd;
	(void)uid;
	(void)arg;
	(void)addr;
	return -CORE_EINVAL;
}

long research_bsd_reboot(struct core_thread *t, INT howto)
{
	(void)t;
	(void)howto;
	return -CORE_EPERM;
}

long research_ucall(struct core_thread *t, INT priority, UINT routine, UINT a, UINT b)
{
	(void)t;
	(void)priority;
	(void)routine;
	(void)a;
	(void)b;
	return -CORE_EPERM;
}

/* Only an owner may set flags, and there is none to set. */
static long set_flags(const struct core_stat *st, u32 flags)
{
	u32 own = (u32)EXO(geteuid);

	if (own != 0 && own != st->st_uid)
		return -CORE_EPERM;
	return flags ? -CORE_EOPNOTSUPP : 0;
}

long research_bsd_chflags(struct core_thread *t, PATH path, HEX flags)
{
	char host[RESEARCH_PATH];
	struct core_stat st = {0};
	long r = research_path(path, RESEARCH_FILE, host);

	(void)t;
	if (r == 0)
		r = EXO(stat, host, &st);
	return r < 0 ? r : set_flags(&st, flags);
}

long research_bsd_fchflags(struct core_thread *t, FD fd, HEX flags)
{
	struct core_stat st = {0};
	long r = research_fd(fd);

	(void)t;
	if (r == 0)
		r = EXO(fstat, fd, &st);
	return r < 0 ? r : set_flags(&st, flags);
}
