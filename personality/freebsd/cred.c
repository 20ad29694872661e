/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/cred.c: users and groups of the process.
 *
 * What differs: setuid and setgid set all three ids whenever they are allowed at all; the
 * effective group is the first of the group list, in getgroups and in setgroups (up to
 * FreeBSD 14); and the session has a login name. Ids belong to a thread on the hub and to
 * the process in FreeBSD: a change is made in every thread.
 * Facts: setuid(2), getgroups(2), getlogin(2), sys/kern/kern_prot.c of FreeBSD 14.
 */
#include "core/login.h"
#include "core/process.h"
#include "core/threads.h"
#include "lib/mem.h"
#include "personality/freebsd/freebsd.h"

#define NGROUPS_MAX 1023

#define KEEP (~0u) /* "as it is" to the setres* calls */

#define EVERYWHERE_(op, a, b, c, ...) core_call_everywhere(t, op, (u64)(a), (u64)(b), (u64)(c))
#define EVERYWHERE(name, ...)	      EVERYWHERE_(EXO_##name, ##__VA_ARGS__, 0, 0)

long freebsd_getuid(struct core_thread *t)
{
	(void)t;
	return EXO(getuid);
}

long freebsd_geteuid(struct core_thread *t)
{
	(void)t;
	return EXO(geteuid);
}

long freebsd_getgid(struct core_thread *t)
{
	(void)t;
	return EXO(getgid);
}

long freebsd_getegid(struct core_thread *t)
{
	(void)t;
	return EXO(getegid);
}

long freebsd_setuid(struct core_thread *t, UID uid)
{
	u32 real, effective, saved;
	long r = EXO(getresuid, &real, &effective, &saved);

	if (r < 0)
		return r;
	/* The hub would also take the saved id here. */
	if (effective != 0 && uid != real && uid != effective)
		return -CORE_EPERM;
	return EVERYWHERE(setresuid, uid, uid, uid);
}

long freebsd_setgid(struct core_thread *t, GID gid)
{
	u32 real, effective, saved;
	long r = EXO(getresgid, &real, &effective, &saved);

	if (r < 0)
		return r;
	if (EXO_NOW(geteuid) != 0 && gid != real && gid != effective)
		return -CORE_EPERM;
	return EVERYWHERE(setresgid, gid, gid, gid);
}

long freebsd_seteuid(struct core_thread *t, UID euid)
{
	return EVERYWHERE(setresuid, KEEP, euid, KEEP);
}

long freebsd_setegid(struct core_thread *t, GID egid)
{
	return EVERYWHERE(setresgid, KEEP, egid, KEEP);
}

long freebsd_setreuid(struct core_thread *t, UID ruid, UID euid)
{
	return EVERYWHERE(setreuid, ruid, euid);
}

long freebsd_setregid(struct core_thread *t, GID rgid, GID egid)
{
	return EVERYWHERE(setregid, rgid, egid);
}

long freebsd_setresuid(struct core_thread *t, UID ruid, UID euid, UID suid)
{
	return EVERYWHERE(setresuid, ruid, euid, suid);
}

long freebsd_setresgid(struct core_thread *t, GID rgid, GID egid, GID sgid)
{
	return EVERYWHERE(setresgid, rgid, egid, sgid);
}

/* Each address may be null here, which the hub does not grant. */
static long give_ids(const u32 ids[3], guest_ptr a, guest_ptr b, guest_ptr c)
{
	if ((a.addr && guest_write_u32(a, ids[0]) < 0) ||
	    (b.addr && guest_write_u32(b, ids[1]) < 0) ||
	    (c.addr && guest_write_u32(c, ids[2]) < 0))
		return -CORE_EFAULT;
	return 0;
}

long freebsd_getresuid(struct core_thread *t, OUT ruid, OUT euid, OUT suid)
{
	u32 ids[3];
	long r = EXO(getresuid, &ids[0], &ids[1], &ids[2]);

	(void)t;
	return r < 0 ? r : give_ids(ids, ruid, euid, suid);
}

long freebsd_getresgid(struct core_thread *t, OUT rgid, OUT egid, OUT sgid)
{
	u32 ids[3];
	long r = EXO(getresgid, &ids[0], &ids[1], &ids[2]);

	(void)t;
	return r < 0 ? r : give_ids(ids, rgid, egid, sgid);
}

/* ---- groups --------------------------------------------------------------------------- */

/*
 * The hub writes its list one place further on, into the guest's own array; the effective
 * group goes first, and where the hub's list has it too it is closed up over.
 */
static long fill_groups(guest_ptr set, u32 room, u32 egid)
{
	long n = EXO(getgroups, room - 1, set.addr + sizeof(u32));
	u32 kept = 1;

	if (n < 0)
		return n;
	for (u32 i = 1; i <= (u32)n; i++) {
		u32 gid;

		if (guest_read_u32(gp_add(set, i * sizeof(u32)), &gid) < 0)
			return -CORE_EFAULT;
		if (gid == egid)
			continue;
		if (kept != i && guest_write_u32(gp_add(set, kept * sizeof(u32)), gid) < 0)
			return -CORE_EFAULT;
		kept++;
	}
	return guest_write_u32(set, egid) < 0 ? -CORE_EFAULT : (long)kept;
}

long freebsd_getgroups(struct core_thread *t, INT gidsetsize, OUT gidset)
{
	long n = EXO(getgroups, 0, 0);

	(void)t;
	if (n < 0)
		return n;
	if (gidsetsize == 0)
		return n + 1; /* one too many when the list has the effective group: a bound */
	if (gidsetsize < 0 || gidsetsize < n + 1)
		return -CORE_EINVAL;
	return fill_groups(gidset, (u32)gidsetsize, (u32)EXO_NOW(getegid));
}

long freebsd_setgroups(struct core_thread *t, INT gidsetsize, IN gidset)
{
	u32 egid;
	long r;

	if (gidsetsize < 0 || gidsetsize > NGROUPS_MAX + 1)
		return -CORE_EINVAL;
	if (gidsetsize == 0)
		return EVERYWHERE(setgroups, 0, 0);
	if (guest_read_u32(gidset, &egid) < 0)
		return -CORE_EFAULT;
	r = EVERYWHERE(setgroups, gidsetsize - 1, gidset.addr + sizeof(u32));
	return r < 0 ? r : EVERYWHERE(setresgid, KEEP, egid, KEEP);
}

/* ---- the session's login name ------------------------------------------------------------ */

long freebsd_getlogin(struct core_thread *t, OUT namebuf, UINT namelen)
{
	size_t size = strlen(core_login()) + 1;

	(void)t;
	if (size > namelen)
		return -CORE_ERANGE;
	return copy_to_guest(namebuf, core_login(), size);
}

long freebsd_setlogin(struct core_thread *t, STR namebuf)
{
	char name[CORE_LOGIN_MAX];
	long r;

	(void)t;
	if (EXO(geteuid) != 0)
		return -CORE_EPERM;
	r = copy_str_from_guest(name, namebuf, sizeof(name));
	if (r < 0)
		return r == -CORE_ENAMETOOLONG ? -CORE_EINVAL : r;
	core_login_set(name);
	return 0;
}

/* Every process is in the class "default": there is no login.conf(5) behind this. */
long freebsd_getloginclass(struct core_thread *t, OUT namebuf, SIZE namelen)
{
	static const char name[] = "default";

	(void)t;
	if (namelen < sizeof(name))
		return -CORE_ERANGE;
	return copy_to_guest(namebuf, name, sizeof(name));
}
