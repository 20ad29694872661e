/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/wide_more.c: wide text of dates and for comparing, and names that System V had
 * for it. Facts: wcsftime(3C), wcsxfrm(3C), wcstring(3C), getws(3C), widec.h.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "guest/illumos/libc/stdio.h"

EXPORT size_t wcsftime(wchar_t *buf, size_t room, const wchar_t *format, const struct tm *tm)
{
	size_t narrow_room = wcslen(format) * MB_LEN_MAX + 1, size = room * MB_LEN_MAX, n = 0;
	char *narrow = malloc(narrow_room), *text = malloc(size ? size : 1);

	if (room && narrow && text && wcstombs(narrow, format, narrow_room) != (size_t)-1 &&
	    (*format == 0 || strftime(text, size, narrow, tm))) {
		if (*format == 0)
			*text = '\0';
		n = mbstowcs(buf, text, room);
		if (n >= room) /* no room for the end, or no text */
			n = 0;
	}
	free(narrow);
	free(text);
	return n;
}

/* Text is ordered by its characters' numbers. */
EXPORT size_t wcsxfrm(wchar_t *to, const wchar_t *from, size_t room)
{
	size_t n = wcslen(from);

	if (n < room)
		wmemcpy(to, from, n + 1);
	else if (room)
		wmemcpy(to, from, room);
	return n;
}

EXPORT wchar_t *wcswcs(const wchar_t *text, const wchar_t *part)
{
	return wcsstr(text, part);
}

EXPORT wchar_t *getws(wchar_t *text)
{
	wint_t w;
	size_t n = 0;

	while ((w = getwchar()) != WEOF && w != '\n')
		text[n++] = w;
	text[n] = 0;
	return w == WEOF && n == 0 ? NULL : text;
}

EXPORT int putws(const wchar_t *text)
{
	int n = (int)wcslen(text);

	return fputws(text, stdout) < 0 || putwchar('\n') == WEOF ? EOF : n + 1;
}

#define NAMED(type, name, params, call)                                                            \
	EXPORT type name params;                                                                   \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return call;                                                                       \
	}
NAMED(size_t, wslen, (const wchar_t *a), wcslen(a))
NAMED(int, wscmp, (const wchar_t *a, const wchar_t *b), wcscmp(a, b))
NAMED(int, wsncmp, (const wchar_t *a, const wchar_t *b, size_t n), wcsncmp(a, b, n))
NAMED(wchar_t *, wscpy, (wchar_t * a, const wchar_t *b), wcscpy(a, b))
NAMED(wchar_t *, wsncpy, (wchar_t * a, const wchar_t *b, size_t n), wcsncpy(a, b, n))
NAMED(wchar_t *, wscat, (wchar_t * a, const wchar_t *b), wcscat(a, b))
NAMED(wchar_t *, wsncat, (wchar_t * a, const wchar_t *b, size_t n), wcsncat(a, b, n))
NAMED(wchar_t *, wschr, (const wchar_t *a, wchar_t c), wcschr(a, c))
NAMED(wchar_t *, wsrchr, (const wchar_t *a, wchar_t c), wcsrchr(a, c))
NAMED(wchar_t *, wspbrk, (const wchar_t *a, const wchar_t *b), wcspbrk(a, b))
NAMED(size_t, wsspn, (const wchar_t *a, const wchar_t *b), wcsspn(a, b))
NAMED(size_t, wscspn, (const wchar_t *a, const wchar_t *b), wcscspn(a, b))
NAMED(wchar_t *, wsdup, (const wchar_t *a), wcsdup(a))
