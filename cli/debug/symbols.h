/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/symbols.h: the symbols of a PDP-11 executable.
 *
 * Facts: <a.out.h> and a.out(5) of the First to Seventh Edition (12 bytes each: a name of eight, a
 * type, a value), <nlist.h> of 2.11BSD (eight bytes, the names in a table behind them).
 */
#ifndef FB_CLI_DEBUG_SYMBOLS_H
#define FB_CLI_DEBUG_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/base.h"

struct symbol {
	char *name;
	u16 value;
	bool text; /* of the instructions; else of the data */
	bool global;
};

struct symbols {
	struct symbol *list; /* by value */
	size_t count;
};

/* Of the file at path, an executable of that system's. None where there are none, or no sense. */
void symbols_load(struct symbols *s, const char *path, const char *personality);
void symbols_free(struct symbols *s);

/* By its name, or with the underscore that C puts before it; the old systems keep eight letters. */
const struct symbol *symbol_named(const struct symbols *s, const char *name);
/* The last at or before an address; NULL: there is none. */
const struct symbol *symbol_at(const struct symbols *s, u16 addr, bool text);

#endif
