/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/convert_control.c: the control messages of sendmsg(2), recvmsg(2). */
#include "personality/freebsd/convert_control.h"
#include "lib/mem.h"

/* Messages whose data are the same bytes on both sides. */
struct same {
	i32 level, type;
	i32 core_level, core_type;
	u32 size; /* of the data; 0: any multiple of a descriptor */
	bool sent, inet;
};

static const struct same same[] = {
    {FREEBSD_SOL_SOCKET, FREEBSD_SCM_RIGHTS, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, 0, true, false},
    {FREEBSD_SOL_SOCKET, FREEBSD_SCM_TIMESTAMP, CORE_SOL_SOCKET, CORE_SCM_TIMESTAMP, 16, false,
     true},
    {FREEBSD_SOL_SOCKET, FREEBSD_SCM_REALTIME, CORE_SOL_SOCKET, CORE_SCM_TIMESTAMPNS, 16, false,
     true},
    {FREEBSD_IPPROTO_IP, FREEBSD_IP_RECVTOS, CORE_IPPROTO_IP, CORE_IP_TOS, 1, false, true},
    {FREEBSD_IPPROTO_IP, FREEBSD_IP_TOS, CORE_IPPROTO_IP, CORE_IP_TOS, 1, true, true},
    {FREEBSD_IPPROTO_IPV6, FREEBSD_IPV6_PKTINFO, CORE_IPPROTO_IPV6, CORE_IPV6_PKTINFO, 20, true,
     true},
    {FREEBSD_IPPROTO_IPV6, FREEBSD_IPV6_HOPLIMIT, CORE_IPPROTO_IPV6, CORE_IPV6_HOPLIMIT, 4, true,
     true},
    {FREEBSD_IPPROTO_IPV6, FREEBSD_IPV6_TCLASS, CORE_IPPROTO_IPV6, CORE_IPV6_TCLASS, 4, true, true},
    {FREEBSD_IPPROTO_IPV6, FREEBSD_IPV6_DONTFRAG, CORE_IPPROTO_IPV6, CORE_IPV6_DONTFRAG, 4, true,
     true},
};

_Static_assert(FREEBSD_CMSG_DATA == sizeof(struct core_cmsghdr), "data begin at the same offset");

/* ---- towards the hub ---------------------------------------------------------------------- */

static long copy_to_core(struct core_control *o, const struct same *s, const u8 *data, u32 n)
{
	u8 *to;

	if (n < s->size)
		return -CORE_EINVAL;
	n = s->size ? s->size : n - n % sizeof(i32); /* a part of a descriptor is none */
	if (n == 0)
		return 0;
	if (!s->size && n > CORE_SCM_MAX_FD * sizeof(i32))
		return -CORE_E2BIG;
	to = core_control_add(o, s->core_level, s->core_type, n);
	if (!to)
		return -CORE_E2BIG;
	memcpy(to, data, n);
	return 0;
}

static long creds_to_core(struct core_control *o, const struct core_ucred *me)
{
	u8 *to = core_control_add(o, CORE_SOL_SOCKET, CORE_SCM_CREDENTIALS, sizeof(*me));

	if (!to)
		return -CORE_E2BIG;
	memcpy(to, me, sizeof(*me));
	return 0;
}

static long source_to_core(struct core_control *o, const u8 *data, u32 n)
{
	struct core_in_pktinfo info = {0};
	u8 *to;

	if (n < sizeof(info.ipi_spec_dst))
		return -CORE_EINVAL;
	memcpy(&info.ipi_spec_dst, data, sizeof(info.ipi_spec_dst));
	to = core_control_add(o, CORE_IPPROTO_IP, CORE_IP_PKTINFO, sizeof(info));
	if (!to)
		return -CORE_E2BIG;
	memcpy(to, &info, sizeof(info));
	return 0;
}

static long message_to_core(struct core_control *o, const struct freebsd_cmsghdr *h, const u8 *data,
			    bool inet, const struct core_ucred *me)
{
	const u32 n = h->cmsg_len - FREEBSD_CMSG_DATA;

	if (!inet && h->cmsg_level == FREEBSD_SOL_SOCKET && h->cmsg_type == FREEBSD_SCM_CREDS)
		return creds_to_core(o, me);
	if (inet && h->cmsg_level == FREEBSD_IPPROTO_IP && h->cmsg_type == FREEBSD_IP_SENDSRCADDR)
		return source_to_core(o, data, n);
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		if (same[i].sent && same[i].inet == inet && same[i].level == h->cmsg_level &&
		    same[i].type == h->cmsg_type)
			return copy_to_core(o, &same[i], data, n);
	return -CORE_EINVAL;
}

long freebsd_to_core_control(const u8 *in, u32 len, bool inet, const struct core_ucred *me, u8 *out,
			     u32 room)
{
	struct core_control o = {out, room, 0};
	u64 at = 0;

	while (at < len) {
		struct freebsd_cmsghdr h;
		long r;

		if (len - at < sizeof(h))
			return at ? (long)o.len : -CORE_EINVAL; /* padding */
		memcpy(&h, in + at, sizeof(h));
		if (h.cmsg_len < FREEBSD_CMSG_DATA || h.cmsg_len > len - at)
			return -CORE_EINVAL;
		r = message_to_core(&o, &h, in + at + FREEBSD_CMSG_DATA, inet, me);
		if (r < 0)
			return r;
		at += FREEBSD_CMSG_ALIGN(h.cmsg_len);
	}
	return (long)o.len;
}

/* ---- towards the guest ----------------------------------------------------------------------- */

static u8 *freebsd_message(struct core_control *o, i32 level, i32 type, u64 n)
{
	struct freebsd_cmsghdr h = {(u32)FREEBSD_CMSG_LEN(n), level, type};
	u64 space = FREEBSD_CMSG_SPACE(n);
	u8 *at = o->at + o->len;

	if (space > o->room - o->len)
		return NULL;
	memset(at, 0, space);
	memcpy(at, &h, sizeof(h));
	o->len += space;
	return at + FREEBSD_CMSG_DATA;
}

static bool put(struct core_control *o, i32 level, i32 type, const void *data, u64 n)
{
	u8 *to = freebsd_message(o, level, type, n);

	if (to)
		memcpy(to, data, n);
	return to != NULL;
}

/* The hub tells one user and one group: the real ones stand for the effective. */
static bool creds_to_freebsd(struct core_control *o, const u8 *data, enum freebsd_creds creds)
{
	struct freebsd_cmsgcred sent = {0};
	struct freebsd_sockcred local = {0};
	struct freebsd_sockcred2 persistent = {0};
	struct core_ucred u;

	memcpy(&u, data, sizeof(u));
	if (u.pid == 0)
		return true; /* sent without */
	switch (creds) {
	case FREEBSD_CREDS_LOCAL:
		local.sc_uid = local.sc_euid = u.uid;
		local.sc_gid = local.sc_egid = local.sc_groups[0] = u.gid;
		local.sc_ngroups = 1;
		return put(o, FREEBSD_SOL_SOCKET, FREEBSD_SCM_CREDS, &local, sizeof(local));
	case FREEBSD_CREDS_PERSISTENT:
		persistent.sc_pid = u.pid;
		persistent.sc_uid = persistent.sc_euid = u.uid;
		persistent.sc_gid = persistent.sc_egid = persistent.sc_groups[0] = u.gid;
		persistent.sc_ngroups = 1;
		return put(o, FREEBSD_SOL_SOCKET, FREEBSD_SCM_CREDS2, &persistent,
			   sizeof(persistent));
	default:
		sent.cmcred_pid = u.pid;
		sent.cmcred_uid = sent.cmcred_euid = u.uid;
		sent.cmcred_gid = sent.cmcred_groups[0] = u.gid;
		sent.cmcred_ngroups = 1;
		return put(o, FREEBSD_SOL_SOCKET, FREEBSD_SCM_CREDS, &sent, sizeof(sent));
	}
}

/* False: no room, or nothing FreeBSD has. */
static bool message_to_freebsd(struct core_control *o, const struct core_cmsghdr *h, const u8 *data,
			       enum freebsd_creds creds)
{
	const u64 n = h->cmsg_len - sizeof(*h);

	if (h->cmsg_level == CORE_SOL_SOCKET && h->cmsg_type == CORE_SCM_CREDENTIALS &&
	    n == sizeof(struct core_ucred))
		return creds_to_freebsd(o, data, creds);
	if (h->cmsg_level == CORE_IPPROTO_IP && h->cmsg_type == CORE_IP_PKTINFO &&
	    n == sizeof(struct core_in_pktinfo))
		return put(o, FREEBSD_IPPROTO_IP, FREEBSD_IP_RECVDSTADDR,
			   data + offsetof(struct core_in_pktinfo, ipi_addr), 4);
	if (h->cmsg_level == CORE_IPPROTO_IP && h->cmsg_type == CORE_IP_TTL && n == sizeof(i32))
		return put(o, FREEBSD_IPPROTO_IP, FREEBSD_IP_RECVTTL, data, 1);
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		if (same[i].core_level == h->cmsg_level && same[i].core_type == h->cmsg_type &&
		    (same[i].size == 0 || same[i].size == n))
			return put(o, same[i].level, same[i].type, data, n);
	return false;
}

u64 core_to_freebsd_control(const u8 *in, u64 len, enum freebsd_creds creds, u8 *out, u32 room,
			    u32 *n)
{
	struct core_control o = {out, room, 0};
	struct core_cmsghdr h;
	u64 at = 0;

	while (core_control_next(in + at, len - at, &h) &&
	       message_to_freebsd(&o, &h, in + at + sizeof(h), creds))
		at = MIN(at + CORE_CMSG_ALIGN(h.cmsg_len), len);
	*n = (u32)o.len;
	return at;
}
