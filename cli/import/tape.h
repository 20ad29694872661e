/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/tape.h: tapes as simulators keep them, and what old systems wrote on tapes.
 *
 * A tape is files one after the other, each of records; what is on one is known by its content: a
 * file system or a dump of one (image.h), a directory of tp(1), an archive of tar(1) or cpio(1).
 */
#ifndef FB_CLI_IMPORT_TAPE_H
#define FB_CLI_IMPORT_TAPE_H

#include <stdbool.h>
#include <stdint.h>

struct unpack;

#define TAPE_FILES 100 /* as many are looked at */

/* Is the file a whole tape in SIMH's format? Then how many files it holds, else 0. */
int tape_files(int fd);
/* The content of one, in a file that has no name: its descriptor, or -1 after a sentence. */
int tape_file(int fd, int index, const char *name);

/* Is it, beyond all doubt, of tar or cpio? */
bool tape_is_archive(int fd);

struct image_options;

/* What one file of a tape holds, o->start or the first that holds anything known, becomes the
 * directory o->into; o->start is its number then, *personality its system or NULL. */
int tape_import(struct image_options *o, struct unpack *u, int fd, const char *name,
		const char **personality);
/* Says on standard error what else the tape holds, for who did not know. */
void tape_tell_others(int fd, int known, const char *name);

/* Is it a tape that tp wrote? */
bool tp_is(int fd);
/* Fills the tree, below the directory into ("": the root itself); a status after a sentence. */
int tp_unpack(struct unpack *u, int fd, const char *into, bool salvage, const char *name);

#endif
