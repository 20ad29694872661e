/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/run_root.h: `fbird run` with the tree of another system.
 */
#ifndef FB_CLI_RUN_ROOT_H
#define FB_CLI_RUN_ROOT_H

#include "cli/view.h"

/* Sets o->tree to the root of that name, or the directory. A status, after a sentence. */
int run_root_named(const char *name, struct view_options *o);
/*
 * Sets o->tree to the default root of the program's system if it is a dynamic one of another
 * system's; leaves it NULL for any other. A status, after a sentence when there is none.
 */
int run_root_default(const char *program, struct view_options *o);
/* Is it the tree of this machine's own kind? Its programs then have no other tree. */
bool run_root_is_linux(const char *tree);
/* Before that: in the tree of a PDP-11 its own folders come first in PATH. There every name that
 * the tree lacks may be the host's, and none of its programs is where the host's are. */
void run_root_prefer_path(const struct view_options *o);
/* Lets PATH, once in a view, go on to the host's folders, where the view has them. */
void run_root_extend_path(void);

#endif
