/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_limits.h: resource limits and scheduling classes.
 *
 * Facts: sys/resource.h, sys/sched.h; getrlimit(2), sched_setscheduler(2).
 */
#ifndef FB_FREEBSD_CONVERT_LIMITS_H
#define FB_FREEBSD_CONVERT_LIMITS_H

#include "core/abi.h"
#include "personality/freebsd/abi_process.h"

/* False for the resources only FreeBSD has (sbsize, npts, swap, kqueues, umtxp). */
bool freebsd_to_core_rlimit(int resource, int *core);
u64 freebsd_to_core_rlim(i64 value);
i64 core_to_freebsd_rlim(u64 value);

/* SCHED_FIFO, SCHED_RR, SCHED_OTHER; the hub's batch and idle classes count as OTHER. */
bool freebsd_to_core_sched(int policy, int *core);
bool core_to_freebsd_sched(int core, int *policy);
/* Priorities 0-31 against the hub's 1-99 of the real-time classes; 0 for SCHED_OTHER. */
int freebsd_to_core_sched_priority(int policy, int priority);
int core_to_freebsd_sched_priority(int core_policy, int core_priority);

/* struct rtprio, and what the host calls it; 0 or -CORE_EINVAL. */
long freebsd_to_core_rtprio(const struct freebsd_rtprio *in, int *policy,
			    struct core_sched_param *param);
void core_to_freebsd_rtprio(int policy, const struct core_sched_param *param,
			    struct freebsd_rtprio *out);

#endif
