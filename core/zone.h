/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/zone.h: the time zone, for systems whose kernel keeps it.
 *
 * Such a kernel was told once how many minutes its place is west of Greenwich and whether summer
 * time is observed there; libraries ask it. `fbird` finds out (cli/zone.c), and programs that are
 * executed inherit it. Nobody said: Greenwich.
 */
#ifndef FB_CORE_ZONE_H
#define FB_CORE_ZONE_H

#include "lib/base.h"

struct core_zone {
	i32 minutes_west; /* in winter, where summer time is observed */
	bool summer_time;
};
extern struct core_zone core_zone;

#define CORE_ZONE_TEXT 16

/* MINUTES, and "s" behind them for summer time. */
void core_zone_set(const char *text);
/* ";zone=" and that, for the next image (rt/options.c), or nothing. */
void core_zone_to_text(char text[CORE_ZONE_TEXT]);

#endif
