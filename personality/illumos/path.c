/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/path.c: making, naming and removing files; where the process is.
 *
 * What differs from the hub's calls: a directory that is not empty is EEXIST, one removed as a
 * file EPERM; mknod makes directories and, for the privileged, files; resolvepath leaves a
 * relative path relative. Facts: the manual pages of section 2; usr/src/uts/common/syscall/
 * {link,unlink,rename,mkdir,mknod,readlink,resolvepath,getcwd,chdir,umask}.c; the errors are
 * those of ZFS and tmpfs (uts/common/fs/zfs/zfs_vnops.c, fs/tmpfs/tmp_{vnops,dir}.c).
 */
#include "personality/illumos/path.h"
#include "core/fd.h"
#include "lib/mem.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/procfs.h"

#define PERMISSIONS 0777
#define X_OK	    1
#define MODES	    07777
#define LINKS_MAX   32 /* MAXSYMLINKS is 20; the hub has refused what is a loop */

const char *illumos_fd_path(int fd, char buf[ILLUMOS_FD_PATH_MAX])
{
	fb_format(buf, ILLUMOS_FD_PATH_MAX, "/dev/fd/%d", fd);
	return buf;
}

/* ---- new names ---------------------------------------------------------------------- */

static long link_at(int fd1, guest_ptr path1, int fd2, guest_ptr path2, int flag)
{
	if (flag & ~ILLUMOS_AT_SYMLINK_FOLLOW)
		return -CORE_EINVAL;
	return EXO(linkat, illumos_to_core_atfd(fd1), path1.addr, illumos_to_core_atfd(fd2),
		   path2.addr, flag & ILLUMOS_AT_SYMLINK_FOLLOW ? CORE_AT_SYMLINK_FOLLOW : 0);
}

long illumos_link(struct core_thread *t, PATH existing, PATH new)
{
	(void)t;
	return link_at(ILLUMOS_AT_FDCWD, existing, ILLUMOS_AT_FDCWD, new, 0);
}

long illumos_linkat(struct core_thread *t, FD fd1, PATH path1, FD fd2, PATH path2, ATFLAGS flag)
{
	(void)t;
	return link_at(fd1, path1, fd2, path2, flag);
}

long illumos_symlinkat(struct core_thread *t, PATH path1, FD fd, PATH path2)
{
	(void)t;
	return EXO(symlinkat, path1.addr, illumos_to_core_atfd(fd), path2.addr);
}

long illumos_symlink(struct core_thread *t, PATH target, PATH link)
{
	return illumos_symlinkat(t, target, ILLUMOS_AT_FDCWD, link);
}

long illumos_renameat(struct core_thread *t, FD fd1, PATH old, FD fd2, PATH new)
{
	long r =
	    EXO(renameat, illumos_to_core_atfd(fd1), old.addr, illumos_to_core_atfd(fd2), new.addr);

	(void)t;
	return r == -CORE_ENOTEMPTY ? -CORE_EEXIST : r;
}

long illumos_rename(struct core_thread *t, PATH old, PATH new)
{
	return illumos_renameat(t, ILLUMOS_AT_FDCWD, old, ILLUMOS_AT_FDCWD, new);
}

long illumos_mkdirat(struct core_thread *t, FD fd, PATH path, MODE mode)
{
	(void)t;
	return EXO(mkdirat, illumos_to_core_atfd(fd), path.addr, mode & PERMISSIONS);
}

long illumos_mkdir(struct core_thread *t, PATH path, MODE mode)
{
	return illumos_mkdirat(t, ILLUMOS_AT_FDCWD, path, mode);
}

/* Whatever is no FIFO is for the privileged, a file as well. */
long illumos_mknodat(struct core_thread *t, FD fd, PATH path, MODE mode, DEV dev)
{
	u32 type = mode & CORE_S_IFMT;
	bool device = type == CORE_S_IFCHR || type == CORE_S_IFBLK;

	if (type != CORE_S_IFIFO && !illumos_priv_has(t, ILLUMOS_PRIV_SYS_DEVICES))
		return -CORE_EPERM;
	if (device && (dev == ~0UL || dev >> 32 == ~0u))
		return -CORE_EINVAL;
	if (type == CORE_S_IFDIR)
		return EXO(mkdirat, illumos_to_core_atfd(fd), path.addr, mode & MODES);
	return EXO(mknodat, illumos_to_core_atfd(fd), path.addr, mode,
		   device ? illumos_to_core_dev(dev) : 0);
}

long illumos_mknod(struct core_thread *t, PATH path, MODE mode, DEV dev)
{
	return illumos_mknodat(t, ILLUMOS_AT_FDCWD, path, mode, dev);
}

/* ---- removing ------------------------------------------------------------------------ */

static long unlink_at(int fd, guest_ptr path, bool directory)
{
	long r =
	    EXO(unlinkat, illumos_to_core_atfd(fd), path.addr, directory ? CORE_AT_REMOVEDIR : 0);

	if (r == -CORE_ENOTEMPTY)
		return -CORE_EEXIST;
	return r == -CORE_EISDIR ? -CORE_EPERM : r;
}

long illumos_unlink(struct core_thread *t, PATH path)
{
	(void)t;
	return unlink_at(ILLUMOS_AT_FDCWD, path, false);
}

long illumos_unlinkat(struct core_thread *t, FD fd, PATH path, ATFLAGS flag)
{
	(void)t;
	if (flag & ~ILLUMOS_AT_REMOVEDIR)
		return -CORE_EINVAL;
	return unlink_at(fd, path, flag);
}

long illumos_rmdir(struct core_thread *t, PATH path)
{
	(void)t;
	return unlink_at(ILLUMOS_AT_FDCWD, path, true);
}

/* ---- reading names ------------------------------------------------------------------- */

static __attribute__((noinline)) long readlink_procfs(struct core_thread *t, guest_ptr path,
						      guest_ptr buf, u64 size)
{
	char text[ILLUMOS_PATH_MAX];
	long r = illumos_procfs_readlink(t, path, text);

	if (r < 0)
		return r;
	r = MIN(r, (long)MIN(size, (u64)INT32_MAX));
	return copy_to_guest(buf, text, (size_t)r) < 0 ? -CORE_EFAULT : r;
}

long illumos_readlinkat(struct core_thread *t, FD fd, PATH path, OUT buf, SIZE bufsiz)
{
	char byte;
	long r;

	(void)t;
	if ((i64)bufsiz < 0)
		return -CORE_EINVAL;
	if (UNLIKELY(illumos_procfs_maybe(path))) {
		r = readlink_procfs(t, path, buf, bufsiz);
		if (r != ILLUMOS_PROCFS_OTHER)
			return r;
	}
	fd = illumos_to_core_atfd(fd);
	if (bufsiz > 0)
		return EXO(readlinkat, fd, path.addr, buf.addr, MIN(bufsiz, (u64)INT32_MAX));
	r = EXO(readlinkat, fd, path.addr, &byte, 1);
	return r < 0 ? r : 0;
}

long illumos_readlink(struct core_thread *t, PATH path, OUT buf, SIZE bufsiz)
{
	return illumos_readlinkat(t, ILLUMOS_AT_FDCWD, path, buf, bufsiz);
}

struct resolving {
	char rest[2 * ILLUMOS_PATH_MAX]; /* what is still to walk */
	char out[ILLUMOS_PATH_MAX + CORE_NAME_MAX + 2];
	char link[ILLUMOS_PATH_MAX];
};

static void drop_last(char *path)
{
	size_t n = strlen(path);

	while (n > 0 && path[n - 1] != '/')
		n--;
	if (n > 1)
		n--;
	path[n] = '\0';
}

static const char *last_of(const char *path)
{
	const char *last = path;

	for (const char *p = path; *p; p++)
		if (*p == '/')
			last = p + 1;
	return last;
}

/* ".." takes the component before it away, unless that is one as well. */
static void go_up(char *out)
{
	size_t n = strlen(out);

	if (strcmp(out, "/") == 0)
		return;
	if (n > 0 && strcmp(last_of(out), "..") != 0) {
		drop_last(out);
		return;
	}
	memcpy(out + n, n ? "/.." : "..", n ? 4 : 3);
}

/* One component of len bytes at name; 1: it was a link, and r->rest is what to go on with. */
static long walk(struct resolving *r, const char *name, size_t len)
{
	size_t before = strlen(r->out), n = before, rest;
	long link;

	if (len == 1 && name[0] == '.')
		return 0;
	if (len == 2 && name[0] == '.' && name[1] == '.') {
		if (n + 4 > ILLUMOS_PATH_MAX)
			return -CORE_ENAMETOOLONG;
		go_up(r->out);
		return 0;
	}
	if (len > CORE_NAME_MAX || n + 1 + len >= ILLUMOS_PATH_MAX)
		return -CORE_ENAMETOOLONG;
	if (n > 0 && r->out[n - 1] != '/')
		r->out[n++] = '/';
	memcpy(r->out + n, name, len);
	r->out[n + len] = '\0';
	link = EXO(readlinkat, CORE_AT_FDCWD, r->out, r->link, sizeof(r->link));
	if (link == -CORE_EINVAL) /* it is none */
		return 0;
	if (link < 0)
		return link;
	rest = strlen(name + len);
	if ((size_t)link + rest >= sizeof(r->rest))
		return -CORE_ENAMETOOLONG;
	memmove(r->rest + link, name + len, rest + 1);
	memcpy(r->rest, r->link, (size_t)link);
	r->out[before] = '\0';
	return 1;
}

static long resolve(struct resolving *r)
{
	u32 links = 0;
	char *p = r->rest;

	r->out[0] = '\0';
	for (;;) {
		size_t len = 0;
		long w;

		if (p == r->rest && *p == '/')
			memcpy(r->out, "/", 2);
		while (*p == '/')
			p++;
		if (!*p)
			break;
		while (p[len] && p[len] != '/')
			len++;
		w = walk(r, p, len);
		if (w < 0)
			return w;
		if (w > 0 && ++links > LINKS_MAX)
			return -CORE_ELOOP;
		p = w > 0 ? r->rest : p + len;
	}
	if (!r->out[0])
		memcpy(r->out, ".", 2);
	return (long)strlen(r->out);
}

long illumos_resolvepath(struct core_thread *t, PATH path, OUT buf, SIZE bufsiz)
{
	struct resolving *r;
	struct core_stat st;
	long n;

	(void)t;
	if (bufsiz == 0)
		return 0;
	n = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &st, 0);
	if (n < 0)
		return n;
	r = exo_pages_alloc(sizeof(*r));
	if (!r)
		return -CORE_ENOMEM;
	n = copy_str_from_guest(r->rest, path, ILLUMOS_PATH_MAX);
	if (n >= 0)
		n = resolve(r);
	if (n >= 0) {
		n = (long)MIN(bufsiz, (u64)n);
		if (copy_to_guest(buf, r->out, (size_t)n) < 0)
			n = -CORE_EFAULT;
	}
	exo_pages_free(r, sizeof(*r));
	return n;
}

long illumos_getcwd(struct core_thread *t, OUT buf, SIZE size)
{
	char path[ILLUMOS_PATH_MAX];
	long r = EXO(getcwd, path, sizeof(path));

	(void)t;
	if (r < 0)
		return r == -CORE_ERANGE ? -CORE_ENAMETOOLONG : r;
	if (path[0] != '/')
		return -CORE_ENOENT; /* outside of what the process can see */
	if ((u64)r > size)
		return -CORE_ERANGE;
	return copy_to_guest(buf, path, (size_t)r);
}

/* ---- where the process is -------------------------------------------------------------- */

long illumos_chdir(struct core_thread *t, PATH path)
{
	(void)t;
	return EXO(chdir, path.addr);
}

long illumos_fchdir(struct core_thread *t, FD fd)
{
	(void)t;
	return EXO(fchdir, fd);
}

/* The errors of the directory come before that of the caller. */
static long change_root(u64 path)
{
	struct core_stat st;
	long r = EXO(newfstatat, CORE_AT_FDCWD, path, &st, 0);

	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFDIR)
		return -CORE_ENOTDIR;
	r = EXO(faccessat2, CORE_AT_FDCWD, path, X_OK, CORE_AT_EACCESS);
	if (r < 0)
		return r;
	/* The hub may let a program that is not the superuser (cli/view.c). */
	return illumos_priv_has(core_self(), ILLUMOS_PRIV_PROC_CHROOT) ? EXO(chroot, path)
								       : -CORE_EPERM;
}

long illumos_chroot(struct core_thread *t, PATH path)
{
	(void)t;
	return change_root(path.addr);
}

long illumos_fchroot(struct core_thread *t, FD fd)
{
	char self[ILLUMOS_FD_PATH_MAX];

	(void)t;
	if (core_fd_hidden(fd) || EXO(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	return change_root((u64)illumos_fd_path(fd, self));
}

long illumos_umask(struct core_thread *t, MODE cmask)
{
	(void)t;
	return EXO(umask, cmask & PERMISSIONS);
}
