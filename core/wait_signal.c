/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/wait_signal.c: the signal of a child whose news were taken.
 *
 * FreeBSD and illumos queue one SIGCHLD per child, and a wait takes the child's with its news; the
 * hub keeps one for all, and keeps it. So where it is blocked and pending the waited child's is
 * dropped, and raised anew for another child that has news, whose own was never queued.
 * Facts: FreeBSD's proc_reap and report_alive_proc (sys/kern/kern_exit.c), kern.wait_dequeue_
 * sigchld; illumos's sigcld_delete and sigcld_repost (usr/src/uts/common/os/sig.c).
 */
#include "core/wait_signal.h"
#include "core/abi.h"
#include "core/signal.h"
#include "lib/mem.h"

static const u64 set = CORE_SIGBIT(CORE_SIGCHLD);

static bool is_pending(void)
{
	u64 pending = 0;

	return EXO_NOW(rt_sigpending, &pending, sizeof(pending)) == 0 && (pending & set);
}

/* Another child's news, or false. */
static bool other_child(const struct core_thread *t, struct core_siginfo *si)
{
	int how = CORE_WEXITED | CORE_WNOHANG | CORE_WNOWAIT;

	if (!(t->proc->action[CORE_SIGCHLD].flags & CORE_SA_NOCLDSTOP))
		how |= CORE_WSTOPPED | CORE_WCONTINUED;
	memset(si, 0, sizeof(*si));
	return EXO_NOW(waitid, CORE_P_ALL, 0, si, how, NULL) == 0 && si->chld.pid;
}

void core_wait_signal(const struct core_thread *t, i32 pid)
{
	static const struct core_timespec at_once;
	struct core_siginfo si;

	if (LIKELY(!(t->exo.mask & set)) || !is_pending() ||
	    EXO_NOW(rt_sigtimedwait, &set, &si, &at_once, sizeof(set)) != CORE_SIGCHLD)
		return;
	if (si.si_code > 0 && si.chld.pid == pid && !other_child(t, &si))
		return;
	/* Only a process's first thread may queue what says it comes from the host. */
	if (EXO_NOW(rt_sigqueueinfo, t->pid, CORE_SIGCHLD, &si) < 0)
		EXO_NOW(kill, t->pid, CORE_SIGCHLD);
}
