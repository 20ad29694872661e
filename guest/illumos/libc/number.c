/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/number.c: text to integers, and random numbers of the library's own kind.
 * Facts: strtol(3C), rand(3C) (usr/src/lib/libc/port/gen/rand.c), strtonum(3C), arc4random(3C).
 */
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

/* The magnitude; false when it is larger than limit (of negative numbers, one more). */
static bool parse(const char *text, const char **end, int base, unsigned long *value,
		  bool *negative, unsigned long limit)
{
	const char *p = text;
	bool fits = true, any = false;
	unsigned long v = 0;

	*negative = false;
	*end = text;
	if (base < 0 || base == 1 || base > 36) {
		fail_with(EINVAL);
		*value = 0;
		return true;
	}
	while (isspace((unsigned char)*p))
		p++;
	if (*p == '-' || *p == '+')
		*negative = *p++ == '-';
	if ((base == 0 || base == 16) && *p == '0' && (p[1] | 32) == 'x' && digit(p[2]) < 16) {
		p += 2;
		base = 16;
	} else if (base == 0) {
		base = *p == '0' ? 8 : 10;
	}
	for (; digit(*p) < base; p++) {
		any = true;
		if (__builtin_mul_overflow(v, (unsigned long)base, &v) ||
		    __builtin_add_overflow(v, (unsigned long)digit(*p), &v))
			fits = false;
	}
	if (any)
		*end = p;
	*value = v;
	return fits && v <= limit + (limit == LONG_MAX && *negative);
}

EXPORT long strtol(const char *text, char **end, int base)
{
	unsigned long v;
	const char *at;
	bool negative, fits = parse(text, &at, base, &v, &negative, LONG_MAX);

	if (end)
		*end = (char *)at;
	if (!fits) {
		fail_with(ERANGE);
		return negative ? LONG_MIN : LONG_MAX;
	}
	return (long)(negative ? 0 - v : v);
}
EXPORT long long strtoll(const char *, char **, int) __attribute__((alias("strtol")));
EXPORT intmax_t strtoimax(const char *, char **, int) __attribute__((alias("strtol")));

EXPORT unsigned long strtoul(const char *text, char **end, int base)
{
	unsigned long v;
	const char *at;
	bool negative, fits = parse(text, &at, base, &v, &negative, ULONG_MAX);

	if (end)
		*end = (char *)at;
	if (!fits) {
		fail_with(ERANGE);
		return ULONG_MAX;
	}
	return negative ? 0 - v : v;
}
EXPORT unsigned long long strtoull(const char *, char **, int) __attribute__((alias("strtoul")));
EXPORT uintmax_t strtoumax(const char *, char **, int) __attribute__((alias("strtoul")));

EXPORT int atoi(const char *text)
{
	return (int)strtol(text, NULL, 10);
}

EXPORT long atol(const char *text)
{
	return strtol(text, NULL, 10);
}
EXPORT long long atoll(const char *) __attribute__((alias("atol")));

EXPORT long long strtonum(const char *text, long long low, long long high, const char **why)
{
	int error = self()->error;
	const char *said = NULL;
	char *end;
	long v = 0;

	self()->error = 0;
	if (low > high) {
		said = "invalid";
		self()->error = EINVAL;
	} else {
		v = strtol(text, &end, 10);
		if (end == text || *end) {
			said = "invalid";
			self()->error = EINVAL;
		} else if (v < low || (self()->error == ERANGE && v == LONG_MIN)) {
			said = "too small";
			self()->error = ERANGE;
		} else if (v > high || self()->error == ERANGE) {
			said = "too large";
			self()->error = ERANGE;
		}
	}
	if (why)
		*why = said;
	if (said)
		return 0;
	self()->error = error;
	return v;
}

/* ---- random -------------------------------------------------------------------------------- */

static unsigned int seed = 1;

/* The sequence programs know: ANSI's example generator. */
EXPORT int rand_r(unsigned int *state)
{
	*state = *state * 1103515245u + 12345u;
	return (int)(*state >> 16 & RAND_MAX);
}

EXPORT int rand(void)
{
	return rand_r(&seed);
}

EXPORT void srand(unsigned int s)
{
	seed = s;
}

EXPORT int getentropy(void *buf, size_t n)
{
	if (n > 256)
		return (int)fail_with(EIO);
	for (size_t done = 0; done < n;) {
		struct syscall_answer r = SYSCALL(SYS_getrandom, (char *)buf + done, n - done, 0);

		if (r.error && r.error != EINTR)
			return (int)fail_with(r.error);
		if (!r.error)
			done += (size_t)r.value;
	}
	return 0;
}

EXPORT void arc4random_buf(void *buf, size_t n)
{
	char *p = buf;

	while (n) {
		size_t part = n < 256 ? n : 256;

		if (getentropy(p, part) < 0)
			abort();
		p += part;
		n -= part;
	}
}

EXPORT uint32_t arc4random(void)
{
	uint32_t v;

	arc4random_buf(&v, sizeof(v));
	return v;
}

/* Numbers below 2^32 mod limit would make some results likelier than others. */
EXPORT uint32_t arc4random_uniform(uint32_t limit)
{
	uint32_t v;

	if (limit < 2)
		return 0;
	do
		v = arc4random();
	while (v < -limit % limit);
	return v % limit;
}
