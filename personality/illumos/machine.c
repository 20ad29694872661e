/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/machine.c: calls about a PC and its kernel's parts: sysi86, hrtsys, cpc,
 * inst_sync and modctl.
 *
 * There are no kernel modules, device nodes or performance counters here, so questions have the
 * answers of a kernel that has none of what is asked for. A 64-bit program's hrtsys finds its
 * arguments where structures of int and pointers lie over words of eight bytes: its command is
 * the upper half of the first.
 *
 * Facts: usr/src/uts/intel/ia32/os/sysi86.c, intel/sys/{sysi86,hrtcntl,fp}.h, i86pc/io/hrtimers.c,
 * common/os/{modctl,inst_sync,policy,devpolicy}.c, common/io/cpc.c, common/sys/{modctl,instance}.h.
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/priv.h"

/* ---- sysi86(2) ----------------------------------------------------------------------------- */

#define SI86FPHW    40
#define SI86FPSTART 41
#define SI86V86	    71
#define WTODC	    111
#define SGMTL	    112
#define GGMTL	    113
#define RTCSYNC	    114

#define V86SC_IOPL 4
#define PS_IOPL	   0x3000
#define FP_387	   3 /* what fp_kind's lower byte is on any machine of this kind */
#define ONE_WEEK   (7 * 24 * 60 * 60)

/* The thread's own unit is the program's: nobody has saved it. */
static void set_control_words(u16 fcw, u32 mxcsr)
{
	__asm__ volatile("fldcw %0\n\tldmxcsr %1" : : "m"(fcw), "m"(mxcsr));
}

#define MXCSR_BITS 0xffffu

static long may_set_time(const struct core_thread *t)
{
	return illumos_priv_has(t, ILLUMOS_PRIV_SYS_TIME) ? 0 : -CORE_EPERM;
}

long illumos_sysi86(struct core_thread *t, INT cmd, ULONG a1, ULONG a2, ULONG a3)
{
	const guest_ptr to = gp(illumos_fence(a1));
	long r;

	switch ((i16)cmd) {
	case SI86FPHW:
		return guest_write_u32(to, FP_387);
	case SI86FPSTART:
		r = guest_write_u32(to, FP_387);
		if (r < 0)
			return r;
		set_control_words((u16)a2, (u32)a3 & MXCSR_BITS);
		return 1; /* SSE */
	case SI86V86:	  /* a program that no host lets at ports is as good as one without */
		if (a1 != V86SC_IOPL)
			return -CORE_EINVAL;
		return a2 & PS_IOPL ? -CORE_EPERM : 0;
	case WTODC:
	case RTCSYNC: /* the clock of the machine is the host's, which keeps it */
		return may_set_time(t);
	case SGMTL:
		r = may_set_time(t);
		if (r < 0)
			return r;
		if ((i64)a1 != (i32)a1 || (i32)a1 < -ONE_WEEK || (i32)a1 > ONE_WEEK)
			return -CORE_EOVERFLOW;
		return a1 ? -CORE_EPERM : 0; /* the host's keeps Greenwich's time */
	case GGMTL:
		return guest_write_u64(to, 0);
	default: /* SI86DSCR as well: 64-bit programs have no descriptors */
		return -CORE_EINVAL;
	}
}

/* ---- hrtsys(2) ----------------------------------------------------------------------------- */

enum { HRTCNTL, HRTALARM };
enum { HRT_TOFD = 1, HRT_BSD = 12, HRT_BSD_PEND = 13, HRT_BSD_REP = 15, HRT_BSD_CANCEL = 16 };
#define CLK_STD	     1
#define CLK_USERVIRT 2
#define CLK_PROCVIRT 4
#define HRTF_DONE    1
#define HRTF_ERROR   2
#define NANOSEC	     1000000000L

struct hrtimes {
	u64 secs;
	i64 rem;
	u64 res;
};

struct hrtcmd {
	i32 cmd, clk;
	struct hrtimes interval, tod;
	i32 flags, error;
};
SIZE_ASSERT(struct hrtcmd, 64);

static long time_of_day(u32 clk, guest_ptr hrtp)
{
	struct hrtimes h;
	struct exo_time now;

	if (clk != CLK_STD)
		return -CORE_EINVAL;
	if (copy_from_guest(&h, hrtp, sizeof(h)) < 0)
		return -CORE_EFAULT;
	if (h.res == 0 || h.res > NANOSEC)
		return -CORE_ERANGE;
	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	h.secs = (u64)now.sec;
	h.rem = now.nsec / (NANOSEC / (i64)h.res);
	return copy_to_guest(hrtp, &h, sizeof(h));
}

static int timer_of(i32 clk)
{
	switch (clk) {
	case CLK_STD:
		return CORE_ITIMER_REAL;
	case CLK_USERVIRT:
		return CORE_ITIMER_VIRTUAL;
	case CLK_PROCVIRT:
		return CORE_ITIMER_PROF;
	default:
		return -1;
	}
}

/* What the timer says goes to an error that the call itself disregards, there as here. */
static long one_alarm(const struct hrtcmd *c, guest_ptr at)
{
	struct core_timeval set[2] = {{0, 0}, {0, 0}};
	int which = timer_of(c->clk);
	struct hrtimes left = {0};

	if (which < 0)
		return -CORE_EINVAL;
	switch (c->cmd) {
	case HRT_BSD:
		set[1] = (struct core_timeval){(i64)c->interval.secs, c->interval.rem};
		break;
	case HRT_BSD_REP:
		set[1] = (struct core_timeval){(i64)c->tod.secs, c->tod.rem};
		set[0] = (struct core_timeval){(i64)c->interval.secs, c->interval.rem};
		break;
	case HRT_BSD_CANCEL:
		break;
	case HRT_BSD_PEND:
		EXO(getitimer, which, set);
		left.secs = (u64)set[1].tv_sec;
		left.rem = set[1].tv_usec;
		return copy_to_guest(gp(at.addr + offsetof(struct hrtcmd, interval)), &left,
				     sizeof(left));
	default:
		return -CORE_EINVAL;
	}
	EXO(setitimer, which, set, NULL);
	return 0;
}

static long alarms(guest_ptr at, i32 count)
{
	struct hrtcmd c;
	long done = 0, r;

	if (count <= 0)
		return -CORE_EINVAL;
	for (i32 i = 0; i < count; i++, at.addr += sizeof(c)) {
		if (copy_from_guest(&c, at, sizeof(c)) < 0)
			return -CORE_EFAULT;
		r = one_alarm(&c, at);
		c.flags |= r < 0 ? HRTF_ERROR : HRTF_DONE;
		c.error = r < 0 ? illumos_errno_from_core[-r] : 0;
		done += r >= 0;
		if (copy_to_guest(gp(at.addr + offsetof(struct hrtcmd, flags)), &c.flags,
				  sizeof(c.flags) + sizeof(c.error)) < 0)
			return -CORE_EFAULT;
	}
	return done;
}

long illumos_hrtsys(struct core_thread *t, ULONG a0, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t, (void)a4;
	switch ((i32)a0) {
	case HRTCNTL:
		return (i32)(a0 >> 32) == HRT_TOFD ? time_of_day((u32)a1, gp(illumos_fence(a3)))
						   : -CORE_EINVAL;
	case HRTALARM:
		return alarms(gp(illumos_fence(a1)), (i32)a2);
	default:
		return -CORE_EINVAL;
	}
}

/* ---- performance counters ------------------------------------------------------------------ */

/* Its module is loaded only where there are counters; else it is a call that there is not. */
long illumos_cpc(struct core_thread *t, INT cmd, INT lwpid, INOUT arg2, INOUT arg3, HEX flags)
{
	struct core_siginfo si = {.si_signo = CORE_SIGSYS, .si_code = CORE_SI_KERNEL};

	(void)cmd, (void)lwpid, (void)arg2, (void)arg3, (void)flags;
	core_signal_raise(t, &si);
	return -CORE_ENOSYS;
}

/* ---- devices' instances -------------------------------------------------------------------- */

enum { INST_SYNC_IF_REQUIRED, INST_SYNC_ALWAYS };

/* No device has a number, which is never news, and makes a file of a comment alone. */
long illumos_inst_sync(struct core_thread *t, PATH path, HEX flags)
{
	static const char text[] = "#\n#\tCaution! This file contains critical kernel state\n#\n";
	long fd, r;

	if (!illumos_priv_has(t, ILLUMOS_PRIV_SYS_DEVICES))
		return -CORE_EPERM;
	if (flags > INST_SYNC_ALWAYS)
		return -CORE_EINVAL;
	if (flags == INST_SYNC_IF_REQUIRED)
		return -CORE_EALREADY;
	fd =
	    EXO(open, path.addr, CORE_O_WRONLY | CORE_O_CREAT | CORE_O_EXCL | CORE_O_CLOEXEC, 0444);
	if (fd < 0)
		return fd == -CORE_EISDIR ? -CORE_EACCES : fd;
	r = EXO_NOW(write, fd, text, sizeof(text) - 1);
	EXO_NOW(close, fd);
	return r < 0 ? r : 0;
}

/* ---- kernel modules ------------------------------------------------------------------------ */

enum {
	MODLOAD,
	MODUNLOAD,
	MODINFO,
	MODGETPATH = 6,
	MODGETMAJBIND = 8,
	MODGETNAME,
	MODSIZEOF_DEVID,
	MODGETDEVID,
	MODSIZEOF_MINORNAME,
	MODGETMINORNAME,
	MODGETPATHLEN,
	MODGETFBNAME = 16,
	MODDEVT2INSTANCE = 21,
	MODGETDEVFSPATH_LEN,
	MODGETDEVFSPATH,
	MODSETDEVPOLICY = 26,
	MODGETDEVPOLICY,
	MODGETDEVPOLICYBYNAME = 29,
	MODGETDEVFSPATH_MI_LEN = 38,
	MODGETDEVFSPATH_MI,
	MODHPOPS = 45,
};

#define MODINFO_SIZE 432 /* struct modinfo */
#define MOD_MAXPATH  256
#define NAME_MAX_MAJ 256

static const char module_path[] = "/platform/i86pc/kernel /kernel /usr/kernel";

static long by_name(guest_ptr name, u32 length)
{
	char text[NAME_MAX_MAJ];
	long r;

	if (length == 0)
		return -CORE_EINVAL;
	r = copy_str_from_guest(text, name, MIN(length, (u32)sizeof(text)));
	return r < 0 ? r : -CORE_ENODEV;
}

/* What everybody may ask. 1: it is no such question. */
static long question(i32 cmd, guest_ptr a1, u64 number, guest_ptr a2, guest_ptr a3)
{
	u8 info[MODINFO_SIZE];
	u32 major;

	switch (cmd) {
	case MODINFO:
		return copy_from_guest(info, a2, sizeof(info)) < 0 ? -CORE_EFAULT : -CORE_EINVAL;
	case MODGETPATHLEN:
		return guest_write_u32(a2, sizeof(module_path) - 1);
	case MODGETPATH:
		return copy_to_guest(a2, module_path, sizeof(module_path));
	case MODGETMAJBIND:
		return by_name(a1, (u32)number);
	case MODGETNAME:
		return guest_read_u32(a3, &major) < 0 ? -CORE_EFAULT : -CORE_ENODEV;
	case MODGETFBNAME:
		return -CORE_ENODEV;
	case MODSIZEOF_DEVID:
	case MODGETDEVID:
	case MODSIZEOF_MINORNAME:
	case MODGETMINORNAME:
	case MODDEVT2INSTANCE:
	case MODGETDEVFSPATH_LEN:
	case MODGETDEVFSPATH:
	case MODGETDEVFSPATH_MI_LEN:
	case MODGETDEVFSPATH_MI:
	case MODGETDEVPOLICYBYNAME:
		return -CORE_EINVAL;
	case MODGETDEVPOLICY:
		return -CORE_ILLUMOS_ENOTSUP;
	default:
		return 1;
	}
}

static long load_module(guest_ptr name)
{
	char text[MOD_MAXPATH];

	return copy_str_from_guest(text, name, sizeof(text)) < 0 ? -CORE_EFAULT : -CORE_ENOENT;
}

long illumos_modctl(struct core_thread *t, INT cmd, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		    ULONG a5)
{
	long r =
	    question(cmd, gp(illumos_fence(a1)), a2, gp(illumos_fence(a2)), gp(illumos_fence(a3)));

	(void)a4, (void)a5;
	if (r <= 0)
		return r;
	if (cmd == MODLOAD || cmd == MODSETDEVPOLICY
		? !illumos_priv_has_all(t)
		: !illumos_priv_has(t, ILLUMOS_PRIV_SYS_CONFIG))
		return -CORE_EPERM;
	if (cmd == MODLOAD)
		return load_module(gp(illumos_fence(a2)));
	if (cmd < 0 || cmd > MODHPOPS || cmd == MODUNLOAD)
		return -CORE_EINVAL;
	return -CORE_ILLUMOS_ENOTSUP;
}
