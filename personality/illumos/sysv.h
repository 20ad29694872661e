/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sysv.h: System V's messages, shared among the files about them.
 */
#ifndef FB_ILLUMOS_SYSV_H
#define FB_ILLUMOS_SYSV_H

#include "core/guest.h"

/* The messages of a type (0: of all; -n: of types up to n) into buf of size bytes. */
long illumos_msgsnap(int id, guest_ptr buf, u64 size, i64 type);

#endif
