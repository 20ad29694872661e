/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/procset.h: sets of processes, as several calls take them (procset_t). Facts:
 * usr/src/uts/common/sys/procset.h, os/procset.c.
 */
#ifndef FB_ILLUMOS_PROCSET_H
#define FB_ILLUMOS_PROCSET_H

#include "core/guest.h"
#include "core/thread.h"

#define ILLUMOS_P_PID	 0
#define ILLUMOS_P_PPID	 1
#define ILLUMOS_P_PGID	 2
#define ILLUMOS_P_SID	 3
#define ILLUMOS_P_CID	 4
#define ILLUMOS_P_UID	 5
#define ILLUMOS_P_GID	 6
#define ILLUMOS_P_ALL	 7
#define ILLUMOS_P_LWPID	 8
#define ILLUMOS_P_TASKID 9
#define ILLUMOS_P_PROJID 10
#define ILLUMOS_P_POOLID 11
#define ILLUMOS_P_ZONEID 12
#define ILLUMOS_P_CTID	 13
#define ILLUMOS_P_CPUID	 14
#define ILLUMOS_P_PSETID 15
#define ILLUMOS_P_MYID	 (-1)

#define ILLUMOS_POP_DIFF 0
#define ILLUMOS_POP_AND	 1
#define ILLUMOS_POP_OR	 2
#define ILLUMOS_POP_XOR	 3

struct illumos_procset {
	i32 op;
	i32 lidtype;
	i32 lid;
	i32 ridtype;
	i32 rid;
};
SIZE_ASSERT(struct illumos_procset, 20);

/* -CORE_EINVAL for a set that makes no sense. */
long illumos_procset_check(const struct illumos_procset *set);
/* An LWP of the caller's is what the set is about: its id, -1 for the caller; else 0. */
i32 illumos_procset_lwp(struct core_thread *t, const struct illumos_procset *set);
/*
 * act(ctx, pid) for each process of the set, of which init is only when it is all of the set. An
 * error ends it. -CORE_ESRCH: there is none.
 */
long illumos_procset_each(struct core_thread *t, const struct illumos_procset *set,
			  long (*act)(void *ctx, i32 pid), void *ctx);

#endif
