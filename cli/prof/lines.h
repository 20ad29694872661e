/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/lines.h: the source of a place, by the debugging information of its file (DWARF, by
 * libdw): its line, and the functions that the compiler has put into others there.
 */
#ifndef FB_CLI_PROF_LINES_H
#define FB_CLI_PROF_LINES_H

#include "lib/base.h"

struct lines;

struct line_at {
	char *name;	  /* of a function inside another, a copy; NULL: the one the symbol names */
	const char *file; /* valid as long as the lines */
	u32 line;
};

/* NULL: no debugging information. The descriptor must stay open. */
struct lines *lines_read(int fd);
/* The innermost first, at most room; 0: not known. offset: in the file. */
u32 lines_find(struct lines *l, u64 offset, struct line_at *v, u32 room);
void lines_free(struct lines *l);

#endif
