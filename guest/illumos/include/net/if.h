/* SPDX-License-Identifier: BSD-2-Clause */
/* Network interfaces. Source: usr/src/uts/common/net/if.h. */
#ifndef _FB_ILLUMOS_NET_IF_H
#define _FB_ILLUMOS_NET_IF_H

#include <sys/socket.h>

#define LIFNAMSIZ   32
#define IF_NAMESIZE LIFNAMSIZ
#define IFNAMSIZ    16

#define IFF_UP		0x00000001
#define IFF_BROADCAST	0x00000002
#define IFF_LOOPBACK	0x00000008
#define IFF_POINTOPOINT 0x00000010
#define IFF_RUNNING	0x00000040
#define IFF_MULTICAST	0x00000800
#define IFF_IPV4	0x01000000
#define IFF_IPV6	0x02000000

struct if_nameindex {
	unsigned int if_index;
	char *if_name;
};
struct lifreq {
	char lifr_name[LIFNAMSIZ];
	union {
		int lifru_addrlen;
		unsigned int lifru_ppa;
	} lifr_lifru1;
	unsigned int lifr_type;
	union {
		struct sockaddr_storage lifru_addr, lifru_dstaddr, lifru_broadaddr, lifru_subnet;
		int lifru_index;
		uint64_t lifru_flags;
		int lifru_metric;
		unsigned int lifru_mtu;
		char lifru_pad[336];
	} lifr_lifru;
};
#define lifr_addrlen   lifr_lifru1.lifru_addrlen
#define lifr_addr      lifr_lifru.lifru_addr
#define lifr_dstaddr   lifr_lifru.lifru_dstaddr
#define lifr_broadaddr lifr_lifru.lifru_broadaddr
#define lifr_index     lifr_lifru.lifru_index
#define lifr_flags     lifr_lifru.lifru_flags
#define lifr_mtu       lifr_lifru.lifru_mtu
struct lifnum {
	sa_family_t lifn_family;
	int lifn_flags, lifn_count;
};
struct lifconf {
	sa_family_t lifc_family;
	int lifc_flags, lifc_len;
	union {
		char *lifcu_buf;
		struct lifreq *lifcu_req;
	} lifc_lifcu;
};
#define lifc_buf lifc_lifcu.lifcu_buf
#define lifc_req lifc_lifcu.lifcu_req

__BEGIN_DECLS
unsigned int if_nametoindex(const char *);
char *if_indextoname(unsigned int, char *);
struct if_nameindex *if_nameindex(void);
void if_freenameindex(struct if_nameindex *);
__END_DECLS

#endif
