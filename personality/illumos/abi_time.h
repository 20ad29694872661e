/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_time.h: clocks of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/time_impl.h; timespec and timeval are the hub's. HZ is what
 * hz of usr/src/uts/common/conf/param.c is.
 */
#ifndef FB_ILLUMOS_ABI_TIME_H
#define FB_ILLUMOS_ABI_TIME_H

#define ILLUMOS_HZ 100

#define ILLUMOS_CLOCK_REALTIME0		 0
#define ILLUMOS_CLOCK_VIRTUAL		 1
#define ILLUMOS_CLOCK_THREAD_CPUTIME_ID	 2
#define ILLUMOS_CLOCK_REALTIME		 3
#define ILLUMOS_CLOCK_MONOTONIC		 4
#define ILLUMOS_CLOCK_PROCESS_CPUTIME_ID 5

#endif
