/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/tap.h: the few lines a unit test needs to speak TAP. A test file is one
 * program: it calls ok() and its kin, and returns tap_end() from main.
 */
#ifndef FB_TESTS_UNIT_TAP_H
#define FB_TESTS_UNIT_TAP_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/base.h"

static int tap_count, tap_failed;

static inline bool tap_report(bool good, const char *fmt, va_list ap)
{
	printf("%sok %d - ", good ? "" : "not ", ++tap_count);
	vprintf(fmt, ap);
	putchar('\n');
	if (!good)
		tap_failed++;
	return good;
}

static inline bool ok(bool good, const char *fmt, ...) PRINTF_LIKE(2, 3);
static inline bool ok(bool good, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	tap_report(good, fmt, ap);
	va_end(ap);
	return good;
}

static inline bool is_number(long got, long want, const char *fmt, ...) PRINTF_LIKE(3, 4);
static inline bool is_number(long got, long want, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	if (!tap_report(got == want, fmt, ap))
		printf("#   got %ld (0x%lx), want %ld (0x%lx)\n", got, (unsigned long)got, want,
		       (unsigned long)want);
	va_end(ap);
	return got == want;
}

static inline bool is_string(const char *got, const char *want, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
static inline bool is_string(const char *got, const char *want, const char *fmt, ...)
{
	bool good = got == want || (got != NULL && want != NULL && strcmp(got, want) == 0);
	va_list ap;

	va_start(ap, fmt);
	if (!tap_report(good, fmt, ap))
		printf("#   got '%s'\n#   want '%s'\n", got ? got : "(null)",
		       want ? want : "(null)");
	va_end(ap);
	return good;
}

static inline int tap_end(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed != 0;
}

#endif
