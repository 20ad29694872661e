/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_acl.h: access control lists, of both kinds. Facts:
 * usr/src/uts/common/sys/acl.h (o_mode_t: unsigned short, sys/types.h).
 */
#ifndef FB_ILLUMOS_ABI_ACL_H
#define FB_ILLUMOS_ABI_ACL_H

#include "lib/base.h"

/* acl(2)'s commands */
#define ILLUMOS_GETACL	      1
#define ILLUMOS_SETACL	      2
#define ILLUMOS_GETACLCNT     3
#define ILLUMOS_ACE_GETACL    4
#define ILLUMOS_ACE_SETACL    5
#define ILLUMOS_ACE_GETACLCNT 6

/* a_type of the POSIX draft's */
#define ILLUMOS_USER_OBJ    0x01
#define ILLUMOS_GROUP_OBJ   0x04
#define ILLUMOS_CLASS_OBJ   0x10
#define ILLUMOS_OTHER_OBJ   0x20
#define ILLUMOS_ACL_DEFAULT 0x1000

struct illumos_aclent {
	i32 a_type;
	u32 a_id;
	u16 a_perm;
};
SIZE_ASSERT(struct illumos_aclent, 12);

/* a_access_mask */
#define ILLUMOS_ACE_READ_DATA	      0x00000001
#define ILLUMOS_ACE_WRITE_DATA	      0x00000002
#define ILLUMOS_ACE_APPEND_DATA	      0x00000004
#define ILLUMOS_ACE_READ_NAMED_ATTRS  0x00000008
#define ILLUMOS_ACE_WRITE_NAMED_ATTRS 0x00000010
#define ILLUMOS_ACE_EXECUTE	      0x00000020
#define ILLUMOS_ACE_READ_ATTRIBUTES   0x00000080
#define ILLUMOS_ACE_WRITE_ATTRIBUTES  0x00000100
#define ILLUMOS_ACE_READ_ACL	      0x00020000
#define ILLUMOS_ACE_WRITE_ACL	      0x00040000
#define ILLUMOS_ACE_WRITE_OWNER	      0x00080000
#define ILLUMOS_ACE_SYNCHRONIZE	      0x00100000

/* a_flags, a_type */
#define ILLUMOS_ACE_IDENTIFIER_GROUP 0x0040
#define ILLUMOS_ACE_OWNER	     0x1000
#define ILLUMOS_ACE_GROUP	     0x2000
#define ILLUMOS_ACE_EVERYONE	     0x4000
#define ILLUMOS_ACE_ALLOWED	     0
#define ILLUMOS_ACE_DENIED	     1

struct illumos_ace {
	u32 a_who;
	u32 a_access_mask;
	u16 a_flags;
	u16 a_type;
};
SIZE_ASSERT(struct illumos_ace, 12);

#endif
