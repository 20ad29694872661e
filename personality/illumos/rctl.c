/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/rctl.c: resource controls. Facts: getrctl(2), usr/src/uts/common/syscall/
 * rctlsys.c: a name that is none of a control's is EINVAL.
 */
#include "personality/illumos/illumos.h"

long illumos_rctlsys(struct core_thread *t, INT code, STR name, IN old, INOUT new, SIZE size,
		     HEX flags)
{
	(void)t, (void)code, (void)name, (void)old, (void)new, (void)size, (void)flags;
	return -CORE_EINVAL;
}
