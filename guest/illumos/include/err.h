/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/err.h. */
#ifndef _FB_ILLUMOS_ERR_H
#define _FB_ILLUMOS_ERR_H

#include <sys/cdefs.h>
#include <stdarg.h>

__BEGIN_DECLS
void err(int, const char *, ...) __NORETURN __PRINTF(2, 3);
void errx(int, const char *, ...) __NORETURN __PRINTF(2, 3);
void verr(int, const char *, va_list) __NORETURN;
void verrx(int, const char *, va_list) __NORETURN;
void warn(const char *, ...) __PRINTF(1, 2);
void warnx(const char *, ...) __PRINTF(1, 2);
void vwarn(const char *, va_list);
void vwarnx(const char *, va_list);
__END_DECLS

#endif
