/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/termios.h. */
#ifndef _FB_ILLUMOS_SYS_TERMIOS_H
#define _FB_ILLUMOS_SYS_TERMIOS_H

#include <termios.h>

#endif
