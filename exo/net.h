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

/* A socket, whosever it is. */
struct exo_socket {
	u64 id;	  /* what exo_process_fd's path of its descriptors says in brackets; 0: no longer
		     any's */
	u64 peer; /* of AF_UNIX: the id of the other end, 0 for none */
	u16 family;
	u8 type, protocol;
	u8 state; /* as tcp_info has it, of the other protocols as well */
	bool v6only;
	u32 uid;
	u32 recv_queue, send_queue;  /* bytes; of a listener those that wait, and the most */
	u32 recv_max, send_max;	     /* bytes of its buffers, 0: not known */
	u32 scope;		     /* interface it is bound to, or of its addresses */
	u16 local_port, remote_port; /* network order */
	u8 local[16], remote[16];
	char name[108]; /* of AF_UNIX, "@..." in the space without files; "" for none */
	u32 congestion_window, threshold, segment, send_window, recv_window, retransmits; /* TCP */
	char congestion[16];
};
/* Those of a family and a protocol (0 for AF_UNIX). */
long exo_sockets(u16 family, u8 protocol, bool (*each)(void *ctx, const struct exo_socket *s),
		 void *ctx);

/* What the machine counted, by its group and name in RFC 1213's words ("Tcp", "InSegs"): 0
 * when it did not. Groups: Ip, Icmp, Tcp, Udp, TcpExt, IpExt, Ip6, Icmp6, Udp6. */
struct exo_counters {
	char *text;
	u64 room;
};
bool exo_counters_read(struct exo_counters *c);
u64 exo_counter(const struct exo_counters *c, const char *group, const char *name);
void exo_counters_free(struct exo_counters *c);

#endif
