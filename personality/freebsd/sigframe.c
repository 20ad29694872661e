/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sigframe.c: the frame a handler finds, and the way back from it.
 *
 * A handler starts in the signal return code, which every program has: it
 * calls the handler the frame names and then sigreturn(2) with the frame's context. The
 * extended state is split: its first 512 bytes lie in the machine context, the rest below
 * the frame. Facts: sys/amd64/amd64/exec_machdep.c (sendsig, sigreturn), sigtramp.S,
 * sys/x86/include/ucontext.h.
 */
#include "core/personality.h"
#include "core/signal.h"
#include "include/feuerbird/abi.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

#define LEGACY_SIZE  512
#define HEADER_SIZE  64
#define RED_ZONE     128
#define MXCSR_OFFSET 24
#define MXCSR_START  0x1f80 /* every exception masked */
/* What a program may change of its flags: sys/x86/include/psl.h, PSL_USERCHANGE. */
#define FLAGS_USER                                                                                 \
	(0x1 | 0x4 | 0x10 | 0x40 | 0x80 | 0x100 | 0x400 | 0x800 | 0x4000 | 0x10000 | 0x40000 |     \
	 0x200000)
#define FLAGS_BASE 0x202

/* x86_64/sigcode.S: the call number is part of it. */
extern const u8 freebsd_sigcode[], freebsd_sigcode_native[];
extern const u8 freebsd_sigcode_end[], freebsd_sigcode_native_end[];
_Static_assert(offsetof(struct freebsd_sigframe, sf_uc) == 16, "the code knows it");
_Static_assert((FB_CLASS_FREEBSD | 417) == 0x030001a1, "the code knows it");

u64 freebsd_sigcode_addr(const struct core_process *p)
{
	return (u64)(p->native ? freebsd_sigcode_native : freebsd_sigcode);
}

u64 freebsd_sigcode_size(const struct core_process *p)
{
	return (u64)(p->native ? freebsd_sigcode_native_end : freebsd_sigcode_end) -
	       freebsd_sigcode_addr(p);
}

static void machine_context(const struct exo_frame *f, const struct exo_event *ev,
			    struct freebsd_mcontext *m)
{
	m->mc_rdi = f->rdi;
	m->mc_rsi = f->rsi;
	m->mc_rdx = f->rdx;
	m->mc_rcx = f->rcx;
	m->mc_r8 = f->r8;
	m->mc_r9 = f->r9;
	m->mc_rax = f->rax;
	m->mc_rbx = f->rbx;
	m->mc_rbp = f->rbp;
	m->mc_r10 = f->r10;
	m->mc_r11 = f->r11;
	m->mc_r12 = f->r12;
	m->mc_r13 = f->r13;
	m->mc_r14 = f->r14;
	m->mc_r15 = f->r15;
	m->mc_rip = f->rip;
	m->mc_cs = 0x43; /* FreeBSD's user selectors, sys/amd64/include/segments.h */
	m->mc_ss = 0x3b;
	m->mc_ds = 0x3b;
	m->mc_es = 0x3b;
	m->mc_fs = 0x13;
	m->mc_gs = 0x1b;
	m->mc_rflags = f->rflags;
	m->mc_rsp = f->rsp;
	if (ev) {
		m->mc_trapno = core_to_freebsd_trapno(ev->trap);
		m->mc_addr = ev->addr;
		m->mc_err = ev->error;
	}
	m->mc_len = sizeof(*m);
	m->mc_fpformat = FREEBSD_MC_FPFMT_XMM;
	m->mc_ownedfp = FREEBSD_MC_FPOWNED_FPU;
	/* Without MC_HASBASES, as the original kernel's: a thread that loads another's context
	 * stays itself. */
	m->mc_flags = FREEBSD_MC_HASSEGS | FREEBSD_MC_HASFPXSTATE;
	m->mc_fsbase = exo_tls_get();
}

/* Saves the extended state: the first part into m, the rest below *sp. */
static long save_xstate(struct freebsd_mcontext *m, u64 *sp)
{
	u8 *area = exo_thread_scratch(exo_self());
	size_t size = exo_xstate_size();

	if (size > EXO_SCRATCH_SIZE)
		return -CORE_EFAULT;
	memset(area, 0, LEGACY_SIZE + HEADER_SIZE);
	exo_xstate_save(area, exo_xstate_features());
	memcpy(m->mc_fpstate, area, LEGACY_SIZE);
	*sp = ALIGN_DOWN(*sp - (size - LEGACY_SIZE), 64UL);
	m->mc_xfpustate = *sp;
	m->mc_xfpustate_len = size - LEGACY_SIZE;
	return copy_to_guest(gp(*sp), area + LEGACY_SIZE, size - LEGACY_SIZE);
}

long freebsd_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			  const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	struct freebsd_sigframe sf;
	u64 sp = core_signal_stack(t, f, a);
	bool fault = si->si_code > 0 && si->si_signo != CORE_SIGCHLD;

	if (sp == f->rsp)
		sp -= RED_ZONE;
	memset(&sf, 0, sizeof(sf));
	machine_context(f, fault ? ev : NULL, &sf.sf_uc.uc_mcontext);
	sf.sf_uc.uc_mcontext.mc_onstack = core_on_altstack(t, f->rsp);
	if (save_xstate(&sf.sf_uc.uc_mcontext, &sp) < 0)
		return -CORE_EFAULT;
	core_to_freebsd_sigset(mask, &sf.sf_uc.uc_sigmask);
	sf.sf_uc.uc_stack.ss_sp = t->altstack.ss_sp;
	sf.sf_uc.uc_stack.ss_size = t->altstack.ss_size;
	sf.sf_uc.uc_stack.ss_flags = t->altstack.ss_flags & CORE_SS_DISABLE
					 ? FREEBSD_SS_DISABLE
					 : (core_on_altstack(t, f->rsp) ? FREEBSD_SS_ONSTACK : 0);
	core_to_freebsd_siginfo(si, fault ? ev->trap : 0, &sf.sf_si);
	sf.sf_handler = a->handler;
	sp = ALIGN_DOWN(sp - sizeof(sf), 16UL);
	if (copy_to_guest(gp(sp), &sf, sizeof(sf)) < 0)
		return -CORE_EFAULT;
	f->rdi = (u64)sf.sf_si.si_signo;
	f->rsi = a->flags & CORE_SA_SIGINFO ? sp + offsetof(struct freebsd_sigframe, sf_si)
					    : (u64)sf.sf_si.si_code;
	f->rdx = sp + offsetof(struct freebsd_sigframe, sf_uc);
	f->rcx = sf.sf_si.si_addr;
	f->rsp = sp;
	f->rip = freebsd_sigcode_addr(t->proc);
	f->rflags &= ~0x500UL; /* trap and direction flags */
	return 0;
}

/* Loads what the frame has of the extended state; -CORE_EINVAL for what no processor takes. */
static long restore_xstate(const struct freebsd_mcontext *m)
{
	u8 *area = exo_thread_scratch(exo_self());
	u64 *header = (u64 *)(area + LEGACY_SIZE);
	size_t size = exo_xstate_size();
	u64 features = exo_xstate_features();

	memset(header, 0, HEADER_SIZE);
	if (m->mc_ownedfp == FREEBSD_MC_FPOWNED_NONE) { /* whatever there was is gone */
		memset(area, 0, LEGACY_SIZE);
		memcpy(area + MXCSR_OFFSET, &(u32){MXCSR_START}, sizeof(u32));
		return exo_xstate_restore(area, features) ? -CORE_EINVAL : 0;
	}
	if (m->mc_ownedfp != FREEBSD_MC_FPOWNED_FPU && m->mc_ownedfp != FREEBSD_MC_FPOWNED_PCB)
		return -CORE_EINVAL;
	memcpy(area, m->mc_fpstate, LEGACY_SIZE);
	if ((m->mc_flags & FREEBSD_MC_HASFPXSTATE) && m->mc_xfpustate_len) {
		if (m->mc_xfpustate_len > size - LEGACY_SIZE || m->mc_xfpustate_len < HEADER_SIZE)
			return -CORE_EINVAL;
		if (copy_from_guest(header, gp(m->mc_xfpustate), m->mc_xfpustate_len) < 0)
			return -CORE_EFAULT;
		if (m->mc_xfpustate_len < size - LEGACY_SIZE)
			header[0] &= 3;
	} else {
		header[0] = 3; /* x87 and SSE; the rest starts afresh */
	}
	if ((header[0] & ~features) || header[1])
		return -CORE_EINVAL;
	return exo_xstate_restore(area, features) ? -CORE_EINVAL : 0;
}

static long check_context(const struct freebsd_mcontext *m)
{
	if (m->mc_len != sizeof(*m) || (m->mc_flags & ~(u32)FREEBSD_MC_FLAG_MASK) ||
	    (m->mc_rflags & ~(u64)(FLAGS_USER | FLAGS_BASE)))
		return -CORE_EINVAL;
	if ((m->mc_flags & FREEBSD_MC_HASBASES) && m->mc_fsbase >= EXO_GUEST_HIGH)
		return -CORE_EINVAL;
	return 0;
}

static void load_registers(struct exo_frame *f, const struct freebsd_mcontext *m)
{
	f->rdi = m->mc_rdi;
	f->rsi = m->mc_rsi;
	f->rdx = m->mc_rdx;
	f->rcx = m->mc_rcx;
	f->r8 = m->mc_r8;
	f->r9 = m->mc_r9;
	f->rax = m->mc_rax;
	f->rbx = m->mc_rbx;
	f->rbp = m->mc_rbp;
	f->r10 = m->mc_r10;
	f->r11 = m->mc_r11;
	f->r12 = m->mc_r12;
	f->r13 = m->mc_r13;
	f->r14 = m->mc_r14;
	f->r15 = m->mc_r15;
	f->rip = m->mc_rip;
	f->rsp = m->mc_rsp;
	f->rflags = (m->mc_rflags & FLAGS_USER) | FLAGS_BASE;
}

/* The whole of a context: registers, extended state, mask. Shared with setcontext(2). */
long freebsd_context_load(struct core_thread *t, const struct freebsd_ucontext *uc)
{
	const struct freebsd_mcontext *m = &uc->uc_mcontext;
	struct exo_frame *f = t->exo.frame;
	long r = check_context(m);

	if (r == 0)
		r = restore_xstate(m);
	if (r < 0)
		return r;
	if (m->mc_flags & FREEBSD_MC_HASBASES)
		exo_tls_set(m->mc_fsbase);
	load_registers(f, m);
	f->kind |= EXO_FRAME_FULL | EXO_FRAME_ASYNC;
	core_sigmask_set(t, freebsd_to_core_sigset(&uc->uc_sigmask));
	return 0;
}

/*
 * A thread that begins in a context: what cannot lie in its frame it inherits from the
 * caller, whose own extended state is put aside meanwhile. A child that cannot begin is freed.
 */
long freebsd_context_start(struct core_thread *child, const struct freebsd_mcontext *m,
			   long (*start)(struct core_thread *child, u64 tls, void *ctx), void *ctx)
{
	u64 tls = m->mc_flags & FREEBSD_MC_HASBASES ? m->mc_fsbase : exo_tls_get();
	size_t size = exo_xstate_size();
	void *mine = exo_pages_alloc(size);
	long r = mine ? check_context(m) : -CORE_ENOMEM;

	if (r == 0) {
		exo_xstate_save(mine, exo_xstate_features());
		r = restore_xstate(m);
	}
	if (r == 0) {
		load_registers(child->exo.frame, m);
		r = start(child, tls, ctx);
		exo_xstate_restore(mine, exo_xstate_features());
	} else {
		exo_thread_free(&child->exo);
	}
	if (mine)
		exo_pages_free(mine, size);
	return r;
}

long freebsd_sigreturn(struct core_thread *t, IN sigcntxp)
{
	struct freebsd_ucontext uc;
	long r;

	if (copy_from_guest(&uc, sigcntxp, sizeof(uc)) < 0)
		return -CORE_EFAULT;
	if (uc.uc_mcontext.mc_flags & ~(u32)FREEBSD_MC_FLAG_MASK)
		return -CORE_EINVAL;
	uc.uc_mcontext.mc_flags |= FREEBSD_MC_HASBASES; /* it does not ask for the flag */
	r = freebsd_context_load(t, &uc);
	return r < 0 ? r : -CORE_EJUSTRETURN;
}

long freebsd_getcontext(struct core_thread *t, OUT ucp)
{
	struct freebsd_ucontext uc;
	u8 *area = exo_thread_scratch(&t->exo);

	memset(&uc, 0, sizeof(uc));
	core_call_complete(t);
	machine_context(t->exo.frame, NULL, &uc.uc_mcontext);
	uc.uc_mcontext.mc_rax = 0;
	uc.uc_mcontext.mc_rdx = 0;
	uc.uc_mcontext.mc_flags &= ~(u32)FREEBSD_MC_HASFPXSTATE;
	/* x87 and SSE alone, as the original kernel has it here: the rest of the vector state is
	 * the caller's to save across any call. */
	memset(area, 0, LEGACY_SIZE + HEADER_SIZE);
	exo_xstate_save(area, exo_xstate_features() & 3);
	memcpy(uc.uc_mcontext.mc_fpstate, area, LEGACY_SIZE);
	core_to_freebsd_sigset(core_sigmask(t), &uc.uc_sigmask);
	return copy_to_guest(ucp, &uc, offsetof(struct freebsd_ucontext, uc_link));
}

long freebsd_setcontext(struct core_thread *t, IN ucp)
{
	struct freebsd_ucontext uc;
	long r;

	if (!ucp.addr)
		return -CORE_EINVAL;
	if (copy_from_guest(&uc, ucp, offsetof(struct freebsd_ucontext, uc_link)) < 0)
		return -CORE_EFAULT;
	r = freebsd_context_load(t, &uc);
	return r < 0 ? r : -CORE_EJUSTRETURN;
}

long freebsd_swapcontext(struct core_thread *t, OUT oucp, IN ucp)
{
	long r;

	if (!oucp.addr || !ucp.addr)
		return -CORE_EINVAL;
	r = freebsd_getcontext(t, oucp);
	return r < 0 ? r : freebsd_setcontext(t, ucp);
}
