/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_signal.h: signals, contexts and frames of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/signal.h, sys/siginfo.h, usr/src/uts/intel/sys/{ucontext,regset,
 * machsig}.h; UC_XSAVE and struct uc_xsave: uts/intel/sys/fp.h and uts/intel/os/fpu.c of 2023.
 */
#ifndef FB_ILLUMOS_ABI_SIGNAL_H
#define FB_ILLUMOS_ABI_SIGNAL_H

#include "lib/base.h"

/* ILLUMOS_SIGHUP ... */
enum {
#define ILLUMOS_SIG(name, number, core, action) ILLUMOS_##name = number,
#define ILLUMOS_SIG_RANGE(first, last, core, action)                                               \
	ILLUMOS_SIGRTMIN = first, ILLUMOS_SIGRTMAX = last,
#define ILLUMOS_SIG_ALONE(name, number, action) ILLUMOS_##name = number,
#include "personality/illumos/signal.def"
#undef ILLUMOS_SIG
#undef ILLUMOS_SIG_RANGE
#undef ILLUMOS_SIG_ALONE
};

#define ILLUMOS_MAXSIG 72

/* sigaction(2) */
#define ILLUMOS_SIG_DFL	     0
#define ILLUMOS_SIG_IGN	     1
#define ILLUMOS_SIG_HOLD     2
#define ILLUMOS_SA_ONSTACK   0x1
#define ILLUMOS_SA_RESETHAND 0x2
#define ILLUMOS_SA_RESTART   0x4
#define ILLUMOS_SA_SIGINFO   0x8
#define ILLUMOS_SA_NODEFER   0x10
#define ILLUMOS_SA_NOCLDWAIT 0x10000
#define ILLUMOS_SA_NOCLDSTOP 0x20000

/* sigprocmask(2) */
#define ILLUMOS_SIG_BLOCK   1
#define ILLUMOS_SIG_UNBLOCK 2
#define ILLUMOS_SIG_SETMASK 3

/* sigaltstack(2) */
#define ILLUMOS_SS_ONSTACK  1
#define ILLUMOS_SS_DISABLE  2
#define ILLUMOS_MINSIGSTKSZ 2048

/* sigpending(2)'s subcodes */
#define ILLUMOS_SIGPENDING 1
#define ILLUMOS_SIGFILLSET 2

/* getsetcontext's */
#define ILLUMOS_GETCONTEXT	0
#define ILLUMOS_SETCONTEXT	1
#define ILLUMOS_GETUSTACK	2
#define ILLUMOS_SETUSTACK	3
#define ILLUMOS_GETCONTEXT_EXTD 4

/* si_code */
#define ILLUMOS_SI_USER	    0
#define ILLUMOS_SI_LWP	    (-1)
#define ILLUMOS_SI_QUEUE    (-2)
#define ILLUMOS_SI_TIMER    (-3)
#define ILLUMOS_SI_ASYNCIO  (-4)
#define ILLUMOS_SI_MESGQ    (-5)
#define ILLUMOS_SI_RCTL	    2049
#define ILLUMOS_SI_NOINFO   32767
#define ILLUMOS_SEGV_MAPERR 1
#define ILLUMOS_SEGV_ACCERR 2
#define ILLUMOS_BUS_ADRALN  1
#define ILLUMOS_BUS_ADRERR  2
#define ILLUMOS_BUS_OBJERR  3
#define ILLUMOS_TRAP_BRKPT  1
#define ILLUMOS_TRAP_TRACE  2
#define ILLUMOS_ILL_ILLOPC  1
#define ILLUMOS_ILL_ILLTRP  4
#define ILLUMOS_ILL_PRVOPC  5
#define ILLUMOS_FPE_FLTINV  7
#define ILLUMOS_CLD_EXITED  1

/* sigevent */
#define ILLUMOS_SIGEV_NONE   1
#define ILLUMOS_SIGEV_SIGNAL 2
#define ILLUMOS_SIGEV_THREAD 3
#define ILLUMOS_SIGEV_PORT   4

struct illumos_sigset {
	u32 bits[4];
};
SIZE_ASSERT(struct illumos_sigset, 16);

struct illumos_sigaction {
	i32 sa_flags;
	i32 pad0;
	u64 sa_handler;
	struct illumos_sigset sa_mask;
};
SIZE_ASSERT(struct illumos_sigaction, 32);
OFFSET_ASSERT(struct illumos_sigaction, sa_mask, 16);

struct illumos_stack {
	u64 ss_sp;
	u64 ss_size;
	i32 ss_flags;
	i32 pad0;
};
SIZE_ASSERT(struct illumos_stack, 24);

struct illumos_siginfo {
	i32 si_signo;
	i32 si_code;
	i32 si_errno;
	i32 pad0;
	union {
		/* kill, sigqueue, timers */
		struct {
			i32 pid;
			i32 pad0;
			u32 uid;
			i32 pad1;
			u64 value;
			i32 ctid;
			i32 zoneid;
		} kill;
		/* SIGCLD */
		struct {
			i32 pid;
			i32 pad0;
			i64 utime; /* ticks of 1/100 s */
			i32 status;
			i32 pad1;
			i64 stime;
			i32 ctid;
			i32 zoneid;
		} cld;
		struct {
			u64 addr;
			i32 trapno;
			i32 pad0;
			u64 pc;
		} fault;
		/* SIGPOLL */
		struct {
			i32 fd;
			i32 pad0;
			i64 band;
		} file;
		u8 bytes[240];
	};
};
SIZE_ASSERT(struct illumos_siginfo, 256);
OFFSET_ASSERT(struct illumos_siginfo, kill.uid, 24);
OFFSET_ASSERT(struct illumos_siginfo, kill.value, 32);
OFFSET_ASSERT(struct illumos_siginfo, cld.status, 32);
OFFSET_ASSERT(struct illumos_siginfo, cld.stime, 40);
OFFSET_ASSERT(struct illumos_siginfo, cld.ctid, 48);
OFFSET_ASSERT(struct illumos_siginfo, fault.pc, 32);

struct illumos_sigevent {
	i32 sigev_notify;
	i32 sigev_signo;
	u64 sigev_value;
	u64 sigev_notify_function;
	u64 sigev_notify_attributes;
	i32 pad0[2];
};
SIZE_ASSERT(struct illumos_sigevent, 40);

/* Indices into gregs. */
enum illumos_reg {
	ILLUMOS_REG_R15,
	ILLUMOS_REG_R14,
	ILLUMOS_REG_R13,
	ILLUMOS_REG_R12,
	ILLUMOS_REG_R11,
	ILLUMOS_REG_R10,
	ILLUMOS_REG_R9,
	ILLUMOS_REG_R8,
	ILLUMOS_REG_RDI,
	ILLUMOS_REG_RSI,
	ILLUMOS_REG_RBP,
	ILLUMOS_REG_RBX,
	ILLUMOS_REG_RDX,
	ILLUMOS_REG_RCX,
	ILLUMOS_REG_RAX,
	ILLUMOS_REG_TRAPNO,
	ILLUMOS_REG_ERR,
	ILLUMOS_REG_RIP,
	ILLUMOS_REG_CS,
	ILLUMOS_REG_RFL,
	ILLUMOS_REG_RSP,
	ILLUMOS_REG_SS,
	ILLUMOS_REG_FS,
	ILLUMOS_REG_GS,
	ILLUMOS_REG_ES,
	ILLUMOS_REG_DS,
	ILLUMOS_REG_FSBASE,
	ILLUMOS_REG_GSBASE,
	ILLUMOS_NGREG,
};

/* User selectors of a 64-bit program, uts/intel/sys/segments.h. */
#define ILLUMOS_UDS_SEL 0x4b
#define ILLUMOS_UCS_SEL 0x53

struct illumos_fpregset {
	u8 fxsave[512];
	u32 status;  /* x87 status word at the exception */
	u32 xstatus; /* mxcsr at the exception */
	u32 pad0[2];
};
SIZE_ASSERT(struct illumos_fpregset, 528);

/* uc_flags */
#define ILLUMOS_UC_SIGMASK 0x01
#define ILLUMOS_UC_STACK   0x02
#define ILLUMOS_UC_CPU	   0x04
#define ILLUMOS_UC_FPU	   0x08
#define ILLUMOS_UC_XSAVE   0x10
#define ILLUMOS_UC_ALL	   (ILLUMOS_UC_SIGMASK | ILLUMOS_UC_STACK | ILLUMOS_UC_CPU | ILLUMOS_UC_FPU)

struct illumos_ucontext {
	u64 uc_flags;
	u64 uc_link;
	struct illumos_sigset uc_sigmask;
	struct illumos_stack uc_stack;
	u64 pad0; /* mcontext_t lies at a multiple of 16 */
	u64 gregs[ILLUMOS_NGREG];
	struct illumos_fpregset fpregs;
	u64 uc_brand_data[3];
	u64 uc_xsave; /* address of a struct illumos_uc_xsave */
	u64 uc_filler;
	u64 pad1;
} __attribute__((aligned(16)));
SIZE_ASSERT(struct illumos_ucontext, 864);
OFFSET_ASSERT(struct illumos_ucontext, gregs, 64);
OFFSET_ASSERT(struct illumos_ucontext, fpregs, 288);
OFFSET_ASSERT(struct illumos_ucontext, uc_xsave, 840);

/* What x87 and SSE are not: one component behind the other, those of bv, in that order. */
#define ILLUMOS_UC_XSAVE_VERS ('u' << 24 | 'c' << 16 | 1)
struct illumos_uc_xsave {
	u32 vers;
	u32 len; /* bytes, with this header */
	u64 bv;	 /* XCR0's bits */
};
SIZE_ASSERT(struct illumos_uc_xsave, 16);

#endif
