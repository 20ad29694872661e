/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd_signal.c: signals of 2.11BSD.
 *
 * They are 4.2BSD's: masks, an alternate stack, calls begun again. The kernel enters a piece of
 * the C library, whose address sigaction brings, with the handler in r0 and the signal, its code
 * and a pointer to the interrupted context on the stack; sigreturn takes that context back.
 * Facts: sendsig() and sigreturn() of usr/sys/pdp/machdep.c, usr/sys/sys/kern_sig2.c,
 * libc/pdp/sys/sigaction.s.
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/abi_bsd.h"
#include "personality/research/calls.h"

#define USER_MODE 0170000 /* of a status word */

static u64 mask_to_core(u32 set)
{
	u64 core = 0;

	for (const struct research_signal *s = research.version->signals; s->number; s++)
		if (set >> (s->number - 1) & 1)
			core |= CORE_SIGBIT(s->core);
	return core;
}

static u32 mask_from_core(u64 set)
{
	u32 bsd = 0;

	for (const struct research_signal *s = research.version->signals; s->number; s++)
		if (set & CORE_SIGBIT(s->core))
			bsd |= 1u << (s->number - 1);
	return bsd;
}

static long read_mask(guest_ptr p, u64 *out)
{
	struct pdp_long l;

	if (copy_from_guest(&l, p, sizeof(l)) < 0)
		return -CORE_EFAULT;
	*out = mask_to_core((u32)pdp_get_long(l));
	return 0;
}

static long write_mask(guest_ptr p, u64 set)
{
	struct pdp_long l = pdp_long(mask_from_core(set));

	return copy_to_guest(p, &l, sizeof(l));
}

long research_bsd_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	struct pdp11 *cpu = &research.cpu;
	struct bsd_sigframe s;
	bool was = research.on_altstack;
	u16 sp = (u16)(f->rsp - sizeof(s));

	(void)t;
	(void)ev;
	if (f->rip == research.call_pc)
		f->rip += research.skip;
	research.skip = 0;
	if ((a->flags & CORE_SA_ONSTACK) && research.has_altstack && !was) {
		sp = (u16)(research.altstack + research.altstack_size - sizeof(s));
		research.on_altstack = true;
	}
	s = (struct bsd_sigframe){
	    .signum = pdp_word(research_signal_from_core(si->si_signo)),
	    .code = pdp_word(si->si_signo == CORE_SIGFPE ? cpu->fec : 0),
	    .scp = pdp_word((u16)(sp + offsetof(struct bsd_sigframe, sc))),
	    .sc = {.onstack = pdp_word(was ? BSD_SA_ONSTACK : 0),
		   .mask = pdp_long(mask_from_core(mask)),
		   .sp = pdp_word(f->rsp),
		   .fp = pdp_word(cpu->r[5]),
		   .r1 = pdp_word(cpu->r[1]),
		   .r0 = pdp_word(f->rax),
		   .pc = pdp_word(f->rip),
		   .ps = pdp_word(USER_MODE | (cpu->psw & ~PDP11_C) | (f->rflags & PDP11_C)),
		   .ovno = pdp_word(research.current_overlay)}};
	if (!research.on_altstack)
		research_grow(sp);
	if (copy_to_guest(research_at(sp), &s, sizeof(s)) < 0)
		return -CORE_EFAULT;
	f->rax = a->handler;
	f->rsp = sp;
	f->rip = research.sigtramp;
	cpu->psw &= (u16)~PDP11_T;
	return 0;
}

long research_bsd_sigreturn(struct core_thread *t, IN context)
{
	struct pdp11 *cpu = &research.cpu;
	struct bsd_sigcontext c;

	if (copy_from_guest(&c, context, sizeof(c)) < 0)
		return -CORE_EFAULT;
	if ((pdp_get(c.ps) & USER_MODE) != USER_MODE)
		return -CORE_EINVAL;
	research.on_altstack = pdp_get(c.onstack) & BSD_SA_ONSTACK;
	cpu->r[PDP11_SP] = pdp_get(c.sp);
	cpu->r[5] = pdp_get(c.fp);
	cpu->r[1] = pdp_get(c.r1);
	cpu->r[0] = pdp_get(c.r0);
	cpu->r[PDP11_PC] = pdp_get(c.pc);
	cpu->psw = pdp_get(c.ps) & (PDP11_C | PDP11_V | PDP11_Z | PDP11_N | PDP11_T);
	core_sigmask_set(t, mask_to_core((u32)pdp_get_long(c.mask)));
	return -CORE_EJUSTRETURN;
}

long research_bsd_sigaction(struct core_thread *t, UINT tramp, UINT sig, IN act, OUT old)
{
	int core = research_signal_to_core(sig);
	struct core_action a = {0}, was;
	struct bsd_sigaction b;
	long r;
	u32 f;

	research.sigtramp = (u16)tramp;
	if (!core || (research_addr(act) && (core == CORE_SIGKILL || core == CORE_SIGSTOP)))
		return -CORE_EINVAL;
	r = core_sigaction(t, core, NULL, &was);
	if (r == 0 && research_addr(old)) {
		f = (was.flags & CORE_SA_ONSTACK ? BSD_SA_ONSTACK : 0) |
		    (was.flags & CORE_SA_RESTART ? BSD_SA_RESTART : 0) |
		    (was.flags & CORE_SA_NOCLDSTOP ? BSD_SA_NOCLDSTOP : 0);
		b = (struct bsd_sigaction){pdp_word(was.handler),
					   pdp_long(mask_from_core(was.mask)), pdp_word(f)};
		r = copy_to_guest(old, &b, sizeof(b));
	}
	if (r < 0 || !research_addr(act))
		return r;
	if (copy_from_guest(&b, act, sizeof(b)) < 0)
		return -CORE_EFAULT;
	f = pdp_get(b.flags);
	a.handler = pdp_get(b.handler);
	a.mask = mask_to_core((u32)pdp_get_long(b.mask));
	a.flags = (f & BSD_SA_ONSTACK ? CORE_SA_ONSTACK : 0) |
		  (f & BSD_SA_RESTART ? CORE_SA_RESTART : 0) |
		  (f & BSD_SA_NOCLDSTOP ? CORE_SA_NOCLDSTOP : 0);
	return core_sigaction(t, core, &a, NULL);
}

long research_bsd_sigprocmask(struct core_thread *t, INT how, IN set, OUT old)
{
	static const int hows[] = {0, CORE_SIG_BLOCK, CORE_SIG_UNBLOCK, CORE_SIG_SETMASK};
	u64 was = core_sigmask(t), mask;
	long r = 0;

	if (research_addr(set)) {
		if (how < 1 || how > 3)
			return -CORE_EINVAL;
		r = read_mask(set, &mask);
		if (r == 0)
			r = core_sigprocmask(t, hows[how], mask, NULL);
	}
	return r < 0 || !research_addr(old) ? r : write_mask(old, was);
}

long research_bsd_sigpending(struct core_thread *t, OUT set)
{
	return research_addr(set) ? write_mask(set, core_sigpending(t)) : -CORE_EINVAL;
}

long research_bsd_sigsuspend(struct core_thread *t, IN set)
{
	u64 mask = 0;

	if (research_addr(set) && read_mask(set, &mask) < 0)
		mask = 0;
	core_sigmask_during_call(t, mask);
	EXO(pause);
	return -CORE_ERESTART_NOHAND;
}

long research_bsd_sigaltstack(struct core_thread *t, IN new, OUT old)
{
	u32 f = (research.has_altstack ? 0 : BSD_SA_DISABLE) |
		(research.on_altstack ? BSD_SA_ONSTACK : 0);
	struct bsd_sigaltstack s = {pdp_word(research.altstack), pdp_word(research.altstack_size),
				    pdp_word(f)};

	(void)t;
	if (research_addr(old) && copy_to_guest(old, &s, sizeof(s)) < 0)
		return -CORE_EFAULT;
	if (!research_addr(new))
		return 0;
	if (copy_from_guest(&s, new, sizeof(s)) < 0)
		return -CORE_EFAULT;
	if (pdp_get(s.flags) & BSD_SA_DISABLE) {
		if (research.on_altstack)
			return -CORE_EINVAL;
		research.has_altstack = false;
		return 0;
	}
	if (pdp_get(s.size) < BSD_MINSIGSTKSZ)
		return -CORE_ENOMEM;
	research.altstack = pdp_get(s.base);
	research.altstack_size = pdp_get(s.size);
	research.has_altstack = true;
	return 0;
}

/* 4.3BSD's: where the stack begins, and is it the one in use? */
long research_bsd_sigstack(struct core_thread *t, IN new, OUT old)
{
	struct pdp_word s[2] = {pdp_word(research.altstack),
				pdp_word(research.on_altstack ? BSD_SA_ONSTACK : 0)};

	(void)t;
	if (research_addr(old) && copy_to_guest(old, s, sizeof(s)) < 0)
		return -CORE_EFAULT;
	if (!research_addr(new))
		return 0;
	if (copy_from_guest(s, new, sizeof(s)) < 0)
		return -CORE_EFAULT;
	research.altstack = pdp_get(s[0]);
	research.altstack_size = 0;
	research.on_altstack |= (pdp_get(s[1]) & BSD_SA_ONSTACK) != 0;
	research.has_altstack = true;
	return 0;
}

/* The number of the host's signal taken. One that is not wanted and is handled: waits again. */
static long wait_for_signal(struct core_thread *t, u64 mask)
{
	struct core_siginfo si;
	u64 held;
	long r;

	mask &= ~core_signal_discarded(t);
	held = t->held & mask;
	if (held) {
		core_signal_take_held(t, __builtin_ctzl(held) + 1, &si);
		return si.si_signo;
	}
	do {
		if (mask & ~t->exo.mask)
			core_sigmask_apply(t, mask);
		r = EXO(rt_sigtimedwait, &mask, &si, NULL, 8);
	} while ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && core_signal_absorb(t));
	if (mask & ~t->exo.mask)
		core_sigmask_apply(t, 0);
	if (r > 0)
		core_signal_count(t, (int)r);
	return r == -CORE_EINTR ? -CORE_ERESTART_ALWAYS : r;
}

long research_bsd_sigwait(struct core_thread *t, IN set, OUT sig)
{
	struct pdp_word w;
	u64 mask;
	long r;

	if (!research_addr(set) || !research_addr(sig))
		return -CORE_EINVAL;
	if (read_mask(set, &mask) < 0)
		return -CORE_EFAULT;
	r = wait_for_signal(t, mask);
	if (r < 0)
		return r;
	w = pdp_word(research_signal_from_core((int)r));
	return copy_to_guest(sig, &w, sizeof(w));
}

/* For as long as the running call takes, and its handlers. */
long research_bsd_mask_during(struct core_thread *t, guest_ptr set)
{
	u64 mask;
	long r = read_mask(set, &mask);

	if (r == 0)
		core_sigmask_during_call(t, mask);
	return r;
}
