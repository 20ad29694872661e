/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_socket.h: sockets in the neutral ABI (linux/socket.h, asm-generic/socket.h,
 * linux/in.h, linux/in6.h, linux/un.h, linux/tcp.h). Ports and addresses are in network order.
 */
#ifndef FB_CORE_ABI_SOCKET_H
#define FB_CORE_ABI_SOCKET_H

#include "lib/base.h"

/* Address families. */
#define CORE_AF_UNSPEC	  0
#define CORE_AF_UNIX	  1
#define CORE_AF_INET	  2
#define CORE_AF_AX25	  3
#define CORE_AF_IPX	  4
#define CORE_AF_APPLETALK 5
#define CORE_AF_INET6	  10
#define CORE_AF_NETLINK	  16
#define CORE_AF_PACKET	  17
#define CORE_AF_VSOCK	  40
#define CORE_AF_BLUETOOTH 31
#define CORE_AF_ALG	  38

/* Types, with the bits socket(2) and accept4(2) accept. */
#define CORE_SOCK_STREAM    1
#define CORE_SOCK_DGRAM	    2
#define CORE_SOCK_RAW	    3
#define CORE_SOCK_RDM	    4
#define CORE_SOCK_SEQPACKET 5
#define CORE_SOCK_TYPE_MASK 0xf
#define CORE_SOCK_CLOEXEC   02000000
#define CORE_SOCK_NONBLOCK  04000

/* Protocols (netinet/in.h). */
#define CORE_IPPROTO_IP	     0
#define CORE_IPPROTO_ICMP    1
#define CORE_IPPROTO_IGMP    2
#define CORE_IPPROTO_TCP     6
#define CORE_IPPROTO_UDP     17
#define CORE_IPPROTO_IPV6    41
#define CORE_IPPROTO_ICMPV6  58
#define CORE_IPPROTO_SCTP    132
#define CORE_IPPROTO_UDPLITE 136
#define CORE_IPPROTO_RAW     255

/* SOL_SOCKET options (asm-generic/socket.h). */
#define CORE_SOL_SOCKET	      1
#define CORE_SO_DEBUG	      1
#define CORE_SO_REUSEADDR     2
#define CORE_SO_TYPE	      3
#define CORE_SO_ERROR	      4
#define CORE_SO_DONTROUTE     5
#define CORE_SO_BROADCAST     6
#define CORE_SO_SNDBUF	      7
#define CORE_SO_RCVBUF	      8
#define CORE_SO_KEEPALIVE     9
#define CORE_SO_OOBINLINE     10
#define CORE_SO_NO_CHECK      11
#define CORE_SO_PRIORITY      12
#define CORE_SO_LINGER	      13
#define CORE_SO_BSDCOMPAT     14
#define CORE_SO_REUSEPORT     15
#define CORE_SO_PASSCRED      16
#define CORE_SO_PEERCRED      17
#define CORE_SO_RCVLOWAT      18
#define CORE_SO_SNDLOWAT      19
#define CORE_SO_RCVTIMEO      20
#define CORE_SO_SNDTIMEO      21
#define CORE_SO_BINDTODEVICE  25
#define CORE_SO_PEERNAME      28
#define CORE_SO_TIMESTAMP     29
#define CORE_SO_ACCEPTCONN    30
#define CORE_SO_PEERSEC	      31
#define CORE_SO_SNDBUFFORCE   32
#define CORE_SO_RCVBUFFORCE   33
#define CORE_SO_PASSSEC	      34
#define CORE_SO_TIMESTAMPNS   35
#define CORE_SO_MARK	      36
#define CORE_SO_TIMESTAMPING  37
#define CORE_SO_PROTOCOL      38
#define CORE_SO_DOMAIN	      39
#define CORE_SO_PEERGROUPS    59
#define CORE_SO_BINDTOIFINDEX 62

/* IPPROTO_IP options (linux/in.h). */
#define CORE_IP_TOS		       1
#define CORE_IP_TTL		       2
#define CORE_IP_HDRINCL		       3
#define CORE_IP_OPTIONS		       4
#define CORE_IP_ROUTER_ALERT	       5
#define CORE_IP_RECVOPTS	       6
#define CORE_IP_RETOPTS		       7
#define CORE_IP_PKTINFO		       8
#define CORE_IP_MTU_DISCOVER	       10
#define CORE_IP_RECVERR		       11
#define CORE_IP_RECVTTL		       12
#define CORE_IP_RECVTOS		       13
#define CORE_IP_MTU		       14
#define CORE_IP_FREEBIND	       15
#define CORE_IP_TRANSPARENT	       19
#define CORE_IP_ORIGDSTADDR	       20
#define CORE_IP_MINTTL		       21
#define CORE_IP_BIND_ADDRESS_NO_PORT   24
#define CORE_IP_MULTICAST_IF	       32
#define CORE_IP_MULTICAST_TTL	       33
#define CORE_IP_MULTICAST_LOOP	       34
#define CORE_IP_ADD_MEMBERSHIP	       35
#define CORE_IP_DROP_MEMBERSHIP	       36
#define CORE_IP_UNBLOCK_SOURCE	       37
#define CORE_IP_BLOCK_SOURCE	       38
#define CORE_IP_ADD_SOURCE_MEMBERSHIP  39
#define CORE_IP_DROP_SOURCE_MEMBERSHIP 40
#define CORE_IP_MSFILTER	       41
#define CORE_MCAST_JOIN_GROUP	       42
#define CORE_MCAST_BLOCK_SOURCE	       43
#define CORE_MCAST_UNBLOCK_SOURCE      44
#define CORE_MCAST_LEAVE_GROUP	       45
#define CORE_MCAST_JOIN_SOURCE_GROUP   46
#define CORE_MCAST_LEAVE_SOURCE_GROUP  47
#define CORE_IP_PMTUDISC_DONT	       0
#define CORE_IP_PMTUDISC_WANT	       1
#define CORE_IP_PMTUDISC_DO	       2
#define CORE_IP_PMTUDISC_PROBE	       3

/* IPPROTO_IPV6 options (linux/in6.h). */
#define CORE_IPV6_ADDRFORM	 1
#define CORE_IPV6_UNICAST_HOPS	 16
#define CORE_IPV6_MULTICAST_IF	 17
#define CORE_IPV6_MULTICAST_HOPS 18
#define CORE_IPV6_MULTICAST_LOOP 19
#define CORE_IPV6_JOIN_GROUP	 20
#define CORE_IPV6_LEAVE_GROUP	 21
#define CORE_IPV6_ROUTER_ALERT	 22
#define CORE_IPV6_MTU_DISCOVER	 23
#define CORE_IPV6_MTU		 24
#define CORE_IPV6_RECVERR	 25
#define CORE_IPV6_V6ONLY	 26
#define CORE_IPV6_RECVPKTINFO	 49
#define CORE_IPV6_PKTINFO	 50
#define CORE_IPV6_RECVHOPLIMIT	 51
#define CORE_IPV6_HOPLIMIT	 52
#define CORE_IPV6_RECVHOPOPTS	 53
#define CORE_IPV6_HOPOPTS	 54
#define CORE_IPV6_RTHDRDSTOPTS	 55
#define CORE_IPV6_RECVRTHDR	 56
#define CORE_IPV6_RTHDR		 57
#define CORE_IPV6_RECVDSTOPTS	 58
#define CORE_IPV6_DSTOPTS	 59
#define CORE_IPV6_RECVPATHMTU	 60
#define CORE_IPV6_PATHMTU	 61
#define CORE_IPV6_DONTFRAG	 62
#define CORE_IPV6_RECVTCLASS	 66
#define CORE_IPV6_TCLASS	 67
#define CORE_IPV6_FREEBIND	 78
#define CORE_IPV6_CHECKSUM	 7
#define CORE_ICMPV6_FILTER	 1

/* IPPROTO_TCP options (linux/tcp.h). */
#define CORE_TCP_NODELAY	  1
#define CORE_TCP_MAXSEG		  2
#define CORE_TCP_CORK		  3
#define CORE_TCP_KEEPIDLE	  4
#define CORE_TCP_KEEPINTVL	  5
#define CORE_TCP_KEEPCNT	  6
#define CORE_TCP_SYNCNT		  7
#define CORE_TCP_LINGER2	  8
#define CORE_TCP_DEFER_ACCEPT	  9
#define CORE_TCP_WINDOW_CLAMP	  10
#define CORE_TCP_INFO		  11
#define CORE_TCP_QUICKACK	  12
#define CORE_TCP_CONGESTION	  13
#define CORE_TCP_MD5SIG		  14
#define CORE_TCP_USER_TIMEOUT	  18
#define CORE_TCP_FASTOPEN	  23
#define CORE_TCP_NOTSENT_LOWAT	  25
#define CORE_TCP_FASTOPEN_CONNECT 30

/* sendmsg(2), recvmsg(2). */
#define CORE_MSG_OOB	      0x1
#define CORE_MSG_PEEK	      0x2
#define CORE_MSG_DONTROUTE    0x4
#define CORE_MSG_CTRUNC	      0x8
#define CORE_MSG_PROXY	      0x10
#define CORE_MSG_TRUNC	      0x20
#define CORE_MSG_DONTWAIT     0x40
#define CORE_MSG_EOR	      0x80
#define CORE_MSG_WAITALL      0x100
#define CORE_MSG_FIN	      0x200
#define CORE_MSG_SYN	      0x400
#define CORE_MSG_CONFIRM      0x800
#define CORE_MSG_RST	      0x1000
#define CORE_MSG_ERRQUEUE     0x2000
#define CORE_MSG_NOSIGNAL     0x4000
#define CORE_MSG_MORE	      0x8000
#define CORE_MSG_WAITFORONE   0x10000
#define CORE_MSG_BATCH	      0x40000
#define CORE_MSG_ZEROCOPY     0x4000000
#define CORE_MSG_FASTOPEN     0x20000000
#define CORE_MSG_CMSG_CLOEXEC 0x40000000

/* Control messages of SOL_SOCKET; shutdown(2). */
#define CORE_SCM_RIGHTS	     1
#define CORE_SCM_CREDENTIALS 2
#define CORE_SCM_TIMESTAMP   29
#define CORE_SCM_TIMESTAMPNS 35
#define CORE_SHUT_RD	     0
#define CORE_SHUT_WR	     1
#define CORE_SHUT_RDWR	     2
#define CORE_SOMAXCONN	     4096

/* Network ioctls (linux/sockios.h). */
#define CORE_SIOCSPGRP	    0x8902
#define CORE_SIOCGPGRP	    0x8904
#define CORE_SIOCATMARK	    0x8905
#define CORE_SIOCINQ	    0x541b
#define CORE_SIOCOUTQ	    0x5411
#define CORE_SIOCGIFCONF    0x8912
#define CORE_SIOCGIFFLAGS   0x8913
#define CORE_SIOCGIFADDR    0x8915
#define CORE_SIOCGIFDSTADDR 0x8917
#define CORE_SIOCGIFBRDADDR 0x8919
#define CORE_SIOCGIFNETMASK 0x891b
#define CORE_SIOCGIFMTU	    0x8921
#define CORE_SIOCGIFINDEX   0x8933
#define CORE_SIOCGIFNAME    0x8910
#define CORE_SIOCGIFHWADDR  0x8927

/* Interface flags (linux/if.h). */
#define CORE_IFF_UP	     0x1
#define CORE_IFF_BROADCAST   0x2
#define CORE_IFF_DEBUG	     0x4
#define CORE_IFF_LOOPBACK    0x8
#define CORE_IFF_POINTOPOINT 0x10
#define CORE_IFF_NOTRAILERS  0x20
#define CORE_IFF_RUNNING     0x40
#define CORE_IFF_NOARP	     0x80
#define CORE_IFF_PROMISC     0x100
#define CORE_IFF_ALLMULTI    0x200
#define CORE_IFF_MULTICAST   0x1000

struct core_sockaddr {
	u16 sa_family;
	u8 sa_data[14];
};
SIZE_ASSERT(struct core_sockaddr, 16);

struct core_sockaddr_in {
	u16 sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};
SIZE_ASSERT(struct core_sockaddr_in, 16);

struct core_sockaddr_in6 {
	u16 sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id;
};
SIZE_ASSERT(struct core_sockaddr_in6, 28);
OFFSET_ASSERT(struct core_sockaddr_in6, sin6_addr, 8);

struct core_sockaddr_un {
	u16 sun_family;
	char sun_path[108];
};
SIZE_ASSERT(struct core_sockaddr_un, 110);

struct core_sockaddr_nl {
	u16 nl_family;
	u16 nl_pad;
	u32 nl_pid;
	u32 nl_groups;
};
SIZE_ASSERT(struct core_sockaddr_nl, 12);

struct core_sockaddr_storage {
	u16 ss_family;
	u8 data[126];
} __attribute__((aligned(8)));
SIZE_ASSERT(struct core_sockaddr_storage, 128);

struct core_msghdr {
	u64 msg_name;
	u32 msg_namelen;
	u32 pad0;
	u64 msg_iov;
	u64 msg_iovlen;
	u64 msg_control;
	u64 msg_controllen;
	u32 msg_flags;
	u32 pad1;
};
SIZE_ASSERT(struct core_msghdr, 56);
OFFSET_ASSERT(struct core_msghdr, msg_control, 32);
OFFSET_ASSERT(struct core_msghdr, msg_flags, 48);

struct core_mmsghdr {
	struct core_msghdr msg_hdr;
	u32 msg_len;
	u32 pad0;
};
SIZE_ASSERT(struct core_mmsghdr, 64);

/* Control messages: header, data, padding to 8 bytes. */
struct core_cmsghdr {
	u64 cmsg_len; /* header and data, without the padding */
	i32 cmsg_level;
	i32 cmsg_type;
};
SIZE_ASSERT(struct core_cmsghdr, 16);

#define CORE_CMSG_ALIGN(n) (((u64)(n) + 7) & ~7ull)
#define CORE_CMSG_LEN(n)   (sizeof(struct core_cmsghdr) + (n))
#define CORE_CMSG_SPACE(n) (sizeof(struct core_cmsghdr) + CORE_CMSG_ALIGN(n))
#define CORE_SCM_MAX_FD	   253

struct core_ucred {
	i32 pid;
	u32 uid;
	u32 gid;
};
SIZE_ASSERT(struct core_ucred, 12);

struct core_linger {
	i32 l_onoff;
	i32 l_linger;
};
SIZE_ASSERT(struct core_linger, 8);

struct core_ip_mreq {
	u32 imr_multiaddr;
	u32 imr_interface;
};
SIZE_ASSERT(struct core_ip_mreq, 8);

struct core_ip_mreqn {
	u32 imr_multiaddr;
	u32 imr_address;
	i32 imr_ifindex;
};
SIZE_ASSERT(struct core_ip_mreqn, 12);

struct core_ip_mreq_source {
	u32 imr_multiaddr;
	u32 imr_interface;
	u32 imr_sourceaddr;
};
SIZE_ASSERT(struct core_ip_mreq_source, 12);

struct core_group_source_req {
	u32 gsr_interface;
	u32 pad0;
	struct core_sockaddr_storage gsr_group;
	struct core_sockaddr_storage gsr_source; /* struct group_req ends before it */
};
SIZE_ASSERT(struct core_group_source_req, 264);

struct core_ipv6_mreq {
	u8 ipv6mr_multiaddr[16];
	i32 ipv6mr_interface;
};
SIZE_ASSERT(struct core_ipv6_mreq, 20);

struct core_in_pktinfo {
	i32 ipi_ifindex;
	u32 ipi_spec_dst;
	u32 ipi_addr;
};
SIZE_ASSERT(struct core_in_pktinfo, 12);

struct core_in6_pktinfo {
	u8 ipi6_addr[16];
	i32 ipi6_ifindex;
};
SIZE_ASSERT(struct core_in6_pktinfo, 20);

#define CORE_IFNAMSIZ 16

struct core_ifreq {
	char ifr_name[CORE_IFNAMSIZ];
	union {
		struct core_sockaddr ifr_addr;
		i32 ifr_ivalue;
		i16 ifr_flags;
		u8 data[24];
	};
};
SIZE_ASSERT(struct core_ifreq, 40);

struct core_ifconf {
	i32 ifc_len;
	i32 pad0;
	u64 ifc_buf;
};
SIZE_ASSERT(struct core_ifconf, 16);

#endif
