/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/wide.c: wide characters: to bytes and back, and through streams.
 *
 * In the C locale every byte is a character. UTF-8's begun characters are kept in the first half
 * of mbstate_t: what is known of the number, and how many bytes are to come. Facts: mbrtowc(3C),
 * RFC 3629.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/illumos/libc/locale.h"
#include "guest/illumos/libc/stdio.h"

struct begun {
	uint32_t value;
	uint8_t left, length;
	uint8_t pad[2];
};
_Static_assert(sizeof(struct begun) <= sizeof(mbstate_t), "it lies in there");

EXPORT int mbsinit(const mbstate_t *s)
{
	return !s || ((const struct begun *)s)->left == 0;
}

static bool start(struct begun *b, unsigned char c)
{
	if (c >= 0xc2 && c <= 0xdf)
		*b = (struct begun){.value = c & 0x1f, .left = 1, .length = 2};
	else if (c >= 0xe0 && c <= 0xef)
		*b = (struct begun){.value = c & 0x0f, .left = 2, .length = 3};
	else if (c >= 0xf0 && c <= 0xf4)
		*b = (struct begun){.value = c & 0x07, .left = 3, .length = 4};
	else
		return false;
	return true;
}

/* Longer than need be, a surrogate, or beyond Unicode. */
static bool impossible(const struct begun *b)
{
	uint32_t v = b->value << 6 * b->left, end = v | ((1u << 6 * b->left) - 1);

	if (b->length == 3)
		return end < 0x800 || (v >= 0xd800 && end <= 0xdfff);
	return b->length == 4 && (end < 0x10000 || v > 0x10ffff);
}

EXPORT size_t mbrtowc(wchar_t *out, const char *text, size_t n, mbstate_t *state)
{
	static mbstate_t own;
	struct begun *b = (struct begun *)(state ? state : &own);
	wchar_t ignored;
	size_t used = 0;

	if (!text)
		return mbrtowc(NULL, "", 1, state);
	if (n == 0)
		return (size_t)-2;
	if (!out)
		out = &ignored;
	if (b->left == 0) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x80 || !fb_utf8()) {
			*out = c;
			return c != 0;
		}
		if (!start(b, c))
			goto bad;
		used = 1;
	}
	for (; used < n; used++) {
		unsigned char c = (unsigned char)text[used];

		if ((c & 0xc0) != 0x80)
			goto bad;
		b->value = b->value << 6 | (c & 0x3f);
		b->left--;
		if (impossible(b))
			goto bad;
		if (b->left == 0) {
			*out = (wchar_t)b->value;
			*b = (struct begun){0};
			return used + 1;
		}
	}
	return (size_t)-2;
bad:
	*b = (struct begun){0};
	return (size_t)fail_with(EILSEQ);
}

EXPORT size_t mbrlen(const char *text, size_t n, mbstate_t *state)
{
	static mbstate_t own;

	return mbrtowc(NULL, text, n, state ? state : &own);
}

EXPORT size_t wcrtomb(char *out, wchar_t wide, mbstate_t *state)
{
	uint32_t c = (uint32_t)wide;

	(void)state;
	if (!out)
		return 1;
	if (c < 0x80 || (c < 0x100 && !fb_utf8())) {
		*out = (char)c;
		return 1;
	}
	if (!fb_utf8() || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return (size_t)fail_with(EILSEQ);
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

EXPORT size_t mbsnrtowcs(wchar_t *out, const char **text, size_t bytes, size_t room,
			 mbstate_t *state)
{
	static mbstate_t own;
	mbstate_t copy = state ? *state : own, *st = out ? (state ? state : &own) : &copy;
	const char *p = *text;
	size_t n = 0;

	while (!out || n < room) {
		wchar_t w;
		size_t k = mbrtowc(&w, p, bytes, st);

		if (k == (size_t)-1) {
			if (out)
				*text = p;
			return k;
		}
		if (k == (size_t)-2) {
			p += bytes;
			break;
		}
		if (out)
			out[n] = w;
		if (k == 0) {
			if (out)
				*text = NULL;
			return n;
		}
		p += k;
		bytes -= k;
		n++;
	}
	if (out)
		*text = p;
	return n;
}

EXPORT size_t mbsrtowcs(wchar_t *out, const char **text, size_t room, mbstate_t *state)
{
	return mbsnrtowcs(out, text, SIZE_MAX - (uintptr_t)*text, room, state);
}

EXPORT size_t wcsnrtombs(char *out, const wchar_t **text, size_t count, size_t room,
			 mbstate_t *state)
{
	const wchar_t *p = *text;
	size_t n = 0;

	for (; count; count--, p++) {
		char one[8];
		size_t k = wcrtomb(one, *p, state);

		if (k == (size_t)-1)
			return k;
		if (out && k > room - n)
			break;
		if (out)
			memcpy(out + n, one, k);
		if (*p == 0) {
			if (out)
				*text = NULL;
			return n;
		}
		n += k;
	}
	if (out)
		*text = p;
	return n;
}

EXPORT size_t wcsrtombs(char *out, const wchar_t **text, size_t room, mbstate_t *state)
{
	return wcsnrtombs(out, text, SIZE_MAX, room, state);
}

EXPORT size_t mbstowcs(wchar_t *out, const char *text, size_t room)
{
	mbstate_t state = {{0}};

	return mbsrtowcs(out, &text, room, &state);
}

EXPORT size_t wcstombs(char *out, const wchar_t *text, size_t room)
{
	mbstate_t state = {{0}};

	return wcsrtombs(out, &text, room, &state);
}

EXPORT int mbtowc(wchar_t *out, const char *text, size_t n)
{
	mbstate_t state = {{0}};
	size_t k;

	if (!text)
		return 0;
	k = mbrtowc(out, text, n, &state);
	return k == (size_t)-2 ? (int)fail_with(EILSEQ) : (int)k;
}

EXPORT int mblen(const char *text, size_t n)
{
	return mbtowc(NULL, text, n);
}

EXPORT int wctomb(char *out, wchar_t wide)
{
	return out ? (int)wcrtomb(out, wide, NULL) : 0;
}

EXPORT wint_t btowc(int c)
{
	return c == EOF || (c >= 0x80 && fb_utf8()) || c > 255 ? WEOF : c;
}

EXPORT int wctob(wint_t w)
{
	return w >= 0 && w < (fb_utf8() ? 0x80 : 0x100) ? w : EOF;
}

EXPORT int wcscoll(const wchar_t *a, const wchar_t *b)
{
	return wcscmp(a, b);
}

/* ---- numbers ------------------------------------------------------------------------------- */

/* The ASCII that a number can be made of, and where it began. */
static const wchar_t *narrow(const wchar_t *text, char *out, size_t size)
{
	size_t n = 0;

	while (*text == ' ' || (*text >= '\t' && *text <= '\r'))
		text++;
	for (; n < size - 1 && text[n] > 0 && text[n] < 128; n++)
		out[n] = (char)text[n];
	out[n] = '\0';
	return text;
}

#define INTEGER(type, name, convert)                                                               \
	EXPORT type name(const wchar_t *text, wchar_t **end, int base)                             \
	{                                                                                          \
		char out[128], *stop;                                                              \
		const wchar_t *from = narrow(text, out, sizeof(out));                              \
		type v = convert(out, &stop, base);                                                \
                                                                                                   \
		if (end)                                                                           \
			*end = (wchar_t *)(stop == out ? text : from + (stop - out));              \
		return v;                                                                          \
	}
INTEGER(long, wcstol, strtol)
INTEGER(unsigned long, wcstoul, strtoul)
INTEGER(long long, wcstoll, strtoll)
INTEGER(unsigned long long, wcstoull, strtoull)

/* ---- streams ------------------------------------------------------------------------------- */

EXPORT wint_t fgetwc(FILE *f)
{
	struct stream *s = stream_of(f);
	mbstate_t state = {{0}};
	wint_t r = WEOF;

	fb_lock(s);
	s->wide = 1;
	for (;;) {
		int c = fb_get(s);
		char byte = (char)c;
		wchar_t w;
		size_t k;

		if (c == EOF)
			break;
		k = mbrtowc(&w, &byte, 1, &state);
		if (k == (size_t)-2)
			continue;
		if (k == (size_t)-1)
			s->flags |= S_ERROR;
		else
			r = w;
		break;
	}
	fb_unlock(s);
	return r;
}
EXPORT wint_t getwc(FILE *) __attribute__((alias("fgetwc")));

EXPORT wint_t getwchar(void)
{
	return fgetwc(stdin);
}

EXPORT wint_t fputwc(wchar_t w, FILE *f)
{
	struct stream *s = stream_of(f);
	char out[8];
	size_t k = wcrtomb(out, w, NULL);
	bool good;

	fb_lock(s);
	s->wide = 1;
	good = k != (size_t)-1 && fb_write(s, out, k) == k;
	if (!good)
		s->flags |= S_ERROR;
	fb_unlock(s);
	return good ? w : WEOF;
}
EXPORT wint_t putwc(wchar_t, FILE *) __attribute__((alias("fputwc")));

EXPORT wint_t putwchar(wchar_t w)
{
	return fputwc(w, stdout);
}

EXPORT int fputws(const wchar_t *text, FILE *f)
{
	for (; *text; text++)
		if (fputwc(*text, f) == WEOF)
			return -1;
	return 0;
}

EXPORT wchar_t *fgetws(wchar_t *buf, int size, FILE *f)
{
	int n = 0;

	while (n < size - 1) {
		wint_t w = fgetwc(f);

		if (w == WEOF)
			break;
		buf[n++] = w;
		if (w == '\n')
			break;
	}
	if (n == 0)
		return NULL;
	buf[n] = 0;
	return buf;
}

EXPORT wint_t ungetwc(wint_t w, FILE *f)
{
	struct stream *s = stream_of(f);
	char out[8];
	size_t k = w == WEOF ? (size_t)-1 : wcrtomb(out, w, NULL);
	bool good = k != (size_t)-1;

	fb_lock(s);
	while (good && k)
		good = fb_unget(s, (unsigned char)out[--k]) != EOF;
	fb_unlock(s);
	return good ? w : WEOF;
}

EXPORT int fwide(FILE *f, int mode)
{
	struct stream *s = stream_of(f);

	if (!s->wide && mode)
		s->wide = mode > 0 ? 1 : -1;
	return s->wide;
}
