/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/illumos/ioctl.h: requests by their groups. */
#ifndef FB_ILLUMOS_IOCTL_H
#define FB_ILLUMOS_IOCTL_H

#include "personality/illumos/abi_tty.h"
#include "personality/illumos/illumos.h"

long illumos_tty_ioctl(int fd, u32 request, guest_ptr arg);    /* 'T', 't' */
long illumos_stream_ioctl(int fd, u32 request, guest_ptr arg); /* 'S' */

long illumos_if_ioctl(int fd, u32 request, guest_ptr arg); /* 'i' */

/* What a device's number is there: a pseudo-terminal's master has its slave's. */
u64 illumos_tty_rdev(int fd, u64 rdev);

#endif
