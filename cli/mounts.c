/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/mounts.c: by system call, because not every libc that can build this has the calls'
 * wrappers. Facts: linux/mount.h, pivot_root(2).
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/mounts.h"

#define TREE_CLONE	 1
#define TREE_RECURSIVE	 0x8000 /* AT_RECURSIVE */
#define FROM_EMPTY_PATH	 0x04	/* MOVE_MOUNT_F_EMPTY_PATH */
#define TO_EMPTY_PATH	 0x40	/* MOVE_MOUNT_T_EMPTY_PATH */
#define FS_CLOEXEC	 1
#define FS_SET_FLAG	 0 /* FSCONFIG_SET_FLAG */
#define FS_SET_STRING	 1 /* FSCONFIG_SET_STRING */
#define FS_CREATE	 6 /* FSCONFIG_CMD_CREATE */
#define ATTRIBUTE_RDONLY 1

int mount_copy(int dir, const char *path)
{
	return (int)syscall(SYS_open_tree, dir, path,
			    TREE_CLONE | TREE_RECURSIVE | O_CLOEXEC |
				(*path == '\0' ? AT_EMPTY_PATH : 0));
}

int mount_new(const char *type, const char *const *options)
{
	int fs = (int)syscall(SYS_fsopen, type, FS_CLOEXEC);
	long r = fs < 0 ? -1 : 0;

	for (; r == 0 && *options != NULL; options += 2)
		r = syscall(SYS_fsconfig, fs, options[1] != NULL ? FS_SET_STRING : FS_SET_FLAG,
			    options[0], options[1], 0);
	if (r == 0)
		r = syscall(SYS_fsconfig, fs, FS_CREATE, NULL, NULL, 0);
	if (r == 0)
		r = syscall(SYS_fsmount, fs, FS_CLOEXEC, 0);
	if (fs >= 0)
		close(fs);
	return (int)r;
}

int mount_attach(int mount, int at)
{
	return (int)syscall(SYS_move_mount, mount, "", at, "", FROM_EMPTY_PATH | TO_EMPTY_PATH);
}

int mount_read_only(int fd, int recursive)
{
	struct {
		uint64_t set, clear, propagation, userns;
	} attributes = {.set = ATTRIBUTE_RDONLY};

	return (int)syscall(SYS_mount_setattr, fd, "",
			    AT_EMPTY_PATH | (recursive ? TREE_RECURSIVE : 0), &attributes,
			    sizeof(attributes));
}

int mount_pivot(int new_root, int old)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", old);
	if (fchdir(new_root) != 0 || syscall(SYS_pivot_root, ".", path) != 0)
		return -1;
	return chdir("/");
}
