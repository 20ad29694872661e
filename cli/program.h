/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/program.h: a program's file, opened for the parsers of loader/.
 */
#ifndef FB_CLI_PROGRAM_H
#define FB_CLI_PROGRAM_H

#include "loader/image.h"

struct program_file {
	int fd; /* -1 when there is none to close */
	struct loader_source source;
};

/* Opens path for reading. 0, or the negative errno of what failed. */
int program_open(struct program_file *f, const char *path);
/* Sets the source up for a descriptor that is already in f->fd. */
void program_use(struct program_file *f, u64 size);
void program_close(struct program_file *f);

#define CLEAN_PROGRAM __attribute__((cleanup(program_close)))

#endif
