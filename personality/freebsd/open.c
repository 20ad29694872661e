/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/open.c: opening, duplicating and closing descriptors.
 *
 * What differs from the neutral open: locks taken at opening (O_SHLOCK, O_EXLOCK), before
 * the file is truncated; a last component that is a link under O_NOFOLLOW is EMLINK, not
 * ELOOP, and is looked at before O_DIRECTORY; opening a socket is EOPNOTSUPP; staying below
 * a directory fails with ENOTCAPABLE. Facts: open(2), sys/kern/vfs_syscalls.c
 * (openatfp), sys/kern/vfs_vnops.c (vn_open_vnode) of FreeBSD 14.
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/exec_note.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"
#include "personality/freebsd/procfs.h"

/* The carrier of ENOTCAPABLE in errno.def. */
#define CORE_ENOTCAPABLE CORE_EUNATCH

/* A new file never gets the sticky bit. */
#define NEW_FILE_MODE 06777u

const char *freebsd_fd_path(int fd, char buf[FREEBSD_FD_PATH_MAX])
{
	fb_format(buf, FREEBSD_FD_PATH_MAX, "/dev/fd/%d", fd);
	return buf;
}

u32 freebsd_path_type(int dirfd, guest_ptr path)
{
	struct core_stat st;

	if (EXO_NOW(newfstatat, dirfd, path.addr, &st, CORE_AT_SYMLINK_NOFOLLOW) < 0)
		return 0;
	return st.st_mode & CORE_S_IFMT;
}

bool freebsd_path_empty(guest_ptr path)
{
	char c;

	return copy_from_guest(&c, path, 1) == 0 && c == '\0';
}

static long open_below(int fd, u64 path, int flags, u32 mode)
{
	struct core_open_how how = {.flags = (u32)flags,
				    .mode = flags & CORE_O_CREAT ? mode : 0,
				    .resolve = CORE_RESOLVE_BENEATH};
	long r = EXO(openat2, fd, path, &how, sizeof(how));

	return r == -CORE_EXDEV ? -CORE_ENOTCAPABLE : r;
}

/* The errors that are others there. */
static long open_error(long r, int fd, guest_ptr path, int flags)
{
	if (flags & FREEBSD_O_NOFOLLOW && (r == -CORE_ELOOP || r == -CORE_ENOTDIR) &&
	    freebsd_path_type(fd, path) == CORE_S_IFLNK)
		return -CORE_EMLINK;
	if (r == -CORE_ENXIO && freebsd_path_type(fd, path) == CORE_S_IFSOCK)
		return -CORE_EOPNOTSUPP;
	/* The hub says so of any name that ends in a slash when a file may be made. */
	if (r == -CORE_EISDIR && flags & FREEBSD_O_CREAT) {
		long there = EXO(openat, fd, path.addr, CORE_O_PATH | CORE_O_CLOEXEC);

		if (there < 0)
			return there;
		EXO_NOW(close, there);
	}
	return r;
}

static long lock_opened(long fd, int flags, bool truncate)
{
	int how = flags & FREEBSD_O_EXLOCK ? CORE_LOCK_EX : CORE_LOCK_SH;
	long r;

	if (flags & FREEBSD_O_NONBLOCK)
		how |= CORE_LOCK_NB;
	r = EXO(flock, fd, how);
	if (r >= 0 && truncate)
		r = EXO_NOW(ftruncate, fd, 0);
	if (r >= 0)
		return fd;
	EXO_NOW(close, fd);
	return r;
}

/* A slave is never locked there: unlockpt(3) has nothing to do. */
static long unlocked(long master)
{
	int no = 0;

	if (master >= 0)
		EXO_NOW(ioctl, master, CORE_TIOCSPTLCK, &no);
	return master;
}

static __attribute__((noinline)) bool is_multiplexer(guest_ptr path)
{
	static const char name[] = "/dev/ptmx";
	char text[sizeof(name)];

	return copy_from_guest(text, path, sizeof(text)) == 0 && strcmp(text, name) == 0;
}

static long open_at(int fd, guest_ptr path, int flags, u32 mode)
{
	const int locks = FREEBSD_O_SHLOCK | FREEBSD_O_EXLOCK;
	char self[FREEBSD_FD_PATH_MAX];
	u64 name = path.addr;
	bool truncate;
	int core;
	long r;

	if (!freebsd_to_core_oflags(flags, &core) || (flags & locks) == locks)
		return -CORE_EINVAL;
	/* No open makes a terminal the controlling one: TIOCSCTTY does. */
	core |= CORE_O_NOCTTY;
	if (flags & FREEBSD_O_EXEC) {
		if (flags & FREEBSD_O_ACCMODE)
			return -CORE_EINVAL;
		core = (core & ~CORE_O_NOCTTY) | CORE_O_PATH;
	} else if ((flags & FREEBSD_O_ACCMODE) == FREEBSD_O_ACCMODE) {
		return -CORE_EINVAL;
	}
	if (flags & FREEBSD_O_CREAT && flags & FREEBSD_O_DIRECTORY) {
		if (flags & FREEBSD_O_EXCL)
			return -CORE_EINVAL;
		core &= ~CORE_O_CREAT;
	}
	if (flags & FREEBSD_O_EMPTY_PATH) {
		if (flags & FREEBSD_O_CREAT)
			return -CORE_EINVAL;
		if (freebsd_path_empty(path))
			name = (u64)(fd == FREEBSD_AT_FDCWD ? "." : freebsd_fd_path(fd, self));
	}
	if (freebsd_procfs_maybe(path)) {
		r = freebsd_procfs_open(core_self(), path, flags);
		if (r != FREEBSD_PROCFS_OTHER)
			return r;
		if (is_multiplexer(path))
			return unlocked(EXO(openat, fd, name, core));
	}
	truncate = flags & locks && core & CORE_O_TRUNC;
	if (truncate)
		core &= ~CORE_O_TRUNC;
	mode &= NEW_FILE_MODE;
	if (flags & FREEBSD_O_RESOLVE_BENEATH)
		r = open_below(fd, name, core, mode);
	else
		r = EXO(openat, fd, name, core, mode);
	if (UNLIKELY(r < 0))
		return name == path.addr ? open_error(r, fd, path, flags) : r;
	if (flags & FREEBSD_O_EXEC)
		return freebsd_exec_opened(r, flags);
	return flags & locks ? lock_opened(r, flags, truncate) : r;
}

long freebsd_open(struct core_thread *t, PATH path, OFLAGS flags, MODE mode)
{
	(void)t;
	return open_at(FREEBSD_AT_FDCWD, path, flags, mode);
}

long freebsd_openat(struct core_thread *t, FD fd, PATH path, OFLAGS flag, MODE mode)
{
	(void)t;
	return open_at(fd, path, flag, mode);
}

long freebsd_posix_openpt(struct core_thread *t, OFLAGS flags)
{
	int core;

	(void)t;
	if (flags & ~(FREEBSD_O_RDWR | FREEBSD_O_NOCTTY | FREEBSD_O_CLOEXEC) ||
	    !freebsd_to_core_oflags(flags, &core))
		return -CORE_EINVAL;
	return unlocked(EXO(openat, CORE_AT_FDCWD, "/dev/ptmx", core | CORE_O_NOCTTY));
}

long freebsd_close(struct core_thread *t, FD fd)
{
	(void)t;
	return core_close(fd);
}

long freebsd_close_range(struct core_thread *t, UINT lowfd, UINT highfd, HEX flags)
{
	(void)t;
	if (flags & ~(u32)FREEBSD_CLOSE_RANGE_CLOEXEC || highfd < lowfd)
		return -CORE_EINVAL;
	return core_close_range(lowfd, highfd,
				flags & FREEBSD_CLOSE_RANGE_CLOEXEC ? CORE_CLOSE_RANGE_CLOEXEC : 0);
}

long freebsd_freebsd12_closefrom(struct core_thread *t, FD lowfd)
{
	(void)t;
	return core_close_range((u32)MAX(lowfd, 0), ~0u, 0);
}

long freebsd_dup(struct core_thread *t, FD fd)
{
	(void)t;
	return core_dup(fd);
}

long freebsd_dup2(struct core_thread *t, FD from, FD to)
{
	long r;

	(void)t;
	if (from != to)
		return core_dup2(from, to, 0);
	if (core_fd_hidden(from))
		return -CORE_EBADF;
	r = EXO(fcntl, from, CORE_F_GETFD);
	return r < 0 ? r : to;
}

long freebsd_getdtablesize(struct core_thread *t)
{
	struct core_rlimit limit;
	long r = EXO(prlimit64, 0, CORE_RLIMIT_NOFILE, 0, &limit);

	(void)t;
	return r < 0 ? r : (long)MIN(limit.rlim_cur, (u64)INT32_MAX);
}

static long pipe_flags(u32 flags, int *core)
{
	if (flags & ~(u32)(FREEBSD_O_CLOEXEC | FREEBSD_O_NONBLOCK))
		return -CORE_EINVAL;
	freebsd_to_core_oflags((int)flags, core);
	return 0;
}

long freebsd_pipe2(struct core_thread *t, OUT fildes, HEX flags)
{
	int core;
	long r = pipe_flags(flags, &core);

	(void)t;
	return r < 0 ? r : EXO(pipe2, fildes.addr, core);
}

/* Both ends are results. */
long freebsd_freebsd10_pipe(struct core_thread *t)
{
	i32 fds[2];
	long r = EXO(pipe2, fds, 0);

	if (r < 0)
		return r;
	t->exo.frame->rdx = (u64)fds[1];
	return fds[0];
}
