/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/cred.c: users and groups of the process.
 *
 * The rules are the hub's but for setregid, which takes the saved group for the real one as well.
 * Ids belong to a thread on the hub and to the process here: a change is made in every thread.
 * Facts: setuid(2), getgroups(2), ucred_get(3C), getpeerucred(3C); usr/src/uts/common/syscall/
 * {uid,gid,groups,ucredsys}.c.
 */
#include "core/fd.h"
#include "core/threads.h"
#include "exo/info.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"

#define NGROUPS_MAX 16 /* ngroups_max, as it is delivered */
#define KEEP	    (~0u)

#define EVERYWHERE_(op, a, b, c, ...) core_call_everywhere(t, op, (u64)(a), (u64)(b), (u64)(c))
#define EVERYWHERE(name, ...)	      EVERYWHERE_(EXO_##name, ##__VA_ARGS__, 0, 0)

/* VALID_UID: what is negative is a number of the identity mapping's, and there is none. */
static bool is_id(u32 id)
{
	return (i32)id >= 0;
}

/* What the change is to the privileges: final when no other change is to follow. */
static long changed(struct core_thread *t, long r, bool final)
{
	if (r >= 0)
		illumos_priv_ids_changed(t, final);
	return r;
}

long illumos_setuid(struct core_thread *t, UID uid)
{
	if (!is_id(uid))
		return -CORE_EINVAL;
	illumos_priv_ids_change(t);
	return changed(t, EVERYWHERE(setuid, uid), true);
}

long illumos_setgid(struct core_thread *t, GID gid)
{
	return is_id(gid) ? EVERYWHERE(setgid, gid) : -CORE_EINVAL;
}

long illumos_seteuid(struct core_thread *t, UID euid)
{
	if (!is_id(euid))
		return -CORE_EINVAL;
	illumos_priv_ids_change(t);
	return changed(t, EVERYWHERE(setresuid, KEEP, euid, KEEP), false);
}

long illumos_setegid(struct core_thread *t, GID egid)
{
	return is_id(egid) ? EVERYWHERE(setresgid, KEEP, egid, KEEP) : -CORE_EINVAL;
}

long illumos_setreuid(struct core_thread *t, UID ruid, UID euid)
{
	if ((ruid != KEEP && !is_id(ruid)) || (euid != KEEP && !is_id(euid)))
		return -CORE_EINVAL;
	illumos_priv_ids_change(t);
	return changed(t, EVERYWHERE(setreuid, ruid, euid), ruid != KEEP && ruid == euid);
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

/* ---- of others --------------------------------------------------------------------------- */

enum { UCREDGET, GETPEERUCRED };

static long give(const struct illumos_cred *c, guest_ptr to)
{
	u8 out[512];
	u32 n = illumos_to_ucred(c, out, sizeof(out));

	return n ? copy_to_guest(to, out, n) : -CORE_ENOMEM;
}

/* Whoever may look at a process: the same user with no other id, and root. */
static long of_process(struct core_thread *t, i32 pid, guest_ptr to)
{
	struct illumos_priv_set sets[ILLUMOS_PRIV_NSET];
	struct illumos_cred c;
	struct exo_process p;
	u32 uid = (u32)EXO_NOW(getuid);

	if (pid == -1) /* P_MYID */
		pid = t->pid;
	if (pid < 0)
		return -CORE_EINVAL;
	if (exo_process_info(pid, 0, &p) < 0)
		return -CORE_ESRCH;
	if (pid != t->pid && !illumos_priv_has(t, ILLUMOS_PRIV_PROC_OWNER) &&
	    (p.uid != uid || p.euid != uid || p.suid != uid))
		return -CORE_EACCES;
	c = (struct illumos_cred){pid,	  p.euid,	 p.uid,	   p.suid, p.egid, p.gid,
				  p.sgid, p.group_count, p.groups, NULL,   0};
	illumos_cred_privileges(t, &c, sets);
	return give(&c, to);
}

/* Only those of this machine can be asked about, by their sockets. */
static long of_peer(int fd, guest_ptr to)
{
	struct core_ucred u = {0};
	struct illumos_cred c;
	struct core_stat st;
	u32 len = sizeof(u);
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fstat, fd, &st);

	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFSOCK)
		return -CORE_ILLUMOS_ENOTSUP;
	r = EXO(getsockopt, fd, CORE_SOL_SOCKET, CORE_SO_PEERCRED, &u, &len);
	if (r < 0)
		return -CORE_ILLUMOS_ENOTSUP;
	if (u.pid == 0 && u.uid == ~0u)
		return -CORE_ENOTCONN;
	c = (struct illumos_cred){u.pid, u.uid, u.uid,	u.uid, u.gid, u.gid,
				  u.gid, 1,	&u.gid, NULL,  0};
	return give(&c, to);
}

long illumos_ucredsys(struct core_thread *t, INT code, ULONG object, OUT ucred)
{
	switch (code) {
	case UCREDGET:
		return of_process(t, (i32)object, ucred);
	case GETPEERUCRED:
		return of_peer((i32)object, ucred);
	default:
		return -CORE_EINVAL;
	}
}
