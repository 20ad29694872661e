/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/rtld/check.c: is it an object whose tables can be believed?
 *
 * A library may be any bytes. Everything the linker reads later is looked at here once: that it
 * lies in a segment that is in the file, that counts and links end, that names end. After that the
 * other files read without a second look. What is written by relocations is checked when it is.
 */
#include "guest/illumos/rtld/object.h"

#define PAGE	 4096UL
#define HIGHEST	 (1UL << 47)
#define LARGEST	 (1UL << 40)
#define MOST_TLS (1UL << 30)

const char *file_check(const struct elf_ehdr *h, size_t n, uint64_t file_size, uint64_t *low,
		       uint64_t *high)
{
	const struct elf_phdr *ph;

	if (n < sizeof(*h) || h->ident[0] != 0x7f || h->ident[1] != 'E' || h->ident[2] != 'L' ||
	    h->ident[3] != 'F' || h->ident[4] != 2 || h->ident[5] != 1 || h->type != ELF_TYPE_DYN ||
	    h->machine != ELF_MACHINE_X86_64 || h->phentsize != sizeof(*ph) || h->phnum == 0 ||
	    h->phnum > 64 || h->phoff > n || h->phoff % 8 != 0 ||
	    h->phnum * sizeof(*ph) > n - h->phoff)
		return ": unknown file type";
	ph = (const struct elf_phdr *)((const char *)h + h->phoff);
	*low = *high = 0;
	for (size_t i = 0; i < h->phnum; i++) {
		if (ph[i].type != PT_LOAD || ph[i].memsz == 0)
			continue;
		if (ph[i].filesz > ph[i].memsz || ph[i].vaddr >= HIGHEST ||
		    ph[i].memsz >= LARGEST || (ph[i].vaddr ^ ph[i].offset) & (PAGE - 1) ||
		    ph[i].vaddr < *high || ph[i].offset > file_size ||
		    ph[i].filesz > file_size - ph[i].offset)
			return ": corrupt or truncated file";
		if (*high == 0)
			*low = ph[i].vaddr & ~(PAGE - 1);
		*high = (ph[i].vaddr + ph[i].memsz + PAGE - 1) & ~(PAGE - 1);
	}
	return *low < *high && *high - *low < LARGEST ? NULL : ": corrupt or truncated file";
}

/* How much of a segment with these flags follows an address; 0: it is in none. */
static uint64_t room_at(const struct object *o, uint64_t address, uint32_t flags)
{
	uint64_t at = address - o->base;

	for (size_t i = 0; i < o->phnum; i++) {
		const struct elf_phdr *ph = &o->phdr[i];

		if (ph->type == PT_LOAD && (ph->flags & flags) == flags &&
		    at - ph->vaddr < ph->memsz && at >= ph->vaddr)
			return ph->memsz - (at - ph->vaddr);
	}
	return 0;
}

bool object_has(const struct object *o, uint64_t offset, uint64_t n)
{
	return n <= room_at(o, o->base + offset, 0);
}

bool object_runs(const struct object *o, uint64_t address)
{
	return room_at(o, address, PF_X) != 0;
}

static bool inside(const struct object *o, const void *p, uint64_t n, uint64_t align)
{
	uint64_t at = (uint64_t)p;

	return at % align == 0 && n <= room_at(o, at, PF_R);
}

/* The dynamic section ends within its segment: before anything of it is read. */
bool object_check_dynamic(const struct object *o)
{
	uint64_t n;

	if (!o->dynamic || (uint64_t)o->dynamic % 8)
		return false;
	n = room_at(o, (uint64_t)o->dynamic, PF_R) / sizeof(*o->dynamic);
	for (uint64_t i = 0; i < n; i++)
		if (o->dynamic[i].tag == DT_NULL)
			return true;
	return false;
}

static bool check_sysv(const struct object *o, uint64_t symbols)
{
	const uint32_t *t = o->hash;
	uint64_t words;

	if (!inside(o, t, 8, 4))
		return false;
	words = 2UL + t[0] + t[1];
	return words * 4 <= room_at(o, (uint64_t)t, PF_R) && t[1] <= symbols;
}

/* Every chain begins at a symbol that there is and ends before the segment does. */
static bool check_gnu(const struct object *o, uint64_t symbols)
{
	const uint32_t *t = o->gnu_hash, *bucket, *chain;
	uint64_t words, head, last = 0;

	if (!inside(o, t, 16, 8))
		return false;
	words = room_at(o, (uint64_t)t, PF_R) / 4;
	head = 4UL + 2UL * t[2] + t[0];
	if (head > words || t[3] > 31)
		return false;
	bucket = t + 4 + 2UL * t[2];
	chain = bucket + t[0];
	for (uint32_t i = 0; i < t[0]; i++) {
		if (bucket[i] && bucket[i] < t[1])
			return false;
		if (bucket[i] > last)
			last = bucket[i];
	}
	if (last == 0)
		return true;
	for (uint64_t i = last - t[1];; i++) {
		if (head + i >= words || t[1] + i >= symbols)
			return false;
		if (chain[i] & 1)
			return true;
	}
}

/* Symbols that relocations and tables may name: as many as lie between their table and its end. */
static bool check_symbols(const struct object *o, uint64_t n)
{
	for (uint64_t i = 0; i < n; i++)
		if (o->symtab[i].name >= o->strtab_size)
			return false;
	return true;
}

static uint64_t most(const struct object *o, const struct elf_rela *r, size_t n, uint64_t so_far)
{
	(void)o;
	for (size_t i = 0; i < n; i++)
		if (r[i].info >> 32 >= so_far)
			so_far = (r[i].info >> 32) + 1;
	return so_far;
}

static uint64_t gnu_count(const struct object *o)
{
	const uint32_t *t = o->gnu_hash, *bucket = t + 4 + 2UL * t[2], *chain = bucket + t[0];
	uint64_t last = 0;

	for (uint32_t i = 0; i < t[0]; i++)
		last = bucket[i] > last ? bucket[i] : last;
	if (last == 0)
		return 0;
	while (!(chain[last - t[1]] & 1))
		last++;
	return last + 1;
}

static bool check_pointers(const struct object *o)
{
	uint64_t n = o->strtab_size;

	for (const struct elf_dyn *d = o->dynamic; d->tag != DT_NULL; d++)
		if ((d->tag == DT_NEEDED || d->tag == DT_FILTER || d->tag == DT_SONAME ||
		     d->tag == DT_RPATH || d->tag == DT_RUNPATH) &&
		    d->value >= n)
			return false;
	return (!o->init_count || inside(o, o->init_array, o->init_count * 8, 8)) &&
	       (!o->fini_count || inside(o, o->fini_array, o->fini_count * 8, 8)) &&
	       (!o->preinit_count || inside(o, o->preinit_array, o->preinit_count * 8, 8)) &&
	       (!o->init || object_runs(o, (uint64_t)o->init)) &&
	       (!o->fini || object_runs(o, (uint64_t)o->fini));
}

static bool check_storage(const struct object *o)
{
	if (o->tls_size == 0)
		return o->tls_file_size == 0;
	return o->tls_size < MOST_TLS && o->tls_file_size <= o->tls_size && o->tls_align <= PAGE &&
	       (o->tls_align & (o->tls_align - 1)) == 0 &&
	       (o->tls_file_size == 0 || inside(o, (void *)o->tls_image, o->tls_file_size, 1));
}

bool object_check(struct object *o)
{
	uint64_t symbols, named = 0, high = (o->high + PAGE - 1) & ~(PAGE - 1);

	if (!o->symtab || !o->strtab || !inside(o, o->symtab, sizeof(*o->symtab), 8) ||
	    !o->strtab_size || !inside(o, o->strtab, o->strtab_size, 1) ||
	    o->strtab[o->strtab_size - 1] != '\0')
		return false;
	symbols = room_at(o, (uint64_t)o->symtab, PF_R) / sizeof(*o->symtab);
	if ((o->hash && !check_sysv(o, symbols)) || (o->gnu_hash && !check_gnu(o, symbols)) ||
	    (o->rela_count && !inside(o, o->rela, o->rela_count * sizeof(*o->rela), 8)) ||
	    (o->plt_count && !inside(o, o->plt, o->plt_count * sizeof(*o->plt), 8)))
		return false;
	if (o->hash)
		named = o->hash[1];
	if (o->gnu_hash && gnu_count(o) > named)
		named = gnu_count(o);
	named = most(o, o->rela, o->rela_count, named);
	named = most(o, o->plt, o->plt_count, named);
	o->symbol_count = named;
	return named <= symbols && check_symbols(o, named) && check_pointers(o) &&
	       check_storage(o) &&
	       (!o->relro_size ||
		(o->relro >= o->low && o->relro < high && o->relro_size <= high - o->relro));
}

/* Would a relocation write into what others are read from? */
bool object_is_table(const struct object *o, uint64_t offset)
{
	uint64_t at = o->base + offset;
	const struct {
		const void *from;
		uint64_t n;
	} tables[] = {
	    {o->symtab, o->symbol_count * sizeof(*o->symtab)},
	    {o->strtab, o->strtab_size},
	    {o->rela, o->rela_count * sizeof(*o->rela)},
	    {o->plt, o->plt_count * sizeof(*o->plt)},
	    {o->hash, o->hash ? 4 * (2UL + o->hash[0] + o->hash[1]) : 0},
	    {o->gnu_hash,
	     o->gnu_hash ? 4 * (4UL + 2UL * o->gnu_hash[2] + o->gnu_hash[0] + o->symbol_count) : 0},
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (tables[i].n && at + 8 > (uint64_t)tables[i].from &&
		    at < (uint64_t)tables[i].from + tables[i].n)
			return true;
	return false;
}
