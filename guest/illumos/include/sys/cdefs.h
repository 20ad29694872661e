/* SPDX-License-Identifier: BSD-2-Clause */
/* Declarations that C++ can use. */
#ifndef _FB_ILLUMOS_SYS_CDEFS_H
#define _FB_ILLUMOS_SYS_CDEFS_H

#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS   }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
#define __NORETURN	      __attribute__((__noreturn__))
#define __RETURNS_TWICE	      __attribute__((__returns_twice__))
#define __PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define __SCANF(text, first)  __attribute__((__format__(__scanf__, text, first)))
#ifdef __cplusplus
#define _RESTRICT_KYWD
#else
#define _RESTRICT_KYWD restrict
#endif

#endif
