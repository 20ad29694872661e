/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_signal.h: signals in the neutral ABI (asm/signal.h, asm-generic/siginfo.h).
 *
 * A set of signals is a u64; signal n is bit n - 1.
 */
#ifndef FB_CORE_ABI_SIGNAL_H
#define FB_CORE_ABI_SIGNAL_H

#include "lib/base.h"

#define CORE_SIGMASK(sig) (1ull << ((sig)-1))

/* Signal numbers (asm/signal.h). CORE_SIGRTMIN is the kernel's; a libc may keep some for itself. */
#define CORE_SIGHUP    1
#define CORE_SIGINT    2
#define CORE_SIGQUIT   3
#define CORE_SIGILL    4
#define CORE_SIGTRAP   5
#define CORE_SIGABRT   6
#define CORE_SIGBUS    7
#define CORE_SIGFPE    8
#define CORE_SIGKILL   9
#define CORE_SIGUSR1   10
#define CORE_SIGSEGV   11
#define CORE_SIGUSR2   12
#define CORE_SIGPIPE   13
#define CORE_SIGALRM   14
#define CORE_SIGTERM   15
#define CORE_SIGSTKFLT 16
#define CORE_SIGCHLD   17
#define CORE_SIGCONT   18
#define CORE_SIGSTOP   19
#define CORE_SIGTSTP   20
#define CORE_SIGTTIN   21
#define CORE_SIGTTOU   22
#define CORE_SIGURG    23
#define CORE_SIGXCPU   24
#define CORE_SIGXFSZ   25
#define CORE_SIGVTALRM 26
#define CORE_SIGPROF   27
#define CORE_SIGWINCH  28
#define CORE_SIGIO     29
#define CORE_SIGPWR    30
#define CORE_SIGSYS    31
#define CORE_SIGRTMIN  32
#define CORE_SIGRTMAX  64

/* core_sigaction.sa_flags. */
#define CORE_SA_NOCLDSTOP 0x1
#define CORE_SA_NOCLDWAIT 0x2
#define CORE_SA_SIGINFO	  0x4
#define CORE_SA_RESTORER  0x4000000
#define CORE_SA_ONSTACK	  0x8000000
#define CORE_SA_RESTART	  0x10000000
#define CORE_SA_NODEFER	  0x40000000
#define CORE_SA_RESETHAND 0x80000000u

/* Handlers, rt_sigprocmask(2), sigaltstack(2). */
#define CORE_SIG_DFL	   0
#define CORE_SIG_IGN	   1
#define CORE_SIG_BLOCK	   0
#define CORE_SIG_UNBLOCK   1
#define CORE_SIG_SETMASK   2
#define CORE_SS_ONSTACK	   1
#define CORE_SS_DISABLE	   2
#define CORE_SS_AUTODISARM 0x80000000u
#define CORE_MINSIGSTKSZ   2048

/* si_code (asm-generic/siginfo.h). */
#define CORE_SI_USER	       0
#define CORE_SI_KERNEL	       128
#define CORE_SI_QUEUE	       (-1)
#define CORE_SI_TIMER	       (-2)
#define CORE_SI_MESGQ	       (-3)
#define CORE_SI_ASYNCIO	       (-4)
#define CORE_SI_SIGIO	       (-5)
#define CORE_SI_TKILL	       (-6)
#define CORE_SI_DETHREAD       (-7)
#define CORE_ILL_ILLOPC	       1
#define CORE_ILL_ILLOPN	       2
#define CORE_ILL_ILLADR	       3
#define CORE_ILL_ILLTRP	       4
#define CORE_ILL_PRVOPC	       5
#define CORE_ILL_PRVREG	       6
#define CORE_ILL_COPROC	       7
#define CORE_ILL_BADSTK	       8
#define CORE_FPE_INTDIV	       1
#define CORE_FPE_INTOVF	       2
#define CORE_FPE_FLTDIV	       3
#define CORE_FPE_FLTOVF	       4
#define CORE_FPE_FLTUND	       5
#define CORE_FPE_FLTRES	       6
#define CORE_FPE_FLTINV	       7
#define CORE_FPE_FLTSUB	       8
#define CORE_FPE_FLTUNK	       14
#define CORE_FPE_CONDTRAP      15
#define CORE_SEGV_MAPERR       1
#define CORE_SEGV_ACCERR       2
#define CORE_SEGV_BNDERR       3
#define CORE_SEGV_PKUERR       4
#define CORE_BUS_ADRALN	       1
#define CORE_BUS_ADRERR	       2
#define CORE_BUS_OBJERR	       3
#define CORE_BUS_MCEERR_AR     4
#define CORE_BUS_MCEERR_AO     5
#define CORE_TRAP_BRKPT	       1
#define CORE_TRAP_TRACE	       2
#define CORE_TRAP_BRANCH       3
#define CORE_TRAP_HWBKPT       4
#define CORE_TRAP_UNK	       5
#define CORE_TRAP_PERF	       6
#define CORE_CLD_EXITED	       1
#define CORE_CLD_KILLED	       2
#define CORE_CLD_DUMPED	       3
#define CORE_CLD_TRAPPED       4
#define CORE_CLD_STOPPED       5
#define CORE_CLD_CONTINUED     6
#define CORE_POLL_IN	       1
#define CORE_POLL_OUT	       2
#define CORE_POLL_MSG	       3
#define CORE_POLL_ERR	       4
#define CORE_POLL_PRI	       5
#define CORE_POLL_HUP	       6
#define CORE_SYS_SECCOMP       1
#define CORE_SYS_USER_DISPATCH 2

/* sigevent notification; signalfd4(2). */
#define CORE_SIGEV_SIGNAL    0
#define CORE_SIGEV_NONE	     1
#define CORE_SIGEV_THREAD    2
#define CORE_SIGEV_THREAD_ID 4
#define CORE_SFD_CLOEXEC     02000000
#define CORE_SFD_NONBLOCK    04000

/* As rt_sigaction(2) takes it: the kernel's layout, not a libc's. */
struct core_sigaction {
	u64 sa_handler;
	u64 sa_flags;
	u64 sa_restorer;
	u64 sa_mask;
};
SIZE_ASSERT(struct core_sigaction, 32);
OFFSET_ASSERT(struct core_sigaction, sa_mask, 24);

struct core_stack {
	u64 ss_sp;
	i32 ss_flags;
	i32 pad0;
	u64 ss_size;
};
SIZE_ASSERT(struct core_stack, 24);
OFFSET_ASSERT(struct core_stack, ss_size, 16);

union core_sigval {
	i32 sival_int;
	u64 sival_ptr;
};
SIZE_ASSERT(union core_sigval, 8);

struct core_siginfo {
	i32 si_signo;
	i32 si_errno;
	i32 si_code;
	i32 pad0;
	union {
		/* SI_USER, SI_TKILL, SI_QUEUE (which alone has a value) */
		struct {
			i32 pid;
			u32 uid;
			union core_sigval value;
		} kill;
		/* SI_TIMER */
		struct {
			i32 tid;
			i32 overrun;
			union core_sigval value;
		} timer;
		/* CORE_SIGCHLD */
		struct {
			i32 pid;
			u32 uid;
			i32 status;
			i32 pad0;
			i64 utime;
			i64 stime;
		} chld;
		/* CORE_SIGILL, SIGFPE, SIGSEGV, SIGBUS, SIGTRAP */
		struct {
			u64 addr;
			i16 addr_lsb;
			i16 pad0[3];
			u64 lower;
			u64 upper;
		} fault;
		/* CORE_SIGIO */
		struct {
			i64 band;
			i32 fd;
		} poll;
		/* CORE_SIGSYS */
		struct {
			u64 call_addr;
			i32 syscall;
			u32 arch;
		} sys;
		u8 bytes[112];
	};
};
SIZE_ASSERT(struct core_siginfo, 128);
OFFSET_ASSERT(struct core_siginfo, kill.pid, 16);
OFFSET_ASSERT(struct core_siginfo, kill.value, 24);
OFFSET_ASSERT(struct core_siginfo, timer.value, 24);
OFFSET_ASSERT(struct core_siginfo, chld.status, 24);
OFFSET_ASSERT(struct core_siginfo, chld.utime, 32);
OFFSET_ASSERT(struct core_siginfo, fault.lower, 32);
OFFSET_ASSERT(struct core_siginfo, poll.fd, 24);
OFFSET_ASSERT(struct core_siginfo, sys.arch, 28);

struct core_sigevent {
	union core_sigval sigev_value;
	i32 sigev_signo;
	i32 sigev_notify;
	i32 sigev_tid; /* of CORE_SIGEV_THREAD_ID */
	i32 pad0[11];
};
SIZE_ASSERT(struct core_sigevent, 64);

/* What a signalfd gives to read(2) (linux/signalfd.h). */
struct core_signalfd_siginfo {
	u32 ssi_signo;
	i32 ssi_errno;
	i32 ssi_code;
	u32 ssi_pid;
	u32 ssi_uid;
	i32 ssi_fd;
	u32 ssi_tid;
	u32 ssi_band;
	u32 ssi_overrun;
	u32 ssi_trapno;
	i32 ssi_status;
	i32 ssi_int;
	u64 ssi_ptr;
	u64 ssi_utime;
	u64 ssi_stime;
	u64 ssi_addr;
	u16 ssi_addr_lsb;
	u8 pad0[46];
};
SIZE_ASSERT(struct core_signalfd_siginfo, 128);
OFFSET_ASSERT(struct core_signalfd_siginfo, ssi_ptr, 48);

#endif
