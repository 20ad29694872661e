/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd_context.h: what a FreeBSD/amd64 signal handler finds behind its third
 * argument (x86/ucontext.h, sys/_ucontext.h), and trap numbers (x86/trap.h).
 */
#ifndef FB_TESTS_GUEST_FREEBSD_CONTEXT_H
#define FB_TESTS_GUEST_FREEBSD_CONTEXT_H

#include "guest.h"

#define T_PRIVINFLT 1
#define T_BPTFLT    3
#define T_ARITHTRAP 6
#define T_PROTFLT   9
#define T_TRCTRAP   10
#define T_PAGEFLT   12
#define T_DIVIDE    18
#define T_XMMFLT    29

#define MC_HASSEGS     0x1
#define MC_HASBASES    0x2
#define MC_HASFPXSTATE 0x4
#define MC_FPFMT_XMM   0x10002
#define MC_FPOWNED_FPU 0x20001
#define MC_FPOWNED_PCB 0x20002

struct mcontext {
	u64 onstack;
	u64 rdi, rsi, rdx, rcx, r8, r9, rax, rbx, rbp, r10, r11, r12, r13, r14, r15;
	u32 trapno;
	u16 fs, gs;
	u64 addr;
	u32 flags;
	u16 es, ds;
	u64 err, rip, cs, rflags, rsp, ss;
	i64 len, fpformat, ownedfp;
	u64 fpstate[64] __attribute__((aligned(16)));
	u64 fsbase, gsbase, xfpustate, xfpustate_len;
	i64 spare[4];
};
_Static_assert(sizeof(struct mcontext) == 800, "mcontext_t");

struct ucontext {
	u64 sigmask[2];
	struct mcontext mc;
	u64 link;
	struct stack stack;
	i32 flags;
	i32 spare[4];
};
_Static_assert(sizeof(struct ucontext) == 880, "ucontext_t");

#endif
