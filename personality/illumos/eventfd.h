/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/eventfd.h: /dev/eventfd and /dev/timerfd, from open and ioctl. */
#ifndef FB_ILLUMOS_EVENTFD_H
#define FB_ILLUMOS_EVENTFD_H

#include "personality/illumos/illumos.h"

/* The path that could not be opened may be one of these devices; else -CORE_ENOENT. */
long illumos_eventfd_open(guest_ptr path, i32 flags);
/* Requests 'e'<<24|'f'<<16|'d'<<8|n and 't'<<24|'f'<<16|'d'<<8|n. */
long illumos_eventfd_ioctl(int fd, u32 request, guest_ptr arg);

#endif
