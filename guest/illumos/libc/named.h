/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/named.h: what POSIX's objects with names are to a file system.
 */
#ifndef FB_GUEST_ILLUMOS_NAMED_H
#define FB_GUEST_ILLUMOS_NAMED_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

/* The file of an object and of that kind (".MQD"); false and errno for what is no name. */
bool fb_named_path(const char *name, const char *kind, char path[PATH_MAX]);
/* Opens it; *created: with O_CREAT it was not there. */
int fb_named_open(const char *path, int flags, mode_t mode, bool *created);
/* While a file of that path is there, it is somebody's. */
bool fb_named_lock(const char *path);

#endif
