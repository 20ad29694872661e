/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_route.h: what sysctl(3) says of interfaces, addresses and routes,
 * as FreeBSD/amd64 lays it out. Facts: net/if.h, net/if_dl.h, net/if_types.h, net/route.h.
 */
#ifndef FB_FREEBSD_ABI_ROUTE_H
#define FB_FREEBSD_ABI_ROUTE_H

#include "lib/base.h"

#define FREEBSD_RTM_VERSION  5
#define FREEBSD_RTM_GET	     0x4
#define FREEBSD_RTM_NEWADDR  0xc
#define FREEBSD_RTM_IFINFO   0xe
#define FREEBSD_RTM_NEWMADDR 0xf
#define FREEBSD_RTA_DST	     0x1
#define FREEBSD_RTA_GATEWAY  0x2
#define FREEBSD_RTA_NETMASK  0x4
#define FREEBSD_RTA_IFP	     0x10
#define FREEBSD_RTA_IFA	     0x20
#define FREEBSD_RTA_BRD	     0x80
#define FREEBSD_RTF_UP	     0x1
#define FREEBSD_RTF_GATEWAY  0x2
#define FREEBSD_RTF_HOST     0x4
#define FREEBSD_RTF_STATIC   0x800
#define FREEBSD_RTF_PINNED   0x100000

#define FREEBSD_IFF_UP		0x1
#define FREEBSD_IFF_BROADCAST	0x2
#define FREEBSD_IFF_LOOPBACK	0x8
#define FREEBSD_IFF_POINTOPOINT 0x10
#define FREEBSD_IFF_DRV_RUNNING 0x40
#define FREEBSD_IFF_NOARP	0x80
#define FREEBSD_IFF_PROMISC	0x100
#define FREEBSD_IFF_ALLMULTI	0x200
#define FREEBSD_IFF_SIMPLEX	0x800
#define FREEBSD_IFF_MULTICAST	0x8000
#define FREEBSD_IFT_OTHER	1
#define FREEBSD_IFT_ETHER	6
#define FREEBSD_IFT_PPP		23
#define FREEBSD_IFT_LOOP	24
#define FREEBSD_IFT_TUNNEL	131
#define FREEBSD_LINK_STATE_DOWN 1
#define FREEBSD_LINK_STATE_UP	2

struct freebsd_if_data {
	u8 ifi_type;
	u8 ifi_physical;
	u8 ifi_addrlen;
	u8 ifi_hdrlen;
	u8 ifi_link_state;
	u8 ifi_vhid;
	u16 ifi_datalen;
	u32 ifi_mtu;
	u32 ifi_metric;
	u64 ifi_baudrate;
	u64 ifi_ipackets;
	u64 ifi_ierrors;
	u64 ifi_opackets;
	u64 ifi_oerrors;
	u64 ifi_collisions;
	u64 ifi_ibytes;
	u64 ifi_obytes;
	u64 ifi_imcasts;
	u64 ifi_omcasts;
	u64 ifi_iqdrops;
	u64 ifi_oqdrops;
	u64 ifi_noproto;
	u64 ifi_hwassist;
	i64 ifi_epoch;
	i64 ifi_lastchange[2];
};
SIZE_ASSERT(struct freebsd_if_data, 152);

/* FreeBSD 8 to 10's, of the same size: every number is a long, and drops of output are none. */
struct freebsd10_if_data {
	u8 ifi_type;
	u8 ifi_physical;
	u8 ifi_addrlen;
	u8 ifi_hdrlen;
	u8 ifi_link_state;
	u8 ifi_vhid;
	u8 ifi_baudrate_pf;
	u8 ifi_datalen;
	u64 ifi_mtu;
	u64 ifi_metric;
	u64 ifi_baudrate;
	u64 ifi_ipackets;
	u64 ifi_ierrors;
	u64 ifi_opackets;
	u64 ifi_oerrors;
	u64 ifi_collisions;
	u64 ifi_ibytes;
	u64 ifi_obytes;
	u64 ifi_imcasts;
	u64 ifi_omcasts;
	u64 ifi_iqdrops;
	u64 ifi_noproto;
	u64 ifi_hwassist;
	i64 ifi_epoch;
	i64 ifi_lastchange[2];
};
SIZE_ASSERT(struct freebsd10_if_data, sizeof(struct freebsd_if_data));

struct freebsd_if_msghdr {
	u16 ifm_msglen;
	u8 ifm_version;
	u8 ifm_type;
	i32 ifm_addrs;
	i32 ifm_flags;
	u16 ifm_index;
	u16 ifm_spare1;
	struct freebsd_if_data ifm_data;
};
SIZE_ASSERT(struct freebsd_if_msghdr, 168);

struct freebsd_if_msghdrl {
	u16 ifm_msglen;
	u8 ifm_version;
	u8 ifm_type;
	i32 ifm_addrs;
	i32 ifm_flags;
	u16 ifm_index;
	u16 ifm_spare1;
	u16 ifm_len;
	u16 ifm_data_off;
	i32 ifm_spare2;
	struct freebsd_if_data ifm_data;
};
SIZE_ASSERT(struct freebsd_if_msghdrl, 176);

struct freebsd_ifa_msghdr {
	u16 ifam_msglen;
	u8 ifam_version;
	u8 ifam_type;
	i32 ifam_addrs;
	i32 ifam_flags;
	u16 ifam_index;
	u16 ifam_spare1;
	i32 ifam_metric;
};
SIZE_ASSERT(struct freebsd_ifa_msghdr, 20);

struct freebsd_ifa_msghdrl {
	u16 ifam_msglen;
	u8 ifam_version;
	u8 ifam_type;
	i32 ifam_addrs;
	i32 ifam_flags;
	u16 ifam_index;
	u16 ifam_spare1;
	u16 ifam_len;
	u16 ifam_data_off;
	i32 ifam_metric;
	struct freebsd_if_data ifam_data;
};
SIZE_ASSERT(struct freebsd_ifa_msghdrl, 176);

struct freebsd_ifma_msghdr {
	u16 ifmam_msglen;
	u8 ifmam_version;
	u8 ifmam_type;
	i32 ifmam_addrs;
	i32 ifmam_flags;
	u16 ifmam_index;
	u16 ifmam_spare1;
};
SIZE_ASSERT(struct freebsd_ifma_msghdr, 16);

struct freebsd_rt_msghdr {
	u16 rtm_msglen;
	u8 rtm_version;
	u8 rtm_type;
	u16 rtm_index;
	u16 rtm_spare1;
	i32 rtm_flags;
	i32 rtm_addrs;
	i32 rtm_pid;
	i32 rtm_seq;
	i32 rtm_errno;
	i32 rtm_fmask;
	u64 rtm_inits;
	u64 rtm_rmx[14];
};
SIZE_ASSERT(struct freebsd_rt_msghdr, 152);

struct freebsd_sockaddr_dl {
	u8 sdl_len;
	u8 sdl_family;
	u16 sdl_index;
	u8 sdl_type;
	u8 sdl_nlen;
	u8 sdl_alen;
	u8 sdl_slen;
	char sdl_data[46]; /* the name, then the address */
};
SIZE_ASSERT(struct freebsd_sockaddr_dl, 54);

#endif
