/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sched.c: scheduling classes and priorities.
 *
 * What differs: a nice value and a class set for a process are those of all its threads, the
 * host keeps them by thread; getpriority answers the nice value itself, negative ones
 * included. sched_setscheduler of another process is about its first thread on both sides.
 * Facts: sched_setscheduler(2), rtprio(2), getpriority(2), sys/kern/kern_resource.c,
 * p1003_1b.c of FreeBSD 14.
 */
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/result.h"
#include "personality/freebsd/umtx.h"

/* A process id, or a thread id made by freebsd_tid(): the hub numbers both alike. */
static i32 host_task(i64 id)
{
	return (i32)(id > FREEBSD_TID_BASE ? id - FREEBSD_TID_BASE : id);
}

/* No process has a negative id; the hub has another word for those. */
static bool exists(i32 pid)
{
	return pid >= 0 && EXO_NOW(sched_getscheduler, pid) >= 0;
}

/* Priorities of SCHED_OTHER mean nothing: the scheduler goes on to make its own. */
static int highest(int policy)
{
	return policy == FREEBSD_SCHED_OTHER ? FREEBSD_SCHED_OTHER_MAX : FREEBSD_SCHED_PRIORITY_MAX;
}

/* ---- sched_* ----------------------------------------------------------------------------- */

/* The class of a task, without what a mutex lends it; the policy, or an error. */
static long class_of(const struct core_thread *t, i32 task, struct core_sched_param *param)
{
	i32 policy;
	long r;

	if (task < 0)
		return -CORE_ESRCH;
	if (freebsd_umtx_own_class(t, task, &policy, param))
		return policy;
	policy = (i32)EXO(sched_getscheduler, task);
	if (policy < 0)
		return policy;
	r = EXO(sched_getparam, task, param);
	return r < 0 ? r : policy;
}

static long get_param(const struct core_thread *t, i32 pid, guest_ptr param)
{
	struct core_sched_param core;
	long policy = class_of(t, pid, &core);

	if (policy < 0)
		return policy;
	return guest_write_u32(
	    param, (u32)core_to_freebsd_sched_priority((int)policy, core.sched_priority));
}

static bool is_self(const struct core_thread *t, i32 task)
{
	return task == 0 || (u32)task == t->exo.tid;
}

static long set_scheduler(struct core_thread *t, i32 pid, int policy, guest_ptr param)
{
	struct core_sched_param core;
	int hub;
	u32 prio;

	if (guest_read_u32(param, &prio) < 0)
		return -CORE_EFAULT;
	if (!exists(pid))
		return -CORE_ESRCH;
	if (!freebsd_to_core_sched(policy, &hub))
		return -CORE_EINVAL;
	if (prio > (u32)highest(policy))
		return policy == FREEBSD_SCHED_OTHER ? -CORE_EINVAL : -CORE_EPERM;
	core.sched_priority = freebsd_to_core_sched_priority(policy, (int)prio);
	if (is_self(t, pid))
		freebsd_umtx_new_class(t);
	return EXO(sched_setscheduler, pid, hub, &core);
}

long freebsd_sched_getscheduler(struct core_thread *t, PID pid)
{
	struct core_sched_param param;
	long r = class_of(t, pid, &param);
	int policy;

	if (r < 0)
		return r;
	return core_to_freebsd_sched((int)r, &policy) ? policy : FREEBSD_SCHED_OTHER;
}

long freebsd_sched_setscheduler(struct core_thread *t, PID pid, INT policy, IN param)
{
	u32 prio;

	if (guest_read_u32(param, &prio) < 0)
		return -CORE_EFAULT;
	if (!exists(pid))
		return -CORE_ESRCH;
	/* Not even to what the caller has already. */
	return EXO(geteuid) != 0 ? -CORE_EPERM : set_scheduler(t, pid, policy, param);
}

long freebsd_sched_getparam(struct core_thread *t, PID pid, OUT param)
{
	return get_param(t, pid, param);
}

long freebsd_sched_setparam(struct core_thread *t, PID pid, IN param)
{
	long policy = freebsd_sched_getscheduler(t, pid);

	return set_scheduler(t, pid, policy < 0 ? FREEBSD_SCHED_OTHER : (int)policy, param);
}

static long priority_bound(int policy, long bound)
{
	int core;

	return freebsd_to_core_sched(policy, &core) ? bound : -CORE_EINVAL;
}

long freebsd_sched_get_priority_max(struct core_thread *t, INT policy)
{
	(void)t;
	return priority_bound(policy, highest(policy));
}

long freebsd_sched_get_priority_min(struct core_thread *t, INT policy)
{
	(void)t;
	return priority_bound(policy, FREEBSD_SCHED_PRIORITY_MIN);
}

long freebsd_sched_rr_get_interval(struct core_thread *t, PID pid, OUT interval)
{
	(void)t;
	return pid < 0 ? -CORE_ESRCH : EXO(sched_rr_get_interval, pid, interval.addr);
}

long freebsd_sched_getcpu(struct core_thread *t)
{
	u32 cpu;
	long r = EXO(getcpu, &cpu, 0, 0);

	(void)t;
	return r < 0 ? r : (long)cpu;
}

/* ---- rtprio ------------------------------------------------------------------------------ */

static long look_up_rtprio(const struct core_thread *t, i32 task, guest_ptr rtp)
{
	struct core_sched_param param = {0};
	struct freebsd_rtprio prio;
	long policy = class_of(t, task, &param);

	if (policy < 0)
		return policy;
	core_to_freebsd_rtprio((int)policy, &param, &prio);
	return copy_to_guest(rtp, &prio, sizeof(prio));
}

/* act for every thread of a process, 0 for the caller's, until one fails. */
static long each_thread(struct core_thread *t, i32 pid, long (*act)(i32 tid, const void *ctx),
			const void *ctx)
{
	i32 self = pid ? pid : t->pid, *ids;
	long n = exo_process_list(self, NULL, 0), r = 0;
	u64 room;

	if (n < 0)
		return n;
	room = (u64)n * sizeof(*ids);
	ids = exo_pages_alloc(room);
	if (!ids)
		return -CORE_ENOMEM;
	n = MIN(exo_process_list(self, ids, (u32)n), n);
	for (long i = 0; i < n && r >= 0; i++) {
		r = act(ids[i], ctx);
		if (r == -CORE_ESRCH && i > 0) /* it has ended meanwhile */
			r = 0;
	}
	exo_pages_free(ids, room);
	return r;
}

struct class
{
	int policy;
	struct core_sched_param param;
};

static long set_class(i32 tid, const void *class)
{
	const struct class *c = class;

	return EXO(sched_setscheduler, tid, c->policy, &c->param);
}

static long set_rtprio(struct core_thread *t, i32 task, bool whole, guest_ptr rtp)
{
	struct freebsd_rtprio prio;
	struct class class;
	long r;

	if (task && EXO(sched_getscheduler, task) == -CORE_ESRCH)
		return -CORE_ESRCH;
	if (copy_from_guest(&prio, rtp, sizeof(prio)) < 0)
		return -CORE_EFAULT;
	r = freebsd_to_core_rtprio(&prio, &class.policy, &class.param);
	if (r < 0)
		return r;
	if (is_self(t, task) || (whole && task == t->pid))
		freebsd_umtx_new_class(t);
	return whole ? each_thread(t, task, set_class, &class) : set_class(task, &class);
}

static long rtprio(struct core_thread *t, int function, i32 task, bool whole, guest_ptr rtp)
{
	switch (function) {
	case FREEBSD_RTP_LOOKUP:
		return look_up_rtprio(t, task, rtp);
	case FREEBSD_RTP_SET:
		return set_rtprio(t, task, whole, rtp);
	default:
		return -CORE_EINVAL;
	}
}

/* 0 means the calling thread, the process's own id all of its threads. */
long freebsd_rtprio(struct core_thread *t, INT function, PID pid, INOUT rtp)
{
	return rtprio(t, function, pid, pid != 0, rtp);
}

long freebsd_rtprio_thread(struct core_thread *t, INT function, PID lwpid, INOUT rtp)
{
	return rtprio(t, function, host_task(lwpid), false, rtp);
}

/* ---- nice values --------------------------------------------------------------------------- */

_Static_assert(FREEBSD_PRIO_PROCESS == CORE_PRIO_PROCESS && FREEBSD_PRIO_USER == CORE_PRIO_USER,
	       "whose priority passes through");

long freebsd_getpriority(struct core_thread *t, INT which, INT who)
{
	long r = EXO(getpriority, which, who);

	return r < 0 ? r : core_success(t, CORE_SETPRIORITY_BIAS - r);
}

static long set_nice(i32 tid, const void *prio)
{
	return EXO(setpriority, CORE_PRIO_PROCESS, tid, *(const i32 *)prio);
}

/* The host goes through the threads of groups and users itself. */
long freebsd_setpriority(struct core_thread *t, INT which, INT who, INT prio)
{
	if (which != FREEBSD_PRIO_PROCESS)
		return EXO(setpriority, which, who, prio);
	return who < 0 ? -CORE_ESRCH : each_thread(t, who, set_nice, &prio);
}
