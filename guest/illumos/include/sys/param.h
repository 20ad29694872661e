/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/param.h. */
#ifndef _FB_ILLUMOS_SYS_PARAM_H
#define _FB_ILLUMOS_SYS_PARAM_H

#include <limits.h>
#include <sys/types.h>

#define MAXPATHLEN     1024
#define MAXHOSTNAMELEN 256
#define MAXSYMLINKS    20
#define NGROUPS_UMAX   1024
#ifndef MIN
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) < (b) ? (b) : (a))
#endif
#define howmany(x, y) (((x) + ((y)-1)) / (y))
#define roundup(x, y) ((((x) + ((y)-1)) / (y)) * (y))

#endif
