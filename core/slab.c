/* SPDX-License-Identifier: BSD-2-Clause */
/* core/slab.c: pieces of one size; core/slab.h has the contracts. */
#include "core/slab.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define FIRST_BYTES PAGE_SIZE
#define MOST_BYTES  (64 * 1024)

struct chunk {
	struct chunk *next;
	u64 bytes;
};

void core_slab_start(struct core_slab *s, size_t size)
{
	s->size = (u32)ALIGN_UP(size, 8UL);
	s->grow = FIRST_BYTES;
	s->free = NULL;
	s->pages = NULL;
}

static bool refill(struct core_slab *s)
{
	struct chunk *c = exo_pages_alloc(s->grow);
	u64 at;

	if (!c)
		return false;
	c->bytes = s->grow;
	c->next = s->pages;
	s->pages = c;
	for (at = sizeof(*c); at + s->size <= c->bytes; at += s->size)
		core_slab_give(s, (char *)c + at);
	s->grow = MIN(s->grow * 2, MOST_BYTES);
	return s->free != NULL;
}

void *core_slab_take(struct core_slab *s)
{
	void *piece;

	if (!s->free && !refill(s))
		return NULL;
	piece = s->free;
	s->free = *(void **)piece;
	memset(piece, 0, s->size);
	return piece;
}

void core_slab_give(struct core_slab *s, void *piece)
{
	*(void **)piece = s->free;
	s->free = piece;
}

void core_slab_end(struct core_slab *s)
{
	struct chunk *c = s->pages;

	while (c) {
		struct chunk *next = c->next;

		exo_pages_free(c, c->bytes);
		c = next;
	}
	s->pages = NULL;
	s->free = NULL;
}
