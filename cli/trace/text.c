/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/trace/text.c: cli/trace/text.h. */
#include "cli/trace/text.h"

#include <errno.h>

#include "cli/cli.h"

void text_open(struct text *t, int fd)
{
	*t = (struct text){.p = allocate(TEXT_ROOM), .fd = fd};
}

bool text_flush(struct text *t)
{
	size_t done = 0;

	while (t->error == 0 && done < t->n) {
		ssize_t r = write(t->fd, t->p + done, t->n - done);

		if (r >= 0)
			done += (size_t)r;
		else if (errno != EINTR)
			t->error = errno;
	}
	t->n = 0;
	return t->error == 0;
}

void text_close(struct text *t)
{
	free(t->p);
	t->p = NULL;
}

void text_bytes(struct text *t, const char *s, size_t n)
{
	if (n > TEXT_ROOM - t->n)
		n = TEXT_ROOM - t->n;
	memcpy(t->p + t->n, s, n);
	t->n += n;
}

static void number(struct text *t, u64 v, unsigned base, u32 width)
{
	char digits[24];
	u32 n = sizeof(digits);

	do
		digits[--n] = "0123456789abcdef"[v % base];
	while ((v /= base) != 0);
	while (sizeof(digits) - n < width)
		digits[--n] = '0';
	text_bytes(t, digits + n, sizeof(digits) - n);
}

void text_udec(struct text *t, u64 v)
{
	number(t, v, 10, 0);
}

void text_dec(struct text *t, i64 v)
{
	if (v < 0)
		text_char(t, '-');
	number(t, v < 0 ? -(u64)v : (u64)v, 10, 0);
}

void text_hex(struct text *t, u64 v)
{
	if (v != 0)
		text_str(t, "0x");
	number(t, v, 16, 0);
}

void text_oct(struct text *t, u64 v)
{
	if (v != 0)
		text_char(t, '0');
	number(t, v, 8, 0);
}

void text_digits(struct text *t, u64 v, u32 width)
{
	number(t, v, 10, width);
}

static void escaped(struct text *t, u8 c, bool digit_follows)
{
	static const char letters[] = {
	    ['\t'] = 't', ['\n'] = 'n', ['\v'] = 'v', ['\f'] = 'f', ['\r'] = 'r',
	};

	text_char(t, '\\');
	if (c < sizeof(letters) && letters[c])
		text_char(t, letters[c]);
	else if (c == '"' || c == '\\')
		text_char(t, (char)c);
	else
		number(t, c, 8, digit_follows ? 3 : 0);
}

void text_quoted(struct text *t, const u8 *s, size_t n)
{
	text_char(t, '"');
	for (size_t i = 0; i < n; i++) {
		if (s[i] >= ' ' && s[i] < 0x7f && s[i] != '"' && s[i] != '\\')
			text_char(t, (char)s[i]);
		else
			escaped(t, s[i], i + 1 < n && s[i + 1] >= '0' && s[i + 1] <= '9');
	}
	text_char(t, '"');
}

void text_json(struct text *t, const char *s, size_t n)
{
	text_char(t, '"');
	for (size_t i = 0; i < n; i++) {
		u8 c = (u8)s[i];

		if (c == '"' || c == '\\') {
			text_char(t, '\\');
			text_char(t, (char)c);
		} else if (c >= ' ' && c < 0x7f) {
			text_char(t, (char)c);
		} else {
			text_str(t, "\\u00");
			number(t, c, 16, 2);
		}
	}
	text_char(t, '"');
}
