/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/ps_columns.h: the columns `fbird ps` can show, and which are to be shown. */
#ifndef FB_CLI_PS_COLUMNS_H
#define FB_CLI_PS_COLUMNS_H

#include "cli/guests.h"

#define COLUMNS_MAX 32

struct column {
	const char *key;
	const char *header;
	bool left; /* where it is aligned */
	int width; /* at most; what is longer moves what follows */
	char *(*text)(const struct guest *g);
};

struct columns {
	const struct column *list[COLUMNS_MAX];
	const char *header[COLUMNS_MAX]; /* "": none */
	int count;
};

/* Adds those of "KEY[=HEADER],KEY..."; a header goes on to the end, as in POSIX. A status. */
int columns_add(struct columns *c, const char *text);
/* The keys there are, apart by blanks. */
const char *columns_keys(void);
/* With indent[i] in front of the command of the i-th, or NULL. */
void columns_print(const struct columns *c, const struct guests *all, char *const *indent);

#endif
