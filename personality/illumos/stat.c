/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/stat.c: what a file is. Facts: stat(2), usr/src/uts/common/syscall/stat.c.
 */
#include "core/fd.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/door.h"
#include "personality/illumos/fstype.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/ioctl.h"
#include "personality/illumos/namefs.h"
#include "personality/illumos/procfs.h"
#include "lib/mem.h"

static long give_ctfs(const struct core_stat *core, guest_ptr buf)
{
	struct illumos_stat st;

	core_to_illumos_stat(core, &st);
	fb_strlcpy(st.st_fstype, "ctfs", sizeof(st.st_fstype));
	return copy_to_guest(buf, &st, sizeof(st));
}

static long stat_at(int fd, u64 path, int core_flags, guest_ptr buf)
{
	struct illumos_stat st;
	struct core_stat core;
	long r = EXO(newfstatat, fd, path, &core, core_flags);

	if (r < 0)
		return r;
	if (UNLIKELY(core_flags & CORE_AT_EMPTY_PATH) &&
	    (core.st_mode & CORE_S_IFMT) == CORE_S_IFCHR)
		core.st_rdev = illumos_tty_rdev(fd, core.st_rdev);
	if (UNLIKELY(core_flags & CORE_AT_EMPTY_PATH) &&
	    ((core.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK || core.st_nlink == 0) &&
	    illumos_ctfs_fstat(core_self(), fd, &core))
		return give_ctfs(&core, buf);
	if (UNLIKELY((core.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK) &&
	    !(core_flags & CORE_AT_EMPTY_PATH))
		illumos_namefs_stat(fd, path, &core);
	core_to_illumos_stat(&core, &st);
	if (UNLIKELY((core.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK) &&
	    (core_flags & CORE_AT_EMPTY_PATH) && illumos_door_is(fd))
		st.st_mode = ILLUMOS_S_IFDOOR | 0777;
	if (UNLIKELY((core.st_mode & CORE_S_IFMT) == 0 && core_fd_kind(fd) == CORE_FD_PORT))
		st.st_mode = ILLUMOS_S_IFPORT;
	illumos_stat_fstype(fd, path, core_flags, core.st_dev, st.st_fstype);
	return copy_to_guest(buf, &st, sizeof(st));
}

static __attribute__((noinline)) long stat_procfs(int fd, guest_ptr path, int flags, guest_ptr buf)
{
	char name[ILLUMOS_PATH_MAX];
	struct core_stat core;
	long r = illumos_ctfs_stat(core_self(), path, !(flags & CORE_AT_SYMLINK_NOFOLLOW), &core);

	if (r != ILLUMOS_PROCFS_OTHER)
		return r < 0 ? r : give_ctfs(&core, buf);
	return stat_at(fd, illumos_procfs_name(core_self(), path, name), flags, buf);
}

static long stat_path(int fd, guest_ptr path, int flags, guest_ptr buf)
{
	if (UNLIKELY(illumos_procfs_maybe(path)))
		return stat_procfs(fd, path, flags, buf);
	return stat_at(fd, path.addr, flags, buf);
}

long illumos_stat(struct core_thread *t, PATH path, OUT buf)
{
	(void)t;
	return stat_path(CORE_AT_FDCWD, path, 0, buf);
}

long illumos_lstat(struct core_thread *t, PATH path, OUT buf)
{
	(void)t;
	return stat_path(CORE_AT_FDCWD, path, CORE_AT_SYMLINK_NOFOLLOW, buf);
}

long illumos_fstat(struct core_thread *t, FD fd, OUT buf)
{
	(void)t;
	return core_fd_hidden(fd) ? -CORE_EBADF : stat_at(fd, (u64) "", CORE_AT_EMPTY_PATH, buf);
}

/* Without a path it is the descriptor itself (usr/src/uts/common/syscall/stat.c, cstatat). */
long illumos_fstatat(struct core_thread *t, FD fd, PATH path, OUT buf, ATFLAGS flag)
{
	if (flag & ~ILLUMOS_AT_SYMLINK_NOFOLLOW)
		return -CORE_EINVAL;
	if (!path.addr && fd != ILLUMOS_AT_FDCWD)
		return illumos_fstat(t, fd, buf);
	return stat_path(illumos_to_core_atfd(fd), path,
			 flag & ILLUMOS_AT_SYMLINK_NOFOLLOW ? CORE_AT_SYMLINK_NOFOLLOW : 0, buf);
}
