/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/ioctl.h. */
#ifndef _FB_ILLUMOS_SYS_IOCTL_H
#define _FB_ILLUMOS_SYS_IOCTL_H

#include <sys/types.h>
#include <sys/ttycom.h>
#include <sys/filio.h>
#include <unistd.h>

#endif
