/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/limits.c: getrlimit(2), setrlimit(2) and ulimit(2).
 *
 * Facts: usr/src/uts/common/syscall/rlimit.c, sys/resource.h.
 */
#include "core/process.h"
#include "personality/bits.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/illumos.h"

static const struct bit_pair resources[] = {
    {ILLUMOS_RLIMIT_CPU, CORE_RLIMIT_CPU},   {ILLUMOS_RLIMIT_FSIZE, CORE_RLIMIT_FSIZE},
    {ILLUMOS_RLIMIT_DATA, CORE_RLIMIT_DATA}, {ILLUMOS_RLIMIT_STACK, CORE_RLIMIT_STACK},
    {ILLUMOS_RLIMIT_CORE, CORE_RLIMIT_CORE}, {ILLUMOS_RLIMIT_NOFILE, CORE_RLIMIT_NOFILE},
    {ILLUMOS_RLIMIT_VMEM, CORE_RLIMIT_AS},
};

static u64 to_core(u64 value, u64 current, u64 max)
{
	switch (value) {
	case ILLUMOS_RLIM_INFINITY:
		return CORE_RLIM_INFINITY;
	case ILLUMOS_RLIM_SAVED_CUR:
		return current;
	case ILLUMOS_RLIM_SAVED_MAX:
		return max;
	default:
		return value;
	}
}

static u64 to_guest(u64 value)
{
	return value >= ILLUMOS_RLIM_INFINITY ? ILLUMOS_RLIM_INFINITY : value;
}

long illumos_getrlimit(struct core_thread *t, INT resource, OUT rlp)
{
	struct core_rlimit limit;
	u32 core;
	long r;

	(void)t;
	if (!value_to_core(resources, ARRAY_LEN(resources), (u32)resource, &core))
		return -CORE_EINVAL;
	r = EXO(prlimit64, 0, core, 0, &limit);
	if (r < 0)
		return r;
	limit.rlim_cur = to_guest(limit.rlim_cur);
	limit.rlim_max = to_guest(limit.rlim_max);
	return copy_to_guest(rlp, &limit, sizeof(limit));
}

long illumos_setrlimit(struct core_thread *t, INT resource, IN rlp)
{
	struct core_rlimit limit, old;
	u32 core;
	long r;

	(void)t;
	if (!value_to_core(resources, ARRAY_LEN(resources), (u32)resource, &core))
		return -CORE_EINVAL;
	if (copy_from_guest(&limit, rlp, sizeof(limit)) < 0)
		return -CORE_EFAULT;
	r = EXO(prlimit64, 0, core, 0, &old);
	if (r < 0)
		return r;
	limit.rlim_cur = to_core(limit.rlim_cur, old.rlim_cur, old.rlim_max);
	limit.rlim_max = to_core(limit.rlim_max, old.rlim_cur, old.rlim_max);
	return EXO(prlimit64, 0, core, &limit, 0);
}

/* ---- ulimit(2) ------------------------------------------------------------------------------ */

#define UL_GFILLIM 1
#define UL_SFILLIM 2
#define UL_GMEMLIM 3
#define UL_GDESLIM 4
#define SECTOR	   512

static u64 current(int resource)
{
	struct core_rlimit limit = {0, 0};

	EXO_NOW(prlimit64, 0, resource, 0, &limit);
	return limit.rlim_cur;
}

static long set_file_size(i64 blocks)
{
	u64 bytes =
	    (u64)blocks >= (u64)INT64_MAX / SECTOR ? CORE_RLIM_INFINITY : (u64)blocks * SECTOR;
	struct core_rlimit limit = {bytes, bytes};
	long r = EXO(prlimit64, 0, CORE_RLIMIT_FSIZE, &limit, 0);

	return r < 0 ? r : blocks;
}

/* How far the break may go. */
static long memory_limit(const struct core_process *p)
{
	u64 size = current(CORE_RLIMIT_DATA), room = EXO_GUEST_HIGH - p->brk_start;

	return (long)((p->brk_start + MIN(size, room)) & ~15UL);
}

long illumos_ulimit(struct core_thread *t, INT cmd, LONG newlimit)
{
	switch (cmd) {
	case UL_GFILLIM:
		return (long)(MIN(current(CORE_RLIMIT_FSIZE), (u64)INT64_MAX) / SECTOR);
	case UL_SFILLIM:
		return set_file_size(newlimit);
	case UL_GMEMLIM:
		return memory_limit(t->proc->memory);
	case UL_GDESLIM:
		return (long)MIN(current(CORE_RLIMIT_NOFILE), (u64)INT32_MAX);
	default:
		return -CORE_EINVAL;
	}
}
