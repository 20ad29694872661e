/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/acl.c: access control lists of files. Facts: acl(3), sys/acl.h,
 * sys/kern/vfs_acl.c, sys/ufs/ufs/ufs_acl.c of FreeBSD 14.
 *
 * The host has POSIX.1e lists, as extended attributes, where the file system is mounted with
 * them: then a file is as one of a UFS mounted with acls there. NFSv4 lists are refused as
 * that file system refuses them.
 */
#include "personality/freebsd/acl.h"
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"
#include "personality/freebsd/freebsd.h"

/* What the list is of. */
struct file {
	enum { BY_FD, BY_PATH, BY_LINK } how;
	int fd;
	guest_ptr path;
};

/* Too much for a stack. */
struct room {
	struct freebsd_acl acl;
	struct freebsd_oldacl old;
	struct core_acl core;
};

static bool is_old(int type)
{
	return type == FREEBSD_ACL_ACCESS_OLD || type == FREEBSD_ACL_DEFAULT_OLD;
}

static bool is_default(int type)
{
	return type == FREEBSD_ACL_DEFAULT || type == FREEBSD_ACL_DEFAULT_OLD;
}

static const char *attribute(int type)
{
	return is_default(type) ? "system.posix_acl_default" : "system.posix_acl_access";
}

/* Which file it is, and whether that kind of list is one it could have. */
static long look(const struct file *f, int type, struct core_stat *st)
{
	u32 kind;
	long r;

	if (f->how == BY_FD && exo_fd_hidden(f->fd))
		return -CORE_EBADF;
	if (f->how == BY_FD)
		r = EXO(fstat, f->fd, st);
	else
		r = EXO(newfstatat, CORE_AT_FDCWD, f->path.addr, st,
			f->how == BY_LINK ? CORE_AT_SYMLINK_NOFOLLOW : 0);
	if (r < 0)
		return r;
	kind = st->st_mode & CORE_S_IFMT;
	if (kind == CORE_S_IFSOCK || (kind == CORE_S_IFIFO && f->how == BY_FD))
		return -CORE_EINVAL;
	if (kind == CORE_S_IFLNK)
		return -CORE_EOPNOTSUPP;
	if (type < FREEBSD_ACL_ACCESS_OLD || type >= FREEBSD_ACL_NFS4)
		return -CORE_EINVAL;
	return is_default(type) && kind != CORE_S_IFDIR ? -CORE_EINVAL : 0;
}

static long read_list(const struct file *f, int type, const struct core_stat *st, struct room *m)
{
	const char *name = attribute(type);
	long r;

	if (f->how == BY_FD)
		r = EXO(fgetxattr, f->fd, name, &m->core, sizeof(m->core));
	else
		r = EXO(getxattr, f->path.addr, name, &m->core, sizeof(m->core));
	if (r == -CORE_ERANGE)
		return -CORE_EOPNOTSUPP; /* more entries than there can be */
	if (r >= 0)
		return core_to_freebsd_acl(&m->core, (u64)r, st->st_uid, st->st_gid, &m->acl);
	if (r != -CORE_ENODATA)
		return r;
	freebsd_acl_of_mode(st->st_mode, st->st_uid, st->st_gid, &m->acl);
	if (is_default(type))
		m->acl.cnt = 0;
	return 0;
}

static long copy_out(int type, guest_ptr aclp, struct room *m)
{
	u32 most;

	if (is_old(type)) {
		if (m->acl.cnt > FREEBSD_ACL_OLD_MAX)
			return -CORE_EINVAL;
		freebsd_acl_to_old(&m->acl, &m->old);
		return copy_to_guest(aclp, &m->old, sizeof(m->old));
	}
	if (guest_read_u32(aclp, &most) < 0)
		return -CORE_EFAULT;
	if (most != FREEBSD_ACL_MAX)
		return -CORE_EINVAL;
	return copy_to_guest(aclp, &m->acl, sizeof(m->acl));
}

static long copy_in(int type, guest_ptr aclp, struct room *m)
{
	if (is_old(type)) {
		if (copy_from_guest(&m->old, aclp, sizeof(m->old)) < 0)
			return -CORE_EFAULT;
		return freebsd_acl_from_old(&m->old, &m->acl);
	}
	if (copy_from_guest(&m->acl, aclp, sizeof(m->acl)) < 0)
		return -CORE_EFAULT;
	return m->acl.maxcnt == FREEBSD_ACL_MAX ? 0 : -CORE_EINVAL;
}

static long write_list(const struct file *f, int type, struct room *m)
{
	u64 size = freebsd_to_core_acl(&m->acl, &m->core);

	if (f->how == BY_FD)
		return EXO(fsetxattr, f->fd, attribute(type), &m->core, size, 0);
	return EXO(setxattr, f->path.addr, attribute(type), &m->core, size, 0);
}

enum what { GET, SET, CHECK };

static long act(enum what what, struct file f, int type, guest_ptr aclp)
{
	struct room *m = exo_pages_alloc(sizeof(*m));
	struct core_stat st;
	long r = m ? 0 : -CORE_ENOMEM;

	if (r == 0 && what != GET)
		r = copy_in(type, aclp, m);
	if (r == 0)
		r = look(&f, type, &st);
	/* What the hub keeps no list for has its mode's; ls(1) asks for that of every link. */
	if (r == -CORE_EOPNOTSUPP && what == GET && !is_default(type)) {
		freebsd_acl_of_mode(st.st_mode, st.st_uid, st.st_gid, &m->acl);
		r = 0;
	} else if (r == 0 && what == GET)
		r = read_list(&f, type, &st, m);
	else if (r == 0)
		r = freebsd_acl_check(&m->acl);
	if (r == 0 && what == GET)
		r = copy_out(type, aclp, m);
	else if (r == 0 && what == SET)
		r = write_list(&f, type, m);
	if (m)
		exo_pages_free(m, sizeof(*m));
	return r;
}

/* There is always a list of access; without one of defaults there is nothing to do. */
static long take_away(struct file f, int type)
{
	struct core_stat st;
	long r = look(&f, type, &st);

	if (r < 0)
		return r;
	if (!is_default(type))
		return -CORE_EINVAL;
	r = f.how == BY_FD ? EXO(fremovexattr, f.fd, attribute(type))
			   : EXO(removexattr, f.path.addr, attribute(type));
	return r == -CORE_ENODATA ? 0 : r;
}

#define FAMILY_OF(how_, suffix, TYPE, arg, member)                                                 \
	long freebsd___acl_get_##suffix(struct core_thread *t, TYPE arg, INT type, OUT aclp)       \
	{                                                                                          \
		(void)t;                                                                           \
		return act(GET, (struct file){.how = how_, .member = arg}, type, aclp);            \
	}                                                                                          \
	long freebsd___acl_set_##suffix(struct core_thread *t, TYPE arg, INT type, IN aclp)        \
	{                                                                                          \
		(void)t;                                                                           \
		return act(SET, (struct file){.how = how_, .member = arg}, type, aclp);            \
	}                                                                                          \
	long freebsd___acl_aclcheck_##suffix(struct core_thread *t, TYPE arg, INT type, IN aclp)   \
	{                                                                                          \
		(void)t;                                                                           \
		return act(CHECK, (struct file){.how = how_, .member = arg}, type, aclp);          \
	}                                                                                          \
	long freebsd___acl_delete_##suffix(struct core_thread *t, TYPE arg, INT type)              \
	{                                                                                          \
		(void)t;                                                                           \
		return take_away((struct file){.how = how_, .member = arg}, type);                 \
	}

FAMILY_OF(BY_FD, fd, FD, filedes, fd)
FAMILY_OF(BY_PATH, file, PATH, path, path)
FAMILY_OF(BY_LINK, link, PATH, path, path)
