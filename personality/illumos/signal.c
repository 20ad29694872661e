/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/signal.c: signal calls.
 *
 * Facts: sigaction(2), sigprocmask(2), sigsuspend(2), sigaltstack(2), and usr/src/uts/common/
 * syscall/sig*.c; what SIG_IGN and SIG_DFL of SIGCLD do to children: setsigact of usr/src/uts/
 * common/os/sig.c.
 */
#include "core/process.h"
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"

#define NSEC 1000000000

long illumos_sigaction(struct core_thread *t, SIG sig, IN act, OUT oact)
{
	struct illumos_sigaction in, out = {0};
	struct core_action new = {0}, old = {0};
	int core = illumos_to_core_signal(sig);
	long r = 0;

	if (!core && !illumos_signal_alone(sig))
		return -CORE_EINVAL;
	if (act.addr && (core == CORE_SIGKILL || core == CORE_SIGSTOP))
		return -CORE_EINVAL;
	if (act.addr) {
		if (copy_from_guest(&in, act, sizeof(in)) < 0)
			return -CORE_EFAULT;
		new.handler = in.sa_handler;
		new.flags = illumos_to_core_saflags(in.sa_flags);
		new.mask = illumos_to_core_sigset(&in.sa_mask, NULL);
	}
	if (core && core != CORE_SIGKILL && core != CORE_SIGSTOP)
		r = core_sigaction(t, core, act.addr ? &new : NULL, &old);
	if (r < 0 || !oact.addr)
		return r;
	out.sa_handler = old.handler;
	/* Of an action without a handler only what concerns children is kept. */
	if (old.handler <= CORE_SIG_IGN) {
		old.flags &= CORE_SA_NOCLDSTOP | CORE_SA_NOCLDWAIT;
		old.mask = 0;
	}
	out.sa_flags = core_to_illumos_saflags(old.flags);
	core_to_illumos_sigset(old.mask, 0, &out.sa_mask);
	return copy_to_guest(oact, &out, sizeof(out));
}

static long read_set(guest_ptr p, struct illumos_sigset *set)
{
	return copy_from_guest(set, p, sizeof(*set));
}

/* how is illumos's and checked. */
static void change_mask(struct core_thread *t, int how, const struct illumos_sigset *set)
{
	u64 *alone = &t->abi_data[ILLUMOS_T_ALONE], more, mask;

	mask = illumos_to_core_sigset(set, &more);
	if (t->deferring) /* everything is blocked already */
		core_signal_resume(t);
	switch (how) {
	case ILLUMOS_SIG_BLOCK:
		*alone |= more;
		break;
	case ILLUMOS_SIG_UNBLOCK:
		*alone &= ~more;
		break;
	default:
		*alone = more;
		break;
	}
	core_sigprocmask(t, how - ILLUMOS_SIG_BLOCK + CORE_SIG_BLOCK, mask, NULL);
}

static bool is_how(int how)
{
	return how >= ILLUMOS_SIG_BLOCK && how <= ILLUMOS_SIG_SETMASK;
}

long illumos_sigprocmask(struct core_thread *t, INT how, IN set, OUT oset)
{
	struct illumos_sigset new, old;

	if (set.addr && !is_how(how))
		return -CORE_EINVAL;
	if (set.addr && read_set(set, &new) < 0)
		return -CORE_EFAULT;
	core_to_illumos_sigset(core_sigmask(t), t->abi_data[ILLUMOS_T_ALONE], &old);
	if (oset.addr && copy_to_guest(oset, &old, sizeof(old)) < 0)
		return -CORE_EFAULT;
	if (set.addr)
		change_mask(t, how, &new);
	return 0;
}

/* The library's own: the set in registers. The results are the first two words as they were. */
long illumos_lwp_sigmask(struct core_thread *t, INT how, UINT bits0, UINT bits1, UINT bits2,
			 UINT bits3)
{
	struct illumos_sigset new = {{bits0, bits1, bits2, bits3}}, old;

	core_to_illumos_sigset(core_sigmask(t), t->abi_data[ILLUMOS_T_ALONE], &old);
	if (is_how(how))
		change_mask(t, how, &new);
	return illumos_two(t, old.bits[0], old.bits[1]);
}

long illumos_sigpending(struct core_thread *t, INT flag, OUT set)
{
	struct illumos_sigset out;

	if (flag == ILLUMOS_SIGPENDING)
		core_to_illumos_sigset(core_sigpending(t), 0, &out);
	else if (flag == ILLUMOS_SIGFILLSET)
		out = (struct illumos_sigset){{~0u, ~0u, (1u << (ILLUMOS_MAXSIG - 64)) - 1, 0}};
	else
		return -CORE_EINVAL;
	return copy_to_guest(set, &out, sizeof(out));
}

long illumos_sigsuspend(struct core_thread *t, IN set)
{
	struct illumos_sigset new;

	if (read_set(set, &new) < 0)
		return -CORE_EFAULT;
	core_sigmask_during_call(t, illumos_to_core_sigset(&new, NULL));
	EXO(pause);
	return -CORE_ERESTART_NOHAND;
}

/* Another signal's handler ends the wait for good. */
long illumos_sigtimedwait(struct core_thread *t, IN set, OUT info, IN timeout)
{
	struct illumos_siginfo out;
	struct core_timespec ts;
	struct illumos_sigset in;
	struct core_siginfo si;
	u64 mask, alone;
	long r;

	if (timeout.addr && copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (timeout.addr && (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC))
		return -CORE_EINVAL;
	if (read_set(set, &in) < 0)
		return -CORE_EFAULT;
	mask = illumos_to_core_sigset(&in, &alone);
	if (!mask && !alone)
		return -CORE_EINVAL;
	r = core_signal_wait(t, mask, &si, timeout.addr ? &ts : NULL);
	if (r < 0)
		return r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS ? -CORE_EINTR_FINAL : r;
	core_to_illumos_siginfo(&si, 0, 0, &out);
	if (info.addr && copy_to_guest(info, &out, sizeof(out)) < 0)
		return -CORE_EFAULT;
	return out.si_signo;
}

long illumos_pause(struct core_thread *t)
{
	(void)t;
	EXO(pause);
	return -CORE_ERESTART_NOHAND;
}

long illumos_sigaltstack(struct core_thread *t, IN ss, OUT oss)
{
	struct illumos_stack in, out = {0};
	bool on = core_on_altstack(t, t->exo.frame->rsp);

	if (ss.addr) {
		if (on)
			return -CORE_EPERM;
		if (copy_from_guest(&in, ss, sizeof(in)) < 0)
			return -CORE_EFAULT;
		if (in.ss_flags & ~ILLUMOS_SS_DISABLE)
			return -CORE_EINVAL;
		if (!(in.ss_flags & ILLUMOS_SS_DISABLE) && in.ss_size < ILLUMOS_MINSIGSTKSZ)
			return -CORE_ENOMEM;
	}
	out.ss_sp = t->altstack.ss_sp;
	out.ss_size = t->altstack.ss_size;
	out.ss_flags = t->altstack.ss_flags & CORE_SS_DISABLE ? ILLUMOS_SS_DISABLE
		       : on				      ? ILLUMOS_SS_ONSTACK
							      : 0;
	if (oss.addr && copy_to_guest(oss, &out, sizeof(out)) < 0)
		return -CORE_EFAULT;
	if (ss.addr) {
		t->altstack.ss_sp = in.ss_sp;
		t->altstack.ss_size = in.ss_size;
		t->altstack.ss_flags = in.ss_flags & ILLUMOS_SS_DISABLE ? CORE_SS_DISABLE : 0;
	}
	return 0;
}
