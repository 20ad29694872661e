/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/float/printf.c: where a format's text goes. Facts: printf(3C).
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/stdio.h"

EXPORT int vfprintf(FILE *f, const char *format, va_list ap)
{
	struct stream *s = stream_of(f);
	unsigned char some[512];
	int r;

	fb_lock(s);
	if (s->mode == _IONBF && fb_write_mode(s)) {
		/* One write for all of it, where nothing is kept for later. */
		struct stream *real = s, temporary = *real;

		temporary.base = temporary.at = temporary.end = some;
		temporary.size = sizeof(some);
		temporary.mode = _IOFBF;
		temporary.flags |= S_WRITING | S_BYCALLER;
		r = fb_print(&temporary, format, ap);
		if (fb_flush(&temporary) < 0)
			r = -1;
		real->flags = (uint16_t)((real->flags & ~S_WRITING) | (temporary.flags & S_ERROR));
	} else {
		r = fb_print(s, format, ap);
	}
	fb_unlock(s);
	return r;
}

/* ---- into memory: what does not fit is counted --------------------------------------------- */

static ssize_t swallow(struct stream *s, const void *data, size_t n)
{
	(void)s, (void)data;
	return (ssize_t)n;
}
static const struct device nowhere = {.write = swallow};

/* The stream's buffer is the caller's; when it is full the rest is swallowed through another. */
struct text {
	struct stream s;
	char *buf;
	size_t size, length;
};

static ssize_t keep(struct stream *s, const void *data, size_t n)
{
	struct text *t = (struct text *)s;
	size_t room = t->size > t->length ? t->size - t->length : 0;

	memcpy(t->buf + t->length, data, n < room ? n : room);
	t->length += n < room ? n : room;
	return (ssize_t)n;
}
static const struct device memory = {.write = keep};

EXPORT int vsnprintf(char *buf, size_t size, const char *format, va_list ap)
{
	unsigned char some[128];
	struct text t = {.buf = buf, .size = size ? size - 1 : 0};
	int r;

	t.s.base = t.s.at = t.s.end = some;
	t.s.size = sizeof(some);
	t.s.fd = -1;
	t.s.flags = S_WRITE | S_WRITING | S_BYCALLER | S_MODE_SET;
	t.s.device = size ? &memory : &nowhere;
	r = fb_print(&t.s, format, ap);
	fb_flush(&t.s);
	if (size)
		buf[t.length] = '\0';
	return r;
}

EXPORT int vsprintf(char *buf, const char *format, va_list ap)
{
	return vsnprintf(buf, INT_MAX, format, ap);
}

EXPORT int vasprintf(char **out, const char *format, va_list ap)
{
	va_list again;
	char *p;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	*out = NULL;
	if (n < 0 || !(p = malloc((size_t)n + 1)))
		return -1;
	*out = p;
	return vsnprintf(p, (size_t)n + 1, format, ap);
}

EXPORT int vdprintf(int fd, const char *format, va_list ap)
{
	char *text;
	int n = vasprintf(&text, format, ap);
	ssize_t done = 0;

	while (n >= 0 && done < n) {
		ssize_t k = write(fd, text + done, (size_t)(n - done));

		if (k < 0) {
			n = -1;
			break;
		}
		done += k;
	}
	free(text);
	return n;
}

EXPORT int vprintf(const char *format, va_list ap)
{
	return vfprintf(stdout, format, ap);
}

VARIADIC(printf, (const char *format, ...), vfprintf(stdout, format, ap))
VARIADIC(fprintf, (FILE * f, const char *format, ...), vfprintf(f, format, ap))
VARIADIC(sprintf, (char *buf, const char *format, ...), vsnprintf(buf, INT_MAX, format, ap))
VARIADIC(snprintf, (char *buf, size_t size, const char *format, ...),
	 vsnprintf(buf, size, format, ap))
VARIADIC(asprintf, (char **out, const char *format, ...), vasprintf(out, format, ap))
VARIADIC(dprintf, (int fd, const char *format, ...), vdprintf(fd, format, ap))
