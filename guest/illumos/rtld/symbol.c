/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/symbol.c: names to symbols.
 *
 * Versions are not looked at: as in illumos, a library that has a version of a symbol has one
 * symbol of that name. Source of the two hash tables: gABI chapter 5; GNU's as binutils makes it.
 */
#include "guest/illumos/rtld/object.h"

static uint32_t sysv_hash(const char *name)
{
	uint32_t h = 0;

	for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
		uint32_t high;

		h = (h << 4) + *p;
		high = h & 0xf0000000;
		h = (h ^ high >> 24) & ~high;
	}
	return h;
}

static uint32_t gnu_hash(const char *name)
{
	uint32_t h = 5381;

	for (const unsigned char *p = (const unsigned char *)name; *p; p++)
		h = h * 33 + *p;
	return h;
}

static const struct elf_sym *match(const struct object *o, uint32_t i, const char *name)
{
	const struct elf_sym *s = &o->symtab[i];

	if (s->section == SHN_UNDEF || s->info >> 4 == STB_LOCAL ||
	    text_compare(o->strtab + s->name, name) != 0)
		return NULL;
	return s;
}

static const struct elf_sym *find_gnu(const struct object *o, const char *name, uint32_t h)
{
	const uint32_t *t = o->gnu_hash;
	uint32_t buckets = t[0], first = t[1], words = t[2], shift = t[3], i;
	const uint64_t *bloom = (const uint64_t *)(t + 4);
	const uint32_t *bucket = (const uint32_t *)(bloom + words), *chain = bucket + buckets;
	uint64_t word;

	if (!buckets || !words)
		return NULL;
	word = bloom[h / 64 % words];
	if (!(word >> h % 64 & word >> (h >> shift) % 64 & 1))
		return NULL;
	i = bucket[h % buckets];
	if (i < first)
		return NULL;
	for (;; i++) {
		uint32_t c = chain[i - first];
		const struct elf_sym *s = (c | 1) == (h | 1) ? match(o, i, name) : NULL;

		if (s || c & 1)
			return s;
	}
}

static const struct elf_sym *find_sysv(const struct object *o, const char *name, uint32_t h)
{
	uint32_t buckets = o->hash[0], chains = o->hash[1];
	const uint32_t *chain = o->hash + 2 + buckets;

	if (!buckets)
		return NULL;
	/* No chain is longer than there are symbols: one that comes back to itself ends so. */
	for (uint32_t i = o->hash[2 + h % buckets], left = chains; i && i < chains && left;
	     i = chain[i], left--) {
		const struct elf_sym *s = match(o, i, name);

		if (s)
			return s;
	}
	return NULL;
}

/* One name in many objects: each hash is made once. */
struct query {
	const char *name;
	uint32_t sysv, gnu;
	bool has_sysv, has_gnu;
};

static const struct elf_sym *find_one(struct query *q, const struct object *o)
{
	if (o->gnu_hash) {
		if (!q->has_gnu)
			q->gnu = gnu_hash(q->name), q->has_gnu = true;
		return find_gnu(o, q->name, q->gnu);
	}
	if (o->hash) {
		if (!q->has_sysv)
			q->sysv = sysv_hash(q->name), q->has_sysv = true;
		return find_sysv(o, q->name, q->sysv);
	}
	return NULL;
}

struct symbol symbol_in(const char *name, struct object *o)
{
	struct query q = {.name = name};

	return (struct symbol){find_one(&q, o), o};
}

struct symbol symbol_in_list(const char *name, const struct object_list *l)
{
	struct query q = {.name = name};

	for (size_t i = 0; i < l->n; i++) {
		const struct elf_sym *s = find_one(&q, l->v[i]);

		if (s)
			return (struct symbol){s, l->v[i]};
	}
	return (struct symbol){0};
}

struct symbol symbol_find(const char *name, struct object *o, const struct object *skip)
{
	struct query q = {.name = name};

	for (struct object *g = objects; g; g = g->next) {
		const struct elf_sym *s;

		if (!g->global || g == skip)
			continue;
		s = find_one(&q, g);
		if (s)
			return (struct symbol){s, g};
	}
	for (size_t i = 0; i < o->group.n; i++) {
		struct object *g = o->group.v[i];
		const struct elf_sym *s = g == skip || g->global ? NULL : find_one(&q, g);

		if (s)
			return (struct symbol){s, g};
	}
	return (struct symbol){0};
}

void *symbol_address(const struct symbol *s)
{
	uint64_t at = s->object->base + s->sym->value;

	if ((s->sym->info & 15) == STT_TLS)
		return tls_address(s->object->tls_module, s->sym->value);
	if ((s->sym->info & 15) == STT_IFUNC)
		return object_runs(s->object, at) ? ((void *(*)(void))at)() : NULL;
	return (void *)at;
}
