/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/alloca.h. */
#ifndef _FB_ILLUMOS_ALLOCA_H
#define _FB_ILLUMOS_ALLOCA_H

#define alloca(n) __builtin_alloca(n)

#endif
