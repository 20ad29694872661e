/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/audit_address.c: the addresses a call sends, connects or binds to; core/audit.h.
 *
 * Facts: sockaddr_in and sockaddr_in6 have family, port and address at the same places in FreeBSD
 * (netinet/in.h), illumos (netinet/in.h) and Linux (linux/in.h, linux/in6.h), and AF_INET is 2 and
 * AF_UNIX 1; FreeBSD's begin with a byte for the length and one for the family, the others' with
 * two for the family (sys/socket.h). So is msghdr's beginning: pointer, and length as 32 bits;
 * mmsghdr has 64 bytes (socket.h of Linux).
 */
#include "core/audit.h"
#include "core/guest.h"
#include "exo/exo.h"

#define FAMILY_UNIX   1
#define FAMILY_INET   2
#define INET_SIZE     16
#define INET6_SIZE    28
#define MMSGHDR_SIZE  64
#define MMSGHDR_MOST  1024 /* UIO_MAXIOV: what sendmmsg takes of more */
#define MAPPED_PREFIX 0xffff00000000ul

static u64 big_endian(const u8 *p)
{
	u64 v = 0;

	for (u32 i = 0; i < 8; i++)
		v = v << 8 | p[i];
	return v;
}

static u64 mask_of(u32 bits)
{
	return bits >= 64 ? ~0ul : ~(~0ul >> bits);
}

static enum audit_answer in_net(const struct audit_condition *k, u64 high, u64 low)
{
	u32 rest = k->prefix > 64 ? k->prefix - 64u : 0;

	return (((high ^ k->value) & mask_of(k->prefix)) | ((low ^ k->mask) & mask_of(rest))) == 0
		   ? AUDIT_YES
		   : AUDIT_NO;
}

/* `counts`: whether it is an address the condition is about. */
static enum audit_answer one(const struct audit_condition *k, u64 at, i32 size, bool *counts)
{
	u8 a[INET6_SIZE] = {0};
	u32 n = size < 0 ? 0 : MIN((u32)size, (u32)sizeof(a));
	u32 family;
	bool six;

	*counts = at != 0;
	if (!at)
		return AUDIT_NO;
	if (n < 2 || exo_copy(a, (const void *)at, n) != 0)
		return AUDIT_UNKNOWN;
	family = k->has_length ? a[1] : a[0] | (u32)a[1] << 8;
	if (k->test == AUDIT_LOCAL)
		return family == FAMILY_UNIX ? AUDIT_YES : AUDIT_NO;
	six = k->inet6 && family == k->inet6;
	if (family == 0) /* what that means is the call's to say */
		return AUDIT_UNKNOWN;
	*counts = six || family == FAMILY_INET;
	if (!*counts)
		return AUDIT_NO;
	if (n < (six ? INET6_SIZE : INET_SIZE))
		return AUDIT_UNKNOWN;
	if (k->test == AUDIT_PORT) {
		u32 port = (u32)a[2] << 8 | a[3];

		return port >= k->value && port <= k->mask ? AUDIT_YES : AUDIT_NO;
	}
	if (six)
		return in_net(k, big_endian(a + 8), big_endian(a + 16));
	return in_net(k, 0, MAPPED_PREFIX | big_endian(a + 4) >> 32);
}

static bool tally(struct audit_tally *n, const struct audit_condition *k, u64 at, i32 size)
{
	bool counts;
	enum audit_answer a = one(k, at, size, &counts);

	return !counts || audit_tally(n, a, k->negated);
}

static bool tally_message(struct audit_tally *n, const struct audit_condition *k, u64 message)
{
	u64 name;
	u32 size;

	if (guest_read_u64(gp(message), &name) < 0 || guest_read_u32(gp(message + 8), &size) < 0)
		return audit_tally(n, AUDIT_UNKNOWN, false);
	return tally(n, k, name, (i32)size);
}

enum audit_answer core_audit_address(const struct trace_call *c, const struct audit_condition *k,
				     bool all)
{
	struct audit_tally n = {.all = all};
	u64 count;

	if (k->arg >= c->nargs)
		return AUDIT_NO;
	switch (k->bits) {
	case AUDIT_SOCKADDR:
		if (k->arg + 1u < c->nargs)
			tally(&n, k, c->args[k->arg], (i32)c->args[k->arg + 1]);
		break;
	case AUDIT_MSGHDR:
		tally_message(&n, k, c->args[k->arg]);
		break;
	default: /* AUDIT_MMSGHDR */
		count = k->arg + 1u < c->nargs ? (u32)c->args[k->arg + 1] : 0;
		for (u64 i = 0; i < MIN(count, (u64)MMSGHDR_MOST); i++)
			if (!tally_message(&n, k, c->args[k->arg] + i * MMSGHDR_SIZE))
				break;
		break;
	}
	return audit_outcome(&n);
}
