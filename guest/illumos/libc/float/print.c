/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/print.c: what a format makes of its arguments.
 *
 * Arguments may be numbered (%2$s), and then are fetched in their order before anything is
 * printed. Digits of floating point numbers are musl's work: it is given one conversion at a time.
 * Facts: printf(3C), the C standard 7.21.6.1.
 */
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/illumos/libc/stdio.h"

int fb_musl_snprintf(char *, size_t, const char *, ...);

#define ARGUMENTS 64 /* numbered */

enum length { NONE, HH, H, L, LL, J, Z, T, LD };
enum kind { END, INT, LONG, DOUBLE, LONG_DOUBLE, POINTER };

union value {
	long i;
	double d;
	long double ld;
	void *p;
};

struct spec {
	bool left, plus, space, alternate, zero, precise;
	int width, precision;
	int width_at, precision_at, value_at; /* numbers of arguments; 0: the next */
	bool star_width, star_precision;
	enum length length;
	char conversion;
};

struct printer {
	struct stream *out;
	size_t total;
	bool failed;
};

static void emit(struct printer *p, const char *text, size_t n)
{
	if (n && !p->failed && fb_write(p->out, text, n) != n)
		p->failed = true;
	p->total += n;
}

static void pad(struct printer *p, char c, long n)
{
	char some[32];

	if (n <= 0)
		return;
	memset(some, c, sizeof(some));
	for (; n > (long)sizeof(some); n -= (long)sizeof(some))
		emit(p, some, sizeof(some));
	emit(p, some, (size_t)n);
}

/* ---- the format ---------------------------------------------------------------------------- */

static const char *number(const char *f, int *n)
{
	long v = 0;

	for (; *f >= '0' && *f <= '9'; f++)
		if (v <= INT_MAX)
			v = v * 10 + (*f - '0');
	*n = v > INT_MAX ? -1 : (int)v;
	return f;
}

/* A number that a dollar follows. */
static const char *numbered(const char *f, int *which)
{
	const char *end;
	int n;

	if (*f < '1' || *f > '9')
		return f;
	end = number(f, &n);
	if (*end != '$')
		return f;
	*which = n;
	return end + 1;
}

static const char *length_of(const char *f, enum length *l)
{
	*l = NONE;
	switch (*f) {
	case 'h':
		*l = f[1] == 'h' ? HH : H;
		return f + (f[1] == 'h' ? 2 : 1);
	case 'l':
		*l = f[1] == 'l' ? LL : L;
		return f + (f[1] == 'l' ? 2 : 1);
	case 'q':
		*l = LL;
		return f + 1;
	case 'j':
		*l = J;
		return f + 1;
	case 'z':
		*l = Z;
		return f + 1;
	case 't':
		*l = T;
		return f + 1;
	case 'L':
		*l = LD;
		return f + 1;
	default:
		return f;
	}
}

/* f is after the percent sign; gives what is after the conversion. */
static const char *parse(const char *f, struct spec *s)
{
	memset(s, 0, sizeof(*s));
	f = numbered(f, &s->value_at);
	for (;; f++) {
		if (*f == '-')
			s->left = true;
		else if (*f == '+')
			s->plus = true;
		else if (*f == ' ')
			s->space = true;
		else if (*f == '#')
			s->alternate = true;
		else if (*f == '0')
			s->zero = true;
		else if (*f != '\'')
			break;
	}
	if (*f == '*') {
		s->star_width = true;
		f = numbered(f + 1, &s->width_at);
	} else {
		f = number(f, &s->width);
	}
	if (*f == '.') {
		s->precise = true;
		if (*++f == '*') {
			s->star_precision = true;
			f = numbered(f + 1, &s->precision_at);
		} else {
			f = number(f, &s->precision);
		}
	}
	f = length_of(f, &s->length);
	s->conversion = *f;
	if (s->conversion == 'C' || s->conversion == 'S') {
		s->length = L;
		s->conversion = (char)(s->conversion + 32);
	}
	return *f ? f + 1 : f;
}

static enum kind kind_of(const struct spec *s)
{
	switch (s->conversion) {
	case 'd':
	case 'i':
	case 'o':
	case 'u':
	case 'x':
	case 'X':
	case 'b':
	case 'B':
		return s->length >= L && s->length <= T ? LONG : INT;
	case 'c':
		return INT;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		return s->length == LD ? LONG_DOUBLE : DOUBLE;
	case 's':
	case 'p':
	case 'n':
		return POINTER;
	default:
		return END;
	}
}

static void fetch(union value *v, enum kind k, va_list *ap)
{
	switch (k) {
	case INT:
		v->i = va_arg(*ap, int);
		break;
	case LONG:
		v->i = va_arg(*ap, long);
		break;
	case DOUBLE:
		v->ld = (long double)va_arg(*ap, double);
		break;
	case LONG_DOUBLE:
		v->ld = va_arg(*ap, long double);
		break;
	case POINTER:
		v->p = va_arg(*ap, void *);
		break;
	default:
		break;
	}
}

static bool note(uint8_t kinds[ARGUMENTS + 1], int at, enum kind k)
{
	if (at < 1 || at > ARGUMENTS)
		return false;
	kinds[at] = (uint8_t)k;
	return true;
}

/* All arguments of a format that numbers them; one that is named nowhere is taken for an int. */
static bool fetch_numbered(const char *f, union value values[ARGUMENTS + 1], va_list *ap)
{
	uint8_t kinds[ARGUMENTS + 1] = {0};
	int last = 0;

	while ((f = strchr(f, '%')) != NULL) {
		struct spec s;

		f = parse(f + 1, &s);
		if (s.conversion == '%' || s.conversion == '\0')
			continue;
		if (!note(kinds, s.value_at, kind_of(&s)) ||
		    (s.star_width && !note(kinds, s.width_at, INT)) ||
		    (s.star_precision && !note(kinds, s.precision_at, INT)))
			return false;
	}
	for (int i = 1; i <= ARGUMENTS; i++)
		if (kinds[i])
			last = i;
	for (int i = 1; i <= last; i++)
		fetch(&values[i], kinds[i] ? (enum kind)kinds[i] : INT, ap);
	return true;
}

static bool is_numbered(const char *f)
{
	while ((f = strchr(f, '%')) != NULL) {
		int n = 0;

		if (f[1] == '%') {
			f += 2;
			continue;
		}
		f++;
		numbered(f, &n);
		return n != 0;
	}
	return false;
}

/* ---- conversions --------------------------------------------------------------------------- */

/* prefix, zeros and digits in a field */
static void field(struct printer *p, const struct spec *s, const char *prefix, long zeros,
		  const char *digits, size_t n)
{
	size_t np = strlen(prefix);
	long fill = s->width - (long)np - zeros - (long)n;

	if (!s->left && !(s->zero && !s->precise))
		pad(p, ' ', fill);
	emit(p, prefix, np);
	if (!s->left && s->zero && !s->precise)
		pad(p, '0', fill);
	pad(p, '0', zeros);
	emit(p, digits, n);
	if (s->left)
		pad(p, ' ', fill);
}

static unsigned long magnitude(const struct spec *s, long v, bool is_signed, bool *negative)
{
	if (is_signed) {
		if (s->length == HH)
			v = (signed char)v;
		else if (s->length == H)
			v = (short)v;
		*negative = v < 0;
		return v < 0 ? 0 - (unsigned long)v : (unsigned long)v;
	}
	*negative = false;
	if (s->length == HH)
		return (unsigned char)v;
	if (s->length == H)
		return (unsigned short)v;
	return s->length == NONE || s->length == LD ? (unsigned)v : (unsigned long)v;
}

static void print_integer(struct printer *p, const struct spec *s, long v)
{
	static const char lower[] = "0123456789abcdef", upper[] = "0123456789ABCDEF";
	bool is_signed = s->conversion == 'd' || s->conversion == 'i', negative;
	unsigned long m = magnitude(s, v, is_signed, &negative);
	unsigned base = 10;
	const char *set = s->conversion == 'X' ? upper : lower, *prefix = "";
	char digits[64], *d = digits + sizeof(digits);
	long n;

	if (s->conversion == 'o')
		base = 8;
	else if (s->conversion == 'x' || s->conversion == 'X')
		base = 16;
	else if (s->conversion == 'b' || s->conversion == 'B')
		base = 2;
	if (is_signed)
		prefix = negative ? "-" : s->plus ? "+" : s->space ? " " : "";
	else if (s->alternate && m && base == 16)
		prefix = s->conversion == 'x' ? "0x" : "0X";
	else if (s->alternate && m && base == 2)
		prefix = s->conversion == 'b' ? "0b" : "0B";
	for (unsigned long rest = m; rest; rest /= base)
		*--d = set[rest % base];
	n = digits + sizeof(digits) - d;
	if (n == 0 && !(s->precise && s->precision == 0))
		*--d = '0', n = 1;
	if (base == 8 && s->alternate && (n == 0 || *d != '0') &&
	    (!s->precise || s->precision <= n))
		*--d = '0', n++;
	field(p, s, prefix, s->precise && s->precision > n ? s->precision - n : 0, d, (size_t)n);
}

static void print_float(struct printer *p, const struct spec *s, long double v)
{
	char format[16], *f = format, few[512], *text = few;
	int width = s->left ? -s->width : s->width, n;

	*f++ = '%';
	if (s->plus)
		*f++ = '+';
	if (s->space)
		*f++ = ' ';
	if (s->alternate)
		*f++ = '#';
	if (s->zero)
		*f++ = '0';
	*f++ = '*';
	*f++ = '.';
	*f++ = '*';
	*f++ = 'L';
	*f++ = s->conversion;
	*f = '\0';
	n = fb_musl_snprintf(few, sizeof(few), format, width, s->precise ? s->precision : -1, v);
	if (n >= (int)sizeof(few)) {
		text = malloc((size_t)n + 1);
		if (!text) {
			p->failed = true;
			return;
		}
		fb_musl_snprintf(text, (size_t)n + 1, format, width, s->precise ? s->precision : -1,
				 v);
	}
	if (n < 0)
		p->failed = true;
	else
		emit(p, text, (size_t)n);
	if (text != few)
		free(text);
}

static void print_wide(struct printer *p, const struct spec *s, const wchar_t *w)
{
	static const wchar_t null[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
	size_t limit = s->precise && s->precision >= 0 ? (size_t)s->precision : SIZE_MAX, n = 0;
	char one[8];

	if (!w)
		w = null;
	for (const wchar_t *q = w; *q; q++) {
		mbstate_t state = {{0}};
		size_t k = wcrtomb(one, *q, &state);

		if (k == (size_t)-1) {
			p->failed = true;
			return;
		}
		if (k > limit - n)
			break;
		n += k;
	}
	if (!s->left)
		pad(p, ' ', s->width - (long)n);
	for (size_t done = 0; done < n; w++) {
		mbstate_t state = {{0}};
		size_t k = wcrtomb(one, *w, &state);

		emit(p, one, k);
		done += k;
	}
	if (s->left)
		pad(p, ' ', s->width - (long)n);
}

static void print_text(struct printer *p, const struct spec *s, const char *text)
{
	size_t n;

	if (!text)
		text = "(null)";
	n = s->precise && s->precision >= 0 ? strnlen(text, (size_t)s->precision) : strlen(text);
	if (!s->left)
		pad(p, ' ', s->width - (long)n);
	emit(p, text, n);
	if (s->left)
		pad(p, ' ', s->width - (long)n);
}

static void print_char(struct printer *p, const struct spec *s, int c)
{
	char one[8] = {(char)c};
	size_t n = 1;

	if (s->length == L) {
		mbstate_t state = {{0}};

		n = wcrtomb(one, (wchar_t)c, &state);
		if (n == (size_t)-1) {
			p->failed = true;
			return;
		}
	}
	if (!s->left)
		pad(p, ' ', s->width - (long)n);
	emit(p, one, n);
	if (s->left)
		pad(p, ' ', s->width - (long)n);
}

static void store_count(const struct spec *s, void *where, size_t n)
{
	switch (s->length) {
	case HH:
		*(signed char *)where = (signed char)n;
		break;
	case H:
		*(short *)where = (short)n;
		break;
	case NONE:
	case LD:
		*(int *)where = (int)n;
		break;
	default:
		*(long *)where = (long)n;
		break;
	}
}

static void convert(struct printer *p, const struct spec *s, const union value *v)
{
	struct spec pointer;

	switch (s->conversion) {
	case 's':
		if (s->length == L)
			print_wide(p, s, v->p);
		else
			print_text(p, s, v->p);
		break;
	case 'c':
		print_char(p, s, (int)v->i);
		break;
	case 'p':
		/* As the original: hexadecimal without a prefix. */
		pointer = *s;
		pointer.conversion = 'x';
		pointer.length = L;
		print_integer(p, &pointer, (long)v->p);
		break;
	case 'n':
		store_count(s, v->p, p->total);
		break;
	default:
		if (kind_of(s) == INT || kind_of(s) == LONG)
			print_integer(p, s, v->i);
		else
			print_float(p, s, v->ld);
		break;
	}
}

int fb_print(struct stream *out, const char *format, va_list list)
{
	struct printer p = {.out = out};
	union value values[ARGUMENTS + 1], v;
	bool numbers = is_numbered(format);
	va_list ap;

	va_copy(ap, list);
	if (numbers && !fetch_numbered(format, values, &ap)) {
		va_end(ap);
		return (int)fail_with(EINVAL);
	}
	while (*format && !p.failed) {
		const char *percent = strchrnul(format, '%');
		struct spec s;

		emit(&p, format, (size_t)(percent - format));
		if (!*percent)
			break;
		format = parse(percent + 1, &s);
		if (kind_of(&s) == END) {
			if (s.conversion)
				emit(&p, &s.conversion, 1);
			continue;
		}
		if (s.star_width) {
			if (!numbers)
				fetch(&v, INT, &ap);
			s.width = (int)(numbers ? values[s.width_at].i : v.i);
			if (s.width < 0) {
				s.left = true;
				s.width = s.width == INT_MIN ? INT_MAX : -s.width;
			}
		}
		if (s.star_precision) {
			if (!numbers)
				fetch(&v, INT, &ap);
			s.precision = (int)(numbers ? values[s.precision_at].i : v.i);
			s.precise = s.precision >= 0;
		}
		if (s.width < 0 || (s.precise && s.precision < 0)) {
			va_end(ap);
			return (int)fail_with(EOVERFLOW);
		}
		if (!numbers)
			fetch(&v, kind_of(&s), &ap);
		convert(&p, &s, numbers ? &values[s.value_at] : &v);
	}
	va_end(ap);
	if (p.failed)
		return -1;
	return p.total > INT_MAX ? (int)fail_with(EOVERFLOW) : (int)p.total;
}
