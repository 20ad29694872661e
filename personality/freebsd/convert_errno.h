/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_errno.h: error numbers, both ways, from errno.def.
 */
#ifndef FB_FREEBSD_CONVERT_ERRNO_H
#define FB_FREEBSD_CONVERT_ERRNO_H

#include "personality/errors.h"

/* FREEBSD_EPERM ... */
enum {
#define FBSD_E(name, number, core) FREEBSD_##name = number,
#define FBSD_E_FROM_CORE(name, core)
#include "personality/freebsd/errno.def"
#undef FBSD_E
#undef FBSD_E_FROM_CORE
};

/* By neutral number: FreeBSD's, or 0 where the neutral number is no error. */
extern const i16 freebsd_errno_from_core[ERRORS_COUNT];

/* A positive neutral number; 0 stays 0, and what nobody knows becomes EINVAL. */
int core_to_freebsd_errno(int core);
int freebsd_to_core_errno(int number);

#endif
