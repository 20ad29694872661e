/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl.c: sysctl(3), the tree and the two calls.
 *
 * sysctl.def is the tree written down depth first, children in the order of their numbers:
 * so a row's subtree is what follows it, and the order of the table is the order in which
 * names are walked. Names that FreeBSD numbers at boot (OID_AUTO) get the number of their
 * row above CTL_AUTO_START: they are looked up by name there as well, never remembered.
 *
 * Nothing here can change the machine: a write is refused as to a user without privilege,
 * except where the name belongs to the calling process. Facts: sysctl(3), and the order of
 * checks in sys/kern/kern_sysctl.c.
 */
#include "exo/note.h"
#include "personality/freebsd/sysctl.h"
#include "core/guest.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_stats.h"
#include "personality/freebsd/freebsd.h"

#define AUTO	     (-1)
#define ACCESS_RD    FREEBSD_CTLFLAG_RD
#define ACCESS_RW    FREEBSD_CTLFLAG_RW
#define ACCESS_RDTUN (FREEBSD_CTLFLAG_RD | FREEBSD_CTLFLAG_TUN)
#define ACCESS_RWTUN (FREEBSD_CTLFLAG_RW | FREEBSD_CTLFLAG_TUN)
#define ACCESS_RWANY (FREEBSD_CTLFLAG_RW | FREEBSD_CTLFLAG_ANYBODY)
#define ACCESS_SKIP  (FREEBSD_CTLFLAG_RD | FREEBSD_CTLFLAG_SKIP)
#define FORMAT_INT   "I"
#define FORMAT_UINT  "IU"
#define FORMAT_LONG  "L"
#define FORMAT_ULONG "LU"
#define FORMAT_S64   "Q"
#define FORMAT_U64   "QU"
#define FORMAT_U8    "CU"

static long constant_number(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_number(req, row, row->value);
}

static long constant_text(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	return freebsd_sysctl_out_string(req, row->text);
}

const struct freebsd_sysctl_row freebsd_sysctl_rows[] = {
#define NODE(depth, number, name, descr)                                                           \
	{depth, number, FREEBSD_CTLTYPE_NODE | FREEBSD_CTLFLAG_RW, #name, "N", descr, NULL,        \
	 0,	NULL},
#define ASK(depth, number, name, access, fn, descr)                                                \
	{depth,                                                                                    \
	 number,                                                                                   \
	 FREEBSD_CTLTYPE_NODE | FREEBSD_CTLFLAG_MPSAFE | ACCESS_##access,                          \
	 #name,                                                                                    \
	 "N",                                                                                      \
	 descr,                                                                                    \
	 freebsd_sysctl_##fn,                                                                      \
	 0,                                                                                        \
	 NULL},
#define PROC(depth, number, name, type, access, format, fn, arg, descr)                            \
	{depth,                                                                                    \
	 number,                                                                                   \
	 FREEBSD_CTLTYPE_##type | FREEBSD_CTLFLAG_MPSAFE | ACCESS_##access,                        \
	 #name,                                                                                    \
	 format,                                                                                   \
	 descr,                                                                                    \
	 freebsd_sysctl_##fn,                                                                      \
	 arg,                                                                                      \
	 NULL},
#define NUM(depth, number, name, type, access, value, descr)                                       \
	{depth,                                                                                    \
	 number,                                                                                   \
	 FREEBSD_CTLTYPE_##type | FREEBSD_CTLFLAG_MPSAFE | ACCESS_##access,                        \
	 #name,                                                                                    \
	 FORMAT_##type,                                                                            \
	 descr,                                                                                    \
	 constant_number,                                                                          \
	 value,                                                                                    \
	 NULL},
#define TEXT(depth, number, name, access, text, descr)                                             \
	{depth,		number, FREEBSD_CTLTYPE_STRING | FREEBSD_CTLFLAG_MPSAFE | ACCESS_##access, \
	 #name,		"A",	descr,                                                             \
	 constant_text, 0,	text},
#include "personality/freebsd/sysctl.def"
#undef NODE
#undef ASK
#undef PROC
#undef NUM
#undef TEXT
};

const u32 freebsd_sysctl_count = ARRAY_LEN(freebsd_sysctl_rows);

/* ---- the tree ------------------------------------------------------------------------- */

static i32 number_of(const struct freebsd_sysctl_row *row)
{
	return row->number != AUTO ? row->number
				   : FREEBSD_CTL_AUTO_START + (i32)(row - freebsd_sysctl_rows);
}

const struct freebsd_sysctl_row *freebsd_sysctl_find(const i32 *name, u32 len, u32 *used,
						     long *error)
{
	u32 depth = 0;

	*error = -CORE_ENOENT;
	for (u32 i = 0; i < freebsd_sysctl_count; i++) {
		const struct freebsd_sysctl_row *row = &freebsd_sysctl_rows[i];

		if (row->depth < depth)
			return NULL;
		if (row->depth > depth || number_of(row) != name[depth])
			continue;
		depth++;
		*used = depth;
		if ((row->kind & FREEBSD_CTLTYPE) == FREEBSD_CTLTYPE_NODE) {
			if (row->handler || depth == len)
				return row;
		} else if (depth == len) {
			return row;
		} else {
			*error = -CORE_ENOTDIR;
			return NULL;
		}
	}
	return NULL;
}

u32 freebsd_sysctl_oid(const struct freebsd_sysctl_row *row, i32 *oid)
{
	u32 len = row->depth + 1u, want = row->depth;

	for (;; row--) {
		if (row->depth == want) {
			oid[want] = number_of(row);
			if (want-- == 0)
				return len;
		}
	}
}

/* ---- answers -------------------------------------------------------------------------- */

long freebsd_sysctl_out(struct freebsd_sysctl *req, const void *data, u64 len)
{
	u64 at = req->oldidx, room = req->oldlen > at ? req->oldlen - at : 0;

	req->oldidx += len;
	if (!req->old.addr)
		return 0;
	if (req->inside)
		memcpy(req->inside + at, data, MIN(len, room));
	else if (copy_to_guest(gp_add(req->old, at), data, MIN(len, room)) < 0)
		return -CORE_EFAULT;
	return len > room ? -CORE_ENOMEM : 0;
}

long freebsd_sysctl_out_string(struct freebsd_sysctl *req, const char *s)
{
	return freebsd_sysctl_out(req, s, strlen(s) + 1);
}

long freebsd_sysctl_out_number(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
			       i64 value)
{
	switch (row->kind & FREEBSD_CTLTYPE) {
	case FREEBSD_CTLTYPE_LONG:
	case FREEBSD_CTLTYPE_ULONG:
	case FREEBSD_CTLTYPE_S64:
	case FREEBSD_CTLTYPE_U64:
		return freebsd_sysctl_out(req, &value, 8);
	case FREEBSD_CTLTYPE_U8:
		return freebsd_sysctl_out(req, &value, 1);
	default:
		return freebsd_sysctl_out(req, &value, 4);
	}
}

long freebsd_sysctl_out_widened(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row,
				i64 value)
{
	if (req->old.addr && req->oldlen == sizeof(u32) && value == (i32)value)
		return freebsd_sysctl_out(req, &value, sizeof(u32));
	return freebsd_sysctl_out_number(req, row, value);
}

/* ---- the calls -------------------------------------------------------------------------- */

static long answer(struct freebsd_sysctl *req, const i32 *name, u32 len)
{
	const struct freebsd_sysctl_row *row;
	u32 used;
	long r;

	row = freebsd_sysctl_find(name, len, &used, &r);
	if (!row) {
		exo_note(ROOM_PERSONALITY, NOTE_WARN, "sysctl %d.%d, of %u numbers, is not known",
			 len > 0 ? name[0] : 0, len > 1 ? name[1] : 0, len);
		return r;
	}
	if (!row->handler)
		return -CORE_EISDIR;
	if (req->new.addr && (row->kind & ACCESS_RWANY) != ACCESS_RWANY)
		return -CORE_EPERM;
	req->rest = name + used;
	req->nrest = len - used;
	return row->handler(req, row);
}

static long request(struct core_thread *t, const i32 *name, u32 len, guest_ptr old,
		    guest_ptr oldlenp, guest_ptr new, u64 newlen)
{
	struct freebsd_sysctl req = {.t = t, .old = old, .new = new, .newlen = newlen};
	u64 result;
	long r;

	if (oldlenp.addr && guest_read_u64(oldlenp, &req.oldlen) < 0)
		return -CORE_EFAULT;
	r = answer(&req, name, len);
	if (r < 0 && r != -CORE_ENOMEM)
		return r;
	result = old.addr ? MIN(req.oldidx, req.oldlen) : req.oldidx;
	if (oldlenp.addr && guest_write_u64(oldlenp, result) < 0)
		return -CORE_EFAULT;
	return r;
}

long freebsd_sysctl_ask(struct core_thread *t, const i32 *name, u32 len, void *buf, u64 size)
{
	struct freebsd_sysctl req = {.t = t, .old = gp((u64)buf), .oldlen = size, .inside = buf};
	long r = answer(&req, name, len);

	return r < 0 && r != -CORE_ENOMEM ? r : (long)MIN(req.oldidx, size);
}

long freebsd___sysctl(struct core_thread *t, IN name, UINT namelen, OUT old, INOUT oldlenp, IN new,
		      SIZE newlen)
{
	i32 oid[FREEBSD_CTL_MAXNAME];

	if (namelen < 2 || namelen > FREEBSD_CTL_MAXNAME)
		return -CORE_EINVAL;
	if (copy_from_guest(oid, name, namelen * sizeof(i32)) < 0)
		return -CORE_EFAULT;
	return request(t, oid, namelen, old, oldlenp, new, newlen);
}

long freebsd___sysctlbyname(struct core_thread *t, STR name, SIZE namelen, OUT old, INOUT oldlenp,
			    IN new, SIZE newlen)
{
	const struct freebsd_sysctl_row *row;
	i32 oid[FREEBSD_CTL_MAXNAME];
	long r;

	if (namelen == 0 || namelen > FREEBSD_PATH_MAX)
		return -CORE_EINVAL;
	r = freebsd_sysctl_by_name(name, namelen, &row);
	if (r < 0)
		return r;
	return request(t, oid, freebsd_sysctl_oid(row, oid), old, oldlenp, new, newlen);
}
