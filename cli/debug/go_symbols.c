/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/go_symbols.c: Go's runtime keeps a table of its functions in every program, also where
 * the linker was told to leave symbols away (-ldflags -s): names, and how far the stack pointer is
 * from where it was at a function's entry, file and line, for each instruction. Made into .symtab,
 * .debug_frame and .debug_line gdb can name functions, walk stacks and tell lines.
 *
 * Facts: Go's src/debug/gosym/pclntab.go, src/runtime/symtab.go (struct _func, step, funcspdelta);
 * frames, lines: DWARF 4, sections 6.4, 6.2, 7. Little-endian, pointers of 8 bytes. All of the file
 * is hostile.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/debug/go_symbols.h"

#define FUNCTIONS_MOST (1u << 20)
#define NAME_MOST      4096
#define STEPS_MOST     65536 /* of one function */

enum { GO_1_16 = 0xfffffffa, GO_1_18 = 0xfffffff0, GO_1_20 = 0xfffffff1 };
enum {
	S_NULL,
	S_TEXT,
	S_FRAME,
	S_SYMTAB,
	S_STRTAB,
	S_ABBREV,
	S_INFO,
	S_LINE,
	S_SHSTRTAB,
	SECTIONS
};
#define FILES_MOST 65536

struct source {
	const u8 *p; /* the file */
	u64 size;
	const u8 *table; /* Go's */
	u64 table_size;
	Elf64_Shdr text;
	u16 type;
	bool has_symbols;
};

/* ---- the file ---------------------------------------------------------------------------- */

static bool inside(u64 at, u64 n, u64 size)
{
	return at <= size && n <= size - at;
}

static bool find_sections(struct source *s)
{
	Elf64_Ehdr eh;
	Elf64_Shdr names, h;

	if (s->size < sizeof(eh))
		return false;
	memcpy(&eh, s->p, sizeof(eh));
	if (memcmp(eh.e_ident, ELFMAG, SELFMAG) != 0 || eh.e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh.e_shentsize != sizeof(h) || eh.e_shstrndx >= eh.e_shnum ||
	    !inside(eh.e_shoff, (u64)eh.e_shnum * sizeof(h), s->size))
		return false;
	s->type = eh.e_type;
	memcpy(&names, s->p + eh.e_shoff + eh.e_shstrndx * sizeof(h), sizeof(names));
	if (!inside(names.sh_offset, names.sh_size, s->size))
		return false;
	for (u32 i = 1; i < eh.e_shnum; i++) {
		const char *name;
		u64 left;

		memcpy(&h, s->p + eh.e_shoff + i * sizeof(h), sizeof(h));
		if (h.sh_name >= names.sh_size)
			continue;
		name = (const char *)s->p + names.sh_offset + h.sh_name;
		left = names.sh_size - h.sh_name;
		if (strnlen(name, left) == left)
			continue;
		if (h.sh_type == SHT_SYMTAB)
			s->has_symbols = true;
		else if (strcmp(name, ".text") == 0)
			s->text = h;
		else if (h.sh_type == SHT_PROGBITS && inside(h.sh_offset, h.sh_size, s->size) &&
			 (strcmp(name, ".gopclntab") == 0 ||
			  strcmp(name, ".data.rel.ro.gopclntab") == 0)) {
			s->table = s->p + h.sh_offset;
			s->table_size = h.sh_size;
		}
	}
	return s->table != NULL && s->text.sh_size != 0;
}

/* What of a file is to be read; false: it is none, or nothing of Go's. */
static bool open_source(struct source *s, const char *file)
{
	CLEAN_FD int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	void *p;

	memset(s, 0, sizeof(*s));
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
		return false;
	p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (p == MAP_FAILED)
		return false;
	s->p = p;
	s->size = (u64)st.st_size;
	return find_sections(s);
}

bool go_symbols_wanted(const char *file)
{
	struct source s;
	bool yes = open_source(&s, file) && !s.has_symbols;

	if (s.p != NULL)
		munmap((void *)s.p, s.size);
	return yes;
}

/* ---- Go's table -------------------------------------------------------------------------- */

struct table {
	const u8 *p;
	u64 size, count, entries, field, base, bodies, names, steps, units, files;
};

static bool get(const struct table *t, u64 at, u64 n, u64 *v)
{
	*v = 0;
	if (!inside(at, n, t->size))
		return false;
	memcpy(v, t->p + at, n);
	return true;
}

static bool word(const struct table *t, u32 n, u64 *v)
{
	return get(t, 8 + n * 8u, 8, v);
}

/* Two zeros, the quantum of addresses, the size of a pointer; then words. */
static bool read_header(struct table *t, u64 text)
{
	u64 magic, rest;

	if (!get(t, 0, 4, &magic) || !get(t, 4, 4, &rest) || rest != (1u << 16 | 8u << 24) ||
	    !word(t, 0, &t->count) || t->count > FUNCTIONS_MOST)
		return false;
	switch (magic) {
	case GO_1_16:
		t->field = 8;
		return word(t, 2, &t->names) && word(t, 3, &t->units) && word(t, 4, &t->files) &&
		       word(t, 5, &t->steps) && word(t, 6, &t->entries) && word(t, 6, &t->bodies);
	case GO_1_18:
	case GO_1_20:
		t->field = 4;
		if (!word(t, 2, &t->base) || !word(t, 3, &t->names) || !word(t, 4, &t->units) ||
		    !word(t, 5, &t->files) || !word(t, 6, &t->steps) || !word(t, 7, &t->entries))
			return false;
		t->base = t->base != 0 ? t->base : text; /* since 1.26 */
		t->bodies = t->entries;
		return true;
	default:
		return false;
	}
}

struct function {
	u64 start, end;
	u64 steps, file, line; /* of the stack, files and lines: offsets in the table, 0: none */
	u64 unit;	       /* where its files begin among those of all */
	const char *name;
	size_t length;
};

/* Of a function's field the place of its steps. */
static u64 steps_of(const struct table *t, u64 body, u32 field)
{
	u64 v;

	if (!get(t, t->bodies + body + t->field + field, 4, &v) || v == 0 || t->steps > t->size ||
	    v >= t->size - t->steps)
		return 0;
	return t->steps + v;
}

static bool read_function(const struct table *t, u64 i, struct function *f)
{
	u64 at = t->entries + i * 2 * t->field, body, name;
	const u8 *zero;

	if (!get(t, at, t->field, &f->start) || !get(t, at + t->field, t->field, &body) ||
	    !get(t, at + 2 * t->field, t->field, &f->end) || f->end <= f->start || body > t->size ||
	    t->bodies > t->size || !get(t, t->bodies + body + t->field, 4, &name) ||
	    !get(t, t->bodies + body + t->field + 28, 4, &f->unit) || t->names > t->size ||
	    name >= t->size - t->names)
		return false;
	f->name = (const char *)t->p + t->names + name;
	zero = memchr(f->name, 0, MIN(t->size - t->names - name, (u64)NAME_MOST));
	if (zero == NULL)
		return false;
	f->length = (size_t)(zero - (const u8 *)f->name);
	f->start += t->base;
	f->end += t->base;
	f->steps = steps_of(t, body, 12);
	f->file = steps_of(t, body, 16);
	f->line = steps_of(t, body, 20);
	return f->length > 0;
}

/* Seven bits a byte, the lowest first. */
static bool varint(const struct table *t, u64 *at, u64 *v)
{
	*v = 0;
	for (u32 shift = 0; shift < 35; shift += 7) {
		u64 byte;

		if (!get(t, (*at)++, 1, &byte))
			return false;
		*v |= (byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return true;
	}
	return false;
}

/* One of a function's tables of values, from a first of -1: differences, and for how many bytes. */
struct walk {
	u64 at, from, to; /* of code: where the value holds */
	i64 value;
	u32 count;
};

static struct walk walk_begin(const struct function *f, u64 steps)
{
	return (struct walk){.at = steps, .from = f->start, .to = f->start, .value = -1};
}

/* The next value; false: there is none. */
static bool walk(const struct table *t, const struct function *f, struct walk *w)
{
	u64 delta, bytes;

	if (w->at == 0 || w->to >= f->end || w->count == STEPS_MOST || !varint(t, &w->at, &delta) ||
	    (delta == 0 && w->count > 0) || !varint(t, &w->at, &bytes) || bytes > f->end - w->to)
		return false;
	w->count++;
	w->value += delta & 1 ? ~(i64)(delta >> 1) : (i64)(delta >> 1);
	w->from = w->to;
	w->to += bytes;
	return true;
}

/* ---- frames ------------------------------------------------------------------------------ */

static void put(FILE *f, u64 v, u32 n)
{
	fwrite(&v, n, 1, f);
}

static void put_uleb(FILE *f, u64 v)
{
	do {
		fputc((int)((v & 0x7f) | (v > 0x7f ? 0x80 : 0)), f);
		v >>= 7;
	} while (v != 0);
}

static void put_padding(FILE *f, u64 n)
{
	while (n-- > 0)
		fputc(0, f); /* DW_CFA_nop */
}

/* Addresses of a return are at the CFA less 8, the CFA at rsp and 8 when a function begins. */
static void put_cie(FILE *f)
{
	static const u8 body[] = {0xff, 0xff, 0xff, 0xff, 1, 0,
				  1,	0x78, 16,   0x0c, 7, 8, /* def_cfa rsp, 8 */
				  0x90, 1,    0,    0};		/* offset ra, 1 */

	put(f, sizeof(body), 4);
	fwrite(body, sizeof(body), 1, f);
}

/* What the stack pointer is below its first value, step by step. */
static void put_steps(FILE *f, const struct table *t, const struct function *fn)
{
	struct walk w = walk_begin(fn, fn->steps);
	u64 place = fn->start;

	while (walk(t, fn, &w) && w.value >= 0) {
		if (w.from > place) {
			fputc(0x04, f); /* advance_loc4 */
			put(f, w.from - place, 4);
			place = w.from;
		}
		fputc(0x0e, f); /* def_cfa_offset */
		put_uleb(f, (u64)w.value + 8);
	}
}

static void put_frame(FILE *f, const struct table *t, const struct function *fn)
{
	CLEAN_FREE char *text = NULL;
	size_t n = 0;
	FILE *steps = open_memstream(&text, &n);
	u64 length;

	if (steps == NULL)
		return;
	put_steps(steps, t, fn);
	if (fclose(steps) != 0)
		return;
	length = ALIGN_UP(4 + 16 + n, 8u) + 4; /* with its own length a multiple of 8 */
	put(f, length, 4);
	put(f, 0, 4); /* the CIE */
	put(f, fn->start, 8);
	put(f, fn->end - fn->start, 8);
	fwrite(text, n, 1, f);
	put_padding(f, length - 20 - n);
}

/* ---- lines ------------------------------------------------------------------------------- */

/* The files there are, by where their names lie in the table; numbers from 1 on. */
struct files {
	u64 *at;
	u32 count, room;
	u32 *hash; /* numbers; 0: free */
};

static u32 file_number(struct files *f, u64 at)
{
	u32 i = (u32)(at * 0x9e3779b97f4a7c15 >> 40) % (2 * FILES_MOST);

	for (; f->hash[i] != 0; i = (i + 1) % (2 * FILES_MOST))
		if (f->at[f->hash[i] - 1] == at)
			return f->hash[i];
	if (f->count == FILES_MOST)
		return 0;
	f->at[f->count++] = at;
	return f->hash[i] = f->count;
}

/* Of a function's file number the place of its name; 0: none. */
static u64 file_at(const struct table *t, const struct function *f, i64 number)
{
	u64 v;

	if (number < 0 || number > UINT32_MAX ||
	    !get(t, t->units + (f->unit + (u64)number) * 4, 4, &v) || v == UINT32_MAX ||
	    t->files > t->size || v >= t->size - t->files ||
	    memchr(t->p + t->files + v, 0, MIN(t->size - t->files - v, (u64)NAME_MOST)) == NULL)
		return 0;
	return t->files + v;
}

static void put_sleb(FILE *f, i64 v)
{
	while (v < -64 || v > 63) {
		fputc((int)((v & 0x7f) | 0x80), f);
		v = v < 0 ? ~(~v >> 7) : v >> 7;
	}
	fputc((int)(v & 0x7f), f);
}

/* A sequence of the line-number program: where file or line change. */
static void put_lines(FILE *f, const struct table *t, const struct function *fn,
		      struct files *files)
{
	struct walk file = walk_begin(fn, fn->file), line = walk_begin(fn, fn->line);
	u64 place = fn->start;
	i64 at_line = 1;
	u32 at_file = 1;
	bool more = walk(t, fn, &file) && walk(t, fn, &line);

	if (!more)
		return;
	fwrite("\0\011\002", 3, 1, f); /* set_address */
	put(f, fn->start, 8);
	while (more) {
		u64 from = MAX(file.from, line.from), name = file_at(t, fn, file.value);
		u32 number = name != 0 ? file_number(files, name) : 0;

		if (number != 0 && line.value > 0 && line.value < INT32_MAX) {
			if (number != at_file) {
				fputc(4, f); /* set_file */
				put_uleb(f, number);
				at_file = number;
			}
			fputc(3, f); /* advance_line */
			put_sleb(f, line.value - at_line);
			at_line = line.value;
			fputc(2, f); /* advance_pc */
			put_uleb(f, from - place);
			place = from;
			fputc(1, f); /* copy */
		}
		if (line.to < file.to)
			more = walk(t, fn, &line);
		else if (file.to < line.to)
			more = walk(t, fn, &file);
		else
			more = walk(t, fn, &line) && walk(t, fn, &file);
	}
	fputc(2, f);
	put_uleb(f, fn->end - place);
	fwrite("\0\001\001", 3, 1, f); /* end_sequence */
}

/* The head of .debug_line, and then the program. */
static void put_line_table(FILE *out, const struct table *t, const struct files *files,
			   const char *program, size_t n)
{
	static const u8 fixed[] = {1, 1, 1, 0xff, 4, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0};
	CLEAN_FREE char *names = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&names, &size);

	if (f == NULL)
		return;
	for (u32 i = 0; i < files->count; i++) {
		const char *name = (const char *)t->p + files->at[i];

		fwrite(name, strlen(name) + 1, 1, f);
		fwrite("\0\0\0", 3, 1, f);
	}
	fputc(0, f);
	if (fclose(f) != 0)
		return;
	put(out, 2 + 4 + sizeof(fixed) + size + n, 4);
	put(out, 4, 2);
	put(out, sizeof(fixed) + size, 4);
	fwrite(fixed, sizeof(fixed), 1, out);
	fwrite(names, size, 1, out);
	fwrite(program, n, 1, out);
}

/* One unit, of Go, over all of the text. */
static void put_unit(FILE *abbrev, FILE *info, const Elf64_Shdr *text)
{
	/* compile_unit without children: language, name, stmt_list, low_pc, high_pc. */
	static const u8 form[] = {1,	0x11, 0,    0x13, 0x0b, 0x03, 0x08, 0x10,
				  0x17, 0x11, 0x01, 0x12, 0x07, 0,    0,    0};
	static const char name[] = "Go";

	fwrite(form, sizeof(form), 1, abbrev);
	put(info, 2 + 4 + 1 + 1 + 1 + sizeof(name) + 4 + 8 + 8, 4);
	put(info, 4, 2); /* of DWARF */
	put(info, 0, 4);
	put(info, 8, 1);
	put(info, 1, 1);
	put(info, 0x16, 1);
	fwrite(name, sizeof(name), 1, info);
	put(info, 0, 4);
	put(info, text->sh_addr, 8);
	put(info, text->sh_size, 8);
}

/* ---- the file that is made --------------------------------------------------------------- */

struct part {
	char *text;
	size_t n;
	FILE *f;
};

static void make_parts(const struct table *t, const Elf64_Shdr *text, struct part *part)
{
	struct files files = {.at = allocate(FILES_MOST * sizeof(u64)),
			      .hash = calloc(2 * FILES_MOST, sizeof(u32))};
	FILE *frame = part[S_FRAME].f, *symtab = part[S_SYMTAB].f, *strtab = part[S_STRTAB].f;
	CLEAN_FREE char *program = NULL;
	size_t size = 0;
	FILE *lines = open_memstream(&program, &size);
	Elf64_Sym zero = {0};
	u32 name = 1;

	put_cie(frame);
	fwrite(&zero, sizeof(zero), 1, symtab);
	fputc(0, strtab);
	for (u64 i = 0; i < t->count && lines != NULL && files.hash != NULL; i++) {
		struct function fn;
		Elf64_Sym y = {.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), .st_shndx = S_TEXT};

		if (!read_function(t, i, &fn))
			continue;
		y.st_name = name;
		y.st_value = fn.start;
		y.st_size = fn.end - fn.start;
		fwrite(&y, sizeof(y), 1, symtab);
		fwrite(fn.name, fn.length + 1, 1, strtab);
		name += (u32)fn.length + 1;
		if (fn.steps != 0)
			put_frame(frame, t, &fn);
		put_lines(lines, t, &fn, &files);
	}
	if (lines != NULL && fclose(lines) == 0 && files.hash != NULL)
		put_line_table(part[S_LINE].f, t, &files, program, size);
	put_unit(part[S_ABBREV].f, part[S_INFO].f, text);
	free(files.at);
	free(files.hash);
}

static void put_file(FILE *out, const struct source *s, const struct part *part)
{
	static const char names[] = "\0.text\0.debug_frame\0.symtab\0.strtab\0.debug_abbrev\0"
				    ".debug_info\0.debug_line\0.shstrtab";
	Elf64_Ehdr eh = {
	    .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
	    .e_type = s->type,
	    .e_machine = EM_X86_64,
	    .e_version = EV_CURRENT,
	    .e_ehsize = sizeof(eh),
	    .e_shentsize = sizeof(Elf64_Shdr),
	    .e_shnum = SECTIONS,
	    .e_shstrndx = S_SHSTRTAB,
	    .e_shoff = sizeof(eh)};
	Elf64_Shdr h[SECTIONS] = {
	    [S_TEXT] = {.sh_name = 1, .sh_type = SHT_NOBITS, .sh_flags = SHF_ALLOC | SHF_EXECINSTR},
	    [S_FRAME] = {.sh_name = 7, .sh_type = SHT_PROGBITS},
	    [S_SYMTAB] = {.sh_name = 20,
			  .sh_type = SHT_SYMTAB,
			  .sh_link = S_STRTAB,
			  .sh_info = 1,
			  .sh_entsize = sizeof(Elf64_Sym)},
	    [S_STRTAB] = {.sh_name = 28, .sh_type = SHT_STRTAB},
	    [S_ABBREV] = {.sh_name = 36, .sh_type = SHT_PROGBITS},
	    [S_INFO] = {.sh_name = 50, .sh_type = SHT_PROGBITS},
	    [S_LINE] = {.sh_name = 62, .sh_type = SHT_PROGBITS},
	    [S_SHSTRTAB] = {.sh_name = 74, .sh_type = SHT_STRTAB, .sh_size = sizeof(names)},
	};
	u64 at = sizeof(eh) + sizeof(h);

	h[S_TEXT].sh_addr = s->text.sh_addr;
	h[S_TEXT].sh_size = s->text.sh_size;
	for (u32 i = S_TEXT; i < SECTIONS; i++) {
		h[i].sh_addralign = 1;
		if (i >= S_FRAME && i < S_SHSTRTAB)
			h[i].sh_size = part[i].n;
		h[i].sh_offset = at;
		at += h[i].sh_type != SHT_NOBITS ? h[i].sh_size : 0;
	}
	fwrite(&eh, sizeof(eh), 1, out);
	fwrite(h, sizeof(h), 1, out);
	for (u32 i = S_FRAME; i < S_SHSTRTAB; i++)
		fwrite(part[i].text, part[i].n, 1, out);
	fwrite(names, sizeof(names), 1, out);
}

bool go_symbols_make(const void *elf, u64 size, FILE *out)
{
	struct source s = {.p = elf, .size = size};
	struct part part[S_SHSTRTAB] = {{0}};
	struct table t;
	bool good = find_sections(&s);

	t = (struct table){.p = s.table, .size = s.table_size};
	good = good && read_header(&t, s.text.sh_addr) && t.entries <= t.size &&
	       (t.size - t.entries) / (2 * t.field) >= t.count;
	for (u32 i = S_FRAME; i < ARRAY_LEN(part) && good; i++) {
		part[i].f = open_memstream(&part[i].text, &part[i].n);
		good = part[i].f != NULL;
	}
	if (good)
		make_parts(&t, &s.text, part);
	for (u32 i = S_FRAME; i < ARRAY_LEN(part); i++)
		good = part[i].f != NULL && fclose(part[i].f) == 0 && good;
	if (good)
		put_file(out, &s, part);
	for (u32 i = 0; i < ARRAY_LEN(part); i++)
		free(part[i].text);
	return good;
}

int go_symbols_write(const char *file, const char *out)
{
	struct source s;
	bool good = open_source(&s, file);
	FILE *f = good ? fopen(out, "we") : NULL;

	if (f != NULL) {
		good = go_symbols_make(s.p, s.size, f);
		good = fclose(f) == 0 && good;
	}
	if (s.p != NULL)
		munmap((void *)s.p, s.size);
	return good && f != NULL
		   ? CLI_OK
		   : fail(CLI_FAILED, "cannot make symbols of Go's table in %s", file);
}
