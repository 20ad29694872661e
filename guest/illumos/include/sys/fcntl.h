/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/fcntl.h. */
#ifndef _FB_ILLUMOS_SYS_FCNTL_H
#define _FB_ILLUMOS_SYS_FCNTL_H

#include <fcntl.h>

#endif
