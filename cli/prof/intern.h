/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/intern.h: things that are the same get the same number: names, frames, stacks. A
 * thing is bytes; numbers begin at 0 and have no gaps, so that what belongs to a thing is an array.
 */
#ifndef FB_CLI_PROF_INTERN_H
#define FB_CLI_PROF_INTERN_H

#include <stddef.h>

#include "lib/base.h"

struct intern {
	struct intern_thing {
		size_t at; /* in bytes */
		u32 size;
		u32 hash;
	} * things;
	u32 n, room;
	char *bytes;
	size_t used, bytes_room;
	u32 *slots; /* numbers + 1, 0: empty */
	u32 nslots;
};

u32 intern(struct intern *t, const void *p, size_t size);
u32 intern_string(struct intern *t, const char *s);
/* The bytes, aligned to 8, with a zero after them; valid until the next intern(). */
const void *interned(const struct intern *t, u32 number, u32 *size);
void intern_free(struct intern *t);

/* Makes an array of `size`-byte elements have one of number n; what is new is zero. */
void *grow(void *array, u32 *room, u32 n, size_t size);

#endif
