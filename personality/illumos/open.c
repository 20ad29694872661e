/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/open.c: opening and closing descriptors.
 *
 * Facts: open(2), pipe(2), usr/src/uts/common/syscall/{open,pipe}.c.
 */
#include "core/fd.h"
#include "personality/illumos/clofork.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/devpoll.h"
#include "personality/illumos/eventfd.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/namefs.h"
#include "personality/illumos/procfs.h"

/* A new file never gets the sticky bit. */
#define NEW_FILE_MODE 06777u
#define X_OK	      1

/* To search a directory or to execute a file with: neither read nor written. */
static long open_place(int fd, u64 path, i32 flags)
{
	i32 core = CORE_O_PATH | (flags & ILLUMOS_O_SEARCH ? CORE_O_DIRECTORY : 0) |
		   (flags & ILLUMOS_O_NOFOLLOW ? CORE_O_NOFOLLOW : 0) |
		   (flags & ILLUMOS_O_CLOEXEC ? CORE_O_CLOEXEC : 0);
	long place, r;

	if ((flags & 3) || (flags & ILLUMOS_O_SEARCH && flags & ILLUMOS_O_EXEC) ||
	    flags & (ILLUMOS_O_APPEND | ILLUMOS_O_CREAT | ILLUMOS_O_TRUNC | ILLUMOS_O_XATTR))
		return -CORE_EINVAL;
	place = EXO(openat, fd, path, core);
	if (place < 0)
		return place;
	r = EXO_NOW(faccessat2, place, (u64) "", X_OK, CORE_AT_EMPTY_PATH | CORE_AT_EACCESS);
	if (r < 0)
		core_close((int)place);
	return r < 0 ? r : place;
}

/* Named once and no more? */
static long check_links(long fd)
{
	struct core_stat st;

	if (EXO_NOW(fstat, fd, &st) == 0 && st.st_nlink > 1) {
		core_close((int)fd);
		return -CORE_EMLINK;
	}
	return fd;
}

/* Bits that nobody knows are disregarded, as the kernel does. */
static long open_at(int fd, guest_ptr path, i32 flags, u32 mode)
{
	i32 core;
	long r;

	fd = illumos_to_core_atfd(fd);
	if (flags & (ILLUMOS_O_SEARCH | ILLUMOS_O_EXEC)) {
		r = open_place(fd, path.addr, flags);
	} else {
		if ((flags & 3) == 3 || flags & ILLUMOS_O_XATTR)
			return -CORE_EINVAL;
		if (UNLIKELY(illumos_procfs_maybe(path))) {
			r = illumos_procfs_open(core_self(), path, flags);
			if (r != ILLUMOS_PROCFS_OTHER)
				return r;
		}
		illumos_to_core_oflags(flags, &core);
		r = EXO(openat, fd, path.addr, core, mode & NEW_FILE_MODE);
		if (UNLIKELY(r == -CORE_ENOENT))
			r = illumos_devpoll_open(path, flags);
		if (UNLIKELY(r == -CORE_ENOENT))
			r = illumos_eventfd_open(path, flags);
		else if (UNLIKELY(r == -CORE_ENXIO))
			r = illumos_namefs_open(fd, path, flags, core, mode & NEW_FILE_MODE);
	}
	if (UNLIKELY(r >= 0 && flags & (ILLUMOS_O_CLOFORK | ILLUMOS_O_NOLINKS))) {
		if (flags & ILLUMOS_O_NOLINKS)
			r = check_links(r);
		if (r >= 0 && flags & ILLUMOS_O_CLOFORK)
			illumos_clofork_set((int)r, true);
	}
	return r;
}

long illumos_open(struct core_thread *t, PATH path, OFLAGS oflag, MODE mode)
{
	(void)t;
	return open_at(ILLUMOS_AT_FDCWD, path, oflag, mode);
}

long illumos_openat(struct core_thread *t, FD fd, PATH path, OFLAGS oflag, MODE mode)
{
	(void)t;
	return open_at(fd, path, oflag, mode);
}

long illumos_close(struct core_thread *t, FD fd)
{
	(void)t;
	return core_close(fd);
}

long illumos_pipe(struct core_thread *t, OUT fildes, HEX flags)
{
	i32 core, fds[2];
	long r;

	(void)t;
	if (flags & ~(u32)(ILLUMOS_O_CLOEXEC | ILLUMOS_O_CLOFORK | ILLUMOS_O_NONBLOCK))
		return -CORE_EINVAL;
	illumos_to_core_oflags((i32)flags, &core);
	r = EXO(pipe2, fds, core);
	if (r < 0)
		return r;
	if (copy_to_guest(fildes, fds, sizeof(fds)) < 0) {
		core_close(fds[0]);
		core_close(fds[1]);
		return -CORE_EFAULT;
	}
	illumos_clofork_set(fds[0], flags & ILLUMOS_O_CLOFORK);
	illumos_clofork_set(fds[1], flags & ILLUMOS_O_CLOFORK);
	return 0;
}
