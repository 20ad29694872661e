/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/scan.c: what a format finds in a stream. Facts: scanf(3C), the C
 * standard 7.21.6.2.
 */
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/illumos/libc/locale.h"
#include "guest/illumos/libc/stdio.h"

enum length { NONE, HH, H, L, LL, LD };

struct scanner {
	struct stream *in;
	size_t taken;
	int width;  /* of this field, what is left of it */
	bool chars; /* and that is counted in characters, not bytes */
};

static bool counts(const struct scanner *s, int c)
{
	return !s->chars || !fb_utf8() || (c & 0xc0) != 0x80;
}

static int get(struct scanner *s)
{
	int c;

	if (s->width == 0 && !s->chars)
		return EOF;
	c = fb_get(s->in);
	if (c != EOF && s->width == 0 && counts(s, c)) { /* the next character's */
		fb_unget(s->in, c);
		return EOF;
	}
	if (c != EOF && counts(s, c)) {
		s->taken++;
		s->width--;
	}
	return c;
}

static void back(struct scanner *s, int c)
{
	if (c == EOF)
		return;
	fb_unget(s->in, c);
	if (counts(s, c)) {
		s->taken--;
		s->width++;
	}
}

static void skip_space(struct scanner *s)
{
	int c;

	s->width = INT_MAX;
	do
		c = get(s);
	while (isspace(c));
	back(s, c);
}

/* ---- numbers: their text is gathered, as far as it can become one --------------------------- */

#define DIGITS 512

struct text {
	char buf[DIGITS];
	size_t n;
};

static bool add(struct text *t, int c)
{
	if (t->n < DIGITS - 1)
		t->buf[t->n++] = (char)c;
	t->buf[t->n] = '\0';
	return true;
}

static int take_if(struct scanner *s, struct text *t, const char *set, bool *found)
{
	int c = get(s);

	*found = c != EOF && c != 0 && strchr(set, c);
	if (*found)
		add(t, c);
	else
		back(s, c);
	return c;
}

static bool digit_of(int c, int base)
{
	int d = c >= '0' && c <= '9' ? c - '0' : isalpha(c) ? (c | 32) - 'a' + 10 : 99;

	return d < base;
}

static size_t take_digits(struct scanner *s, struct text *t, int base)
{
	size_t n = 0;
	int c;

	while ((c = get(s)) != EOF && digit_of(c, base)) {
		add(t, c);
		n++;
	}
	back(s, c);
	return n;
}

static bool integer(struct scanner *s, int base, bool is_signed, unsigned long *out)
{
	struct text t = {.n = 0};
	size_t digits = 0;
	bool found;

	take_if(s, &t, "+-", &found);
	if (base == 0 || base == 16) {
		take_if(s, &t, "0", &found);
		if (found) {
			digits++;
			take_if(s, &t, "xX", &found);
			if (found)
				base = 16;
			else if (base == 0)
				base = 8;
		} else if (base == 0) {
			base = 10;
		}
	}
	digits += take_digits(s, &t, base);
	if (digits == 0)
		return false;
	*out = is_signed ? (unsigned long)strtol(t.buf, NULL, base) : strtoul(t.buf, NULL, base);
	return true;
}

static bool word(struct scanner *s, struct text *t, const char *rest)
{
	for (; *rest; rest++) {
		int c = get(s);

		if (c == EOF || (c | 32) != *rest) {
			back(s, c);
			return false;
		}
		add(t, c);
	}
	return true;
}

static bool floating(struct scanner *s, long double *out)
{
	struct text t = {.n = 0};
	size_t digits;
	int base = 10, c;
	bool found;

	take_if(s, &t, "+-", &found);
	c = take_if(s, &t, "iInN", &found);
	if (found) {
		if (!word(s, &t, (c | 32) == 'i' ? "nf" : "an"))
			return false;
		*out = strtold(t.buf, NULL);
		return true;
	}
	digits = 0;
	take_if(s, &t, "0", &found);
	if (found) {
		digits = 1;
		take_if(s, &t, "xX", &found);
		if (found)
			base = 16;
	}
	digits += take_digits(s, &t, base);
	take_if(s, &t, ".", &found);
	if (found)
		digits += take_digits(s, &t, base);
	if (digits == 0)
		return false;
	take_if(s, &t, base == 16 ? "pP" : "eE", &found);
	if (found) {
		take_if(s, &t, "+-", &found);
		take_digits(s, &t, 10);
	}
	*out = strtold(t.buf, NULL);
	return true;
}

/* ---- text ---------------------------------------------------------------------------------- */

struct set {
	unsigned char has[256];
};

static const char *parse_set(const char *f, struct set *set)
{
	bool not = *f == '^';

	memset(set, 0, sizeof(*set));
	if (not )
		f++;
	for (const char *first = f; *f && (*f != ']' || f == first); f++) {
		if (*f == '-' && f != first && f[1] && f[1] != ']') {
			for (int c = (unsigned char)f[-1]; c <= (unsigned char)f[1]; c++)
				set->has[c] = 1;
		} else {
			set->has[(unsigned char)*f] = 1;
		}
	}
	if (not )
		for (int c = 0; c < 256; c++)
			set->has[c] = !set->has[c];
	return *f ? f + 1 : f;
}

struct destination {
	char *bytes;
	wchar_t *wide;
	bool allocate;
	size_t n, room;
	mbstate_t state;
};

static bool more_room(struct destination *d, size_t unit)
{
	void *p;

	if (!d->allocate || d->n + 1 < d->room)
		return true;
	d->room = d->room ? 2 * d->room : 32;
	p = realloc(d->wide ? (void *)d->wide : d->bytes, d->room * unit);
	if (!p)
		return false;
	if (unit > 1)
		d->wide = p;
	else
		d->bytes = p;
	return true;
}

static bool store(struct destination *d, bool wide, int c)
{
	char byte = (char)c;
	wchar_t w;

	if (!more_room(d, wide ? sizeof(wchar_t) : 1))
		return false;
	if (!wide) {
		if (d->bytes)
			d->bytes[d->n++] = byte;
		return true;
	}
	switch (mbrtowc(&w, &byte, 1, &d->state)) {
	case (size_t)-2:
		return true;
	case (size_t)-1:
		return false;
	default:
		if (d->wide)
			d->wide[d->n++] = w;
		return true;
	}
}

/* How many bytes were taken; -1: no memory, or no character. */
static long text(struct scanner *s, struct destination *d, bool wide, const struct set *set)
{
	long n = 0;
	int c;

	while ((c = get(s)) != EOF) {
		if (set && !set->has[c]) {
			back(s, c);
			break;
		}
		if (!store(d, wide, c))
			return -1;
		n++;
	}
	return n;
}

/* ---- the format ---------------------------------------------------------------------------- */

static void put_integer(void *where, enum length l, unsigned long v)
{
	switch (l) {
	case HH:
		*(unsigned char *)where = (unsigned char)v;
		break;
	case H:
		*(unsigned short *)where = (unsigned short)v;
		break;
	case NONE:
	case LD:
		*(unsigned *)where = (unsigned)v;
		break;
	default:
		*(unsigned long *)where = v;
		break;
	}
}

static void put_float(void *where, enum length l, long double v)
{
	if (l == L)
		*(double *)where = (double)v;
	else if (l == LD)
		*(long double *)where = v;
	else
		*(float *)where = (float)v;
}

static const char *length_of(const char *f, enum length *l)
{
	*l = NONE;
	if (*f == 'h') {
		*l = f[1] == 'h' ? HH : H;
		return f + (f[1] == 'h' ? 2 : 1);
	}
	if (*f == 'l') {
		*l = f[1] == 'l' ? LL : L;
		return f + (f[1] == 'l' ? 2 : 1);
	}
	if (*f == 'j' || *f == 'z' || *f == 't' || *f == 'q') {
		*l = LL;
		return f + 1;
	}
	if (*f == 'L') {
		*l = LD;
		return f + 1;
	}
	return f;
}

static void *numbered(va_list list, int n)
{
	va_list ap;
	void *p;

	va_copy(ap, list);
	do
		p = va_arg(ap, void *);
	while (--n > 0);
	va_end(ap);
	return p;
}

enum outcome { MATCHED, MISMATCH, AT_END };

static enum outcome field_text(struct scanner *s, char conversion, enum length l, bool allocate,
			       const struct set *given, void *where)
{
	struct set all;
	const struct set *set = given;
	struct destination d = {.allocate = allocate};
	bool wide = l == L;
	long n;

	if (conversion == 's') {
		for (int c = 0; c < 256; c++)
			all.has[c] = !isspace(c);
		set = &all;
	} else if (conversion == 'c') {
		set = NULL;
	}
	if (!allocate && wide)
		d.wide = where;
	else if (!allocate)
		d.bytes = where;
	n = text(s, &d, wide, set);
	if (n <= 0) {
		if (allocate)
			free(wide ? (void *)d.wide : d.bytes);
		return n < 0 || !(s->in->flags & (S_EOF | S_ERROR)) ? MISMATCH : AT_END;
	}
	if (conversion != 'c') {
		if (wide && d.wide)
			d.wide[d.n] = 0;
		else if (!wide && d.bytes)
			d.bytes[d.n] = '\0';
	}
	if (allocate && where)
		*(void **)where = wide ? (void *)d.wide : d.bytes;
	return MATCHED;
}

static enum outcome field_number(struct scanner *s, char conversion, enum length l, void *where)
{
	int base = conversion == 'i' ? 0 : conversion == 'o' ? 8 : 10, c = get(s);
	unsigned long v = 0;
	long double f = 0;

	if (c == EOF)
		return AT_END;
	back(s, c);
	if (conversion == 'x' || conversion == 'X' || conversion == 'p')
		base = 16;
	if (strchr("aAeEfFgG", conversion)) {
		if (!floating(s, &f))
			return MISMATCH;
		if (where)
			put_float(where, l, f);
		return MATCHED;
	}
	if (!integer(s, base, conversion == 'd' || conversion == 'i', &v))
		return MISMATCH;
	if (where)
		put_integer(where, conversion == 'p' ? LL : l, v);
	return MATCHED;
}

static int scan(struct stream *in, const char *f, va_list list, bool chars)
{
	struct scanner s = {.in = in, .chars = chars};
	int matched = 0;
	bool any = false;
	va_list ap;

	va_copy(ap, list);
	for (; *f; f++) {
		bool keep = true, allocate = false;
		int which = 0, c;
		enum length l;
		enum outcome r;
		struct set set;
		void *where = NULL;
		char conversion;

		if (isspace((unsigned char)*f)) {
			skip_space(&s);
			continue;
		}
		if (*f != '%' || f[1] == '%') {
			s.width = INT_MAX;
			if (*f == '%') {
				f++;
				skip_space(&s);
			}
			c = get(&s);
			if (c != (unsigned char)*f) {
				back(&s, c);
				if (c == EOF && !any)
					matched = matched ? matched : EOF;
				break;
			}
			continue;
		}
		f++;
		if (isdigit((unsigned char)*f)) {
			char *end;
			long n = strtol(f, &end, 10);

			if (*end == '$' && n > 0 && n < 1000) {
				which = (int)n;
				f = end + 1;
			}
		}
		if (*f == '*') {
			keep = false;
			f++;
		}
		s.width = INT_MAX;
		if (isdigit((unsigned char)*f)) {
			char *end;
			long n = strtol(f, &end, 10);

			s.width = n > 0 && n < INT_MAX ? (int)n : INT_MAX;
			f = end;
		}
		if (*f == 'm') {
			allocate = true;
			f++;
		}
		f = length_of(f, &l);
		conversion = *f;
		if (conversion == 'C' || conversion == 'S') {
			l = L;
			conversion = (char)(conversion + 32);
		}
		if (conversion == '[')
			f = parse_set(f + 1, &set) - 1;
		if (keep && conversion)
			where = which ? numbered(list, which) : va_arg(ap, void *);
		if (conversion == 'n') {
			if (where)
				put_integer(where, l, s.taken);
			continue;
		}
		if (conversion != 'c' && conversion != '[') {
			int width = s.width;

			skip_space(&s);
			s.width = width;
		}
		if (conversion == 'c' && s.width == INT_MAX)
			s.width = 1;
		if (conversion && strchr("sc[", conversion))
			r = field_text(&s, conversion, l, allocate && keep, &set, where);
		else if (conversion && strchr("diouxXpaAeEfFgG", conversion))
			r = field_number(&s, conversion, l, where);
		else
			break;
		if (r == AT_END && !any) {
			matched = EOF;
			break;
		}
		if (r != MATCHED)
			break;
		any = true;
		matched += keep;
	}
	va_end(ap);
	return matched;
}

int fb_scan(struct stream *in, const char *format, va_list ap)
{
	return scan(in, format, ap, false);
}

/* What a stream has is bytes, whoever reads it: a wide format is the same one in bytes. */
static int scan_wide(struct stream *in, const wchar_t *wide, va_list ap)
{
	size_t room = wcslen(wide) * MB_LEN_MAX + 1;
	char *format = malloc(room);
	int r = EOF;

	if (format && wcstombs(format, wide, room) != (size_t)-1)
		r = scan(in, format, ap, true);
	free(format);
	return r;
}

EXPORT int vfwscanf(FILE *f, const wchar_t *format, va_list ap)
{
	struct stream *s = stream_of(f);
	int r;

	fb_lock(s);
	s->wide = 1;
	r = scan_wide(s, format, ap);
	fb_unlock(s);
	return r;
}

EXPORT int vswscanf(const wchar_t *wide, const wchar_t *format, va_list ap)
{
	size_t room = wcslen(wide) * MB_LEN_MAX + 1;
	char *bytes = malloc(room);
	struct stream s;
	int r = EOF;

	if (bytes && wcstombs(bytes, wide, room) != (size_t)-1) {
		fb_string_stream(&s, bytes);
		r = scan_wide(&s, format, ap);
	}
	free(bytes);
	return r;
}

EXPORT int vwscanf(const wchar_t *format, va_list ap)
{
	return vfwscanf(stdin, format, ap);
}

VARIADIC(wscanf, (const wchar_t *format, ...), vfwscanf(stdin, format, ap))
VARIADIC(fwscanf, (FILE * f, const wchar_t *format, ...), vfwscanf(f, format, ap))
VARIADIC(swscanf, (const wchar_t *text, const wchar_t *format, ...), vswscanf(text, format, ap))

EXPORT int vfscanf(FILE *f, const char *format, va_list ap)
{
	struct stream *s = stream_of(f);
	int r;

	fb_lock(s);
	r = fb_scan(s, format, ap);
	fb_unlock(s);
	return r;
}

EXPORT int vsscanf(const char *text, const char *format, va_list ap)
{
	struct stream s;

	fb_string_stream(&s, text);
	return fb_scan(&s, format, ap);
}

EXPORT int vscanf(const char *format, va_list ap)
{
	return vfscanf(stdin, format, ap);
}

VARIADIC(scanf, (const char *format, ...), vfscanf(stdin, format, ap))
VARIADIC(fscanf, (FILE * f, const char *format, ...), vfscanf(f, format, ap))
VARIADIC(sscanf, (const char *text, const char *format, ...), vsscanf(text, format, ap))
