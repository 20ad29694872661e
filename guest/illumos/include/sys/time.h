/* SPDX-License-Identifier: BSD-2-Clause */
/* Time in microseconds. Source: usr/src/uts/common/sys/time.h. */
#ifndef _FB_ILLUMOS_SYS_TIME_H
#define _FB_ILLUMOS_SYS_TIME_H

#include <sys/types.h>
#include <time.h>

struct timeval {
	time_t tv_sec;
	suseconds_t tv_usec;
};
struct itimerval {
	struct timeval it_interval, it_value;
};
#define ITIMER_REAL	0
#define ITIMER_VIRTUAL	1
#define ITIMER_PROF	2
#define ITIMER_REALPROF 3

__BEGIN_DECLS
int gettimeofday(struct timeval *, void *);
int setitimer(int, const struct itimerval *, struct itimerval *);
int getitimer(int, struct itimerval *);
hrtime_t gethrtime(void);
hrtime_t gethrvtime(void);
__END_DECLS

#endif
