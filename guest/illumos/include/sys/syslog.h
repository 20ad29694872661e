/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/syslog.h. */
#ifndef _FB_ILLUMOS_SYS_SYSLOG_H
#define _FB_ILLUMOS_SYS_SYSLOG_H

#include <syslog.h>

#endif
