/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/signal_send.c: signals sent to processes, and to oneself once more.
 *
 * Facts: usr/src/uts/common/syscall/{sigqueue,sigsendset,signotify}.c, os/sig.c (sigwillqueue).
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_signal.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procset.h"

/* A signal number for kill and its like: 0 is a question, not a signal. -1 for none. */
static int send_number(int sig)
{
	int core = illumos_to_core_signal(sig);

	return sig == 0 ? 0 : core ? core : -1;
}

long illumos_kill(struct core_thread *t, PID pid, SIG sig)
{
	int core = send_number(sig);

	if (core < 0)
		return -CORE_EINVAL;
	if (illumos_contracts(t))
		illumos_contract_kills(t, pid, core);
	if (pid == t->pid && core_signal_self(t, core, CORE_SI_USER))
		return 0;
	return EXO(kill, pid, core);
}

/* Whose turn it is to wait for room in a queue is the host's matter. */
long illumos_sigqueue(struct core_thread *t, PID pid, SIG sig, ADDR value, INT code, INT block)
{
	struct core_siginfo si = {0};
	int core = send_number(sig);

	(void)block;
	if (pid <= 0 || code < ILLUMOS_SI_MESGQ || code > ILLUMOS_SI_QUEUE || core < 0)
		return -CORE_EINVAL;
	if (core == 0)
		return EXO(kill, pid, 0);
	if (illumos_contracts(t))
		illumos_contract_kills(t, pid, core);
	si.si_signo = core;
	si.si_code = code == ILLUMOS_SI_QUEUE	? CORE_SI_QUEUE
		     : code == ILLUMOS_SI_TIMER ? CORE_SI_TIMER
		     : code == ILLUMOS_SI_MESGQ ? CORE_SI_MESGQ
						: CORE_SI_ASYNCIO;
	si.kill.pid = t->pid;
	si.kill.uid = (u32)EXO(getuid);
	si.kill.value.sival_ptr = value;
	return EXO(rt_sigqueueinfo, pid, core, &si);
}

struct sending {
	int sig;
	u32 sent, refused;
};

/* Some that may not be signalled are no error, all of them are. */
static long send_one(void *ctx, i32 pid)
{
	struct sending *s = ctx;
	struct core_thread *t = core_self();

	long r = -CORE_EPERM;

	if (!illumos_priv_is_guarded(t) || illumos_priv_reaches(t, pid)) {
		if (illumos_contracts(t))
			illumos_contract_kills(t, pid, s->sig);
		r = EXO_NOW(kill, pid, s->sig);
	}

	s->sent += r == 0;
	s->refused += r == -CORE_EPERM;
	return 0;
}

long illumos_sigsendsys(struct core_thread *t, IN set, SIG sig)
{
	struct sending s = {.sig = send_number(sig)};
	struct illumos_procset p;
	long r;

	if (s.sig < 0)
		return -CORE_EINVAL;
	if (copy_from_guest(&p, set, sizeof(p)) < 0)
		return -CORE_EFAULT;
	r = illumos_procset_check(&p);
	if (r == 0 && illumos_procset_lwp(t, &p)) /* an LWP is no process */
		r = -CORE_EINVAL;
	if (r == 0)
		r = illumos_procset_each(t, &p, send_one, &s);
	if (r == 0 && !s.sent)
		r = s.refused ? -CORE_EPERM : -CORE_ESRCH;
	return r;
}

/* The library has put a signal off and takes it now, with the mask it has from then on. */
long illumos_sigresend(struct core_thread *t, SIG sig, IN siginfo, IN mask)
{
	struct core_siginfo si = {.si_signo = illumos_to_core_signal(sig),
				  .si_code = CORE_SI_KERNEL};
	struct illumos_siginfo in;
	struct illumos_sigset set;

	if (!si.si_signo || CORE_SIGBIT(si.si_signo) & CORE_SIG_UNBLOCKABLE)
		return -CORE_EINVAL;
	if (siginfo.addr) {
		if (copy_from_guest(&in, siginfo, sizeof(in)) < 0)
			return -CORE_EFAULT;
		if (in.si_signo != sig)
			return -CORE_EINVAL;
		si.si_code = in.si_code == ILLUMOS_SI_USER    ? CORE_SI_USER
			     : in.si_code == ILLUMOS_SI_LWP   ? CORE_SI_TKILL
			     : in.si_code == ILLUMOS_SI_QUEUE ? CORE_SI_QUEUE
							      : CORE_SI_KERNEL;
		si.kill.pid = in.kill.pid;
		si.kill.uid = in.kill.uid;
		si.kill.value.sival_ptr = in.kill.value;
	}
	if (copy_from_guest(&set, mask, sizeof(set)) < 0)
		return -CORE_EFAULT;
	if (t->has_raised)
		return -CORE_EAGAIN;
	core_signal_raise(t, &si);
	illumos_context_mask(t, &set);
	return 0;
}
