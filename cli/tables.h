/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/tables.h: the rows of every personality's table, as text. */
#ifndef FB_CLI_TABLES_H
#define FB_CLI_TABLES_H

#include <stdbool.h>
#include <stddef.h>

struct row {
	int nr;
	const char *name;
	const char *state;
	const char *result; /* how the result reads, "" for a gap */
	const char *args;   /* the bracketed parameter list, "" for a gap */
	const char *note;
	const char *where; /* of a PDP-11's arguments; NULL elsewhere */
	bool passed;	   /* handed straight to the host's call of the same name */
};

/* A personality's. */
struct table {
	const char *name;
	const char *title;
	const char *file; /* below personality/ */
	const struct row *rows;
	size_t count;
};

/* Ended by one without a name. */
extern const struct table tables[];

/* NULL: none is called so. */
const struct table *table_find(const char *name);

#endif
