/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/quiet.c: children that were forked with FORK_NOSIGCHLD or FORK_WAITPID.
 *
 * The first kind sends no SIGCHLD when it ends. The hub can be told so (an exit signal of 0), but
 * takes it back when the child executes a program: so the signal is dropped when it comes, too, and
 * another child's put in its place if that has news, since the hub queues one for all.
 *
 * The second kind, once it has ended, is found by a wait for its id alone. A wait for any that
 * meets one takes it from the hub and keeps what it learned here. As long as such a child lives it
 * counts as one to be waited for, as in the original. Facts: fork(2) (forkx),
 * usr/src/uts/common/os/exit.c (waitid), os/sig.c (sigcld), sys/proc.h (CLDNOSIGCHLD, CLDWAITPID).
 */
#include "personality/illumos/quiet.h"
#include "core/abi.h"
#include "exo/lock.h"
#include "lib/mem.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/illumos.h"

#define EVENTS (CORE_WEXITED | CORE_WSTOPPED | CORE_WCONTINUED)

struct quiet {
	i32 pid; /* 0: free */
	u32 flags;
	bool told;   /* its signal has come, and was dropped */
	bool reaped; /* it was waited for, and its signal is yet to come */
	bool ended;
	struct core_siginfo si; /* how */
};

#define CHILDREN 256

FB_HOT bool illumos_quiet_any;
static struct exo_lock lock;
static struct quiet *children;

static struct quiet *find(i32 pid)
{
	for (u32 i = 0; children && i < CHILDREN; i++)
		if (children[i].pid == pid)
			return &children[i];
	return NULL;
}

static struct quiet *find_reaped(void)
{
	for (u32 i = 0; children && i < CHILDREN; i++)
		if (children[i].pid && children[i].reaped)
			return &children[i];
	return NULL;
}

long illumos_quiet_prepare(void)
{
	bool room;

	exo_lock(&lock);
	if (!children)
		children = exo_pages_alloc(CHILDREN * sizeof(*children));
	room = find(0) || find_reaped();
	exo_unlock(&lock);
	illumos_fork_resets = true;
	__atomic_store_n(&illumos_quiet_any, true, __ATOMIC_RELAXED);
	return room ? 0 : -CORE_EAGAIN;
}

void illumos_quiet_add(i32 pid, u32 flags)
{
	struct quiet *q;

	exo_lock(&lock);
	q = find(pid); /* of a child long gone, if there is one */
	if (!q)
		q = find(0);
	if (!q)
		q = find_reaped();
	if (q)
		*q = (struct quiet){.pid = pid, .flags = flags};
	exo_unlock(&lock);
}

static bool is_end(const struct core_siginfo *si)
{
	return si->si_code == CORE_CLD_EXITED || si->si_code == CORE_CLD_KILLED ||
	       si->si_code == CORE_CLD_DUMPED;
}

/* One that is not to be found by such a wait has ended: what is known of it is kept. */
static bool keep(struct core_siginfo *si)
{
	struct quiet *q;
	bool kept;

	exo_lock(&lock);
	q = find(si->chld.pid);
	kept = q && q->flags & ILLUMOS_FORK_WAITPID;
	if (kept && !q->ended) {
		q->ended = true;
		q->si = *si;
	}
	exo_unlock(&lock);
	if (kept) /* if it was only looked at */
		EXO_NOW(waitid, CORE_P_PID, si->chld.pid, NULL,
			CORE_WEXITED | CORE_WNOHANG | CORE_WALL, NULL);
	return kept;
}

void illumos_quiet_forget(i32 pid)
{
	struct quiet *q;

	exo_lock(&lock);
	q = find(pid);
	if (q && q->flags & ILLUMOS_FORK_NOSIGCHLD && !q->told)
		q->reaped = true;
	else if (q)
		q->pid = 0;
	exo_unlock(&lock);
}

/* Is it one that was kept? Then *r is what the wait gives. */
static bool wait_for_kept(i32 id, u32 how, struct core_siginfo *si, long *r)
{
	struct quiet *q;
	bool kept;

	exo_lock(&lock);
	q = id ? find(id) : NULL;
	kept = q && q->ended && !q->reaped;
	if (kept && how & CORE_WEXITED) {
		*si = q->si;
		*r = 0;
	} else {
		*r = how & CORE_WNOHANG ? 0 : -CORE_ECHILD;
	}
	exo_unlock(&lock);
	if (kept && *r == 0 && how & CORE_WEXITED && !(how & CORE_WNOWAIT))
		illumos_quiet_forget(id);
	return kept;
}

long illumos_quiet_wait(int type, i32 id, u32 how, struct core_siginfo *si)
{
	long r;

	if (type == CORE_P_PID && wait_for_kept(id, how, si, &r))
		return r;
	for (;;) {
		si->chld.pid = 0;
		r = EXO(waitid, type, id, si, how | CORE_WALL, NULL);
		if (r < 0 || !si->chld.pid || !is_end(si))
			return r;
		if (type == CORE_P_PID || !keep(si))
			break;
		memset(si, 0, sizeof(*si));
	}
	if (!(how & CORE_WNOWAIT))
		illumos_quiet_forget(si->chld.pid);
	return r;
}

static bool is_silent(i32 pid, bool drop)
{
	struct quiet *q;
	bool silent;

	exo_lock(&lock);
	q = pid ? find(pid) : NULL;
	silent = q && q->flags & ILLUMOS_FORK_NOSIGCHLD;
	if (silent && drop && q->reaped)
		q->pid = 0;
	else if (silent && drop)
		q->told = true;
	exo_unlock(&lock);
	return silent;
}

bool illumos_quiet_signal(struct core_siginfo *si)
{
	struct core_siginfo other = {0};

	if (si->si_signo != CORE_SIGCHLD || !is_end(si) || !is_silent(si->chld.pid, true))
		return true;
	if (EXO_NOW(waitid, CORE_P_ALL, 0, &other, CORE_WEXITED | CORE_WNOHANG | CORE_WNOWAIT,
		    NULL) < 0 ||
	    !other.chld.pid || is_silent(other.chld.pid, false))
		return false;
	*si = other;
	return true;
}

void illumos_quiet_forked(void)
{
	exo_lock_reset(&lock);
	if (children)
		memset(children, 0, CHILDREN * sizeof(*children));
	illumos_quiet_any = false;
}
