/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/limits.c: resource limits and usage.
 *
 * What differs: a soft limit above the hard one is lowered to it; the resources only FreeBSD
 * has are remembered and not enforced. Facts: getrlimit(2), sys/kern/kern_resource.c of
 * FreeBSD 14.
 */
#include "core/thread.h"
#include "personality/freebsd/convert_limits.h"
#include "personality/freebsd/freebsd.h"

/* Of the resources the hub lacks; 0 stands for "never set", which is no limit. */
static struct freebsd_rlimit remembered[FREEBSD_RLIM_NLIMITS];

static bool own_resource(u32 which)
{
	int core;

	return which < FREEBSD_RLIM_NLIMITS && !freebsd_to_core_rlimit((int)which, &core);
}

long freebsd_getrlimit(struct core_thread *t, UINT which, OUT rlp)
{
	struct freebsd_rlimit limit = {FREEBSD_RLIM_INFINITY, FREEBSD_RLIM_INFINITY};
	struct core_rlimit core;
	int resource;
	long r;

	(void)t;
	if (own_resource(which)) {
		if (remembered[which].rlim_max)
			limit = remembered[which];
		return copy_to_guest(rlp, &limit, sizeof(limit));
	}
	if (!freebsd_to_core_rlimit((int)which, &resource))
		return -CORE_EINVAL;
	r = EXO(prlimit64, 0, resource, 0, &core);
	if (r < 0)
		return r;
	limit.rlim_cur = core_to_freebsd_rlim(core.rlim_cur);
	limit.rlim_max = core_to_freebsd_rlim(core.rlim_max);
	return copy_to_guest(rlp, &limit, sizeof(limit));
}

long freebsd_setrlimit(struct core_thread *t, UINT which, IN rlp)
{
	struct freebsd_rlimit limit;
	struct core_rlimit core;
	int resource;

	(void)t;
	if (copy_from_guest(&limit, rlp, sizeof(limit)) < 0)
		return -CORE_EFAULT;
	core.rlim_max = freebsd_to_core_rlim(limit.rlim_max);
	core.rlim_cur = MIN(freebsd_to_core_rlim(limit.rlim_cur), core.rlim_max);
	if (own_resource(which)) {
		remembered[which].rlim_cur = core_to_freebsd_rlim(core.rlim_cur);
		remembered[which].rlim_max = core_to_freebsd_rlim(core.rlim_max);
		return 0;
	}
	if (!freebsd_to_core_rlimit((int)which, &resource))
		return -CORE_EINVAL;
	return EXO(prlimit64, 0, resource, &core, 0);
}

_Static_assert(FREEBSD_RUSAGE_SELF == CORE_RUSAGE_SELF &&
		   FREEBSD_RUSAGE_CHILDREN == CORE_RUSAGE_CHILDREN &&
		   FREEBSD_RUSAGE_THREAD == CORE_RUSAGE_THREAD,
	       "whose usage passes through");

long freebsd_getrusage(struct core_thread *t, INT who, OUT rusage)
{
	(void)t;
	return EXO(getrusage, who, rusage.addr);
}
