/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/path.h: what several calls with paths share.
 */
#ifndef FB_FREEBSD_PATH_H
#define FB_FREEBSD_PATH_H

#include "core/guest_ptr.h"
#include "lib/base.h"

#define FREEBSD_FD_PATH_MAX 24

/* "/dev/fd/N", the name that opens or reads a descriptor; returns buf. */
const char *freebsd_fd_path(int fd, char buf[FREEBSD_FD_PATH_MAX]);
/* The type bits (CORE_S_IFMT) of what a path names, not following a last link; 0 if nothing. */
u32 freebsd_path_type(int dirfd, guest_ptr path);
/* Is the guest's string ""? An unreadable one is not. */
bool freebsd_path_empty(guest_ptr path);
#endif
