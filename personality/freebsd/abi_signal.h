/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_signal.h: signals and machine contexts,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/signal.h, x86/ucontext.h,
 * x86/trap.h, sys/signalvar.h.
 */
#ifndef FB_FREEBSD_ABI_SIGNAL_H
#define FB_FREEBSD_ABI_SIGNAL_H

#include "core/abi_types.h"

/* Signals (sys/signal.h) */
#define FREEBSD_SIGHUP	  1
#define FREEBSD_SIGINT	  2
#define FREEBSD_SIGQUIT	  3
#define FREEBSD_SIGILL	  4
#define FREEBSD_SIGTRAP	  5
#define FREEBSD_SIGABRT	  6
#define FREEBSD_SIGEMT	  7
#define FREEBSD_SIGFPE	  8
#define FREEBSD_SIGKILL	  9
#define FREEBSD_SIGBUS	  10
#define FREEBSD_SIGSEGV	  11
#define FREEBSD_SIGSYS	  12
#define FREEBSD_SIGPIPE	  13
#define FREEBSD_SIGALRM	  14
#define FREEBSD_SIGTERM	  15
#define FREEBSD_SIGURG	  16
#define FREEBSD_SIGSTOP	  17
#define FREEBSD_SIGTSTP	  18
#define FREEBSD_SIGCONT	  19
#define FREEBSD_SIGCHLD	  20
#define FREEBSD_SIGTTIN	  21
#define FREEBSD_SIGTTOU	  22
#define FREEBSD_SIGIO	  23
#define FREEBSD_SIGXCPU	  24
#define FREEBSD_SIGXFSZ	  25
#define FREEBSD_SIGVTALRM 26
#define FREEBSD_SIGPROF	  27
#define FREEBSD_SIGWINCH  28
#define FREEBSD_SIGINFO	  29
#define FREEBSD_SIGUSR1	  30
#define FREEBSD_SIGUSR2	  31
#define FREEBSD_SIGTHR	  32
#define FREEBSD_SIGLIBRT  33
#define FREEBSD_SIGRTMIN  65
#define FREEBSD_SIGRTMAX  126

/* sigaction(2), sigaltstack(2), sigprocmask(2) (sys/signal.h) */
#define FREEBSD_SIGEV_NONE	0x0
#define FREEBSD_SIGEV_SIGNAL	0x1
#define FREEBSD_SIGEV_THREAD	0x2
#define FREEBSD_SIGEV_KEVENT	0x3
#define FREEBSD_SIGEV_THREAD_ID 0x4
#define FREEBSD_SA_NOCLDSTOP	0x8
#define FREEBSD_SA_ONSTACK	0x1
#define FREEBSD_SA_RESTART	0x2
#define FREEBSD_SA_RESETHAND	0x4
#define FREEBSD_SA_NODEFER	0x10
#define FREEBSD_SA_NOCLDWAIT	0x20
#define FREEBSD_SA_SIGINFO	0x40
#define FREEBSD_SS_ONSTACK	0x1
#define FREEBSD_SS_DISABLE	0x4
#define FREEBSD_MINSIGSTKSZ	0x800
#define FREEBSD_SIG_BLOCK	0x1
#define FREEBSD_SIG_UNBLOCK	0x2
#define FREEBSD_SIG_SETMASK	0x3

/* si_code (sys/signal.h) */
#define FREEBSD_ILL_ILLOPC    0x1
#define FREEBSD_ILL_ILLOPN    0x2
#define FREEBSD_ILL_ILLADR    0x3
#define FREEBSD_ILL_ILLTRP    0x4
#define FREEBSD_ILL_PRVOPC    0x5
#define FREEBSD_ILL_PRVREG    0x6
#define FREEBSD_ILL_COPROC    0x7
#define FREEBSD_ILL_BADSTK    0x8
#define FREEBSD_BUS_ADRALN    0x1
#define FREEBSD_BUS_ADRERR    0x2
#define FREEBSD_BUS_OBJERR    0x3
#define FREEBSD_BUS_OOMERR    0x64
#define FREEBSD_SEGV_MAPERR   0x1
#define FREEBSD_SEGV_ACCERR   0x2
#define FREEBSD_SEGV_PKUERR   0x64
#define FREEBSD_FPE_INTOVF    0x1
#define FREEBSD_FPE_INTDIV    0x2
#define FREEBSD_FPE_FLTDIV    0x3
#define FREEBSD_FPE_FLTOVF    0x4
#define FREEBSD_FPE_FLTUND    0x5
#define FREEBSD_FPE_FLTRES    0x6
#define FREEBSD_FPE_FLTINV    0x7
#define FREEBSD_FPE_FLTSUB    0x8
#define FREEBSD_FPE_FLTIDO    0x9
#define FREEBSD_TRAP_BRKPT    0x1
#define FREEBSD_TRAP_TRACE    0x2
#define FREEBSD_TRAP_DTRACE   0x3
#define FREEBSD_TRAP_CAP      0x4
#define FREEBSD_CLD_EXITED    0x1
#define FREEBSD_CLD_KILLED    0x2
#define FREEBSD_CLD_DUMPED    0x3
#define FREEBSD_CLD_TRAPPED   0x4
#define FREEBSD_CLD_STOPPED   0x5
#define FREEBSD_CLD_CONTINUED 0x6
#define FREEBSD_POLL_IN	      0x1
#define FREEBSD_POLL_OUT      0x2
#define FREEBSD_POLL_MSG      0x3
#define FREEBSD_POLL_ERR      0x4
#define FREEBSD_POLL_PRI      0x5
#define FREEBSD_POLL_HUP      0x6
#define FREEBSD_SI_NOINFO     0x0
#define FREEBSD_SI_USER	      0x10001
#define FREEBSD_SI_QUEUE      0x10002
#define FREEBSD_SI_TIMER      0x10003
#define FREEBSD_SI_ASYNCIO    0x10004
#define FREEBSD_SI_MESGQ      0x10005
#define FREEBSD_SI_KERNEL     0x10006
#define FREEBSD_SI_LWP	      0x10007
#define FREEBSD_SI_UNDEFINED  0x0

/* mcontext, machine-dependent (x86/ucontext.h) */
#define FREEBSD_MC_HASSEGS	0x1
#define FREEBSD_MC_HASBASES	0x2
#define FREEBSD_MC_HASFPXSTATE	0x4
#define FREEBSD_MC_FLAG_MASK	0x7
#define FREEBSD_MC_FPFMT_NODEV	0x10000
#define FREEBSD_MC_FPFMT_XMM	0x10002
#define FREEBSD_MC_FPOWNED_NONE 0x20000
#define FREEBSD_MC_FPOWNED_FPU	0x20001
#define FREEBSD_MC_FPOWNED_PCB	0x20002

/* Trap numbers in si_trapno and mc_trapno (x86/trap.h) */
#define FREEBSD_T_PRIVINFLT  1
#define FREEBSD_T_BPTFLT     3
#define FREEBSD_T_ARITHTRAP  6
#define FREEBSD_T_PROTFLT    9
#define FREEBSD_T_TRCTRAP    10
#define FREEBSD_T_PAGEFLT    12
#define FREEBSD_T_ALIGNFLT   14
#define FREEBSD_T_DIVIDE     18
#define FREEBSD_T_NMI	     19
#define FREEBSD_T_OFLOW	     20
#define FREEBSD_T_BOUND	     21
#define FREEBSD_T_DNA	     22
#define FREEBSD_T_DOUBLEFLT  23
#define FREEBSD_T_FPOPFLT    24
#define FREEBSD_T_TSSFLT     25
#define FREEBSD_T_SEGNPFLT   26
#define FREEBSD_T_STKFLT     27
#define FREEBSD_T_MCHK	     28
#define FREEBSD_T_XMMFLT     29
#define FREEBSD_T_RESERVED   30
#define FREEBSD_T_DTRACE_RET 32

/* sigfastblock(2) (sys/signalvar.h) */
#define FREEBSD_SIGFASTBLOCK_SETPTR   0x1
#define FREEBSD_SIGFASTBLOCK_UNBLOCK  0x2
#define FREEBSD_SIGFASTBLOCK_UNSETPTR 0x3
#define FREEBSD_SIGFASTBLOCK_PEND     0x1
#define FREEBSD_SIGFASTBLOCK_FLAGS    0xf
#define FREEBSD_SIGFASTBLOCK_INC      0x10

#define FREEBSD_SIG_MAXSIG 128

/* Signal n is bit (n - 1) % 32 of word (n - 1) / 32. */
struct freebsd_sigset {
	u32 bits[4];
};
SIZE_ASSERT(struct freebsd_sigset, 16);

struct freebsd_sigaction {
	u64 sa_handler;
	i32 sa_flags;
	struct freebsd_sigset sa_mask;
	u32 pad0;
};
SIZE_ASSERT(struct freebsd_sigaction, 32);
OFFSET_ASSERT(struct freebsd_sigaction, sa_mask, 12);

struct freebsd_stack {
	u64 ss_sp;
	u64 ss_size;
	i32 ss_flags;
	i32 pad0;
};
SIZE_ASSERT(struct freebsd_stack, 24);
OFFSET_ASSERT(struct freebsd_stack, ss_flags, 16);

union freebsd_sigval {
	i32 sival_int;
	u64 sival_ptr;
};

struct freebsd_siginfo {
	i32 si_signo;
	i32 si_errno;
	i32 si_code;
	i32 si_pid;
	u32 si_uid;
	i32 si_status;
	u64 si_addr;
	union freebsd_sigval si_value;
	union {
		struct {
			i32 trapno;
		} fault;
		struct {
			i32 timerid;
			i32 overrun;
		} timer;
		struct {
			i32 mqd;
		} mesgq;
		struct {
			i64 band;
		} poll;
		struct {
			i32 syscall;
		} capsicum;
		u64 spare[5];
	} reason;
};
SIZE_ASSERT(struct freebsd_siginfo, 80);
OFFSET_ASSERT(struct freebsd_siginfo, si_addr, 24);
OFFSET_ASSERT(struct freebsd_siginfo, si_value, 32);
OFFSET_ASSERT(struct freebsd_siginfo, reason, 40);

struct freebsd_sigevent {
	i32 sigev_notify;
	i32 sigev_signo; /* the kqueue's descriptor for FREEBSD_SIGEV_KEVENT */
	union freebsd_sigval sigev_value;
	union {
		i32 threadid;
		u16 kevent_flags;
		u64 spare[8];
	} un;
};
SIZE_ASSERT(struct freebsd_sigevent, 80);
OFFSET_ASSERT(struct freebsd_sigevent, un, 16);

struct freebsd_mcontext {
	u64 mc_onstack;
	u64 mc_rdi;
	u64 mc_rsi;
	u64 mc_rdx;
	u64 mc_rcx;
	u64 mc_r8;
	u64 mc_r9;
	u64 mc_rax;
	u64 mc_rbx;
	u64 mc_rbp;
	u64 mc_r10;
	u64 mc_r11;
	u64 mc_r12;
	u64 mc_r13;
	u64 mc_r14;
	u64 mc_r15;
	u32 mc_trapno;
	u16 mc_fs;
	u16 mc_gs;
	u64 mc_addr;
	u32 mc_flags;
	u16 mc_es;
	u16 mc_ds;
	u64 mc_err;
	u64 mc_rip;
	u64 mc_cs;
	u64 mc_rflags;
	u64 mc_rsp;
	u64 mc_ss;
	i64 mc_len; /* sizeof(struct freebsd_mcontext) */
	i64 mc_fpformat;
	i64 mc_ownedfp;
	u64 mc_fpstate[64] __attribute__((aligned(16)));
	u64 mc_fsbase;
	u64 mc_gsbase;
	u64 mc_xfpustate; /* address of the extended state after the first 512 bytes */
	u64 mc_xfpustate_len;
	i64 mc_spare[4];
};
SIZE_ASSERT(struct freebsd_mcontext, 800);
OFFSET_ASSERT(struct freebsd_mcontext, mc_r15, 120);
OFFSET_ASSERT(struct freebsd_mcontext, mc_addr, 136);
OFFSET_ASSERT(struct freebsd_mcontext, mc_rip, 160);
OFFSET_ASSERT(struct freebsd_mcontext, mc_len, 200);
OFFSET_ASSERT(struct freebsd_mcontext, mc_fpstate, 224);
OFFSET_ASSERT(struct freebsd_mcontext, mc_fsbase, 736);
OFFSET_ASSERT(struct freebsd_mcontext, mc_xfpustate, 752);

struct freebsd_ucontext {
	struct freebsd_sigset uc_sigmask;
	struct freebsd_mcontext uc_mcontext;
	u64 uc_link;
	struct freebsd_stack uc_stack;
	i32 uc_flags;
	i32 spare[4];
};
SIZE_ASSERT(struct freebsd_ucontext, 880);
OFFSET_ASSERT(struct freebsd_ucontext, uc_mcontext, 16);
OFFSET_ASSERT(struct freebsd_ucontext, uc_link, 816);
OFFSET_ASSERT(struct freebsd_ucontext, uc_flags, 848);

/* What the kernel pushes; the trampoline finds the handler in sf_handler. */
struct freebsd_sigframe {
	u64 sf_handler;
	struct freebsd_ucontext sf_uc;
	struct freebsd_siginfo sf_si;
};
SIZE_ASSERT(struct freebsd_sigframe, 976);
OFFSET_ASSERT(struct freebsd_sigframe, sf_uc, 16);
OFFSET_ASSERT(struct freebsd_sigframe, sf_si, 896);

#endif
