/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/rctl.c: resource controls. Facts: getrctl(2), rctlblk_get_value(3C),
 * usr/src/uts/common/sys/rctl_impl.h (rctl_opaque_t), usr/src/lib/libc/port/sys/rctlops.c.
 */
#include "guest/illumos/libc/libc.h"

/* rctl_opaque_t */
struct block {
	uint64_t value, enforced;
	uint32_t privilege;
	int32_t global_flagaction, global_syslog_level, local_flagaction, local_signal, recipient;
	int64_t firing;
};

#define LOCAL_FLAGS 0xffff0000u /* RCTL_LOCAL_ACTION_MASK: the rest is actions */

EXPORT int getrctl(const char *name, struct block *old, struct block *new, unsigned flags)
{
	return (int)result(SYSCALL(SYS_rctlsys, 0, name, old, new, 0, flags));
}

EXPORT int setrctl(const char *name, struct block *old, struct block *new, unsigned flags)
{
	return (int)result(SYSCALL(SYS_rctlsys, 1, name, old, new, 0, flags));
}

EXPORT size_t rctlblk_size(void)
{
	return sizeof(struct block);
}

EXPORT uint64_t rctlblk_get_value(const struct block *b)
{
	return b->value;
}

EXPORT unsigned rctlblk_get_local_action(const struct block *b, int *signal)
{
	if (signal)
		*signal = b->local_signal;
	return (unsigned)b->local_flagaction & ~LOCAL_FLAGS;
}

EXPORT unsigned rctlblk_get_local_flags(const struct block *b)
{
	return (unsigned)b->local_flagaction & LOCAL_FLAGS;
}
