/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/print.c: formatted output and expectations, one write(2) per line so that
 * processes and threads do not tear each other's.
 */
#include "guest.h"

struct line {
	char text[1024];
	size_t length;
};

static void put(struct line *l, char c)
{
	if (l->length < sizeof(l->text))
		l->text[l->length++] = c;
}

static void put_string(struct line *l, const char *s, int width)
{
	for (int pad = width - (int)strlen(s); pad > 0; pad--)
		put(l, ' ');
	while (*s != '\0')
		put(l, *s++);
}

static void put_number(struct line *l, u64 value, unsigned base, bool negative, int width,
		       char fill)
{
	char digits[24];
	int n = 0;

	do {
		digits[n++] = "0123456789abcdef"[value % base];
		value /= base;
	} while (value != 0);
	if (negative)
		digits[n++] = '-';
	for (int pad = width - n; pad > 0; pad--)
		put(l, fill);
	while (n > 0)
		put(l, digits[--n]);
}

static const char *put_conversion(struct line *l, const char *f, va_list *ap)
{
	char fill = ' ';
	int width = 0;
	bool wide = false;
	long number;
	u64 value;

	if (*f == '0')
		fill = *f++;
	for (; *f >= '0' && *f <= '9'; f++)
		width = width * 10 + *f - '0';
	for (; *f == 'l' || *f == 'z'; f++)
		wide = true;
	switch (*f) {
	case 's':
		put_string(l, va_arg(*ap, const char *), width);
		break;
	case 'c':
		put(l, (char)va_arg(*ap, int));
		break;
	case 'd':
		number = wide ? va_arg(*ap, long) : va_arg(*ap, int);
		put_number(l, number < 0 ? -(u64)number : (u64)number, 10, number < 0, width, fill);
		break;
	case 'u':
	case 'x':
		value = wide ? va_arg(*ap, u64) : va_arg(*ap, u32);
		put_number(l, value, *f == 'x' ? 16 : 10, false, width, fill);
		break;
	case 'p':
		put_string(l, "0x", 0);
		put_number(l, va_arg(*ap, u64), 16, false, 0, ' ');
		break;
	default:
		put(l, *f);
	}
	return f + 1;
}

void print(const char *fmt, ...)
{
	struct line l = {.length = 0};
	va_list ap;

	va_start(ap, fmt);
	for (const char *f = fmt; *f != '\0';) {
		if (*f == '%')
			f = put_conversion(&l, f + 1, &ap);
		else
			put(&l, *f++);
	}
	va_end(ap);
	sys(SYS_write, 1, l.text, l.length);
}

void expect_eq(const char *what, long got, long want, int line)
{
	if (got == want)
		print("ok %s\n", what);
	else
		print("FAILED line %d: %s is %ld (0x%lx), not %ld (0x%lx)\n", line, what, got, got,
		      want, want);
}

void expect_error(const char *call, long got, int error, int want, int line)
{
	if (got == -1 && error == want)
		print("ok %s: %s\n", call, error_name(want));
	else
		print("FAILED line %d: %s gave %ld, error %s (%d), not error %s\n", line, call, got,
		      error_name(error), error, error_name(want));
}

const char *error_name(int error)
{
#define NAME(e)                                                                                    \
	case e:                                                                                    \
		return #e
	switch (error) {
		NAME(EPERM);
		NAME(ENOENT);
		NAME(ESRCH);
		NAME(EINTR);
		NAME(EIO);
		NAME(ENXIO);
		NAME(E2BIG);
		NAME(ENOEXEC);
		NAME(EBADF);
		NAME(ECHILD);
		NAME(EAGAIN);
		NAME(ENOMEM);
		NAME(EACCES);
		NAME(EFAULT);
		NAME(EBUSY);
		NAME(EEXIST);
		NAME(EXDEV);
		NAME(ENODEV);
		NAME(ENOTDIR);
		NAME(EISDIR);
		NAME(EINVAL);
		NAME(EMFILE);
		NAME(ENOTTY);
		NAME(EFBIG);
		NAME(ESPIPE);
		NAME(EROFS);
		NAME(EPIPE);
		NAME(ERANGE);
		NAME(EDEADLK);
		NAME(ENAMETOOLONG);
		NAME(ENOSYS);
		NAME(ENOTEMPTY);
		NAME(ELOOP);
		NAME(EOVERFLOW);
		NAME(EILSEQ);
		NAME(ENOTSOCK);
		NAME(EDESTADDRREQ);
		NAME(EMSGSIZE);
		NAME(ENOPROTOOPT);
		NAME(EPROTONOSUPPORT);
		NAME(EOPNOTSUPP);
		NAME(EAFNOSUPPORT);
		NAME(EADDRINUSE);
		NAME(EADDRNOTAVAIL);
		NAME(ECONNREFUSED);
		NAME(ECONNRESET);
		NAME(EISCONN);
		NAME(ENOTCONN);
		NAME(ETIMEDOUT);
		NAME(EALREADY);
		NAME(EINPROGRESS);
		NAME(ECANCELED);
	case 0:
		return "none";
	default:
		return "unnamed";
	}
#undef NAME
}
