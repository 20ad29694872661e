/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_control.h: the control messages of sendmsg(2), recvmsg(2).
 *
 * Both sides put data 16 bytes after the beginning of a message and the next message at a
 * multiple of 8, but the header is 12 bytes with a 32-bit length on FreeBSD and 16 with a
 * 64-bit one on the hub. Most data are alike; credentials, a datagram's destination and
 * its TTL are not.
 *
 * Facts: sys/socket.h, netinet/in.h, netinet6/in6.h, ip(4), ip6(4), unix(4);
 * sys/kern/uipc_usrreq.c (unp_internalize, unp_addsockcred), netinet/ip_input.c
 * (ip_savecontrol), netinet/udp_usrreq.c.
 */
#ifndef FB_FREEBSD_CONVERT_CONTROL_H
#define FB_FREEBSD_CONVERT_CONTROL_H

#include "core/control.h"
#include "personality/freebsd/abi_socket.h"

/* The form in which a sender's credentials reach the guest. */
enum freebsd_creds {
	FREEBSD_CREDS_SENT,	  /* the sender put them in: struct cmsgcred */
	FREEBSD_CREDS_LOCAL,	  /* LOCAL_CREDS: struct sockcred */
	FREEBSD_CREDS_PERSISTENT, /* LOCAL_CREDS_PERSISTENT: struct sockcred2 */
};

/*
 * Rebuilds len bytes of the guest's control messages at in, in out, which has room bytes.
 * inet: for an internet socket, else a unix one, which takes other messages. me is what
 * credentials say, whatever the sender wrote in them. Returns the hub's length, which may
 * be 0, or -CORE_EINVAL, -CORE_E2BIG.
 */
long freebsd_to_core_control(const u8 *in, u32 len, bool inet, const struct core_ucred *me, u8 *out,
			     u32 room);
/*
 * The other way: as many whole messages of the len bytes at in as fit into room, and *n
 * their length. Returns how many bytes of in were taken; what is left had no room.
 */
u64 core_to_freebsd_control(const u8 *in, u64 len, enum freebsd_creds creds, u8 *out, u32 room,
			    u32 *n);

#endif
