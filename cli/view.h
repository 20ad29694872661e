/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/view.h: what a program that runs with a root sees as its file system.
 */
#ifndef FB_CLI_VIEW_H
#define FB_CLI_VIEW_H

#include <stdbool.h>

enum view_kind {
	VIEW_AUTO,	 /* a namespace, or in the process where the host refuses those */
	VIEW_NAMESPACE,	 /* mount namespace: the root is "/" */
	VIEW_IN_PROCESS, /* the runtime looks names up, in the root first */
};

#define VIEW_BINDS_MAX 64

struct view_options {
	enum view_kind kind;
	const char *tree;    /* the root's directory, absolute */
	bool named;	     /* it is one of the store: places for mounts may be made in it */
	bool pdp11;	     /* it is a tree of a UNIX of the PDP-11 */
	const char *edition; /* the PDP-11 system its description names; NULL: none */
	bool read_only;	     /* nothing of the root can be changed */
	bool overlay;	     /* changes go to a layer of their own */
	char program[4096]; /* the host's directory of the program, absolute; "" if none is named */
	const char *layer;  /* where that is kept; NULL: in memory, gone with the last program */
	const char *binds[VIEW_BINDS_MAX]; /* SRC:DST or SRC:DST:ro */
	int nbinds;
};

struct view {
	bool entered;	      /* this process is in the namespace now */
	bool user;	      /* and in a user namespace */
	int host;	      /* the host's own root directory; -1 when not entered */
	char directory[4096]; /* the working directory there was */
};

/* Where the host's root is inside a view; FreeBSD keeps the files of Linux programs there. */
#define VIEW_HOST "/compat/linux"

/*
 * Moves this process into the view, working directory and all. Leaves it where it is, with
 * v->entered false, when namespaces are not wanted or (VIEW_AUTO) not to be had. A status,
 * after a sentence if not CLI_OK.
 */
int view_enter(const struct view_options *o, struct view *v);
#endif
