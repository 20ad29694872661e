/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/memory.h. */
#ifndef _FB_ILLUMOS_MEMORY_H
#define _FB_ILLUMOS_MEMORY_H

#include <string.h>

#endif
