/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/control.h: the neutral control messages of sendmsg(2) and recvmsg(2), for whoever
 * rebuilds those of another ABI, and what names of unix sockets mean. Nothing here asks the
 * machine.
 */
#ifndef FB_CORE_CONTROL_H
#define FB_CORE_CONTROL_H

#include "core/abi.h"

/* Where messages are put, one behind the other. */
struct core_control {
	u8 *at;
	u64 room, len;
};

/* Room for a message with n bytes of data, its header filled in; NULL: there is none. */
u8 *core_control_add(struct core_control *o, i32 level, i32 type, u64 n);

/* The message at in; false when there is none. */
bool core_control_next(const u8 *in, u64 len, struct core_cmsghdr *h);

/* Puts the credentials, which come first, behind the other messages. */
void core_control_creds_last(u8 *in, u64 len);

/* The descriptors in control messages, one after the other. */
struct core_rights {
	const u8 *at;
	u64 left;
	u64 fds; /* bytes of descriptors left in the message at at */
	u64 next;
};
bool core_rights_next(struct core_rights *r, int *fd);

/* A name the hub made up for a unix socket (unix(7), autobind): NUL and five hexadecimal digits. */
bool core_unix_made_up(const char *path, size_t len);

#endif
