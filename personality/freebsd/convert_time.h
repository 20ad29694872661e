/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_time.h: clock ids. Facts: sys/_clock_id.h, clock_gettime(2).
 */
#ifndef FB_FREEBSD_CONVERT_TIME_H
#define FB_FREEBSD_CONVERT_TIME_H

#include "core/abi.h"
#include "personality/freebsd/abi_process.h"

/* A CORE_CLOCK_*, or -CORE_EINVAL. VIRTUAL and PROF have no clock of their own on the host:
 * time.c makes them from the process's times. */
int freebsd_to_core_clock(int clock);

#endif
