/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp_suspend.c: LWPs that others stop and continue.
 *
 * Who is to stop gets a signal of the host's that the runtime always catches, with a value of our
 * own; it stops where signals are delivered, so never in the middle of a call, and the caller
 * waits until it has. A call that slept goes on sleeping afterwards. Facts: usr/src/uts/common/os/
 * lwp.c (lwp_suspend, lwp_continue, holdlwp).
 */
#include "core/signal.h"
#include "lib/mem.h"
#include "personality/illumos/lwp.h"

#define CODE_QUEUED (-1)     /* SI_QUEUE of the host */
#define PATIENCE_NS 10000000 /* between looks whether the other is still there */

/* illumos_lwp.suspended */
enum { RUNS, ASKED, STOPPED };

static u32 stops; /* a futex: how many times somebody has stopped */

static void stop(struct illumos_lwp *l)
{
	u32 state = ASKED;

	while (state != RUNS) {
		if (__atomic_compare_exchange_n(&l->suspended, &state, STOPPED, false,
						__ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
			__atomic_add_fetch(&stops, 1, __ATOMIC_RELEASE);
			illumos_wake_word((u64)&stops, INT32_MAX, false);
			state = STOPPED;
		}
		if (state == STOPPED)
			EXO_NOW(futex, &l->suspended, CORE_FUTEX_WAIT | CORE_FUTEX_PRIVATE_FLAG,
				STOPPED, 0);
		state = __atomic_load_n(&l->suspended, __ATOMIC_ACQUIRE);
	}
}

void illumos_lwp_begin_stopped(struct core_thread *t)
{
	stop((struct illumos_lwp *)t->start_arg[ILLUMOS_START_LWP]);
}

bool illumos_lwp_is_stop(struct core_thread *t, const struct core_siginfo *si)
{
	struct illumos_lwp *l;

	if (LIKELY(si->si_signo != CORE_SIGSYS || si->si_code != CODE_QUEUED ||
		   si->kill.value.sival_ptr != (u64)&stops))
		return false;
	if (illumos_lwp_use((i32)t->abi_data[ILLUMOS_T_LWP], illumos_lwp_own, &l) == 0 &&
	    l->suspended)
		stop(l);
	return true;
}

/* 1: it has stopped. */
static long ask(struct illumos_lwp *l, void *arg)
{
	struct core_thread *t = arg;
	struct core_siginfo si;
	u32 state = RUNS;

	__atomic_compare_exchange_n(&l->suspended, &state, ASKED, false, __ATOMIC_ACQ_REL,
				    __ATOMIC_ACQUIRE);
	if (state == STOPPED)
		return 1;
	if (l->thread == t || !l->tid) /* it will see it by itself */
		return 0;
	memset(&si, 0, sizeof(si));
	si.si_signo = CORE_SIGSYS;
	si.si_code = CODE_QUEUED;
	si.kill.pid = t->pid;
	si.kill.value.sival_ptr = (u64)&stops;
	EXO_NOW(rt_tgsigqueueinfo, t->pid, l->tid, CORE_SIGSYS, &si);
	return 0;
}

long illumos_lwp_suspend(struct core_thread *t, INT lwpid)
{
	struct core_timespec patience = {0, PATIENCE_NS};
	struct illumos_lwp *l;
	long r;

	if ((u32)lwpid == (u32)t->abi_data[ILLUMOS_T_LWP]) {
		r = illumos_lwp_use(lwpid, ask, t);
		if (r == 0 && illumos_lwp_use(lwpid, illumos_lwp_own, &l) == 0)
			stop(l);
		return r < 0 ? r : 0;
	}
	for (;;) {
		u32 seen = __atomic_load_n(&stops, __ATOMIC_ACQUIRE);

		r = illumos_lwp_use(lwpid, ask, t); /* each time: a signal may swallow another */
		if (r != 0)
			return r < 0 ? r : 0;
		r = EXO(futex, &stops, CORE_FUTEX_WAIT | CORE_FUTEX_PRIVATE_FLAG, seen, &patience);
		if ((r == -CORE_EINTR || r == -CORE_ERESTART_ALWAYS) && !core_signal_absorb(t))
			return -CORE_EINTR_FINAL;
	}
}

static long resume(struct illumos_lwp *l, void *arg)
{
	(void)arg;
	__atomic_store_n(&l->suspended, RUNS, __ATOMIC_RELEASE);
	illumos_wake_word((u64)&l->suspended, 1, false);
	return 0;
}

long illumos_lwp_continue(struct core_thread *t, INT lwpid)
{
	(void)t;
	return illumos_lwp_use(lwpid, resume, NULL);
}
