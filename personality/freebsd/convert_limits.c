/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_limits.c: resource limits and scheduling classes.
 */
#include "personality/bits.h"
#include "personality/freebsd/convert_limits.h"

/* getrusage(2) and wait4(2) move the same structure on both sides. */
_Static_assert(sizeof(struct freebsd_rusage) == sizeof(struct core_rusage) &&
		   offsetof(struct freebsd_rusage, ru_nivcsw) ==
		       offsetof(struct core_rusage, ru_nivcsw),
	       "rusage passes through");

static const struct bit_pair rlimits[] = {
    {FREEBSD_RLIMIT_CPU, CORE_RLIMIT_CPU},	   {FREEBSD_RLIMIT_FSIZE, CORE_RLIMIT_FSIZE},
    {FREEBSD_RLIMIT_DATA, CORE_RLIMIT_DATA},	   {FREEBSD_RLIMIT_STACK, CORE_RLIMIT_STACK},
    {FREEBSD_RLIMIT_CORE, CORE_RLIMIT_CORE},	   {FREEBSD_RLIMIT_RSS, CORE_RLIMIT_RSS},
    {FREEBSD_RLIMIT_MEMLOCK, CORE_RLIMIT_MEMLOCK}, {FREEBSD_RLIMIT_NPROC, CORE_RLIMIT_NPROC},
    {FREEBSD_RLIMIT_NOFILE, CORE_RLIMIT_NOFILE},   {FREEBSD_RLIMIT_VMEM, CORE_RLIMIT_AS},
};

bool freebsd_to_core_rlimit(int resource, int *core)
{
	u32 out;

	if (!value_to_core(rlimits, ARRAY_LEN(rlimits), (u32)resource, &out))
		return false;
	*core = (int)out;
	return true;
}

/* FreeBSD takes a negative limit as none (sys/kern/kern_resource.c, kern_proc_setrlimit). */
u64 freebsd_to_core_rlim(i64 value)
{
	return value < 0 || value == FREEBSD_RLIM_INFINITY ? CORE_RLIM_INFINITY : (u64)value;
}

i64 core_to_freebsd_rlim(u64 value)
{
	return value >= (u64)FREEBSD_RLIM_INFINITY ? FREEBSD_RLIM_INFINITY : (i64)value;
}

static const struct bit_pair policies[] = {
    {FREEBSD_SCHED_OTHER, CORE_SCHED_OTHER},
    {FREEBSD_SCHED_FIFO, CORE_SCHED_FIFO},
    {FREEBSD_SCHED_RR, CORE_SCHED_RR},
    {FREEBSD_SCHED_OTHER, CORE_SCHED_BATCH}, /* towards FreeBSD only, as the next */
    {FREEBSD_SCHED_OTHER, CORE_SCHED_IDLE},
};

bool freebsd_to_core_sched(int policy, int *core)
{
	u32 out;

	if (!value_to_core(policies, ARRAY_LEN(policies), (u32)policy, &out))
		return false;
	*core = (int)out;
	return true;
}

bool core_to_freebsd_sched(int core, int *policy)
{
	u32 out, plain = (u32)core & ~(u32)CORE_SCHED_RESET_ON_FORK;

	if (!value_to_guest(policies, ARRAY_LEN(policies), plain, &out))
		return false;
	*policy = (int)out;
	return true;
}

/* 0-31 lie in 1-99 at 1, 4, 7 ... 94, so that a priority survives the way there and back. */
int freebsd_to_core_sched_priority(int policy, int priority)
{
	return policy == FREEBSD_SCHED_OTHER ? 0 : priority * 3 + 1;
}

int core_to_freebsd_sched_priority(int core_policy, int core_priority)
{
	if (core_policy != CORE_SCHED_FIFO && core_policy != CORE_SCHED_RR)
		return 0;
	return MIN((core_priority - 1) / 3, FREEBSD_SCHED_PRIORITY_MAX);
}

long freebsd_to_core_rtprio(const struct freebsd_rtprio *in, int *policy,
			    struct core_sched_param *param)
{
	int own;

	switch (in->type) {
	case FREEBSD_RTP_PRIO_REALTIME:
		own = FREEBSD_SCHED_RR;
		break;
	case FREEBSD_RTP_PRIO_FIFO:
		own = FREEBSD_SCHED_FIFO;
		break;
	case FREEBSD_RTP_PRIO_NORMAL:
	case FREEBSD_RTP_PRIO_IDLE:
		own = FREEBSD_SCHED_OTHER;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (in->prio > FREEBSD_RTP_PRIO_MAX)
		return -CORE_EINVAL;
	freebsd_to_core_sched(own, policy);
	/* rtprio(2) counts from the most urgent. */
	param->sched_priority =
	    freebsd_to_core_sched_priority(own, FREEBSD_RTP_PRIO_MAX - in->prio);
	if (in->type == FREEBSD_RTP_PRIO_IDLE)
		*policy = CORE_SCHED_IDLE;
	return 0;
}

void core_to_freebsd_rtprio(int policy, const struct core_sched_param *param,
			    struct freebsd_rtprio *out)
{
	*out = (struct freebsd_rtprio){FREEBSD_RTP_PRIO_NORMAL, 0};
	if (policy == CORE_SCHED_IDLE)
		out->type = FREEBSD_RTP_PRIO_IDLE;
	if (policy != CORE_SCHED_FIFO && policy != CORE_SCHED_RR)
		return;
	out->type = policy == CORE_SCHED_FIFO ? FREEBSD_RTP_PRIO_FIFO : FREEBSD_RTP_PRIO_REALTIME;
	out->prio = (u16)(FREEBSD_RTP_PRIO_MAX -
			  core_to_freebsd_sched_priority(policy, param->sched_priority));
}
