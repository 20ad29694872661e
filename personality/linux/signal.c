/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/linux/signal.c: signal calls, and the frame of a handler.
 *
 * The frame is struct rt_sigframe: the restorer's address, ucontext, siginfo, and above
 * them the extended state in the processor's own layout with the kernel's two magic words
 * (asm/sigcontext.h). Facts: rt_sigaction(2), sigreturn(2), sigaltstack(2).
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/linux/linux.h"

#define SET_SIZE	     8
#define RED_ZONE	     128
#define MAGIC1		     0x46505853u /* FP_XSTATE_MAGIC1 */
#define MAGIC2		     0x46505845u /* FP_XSTATE_MAGIC2 */
#define SW_BYTES	     464	 /* of the 512: what software may use */
#define UC_FP_XSTATE	     1
#define UC_SIGCONTEXT_SS     2
#define UC_STRICT_RESTORE_SS 4
#define FLAGS_USER	     0x250dd5UL /* FIX_EFLAGS of asm/sighandling.h */

struct sigcontext {
	u64 r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip;
	u64 rflags;
	u16 cs, gs, fs, ss;
	u64 err, trapno, oldmask, cr2;
	u64 fpstate;
	u64 reserved[8];
};
SIZE_ASSERT(struct sigcontext, 256);

struct ucontext {
	u64 flags, link;
	struct core_stack stack;
	struct sigcontext mc;
	u64 mask;
};
SIZE_ASSERT(struct ucontext, 304);

struct rt_sigframe {
	u64 pretcode;
	struct ucontext uc;
	struct core_siginfo info;
};
SIZE_ASSERT(struct rt_sigframe, 440);

/* struct _fpx_sw_bytes */
struct sw_bytes {
	u32 magic1, extended_size;
	u64 features;
	u32 xstate_size;
	u32 padding[7];
};
SIZE_ASSERT(struct sw_bytes, 48);

static long save_xstate(u64 *sp)
{
	u8 *area = exo_thread_scratch(exo_self());
	u32 size = (u32)exo_xstate_size();
	struct sw_bytes sw = {MAGIC1, size + 4, exo_xstate_features(), size, {0}};
	u32 magic2 = MAGIC2;

	if (size > EXO_SCRATCH_SIZE)
		return -CORE_EFAULT;
	memset(area, 0, 576);
	exo_xstate_save(area, exo_xstate_features());
	memcpy(area + SW_BYTES, &sw, sizeof(sw));
	*sp = ALIGN_DOWN(*sp - size - 4, 64UL);
	if (copy_to_guest(gp(*sp), area, size) < 0)
		return -CORE_EFAULT;
	return copy_to_guest(gp(*sp + size), &magic2, sizeof(magic2));
}

long linux_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	struct rt_sigframe sf;
	struct sigcontext *m = &sf.uc.mc;
	u64 sp = core_signal_stack(t, f, a);

	if (sp == f->rsp)
		sp -= RED_ZONE;
	if (save_xstate(&sp) < 0)
		return -CORE_EFAULT;
	memset(&sf, 0, sizeof(sf));
	sf.pretcode = a->restorer;
	sf.uc.flags = UC_FP_XSTATE | UC_SIGCONTEXT_SS | UC_STRICT_RESTORE_SS;
	sf.uc.stack = t->altstack;
	if (core_on_altstack(t, f->rsp))
		sf.uc.stack.ss_flags |= CORE_SS_ONSTACK;
	*m = (struct sigcontext){f->r8,	 f->r9,	    f->r10,   f->r11,	 f->r12,   f->r13, f->r14,
				 f->r15, f->rdi,    f->rsi,   f->rbp,	 f->rbx,   f->rdx, f->rax,
				 f->rcx, f->rsp,    f->rip,   f->rflags, 0x33,	   0,	   0,
				 0x2b,	 ev->error, ev->trap, mask,	 ev->addr, sp,	   {0}};
	sf.uc.mask = mask;
	sf.info = *si;
	sp = ALIGN_DOWN(sp - sizeof(sf), 16UL) - 8;
	if (copy_to_guest(gp(sp), &sf, sizeof(sf)) < 0)
		return -CORE_EFAULT;
	f->rdi = (u64)si->si_signo;
	f->rsi = sp + offsetof(struct rt_sigframe, info);
	f->rdx = sp + offsetof(struct rt_sigframe, uc);
	f->rax = 0;
	f->rsp = sp;
	f->rip = a->handler;
	f->rflags &= ~0x500UL;
	return 0;
}

static long restore_xstate(u64 at)
{
	u8 *area = exo_thread_scratch(exo_self());
	u64 *header = (u64 *)(area + 512), features = exo_xstate_features();
	size_t size = exo_xstate_size();
	struct sw_bytes sw;
	u32 magic2;

	if (!at) { /* the state a program starts with */
		memset(area, 0, 576);
		*(u32 *)(area + 24) = 0x1f80;
		*(u16 *)area = 0x37f;
		return exo_xstate_restore(area, features);
	}
	if (copy_from_guest(area, gp(at), 512) < 0)
		return -CORE_EFAULT;
	memcpy(&sw, area + SW_BYTES, sizeof(sw));
	memset(header, 0, 64);
	header[0] = 3;
	if (sw.magic1 == MAGIC1 && sw.xstate_size >= 576 && sw.xstate_size <= size &&
	    copy_from_guest(&magic2, gp(at + sw.xstate_size), 4) == 0 && magic2 == MAGIC2) {
		if (copy_from_guest(header, gp(at + 512), sw.xstate_size - 512) < 0)
			return -CORE_EFAULT;
		header[0] &= features;
	}
	header[1] = 0;
	return exo_xstate_restore(area, features) ? -CORE_EFAULT : 0;
}

long linux_rt_sigreturn(struct core_thread *t)
{
	struct exo_frame *f = t->exo.frame;
	struct core_siginfo segv = {.si_signo = CORE_SIGSEGV, .si_code = CORE_SI_KERNEL};
	struct ucontext uc;
	const struct sigcontext *m = &uc.mc;

	/* The return address, pretcode, has been popped. */
	if (copy_from_guest(&uc, gp(f->rsp), sizeof(uc)) < 0 || restore_xstate(uc.mc.fpstate) < 0) {
		core_signal_raise(t, &segv);
		return 0;
	}
	f->r8 = m->r8;
	f->r9 = m->r9;
	f->r10 = m->r10;
	f->r11 = m->r11;
	f->r12 = m->r12;
	f->r13 = m->r13;
	f->r14 = m->r14;
	f->r15 = m->r15;
	f->rdi = m->rdi;
	f->rsi = m->rsi;
	f->rbp = m->rbp;
	f->rbx = m->rbx;
	f->rdx = m->rdx;
	f->rax = m->rax;
	f->rcx = m->rcx;
	f->rsp = m->rsp;
	f->rip = m->rip;
	f->rflags = (m->rflags & FLAGS_USER) | 0x202;
	f->kind |= EXO_FRAME_FULL | EXO_FRAME_ASYNC;
	if (!core_on_altstack(t, f->rsp)) {
		t->altstack.ss_sp = uc.stack.ss_sp;
		t->altstack.ss_size = uc.stack.ss_size;
		t->altstack.ss_flags = uc.stack.ss_flags & ~CORE_SS_ONSTACK;
	}
	core_sigmask_set(t, uc.mask);
	return -CORE_EJUSTRETURN;
}

long linux_rt_sigaction(struct core_thread *t, SIG sig, IN act, INOUT oact, SIZE sigsetsize)
{
	struct core_sigaction in, out;
	struct core_action new = {0}, old;
	long r;

	if (sigsetsize != SET_SIZE || sig < 1 || sig >= CORE_NSIG)
		return -CORE_EINVAL;
	if (act.addr) {
		if (sig == CORE_SIGKILL || sig == CORE_SIGSTOP)
			return -CORE_EINVAL;
		if (copy_from_guest(&in, act, sizeof(in)) < 0)
			return -CORE_EFAULT;
		new = (struct core_action){.handler = in.sa_handler,
					   .flags = in.sa_flags,
					   .mask = in.sa_mask,
					   .restorer = in.sa_restorer};
	}
	r = core_sigaction(t, sig, act.addr ? &new : NULL, &old);
	if (r < 0 || !oact.addr)
		return r;
	out = (struct core_sigaction){old.handler, old.flags, old.restorer, old.mask};
	return copy_to_guest(oact, &out, sizeof(out));
}

long linux_rt_sigprocmask(struct core_thread *t, INT how, INOUT nset, INOUT oset, SIZE sigsetsize)
{
	u64 set, old = core_sigmask(t);
	long r = 0;

	if (sigsetsize != SET_SIZE)
		return -CORE_EINVAL;
	if (nset.addr) {
		if (guest_read_u64(nset, &set) < 0)
			return -CORE_EFAULT;
		r = core_sigprocmask(t, how, set, &old);
	}
	if (r == 0 && oset.addr)
		r = guest_write_u64(oset, old);
	return r;
}

long linux_rt_sigpending(struct core_thread *t, OUT uset, SIZE sigsetsize)
{
	u64 set = core_sigpending(t);

	if (sigsetsize > SET_SIZE)
		return -CORE_EINVAL;
	return copy_to_guest(uset, &set, sigsetsize);
}

long linux_rt_sigsuspend(struct core_thread *t, INOUT unewset, SIZE sigsetsize)
{
	u64 set;

	if (sigsetsize != SET_SIZE)
		return -CORE_EINVAL;
	if (guest_read_u64(unewset, &set) < 0)
		return -CORE_EFAULT;
	core_sigmask_during_call(t, set);
	EXO(pause);
	return -CORE_ERESTART_NOHAND;
}

long linux_rt_sigtimedwait(struct core_thread *t, IN uthese, INOUT uinfo, IN uts, SIZE sigsetsize)
{
	struct core_siginfo si;
	u64 set, held;
	long r;

	if (sigsetsize != SET_SIZE)
		return -CORE_EINVAL;
	if (guest_read_u64(uthese, &set) < 0)
		return -CORE_EFAULT;
	held = t->held & set;
	if (held) {
		int sig = __builtin_ctzl(held) + 1;

		core_signal_take_held(t, sig, &si);
		return uinfo.addr && copy_to_guest(uinfo, &si, sizeof(si)) < 0 ? -CORE_EFAULT : sig;
	}
	r = EXO(rt_sigtimedwait, &set, uinfo.addr, uts.addr, SET_SIZE);
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

long linux_sigaltstack(struct core_thread *t, IN uss, INOUT uoss)
{
	struct core_stack in, out = t->altstack;
	bool on = core_on_altstack(t, t->exo.frame->rsp);

	if (uss.addr && copy_from_guest(&in, uss, sizeof(in)) < 0)
		return -CORE_EFAULT;
	if (on)
		out.ss_flags |= CORE_SS_ONSTACK;
	if (uss.addr) {
		int mode = in.ss_flags & 0x7fffffff; /* without SS_AUTODISARM */

		if (on)
			return -CORE_EPERM;
		if (mode != 0 && mode != CORE_SS_DISABLE && mode != CORE_SS_ONSTACK)
			return -CORE_EINVAL;
		if (mode == CORE_SS_DISABLE)
			in.ss_sp = in.ss_size = 0;
		else if (in.ss_size < 2048) /* MINSIGSTKSZ */
			return -CORE_ENOMEM;
		t->altstack = in;
		t->altstack.ss_flags = mode == CORE_SS_DISABLE ? CORE_SS_DISABLE : 0;
	}
	return uoss.addr ? copy_to_guest(uoss, &out, sizeof(out)) : 0;
}
