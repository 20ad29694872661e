/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/slab.h: pieces of one size, cut from pages and used again when given back.
 *
 * The caller locks. A slab that ends gives all its pages back at once, whatever is still
 * taken from it.
 */
#ifndef FB_CORE_SLAB_H
#define FB_CORE_SLAB_H

#include "lib/base.h"

struct core_slab {
	u32 size;    /* of a piece, a multiple of eight */
	u32 grow;    /* bytes to ask for next */
	void *free;  /* a chain through the first word */
	void *pages; /* a chain of what was allocated */
};

void core_slab_start(struct core_slab *s, size_t size);
/* A zeroed piece; NULL when memory is out. */
void *core_slab_take(struct core_slab *s);
void core_slab_give(struct core_slab *s, void *piece);
void core_slab_end(struct core_slab *s);

#endif
