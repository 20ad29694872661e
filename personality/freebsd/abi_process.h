/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_process.h: processes, threads, limits, clocks and scheduling,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/wait.h, sys/unistd.h,
 * sys/procdesc.h, sys/procctl.h, sys/resource.h, sys/_clock_id.h, sys/time.h, sys/thr.h,
 * sys/cpuset.h, sys/domainset.h, sys/rtprio.h, sys/random.h, sys/eventfd.h, sys/jail.h,
 * sys/utsname.h.
 */
#ifndef FB_FREEBSD_ABI_PROCESS_H
#define FB_FREEBSD_ABI_PROCESS_H

#include "core/abi_types.h"

/* wait4(2), wait6(2), wait status (sys/wait.h) */
#define FREEBSD_WNOHANG	    0x1
#define FREEBSD_WUNTRACED   0x2
#define FREEBSD_WSTOPPED    0x2
#define FREEBSD_WCONTINUED  0x4
#define FREEBSD_WNOWAIT	    0x8
#define FREEBSD_WEXITED	    0x10
#define FREEBSD_WTRAPPED    0x20
#define FREEBSD_WLINUXCLONE 0x80000000u

/* rfork(2) (sys/unistd.h) */
#define FREEBSD_RFNAMEG	     0x1
#define FREEBSD_RFENVG	     0x2
#define FREEBSD_RFFDG	     0x4
#define FREEBSD_RFNOTEG	     0x8
#define FREEBSD_RFPROC	     0x10
#define FREEBSD_RFMEM	     0x20
#define FREEBSD_RFNOWAIT     0x40
#define FREEBSD_RFCNAMEG     0x400
#define FREEBSD_RFCENVG	     0x800
#define FREEBSD_RFCFDG	     0x1000
#define FREEBSD_RFTHREAD     0x2000
#define FREEBSD_RFSIGSHARE   0x4000
#define FREEBSD_RFLINUXTHPN  0x10000
#define FREEBSD_RFSTOPPED    0x20000
#define FREEBSD_RFHIGHPID    0x40000
#define FREEBSD_RFTSIGZMB    0x80000
#define FREEBSD_RFTSIGSHIFT  0x14
#define FREEBSD_RFTSIGMASK   0xff
#define FREEBSD_RFPROCDESC   0x10000000
#define FREEBSD_RFPPWAIT     0x80000000u
#define FREEBSD_RFSPAWN	     0x80000000u
#define FREEBSD_RFFLAGS	     0x900f7074u
#define FREEBSD_RFKERNELONLY 0x10060000

/* pdfork(2) (sys/procdesc.h) */
#define FREEBSD_PD_DAEMON	   0x1
#define FREEBSD_PD_CLOEXEC	   0x2
#define FREEBSD_PD_ALLOWED_AT_FORK 0x3

/* procctl(2) (sys/procctl.h) */
#define FREEBSD_PROC_PROCCTL_MD_MIN	       0x10000000
#define FREEBSD_PROC_SPROTECT		       0x1
#define FREEBSD_PROC_REAP_ACQUIRE	       0x2
#define FREEBSD_PROC_REAP_RELEASE	       0x3
#define FREEBSD_PROC_REAP_STATUS	       0x4
#define FREEBSD_PROC_REAP_GETPIDS	       0x5
#define FREEBSD_PROC_REAP_KILL		       0x6
#define FREEBSD_PROC_TRACE_CTL		       0x7
#define FREEBSD_PROC_TRACE_STATUS	       0x8
#define FREEBSD_PROC_TRAPCAP_CTL	       0x9
#define FREEBSD_PROC_TRAPCAP_STATUS	       0xa
#define FREEBSD_PROC_PDEATHSIG_CTL	       0xb
#define FREEBSD_PROC_PDEATHSIG_STATUS	       0xc
#define FREEBSD_PROC_ASLR_CTL		       0xd
#define FREEBSD_PROC_ASLR_STATUS	       0xe
#define FREEBSD_PROC_PROTMAX_CTL	       0xf
#define FREEBSD_PROC_PROTMAX_STATUS	       0x10
#define FREEBSD_PROC_STACKGAP_CTL	       0x11
#define FREEBSD_PROC_STACKGAP_STATUS	       0x12
#define FREEBSD_PROC_NO_NEW_PRIVS_CTL	       0x13
#define FREEBSD_PROC_NO_NEW_PRIVS_STATUS       0x14
#define FREEBSD_PROC_WXMAP_CTL		       0x15
#define FREEBSD_PROC_WXMAP_STATUS	       0x16
#define FREEBSD_PROC_TRACE_CTL_ENABLE	       0x1
#define FREEBSD_PROC_TRACE_CTL_DISABLE	       0x2
#define FREEBSD_PROC_TRACE_CTL_DISABLE_EXEC    0x3
#define FREEBSD_PROC_TRAPCAP_CTL_ENABLE	       0x1
#define FREEBSD_PROC_TRAPCAP_CTL_DISABLE       0x2
#define FREEBSD_PROC_ASLR_FORCE_ENABLE	       0x1
#define FREEBSD_PROC_ASLR_FORCE_DISABLE	       0x2
#define FREEBSD_PROC_ASLR_NOFORCE	       0x3
#define FREEBSD_PROC_ASLR_ACTIVE	       0x80000000u
#define FREEBSD_PROC_PROTMAX_FORCE_ENABLE      0x1
#define FREEBSD_PROC_PROTMAX_FORCE_DISABLE     0x2
#define FREEBSD_PROC_PROTMAX_NOFORCE	       0x3
#define FREEBSD_PROC_PROTMAX_ACTIVE	       0x80000000u
#define FREEBSD_PROC_STACKGAP_ENABLE	       0x1
#define FREEBSD_PROC_STACKGAP_DISABLE	       0x2
#define FREEBSD_PROC_STACKGAP_ENABLE_EXEC      0x4
#define FREEBSD_PROC_STACKGAP_DISABLE_EXEC     0x8
#define FREEBSD_PROC_NO_NEW_PRIVS_ENABLE       0x1
#define FREEBSD_PROC_NO_NEW_PRIVS_DISABLE      0x2
#define FREEBSD_PROC_WX_MAPPINGS_PERMIT	       0x1
#define FREEBSD_PROC_WX_MAPPINGS_DISALLOW_EXEC 0x2
#define FREEBSD_PROC_WXORX_ENFORCE	       0x80000000u

/* Resource limits and usage (sys/resource.h) */
#define FREEBSD_PRIO_MIN	    (-20)
#define FREEBSD_PRIO_MAX	    20
#define FREEBSD_PRIO_PROCESS	    0
#define FREEBSD_PRIO_PGRP	    1
#define FREEBSD_PRIO_USER	    2
#define FREEBSD_RUSAGE_SELF	    0
#define FREEBSD_RUSAGE_CHILDREN	    (-1)
#define FREEBSD_RUSAGE_THREAD	    1
#define FREEBSD_GETRLIMITUSAGE_EUID 1
#define FREEBSD_RLIMIT_CPU	    0
#define FREEBSD_RLIMIT_FSIZE	    1
#define FREEBSD_RLIMIT_DATA	    2
#define FREEBSD_RLIMIT_STACK	    3
#define FREEBSD_RLIMIT_CORE	    4
#define FREEBSD_RLIMIT_RSS	    5
#define FREEBSD_RLIMIT_MEMLOCK	    6
#define FREEBSD_RLIMIT_NPROC	    7
#define FREEBSD_RLIMIT_NOFILE	    8
#define FREEBSD_RLIMIT_SBSIZE	    9
#define FREEBSD_RLIMIT_VMEM	    10
#define FREEBSD_RLIMIT_AS	    10
#define FREEBSD_RLIMIT_NPTS	    11
#define FREEBSD_RLIMIT_SWAP	    12
#define FREEBSD_RLIMIT_KQUEUES	    13
#define FREEBSD_RLIMIT_UMTXP	    14
#define FREEBSD_RLIM_NLIMITS	    15
#define FREEBSD_RLIM_INFINITY	    0x7fffffffffffffffll

/* Clocks (sys/_clock_id.h) */
#define FREEBSD_CLOCK_REALTIME		 0
#define FREEBSD_CLOCK_VIRTUAL		 1
#define FREEBSD_CLOCK_PROF		 2
#define FREEBSD_CLOCK_MONOTONIC		 4
#define FREEBSD_CLOCK_UPTIME_FAST	 8
#define FREEBSD_CLOCK_UPTIME		 5
#define FREEBSD_CLOCK_UPTIME_PRECISE	 7
#define FREEBSD_CLOCK_REALTIME_PRECISE	 9
#define FREEBSD_CLOCK_REALTIME_FAST	 10
#define FREEBSD_CLOCK_MONOTONIC_PRECISE	 11
#define FREEBSD_CLOCK_MONOTONIC_FAST	 12
#define FREEBSD_CLOCK_SECOND		 13
#define FREEBSD_CLOCK_THREAD_CPUTIME_ID	 14
#define FREEBSD_CLOCK_PROCESS_CPUTIME_ID 15
#define FREEBSD_CLOCK_BOOTTIME		 5
#define FREEBSD_CLOCK_REALTIME_COARSE	 10
#define FREEBSD_CLOCK_MONOTONIC_COARSE	 12
#define FREEBSD_TIMER_RELTIME		 0
#define FREEBSD_TIMER_ABSTIME		 1

/* Interval timers, TIMER_ABSTIME, clock_getcpuclockid2(2) (sys/time.h) */
#define FREEBSD_ITIMER_REAL    0
#define FREEBSD_ITIMER_VIRTUAL 1
#define FREEBSD_ITIMER_PROF    2
/* Ticks a second (kern.clockrate): the default of sys/kern/subr_param.c. */
#define FREEBSD_HZ 1000

#define FREEBSD_CPUCLOCK_WHICH_PID 0
#define FREEBSD_CPUCLOCK_WHICH_TID 1

/* thr_new(2) (sys/thr.h) */
#define FREEBSD_THR_SUSPENDED	 0x1
#define FREEBSD_THR_SYSTEM_SCOPE 0x2

/* cpuset(2) (sys/cpuset.h) */
#define FREEBSD_CPU_LEVEL_ROOT	      1
#define FREEBSD_CPU_LEVEL_CPUSET      2
#define FREEBSD_CPU_LEVEL_WHICH	      3
#define FREEBSD_CPU_WHICH_TID	      1
#define FREEBSD_CPU_WHICH_PID	      2
#define FREEBSD_CPU_WHICH_CPUSET      3
#define FREEBSD_CPU_WHICH_IRQ	      4
#define FREEBSD_CPU_WHICH_JAIL	      5
#define FREEBSD_CPU_WHICH_DOMAIN      6
#define FREEBSD_CPU_WHICH_INTRHANDLER 7
#define FREEBSD_CPU_WHICH_ITHREAD     8
#define FREEBSD_CPU_WHICH_TIDPID      9
#define FREEBSD_CPU_MAXSIZE	      1024

/* Memory domains (sys/domainset.h) */
#define FREEBSD_DOMAINSET_POLICY_INVALID    0
#define FREEBSD_DOMAINSET_POLICY_ROUNDROBIN 1
#define FREEBSD_DOMAINSET_POLICY_FIRSTTOUCH 2
#define FREEBSD_DOMAINSET_POLICY_PREFER	    3
#define FREEBSD_DOMAINSET_POLICY_INTERLEAVE 4
#define FREEBSD_DOMAINSET_POLICY_MAX	    4

/* rtprio(2) (sys/rtprio.h) */
#define FREEBSD_RTP_PRIO_ITHD	  1
#define FREEBSD_RTP_PRIO_REALTIME 2
#define FREEBSD_RTP_PRIO_NORMAL	  3
#define FREEBSD_RTP_PRIO_IDLE	  4
#define FREEBSD_RTP_PRIO_FIFO_BIT 8
#define FREEBSD_RTP_PRIO_FIFO	  10
#define FREEBSD_RTP_PRIO_MIN	  0
#define FREEBSD_RTP_PRIO_MAX	  31
#define FREEBSD_RTP_LOOKUP	  0
#define FREEBSD_RTP_SET		  1

/* getrandom(2) (sys/random.h) */
#define FREEBSD_GRND_NONBLOCK 0x1
#define FREEBSD_GRND_RANDOM   0x2
#define FREEBSD_GRND_INSECURE 0x4

/* __specialfd(2), eventfd(2) (sys/eventfd.h) */
#define FREEBSD_EFD_SEMAPHORE 0x1
#define FREEBSD_EFD_NONBLOCK  0x4
#define FREEBSD_EFD_CLOEXEC   0x100000

/* inotify(2) (sys/inotify.h of FreeBSD 15): the flags of a descriptor, the bits of a watch. */
#define FREEBSD_IN_NONBLOCK    0x4
#define FREEBSD_IN_CLOEXEC     0x100000
#define FREEBSD_IN_ALL_EVENTS  0xfff
#define FREEBSD_IN_UNMOUNT     0x2000
#define FREEBSD_IN_ONLYDIR     0x1000000
#define FREEBSD_IN_DONT_FOLLOW 0x2000000
#define FREEBSD_IN_EXCL_UNLINK 0x4000000
#define FREEBSD_IN_MASK_CREATE 0x10000000
#define FREEBSD_IN_MASK_ADD    0x20000000
#define FREEBSD_IN_ONESHOT     0x80000000u

/* exterrctl(2) (sys/exterrvar.h of FreeBSD 15) */
#define FREEBSD_EXTERRCTL_ENABLE  1
#define FREEBSD_EXTERRCTL_DISABLE 2
#define FREEBSD_EXTERRCTLF_FORCE  0x1
#define FREEBSD_UEXTERROR_VER	  0x10010002

/* jail(2) (sys/jail.h) */
#define FREEBSD_JAIL_CREATE	 0x1
#define FREEBSD_JAIL_UPDATE	 0x2
#define FREEBSD_JAIL_ATTACH	 0x4
#define FREEBSD_JAIL_DYING	 0x8
#define FREEBSD_JAIL_SYS_DISABLE 0x0
#define FREEBSD_JAIL_SYS_NEW	 0x1
#define FREEBSD_JAIL_SYS_INHERIT 0x2

/* utsname (sys/utsname.h) */
#define FREEBSD_SYS_NMLN 256

/* idtype_t of wait6(2) and procctl(2) (sys/wait.h). */
#define FREEBSD_P_PID	 0
#define FREEBSD_P_PPID	 1
#define FREEBSD_P_PGID	 2
#define FREEBSD_P_SID	 3
#define FREEBSD_P_CID	 4
#define FREEBSD_P_UID	 5
#define FREEBSD_P_GID	 6
#define FREEBSD_P_ALL	 7
#define FREEBSD_P_LWPID	 8
#define FREEBSD_P_TASKID 9
#define FREEBSD_P_PROJID 10
#define FREEBSD_P_POOLID 11
#define FREEBSD_P_JAILID 12
#define FREEBSD_P_CTID	 13
#define FREEBSD_P_CPUID	 14
#define FREEBSD_P_PSETID 15

/* Scheduling policies (sys/sched.h); priorities run from 0 to 31. */
#define FREEBSD_SCHED_FIFO	   1
#define FREEBSD_SCHED_OTHER	   2
#define FREEBSD_SCHED_RR	   3
#define FREEBSD_SCHED_PRIORITY_MIN 0
#define FREEBSD_SCHED_PRIORITY_MAX 31
#define FREEBSD_SCHED_OTHER_MAX	   103 /* PRI_MAX_TIMESHARE - PRI_MIN_TIMESHARE, sys/priority.h */

/* membarrier(2) commands are bits (sys/membarrier.h). */
#define FREEBSD_MEMBARRIER_CMD_QUERY				    0x0
#define FREEBSD_MEMBARRIER_CMD_GLOBAL				    0x1
#define FREEBSD_MEMBARRIER_CMD_GLOBAL_EXPEDITED			    0x2
#define FREEBSD_MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED	    0x4
#define FREEBSD_MEMBARRIER_CMD_PRIVATE_EXPEDITED		    0x8
#define FREEBSD_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED	    0x10
#define FREEBSD_MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE	    0x20
#define FREEBSD_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE 0x40

#define FREEBSD_SPECIALFD_EVENTFD 1
#define FREEBSD_SPECIALFD_INOTIFY 2

/* kcmp(2) (sys/unistd.h). */
#define FREEBSD_KCMP_FILE    100
#define FREEBSD_KCMP_FILEOBJ 101
#define FREEBSD_KCMP_FILES   102
#define FREEBSD_KCMP_SIGHAND 103
#define FREEBSD_KCMP_VM	     104

/* timerfd_create(2), timerfd_settime(2) of FreeBSD 14 (sys/timerfd.h). */
#define FREEBSD_TFD_NONBLOCK		0x4
#define FREEBSD_TFD_CLOEXEC		0x100000
#define FREEBSD_TFD_TIMER_ABSTIME	1
#define FREEBSD_TFD_TIMER_CANCEL_ON_SET 2

/* The status word of wait4(2); a number in it is a FreeBSD signal. */
#define FREEBSD_W_EXITCODE(code) (((code)&0xff) << 8)
#define FREEBSD_W_STOPCODE(sig)	 (((sig) << 8) | 0x7f)
#define FREEBSD_W_COREFLAG	 0x80
#define FREEBSD_W_CONTINUED	 0x13 /* the number of SIGCONT, in the low byte */

struct freebsd_rusage {
	struct core_timeval ru_utime;
	struct core_timeval ru_stime;
	i64 ru_maxrss; /* KiB */
	i64 ru_ixrss;
	i64 ru_idrss;
	i64 ru_isrss;
	i64 ru_minflt;
	i64 ru_majflt;
	i64 ru_nswap;
	i64 ru_inblock;
	i64 ru_oublock;
	i64 ru_msgsnd;
	i64 ru_msgrcv;
	i64 ru_nsignals;
	i64 ru_nvcsw;
	i64 ru_nivcsw;
};
SIZE_ASSERT(struct freebsd_rusage, 144);

struct freebsd_wrusage {
	struct freebsd_rusage wru_self;
	struct freebsd_rusage wru_children;
};
SIZE_ASSERT(struct freebsd_wrusage, 288);

struct freebsd_rlimit {
	i64 rlim_cur;
	i64 rlim_max;
};
SIZE_ASSERT(struct freebsd_rlimit, 16);

struct freebsd_thr_param {
	u64 start_func;
	u64 arg;
	u64 stack_base;
	u64 stack_size;
	u64 tls_base;
	u64 tls_size;
	u64 child_tid;	/* address of a long */
	u64 parent_tid; /* address of a long */
	i32 flags;
	i32 pad0;
	u64 rtp; /* address of a freebsd_rtprio */
	u64 spare[3];
};
SIZE_ASSERT(struct freebsd_thr_param, 104);
OFFSET_ASSERT(struct freebsd_thr_param, flags, 64);
OFFSET_ASSERT(struct freebsd_thr_param, rtp, 72);

struct freebsd_rtprio {
	u16 type;
	u16 prio;
};
SIZE_ASSERT(struct freebsd_rtprio, 4);

struct freebsd_specialfd_eventfd {
	u32 initval;
	i32 flags;
};
SIZE_ASSERT(struct freebsd_specialfd_eventfd, 8);

struct freebsd_specialfd_inotify {
	i32 flags;
};
SIZE_ASSERT(struct freebsd_specialfd_inotify, 4);

struct freebsd_reaper_status {
	u32 rs_flags;
	u32 rs_children;
	u32 rs_descendants;
	i32 rs_reaper;
	i32 rs_pid;
	u32 pad0[15];
};
SIZE_ASSERT(struct freebsd_reaper_status, 80);

struct freebsd_reaper_pidinfo {
	i32 pi_pid;
	i32 pi_subtree;
	u32 pi_flags;
	u32 pad0[15];
};
SIZE_ASSERT(struct freebsd_reaper_pidinfo, 72);

struct freebsd_reaper_pids {
	u32 rp_count;
	u32 pad0[15];
	u64 rp_pids;
};
SIZE_ASSERT(struct freebsd_reaper_pids, 72);

struct freebsd_reaper_kill {
	i32 rk_sig;
	u32 rk_flags;
	i32 rk_subtree;
	u32 rk_killed;
	i32 rk_fpid;
	u32 pad0[15];
};
SIZE_ASSERT(struct freebsd_reaper_kill, 80);

struct freebsd_utsname {
	char sysname[FREEBSD_SYS_NMLN];
	char nodename[FREEBSD_SYS_NMLN];
	char release[FREEBSD_SYS_NMLN];
	char version[FREEBSD_SYS_NMLN];
	char machine[FREEBSD_SYS_NMLN];
};
SIZE_ASSERT(struct freebsd_utsname, 1280);

#endif
