/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/keeper_proc.c: the processes the keeper of contracts knows, and the templates
 * of their LWPs.
 *
 * A fork is told twice, by the child before it does anything and by the parent before it goes on;
 * who comes first is believed. So what is left of a child that ended before its parent told of it
 * is kept until then. Facts: usr/src/uts/common/contract/process.c (contract_process_fork),
 * os/lwp.c (lwp_ctmpl_copy).
 */
#include "core/abi.h"
#include "exo/exo.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/illumos/keeper.h"

/* ioctl(2) of a pidfd: how a process that is gone ended (linux/pidfd.h, PIDFD_GET_INFO). */
#define PIDFD_GET_INFO	0xc040ff0bu
#define PIDFD_INFO_EXIT 8
struct pidfd_info {
	u64 mask, cgroupid;
	u32 ids[11];
	i32 exit_code;
};
SIZE_ASSERT(struct pidfd_info, 64);

/* ---- processes --------------------------------------------------------------------------- */

struct proc *keeper_proc(i32 pid)
{
	struct proc *p = keeper->procs;

	while (p && (p->pid != pid || !p->contract))
		p = p->next;
	return p;
}

/* A process that was not heard of before is in the contract that is everybody's. */
static struct proc *new_proc(i32 pid, u32 uid, bool alive)
{
	struct proc *p = core_slab_take(&keeper->proc_slab);
	long fd = EXO_NOW(pidfd_open, pid, 0);

	if (!p || fd < 0)
		goto fail;
	*p = (struct proc){.tag = TAG_PROC, .pid = pid, .pidfd = (int)fd, .uid = uid};
	if ((alive && proc_is_over(p)) || !keeper_watch(p->pidfd, p))
		goto fail;
	p->group = (i32)EXO_NOW(getpgid, pid);
	p->next = keeper->procs;
	keeper->procs = p;
	return p;
fail:
	if (fd >= 0)
		EXO_NOW(close, fd);
	if (p)
		core_slab_give(&keeper->proc_slab, p);
	return NULL;
}

struct proc *proc_known(i32 pid, u32 uid)
{
	struct proc *p = keeper_proc(pid);

	if (!p) {
		p = new_proc(pid, uid, true);
		if (p)
			contract_join(keeper->root, p, NULL);
	}
	if (p) {
		p->uid = uid;
		p->group = (i32)EXO_NOW(getpgid, pid);
	}
	return p;
}

static void forget(struct proc *p)
{
	struct proc **at = &keeper->procs;

	while (*at && *at != p)
		at = &(*at)->next;
	if (*at)
		*at = p->next;
	core_slab_give(&keeper->proc_slab, p);
}

/* What is left of this parent's children that have ended. */
static struct proc *remains(i32 parent, i32 pid)
{
	struct proc *p = keeper->procs;

	while (p && (p->contract || p->parent != parent || (pid && p->pid != pid)))
		p = p->next;
	return p;
}

void proc_bury(struct proc *p, u32 wstat)
{
	struct active *a;
	struct proc *child;

	contract_exit(p, wstat);
	while ((a = p->active)) {
		p->active = a->next;
		terms_drop(&a->terms);
		core_slab_give(&keeper->active_slab, a);
	}
	EXO_NOW(close, p->pidfd);
	while ((child = remains(p->pid, 0)))
		forget(child);
	if (!p->unconfirmed || !keeper_proc(p->parent))
		forget(p);
}

/*
 * It ended without a word. The machine knows how for as long as nobody has waited for it, and newer
 * ones afterwards as well; by SIGKILL, if nobody knows.
 */
void proc_ended(struct proc *p)
{
	struct pidfd_info info = {.mask = PIDFD_INFO_EXIT};
	struct exo_process now;
	u32 wstat = CORE_SIGKILL;

	if (exo_process_info(p->pid, 0, &now) == 0 && now.state == 'Z')
		wstat = (u32)now.exit_status;
	else if (EXO_NOW(ioctl, p->pidfd, PIDFD_GET_INFO, &info) == 0 &&
		 info.mask & PIDFD_INFO_EXIT)
		wstat = (u32)info.exit_code;
	proc_bury(p, wstat);
}

bool proc_is_over(const struct proc *p)
{
	struct core_pollfd poll = {p->pidfd, CORE_POLLIN, 0};

	return EXO_NOW(poll, &poll, 1, 0) == 1;
}

/* ---- templates of LWPs ------------------------------------------------------------------- */

struct active *proc_active_of(const struct proc *p, u32 lwp)
{
	struct active *a = p->active;

	while (a && a->lwp != lwp)
		a = a->next;
	return a;
}

void proc_clear(struct proc *p, u32 lwp)
{
	for (struct active **at = &p->active; *at; at = &(*at)->next) {
		struct active *a = *at;

		if (a->lwp != lwp)
			continue;
		*at = a->next;
		terms_drop(&a->terms);
		core_slab_give(&keeper->active_slab, a);
		return;
	}
}

long proc_activate(struct proc *p, u32 lwp, const struct terms *t)
{
	struct active *a = core_slab_take(&keeper->active_slab);

	if (!a)
		return CORE_EAGAIN;
	terms_copy(&a->terms, t);
	proc_clear(p, lwp);
	a->lwp = lwp;
	a->next = p->active;
	p->active = a;
	return 0;
}

/* ---- births ------------------------------------------------------------------------------ */

bool proc_is_child(i32 pid, i32 parent)
{
	struct exo_process p;

	return exo_process_info(pid, 0, &p) == 0 && p.ppid == parent;
}

/* Parent and child both tell, and whoever comes first is believed. made: its contract, or 0. */
long proc_born(struct proc *parent, u32 lwp, i32 pid, u32 uid, i32 made, i32 caller)
{
	struct contract *c = made ? contract_find(made) : parent->contract;
	struct proc *p = keeper_proc(pid);
	struct active *a;

	if (p && !proc_is_over(p)) {
		p->unconfirmed &= pid == caller;
		return 0;
	}
	if (p) /* the number is used again, or it was quick */
		proc_ended(p);
	p = remains(parent->pid, pid);
	if (p && pid != caller) {
		forget(p);
		return 0;
	}
	if (!c || (made && c->owner != parent))
		return CORE_EINVAL;
	if (!proc_is_child(pid, parent->pid))
		return CORE_ECHILD;
	p = new_proc(pid, uid, pid == caller); /* its last word may come late */
	if (!p)
		return CORE_ESRCH;
	p->parent = parent->pid;
	p->unconfirmed = pid == caller;
	memcpy(p->name, parent->name, sizeof(p->name));
	a = proc_active_of(parent, lwp);
	if (a)
		proc_activate(p, (u32)pid, &a->terms);
	contract_join(c, p, parent);
	return 0;
}
