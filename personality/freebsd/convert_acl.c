/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/convert_acl.c: access control lists; acl.h has the contracts. What a list
 * must have is in acl_posix1e_check of sys/kern/subr_acl_posix1e.c. */
#include "personality/freebsd/acl.h"
#include "core/abi.h"
#include "lib/mem.h"

static const u16 order[] = {FREEBSD_ACL_USER_OBJ, FREEBSD_ACL_USER, FREEBSD_ACL_GROUP_OBJ,
			    FREEBSD_ACL_GROUP,	  FREEBSD_ACL_MASK, FREEBSD_ACL_OTHER};

static bool has_id(u32 tag)
{
	return tag == FREEBSD_ACL_USER || tag == FREEBSD_ACL_GROUP;
}

long freebsd_acl_check(const struct freebsd_acl *acl)
{
	u32 count[ARRAY_LEN(order)] = {0};

	if (acl->cnt > FREEBSD_ACL_MAX)
		return -CORE_EINVAL;
	for (u32 i = 0; i < acl->cnt; i++) {
		const struct freebsd_acl_entry *e = &acl->entry[i];
		u32 which = 0;

		while (which < ARRAY_LEN(order) && order[which] != e->tag)
			which++;
		if (which == ARRAY_LEN(order) || (e->perm & ~(u32)FREEBSD_ACL_PERM_BITS) ||
		    (has_id(e->tag) && e->id == FREEBSD_ACL_UNDEFINED))
			return -CORE_EINVAL;
		count[which]++;
	}
	if (count[0] != 1 || count[2] != 1 || count[5] != 1 || count[4] > 1)
		return -CORE_EINVAL;
	return count[1] + count[3] > 0 && count[4] == 0 ? -CORE_EINVAL : 0;
}

u64 freebsd_to_core_acl(const struct freebsd_acl *acl, struct core_acl *out)
{
	u32 n = 0;

	out->version = CORE_ACL_VERSION;
	for (u32 o = 0; o < ARRAY_LEN(order); o++)
		for (u32 i = 0; i < acl->cnt; i++) {
			const struct freebsd_acl_entry *e = &acl->entry[i];

			if (e->tag != order[o])
				continue;
			out->entry[n++] =
			    (struct core_acl_entry){(u16)e->tag, (u16)e->perm,
						    has_id(e->tag) ? e->id : FREEBSD_ACL_UNDEFINED};
		}
	return sizeof(out->version) + n * sizeof(out->entry[0]);
}

static void append(struct freebsd_acl *acl, u32 tag, u32 id, u32 perm, u32 uid, u32 gid)
{
	struct freebsd_acl_entry *e = &acl->entry[acl->cnt++];

	*e = (struct freebsd_acl_entry){.tag = tag, .id = FREEBSD_ACL_UNDEFINED, .perm = perm};
	if (has_id(tag))
		e->id = id;
	else if (tag == FREEBSD_ACL_USER_OBJ)
		e->id = uid;
	else if (tag == FREEBSD_ACL_GROUP_OBJ)
		e->id = gid;
}

long core_to_freebsd_acl(const struct core_acl *acl, u64 size, u32 uid, u32 gid,
			 struct freebsd_acl *out)
{
	u64 n;

	memset(out, 0, sizeof(*out));
	out->maxcnt = FREEBSD_ACL_MAX;
	if (size < sizeof(acl->version) || acl->version != CORE_ACL_VERSION ||
	    (size - sizeof(acl->version)) % sizeof(acl->entry[0]))
		return -CORE_EINVAL;
	n = (size - sizeof(acl->version)) / sizeof(acl->entry[0]);
	if (n > FREEBSD_ACL_MAX)
		return -CORE_E2BIG;
	for (u32 i = 0; i < n; i++)
		append(out, acl->entry[i].tag, acl->entry[i].id,
		       acl->entry[i].perm & FREEBSD_ACL_PERM_BITS, uid, gid);
	return 0;
}

void freebsd_acl_of_mode(u32 mode, u32 uid, u32 gid, struct freebsd_acl *out)
{
	memset(out, 0, sizeof(*out));
	out->maxcnt = FREEBSD_ACL_MAX;
	append(out, FREEBSD_ACL_USER_OBJ, 0, mode >> 6 & 7, uid, gid);
	append(out, FREEBSD_ACL_GROUP_OBJ, 0, mode >> 3 & 7, uid, gid);
	append(out, FREEBSD_ACL_OTHER, 0, mode & 7, uid, gid);
}

void freebsd_acl_to_old(const struct freebsd_acl *acl, struct freebsd_oldacl *out)
{
	memset(out, 0, sizeof(*out));
	out->cnt = (i32)acl->cnt;
	for (u32 i = 0; i < acl->cnt; i++)
		out->entry[i] = (struct freebsd_oldacl_entry){
		    (i32)acl->entry[i].tag, acl->entry[i].id, (u16)acl->entry[i].perm, 0};
}

long freebsd_acl_from_old(const struct freebsd_oldacl *acl, struct freebsd_acl *out)
{
	memset(out, 0, sizeof(*out));
	out->maxcnt = FREEBSD_ACL_MAX;
	if (acl->cnt < 0 || acl->cnt > FREEBSD_ACL_OLD_MAX)
		return -CORE_EINVAL;
	out->cnt = (u32)acl->cnt;
	for (u32 i = 0; i < out->cnt; i++)
		out->entry[i] = (struct freebsd_acl_entry){.tag = (u32)acl->entry[i].tag,
							   .id = acl->entry[i].id,
							   .perm = acl->entry[i].perm};
	return 0;
}
