/* SPDX-License-Identifier: BSD-2-Clause */
/* lib/format.c: the small snprintf of lib/mem.h, apart from the functions a libc also has. */

#include "lib/mem.h"

struct sink {
	char *buf;
	size_t size;
	size_t length; /* what it would have needed */
};

static void sink_char(struct sink *s, char c)
{
	if (s->length + 1 < s->size)
		s->buf[s->length] = c;
	s->length++;
}

static void sink_number(struct sink *s, u64 value, u32 base, bool negative, u32 width, bool zero)
{
	char digits[24];
	u32 n = 0, sign = negative ? 1 : 0;

	do
		digits[n++] = "0123456789abcdef"[value % base];
	while (value /= base);
	for (u32 i = n + sign; !zero && i < width; i++)
		sink_char(s, ' ');
	if (negative)
		sink_char(s, '-');
	for (u32 i = n + sign; zero && i < width; i++)
		sink_char(s, '0');
	while (n > 0)
		sink_char(s, digits[--n]);
}

static void sink_string(struct sink *s, const char *text, u32 width)
{
	if (!text)
		text = "(null)";
	for (size_t n = strlen(text); n < width; n++)
		sink_char(s, ' ');
	while (*text)
		sink_char(s, *text++);
}

/* clang's analyzer takes ap for uninitialized when it follows fb_format into here. */
/* NOLINTBEGIN(clang-analyzer-valist.Uninitialized) */
size_t fb_vformat(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct sink s = {.buf = buf, .size = size};

	for (; *fmt; fmt++) {
		bool is_long = false, zero = false;
		u32 width = 0;
		i64 number;

		if (*fmt != '%') {
			sink_char(&s, *fmt);
			continue;
		}
		fmt++;
		if (*fmt == '0')
			zero = true;
		for (; *fmt >= '0' && *fmt <= '9'; fmt++)
			width = width * 10 + (u32)(*fmt - '0');
		for (; *fmt == 'l'; fmt++)
			is_long = true;
		switch (*fmt) {
		case 'd':
			number = is_long ? va_arg(ap, long) : va_arg(ap, int);
			sink_number(&s, number < 0 ? 0 - (u64)number : (u64)number, 10, number < 0,
				    width, zero);
			break;
		case 'u':
		case 'x':
			sink_number(&s,
				    is_long ? va_arg(ap, unsigned long) : va_arg(ap, unsigned int),
				    *fmt == 'x' ? 16 : 10, false, width, zero);
			break;
		case 'p':
			sink_string(&s, "0x", 0);
			sink_number(&s, (u64)(uintptr_t)va_arg(ap, void *), 16, false, width, zero);
			break;
		case 's':
			sink_string(&s, va_arg(ap, const char *), width);
			break;
		case 'c':
			sink_char(&s, (char)va_arg(ap, int));
			break;
		case '%':
			sink_char(&s, '%');
			break;
		default: /* shown, so that the mistake is seen; without its '\0' */
			sink_char(&s, '%');
			fmt--;
			break;
		}
	}
	if (size)
		buf[MIN(s.length, size - 1)] = '\0';
	return s.length;
}

/* NOLINTEND(clang-analyzer-valist.Uninitialized) */

size_t fb_format(char *buf, size_t size, const char *fmt, ...)
{
	size_t n;
	va_list ap;

	va_start(ap, fmt);
	n = fb_vformat(buf, size, fmt, ap);
	va_end(ap);
	return n;
}

size_t fb_strlcpy(char *dst, const char *src, size_t size)
{
	size_t n = strlen(src);

	if (size) {
		size_t copy = MIN(n, size - 1);

		memcpy(dst, src, copy);
		dst[copy] = '\0';
	}
	return n;
}
