/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/calendar.c: seconds to dates and back. Facts: ctime(3C), mktime(3C),
 * strftime(3C), strptime(3C).
 */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/locale.h"
#include "guest/illumos/libc/zone.h"

static const short before_month[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool leap(long y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

static long floor_div(long a, long b)
{
	return a / b - (a % b < 0);
}

long fb_days_before(long year)
{
	long y = year - 1;

	return 365 * (year - 1970) + (floor_div(y, 4) - 492) - (floor_div(y, 100) - 19) +
	       (floor_div(y, 400) - 4);
}

bool fb_to_tm(time_t t, struct tm *tm)
{
	long days = floor_div(t, 86400), rest = t - days * 86400, year, yday;
	int month = 0;

	year = 1970 + floor_div(days, 366);
	if (days > 366L * 2200000000L || days < -366L * 2200000000L)
		return false;
	while (fb_days_before(year + 1) <= days)
		year += 1 + (days - fb_days_before(year + 1)) / 366;
	if (year - 1900 > INT_MAX || year - 1900 < INT_MIN)
		return false;
	yday = days - fb_days_before(year);
	while (month < 11 && yday >= before_month[month + 1] + (month >= 1 && leap(year)))
		month++;
	*tm = (struct tm){
	    .tm_sec = (int)(rest % 60),
	    .tm_min = (int)(rest / 60 % 60),
	    .tm_hour = (int)(rest / 3600),
	    .tm_mday = (int)(yday - before_month[month] - (month > 1 && leap(year)) + 1),
	    .tm_mon = month,
	    .tm_year = (int)(year - 1900),
	    .tm_wday = (int)(((days + 4) % 7 + 7) % 7),
	    .tm_yday = (int)yday,
	};
	return true;
}

static struct tm shared;

EXPORT struct tm *gmtime_r(const time_t *t, struct tm *tm)
{
	return fb_to_tm(*t, tm) ? tm : (fail_with(EOVERFLOW), NULL);
}

EXPORT struct tm *gmtime(const time_t *t)
{
	return gmtime_r(t, &shared);
}

EXPORT struct tm *localtime_r(const time_t *t, struct tm *tm)
{
	struct fb_zone z;

	fb_zone_at(*t, &z);
	if (!fb_to_tm(*t + z.offset, tm))
		return fail_with(EOVERFLOW), NULL;
	tm->tm_isdst = z.summer;
	return tm;
}

EXPORT struct tm *localtime(const time_t *t)
{
	return localtime_r(t, &shared);
}

/* As if everything were in range and in Greenwich. */
static time_t seconds_of(const struct tm *tm)
{
	long months = 12L * (tm->tm_year + 1900L) + tm->tm_mon;
	long year = floor_div(months, 12), month = months - 12 * year;

	return (fb_days_before(year) + before_month[month] + (month > 1 && leap(year)) +
		tm->tm_mday - 1) *
		   86400L +
	       3600L * tm->tm_hour + 60L * tm->tm_min + tm->tm_sec;
}

EXPORT time_t timegm(struct tm *tm)
{
	time_t t = seconds_of(tm);

	return fb_to_tm(t, tm) ? t : (time_t)fail_with(EOVERFLOW);
}

/* Which moment has this local time: tried with the offsets of around it. */
EXPORT time_t mktime(struct tm *tm)
{
	time_t local = seconds_of(tm), t = local, best = 0;
	bool found = false;
	struct fb_zone z;

	for (int day = -1; day <= 1 && !found; day++) {
		fb_zone_at(local + day * 86400L, &z);
		t = local - z.offset;
		fb_zone_at(t, &z);
		if (t + z.offset != local)
			continue;
		if (tm->tm_isdst < 0 || (tm->tm_isdst > 0) == z.summer) {
			found = true;
			best = t;
		}
	}
	if (!found) {
		/* It does not exist, or not with that kind of time: the other kind's clock. */
		fb_zone_at(local - 86400, &z);
		best = local - z.offset;
		if (tm->tm_isdst >= 0) {
			struct fb_zone other = z;

			for (int months = 1; months < 12 && (tm->tm_isdst > 0) != other.summer;
			     months++)
				fb_zone_at(local + months * 2629746L, &other);
			if ((tm->tm_isdst > 0) == other.summer)
				best = local - other.offset;
		}
	}
	return localtime_r(&best, tm) ? best : -1;
}

EXPORT char *__posix_asctime_r(const struct tm *tm, char *buf)
{
	snprintf(buf, 26, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n",
		 tm->tm_wday >= 0 && tm->tm_wday < 7 ? fb_days[tm->tm_wday] : "???",
		 tm->tm_mon >= 0 && tm->tm_mon < 12 ? fb_months[tm->tm_mon] : "???", tm->tm_mday,
		 tm->tm_hour, tm->tm_min, tm->tm_sec, 1900 + tm->tm_year);
	return buf;
}

EXPORT char *asctime_r_(const struct tm *tm, char *buf, int n) __asm__("asctime_r");
EXPORT char *asctime_r_(const struct tm *tm, char *buf, int n)
{
	return n < 26 ? (fail_with(ERANGE), NULL) : __posix_asctime_r(tm, buf);
}

EXPORT char *asctime(const struct tm *tm)
{
	static char buf[26];

	return __posix_asctime_r(tm, buf);
}

EXPORT char *__posix_ctime_r(const time_t *t, char *buf)
{
	struct tm tm;

	return localtime_r(t, &tm) ? __posix_asctime_r(&tm, buf) : NULL;
}

EXPORT char *ctime(const time_t *t)
{
	struct tm *tm = localtime(t);

	return tm ? asctime(tm) : NULL;
}

EXPORT clock_t clock(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts) < 0)
		return -1;
	return ts.tv_sec * CLOCKS_PER_SEC + ts.tv_nsec / 1000;
}

/* ---- strftime ------------------------------------------------------------------------------ */

struct output {
	char *to, *end;
};

static void put(struct output *o, const char *text, size_t n)
{
	if ((size_t)(o->end - o->to) > n)
		memcpy(o->to, text, n), o->to += n;
	else
		o->to = o->end;
}

static void put_number(struct output *o, const char *format, long n)
{
	char text[32];
	int k = snprintf(text, sizeof(text), format, n);

	put(o, text, (size_t)k);
}

/* ISO 8601's week, and the year it belongs to. */
static int iso_week(const struct tm *tm, long *year)
{
	int weekday = (tm->tm_wday + 6) % 7, week = (tm->tm_yday - weekday + 10) / 7;

	*year = tm->tm_year + 1900L;
	if (week < 1) {
		int last = tm->tm_yday + 365 + leap(*year - 1);

		--*year;
		return (last - weekday + 10) / 7;
	}
	if (week == 53 && tm->tm_yday - weekday + 3 >= 365 + leap(*year)) {
		++*year;
		return 1;
	}
	return week;
}

static void format(struct output *o, const char *f, const struct tm *tm);

static const char *name(const char *const *list, int i, int n)
{
	return i >= 0 && i < n ? list[i] : "?";
}

static void one(struct output *o, char c, const struct tm *tm)
{
	long year = tm->tm_year + 1900L, iso;
	struct tm copy = *tm;
	struct fb_zone z;
	time_t t;
	const char *text;

	switch (c) {
	case 'a':
		put(o, name(fb_days, tm->tm_wday, 7), tm->tm_wday >= 0 && tm->tm_wday < 7 ? 3 : 1);
		break;
	case 'A':
		text = name(fb_days, tm->tm_wday, 7);
		put(o, text, strlen(text));
		break;
	case 'b':
	case 'h':
		put(o, name(fb_months, tm->tm_mon, 12), tm->tm_mon >= 0 && tm->tm_mon < 12 ? 3 : 1);
		break;
	case 'B':
		text = name(fb_months, tm->tm_mon, 12);
		put(o, text, strlen(text));
		break;
	case 'c':
		format(o, "%a %b %e %H:%M:%S %Y", tm);
		break;
	case 'C':
		put_number(o, "%02ld", floor_div(year, 100));
		break;
	case 'd':
		put_number(o, "%02ld", tm->tm_mday);
		break;
	case 'D':
	case 'x':
		format(o, "%m/%d/%y", tm);
		break;
	case 'e':
		put_number(o, "%2ld", tm->tm_mday);
		break;
	case 'F':
		format(o, "%Y-%m-%d", tm);
		break;
	case 'g':
		iso_week(tm, &iso);
		put_number(o, "%02ld", (iso % 100 + 100) % 100);
		break;
	case 'G':
		iso_week(tm, &iso);
		put_number(o, "%ld", iso);
		break;
	case 'H':
		put_number(o, "%02ld", tm->tm_hour);
		break;
	case 'I':
		put_number(o, "%02ld", (tm->tm_hour + 11) % 12 + 1);
		break;
	case 'j':
		put_number(o, "%03ld", tm->tm_yday + 1L);
		break;
	case 'k':
		put_number(o, "%2ld", tm->tm_hour);
		break;
	case 'l':
		put_number(o, "%2ld", (tm->tm_hour + 11) % 12 + 1);
		break;
	case 'm':
		put_number(o, "%02ld", tm->tm_mon + 1L);
		break;
	case 'M':
		put_number(o, "%02ld", tm->tm_min);
		break;
	case 'n':
		put(o, "\n", 1);
		break;
	case 'p':
		put(o, tm->tm_hour < 12 ? "AM" : "PM", 2);
		break;
	case 'P':
		put(o, tm->tm_hour < 12 ? "am" : "pm", 2);
		break;
	case 'r':
		format(o, "%I:%M:%S %p", tm);
		break;
	case 'R':
		format(o, "%H:%M", tm);
		break;
	case 's':
		put_number(o, "%ld", mktime(&copy));
		break;
	case 'S':
		put_number(o, "%02ld", tm->tm_sec);
		break;
	case 't':
		put(o, "\t", 1);
		break;
	case 'T':
	case 'X':
		format(o, "%H:%M:%S", tm);
		break;
	case 'u':
		put_number(o, "%ld", tm->tm_wday ? tm->tm_wday : 7L);
		break;
	case 'U':
		put_number(o, "%02ld", (tm->tm_yday + 7L - tm->tm_wday) / 7);
		break;
	case 'V':
		put_number(o, "%02ld", iso_week(tm, &iso));
		break;
	case 'w':
		put_number(o, "%ld", tm->tm_wday);
		break;
	case 'W':
		put_number(o, "%02ld", (tm->tm_yday + 7L - (tm->tm_wday + 6) % 7) / 7);
		break;
	case 'y':
		put_number(o, "%02ld", (year % 100 + 100) % 100);
		break;
	case 'Y':
		put_number(o, "%ld", year);
		break;
	case 'z':
	case 'Z':
		if (tm->tm_isdst < 0)
			break;
		t = mktime(&copy);
		fb_zone_at(t, &z);
		if (c == 'Z') {
			put(o, z.name, strlen(z.name));
		} else {
			put(o, z.offset < 0 ? "-" : "+", 1);
			z.offset = labs(z.offset);
			put_number(o, "%04ld", z.offset / 3600 * 100 + z.offset / 60 % 60);
		}
		break;
	case '%':
		put(o, "%", 1);
		break;
	default:
		put(o, "%", 1);
		put(o, &c, 1);
		break;
	}
}

static void format(struct output *o, const char *f, const struct tm *tm)
{
	for (; *f && o->to < o->end; f++) {
		if (*f != '%') {
			put(o, f, 1);
			continue;
		}
		f++;
		if ((*f == 'E' || *f == 'O') && f[1])
			f++;
		if (!*f)
			return;
		one(o, *f, tm);
	}
}

EXPORT size_t strftime(char *buf, size_t size, const char *f, const struct tm *tm)
{
	struct output o = {buf, buf + size};

	if (size == 0)
		return 0;
	format(&o, f, tm);
	if (o.to >= o.end)
		return 0;
	*o.to = '\0';
	return (size_t)(o.to - buf);
}

EXPORT size_t strftime_l(char *buf, size_t size, const char *f, const struct tm *tm, void *locale)
{
	(void)locale;
	return strftime(buf, size, f, tm);
}

EXPORT size_t cftime(char *buf, const char *f, const time_t *t)
{
	struct tm tm;

	return localtime_r(t, &tm) ? strftime(buf, INT_MAX, f ? f : "%c", &tm) : 0;
}

/* ---- strptime ------------------------------------------------------------------------------ */

static const char *read_number(const char *p, int digits, long low, long high, long *out)
{
	long n = 0;
	int k = 0;

	while (isspace((unsigned char)*p))
		p++;
	for (; k < digits && isdigit((unsigned char)*p); k++)
		n = n * 10 + (*p++ - '0');
	*out = n;
	return k && n >= low && n <= high ? p : NULL;
}

static const char *read_name(const char *p, const char *const *list, int n, int *out)
{
	for (int i = 0; i < n; i++) {
		size_t whole = strlen(list[i]);
		size_t k = strncasecmp(p, list[i], whole) == 0 ? whole
			   : strncasecmp(p, list[i], 3) == 0   ? 3
							       : 0;

		if (k) {
			*out = i;
			return p + k;
		}
	}
	return NULL;
}

struct parsed {
	long century, year, hour12;
	bool has_century, has_year, pm, has_pm, has_day, has_yday, has_month;
};

static const char *parse(const char *p, const char *f, struct tm *tm, struct parsed *got);

static const char *parse_one(const char *p, char c, struct tm *tm, struct parsed *got)
{
	long n;

#define NUMBER(digits, low, high, store)                                                           \
	do {                                                                                       \
		p = read_number(p, digits, low, high, &n);                                         \
		if (p)                                                                             \
			store;                                                                     \
		return p;                                                                          \
	} while (0)
	switch (c) {
	case 'a':
	case 'A':
		return read_name(p, fb_days, 7, &tm->tm_wday);
	case 'b':
	case 'B':
	case 'h':
		got->has_month = true;
		return read_name(p, fb_months, 12, &tm->tm_mon);
	case 'c':
		return parse(p, "%a %b %e %H:%M:%S %Y", tm, got);
	case 'C':
		NUMBER(2, 0, 99, (got->century = n, got->has_century = true));
	case 'd':
	case 'e':
		NUMBER(2, 1, 31, (tm->tm_mday = (int)n, got->has_day = true));
	case 'D':
	case 'x':
		return parse(p, "%m/%d/%y", tm, got);
	case 'F':
		return parse(p, "%Y-%m-%d", tm, got);
	case 'H':
	case 'k':
		NUMBER(2, 0, 23, tm->tm_hour = (int)n);
	case 'I':
	case 'l':
		NUMBER(2, 1, 12, tm->tm_hour = (int)(n % 12));
	case 'j':
		NUMBER(3, 1, 366, (tm->tm_yday = (int)n - 1, got->has_yday = true));
	case 'm':
		NUMBER(2, 1, 12, (tm->tm_mon = (int)n - 1, got->has_month = true));
	case 'M':
		NUMBER(2, 0, 59, tm->tm_min = (int)n);
	case 'n':
	case 't':
		while (isspace((unsigned char)*p))
			p++;
		return p;
	case 'p':
		got->has_pm = true;
		got->pm = (*p | 32) == 'p';
		return strncasecmp(p, "AM", 2) == 0 || strncasecmp(p, "PM", 2) == 0 ? p + 2 : NULL;
	case 'r':
		return parse(p, "%I:%M:%S %p", tm, got);
	case 'R':
		return parse(p, "%H:%M", tm, got);
	case 'S':
		NUMBER(2, 0, 61, tm->tm_sec = (int)n);
	case 'T':
	case 'X':
		return parse(p, "%H:%M:%S", tm, got);
	case 'U':
	case 'W':
		NUMBER(2, 0, 53, (void)0);
	case 'w':
		NUMBER(1, 0, 6, tm->tm_wday = (int)n);
	case 'y':
		NUMBER(2, 0, 99, (got->year = n, got->has_year = true));
	case 'Y':
		NUMBER(4, 0, 9999, tm->tm_year = (int)(n - 1900));
	case '%':
		return *p == '%' ? p + 1 : NULL;
	default:
		return NULL;
	}
#undef NUMBER
}

static const char *parse(const char *p, const char *f, struct tm *tm, struct parsed *got)
{
	for (; *f && p; f++) {
		if (isspace((unsigned char)*f)) {
			while (isspace((unsigned char)*p))
				p++;
		} else if (*f != '%') {
			p = *p == *f ? p + 1 : NULL;
		} else {
			f++;
			if (*f == 'E' || *f == 'O')
				f++;
			if (!*f)
				return NULL;
			p = parse_one(p, *f, tm, got);
		}
	}
	return p;
}

EXPORT char *strptime(const char *text, const char *f, struct tm *tm)
{
	struct parsed got = {0};
	const char *end = parse(text, f, tm, &got);

	if (!end)
		return NULL;
	if (got.has_pm && got.pm)
		tm->tm_hour = tm->tm_hour % 12 + 12;
	if (got.has_year)
		tm->tm_year = (int)(got.has_century ? got.century * 100 + got.year - 1900
						    : got.year + (got.year < 69 ? 100 : 0));
	else if (got.has_century)
		tm->tm_year = (int)(got.century * 100 - 1900);
	if (got.has_day && got.has_month) {
		struct tm copy = *tm;

		timegm(&copy);
		tm->tm_wday = copy.tm_wday;
		tm->tm_yday = copy.tm_yday;
	}
	return (char *)end;
}
