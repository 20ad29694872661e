/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/wait.h. */
#ifndef _FB_ILLUMOS_WAIT_H
#define _FB_ILLUMOS_WAIT_H

#include <sys/wait.h>

#endif
