/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/convert_time.c: clock ids; sys/_clock_id.h, clock_gettime(2). */
#include "personality/freebsd/convert_time.h"

int freebsd_to_core_clock(int clock)
{
	switch (clock) {
	case FREEBSD_CLOCK_REALTIME:
	case FREEBSD_CLOCK_REALTIME_PRECISE:
	case FREEBSD_CLOCK_SECOND: /* the host's coarse clock is behind its timers by a tick or two
				    */
		return CORE_CLOCK_REALTIME;
	case FREEBSD_CLOCK_REALTIME_FAST:
		return CORE_CLOCK_REALTIME_COARSE;
	case FREEBSD_CLOCK_MONOTONIC:
	case FREEBSD_CLOCK_MONOTONIC_PRECISE:
	case FREEBSD_CLOCK_UPTIME:
	case FREEBSD_CLOCK_UPTIME_PRECISE:
		return CORE_CLOCK_MONOTONIC;
	case FREEBSD_CLOCK_MONOTONIC_FAST:
	case FREEBSD_CLOCK_UPTIME_FAST:
		return CORE_CLOCK_MONOTONIC_COARSE;
	case FREEBSD_CLOCK_THREAD_CPUTIME_ID:
		return CORE_CLOCK_THREAD_CPUTIME_ID;
	case FREEBSD_CLOCK_PROCESS_CPUTIME_ID:
		return CORE_CLOCK_PROCESS_CPUTIME_ID;
	default:
		return -CORE_EINVAL;
	}
}
