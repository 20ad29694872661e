/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/gopclntab.c: cli/prof/gopclntab.h. Little-endian, pointers of 8 bytes: amd64. */
#include "cli/prof/gopclntab.h"

#include <string.h>

#define POINTER	     8
#define GO_FUNCTIONS (4u << 20)

enum magic {
	GO_1_2 = 0xfffffffb,
	GO_1_16 = 0xfffffffa,
	GO_1_18 = 0xfffffff0,
	GO_1_20 = 0xfffffff1,
};

struct table {
	const u8 *p;
	u64 size;
	u64 count;   /* functions */
	u64 entries; /* offset: { address, offset of the function } for each, and one address more
		      */
	u64 field;   /* size of one of the two */
	u64 base;    /* what is added to an address */
	u64 bodies;  /* offset: what the functions' offsets count from */
	u64 names;   /* offset: what those of names count from */
};

static bool get(const struct table *t, u64 at, u64 size, u64 *v)
{
	*v = 0;
	if (at > t->size || t->size - at < size)
		return false;
	memcpy(v, t->p + at, size);
	return true;
}

static bool word(const struct table *t, u32 n, u64 *v)
{
	return get(t, 8 + (u64)n * POINTER, POINTER, v);
}

static bool read_header(struct table *t, u64 text)
{
	u64 magic, rest;

	if (!get(t, 0, 4, &magic) || !get(t, 4, 4, &rest) || !word(t, 0, &t->count))
		return false;
	/* Two zeros, the quantum of addresses, which is 1 here, and the size of a pointer. */
	if (rest != (1u << 16 | POINTER << 24))
		return false;
	t->field = POINTER;
	switch (magic) {
	case GO_1_2:
		t->entries = 8 + POINTER;
		return true;
	case GO_1_16:
		return word(t, 2, &t->names) && word(t, 6, &t->entries) && word(t, 6, &t->bodies);
	case GO_1_18:
	case GO_1_20:
		/* Since 1.26 the table does not say any more where the text is. */
		t->field = 4;
		if (!word(t, 2, &t->base) || !word(t, 3, &t->names) || !word(t, 7, &t->entries))
			return false;
		if (t->base == 0)
			t->base = text;
		t->bodies = t->entries;
		return true;
	default:
		return false;
	}
}

static void put_function(const struct table *t, struct elf_symbols *s, u64 i)
{
	u64 at = t->entries + i * 2 * t->field, start, end, body, name;
	const u8 *zero;

	if (!get(t, at, t->field, &start) || !get(t, at + t->field, t->field, &body) ||
	    !get(t, at + 2 * t->field, t->field, &end) || end <= start)
		return;
	/* The function's own entry comes first there, in the same size. */
	if (body > t->size || t->bodies > t->size || !get(t, t->bodies + body + t->field, 4, &name))
		return;
	if (t->names > t->size || name >= t->size - t->names)
		return;
	name += t->names;
	zero = memchr(t->p + name, 0, t->size - name);
	if (zero != NULL)
		elf_symbols_put(s, t->base + start, end - start, (const char *)t->p + name,
				(size_t)(zero - (t->p + name)));
}

bool gopclntab_read(struct elf_symbols *s, const u8 *table, u64 size, u64 text)
{
	struct table t = {.p = table, .size = size};

	if (!read_header(&t, text) || t.count > GO_FUNCTIONS || t.entries > size ||
	    (size - t.entries) / (2 * t.field) < t.count)
		return false;
	for (u64 i = 0; i < t.count; i++)
		put_function(&t, s, i);
	return true;
}
