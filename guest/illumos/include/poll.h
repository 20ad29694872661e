/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/poll.h. */
#ifndef _FB_ILLUMOS_POLL_H
#define _FB_ILLUMOS_POLL_H

#include <sys/poll.h>

#endif
