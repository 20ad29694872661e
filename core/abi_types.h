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
