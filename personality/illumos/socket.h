/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/socket.h: what the socket calls share among their files.
 */
#ifndef FB_ILLUMOS_SOCKET_H
#define FB_ILLUMOS_SOCKET_H

#include "core/socket_note.h"
#include "core/guest.h"
#include "core/socket.h"
#include "personality/illumos/convert_socket.h"

/* The guest's address of len bytes for socket s; the hub's length or an error. */
long illumos_sockaddr_in(int s, guest_ptr name, u32 len, enum illumos_name_use use,
			 struct core_sockaddr_storage *to);
/*
 * Writes an address of len bytes of the hub's to name, which has room bytes, and how long it is to
 * namelen, unless that is NULL: the whole length, though less may have been written.
 */
long illumos_sockaddr_out(const struct core_sockaddr_storage *from, u32 len, guest_ptr name,
			  u32 room, guest_ptr namelen);

/* s is a socket: 0, -CORE_EBADF or -CORE_ENOTSOCK. */
long illumos_is_socket(int s);

/* What illumos keeps in a socket and the hub does not; the notes are the process's. */
#define ILLUMOS_SOCKET_DSTADDR	0x1 /* these four as in convert_control.h */
#define ILLUMOS_SOCKET_IF	0x2
#define ILLUMOS_SOCKET_PKTINFO	0x4
#define ILLUMOS_SOCKET_UCRED	0x8
#define ILLUMOS_SOCKET_ERRIND	0x10 /* SO_DGRAM_ERRIND */
#define ILLUMOS_SOCKET_LOOPBACK 0x20 /* SO_USELOOPBACK */
#define ILLUMOS_SOCKET_EXCLBIND 0x40

#endif
