/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_control.h: the control messages of sendmsg and recvmsg.
 *
 * A program of before XPG4.2 has descriptors alone there, without a header (msg_accrights).
 * Sender's credentials come with every message to a socket that asked for them, and cannot be sent.
 *
 * Facts: usr/src/uts/common/fs/sockfs/socksubr.c (so_getfdopt, so_opt2cmsg, so_cmsglen),
 * inet/ip/conn_opt.c (conn_recvancillary_add), ip(4P), ip6(4P).
 */
#ifndef FB_ILLUMOS_CONVERT_CONTROL_H
#define FB_ILLUMOS_CONVERT_CONTROL_H

#include "core/control.h"
#include "personality/illumos/abi_socket.h"

/* What of the hub's IP_PKTINFO the guest asked for, and more that its messages depend on. */
#define ILLUMOS_CONTROL_DSTADDR 0x1
#define ILLUMOS_CONTROL_IF	0x2
#define ILLUMOS_CONTROL_PKTINFO 0x4
#define ILLUMOS_CONTROL_UCRED	0x8

/*
 * len bytes of the guest's messages at in, rebuilt in out, which has room bytes. inet: for an
 * internet socket, else a unix one. Returns the hub's length, or -CORE_EINVAL, -CORE_E2BIG.
 */
long illumos_to_core_control(const u8 *in, u32 len, bool xpg, bool inet, u8 *out, u32 room);

/* Where a message becomes one of another size than the hub's: a sender's credentials. */
u32 illumos_ucred_build(const struct core_ucred *from, u8 *out, u32 room);

struct illumos_control {
	u32 want; /* ILLUMOS_CONTROL_... */
	bool xpg;
	u32 room;  /* of the guest's */
	u32 len;   /* of what was built; the padding of the last message is not counted */
	u64 taken; /* how much of the hub's has a place in it */
};

/* The other way: as many whole messages as fit into room; out is that long. */
void core_to_illumos_control(const u8 *in, u64 len, u8 *out, struct illumos_control *c);

#endif
