/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/ctype.c: characters.
 *
 * Programs have the tables compiled in: (__ctype + 1)[c] of the old macros, then the other case of
 * each letter from 258 on, then the size of a wide character and of the locale's longest; and
 * __ctype_mask, __trans_upper and __trans_lower, which may be indexed by EOF. Facts:
 * usr/src/head/iso/ctype_iso.h, usr/src/lib/libc/port/locale/ctype.c (521 entries).
 */
#undef _CTYPE_H
#include <ctype.h>
#include <locale.h>

#include "guest/illumos/libc/libc.h"

#define CTYPE_SIZE 521

EXPORT unsigned char __ctype[CTYPE_SIZE];

static unsigned int mask[257];
static int upper[257], lower[257];
EXPORT unsigned int *__ctype_mask = mask + 1;
EXPORT int *__trans_upper = upper + 1;
EXPORT int *__trans_lower = lower + 1;

static unsigned class_of(int c)
{
	unsigned m = 0;

	if (c >= 'A' && c <= 'Z')
		m |= _U | _ISALPHA;
	if (c >= 'a' && c <= 'z')
		m |= _L | _ISALPHA;
	if (c >= '0' && c <= '9')
		m |= _N;
	if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'))
		m |= _X;
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		m |= _S;
	if (c == ' ' || c == '\t')
		m |= _B;
	if (c < 32 || c == 127)
		m |= _C;
	if (c > 32 && c < 127) {
		m |= _ISGRAPH;
		if (!(m & (_U | _L | _N)))
			m |= _P;
	}
	if (c >= 32 && c < 127)
		m |= _ISPRINT;
	return m;
}

void fb_ctype_start(void);
void fb_ctype_start(void)
{
	upper[0] = lower[0] = -1;
	for (int c = 0; c < 256; c++) {
		unsigned m = c < 128 ? class_of(c) : 0;

		mask[c + 1] = m;
		/* The old table's blank is of characters that are printed, and so not the
		 * tabulator. */
		__ctype[c + 1] = (unsigned char)(m & 0xff & ~(c == '\t' ? _B : 0u));
		upper[c + 1] = m & _L ? c - 32 : c;
		lower[c + 1] = m & _U ? c + 32 : c;
		__ctype[c + 258] = (unsigned char)(m & _L ? c - 32 : m & _U ? c + 32 : c);
	}
	__ctype[520] = 1;
}

static bool is(int c, unsigned what)
{
	return c >= -1 && c < 256 && __ctype_mask[c] & what;
}

#define IS(name, what)                                                                             \
	EXPORT int name(int c)                                                                     \
	{                                                                                          \
		return is(c, what);                                                                \
	}                                                                                          \
	EXPORT int name##_l(int c, locale_t l)                                                     \
	{                                                                                          \
		(void)l;                                                                           \
		return is(c, what);                                                                \
	}
IS(isalnum, _ISALPHA | _N)
IS(isalpha, _ISALPHA)
IS(isblank, _B)
IS(iscntrl, _C)
IS(isdigit, _N)
IS(isgraph, _ISGRAPH)
IS(islower, _L)
IS(isprint, _ISPRINT)
IS(ispunct, _P)
IS(isspace, _S)
IS(isupper, _U)
IS(isxdigit, _X)

EXPORT int toupper(int c)
{
	return c >= -1 && c < 256 ? __trans_upper[c] : c;
}
EXPORT int _toupper(int) __attribute__((alias("toupper")));

EXPORT int tolower(int c)
{
	return c >= -1 && c < 256 ? __trans_lower[c] : c;
}
EXPORT int _tolower(int) __attribute__((alias("tolower")));

EXPORT int toupper_l(int c, locale_t l)
{
	(void)l;
	return toupper(c);
}

EXPORT int tolower_l(int c, locale_t l)
{
	(void)l;
	return tolower(c);
}

EXPORT int isascii(int c)
{
	return !(c & ~0177);
}

EXPORT int toascii(int c)
{
	return c & 0177;
}
