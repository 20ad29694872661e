/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/stdio.h: what a FILE is to the library.
 *
 * A 64-bit program knows only that it is 16 longs, and that the first three of __iob are the
 * standard streams (usr/src/head/stdio_impl.h), so what lies in it is ours.
 */
#ifndef FB_GUEST_ILLUMOS_STDIO_H
#define FB_GUEST_ILLUMOS_STDIO_H

#include <stdarg.h>
#include <stdio.h>

#include "guest/illumos/libc/libc.h"

#define SLACK 8 /* bytes before the buffer, for what is pushed back */

enum {
	S_READ = 1,    /* may be read */
	S_WRITE = 2,   /* may be written */
	S_READING = 4, /* at..end is what was read and not taken */
	S_WRITING = 8, /* base..at is to be written */
	S_EOF = 16,
	S_ERROR = 32,
	S_OWN = 64, /* the buffer is the library's to free */
	S_APPEND = 128,
	S_HEAP = 256,	   /* so is the stream */
	S_BYCALLER = 512,  /* the program locks it itself */
	S_MODE_SET = 1024, /* buffering was chosen, or is known */
};

struct stream;
struct device {
	ssize_t (*read)(struct stream *, void *, size_t);
	ssize_t (*write)(struct stream *, const void *, size_t);
	off_t (*seek)(struct stream *, off_t, int);
	int (*close)(struct stream *);
};

struct stream {
	unsigned char *base, *at, *end;
	size_t size;
	int fd;
	uint16_t flags;
	uint8_t mode; /* _IOFBF, _IOLBF, _IONBF */
	int8_t wide;  /* fwide's */
	struct stream *next;
	pthread_mutex_t lock;
	const struct device *device;
	void *cookie;
	uint64_t state; /* of a multibyte character begun */
};
_Static_assert(sizeof(struct stream) <= sizeof(FILE), "programs know the size");

static inline struct stream *stream_of(FILE *f)
{
	return (struct stream *)f;
}

void fb_lock(struct stream *s);
void fb_unlock(struct stream *s);
/* These want the lock held. */
int fb_flush(struct stream *s);
int fb_fill(struct stream *s); /* the next byte, taken; EOF */
bool fb_write_mode(struct stream *s);
size_t fb_write(struct stream *s, const void *data, size_t n);
size_t fb_read(struct stream *s, void *data, size_t n);
int fb_unget(struct stream *s, int c);
off_t fb_tell(struct stream *s);
int fb_seek(struct stream *s, off_t to, int whence);

static inline int fb_get(struct stream *s)
{
	return s->flags & S_READING && s->at < s->end ? *s->at++ : fb_fill(s);
}

/* What r, w, a and + mean for open(2); -1: nothing. flags: this file's. */
int fb_mode(const char *mode, uint16_t *flags);
struct stream *fb_stream_new(int fd, uint16_t flags);
void fb_stdio_start(void);

int fb_print(struct stream *s, const char *format, va_list ap);
int fb_scan(struct stream *s, const char *format, va_list ap);
/* A stream over a string, on the caller's stack. */
void fb_string_stream(struct stream *s, const char *text);

/* A function of an argument list, from the one that takes it as a va_list, ap, behind format. */
#define VARIADIC(name, params, what)                                                               \
	EXPORT int name params                                                                     \
	{                                                                                          \
		va_list ap;                                                                        \
		int r;                                                                             \
                                                                                                   \
		va_start(ap, format);                                                              \
		r = what;                                                                          \
		va_end(ap);                                                                        \
		return r;                                                                          \
	}

#endif
