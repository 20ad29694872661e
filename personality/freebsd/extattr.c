/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/extattr.c: extended attributes, which are the host's. Facts: extattr(2),
 * sys/extattr.h, sys/kern/vfs_extattr.c of FreeBSD 14.
 *
 * A name space is a number there and the beginning of the name on the host: "user." for the
 * one everybody may use, "trusted." for the system's, which is root's alone on both. A value
 * or a list that does not fit is cut off, not refused; a list has a length before each name.
 */
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"

#define NAMESPACE_USER	 1
#define NAMESPACE_SYSTEM 2
#define NAME_MAX	 255
#define VALUE_MAX	 65536 /* the host's, of values and of lists */

struct name {
	char text[NAME_MAX + 16];
};

/* What an attribute is of: a descriptor, or a path whose last link is followed or not. */
struct file {
	enum { BY_FD, BY_PATH, BY_LINK } how;
	int fd;
	guest_ptr path;
};

static struct file by_fd(int fd)
{
	return (struct file){BY_FD, fd, gp(0)};
}

static struct file by_path(guest_ptr path)
{
	return (struct file){BY_PATH, -1, path};
}

static struct file by_link(guest_ptr path)
{
	return (struct file){BY_LINK, -1, path};
}

static const char *prefix_of(int space)
{
	return space == NAMESPACE_USER ? "user." : "trusted.";
}

/* Descriptors of files alone; and the system's names are for root. */
static long check(const struct file *f, int space)
{
	struct core_stat st;
	long r;
	u32 type;

	if (f->how == BY_FD) {
		if (exo_fd_hidden(f->fd))
			return -CORE_EBADF;
		r = EXO(fstat, f->fd, &st);
		if (r < 0)
			return r;
		type = st.st_mode & CORE_S_IFMT;
		if (type != CORE_S_IFREG && type != CORE_S_IFDIR)
			return type == CORE_S_IFCHR || type == CORE_S_IFBLK ? -CORE_EOPNOTSUPP
									    : -CORE_EINVAL;
	}
	if (space != NAMESPACE_USER && space != NAMESPACE_SYSTEM)
		return -CORE_EPERM;
	return space == NAMESPACE_SYSTEM && EXO_NOW(geteuid) != 0 ? -CORE_EPERM : 0;
}

static long read_name(guest_ptr name, int space, struct name *out)
{
	const char *prefix = prefix_of(space);
	size_t n = strlen(prefix);
	long r;

	memcpy(out->text, prefix, n);
	r = copy_str_from_guest(out->text + n, name, NAME_MAX + 1);
	if (r < 0)
		return r;
	return r == 0 ? -CORE_EINVAL : 0;
}

/* The host's word for a name that is too long. */
static long name_error(long r)
{
	return r == -CORE_ERANGE ? -CORE_ENAMETOOLONG : r;
}

static long set(struct file f, int space, guest_ptr attrname, guest_ptr data, u64 n)
{
	struct name name;
	long r = read_name(attrname, space, &name);

	if (r < 0)
		return r;
	if (n > INT64_MAX)
		return -CORE_EINVAL;
	r = check(&f, space);
	if (r < 0)
		return r;
	if (f.how == BY_FD)
		r = EXO(fsetxattr, f.fd, name.text, data.addr, n, 0);
	else if (f.how == BY_PATH)
		r = EXO(setxattr, f.path.addr, name.text, data.addr, n, 0);
	else
		r = EXO(lsetxattr, f.path.addr, name.text, data.addr, n, 0);
	return r < 0 ? name_error(r) : (long)n;
}

static long host_get(const struct file *f, const char *name, void *buf, u64 n)
{
	if (f->how == BY_FD)
		return EXO(fgetxattr, f->fd, name, buf, n);
	if (f->how == BY_PATH)
		return EXO(getxattr, f->path.addr, name, buf, n);
	return EXO(lgetxattr, f->path.addr, name, buf, n);
}

static long host_list(const struct file *f, char *buf)
{
	if (f->how == BY_FD)
		return EXO(flistxattr, f->fd, buf, VALUE_MAX);
	if (f->how == BY_PATH)
		return EXO(listxattr, f->path.addr, buf, VALUE_MAX);
	return EXO(llistxattr, f->path.addr, buf, VALUE_MAX);
}

/* As much of it as there is room for. */
static long give(guest_ptr data, u64 room, const char *from, u64 n)
{
	if (!data.addr)
		return (long)n;
	n = MIN(n, room);
	return copy_to_guest(data, from, n) < 0 ? -CORE_EFAULT : (long)n;
}

static long get(struct file f, int space, guest_ptr attrname, guest_ptr data, u64 n)
{
	struct name name;
	char *buf;
	long r = read_name(attrname, space, &name);

	if (r < 0)
		return r;
	if (n > INT64_MAX)
		return -CORE_EINVAL;
	r = check(&f, space);
	if (r < 0)
		return r;
	if (!data.addr)
		return host_get(&f, name.text, NULL, 0);
	buf = exo_pages_alloc(VALUE_MAX);
	if (!buf)
		return -CORE_ENOMEM;
	r = host_get(&f, name.text, buf, VALUE_MAX);
	r = r < 0 ? name_error(r) : give(data, n, buf, (u64)r);
	exo_pages_free(buf, VALUE_MAX);
	return r;
}

static long remove_one(struct file f, int space, guest_ptr attrname)
{
	struct name name;
	long r = read_name(attrname, space, &name);

	if (r == 0)
		r = check(&f, space);
	if (r < 0)
		return r;
	if (f.how == BY_FD)
		r = EXO(fremovexattr, f.fd, name.text);
	else if (f.how == BY_PATH)
		r = EXO(removexattr, f.path.addr, name.text);
	else
		r = EXO(lremovexattr, f.path.addr, name.text);
	/* Links and their like have none, which the host says by refusing to write any. */
	if (r == -CORE_EPERM && host_get(&f, name.text, NULL, 0) == -CORE_ENODATA)
		return -CORE_ENODATA;
	return name_error(r);
}

/* In place: names of the one space, each with its length instead of its end. */
static u64 rewrite(char *list, u64 len, const char *prefix)
{
	size_t skip = strlen(prefix), n;
	char *out = list;

	for (char *p = list, *end = list + len; p < end; p += n + 1) {
		n = strlen(p);
		if (n <= skip || strncmp(p, prefix, skip) != 0)
			continue;
		memmove(out + 1, p + skip, n - skip); /* the prefix is longer than the length */
		*out = (char)(n - skip);
		out += 1 + n - skip;
	}
	return (u64)(out - list);
}

static long list(struct file f, int space, guest_ptr data, u64 n)
{
	char *buf;
	long r = n > INT64_MAX ? -CORE_EINVAL : check(&f, space);

	if (r < 0)
		return r;
	buf = exo_pages_alloc(VALUE_MAX);
	if (!buf)
		return -CORE_ENOMEM;
	r = host_list(&f, buf);
	if (r >= 0)
		r = give(data, n, buf, rewrite(buf, (u64)r, prefix_of(space)));
	exo_pages_free(buf, VALUE_MAX);
	return r;
}

/* ---- the calls ---------------------------------------------------------------------------- */

long freebsd_extattr_set_fd(struct core_thread *t, FD fd, INT attrnamespace, STR attrname, IN data,
			    SIZE nbytes)
{
	(void)t;
	return set(by_fd(fd), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_set_file(struct core_thread *t, PATH path, INT attrnamespace, STR attrname,
			      IN data, SIZE nbytes)
{
	(void)t;
	return set(by_path(path), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_set_link(struct core_thread *t, PATH path, INT attrnamespace, STR attrname,
			      IN data, SIZE nbytes)
{
	(void)t;
	return set(by_link(path), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_get_fd(struct core_thread *t, FD fd, INT attrnamespace, STR attrname, OUT data,
			    SIZE nbytes)
{
	(void)t;
	return get(by_fd(fd), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_get_file(struct core_thread *t, PATH path, INT attrnamespace, STR attrname,
			      OUT data, SIZE nbytes)
{
	(void)t;
	return get(by_path(path), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_get_link(struct core_thread *t, PATH path, INT attrnamespace, STR attrname,
			      OUT data, SIZE nbytes)
{
	(void)t;
	return get(by_link(path), attrnamespace, attrname, data, nbytes);
}

long freebsd_extattr_delete_fd(struct core_thread *t, FD fd, INT attrnamespace, STR attrname)
{
	(void)t;
	return remove_one(by_fd(fd), attrnamespace, attrname);
}

long freebsd_extattr_delete_file(struct core_thread *t, PATH path, INT attrnamespace, STR attrname)
{
	(void)t;
	return remove_one(by_path(path), attrnamespace, attrname);
}

long freebsd_extattr_delete_link(struct core_thread *t, PATH path, INT attrnamespace, STR attrname)
{
	(void)t;
	return remove_one(by_link(path), attrnamespace, attrname);
}

long freebsd_extattr_list_fd(struct core_thread *t, FD fd, INT attrnamespace, OUT data, SIZE nbytes)
{
	(void)t;
	return list(by_fd(fd), attrnamespace, data, nbytes);
}

long freebsd_extattr_list_file(struct core_thread *t, PATH path, INT attrnamespace, OUT data,
			       SIZE nbytes)
{
	(void)t;
	return list(by_path(path), attrnamespace, data, nbytes);
}

long freebsd_extattr_list_link(struct core_thread *t, PATH path, INT attrnamespace, OUT data,
			       SIZE nbytes)
{
	(void)t;
	return list(by_link(path), attrnamespace, data, nbytes);
}

/* Switches attributes on and off where UFS1 keeps them in files; no other file system has it. */
long freebsd_extattrctl(struct core_thread *t, PATH path, INT cmd, PATH filename, INT attrnamespace,
			STR attrname)
{
	long r = EXO(faccessat, CORE_AT_FDCWD, path.addr, 0);

	(void)t, (void)cmd, (void)filename, (void)attrnamespace, (void)attrname;
	return r < 0 ? r : -CORE_EOPNOTSUPP;
}
