/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/cred.c: users and groups of the process.
 *
 * What differs: setuid and setgid set all three ids whenever they are allowed at all; who may
 * swap ids and what becomes of the saved one is not quite the same; the effective group is the
 * first of the group list, in getgroups and in setgroups (up to FreeBSD 14); and the session has a
 * login name. Ids belong to a thread on the hub and to the process in FreeBSD: a change is made in
 * every thread. Facts: setuid(2), getgroups(2), getlogin(2), sys/kern/kern_prot.c of FreeBSD 14.
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

/* ---- changing them ------------------------------------------------------------------------ */

struct ids {
	u32 real, effective, saved;
};

static void users(struct ids *now)
{
	EXO_NOW(getresuid, &now->real, &now->effective, &now->saved);
}

static void groups(struct ids *now)
{
	EXO_NOW(getresgid, &now->real, &now->effective, &now->saved);
}

static bool privileged(void)
{
	return EXO_NOW(geteuid) == 0;
}

/* The one number that is nobody's on the hub, for it means "as it is" there. */
static long nobodys(void)
{
	return privileged() ? -CORE_EINVAL : -CORE_EPERM;
}

/* A process whose ids ever changed is tainted until it executes another program. */
static long changed(struct core_thread *t, const struct ids *old, const struct ids *new, long r)
{
	if (r >= 0 && memcmp(old, new, sizeof(*old)) != 0)
		t->proc->abi_data[FREEBSD_P_TAINTED] = 1;
	return r;
}

static long set_users(struct core_thread *t, const struct ids *old, struct ids new)
{
	return changed(t, old, &new, EVERYWHERE(setresuid, new.real, new.effective, new.saved));
}

static long set_groups(struct core_thread *t, const struct ids *old, struct ids new)
{
	return changed(t, old, &new, EVERYWHERE(setresgid, new.real, new.effective, new.saved));
}

static bool is_any_of(u32 id, const struct ids *ids)
{
	return id == ids->real || id == ids->effective || id == ids->saved;
}

/* setuid, setgid: all three; without privilege not the saved one, which the hub would take. */
static bool may_become(u32 id, const struct ids *now)
{
	return privileged() || id == now->real || id == now->effective;
}

long freebsd_setuid(struct core_thread *t, UID uid)
{
	struct ids now;

	users(&now);
	if (uid == KEEP)
		return nobodys();
	return may_become(uid, &now) ? set_users(t, &now, (struct ids){uid, uid, uid})
				     : -CORE_EPERM;
}

long freebsd_setgid(struct core_thread *t, GID gid)
{
	struct ids now;

	groups(&now);
	if (gid == KEEP)
		return nobodys();
	return may_become(gid, &now) ? set_groups(t, &now, (struct ids){gid, gid, gid})
				     : -CORE_EPERM;
}

/* seteuid, setegid: the real or the saved one; the hub would also take what it is. */
static bool may_act_as(u32 id, const struct ids *now)
{
	return privileged() || id == now->real || id == now->saved;
}

long freebsd_seteuid(struct core_thread *t, UID euid)
{
	struct ids now;

	users(&now);
	if (euid == KEEP)
		return nobodys();
	return may_act_as(euid, &now) ? set_users(t, &now, (struct ids){now.real, euid, now.saved})
				      : -CORE_EPERM;
}

long freebsd_setegid(struct core_thread *t, GID egid)
{
	struct ids now;

	groups(&now);
	if (egid == KEEP)
		return nobodys();
	return may_act_as(egid, &now) ? set_groups(t, &now, (struct ids){now.real, egid, now.saved})
				      : -CORE_EPERM;
}

/*
 * setreuid, setregid: the real id may become the real or the saved one (the hub: the real or
 * the effective one), and the saved id follows the effective one unless real and effective
 * are left alike and the real one alone.
 */
static bool swapped(const struct ids *now, u32 real, u32 effective, struct ids *new)
{
	if (!privileged() && ((real != KEEP && real != now->real && real != now->saved) ||
			      (effective != KEEP && !is_any_of(effective, now))))
		return false;
	new->real = real == KEEP ? now->real : real;
	new->effective = effective == KEEP ? now->effective : effective;
	new->saved = real != KEEP || new->effective != new->real ? new->effective : now->saved;
	return true;
}

long freebsd_setreuid(struct core_thread *t, UID ruid, UID euid)
{
	struct ids now, new;

	users(&now);
	return swapped(&now, ruid, euid, &new) ? set_users(t, &now, new) : -CORE_EPERM;
}

long freebsd_setregid(struct core_thread *t, GID rgid, GID egid)
{
	struct ids now, new;

	groups(&now);
	return swapped(&now, rgid, egid, &new) ? set_groups(t, &now, new) : -CORE_EPERM;
}

/* setresuid, setresgid: each may become any of the three. The hub says so too. */
static struct ids replaced(const struct ids *now, u32 real, u32 effective, u32 saved)
{
	return (struct ids){real == KEEP ? now->real : real,
			    effective == KEEP ? now->effective : effective,
			    saved == KEEP ? now->saved : saved};
}

long freebsd_setresuid(struct core_thread *t, UID ruid, UID euid, UID suid)
{
	struct ids now;

	users(&now);
	return set_users(t, &now, replaced(&now, ruid, euid, suid));
}

long freebsd_setresgid(struct core_thread *t, GID rgid, GID egid, GID sgid)
{
	struct ids now;

	groups(&now);
	return set_groups(t, &now, replaced(&now, rgid, egid, sgid));
}

/* The runtime's own image is never set-id. */
long freebsd_issetugid(struct core_thread *t)
{
	return t->proc->abi_data[FREEBSD_P_TAINTED] != 0;
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

long freebsd_freebsd14_getgroups(struct core_thread *t, INT gidsetsize, OUT gidset)
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

long freebsd_freebsd14_setgroups(struct core_thread *t, INT gidsetsize, IN gidset)
{
	u32 egid;
	long r;

	if (gidsetsize < 0 || gidsetsize > NGROUPS_MAX + 1)
		return -CORE_EINVAL;
	if (gidsetsize == 0) {
		r = EVERYWHERE(setgroups, 0, 0);
	} else {
		if (guest_read_u32(gidset, &egid) < 0)
			return -CORE_EFAULT;
		r = EVERYWHERE(setgroups, gidsetsize - 1, gidset.addr + sizeof(u32));
		if (r >= 0)
			r = EVERYWHERE(setresgid, KEEP, egid, KEEP);
	}
	if (r >= 0)
		t->proc->abi_data[FREEBSD_P_TAINTED] = 1;
	return r;
}

/* Since FreeBSD 15 the effective group is no part of the list, as on the hub. */

long freebsd_getgroups(struct core_thread *t, INT gidsetsize, OUT gidset)
{
	(void)t;
	return EXO(getgroups, gidsetsize, gidset.addr);
}

long freebsd_setgroups(struct core_thread *t, INT gidsetsize, IN gidset)
{
	long r;

	if (gidsetsize < 0 || gidsetsize > NGROUPS_MAX)
		return -CORE_EINVAL;
	r = EVERYWHERE(setgroups, gidsetsize, gidset.addr);
	if (r >= 0)
		t->proc->abi_data[FREEBSD_P_TAINTED] = 1;
	return r;
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
