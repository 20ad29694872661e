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
__END_DECLS

#endif
