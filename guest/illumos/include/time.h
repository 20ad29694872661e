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
double difftime(time_t, time_t);
time_t mktime(struct tm *);
time_t timegm(struct tm *);
struct tm *gmtime(const time_t *);
struct tm *localtime(const time_t *);
struct tm *gmtime_r(const time_t *_RESTRICT_KYWD, struct tm *_RESTRICT_KYWD);
struct tm *localtime_r(const time_t *_RESTRICT_KYWD, struct tm *_RESTRICT_KYWD);
char *asctime(const struct tm *);
char *ctime(const time_t *);
char *__posix_asctime_r(const struct tm *_RESTRICT_KYWD, char *_RESTRICT_KYWD);
char *__posix_ctime_r(const time_t *, char *);
#define asctime_r(tm, buf) __posix_asctime_r(tm, buf)
#define ctime_r(t, buf)	   __posix_ctime_r(t, buf)
size_t strftime(char *_RESTRICT_KYWD, size_t, const char *_RESTRICT_KYWD,
		const struct tm *_RESTRICT_KYWD);
char *strptime(const char *_RESTRICT_KYWD, const char *_RESTRICT_KYWD, struct tm *_RESTRICT_KYWD);
void tzset(void);
extern char *tzname[2];
extern long timezone, altzone;
extern int daylight;
struct sigevent;
int timer_create(clockid_t, struct sigevent *_RESTRICT_KYWD, timer_t *_RESTRICT_KYWD);
int timer_delete(timer_t);
int timer_settime(timer_t, int, const struct itimerspec *_RESTRICT_KYWD,
		  struct itimerspec *_RESTRICT_KYWD);
int timer_gettime(timer_t, struct itimerspec *);
int timer_getoverrun(timer_t);
int clock_getcpuclockid(pid_t, clockid_t *);
#define TIME_UTC 1
int timespec_get(struct timespec *, int);
__END_DECLS

#endif
