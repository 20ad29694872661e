/* SPDX-License-Identifier: BSD-2-Clause */
/* Time. Source: usr/src/head/time.h, usr/src/uts/common/sys/time_impl.h. */
#ifndef _FB_ILLUMOS_TIME_H
#define _FB_ILLUMOS_TIME_H

#include <sys/types.h>

typedef struct timespec {
	time_t tv_sec;
	long tv_nsec;
} timespec_t, timestruc_t;

struct itimerspec {
	struct timespec it_interval, it_value;
};

struct tm {
	int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
};

#define CLOCK_VIRTUAL		 1
#define CLOCK_THREAD_CPUTIME_ID	 2
#define CLOCK_REALTIME		 3
#define CLOCK_MONOTONIC		 4
#define CLOCK_HIGHRES		 CLOCK_MONOTONIC
#define CLOCK_PROCESS_CPUTIME_ID 5
#define CLOCK_PROF		 CLOCK_THREAD_CPUTIME_ID
#define TIMER_ABSTIME		 1
#define CLOCKS_PER_SEC		 1000000

__BEGIN_DECLS
int clock_gettime(clockid_t, struct timespec *);
int clock_settime(clockid_t, const struct timespec *);
int clock_getres(clockid_t, struct timespec *);
int clock_nanosleep(clockid_t, int, const struct timespec *, struct timespec *);
int nanosleep(const struct timespec *, struct timespec *);
time_t time(time_t *);
clock_t clock(void);
__END_DECLS

#endif
