/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/path.h: what several calls with paths share.
 */
#ifndef FB_ILLUMOS_PATH_H
#define FB_ILLUMOS_PATH_H

#include "core/guest_ptr.h"
#include "lib/base.h"

#define ILLUMOS_PATH_MAX    1024 /* MAXPATHLEN of sys/param.h */
#define ILLUMOS_FD_PATH_MAX 24

/* "/dev/fd/N", the name that opens or reads a descriptor; returns buf. */
const char *illumos_fd_path(int fd, char buf[ILLUMOS_FD_PATH_MAX]);

#endif
