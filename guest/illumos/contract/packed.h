/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/contract/packed.h: lists of names and values as the kernel packs them (the native
 * encoding of usr/src/common/nvpair/nvpair.c), looked up in where they lie. Nothing here makes a
 * call, so that it can be tried with anything.
 */
#ifndef FB_ILLUMOS_PACKED_H
#define FB_ILLUMOS_PACKED_H

#include <errno.h>
#include <string.h>
#include <sys/types.h>

struct packed {
	char *at;
	size_t size;
};

struct packed_pair {
	int size;
	short name_size, reserve;
	int elements, type;
};

enum {
	PACKED_INT32 = 5,
	PACKED_UINT32 = 6,
	PACKED_UINT64 = 8,
	PACKED_STRING = 9,
	PACKED_UINT32_ARRAY = 14
};

#define PACKED_HEAD   12 /* how it is encoded, its version and flags */
#define PACKED_PAD(n) (((n) + 7) & ~(size_t)7)

static inline size_t packed_value_size(const struct packed_pair *p, const char *value, size_t room)
{
	switch (p->type) {
	case PACKED_INT32:
	case PACKED_UINT32:
		return 4;
	case PACKED_UINT64:
		return 8;
	case PACKED_STRING:
		return memchr(value, 0, room) ? strlen(value) + 1 : room + 1;
	case PACKED_UINT32_ARRAY:
		return p->elements < 0 ? room + 1 : (size_t)p->elements * 4;
	default:
		return 0;
	}
}

/* The pair at p, if it lies in the room there is: its value goes to *value. 0: it does not. */
static inline size_t packed_pair_at(const char *p, size_t room, struct packed_pair *to,
				    char **value)
{
	size_t name;

	if (room < sizeof(*to))
		return 0;
	memcpy(to, p, sizeof(*to));
	if (to->size < (int)sizeof(*to) || (size_t)to->size > room || to->name_size < 1)
		return 0;
	name = PACKED_PAD(sizeof(*to) + (size_t)to->name_size);
	if (name > (size_t)to->size || p[sizeof(*to) + (size_t)to->name_size - 1])
		return 0;
	*value = (char *)p + name;
	return packed_value_size(to, *value, (size_t)to->size - name) > (size_t)to->size - name
		   ? 0
		   : (size_t)to->size;
}

static inline int packed_is_whole(const struct packed *l)
{
	const unsigned char *b = (const unsigned char *)l->at;
	size_t at = PACKED_HEAD, n;
	struct packed_pair p;
	char *value;
	int end;

	if (l->size < PACKED_HEAD + 4 || b[0] != 0 || b[1] != 1)
		return 0;
	for (;;) {
		if (l->size - at < sizeof(end))
			return 0;
		memcpy(&end, l->at + at, sizeof(end));
		if (end == 0)
			return 1;
		n = packed_pair_at(l->at + at, l->size - at, &p, &value);
		if (n == 0)
			return 0;
		at += n;
	}
}

static inline int packed_find(const struct packed *l, const char *name, int type, char **value,
			      unsigned *elements)
{
	struct packed_pair p;
	size_t n;

	if (!l->at)
		return ENOENT;
	for (size_t at = PACKED_HEAD; (n = packed_pair_at(l->at + at, l->size - at, &p, value));
	     at += n) {
		if (p.type != type || strcmp(l->at + at + sizeof(p), name) != 0)
			continue;
		if (elements)
			*elements = (unsigned)p.elements;
		return 0;
	}
	return ENOENT;
}

#endif
