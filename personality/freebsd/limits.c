/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/limits.c: resource limits and usage.
 *
 * What differs: a soft limit above the hard one is lowered to it; the resources only FreeBSD
 * has are remembered and not enforced. Facts: getrlimit(2), getrlimitusage(2),
 * sys/kern/kern_resource.c of FreeBSD 14.
 */
#include "core/fd.h"
#include "core/thread.h"
#include "exo/info.h"
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

/* The hub does not count signals. */
long freebsd_getrusage(struct core_thread *t, INT who, OUT rusage)
{
	long r = EXO(getrusage, who, rusage.addr);
	guest_ptr count = gp_add(rusage, offsetof(struct core_rusage, ru_nsignals));

	if (r < 0 || who == CORE_RUSAGE_CHILDREN)
		return r;
	return guest_write_u64(count, who == CORE_RUSAGE_SELF ? t->proc->handled : t->handled);
}

/* ---- getrlimitusage(2) ------------------------------------------------------------------- */

#define PROCESSES_MAX 16384

/* How many processes a real user has. */
static long processes_of(u32 uid)
{
	i32 *pids = exo_pages_alloc(PROCESSES_MAX * sizeof(*pids));
	struct exo_process p;
	long n, count = 0;

	if (!pids)
		return -CORE_ENOMEM;
	n = exo_process_list(0, pids, PROCESSES_MAX);
	for (long i = 0; i < MIN(n, (long)PROCESSES_MAX); i++)
		count += exo_process_info(pids[i], 0, &p) == 0 && p.uid == uid;
	exo_pages_free(pids, PROCESSES_MAX * sizeof(*pids));
	return n < 0 ? n : count;
}

static long descriptors(void)
{
	i32 *fds = exo_pages_alloc(PROCESSES_MAX * sizeof(*fds));
	long n, count = 0;

	if (!fds)
		return -CORE_ENOMEM;
	n = exo_process_fds(0, fds, PROCESSES_MAX);
	for (long i = 0; i < MIN(n, (long)PROCESSES_MAX); i++)
		count += !core_fd_hidden(fds[i]);
	exo_pages_free(fds, PROCESSES_MAX * sizeof(*fds));
	return n < 0 ? n : count;
}

/* Sizes are the whole process's, the runtime's part too. */
long freebsd_getrlimitusage(struct core_thread *t, UINT which, HEX flags, OUT res)
{
	struct exo_process p;
	long n = exo_process_info(t->pid, 0, &p);
	u64 used;

	if (flags & ~(u64)FREEBSD_GETRLIMITUSAGE_EUID || which >= FREEBSD_RLIM_NLIMITS)
		return -CORE_EINVAL;
	if (n < 0)
		return n;
	switch (which) {
	case FREEBSD_RLIMIT_CPU:
		n = (long)((p.user_usec + p.system_usec) / 1000000);
		break;
	case FREEBSD_RLIMIT_DATA:
		n = (long)p.data;
		break;
	case FREEBSD_RLIMIT_STACK:
		n = (long)p.stack;
		break;
	case FREEBSD_RLIMIT_RSS:
		n = (long)p.resident;
		break;
	case FREEBSD_RLIMIT_MEMLOCK:
		n = (long)p.locked;
		break;
	case FREEBSD_RLIMIT_VMEM:
		n = (long)p.size;
		break;
	case FREEBSD_RLIMIT_NPROC:
		n = processes_of(flags ? p.euid : p.uid);
		break;
	case FREEBSD_RLIMIT_NOFILE:
		n = descriptors();
		break;
	default: /* not accounted */
		return -CORE_ENXIO;
	}
	if (n < 0)
		return n;
	used = (u64)n;
	return copy_to_guest(res, &used, sizeof(used));
}
