/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/go_symbols.h: names and frames for gdb of a Go program whose symbols were taken away.
 */
#ifndef FB_CLI_DEBUG_GO_SYMBOLS_H
#define FB_CLI_DEBUG_GO_SYMBOLS_H

#include <stdbool.h>
#include <stdio.h>

#include "lib/base.h"

/* Is that such a file? */
bool go_symbols_wanted(const char *file);
/* Of an ELF file in memory; false: it is none, or Go's table in it makes no sense. */
bool go_symbols_make(const void *elf, u64 size, FILE *out);
/* Writes an ELF file with a symbol table and call frames; a status, after a sentence. */
int go_symbols_write(const char *file, const char *out);

#endif
