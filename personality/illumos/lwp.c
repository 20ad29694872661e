/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/lwp.c: the threads of a process.
 *
 * Facts: usr/src/uts/common/syscall/{lwp_create,lwp_self}.c, usr/src/uts/intel/ia32/os/sundep.c
 * (lwp_setprivate).
 */
#include "core/process.h"
#include "core/signal.h"
#include "personality/illumos/abi_process.h"
#include "personality/illumos/illumos.h"

long illumos_lwp_self(struct core_thread *t)
{
	return (long)t->abi_data[ILLUMOS_T_LWP];
}

long illumos_yield(struct core_thread *t)
{
	(void)t;
	return EXO(sched_yield);
}

/* Of the two bases the runtime keeps %gs: nobody's library asks for it in a 64-bit program. */
long illumos_lwp_private(struct core_thread *t, INT cmd, INT which, ADDR base)
{
	(void)t;
	if (which != ILLUMOS_LWP_FSBASE)
		return which == ILLUMOS_LWP_GSBASE ? -CORE_ILLUMOS_ENOTSUP : -CORE_EINVAL;
	switch (cmd) {
	case ILLUMOS_LWP_SETPRIVATE:
		if (base >= EXO_GUEST_HIGH)
			return -CORE_EINVAL;
		exo_tls_set(base);
		return 0;
	case ILLUMOS_LWP_GETPRIVATE:
		return guest_write_u64(gp(base), exo_tls_get());
	default:
		return -CORE_EINVAL;
	}
}
