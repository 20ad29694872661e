/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/intern.c: a hash table of byte strings, open addressing, never more than half full. */
#include "cli/prof/intern.h"

#include <string.h>

#include "cli/cli.h"

static void *again(void *p, size_t size)
{
	void *bigger = realloc(p, size);

	if (bigger == NULL)
		exit(fail(CLI_FAILED, "out of memory, asking for %zu bytes", size));
	return bigger;
}

void *grow(void *array, u32 *room, u32 n, size_t size)
{
	u32 want = *room;

	if (n < want)
		return array;
	while (n >= want)
		want = want < 64 ? 64 : want * 2;
	array = again(array, want * size);
	memset((char *)array + *room * size, 0, (want - *room) * size);
	*room = want;
	return array;
}

/* FNV-1a: the constants are those of its authors' page. */
static u32 hash_of(const u8 *p, size_t size)
{
	u32 h = 2166136261u;

	for (size_t i = 0; i < size; i++)
		h = (h ^ p[i]) * 16777619u;
	return h ^ h >> 15;
}

static void rehash(struct intern *t)
{
	t->nslots = t->nslots == 0 ? 1024 : t->nslots * 2;
	free(t->slots);
	t->slots = allocate(t->nslots * sizeof(*t->slots));
	memset(t->slots, 0, t->nslots * sizeof(*t->slots));
	for (u32 i = 0; i < t->n; i++) {
		u32 s = t->things[i].hash;

		while (t->slots[s & (t->nslots - 1)] != 0)
			s++;
		t->slots[s & (t->nslots - 1)] = i + 1;
	}
}

u32 intern(struct intern *t, const void *p, size_t size)
{
	u32 h = hash_of(p, size), s = h, found;
	size_t need = ALIGN_UP(size + 1, 8);

	if (t->n * 2 >= t->nslots)
		rehash(t);
	while ((found = t->slots[s & (t->nslots - 1)]) != 0) {
		const struct intern_thing *x = &t->things[found - 1];

		if (x->hash == h && x->size == size && memcmp(t->bytes + x->at, p, size) == 0)
			return found - 1;
		s++;
	}
	if (t->used + need > t->bytes_room) {
		while (t->used + need > t->bytes_room)
			t->bytes_room = t->bytes_room == 0 ? 65536 : t->bytes_room * 2;
		t->bytes = again(t->bytes, t->bytes_room);
	}
	t->things = grow(t->things, &t->room, t->n, sizeof(*t->things));
	t->things[t->n] = (struct intern_thing){t->used, (u32)size, h};
	memset(t->bytes + t->used, 0, need);
	memcpy(t->bytes + t->used, p, size);
	t->used += need;
	t->slots[s & (t->nslots - 1)] = t->n + 1;
	return t->n++;
}

u32 intern_string(struct intern *t, const char *s)
{
	return intern(t, s, strlen(s));
}

const void *interned(const struct intern *t, u32 number, u32 *size)
{
	const struct intern_thing *x = &t->things[number];

	if (size != NULL)
		*size = x->size;
	return t->bytes + x->at;
}

void intern_free(struct intern *t)
{
	free(t->things);
	free(t->bytes);
	free(t->slots);
	*t = (struct intern){0};
}
