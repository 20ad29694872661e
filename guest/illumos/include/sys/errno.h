/* SPDX-License-Identifier: BSD-2-Clause */
/* Error numbers. */
#ifndef _FB_ILLUMOS_SYS_ERRNO_H
#define _FB_ILLUMOS_SYS_ERRNO_H

#include <errno.h>

#endif
