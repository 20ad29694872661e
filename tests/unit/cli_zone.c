/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The time zone as fbird tells it to kernels that keep one (cli/zone.c), and as the runtime reads
 * it (core/zone.c). The zones are rules of their own, so that no host's tables matter.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/zone.c"
#include "core/zone.h"
#include "tests/unit/tap.h"

char *format_string(const char *format, ...)
{
	va_list ap;
	char *text = NULL;

	va_start(ap, format);
	if (vasprintf(&text, format, ap) < 0)
		abort();
	va_end(ap);
	return text;
}

#define NEW_YORK "EST5EDT,M3.2.0,M11.1.0"
#define BERLIN	 "CET-1CEST,M3.5.0,M10.5.0/3"
#define SYDNEY	 "AEST-10AEDT,M10.1.0,M4.1.0/3"
#define JANUARY	 1768478400 /* 15 January 2026 12:00 GMT, and so on */
#define MARCH	 1773576000
#define MARCH_30 1774872000
#define JULY	 1784116800
#define OCT_28	 1793188800

static void check(const char *zone, time_t now, const char *want)
{
	char *got;

	setenv("TZ", zone, 1);
	tzset();
	got = zone_text(now);
	ok(strcmp(got, want) == 0, "%s at %ld is %s, and here %s", zone, (long)now, want, got);
	free(got);
}

static void read_back(const char *text, i32 minutes, bool summer, const char *written)
{
	char out[CORE_ZONE_TEXT];

	core_zone = (struct core_zone){0};
	core_zone_set(text);
	ok(core_zone.minutes_west == minutes && core_zone.summer_time == summer,
	   "'%s' is %d minutes west", text, minutes);
	core_zone_to_text(out);
	ok(strcmp(out, written) == 0, "'%s' is handed on as '%s'", text, written);
}

int main(void)
{
	check("GMT0", JULY, "0");
	check("IST-5:30", JULY, "-330");
	check(NEW_YORK, JANUARY, "300s");
	check(NEW_YORK, JULY, "300s");
	check(NEW_YORK, MARCH, "240"); /* not yet summer by the rule of 1979 */
	check(BERLIN, JANUARY, "-60s");
	check(BERLIN, JULY, "-60s");
	check(BERLIN, MARCH_30, "-120");
	check(BERLIN, OCT_28, "-60s");
	check(NEW_YORK, OCT_28, "240");
	check(SYDNEY, JANUARY, "-660");
	check(SYDNEY, JULY, "-600");
	check("EST5EDT,0/0,J365/25", JULY, "240"); /* summer all year */
	read_back("300s", 300, true, ";zone=300s");
	read_back("-330", -330, false, ";zone=-330");
	read_back("", 0, false, "");
	read_back("99999999999999999999", 0, false, "");
	return tap_end();
}
