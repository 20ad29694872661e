/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_socket.h: sockets of illumos/amd64.
 *
 * Addresses have no length byte. A control message is 12 bytes and its data, and the next begins at
 * a multiple of 4. Facts: usr/src/uts/common/sys/{socket,socket_impl,socketvar,un,sendfile,filio,
 * sockio}.h, netinet/{in,tcp}.h of 2024.
 */
#ifndef FB_ILLUMOS_ABI_SOCKET_H
#define FB_ILLUMOS_ABI_SOCKET_H

#include "core/abi_socket.h"

#define ILLUMOS_AF_UNSPEC 0
#define ILLUMOS_AF_UNIX	  1
#define ILLUMOS_AF_INET	  2
#define ILLUMOS_AF_INET6  26

#define ILLUMOS_SOCK_DGRAM     1
#define ILLUMOS_SOCK_STREAM    2
#define ILLUMOS_SOCK_RAW       4
#define ILLUMOS_SOCK_RDM       5
#define ILLUMOS_SOCK_SEQPACKET 6
#define ILLUMOS_SOCK_TYPE_MASK 0xffff
#define ILLUMOS_SOCK_CLOEXEC   0x080000
#define ILLUMOS_SOCK_NONBLOCK  0x100000
#define ILLUMOS_SOCK_NDELAY    0x200000
#define ILLUMOS_SOCK_CLOFORK   0x400000

/* Which interface the library means: socketvar.h. */
#define ILLUMOS_SOV_DEFAULT    1
#define ILLUMOS_SOV_SOCKSTREAM 2
#define ILLUMOS_SOV_SOCKBSD    3
#define ILLUMOS_SOV_XPG4_2     4

#define ILLUMOS_SOL_SOCKET	0xffff
#define ILLUMOS_SO_DEBUG	0x0001
#define ILLUMOS_SO_ACCEPTCONN	0x0002
#define ILLUMOS_SO_REUSEADDR	0x0004
#define ILLUMOS_SO_KEEPALIVE	0x0008
#define ILLUMOS_SO_DONTROUTE	0x0010
#define ILLUMOS_SO_BROADCAST	0x0020
#define ILLUMOS_SO_USELOOPBACK	0x0040
#define ILLUMOS_SO_LINGER	0x0080
#define ILLUMOS_SO_OOBINLINE	0x0100
#define ILLUMOS_SO_DGRAM_ERRIND 0x0200
#define ILLUMOS_SO_RECVUCRED	0x0400
#define ILLUMOS_SO_SNDBUF	0x1001
#define ILLUMOS_SO_RCVBUF	0x1002
#define ILLUMOS_SO_SNDLOWAT	0x1003
#define ILLUMOS_SO_RCVLOWAT	0x1004
#define ILLUMOS_SO_SNDTIMEO	0x1005
#define ILLUMOS_SO_RCVTIMEO	0x1006
#define ILLUMOS_SO_ERROR	0x1007
#define ILLUMOS_SO_TYPE		0x1008
#define ILLUMOS_SO_PROTOTYPE	0x1009
#define ILLUMOS_SO_DOMAIN	0x100c
#define ILLUMOS_SO_RCVPSH	0x100d
#define ILLUMOS_SCM_RIGHTS	0x1010
#define ILLUMOS_SCM_UCRED	0x1012
#define ILLUMOS_SO_TIMESTAMP	0x1013
#define ILLUMOS_SO_ALLZONES	0x1014
#define ILLUMOS_SO_EXCLBIND	0x1015

#define ILLUMOS_IPPROTO_IP     0
#define ILLUMOS_IPPROTO_TCP    6
#define ILLUMOS_IPPROTO_UDP    17
#define ILLUMOS_IPPROTO_IPV6   41
#define ILLUMOS_IPPROTO_ICMPV6 58
#define ILLUMOS_IPPROTO_MAX    256

#define ILLUMOS_IP_OPTIONS		  0x1
#define ILLUMOS_IP_HDRINCL		  0x2
#define ILLUMOS_IP_TOS			  0x3
#define ILLUMOS_IP_TTL			  0x4
#define ILLUMOS_IP_RECVOPTS		  0x5
#define ILLUMOS_IP_RECVDSTADDR		  0x7
#define ILLUMOS_IP_RECVIF		  0x9
#define ILLUMOS_IP_RECVTTL		  0xb
#define ILLUMOS_IP_MULTICAST_IF		  0x10
#define ILLUMOS_IP_MULTICAST_TTL	  0x11
#define ILLUMOS_IP_MULTICAST_LOOP	  0x12
#define ILLUMOS_IP_ADD_MEMBERSHIP	  0x13
#define ILLUMOS_IP_DROP_MEMBERSHIP	  0x14
#define ILLUMOS_IP_BLOCK_SOURCE		  0x15
#define ILLUMOS_IP_UNBLOCK_SOURCE	  0x16
#define ILLUMOS_IP_ADD_SOURCE_MEMBERSHIP  0x17
#define ILLUMOS_IP_DROP_SOURCE_MEMBERSHIP 0x18
#define ILLUMOS_IP_PKTINFO		  0x1a
#define ILLUMOS_IP_DONTFRAG		  0x1b
#define ILLUMOS_IP_BOUND_IF		  0x41

#define ILLUMOS_IPV6_UNICAST_HOPS   0x5
#define ILLUMOS_IPV6_MULTICAST_IF   0x6
#define ILLUMOS_IPV6_MULTICAST_HOPS 0x7
#define ILLUMOS_IPV6_MULTICAST_LOOP 0x8
#define ILLUMOS_IPV6_JOIN_GROUP	    0x9
#define ILLUMOS_IPV6_LEAVE_GROUP    0xa
#define ILLUMOS_IPV6_PKTINFO	    0xb
#define ILLUMOS_IPV6_HOPLIMIT	    0xc
#define ILLUMOS_IPV6_RECVPKTINFO    0x12
#define ILLUMOS_IPV6_RECVHOPLIMIT   0x13
#define ILLUMOS_IPV6_CHECKSUM	    0x18
#define ILLUMOS_IPV6_RECVTCLASS	    0x19
#define ILLUMOS_IPV6_DONTFRAG	    0x21
#define ILLUMOS_IPV6_TCLASS	    0x26
#define ILLUMOS_IPV6_V6ONLY	    0x27
#define ILLUMOS_IPV6_BOUND_IF	    0x41

#define ILLUMOS_MCAST_JOIN_GROUP	 0x29
#define ILLUMOS_MCAST_LEAVE_GROUP	 0x2a
#define ILLUMOS_MCAST_BLOCK_SOURCE	 0x2b
#define ILLUMOS_MCAST_UNBLOCK_SOURCE	 0x2c
#define ILLUMOS_MCAST_JOIN_SOURCE_GROUP	 0x2d
#define ILLUMOS_MCAST_LEAVE_SOURCE_GROUP 0x2e

#define ILLUMOS_TCP_NODELAY		      0x01
#define ILLUMOS_TCP_MAXSEG		      0x02
#define ILLUMOS_TCP_ABORT_THRESHOLD	      0x11 /* milliseconds, as those below */
#define ILLUMOS_TCP_KEEPALIVE_THRESHOLD	      0x16
#define ILLUMOS_TCP_KEEPALIVE_ABORT_THRESHOLD 0x17
#define ILLUMOS_TCP_CORK		      0x18
#define ILLUMOS_TCP_LINGER2		      0x1c
#define ILLUMOS_TCP_KEEPIDLE		      0x22
#define ILLUMOS_TCP_KEEPCNT		      0x23
#define ILLUMOS_TCP_KEEPINTVL		      0x24
#define ILLUMOS_TCP_CONGESTION		      0x25
#define ILLUMOS_TCP_QUICKACK		      0x26

#define ILLUMOS_MSG_OOB		 0x1
#define ILLUMOS_MSG_PEEK	 0x2
#define ILLUMOS_MSG_DONTROUTE	 0x4
#define ILLUMOS_MSG_EOR		 0x8
#define ILLUMOS_MSG_CTRUNC	 0x10
#define ILLUMOS_MSG_TRUNC	 0x20
#define ILLUMOS_MSG_WAITALL	 0x40
#define ILLUMOS_MSG_DONTWAIT	 0x80
#define ILLUMOS_MSG_NOSIGNAL	 0x200
#define ILLUMOS_MSG_CMSG_CLOEXEC 0x1000
#define ILLUMOS_MSG_XPG4_2	 0x8000

#define ILLUMOS_SO_MAXARGSIZE 8192 /* of names, options and control messages */
#define ILLUMOS_IOV_MAX	      1024

struct illumos_sockaddr {
	u16 sa_family;
	u8 sa_data[14];
};
SIZE_ASSERT(struct illumos_sockaddr, 16);

struct illumos_sockaddr_in {
	u16 sin_family;
	u16 sin_port;
	u32 sin_addr;
	u8 sin_zero[8];
};
SIZE_ASSERT(struct illumos_sockaddr_in, 16);

struct illumos_sockaddr_in6 {
	u16 sin6_family;
	u16 sin6_port;
	u32 sin6_flowinfo;
	u8 sin6_addr[16];
	u32 sin6_scope_id;
	u32 sin6_src_id;
};
SIZE_ASSERT(struct illumos_sockaddr_in6, 32);

struct illumos_sockaddr_un {
	u16 sun_family;
	char sun_path[108];
};
SIZE_ASSERT(struct illumos_sockaddr_un, 110);

struct illumos_sockaddr_storage {
	u16 ss_family;
	u8 data[254];
} __attribute__((aligned(8)));
SIZE_ASSERT(struct illumos_sockaddr_storage, 256);

struct illumos_msghdr {
	u64 msg_name;
	u32 msg_namelen;
	u32 pad0;
	u64 msg_iov;
	i32 msg_iovlen;
	u32 pad1;
	u64 msg_control; /* or msg_accrights: plain descriptors, without MSG_XPG4_2 */
	u32 msg_controllen;
	u32 msg_flags;
};
SIZE_ASSERT(struct illumos_msghdr, 48);
OFFSET_ASSERT(struct illumos_msghdr, msg_control, 32);
OFFSET_ASSERT(struct illumos_msghdr, msg_flags, 44);

struct illumos_cmsghdr {
	u32 cmsg_len;
	i32 cmsg_level;
	i32 cmsg_type;
};
SIZE_ASSERT(struct illumos_cmsghdr, 12);

#define ILLUMOS_CMSG_ALIGN(n) (((u64)(n) + 3) & ~3ull)
#define ILLUMOS_CMSG_LEN(n)   (sizeof(struct illumos_cmsghdr) + (n))
#define ILLUMOS_CMSG_SPACE(n) ILLUMOS_CMSG_ALIGN(sizeof(struct illumos_cmsghdr) + (n))

struct illumos_group_source_req { /* struct group_req ends before the source */
	u32 gsr_interface;
	u8 gsr_group[sizeof(struct illumos_sockaddr_storage)];
	u8 gsr_source[sizeof(struct illumos_sockaddr_storage)];
};
SIZE_ASSERT(struct illumos_group_source_req, 516);

struct illumos_ip_mreq_source {
	u32 imr_multiaddr;
	u32 imr_sourceaddr;
	u32 imr_interface;
};
SIZE_ASSERT(struct illumos_ip_mreq_source, 12);

/* sendfilev(3EXT) */
#define ILLUMOS_SFV_FD_SELF (-2)
#define ILLUMOS_SENDFILEV   0
struct illumos_sendfilevec {
	i32 sfv_fd;
	u32 sfv_flag;
	i64 sfv_off;
	u64 sfv_len;
};
SIZE_ASSERT(struct illumos_sendfilevec, 24);

#endif
