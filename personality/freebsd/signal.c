/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/signal.c: signal calls. Facts: sigaction(2), sigprocmask(2),
 * sigsuspend(2), sigtimedwait(2), sigaltstack(2), sys/kern/kern_sig.c.
 */
#include "core/process.h"
#include "core/signal.h"
#include "core/threads.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_signal.h"
#include "personality/freebsd/freebsd.h"

long freebsd_sigaction(struct core_thread *t, SIG sig, IN act, OUT oact)
{
	struct freebsd_sigaction in, out = {0};
	struct core_action new = {0}, old;
	int core = freebsd_to_core_signal(sig);
	long r;

	if (!core)
		return -CORE_EINVAL;
	if (act.addr) {
		if (copy_from_guest(&in, act, sizeof(in)) < 0)
			return -CORE_EFAULT;
		if ((core == CORE_SIGKILL || core == CORE_SIGSTOP) && in.sa_handler != 0)
			return -CORE_EINVAL;
		r = freebsd_to_core_saflags(in.sa_flags, &new.flags);
		if (r < 0 && in.sa_handler > CORE_SIG_IGN)
			return r; /* without a handler they are not looked at */
		new.handler = in.sa_handler;
		new.mask = freebsd_to_core_sigset(&in.sa_mask);
	}
	if (core == CORE_SIGKILL || core == CORE_SIGSTOP) {
		memset(&old, 0, sizeof(old));
		r = 0;
	} else {
		r = core_sigaction(t, core, act.addr ? &new : NULL, &old);
	}
	if (r == 0 && oact.addr) {
		out.sa_handler = old.handler;
		out.sa_flags = core_to_freebsd_saflags(old.flags);
		core_to_freebsd_sigset(old.mask, &out.sa_mask);
		if (copy_to_guest(oact, &out, offsetof(struct freebsd_sigaction, pad0)) < 0)
			return -CORE_EFAULT;
	}
	return r;
}

static long read_set(guest_ptr p, u64 *mask)
{
	struct freebsd_sigset set;

	if (copy_from_guest(&set, p, sizeof(set)) < 0)
		return -CORE_EFAULT;
	*mask = freebsd_to_core_sigset(&set);
	return 0;
}

static long write_set(guest_ptr p, u64 mask)
{
	struct freebsd_sigset set;

	core_to_freebsd_sigset(mask, &set);
	return copy_to_guest(p, &set, sizeof(set));
}

long freebsd_sigprocmask(struct core_thread *t, INT how, IN set, OUT oset)
{
	u64 mask = 0, old = core_sigmask(t);

	if (set.addr) {
		if (read_set(set, &mask) < 0)
			return -CORE_EFAULT;
		if (how < FREEBSD_SIG_BLOCK || how > FREEBSD_SIG_SETMASK)
			return -CORE_EINVAL;
		core_sigprocmask(t, how - FREEBSD_SIG_BLOCK + CORE_SIG_BLOCK, mask, &old);
	}
	return oset.addr ? write_set(oset, old) : 0;
}

long freebsd_sigpending(struct core_thread *t, OUT set)
{
	return write_set(set, core_sigpending(t));
}

long freebsd_sigsuspend(struct core_thread *t, IN sigmask)
{
	u64 mask;

	if (read_set(sigmask, &mask) < 0)
		return -CORE_EFAULT;
	core_sigmask_during_call(t, mask);
	EXO(pause);
	return -CORE_ERESTART_NOHAND;
}

long freebsd_sigaltstack(struct core_thread *t, IN ss, OUT oss)
{
	struct freebsd_stack in, out = {0};
	bool on = core_on_altstack(t, t->exo.frame->rsp);

	if (ss.addr && copy_from_guest(&in, ss, sizeof(in)) < 0)
		return -CORE_EFAULT;
	out.ss_sp = t->altstack.ss_sp;
	out.ss_size = t->altstack.ss_size;
	out.ss_flags = t->altstack.ss_flags & CORE_SS_DISABLE ? FREEBSD_SS_DISABLE
		       : on				      ? FREEBSD_SS_ONSTACK
							      : 0;
	if (ss.addr) {
		if (on)
			return -CORE_EPERM;
		if (in.ss_flags & ~FREEBSD_SS_DISABLE)
			return -CORE_EINVAL;
		if (in.ss_flags & FREEBSD_SS_DISABLE) {
			t->altstack.ss_flags = CORE_SS_DISABLE;
		} else {
			if (in.ss_size < FREEBSD_MINSIGSTKSZ)
				return -CORE_ENOMEM;
			t->altstack.ss_sp = in.ss_sp;
			t->altstack.ss_size = in.ss_size;
			t->altstack.ss_flags = 0;
		}
	}
	return oss.addr ? copy_to_guest(oss, &out, sizeof(out)) : 0;
}

static long wait_for(struct core_thread *t, u64 mask, struct core_siginfo *si,
		     const struct core_timespec *timeout)
{
	long r = core_signal_wait(t, mask, si, timeout);

	return r == -CORE_EINTR && timeout ? -CORE_EINTR_FINAL : r;
}

long freebsd_sigtimedwait(struct core_thread *t, IN set, OUT info, IN timeout)
{
	struct freebsd_siginfo out;
	struct core_siginfo si;
	struct core_timespec ts;
	u64 mask;
	long r;

	if (timeout.addr && copy_from_guest(&ts, timeout, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	if (read_set(set, &mask) < 0)
		return -CORE_EFAULT;
	r = wait_for(t, mask, &si, timeout.addr ? &ts : NULL);
	if (r < 0)
		return r;
	core_to_freebsd_siginfo(&si, 0, &out);
	if (info.addr && copy_to_guest(info, &out, sizeof(out)) < 0)
		return -CORE_EFAULT;
	return out.si_signo;
}

long freebsd_sigwaitinfo(struct core_thread *t, IN set, OUT info)
{
	return freebsd_sigtimedwait(t, set, info, gp(0));
}

/* Errors are its value, as posix_fallocate's are (all these numbers are FreeBSD's too). */
long freebsd_sigwait(struct core_thread *t, IN set, OUT sig)
{
	struct core_siginfo si;
	u64 mask;
	long r;

	if (read_set(set, &mask) < 0)
		return CORE_EFAULT;
	r = wait_for(t, mask, &si, NULL);
	if (r == -CORE_EINTR && !core_signal_restarts(t))
		return CORE_EINTR;
	if (r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS)
		return -CORE_ERESTART_ALWAYS;
	if (r < 0)
		return CORE_EINVAL;
	return guest_write_u32(sig, (u32)core_to_freebsd_signal((int)r)) < 0 ? CORE_EFAULT : 0;
}

/* A signal number for kill and its like: 0 is a question, not a signal. -1 for none. */
static int send_number(int sig)
{
	int core = freebsd_to_core_signal(sig);

	return sig == 0 ? 0 : core ? core : -1;
}

long freebsd_kill(struct core_thread *t, PID pid, SIG signum)
{
	int sig = send_number(signum);

	if (pid == t->pid && core_signal_self(t, sig, CORE_SI_USER))
		return 0;
	return sig < 0 ? -CORE_EINVAL : EXO(kill, pid, sig);
}

long freebsd_sigqueue(struct core_thread *t, PID pid, SIG signum, ADDR value)
{
	struct core_siginfo si = {0};
	int sig = send_number(signum);

	if (sig < 0 || pid <= 0)
		return -CORE_EINVAL;
	if (sig == 0)
		return EXO(kill, pid, 0);
	si.si_signo = sig;
	si.si_code = CORE_SI_QUEUE;
	si.kill.pid = t->pid;
	si.kill.uid = (u32)EXO(getuid);
	si.kill.value.sival_ptr = value;
	return EXO(rt_sigqueueinfo, pid, sig, &si);
}

long freebsd_thr_kill2(struct core_thread *t, PID pid, LONG id, SIG signum)
{
	int sig = send_number(signum);
	long r;

	if (id == -1) { /* every thread but the caller, of another process: the process */
		r = pid == t->pid ? 0 : EXO(kill, pid, 0);
		if (r < 0 || sig < 0)
			return r < 0 ? r : -CORE_EINVAL;
		if (pid != t->pid)
			return EXO(kill, pid, sig);
		return core_thread_signal_others(t, sig) ? 0 : -CORE_ESRCH;
	}
	if (id <= FREEBSD_TID_BASE)
		return -CORE_ESRCH;
	if (pid == t->pid && id == freebsd_tid(t->exo.tid) &&
	    core_signal_self(t, sig, CORE_SI_TKILL))
		return 0;
	r = EXO(tgkill, pid, id - FREEBSD_TID_BASE, MAX(sig, 0));
	return r < 0 || sig >= 0 ? r : -CORE_EINVAL;
}

long freebsd_thr_kill(struct core_thread *t, LONG id, SIG signum)
{
	return freebsd_thr_kill2(t, t->pid, id, signum);
}
