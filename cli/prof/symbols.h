/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/symbols.h: the functions of an ELF file, by their offset in it.
 *
 * From .symtab, .dynsym, and where there is no .symtab, Go's own table (gopclntab.h). What a file
 * says is believed only as far as it is within the file.
 */
#ifndef FB_CLI_PROF_SYMBOLS_H
#define FB_CLI_PROF_SYMBOLS_H

#include "lib/base.h"

struct elf_symbols;

/* NULL: no ELF file, or one without a name. */
struct elf_symbols *elf_symbols_read(int fd);
/* The name, as its language writes it; NULL: none there. */
const char *elf_symbols_find(struct elf_symbols *s, u64 offset);
/* How far into its function; UINT64_MAX: in none that is known. */
u64 elf_symbols_into(const struct elf_symbols *s, u64 offset);
void elf_symbols_free(struct elf_symbols *s);

/* An empty one, to be put into. */
struct elf_symbols *elf_symbols_new(void);
/* Of a reader of tables: one function more. The name is copied. */
void elf_symbols_put(struct elf_symbols *s, u64 address, u64 size, const char *name, size_t length);

#endif
