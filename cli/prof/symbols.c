/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/symbols.c: cli/prof/symbols.h, by libelf. */
#include "cli/prof/symbols.h"

#include <gelf.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/prof/demangle.h"
#include "cli/prof/gopclntab.h"
#include "cli/prof/intern.h"

#define NAME_MOST     4096
#define SYMBOLS_MOST  (8u << 20)
#define SEGMENTS_MOST 64

struct symbol {
	u64 start, end; /* addresses as linked */
	u32 name;
	u32 rank; /* of two at one place the higher is shown */
};

struct elf_symbols {
	struct intern names;
	struct symbol *v;
	u32 n, room;
	struct segment {
		u64 offset, size, address;
	} segments[SEGMENTS_MOST];
	u32 nsegments;
	u32 rank;
	char **shown; /* by number of the name, once it was asked for */
};

void elf_symbols_put(struct elf_symbols *s, u64 address, u64 size, const char *name, size_t length)
{
	if (size == 0 || address + size < address || length == 0 || length > NAME_MOST ||
	    s->n >= SYMBOLS_MOST)
		return;
	s->v = grow(s->v, &s->room, s->n, sizeof(*s->v));
	s->v[s->n++] = (struct symbol){
	    .start = address,
	    .end = address + size,
	    .name = intern(&s->names, name, length),
	    .rank = s->rank,
	};
}

static void read_segments(struct elf_symbols *s, Elf *elf)
{
	size_t n;

	if (elf_getphdrnum(elf, &n) != 0)
		return;
	for (size_t i = 0; i < n && s->nsegments < SEGMENTS_MOST; i++) {
		GElf_Phdr p;

		if (gelf_getphdr(elf, (int)i, &p) != NULL && p.p_type == PT_LOAD)
			s->segments[s->nsegments++] =
			    (struct segment){p.p_offset, p.p_filesz, p.p_vaddr};
	}
}

/* Where the section ends, 0: there is none, or nothing in it is executed. */
static u64 code_end(Elf *elf, const GElf_Sym *y)
{
	Elf_Scn *scn = y->st_shndx < SHN_LORESERVE ? elf_getscn(elf, y->st_shndx) : NULL;
	GElf_Shdr h;

	if (scn == NULL || gelf_getshdr(scn, &h) == NULL || (h.sh_flags & SHF_EXECINSTR) == 0)
		return 0;
	return h.sh_addr + h.sh_size;
}

static bool read_table(struct elf_symbols *s, Elf *elf, Elf_Scn *scn, const GElf_Shdr *h)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	bool any = false;

	if (data == NULL || h->sh_entsize == 0)
		return false;
	for (u64 i = 0; i < data->d_size / h->sh_entsize && i < INT32_MAX; i++) {
		GElf_Sym y;
		const char *name;
		u64 size, end;
		u32 type;

		if (gelf_getsym(data, (int)i, &y) == NULL)
			break;
		type = GELF_ST_TYPE(y.st_info);
		if (y.st_shndx == SHN_UNDEF ||
		    (type != STT_FUNC && type != STT_GNU_IFUNC && type != STT_NOTYPE))
			continue;
		/*
		 * Functions written in assembly language often have no type and no size. They reach
		 * as far as the next one, but not where only some are told of: there most of what
		 * follows is somebody else.
		 */
		size = y.st_size;
		end = size == 0 || type == STT_NOTYPE ? code_end(elf, &y) : 0;
		if (size == 0 && (h->sh_type == SHT_DYNSYM || end <= y.st_value))
			continue;
		if (type == STT_NOTYPE && end == 0)
			continue;
		if (size == 0)
			size = end - y.st_value;
		name = elf_strptr(elf, h->sh_link, y.st_name);
		if (name == NULL || *name == '\0' || *name == '$')
			continue;
		s->rank = (type != STT_NOTYPE ? 4 : 0) + (y.st_size != 0 ? 2 : 0) +
			  (GELF_ST_BIND(y.st_info) != STB_LOCAL ? 1 : 0);
		elf_symbols_put(s, y.st_value, size, name, strnlen(name, NAME_MOST + 1));
		any = true;
	}
	return any;
}

static void read_go(struct elf_symbols *s, Elf *elf)
{
	Elf_Data *table = NULL;
	size_t strings;
	u64 text = 0;

	if (elf_getshdrstrndx(elf, &strings) != 0)
		return;
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn)) != NULL;) {
		GElf_Shdr h;
		const char *name;

		if (gelf_getshdr(scn, &h) == NULL)
			continue;
		name = elf_strptr(elf, strings, h.sh_name);
		if (name == NULL)
			continue;
		if (strcmp(name, ".text") == 0)
			text = h.sh_addr;
		if (h.sh_type == SHT_PROGBITS && (strcmp(name, ".gopclntab") == 0 ||
						  strcmp(name, ".data.rel.ro.gopclntab") == 0))
			table = elf_rawdata(scn, NULL);
	}
	if (table != NULL && table->d_buf != NULL)
		gopclntab_read(s, table->d_buf, table->d_size, text);
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	return x->name < y->name ? -1 : x->name > y->name;
}

static void put_in_order(struct elf_symbols *s)
{
	u32 n = 0;

	if (s->v == NULL)
		return;
	qsort(s->v, s->n, sizeof(*s->v), by_address);
	for (u32 i = 0; i < s->n; i++)
		if (n == 0 || s->v[n - 1].start != s->v[i].start)
			s->v[n++] = s->v[i];
	s->n = n;
}

struct elf_symbols *elf_symbols_new(void)
{
	struct elf_symbols *s = allocate(sizeof(*s));

	*s = (struct elf_symbols){0};
	return s;
}

struct elf_symbols *elf_symbols_read(int fd)
{
	struct elf_symbols *s = elf_symbols_new();
	bool whole = false;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf != NULL && elf_kind(elf) == ELF_K_ELF) {
		read_segments(s, elf);
		for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn)) != NULL;) {
			GElf_Shdr h;

			if (gelf_getshdr(scn, &h) == NULL)
				continue;
			if (h.sh_type == SHT_SYMTAB)
				whole |= read_table(s, elf, scn, &h);
			else if (h.sh_type == SHT_DYNSYM)
				read_table(s, elf, scn, &h);
		}
		s->rank = 0;
		if (!whole)
			read_go(s, elf);
		put_in_order(s);
	}
	elf_end(elf);
	if (s->n != 0)
		return s;
	elf_symbols_free(s);
	return NULL;
}

static bool address_of(const struct elf_symbols *s, u64 offset, u64 *address)
{
	for (u32 i = 0; i < s->nsegments; i++)
		if (offset >= s->segments[i].offset &&
		    offset - s->segments[i].offset < s->segments[i].size) {
			*address = s->segments[i].address + (offset - s->segments[i].offset);
			return true;
		}
	return false;
}

static const struct symbol *at_offset(const struct elf_symbols *s, u64 offset, u64 *address)
{
	u32 low = 0, high = s->n;

	if (!address_of(s, offset, address))
		return NULL;
	while (low < high) {
		u32 middle = (low + high) / 2;

		if (s->v[middle].start <= *address)
			low = middle + 1;
		else
			high = middle;
	}
	return low != 0 && *address < s->v[low - 1].end ? &s->v[low - 1] : NULL;
}

u64 elf_symbols_into(const struct elf_symbols *s, u64 offset)
{
	u64 address;
	const struct symbol *y = at_offset(s, offset, &address);

	return y != NULL ? address - y->start : UINT64_MAX;
}

const char *elf_symbols_find(struct elf_symbols *s, u64 offset)
{
	u64 address;
	const struct symbol *y = at_offset(s, offset, &address);

	if (y == NULL)
		return NULL;
	if (s->shown == NULL) {
		s->shown = allocate(s->names.n * sizeof(*s->shown));
		memset(s->shown, 0, s->names.n * sizeof(*s->shown));
	}
	if (s->shown[y->name] == NULL)
		s->shown[y->name] = demangle(interned(&s->names, y->name, NULL));
	return s->shown[y->name];
}

void elf_symbols_free(struct elf_symbols *s)
{
	for (u32 i = 0; s->shown != NULL && i < s->names.n; i++)
		free(s->shown[i]);
	free(s->shown);
	free(s->v);
	intern_free(&s->names);
	free(s);
}
