/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/aout.h: the functions of a PDP-11 executable, by the symbols that fbird debug reads. */
#ifndef FB_CLI_PROF_AOUT_H
#define FB_CLI_PROF_AOUT_H

#include <stdbool.h>

#include "lib/base.h"

struct aout_symbols;

/* The file behind a descriptor, an executable of that system's. NULL: it has no symbols. */
struct aout_symbols *aout_symbols_read(int fd, const char *personality);
/* The function at an address of the text; NULL: none. */
const char *aout_symbols_find(const struct aout_symbols *s, u16 address);

/* The name of a system whose programs are a PDP-11's. */
bool aout_is_system(const char *personality);
/* Is the program one, as far as can be told from its file? */
bool aout_is_program(const char *path);

#endif
