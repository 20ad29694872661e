/* SPDX-License-Identifier: BSD-2-Clause */
/* Scheduling. Source: usr/src/head/sched.h. */
#ifndef _FB_ILLUMOS_SCHED_H
#define _FB_ILLUMOS_SCHED_H

#include <sys/types.h>

struct sched_param {
	int sched_priority;
	int sched_pad[8];
};
#define SCHED_OTHER 0
#define SCHED_FIFO  1
#define SCHED_RR    2

__BEGIN_DECLS
int sched_yield(void);
int sched_get_priority_min(int);
int sched_get_priority_max(int);
int sched_getscheduler(pid_t);
int sched_setscheduler(pid_t, int, const struct sched_param *);
int sched_getparam(pid_t, struct sched_param *);
int sched_setparam(pid_t, const struct sched_param *);
__END_DECLS

#endif
