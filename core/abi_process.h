/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_process.h: threads, processes, limits, clocks and scheduling in the
 * neutral ABI (linux/sched.h, linux/futex.h, linux/wait.h, linux/resource.h, linux/time.h).
 */
#ifndef FB_CORE_ABI_PROCESS_H
#define FB_CORE_ABI_PROCESS_H

#include "core/abi_types.h"

/* clone(2) flags (linux/sched.h). */
#define CORE_CSIGNAL		  0xff
#define CORE_CLONE_VM		  0x100
#define CORE_CLONE_FS		  0x200
#define CORE_CLONE_FILES	  0x400
#define CORE_CLONE_SIGHAND	  0x800
#define CORE_CLONE_PIDFD	  0x1000
#define CORE_CLONE_PTRACE	  0x2000
#define CORE_CLONE_VFORK	  0x4000
#define CORE_CLONE_PARENT	  0x8000
#define CORE_CLONE_THREAD	  0x10000
#define CORE_CLONE_NEWNS	  0x20000
#define CORE_CLONE_SYSVSEM	  0x40000
#define CORE_CLONE_SETTLS	  0x80000
#define CORE_CLONE_PARENT_SETTID  0x100000
#define CORE_CLONE_CHILD_CLEARTID 0x200000
#define CORE_CLONE_DETACHED	  0x400000
#define CORE_CLONE_UNTRACED	  0x800000
#define CORE_CLONE_CHILD_SETTID	  0x1000000
#define CORE_CLONE_NEWCGROUP	  0x2000000
#define CORE_CLONE_NEWUTS	  0x4000000
#define CORE_CLONE_NEWIPC	  0x8000000
#define CORE_CLONE_NEWUSER	  0x10000000
#define CORE_CLONE_NEWPID	  0x20000000
#define CORE_CLONE_NEWNET	  0x40000000
#define CORE_CLONE_IO		  0x80000000u
#define CORE_CLONE_CLEAR_SIGHAND  0x100000000
#define CORE_CLONE_INTO_CGROUP	  0x200000000

/* futex(2) operations (linux/futex.h). */
#define CORE_FUTEX_WAIT		    0
#define CORE_FUTEX_WAKE		    1
#define CORE_FUTEX_FD		    2
#define CORE_FUTEX_REQUEUE	    3
#define CORE_FUTEX_CMP_REQUEUE	    4
#define CORE_FUTEX_WAKE_OP	    5
#define CORE_FUTEX_LOCK_PI	    6
#define CORE_FUTEX_UNLOCK_PI	    7
#define CORE_FUTEX_TRYLOCK_PI	    8
#define CORE_FUTEX_WAIT_BITSET	    9
#define CORE_FUTEX_WAKE_BITSET	    10
#define CORE_FUTEX_LOCK_PI2	    13
#define CORE_FUTEX_PRIVATE_FLAG	    128
#define CORE_FUTEX_CLOCK_REALTIME   256
#define CORE_FUTEX_BITSET_MATCH_ANY 0xffffffffu
#define CORE_FUTEX_WAITERS	    0x80000000u
#define CORE_FUTEX_OWNER_DIED	    0x40000000
#define CORE_FUTEX_TID_MASK	    0x3fffffff

/* wait4(2), waitid(2). */
#define CORE_WNOHANG	0x1
#define CORE_WUNTRACED	0x2
#define CORE_WSTOPPED	0x2
#define CORE_WEXITED	0x4
#define CORE_WCONTINUED 0x8
#define CORE_WNOWAIT	0x1000000
#define CORE_WNOTHREAD	0x20000000
#define CORE_WALL	0x40000000
#define CORE_WCLONE	0x80000000u
#define CORE_P_ALL	0
#define CORE_P_PID	1
#define CORE_P_PGID	2
#define CORE_P_PIDFD	3

/* Clocks (linux/time.h) and timers. */
#define CORE_CLOCK_REALTIME	      0
#define CORE_CLOCK_MONOTONIC	      1
#define CORE_CLOCK_PROCESS_CPUTIME_ID 2
#define CORE_CLOCK_THREAD_CPUTIME_ID  3
#define CORE_CLOCK_MONOTONIC_RAW      4
#define CORE_CLOCK_REALTIME_COARSE    5
#define CORE_CLOCK_MONOTONIC_COARSE   6
#define CORE_CLOCK_BOOTTIME	      7
#define CORE_CLOCK_REALTIME_ALARM     8
#define CORE_CLOCK_BOOTTIME_ALARM     9
#define CORE_CLOCK_TAI		      11
#define CORE_TIMER_ABSTIME	      1
#define CORE_ITIMER_REAL	      0
#define CORE_ITIMER_VIRTUAL	      1
#define CORE_ITIMER_PROF	      2
#define CORE_TFD_TIMER_ABSTIME	      1
#define CORE_TFD_TIMER_CANCEL_ON_SET  2
#define CORE_TFD_CLOEXEC	      02000000
#define CORE_TFD_NONBLOCK	      04000

/* Resource limits (asm-generic/resource.h). */
#define CORE_RLIMIT_CPU	       0
#define CORE_RLIMIT_FSIZE      1
#define CORE_RLIMIT_DATA       2
#define CORE_RLIMIT_STACK      3
#define CORE_RLIMIT_CORE       4
#define CORE_RLIMIT_RSS	       5
#define CORE_RLIMIT_NPROC      6
#define CORE_RLIMIT_NOFILE     7
#define CORE_RLIMIT_MEMLOCK    8
#define CORE_RLIMIT_AS	       9
#define CORE_RLIMIT_LOCKS      10
#define CORE_RLIMIT_SIGPENDING 11
#define CORE_RLIMIT_MSGQUEUE   12
#define CORE_RLIMIT_NICE       13
#define CORE_RLIMIT_RTPRIO     14
#define CORE_RLIMIT_RTTIME     15
#define CORE_RLIM_NLIMITS      16
#define CORE_RUSAGE_SELF       0
#define CORE_RUSAGE_CHILDREN   (-1)
#define CORE_RUSAGE_THREAD     1
#define CORE_PRIO_PROCESS      0
#define CORE_PRIO_PGRP	       1
#define CORE_PRIO_USER	       2

/* Scheduling. */
#define CORE_SCHED_OTHER	 0
#define CORE_SCHED_FIFO		 1
#define CORE_SCHED_RR		 2
#define CORE_SCHED_BATCH	 3
#define CORE_SCHED_IDLE		 5
#define CORE_SCHED_DEADLINE	 6
#define CORE_SCHED_RESET_ON_FORK 0x40000000

/* prctl(2), arch_prctl(2) (asm/prctl.h). */
#define CORE_PR_SET_PDEATHSIG		  1
#define CORE_PR_GET_PDEATHSIG		  2
#define CORE_PR_GET_DUMPABLE		  3
#define CORE_PR_SET_DUMPABLE		  4
#define CORE_PR_SET_NAME		  15
#define CORE_PR_GET_NAME		  16
#define CORE_PR_GET_SECCOMP		  21
#define CORE_PR_SET_SECCOMP		  22
#define CORE_PR_SET_MM			  35
#define CORE_PR_SET_CHILD_SUBREAPER	  36
#define CORE_PR_GET_CHILD_SUBREAPER	  37
#define CORE_PR_SET_NO_NEW_PRIVS	  38
#define CORE_PR_GET_NO_NEW_PRIVS	  39
#define CORE_PR_SET_VMA			  0x53564d41
#define CORE_PR_SET_VMA_ANON_NAME	  0
#define CORE_PR_SET_SYSCALL_USER_DISPATCH 59
#define CORE_ARCH_SET_GS		  0x1001
#define CORE_ARCH_SET_FS		  0x1002
#define CORE_ARCH_GET_FS		  0x1003
#define CORE_ARCH_GET_GS		  0x1004
#define CORE_ARCH_GET_CPUID		  0x1011
#define CORE_ARCH_SET_CPUID		  0x1012

/* membarrier(2), kcmp(2), personality(2). */
#define CORE_MEMBARRIER_CMD_QUERY				 0
#define CORE_MEMBARRIER_CMD_GLOBAL				 1
#define CORE_MEMBARRIER_CMD_GLOBAL_EXPEDITED			 2
#define CORE_MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED		 4
#define CORE_MEMBARRIER_CMD_PRIVATE_EXPEDITED			 8
#define CORE_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED		 16
#define CORE_MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE		 32
#define CORE_MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE 64
#define CORE_KCMP_FILE						 0
#define CORE_KCMP_VM						 1
#define CORE_KCMP_FILES						 2
#define CORE_KCMP_FS						 3
#define CORE_KCMP_SIGHAND					 4
#define CORE_ADDR_NO_RANDOMIZE					 0x40000
#define CORE_READ_IMPLIES_EXEC					 0x400000

#define CORE_RLIM_INFINITY (~0ull)

/* The status word of wait4(2). */
#define CORE_W_EXITCODE(code)	  (((code)&0xff) << 8)
#define CORE_W_STOPCODE(sig)	  (((sig) << 8) | 0x7f)
#define CORE_W_COREFLAG		  0x80
#define CORE_W_CONTINUED	  0xffff
#define CORE_WTERMSIG(status)	  ((status)&0x7f)
#define CORE_WEXITSTATUS(status)  (((status) >> 8) & 0xff)
#define CORE_WSTOPSIG(status)	  CORE_WEXITSTATUS(status)
#define CORE_WIFEXITED(status)	  (CORE_WTERMSIG(status) == 0)
#define CORE_WIFSTOPPED(status)	  (((status)&0xff) == 0x7f)
#define CORE_WIFCONTINUED(status) ((status) == CORE_W_CONTINUED)
#define CORE_WIFSIGNALED(status)  ((i8)(CORE_WTERMSIG(status) + 1) >= 2)
#define CORE_SETPRIORITY_BIAS	  20 /* getpriority(2), the call, answers 20 - nice */

struct core_rlimit {
	u64 rlim_cur;
	u64 rlim_max;
};
SIZE_ASSERT(struct core_rlimit, 16);

struct core_rusage {
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
SIZE_ASSERT(struct core_rusage, 144);
OFFSET_ASSERT(struct core_rusage, ru_maxrss, 32);

struct core_tms {
	i64 tms_utime;
	i64 tms_stime;
	i64 tms_cutime;
	i64 tms_cstime;
};
SIZE_ASSERT(struct core_tms, 32);

struct core_clone_args {
	u64 flags;
	u64 pidfd;
	u64 child_tid;
	u64 parent_tid;
	u64 exit_signal;
	u64 stack;
	u64 stack_size;
	u64 tls;
	u64 set_tid;
	u64 set_tid_size;
	u64 cgroup;
};
SIZE_ASSERT(struct core_clone_args, 88);

struct core_robust_list {
	u64 next;
};

struct core_robust_list_head {
	struct core_robust_list list;
	i64 futex_offset;
	u64 list_op_pending;
};
SIZE_ASSERT(struct core_robust_list_head, 24);

struct core_sched_param {
	i32 sched_priority;
};
SIZE_ASSERT(struct core_sched_param, 4);

#define CORE_UTSNAME_LENGTH 65

struct core_utsname {
	char sysname[CORE_UTSNAME_LENGTH];
	char nodename[CORE_UTSNAME_LENGTH];
	char release[CORE_UTSNAME_LENGTH];
	char version[CORE_UTSNAME_LENGTH];
	char machine[CORE_UTSNAME_LENGTH];
	char domainname[CORE_UTSNAME_LENGTH];
};
SIZE_ASSERT(struct core_utsname, 390);

struct core_sysinfo {
	i64 uptime;
	u64 loads[3];
	u64 totalram;
	u64 freeram;
	u64 sharedram;
	u64 bufferram;
	u64 totalswap;
	u64 freeswap;
	u16 procs;
	u16 pad0;
	u64 totalhigh;
	u64 freehigh;
	u32 mem_unit;
	u32 pad1;
};
SIZE_ASSERT(struct core_sysinfo, 112);
OFFSET_ASSERT(struct core_sysinfo, totalhigh, 88);

#endif
