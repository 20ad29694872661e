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

#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timercmp(a, b, op)                                                                         \
	((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec op(b)->tv_usec : (a)->tv_sec op(b)->tv_sec)
#define timeradd(a, b, out)                                                                        \
	do {                                                                                       \
		(out)->tv_sec = (a)->tv_sec + (b)->tv_sec;                                         \
		(out)->tv_usec = (a)->tv_usec + (b)->tv_usec;                                      \
		if ((out)->tv_usec >= 1000000) {                                                   \
			(out)->tv_sec++;                                                           \
			(out)->tv_usec -= 1000000;                                                 \
		}                                                                                  \
	} while (0)
#define timersub(a, b, out)                                                                        \
	do {                                                                                       \
		(out)->tv_sec = (a)->tv_sec - (b)->tv_sec;                                         \
		(out)->tv_usec = (a)->tv_usec - (b)->tv_usec;                                      \
		if ((out)->tv_usec < 0) {                                                          \
			(out)->tv_sec--;                                                           \
			(out)->tv_usec += 1000000;                                                 \
		}                                                                                  \
	} while (0)

__BEGIN_DECLS
int gettimeofday(struct timeval *, void *);
int setitimer(int, const struct itimerval *, struct itimerval *);
int getitimer(int, struct itimerval *);
int settimeofday(struct timeval *, void *);
int adjtime(struct timeval *, struct timeval *);
int utimes(const char *, const struct timeval[2]);
int futimes(int, const struct timeval[2]);
int lutimes(const char *, const struct timeval[2]);
int futimesat(int, const char *, const struct timeval[2]);
hrtime_t gethrtime(void);
hrtime_t gethrvtime(void);
__END_DECLS

#endif
