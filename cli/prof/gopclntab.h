/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/gopclntab.h: the names of functions in a Go program's table of program counters, which
 * is there, for the runtime's own sake, when the symbol table was taken away.
 *
 * Layouts of Go 1.2, 1.16, 1.18 and 1.20, which differ by their magic number; facts from Go's
 * src/debug/gosym/pclntab.go and src/runtime/symtab.go.
 */
#ifndef FB_CLI_PROF_GOPCLNTAB_H
#define FB_CLI_PROF_GOPCLNTAB_H

#include <stdbool.h>

#include "cli/prof/symbols.h"

/* Puts them into s. text: where .text begins. False: it is no such table, or a broken one. */
bool gopclntab_read(struct elf_symbols *s, const u8 *table, u64 size, u64 text);

#endif
