/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/socket.h: what the socket calls share among their files.
 */
#ifndef FB_FREEBSD_SOCKET_H
#define FB_FREEBSD_SOCKET_H

#include "core/guest.h"
#include "core/socket.h"
#include "core/thread.h"
#include "personality/freebsd/convert_socket.h"

/* The guest's address of len bytes; the hub's length, or an error of getsockaddr(). */
long freebsd_sockaddr_in(guest_ptr name, u32 len, struct core_sockaddr_storage *to);
/*
 * Writes an address of len bytes of the hub's to name, which has *room bytes, and leaves in
 * *room how many were written. 0 or -CORE_EFAULT.
 */
long freebsd_sockaddr_out(const struct core_sockaddr_storage *from, u32 len, guest_ptr name,
			  u32 *room);

/* The interrupted call is not to be restarted, whatever the handler says. */
static inline long freebsd_not_restarted(long r)
{
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

#endif
