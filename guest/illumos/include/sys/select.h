/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/select.h: 64-bit programs have 65536 descriptors in a set. */
#ifndef _FB_ILLUMOS_SYS_SELECT_H
#define _FB_ILLUMOS_SYS_SELECT_H

#include <sys/types.h>
#include <signal.h>
#include <sys/time.h>

#define FD_SETSIZE 65536
typedef struct fd_set {
	long fds_bits[FD_SETSIZE / 64];
} fd_set;
#define FD_SET(n, s)   ((s)->fds_bits[(n) / 64] |= 1L << (n) % 64)
#define FD_CLR(n, s)   ((s)->fds_bits[(n) / 64] &= ~(1L << (n) % 64))
#define FD_ISSET(n, s) (((s)->fds_bits[(n) / 64] >> (n) % 64 & 1) != 0)
#define FD_ZERO(s)     __builtin_memset((s), 0, sizeof(*(s)))

__BEGIN_DECLS
int select(int, fd_set *_RESTRICT_KYWD, fd_set *_RESTRICT_KYWD, fd_set *_RESTRICT_KYWD,
	   struct timeval *_RESTRICT_KYWD);
int pselect(int, fd_set *_RESTRICT_KYWD, fd_set *_RESTRICT_KYWD, fd_set *_RESTRICT_KYWD,
	    const struct timespec *_RESTRICT_KYWD, const sigset_t *_RESTRICT_KYWD);
__END_DECLS

#endif
