/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/ioctl_if.c: requests that ask for the network's interfaces.
 *
 * illumos has logical interfaces, one for each address: the first of a family has the name of the
 * link, the others that name with :1, :2 ... behind it. A request goes to those of the family of
 * the socket it is made on. Here they are made of the host's links and addresses each time; nothing
 * can be set. Facts: usr/src/uts/common/sys/sockio.h, net/if.h, inet/ip/ip_if.c (ip_sioctl_get_*).
 */
#include "core/socket.h"
#include "exo/net.h"
#include "lib/mem.h"
#include "personality/illumos/abi_socket.h"
#include "personality/illumos/ioctl.h"

#define LIFS	     512 /* logical interfaces at most */
#define NAME_BYTES   32	 /* LIFNAMSIZ */
#define LIFREQ_BYTES 376

#define IFF_UP		0x00000001u
#define IFF_BROADCAST	0x00000002u
#define IFF_LOOPBACK	0x00000008u
#define IFF_POINTOPOINT 0x00000010u
#define IFF_RUNNING	0x00000040u
#define IFF_NOARP	0x00000080u
#define IFF_PROMISC	0x00000100u
#define IFF_ALLMULTI	0x00000200u
#define IFF_MULTICAST	0x00000800u
#define IFF_IPV4	0x01000000u
#define IFF_IPV6	0x02000000u

/* Numbers of requests in group 'i' */
enum {
	GLIFADDR = 113,
	GLIFDSTADDR = 115,
	GLIFFLAGS = 117,
	GLIFMTU = 122,
	GLIFBRDADDR = 123,
	GLIFNETMASK = 125,
	GLIFMETRIC = 127,
	GLIFNUM = 130,
	GLIFINDEX = 133,
	GLIFSUBNET = 138,
	GLIFCONF = 165,
};

struct lif {
	char name[NAME_BYTES];
	u32 index, flags, mtu;
	u16 family; /* CORE_AF_* */
	u8 prefix;
	bool has_other;
	u8 local[16], other[16];
};

struct lifs {
	u32 count, links;
	struct lif lif[LIFS];
	struct exo_interface link[64];
};

static bool add_link(void *ctx, const struct exo_interface *i)
{
	struct lifs *l = ctx;

	l->link[l->links++] = *i;
	return l->links < ARRAY_LEN(l->link);
}

static u32 flags_of(const struct exo_interface *i, u16 family)
{
	return (i->up ? IFF_UP : 0) | (i->running ? IFF_RUNNING : 0) |
	       (i->loopback ? IFF_LOOPBACK : 0) | (i->point_to_point ? IFF_POINTOPOINT : 0) |
	       (i->no_arp ? IFF_NOARP : 0) | (i->promiscuous ? IFF_PROMISC : 0) |
	       (i->all_multicast ? IFF_ALLMULTI : 0) | (i->multicast ? IFF_MULTICAST : 0) |
	       (family == CORE_AF_INET ? IFF_IPV4 | (i->broadcast ? IFF_BROADCAST : 0) : IFF_IPV6);
}

/* The name of the nth address of its family at a link. */
static void set_name(struct lif *f, const char *link, u32 n)
{
	char digits[12];
	u32 len = 0, k = sizeof(digits);

	while (len < 16 && link[len]) {
		f->name[len] = link[len];
		len++;
	}
	if (!n)
		return;
	f->name[len++] = ':';
	for (; n; n /= 10)
		digits[--k] = (char)('0' + n % 10);
	memcpy(f->name + len, digits + k, sizeof(digits) - k);
}

static bool add_address(void *ctx, const struct exo_address *a)
{
	struct lifs *l = ctx;
	const struct exo_interface *i = NULL;
	struct lif *f = &l->lif[l->count];
	u32 before = 0;

	if (a->family != CORE_AF_INET && a->family != CORE_AF_INET6)
		return true;
	for (u32 k = 0; k < l->links; k++)
		if (l->link[k].index == a->index)
			i = &l->link[k];
	if (!i)
		return true;
	for (u32 k = 0; k < l->count; k++)
		before += l->lif[k].index == a->index && l->lif[k].family == a->family;
	set_name(f, i->name, before);
	f->index = i->index;
	f->flags = flags_of(i, a->family);
	f->mtu = i->mtu;
	f->family = a->family;
	f->prefix = a->prefix;
	f->has_other = a->has_other;
	memcpy(f->local, a->local, sizeof(f->local));
	memcpy(f->other, a->other, sizeof(f->other));
	return ++l->count < LIFS;
}

static long read_lifs(struct lifs **out)
{
	struct lifs *l = exo_pages_alloc(sizeof(*l));
	long r;

	if (!l)
		return -CORE_ENOMEM;
	r = exo_interfaces(add_link, l);
	if (r >= 0)
		r = exo_addresses(add_address, l);
	if (r < 0) {
		exo_pages_free(l, sizeof(*l));
		return r;
	}
	*out = l;
	return 0;
}

/* lifr_addrlen: the bits of the network. */
static void set_prefix(u8 *req, u8 prefix)
{
	memcpy(req + NAME_BYTES, &(u32){prefix}, 4);
}

/* An address in a lifreq, where a struct sockaddr_storage is. */
static void set_address(u8 *at, u16 family, const u8 *bytes)
{
	struct illumos_sockaddr_in in = {.sin_family = ILLUMOS_AF_INET};
	struct illumos_sockaddr_in6 in6 = {.sin6_family = ILLUMOS_AF_INET6};

	memset(at, 0, sizeof(struct illumos_sockaddr_storage));
	if (family == CORE_AF_INET) {
		memcpy(&in.sin_addr, bytes, 4);
		memcpy(at, &in, sizeof(in));
	} else {
		memcpy(in6.sin6_addr, bytes, 16);
		memcpy(at, &in6, sizeof(in6));
	}
}

static bool wanted(const struct lif *f, u16 family)
{
	return family == ILLUMOS_AF_UNSPEC ||
	       (family == ILLUMOS_AF_INET && f->family == CORE_AF_INET) ||
	       (family == ILLUMOS_AF_INET6 && f->family == CORE_AF_INET6);
}

struct lifnum {
	u16 family;
	i32 flags, count;
};

static long number(const struct lifs *l, guest_ptr arg)
{
	struct lifnum n;

	if (copy_from_guest(&n, arg, sizeof(n)) < 0)
		return -CORE_EFAULT;
	if (n.family != ILLUMOS_AF_UNSPEC && n.family != ILLUMOS_AF_INET &&
	    n.family != ILLUMOS_AF_INET6)
		return -CORE_EAFNOSUPPORT;
	n.count = 0;
	for (u32 k = 0; k < l->count; k++)
		n.count += wanted(&l->lif[k], n.family);
	return copy_to_guest(arg, &n, sizeof(n));
}

struct lifconf {
	u16 family;
	i32 flags, len, pad;
	u64 buf;
};

/* As many as there is room for, and how long that is. */
static long list(const struct lifs *l, guest_ptr arg)
{
	struct lifconf c;
	u64 used = 0;

	if (copy_from_guest(&c, arg, sizeof(c)) < 0)
		return -CORE_EFAULT;
	if (c.family != ILLUMOS_AF_UNSPEC && c.family != ILLUMOS_AF_INET &&
	    c.family != ILLUMOS_AF_INET6)
		return -CORE_EAFNOSUPPORT;
	if (c.len <= 0)
		return -CORE_EINVAL;
	for (u32 k = 0; k < l->count; k++) {
		u8 req[LIFREQ_BYTES] = {0};

		if (!wanted(&l->lif[k], c.family))
			continue;
		if (used + sizeof(req) > (u64)c.len)
			return -CORE_EINVAL;
		memcpy(req, l->lif[k].name, NAME_BYTES);
		set_prefix(req, l->lif[k].prefix);
		set_address(req + 40, l->lif[k].family, l->lif[k].local);
		if (copy_to_guest(gp(c.buf + used), req, sizeof(req)) < 0)
			return -CORE_EFAULT;
		used += sizeof(req);
	}
	c.len = (i32)used;
	return copy_to_guest(arg, &c, sizeof(c));
}

static const struct lif *by_name(const struct lifs *l, const char *name, u16 family)
{
	for (u32 k = 0; k < l->count; k++)
		if (l->lif[k].family == family &&
		    memcmp(l->lif[k].name, name, strlen(l->lif[k].name) + 1) == 0)
			return &l->lif[k];
	return NULL;
}

/* The bits of an address that are its network's. */
static void mask(u8 *out, u8 prefix)
{
	for (u32 i = 0; i < 16; i++)
		out[i] = prefix >= i * 8 + 8 ? 0xff
			 : prefix > i * 8    ? (u8)(0xff << (8 - prefix % 8))
					     : 0;
}

static long answer(const struct lif *f, u32 number, u8 *req)
{
	u8 *value = req + 40, bytes[16];

	switch (number) {
	case GLIFADDR:
		set_address(value, f->family, f->local);
		set_prefix(req, f->prefix);
		break;
	case GLIFDSTADDR:
	case GLIFBRDADDR:
		if (!(f->flags & (number == GLIFDSTADDR ? IFF_POINTOPOINT : IFF_BROADCAST)) ||
		    !f->has_other)
			return -CORE_EADDRNOTAVAIL;
		set_address(value, f->family, f->other);
		break;
	case GLIFNETMASK:
		mask(bytes, f->prefix);
		set_address(value, f->family, bytes);
		set_prefix(req, f->prefix);
		break;
	case GLIFSUBNET:
		mask(bytes, f->prefix);
		for (u32 i = 0; i < sizeof(bytes); i++)
			bytes[i] &= f->local[i];
		set_address(value, f->family, bytes);
		set_prefix(req, f->prefix);
		break;
	case GLIFFLAGS:
		memcpy(value, &(u64){f->flags}, 8);
		break;
	case GLIFMTU:
		memcpy(value, &f->mtu, 4);
		break;
	case GLIFMETRIC:
		memcpy(value, &(u32){0}, 4);
		break;
	case GLIFINDEX:
		memcpy(value, &f->index, 4);
		break;
	default:
		return -CORE_ENOTTY;
	}
	return 0;
}

static long of_one(const struct lifs *l, int fd, u32 number, guest_ptr arg)
{
	u8 req[LIFREQ_BYTES];
	const struct lif *f;
	long r;

	if (copy_from_guest(req, arg, sizeof(req)) < 0)
		return -CORE_EFAULT;
	req[NAME_BYTES - 1] = 0;
	f = by_name(l, (char *)req,
		    core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_INET6) ? CORE_AF_INET6
								      : CORE_AF_INET);
	if (!f)
		return -CORE_ENXIO;
	r = answer(f, number, req);
	return r < 0 ? r : copy_to_guest(arg, req, sizeof(req));
}

long illumos_if_ioctl(int fd, u32 request, guest_ptr arg)
{
	u32 what = request & 0xff;
	struct lifs *l;
	long r;

	if (!core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_INET) &&
	    !core_socket_is(fd, CORE_SO_DOMAIN, CORE_AF_INET6))
		return -CORE_ENOTTY;
	r = read_lifs(&l);
	if (r < 0)
		return r;
	if (what == GLIFNUM)
		r = number(l, arg);
	else if (what == GLIFCONF)
		r = list(l, arg);
	else
		r = of_one(l, fd, what, arg);
	exo_pages_free(l, sizeof(*l));
	return r;
}
