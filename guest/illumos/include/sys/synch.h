/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/synch.h. */
#ifndef _FB_ILLUMOS_SYS_SYNCH_H
#define _FB_ILLUMOS_SYS_SYNCH_H

#include <synch.h>

#endif
