/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/zone.c: the time zone.
 */
#include "core/zone.h"

#include "lib/mem.h"

#define A_DAY 1440 /* minutes; no place is further away */

struct core_zone core_zone;

void core_zone_set(const char *text)
{
	bool east = *text == '-';
	i32 n = 0;

	text += east;
	for (; *text >= '0' && *text <= '9' && n <= A_DAY; text++)
		n = n * 10 + (*text - '0');
	if (n > A_DAY)
		return;
	core_zone = (struct core_zone){east ? -n : n, *text == 's'};
}

void core_zone_to_text(char text[CORE_ZONE_TEXT])
{
	text[0] = '\0';
	if (core_zone.minutes_west || core_zone.summer_time)
		fb_format(text, CORE_ZONE_TEXT, ";zone=%d%s", core_zone.minutes_west,
			  core_zone.summer_time ? "s" : "");
}
