/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_socket.h: sockets. Ports and addresses are in network order,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/socket.h, sys/un.h, netinet/in.h,
 * netinet6/in6.h, netinet/tcp.h, sys/sockio.h, net/if.h, sys/ucred.h.
 */
#ifndef FB_FREEBSD_ABI_SOCKET_H
#define FB_FREEBSD_ABI_SOCKET_H

#include "core/abi_types.h"

/* Address families (sys/socket.h) */
#define FREEBSD_AF_UNSPEC    0
#define FREEBSD_AF_UNIX	     1
#define FREEBSD_AF_INET	     2
#define FREEBSD_AF_IMPLINK   3
#define FREEBSD_AF_PUP	     4
#define FREEBSD_AF_CHAOS     5
#define FREEBSD_AF_NETBIOS   6
#define FREEBSD_AF_ISO	     7
#define FREEBSD_AF_OSI	     7
#define FREEBSD_AF_ECMA	     8
#define FREEBSD_AF_DATAKIT   9
#define FREEBSD_AF_CCITT     10
#define FREEBSD_AF_SNA	     11
#define FREEBSD_AF_DECnet    12
#define FREEBSD_AF_DLI	     13
#define FREEBSD_AF_LAT	     14
#define FREEBSD_AF_HYLINK    15
#define FREEBSD_AF_APPLETALK 16
#define FREEBSD_AF_ROUTE     17
#define FREEBSD_AF_LINK	     18
#define FREEBSD_AF_COIP	     20
#define FREEBSD_AF_CNT	     21
#define FREEBSD_AF_IPX	     23
#define FREEBSD_AF_SIP	     24
#define FREEBSD_AF_ISDN	     26
#define FREEBSD_AF_E164	     26
#define FREEBSD_AF_INET6     28
#define FREEBSD_AF_NATM	     29
#define FREEBSD_AF_ATM	     30
#define FREEBSD_AF_NETGRAPH  32
#define FREEBSD_AF_SLOW	     33
#define FREEBSD_AF_SCLUSTER  34
#define FREEBSD_AF_ARP	     35
#define FREEBSD_AF_BLUETOOTH 36
#define FREEBSD_AF_IEEE80211 37
#define FREEBSD_AF_NETLINK   38
#define FREEBSD_AF_INET_SDP  40
#define FREEBSD_AF_INET6_SDP 42
#define FREEBSD_AF_MAX	     43

/* socket(2) (sys/socket.h) */
#define FREEBSD_SOCK_STREAM    0x1
#define FREEBSD_SOCK_DGRAM     0x2
#define FREEBSD_SOCK_RAW       0x3
#define FREEBSD_SOCK_RDM       0x4
#define FREEBSD_SOCK_SEQPACKET 0x5
#define FREEBSD_SOCK_CLOEXEC   0x10000000
#define FREEBSD_SOCK_NONBLOCK  0x20000000

/* SOL_SOCKET options (sys/socket.h) */
#define FREEBSD_SO_DEBUG	     0x1
#define FREEBSD_SO_ACCEPTCONN	     0x2
#define FREEBSD_SO_REUSEADDR	     0x4
#define FREEBSD_SO_KEEPALIVE	     0x8
#define FREEBSD_SO_DONTROUTE	     0x10
#define FREEBSD_SO_BROADCAST	     0x20
#define FREEBSD_SO_USELOOPBACK	     0x40
#define FREEBSD_SO_LINGER	     0x80
#define FREEBSD_SO_OOBINLINE	     0x100
#define FREEBSD_SO_REUSEPORT	     0x200
#define FREEBSD_SO_TIMESTAMP	     0x400
#define FREEBSD_SO_NOSIGPIPE	     0x800
#define FREEBSD_SO_ACCEPTFILTER	     0x1000
#define FREEBSD_SO_BINTIME	     0x2000
#define FREEBSD_SO_NO_OFFLOAD	     0x4000
#define FREEBSD_SO_NO_DDP	     0x8000
#define FREEBSD_SO_REUSEPORT_LB	     0x10000
#define FREEBSD_SO_RERROR	     0x20000
#define FREEBSD_SO_SNDBUF	     0x1001
#define FREEBSD_SO_RCVBUF	     0x1002
#define FREEBSD_SO_SNDLOWAT	     0x1003
#define FREEBSD_SO_RCVLOWAT	     0x1004
#define FREEBSD_SO_SNDTIMEO	     0x1005
#define FREEBSD_SO_RCVTIMEO	     0x1006
#define FREEBSD_SO_ERROR	     0x1007
#define FREEBSD_SO_TYPE		     0x1008
#define FREEBSD_SO_LABEL	     0x1009
#define FREEBSD_SO_PEERLABEL	     0x1010
#define FREEBSD_SO_LISTENQLIMIT	     0x1011
#define FREEBSD_SO_LISTENQLEN	     0x1012
#define FREEBSD_SO_LISTENINCQLEN     0x1013
#define FREEBSD_SO_SETFIB	     0x1014
#define FREEBSD_SO_USER_COOKIE	     0x1015
#define FREEBSD_SO_PROTOCOL	     0x1016
#define FREEBSD_SO_PROTOTYPE	     0x1016
#define FREEBSD_SO_TS_CLOCK	     0x1017
#define FREEBSD_SO_MAX_PACING_RATE   0x1018
#define FREEBSD_SO_DOMAIN	     0x1019
#define FREEBSD_SO_TS_REALTIME_MICRO 0x0
#define FREEBSD_SO_TS_BINTIME	     0x1
#define FREEBSD_SO_TS_REALTIME	     0x2
#define FREEBSD_SO_TS_MONOTONIC	     0x3
#define FREEBSD_SO_TS_DEFAULT	     0x0
#define FREEBSD_SO_TS_CLOCK_MAX	     0x3
#define FREEBSD_SOL_SOCKET	     0xffff

/* sendmsg(2), recvmsg(2) (sys/socket.h) */
#define FREEBSD_MSG_OOB		 0x1
#define FREEBSD_MSG_PEEK	 0x2
#define FREEBSD_MSG_DONTROUTE	 0x4
#define FREEBSD_MSG_EOR		 0x8
#define FREEBSD_MSG_TRUNC	 0x10
#define FREEBSD_MSG_CTRUNC	 0x20
#define FREEBSD_MSG_WAITALL	 0x40
#define FREEBSD_MSG_DONTWAIT	 0x80
#define FREEBSD_MSG_EOF		 0x100
#define FREEBSD_MSG_NOTIFICATION 0x2000
#define FREEBSD_MSG_NBIO	 0x4000
#define FREEBSD_MSG_COMPAT	 0x8000
#define FREEBSD_MSG_NOSIGNAL	 0x20000
#define FREEBSD_MSG_CMSG_CLOEXEC 0x40000
#define FREEBSD_MSG_WAITFORONE	 0x80000

/* Control messages, shutdown(2), listen(2), sendfile(2) (sys/socket.h) */
#define FREEBSD_SOMAXCONN	  0x80
#define FREEBSD_CMGROUP_MAX	  0x10
#define FREEBSD_SCM_RIGHTS	  0x1
#define FREEBSD_SCM_TIMESTAMP	  0x2
#define FREEBSD_SCM_CREDS	  0x3
#define FREEBSD_SCM_BINTIME	  0x4
#define FREEBSD_SCM_REALTIME	  0x5
#define FREEBSD_SCM_MONOTONIC	  0x6
#define FREEBSD_SCM_TIME_INFO	  0x7
#define FREEBSD_SCM_CREDS2	  0x8
#define FREEBSD_SHUT_RD		  0x0
#define FREEBSD_SHUT_WR		  0x1
#define FREEBSD_SHUT_RDWR	  0x2
#define FREEBSD_SF_NODISKIO	  0x1
#define FREEBSD_SF_MNOWAIT	  0x2
#define FREEBSD_SF_SYNC		  0x4
#define FREEBSD_SF_USER_READAHEAD 0x8
#define FREEBSD_SF_NOCACHE	  0x10

/* AF_UNIX options (sys/un.h) */
#define FREEBSD_LOCAL_PEERCRED	       1
#define FREEBSD_LOCAL_CREDS	       2
#define FREEBSD_LOCAL_CREDS_PERSISTENT 3
#define FREEBSD_LOCAL_CONNWAIT	       4
#define FREEBSD_LOCAL_VENDOR	       2147483648u

/* Protocols (netinet/in.h) */
#define FREEBSD_IPPROTO_IP	0
#define FREEBSD_IPPROTO_ICMP	1
#define FREEBSD_IPPROTO_TCP	6
#define FREEBSD_IPPROTO_UDP	17
#define FREEBSD_IPPROTO_IPV6	41
#define FREEBSD_IPPROTO_RAW	255
#define FREEBSD_IPPROTO_HOPOPTS 0
#define FREEBSD_IPPROTO_IGMP	2
#define FREEBSD_IPPROTO_ICMPV6	58
#define FREEBSD_IPPROTO_SCTP	132
#define FREEBSD_IPPROTO_UDPLITE 136

/* IPPROTO_IP options (netinet/in.h) */
#define FREEBSD_IP_OPTIONS		  1
#define FREEBSD_IP_HDRINCL		  2
#define FREEBSD_IP_TOS			  3
#define FREEBSD_IP_TTL			  4
#define FREEBSD_IP_RECVOPTS		  5
#define FREEBSD_IP_RECVRETOPTS		  6
#define FREEBSD_IP_RECVDSTADDR		  7
#define FREEBSD_IP_SENDSRCADDR		  7
#define FREEBSD_IP_RETOPTS		  8
#define FREEBSD_IP_MULTICAST_IF		  9
#define FREEBSD_IP_MULTICAST_TTL	  10
#define FREEBSD_IP_MULTICAST_LOOP	  11
#define FREEBSD_IP_ADD_MEMBERSHIP	  12
#define FREEBSD_IP_DROP_MEMBERSHIP	  13
#define FREEBSD_IP_MULTICAST_VIF	  14
#define FREEBSD_IP_PORTRANGE		  19
#define FREEBSD_IP_RECVIF		  20
#define FREEBSD_IP_IPSEC_POLICY		  21
#define FREEBSD_IP_ONESBCAST		  23
#define FREEBSD_IP_BINDANY		  24
#define FREEBSD_IP_BINDMULTI		  25
#define FREEBSD_IP_ORIGDSTADDR		  27
#define FREEBSD_IP_RECVORIGDSTADDR	  27
#define FREEBSD_IP_RECVTTL		  65
#define FREEBSD_IP_MINTTL		  66
#define FREEBSD_IP_DONTFRAG		  67
#define FREEBSD_IP_RECVTOS		  68
#define FREEBSD_IP_ADD_SOURCE_MEMBERSHIP  70
#define FREEBSD_IP_DROP_SOURCE_MEMBERSHIP 71
#define FREEBSD_IP_BLOCK_SOURCE		  72
#define FREEBSD_IP_UNBLOCK_SOURCE	  73
#define FREEBSD_IP_MSFILTER		  74
#define FREEBSD_IP_VLAN_PCP		  75
#define FREEBSD_MCAST_JOIN_GROUP	  80
#define FREEBSD_MCAST_LEAVE_GROUP	  81
#define FREEBSD_MCAST_JOIN_SOURCE_GROUP	  82
#define FREEBSD_MCAST_LEAVE_SOURCE_GROUP  83
#define FREEBSD_MCAST_BLOCK_SOURCE	  84
#define FREEBSD_MCAST_UNBLOCK_SOURCE	  85
#define FREEBSD_IP_FLOWTYPE		  91
#define FREEBSD_IP_RECVFLOWID		  93
#define FREEBSD_IP_RECVRSSBUCKETID	  94
#define FREEBSD_MCAST_UNDEFINED		  0
#define FREEBSD_MCAST_INCLUDE		  1
#define FREEBSD_MCAST_EXCLUDE		  2
#define FREEBSD_IP_PORTRANGE_DEFAULT	  0
#define FREEBSD_IP_PORTRANGE_HIGH	  1
#define FREEBSD_IP_PORTRANGE_LOW	  2

/* IPPROTO_IPV6 options (netinet6/in6.h) */
#define FREEBSD_IPV6_UNICAST_HOPS      4
#define FREEBSD_IPV6_MULTICAST_IF      9
#define FREEBSD_IPV6_MULTICAST_HOPS    10
#define FREEBSD_IPV6_MULTICAST_LOOP    11
#define FREEBSD_IPV6_JOIN_GROUP	       12
#define FREEBSD_IPV6_LEAVE_GROUP       13
#define FREEBSD_IPV6_PORTRANGE	       14
#define FREEBSD_IPV6_CHECKSUM	       26
#define FREEBSD_IPV6_V6ONLY	       27
#define FREEBSD_IPV6_BINDV6ONLY	       27
#define FREEBSD_IPV6_IPSEC_POLICY      28
#define FREEBSD_IPV6_RTHDRDSTOPTS      35
#define FREEBSD_IPV6_RECVPKTINFO       36
#define FREEBSD_IPV6_RECVHOPLIMIT      37
#define FREEBSD_IPV6_RECVRTHDR	       38
#define FREEBSD_IPV6_RECVHOPOPTS       39
#define FREEBSD_IPV6_RECVDSTOPTS       40
#define FREEBSD_IPV6_USE_MIN_MTU       42
#define FREEBSD_IPV6_RECVPATHMTU       43
#define FREEBSD_IPV6_PATHMTU	       44
#define FREEBSD_IPV6_PKTINFO	       46
#define FREEBSD_IPV6_HOPLIMIT	       47
#define FREEBSD_IPV6_NEXTHOP	       48
#define FREEBSD_IPV6_HOPOPTS	       49
#define FREEBSD_IPV6_DSTOPTS	       50
#define FREEBSD_IPV6_RTHDR	       51
#define FREEBSD_IPV6_RECVTCLASS	       57
#define FREEBSD_IPV6_AUTOFLOWLABEL     59
#define FREEBSD_IPV6_TCLASS	       61
#define FREEBSD_IPV6_DONTFRAG	       62
#define FREEBSD_IPV6_PREFER_TEMPADDR   63
#define FREEBSD_IPV6_BINDANY	       64
#define FREEBSD_IPV6_BINDMULTI	       65
#define FREEBSD_IPV6_RSS_LISTEN_BUCKET 66
#define FREEBSD_IPV6_RSSBUCKETID       69
#define FREEBSD_IPV6_RECVFLOWID	       70
#define FREEBSD_IPV6_RECVRSSBUCKETID   71
#define FREEBSD_IPV6_ORIGDSTADDR       72
#define FREEBSD_IPV6_RECVORIGDSTADDR   72
#define FREEBSD_IPV6_MSFILTER	       74
#define FREEBSD_IPV6_VLAN_PCP	       75
#define FREEBSD_IPV6_RTHDR_LOOSE       0
#define FREEBSD_IPV6_RTHDR_STRICT      1
#define FREEBSD_IPV6_RTHDR_TYPE_0      0
#define FREEBSD_IPV6_PORTRANGE_DEFAULT 0
#define FREEBSD_IPV6_PORTRANGE_HIGH    1
#define FREEBSD_IPV6_PORTRANGE_LOW     2

/* IPPROTO_TCP options (netinet/tcp.h) */
#define FREEBSD_TCP_NODELAY		   1
#define FREEBSD_TCP_MAXSEG		   2
#define FREEBSD_TCP_NOPUSH		   4
#define FREEBSD_TCP_NOOPT		   8
#define FREEBSD_TCP_MD5SIG		   16
#define FREEBSD_TCP_INFO		   32
#define FREEBSD_TCP_STATS		   33
#define FREEBSD_TCP_LOG			   34
#define FREEBSD_TCP_TXTLS_ENABLE	   39
#define FREEBSD_TCP_TXTLS_MODE		   40
#define FREEBSD_TCP_RXTLS_ENABLE	   41
#define FREEBSD_TCP_RXTLS_MODE		   42
#define FREEBSD_TCP_CONGESTION		   64
#define FREEBSD_TCP_CCALGOOPT		   65
#define FREEBSD_TCP_MAXUNACKTIME	   68
#define FREEBSD_TCP_REMOTE_UDP_ENCAPS_PORT 71
#define FREEBSD_TCP_DELACK		   72
#define FREEBSD_TCP_KEEPINIT		   128
#define FREEBSD_TCP_KEEPIDLE		   256
#define FREEBSD_TCP_KEEPINTVL		   512
#define FREEBSD_TCP_KEEPCNT		   1024
#define FREEBSD_TCP_FASTOPEN		   1025
#define FREEBSD_TCP_PCAP_OUT		   2048
#define FREEBSD_TCP_PCAP_IN		   4096
#define FREEBSD_TCP_FUNCTION_BLK	   8192

/* Network ioctls (sys/sockio.h) */
#define FREEBSD_SIOCSHIWAT	0x80047300u
#define FREEBSD_SIOCGHIWAT	0x40047301
#define FREEBSD_SIOCSLOWAT	0x80047302u
#define FREEBSD_SIOCGLOWAT	0x40047303
#define FREEBSD_SIOCATMARK	0x40047307
#define FREEBSD_SIOCSPGRP	0x80047308u
#define FREEBSD_SIOCGPGRP	0x40047309
#define FREEBSD_SIOCGIFADDR	0xc0206921u
#define FREEBSD_SIOCGIFDSTADDR	0xc0206922u
#define FREEBSD_SIOCGIFFLAGS	0xc0206911u
#define FREEBSD_SIOCGIFBRDADDR	0xc0206923u
#define FREEBSD_SIOCGIFCONF	0xc0106924u
#define FREEBSD_SIOCGIFNETMASK	0xc0206925u
#define FREEBSD_SIOCGIFMETRIC	0xc0206917u
#define FREEBSD_SIOCGIFCAP	0xc020691fu
#define FREEBSD_SIOCGIFINDEX	0xc0206920u
#define FREEBSD_SIOCGIFMTU	0xc0206933u
#define FREEBSD_SIOCGIFSTATUS	0xc331693bu
#define FREEBSD_SIOCGIFINFO_IN6 0xc048696cu /* netinet6/in6_var.h */

/* Interface flags (net/if.h) */
#define FREEBSD_IFF_UP		0x1
#define FREEBSD_IFF_BROADCAST	0x2
#define FREEBSD_IFF_DEBUG	0x4
#define FREEBSD_IFF_LOOPBACK	0x8
#define FREEBSD_IFF_POINTOPOINT 0x10
#define FREEBSD_IFF_DRV_RUNNING 0x40
#define FREEBSD_IFF_NOARP	0x80
#define FREEBSD_IFF_PROMISC	0x100
#define FREEBSD_IFF_ALLMULTI	0x200
#define FREEBSD_IFF_SIMPLEX	0x800
#define FREEBSD_IFF_MULTICAST	0x8000
#define FREEBSD_IFF_RUNNING	0x40

/* What IPv6 does with the neighbours of an interface (netinet6/nd6.h) */
#define FREEBSD_ND6_IFF_PERFORMNUD     0x1
#define FREEBSD_ND6_IFF_AUTO_LINKLOCAL 0x20

struct freebsd_in6_ndireq {
	char ifname[16];
	u32 linkmtu, maxmtu;
	u32 basereachable, reachable, retrans; /* in ms */
	u32 flags;
	i32 recalctm;
	u8 chlim, initialized;
	u8 random[24];
};
SIZE_ASSERT(struct freebsd_in6_ndireq, 72);
OFFSET_ASSERT(struct freebsd_in6_ndireq, flags, 36);
OFFSET_ASSERT(struct freebsd_in6_ndireq, chlim, 44);

/* xucred (sys/ucred.h) */
#define FREEBSD_XU_NGROUPS     16
#define FREEBSD_XUCRED_VERSION 0

/* The first byte of every socket address is its length. */
struct freebsd_sockaddr {
	u8 sa_len;
	u8 sa_family;
	u8 sa_data[14];
};
SIZE_ASSERT(struct freebsd_sockaddr, 16);

struct freebsd_sockaddr_in {
	u8 sin_len;
	u8 sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};
SIZE_ASSERT(struct freebsd_sockaddr_in, 16);

struct freebsd_sockaddr_in6 {
	u8 sin6_len;
	u8 sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id;
};
SIZE_ASSERT(struct freebsd_sockaddr_in6, 28);

#define FREEBSD_SUNPATHLEN 104

struct freebsd_sockaddr_un {
	u8 sun_len;
	u8 sun_family;
	char sun_path[FREEBSD_SUNPATHLEN];
};
SIZE_ASSERT(struct freebsd_sockaddr_un, 106);

struct freebsd_sockaddr_storage {
	u8 ss_len;
	u8 ss_family;
	u8 data[126];
} __attribute__((aligned(8)));
SIZE_ASSERT(struct freebsd_sockaddr_storage, 128);

struct freebsd_msghdr {
	u64 msg_name;
	u32 msg_namelen;
	u32 pad0;
	u64 msg_iov;
	i32 msg_iovlen;
	u32 pad1;
	u64 msg_control;
	u32 msg_controllen;
	i32 msg_flags;
};
SIZE_ASSERT(struct freebsd_msghdr, 48);
OFFSET_ASSERT(struct freebsd_msghdr, msg_iovlen, 24);
OFFSET_ASSERT(struct freebsd_msghdr, msg_control, 32);
OFFSET_ASSERT(struct freebsd_msghdr, msg_flags, 44);

/* Control messages: the header is padded to 8 bytes, so data begin at 16. */
struct freebsd_cmsghdr {
	u32 cmsg_len; /* FREEBSD_CMSG_LEN of the data */
	i32 cmsg_level;
	i32 cmsg_type;
};
SIZE_ASSERT(struct freebsd_cmsghdr, 12);

#define FREEBSD_CMSG_ALIGN(n) (((u64)(n) + 7) & ~7ull)
#define FREEBSD_CMSG_DATA     16
#define FREEBSD_CMSG_LEN(n)   (FREEBSD_CMSG_DATA + (n))
#define FREEBSD_CMSG_SPACE(n) (FREEBSD_CMSG_DATA + FREEBSD_CMSG_ALIGN(n))

struct freebsd_cmsgcred {
	i32 cmcred_pid;
	u32 cmcred_uid;
	u32 cmcred_euid;
	u32 cmcred_gid;
	i16 cmcred_ngroups;
	i16 pad0;
	u32 cmcred_groups[FREEBSD_CMGROUP_MAX];
};
SIZE_ASSERT(struct freebsd_cmsgcred, 84);

/* LOCAL_CREDS; sc_groups has sc_ngroups entries. */
struct freebsd_sockcred {
	u32 sc_uid;
	u32 sc_euid;
	u32 sc_gid;
	u32 sc_egid;
	i32 sc_ngroups;
	u32 sc_groups[1];
};
SIZE_ASSERT(struct freebsd_sockcred, 24);

/* LOCAL_CREDS_PERSISTENT, SCM_CREDS2. */
struct freebsd_sockcred2 {
	i32 sc_version;
	i32 sc_pid;
	u32 sc_uid;
	u32 sc_euid;
	u32 sc_gid;
	u32 sc_egid;
	i32 sc_ngroups;
	u32 sc_groups[1];
};
SIZE_ASSERT(struct freebsd_sockcred2, 32);

/* LOCAL_PEERCRED at level SOL_LOCAL (0). */
struct freebsd_xucred {
	u32 cr_version; /* FREEBSD_XUCRED_VERSION */
	u32 cr_uid;
	i16 cr_ngroups;
	i16 pad0;
	u32 cr_groups[FREEBSD_XU_NGROUPS];
	u32 pad1;
	union {
		u64 unused1;
		i32 cr_pid;
	};
};
SIZE_ASSERT(struct freebsd_xucred, 88);
OFFSET_ASSERT(struct freebsd_xucred, cr_groups, 12);
OFFSET_ASSERT(struct freebsd_xucred, cr_pid, 80);

struct freebsd_sf_hdtr {
	u64 headers;
	i32 hdr_cnt;
	i32 pad0;
	u64 trailers;
	i32 trl_cnt;
	i32 pad1;
};
SIZE_ASSERT(struct freebsd_sf_hdtr, 32);

struct freebsd_linger {
	i32 l_onoff;
	i32 l_linger;
};
SIZE_ASSERT(struct freebsd_linger, 8);

/* Unlike the hub's, the source comes before the interface. */
struct freebsd_ip_mreq_source {
	u32 imr_multiaddr;
	u32 imr_sourceaddr;
	u32 imr_interface;
};
SIZE_ASSERT(struct freebsd_ip_mreq_source, 12);

/* The socket-address interface to multicast groups (netinet/in.h). */
struct freebsd_group_req {
	u32 gr_interface;
	u32 pad0;
	struct freebsd_sockaddr_storage gr_group;
};
SIZE_ASSERT(struct freebsd_group_req, 136);

struct freebsd_group_source_req {
	u32 gsr_interface;
	u32 pad0;
	struct freebsd_sockaddr_storage gsr_group;
	struct freebsd_sockaddr_storage gsr_source;
};
SIZE_ASSERT(struct freebsd_group_source_req, 264);

/* ICMP6_FILTER at level IPPROTO_ICMPV6 (netinet/icmp6.h): a set bit lets a type pass. */
#define FREEBSD_ICMP6_FILTER 18

struct freebsd_accept_filter_arg {
	char af_name[16];
	char af_arg[240];
};
SIZE_ASSERT(struct freebsd_accept_filter_arg, 256);

struct freebsd_ifreq {
	char ifr_name[16];
	union {
		struct freebsd_sockaddr ifr_addr;
		i16 ifr_flags[2];
		i16 ifr_index;
		i32 ifr_ivalue;
		u64 ifr_data;
	};
};
SIZE_ASSERT(struct freebsd_ifreq, 32);

struct freebsd_ifconf {
	i32 ifc_len;
	i32 pad0;
	u64 ifc_buf;
};
SIZE_ASSERT(struct freebsd_ifconf, 16);

#endif
