/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/confine.h: what the host's kernel is to refuse a program, taken upon this process before it
 * becomes the runtime: for `fbird audit run`, and by descriptors that it leaves.
 */
#ifndef FB_CLI_CONFINE_H
#define FB_CLI_CONFINE_H

#include "lib/base.h"

struct confine {
	int filter; /* -1, or a file that holds a seccomp program */
	/*
	 * -1, or one that holds lines "path RIGHTS WHERE<tab>PATH", where a right is 1 to read, 2
	 * to write, 4 to execute what is at PATH or below it, and "port RIGHTS WHERE<tab>FROM TO",
	 * where it is 1 to connect to these TCP ports, 2 to bind to them. WHERE is the place of the
	 * policy that says so.
	 */
	int rules;
	bool limits_capabilities;
	u64 capabilities; /* a bit for each that it may have, when so */
};

/* In the file system the program will see, whose root is at tree ("" or a directory). own: what the
 * runtime needs of its own, a file or a directory. CLI_OK, or CLI_RUN_FAILED after a sentence. */
int confine(const struct confine *c, const char *tree, int own);

#endif
