/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/inside.h: files of a tree, with the tree as their "/": a link in it, absolute or with
 * "..", never leads out. By openat2(2), which this libc does not declare.
 */
#ifndef FB_CLI_INSIDE_H
#define FB_CLI_INSIDE_H

/* As openat(2) with flags and O_CLOEXEC, but inside tree. A descriptor, or -1 and errno. */
int open_inside(int tree, const char *path, int flags);

#endif
