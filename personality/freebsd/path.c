/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/path.c: making, naming and removing files; where the process is.
 *
 * What differs from the hub's calls: link() follows a link; removing a directory as a file is
 * EPERM; making, removing and renaming "/" is EISDIR; modes are masked as each call documents;
 * __getcwd and __realpathat return nothing but success. AT_RESOLVE_BENEATH is refused: only opening
 * can stay below a directory on the hub. Facts: the manual pages of section 2,
 * sys/kern/vfs_syscalls.c of FreeBSD 14.
 */
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/path.h"
#include "personality/freebsd/procfs.h"

#define FREEBSD_FD_NONE (-200) /* funlinkat(2): any file of that name */

/* ---- the root directory ---------------------------------------------------------------- */

/* A path of slashes alone names no entry that a call could make or remove. */
static bool is_root(guest_ptr path)
{
	char text[FREEBSD_PATH_MAX];
	size_t n = 0;

	if (copy_str_from_guest(text, path, sizeof(text)) < 0)
		return false;
	while (text[n] == '/')
		n++;
	return n > 0 && text[n] == '\0';
}

/* What the hub says then is EEXIST, EBUSY or EISDIR, and never only then. */
static long not_root(long r, guest_ptr path)
{
	if (LIKELY(r != -CORE_EEXIST && r != -CORE_EBUSY && r != -CORE_EISDIR))
		return r;
	return is_root(path) ? -CORE_EISDIR : r;
}

/* ---- new names ---------------------------------------------------------------------- */

static long link_at(int fd1, guest_ptr path1, int fd2, guest_ptr path2, int flag)
{
	char self[FREEBSD_FD_PATH_MAX];
	int core;

	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_SYMLINK_FOLLOW | FREEBSD_AT_EMPTY_PATH,
				     &core))
		return -CORE_EINVAL;
	/* The hub wants a privilege for an empty path, not for the descriptor's name. */
	if (flag & FREEBSD_AT_EMPTY_PATH && freebsd_path_empty(path1))
		return EXO(linkat, CORE_AT_FDCWD, freebsd_fd_path(fd1, self), fd2, path2.addr,
			   CORE_AT_SYMLINK_FOLLOW);
	return not_root(EXO(linkat, fd1, path1.addr, fd2, path2.addr, core & ~CORE_AT_EMPTY_PATH),
			path2);
}

long freebsd_link(struct core_thread *t, PATH path, PATH link)
{
	(void)t;
	return link_at(CORE_AT_FDCWD, path, CORE_AT_FDCWD, link, FREEBSD_AT_SYMLINK_FOLLOW);
}

long freebsd_linkat(struct core_thread *t, FD fd1, PATH path1, FD fd2, PATH path2, ATFLAGS flag)
{
	(void)t;
	return link_at(fd1, path1, fd2, path2, flag);
}

long freebsd_symlink(struct core_thread *t, STR path, PATH link)
{
	(void)t;
	return not_root(EXO(symlinkat, path.addr, CORE_AT_FDCWD, link.addr), link);
}

long freebsd_symlinkat(struct core_thread *t, STR path1, FD fd, PATH path2)
{
	(void)t;
	return not_root(EXO(symlinkat, path1.addr, fd, path2.addr), path2);
}

/* Is its last component "." or ".."? */
static bool ends_in_dots(guest_ptr path)
{
	char text[FREEBSD_PATH_MAX];
	long n = copy_str_from_guest(text, path, sizeof(text)), dots = 0;

	if (n < 0)
		return false;
	while (n > 0 && text[n - 1] == '/')
		n--;
	while (dots < n && text[n - 1 - dots] == '.')
		dots++;
	return (dots == 1 || dots == 2) && (dots == n || text[n - 1 - dots] == '/');
}

/* The root directory is looked up as a target only when there is something to rename. */
static long rename_root(int oldfd, guest_ptr old, guest_ptr new)
{
	u32 type;

	if (is_root(old))
		return -CORE_EISDIR;
	if (!is_root(new))
		return -CORE_EBUSY;
	type = freebsd_path_type(oldfd, old);
	return !type ? -CORE_ENOENT : type == CORE_S_IFDIR ? -CORE_EINVAL : -CORE_EISDIR;
}

/* Those two are no names to give or to take away; the hub calls them busy. */
long freebsd_renameat(struct core_thread *t, FD oldfd, PATH old, FD newfd, PATH new)
{
	long r = EXO(renameat, oldfd, old.addr, newfd, new.addr);

	(void)t;
	if (LIKELY(r != -CORE_EBUSY))
		return r;
	if (ends_in_dots(old))
		return -CORE_EINVAL;
	if (ends_in_dots(new))
		return freebsd_path_type(oldfd, old) == CORE_S_IFDIR ? -CORE_EINVAL : -CORE_EISDIR;
	return rename_root(oldfd, old, new);
}

long freebsd_rename(struct core_thread *t, PATH from, PATH to)
{
	return freebsd_renameat(t, CORE_AT_FDCWD, from, CORE_AT_FDCWD, to);
}

long freebsd_mkdirat(struct core_thread *t, FD fd, PATH path, MODE mode)
{
	(void)t;
	return not_root(EXO(mkdirat, fd, path.addr, mode & 0777), path);
}

long freebsd_mkdir(struct core_thread *t, PATH path, MODE mode)
{
	return freebsd_mkdirat(t, CORE_AT_FDCWD, path, mode);
}

long freebsd_mkfifoat(struct core_thread *t, FD fd, PATH path, MODE mode)
{
	(void)t;
	return not_root(EXO(mknodat, fd, path.addr, CORE_S_IFIFO | (mode & 07777), 0), path);
}

long freebsd_mkfifo(struct core_thread *t, PATH path, MODE mode)
{
	return freebsd_mkfifoat(t, CORE_AT_FDCWD, path, mode);
}

long freebsd_mknodat(struct core_thread *t, FD fd, PATH path, MODE mode, DEV dev)
{
	switch (mode & CORE_S_IFMT) {
	case CORE_S_IFIFO:
		return dev ? -CORE_EINVAL : freebsd_mkfifoat(t, fd, path, mode);
	case CORE_S_IFCHR:
	case CORE_S_IFBLK:
		/* The hub takes device 0 for a white-out of a union, which anybody may make. */
		if (freebsd_to_core_dev(dev) == 0 && EXO_NOW(geteuid) != 0)
			return -CORE_EPERM;
		return not_root(EXO(mknodat, fd, path.addr, mode, freebsd_to_core_dev(dev)), path);
	case FREEBSD_S_IFWHT: /* no file system of the hub's takes one */
		return EXO(geteuid) == 0 ? -CORE_EOPNOTSUPP : -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_freebsd11_mknodat(struct core_thread *t, FD fd, PATH path, MODE mode, DEV dev)
{
	return freebsd_mknodat(t, fd, path, mode, (u32)dev);
}

long freebsd_freebsd11_mknod(struct core_thread *t, PATH path, MODE mode, DEV dev)
{
	return freebsd_mknodat(t, CORE_AT_FDCWD, path, mode, (u32)dev);
}

/* ---- removing ------------------------------------------------------------------------ */

static long unlink_at(int fd, guest_ptr path, int flag)
{
	int core;
	long r;

	if (!freebsd_to_core_atflags(flag, FREEBSD_AT_REMOVEDIR, &core))
		return -CORE_EINVAL;
	r = not_root(EXO(unlinkat, fd, path.addr, core), path);
	return r == -CORE_EISDIR && !is_root(path) ? -CORE_EPERM : r;
}

/* Brings back what a white-out of a union hides, and there are none: as there, what is there
 * is in the way. */
long freebsd_undelete(struct core_thread *t, PATH path)
{
	struct core_stat st;
	long r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &st, CORE_AT_SYMLINK_NOFOLLOW);

	(void)t;
	return r < 0 ? r : -CORE_EEXIST;
}

long freebsd_unlink(struct core_thread *t, PATH path)
{
	(void)t;
	return unlink_at(CORE_AT_FDCWD, path, 0);
}

long freebsd_unlinkat(struct core_thread *t, FD fd, PATH path, ATFLAGS flag)
{
	(void)t;
	return unlink_at(fd, path, flag);
}

long freebsd_rmdir(struct core_thread *t, PATH path)
{
	(void)t;
	return unlink_at(CORE_AT_FDCWD, path, FREEBSD_AT_REMOVEDIR);
}

/* Removes the name only while it is that of the open file. */
long freebsd_funlinkat(struct core_thread *t, FD dfd, PATH path, FD fd, ATFLAGS flag)
{
	struct core_stat open, named;
	long r;

	(void)t;
	if (fd == FREEBSD_FD_NONE)
		return unlink_at(dfd, path, flag);
	r = EXO(fstat, fd, &open);
	if (r >= 0)
		r = EXO(newfstatat, dfd, path.addr, &named, CORE_AT_SYMLINK_NOFOLLOW);
	if (r < 0)
		return r;
	if (open.st_dev != named.st_dev || open.st_ino != named.st_ino)
		return -CORE_EDEADLK;
	return unlink_at(dfd, path, flag);
}

/* ---- reading names ------------------------------------------------------------------- */

static __attribute__((noinline)) long readlink_procfs(struct core_thread *t, guest_ptr path,
						      guest_ptr buf, u64 size)
{
	char text[FREEBSD_PATH_MAX];
	long r = freebsd_procfs_readlink(t, path, text);

	if (r < 0)
		return r;
	r = MIN(r, (long)MIN(size, (u64)INT32_MAX));
	return copy_to_guest(buf, text, (size_t)r) < 0 ? -CORE_EFAULT : r;
}

long freebsd_readlinkat(struct core_thread *t, FD fd, PATH path, OUT buf, SIZE bufsize)
{
	char byte;
	long r;

	(void)t;
	if ((i64)bufsize < 0)
		return -CORE_EINVAL;
	if (freebsd_procfs_maybe(path)) {
		r = readlink_procfs(t, path, buf, bufsize);
		if (r != FREEBSD_PROCFS_OTHER)
			return r;
	}
	if (bufsize > 0)
		return EXO(readlinkat, fd, path.addr, buf.addr, MIN(bufsize, (u64)INT32_MAX));
	r = EXO(readlinkat, fd, path.addr, &byte, 1);
	return r < 0 ? r : 0;
}

long freebsd_readlink(struct core_thread *t, PATH path, OUT buf, SIZE count)
{
	return freebsd_readlinkat(t, CORE_AT_FDCWD, path, buf, count);
}

/* A path of len bytes without its NUL, into the guest's buffer of size. */
static long give_path(guest_ptr buf, u64 size, char *path, long len, long too_small)
{
	if (len < 1 || path[0] != '/')
		return -CORE_ENOENT; /* outside of what the process can see */
	if ((u64)len + 1 > size)
		return too_small;
	path[len] = '\0';
	return copy_to_guest(buf, path, (size_t)len + 1);
}

long freebsd___getcwd(struct core_thread *t, OUT buf, SIZE buflen)
{
	char path[FREEBSD_PATH_MAX];
	long r;

	(void)t;
	if (buflen < 2)
		return -CORE_EINVAL;
	r = EXO(getcwd, path, sizeof(path));
	return r < 0 ? r : give_path(buf, buflen, path, r - 1, -CORE_ENOMEM);
}

long freebsd___realpathat(struct core_thread *t, FD fd, PATH path, OUT buf, SIZE size,
			  ATFLAGS flags)
{
	char self[FREEBSD_FD_PATH_MAX], real[FREEBSD_PATH_MAX + 1];
	long file, r;

	(void)t;
	if (flags)
		return -CORE_EINVAL;
	file = EXO(openat, fd, path.addr, CORE_O_PATH | CORE_O_CLOEXEC);
	if (file < 0)
		return file;
	r = EXO_NOW(readlinkat, CORE_AT_FDCWD, freebsd_fd_path((int)file, self), real,
		    FREEBSD_PATH_MAX);
	EXO_NOW(close, file);
	if (r >= FREEBSD_PATH_MAX)
		return -CORE_ENAMETOOLONG;
	return r < 0 ? r : give_path(buf, size, real, r, -CORE_ENAMETOOLONG);
}

/* ---- where the process is -------------------------------------------------------------- */

long freebsd_chdir(struct core_thread *t, PATH path)
{
	char name[FREEBSD_PATH_MAX];

	if (freebsd_procfs_maybe(path))
		return EXO(chdir, freebsd_procfs_name(t, path, true, name));
	return EXO(chdir, path.addr);
}

long freebsd_fchdir(struct core_thread *t, FD fd)
{
	(void)t;
	return EXO(fchdir, fd);
}

long freebsd_chroot(struct core_thread *t, PATH path)
{
	(void)t;
	/* The hub may let a program that is not the superuser (cli/view.c). */
	return EXO_NOW(geteuid) != 0 ? -CORE_EPERM : EXO(chroot, path.addr);
}

long freebsd_umask(struct core_thread *t, MODE newmask)
{
	(void)t;
	return EXO(umask, newmask & 0777);
}
