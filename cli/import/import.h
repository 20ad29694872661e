/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/import.h: what the parts of fbird-root share.
 *
 * fbird-root is the half of `fbird root` that unpacks and downloads. It is a program of its
 * own because libarchive and libcurl bring two dozen libraries along, and `fbird run` must
 * not load those before every program it starts.
 */
#ifndef FB_CLI_IMPORT_IMPORT_H
#define FB_CLI_IMPORT_IMPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "cli/cli.h"

/* ---- progress.c: a bar on a terminal, nothing elsewhere ----------------------------- */

struct progress {
	const char *what;
	int64_t total; /* 0: not known */
	int64_t shown_at;
	bool drawn;
};
void progress_start(struct progress *p, const char *what, int64_t total);
void progress_show(struct progress *p, int64_t done);
void progress_end(struct progress *p);

struct unpack;

/* ---- oci.c ------------------------------------------------------------------------------ */

/* Is the directory an OCI image layout? */
bool oci_is_layout(int dir);
int oci_import(int layout, struct unpack *u, const char *name);

/* ---- digest.c --------------------------------------------------------------------------- */

#define DIGEST_HEX 65 /* of SHA-256, with its NUL */

/* SHA-256 of what fd holds from its start, as hexadecimal digits. 0 or errno. */
int digest_file(int fd, char hex[DIGEST_HEX]);

/* ---- detect.c --------------------------------------------------------------------------- */

/* What system a tree holds; NULL in *personality when nothing in it tells. */
void detect_root(int tree, char **personality, char **version);

/* ---- image.c: image.h ------------------------------------------------------------------- */

#define IMPORT_MOUNTS 8

/* An image that becomes a directory of a root made from another. */
struct import_mount {
	const char *path;
	int fd;		  /* open before the working directory changes */
	const char *into; /* relative */
	int64_t start;	  /* in blocks; -1: look for it */
};

/* ---- main.c ----------------------------------------------------------------------------- */

struct import_options {
	const char *name;
	const char *personality; /* NULL: detect */
	bool devices;
	bool make_default;
	int64_t limit;
	/* Of images only. */
	bool salvage;
	int64_t start; /* -1: look for it */
	struct import_mount mounts[IMPORT_MOUNTS];
	int mount_count;
};
/* mkdir -p; a status after a sentence. */
int make_folders(const char *path);
/* Imports a file or directory; source is what the description shall call it. */
int import_root(const struct import_options *o, const char *path, const char *source);

/* ---- fetch.c ---------------------------------------------------------------------------- */

int fetch_root(const struct import_options *o, const char *what, const char *base);

#endif
