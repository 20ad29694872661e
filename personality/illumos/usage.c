/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/usage.c: what a process has used. Facts: getrusage(3C),
 * usr/src/uts/common/syscall/rusagesys.c: sizes are none of what is told; the structure is the
 * hub's.
 */
#include "core/abi.h"
#include "personality/illumos/illumos.h"

enum { GETRUSAGE, GETRUSAGE_CHLD, GETRUSAGE_LWP, GETVMUSAGE };

static long usage(int who, guest_ptr to)
{
	struct core_rusage ru;
	long r = EXO_NOW(getrusage, who, &ru);

	if (r < 0)
		return r;
	ru.ru_maxrss = ru.ru_ixrss = ru.ru_idrss = ru.ru_isrss = 0;
	return copy_to_guest(to, &ru, sizeof(ru));
}

long illumos_rusagesys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t, (void)a2, (void)a3, (void)a4;
	switch (code) {
	case GETRUSAGE:
		return usage(CORE_RUSAGE_SELF, gp(a1));
	case GETRUSAGE_CHLD:
		return usage(CORE_RUSAGE_CHILDREN, gp(a1));
	case GETRUSAGE_LWP:
		return usage(CORE_RUSAGE_THREAD, gp(a1));
	case GETVMUSAGE: /* of zones, projects and users together */
	default:
		return -CORE_EINVAL;
	}
}
