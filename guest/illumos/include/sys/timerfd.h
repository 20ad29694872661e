/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/timerfd.h, timerfd_create(3C). */
#ifndef _FB_ILLUMOS_SYS_TIMERFD_H
#define _FB_ILLUMOS_SYS_TIMERFD_H

#include <sys/cdefs.h>
#include <time.h>

#define TFD_CLOEXEC		02000000
#define TFD_NONBLOCK		04000
#define TFD_TIMER_ABSTIME	(1 << 0)
#define TFD_TIMER_CANCEL_ON_SET (1 << 1)

__BEGIN_DECLS
int timerfd_create(int, int);
int timerfd_settime(int, int, const struct itimerspec *, struct itimerspec *);
int timerfd_gettime(int, struct itimerspec *);
__END_DECLS

#endif
