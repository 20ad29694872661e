/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/stat.c: what a file and a file system are.
 *
 * One statx on the hub gives all a FreeBSD stat has, the birth time included. The calls of
 * FreeBSD 11 and before have narrower layouts of the same. Facts: stat(2), statfs(2),
 * getfsstat(2), sys/stat.h, sys/mount.h.
 */
#include "core/fd.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"

#define WANTED (CORE_STATX_BASIC_STATS | CORE_STATX_BTIME)

static long stat_at(int fd, u64 path, int core_flags, struct freebsd_stat *st)
{
	struct core_statx stx;
	long r = EXO(statx, fd, path, core_flags, WANTED, &stx);

	if (LIKELY(r >= 0))
		core_to_freebsd_stat(&stx, st);
	return r;
}

static long stat_fd(int fd, struct freebsd_stat *st)
{
	return core_fd_hidden(fd) ? -CORE_EBADF : stat_at(fd, (u64) "", CORE_AT_EMPTY_PATH, st);
}

/* The flags of fstatat(2), for the hub. */
static long stat_flags(int flag, int *core)
{
	return freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				       core)
		   ? 0
		   : -CORE_EINVAL;
}

long freebsd_fstat(struct core_thread *t, FD fd, OUT sb)
{
	struct freebsd_stat st;
	long r = stat_fd(fd, &st);

	(void)t;
	return r < 0 ? r : copy_to_guest(sb, &st, sizeof(st));
}

long freebsd_fstatat(struct core_thread *t, FD fd, PATH path, OUT buf, ATFLAGS flag)
{
	struct freebsd_stat st;
	int core;
	long r = stat_flags(flag, &core);

	(void)t;
	if (r == 0)
		r = stat_at(fd, path.addr, core, &st);
	return r < 0 ? r : copy_to_guest(buf, &st, sizeof(st));
}

/* ---- the layouts of FreeBSD 11 and before ------------------------------------------------ */

static long give_old(guest_ptr to, const struct freebsd_stat *st)
{
	struct freebsd11_stat old;

	freebsd_to_freebsd11_stat(st, &old);
	return copy_to_guest(to, &old, sizeof(old));
}

static long give_nstat(guest_ptr to, const struct freebsd_stat *st)
{
	struct freebsd11_nstat old;

	freebsd_to_freebsd11_nstat(st, &old);
	return copy_to_guest(to, &old, sizeof(old));
}

long freebsd_freebsd11_stat(struct core_thread *t, PATH path, OUT ub)
{
	struct freebsd_stat st;
	long r = stat_at(CORE_AT_FDCWD, path.addr, 0, &st);

	(void)t;
	return r < 0 ? r : give_old(ub, &st);
}

long freebsd_freebsd11_lstat(struct core_thread *t, PATH path, OUT ub)
{
	struct freebsd_stat st;
	long r = stat_at(CORE_AT_FDCWD, path.addr, CORE_AT_SYMLINK_NOFOLLOW, &st);

	(void)t;
	return r < 0 ? r : give_old(ub, &st);
}

long freebsd_freebsd11_fstat(struct core_thread *t, FD fd, OUT sb)
{
	struct freebsd_stat st;
	long r = stat_fd(fd, &st);

	(void)t;
	return r < 0 ? r : give_old(sb, &st);
}

long freebsd_freebsd11_fstatat(struct core_thread *t, FD fd, PATH path, OUT buf, ATFLAGS flag)
{
	struct freebsd_stat st;
	int core;
	long r = stat_flags(flag, &core);

	(void)t;
	if (r == 0)
		r = stat_at(fd, path.addr, core, &st);
	return r < 0 ? r : give_old(buf, &st);
}

long freebsd_freebsd11_nstat(struct core_thread *t, PATH path, OUT ub)
{
	struct freebsd_stat st;
	long r = stat_at(CORE_AT_FDCWD, path.addr, 0, &st);

	(void)t;
	return r < 0 ? r : give_nstat(ub, &st);
}

long freebsd_freebsd11_nlstat(struct core_thread *t, PATH path, OUT ub)
{
	struct freebsd_stat st;
	long r = stat_at(CORE_AT_FDCWD, path.addr, CORE_AT_SYMLINK_NOFOLLOW, &st);

	(void)t;
	return r < 0 ? r : give_nstat(ub, &st);
}

long freebsd_freebsd11_nfstat(struct core_thread *t, FD fd, OUT sb)
{
	struct freebsd_stat st;
	long r = stat_fd(fd, &st);

	(void)t;
	return r < 0 ? r : give_nstat(sb, &st);
}

/* ---- file systems -------------------------------------------------------------------------- */

/* 2344 bytes: only one of these is on the stack at a time. */
static __attribute__((noinline)) long give_statfs(const struct core_statfs *core, guest_ptr to)
{
	struct freebsd_statfs fs;

	core_to_freebsd_statfs(core, &fs);
	return copy_to_guest(to, &fs, sizeof(fs));
}

static __attribute__((noinline)) long give_old_statfs(const struct core_statfs *core, guest_ptr to)
{
	struct freebsd_statfs fs;
	struct freebsd11_statfs old;

	core_to_freebsd_statfs(core, &fs);
	freebsd_to_freebsd11_statfs(&fs, &old);
	return copy_to_guest(to, &old, sizeof(old));
}

long freebsd_statfs(struct core_thread *t, PATH path, OUT buf)
{
	struct core_statfs core;
	long r = EXO(statfs, path.addr, &core);

	(void)t;
	return r < 0 ? r : give_statfs(&core, buf);
}

long freebsd_fstatfs(struct core_thread *t, FD fd, OUT buf)
{
	struct core_statfs core;
	long r = EXO(fstatfs, fd, &core);

	(void)t;
	return r < 0 ? r : give_statfs(&core, buf);
}

long freebsd_freebsd11_statfs(struct core_thread *t, PATH path, OUT buf)
{
	struct core_statfs core;
	long r = EXO(statfs, path.addr, &core);

	(void)t;
	return r < 0 ? r : give_old_statfs(&core, buf);
}

long freebsd_freebsd11_fstatfs(struct core_thread *t, FD fd, OUT buf)
{
	struct core_statfs core;
	long r = EXO(fstatfs, fd, &core);

	(void)t;
	return r < 0 ? r : give_old_statfs(&core, buf);
}
