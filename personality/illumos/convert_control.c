/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/convert_control.c: the control messages of sendmsg and recvmsg. */
#include "personality/illumos/convert_control.h"
#include "lib/mem.h"

/* Messages whose data are the same bytes on both sides. */
static const struct same {
	i32 level, type;
	i32 core_level, core_type;
	u32 size;
	bool sent;
} same[] = {
    {ILLUMOS_SOL_SOCKET, ILLUMOS_SO_TIMESTAMP, CORE_SOL_SOCKET, CORE_SCM_TIMESTAMP, 16, false},
    {ILLUMOS_IPPROTO_IP, ILLUMOS_IP_PKTINFO, CORE_IPPROTO_IP, CORE_IP_PKTINFO,
     sizeof(struct core_in_pktinfo), true},
    {ILLUMOS_IPPROTO_IPV6, ILLUMOS_IPV6_PKTINFO, CORE_IPPROTO_IPV6, CORE_IPV6_PKTINFO, 20, true},
    {ILLUMOS_IPPROTO_IPV6, ILLUMOS_IPV6_HOPLIMIT, CORE_IPPROTO_IPV6, CORE_IPV6_HOPLIMIT, 4, true},
    {ILLUMOS_IPPROTO_IPV6, ILLUMOS_IPV6_TCLASS, CORE_IPPROTO_IPV6, CORE_IPV6_TCLASS, 4, true},
    {ILLUMOS_IPPROTO_IPV6, ILLUMOS_IPV6_DONTFRAG, CORE_IPPROTO_IPV6, CORE_IPV6_DONTFRAG, 4, true},
};

/* ---- towards the hub ----------------------------------------------------------------------- */

static long rights_to_core(struct core_control *o, const u8 *data, u32 n)
{
	u8 *to;

	n -= n % sizeof(i32);
	if (n == 0)
		return 0;
	if (n > CORE_SCM_MAX_FD * sizeof(i32))
		return -CORE_EINVAL;
	to = core_control_add(o, CORE_SOL_SOCKET, CORE_SCM_RIGHTS, n);
	if (!to)
		return -CORE_E2BIG;
	memcpy(to, data, n);
	return 0;
}

static long inet_to_core(struct core_control *o, const struct illumos_cmsghdr *h, const u8 *data,
			 u32 n)
{
	u8 *to;

	for (size_t i = 0; i < ARRAY_LEN(same); i++) {
		if (!same[i].sent || same[i].level != h->cmsg_level || same[i].type != h->cmsg_type)
			continue;
		if (n != same[i].size)
			return -CORE_EINVAL;
		to = core_control_add(o, same[i].core_level, same[i].core_type, n);
		if (!to)
			return -CORE_E2BIG;
		memcpy(to, data, n);
		return 0;
	}
	return -CORE_EINVAL;
}

long illumos_to_core_control(const u8 *in, u32 len, bool xpg, bool inet, u8 *out, u32 room)
{
	struct core_control o = {out, room, 0};
	bool rights = false;
	u64 at = 0;
	long r;

	if (!xpg) {
		r = inet ? -CORE_EOPNOTSUPP : rights_to_core(&o, in, len);
		return r < 0 ? r : (long)o.len;
	}
	/* Where the messages stop making sense they end. */
	while (len - at >= sizeof(struct illumos_cmsghdr)) {
		struct illumos_cmsghdr h;
		const u8 *data = in + at + sizeof(h);

		memcpy(&h, in + at, sizeof(h));
		if (h.cmsg_len < sizeof(h) || h.cmsg_len > len - at)
			break;
		if (inet) {
			r = inet_to_core(&o, &h, data, h.cmsg_len - (u32)sizeof(h));
		} else if (h.cmsg_level == ILLUMOS_SOL_SOCKET &&
			   h.cmsg_type == ILLUMOS_SCM_RIGHTS) {
			r = rights ? -CORE_EINVAL
				   : rights_to_core(&o, data, h.cmsg_len - (u32)sizeof(h));
			rights = true;
		} else {
			r = -CORE_EINVAL;
		}
		if (r < 0)
			return r;
		at = MIN(at + ILLUMOS_CMSG_ALIGN(h.cmsg_len), (u64)len);
	}
	return (long)o.len;
}

/* ---- towards the guest --------------------------------------------------------------------- */

struct output {
	u8 *at;
	u32 room, len; /* len: without the last one's padding */
};

static u8 *message(struct output *o, i32 level, i32 type, u64 n)
{
	struct illumos_cmsghdr h = {(u32)ILLUMOS_CMSG_LEN(n), level, type};
	u32 begin = (u32)ILLUMOS_CMSG_ALIGN(o->len);
	u8 *at = o->at + begin;

	if (begin > o->room || ILLUMOS_CMSG_LEN(n) > o->room - begin)
		return NULL;
	memset(o->at + o->len, 0, begin - o->len);
	memcpy(at, &h, sizeof(h));
	o->len = begin + h.cmsg_len;
	return at + sizeof(h);
}

static bool put(struct output *o, i32 level, i32 type, const void *data, u64 n)
{
	u8 *to = message(o, level, type, n);

	if (to)
		memcpy(to, data, n);
	return to != NULL;
}

static bool pktinfo(struct output *o, const u8 *data, u32 want)
{
	struct core_in_pktinfo info;

	memcpy(&info, data, sizeof(info));
	if ((want & ILLUMOS_CONTROL_DSTADDR) &&
	    !put(o, ILLUMOS_IPPROTO_IP, ILLUMOS_IP_RECVDSTADDR, &info.ipi_addr, 4))
		return false;
	if ((want & ILLUMOS_CONTROL_IF) &&
	    !put(o, ILLUMOS_IPPROTO_IP, ILLUMOS_IP_RECVIF, &info.ipi_ifindex, 4))
		return false;
	return !(want & ILLUMOS_CONTROL_PKTINFO) ||
	       put(o, ILLUMOS_IPPROTO_IP, ILLUMOS_IP_PKTINFO, &info, sizeof(info));
}

static bool ucred(struct output *o, const u8 *data)
{
	u8 built[1024];
	struct core_ucred u;

	memcpy(&u, data, sizeof(u));
	return put(o, ILLUMOS_SOL_SOCKET, ILLUMOS_SCM_UCRED, built,
		   illumos_ucred_build(&u, built, sizeof(built)));
}

/* False: no room. What illumos has no message for is passed over. */
static bool convert(struct output *o, const struct core_cmsghdr *h, const u8 *data,
		    const struct illumos_control *c)
{
	const u64 n = h->cmsg_len - sizeof(*h);

	if (h->cmsg_level == CORE_SOL_SOCKET && h->cmsg_type == CORE_SCM_RIGHTS) {
		if (c->xpg)
			return put(o, ILLUMOS_SOL_SOCKET, ILLUMOS_SCM_RIGHTS, data, n);
		if (n > ((o->room - o->len) & ~3u))
			return false;
		memcpy(o->at + o->len, data, n);
		o->len += (u32)n;
		return true;
	}
	if (!c->xpg)
		return true;
	if (h->cmsg_level == CORE_SOL_SOCKET && h->cmsg_type == CORE_SCM_CREDENTIALS &&
	    n == sizeof(struct core_ucred))
		return !(c->want & ILLUMOS_CONTROL_UCRED) || ucred(o, data);
	if (h->cmsg_level == CORE_IPPROTO_IP && h->cmsg_type == CORE_IP_PKTINFO &&
	    n == sizeof(struct core_in_pktinfo))
		return pktinfo(o, data, c->want);
	if (h->cmsg_level == CORE_IPPROTO_IP && h->cmsg_type == CORE_IP_TTL && n == sizeof(i32))
		return put(o, ILLUMOS_IPPROTO_IP, ILLUMOS_IP_RECVTTL, data, 1);
	for (size_t i = 0; i < ARRAY_LEN(same); i++)
		if (same[i].core_level == h->cmsg_level && same[i].core_type == h->cmsg_type &&
		    same[i].size == n)
			return put(o, same[i].level, same[i].type, data, n);
	return true;
}

void core_to_illumos_control(const u8 *in, u64 len, u8 *out, struct illumos_control *c)
{
	struct output o = {out, c->room, 0};
	struct core_cmsghdr h;
	u64 at = 0;

	while (core_control_next(in + at, len - at, &h) && convert(&o, &h, in + at + sizeof(h), c))
		at = MIN(at + CORE_CMSG_ALIGN(h.cmsg_len), len);
	c->len = o.len;
	c->taken = at;
}
