/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/perf.h: of perf_event_open(2) what the sampler uses: numbers and layouts as its manual
 * page and the kernel's include/uapi/linux/perf_event.h have them.
 */
#ifndef FB_CLI_PROF_PERF_H
#define FB_CLI_PROF_PERF_H

#include <stddef.h>

#include "lib/base.h"

/* The size that the kernel's third version of it had; what came later is not wanted. */
struct perf_attr {
	u32 type, size;
	u64 config;
	u64 sample_period;
	u64 sample_type;
	u64 read_format;
	u64 flags; /* bit fields there */
	u32 wakeup_watermark;
	u32 bp_type;
	u64 config1, config2;
	u64 branch_sample_type;
	u64 sample_regs_user;
	u32 sample_stack_user;
	i32 clockid;
};
SIZE_ASSERT(struct perf_attr, 96);
_Static_assert(offsetof(struct perf_attr, flags) == 40 && offsetof(struct perf_attr, clockid) == 92,
	       "as the kernel has it");

#define PERF_TYPE_HARDWARE 0
#define PERF_TYPE_SOFTWARE 1

#define PERF_COUNT_SW_CPU_CLOCK		  0
#define PERF_COUNT_SW_PAGE_FAULTS	  2
#define PERF_COUNT_SW_DUMMY		  9 /* never happens: what it is told of is the rest */
#define PERF_COUNT_HW_CACHE_REFERENCES	  2
#define PERF_COUNT_HW_CACHE_MISSES	  3
#define PERF_COUNT_HW_BRANCH_INSTRUCTIONS 4
#define PERF_COUNT_HW_BRANCH_MISSES	  5

#define PERF_FLAG_FD_CLOEXEC	  8
#define PERF_EVENT_IOC_SET_OUTPUT 0x2405
#define PERF_EVENT_IOC_ID	  0x80082407

enum {
	PERF_SAMPLE_IP = 1 << 0,
	PERF_SAMPLE_TID = 1 << 1,
	PERF_SAMPLE_TIME = 1 << 2,
	PERF_SAMPLE_CALLCHAIN = 1 << 5,
	PERF_SAMPLE_PERIOD = 1 << 8,
	PERF_SAMPLE_REGS_USER = 1 << 12,
	PERF_SAMPLE_STACK_USER = 1 << 13,
	PERF_SAMPLE_IDENTIFIER = 1 << 16,
};

enum {
	PERF_DISABLED = 1 << 0,
	PERF_INHERIT = 1 << 1,
	PERF_EXCLUDE_KERNEL = 1 << 5,
	PERF_EXCLUDE_HV = 1 << 6,
	PERF_MMAP = 1 << 8,
	PERF_COMM = 1 << 9,
	PERF_FREQ = 1 << 10,
	PERF_ENABLE_ON_EXEC = 1 << 12,
	PERF_TASK = 1 << 13,
	PERF_WATERMARK = 1 << 14,
	PERF_SAMPLE_ID_ALL = 1 << 18,
	PERF_EXCLUDE_CALLCHAIN_KERNEL = 1 << 21,
	PERF_MMAP2 = 1 << 23,
	PERF_COMM_EXEC = 1 << 24,
	PERF_USE_CLOCKID = 1 << 25,
};

/* In the first page of a ring. */
#define PERF_DATA_HEAD 1024
#define PERF_DATA_TAIL 1032

struct perf_record {
	u32 type;
	u16 misc, size;
};
SIZE_ASSERT(struct perf_record, 8);

enum {
	PERF_RECORD_LOST = 2,
	PERF_RECORD_COMM = 3,
	PERF_RECORD_EXIT = 4,
	PERF_RECORD_THROTTLE = 5,
	PERF_RECORD_FORK = 7,
	PERF_RECORD_SAMPLE = 9,
	PERF_RECORD_MMAP2 = 10,
	PERF_RECORD_LOST_SAMPLES = 13,
};

#define PERF_RECORD_MISC_COMM_EXEC (1 << 13)
#define PERF_CONTEXT_MAX	   ((u64)-4095)

#endif
