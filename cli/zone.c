/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/zone.c: the host's time zone, as the kernels of the PDP-11 keep it: minutes west of
 * Greenwich, and whether summer time is observed. When it is, their libraries know by
 * themselves: from the last Sunday of April to the last of October, as in the United States of
 * 1979. Where that is wrong today, the zone is said to be what it is now and to have no summer
 * time, so that the time of day is right in any case.
 *
 * Facts: ftime(2) and ctime.c (sunday, daytab) of the Seventh Edition.
 */
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/zone.h"

#define DAY	86400L
#define APRIL	119 /* the day of the year of its last, from 0 */
#define OCTOBER 303

/* The Sunday that is d or the last before it, in a year that now is in. */
static int sunday(const struct tm *now, int d)
{
	bool leap = (now->tm_year % 4 == 0 && now->tm_year % 100 != 0) || now->tm_year % 400 == 100;

	d += leap;
	return d - (d - now->tm_yday + now->tm_wday + 700) % 7;
}

/* By the rule of 1979, standard being the time without it. */
static bool ruled(const struct tm *standard)
{
	int first = sunday(standard, APRIL), last = sunday(standard, OCTOBER);
	int day = standard->tm_yday, hour = standard->tm_hour;

	return (day > first || (day == first && hour >= 2)) &&
	       (day < last || (day == last && hour < 1));
}

static long west(time_t t, bool *summer)
{
	struct tm tm = {0};

	if (localtime_r(&t, &tm) == NULL)
		return 0;
	*summer = tm.tm_isdst > 0;
	return -tm.tm_gmtoff / 60;
}

char *zone_text(time_t now)
{
	struct tm standard;
	bool summer = false, then = false;
	long here = west(now, &summer), other = here, winter;
	time_t local;

	for (int month = 1; month < 12; month++) { /* the other season, if there is one */
		other = west(now + month * 30 * DAY, &then);
		if (then != summer)
			break;
	}
	winter = summer ? other : here;
	local = now - winter * 60;
	if (then == summer || gmtime_r(&local, &standard) == NULL || ruled(&standard) != summer)
		return format_string("%ld", here);
	return format_string("%lds", winter);
}
