/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses. Source: usr/src/uts/common/netinet/in.h. */
#ifndef _FB_ILLUMOS_NETINET_IN_H
#define _FB_ILLUMOS_NETINET_IN_H

#include <sys/socket.h>

typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;

struct in_addr {
	union {
		struct {
			uint8_t s_b1, s_b2, s_b3, s_b4;
		} _S_un_b;
		struct {
			uint16_t s_w1, s_w2;
		} _S_un_w;
		in_addr_t _S_addr;
	} _S_un;
};
#define s_addr _S_un._S_addr
struct sockaddr_in {
	sa_family_t sin_family;
	in_port_t sin_port;
	struct in_addr sin_addr;
	char sin_zero[8];
};
struct in6_addr {
	union {
		uint8_t _S6_u8[16];
		uint32_t _S6_u32[4];
		uint32_t __S6_align;
	} _S6_un;
};
#define s6_addr	  _S6_un._S6_u8
#define s6_addr32 _S6_un._S6_u32
struct sockaddr_in6 {
	sa_family_t sin6_family;
	in_port_t sin6_port;
	uint32_t sin6_flowinfo;
	struct in6_addr sin6_addr;
	uint32_t sin6_scope_id, __sin6_src_id;
};
struct ip_mreq {
	struct in_addr imr_multiaddr, imr_interface;
};
struct ipv6_mreq {
	struct in6_addr ipv6mr_multiaddr;
	unsigned int ipv6mr_interface;
};

#define IPPROTO_IP     0
#define IPPROTO_ICMP   1
#define IPPROTO_TCP    6
#define IPPROTO_UDP    17
#define IPPROTO_IPV6   41
#define IPPROTO_ICMPV6 58
#define IPPROTO_SCTP   132
#define IPPROTO_RAW    255
#define IPPROTO_MAX    256

#define INADDR_ANY	 0x00000000U
#define INADDR_LOOPBACK	 0x7F000001U
#define INADDR_BROADCAST 0xffffffffU
#define INADDR_NONE	 0xffffffffU
#define INET_ADDRSTRLEN	 16
#define INET6_ADDRSTRLEN 46
#define IPPORT_RESERVED	 1024

#define IP_OPTIONS	    1
#define IP_HDRINCL	    2
#define IP_TOS		    3
#define IP_TTL		    4
#define IP_MULTICAST_IF	    0x10
#define IP_MULTICAST_TTL    0x11
#define IP_MULTICAST_LOOP   0x12
#define IP_ADD_MEMBERSHIP   0x13
#define IP_DROP_MEMBERSHIP  0x14
#define IPV6_UNICAST_HOPS   0x5
#define IPV6_MULTICAST_IF   0x6
#define IPV6_MULTICAST_HOPS 0x7
#define IPV6_MULTICAST_LOOP 0x8
#define IPV6_JOIN_GROUP	    0x9
#define IPV6_LEAVE_GROUP    0xa
#define IPV6_V6ONLY	    0x27

#define IN6ADDR_ANY_INIT                                                                           \
	{                                                                                          \
		{                                                                                  \
			{                                                                          \
				0                                                                  \
			}                                                                          \
		}                                                                                  \
	}
#define IN6ADDR_LOOPBACK_INIT                                                                      \
	{                                                                                          \
		{                                                                                  \
			{                                                                          \
				0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1                     \
			}                                                                          \
		}                                                                                  \
	}

#define htonl(n) __builtin_bswap32(n)
#define ntohl(n) __builtin_bswap32(n)
#define htons(n) __builtin_bswap16(n)
#define ntohs(n) __builtin_bswap16(n)

#define IN6_IS_ADDR_UNSPECIFIED(a)                                                                 \
	(!((a)->s6_addr32[0] | (a)->s6_addr32[1] | (a)->s6_addr32[2] | (a)->s6_addr32[3]))
#define IN6_IS_ADDR_LINKLOCAL(a) ((a)->s6_addr[0] == 0xfe && ((a)->s6_addr[1] & 0xc0) == 0x80)
#define IN6_IS_ADDR_MULTICAST(a) ((a)->s6_addr[0] == 0xff)
#define IN6_IS_ADDR_V4MAPPED(a)                                                                    \
	(!((a)->s6_addr32[0] | (a)->s6_addr32[1]) && (a)->s6_addr32[2] == htonl(0xffffU))

__BEGIN_DECLS
extern const struct in6_addr in6addr_any, in6addr_loopback;
__END_DECLS

#endif
