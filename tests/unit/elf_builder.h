/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/elf_builder.h: makes small ELF files in memory, right or wrong in one chosen
 * place, for the loader's tests and as seeds for its fuzzer.
 *
 * A file has its program headers at 64, its contents from 0x400 on, and its section
 * headers, when there are any, at the end.
 */
#ifndef FB_TESTS_UNIT_ELF_BUILDER_H
#define FB_TESTS_UNIT_ELF_BUILDER_H

#include <string.h>

#include "loader/elffile.h"

#define ELF_BUILD_MAX	   0x8000
#define ELF_BUILD_CONTENTS 0x400
#define ELF_BUILD_BASE	   0x400000UL
#define ELF_BUILD_ENTRY	   (ELF_BUILD_BASE + ELF_BUILD_CONTENTS)

struct elf_build {
	_Alignas(64) u8 bytes[ELF_BUILD_MAX];
	u64 size;
	u64 names, names_size; /* of sections, while they are being made */
	struct elf64_shdr section[8];
	u32 nsections;
};

static inline struct elf64_header *eb_header(struct elf_build *b)
{
	return (struct elf64_header *)b->bytes;
}

static inline struct elf64_phdr *eb_phdr(struct elf_build *b, u32 i)
{
	return (struct elf64_phdr *)(b->bytes + 64) + i;
}

static inline u64 eb_append(struct elf_build *b, const void *p, size_t n)
{
	u64 at = ALIGN_UP(b->size, 8UL);

	memcpy(b->bytes + at, p, n);
	b->size = at + n;
	return at;
}

static inline struct elf64_phdr *eb_add(struct elf_build *b, u32 type, u32 flags, u64 offset,
					u64 vaddr, u64 filesz, u64 memsz)
{
	struct elf64_phdr *ph = eb_phdr(b, eb_header(b)->phnum++);

	*ph = (struct elf64_phdr){.type = type,
				  .flags = flags,
				  .offset = offset,
				  .vaddr = vaddr,
				  .paddr = vaddr,
				  .filesz = filesz,
				  .memsz = memsz,
				  .align = type == ELF_PT_LOAD ? 4096 : 4};
	return ph;
}

/* A file that is right: one read-execute segment that maps its first 4096 bytes. */
static inline void eb_begin(struct elf_build *b)
{
	struct elf64_header *h = eb_header(b);

	memset(b, 0, sizeof(*b));
	memcpy(h->ident, "\177ELF", 4);
	h->ident[ELF_IDENT_CLASS] = ELF_CLASS_64;
	h->ident[ELF_IDENT_DATA] = ELF_DATA_LSB;
	h->ident[ELF_IDENT_VERSION] = 1;
	h->type = ELF_ET_EXEC;
	h->machine = ELF_EM_X86_64;
	h->version = 1;
	h->entry = ELF_BUILD_ENTRY;
	h->phoff = 64;
	h->ehsize = 64;
	h->phentsize = sizeof(struct elf64_phdr);
	h->shentsize = sizeof(struct elf64_shdr);
	b->size = ELF_BUILD_CONTENTS;
	eb_add(b, ELF_PT_LOAD, ELF_PF_R | ELF_PF_X, 0, ELF_BUILD_BASE, 4096, 4096);
}

/* Pads to at least size; the segment of eb_begin needs 4096. */
static inline void eb_end(struct elf_build *b, u64 size)
{
	b->size = MAX(b->size, size);
}

static inline u64 eb_note_bytes(struct elf_build *b, const char *name, u32 namesz, u32 type,
				const void *desc, u32 descsz)
{
	struct elf_note_header h = {namesz, descsz, type};
	u64 at = eb_append(b, &h, sizeof(h));

	memcpy(b->bytes + b->size, name, namesz);
	b->size = ALIGN_UP(b->size + namesz, 4UL);
	memcpy(b->bytes + b->size, desc, descsz);
	b->size = ALIGN_UP(b->size + descsz, 4UL);
	return at;
}

static inline void eb_note(struct elf_build *b, const char *name, u32 type, const u32 *desc,
			   u32 words)
{
	u64 at = eb_note_bytes(b, name, (u32)strlen(name) + 1, type, desc, words * 4);

	eb_add(b, ELF_PT_NOTE, ELF_PF_R, at, ELF_BUILD_BASE + at, b->size - at, b->size - at);
}

static inline void eb_interp(struct elf_build *b, const char *path)
{
	u64 n = strlen(path) + 1;
	u64 at = eb_append(b, path, n);

	eb_add(b, ELF_PT_INTERP, ELF_PF_R, at, ELF_BUILD_BASE + at, n, n);
}

/* Sections: any number of eb_section, then eb_sections_end. */
static inline void eb_section(struct elf_build *b, const char *name, u32 type, u64 offset, u64 size)
{
	if (!b->nsections) {
		b->names = ALIGN_UP(b->size, 8UL);
		b->names_size = 1; /* the empty name */
		b->nsections = 1;
	}
	b->section[b->nsections++] = (struct elf64_shdr){
	    .name = (u32)b->names_size, .type = type, .offset = offset, .size = size};
	strcpy((char *)b->bytes + b->names + b->names_size, name);
	b->names_size += strlen(name) + 1;
	b->size = b->names + b->names_size;
}

static inline void eb_sections_end(struct elf_build *b)
{
	struct elf64_header *h = eb_header(b);

	b->section[b->nsections] =
	    (struct elf64_shdr){.type = 3, .offset = b->names, .size = b->names_size};
	h->shstrndx = (u16)b->nsections++;
	h->shnum = (u16)b->nsections;
	h->shoff = eb_append(b, b->section, b->nsections * sizeof(b->section[0]));
}

/* ---- reading memory as a file ---------------------------------------------------- */

struct memory_file {
	const u8 *bytes;
	u64 size;
	u64 chunk; /* most that one read returns; 0: no limit */
};

static inline long memory_pread(void *ctx, void *buf, size_t n, u64 off)
{
	const struct memory_file *m = ctx;

	if (off >= m->size)
		return 0;
	n = MIN(n, m->size - off);
	if (m->chunk)
		n = MIN(n, m->chunk);
	memcpy(buf, m->bytes + off, n);
	return (long)n;
}

static inline struct loader_source memory_source(struct memory_file *m)
{
	return (struct loader_source){.pread = memory_pread, .ctx = m, .size = m->size};
}

#endif
