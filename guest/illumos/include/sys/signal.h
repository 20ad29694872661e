/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals. */
#ifndef _FB_ILLUMOS_SYS_SIGNAL_H
#define _FB_ILLUMOS_SYS_SIGNAL_H

#include <signal.h>

#endif
