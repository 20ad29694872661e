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
	*out = c->groups;
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
