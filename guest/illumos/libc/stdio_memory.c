/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/stdio_memory.c: streams over memory. Facts: fmemopen(3C),
 * open_memstream(3C).
 */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "guest/illumos/libc/stdio.h"

struct memory {
	char *data;
	size_t at, length, room;
	bool own, append, write;
	char **out; /* of open_memstream */
	size_t *out_size;
};

static ssize_t take(struct stream *s, void *to, size_t n)
{
	struct memory *m = s->cookie;
	size_t have = m->at < m->length ? m->length - m->at : 0;

	if (n > have)
		n = have;
	memcpy(to, m->data + m->at, n);
	m->at += n;
	return (ssize_t)n;
}

static bool grow(struct memory *m, size_t want)
{
	size_t room = 2 * m->room > want ? 2 * m->room : want;
	char *p;

	if (want <= m->room)
		return true;
	p = realloc(m->data, room);
	if (!p)
		return false;
	memset(p + m->room, 0, room - m->room);
	m->data = p;
	m->room = room;
	return true;
}

static ssize_t put(struct stream *s, const void *from, size_t n)
{
	struct memory *m = s->cookie;

	if (m->append)
		m->at = m->length;
	if (m->out) {
		if (!grow(m, m->at + n + 1))
			return -1;
	} else if (m->at >= m->room) {
		return fail_with(ENOSPC);
	} else if (n > m->room - m->at) {
		n = m->room - m->at;
	}
	memcpy(m->data + m->at, from, n);
	m->at += n;
	if (m->at > m->length) {
		m->length = m->at;
		if (m->length < m->room)
			m->data[m->length] = '\0';
	}
	if (m->out) {
		*m->out = m->data;
		*m->out_size = m->at;
	}
	return (ssize_t)n;
}

static off_t move(struct stream *s, off_t to, int whence)
{
	struct memory *m = s->cookie;
	off_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)m->at : (off_t)m->length;

	if (__builtin_add_overflow(from, to, &to) || to < 0 || (!m->out && (size_t)to > m->room))
		return fail_with(EINVAL);
	m->at = (size_t)to;
	return to;
}

static int done(struct stream *s)
{
	struct memory *m = s->cookie;

	if (m->own && !m->out)
		free(m->data);
	free(m);
	return 0;
}

static const struct device memory = {take, put, move, done};

static FILE *begin(struct memory *m, uint16_t flags)
{
	struct stream *s = fb_stream_new(-1, flags | S_MODE_SET);

	if (!s) {
		free(m);
		return NULL;
	}
	s->device = &memory;
	s->cookie = m;
	return (FILE *)s;
}

EXPORT FILE *fmemopen(void *buf, size_t size, const char *mode)
{
	uint16_t flags;
	struct memory *m;

	if (size == 0)
		return fail_with(EINVAL), NULL;
	if (fb_mode(mode, &flags) < 0 || !(m = calloc(1, sizeof(*m))))
		return NULL;
	m->data = buf ? buf : calloc(1, size);
	if (!m->data) {
		free(m);
		return NULL;
	}
	m->own = !buf;
	m->room = size;
	m->append = flags & S_APPEND;
	m->length = *mode == 'r' ? size : *mode == 'a' ? strnlen(m->data, size) : 0;
	if (*mode == 'a')
		m->at = m->length;
	if (*mode == 'w')
		m->data[0] = '\0';
	return begin(m, flags);
}

EXPORT FILE *open_memstream(char **out, size_t *size)
{
	struct memory *m;

	if (!out || !size)
		return fail_with(EINVAL), NULL;
	m = calloc(1, sizeof(*m));
	if (!m)
		return NULL;
	m->data = calloc(1, 64);
	if (!m->data) {
		free(m);
		return NULL;
	}
	m->room = 64;
	m->own = true;
	m->out = out;
	m->out_size = size;
	*out = m->data;
	*size = 0;
	return begin(m, S_WRITE);
}

/* ---- wide characters: the bytes that come become them -------------------------------------- */

struct wide_memory {
	wchar_t *data;
	size_t at, length, room;
	mbstate_t state;
	wchar_t **out;
	size_t *out_size;
};

static bool grow_wide(struct wide_memory *m, size_t want)
{
	size_t room = 2 * m->room > want ? 2 * m->room : want;
	wchar_t *p;

	if (want <= m->room)
		return true;
	p = reallocarray(m->data, room, sizeof(*p));
	if (!p)
		return false;
	wmemset(p + m->room, 0, room - m->room);
	m->data = p;
	m->room = room;
	return true;
}

static ssize_t put_wide(struct stream *s, const void *from, size_t n)
{
	struct wide_memory *m = s->cookie;
	const char *p = from;

	for (size_t left = n; left;) {
		wchar_t w;
		size_t k = mbrtowc(&w, p, left, &m->state);

		if (k == (size_t)-1)
			return -1;
		if (k == (size_t)-2)
			break;
		k += k == 0;
		if (!grow_wide(m, m->at + 2))
			return -1;
		m->data[m->at++] = w;
		p += k;
		left -= k;
	}
	if (m->at > m->length)
		m->length = m->at;
	*m->out = m->data;
	*m->out_size = m->at;
	return (ssize_t)n;
}

static off_t move_wide(struct stream *s, off_t to, int whence)
{
	struct wide_memory *m = s->cookie;
	off_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)m->at : (off_t)m->length;

	if (__builtin_add_overflow(from, to, &to) || to < 0)
		return fail_with(EINVAL);
	m->at = (size_t)to;
	m->state = (mbstate_t){{0}};
	return to;
}

static int done_wide(struct stream *s)
{
	free(s->cookie);
	return 0;
}

static const struct device wide_memory = {NULL, put_wide, move_wide, done_wide};

EXPORT FILE *open_wmemstream(wchar_t **out, size_t *size)
{
	struct wide_memory *m = calloc(1, sizeof(*m));
	struct stream *s = NULL;

	if (m && out && size && grow_wide(m, 64))
		s = fb_stream_new(-1, S_WRITE | S_MODE_SET);
	if (!s) {
		if (m)
			free(m->data);
		free(m);
		if (!out || !size)
			fail_with(EINVAL);
		return NULL;
	}
	m->out = out;
	m->out_size = size;
	*out = m->data;
	*size = 0;
	s->device = &wide_memory;
	s->cookie = m;
	s->wide = 1;
	return (FILE *)s;
}

/* ---- a string ------------------------------------------------------------------------------ */

/* Its bytes are the string, and nothing comes after them. */
static ssize_t nothing(struct stream *s, void *to, size_t n)
{
	(void)s, (void)to, (void)n;
	return 0;
}
static const struct device string = {.read = nothing};

void fb_string_stream(struct stream *s, const char *text)
{
	memset(s, 0, sizeof(*s));
	s->fd = -1;
	s->base = s->at = (unsigned char *)text;
	s->end = s->at + strlen(text);
	s->flags = S_READ | S_READING | S_BYCALLER | S_MODE_SET;
	s->device = &string;
}
