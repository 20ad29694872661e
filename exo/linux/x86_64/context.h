/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/context.h: between the host's signal context and our frame.
 */
#ifndef FB_EXO_LINUX_X86_64_CONTEXT_H
#define FB_EXO_LINUX_X86_64_CONTEXT_H

#include <asm/signal.h>
#include <asm/siginfo.h>
#include <asm/sigcontext.h>
#include <asm/ucontext.h>

#include "exo/x86_64/frame.h"

#define LINUX_USER_CS 0x33
#define LINUX_USER_SS 0x2b

static inline void linux_frame_from_context(struct exo_frame *f, const struct ucontext *uc)
{
	const struct sigcontext *m = &uc->uc_mcontext;

	*f = (struct exo_frame){
	    .rdi = m->rdi,
	    .rsi = m->rsi,
	    .rdx = m->rdx,
	    .r10 = m->r10,
	    .r8 = m->r8,
	    .r9 = m->r9,
	    .rax = m->rax,
	    .rcx = m->rcx,
	    .r11 = m->r11,
	    .rbx = m->rbx,
	    .rbp = m->rbp,
	    .r12 = m->r12,
	    .r13 = m->r13,
	    .r14 = m->r14,
	    .r15 = m->r15,
	    .rip = m->rip,
	    .cs = LINUX_USER_CS,
	    .rflags = m->eflags,
	    .rsp = m->rsp,
	    .ss = LINUX_USER_SS,
	    .nr = ~0UL,
	    .kind = EXO_FRAME_FULL | EXO_FRAME_ASYNC,
	};
}

#endif
