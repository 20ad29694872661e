/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/double.c: small functions whose arguments or results are floating point
 * numbers. Facts: atof(3C), difftime(3C), ecvt(3C), getloadavg(3C) (FSCALE of
 * usr/src/uts/common/sys/param.h is 256), drand48's kind is musl's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "guest/illumos/libc/libc.h"

EXPORT double atof(const char *text)
{
	return strtod(text, NULL);
}

EXPORT double difftime(time_t a, time_t b)
{
	return (double)(a - b);
}

void fb_load_averages(double *out, const int *scaled, int n);
void fb_load_averages(double *out, const int *scaled, int n)
{
	for (int i = 0; i < n; i++)
		out[i] = (double)scaled[i] / 256;
}

#define DIGITS 340

static char *convert(const char *format, double v, int digits, int *point, int *sign, bool fixed)
{
	static char out[DIGITS];
	char text[2 * DIGITS], *p = text, *to = out;

	if (digits < 0)
		digits = 0;
	if (digits > DIGITS - 20)
		digits = DIGITS - 20;
	snprintf(text, sizeof(text), format, fixed ? digits : digits > 0 ? digits - 1 : 0, v);
	*sign = *p == '-';
	p += *sign;
	if (*p < '0' || *p > '9') {
		*point = 0;
		strlcpy(out, p, sizeof(out));
		return out;
	}
	if (fixed) {
		char *dot = strchr(p, '.');
		long before = dot ? dot - p : (long)strlen(p);

		*point = (int)before;
		for (bool leading = true; *p && to < out + sizeof(out) - 1; p++) {
			if (*p == '.')
				continue;
			if (leading && *p == '0' && v != 0) {
				--*point;
				continue;
			}
			leading = false;
			*to++ = *p;
		}
	} else {
		for (; *p && *p != 'e'; p++)
			if (*p != '.')
				*to++ = *p;
		*point = v == 0 ? 0 : (int)strtol(p + 1, NULL, 10) + 1;
	}
	*to = '\0';
	return out;
}

EXPORT char *ecvt(double v, int digits, int *point, int *sign)
{
	return convert("%.*e", v, digits, point, sign, false);
}

EXPORT char *fcvt(double v, int digits, int *point, int *sign)
{
	return convert("%.*f", v, digits, point, sign, true);
}

EXPORT char *gcvt(double v, int digits, char *buf)
{
	snprintf(buf, (size_t)(digits < 1 ? 1 : digits) + 10, "%.*g", digits, v);
	return buf;
}

/* The ASCII that a number can be made of. */
#define WIDE(type, name, convert_text)                                                             \
	EXPORT type name(const wchar_t *text, wchar_t **end)                                       \
	{                                                                                          \
		char narrow[512];                                                                  \
		const wchar_t *start = text;                                                       \
		size_t n = 0;                                                                      \
		char *stop;                                                                        \
		type v;                                                                            \
                                                                                                   \
		while (*start == ' ' || (*start >= '\t' && *start <= '\r'))                        \
			start++;                                                                   \
		for (; n < sizeof(narrow) - 1 && start[n] > 0 && start[n] < 128; n++)              \
			narrow[n] = (char)start[n];                                                \
		narrow[n] = '\0';                                                                  \
		v = convert_text(narrow, &stop);                                                   \
		if (end)                                                                           \
			*end = (wchar_t *)(stop == narrow ? text : start + (stop - narrow));       \
		return v;                                                                          \
	}
WIDE(double, wcstod, strtod)
WIDE(float, wcstof, strtof)
WIDE(long double, wcstold, strtold)
