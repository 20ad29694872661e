/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/stdio.c: streams: their buffers, and how bytes get in and out.
 *
 * A stream that has both directions is in one at a time: at..end when reading, base..at when
 * writing. Facts: stdio(3C), setvbuf(3C); that reading from a terminal writes out what waits for
 * the end of a line: the C standard, 7.21.3.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/locks.h"
#include "guest/illumos/libc/stdio.h"

EXPORT FILE __iob[_NFILE];

static struct stream *opened; /* those of fopen and its like */
static pthread_mutex_t list_lock = LOCK_INIT;

static ssize_t file_read(struct stream *s, void *data, size_t n)
{
	return read(s->fd, data, n);
}

static ssize_t file_write(struct stream *s, const void *data, size_t n)
{
	return write(s->fd, data, n);
}

static off_t file_seek(struct stream *s, off_t to, int whence)
{
	return lseek(s->fd, to, whence);
}

static int file_close(struct stream *s)
{
	return close(s->fd);
}

static const struct device file = {file_read, file_write, file_seek, file_close};

void fb_stdio_start(void)
{
	for (int i = 0; i < 3; i++) {
		struct stream *s = stream_of(&__iob[i]);

		s->fd = i;
		s->flags = i ? S_WRITE : S_READ;
		s->device = &file;
		s->lock = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
		if (i == 2) {
			s->mode = _IONBF;
			s->flags |= S_MODE_SET;
		}
	}
}

void fb_lock(struct stream *s)
{
	if (!(s->flags & S_BYCALLER))
		pthread_mutex_lock(&s->lock);
}

void fb_unlock(struct stream *s)
{
	if (!(s->flags & S_BYCALLER))
		pthread_mutex_unlock(&s->lock);
}

/* ---- buffers ------------------------------------------------------------------------------- */

static bool has_buffer(struct stream *s)
{
	struct stat st;
	unsigned char *p;
	size_t size = 8192;
	int error = self()->error;

	if (s->base)
		return true;
	if (!(s->flags & S_MODE_SET)) {
		s->flags |= S_MODE_SET;
		if (s->device == &file && fstat(s->fd, &st) == 0 && S_ISCHR(st.st_mode) &&
		    isatty(s->fd))
			s->mode = _IOLBF;
		self()->error = error;
	}
	p = malloc(size + SLACK);
	if (!p)
		return false;
	s->base = s->at = s->end = p + SLACK;
	s->size = s->mode == _IONBF ? 1 : size;
	s->flags |= S_OWN;
	return true;
}

static void drop_buffer(struct stream *s)
{
	if (s->flags & S_OWN)
		free(s->base - SLACK);
	s->base = s->at = s->end = NULL;
	s->flags &= (uint16_t)~S_OWN;
}

static int write_all(struct stream *s, const unsigned char *p, size_t n)
{
	while (n) {
		ssize_t done = s->device->write(s, p, n);

		if (done < 0) {
			s->flags |= S_ERROR;
			return EOF;
		}
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

int fb_flush(struct stream *s)
{
	int r = 0;

	if (s->flags & S_WRITING) {
		r = write_all(s, s->base, (size_t)(s->at - s->base));
		s->flags &= (uint16_t)~S_WRITING;
		s->at = s->end = s->base;
	}
	return r;
}

static void flush_lines(void)
{
	struct stream *out = stream_of(stdout);

	if (out->flags & S_WRITING && out->mode == _IOLBF) {
		fb_lock(out);
		fb_flush(out);
		fb_unlock(out);
	}
}

int fb_fill(struct stream *s)
{
	ssize_t n;

	if (s->base && s->size == 0) { /* over a string */
		s->flags |= S_EOF;
		return EOF;
	}
	if (!(s->flags & S_READ)) {
		s->flags |= S_ERROR;
		self()->error = EBADF;
		return EOF;
	}
	if (fb_flush(s) < 0 || !has_buffer(s)) {
		s->flags |= S_ERROR;
		return EOF;
	}
	if (s->mode != _IOFBF)
		flush_lines();
	s->flags |= S_READING;
	s->at = s->end = s->base;
	n = s->device->read(s, s->base, s->size);
	if (n <= 0) {
		s->flags |= n ? S_ERROR : S_EOF;
		return EOF;
	}
	s->end = s->base + n;
	return *s->at++;
}

/* What was read and not taken is given back to the file. */
static void stop_reading(struct stream *s)
{
	if (s->flags & S_READING) {
		if (s->at < s->end && s->device->seek) {
			int error = self()->error;

			s->device->seek(s, s->at - s->end, SEEK_CUR);
			self()->error = error;
		}
		s->flags &= (uint16_t)~S_READING;
		s->at = s->end = s->base;
	}
}

bool fb_write_mode(struct stream *s)
{
	if (s->flags & S_WRITING)
		return true;
	if (!(s->flags & S_WRITE)) {
		s->flags |= S_ERROR;
		self()->error = EBADF;
		return false;
	}
	stop_reading(s);
	if (!has_buffer(s)) {
		s->flags |= S_ERROR;
		return false;
	}
	s->at = s->end = s->base;
	s->flags |= S_WRITING;
	return true;
}

size_t fb_write(struct stream *s, const void *data, size_t n)
{
	const unsigned char *p = data;
	size_t left = n;
	bool line = false;

	if (n == 0 || !fb_write_mode(s))
		return 0;
	if (s->mode == _IONBF) {
		s->flags &= (uint16_t)~S_WRITING;
		return write_all(s, p, n) < 0 ? 0 : n;
	}
	if (s->mode == _IOLBF)
		line = memchr(p, '\n', n) != NULL;
	while (left) {
		size_t room = s->size - (size_t)(s->at - s->base);
		size_t part = left < room ? left : room;

		if (s->at == s->base && left >= s->size) {
			part = left - left % s->size;
			if (write_all(s, p, part) < 0)
				return n - left;
		} else {
			memcpy(s->at, p, part);
			s->at += part;
			if (part == room) {
				if (fb_flush(s) < 0)
					return n - left;
				s->flags |= S_WRITING;
			}
		}
		p += part;
		left -= part;
	}
	if (line && fb_flush(s) < 0)
		return 0;
	return n;
}

size_t fb_read(struct stream *s, void *data, size_t n)
{
	unsigned char *p = data;
	size_t left = n;

	while (left) {
		size_t have = s->flags & S_READING ? (size_t)(s->end - s->at) : 0;
		int c;

		if (have) {
			size_t part = left < have ? left : have;

			memcpy(p, s->at, part);
			s->at += part;
			p += part;
			left -= part;
			continue;
		}
		c = fb_fill(s);
		if (c == EOF)
			break;
		*p++ = (unsigned char)c;
		left--;
	}
	return n - left;
}

int fb_unget(struct stream *s, int c)
{
	if (c == EOF || !(s->flags & S_READ))
		return EOF;
	if (!(s->flags & S_READING)) {
		if (fb_flush(s) < 0 || !has_buffer(s))
			return EOF;
		s->flags |= S_READING;
		s->at = s->end = s->base;
	}
	s->flags &= (uint16_t)~S_EOF;
	/* What was just taken is still there, perhaps in memory that must not be written. */
	if (s->at > s->base && s->at[-1] == (unsigned char)c) {
		s->at--;
		return (unsigned char)c;
	}
	if (s->at == s->base - SLACK)
		return EOF;
	*--s->at = (unsigned char)c;
	return (unsigned char)c;
}

off_t fb_tell(struct stream *s)
{
	off_t at;

	if (!s->device->seek)
		return fail_with(ESPIPE);
	if (s->flags & S_APPEND && s->flags & S_WRITING)
		fb_flush(s);
	at = s->device->seek(s, 0, SEEK_CUR);
	if (at < 0)
		return -1;
	if (s->flags & S_READING)
		return at - (s->end - s->at);
	return s->flags & S_WRITING ? at + (s->at - s->base) : at;
}

int fb_seek(struct stream *s, off_t to, int whence)
{
	if (!s->device->seek)
		return (int)fail_with(ESPIPE);
	if (fb_flush(s) < 0)
		return -1;
	if (s->flags & S_READING) {
		if (whence == SEEK_CUR)
			to -= s->end - s->at;
		s->flags &= (uint16_t)~S_READING;
		s->at = s->end = s->base;
	}
	if (s->device->seek(s, to, whence) < 0)
		return -1;
	s->flags &= (uint16_t)~S_EOF;
	return 0;
}

/* ---- beginning and end --------------------------------------------------------------------- */

int fb_mode(const char *mode, uint16_t *flags)
{
	int how;

	switch (*mode++) {
	case 'r':
		*flags = S_READ;
		how = O_RDONLY;
		break;
	case 'w':
		*flags = S_WRITE;
		how = O_WRONLY | O_CREAT | O_TRUNC;
		break;
	case 'a':
		*flags = S_WRITE | S_APPEND;
		how = O_WRONLY | O_CREAT | O_APPEND;
		break;
	default:
		return (int)fail_with(EINVAL);
	}
	for (; *mode; mode++) {
		if (*mode == '+') {
			*flags |= S_READ | S_WRITE;
			how = (how & ~O_WRONLY) | O_RDWR;
		} else if (*mode == 'e') {
			how |= O_CLOEXEC;
		} else if (*mode == 'x') {
			how |= O_EXCL;
		}
	}
	return how;
}

struct stream *fb_stream_new(int fd, uint16_t flags)
{
	struct stream *s = calloc(1, sizeof(FILE));

	if (!s)
		return NULL;
	s->fd = fd;
	s->flags = flags | S_HEAP;
	s->device = &file;
	s->lock = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
	pthread_mutex_lock(&list_lock);
	s->next = opened;
	opened = s;
	pthread_mutex_unlock(&list_lock);
	return s;
}

EXPORT FILE *fopen(const char *path, const char *mode)
{
	uint16_t flags;
	int how = fb_mode(mode, &flags), fd;
	struct stream *s;

	if (how < 0)
		return NULL;
	fd = open(path, how, 0666);
	if (fd < 0)
		return NULL;
	s = fb_stream_new(fd, flags);
	if (!s)
		close(fd);
	return (FILE *)s;
}
EXPORT FILE *fopen64(const char *, const char *) __attribute__((alias("fopen")));

EXPORT FILE *fdopen(int fd, const char *mode)
{
	uint16_t flags;
	int how = fb_mode(mode, &flags), now;

	if (how < 0)
		return NULL;
	now = fcntl(fd, F_GETFL);
	if (now < 0)
		return NULL;
	if (flags & S_APPEND && !(now & O_APPEND))
		fcntl(fd, F_SETFL, now | O_APPEND);
	if (how & O_CLOEXEC)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return (FILE *)fb_stream_new(fd, flags);
}

static int end(struct stream *s)
{
	int r = fb_flush(s);

	stop_reading(s);
	if (s->device->close && s->device->close(s) < 0)
		r = EOF;
	drop_buffer(s);
	return r;
}

EXPORT int fclose(FILE *f)
{
	struct stream *s = stream_of(f);
	int r;

	pthread_mutex_lock(&list_lock);
	for (struct stream **at = &opened; *at; at = &(*at)->next) {
		if (*at == s) {
			*at = s->next;
			break;
		}
	}
	pthread_mutex_unlock(&list_lock);
	fb_lock(s);
	r = end(s);
	fb_unlock(s);
	if (s->flags & S_HEAP)
		free(s);
	else
		s->flags = 0;
	return r;
}

EXPORT FILE *freopen(const char *path, const char *mode, FILE *f)
{
	struct stream *s = stream_of(f);
	uint16_t flags, kept = s->flags & (S_HEAP | S_BYCALLER);
	int how = fb_mode(mode, &flags), fd;

	if (how < 0 || !path) {
		if (how >= 0)
			fail_with(EBADF);
		return NULL;
	}
	fb_lock(s);
	fb_flush(s);
	fd = open(path, how, 0666);
	if (fd >= 0) {
		if (s->device == &file && fd != s->fd && dup2(fd, s->fd) == s->fd) {
			close(fd); /* a standard stream keeps its number */
			if (how & O_CLOEXEC)
				fcntl(s->fd, F_SETFD, FD_CLOEXEC);
		} else {
			s->fd = fd;
		}
		drop_buffer(s);
		s->device = &file;
		s->flags = flags | kept;
		s->mode = f == stderr ? _IONBF : _IOFBF;
	} else {
		int error = self()->error;

		end(s);
		s->flags = kept;
		self()->error = error;
	}
	fb_unlock(s);
	return fd < 0 ? NULL : f;
}

/* ---- all of them --------------------------------------------------------------------------- */

static int flush_one(struct stream *s)
{
	int r = 0;

	fb_lock(s);
	if (s->flags & S_WRITING)
		r = fb_flush(s);
	fb_unlock(s);
	return r;
}

EXPORT int fflush(FILE *f)
{
	struct stream *s = stream_of(f);
	int r = 0;

	if (f) {
		fb_lock(s);
		if (s->flags & S_READING)
			stop_reading(s);
		else
			r = fb_flush(s);
		fb_unlock(s);
		return r;
	}
	for (int i = 0; i < 3; i++)
		r |= flush_one(stream_of(&__iob[i]));
	pthread_mutex_lock(&list_lock);
	for (s = opened; s; s = s->next)
		r |= flush_one(s);
	pthread_mutex_unlock(&list_lock);
	return r;
}

EXPORT void _flushlbf(void)
{
	flush_lines();
}

/* At exit nobody is waited for: a thread that sleeps in a read has its stream locked. */
void fb_stdio_finish(void)
{
	for (int i = 0; i < 3; i++) {
		struct stream *s = stream_of(&__iob[i]);

		if (s->flags & S_WRITING && pthread_mutex_trylock(&s->lock) == 0)
			fb_flush(s);
	}
	for (struct stream *s = opened; s; s = s->next) {
		if (pthread_mutex_trylock(&s->lock))
			continue;
		if (s->flags & S_READING)
			stop_reading(s);
		else
			fb_flush(s);
	}
}

void fb_stdio_locks(bool take)
{
	if (take) {
		pthread_mutex_lock(&list_lock);
		for (int i = 0; i < 3; i++)
			pthread_mutex_lock(&stream_of(&__iob[i])->lock);
		for (struct stream *s = opened; s; s = s->next)
			pthread_mutex_lock(&s->lock);
		return;
	}
	for (struct stream *s = opened; s; s = s->next)
		pthread_mutex_unlock(&s->lock);
	for (int i = 0; i < 3; i++)
		pthread_mutex_unlock(&stream_of(&__iob[i])->lock);
	pthread_mutex_unlock(&list_lock);
}

EXPORT int setvbuf(FILE *f, char *buf, int mode, size_t size)
{
	struct stream *s = stream_of(f);

	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
		return -1;
	fb_lock(s);
	fb_flush(s);
	if (!(s->flags & S_READING && s->at < s->end)) {
		drop_buffer(s);
		s->flags &= (uint16_t)~S_READING;
		if (buf && size > 2 * SLACK && mode != _IONBF) {
			s->base = s->at = s->end = (unsigned char *)buf + SLACK;
			s->size = size - SLACK;
		}
	}
	s->mode = (uint8_t)mode;
	s->flags |= S_MODE_SET;
	if (s->base && s->flags & S_OWN)
		s->size = mode == _IONBF ? 1 : 8192;
	fb_unlock(s);
	return 0;
}
