/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/unistd.h. */
#ifndef _FB_ILLUMOS_SYS_UNISTD_H
#define _FB_ILLUMOS_SYS_UNISTD_H

#include <unistd.h>

#endif
