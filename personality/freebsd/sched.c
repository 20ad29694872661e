/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sched.c: scheduling classes. Facts: sched_setscheduler(2), rtprio(2).
 */
#include "lib/mem.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/freebsd.h"

/* A process id, or a thread id made by freebsd_tid(): the hub numbers both alike. */
static i32 host_task(i64 id)
{
	return (i32)(id > FREEBSD_TID_BASE ? id - FREEBSD_TID_BASE : id);
}

/* ---- sched_* ----------------------------------------------------------------------------- */

static long get_param(i32 pid, guest_ptr param)
{
	struct core_sched_param core;
	long policy = EXO(sched_getscheduler, pid);
	long r = policy < 0 ? policy : EXO(sched_getparam, pid, &core);

	if (r < 0)
		return r;
	return guest_write_u32(
	    param, (u32)core_to_freebsd_sched_priority((int)policy, core.sched_priority));
}

static long set_scheduler(i32 pid, int policy, guest_ptr param)
{
	struct core_sched_param core;
	int hub;
	u32 prio;

	if (guest_read_u32(param, &prio) < 0)
		return -CORE_EFAULT;
	if (!freebsd_to_core_sched(policy, &hub) ||
	    (policy != FREEBSD_SCHED_OTHER && prio > FREEBSD_SCHED_PRIORITY_MAX))
		return -CORE_EINVAL;
	core.sched_priority = freebsd_to_core_sched_priority(policy, (int)prio);
	return EXO(sched_setscheduler, pid, hub, &core);
}

long freebsd_sched_getscheduler(struct core_thread *t, PID pid)
{
	long r = EXO(sched_getscheduler, pid);
	int policy;

	(void)t;
	if (r < 0)
		return r;
	return core_to_freebsd_sched((int)r, &policy) ? policy : FREEBSD_SCHED_OTHER;
}

long freebsd_sched_setscheduler(struct core_thread *t, PID pid, INT policy, IN param)
{
	(void)t;
	return set_scheduler(pid, policy, param);
}

long freebsd_sched_getparam(struct core_thread *t, PID pid, OUT param)
{
	(void)t;
	return get_param(pid, param);
}

long freebsd_sched_setparam(struct core_thread *t, PID pid, IN param)
{
	long policy = freebsd_sched_getscheduler(t, pid);

	return policy < 0 ? policy : set_scheduler(pid, (int)policy, param);
}

static long priority_bound(int policy, long bound)
{
	int core;

	return freebsd_to_core_sched(policy, &core) ? bound : -CORE_EINVAL;
}

long freebsd_sched_get_priority_max(struct core_thread *t, INT policy)
{
	(void)t;
	return priority_bound(policy,
			      policy == FREEBSD_SCHED_OTHER ? 0 : FREEBSD_SCHED_PRIORITY_MAX);
}

long freebsd_sched_get_priority_min(struct core_thread *t, INT policy)
{
	(void)t;
	return priority_bound(policy, FREEBSD_SCHED_PRIORITY_MIN);
}

long freebsd_sched_rr_get_interval(struct core_thread *t, PID pid, OUT interval)
{
	(void)t;
	return EXO(sched_rr_get_interval, pid, interval.addr);
}

long freebsd_sched_getcpu(struct core_thread *t)
{
	u32 cpu;
	long r = EXO(getcpu, &cpu, 0, 0);

	(void)t;
	return r < 0 ? r : (long)cpu;
}

/* Everybody is an ordinary time-sharing thread, until told otherwise by sched_setscheduler. */
static long look_up_rtprio(int function, i64 id, guest_ptr rtp)
{
	struct freebsd_rtprio prio = {FREEBSD_RTP_PRIO_NORMAL, 0};
	struct core_sched_param core;
	long policy;

	if (function == FREEBSD_RTP_SET)
		return -CORE_EPERM;
	if (function != FREEBSD_RTP_LOOKUP)
		return -CORE_EINVAL;
	policy = EXO(sched_getscheduler, host_task(id));
	if (policy < 0)
		return policy;
	if ((policy == CORE_SCHED_FIFO || policy == CORE_SCHED_RR) &&
	    EXO_NOW(sched_getparam, host_task(id), &core) >= 0) {
		prio.type =
		    policy == CORE_SCHED_FIFO ? FREEBSD_RTP_PRIO_FIFO : FREEBSD_RTP_PRIO_REALTIME;
		/* rtprio(2) counts from the most urgent. */
		prio.prio = (u16)(FREEBSD_RTP_PRIO_MAX -
				  core_to_freebsd_sched_priority((int)policy, core.sched_priority));
	}
	return copy_to_guest(rtp, &prio, sizeof(prio));
}

long freebsd_rtprio(struct core_thread *t, INT function, PID pid, INOUT rtp)
{
	(void)t;
	return look_up_rtprio(function, pid, rtp);
}

long freebsd_rtprio_thread(struct core_thread *t, INT function, PID lwpid, INOUT rtp)
{
	(void)t;
	return look_up_rtprio(function, lwpid, rtp);
}
