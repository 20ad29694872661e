/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/debug/symbols.c: see symbols.h. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/debug/symbols.h"
#include "cli/program.h"
#include "loader/aout.h"

#define OLD_ENTRY 12
#define NEW_ENTRY 8
#define NAME_OLD  8
#define NAME_MAX_ 128
#define FILE_MOST (4u << 20)

enum { N_TYPE = 037, N_TEXT = 2, N_DATA = 3, N_BSS = 4, N_EXT = 040 };

struct file {
	u8 *bytes;
	size_t size;
};

static bool read_file(struct file *f, const char *path)
{
	struct program_file p CLEAN_PROGRAM = {.fd = -1};
	size_t done = 0;

	if (program_open(&p, path) != 0 || p.source.size > FILE_MOST || p.source.size < 16)
		return false;
	f->size = p.source.size;
	f->bytes = allocate(f->size);
	while (done < f->size) {
		long n = p.source.pread(p.source.ctx, f->bytes + done, f->size - done, done);

		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

static u16 word(const struct file *f, size_t at)
{
	return at + 2 <= f->size ? loader_aout_word(f->bytes + at) : 0;
}

/* The first half of a long is the higher one. */
static u32 long_word(const struct file *f, size_t at)
{
	return (u32)word(f, at) << 16 | word(f, at + 2);
}

/* Where the table begins, and its bytes. */
static bool find_table(const struct file *f, const struct loader_aout *a, size_t *at, size_t *n)
{
	size_t body = a->text + a->data;

	if (a->magic == 0405) { /* six words, and the text begins with them */
		*at = a->text;
		*n = word(f, 4);
	} else {
		for (u32 i = 0; i < LOADER_AOUT_OVERLAYS; i++)
			body += a->overlay[i];
		*at = a->text_off +
		      body * (word(f, 14) & 1 ? 1 : 2); /* relocation, unless stripped */
		*n = word(f, 8);
	}
	return *at <= f->size && *n <= f->size - *at;
}

static void add(struct symbols *s, const char *name, size_t len, u16 type, u16 value)
{
	struct symbol *e = &s->list[s->count];
	u16 kind = type & N_TYPE;

	if (kind < N_TEXT || kind > N_BSS || len == 0)
		return;
	*e = (struct symbol){format_string("%.*s", (int)len, name), value, kind == N_TEXT,
			     (type & N_EXT) != 0};
	for (char *p = e->name; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
			*p = '?';
	s->count++;
}

static void add_old(struct symbols *s, const struct file *f, size_t at, size_t n)
{
	for (size_t end = at + n; at + OLD_ENTRY <= end; at += OLD_ENTRY)
		add(s, (const char *)f->bytes + at, strnlen((const char *)f->bytes + at, NAME_OLD),
		    word(f, at + 8) & 0377, word(f, at + 10));
}

/* False: what follows is no table of names. */
static bool add_new(struct symbols *s, const struct file *f, size_t at, size_t n)
{
	size_t names = at + n, size = names + 4 <= f->size ? long_word(f, names) : 0;

	if (size < 4 || size > f->size - names)
		return false;
	for (size_t end = at + n; at + NEW_ENTRY <= end; at += NEW_ENTRY) {
		size_t x = long_word(f, at);

		if (x >= 4 && x < size)
			add(s, (const char *)f->bytes + names + x,
			    strnlen((const char *)f->bytes + names + x,
				    MIN(size - x, (size_t)NAME_MAX_)),
			    f->bytes[at + 4], word(f, at + 6));
	}
	return true;
}

static int by_value(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (int)x->global - (int)y->global; /* the last of one value is found first */
}

void symbols_load(struct symbols *s, const char *path, const char *personality)
{
	struct file f = {0};
	struct loader_aout a;
	size_t at, n;

	memset(s, 0, sizeof(*s));
	if (read_file(&f, path)) {
		struct program_file p CLEAN_PROGRAM = {.fd = -1};

		if (program_open(&p, path) == 0 &&
		    loader_aout_plan(&p.source, personality, &a, NULL) == 0 &&
		    find_table(&f, &a, &at, &n)) {
			s->list = allocate((n / NEW_ENTRY + 1) * sizeof(*s->list));
			if (strcmp(personality, "bsd211") != 0 || !add_new(s, &f, at, n))
				add_old(s, &f, at, n);
		}
	}
	if (s->count > 0)
		qsort(s->list, s->count, sizeof(*s->list), by_value);
	free(f.bytes);
}

void symbols_free(struct symbols *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->list[i].name);
	free(s->list);
	memset(s, 0, sizeof(*s));
}

static bool same_name(const char *have, const char *name)
{
	size_t n = strlen(have);

	return strcmp(have, name) == 0 || (n == NAME_OLD && strncmp(have, name, NAME_OLD) == 0);
}

const struct symbol *symbol_named(const struct symbols *s, const char *name)
{
	CLEAN_FREE char *of_c = format_string("_%s", name);

	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->list[i].name, name) == 0)
			return &s->list[i];
	for (size_t i = 0; i < s->count; i++)
		if (same_name(s->list[i].name, of_c) || same_name(s->list[i].name, name))
			return &s->list[i];
	return NULL;
}

const struct symbol *symbol_at(const struct symbols *s, u16 addr, bool text)
{
	const struct symbol *best = NULL;

	for (size_t i = 0; i < s->count && s->list[i].value <= addr; i++)
		if (s->list[i].text == text)
			best = &s->list[i];
	return best;
}
