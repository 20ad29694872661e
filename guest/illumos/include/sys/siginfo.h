/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/siginfo.h. */
#ifndef _FB_ILLUMOS_SYS_SIGINFO_H
#define _FB_ILLUMOS_SYS_SIGINFO_H

#include <signal.h>

#endif
