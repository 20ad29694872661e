/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/pprof.c: the profile as pprof's protocol buffer, compressed. pprof_read.c reads it.
 *
 * Numbers and meaning of the fields are those of pprof's proto/profile.proto, the encoding that
 * of the protocol buffers' own page: a key is field << 3 | type, of which type 0 is a number in
 * groups of seven bits, the lowest first, 1 and 5 are eight and four bytes, and 2 is bytes with
 * their length before them. A location here is a function: where in it is not kept.
 */
#include <string.h>
#include <zlib.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

/* ---- writing ---------------------------------------------------------------------------- */

struct out {
	u8 *p;
	u32 n, room;
};

static void byte(struct out *o, u8 b)
{
	o->p = grow(o->p, &o->room, o->n, 1);
	o->p[o->n++] = b;
}

static void varint(struct out *o, u64 v)
{
	for (; v >= 0x80; v >>= 7)
		byte(o, (u8)(v | 0x80));
	byte(o, (u8)v);
}

static void number(struct out *o, u32 field, u64 v)
{
	varint(o, field << 3);
	varint(o, v);
}

static void bytes(struct out *o, u32 field, const void *p, u32 size)
{
	varint(o, field << 3 | 2);
	varint(o, size);
	for (u32 i = 0; i < size; i++)
		byte(o, ((const u8 *)p)[i]);
}

/* A message inside, which is then empty again. */
static void message(struct out *o, u32 field, struct out *inner)
{
	bytes(o, field, inner->p, inner->n);
	inner->n = 0;
}

static void value_type(struct out *o, u32 field, u64 type, u64 unit)
{
	struct out m = {0};

	number(&m, 1, type);
	number(&m, 2, unit);
	message(o, field, &m);
	free(m.p);
}

/* The string table begins with the empty one: a string's number is one more there. */
static u64 string_of(struct profile *p, const char *s)
{
	return intern_string(&p->strings, s) + 1u;
}

static void samples_out(struct out *o, const struct profile *p)
{
	struct out m = {0}, list = {0};

	for (u32 s = 0; s < p->stacks.n; s++) {
		u32 n;
		const u32 *frames = stack_frames(p, s, &n);

		for (u32 i = 0; i < n; i++)
			varint(&list, frames[i] + 1u);
		message(&m, 1, &list);
		for (u32 i = 0; i < p->nmeasures; i++)
			varint(&list, stack_value(p, s, i));
		message(&m, 2, &list);
		message(o, 2, &m);
	}
	free(m.p);
	free(list.p);
}

/* A mapping's number is that of its name, and has to be told once. */
static void mappings_out(struct out *o, const struct profile *p)
{
	CLEAN_FREE u8 *told = allocate(p->strings.n + 1u);
	struct out m = {0};

	memset(told, 0, p->strings.n + 1u);
	for (u32 i = 0; i < p->frames.n; i++) {
		const struct frame *f = interned(&p->frames, i, NULL);

		if (told[f->object] != 0)
			continue;
		told[f->object] = 1;
		number(&m, 1, f->object + 1u);
		number(&m, 5, f->object + 1u);
		number(&m, 7, 1);
		message(o, 3, &m);
	}
	free(m.p);
}

static void locations_out(struct out *o, const struct profile *p)
{
	struct out m = {0}, line = {0};

	for (u32 i = 0; i < p->frames.n; i++) {
		const struct frame *f = interned(&p->frames, i, NULL);

		number(&line, 1, i + 1u);
		if (f->line != 0)
			number(&line, 2, f->line);
		number(&m, 1, i + 1u);
		number(&m, 2, f->object + 1u);
		message(&m, 4, &line);
		message(o, 4, &m);
	}
	for (u32 i = 0; i < p->frames.n; i++) {
		const struct frame *f = interned(&p->frames, i, NULL);

		number(&m, 1, i + 1u);
		number(&m, 2, f->name + 1u);
		number(&m, 3, f->name + 1u);
		if (f->line != 0)
			number(&m, 4, f->file + 1u);
		message(o, 5, &m);
	}
	free(m.p);
	free(line.p);
}

/* proto3 wants its strings to be UTF-8; a name is what a file says. */
static void utf8_out(struct out *o, u32 field, const char *s, u32 size)
{
	bool plain = true;

	for (u32 i = 0; i < size; i++)
		plain &= (u8)s[i] < 0x80;
	if (plain) {
		bytes(o, field, s, size);
	} else {
		struct out m = {0};

		for (u32 i = 0; i < size; i++) {
			u8 c = (u8)s[i];

			if (c < 0x80) {
				byte(&m, c);
			} else {
				/* Go's middle dot and the like: as they are when they are whole. */
				u32 more = c >= 0xe1 && c <= 0xec  ? 2
					   : c >= 0xc2 && c < 0xe0 ? 1
								   : 0,
				    k = 0;

				while (k < more && i + k + 1 < size &&
				       ((u8)s[i + k + 1] & 0xc0) == 0x80)
					k++;
				if (more == 0 || k < more) {
					byte(&m, '?');
					continue;
				}
				for (k = 0; k <= more; k++)
					byte(&m, (u8)s[i + k]);
				i += more;
			}
		}
		message(o, field, &m);
		free(m.p);
	}
}

static void compress_out(FILE *f, const struct out *o)
{
	z_stream z = {.next_in = o->p, .avail_in = o->n};
	u8 buffer[65536] = {0};
	int r;

	/* 16 + 15: gzip's frame, the largest window. */
	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		exit(fail(CLI_FAILED, "out of memory, compressing"));
	do {
		z.next_out = buffer;
		z.avail_out = sizeof(buffer);
		r = deflate(&z, Z_FINISH);
		fwrite(buffer, 1, sizeof(buffer) - z.avail_out, f);
	} while (r == Z_OK);
	deflateEnd(&z);
}

void pprof_write(FILE *f, struct profile *p)
{
	const struct measure *main = p->measures[p->views[0].measure];
	u64 comment = string_of(p, p->command), type = string_of(p, main->type);
	u64 unit = string_of(p, main->unit);
	struct out o = {0};

	for (u32 i = 0; i < p->nmeasures; i++)
		value_type(&o, 1, string_of(p, p->measures[i]->type),
			   string_of(p, p->measures[i]->unit));
	samples_out(&o, p);
	mappings_out(&o, p);
	locations_out(&o, p);
	bytes(&o, 6, "", 0);
	for (u32 i = 0; i < p->strings.n; i++) {
		u32 size;
		const char *s = interned(&p->strings, i, &size);

		utf8_out(&o, 6, s, size);
	}
	number(&o, 9, p->began);
	number(&o, 10, p->duration);
	value_type(&o, 11, type, unit);
	number(&o, 12, p->period != 0 ? p->period : 1);
	number(&o, 13, comment);
	number(&o, 14, type); /* which is shown when nobody asks for another */
	compress_out(f, &o);
	free(o.p);
}
