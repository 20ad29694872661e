/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/pprof_read.c: pprof's protocol buffer, of any writer; pprof.c says where the facts
 * are from. Of it names, stacks and the first value of each sample are used.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define DEPTH_MOST   8192
#define NUMBERS_MOST (8u << 20)

struct in {
	const u8 *p, *end;
};

struct field {
	u32 number, type;
	u64 value;
	struct in bytes;
};

/* Of a table by id, those that came so far. */
struct location {
	u64 id;
	u64 functions[16]; /* what was put into it by the compiler, the innermost first */
	u32 n;
};

struct function {
	u64 id, name;
};

struct read {
	struct profile *profile;
	struct in *strings;
	struct location *locations;
	struct function *functions;
	struct in *samples;
	u32 nstrings, strings_room, nlocations, locations_room, nfunctions, functions_room;
	u32 nsamples, samples_room;
	u32 *frames; /* of a stack */
	u32 depth;
};

static bool get_varint(struct in *in, u64 *v)
{
	*v = 0;
	for (u32 shift = 0; shift < 64 && in->p < in->end; shift += 7) {
		u8 b = *in->p++;

		*v |= (u64)(b & 0x7f) << shift;
		if (b < 0x80)
			return true;
	}
	return false;
}

/* False: the message ends, or is broken: then p is not at its end. */
static bool get_field(struct in *in, struct field *f)
{
	u64 key, size;

	*f = (struct field){0};
	if (in->p >= in->end || !get_varint(in, &key))
		return false;
	f->number = (u32)(key >> 3);
	f->type = key & 7;
	switch (f->type) {
	case 0:
		if (get_varint(in, &f->value))
			return true;
		break;
	case 1:
	case 5:
		size = f->type == 1 ? 8 : 4;
		if ((u64)(in->end - in->p) < size)
			break;
		in->p += size;
		return true;
	case 2:
		if (!get_varint(in, &size) || (u64)(in->end - in->p) < size)
			break;
		f->bytes = (struct in){in->p, in->p + size};
		in->p += size;
		return true;
	default:
		break;
	}
	in->p = in->end + 1;
	return false;
}

static bool whole(const struct in *in)
{
	return in->p == in->end;
}

/* A repeated number is one field each, or all of them in one. */
static bool next_number(struct field *f, u64 *v)
{
	if (f->type == 0) {
		*v = f->value;
		f->type = 7;
		return true;
	}
	return f->type == 2 && f->bytes.p < f->bytes.end && get_varint(&f->bytes, v);
}

static bool read_location(struct read *r, struct in in)
{
	struct location l = {0};
	struct field f, g;

	while (get_field(&in, &f)) {
		if (f.number == 1)
			l.id = f.value;
		if (f.number == 4 && f.type == 2) {
			struct in line = f.bytes;

			while (get_field(&line, &g))
				if (g.number == 1 && l.n < ARRAY_LEN(l.functions))
					l.functions[l.n++] = g.value;
			if (!whole(&line))
				return false;
		}
	}
	r->locations = grow(r->locations, &r->locations_room, r->nlocations, sizeof(l));
	r->locations[r->nlocations++] = l;
	return whole(&in);
}

static bool read_function(struct read *r, struct in in)
{
	struct function x = {0};
	struct field f;

	while (get_field(&in, &f)) {
		if (f.number == 1)
			x.id = f.value;
		if (f.number == 2)
			x.name = f.value;
	}
	r->functions = grow(r->functions, &r->functions_room, r->nfunctions, sizeof(x));
	r->functions[r->nfunctions++] = x;
	return whole(&in);
}

static int by_location(const void *a, const void *b)
{
	const struct location *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static int by_function(const void *a, const void *b)
{
	const struct function *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void push(struct read *r, const struct function *f)
{
	char name[4096];
	size_t n = 0;

	if (r->depth >= DEPTH_MOST)
		return;
	if (f != NULL && f->name < r->nstrings) {
		const struct in *s = &r->strings[f->name];

		n = MIN((size_t)(s->end - s->p), sizeof(name) - 1);
		memcpy(name, s->p, n);
	}
	name[n] = '\0';
	r->frames[r->depth++] = profile_frame(r->profile, n != 0 ? name : "[unknown]", "");
}

static bool read_sample(struct read *r, struct in in)
{
	bool any = false;
	u64 v, count = 0;
	struct field f;

	r->depth = 0;
	while (get_field(&in, &f)) {
		while (f.number == 1 && next_number(&f, &v)) {
			struct location key = {.id = v};
			const struct location *l = r->nlocations == 0
						       ? NULL
						       : bsearch(&key, r->locations, r->nlocations,
								 sizeof(key), by_location);

			if (l == NULL || l->n == 0)
				push(r, NULL);
			for (u32 i = 0; l != NULL && i < l->n; i++) {
				struct function k = {.id = l->functions[i]};

				push(r, r->nfunctions == 0
					    ? NULL
					    : bsearch(&k, r->functions, r->nfunctions, sizeof(k),
						      by_function));
			}
		}
		while (f.number == 2 && next_number(&f, &v)) {
			if (!any)
				count = v;
			any = true;
		}
	}
	if (count != 0 && count < 1ull << 48 && r->depth != 0)
		profile_add(r->profile, r->frames, r->depth, &count);
	return whole(&in);
}

static bool read_all(struct read *r, struct in in)
{
	struct field f;

	while (get_field(&in, &f)) {
		if (f.type != 2)
			continue;
		if (r->nstrings + r->nlocations + r->nfunctions + r->nsamples > NUMBERS_MOST)
			return false;
		if (f.number == 2) {
			r->samples = grow(r->samples, &r->samples_room, r->nsamples, sizeof(in));
			r->samples[r->nsamples++] = f.bytes;
		}
		if (f.number == 4 && !read_location(r, f.bytes))
			return false;
		if (f.number == 5 && !read_function(r, f.bytes))
			return false;
		if (f.number == 6) {
			r->strings = grow(r->strings, &r->strings_room, r->nstrings, sizeof(in));
			r->strings[r->nstrings++] = f.bytes;
		}
	}
	if (!whole(&in) || r->nstrings == 0)
		return false;
	if (r->nlocations != 0)
		qsort(r->locations, r->nlocations, sizeof(*r->locations), by_location);
	if (r->nfunctions != 0)
		qsort(r->functions, r->nfunctions, sizeof(*r->functions), by_function);
	for (u32 i = 0; i < r->nsamples; i++)
		if (!read_sample(r, r->samples[i]))
			return false;
	return true;
}

bool pprof_read(struct profile *p, const u8 *message, size_t size, const char **why)
{
	struct read r = {.profile = p, .frames = allocate(DEPTH_MOST * sizeof(*r.frames))};
	bool good = read_all(&r, (struct in){message, message + size});

	*why = "what is in it is no message of pprof's";
	free(r.strings);
	free(r.locations);
	free(r.functions);
	free(r.samples);
	free(r.frames);
	return good;
}
