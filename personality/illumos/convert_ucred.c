/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/convert_ucred.c: credentials as ucred_get(3C) and its like have them. */
#include "personality/illumos/convert_ucred.h"
#include "lib/mem.h"
#include "personality/illumos/convert_control.h"

#define PRIV_INFO_FLAGS 4
#define PROJID_DEFAULT	3 /* of user's programs: /etc/project's "default" */

struct prpriv {
	u32 pr_nsets, pr_setsize, pr_infosize;
	struct illumos_priv_set pr_sets[ILLUMOS_PRIV_NSET];
	u32 info_type, info_size, flags; /* struct priv_info_uint */
};
SIZE_ASSERT(struct prpriv, 72);

struct prcred {
	u32 pr_euid, pr_ruid, pr_suid, pr_egid, pr_rgid, pr_sgid, pr_ngroups;
	u32 pr_groups[1];
};
SIZE_ASSERT(struct prcred, 32);

/* Privileges are counted from the most significant bit of a word. */
static void add(struct illumos_priv_set *s, u32 n)
{
	s->bits[n / 32] |= 1u << (31 - n % 32);
}

static const bool basic[] = {
#define BASIC		       true
#define PLAIN		       false
#define PRIV(name, text, kind) [ILLUMOS_PRIV_##name] = kind,
#include "personality/illumos/priv.def"
#undef PRIV
#undef BASIC
#undef PLAIN
};

void illumos_priv_basic(struct illumos_priv_set *s)
{
	memset(s, 0, sizeof(*s));
	for (u32 i = 0; i < ILLUMOS_PRIV_COUNT; i++)
		if (basic[i])
			add(s, i);
}

void illumos_priv_all(struct illumos_priv_set *s)
{
	memset(s, 0, sizeof(*s));
	for (u32 i = 0; i < ILLUMOS_PRIV_COUNT; i++)
		add(s, i);
}

void illumos_priv_sets(u32 euid, struct illumos_priv_set s[ILLUMOS_PRIV_NSET])
{
	illumos_priv_basic(&s[1]);
	illumos_priv_all(&s[3]);
	s[0] = s[2] = euid == 0 ? s[3] : s[1];
}

static void put_privileges(const struct illumos_cred *c, struct prpriv *p)
{
	*p = (struct prpriv){.pr_nsets = ILLUMOS_PRIV_NSET,
			     .pr_setsize = ILLUMOS_PRIV_SETSIZE,
			     .pr_infosize = 12,
			     .info_type = PRIV_INFO_FLAGS,
			     .info_size = 12,
			     .flags = c->privflags};
	if (c->sets)
		memcpy(p->pr_sets, c->sets, sizeof(p->pr_sets));
	else
		illumos_priv_sets(c->euid, p->pr_sets);
}

u32 illumos_to_prpriv(const struct illumos_cred *c, void *out)
{
	put_privileges(c, out);
	return sizeof(struct prpriv);
}

u32 illumos_to_ucred(const struct illumos_cred *c, void *out, u32 room)
{
	const u32 groups = MIN(c->ngroups, (u32)ILLUMOS_UCRED_GROUPS);
	const u32 size = sizeof(struct illumos_ucred) + sizeof(struct prpriv) +
			 sizeof(struct prcred) + 4 * (MAX(groups, 1u) - 1);
	struct illumos_ucred h = {
	    .uc_size = size,
	    .uc_privoff = sizeof(h),
	    .uc_credoff = sizeof(h) + sizeof(struct prpriv),
	    .uc_pid = c->pid,
	    .uc_projid = PROJID_DEFAULT,
	};
	struct prpriv p;
	struct prcred r = {c->euid, c->ruid, c->suid, c->egid, c->rgid, c->sgid, groups, {0}};
	u8 *to = out;

	if (size > room)
		return 0;
	put_privileges(c, &p);
	memcpy(to, &h, sizeof(h));
	memcpy(to + h.uc_privoff, &p, sizeof(p));
	memcpy(to + h.uc_credoff, &r, sizeof(r));
	if (groups)
		memcpy(to + h.uc_credoff + offsetof(struct prcred, pr_groups), c->groups,
		       4 * (size_t)groups);
	return size;
}

/* The hub tells one user and one group of a sender. */
u32 illumos_ucred_build(const struct core_ucred *from, u8 *out, u32 room)
{
	const struct illumos_cred c = {.pid = from->pid,
				       .euid = from->uid,
				       .ruid = from->uid,
				       .suid = from->uid,
				       .egid = from->gid,
				       .rgid = from->gid,
				       .sgid = from->gid,
				       .ngroups = 1,
				       .groups = &from->gid};

	return illumos_to_ucred(&c, out, room);
}
