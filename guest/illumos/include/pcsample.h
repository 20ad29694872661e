/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a program is. Source: usr/src/head/pcsample.h. */
#ifndef _FB_ILLUMOS_PCSAMPLE_H
#define _FB_ILLUMOS_PCSAMPLE_H

#include <sys/types.h>

__BEGIN_DECLS
long pcsample(uintptr_t *, long);
__END_DECLS

#endif
