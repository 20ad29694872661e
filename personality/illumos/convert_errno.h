/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_errno.h: error numbers, both ways, from errno.def.
 */
#ifndef FB_ILLUMOS_CONVERT_ERRNO_H
#define FB_ILLUMOS_CONVERT_ERRNO_H

#include "personality/errors.h"

/* ILLUMOS_EPERM ... */
enum {
#define ILLUMOS_E(name, number, core) ILLUMOS_##name = number,
#define ILLUMOS_E_FROM_CORE(name, core)
#include "personality/illumos/errno.def"
#undef ILLUMOS_E
#undef ILLUMOS_E_FROM_CORE
};

/* Numbers of illumos's alone, as a handler returns them: their carriers in errno.def. */
#define CORE_ILLUMOS_ENOTSUP	   CORE_EKEYREJECTED
#define CORE_ILLUMOS_EDEADLOCK	   CORE_ENOKEY
#define CORE_ILLUMOS_ELOCKUNMAPPED CORE_EKEYEXPIRED
#define CORE_ILLUMOS_ENOTACTIVE	   CORE_EKEYREVOKED

/* By neutral number: illumos's, or 0 where the neutral number is no error. */
extern const i16 illumos_errno_from_core[ERRORS_COUNT];

/* A positive neutral number; 0 stays 0, and what nobody knows becomes EINVAL. */
int core_to_illumos_errno(int core);
int illumos_to_core_errno(int number);

#endif
