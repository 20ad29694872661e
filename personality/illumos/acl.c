/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/acl.c: acl(2) and facl(2), of file systems that keep no lists.
 *
 * There the lists are made up from a file's mode, of both kinds, and setting one is ENOSYS:
 * fs_fab_acl and fs_nosys of usr/src/uts/common/fs/fs_subr.c, as tmpfs has them. Facts: acl(2),
 * usr/src/uts/common/syscall/acl.c (the order of the errors), sys/acl.h, acl_trivial_create of
 * usr/src/common/acl/acl_common.c.
 */
#include "core/fd.h"
#include "personality/illumos/abi_acl.h"
#include "personality/illumos/illumos.h"

#define ACLENTS	    4 /* the owner, the group, the others, and their mask */
#define ACES_MAX    6
#define ENTRIES_MAX 1024
#define NOBODY	    (~0u)

static void make_aclents(const struct core_stat *st, struct illumos_aclent out[ACLENTS])
{
	out[0] = (struct illumos_aclent){ILLUMOS_USER_OBJ, st->st_uid, st->st_mode >> 6 & 7};
	out[1] = (struct illumos_aclent){ILLUMOS_GROUP_OBJ, st->st_gid, st->st_mode >> 3 & 7};
	/* In the order of their types, which the kernel sorts by. */
	out[2] = (struct illumos_aclent){ILLUMOS_CLASS_OBJ, NOBODY, 7};
	out[3] = (struct illumos_aclent){ILLUMOS_OTHER_OBJ, NOBODY, st->st_mode & 7};
}

/* What three bits of a mode allow. */
static u32 access_of(u32 bits)
{
	return (bits & 4 ? ILLUMOS_ACE_READ_DATA : 0) |
	       (bits & 2 ? ILLUMOS_ACE_WRITE_DATA | ILLUMOS_ACE_APPEND_DATA : 0) |
	       (bits & 1 ? ILLUMOS_ACE_EXECUTE : 0);
}

static void add(struct illumos_ace *list, u32 *n, u32 mask, u16 type, u16 who)
{
	if (mask)
		list[(*n)++] = (struct illumos_ace){NOBODY, mask, who, type};
}

static u32 make_aces(u32 mode, struct illumos_ace out[ACES_MAX])
{
	const u16 group_flags = ILLUMOS_ACE_GROUP | ILLUMOS_ACE_IDENTIFIER_GROUP;
	const u32 everybody = ILLUMOS_ACE_READ_ACL | ILLUMOS_ACE_READ_ATTRIBUTES |
			      ILLUMOS_ACE_READ_NAMED_ATTRS | ILLUMOS_ACE_SYNCHRONIZE;
	const u32 owners = everybody | ILLUMOS_ACE_WRITE_ATTRIBUTES | ILLUMOS_ACE_WRITE_OWNER |
			   ILLUMOS_ACE_WRITE_ACL | ILLUMOS_ACE_WRITE_NAMED_ATTRS;
	u32 owner = mode >> 6 & 7, group = mode >> 3 & 7, other = mode & 7, n = 0;

	/* What a later entry would give to those who must not have it is decided before. */
	add(out, &n, access_of(owner & ~group & other), ILLUMOS_ACE_ALLOWED, ILLUMOS_ACE_OWNER);
	add(out, &n, access_of(~owner & (group | other)), ILLUMOS_ACE_DENIED, ILLUMOS_ACE_OWNER);
	add(out, &n, access_of(~group & other), ILLUMOS_ACE_DENIED, group_flags);
	add(out, &n, owners | access_of(owner), ILLUMOS_ACE_ALLOWED, ILLUMOS_ACE_OWNER);
	add(out, &n, everybody | access_of(group), ILLUMOS_ACE_ALLOWED, group_flags);
	add(out, &n, everybody | access_of(other), ILLUMOS_ACE_ALLOWED, ILLUMOS_ACE_EVERYONE);
	return n;
}

static bool is_readable(guest_ptr p, u64 bytes)
{
	u8 byte;

	for (u64 at = 0; at < bytes; at += PAGE_SIZE)
		if (copy_from_guest(&byte, gp_add(p, at), 1) < 0)
			return false;
	return bytes == 0 || copy_from_guest(&byte, gp_add(p, bytes - 1), 1) == 0;
}

static long set_acl(bool ace, i32 nentries, guest_ptr acls, const struct core_stat *st)
{
	struct illumos_aclent e;

	if (ace ? nentries < 1 || nentries > ENTRIES_MAX
		: nentries < 3 || nentries > 2 * ENTRIES_MAX)
		return -CORE_EINVAL;
	if (!acls.addr || !is_readable(acls, (u64)nentries * sizeof(e)))
		return -CORE_EFAULT;
	for (i32 i = 0; !ace && i < nentries; i++) {
		if (copy_from_guest(&e, gp_add(acls, (u64)i * sizeof(e)), sizeof(e)) < 0)
			return -CORE_EFAULT;
		if (e.a_type & ILLUMOS_ACL_DEFAULT && (st->st_mode & CORE_S_IFMT) != CORE_S_IFDIR)
			return -CORE_ENOTDIR;
	}
	return -CORE_ENOSYS;
}

static long get_acl(i32 nentries, guest_ptr acls, const struct core_stat *st)
{
	struct illumos_aclent list[ACLENTS];

	if (nentries < 3)
		return -CORE_EINVAL;
	if (!acls.addr)
		return -CORE_EFAULT;
	if (nentries < ACLENTS)
		return -CORE_ENOSPC;
	make_aclents(st, list);
	return copy_to_guest(acls, list, sizeof(list)) < 0 ? -CORE_EFAULT : ACLENTS;
}

static long get_aces(i32 nentries, guest_ptr acls, const struct core_stat *st)
{
	struct illumos_ace list[ACES_MAX];
	u32 n;

	if (!acls.addr)
		return -CORE_EFAULT;
	n = make_aces(st->st_mode, list);
	if ((i32)n > nentries)
		return -CORE_ENOSPC;
	return copy_to_guest(acls, list, n * sizeof(*list)) < 0 ? -CORE_EFAULT : (long)n;
}

static long acl_of(const struct core_stat *st, i32 cmd, i32 nentries, guest_ptr acls)
{
	struct illumos_ace list[ACES_MAX];

	switch (cmd) {
	case ILLUMOS_GETACLCNT:
		return ACLENTS;
	case ILLUMOS_ACE_GETACLCNT:
		return make_aces(st->st_mode, list);
	case ILLUMOS_GETACL:
		return get_acl(nentries, acls, st);
	case ILLUMOS_ACE_GETACL:
		return get_aces(nentries, acls, st);
	case ILLUMOS_SETACL:
	case ILLUMOS_ACE_SETACL:
		return set_acl(cmd == ILLUMOS_ACE_SETACL, nentries, acls, st);
	default:
		return -CORE_EINVAL;
	}
}

long illumos_acl(struct core_thread *t, PATH path, INT cmd, INT nentries, INOUT acls)
{
	struct core_stat st;
	long r;

	(void)t;
	if (!path.addr)
		return -CORE_EINVAL;
	r = EXO(newfstatat, CORE_AT_FDCWD, path.addr, &st, 0);
	return r < 0 ? r : acl_of(&st, cmd, nentries, acls);
}

long illumos_facl(struct core_thread *t, FD fd, INT cmd, INT nentries, INOUT acls)
{
	struct core_stat st;
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fstat, fd, &st);

	(void)t;
	return r < 0 ? r : acl_of(&st, cmd, nentries, acls);
}
