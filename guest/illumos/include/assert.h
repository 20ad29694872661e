/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/assert.h. */
#ifndef _FB_ILLUMOS_ASSERT_H
#define _FB_ILLUMOS_ASSERT_H

#include <sys/cdefs.h>

__BEGIN_DECLS
extern void __assert_c99(const char *, const char *, int, const char *) __NORETURN;
extern void __assert(const char *, const char *, int) __NORETURN;
__END_DECLS
#ifndef __cplusplus
#define static_assert _Static_assert
#endif

#endif

#undef assert
#ifdef NDEBUG
#define assert(what) ((void)0)
#else
#define assert(what) ((void)((what) || (__assert_c99(#what, __FILE__, __LINE__, __func__), 0)))
#endif
