/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procset.c: sets of processes. Facts: usr/src/uts/common/os/procset.c
 * (checkprocset, dotoprocs, procinset, getmyid).
 */
#include "personality/illumos/procset.h"
#include "core/abi.h"
#include "exo/info.h"
#include "personality/illumos/contract.h"

#define INIT 1
/* What every process here has the same of: task, project, pool, zone (tasks.c). */
#define THE_ZONE 0

static bool is_idtype(i32 type)
{
	return type >= ILLUMOS_P_PID && type <= ILLUMOS_P_CTID;
}

long illumos_procset_check(const struct illumos_procset *set)
{
	if (!is_idtype(set->lidtype) || !is_idtype(set->ridtype) || set->op < ILLUMOS_POP_DIFF ||
	    set->op > ILLUMOS_POP_XOR)
		return -CORE_EINVAL;
	return 0;
}

i32 illumos_procset_lwp(struct core_thread *t, const struct illumos_procset *set)
{
	i32 id = 0;

	(void)t;
	if (set->op != ILLUMOS_POP_AND)
		return 0;
	if (set->lidtype == ILLUMOS_P_LWPID && set->ridtype == ILLUMOS_P_ALL)
		id = set->lid;
	else if (set->ridtype == ILLUMOS_P_LWPID && set->lidtype == ILLUMOS_P_ALL)
		id = set->rid;
	return id;
}

static bool in_half(i32 type, i32 id, const struct exo_process *p, const struct exo_process *me)
{
	bool mine = id == ILLUMOS_P_MYID;

	switch (type) {
	case ILLUMOS_P_PID:
		return p->pid == (mine ? me->pid : id);
	case ILLUMOS_P_PPID:
		return p->ppid == (mine ? me->ppid : id);
	case ILLUMOS_P_PGID:
		return p->pgid == (mine ? me->pgid : id);
	case ILLUMOS_P_SID:
		return p->sid == (mine ? me->sid : id);
	case ILLUMOS_P_UID:
		return p->euid == (mine ? me->euid : (u32)id);
	case ILLUMOS_P_GID:
		return p->egid == (mine ? me->egid : (u32)id);
	case ILLUMOS_P_TASKID:
		return p->sid == (mine ? me->sid : id);
	case ILLUMOS_P_ZONEID:
		return mine || id == THE_ZONE;
	case ILLUMOS_P_CTID:
		return illumos_contract_of(core_self(), p->pid) ==
		       (mine ? illumos_contract_of(core_self(), me->pid) : id);
	case ILLUMOS_P_ALL:
		return true;
	default: /* there are no others here */
		return mine && type != ILLUMOS_P_LWPID;
	}
}

static bool is_in(const struct illumos_procset *set, const struct exo_process *p,
		  const struct exo_process *me)
{
	bool left = in_half(set->lidtype, set->lid, p, me);
	bool right = in_half(set->ridtype, set->rid, p, me);

	switch (set->op) {
	case ILLUMOS_POP_DIFF:
		return left && !right;
	case ILLUMOS_POP_AND:
		return left && right;
	case ILLUMOS_POP_OR:
		return left || right;
	default:
		return left != right;
	}
}

/* The one process that the set can be: no list is asked for. 0: there may be more. */
static i32 only(const struct illumos_procset *set, i32 self)
{
	i32 id = 0;

	if (set->op == ILLUMOS_POP_AND && set->lidtype == ILLUMOS_P_PID)
		id = set->lid;
	else if (set->op == ILLUMOS_POP_AND && set->ridtype == ILLUMOS_P_PID)
		id = set->rid;
	return id == ILLUMOS_P_MYID ? self : id;
}

static long one(const struct illumos_procset *set, i32 pid, const struct exo_process *me,
		long (*act)(void *, i32), void *ctx)
{
	struct exo_process p;

	if (exo_process_info(pid, 0, &p) < 0 || !is_in(set, &p, me))
		return -CORE_ESRCH;
	return act(ctx, pid);
}

long illumos_procset_each(struct core_thread *t, const struct illumos_procset *set,
			  long (*act)(void *ctx, i32 pid), void *ctx)
{
	struct exo_process me;
	i32 pid = only(set, t->pid), *ids;
	long n, r = 0, found = -CORE_ESRCH;
	bool init = false;
	u32 room;

	if (exo_process_info(t->pid, 0, &me) < 0)
		return -CORE_ESRCH;
	if (pid)
		return one(set, pid, &me, act, ctx);
	n = exo_process_list(0, NULL, 0);
	room = (u32)MAX(n, 0) + 64;
	ids = exo_pages_alloc(room * sizeof(*ids));
	if (!ids)
		return -CORE_ENOMEM;
	n = exo_process_list(0, ids, room);
	for (long i = 0; i < MIN(n, (long)room) && r >= 0; i++) {
		if (ids[i] == INIT) {
			init = true;
			continue;
		}
		r = one(set, ids[i], &me, act, ctx);
		if (r == -CORE_ESRCH)
			r = 0;
		else if (r >= 0)
			found = 0;
	}
	exo_pages_free(ids, room * sizeof(*ids));
	if (r >= 0 && found < 0 && init)
		return one(set, INIT, &me, act, ctx);
	return r < 0 ? r : found;
}
