/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/signal.c: signals up to the Seventh Edition, and what all share.
 *
 * A caught signal is an interrupt: status word and PC are pushed, the handler's address is the
 * PC, and an rtt takes both back. It is reset to the default as it is caught, but for illegal
 * instructions and traces; nothing is blocked, and the interrupted call fails with EINTR. An odd
 * address ignores the signal, zero is the default. Facts: ssig(), psig(), sendsig() of sys4.c,
 * sig.c and machdep.c (V7), ken/sys4.c and sig.c (V6); signal(2).
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/research/research.h"

#define SIG_ILL	 4
#define SIG_TRAP 5
#define SIG_KILL 9

const i16 research_errno[256] = {
#define OLD_E(number, core)   [core] = number,
#define OLD_E_NEAR(core, old) [core] = old,
#include "personality/research/errno.def"
};

const i16 research_errno_bsd29[256] = {
#define OLD_E_BSD29
#include "personality/research/errno.def"
#undef OLD_E_BSD29
};

const i16 research_errno_bsd[256] = {
#define OLD_E_BSD
#include "personality/research/errno.def"
#include "personality/research/errno_bsd.def"
#undef OLD_E_BSD
#undef OLD_E
#undef OLD_E_NEAR
};

const struct research_signal research_signals_v7[] = {
#define OLD_SIG(number, name, core, dumps) {number, core, dumps},
#define OLD_SIG_V7
#include "personality/research/signal.def"
#undef OLD_SIG_V7
    {0}};
const struct research_signal research_signals_usg[] = {
#define OLD_SIG_USG
#include "personality/research/signal.def"
#undef OLD_SIG_USG
    {0}};
const struct research_signal research_signals_bsd[] = {
#define OLD_SIG_BSD
#include "personality/research/signal.def"
#undef OLD_SIG_BSD
#undef OLD_SIG
    {0}};

int research_signal_to_core(u32 number)
{
	for (const struct research_signal *s = research.version->signals; s->number; s++)
		if (s->number == number)
			return s->core;
	return 0;
}

static const struct research_signal *find(int sig)
{
	const struct research_signal *s = research.version->signals;

	while (s->number && s->core != sig)
		s++;
	return s;
}

/* One these systems do not have is a termination to them. */
u32 research_signal_from_core(int sig)
{
	const struct research_signal *s = find(sig);

	return s->number ? s->number : 15;
}

u16 research_status(int status)
{
	int sig = CORE_WTERMSIG(status);

	if (CORE_WIFSTOPPED(status))
		return (u16)(research_signal_from_core(CORE_WSTOPSIG(status)) << 8 | 0177);
	if (CORE_WIFEXITED(status))
		return (u16)(CORE_WEXITSTATUS(status) << 8);
	return (u16)(research_signal_from_core(sig) | (status & CORE_W_COREFLAG ? 0200 : 0));
}

/* Signals of the processor may be ignored, which a fault of the host's may not. */
void research_raise(struct core_thread *t, u32 number)
{
	struct core_siginfo si = {.si_signo = research_signal_to_core(number),
				  .si_code = CORE_SI_USER};

	core_signal_raise(t, &si);
}

long research_missing(struct core_thread *t, u64 nr)
{
	(void)nr;
	if (!research.version->sigsys)
		return -CORE_EINVAL;
	research_raise(t, 12);
	return 0;
}

bool research_signal_comes(struct core_thread *t, struct exo_frame *f, struct core_siginfo *si)
{
	return !research_profil_tick(si, (u16)f->rip) && research_debug_signal(t, f, si) &&
	       research_trace_stop(t, f, si);
}

long research_signal_frame(struct core_thread *t, struct exo_frame *f, const struct core_action *a,
			   const struct core_siginfo *si, const struct exo_event *ev, u64 mask)
{
	u16 sp = (u16)(f->rsp - 4);

	(void)t;
	(void)si;
	(void)ev;
	(void)mask;
	if (f->rip == research.call_pc)
		f->rip += research.skip;
	research.skip = 0;
	research_grow(sp);
	if (research_store((u16)(sp + 2),
			   (u16)((research.cpu.psw & ~PDP11_C) | (f->rflags & PDP11_C))) < 0 ||
	    research_store(sp, (u16)f->rip) < 0)
		return -CORE_EFAULT;
	f->rsp = sp;
	f->rip = a->handler;
	research.cpu.psw &= (u16)~PDP11_T;
	return 0;
}

static u16 disposition(const struct core_action *a)
{
	return (u16)a->handler; /* the default and ignoring have the same numbers */
}

long research_signal(struct core_thread *t, u32 sig, u32 func)
{
	int core = research_signal_to_core(sig);
	struct core_action old,
	    act = {.handler = func & 1 ? CORE_SIG_IGN : func, .flags = CORE_SA_NODEFER};
	long r;

	if (!core || sig == SIG_KILL)
		return -CORE_EINVAL;
	if (sig != SIG_ILL && sig != SIG_TRAP)
		act.flags |= CORE_SA_RESETHAND;
	r = core_sigaction(t, core, &act, &old);
	return r < 0 ? r : disposition(&old);
}
