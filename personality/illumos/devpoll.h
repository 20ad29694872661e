/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/devpoll.h: /dev/poll, from open, write and ioctl. */
#ifndef FB_ILLUMOS_DEVPOLL_H
#define FB_ILLUMOS_DEVPOLL_H

#include "personality/illumos/illumos.h"

/* The path that could not be opened may be the device's; else -CORE_ENOENT. */
long illumos_devpoll_open(guest_ptr path, i32 flags);
/* A write that the host refused with EINVAL. */
long illumos_devpoll_write(int fd, guest_ptr buf, u64 n);
long illumos_devpoll_ioctl(struct core_thread *t, int fd, u32 request, guest_ptr arg);

#endif
