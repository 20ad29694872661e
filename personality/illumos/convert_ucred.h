/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_ucred.h: credentials as ucred_get(3C) and its like have them.
 *
 * A ucred is a header that says where in it the privileges and the ids are. Who is not root has the
 * basic privileges, root has all. Facts: usr/src/uts/common/sys/{ucred,procfs,priv}.h,
 * os/cred.c (cred2ucred, cred2prpriv), os/priv.c.
 */
#ifndef FB_ILLUMOS_CONVERT_UCRED_H
#define FB_ILLUMOS_CONVERT_UCRED_H

#include "core/abi.h"

enum illumos_priv {
#define PRIV(name, text, kind) ILLUMOS_PRIV_##name,
#include "personality/illumos/priv.def"
#undef PRIV
	ILLUMOS_PRIV_COUNT,
};

#define ILLUMOS_PRIV_SETSIZE 3 /* words of 32 privileges */
#define ILLUMOS_PRIV_NSET    4 /* effective, inheritable, permitted, limit */
_Static_assert(ILLUMOS_PRIV_COUNT <= 32 * ILLUMOS_PRIV_SETSIZE, "the privileges fit a set");

struct illumos_priv_set {
	u32 bits[ILLUMOS_PRIV_SETSIZE];
};

void illumos_priv_basic(struct illumos_priv_set *s);
void illumos_priv_all(struct illumos_priv_set *s);
/* The four sets of a process of that effective user. */
void illumos_priv_sets(u32 euid, struct illumos_priv_set s[ILLUMOS_PRIV_NSET]);

#define ILLUMOS_UCRED_GROUPS 1024 /* at most: {NGROUPS_MAX} */

struct illumos_cred {
	i32 pid;
	u32 euid, ruid, suid, egid, rgid, sgid, ngroups;
	const u32 *groups;
	/* Four, and the flags; NULL: what such a user has. */
	const struct illumos_priv_set *sets;
	u32 privflags;
};

struct illumos_ucred {
	u32 uc_size;
	u32 uc_credoff, uc_privoff;
	i32 uc_pid;
	u32 uc_audoff;
	i32 uc_zoneid;
	i32 uc_projid;
	u32 uc_labeloff;
};
SIZE_ASSERT(struct illumos_ucred, 32);

/* The privileges alone, as /proc has them: 72 bytes. */
u32 illumos_to_prpriv(const struct illumos_cred *c, void *out);
/* Its length, or 0 when room is too small. */
u32 illumos_to_ucred(const struct illumos_cred *c, void *out, u32 room);
#define ILLUMOS_UCRED_MAX (256 + 4 * ILLUMOS_UCRED_GROUPS)

#endif
