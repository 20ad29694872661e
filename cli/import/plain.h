/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/plain.h: an archive's bytes without its compression, by a thread of their own, so
 * that one processor decompresses while another writes files.
 */
#ifndef FB_CLI_IMPORT_PLAIN_H
#define FB_CLI_IMPORT_PLAIN_H

#include <pthread.h>
#include <stdbool.h>

struct archive;

struct plain {
	struct archive *packed; /* the file as libarchive decompresses it */
	struct archive *tar;	/* what comes out of it, to be read by the caller */
	int from, to;		/* the pipe between them */
	pthread_t thread;
	bool running;
	bool failed; /* packed has an error; valid when the thread has ended */
};

/*
 * Reads the archive open as fd from its start; the file's position says how far it is. 0, or the
 * sentence's reason is plain_error. plain_end frees everything in either case.
 */
int plain_start(struct plain *p, int fd);
/* Why reading p->tar failed: what is wrong below it, or with it. Ends the thread. */
const char *plain_error(struct plain *p);
void plain_end(struct plain *p);

#endif
