/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/net.c: exo/net.h from rtnetlink(7); multicast groups from /proc/net.
 */
#include "exo/net.h"

#include <asm/unistd_64.h>
#include <linux/errno.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_arp.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "exo/linux/linux.h"
#include "lib/mem.h"

#define ANSWER_ROOM	 32768
#define SOCK_RAW_CLOEXEC (3 | 02000000)
#define FAMILY_INET	 2
#define FAMILY_INET6	 10

long linux_netlink_dump(int protocol, const void *ask, u64 len,
			bool (*handle)(const struct nlmsghdr *h, void *ctx), void *ctx)
{
	u8 *buf = exo_pages_alloc(ANSWER_ROOM);
	bool more = true;
	long fd, n = 0;

	if (!buf)
		return -ENOMEM;
	fd = LINUX(__NR_socket, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
	if (fd < 0) {
		exo_pages_free(buf, ANSWER_ROOM);
		return fd;
	}
	n = LINUX(__NR_sendto, fd, ask, len, 0, 0, 0);
	while (more && n >= 0 && (n = LINUX(__NR_recvfrom, fd, buf, ANSWER_ROOM, 0, 0, 0)) > 0) {
		u32 left = (u32)n;

		for (struct nlmsghdr *h = (void *)buf; more && NLMSG_OK(h, left);
		     h = NLMSG_NEXT(h, left)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				n = ((const struct nlmsgerr *)NLMSG_DATA(h))->error;
			if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR)
				more = false;
			else
				more = handle(h, ctx);
		}
	}
	LINUX(__NR_close, fd);
	exo_pages_free(buf, ANSWER_ROOM);
	return MIN(n, 0);
}

/* Sends one dump request and gives every message of the answer to handle. */
static long dump(u16 type, bool (*handle)(const struct nlmsghdr *h, void *ctx), void *ctx)
{
	struct {
		struct nlmsghdr h;
		struct rtmsg m; /* no smaller than the other two, and zero */
		u32 pad;
	} ask;

	memset(&ask, 0, sizeof(ask));
	ask.h.nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg));
	ask.h.nlmsg_type = type;
	ask.h.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	return linux_netlink_dump(NETLINK_ROUTE, &ask, ask.h.nlmsg_len, handle, ctx);
}

static void take(void *to, size_t size, const struct rtattr *a)
{
	memcpy(to, RTA_DATA(a), MIN(size, RTA_PAYLOAD(a)));
}

/* ---- interfaces ------------------------------------------------------------------------- */

struct interface_walk {
	bool (*each)(void *ctx, const struct exo_interface *i);
	void *ctx;
};

static enum exo_link_kind kind_of(u16 hardware)
{
	switch (hardware) {
	case ARPHRD_ETHER:
		return EXO_LINK_ETHERNET;
	case ARPHRD_LOOPBACK:
		return EXO_LINK_LOOPBACK;
	case ARPHRD_PPP:
		return EXO_LINK_PPP;
	case ARPHRD_TUNNEL:
	case ARPHRD_TUNNEL6:
	case ARPHRD_SIT:
	case ARPHRD_IPGRE:
	case ARPHRD_NONE: /* tun(4) */
		return EXO_LINK_TUNNEL;
	default:
		return EXO_LINK_OTHER;
	}
}

static void take_statistics(struct exo_interface *i, const struct rtattr *a)
{
	struct rtnl_link_stats64 s;

	memset(&s, 0, sizeof(s));
	take(&s, sizeof(s), a);
	i->rx_packets = s.rx_packets;
	i->rx_bytes = s.rx_bytes;
	i->rx_errors = s.rx_errors;
	i->rx_dropped = s.rx_dropped;
	i->rx_multicast = s.multicast;
	i->tx_packets = s.tx_packets;
	i->tx_bytes = s.tx_bytes;
	i->tx_errors = s.tx_errors;
	i->tx_dropped = s.tx_dropped;
	i->collisions = s.collisions;
}

static bool handle_link(const struct nlmsghdr *h, void *ctx)
{
	const struct ifinfomsg *m = NLMSG_DATA(h);
	struct interface_walk *w = ctx;
	struct exo_interface i;
	u32 left = IFLA_PAYLOAD(h);

	if (h->nlmsg_type != RTM_NEWLINK)
		return true;
	memset(&i, 0, sizeof(i));
	i.index = (u32)m->ifi_index;
	i.up = m->ifi_flags & IFF_UP;
	i.broadcast = m->ifi_flags & IFF_BROADCAST;
	i.loopback = m->ifi_flags & IFF_LOOPBACK;
	i.point_to_point = m->ifi_flags & IFF_POINTOPOINT;
	i.running = m->ifi_flags & IFF_RUNNING;
	i.no_arp = m->ifi_flags & IFF_NOARP;
	i.promiscuous = m->ifi_flags & IFF_PROMISC;
	i.all_multicast = m->ifi_flags & IFF_ALLMULTI;
	i.multicast = m->ifi_flags & IFF_MULTICAST;
	i.kind = kind_of(m->ifi_type);
	for (const struct rtattr *a = IFLA_RTA(m); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		switch (a->rta_type) {
		case IFLA_IFNAME:
			fb_strlcpy(i.name, RTA_DATA(a), sizeof(i.name));
			break;
		case IFLA_MTU:
			take(&i.mtu, sizeof(i.mtu), a);
			break;
		case IFLA_ADDRESS:
			i.hw_len = (u32)MIN(RTA_PAYLOAD(a), sizeof(i.hw_addr));
			take(i.hw_addr, sizeof(i.hw_addr), a);
			break;
		case IFLA_STATS64:
			take_statistics(&i, a);
			break;
		default:
			break;
		}
	}
	return w->each(w->ctx, &i);
}

long exo_interfaces(bool (*each)(void *ctx, const struct exo_interface *i), void *ctx)
{
	struct interface_walk w = {each, ctx};

	return dump(RTM_GETLINK, handle_link, &w);
}

/* ---- addresses ---------------------------------------------------------------------------- */

struct address_walk {
	bool (*each)(void *ctx, const struct exo_address *a);
	void *ctx;
};

static bool handle_address(const struct nlmsghdr *h, void *ctx)
{
	const struct ifaddrmsg *m = NLMSG_DATA(h);
	struct address_walk *w = ctx;
	struct exo_address out;
	u8 address[16] = {0};
	bool has_local = false;
	u32 left = IFA_PAYLOAD(h);

	if (h->nlmsg_type != RTM_NEWADDR ||
	    (m->ifa_family != FAMILY_INET && m->ifa_family != FAMILY_INET6))
		return true;
	memset(&out, 0, sizeof(out));
	out.index = m->ifa_index;
	out.family = m->ifa_family;
	out.prefix = m->ifa_prefixlen;
	out.link_local = m->ifa_scope == RT_SCOPE_LINK;
	for (const struct rtattr *a = IFA_RTA(m); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		switch (a->rta_type) {
		case IFA_ADDRESS:
			take(address, sizeof(address), a);
			break;
		case IFA_LOCAL:
			take(out.local, sizeof(out.local), a);
			has_local = true;
			break;
		case IFA_BROADCAST:
			take(out.other, sizeof(out.other), a);
			out.has_other = true;
			break;
		default:
			break;
		}
	}
	/* IFA_ADDRESS is the far end where there is one, and the only address of IPv6. */
	if (!has_local) {
		memcpy(out.local, address, sizeof(address));
	} else if (memcmp(address, out.local, sizeof(address)) != 0) {
		memcpy(out.other, address, sizeof(address));
		out.has_other = true;
	}
	return w->each(w->ctx, &out);
}

long exo_addresses(bool (*each)(void *ctx, const struct exo_address *a), void *ctx)
{
	struct address_walk w = {each, ctx};

	return dump(RTM_GETADDR, handle_address, &w);
}

/* ---- routes --------------------------------------------------------------------------------- */

struct route_walk {
	bool (*each)(void *ctx, const struct exo_route *r);
	void *ctx;
};

static bool handle_route(const struct nlmsghdr *h, void *ctx)
{
	const struct rtmsg *m = NLMSG_DATA(h);
	struct route_walk *w = ctx;
	struct exo_route out;
	u32 left = RTM_PAYLOAD(h), table = m->rtm_table;

	if (h->nlmsg_type != RTM_NEWROUTE || m->rtm_type != RTN_UNICAST ||
	    (m->rtm_family != FAMILY_INET && m->rtm_family != FAMILY_INET6))
		return true;
	memset(&out, 0, sizeof(out));
	out.family = m->rtm_family;
	out.prefix = m->rtm_dst_len;
	for (const struct rtattr *a = RTM_RTA(m); RTA_OK(a, left); a = RTA_NEXT(a, left)) {
		switch (a->rta_type) {
		case RTA_DST:
			take(out.to, sizeof(out.to), a);
			break;
		case RTA_GATEWAY:
			take(out.gateway, sizeof(out.gateway), a);
			out.has_gateway = true;
			break;
		case RTA_OIF:
			take(&out.index, sizeof(out.index), a);
			break;
		case RTA_TABLE:
			take(&table, sizeof(table), a);
			break;
		default:
			break;
		}
	}
	return table != RT_TABLE_MAIN || w->each(w->ctx, &out);
}

long exo_routes(bool (*each)(void *ctx, const struct exo_route *r), void *ctx)
{
	struct route_walk w = {each, ctx};

	return dump(RTM_GETROUTE, handle_route, &w);
}

/* ---- multicast groups ------------------------------------------------------------------------ */

static u8 nibble(char c)
{
	return (u8)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static const char *hex_bytes(const char *p, u8 *out, u32 n)
{
	for (u32 i = 0; i < n && p[0] > ' ' && p[1] > ' '; i++, p += 2)
		out[i] = (u8)(nibble(p[0]) << 4 | nibble(p[1]));
	return p;
}

static const char *next_line(const char *p)
{
	p = strchr(p, '\n');
	return p ? p + 1 : NULL;
}

/* Lines "INDEX NAME : ..." and under each, indented, "GROUP users ...", the group's bytes
 * written as the number they make on this machine. */
static bool groups_inet(const char *text, bool (*each)(void *ctx, const struct exo_group *g),
			void *ctx)
{
	struct exo_group g = {.family = FAMILY_INET};
	u8 b[4];
	i64 index;

	for (const char *p = next_line(text); p && *p; p = next_line(p)) {
		if (*p >= '0' && *p <= '9') {
			linux_number(p, &index);
			g.index = (u32)index;
			continue;
		}
		while (*p == '\t' || *p == ' ')
			p++;
		memset(b, 0, sizeof(b));
		hex_bytes(p, b, 4);
		for (u32 i = 0; i < 4; i++)
			g.group[i] = b[3 - i];
		if (!each(ctx, &g))
			return false;
	}
	return true;
}

/* Lines "INDEX NAME GROUP users ...". */
static bool groups_inet6(const char *text, bool (*each)(void *ctx, const struct exo_group *g),
			 void *ctx)
{
	struct exo_group g = {.family = FAMILY_INET6};
	i64 index;

	for (const char *p = text; p && *p; p = next_line(p)) {
		p = linux_number(p, &index);
		g.index = (u32)index;
		while (*p == ' ' || *p == '\t')
			p++;
		while (*p > ' ')
			p++;
		while (*p == ' ' || *p == '\t')
			p++;
		p = hex_bytes(p, g.group, 16);
		if (!each(ctx, &g))
			return false;
	}
	return true;
}

long exo_groups(bool (*each)(void *ctx, const struct exo_group *g), void *ctx)
{
	char *text = exo_pages_alloc(ANSWER_ROOM);
	bool more = true;

	if (!text)
		return -ENOMEM;
	if (linux_file_read("/proc/net/igmp", text, ANSWER_ROOM) > 0)
		more = groups_inet(text, each, ctx);
	if (more && linux_file_read("/proc/net/igmp6", text, ANSWER_ROOM) > 0)
		groups_inet6(text, each, ctx);
	exo_pages_free(text, ANSWER_ROOM);
	return 0;
}
