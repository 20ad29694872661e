/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/lines.c: cli/prof/lines.h. Which unit an address is of is looked up in a list of our
 * own: not every compiler writes .debug_aranges. Attributes are those of the DWARF standard,
 * version 5, 3.3.8 (inlined calls).
 */
#include "cli/prof/lines.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <gelf.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/prof/demangle.h"
#include "cli/prof/intern.h"

#define UNITS_MOST    (1u << 20)
#define SEGMENTS_MOST 64

struct unit_range {
	u64 start, end;
	Dwarf_Off die;
};

struct lines {
	Dwarf *dwarf;
	struct unit_range *v;
	u32 n, room;
	GElf_Phdr segments[SEGMENTS_MOST];
	u32 nsegments;
};

static int by_start(const void *a, const void *b)
{
	const struct unit_range *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static void add_unit(struct lines *l, Dwarf_Die *die)
{
	Dwarf_Addr base = 0, start, end;
	ptrdiff_t at = 0;

	while (l->n < UNITS_MOST && (at = dwarf_ranges(die, at, &base, &start, &end)) > 0) {
		if (start >= end)
			continue;
		l->v = grow(l->v, &l->room, l->n, sizeof(*l->v));
		l->v[l->n++] = (struct unit_range){start, end, dwarf_dieoffset(die)};
	}
}

struct lines *lines_read(int fd)
{
	struct lines *l = allocate(sizeof(*l));
	Dwarf_Off at = 0, next;
	size_t header, count;
	Elf *elf;

	*l = (struct lines){.dwarf = dwarf_begin(fd, DWARF_C_READ)};
	if (l->dwarf == NULL) {
		free(l);
		return NULL;
	}
	elf = dwarf_getelf(l->dwarf);
	for (int i = 0; elf_getphdrnum(elf, &count) == 0 && (size_t)i < count; i++) {
		GElf_Phdr *p = &l->segments[l->nsegments];

		if (l->nsegments == SEGMENTS_MOST)
			break;
		l->nsegments += gelf_getphdr(elf, i, p) != NULL && p->p_type == PT_LOAD;
	}
	while (dwarf_nextcu(l->dwarf, at, &next, &header, NULL, NULL, NULL) == 0 && next > at) {
		Dwarf_Die die;

		if (dwarf_offdie(l->dwarf, at + header, &die) != NULL)
			add_unit(l, &die);
		at = next;
	}
	if (l->n == 0) {
		lines_free(l);
		return NULL;
	}
	qsort(l->v, l->n, sizeof(*l->v), by_start);
	return l;
}

void lines_free(struct lines *l)
{
	dwarf_end(l->dwarf);
	free(l->v);
	free(l);
}

static bool address_of(const struct lines *l, u64 offset, u64 *address)
{
	for (u32 i = 0; i < l->nsegments; i++) {
		const GElf_Phdr *p = &l->segments[i];

		if (offset >= p->p_offset && offset - p->p_offset < p->p_filesz) {
			*address = p->p_vaddr + (offset - p->p_offset);
			return true;
		}
	}
	return false;
}

static Dwarf_Die *unit_at(struct lines *l, u64 address, Dwarf_Die *die)
{
	u32 low = 0, high = l->n;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (l->v[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || address >= l->v[low - 1].end)
		return NULL;
	return dwarf_offdie(l->dwarf, l->v[low - 1].die, die);
}

static char *name_of(Dwarf_Die *die)
{
	Dwarf_Attribute a;
	const char *name = NULL;

	if (dwarf_attr_integrate(die, DW_AT_linkage_name, &a) != NULL)
		name = dwarf_formstring(&a);
	if (name == NULL)
		name = dwarf_diename(die);
	return name != NULL ? demangle(name) : NULL;
}

/* Where the function that was put in is called. */
static void call_site(Dwarf_Die *unit, Dwarf_Die *die, struct line_at *to)
{
	Dwarf_Word line = 0, file = 0;
	Dwarf_Attribute a;
	Dwarf_Files *files;
	size_t n;

	if (dwarf_attr(die, DW_AT_call_line, &a) != NULL && dwarf_formudata(&a, &line) != 0)
		line = 0;
	if (dwarf_attr(die, DW_AT_call_file, &a) != NULL && dwarf_formudata(&a, &file) != 0)
		file = 0;
	if (dwarf_getsrcfiles(unit, &files, &n) == 0 && file < n)
		to->file = dwarf_filesrc(files, file, NULL, NULL);
	to->line = to->file != NULL && line < UINT32_MAX ? (u32)line : 0;
}

u32 lines_find(struct lines *l, u64 offset, struct line_at *v, u32 room)
{
	Dwarf_Die memory, *unit, *inner = NULL, *scopes = NULL;
	Dwarf_Line *line;
	u64 address;
	u32 n = 0;
	int number, count;

	if (room == 0 || !address_of(l, offset, &address))
		return 0;
	unit = unit_at(l, address, &memory);
	line = unit != NULL ? dwarf_getsrc_die(unit, address) : NULL;
	v[0] = (struct line_at){0};
	if (line == NULL || dwarf_lineno(line, &number) != 0 || number <= 0)
		return 0;
	v[0].file = dwarf_linesrc(line, NULL, NULL);
	if (v[0].file == NULL)
		return 0;
	v[n++].line = (u32)number;
	/* Of the innermost those around it as they were put in, not as they were written. */
	count = dwarf_getscopes(unit, address, &inner);
	if (count > 0)
		count = dwarf_getscopes_die(&inner[0], &scopes);
	for (int i = 0; i < count && n < room; i++) {
		int tag = dwarf_tag(&scopes[i]);

		if (tag == DW_TAG_subprogram)
			break;
		if (tag != DW_TAG_inlined_subroutine)
			continue;
		v[n - 1].name = name_of(&scopes[i]);
		v[n] = (struct line_at){0};
		call_site(unit, &scopes[i], &v[n]);
		n++;
	}
	free(inner);
	free(scopes);
	return n;
}
