/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/sysv.c: System III on the PDP-11: the system, processes and signals.
 *
 * Its signals are the Seventh Edition's with four more. SIGCLD is sent by a child's end, and once
 * more by signal(2) as long as one that has ended is not waited for; ignored, children leave
 * nothing to wait for, and those that have ended already go.
 *
 * Facts: usr/src/uts/pdp11/os/sys4.c, sig.c, utssys.c, trap.c; cf/Makefile for the names;
 * usr/src/head/sys/param.h.
 */
#define RESEARCH_ROWS "personality/research/sysv.def"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/abi_usg.h"
#include "personality/research/calls.h"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

#define SIGCLD	  18
#define NICE_ZERO 20
#define HOST_HZ	  100 /* times(2): USER_HZ */

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_usg,
    .user = &research_user_usg,
    .number_mask = 0377,
    .nofile = 20,
    .name_max = 14,
    .args_max = 5120,
    .stack_clicks = 12,
    .environment = true,
    .sigsys = true,
    .old_modes = true,
    .usg = true,
    .root_ino = 2,
};

const struct core_personality research_sysv_personality = {
    RESEARCH_PERSONALITY("sysv-pdp11"),
    .carry_errno = research_errno,
    .default_ignored = CORE_SIGBIT(CORE_SIGCHLD),
    .signal_frame = research_signal_frame,
};

/* ---- signals ------------------------------------------------------------------------------- */

static bool has_zombie(void)
{
	struct core_siginfo si = {0};

	return EXO_NOW(waitid, CORE_P_ALL, 0, &si, CORE_WEXITED | CORE_WNOHANG | CORE_WNOWAIT,
		       NULL) == 0 &&
	       si.si_signo != 0;
}

long research_usg_signal(struct core_thread *t, UINT sig, UINT func)
{
	struct core_action old,
	    act = {.handler = func & 1 ? CORE_SIG_IGN : func,
		   .flags = CORE_SA_NODEFER | CORE_SA_RESETHAND | CORE_SA_NOCLDSTOP};
	long r;

	if (sig != SIGCLD)
		return research_signal(t, sig, func);
	r = core_sigaction(t, CORE_SIGCHLD, &act, &old);
	if (r < 0)
		return r;
	if (act.handler == CORE_SIG_IGN)
		while (has_zombie() && EXO_NOW(wait4, -1, NULL, CORE_WNOHANG, NULL) > 0)
			;
	else if (act.handler != CORE_SIG_DFL && has_zombie())
		research_raise(t, SIGCLD);
	return (u16)old.handler;
}

/* ---- processes ----------------------------------------------------------------------------- */

/* A group of its own is without a terminal, too; a leader that has one already keeps it. */
long research_usg_setpgrp(struct core_thread *t, INT flag)
{
	(void)t;
	if (flag)
		EXO(setsid);
	return research_pid((i32)EXO(getpgid, 0));
}

/* What the superuser may is not left out but refused, yet no more than nothing is added. */
long research_usg_nice(struct core_thread *t, INT incr)
{
	i32 now = NICE_ZERO - (i32)EXO(getpriority, CORE_PRIO_PROCESS, 0), to;
	long r;

	(void)t;
	if ((incr < 0 || incr > 2 * NICE_ZERO) && EXO(geteuid) != 0)
		return -CORE_EPERM;
	to = MAX(MIN(now + incr, NICE_ZERO - 1), -NICE_ZERO);
	r = EXO(setpriority, CORE_PRIO_PROCESS, 0, to);
	return r < 0 ? r : (u16)to;
}

long research_usg_times(struct core_thread *t, OUT tbuf)
{
	long r = research_times(t, tbuf), host[4];

	if (r < 0)
		return r;
	return research_long((u32)((u64)EXO(times, host) * USG_HZ / HOST_HZ));
}

/* ---- limits -------------------------------------------------------------------------------- */

/* A file beyond the limit is an error there and no signal. */
static long set_limit(struct core_thread *t, i64 blocks)
{
	struct core_rlimit now, l = {.rlim_cur = (u64)MAX(blocks, 0L) * USG_BLOCK};
	struct core_action ignore = {.handler = CORE_SIG_IGN};
	long r = EXO(prlimit64, 0, CORE_RLIMIT_FSIZE, NULL, &now);

	if (r < 0)
		return r;
	if (l.rlim_cur > now.rlim_max && EXO(geteuid) != 0)
		return -CORE_EPERM;
	l.rlim_max = l.rlim_cur;
	core_sigaction(t, CORE_SIGXFSZ, &ignore, NULL);
	return EXO(prlimit64, 0, CORE_RLIMIT_FSIZE, &l, NULL);
}

static long get_limit(void)
{
	struct core_rlimit l;
	long r = EXO(prlimit64, 0, CORE_RLIMIT_FSIZE, NULL, &l);

	return r < 0 ? r : research_long((u32)MIN(l.rlim_cur / USG_BLOCK, (u64)INT32_MAX));
}

/* The kernel's own sum: 64 KiB less data, less the stack's segments, less the user structure where
 * the last of those has no room for it. */
static long most_memory(void)
{
	u32 segment = 8192 / RESEARCH_CLICK, stack = research.stack;
	i32 left = (i32)(1024 - research.data - ALIGN_UP(stack, segment));
	u32 room = segment - stack % segment;

	if (room < USG_USIZE)
		left -= (i32)(USG_USIZE - room);
	return research_long((u32)(left * RESEARCH_CLICK));
}

long research_usg_ulimit(struct core_thread *t, INT cmd, LONG arg)
{
	long r;

	switch (cmd) {
	case 1:
		return get_limit();
	case 2:
		r = set_limit(t, arg);
		return r < 0 ? r : get_limit();
	case 3:
		return most_memory();
	default: /* nothing, which leaves the registers */
		return research_pair(research.cpu.r[0], research.cpu.r[1]);
	}
}

/* ---- utssys --------------------------------------------------------------------------------- */

static long uname(guest_ptr buf)
{
	struct usg_utsname out = {.sysname = "unix", .release = "3.0.1", .version = "hpht"};
	struct core_utsname host;
	long r = EXO(uname, &host);

	if (r < 0)
		return r;
	fb_strlcpy(out.nodename, host.nodename, sizeof(out.nodename));
	return copy_to_guest(buf, &out, sizeof(out));
}

long research_usg_utssys(struct core_thread *t, OUT buf, UINT dev, INT type)
{
	(void)t;
	switch (type) {
	case 0:
		return uname(buf);
	case 2:
		return research_usg_ustat(buf, (u16)dev);
	default:
		return -CORE_EFAULT;
	}
}
