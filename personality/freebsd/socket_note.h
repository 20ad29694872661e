/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket_note.h: what FreeBSD keeps in a socket and the hub does not.
 *
 * The notes belong to the process: a socket that came by exec or in a message has none.
 */
#ifndef FB_FREEBSD_SOCKET_NOTE_H
#define FB_FREEBSD_SOCKET_NOTE_H

#include "lib/base.h"
#include "personality/freebsd/convert_control.h"

#define FREEBSD_SOCKET_NOSIGPIPE  0x1  /* SO_NOSIGPIPE */
#define FREEBSD_SOCKET_CREDS	  0x2  /* LOCAL_CREDS */
#define FREEBSD_SOCKET_PERSISTENT 0x4  /* LOCAL_CREDS_PERSISTENT */
#define FREEBSD_SOCKET_LOW_PORT	  0x8  /* IP_PORTRANGE_LOW, and */
#define FREEBSD_SOCKET_HIGH_PORT  0x10 /* _HIGH, as IPV6_PORTRANGE says them too */

extern u32 freebsd_socket_notes; /* how many there are */

u32 freebsd_socket_note_flags(int fd);
/* Sets and clears flags; 0 or -CORE_ENOMEM. */
long freebsd_socket_note(int fd, u32 set, u32 clear);

static inline bool freebsd_socket_noted(int fd, u32 flag)
{
	return UNLIKELY(__atomic_load_n(&freebsd_socket_notes, __ATOMIC_RELAXED)) &&
	       (freebsd_socket_note_flags(fd) & flag);
}

#endif
