/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/shm.h: names of what processes share, which are not paths.
 */
#ifndef FB_FREEBSD_SHM_H
#define FB_FREEBSD_SHM_H

#include "core/guest_ptr.h"

struct freebsd_shared_name {
	char path[1280];
};

/* The host's file for a name: -CORE_EFAULT, -CORE_EINVAL (no slash to begin with),
 * -CORE_ENAMETOOLONG. prefix: of the kind of thing, with a slash before it. */
long freebsd_shared_name(guest_ptr name, const char *prefix, struct freebsd_shared_name *out);

#endif
