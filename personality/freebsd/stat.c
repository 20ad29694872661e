/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/stat.c: what a file and a file system are.
 *
 * One statx on the hub gives all a FreeBSD stat has, the birth time included. The calls of
 * FreeBSD 11 and before have narrower layouts of the same. Facts: stat(2), statfs(2),
 * getfsstat(2), sys/stat.h, sys/mount.h.
 */
#include "core/fd.h"
#include "exo/info.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/procfs.h"

#define WANTED (CORE_STATX_BASIC_STATS | CORE_STATX_BTIME)

/* Each layout's way to the guest. */
static long give(guest_ptr to, const struct freebsd_stat *st)
{
	return copy_to_guest(to, st, sizeof(*st));
}

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

#define GIVE long (*give_it)(guest_ptr, const struct freebsd_stat *)

static inline long stat_core(int fd, u64 path, int core_flags, guest_ptr to, GIVE)
{
	struct freebsd_stat st;
	struct core_statx stx;
	long r = EXO(statx, fd, path, core_flags, WANTED, &stx);

	if (UNLIKELY(r < 0))
		return r;
	core_to_freebsd_stat(&stx, &st);
	return give_it(to, &st);
}

/* An unnamed pipe has no permissions and no links, and each end is a file of its own, as large
 * as what can be read there (sys_pipe.c, pipe_stat). */
static __attribute__((noinline)) void describe_pipe(int fd, struct freebsd_stat *st)
{
	struct core_statfs fs;
	int n = 0;

	if (EXO_NOW(fstatfs, fd, &fs) < 0 || fs.f_type != CORE_PIPEFS_MAGIC)
		return;
	st->st_mode = FREEBSD_S_IFIFO;
	st->st_nlink = 0;
	if ((EXO_NOW(fcntl, fd, CORE_F_GETFL) & CORE_O_ACCMODE) == CORE_O_WRONLY)
		st->st_ino |= 1UL << 32; /* the hub's numbers are shorter */
	else
		EXO_NOW(ioctl, fd, CORE_FIONREAD, &n);
	st->st_size = n;
	st->st_blocks = (n + st->st_blksize - 1) / st->st_blksize;
}

/* What is no file to the hub: a kqueue is a nameless pipe, a process a file that is its
 * owner's while it lives (kern_event.c, kqueue_stat; sys_procdesc.c, procdesc_stat). */
static __attribute__((noinline)) void describe_other(int fd, struct freebsd_stat *st)
{
	struct core_pollfd p = {fd, CORE_POLLIN, 0};

	switch (core_fd_kind(fd)) {
	case CORE_FD_KQUEUE:
		memset(st, 0, sizeof(*st));
		st->st_mode = FREEBSD_S_IFIFO;
		break;
	case CORE_FD_PROCDESC:
		st->st_mode = FREEBSD_S_IFREG;
		if (EXO_NOW(poll, &p, 1, 0) == 0)
			st->st_mode |= 0700;
		break;
	default:
		break;
	}
}

static inline long stat_fd(int fd, guest_ptr to, GIVE)
{
	struct freebsd_stat st;
	struct core_statx stx;
	long r;

	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	r = EXO(statx, fd, (u64) "", CORE_AT_EMPTY_PATH, WANTED, &stx);
	if (UNLIKELY(r < 0))
		return r;
	core_to_freebsd_stat(&stx, &st);
	if (UNLIKELY((stx.stx_mode & CORE_S_IFMT) == CORE_S_IFIFO))
		describe_pipe(fd, &st);
	else if (UNLIKELY((stx.stx_mode & CORE_S_IFMT) == 0))
		describe_other(fd, &st);
	return give_it(to, &st);
}

static __attribute__((noinline)) long stat_procfs(int fd, guest_ptr path, int core, guest_ptr to,
						  GIVE)
{
	char name[FREEBSD_PATH_MAX];

	return stat_core(
	    fd, freebsd_procfs_name(core_self(), path, !(core & CORE_AT_SYMLINK_NOFOLLOW), name),
	    core, to, give_it);
}

static inline long stat_at(int fd, guest_ptr path, int flag, guest_ptr to, GIVE)
{
	int core;

	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	if (freebsd_procfs_maybe(path))
		return stat_procfs(fd, path, core, to, give_it);
	return stat_core(fd, path.addr, core, to, give_it);
}

long freebsd_fstat(struct core_thread *t, FD fd, OUT sb)
{
	(void)t;
	return stat_fd(fd, sb, give);
}

long freebsd_fstatat(struct core_thread *t, FD fd, PATH path, OUT buf, ATFLAGS flag)
{
	(void)t;
	return stat_at(fd, path, flag, buf, give);
}

/* ---- the layouts of FreeBSD 11 and before ------------------------------------------------ */

long freebsd_freebsd11_stat(struct core_thread *t, PATH path, OUT ub)
{
	(void)t;
	return stat_at(CORE_AT_FDCWD, path, 0, ub, give_old);
}

long freebsd_freebsd11_lstat(struct core_thread *t, PATH path, OUT ub)
{
	(void)t;
	return stat_at(CORE_AT_FDCWD, path, FREEBSD_AT_SYMLINK_NOFOLLOW, ub, give_old);
}

long freebsd_freebsd11_fstat(struct core_thread *t, FD fd, OUT sb)
{
	(void)t;
	return stat_fd(fd, sb, give_old);
}

long freebsd_freebsd11_fstatat(struct core_thread *t, FD fd, PATH path, OUT buf, ATFLAGS flag)
{
	(void)t;
	return stat_at(fd, path, flag, buf, give_old);
}

long freebsd_freebsd11_nstat(struct core_thread *t, PATH path, OUT ub)
{
	(void)t;
	return stat_at(CORE_AT_FDCWD, path, 0, ub, give_nstat);
}

long freebsd_freebsd11_nlstat(struct core_thread *t, PATH path, OUT ub)
{
	(void)t;
	return stat_at(CORE_AT_FDCWD, path, FREEBSD_AT_SYMLINK_NOFOLLOW, ub, give_nstat);
}

long freebsd_freebsd11_nfstat(struct core_thread *t, FD fd, OUT sb)
{
	(void)t;
	return stat_fd(fd, sb, give_nstat);
}

/* ---- file systems -------------------------------------------------------------------------- */

static bool name_mount(void *ctx, const struct exo_mount *m)
{
	struct freebsd_statfs *fs = ctx;

	fb_strlcpy(fs->f_mntonname, m->on, sizeof(fs->f_mntonname));
	fb_strlcpy(fs->f_mntfromname, m->from, sizeof(fs->f_mntfromname));
	return false;
}

/*
 * sx: NULL where the mount is not named. A large frame, which its callers need not keep.
 */
static __attribute__((noinline)) long give_statfs(const struct core_statfs *core,
						  const struct core_statx *sx, guest_ptr to,
						  bool old_layout)
{
	struct freebsd_statfs fs;
	struct freebsd11_statfs old;

	core_to_freebsd_statfs(core, &fs);
	if (sx && sx->stx_mask & CORE_STATX_MNT_ID)
		exo_mount(sx->stx_mnt_id, name_mount, &fs);
	if (!old_layout)
		return copy_to_guest(to, &fs, sizeof(fs));
	freebsd_to_freebsd11_statfs(&fs, &old);
	return copy_to_guest(to, &old, sizeof(old));
}

static long statfs_path(guest_ptr path, guest_ptr to, bool old_layout)
{
	struct core_statfs core;
	struct core_statx sx = {0};
	long r = EXO(statfs, path.addr, &core);

	if (r == 0)
		r = EXO(statx, CORE_AT_FDCWD, path.addr, 0, CORE_STATX_MNT_ID, &sx);
	return r < 0 ? r : give_statfs(&core, &sx, to, old_layout);
}

/* opendir(3) asks it of every directory, to learn the kind: the list of mounts is not read. */
static long statfs_fd(int fd, guest_ptr to, bool old_layout)
{
	struct core_statfs core;
	long r = EXO(fstatfs, fd, &core);

	return r < 0 ? r : give_statfs(&core, NULL, to, old_layout);
}

long freebsd_statfs(struct core_thread *t, PATH path, OUT buf)
{
	(void)t;
	return statfs_path(path, buf, false);
}

long freebsd_fstatfs(struct core_thread *t, FD fd, OUT buf)
{
	(void)t;
	return statfs_fd(fd, buf, false);
}

long freebsd_freebsd11_statfs(struct core_thread *t, PATH path, OUT buf)
{
	(void)t;
	return statfs_path(path, buf, true);
}

long freebsd_freebsd11_fstatfs(struct core_thread *t, FD fd, OUT buf)
{
	(void)t;
	return statfs_fd(fd, buf, true);
}
