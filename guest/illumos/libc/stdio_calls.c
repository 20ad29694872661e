/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/stdio_calls.c: what programs do with streams, each the stream locked, what
 * stdio.c does. Facts: the manual's section 3C, gets(3C) to ungetc(3C); ctermid(3C).
 */
#include <limits.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/stdio.h"

/* LOCKED(type, s, expression): what it gives, the stream locked */
#define LOCKED(type, f, what)                                                                      \
	struct stream *s = stream_of(f);                                                           \
	type r_;                                                                                   \
	fb_lock(s);                                                                                \
	r_ = what;                                                                                 \
	fb_unlock(s);                                                                              \
	return r_

static int put(struct stream *s, int c)
{
	unsigned char byte = (unsigned char)c;

	if (s->flags & S_WRITING && s->mode == _IOFBF && s->at < s->base + s->size - 1) {
		*s->at++ = byte;
		return byte;
	}
	return fb_write(s, &byte, 1) == 1 ? byte : EOF;
}

EXPORT int fgetc(FILE *f)
{
	LOCKED(int, f, fb_get(s));
}
EXPORT int getc(FILE *) __attribute__((alias("fgetc")));

EXPORT int getc_unlocked(FILE *f)
{
	return fb_get(stream_of(f));
}

EXPORT int getchar(void)
{
	return fgetc(stdin);
}

EXPORT int getchar_unlocked(void)
{
	return getc_unlocked(stdin);
}

EXPORT int fputc(int c, FILE *f)
{
	LOCKED(int, f, put(s, c));
}
EXPORT int putc(int, FILE *) __attribute__((alias("fputc")));

EXPORT int putc_unlocked(int c, FILE *f)
{
	return put(stream_of(f), c);
}

EXPORT int putchar(int c)
{
	return fputc(c, stdout);
}

EXPORT int putchar_unlocked(int c)
{
	return putc_unlocked(c, stdout);
}

EXPORT int ungetc(int c, FILE *f)
{
	LOCKED(int, f, fb_unget(s, c));
}

EXPORT int fputs(const char *text, FILE *f)
{
	size_t n = strlen(text);

	LOCKED(int, f, fb_write(s, text, n) == n ? (int)(n > INT_MAX ? INT_MAX : n) : EOF);
}

EXPORT int puts(const char *text)
{
	struct stream *s = stream_of(stdout);
	size_t n = strlen(text);
	int r = EOF;

	fb_lock(s);
	if (fb_write(s, text, n) == n && put(s, '\n') != EOF)
		r = (int)(n >= INT_MAX ? INT_MAX : n + 1);
	fb_unlock(s);
	return r;
}

static size_t items(size_t bytes, size_t size)
{
	return size ? bytes / size : 0;
}

static bool too_many(size_t size, size_t n, size_t *bytes)
{
	return __builtin_mul_overflow(size, n, bytes);
}

EXPORT size_t fwrite(const void *data, size_t size, size_t n, FILE *f)
{
	size_t bytes;

	if (too_many(size, n, &bytes) || bytes == 0)
		return 0;
	LOCKED(size_t, f, items(fb_write(s, data, bytes), size));
}

EXPORT size_t fread(void *data, size_t size, size_t n, FILE *f)
{
	size_t bytes;

	if (too_many(size, n, &bytes) || bytes == 0)
		return 0;
	LOCKED(size_t, f, items(fb_read(s, data, bytes), size));
}

EXPORT char *fgets(char *buf, int size, FILE *f)
{
	struct stream *s = stream_of(f);
	char *p = buf;
	int c = 0;

	if (size <= 0)
		return NULL;
	fb_lock(s);
	while (--size > 0) {
		c = fb_get(s);
		if (c == EOF)
			break;
		*p++ = (char)c;
		if (c == '\n')
			break;
	}
	fb_unlock(s);
	*p = '\0';
	return c == EOF && (p == buf || s->flags & S_ERROR) ? NULL : buf;
}

EXPORT char *gets(char *buf)
{
	char *p = buf;
	int c;

	while ((c = getchar()) != EOF && c != '\n')
		*p++ = (char)c;
	*p = '\0';
	return c == EOF && p == buf ? NULL : buf;
}

static ssize_t delimited(char **line, size_t *room, int end, struct stream *s)
{
	size_t n = 0;
	int c;

	if (!*line)
		*room = 0;
	do {
		c = fb_get(s);
		if (c == EOF)
			break;
		if (n + 2 > *room) {
			size_t bigger = *room < 60 ? 120 : 2 * *room;
			char *p = realloc(*line, bigger);

			if (!p)
				return -1;
			*line = p;
			*room = bigger;
		}
		(*line)[n++] = (char)c;
	} while (c != end);
	if (n == 0)
		return -1;
	(*line)[n] = '\0';
	return (ssize_t)n;
}

EXPORT ssize_t getdelim(char **line, size_t *room, int end, FILE *f)
{
	if (!line || !room)
		return fail_with(EINVAL);
	LOCKED(ssize_t, f, delimited(line, room, end, s));
}

EXPORT ssize_t getline(char **line, size_t *room, FILE *f)
{
	return getdelim(line, room, '\n', f);
}

EXPORT int getw(FILE *f)
{
	int w;

	return fread(&w, sizeof(w), 1, f) == 1 ? w : EOF;
}

EXPORT int putw(int w, FILE *f)
{
	return fwrite(&w, sizeof(w), 1, f) == 1 ? 0 : EOF;
}

/* ---- places -------------------------------------------------------------------------------- */

EXPORT int fseek(FILE *f, long to, int whence)
{
	LOCKED(int, f, fb_seek(s, to, whence));
}
EXPORT int fseeko(FILE *, off_t, int) __attribute__((alias("fseek")));

EXPORT long ftell(FILE *f)
{
	LOCKED(long, f, fb_tell(s));
}
EXPORT off_t ftello(FILE *) __attribute__((alias("ftell")));

EXPORT int fgetpos(FILE *f, fpos_t *at)
{
	*at = ftell(f);
	return *at < 0 ? -1 : 0;
}

EXPORT int fsetpos(FILE *f, const fpos_t *at)
{
	return fseek(f, *at, SEEK_SET);
}

EXPORT void rewind(FILE *f)
{
	struct stream *s = stream_of(f);

	fb_lock(s);
	fb_seek(s, 0, SEEK_SET);
	s->flags &= (uint16_t) ~(S_EOF | S_ERROR);
	fb_unlock(s);
}

/* ---- states -------------------------------------------------------------------------------- */

EXPORT int feof(FILE *f)
{
	return (stream_of(f)->flags & S_EOF) != 0;
}

EXPORT int ferror(FILE *f)
{
	return (stream_of(f)->flags & S_ERROR) != 0;
}

EXPORT void clearerr(FILE *f)
{
	stream_of(f)->flags &= (uint16_t) ~(S_EOF | S_ERROR);
}

EXPORT int fileno(FILE *f)
{
	int fd = stream_of(f)->fd;

	return fd < 0 ? (int)fail_with(EBADF) : fd;
}

EXPORT void flockfile(FILE *f)
{
	pthread_mutex_lock(&stream_of(f)->lock);
}

EXPORT int ftrylockfile(FILE *f)
{
	return pthread_mutex_trylock(&stream_of(f)->lock) ? -1 : 0;
}

EXPORT void funlockfile(FILE *f)
{
	pthread_mutex_unlock(&stream_of(f)->lock);
}

EXPORT void setbuf(FILE *f, char *buf)
{
	setvbuf(f, buf, buf ? _IOFBF : _IONBF, BUFSIZ);
}

EXPORT void setbuffer(FILE *f, char *buf, size_t size)
{
	setvbuf(f, buf, buf ? _IOFBF : _IONBF, size);
}

EXPORT int setlinebuf(FILE *f)
{
	return setvbuf(f, NULL, _IOLBF, 128);
}

EXPORT size_t __fbufsize(FILE *f)
{
	return stream_of(f)->size;
}

EXPORT int __flbf(FILE *f)
{
	return stream_of(f)->mode == _IOLBF;
}

EXPORT size_t __fpending(FILE *f)
{
	struct stream *s = stream_of(f);

	return s->flags & S_WRITING ? (size_t)(s->at - s->base) : 0;
}

EXPORT void __fpurge(FILE *f)
{
	struct stream *s = stream_of(f);

	s->flags &= (uint16_t) ~(S_READING | S_WRITING);
	s->at = s->end = s->base;
}

EXPORT int __freadable(FILE *f)
{
	return (stream_of(f)->flags & S_READ) != 0;
}

EXPORT int __freading(FILE *f)
{
	return (stream_of(f)->flags & (S_READING | S_WRITE)) != S_WRITE &&
	       !(stream_of(f)->flags & S_WRITING);
}

EXPORT int __fwritable(FILE *f)
{
	return (stream_of(f)->flags & S_WRITE) != 0;
}

EXPORT int __fwriting(FILE *f)
{
	return stream_of(f)->flags & S_WRITING || !(stream_of(f)->flags & S_READ);
}

EXPORT int __fsetlocking(FILE *f, int type)
{
	struct stream *s = stream_of(f);
	int was = s->flags & S_BYCALLER ? FSETLOCKING_BYCALLER : FSETLOCKING_INTERNAL;

	if (type == FSETLOCKING_BYCALLER)
		s->flags |= S_BYCALLER;
	else if (type == FSETLOCKING_INTERNAL)
		s->flags &= (uint16_t)~S_BYCALLER;
	return was;
}

EXPORT void perror(const char *what)
{
	char text[256];
	int n = 0;

	strlcpy(text, strerror(self()->error), sizeof(text));
	if (what && *what)
		n = fputs(what, stderr) == EOF || fputs(": ", stderr) == EOF;
	if (n == 0 && fputs(text, stderr) != EOF)
		fputc('\n', stderr);
}

EXPORT char *ctermid(char *buf)
{
	static char own[L_ctermid];

	return strcpy(buf ? buf : own, "/dev/tty");
}

EXPORT int remove(const char *path)
{
	int error = self()->error;

	if (unlink(path) == 0)
		return 0;
	if (self()->error != EPERM && self()->error != EISDIR)
		return -1;
	self()->error = error;
	return rmdir(path);
}
