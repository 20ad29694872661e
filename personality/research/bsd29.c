/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/bsd29.c: 2.9BSD, the Seventh Edition with Berkeley's additions, job control
 * among them: a signal may be held (3 in place of an address), a handler with an odd address is
 * called at the even one with its signal held meanwhile, and libjobs ends a handler by setting
 * the action again, which pops the arguments and returns from the interrupt as well.
 *
 * Facts: usr/include of 2.9BSD (param.h, signal.h, wait.h, ioctl.h), libc and libjobs; jobs(3).
 */
#define RESEARCH_ROWS "personality/research/bsd29.def"
#include "core/signal.h"
#include "personality/research/calls.h"
#include "personality/research/table.inc"
#include "personality/research/systems.h"

#define SIGNUMMASK 0377
#define SIGDOPAUSE 0400
#define SIGDORTI   01000
#define SIG_HOLD   3
#define ALL_CODES  (PDP11_N | PDP11_Z | PDP11_V | PDP11_C)

static const struct research_version version = {
    .shape = shapes,
    .signals = research_signals_bsd,
    .user = &research_user_bsd29,
    .number_mask = 077,
    .nofile = 20,
    .name_max = 14,
    .args_max = 5120,
    .stack_clicks = 20,
    .environment = true,
    .jobs = true,
    .root_ino = 2,
};

const struct core_personality research_bsd29_personality = {
    RESEARCH_PERSONALITY("bsd29"),
    .carry_errno = research_errno_bsd29,
    .default_ignored = CORE_SIGBIT(CORE_SIGURG) | CORE_SIGBIT(CORE_SIGCONT) |
		       CORE_SIGBIT(CORE_SIGCHLD) | CORE_SIGBIT(CORE_SIGIO),
    .signal_frame = research_signal_frame,
};

long research_jobs_wait(struct core_thread *t)
{
	const struct pdp11 *cpu = &research.cpu;
	bool options = (cpu->psw & ALL_CODES) == ALL_CODES;
	u16 status = 0; /* the options have the host's numbers */
	long r = research_wait_for(t, -1, &status, options ? cpu->r[0] & 3 : 0, NULL);

	return r <= 0 ? r : research_pair(research_pid((i32)r), status);
}

long research_jobs_kill(struct core_thread *t, PID pid, SIG sig)
{
	return sig < 0 ? research_bsd_killpg(t, pid, -sig) : research_kill(t, pid, sig);
}

/* No group is a question. */
long research_jobs_setpgrp(struct core_thread *t, PID pid, PID group)
{
	long r = research_bsd_getpgrp(t, pid);

	if (r < 0 || group == 0 || r == group)
		return r;
	return research_bsd_setpgrp(t, pid, group);
}

long research_jobs_ioctl(struct core_thread *t, FD fd, UINT request, INOUT argument)
{
	return research_bsd_ioctl(t, fd, request, argument);
}

long research_jobs_renice(struct core_thread *t, PID pid, INT niceness)
{
	(void)t;
	return EXO(setpriority, CORE_PRIO_PROCESS, pid ? research_pid_back((u16)pid) : 0, niceness);
}

long research_jobs_gldav(struct core_thread *t, OUT averages)
{
	struct pdp_word load[3];

	(void)t;
	research_loads(load);
	return copy_to_guest(averages, load, sizeof(load));
}

long research_jobs_fperr(struct core_thread *t)
{
	(void)t;
	return research_pair(research.cpu.fec, research.cpu.fea);
}

/* What ssig() said before: a held signal has no other action then. */
static u16 said(struct core_thread *t, int core, const struct core_action *a)
{
	if (core_sigmask(t) & CORE_SIGBIT(core))
		return SIG_HOLD;
	return (u16)(a->handler | (a->handler > 1 && (a->flags & CORE_SA_RESTART) ? 1 : 0));
}

static long set_action(struct core_thread *t, u32 sig, u32 func)
{
	int core = research_signal_to_core(sig);
	u64 held = core ? CORE_SIGBIT(core) : 0;
	struct core_action old, act = {.handler = func};
	u16 before;
	long r;

	if (!core || core == CORE_SIGKILL || core == CORE_SIGSTOP ||
	    (core == CORE_SIGCONT && (func == 1 || func == SIG_HOLD)))
		return -CORE_EINVAL;
	if (func > SIG_HOLD && (func & 1)) {
		act.handler = func & ~1u;
		act.flags = CORE_SA_RESTART;
	} else if (func > 1) {
		act.flags = CORE_SA_NODEFER |
			    (core == CORE_SIGILL || core == CORE_SIGTRAP ? 0 : CORE_SA_RESETHAND);
	}
	r = core_sigaction(t, core, func == SIG_HOLD ? NULL : &act, &old);
	if (r < 0)
		return r;
	before = said(t, core, &old);
	core_sigmask_set(t, func == SIG_HOLD ? core_sigmask(t) | held : core_sigmask(t) & ~held);
	return before;
}

/* As if the arguments were popped and an rti followed. */
static long return_from_interrupt(void)
{
	struct pdp11 *cpu = &research.cpu;
	u16 sp = (u16)(cpu->r[PDP11_SP] + 4);
	i32 pc = research_fetch(sp), ps = research_fetch((u16)(sp + 2));

	if (pc < 0 || ps < 0)
		return -CORE_EFAULT;
	cpu->r[PDP11_PC] = (u16)pc;
	cpu->psw = (u16)(ps & (ALL_CODES | PDP11_T));
	cpu->r[PDP11_SP] = (u16)(sp + 4);
	return -CORE_EJUSTRETURN;
}

long research_jobs_signal(struct core_thread *t, UINT sig, UINT func)
{
	long r = set_action(t, sig & SIGNUMMASK, func);

	if (r >= 0 && (sig & SIGDOPAUSE)) {
		EXO(pause);
		return -CORE_ERESTART_NOHAND;
	}
	return r >= 0 && (sig & SIGDORTI) ? return_from_interrupt() : r;
}
