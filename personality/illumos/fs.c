/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/fs.c: file systems: statvfs, pathconf, sysfs, and what is refused.
 *
 * Nobody is privileged towards an illumos kernel here: mounting and its like answer EPERM, as to
 * an ordinary user. Facts: usr/src/uts/common/syscall/{statvfs,pathconf,sysfs,mount,umount}.c;
 * fs_pathconf of fs/fs_subr.c and tmp_pathconf of fs/tmpfs/tmp_vnops.c, whose answers these are.
 */
#include "core/fd.h"
#include "personality/illumos/abi_file.h"
#include "personality/illumos/fstype.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/namefs.h"
#include "lib/mem.h"

/* ---- statvfs ----------------------------------------------------------------------------- */

static long give_statvfs(const struct core_statfs *fs, const struct core_stat *st, guest_ptr buf)
{
	struct illumos_statvfs out;

	core_to_illumos_statvfs(fs, st->st_dev, &out);
	return copy_to_guest(buf, &out, sizeof(out));
}

long illumos_statvfs(struct core_thread *t, PATH path, OUT buf)
{
	struct core_statfs fs;
	struct core_stat st;
	long r = EXO(statfs, path.addr, &fs);

	(void)t;
	if (r >= 0)
		r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &st, 0);
	return r < 0 ? r : give_statvfs(&fs, &st, buf);
}

long illumos_fstatvfs(struct core_thread *t, FD fd, OUT buf)
{
	struct core_statfs fs;
	struct core_stat st;
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fstatfs, fd, &fs);

	(void)t;
	if (r >= 0)
		r = EXO(fstat, fd, &st);
	return r < 0 ? r : give_statvfs(&fs, &st, buf);
}

/* ---- pathconf ---------------------------------------------------------------------------- */

#define LINKS_MAX     32767
#define TRANSFER_BEST (1L << 20)

/* Who is asked: a path, or a descriptor with flags CORE_AT_EMPTY_PATH. */
struct place {
	int fd;
	u64 path;
	int flags;
};

static long has_attributes(const struct place *p)
{
	long r = p->flags & CORE_AT_EMPTY_PATH ? EXO(flistxattr, p->fd, NULL, 0)
					       : EXO(listxattr, p->path, NULL, 0);

	return r > 0;
}

static long sync_works(const struct place *p)
{
	if (p->flags & CORE_AT_EMPTY_PATH)
		EXO(fsync, p->fd);
	return 1;
}

static long configured(const struct place *p, const struct core_stat *st, int name)
{
	struct core_statfs fs;

	switch (name) {
	case ILLUMOS_PC_LINK_MAX:
		return LINKS_MAX;
	case ILLUMOS_PC_MAX_CANON:
		return 256;
	case ILLUMOS_PC_MAX_INPUT:
		return 512;
	case ILLUMOS_PC_NAME_MAX:
		return CORE_NAME_MAX;
	case ILLUMOS_PC_PATH_MAX:
	case ILLUMOS_PC_SYMLINK_MAX:
		return 1024;
	case ILLUMOS_PC_PIPE_BUF:
		return 5120;
	case ILLUMOS_PC_NO_TRUNC:
	case ILLUMOS_PC_CHOWN_RESTRICTED:
	case ILLUMOS_PC_ASYNC_IO:
	case ILLUMOS_PC_2_SYMLINKS:
	case ILLUMOS_PC_CASE_BEHAVIOR: /* _CASE_SENSITIVE */
	case ILLUMOS_PC_TIMESTAMP_RESOLUTION:
		return 1;
	case ILLUMOS_PC_SYNC_IO:
		return sync_works(p);
	case ILLUMOS_PC_VDISABLE:
	case ILLUMOS_PC_ACL_ENABLED: /* they are made up from the mode (acl.c) */
	case ILLUMOS_PC_SATTR_ENABLED:
	case ILLUMOS_PC_SATTR_EXISTS:
	case ILLUMOS_PC_ACCESS_FILTERING:
	case ILLUMOS_PC_XATTR_ENABLED:
		return 0;
	case ILLUMOS_PC_ALLOC_SIZE_MIN:
	case ILLUMOS_PC_REC_INCR_XFER_SIZE:
	case ILLUMOS_PC_REC_MIN_XFER_SIZE:
	case ILLUMOS_PC_REC_XFER_ALIGN:
		return MAX((long)st->st_blksize, (long)PAGE_SIZE);
	case ILLUMOS_PC_REC_MAX_XFER_SIZE:
		return MAX((long)st->st_blksize, TRANSFER_BEST);
	case ILLUMOS_PC_MIN_HOLE_SIZE:
		return st->st_blksize;
	case ILLUMOS_PC_FILESIZEBITS:
		return 64;
	case ILLUMOS_PC_XATTR_EXISTS:
		(void)fs;
		return has_attributes(p);
	default: /* _PC_PRIO_IO as well */
		return -CORE_EINVAL;
	}
}

static long path_conf(const struct place *p, int name)
{
	struct core_stat st;
	long r = EXO(newfstatat, p->fd, p->path, &st, p->flags);

	return r < 0 ? r : configured(p, &st, name);
}

long illumos_pathconf(struct core_thread *t, PATH path, INT name)
{
	struct place p = {CORE_AT_FDCWD, path.addr, 0};

	(void)t;
	return path_conf(&p, name);
}

long illumos_fpathconf(struct core_thread *t, FD fd, INT name)
{
	struct place p = {core_fd_hidden(fd) ? -1 : fd, (u64) "", CORE_AT_EMPTY_PATH};

	(void)t;
	return path_conf(&p, name);
}

/* ---- kinds of file systems ------------------------------------------------------------------ */

static long index_of(guest_ptr name)
{
	char text[ILLUMOS_FSTYPSZ];
	long r = copy_str_from_guest(text, name, sizeof(text));
	int index;

	if (r <= 0)
		return r < 0 ? r : -CORE_EINVAL;
	index = illumos_fs_index(text);
	return index < 0 ? -CORE_EINVAL : index;
}

long illumos_sysfs(struct core_thread *t, INT opcode, ULONG a1, OUT buf)
{
	const char *name;

	(void)t;
	switch (opcode) {
	case ILLUMOS_GETFSIND:
		return index_of(gp(a1));
	case ILLUMOS_GETFSTYP:
		name = illumos_fs_at((u32)a1);
		return !name ? -CORE_EINVAL : copy_to_guest(buf, name, strlen(name) + 1);
	case ILLUMOS_GETNFSTYP:
		return illumos_fs_count();
	default:
		return -CORE_EINVAL;
	}
}

/* ---- mounting ---------------------------------------------------------------------------- */

#define MS_DATA 0x4

/* A descriptor is mounted by anybody who owns the file (fattach), everything else by nobody. */
long illumos_mount(struct core_thread *t, PATH spec, PATH dir, HEX mflag, STR fstype, IN dataptr,
		   INT datalen, INOUT optptr, INT optlen)
{
	char name[ILLUMOS_FSTYPSZ];

	(void)spec, (void)optptr, (void)optlen;
	if (!(mflag & MS_DATA) || copy_str_from_guest(name, fstype, sizeof(name)) < 0 ||
	    strcmp(name, "namefs") != 0)
		return -CORE_EPERM;
	return illumos_namefs_attach(t, dir, dataptr, datalen);
}

long illumos_umount2(struct core_thread *t, PATH path, HEX flags)
{
	long r = illumos_namefs_detach(path);

	(void)t, (void)flags;
	return r == -CORE_ENOTSUP ? -CORE_EPERM : r;
}

/* ---- refused ----------------------------------------------------------------------------- */

#define REFUSED(name, ...)                                                                         \
	long illumos_##name(struct core_thread *t, ##__VA_ARGS__)                                  \
	{                                                                                          \
		(void)t;                                                                           \
		return -CORE_EPERM;                                                                \
	}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
REFUSED(sharefs, INT opcode, IN share, SIZE maxlen)
REFUSED(autofssys, INT opcode, ULONG arg)
#pragma GCC diagnostic pop
