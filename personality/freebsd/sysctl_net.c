/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_net.c: net.routetable: interfaces, addresses, multicast groups
 * and routes as routing messages, which getifaddrs(3), netstat(1) and Go read.
 *
 * Interfaces keep the host's names and numbers: sockets are bound by them. A message is a
 * header and the addresses its bits name, each padded to 8 bytes. Facts: route(4),
 * sys/net/rtsock.c (sysctl_rtsock, sysctl_iflist), net/route.h.
 */
#include "exo/net.h"
#include "lib/mem.h"
#include "personality/freebsd/abi_route.h"
#include "personality/freebsd/abi_socket.h"
#include "personality/freebsd/abi_stats.h"
#include "personality/freebsd/convert_socket.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysctl.h"

#define FAMILY_MAX 42 /* AF_MAX */

/* One message under way; every header begins with its length. */
struct message {
	u64 len;
	_Alignas(8) u8 bytes[512];
};

struct walk {
	struct freebsd_sysctl *req;
	int family;  /* FreeBSD's, 0 for all */
	u32 index;   /* 0 for all */
	bool longer; /* NET_RT_IFLISTL */
	const struct exo_interface *interface;
	long result;
};

static void *begin(struct message *m, u64 header)
{
	memset(m, 0, sizeof(*m));
	m->len = header;
	return m->bytes;
}

static void append(struct message *m, const void *sockaddr, u8 len)
{
	memcpy(m->bytes + m->len, sockaddr, len);
	/* An empty address takes one word; the header may end on half of one. */
	m->len += MAX(ALIGN_UP((u64)len, 8), 8UL);
}

static bool send(struct walk *w, struct message *m)
{
	u16 len = (u16)m->len;

	memcpy(m->bytes, &len, sizeof(len));
	w->result = freebsd_sysctl_out(w->req, m->bytes, m->len);
	return w->result == 0;
}

/* ---- addresses ----------------------------------------------------------------------------- */

static void append_inet(struct message *m, int family, const u8 *addr, u32 scope)
{
	if (family == FREEBSD_AF_INET) {
		struct freebsd_sockaddr_in in = {.sin_len = sizeof(in),
						 .sin_family = FREEBSD_AF_INET};

		memcpy(&in.sin_addr, addr, sizeof(in.sin_addr));
		append(m, &in, sizeof(in));
	} else {
		struct freebsd_sockaddr_in6 in6 = {.sin6_len = sizeof(in6),
						   .sin6_family = FREEBSD_AF_INET6,
						   .sin6_scope_id = scope};

		memcpy(in6.sin6_addr, addr, sizeof(in6.sin6_addr));
		append(m, &in6, sizeof(in6));
	}
}

static void append_mask(struct message *m, int family, u32 prefix)
{
	u8 mask[16] = {0};

	for (u32 i = 0; i < prefix && i < 128; i++)
		mask[i / 8] |= (u8)(0x80 >> i % 8);
	append_inet(m, family, mask, 0);
}

static u8 link_type(enum exo_link_kind kind)
{
	static const u8 types[] = {
	    [EXO_LINK_OTHER] = FREEBSD_IFT_OTHER,   [EXO_LINK_ETHERNET] = FREEBSD_IFT_ETHER,
	    [EXO_LINK_LOOPBACK] = FREEBSD_IFT_LOOP, [EXO_LINK_PPP] = FREEBSD_IFT_PPP,
	    [EXO_LINK_TUNNEL] = FREEBSD_IFT_TUNNEL,
	};

	return types[kind];
}

/* Loopback has no address of its own there, where the host has one of zeros. */
static u32 hw_len(const struct exo_interface *i)
{
	return i->kind == EXO_LINK_ETHERNET ? i->hw_len : 0;
}

static void append_link(struct message *m, const struct exo_interface *i)
{
	struct freebsd_sockaddr_dl dl;
	size_t n = strlen(i->name);

	memset(&dl, 0, sizeof(dl));
	dl.sdl_len = sizeof(dl);
	dl.sdl_family = FREEBSD_AF_LINK;
	dl.sdl_index = (u16)i->index;
	dl.sdl_type = link_type(i->kind);
	dl.sdl_nlen = (u8)n;
	dl.sdl_alen = (u8)hw_len(i);
	memcpy(dl.sdl_data, i->name, n);
	memcpy(dl.sdl_data + n, i->hw_addr, hw_len(i));
	append(m, &dl, sizeof(dl));
}

/* ---- interfaces ----------------------------------------------------------------------------- */

static i32 flags_of(const struct exo_interface *i)
{
	i32 flags = 0;

	flags |= i->up ? FREEBSD_IFF_UP : 0;
	flags |= i->broadcast ? FREEBSD_IFF_BROADCAST | FREEBSD_IFF_SIMPLEX : 0;
	flags |= i->loopback ? FREEBSD_IFF_LOOPBACK : 0;
	flags |= i->point_to_point ? FREEBSD_IFF_POINTOPOINT : 0;
	flags |= i->running ? FREEBSD_IFF_DRV_RUNNING : 0;
	flags |= i->no_arp ? FREEBSD_IFF_NOARP : 0;
	flags |= i->promiscuous ? FREEBSD_IFF_PROMISC : 0;
	flags |= i->all_multicast ? FREEBSD_IFF_ALLMULTI : 0;
	/* FreeBSD's loopback takes part in multicasting; the host's does without the flag. */
	flags |= i->multicast || i->loopback ? FREEBSD_IFF_MULTICAST : 0;
	return flags;
}

static struct freebsd_if_data data_of(const struct exo_interface *i)
{
	return (struct freebsd_if_data){
	    .ifi_type = link_type(i->kind),
	    .ifi_addrlen = (u8)hw_len(i),
	    .ifi_hdrlen = i->kind == EXO_LINK_ETHERNET ? 14 : 0,
	    .ifi_link_state = i->running ? FREEBSD_LINK_STATE_UP : FREEBSD_LINK_STATE_DOWN,
	    .ifi_datalen = sizeof(struct freebsd_if_data),
	    .ifi_mtu = i->mtu,
	    .ifi_ipackets = i->rx_packets,
	    .ifi_ierrors = i->rx_errors,
	    .ifi_opackets = i->tx_packets,
	    .ifi_oerrors = i->tx_errors,
	    .ifi_collisions = i->collisions,
	    .ifi_ibytes = i->rx_bytes,
	    .ifi_obytes = i->tx_bytes,
	    .ifi_imcasts = i->rx_multicast,
	    .ifi_iqdrops = i->rx_dropped,
	    .ifi_oqdrops = i->tx_dropped,
	};
}

/* What an interface counted, as the program's release lays it out. */
static struct freebsd_if_data told_data(const struct freebsd_sysctl *req,
					const struct exo_interface *i)
{
	struct freebsd_if_data data = data_of(i);
	struct freebsd10_if_data old = {
	    .ifi_type = data.ifi_type,
	    .ifi_addrlen = data.ifi_addrlen,
	    .ifi_hdrlen = data.ifi_hdrlen,
	    .ifi_link_state = data.ifi_link_state,
	    .ifi_datalen = sizeof(old),
	    .ifi_mtu = data.ifi_mtu,
	    .ifi_ipackets = data.ifi_ipackets,
	    .ifi_ierrors = data.ifi_ierrors,
	    .ifi_opackets = data.ifi_opackets,
	    .ifi_oerrors = data.ifi_oerrors,
	    .ifi_collisions = data.ifi_collisions,
	    .ifi_ibytes = data.ifi_ibytes,
	    .ifi_obytes = data.ifi_obytes,
	    .ifi_imcasts = data.ifi_imcasts,
	    .ifi_iqdrops = data.ifi_iqdrops,
	};

	if (freebsd_older_than(req->t, FREEBSD_OSREL_IF_DATA))
		memcpy(&data, &old, sizeof(data));
	return data;
}

static bool send_interface(struct walk *w, const struct exo_interface *i)
{
	struct message m;

	if (w->longer) {
		struct freebsd_if_msghdrl *h = begin(&m, sizeof(*h));

		h->ifm_version = FREEBSD_RTM_VERSION;
		h->ifm_type = FREEBSD_RTM_IFINFO;
		h->ifm_addrs = FREEBSD_RTA_IFP;
		h->ifm_flags = flags_of(i);
		h->ifm_index = (u16)i->index;
		h->ifm_len = sizeof(*h);
		h->ifm_data_off = offsetof(struct freebsd_if_msghdrl, ifm_data);
		h->ifm_data = told_data(w->req, i);
	} else {
		struct freebsd_if_msghdr *h = begin(&m, sizeof(*h));

		h->ifm_version = FREEBSD_RTM_VERSION;
		h->ifm_type = FREEBSD_RTM_IFINFO;
		h->ifm_addrs = FREEBSD_RTA_IFP;
		h->ifm_flags = flags_of(i);
		h->ifm_index = (u16)i->index;
		h->ifm_data = told_data(w->req, i);
	}
	append_link(&m, i);
	return send(w, &m);
}

static bool each_address(void *ctx, const struct exo_address *a)
{
	struct walk *w = ctx;
	i32 addrs = FREEBSD_RTA_NETMASK | FREEBSD_RTA_IFA | (a->has_other ? FREEBSD_RTA_BRD : 0);
	struct message m;
	int family;

	if (a->index != w->interface->index || !core_to_freebsd_family(a->family, &family) ||
	    (w->family && w->family != family))
		return true;
	if (w->longer) {
		struct freebsd_ifa_msghdrl *h = begin(&m, sizeof(*h));

		h->ifam_version = FREEBSD_RTM_VERSION;
		h->ifam_type = FREEBSD_RTM_NEWADDR;
		h->ifam_addrs = addrs;
		h->ifam_flags = FREEBSD_RTF_UP;
		h->ifam_index = (u16)a->index;
		h->ifam_len = sizeof(*h);
		h->ifam_data_off = offsetof(struct freebsd_ifa_msghdrl, ifam_data);
		h->ifam_data = told_data(w->req, w->interface);
	} else {
		struct freebsd_ifa_msghdr *h = begin(&m, sizeof(*h));

		h->ifam_version = FREEBSD_RTM_VERSION;
		h->ifam_type = FREEBSD_RTM_NEWADDR;
		h->ifam_addrs = addrs;
		h->ifam_flags = FREEBSD_RTF_UP;
		h->ifam_index = (u16)a->index;
	}
	append_mask(&m, family, a->prefix);
	append_inet(&m, family, a->local, a->link_local ? a->index : 0);
	if (a->has_other)
		append_inet(&m, family, a->other, 0);
	return send(w, &m);
}

static bool each_interface(void *ctx, const struct exo_interface *i)
{
	struct walk *w = ctx;
	long r;

	if (w->index && w->index != i->index)
		return true;
	if (!send_interface(w, i))
		return false;
	w->interface = i;
	r = exo_addresses(each_address, w);
	if (r < 0)
		w->result = r;
	return w->result == 0;
}

/* ---- groups and routes ------------------------------------------------------------------------
 */

static bool each_group(void *ctx, const struct exo_group *g)
{
	struct walk *w = ctx;
	struct freebsd_ifma_msghdr *h;
	struct message m;
	int family;

	if (g->index != w->interface->index || !core_to_freebsd_family(g->family, &family) ||
	    (w->family && w->family != family))
		return true;
	h = begin(&m, sizeof(*h));
	h->ifmam_version = FREEBSD_RTM_VERSION;
	h->ifmam_type = FREEBSD_RTM_NEWMADDR;
	h->ifmam_addrs = FREEBSD_RTA_IFP | FREEBSD_RTA_IFA;
	h->ifmam_index = (u16)g->index;
	append_link(&m, w->interface);
	/* ff02::/16 and ff01::/16 belong to a link and to an interface. */
	append_inet(&m, family, g->group,
		    g->group[0] == 0xff && (g->group[1] & 15) <= 2 ? g->index : 0);
	return send(w, &m);
}

static bool each_group_interface(void *ctx, const struct exo_interface *i)
{
	struct walk *w = ctx;

	if (w->index && w->index != i->index)
		return true;
	w->interface = i;
	exo_groups(each_group, w);
	return w->result == 0;
}

static bool keep_interface(void *ctx, const struct exo_interface *i)
{
	struct exo_interface *keep = ctx;

	if (i->index != keep->index)
		return true;
	*keep = *i;
	return false;
}

static bool each_route(void *ctx, const struct exo_route *r)
{
	struct walk *w = ctx;
	struct freebsd_rt_msghdr *h;
	struct exo_interface via;
	struct message m;
	int family;
	bool whole;

	if (!core_to_freebsd_family(r->family, &family) || (w->family && w->family != family))
		return true;
	whole = r->prefix == (family == FREEBSD_AF_INET ? 32 : 128);
	h = begin(&m, sizeof(*h));
	h->rtm_version = FREEBSD_RTM_VERSION;
	h->rtm_type = FREEBSD_RTM_GET;
	h->rtm_index = (u16)r->index;
	h->rtm_flags =
	    FREEBSD_RTF_UP | (whole ? FREEBSD_RTF_HOST : 0) |
	    (r->has_gateway ? FREEBSD_RTF_GATEWAY | FREEBSD_RTF_STATIC : FREEBSD_RTF_PINNED);
	h->rtm_addrs = FREEBSD_RTA_DST | FREEBSD_RTA_GATEWAY | (whole ? 0 : FREEBSD_RTA_NETMASK);
	append_inet(&m, family, r->to,
		    r->to[0] == 0xfe && family == FREEBSD_AF_INET6 ? r->index : 0);
	if (r->has_gateway) {
		append_inet(&m, family, r->gateway,
			    r->gateway[0] == 0xfe && family == FREEBSD_AF_INET6 ? r->index : 0);
	} else {
		memset(&via, 0, sizeof(via));
		via.index = r->index;
		exo_interfaces(keep_interface, &via);
		append_link(&m, &via);
	}
	if (!whole)
		append_mask(&m, family, r->prefix);
	return send(w, &m);
}

/* The rest of the name: protocol (unused), family, what, argument, and for routes a table. */
long freebsd_sysctl_route_table(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct walk w = {.req = req};
	i32 what;
	long r;

	(void)row;
	if (req->nrest < 4)
		return -CORE_EISDIR;
	w.family = req->rest[1];
	what = req->rest[2];
	if (w.family < 0 || w.family > FAMILY_MAX)
		return -CORE_EINVAL;
	if (req->nrest > 4 && (what != FREEBSD_NET_RT_DUMP || req->nrest > 5))
		return -CORE_ENOTDIR;
	if (req->nrest == 5 && req->rest[4] != 0)
		return -CORE_EINVAL; /* there is one table */
	switch (what) {
	case FREEBSD_NET_RT_IFLIST:
	case FREEBSD_NET_RT_IFLISTL:
		w.longer = what == FREEBSD_NET_RT_IFLISTL;
		w.index = (u32)req->rest[3];
		r = exo_interfaces(each_interface, &w);
		break;
	case FREEBSD_NET_RT_IFMALIST:
		w.index = (u32)req->rest[3];
		r = exo_interfaces(each_group_interface, &w);
		break;
	case FREEBSD_NET_RT_DUMP:
		r = exo_routes(each_route, &w);
		break;
	case FREEBSD_NET_RT_FLAGS: /* neighbours, cloned routes: none are shown */
		r = 0;
		break;
	default:
		return -CORE_EINVAL;
	}
	return w.result ? w.result : r;
}

/* ---- net.link.generic: ifmib(4) ---------------------------------------------------------------
 */

static bool highest(void *ctx, const struct exo_interface *i)
{
	i64 *most = ctx;

	*most = MAX(*most, (i64)i->index);
	return true;
}

long freebsd_sysctl_interface_count(struct freebsd_sysctl *req,
				    const struct freebsd_sysctl_row *row)
{
	i64 most = 0;

	exo_interfaces(highest, &most);
	return freebsd_sysctl_out_number(req, row, most);
}

/* The rest of the name: the interface's number and what of it. */
long freebsd_sysctl_interface_data(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	struct exo_interface i;
	struct freebsd_ifmibdata data;

	(void)row;
	if (req->nrest != 2)
		return -CORE_EINVAL;
	memset(&i, 0, sizeof(i));
	i.index = (u32)req->rest[0];
	exo_interfaces(keep_interface, &i);
	if (!i.name[0])
		return -CORE_ENOENT;
	switch (req->rest[1]) {
	case FREEBSD_IFDATA_GENERAL:
		memset(&data, 0, sizeof(data));
		fb_strlcpy(data.ifmd_name, i.name, sizeof(data.ifmd_name));
		data.ifmd_pcount = i.promiscuous;
		data.ifmd_flags = flags_of(&i);
		data.ifmd_data = told_data(req, &i);
		return freebsd_sysctl_out(req, &data, sizeof(data));
	case FREEBSD_IFDATA_DRIVERNAME:
		return freebsd_sysctl_out_string(req, i.name);
	default:
		return -CORE_ENOENT;
	}
}
