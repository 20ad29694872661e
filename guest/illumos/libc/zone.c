/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/zone.c: local time: what TZ says, by a file of the zone database or by a rule.
 *
 * The files are the host's: /usr/share/zoneinfo, /usr/share/lib/zoneinfo in the original. A file's
 * last line is a rule for what comes after its table. Facts: RFC 8536 (TZif), POSIX on TZ,
 * environ(5), ctime(3C).
 */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/locks.h"
#include "guest/illumos/libc/zone.h"

#define LARGEST (256L * 1024)
#define NAME	16

struct when { /* of a rule: day and second of a year */
	char kind;
	int month, week, day, time;
};
struct rule {
	char name[2][NAME];
	long offset[2]; /* east of Greenwich; [1]: summer */
	bool summer;
	struct when begin, end;
};

static pthread_mutex_t lock = LOCK_INIT;
static char loaded[128] = "\1";
static unsigned char *data; /* the second, 64-bit part of a file */
static uint32_t times, types, chars;
static struct rule rule;
static bool has_rule;

EXPORT char *tzname[2] = {(char *)"UTC", (char *)"UTC"};
EXPORT long timezone, altzone;
EXPORT int daylight;
static char names[2][NAME];

void fb_zone_locks(bool take)
{
	if (take)
		pthread_mutex_lock(&lock);
	else
		pthread_mutex_unlock(&lock);
}

/* ---- rules --------------------------------------------------------------------------------- */

static const char *name_in(const char *p, char out[NAME])
{
	size_t n = 0;

	if (*p == '<') {
		for (p++; *p && *p != '>'; p++)
			if (n < NAME - 1)
				out[n++] = *p;
		if (*p)
			p++;
	} else {
		for (; (*p | 32) >= 'a' && (*p | 32) <= 'z'; p++)
			if (n < NAME - 1)
				out[n++] = *p;
	}
	out[n] = '\0';
	return n >= 3 ? p : NULL;
}

static const char *time_in(const char *p, int *seconds)
{
	int sign = 1, unit = 3600;

	*seconds = 0;
	if (*p == '-' || *p == '+')
		sign = *p++ == '-' ? -1 : 1;
	if (*p < '0' || *p > '9')
		return NULL;
	for (; unit; unit /= 60) {
		int n = 0;

		while (*p >= '0' && *p <= '9')
			n = n < 1000 ? n * 10 + (*p++ - '0') : (p++, n);
		*seconds += n * unit;
		if (*p != ':')
			break;
		p++;
	}
	*seconds *= sign;
	return p;
}

static const char *number_in(const char *p, int *n)
{
	if (*p < '0' || *p > '9')
		return NULL;
	for (*n = 0; *p >= '0' && *p <= '9'; p++)
		if (*n < 1000)
			*n = *n * 10 + (*p - '0');
	return p;
}

static const char *when_in(const char *p, struct when *w)
{
	w->time = 7200;
	w->kind = *p == 'J' || *p == 'M' ? *p++ : 'D';
	p = number_in(p, w->kind == 'M' ? &w->month : &w->day);
	if (p && w->kind == 'M') {
		if (*p != '.' || !(p = number_in(p + 1, &w->week)) || *p != '.' ||
		    !(p = number_in(p + 1, &w->day)))
			return NULL;
		if (w->month < 1 || w->month > 12 || w->week < 1 || w->week > 5 || w->day > 6)
			return NULL;
	}
	if (p && *p == '/')
		p = time_in(p + 1, &w->time);
	return p;
}

static bool rule_in(const char *p, struct rule *r)
{
	int seconds;

	memset(r, 0, sizeof(*r));
	if (!(p = name_in(p, r->name[0])) || !(p = time_in(p, &seconds)))
		return false;
	r->offset[0] = -seconds;
	if (!*p || *p == '\n')
		return true;
	if (!(p = name_in(p, r->name[1])))
		return false;
	r->summer = true;
	r->offset[1] = r->offset[0] + 3600;
	if (*p && *p != ',' && *p != '\n') {
		if (!(p = time_in(p, &seconds)))
			return false;
		r->offset[1] = -seconds;
	}
	if (*p != ',')
		p = ",M3.2.0,M11.1.0";
	return (p = when_in(p + 1, &r->begin)) && *p == ',' && when_in(p + 1, &r->end);
}

static bool leap(long year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Seconds of the year at which it comes, by the clock before it. */
static long second_of(const struct when *w, long year)
{
	static const short before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
	long day;

	if (w->kind == 'J') {
		day = w->day - 1 + (w->day > 59 && leap(year));
	} else if (w->kind == 'D') {
		day = w->day;
	} else {
		long first = before[w->month - 1] + (w->month > 2 && leap(year));
		long length =
		    before[w->month] - before[w->month - 1] + (w->month == 2 && leap(year));
		long weekday = (fb_days_before(year) + first + 4) % 7, d;

		if (weekday < 0)
			weekday += 7;
		d = (w->day - weekday + 7) % 7 + 7 * (w->week - 1);
		while (d >= length)
			d -= 7;
		day = first + d;
	}
	return day * 86400 + w->time;
}

static bool in_summer(const struct rule *r, time_t t)
{
	long year, begin, end, at;
	struct tm tm;

	if (!r->summer)
		return false;
	t += r->offset[0];
	if (!fb_to_tm(t, &tm))
		return false;
	year = tm.tm_year + 1900L;
	at = t - fb_days_before(year) * 86400;
	begin = second_of(&r->begin, year);
	end = second_of(&r->end, year) - (r->offset[1] - r->offset[0]);
	return begin < end ? at >= begin && at < end : at >= begin || at < end;
}

/* ---- files --------------------------------------------------------------------------------- */

static uint32_t be32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be64(const unsigned char *p)
{
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static size_t block_size(const unsigned char *h, size_t wide)
{
	size_t isut = be32(h + 20), isstd = be32(h + 24), leaps = be32(h + 28), t = be32(h + 32),
	       ty = be32(h + 36), c = be32(h + 40);

	if (isut > LARGEST || isstd > LARGEST || leaps > LARGEST || t > LARGEST || ty > 256 ||
	    c > LARGEST)
		return LARGEST;
	return t * (wide + 1) + ty * 6 + c + leaps * (wide + 4) + isstd + isut;
}

/* Everything that is counted lies within n, or it is no such file. */
static bool accept(unsigned char *p, size_t n)
{
	size_t first, second;
	unsigned char *h;

	if (n < 44 || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	first = 44 + block_size(p, 4);
	if (first + 44 > n || memcmp(p + first, "TZif", 4) != 0)
		return false;
	h = p + first;
	second = block_size(h, 8);
	if (second > n - first - 44 || be32(h + 36) == 0 || be32(h + 40) == 0)
		return false;
	times = be32(h + 32);
	types = be32(h + 36);
	chars = be32(h + 40);
	data = h + 44;
	for (uint32_t i = 0; i < times; i++)
		if (data[8 * (size_t)times + i] >= types)
			return false;
	p[n] = '\0';
	has_rule = data[second] == '\n' && rule_in((char *)data + second + 1, &rule);
	return true;
}

static unsigned char *whole;

static bool load_file(const char *name)
{
	static const char *const places[] = {"/usr/share/zoneinfo/", "/usr/share/lib/zoneinfo/"};
	char path[PATH_MAX];
	struct stat st;
	int fd = -1;

	if (strstr(name, "..") && !(*name == '/'))
		return false;
	if (*name == '/')
		fd = open(name, O_RDONLY | O_CLOEXEC);
	for (size_t i = 0; fd < 0 && i < 2 && *name != '/'; i++) {
		strcpy(path, places[i]);
		if (strlcat(path, name, sizeof(path)) < sizeof(path))
			fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	if (fd < 0)
		return false;
	free(whole);
	whole = NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size < LARGEST &&
	    (whole = malloc((size_t)st.st_size + 1)) != NULL) {
		ssize_t n = read(fd, whole, (size_t)st.st_size);

		close(fd);
		if (n > 0 && accept(whole, (size_t)n))
			return true;
		data = NULL;
		return false;
	}
	close(fd);
	return false;
}

static const char *type_name(unsigned type)
{
	unsigned at = data[9 * (size_t)times + 6 * type + 5];
	const char *text = (const char *)data + 9 * (size_t)times + 6 * (size_t)types;

	return at < chars && memchr(text + at, 0, chars - at) ? text + at : "";
}

static void note(struct fb_zone *z, unsigned type)
{
	z->offset = (int32_t)be32(data + 9 * (size_t)times + 6 * type);
	z->summer = data[9 * (size_t)times + 6 * type + 4] != 0;
	strlcpy(z->name, type_name(type), sizeof(z->name));
}

static void from_rule(struct fb_zone *z, time_t t)
{
	z->summer = in_summer(&rule, t);
	z->offset = rule.offset[z->summer];
	strlcpy(z->name, rule.name[z->summer], sizeof(z->name));
}

static void find(struct fb_zone *z, time_t t)
{
	uint32_t low = 0, high = times;

	*z = (struct fb_zone){.name = "UTC"};
	if (!data) {
		if (has_rule)
			from_rule(z, t);
		return;
	}
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (be64(data + 8 * (size_t)middle) <= t)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == times && has_rule) {
		from_rule(z, t);
	} else if (low == 0) {
		unsigned type = 0;

		while (type + 1 < types && data[9 * (size_t)times + 6 * type + 4])
			type++;
		note(z, type);
	} else {
		note(z, data[8 * (size_t)times + low - 1]);
	}
}

static void publish(void)
{
	struct fb_zone z[2];
	time_t now = time(NULL);

	find(&z[0], now);
	daylight = 0;
	/* The other half of the year tells of the other time. */
	for (int months = 1; months < 12; months++) {
		find(&z[1], now + months * 2629746L);
		if (z[1].summer != z[0].summer) {
			daylight = 1;
			break;
		}
	}
	if (!daylight)
		z[1] = z[0];
	for (int i = 0; i < 2; i++) {
		const struct fb_zone *from = &z[i];
		int to = daylight ? z[i].summer : i;

		strlcpy(names[to], from->name, NAME);
		tzname[to] = names[to];
		if (to == 0)
			timezone = -from->offset;
		else
			altzone = -from->offset;
	}
	if (!daylight)
		altzone = timezone;
}

static void load(void)
{
	const char *tz = getenv("TZ");

	if (!tz || !*tz)
		tz = tz ? "UTC0" : "/etc/localtime";
	if (strncmp(tz, loaded, sizeof(loaded)) == 0)
		return;
	strlcpy(loaded, tz, sizeof(loaded));
	data = NULL;
	has_rule = false;
	if (*tz == ':')
		tz++;
	if (!load_file(tz))
		has_rule = rule_in(tz, &rule);
	publish();
}

EXPORT void tzset(void)
{
	pthread_mutex_lock(&lock);
	load();
	pthread_mutex_unlock(&lock);
}

void fb_zone_at(time_t t, struct fb_zone *z)
{
	pthread_mutex_lock(&lock);
	load();
	find(z, t);
	pthread_mutex_unlock(&lock);
}
