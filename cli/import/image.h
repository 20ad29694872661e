/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/import/image.h: disk images of old UNIX systems as the source of a root. */
#ifndef FB_CLI_IMPORT_IMAGE_H
#define FB_CLI_IMPORT_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

struct unpack;

struct image_options {
	int64_t start;	  /* where it begins, in blocks of 512 bytes; -1: look for it */
	bool salvage;	  /* what is damaged is left out, not refused */
	bool no_double;	  /* oldfs.h */
	const char *into; /* the directory of the root it becomes; "": the root */
};

/*
 * Is the file open as fd such an image? Then personality is the system of its file system, by the
 * names of loader/aout_detect.c, and start is where it begins.
 */
bool image_is(int fd, struct image_options *o, const char **personality);
/* Says on standard error what else the image holds, for who did not know. */
void image_tell_others(int fd, int64_t known, const char *name);
/* Fills the tree; a status after a sentence. */
int unpack_image(struct unpack *u, int fd, const struct image_options *o, const char *name);

#endif
