/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/iconv.c: from one set of characters to another: UTF-8, ASCII, ISO 8859-1,
 * UCS-4, UTF-16 and UCS-2 of both byte orders. Facts: iconv(3C), RFC 3629, RFC 2781.
 */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

enum code { UTF8, ASCII, LATIN1, UTF16BE, UTF16LE, UTF32BE, UTF32LE };

struct _iconv_info {
	enum code from, to;
};

static bool code_of(const char *name, enum code *out)
{
	static const struct {
		const char *name;
		enum code code;
	} known[] = {
	    {"UTF-8", UTF8},	    {"UTF8", UTF8},	   {"ASCII", ASCII},
	    {"646", ASCII},	    {"US-ASCII", ASCII},   {"ISO8859-1", LATIN1},
	    {"ISO-8859-1", LATIN1}, {"8859-1", LATIN1},	   {"LATIN1", LATIN1},
	    {"UTF-16", UTF16BE},    {"UTF-16BE", UTF16BE}, {"UTF-16LE", UTF16LE},
	    {"UCS-2", UTF16BE},	    {"UCS-2BE", UTF16BE},  {"UCS-2LE", UTF16LE},
	    {"UCS-4", UTF32BE},	    {"UCS-4BE", UTF32BE},  {"UCS-4LE", UTF32LE},
	    {"UTF-32", UTF32BE},    {"UTF-32BE", UTF32BE}, {"UTF-32LE", UTF32LE},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcasecmp(known[i].name, name) == 0) {
			*out = known[i].code;
			return true;
		}
	}
	return false;
}

EXPORT iconv_t iconv_open(const char *to, const char *from)
{
	struct _iconv_info *c = malloc(sizeof(*c));

	if (!c)
		return (iconv_t)-1;
	if (code_of(to, &c->to) && code_of(from, &c->from))
		return c;
	free(c);
	return (iconv_t)fail_with(EINVAL);
}

EXPORT int iconv_close(iconv_t c)
{
	free(c);
	return 0;
}

/* Bytes used; 0: more are needed, -1: no character. */
static int utf8(const uint8_t *p, size_t n, uint32_t *out)
{
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
	int length = *p < 0x80	 ? 1
		     : *p < 0xc2 ? -1
		     : *p < 0xe0 ? 2
		     : *p < 0xf0 ? 3
		     : *p < 0xf5 ? 4
				 : -1;
	uint32_t v;

	if (length == 1)
		*out = *p;
	if (length <= 1)
		return length;
	v = *p & (0x7f >> length);
	for (int i = 1; i < length; i++) {
		if ((size_t)i >= n)
			return 0;
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		v = v << 6 | (p[i] & 0x3f);
	}
	if (v < least[length] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
		return -1;
	*out = v;
	return length;
}

static uint32_t load16(const uint8_t *p, bool little)
{
	return little ? (uint32_t)p[0] | (uint32_t)p[1] << 8 : (uint32_t)p[0] << 8 | p[1];
}

static int take(enum code code, const uint8_t *p, size_t n, uint32_t *out)
{
	bool little = code == UTF16LE || code == UTF32LE;
	uint32_t v, low;

	switch (code) {
	case UTF8:
		return utf8(p, n, out);
	case ASCII:
		*out = *p;
		return *p < 0x80 ? 1 : -1;
	case LATIN1:
		*out = *p;
		return 1;
	case UTF16BE:
	case UTF16LE:
		if (n < 2)
			return 0;
		v = load16(p, little);
		if (v >= 0xdc00 && v <= 0xdfff)
			return -1;
		if (v < 0xd800 || v > 0xdbff) {
			*out = v;
			return 2;
		}
		if (n < 4)
			return 0;
		low = load16(p + 2, little);
		if (low < 0xdc00 || low > 0xdfff)
			return -1;
		*out = 0x10000 + ((v - 0xd800) << 10 | (low - 0xdc00));
		return 4;
	default:
		if (n < 4)
			return 0;
		v = little ? load16(p, true) | load16(p + 2, true) << 16
			   : load16(p, false) << 16 | load16(p + 2, false);
		*out = v;
		return v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff) ? -1 : 4;
	}
}

static void store16(uint8_t *p, uint32_t v, bool little)
{
	p[little ? 1 : 0] = (uint8_t)(v >> 8);
	p[little ? 0 : 1] = (uint8_t)v;
}

/* The bytes of a character; 0: the set has it not. */
static int give(enum code code, uint32_t c, uint8_t out[4])
{
	bool little = code == UTF16LE || code == UTF32LE;

	switch (code) {
	case UTF8:
		if (c < 0x80) {
			out[0] = (uint8_t)c;
			return 1;
		}
		if (c < 0x800) {
			out[0] = (uint8_t)(0xc0 | c >> 6);
			out[1] = (uint8_t)(0x80 | (c & 0x3f));
			return 2;
		}
		if (c < 0x10000) {
			out[0] = (uint8_t)(0xe0 | c >> 12);
			out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
			out[2] = (uint8_t)(0x80 | (c & 0x3f));
			return 3;
		}
		out[0] = (uint8_t)(0xf0 | c >> 18);
		out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
		out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		out[3] = (uint8_t)(0x80 | (c & 0x3f));
		return 4;
	case ASCII:
	case LATIN1:
		out[0] = (uint8_t)c;
		return c < (code == ASCII ? 0x80u : 0x100u);
	case UTF16BE:
	case UTF16LE:
		if (c < 0x10000) {
			store16(out, c, little);
			return 2;
		}
		c -= 0x10000;
		store16(out, 0xd800 | c >> 10, little);
		store16(out + 2, 0xdc00 | (c & 0x3ff), little);
		return 4;
	default:
		store16(out + (little ? 2 : 0), c >> 16, little);
		store16(out + (little ? 0 : 2), c & 0xffff, little);
		return 4;
	}
}

EXPORT size_t iconv(iconv_t cd, const char **in, size_t *in_left, char **out, size_t *out_left)
{
	size_t replaced = 0;

	if (!in || !*in)
		return 0;
	while (*in_left) {
		uint8_t bytes[4];
		uint32_t c = 0;
		int used = take(cd->from, (const uint8_t *)*in, *in_left, &c), n;

		if (used <= 0)
			return (size_t)fail_with(used ? EILSEQ : EINVAL);
		n = give(cd->to, c, bytes);
		if (n == 0) {
			n = give(cd->to, '?', bytes);
			replaced++;
		}
		if ((size_t)n > *out_left)
			return (size_t)fail_with(E2BIG);
		memcpy(*out, bytes, (size_t)n);
		*out += n;
		*out_left -= (size_t)n;
		*in += used;
		*in_left -= (size_t)used;
	}
	return replaced;
}
