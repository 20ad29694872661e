/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/x86_64/frame.h: a guest thread's registers as the entry path saves them.
 *
 * One frame exists per thread, at the top of its kernel stack. entry.S knows the
 * offsets (EXO_FRAME_*); the assertions below keep both in step.
 */
#ifndef FB_EXO_X86_64_FRAME_H
#define FB_EXO_X86_64_FRAME_H

#define EXO_FRAME_RDI	 0
#define EXO_FRAME_RSI	 8
#define EXO_FRAME_RDX	 16
#define EXO_FRAME_R10	 24
#define EXO_FRAME_R8	 32
#define EXO_FRAME_R9	 40
#define EXO_FRAME_RAX	 48
#define EXO_FRAME_RCX	 56
#define EXO_FRAME_R11	 64
#define EXO_FRAME_RBX	 72
#define EXO_FRAME_RBP	 80
#define EXO_FRAME_R12	 88
#define EXO_FRAME_R13	 96
#define EXO_FRAME_R14	 104
#define EXO_FRAME_R15	 112
#define EXO_FRAME_RIP	 120
#define EXO_FRAME_CS	 128
#define EXO_FRAME_RFLAGS 136
#define EXO_FRAME_RSP	 144
#define EXO_FRAME_SS	 152
#define EXO_FRAME_NR	 160
#define EXO_FRAME_KIND	 168
#define EXO_FRAME_FLAGS	 176
#define EXO_FRAME_SIZE	 192

/* Bits of exo_frame.kind. */
#define EXO_FRAME_FULL	  1 /* return by restoring every register (rcx, r11, flags too) */
#define EXO_FRAME_TRAPPED 2 /* came through the trap, not through a patched site */
#define EXO_FRAME_ASYNC	  4 /* not a call: the guest was interrupted between instructions */
/* For who looks at the way back from a call (trace/plate.h). */
#define EXO_FRAME_HANDLER 8  /* it goes to a signal's handler first */
#define EXO_FRAME_AGAIN	  16 /* the call is made again */

#define EXO_RFLAGS_SET 0x2   /* always */
#define EXO_RFLAGS_ON  0x200 /* interrupts */

#ifndef __ASSEMBLER__
#include "lib/base.h"

struct exo_frame {
	/* The six arguments of a call first, in the order of the `syscall` convention. */
	u64 rdi, rsi, rdx, r10, r8, r9;
	u64 rax;
	u64 rcx, r11;
	u64 rbx, rbp, r12, r13, r14, r15;
	u64 rip, cs, rflags, rsp, ss; /* as iretq wants them */
	u64 nr;			      /* rax as it was at the call */
	u64 kind;		      /* EXO_FRAME_* bits */
	u8 overflow;		      /* a call's OF, as seto leaves it */
	u8 flags;		      /* a call's SF ZF AF PF CF, as lahf leaves them */
	u8 pad[14];
};

#define EXO_FLAG_CARRY 1

/*
 * A call's frame has its arithmetic flags in two bytes, which cost less to save and
 * restore than rflags. This makes rflags, rcx and r11 what the `syscall` instruction
 * and its return would have left, for when the whole frame is wanted; but for one bit of
 * r11, which is always set in rflags: by it a way back is told from a call that has just
 * been made (exo/linux/upcall.c).
 */
static inline void exo_frame_complete(struct exo_frame *f)
{
	if (f->kind & EXO_FRAME_FULL)
		return;
	f->rflags = EXO_RFLAGS_SET | EXO_RFLAGS_ON | (u64)(f->flags & 0xd5u) |
		    (u64)(f->overflow & 1u) << 11;
	f->rcx = f->rip;
	f->r11 = f->rflags & ~(u64)EXO_RFLAGS_SET;
	f->kind |= EXO_FRAME_FULL;
}

OFFSET_ASSERT(struct exo_frame, rax, EXO_FRAME_RAX);
OFFSET_ASSERT(struct exo_frame, rbx, EXO_FRAME_RBX);
OFFSET_ASSERT(struct exo_frame, rip, EXO_FRAME_RIP);
OFFSET_ASSERT(struct exo_frame, ss, EXO_FRAME_SS);
OFFSET_ASSERT(struct exo_frame, kind, EXO_FRAME_KIND);
OFFSET_ASSERT(struct exo_frame, overflow, EXO_FRAME_FLAGS);
SIZE_ASSERT(struct exo_frame, EXO_FRAME_SIZE);
#endif

#endif
