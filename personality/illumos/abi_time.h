/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_time.h: clocks of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/{time_impl,timex}.h; timespec and timeval are the hub's. HZ is what
 * hz of usr/src/uts/common/conf/param.c is.
 */
#ifndef FB_ILLUMOS_ABI_TIME_H
#define FB_ILLUMOS_ABI_TIME_H

#include "core/abi.h"

#define ILLUMOS_HZ 100

#define ILLUMOS_CLOCK_REALTIME0		 0
#define ILLUMOS_CLOCK_VIRTUAL		 1
#define ILLUMOS_CLOCK_THREAD_CPUTIME_ID	 2
#define ILLUMOS_CLOCK_REALTIME		 3
#define ILLUMOS_CLOCK_MONOTONIC		 4
#define ILLUMOS_CLOCK_PROCESS_CPUTIME_ID 5

/* timer_settime(3C) */
#define ILLUMOS_TIMER_ABSTIME 1

/* sys/timex.h */
#define ILLUMOS_MOD_ALL 0x3f
struct illumos_ntptimeval {
	struct core_timeval time;
	i32 maxerror;
	i32 esterror;
};
SIZE_ASSERT(struct illumos_ntptimeval, 24);

struct illumos_timex {
	u32 modes;
	i32 offset;
	i32 freq;
	i32 maxerror;
	i32 esterror;
	i32 status;
	i32 constant;
	i32 precision;
	i32 tolerance;
	i32 ppsfreq;
	i32 jitter;
	i32 shift;
	i32 stabil;
	i32 jitcnt;
	i32 calcnt;
	i32 errcnt;
	i32 stbcnt;
};
SIZE_ASSERT(struct illumos_timex, 68);

#endif
