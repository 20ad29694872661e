/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/mounts.h: file systems and pieces of the tree as descriptors, the way the host's newer
 * mount calls have them: open_tree(2), move_mount(2), fsopen(2), mount_setattr(2). All return
 * -1 and errno when they fail.
 */
#ifndef FB_CLI_MOUNTS_H
#define FB_CLI_MOUNTS_H

/* A copy of what path names, with everything mounted below it, not attached anywhere yet. */
int mount_copy(int dir, const char *path);
/* A new file system of that type; options are names and values (NULL: a flag), then NULL. */
int mount_new(const char *type, const char *const *options);
/* Attaches it over what the descriptor at names. */
int mount_attach(int mount, int at);
/* Makes the mount that fd is in read-only; with all below it if so said. */
int mount_read_only(int fd, int recursive);
/* Makes new the root directory of this process and its namespace, and the old one old. */
int mount_pivot(int new_root, int old);

#endif
