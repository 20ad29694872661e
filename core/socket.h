/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/socket.h: what personalities ask of a socket to answer as their kernels would, where the
 * machine's answer differs. Everything here is asked only after a failure or at a rare call.
 */
#ifndef FB_CORE_SOCKET_H
#define FB_CORE_SOCKET_H

#include "core/thread.h"

/* An int option at the hub's SOL_SOCKET; negative: the error. */
long core_socket_option(int fd, int name);
bool core_socket_connected(int fd);
/* A stream socket that never had a peer: it has no port either. */
bool core_socket_never_connected(int fd);
/*
 * A unix stream whose peer went without having read everything: the hub says so once, as TCP
 * would; others have but the end of file, which is what asking again brings.
 */
bool core_socket_only_closed(int fd);
void core_socket_raise_sigpipe(struct core_thread *t);
/* Closes the descriptors in len bytes of control messages. */
void core_socket_close_rights(const u8 *control, u64 len);

static inline bool core_socket_is(int fd, int name, int value)
{
	return core_socket_option(fd, name) == value;
}

static inline bool core_socket_ask_again(int fd, long r)
{
	return UNLIKELY(r == -CORE_ECONNRESET) && core_socket_only_closed(fd);
}

#endif
