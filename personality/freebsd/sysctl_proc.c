/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_proc.c: kern.proc's lists of processes, as struct kinfo_proc.
 *
 * Every process of the host is in them, whatever it runs: a program looks for its children
 * and parents by number, and those may be anything. Addresses in a kernel are made up of the
 * process's number: libprocstat(3) asks for no files and no memory of a process whose
 * addresses are zero, and tells what is shared by equal ones. Facts: sys/user.h,
 * sys/kern/kern_proc.c (sysctl_kern_proc, fill_kinfo_proc), procstat(1).
 */
#include "core/login.h"
#include "core/signal.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl.h"

#define LIST_MAX	  16384
#define PRI_REALTIME	  2 /* sys/priority.h */
#define PRI_TIMESHARE	  3
#define PRI_IDLE	  4
#define PRI_FIFO	  (8 | PRI_REALTIME)
#define PRI_MIN_REALTIME  48
#define PRI_MIN_TIMESHARE 120
#define PRI_MIN_IDLE	  224
#define NO_DEVICE	  (~0UL)
#define NO_CPU		  (-1)
#define NO_CPU_OLD	  255
#define FSCALE		  2048
#define SLACK		  5 /* processes a size is estimated above what there are */

static struct core_timeval usec_to_timeval(u64 usec)
{
	return (struct core_timeval){(i64)(usec / 1000000), (i64)(usec % 1000000)};
}

static u8 level_of(int policy, i32 urgency)
{
	const struct core_sched_param param = {urgency};
	struct freebsd_rtprio rtp;

	if (!urgency)
		return policy == CORE_SCHED_IDLE ? PRI_MIN_IDLE : PRI_MIN_TIMESHARE;
	core_to_freebsd_rtprio(CORE_SCHED_RR, &param, &rtp);
	return (u8)(PRI_MIN_REALTIME + rtp.prio);
}

/* What it runs with, and what it has without what mutexes lend it. */
static void fill_priority(const struct exo_process *p, struct freebsd_priority *pri)
{
	pri->pri_class = p->policy == CORE_SCHED_FIFO	? PRI_FIFO
			 : p->policy == CORE_SCHED_RR	? PRI_REALTIME
			 : p->policy == CORE_SCHED_IDLE ? PRI_IDLE
							: PRI_TIMESHARE;
	pri->pri_level = pri->pri_user = level_of(p->policy, p->urgency);
	pri->pri_native = level_of(p->policy, p->own_urgency);
}

static u8 state_of(char state)
{
	switch (state) {
	case 'R':
		return FREEBSD_SRUN;
	case 'T':
	case 't':
		return FREEBSD_SSTOP;
	case 'Z':
	case 'X':
		return FREEBSD_SZOMB;
	default:
		return FREEBSD_SSLEEP;
	}
}

static void fill_signals(const struct core_thread *t, const struct exo_process *p,
			 struct freebsd_kinfo_proc *ki)
{
	u64 ignored = p->ignored, caught = p->caught;

	if (p->pid == t->pid) { /* the host sees the runtime's handlers */
		caught = 0;
		for (int sig = 1; sig < CORE_NSIG; sig++)
			if (t->proc->action[sig].handler > CORE_SIG_IGN)
				caught |= CORE_SIGBIT(sig);
		ignored = core_signal_ignored(t->proc);
	}
	core_to_freebsd_sigset(p->pending, &ki->ki_siglist);
	core_to_freebsd_sigset(p->blocked, &ki->ki_sigmask);
	core_to_freebsd_sigset(ignored, &ki->ki_sigignore);
	core_to_freebsd_sigset(caught, &ki->ki_sigcatch);
}

static void fill_ids(const struct exo_process *p, struct freebsd_kinfo_proc *ki)
{
	u32 n = 1;

	ki->ki_uid = p->euid;
	ki->ki_ruid = p->uid;
	ki->ki_svuid = p->suid;
	ki->ki_rgid = p->gid;
	ki->ki_svgid = p->sgid;
	/* The effective group comes first in FreeBSD's list. */
	ki->ki_groups[0] = p->egid;
	for (u32 i = 0; i < MIN(p->group_count, (u32)ARRAY_LEN(p->groups)); i++)
		if (n < FREEBSD_KI_NGROUPS)
			ki->ki_groups[n++] = p->groups[i];
	ki->ki_ngroups = (i16)n;
	if (p->group_count + 1 > FREEBSD_KI_NGROUPS)
		ki->ki_cr_flags = FREEBSD_KI_CRF_GRP_OVERFLOW;
}

/* FreeBSD's share of a processor fades over the last minute; the machine keeps none, so this
 * is the share since the process began. */
static u32 processor_share(const struct exo_process *p)
{
	struct exo_time now = {0, 0};
	i64 age;

	exo_clock_gettime(CORE_CLOCK_REALTIME, &now);
	age = (now.sec - p->start_sec) * 1000000 + now.nsec / 1000 - p->start_usec;
	return age > 0 ? (u32)((p->user_usec + p->system_usec) * FSCALE / (u64)age) : 0;
}

static void fill_usage(const struct exo_process *p, struct freebsd_kinfo_proc *ki)
{
	ki->ki_size = p->size;
	ki->ki_rssize = (i64)(p->resident / PAGE_SIZE);
	ki->ki_swrss = (i64)(p->resident / PAGE_SIZE);
	ki->ki_tsize = (i64)(p->text / PAGE_SIZE);
	ki->ki_dsize = (i64)(p->data / PAGE_SIZE);
	ki->ki_ssize = (i64)(p->stack / PAGE_SIZE);
	ki->ki_runtime = p->user_usec + p->system_usec;
	ki->ki_pctcpu = processor_share(p);
	ki->ki_estcpu = ki->ki_pctcpu;
	ki->ki_start = (struct core_timeval){p->start_sec, p->start_usec};
	ki->ki_childtime = usec_to_timeval(p->child_user_usec + p->child_system_usec);
	ki->ki_rusage.ru_utime = usec_to_timeval(p->user_usec);
	ki->ki_rusage.ru_stime = usec_to_timeval(p->system_usec);
	ki->ki_rusage.ru_maxrss = (i64)(p->peak_resident / 1024);
	ki->ki_rusage.ru_minflt = (i64)p->minor_faults;
	ki->ki_rusage.ru_majflt = (i64)p->major_faults;
	ki->ki_rusage.ru_nvcsw = (i64)p->switches;
	ki->ki_rusage.ru_nivcsw = (i64)p->forced_switches;
	ki->ki_rusage_ch.ru_utime = usec_to_timeval(p->child_user_usec);
	ki->ki_rusage_ch.ru_stime = usec_to_timeval(p->child_system_usec);
	ki->ki_rusage_ch.ru_minflt = (i64)p->child_minor_faults;
	ki->ki_rusage_ch.ru_majflt = (i64)p->child_major_faults;
}

/* A process of the machine's own kernel has no memory; neither has one that ended. */
static void fill_addresses(const struct exo_process *p, i32 tid, struct freebsd_kinfo_proc *ki)
{
	u64 pid = (u64)p->pid;

	ki->ki_paddr = freebsd_kernel_addr(FREEBSD_KVA_PROC, pid);
	ki->ki_tdaddr = freebsd_kernel_addr(FREEBSD_KVA_THREAD, (u64)(tid ? tid : p->pid));
	if (state_of(p->state) == FREEBSD_SZOMB)
		return;
	ki->ki_fd = freebsd_kernel_addr(FREEBSD_KVA_FDS, pid);
	ki->ki_vmspace = freebsd_kernel_addr(FREEBSD_KVA_MEMORY, p->size ? pid : 0);
	if (p->size)
		ki->ki_textvp = freebsd_kernel_addr(FREEBSD_KVA_VNODE, pid);
	else
		ki->ki_flag |= FREEBSD_P_SYSTEM | FREEBSD_P_KPROC;
}

/* The words FreeBSD's kernel has for waiting: pipe(2), wait(2), select(2), kqueue(2), ... */
static const char *wait_message(enum exo_wait wait)
{
	static const char *const words[] = {
	    [EXO_WAIT_UNKNOWN] = "",	      [EXO_WAIT_CHILD] = "wait",
	    [EXO_WAIT_POLL] = "select",	      [EXO_WAIT_EVENTS] = "kqread",
	    [EXO_WAIT_WORD] = "uwait",	      [EXO_WAIT_TIME] = "nanslp",
	    [EXO_WAIT_SIGNAL] = "sigsus",     [EXO_WAIT_PIPE_READ] = "piperd",
	    [EXO_WAIT_PIPE_WRITE] = "pipewr", [EXO_WAIT_SOCKET] = "sbwait",
	    [EXO_WAIT_CONNECTION] = "accept", [EXO_WAIT_TERMINAL] = "ttyin",
	    [EXO_WAIT_DISK] = "biord",
	};

	return words[wait];
}

/* The host keeps fewer characters of a name, and the first thread's for the process's. */
static void fill_names(const struct core_thread *t, const struct exo_process *p, const char *name,
		       struct freebsd_kinfo_proc *ki)
{
	char path[FREEBSD_PATH_MAX];
	const char *slash;
	bool guest = p->state != 'Z' && p->size && freebsd_is_guest(t, p->pid);

	fb_strlcpy(ki->ki_comm, name, sizeof(ki->ki_comm));
	if (guest && freebsd_process_program(t, p->pid, path, sizeof(path)) > 0 &&
	    (slash = strrchr(path, '/')) != NULL)
		fb_strlcpy(ki->ki_comm, slash + 1, sizeof(ki->ki_comm));
	fb_strlcpy(ki->ki_tdname, p->name, sizeof(ki->ki_tdname));
	fb_strlcpy(ki->ki_emul,
		   guest			? "FreeBSD ELF64"
		   : p->size || p->state == 'Z' ? "Linux ELF64"
						: "null",
		   sizeof(ki->ki_emul));
}

/* name: the process's, where p is one of its threads */
static void fill(const struct core_thread *t, const struct exo_process *p, const char *name,
		 i32 tid, struct freebsd_kinfo_proc *ki)
{
	memset(ki, 0, sizeof(*ki));
	ki->ki_structsize = sizeof(*ki);
	ki->ki_pid = p->pid;
	ki->ki_ppid = p->ppid;
	ki->ki_pgid = p->pgid;
	ki->ki_sid = p->sid;
	ki->ki_tracer = p->tracer;
	ki->ki_tdev = NO_DEVICE;
	ki->ki_tdev_freebsd11 = ~0u;
	ki->ki_flag = FREEBSD_P_EXEC | FREEBSD_P_INMEM;
	ki->ki_flag |= p->threads > 1 ? FREEBSD_P_HADTHREADS : 0;
	ki->ki_flag |= p->tracer ? FREEBSD_P_TRACED : 0;
	fill_addresses(p, tid, ki);
	if (p->tty) {
		ki->ki_tdev = core_to_freebsd_dev(p->tty);
		ki->ki_tdev_freebsd11 = (u32)ki->ki_tdev;
		ki->ki_tpgid = p->tty_pgid;
		ki->ki_tsid = p->sid;
		ki->ki_flag |= FREEBSD_P_CONTROLT;
		ki->ki_kiflag |= FREEBSD_KI_CTTY;
	}
	if (p->pid == p->sid)
		ki->ki_kiflag |= FREEBSD_KI_SLEADER;
	fill_signals(t, p, ki);
	fill_ids(p, ki);
	fill_usage(p, ki);
	ki->ki_stat = state_of(p->state);
	/* A wait that a signal ends is told from one for the disk. */
	ki->ki_tdflags = p->state == 'S' || p->state == 'I' ? FREEBSD_TDF_SINTR : 0;
	ki->ki_nice = (i8)p->nice;
	ki->ki_oncpu = p->state == 'R' ? p->cpu : NO_CPU;
	ki->ki_oncpu_old = NO_CPU_OLD;
	ki->ki_lastcpu = p->cpu;
	ki->ki_lastcpu_old = (u8)MIN(p->cpu, 254);
	ki->ki_numthreads = p->threads;
	ki->ki_tid = (i32)freebsd_tid((u32)(tid ? tid : p->pid));
	fill_priority(p, &ki->ki_pri);
	fb_strlcpy(ki->ki_wmesg, wait_message(p->wait), sizeof(ki->ki_wmesg));
	if (ki->ki_wmesg[0])
		ki->ki_wchan = ki->ki_tdaddr;
	if (p->pid == t->pid)
		fb_strlcpy(ki->ki_login, core_login(), sizeof(ki->ki_login));
	fill_names(t, p, name, ki);
	fb_strlcpy(ki->ki_loginclass, "default", sizeof(ki->ki_loginclass));
}

static bool chosen(const struct exo_process *p, u32 by, i32 value)
{
	switch (by) {
	case FREEBSD_KERN_PROC_PGRP:
		return p->pgid == value;
	case FREEBSD_KERN_PROC_SESSION:
		return p->sid == value;
	case FREEBSD_KERN_PROC_TTY:
		return p->tty && (i32)core_to_freebsd_dev(p->tty) == value;
	case FREEBSD_KERN_PROC_UID:
		return p->euid == (u32)value;
	case FREEBSD_KERN_PROC_RUID:
		return p->uid == (u32)value;
	case FREEBSD_KERN_PROC_RGID:
		return p->gid == (u32)value;
	case FREEBSD_KERN_PROC_GID:
		if (p->egid == (u32)value)
			return true;
		for (u32 i = 0; i < MIN(p->group_count, (u32)ARRAY_LEN(p->groups)); i++)
			if (p->groups[i] == (u32)value)
				return true;
		return false;
	default:
		return true;
	}
}

/* One process, or each of its threads. */
static long out_process(struct freebsd_sysctl *req, struct exo_process *p, bool threads)
{
	struct freebsd_kinfo_proc ki;
	char name[sizeof(p->name)];
	i32 tids[256], pid = p->pid;
	long n, r = 0;

	if (!threads || p->state == 'Z') {
		fill(req->t, p, p->name, 0, &ki);
		return freebsd_sysctl_out(req, &ki, sizeof(ki));
	}
	fb_strlcpy(name, p->name, sizeof(name));
	n = exo_process_list(pid, tids, ARRAY_LEN(tids));
	for (long i = 0; i < MIN(n, (long)ARRAY_LEN(tids)) && r == 0; i++) {
		if (exo_process_info(pid, tids[i], p) < 0)
			continue;
		p->pid = pid; /* a thread's file calls itself by its own number */
		fill(req->t, p, name, tids[i], &ki);
		r = freebsd_sysctl_out(req, &ki, sizeof(ki));
	}
	return r;
}

/* argument: by what processes are chosen (KERN_PROC_*), KERN_PROC_INC_THREAD for threads */
long freebsd_sysctl_proc_list(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	u32 by = (u32)row->number & ~(u32)FREEBSD_KERN_PROC_INC_THREAD;
	bool threads = row->number & FREEBSD_KERN_PROC_INC_THREAD || by == FREEBSD_KERN_PROC_ALL;
	struct exo_process p;
	i32 *pids;
	long n, r = 0;

	if (by == FREEBSD_KERN_PROC_ALL	   ? req->nrest != 0
	    : by == FREEBSD_KERN_PROC_PROC ? req->nrest > 1
					   : req->nrest != 1)
		return -CORE_EINVAL;
	if (by == FREEBSD_KERN_PROC_PID) {
		r = req->rest[0] > 0 ? exo_process_info(req->rest[0], 0, &p) : -CORE_ESRCH;
		/* The number of a thread that is not its process's first names no process. */
		if (r == 0 && p.pid != req->rest[0])
			r = -CORE_ESRCH;
		return r < 0 ? r : out_process(req, &p, threads);
	}
	if (!req->old.addr)
		req->oldidx += SLACK * sizeof(struct freebsd_kinfo_proc);
	pids = exo_pages_alloc(LIST_MAX * sizeof(*pids));
	if (!pids)
		return -CORE_ENOMEM;
	n = exo_process_list(0, pids, LIST_MAX);
	for (long i = 0; i < MIN(n, (long)LIST_MAX) && r == 0; i++)
		if (exo_process_info(pids[i], 0, &p) == 0 &&
		    chosen(&p, by, req->nrest ? req->rest[0] : 0))
			r = out_process(req, &p, threads);
	exo_pages_free(pids, LIST_MAX * sizeof(*pids));
	return n < 0 ? n : r;
}

/* ---- terminals --------------------------------------------------------------------------------
 */

#define TERMINALS_MAX 256

/* Those that are some session's; what is in their queues the host does not tell. */
long freebsd_sysctl_terminals(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct exo_process p;
	u64 seen[TERMINALS_MAX];
	u32 count = 0, k;
	i32 *pids = exo_pages_alloc(LIST_MAX * sizeof(*pids));
	long n, r = 0;

	(void)row;
	if (!pids)
		return -CORE_ENOMEM;
	n = exo_process_list(0, pids, LIST_MAX);
	for (long i = 0; i < MIN(n, (long)LIST_MAX) && r == 0 && count < TERMINALS_MAX; i++) {
		struct freebsd_xtty x = {.xt_size = sizeof(x)};

		if (exo_process_info(pids[i], 0, &p) < 0 || !p.tty)
			continue;
		for (k = 0; k < count && seen[k] != p.tty;)
			k++;
		if (k < count)
			continue;
		seen[count++] = p.tty;
		x.xt_pgid = p.tty_pgid;
		x.xt_sid = p.sid;
		x.xt_dev = (u32)core_to_freebsd_dev(p.tty);
		r = freebsd_sysctl_out(req, &x, sizeof(x));
	}
	exo_pages_free(pids, LIST_MAX * sizeof(*pids));
	return r;
}
