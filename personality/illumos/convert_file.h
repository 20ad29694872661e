/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_file.h: open flags and places of the *at calls.
 */
#ifndef FB_ILLUMOS_CONVERT_FILE_H
#define FB_ILLUMOS_CONVERT_FILE_H

#include "core/abi.h"
#include "personality/illumos/abi_file.h"

/* False when flags has a bit that nobody knows; *core is set in either case. */
bool illumos_to_core_oflags(i32 flags, i32 *core);
/* What fcntl(F_GETFL) says of a descriptor. */
i32 core_to_illumos_oflags(i32 core);

void core_to_illumos_stat(const struct core_stat *from, struct illumos_stat *to);

/* Device numbers: 32 bits each for major and minor. */
u64 core_to_illumos_dev(u64 dev);
u64 illumos_to_core_dev(u64 dev);

static inline i32 illumos_to_core_atfd(i32 fd)
{
	return fd == ILLUMOS_AT_FDCWD ? CORE_AT_FDCWD : fd;
}

#endif
