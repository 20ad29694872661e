/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/cred.c: users and groups of the process.
 *
 * The rules are the hub's but for setregid, which takes the saved group for the real one as well.
 * Ids belong to a thread on the hub and to the process here: a change is made in every thread.
 * Facts: setuid(2), getgroups(2), usr/src/uts/common/syscall/{uid,gid,groups}.c.
 */
#include "core/threads.h"
#include "personality/illumos/illumos.h"

#define NGROUPS_MAX 16 /* ngroups_max, as it is delivered */
#define KEEP	    (~0u)

#define EVERYWHERE_(op, a, b, c, ...) core_call_everywhere(t, op, (u64)(a), (u64)(b), (u64)(c))
#define EVERYWHERE(name, ...)	      EVERYWHERE_(EXO_##name, ##__VA_ARGS__, 0, 0)

/* VALID_UID: what is negative is a number of the identity mapping's, and there is none. */
static bool is_id(u32 id)
{
	return (i32)id >= 0;
}

long illumos_setuid(struct core_thread *t, UID uid)
{
	return is_id(uid) ? EVERYWHERE(setuid, uid) : -CORE_EINVAL;
}

long illumos_setgid(struct core_thread *t, GID gid)
{
	return is_id(gid) ? EVERYWHERE(setgid, gid) : -CORE_EINVAL;
}

long illumos_seteuid(struct core_thread *t, UID euid)
{
	return is_id(euid) ? EVERYWHERE(setresuid, KEEP, euid, KEEP) : -CORE_EINVAL;
}

long illumos_setegid(struct core_thread *t, GID egid)
{
	return is_id(egid) ? EVERYWHERE(setresgid, KEEP, egid, KEEP) : -CORE_EINVAL;
}

long illumos_setreuid(struct core_thread *t, UID ruid, UID euid)
{
	if ((ruid != KEEP && !is_id(ruid)) || (euid != KEEP && !is_id(euid)))
		return -CORE_EINVAL;
	return EVERYWHERE(setreuid, ruid, euid);
}

long illumos_setregid(struct core_thread *t, GID rgid, GID egid)
{
	u32 real, effective, saved;

	if ((rgid != KEEP && !is_id(rgid)) || (egid != KEEP && !is_id(egid)))
		return -CORE_EINVAL;
	EXO_NOW(getresgid, &real, &effective, &saved);
	if (rgid == KEEP || rgid != saved)
		return EVERYWHERE(setregid, rgid, egid);
	/* The saved one becomes the effective one (for a real one was given). */
	if (egid == KEEP)
		egid = effective;
	return EVERYWHERE(setresgid, rgid, egid, egid);
}

long illumos_setgroups(struct core_thread *t, INT ngroups, IN groups)
{
	u32 list[NGROUPS_MAX];

	if (ngroups < 0 || ngroups > NGROUPS_MAX)
		return -CORE_EINVAL;
	if (copy_from_guest(list, groups, (size_t)ngroups * sizeof(*list)) < 0)
		return -CORE_EFAULT;
	for (int i = 0; i < ngroups; i++)
		if (!is_id(list[i]))
			return -CORE_EINVAL;
	return EVERYWHERE(setgroups, ngroups, list);
}

/* Any size but 0 must do, a negative one does not. */
long illumos_getgroups(struct core_thread *t, INT ngroups, OUT groups)
{
	(void)t;
	return EXO(getgroups, ngroups, groups.addr);
}
