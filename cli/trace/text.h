/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace/text.h: text on its way to a file. Written for a million lines a second: no format
 * strings, and one write when the buffer is full or flushed.
 */
#ifndef FB_CLI_TRACE_TEXT_H
#define FB_CLI_TRACE_TEXT_H

#include <string.h>

#include "lib/base.h"

#define TEXT_ROOM (256u << 10)
#define TEXT_SOFT (TEXT_ROOM - (64u << 10)) /* a line has at least as much room as the rest */

struct text {
	char *p;
	size_t n;
	int fd;
	int error; /* errno of a write that failed; nothing is written any more */
};

void text_open(struct text *t, int fd);
/* Writes what there is; false, and error, when that is impossible. */
bool text_flush(struct text *t);
void text_close(struct text *t);

void text_bytes(struct text *t, const char *s, size_t n);
void text_dec(struct text *t, i64 v);
void text_udec(struct text *t, u64 v);
void text_hex(struct text *t, u64 v);		    /* 0x..., 0 as 0 */
void text_oct(struct text *t, u64 v);		    /* 0..., 0 as 0 */
void text_digits(struct text *t, u64 v, u32 width); /* with leading zeros */
/* A string in C's notation: quotes, \n, \33; octal as short as what follows lets it be. */
void text_quoted(struct text *t, const u8 *s, size_t n);
/* The same in JSON's, bytes above 127 as \u00XX. */
void text_json(struct text *t, const char *s, size_t n);

static inline void text_char(struct text *t, char c)
{
	if (UNLIKELY(t->n >= TEXT_ROOM))
		return;
	t->p[t->n++] = c;
}

static inline void text_str(struct text *t, const char *s)
{
	text_bytes(t, s, strlen(s));
}

#endif
