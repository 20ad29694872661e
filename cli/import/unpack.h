/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/unpack.h: a tree filled from archives or directories, and nothing but that tree.
 * All of these return a status after a sentence; name is what the sentence calls the source.
 */
#ifndef FB_CLI_IMPORT_UNPACK_H
#define FB_CLI_IMPORT_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/import/plain.h"

struct archive;
struct archive_entry;

struct unpack {
	int tree;	  /* the directory that everything stays in; also the working directory */
	bool devices;	  /* device nodes are made, not skipped */
	bool layers;	  /* archives are layers of an OCI image: their whiteouts are no files */
	const char *into; /* archives become this directory of the tree, relative; NULL: the tree */
	int64_t limit;	  /* bytes of content that may be written */
	int64_t written;
	uint64_t skipped_devices, skipped_unreadable;
	struct archive *disk;
	struct plain plain; /* the archive that is being read; plain.tar NULL: none */
	char *real;	    /* the tree's own path */
	char *parent;	    /* the last parent directory looked up, as its entries name it */
	char *parent_real;  /* and where it is in the tree, free of links; NULL: not known */
};

/* Begins in the directory dir; devices and limit are the caller's to set, the rest zero. */
int unpack_start(struct unpack *u, const char *dir);
/* Gives directories their modes and times, and frees everything. */
int unpack_end(struct unpack *u);

int unpack_archive(struct unpack *u, int fd, const char *name);
/* Removes what a layer's whiteouts say. They mean lower layers only, so this comes first. */
int unpack_whiteouts(struct unpack *u, int fd, const char *name);
/* path: absolute, without links. */
int unpack_directory(struct unpack *u, const char *path);

/* One entry; its content is read from the archive it came from. */
int unpack_entry(struct unpack *u, struct archive *from, struct archive_entry *e, const char *name);

/* Content that comes from elsewhere: next answers as archive_read_data_block does. */
struct unpack_content {
	int (*next)(void *from, const void **block, size_t *size, int64_t *offset);
	const char *(*error)(void *from); /* after next has failed */
	void *from;
};
int unpack_made(struct unpack *u, const struct unpack_content *c, struct archive_entry *e,
		const char *name);

#endif
