/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/attr.c: permissions, owners and times of files.
 *
 * What differs: a call of the *at family without a path means its descriptor; the sticky bit of
 * what is no directory is dropped for everybody but root. Facts: usr/src/uts/common/syscall/
 * {access,chmod,chown,utime}.c, uts/common/os/vfs... fsetattrat of fs/fs_subr.c, policy.c
 * (secpolicy_setid_setsticky_clear).
 */
#include "core/fd.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/path.h"
#include "personality/illumos/procfs.h"

#define MODES 07777

/* ---- access --------------------------------------------------------------------------- */

#define E_OK 010 /* says nothing any more */

static long access_named(int fd, u64 path, int amode, int flag)
{
	if (flag)
		return EXO(faccessat2, fd, path, amode & ~E_OK, CORE_AT_EACCESS);
	return EXO(faccessat, fd, path, amode & ~E_OK);
}

static __attribute__((noinline)) long access_procfs(int fd, guest_ptr path, int amode, int flag)
{
	char name[ILLUMOS_PATH_MAX];
	struct core_stat st;
	long r = illumos_ctfs_stat(core_self(), path, true, &st);

	if (r != ILLUMOS_PROCFS_OTHER)
		return r < 0 ? r : amode & 7 & ~(i32)st.st_mode ? -CORE_EACCES : 0;
	return access_named(fd, illumos_procfs_name(core_self(), path, name), amode, flag);
}

static long access_at(int fd, guest_ptr path, int amode, int flag)
{
	if (flag & ~ILLUMOS_AT_EACCESS)
		return -CORE_EINVAL;
	fd = illumos_to_core_atfd(fd);
	if (UNLIKELY(illumos_procfs_maybe(path)))
		return access_procfs(fd, path, amode, flag);
	return access_named(fd, path.addr, amode, flag);
}

long illumos_access(struct core_thread *t, PATH path, INT amode)
{
	(void)t;
	return access_at(ILLUMOS_AT_FDCWD, path, amode, 0);
}

long illumos_faccessat(struct core_thread *t, FD fd, PATH path, INT amode, ATFLAGS flag)
{
	(void)t;
	return access_at(fd, path, amode, flag);
}

/* ---- mode ----------------------------------------------------------------------------- */

static const char nothing[] = ""; /* the path of a descriptor itself */

/* What the call is about: a path, or without one the descriptor. */
struct place {
	int fd;
	u64 path;
	int flags; /* CORE_AT_* */
};

static struct place place_of(int fd, guest_ptr path, int flag)
{
	if (!path.addr && fd != ILLUMOS_AT_FDCWD)
		return (struct place){core_fd_hidden(fd) ? -1 : fd, (u64)nothing,
				      CORE_AT_EMPTY_PATH};
	return (struct place){illumos_to_core_atfd(fd), path.addr,
			      flag & ILLUMOS_AT_SYMLINK_NOFOLLOW ? CORE_AT_SYMLINK_NOFOLLOW : 0};
}

static u32 without_sticky(const struct place *p, u32 mode)
{
	struct core_stat st;

	if (LIKELY(!(mode & CORE_S_ISVTX)) ||
	    illumos_priv_has(core_self(), ILLUMOS_PRIV_SYS_CONFIG) ||
	    EXO_NOW(newfstatat, p->fd, p->path, &st, p->flags) < 0 ||
	    (st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR)
		return mode;
	return mode & ~(u32)CORE_S_ISVTX;
}

static long chmod_at(int fd, guest_ptr path, u32 mode, int flag)
{
	struct place p = place_of(fd, path, flag);

	if (flag & ~ILLUMOS_AT_SYMLINK_NOFOLLOW)
		return -CORE_EINVAL;
	if (flag)
		return -CORE_EOPNOTSUPP;
	mode = without_sticky(&p, mode & MODES);
	if (p.flags & CORE_AT_EMPTY_PATH)
		return EXO(fchmod, p.fd, mode);
	return EXO(fchmodat, p.fd, p.path, mode);
}

long illumos_chmod(struct core_thread *t, PATH path, MODE mode)
{
	(void)t;
	return chmod_at(ILLUMOS_AT_FDCWD, path, mode, 0);
}

long illumos_fchmod(struct core_thread *t, FD fd, MODE mode)
{
	(void)t;
	return chmod_at(fd, gp(0), mode, 0);
}

long illumos_fchmodat(struct core_thread *t, FD fd, PATH path, MODE mode, ATFLAGS flag)
{
	(void)t;
	return chmod_at(fd, path, mode, flag);
}

/* ---- owner ---------------------------------------------------------------------------- */

#define AS_IT_IS (~0u)

/* A negative id is none of a user's. */
static bool bad_id(u32 id)
{
	return (i32)id < 0 && id != AS_IT_IS;
}

static long chown_at(int fd, guest_ptr path, u32 owner, u32 group, int flag)
{
	struct place p = place_of(fd, path, flag);

	if (bad_id(owner) || bad_id(group) || flag & ~ILLUMOS_AT_SYMLINK_NOFOLLOW)
		return -CORE_EINVAL;
	if (p.flags & CORE_AT_EMPTY_PATH)
		return EXO(fchown, p.fd, owner, group);
	return EXO(fchownat, p.fd, p.path, owner, group, p.flags);
}

long illumos_chown(struct core_thread *t, PATH path, UID owner, GID group)
{
	(void)t;
	return chown_at(ILLUMOS_AT_FDCWD, path, owner, group, 0);
}

long illumos_lchown(struct core_thread *t, PATH path, UID owner, GID group)
{
	(void)t;
	return chown_at(ILLUMOS_AT_FDCWD, path, owner, group, ILLUMOS_AT_SYMLINK_NOFOLLOW);
}

long illumos_fchown(struct core_thread *t, FD fd, UID owner, GID group)
{
	(void)t;
	return chown_at(fd, gp(0), owner, group, 0);
}

long illumos_fchownat(struct core_thread *t, FD fd, PATH path, UID owner, GID group, ATFLAGS flag)
{
	(void)t;
	return chown_at(fd, path, owner, group, flag);
}

/* ---- times ---------------------------------------------------------------------------- */

static i64 to_core_nsec(i64 nsec)
{
	return nsec == ILLUMOS_UTIME_NOW    ? CORE_UTIME_NOW
	       : nsec == ILLUMOS_UTIME_OMIT ? CORE_UTIME_OMIT
					    : nsec;
}

/* -CORE_EFAULT, -CORE_EINVAL, or how many times there are: none means now. */
static long read_times(guest_ptr times, struct core_timespec ts[2])
{
	if (!times.addr)
		return 0;
	if (copy_from_guest(ts, times, 2 * sizeof(*ts)) < 0)
		return -CORE_EFAULT;
	for (int i = 0; i < 2; i++) {
		i64 n = ts[i].tv_nsec;

		if (n != ILLUMOS_UTIME_NOW && n != ILLUMOS_UTIME_OMIT && (n < 0 || n > 999999999))
			return -CORE_EINVAL;
		ts[i].tv_nsec = to_core_nsec(n);
	}
	return 2;
}

long illumos_utimesys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ATFLAGS flag)
{
	struct core_timespec ts[2];
	int fd = (i32)a1;
	long n;

	(void)t;
	if (code != ILLUMOS_FUTIMENS && code != ILLUMOS_UTIMENSAT)
		return -CORE_EINVAL;
	n = read_times(gp(code == ILLUMOS_FUTIMENS ? a2 : a3), ts);
	if (n < 0)
		return n;
	if (code == ILLUMOS_FUTIMENS) {
		if (fd == ILLUMOS_AT_FDCWD)
			return -CORE_EFAULT;
		return EXO(utimensat, core_fd_hidden(fd) ? -1 : fd, 0, n ? ts : NULL, 0);
	}
	if (!a2 || a2 >= EXO_GUEST_HIGH)
		return -CORE_EFAULT;
	return EXO(utimensat, illumos_to_core_atfd(fd), a2, n ? ts : NULL,
		   flag & ILLUMOS_AT_SYMLINK_NOFOLLOW ? CORE_AT_SYMLINK_NOFOLLOW : 0);
}

/* ---- to the disk ------------------------------------------------------------------------ */

long illumos_fdsync(struct core_thread *t, FD fd, INT flag)
{
	long r;

	(void)t;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	r = flag & ILLUMOS_O_SYNC ? EXO(fsync, fd) : EXO(fdatasync, fd);
	/* What has no disk below it has nothing to write either. */
	return r == -CORE_EINVAL || r == -CORE_EROFS ? 0 : r;
}

long illumos_sync(struct core_thread *t)
{
	(void)t;
	return EXO(sync);
}
