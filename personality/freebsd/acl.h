/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/acl.h: access control lists as both systems lay them out. Facts:
 * sys/acl.h of FreeBSD; linux/posix_acl.h and posix_acl_xattr.h. Tags and permission bits of
 * POSIX.1e lists have the same values in both.
 */
#ifndef FB_FREEBSD_ACL_H
#define FB_FREEBSD_ACL_H

#include "core/abi_types.h"

#define FREEBSD_ACL_MAX		254
#define FREEBSD_ACL_OLD_MAX	32
#define FREEBSD_ACL_USER_OBJ	0x01
#define FREEBSD_ACL_USER	0x02
#define FREEBSD_ACL_GROUP_OBJ	0x04
#define FREEBSD_ACL_GROUP	0x08
#define FREEBSD_ACL_MASK	0x10
#define FREEBSD_ACL_OTHER	0x20
#define FREEBSD_ACL_PERM_BITS	7
#define FREEBSD_ACL_UNDEFINED	0xffffffffu
#define FREEBSD_ACL_ACCESS_OLD	0
#define FREEBSD_ACL_DEFAULT_OLD 1
#define FREEBSD_ACL_ACCESS	2
#define FREEBSD_ACL_DEFAULT	3
#define FREEBSD_ACL_NFS4	4

struct freebsd_acl_entry {
	u32 tag;
	u32 id;
	u32 perm;
	u16 type;
	u16 flags;
};
SIZE_ASSERT(struct freebsd_acl_entry, 16);

struct freebsd_acl {
	u32 maxcnt;
	u32 cnt;
	i32 spare[4];
	struct freebsd_acl_entry entry[FREEBSD_ACL_MAX];
};
SIZE_ASSERT(struct freebsd_acl, 4088);

struct freebsd_oldacl_entry {
	i32 tag;
	u32 id;
	u16 perm;
	u16 pad0;
};
SIZE_ASSERT(struct freebsd_oldacl_entry, 12);

struct freebsd_oldacl {
	i32 cnt;
	struct freebsd_oldacl_entry entry[FREEBSD_ACL_OLD_MAX];
};
SIZE_ASSERT(struct freebsd_oldacl, 388);

/* The host keeps a list as an extended attribute. */
#define CORE_ACL_VERSION 2

struct core_acl_entry {
	u16 tag;
	u16 perm;
	u32 id;
};

struct core_acl {
	u32 version;
	struct core_acl_entry entry[FREEBSD_ACL_MAX + 1];
};

/* Is it a list that a file may have? 0 or -CORE_EINVAL. */
long freebsd_acl_check(const struct freebsd_acl *acl);
/* In the order the host wants; the attribute's size. The list has been checked. */
u64 freebsd_to_core_acl(const struct freebsd_acl *acl, struct core_acl *out);
/* uid, gid: of the file, whose owner's and group's entries bear them. 0, or -CORE_EINVAL for an
 * attribute that is none, or -CORE_E2BIG. */
long core_to_freebsd_acl(const struct core_acl *acl, u64 size, u32 uid, u32 gid,
			 struct freebsd_acl *out);
/* The list a mode is. */
void freebsd_acl_of_mode(u32 mode, u32 uid, u32 gid, struct freebsd_acl *out);
void freebsd_acl_to_old(const struct freebsd_acl *acl, struct freebsd_oldacl *out);
long freebsd_acl_from_old(const struct freebsd_oldacl *acl, struct freebsd_acl *out);

#endif
