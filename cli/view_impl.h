/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/view_impl.h: between view.c, which decides what is in a view, and view_place.c, which
 * finds or makes the place for it.
 */
#ifndef FB_CLI_VIEW_IMPL_H
#define FB_CLI_VIEW_IMPL_H

#include <stdbool.h>
#include <sys/types.h>

#define MIRRORS_MAX 64

struct building {
	int root;      /* the view's root directory */
	bool writable; /* places may be made in it */
	bool user;     /* in a user namespace */
	struct {
		int mount;
		dev_t device;
	} mirrors[MIRRORS_MAX];
	int nmirrors;
};

/* What is, or from now on is, at that absolute path of the view; -1 and errno. */
int view_place(struct building *b, const char *path, bool directory);
/* Lets the user have a name; scratch is a directory for files that are shown. */
bool view_users(struct building *b, int scratch);
/* An empty tmpfs, not attached anywhere. */
int view_small_fs(void);
/* To be called when all places are found. */
int view_close_mirrors(struct building *b);

#endif
