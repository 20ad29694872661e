/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket_note.h: what FreeBSD keeps in a socket and the hub does not.
 *
 * The notes belong to the process: a socket that came by exec or in a message has none.
 */
#ifndef FB_FREEBSD_SOCKET_NOTE_H
#define FB_FREEBSD_SOCKET_NOTE_H

#include "core/socket_note.h"
#include "personality/freebsd/convert_control.h"

#define FREEBSD_SOCKET_NOSIGPIPE  0x1  /* SO_NOSIGPIPE */
#define FREEBSD_SOCKET_CREDS	  0x2  /* LOCAL_CREDS */
#define FREEBSD_SOCKET_PERSISTENT 0x4  /* LOCAL_CREDS_PERSISTENT */
#define FREEBSD_SOCKET_LOW_PORT	  0x8  /* IP_PORTRANGE_LOW, and */
#define FREEBSD_SOCKET_HIGH_PORT  0x10 /* _HIGH, as IPV6_PORTRANGE says them too */

static inline bool freebsd_socket_noted(int fd, u32 flag)
{
	return (core_socket_notes(fd) & flag) != 0;
}

#endif
