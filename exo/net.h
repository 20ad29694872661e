/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/net.h: the network interfaces of a machine, their addresses and its routes.
 *
 * Each list calls each(ctx, ...) until it answers false, and returns 0 or -CORE_E; what the
 * pointer shows is good for the call alone. Families are CORE_AF_*, addresses in network
 * order.
 */
#ifndef FB_EXO_NET_H
#define FB_EXO_NET_H

#include "lib/base.h"

enum exo_link_kind {
	EXO_LINK_OTHER,
	EXO_LINK_ETHERNET,
	EXO_LINK_LOOPBACK,
	EXO_LINK_PPP,
	EXO_LINK_TUNNEL
};

struct exo_interface {
	u32 index;
	char name[16];
	bool up, broadcast, loopback, point_to_point, running, no_arp, promiscuous, all_multicast,
	    multicast;
	enum exo_link_kind kind;
	u32 mtu;
	u8 hw_addr[20];
	u32 hw_len;
	u64 rx_packets, rx_bytes, rx_errors, rx_dropped, rx_multicast;
	u64 tx_packets, tx_bytes, tx_errors, tx_dropped, collisions;
};
long exo_interfaces(bool (*each)(void *ctx, const struct exo_interface *i), void *ctx);

struct exo_address {
	u32 index; /* of its interface */
	u16 family;
	u8 prefix; /* bits of the network */
	bool link_local;
	u8 local[16];
	u8 other[16]; /* the far end, or the broadcast address */
	bool has_other;
};
long exo_addresses(bool (*each)(void *ctx, const struct exo_address *a), void *ctx);

/* Multicast groups that are listened to, one interface after another or in any order. */
struct exo_group {
	u32 index;
	u16 family;
	u8 group[16];
};
long exo_groups(bool (*each)(void *ctx, const struct exo_group *g), void *ctx);

struct exo_route {
	u32 index;
	u16 family;
	u8 prefix;
	u8 to[16], gateway[16];
	bool has_gateway;
};
/* The unicast routes of the main table. */
long exo_routes(bool (*each)(void *ctx, const struct exo_route *r), void *ctx);

#endif
