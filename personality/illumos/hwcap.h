/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/hwcap.h: what the processor can do, in the words of AT_SUN_HWCAP.
 */
#ifndef FB_ILLUMOS_HWCAP_H
#define FB_ILLUMOS_HWCAP_H

#include "lib/base.h"

struct illumos_hwcap {
	u32 word1, word2; /* AV_386_*, AV_386_2_* of sys/auxv_386.h */
};

void illumos_hwcap(struct illumos_hwcap *out);

#endif
