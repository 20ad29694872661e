/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_types.h: structures several parts of the neutral ABI share
 * (linux/time_types.h, linux/uio.h).
 */
#ifndef FB_CORE_ABI_TYPES_H
#define FB_CORE_ABI_TYPES_H

#include "lib/base.h"

struct core_timespec {
	i64 tv_sec;
	i64 tv_nsec;
};
SIZE_ASSERT(struct core_timespec, 16);

struct core_timeval {
	i64 tv_sec;
	i64 tv_usec;
};
SIZE_ASSERT(struct core_timeval, 16);

struct core_itimerval {
	struct core_timeval it_interval;
	struct core_timeval it_value;
};
SIZE_ASSERT(struct core_itimerval, 32);

/* adjtimex(2) */
struct core_timex {
	u32 modes;
	i32 pad0;
	i64 offset;
	i64 freq;
	i64 maxerror;
	i64 esterror;
	i32 status;
	i32 pad1;
	i64 constant;
	i64 precision;
	i64 tolerance;
	struct core_timeval time;
	i64 tick;
	i64 ppsfreq;
	i64 jitter;
	i32 shift;
	i32 pad2;
	i64 stabil;
	i64 jitcnt;
	i64 calcnt;
	i64 errcnt;
	i64 stbcnt;
	i32 tai;
	i32 pad3[11];
};
SIZE_ASSERT(struct core_timex, 208);
OFFSET_ASSERT(struct core_timex, time, 72);
OFFSET_ASSERT(struct core_timex, tai, 160);

#define CORE_ADJ_OFFSET_SINGLESHOT 0x8001
#define CORE_ADJ_OFFSET_SS_READ	   0xa001

struct core_itimerspec {
	struct core_timespec it_interval;
	struct core_timespec it_value;
};
SIZE_ASSERT(struct core_itimerspec, 32);

struct core_iovec {
	u64 iov_base;
	u64 iov_len;
};
SIZE_ASSERT(struct core_iovec, 16);

#define CORE_IOV_MAX  1024
#define CORE_PATH_MAX 4096
#define CORE_NAME_MAX 255

#endif
