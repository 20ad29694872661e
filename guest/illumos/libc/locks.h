/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/locks.h: the library's own locks, which are held over a fork.
 */
#ifndef FB_GUEST_ILLUMOS_LOCKS_H
#define FB_GUEST_ILLUMOS_LOCKS_H

#include <stdbool.h>

void fb_locks_take(void);
/* In the child their waiters, who are not there, are forgotten. */
void fb_locks_give(bool child);

/* Of each file that has some; called in this order, and backwards. */
void fb_stdio_locks(bool take);
void fb_dl_locks(bool take);
void fb_env_locks(bool take);
void fb_exit_locks(bool take);
void fb_zone_locks(bool take);
void fb_aio_locks(bool take);
/* In the child. */
void fb_aio_forked(void);
void fb_notices_forked(void);
void fb_queues_forked(void);

#endif
