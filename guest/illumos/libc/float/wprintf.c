/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/wprintf.c: formats of wide characters. Facts: fwprintf(3C), the C
 * standard 7.29.2.1 and 7.29.2.3: widths and precisions count characters, and what does not fit is
 * an error.
 *
 * A number is written by the narrow format that it has; text is ours to count. A format whose
 * arguments are numbered is as a whole the narrow one.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/illumos/libc/stdio.h"

struct sink {
	FILE *f;      /* NULL: */
	wchar_t *buf; /* of `room`, with the end */
	size_t room;
	long n; /* characters so far; -1: an error */
};

static void put(struct sink *s, wchar_t w)
{
	if (s->n < 0)
		return;
	if (s->f ? fputwc(w, s->f) == WEOF : (size_t)s->n + 1 >= s->room) {
		s->n = -1;
		return;
	}
	if (!s->f)
		s->buf[s->n] = w;
	if (s->n++ == INT_MAX) {
		self()->error = EOVERFLOW;
		s->n = -1;
	}
}

static void pad(struct sink *s, long n)
{
	for (; n > 0 && s->n >= 0; n--)
		put(s, ' ');
}

struct spec {
	char flags[8];
	long width, precision; /* -1: none */
	char length[3];
	char conversion;
	bool left;
};

static void put_wide(struct sink *s, const struct spec *p, const wchar_t *text, size_t n)
{
	long blank = p->width - (long)n;

	if (!p->left)
		pad(s, blank);
	for (size_t i = 0; i < n; i++)
		put(s, text[i]);
	if (p->left)
		pad(s, blank);
}

static size_t limited(const struct spec *p, const wchar_t *text)
{
	return wcsnlen(text, p->precision < 0 ? SIZE_MAX : (size_t)p->precision);
}

/* Multibyte text; no more of it is read than the precision asks for. */
static void put_bytes(struct sink *s, const struct spec *p, const char *text)
{
	mbstate_t state = {{0}};
	size_t most = p->precision < 0 ? SIZE_MAX : (size_t)p->precision, n = 0, room = 64;
	wchar_t *wide = malloc(room * sizeof(*wide));

	while (wide && n < most) {
		size_t k = mbrtowc(&wide[n], text, MB_LEN_MAX, &state);

		if (k == 0)
			break;
		if (k > MB_LEN_MAX) {
			s->n = -1;
			break;
		}
		text += k;
		if (++n == room) {
			wchar_t *more = realloc(wide, (room *= 2) * sizeof(*wide));

			if (!more)
				free(wide);
			wide = more;
		}
	}
	if (!wide)
		s->n = -1;
	put_wide(s, p, wide, s->n < 0 ? 0 : n);
	free(wide);
}

static void put_number(struct sink *s, char *text, int n)
{
	if (n < 0)
		s->n = -1;
	for (int i = 0; i < n; i++)
		put(s, (unsigned char)text[i]);
	free(text);
}

#define NUMBER(value)                                                                              \
	({                                                                                         \
		char *text_ = NULL;                                                                \
		int n_ = p->precision >= 0                                                         \
			     ? asprintf(&text_, narrow, (int)p->width, (int)p->precision, value)   \
			     : asprintf(&text_, narrow, (int)p->width, value);                     \
                                                                                                   \
		put_number(s, text_, n_);                                                          \
	})

struct arguments {
	va_list ap;
};

static void put_integer(struct sink *s, const struct spec *p, const char *narrow,
			struct arguments *a)
{
	if (p->conversion == 'p')
		NUMBER(va_arg(a->ap, void *));
	else if (strchr("lzjtq", p->length[0]) && p->length[0])
		NUMBER(va_arg(a->ap, long));
	else
		NUMBER(va_arg(a->ap, int));
}

static void put_count(const struct spec *p, long n, void *where)
{
	switch (p->length[0]) {
	case 'h':
		if (p->length[1])
			*(signed char *)where = (signed char)n;
		else
			*(short *)where = (short)n;
		break;
	case '\0':
		*(int *)where = (int)n;
		break;
	default:
		*(long *)where = n;
		break;
	}
}

/* False: there is no such conversion. */
static bool convert(struct sink *s, struct spec *p, struct arguments *a)
{
	bool wide = p->length[0] == 'l';
	char narrow[32];
	wchar_t one;

	snprintf(narrow, sizeof(narrow), "%%%s*%s%s%c", p->flags, p->precision >= 0 ? ".*" : "",
		 p->length, p->conversion);
	switch (p->conversion) {
	case 'C':
	case 'c':
		one = va_arg(a->ap, int);
		if (p->conversion == 'c' && !wide)
			one = btowc((unsigned char)one);
		put_wide(s, p, &one, 1);
		return true;
	case 'S':
	case 's':
		if (wide || p->conversion == 'S') {
			const wchar_t *text = va_arg(a->ap, const wchar_t *);

			text = text ? text : L"(null)";
			put_wide(s, p, text, limited(p, text));
		} else {
			const char *text = va_arg(a->ap, const char *);

			put_bytes(s, p, text ? text : "(null)");
		}
		return true;
	case 'n':
		put_count(p, s->n, va_arg(a->ap, void *));
		return true;
	default:
		break;
	}
	if (strchr("diouxXp", p->conversion))
		put_integer(s, p, narrow, a);
	else if (!strchr("aAeEfFgG", p->conversion))
		return false;
	else if (p->length[0] == 'L')
		NUMBER(va_arg(a->ap, long double));
	else
		NUMBER(va_arg(a->ap, double));
	return true;
}

static const wchar_t *number(const wchar_t *f, struct arguments *a, long *n)
{
	if (*f == '*') {
		*n = va_arg(a->ap, int);
		return f + 1;
	}
	for (*n = 0; *f >= '0' && *f <= '9'; f++)
		*n = *n > INT_MAX / 16 ? *n : *n * 10 + (*f - '0');
	return f;
}

/* From behind the '%' to the conversion's character. */
static const wchar_t *parse(const wchar_t *f, struct spec *p, struct arguments *a)
{
	size_t n = 0;

	*p = (struct spec){.precision = -1};
	for (; *f > 0 && *f < 128 && strchr("-+ #0'", (char)*f); f++) {
		if (!strchr(p->flags, (char)*f) && n < sizeof(p->flags) - 2)
			p->flags[n++] = (char)*f;
		p->left |= *f == '-';
	}
	f = number(f, a, &p->width);
	if (p->width < 0) {
		p->width = -p->width;
		if (!p->left)
			p->flags[n++] = '-';
		p->left = true;
	}
	if (*f == '.')
		f = number(f + 1, a, &p->precision);
	n = 0;
	for (; *f > 0 && *f < 128 && strchr("hlLqjzt", (char)*f); f++)
		if (n < sizeof(p->length) - 1)
			p->length[n++] = (char)*f;
	p->conversion = *f > 0 && *f < 128 ? (char)*f : '\0';
	return f;
}

/* A digit, and then '$': somewhere the arguments are numbered. */
static bool is_numbered(const wchar_t *f)
{
	while ((f = wcschr(f, '%'))) {
		const wchar_t *p = ++f;

		while (*p >= '0' && *p <= '9')
			p++;
		if (p > f && *p == '$')
			return true;
		f += *f == '%';
	}
	return false;
}

static void as_narrow(struct sink *s, const wchar_t *format, va_list ap)
{
	size_t room = wcslen(format) * MB_LEN_MAX + 1;
	char *narrow = malloc(room), *text = NULL;
	struct spec plain = {.precision = -1};

	if (!narrow || wcstombs(narrow, format, room) == (size_t)-1 ||
	    vasprintf(&text, narrow, ap) < 0)
		s->n = -1;
	else
		put_bytes(s, &plain, text);
	free(text);
	free(narrow);
}

static int print(struct sink *s, const wchar_t *f, va_list ap)
{
	struct arguments a;
	struct spec p;

	if (is_numbered(f)) {
		as_narrow(s, f, ap);
		return (int)s->n;
	}
	va_copy(a.ap, ap);
	for (; *f && s->n >= 0; f++) {
		if (*f != '%') {
			put(s, *f);
			continue;
		}
		f = parse(f + 1, &p, &a);
		if (p.conversion == '%') {
			put(s, '%');
		} else if (!p.conversion || !convert(s, &p, &a)) {
			self()->error = EINVAL;
			s->n = -1;
		}
	}
	va_end(a.ap);
	return (int)s->n;
}

EXPORT int vfwprintf(FILE *f, const wchar_t *format, va_list ap)
{
	struct sink s = {.f = f};
	int r;

	flockfile(f);
	fwide(f, 1);
	r = print(&s, format, ap);
	funlockfile(f);
	return r;
}

EXPORT int vswprintf(wchar_t *buf, size_t room, const wchar_t *format, va_list ap)
{
	struct sink s = {.buf = buf, .room = room};
	int r;

	if (room == 0)
		return -1;
	r = print(&s, format, ap);
	buf[r < 0 ? room - 1 : (size_t)r] = 0;
	return r;
}

EXPORT int vwprintf(const wchar_t *format, va_list ap)
{
	return vfwprintf(stdout, format, ap);
}

VARIADIC(wprintf, (const wchar_t *format, ...), vfwprintf(stdout, format, ap))
VARIADIC(fwprintf, (FILE * f, const wchar_t *format, ...), vfwprintf(f, format, ap))
VARIADIC(swprintf, (wchar_t * buf, size_t room, const wchar_t *format, ...),
	 vswprintf(buf, room, format, ap))
