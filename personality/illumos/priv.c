/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/priv.c: privileges, and issetugid(2), which is one of their subcodes. Facts:
 * usr/src/uts/common/syscall/ppriv.c, sys/priv.h.
 */
#include "personality/illumos/illumos.h"

#define PRIVSYS_ISSETUGID 5

long illumos_privsys(struct core_thread *t, INT code, INT op, INT which, INOUT buf, SIZE size,
		     INT type)
{
	(void)op, (void)which, (void)buf, (void)size, (void)type;
	if (code == PRIVSYS_ISSETUGID)
		return t->proc->abi_data[ILLUMOS_P_SECURE] ? 1 : 0;
	return -CORE_EINVAL;
}
