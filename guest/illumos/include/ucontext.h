/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts. Source: usr/src/uts/intel/sys/{ucontext,regset}.h. */
#ifndef _FB_ILLUMOS_UCONTEXT_H
#define _FB_ILLUMOS_UCONTEXT_H

#include <sys/types.h>

typedef struct {
	unsigned int __sigbits[4];
} sigset_t;

typedef struct sigaltstack {
	void *ss_sp;
	size_t ss_size;
	int ss_flags;
} stack_t;

typedef long greg_t;
#define _NGREG 28
#define NGREG  _NGREG
typedef greg_t gregset_t[_NGREG];

#define REG_R15	   0
#define REG_R14	   1
#define REG_R13	   2
#define REG_R12	   3
#define REG_R11	   4
#define REG_R10	   5
#define REG_R9	   6
#define REG_R8	   7
#define REG_RDI	   8
#define REG_RSI	   9
#define REG_RBP	   10
#define REG_RBX	   11
#define REG_RDX	   12
#define REG_RCX	   13
#define REG_RAX	   14
#define REG_TRAPNO 15
#define REG_ERR	   16
#define REG_RIP	   17
#define REG_CS	   18
#define REG_RFL	   19
#define REG_RSP	   20
#define REG_SS	   21
#define REG_FS	   22
#define REG_GS	   23
#define REG_ES	   24
#define REG_DS	   25
#define REG_FSBASE 26
#define REG_GSBASE 27
#define REG_PC	   REG_RIP
#define REG_SP	   REG_RSP

typedef struct {
	union {
		struct {
			uint8_t fxsave[512];
			uint32_t status, xstatus;
		} fpchip_state;
		uint32_t f_fpregs[130];
	} fp_reg_set;
} __attribute__((__aligned__(16))) fpregset_t;

typedef struct {
	gregset_t gregs;
	fpregset_t fpregs;
} mcontext_t;

typedef struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	sigset_t uc_sigmask;
	stack_t uc_stack;
	mcontext_t uc_mcontext;
	long uc_filler[3];
	long uc_xsave;
	long uc_filler1;
} ucontext_t;

#define UC_SIGMASK  0x01
#define UC_STACK    0x02
#define UC_CPU	    0x04
#define UC_FPU	    0x08
#define UC_XSAVE    0x10
#define UC_MCONTEXT (UC_CPU | UC_FPU)
#define UC_ALL	    (UC_SIGMASK | UC_STACK | UC_MCONTEXT)

#define GETCONTEXT	0
#define SETCONTEXT	1
#define GETUSTACK	2
#define SETUSTACK	3
#define GETCONTEXT_EXTD 4

__BEGIN_DECLS
int getcontext(ucontext_t *);
int setcontext(const ucontext_t *);
void makecontext(ucontext_t *, void (*)(void), int, ...);
int swapcontext(ucontext_t *, const ucontext_t *);
__END_DECLS

#endif
