/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/cred.c: what another process is allowed, as the kernel writes it: a head, and
 * offsets to its parts. Facts: ucred_get(3C), getpeerucred(3C), usr/src/uts/common/sys/ucred.h,
 * prcred_t of sys/procfs.h, usr/src/lib/libc/port/gen/ucred.c.
 */
#include <stdlib.h>
#include <ucred.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

enum { UCREDSYS_UCREDGET, UCREDSYS_GETPEERUCRED };

struct ucred_s {
	uint32_t size, cred, priv;
	pid_t pid;
	uint32_t audit;
	zoneid_t zone;
	projid_t project;
	uint32_t label;
};
struct prcred {
	uid_t euid, ruid, suid;
	gid_t egid, rgid, sgid;
	int n;
	gid_t groups[];
};

/* The kernel writes no more than this: groups, privileges and their parts are a few hundred bytes.
 */
#define SIZE 8192

EXPORT size_t ucred_size(void)
{
	return SIZE;
}

EXPORT ucred_t *ucred_get(pid_t pid)
{
	ucred_t *u = calloc(1, SIZE);

	if (!u)
		return NULL;
	if (pid == -1) /* P_MYID */
		pid = getpid();
	if (result(SYSCALL(SYS_ucredsys, UCREDSYS_UCREDGET, pid, u)) < 0) {
		free(u);
		return NULL;
	}
	return u;
}

EXPORT void ucred_free(ucred_t *u)
{
	free(u);
}

EXPORT int getpeerucred(int fd, ucred_t **out)
{
	ucred_t *u = *out ? *out : calloc(1, SIZE);

	if (!u)
		return (int)fail_with(EAGAIN);
	if (result(SYSCALL(SYS_ucredsys, UCREDSYS_GETPEERUCRED, fd, u)) < 0) {
		if (!*out)
			free(u);
		return -1;
	}
	*out = u;
	return 0;
}

static const struct prcred *cred(const ucred_t *u)
{
	if (u->cred)
		return (const struct prcred *)((const char *)u + u->cred);
	fail_with(EINVAL);
	return NULL;
}

#define PART(type, name, member)                                                                   \
	EXPORT type ucred_get##name(const ucred_t *u)                                              \
	{                                                                                          \
		const struct prcred *c = cred(u);                                                  \
                                                                                                   \
		return c ? c->member : (type)-1;                                                   \
	}
PART(uid_t, euid, euid)
PART(uid_t, ruid, ruid)
PART(uid_t, suid, suid)
PART(gid_t, egid, egid)
PART(gid_t, rgid, rgid)
PART(gid_t, sgid, sgid)

EXPORT int ucred_getgroups(const ucred_t *u, const gid_t **out)
{
	const struct prcred *c = cred(u);

	if (!c)
		return -1;
	*out = c->n > 0 ? c->groups : NULL;
	return c->n;
}

EXPORT pid_t ucred_getpid(const ucred_t *u)
{
	return u->pid == -1 ? (pid_t)fail_with(EINVAL) : u->pid;
}

EXPORT projid_t ucred_getprojid(const ucred_t *u)
{
	return u->project;
}

EXPORT zoneid_t ucred_getzoneid(const ucred_t *u)
{
	return u->zone < 0 ? (zoneid_t)fail_with(EINVAL) : u->zone;
}

/* ---- privileges, and what is not there ------------------------------------------------------ */

struct prpriv {
	uint32_t sets, set_size, info_size;
	uint32_t words[];
};

static const struct prpriv *privileges(const ucred_t *u)
{
	if (u->priv)
		return (const struct prpriv *)((const char *)u + u->priv);
	fail_with(EINVAL);
	return NULL;
}

EXPORT const priv_set_t *ucred_getprivset(const ucred_t *u, priv_ptype_t which)
{
	const struct prpriv *p = privileges(u);
	int n = priv_getsetbyname(which);

	if (!p || n < 0) {
		fail_with(EINVAL);
		return NULL;
	}
	return (const priv_set_t *)&p->words[p->set_size * (uint32_t)n];
}

EXPORT uint_t ucred_getpflags(const ucred_t *u, uint_t flag)
{
	enum { PRIV_INFO_FLAGS = 4 };
	const struct prpriv *p = privileges(u);
	const uint32_t *info, *end;

	if (!p)
		return (uint_t)-1;
	info = &p->words[p->sets * p->set_size];
	end = info + p->info_size / sizeof(*info);
	for (; info + 2 < end && info[1] >= 2 * sizeof(*info); info += info[1] / sizeof(*info))
		if (info[0] == PRIV_INFO_FLAGS)
			return (info[2] & flag) != 0;
	return (uint_t)fail_with(EINVAL);
}

/* The system has no labels, and does not audit. */
EXPORT m_label_t *ucred_getlabel(const ucred_t *u)
{
	(void)u;
	fail_with(EINVAL);
	return NULL;
}

EXPORT au_id_t ucred_getauid(const ucred_t *u)
{
	(void)u;
	return AU_NOAUDITID;
}

EXPORT au_asid_t ucred_getasid(const ucred_t *u)
{
	(void)u;
	return (au_asid_t)-1;
}

EXPORT const au_tid64_addr_t *ucred_getatid(const ucred_t *u)
{
	(void)u;
	fail_with(EINVAL);
	return NULL;
}

EXPORT const au_mask_t *ucred_getamask(const ucred_t *u)
{
	(void)u;
	fail_with(EINVAL);
	return NULL;
}
