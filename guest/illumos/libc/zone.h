/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/zone.h: calendar and local time.
 */
#ifndef FB_GUEST_ILLUMOS_ZONE_H
#define FB_GUEST_ILLUMOS_ZONE_H

#include <stdbool.h>
#include <time.h>

#include "guest/illumos/libc/libc.h"

struct fb_zone {
	long offset; /* seconds east of Greenwich */
	int summer;
	char name[16];
};
void fb_zone_at(time_t t, struct fb_zone *z);

/* Days from 1970 to the first of a year. */
long fb_days_before(long year);
/* False: the year does not fit. */
bool fb_to_tm(time_t t, struct tm *tm);

#endif
