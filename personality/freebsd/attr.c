/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/attr.c: permissions, owners, times and flags of files.
 *
 * What differs: the sticky bit on what is no directory is for root (EFTYPE); set-id bits
 * survive root's change of owner; a link's own mode cannot be changed on the hub; it has three
 * of the file flags (chflags). Facts: access(2), chmod(2), chown(2), utimensat(2), chflags(2),
 * pathconf(2) of FreeBSD 14.
 */
#include "core/fd.h"
#include "personality/freebsd/acl.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"
#include "personality/freebsd/procfs.h"

/* The carrier of EFTYPE in errno.def. */
#define CORE_EFTYPE CORE_EMEDIUMTYPE

/* ---- access --------------------------------------------------------------------------- */

static __attribute__((noinline)) long access_procfs(int fd, guest_ptr path, int amode, int core)
{
	char name[FREEBSD_PATH_MAX];
	bool follow = !(core & CORE_AT_SYMLINK_NOFOLLOW);

	return EXO(faccessat2, fd, freebsd_procfs_name(core_self(), path, follow, name), amode,
		   core);
}

static long access_at(int fd, guest_ptr path, int amode, int flag)
{
	int core;

	if (!freebsd_to_core_atflags(
		flag, FREEBSD_AT_EACCESS | FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
		&core))
		return -CORE_EINVAL;
	if (amode & ~(FREEBSD_R_OK | FREEBSD_W_OK | FREEBSD_X_OK))
		return -CORE_EINVAL;
	if (freebsd_procfs_maybe(path))
		return access_procfs(fd, path, amode, core);
	return core ? EXO(faccessat2, fd, path.addr, amode, core)
		    : EXO(faccessat, fd, path.addr, amode);
}

long freebsd_access(struct core_thread *t, PATH path, INT amode)
{
	(void)t;
	return access_at(CORE_AT_FDCWD, path, amode, 0);
}

long freebsd_eaccess(struct core_thread *t, PATH path, INT amode)
{
	(void)t;
	return access_at(CORE_AT_FDCWD, path, amode, FREEBSD_AT_EACCESS);
}

long freebsd_faccessat(struct core_thread *t, FD fd, PATH path, INT amode, ATFLAGS flag)
{
	(void)t;
	return access_at(fd, path, amode, flag);
}

#define PIPEFS_MAGIC 0x50495045

/* 0, or the error of a descriptor whose mode, owner and times cannot be changed: the hub has
 * some for pipes and sockets. A pipe with a name is a file. */
static long changeable(int fd)
{
	struct core_statfs fs;
	struct core_stat st;
	long r = EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	switch (st.st_mode & CORE_S_IFMT) {
	case 0:
	case CORE_S_IFSOCK:
		return -CORE_EINVAL;
	case CORE_S_IFIFO:
		r = EXO_NOW(fstatfs, fd, &fs);
		return r == 0 && fs.f_type == PIPEFS_MAGIC ? -CORE_EINVAL : 0;
	default:
		return 0;
	}
}

/* ---- mode ----------------------------------------------------------------------------- */

/* 0, or the error of a sticky bit where only root may set one. */
static long check_sticky(int fd, u64 path, u32 mode, int core_flags)
{
	struct core_stat st;

	if (!(mode & CORE_S_ISVTX) || EXO_NOW(geteuid) == 0)
		return 0;
	if (EXO_NOW(newfstatat, fd, path, &st, core_flags) < 0)
		return 0; /* the call itself will say why */
	return (st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR ? 0 : -CORE_EFTYPE;
}

long freebsd_fchmod(struct core_thread *t, FD fd, MODE mode)
{
	long r = changeable(fd);

	(void)t;
	if (r == 0)
		r = check_sticky(fd, (u64) "", mode, CORE_AT_EMPTY_PATH);
	return r < 0 ? r : EXO(fchmod, fd, mode & 07777);
}

static long chmod_at(int fd, guest_ptr path, u32 mode, int flag)
{
	char self[FREEBSD_FD_PATH_MAX];
	int core;
	long r;

	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	r = check_sticky(fd, path.addr, mode, core);
	if (r < 0)
		return r;
	if (flag & FREEBSD_AT_EMPTY_PATH && freebsd_path_empty(path))
		return EXO(fchmodat, CORE_AT_FDCWD, freebsd_fd_path(fd, self), mode & 07777);
	if (flag & FREEBSD_AT_SYMLINK_NOFOLLOW && freebsd_path_type(fd, path) == CORE_S_IFLNK)
		return -CORE_EOPNOTSUPP;
	return EXO(fchmodat, fd, path.addr, mode & 07777);
}

long freebsd_chmod(struct core_thread *t, PATH path, MODE mode)
{
	(void)t;
	return chmod_at(CORE_AT_FDCWD, path, mode, 0);
}

long freebsd_lchmod(struct core_thread *t, PATH path, MODE mode)
{
	(void)t;
	return chmod_at(CORE_AT_FDCWD, path, mode, FREEBSD_AT_SYMLINK_NOFOLLOW);
}

long freebsd_fchmodat(struct core_thread *t, FD fd, PATH path, MODE mode, ATFLAGS flag)
{
	(void)t;
	return chmod_at(fd, path, mode, flag);
}

/* ---- owner ---------------------------------------------------------------------------- */

#define AS_IT_IS (~0u)

/*
 * The set-id bits to put back after a change of owner, for the hub takes them from whoever
 * changes it, if only in name: FreeBSD from who really changes it and is not root. 0: none.
 */
static u32 mode_to_keep(int fd, u64 path, u32 uid, u32 gid, int core_flags)
{
	struct core_stat st;
	u32 type;

	if (EXO_NOW(newfstatat, fd, path, &st, core_flags) < 0)
		return 0;
	type = st.st_mode & CORE_S_IFMT;
	if (!(st.st_mode & (CORE_S_ISUID | CORE_S_ISGID)) || type == CORE_S_IFDIR ||
	    type == CORE_S_IFLNK)
		return 0;
	if (EXO_NOW(geteuid) != 0 &&
	    ((uid != AS_IT_IS && uid != st.st_uid) || (gid != AS_IT_IS && gid != st.st_gid)))
		return 0;
	return st.st_mode & 07777;
}

long freebsd_fchownat(struct core_thread *t, FD fd, PATH path, UID uid, GID gid, ATFLAGS flag)
{
	char self[FREEBSD_FD_PATH_MAX];
	u32 mode;
	int core;
	long r;

	(void)t;
	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	mode = mode_to_keep(fd, path.addr, uid, gid, core);
	r = EXO(fchownat, fd, path.addr, uid, gid, core);
	if (r < 0 || !mode)
		return r;
	if (flag & FREEBSD_AT_EMPTY_PATH && freebsd_path_empty(path))
		EXO_NOW(fchmodat, CORE_AT_FDCWD, freebsd_fd_path(fd, self), mode);
	else
		EXO_NOW(fchmodat, fd, path.addr, mode);
	return r;
}

long freebsd_chown(struct core_thread *t, PATH path, UID uid, GID gid)
{
	return freebsd_fchownat(t, CORE_AT_FDCWD, path, uid, gid, 0);
}

long freebsd_lchown(struct core_thread *t, PATH path, UID uid, GID gid)
{
	return freebsd_fchownat(t, CORE_AT_FDCWD, path, uid, gid, FREEBSD_AT_SYMLINK_NOFOLLOW);
}

long freebsd_fchown(struct core_thread *t, FD fd, UID uid, GID gid)
{
	long r = changeable(fd);
	u32 mode;

	(void)t;
	if (r < 0)
		return r;
	mode = mode_to_keep(fd, (u64) "", uid, gid, CORE_AT_EMPTY_PATH);
	r = EXO(fchown, fd, uid, gid);
	if (r == 0 && mode)
		EXO_NOW(fchmod, fd, mode);
	return r;
}

/* ---- times ---------------------------------------------------------------------------- */

/* path 0: the descriptor itself. */
static long set_times(int fd, u64 path, guest_ptr times, int core_flags)
{
	struct core_timespec ts[2];

	if (!times.addr)
		return EXO(utimensat, fd, path, 0, core_flags);
	if (copy_from_guest(ts, times, sizeof(ts)) < 0)
		return -CORE_EFAULT;
	ts[0] = freebsd_to_core_utime(ts[0]);
	ts[1] = freebsd_to_core_utime(ts[1]);
	return EXO(utimensat, fd, path, ts, core_flags);
}

long freebsd_utimensat(struct core_thread *t, FD fd, PATH path, IN times, ATFLAGS flag)
{
	int core;

	(void)t;
	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	if (!path.addr)
		return -CORE_EFAULT;
	return set_times(fd, path.addr, times, core);
}

long freebsd_futimens(struct core_thread *t, FD fd, IN times)
{
	long r = changeable(fd);

	(void)t;
	return r < 0 ? r : set_times(fd, 0, times, 0);
}

/* The calls that count microseconds. */
static long set_timevals(int fd, u64 path, guest_ptr times, int core_flags)
{
	struct core_timeval tv[2];
	struct core_timespec ts[2];

	if (!times.addr)
		return EXO(utimensat, fd, path, 0, core_flags);
	if (copy_from_guest(tv, times, sizeof(tv)) < 0)
		return -CORE_EFAULT;
	for (int i = 0; i < 2; i++) {
		if (tv[i].tv_usec < 0 || tv[i].tv_usec >= 1000000)
			return -CORE_EINVAL;
		ts[i] = (struct core_timespec){tv[i].tv_sec, tv[i].tv_usec * 1000};
	}
	return EXO(utimensat, fd, path, ts, core_flags);
}

long freebsd_futimesat(struct core_thread *t, FD fd, PATH path, IN times)
{
	(void)t;
	return path.addr ? set_timevals(fd, path.addr, times, 0) : -CORE_EFAULT;
}

long freebsd_utimes(struct core_thread *t, PATH path, IN tptr)
{
	return freebsd_futimesat(t, CORE_AT_FDCWD, path, tptr);
}

long freebsd_lutimes(struct core_thread *t, PATH path, IN tptr)
{
	(void)t;
	if (!path.addr)
		return -CORE_EFAULT;
	return set_timevals(CORE_AT_FDCWD, path.addr, tptr, CORE_AT_SYMLINK_NOFOLLOW);
}

long freebsd_futimes(struct core_thread *t, FD fd, IN tptr)
{
	long r = changeable(fd);

	(void)t;
	return r < 0 ? r : set_timevals(fd, 0, tptr, 0);
}

/* ---- flags ---------------------------------------------------------------------------- */

static const char nothing[] = ""; /* the path of a descriptor itself */

/* The host changes them through a descriptor, whatever that was opened for. */
static long set_attributes(int fd, u32 attributes)
{
	u32 known = core_fileflags_known();
	i32 now;
	long r = EXO(ioctl, fd, CORE_FS_IOC_GETFLAGS, &now);

	if (r == 0) {
		now = (i32)(((u32)now & ~known) | attributes);
		r = EXO(ioctl, fd, CORE_FS_IOC_SETFLAGS, &now);
	}
	return r == -CORE_ENOTTY ? -CORE_EOPNOTSUPP : r;
}

/* Setting the flags a file has is always fine. */
static long change_flags(int fd, u64 path, u64 flags, int core_flags)
{
	char self[FREEBSD_FD_PATH_MAX];
	struct core_statx stx;
	struct freebsd_stat st;
	u32 attributes, type;
	long r = EXO(statx, fd, path, core_flags, CORE_STATX_BASIC_STATS, &stx);

	if (r < 0)
		return r;
	core_to_freebsd_stat(&stx, &st);
	if (st.st_flags == flags)
		return 0;
	type = st.st_mode & CORE_S_IFMT;
	if (flags > UINT32_MAX || !freebsd_to_core_fileflags((u32)flags, &attributes) ||
	    (type != CORE_S_IFREG && type != CORE_S_IFDIR))
		return -CORE_EOPNOTSUPP;
	if (core_flags & CORE_AT_EMPTY_PATH && path == (u64)nothing)
		return set_attributes(fd, attributes);
	if (core_flags & CORE_AT_EMPTY_PATH && freebsd_path_empty(gp(path))) {
		path = (u64)freebsd_fd_path(fd, self); /* a place's descriptor is not enough */
		core_flags = 0;
	}
	r = EXO(openat, fd, path,
		CORE_O_RDONLY | CORE_O_NONBLOCK | CORE_O_CLOEXEC | CORE_O_NOFOLLOW);
	if (r == -CORE_ELOOP && !(core_flags & CORE_AT_SYMLINK_NOFOLLOW))
		r = EXO(openat, fd, path, CORE_O_RDONLY | CORE_O_NONBLOCK | CORE_O_CLOEXEC);
	if (r < 0)
		return r;
	fd = (int)r;
	r = set_attributes(fd, attributes);
	EXO_NOW(close, fd);
	return r;
}

long freebsd_chflags(struct core_thread *t, PATH path, ULONG flags)
{
	(void)t;
	return change_flags(CORE_AT_FDCWD, path.addr, flags, 0);
}

long freebsd_lchflags(struct core_thread *t, PATH path, ULONG flags)
{
	(void)t;
	return change_flags(CORE_AT_FDCWD, path.addr, flags, CORE_AT_SYMLINK_NOFOLLOW);
}

long freebsd_fchflags(struct core_thread *t, FD fd, ULONG flags)
{
	long r = changeable(fd);

	(void)t;
	return r < 0 ? r : change_flags(fd, (u64)nothing, flags, CORE_AT_EMPTY_PATH);
}

long freebsd_chflagsat(struct core_thread *t, FD fd, PATH path, ULONG flags, ATFLAGS atflag)
{
	int core;

	(void)t;
	if (!freebsd_to_core_atflags(atflag, FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	return change_flags(fd, path.addr, flags, core);
}

/* ---- pathconf ------------------------------------------------------------------------- */

/* The answers of UFS, where they do not follow from the file. */
static long configured(int name, const struct core_stat *st)
{
	switch (name) {
	case FREEBSD_PC_LINK_MAX:
		return 32767;
	case FREEBSD_PC_NAME_MAX:
		return CORE_NAME_MAX;
	case FREEBSD_PC_PATH_MAX:
	case FREEBSD_PC_SYMLINK_MAX:
		return FREEBSD_PATH_MAX;
	case FREEBSD_PC_PIPE_BUF:
		return FREEBSD_PIPE_BUF;
	case FREEBSD_PC_CHOWN_RESTRICTED:
	case FREEBSD_PC_NO_TRUNC:
		return 1;
	case FREEBSD_PC_FILESIZEBITS:
		return 64;
	case FREEBSD_PC_ALLOC_SIZE_MIN:
	case FREEBSD_PC_REC_INCR_XFER_SIZE:
	case FREEBSD_PC_REC_MIN_XFER_SIZE:
	case FREEBSD_PC_MIN_HOLE_SIZE:
		return st->st_blksize;
	case FREEBSD_PC_REC_XFER_ALIGN:
		return PAGE_SIZE;
	case FREEBSD_PC_REC_MAX_XFER_SIZE:
		return -CORE_EINVAL; /* no limit, which sysconf's family cannot say */
	case FREEBSD_PC_ACL_NFS4:
	case FREEBSD_PC_CAP_PRESENT:
	case FREEBSD_PC_INF_PRESENT:
	case FREEBSD_PC_MAC_PRESENT:
	case FREEBSD_PC_DEALLOC_PRESENT:
		return 0;
	case FREEBSD_PC_MAX_CANON:
	case FREEBSD_PC_MAX_INPUT:
	case FREEBSD_PC_VDISABLE:
		return (st->st_mode & CORE_S_IFMT) == CORE_S_IFCHR ? 255 : -CORE_EINVAL;
	default:
		return -CORE_EINVAL;
	}
}

/* Does the file system keep access control lists (acl.c)? */
static bool has_acls(int fd, u64 path, int core_flags)
{
	const char *name = "system.posix_acl_access";
	long r;

	if (core_flags & CORE_AT_EMPTY_PATH)
		r = EXO(fgetxattr, fd, name, NULL, 0);
	else if (core_flags & CORE_AT_SYMLINK_NOFOLLOW)
		r = EXO(lgetxattr, path, name, NULL, 0);
	else
		r = EXO(getxattr, path, name, NULL, 0);
	return r >= 0 || r == -CORE_ENODATA;
}

static long path_conf(int fd, u64 path, int name, int core_flags)
{
	struct core_stat st;
	long r = EXO(newfstatat, fd, path, &st, core_flags);

	if (r < 0)
		return r;
	if (name == FREEBSD_PC_ACL_EXTENDED)
		return has_acls(fd, path, core_flags);
	if (name == FREEBSD_PC_ACL_PATH_MAX)
		return has_acls(fd, path, core_flags) ? FREEBSD_ACL_MAX : 3;
	return configured(name, &st);
}

long freebsd_pathconf(struct core_thread *t, PATH path, INT name)
{
	(void)t;
	return path_conf(CORE_AT_FDCWD, path.addr, name, 0);
}

long freebsd_lpathconf(struct core_thread *t, PATH path, INT name)
{
	(void)t;
	return path_conf(CORE_AT_FDCWD, path.addr, name, CORE_AT_SYMLINK_NOFOLLOW);
}

long freebsd_fpathconf(struct core_thread *t, FD fd, INT name)
{
	(void)t;
	return path_conf(fd, (u64) "", name, CORE_AT_EMPTY_PATH);
}
