/* SPDX-License-Identifier: BSD-2-Clause */
/* BSD's locks on files. Source: usr/src/uts/common/sys/file.h. */
#ifndef _FB_ILLUMOS_SYS_FILE_H
#define _FB_ILLUMOS_SYS_FILE_H

#include <sys/types.h>
#include <fcntl.h>

#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8

__BEGIN_DECLS
int flock(int, int);
__END_DECLS

#endif
