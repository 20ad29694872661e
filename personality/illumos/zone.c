/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/zone.c: zones, auditing and labels, as a system has them that uses none.
 *
 * There is the global zone and everybody is in it. Making zones, and what else changes them, is
 * root's, and refused to root as well: boxes are made by the host's means. Facts:
 * usr/src/uts/common/os/zone.c, sys/zone.h, syscall/auditsys.c, os/labelsys.c, sys/tsol/tsyscall.h.
 */
#include "lib/mem.h"
#include "personality/illumos/convert_ucred.h"
#include "personality/illumos/illumos.h"

enum {
	ZONE_CREATE,
	ZONE_DESTROY,
	ZONE_GETATTR,
	ZONE_ENTER,
	ZONE_LIST,
	ZONE_SHUTDOWN,
	ZONE_LOOKUP,
	ZONE_BOOT,
	ZONE_VERSION,
	ZONE_SETATTR,
	ZONE_ADD_DATALINK,
	ZONE_DEL_DATALINK,
	ZONE_CHECK_DATALINK,
	ZONE_LIST_DATALINK,
};

enum {
	ATTR_ROOT = 1,
	ATTR_NAME,
	ATTR_STATUS,
	ATTR_PRIVSET,
	ATTR_UNIQID,
	ATTR_POOLID,
	ATTR_INITPID,
	ATTR_INITNAME = 9,
	ATTR_BOOTARGS,
	ATTR_BRAND,
	ATTR_PHYS_MCAP,
	ATTR_SCHED_CLASS,
	ATTR_FLAGS,
	ATTR_HOSTID,
	ATTR_FS_ALLOWED,
};

#define ZONE_RUNNING   4
#define ZONENAME_MAX   64
#define ALL_ZONES      (-1)
#define ZONE_INTERFACE 5 /* ZONE_SYSCALL_API_VERSION */

/* The answer is how long the whole of it is. */
static long give(guest_ptr buf, u64 room, const void *value, u64 n)
{
	if (buf.addr && copy_to_guest(buf, value, MIN(n, room)) < 0)
		return -CORE_EFAULT;
	return (long)n;
}

static long give_text(guest_ptr buf, u64 room, const char *text)
{
	return give(buf, room, text, strlen(text) + 1);
}

static long attribute(i32 zone, int attr, guest_ptr buf, u64 room)
{
	struct illumos_priv_set all;
	u64 none = 0;
	u32 word;

	if (zone != 0)
		return -CORE_EINVAL;
	switch (attr) {
	case ATTR_ROOT:
		return give_text(buf, room, "/");
	case ATTR_NAME:
		return give_text(buf, room, "global");
	case ATTR_STATUS:
		word = ZONE_RUNNING;
		return give(buf, room, &word, sizeof(word));
	case ATTR_PRIVSET:
		illumos_priv_all(&all);
		return give(buf, room, &all, sizeof(all));
	case ATTR_UNIQID:
	case ATTR_PHYS_MCAP:
		return give(buf, room, &none, sizeof(none));
	case ATTR_POOLID:
		return give(buf, room, &none, sizeof(u32));
	case ATTR_INITPID:
		word = 1;
		return give(buf, room, &word, sizeof(word));
	case ATTR_INITNAME:
		return give_text(buf, room, "/sbin/init");
	case ATTR_BRAND:
		return give_text(buf, room, "native");
	case ATTR_BOOTARGS:
	case ATTR_SCHED_CLASS:
	case ATTR_FS_ALLOWED:
		return give_text(buf, room, "");
	case ATTR_FLAGS:
		return give(buf, room, &none, sizeof(u16));
	default:
		return -CORE_EINVAL;
	}
}

static long list(guest_ptr ids, guest_ptr countp)
{
	u32 room;

	if (guest_read_u32(countp, &room) < 0)
		return -CORE_EFAULT;
	if (ids.addr && room && guest_write_u32(ids, 0) < 0)
		return -CORE_EFAULT;
	return guest_write_u32(countp, 1);
}

static long lookup(guest_ptr name)
{
	char given[ZONENAME_MAX];
	long r;

	if (!name.addr)
		return 0;
	r = copy_str_from_guest(given, name, sizeof(given));
	return r < 0 ? r : strcmp(given, "global") ? -CORE_EINVAL : 0;
}

long illumos_zone(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t;
	switch (code) {
	case ZONE_GETATTR:
		return attribute((i32)a1, (int)a2, gp(a3), a4);
	case ZONE_LIST:
		return list(gp(a1), gp(a2));
	case ZONE_LOOKUP:
		return lookup(gp(a1));
	case ZONE_VERSION:
		return guest_write_u32(gp(a1), ZONE_INTERFACE);
	case ZONE_LIST_DATALINK: /* the global zone has those that are nobody's */
		return (i32)a1 == 0 ? guest_write_u32(gp(a2), 0) : -CORE_ENXIO;
	case ZONE_CHECK_DATALINK:
		return -CORE_ENXIO;
	case ZONE_CREATE:
	case ZONE_DESTROY:
	case ZONE_ENTER:
	case ZONE_SHUTDOWN:
	case ZONE_BOOT:
	case ZONE_SETATTR:
	case ZONE_ADD_DATALINK:
	case ZONE_DEL_DATALINK:
		return -CORE_EPERM;
	default:
		return -CORE_EINVAL;
	}
}

/* Auditing is not in the kernel (C2AUDIT_DISABLED). */
long illumos_auditsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		      ULONG a5)
{
	(void)t, (void)code, (void)a1, (void)a2, (void)a3, (void)a4, (void)a5;
	return -CORE_ILLUMOS_ENOTSUP;
}

/* Nothing has a label. */
long illumos_labelsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	(void)t, (void)a1, (void)a2, (void)a3, (void)a4;
	return code == 1 ? 0 : code > 1 && code <= 6 ? -CORE_EINVAL : -CORE_ENOSYS;
}
