/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/setjmp.h, iso/setjmp_iso.h. */
#ifndef _FB_ILLUMOS_SETJMP_H
#define _FB_ILLUMOS_SETJMP_H

#include <sys/cdefs.h>

#define _JBLEN	  8
#define _SIGJBLEN 128

typedef long jmp_buf[_JBLEN];
typedef long sigjmp_buf[_SIGJBLEN];

__BEGIN_DECLS
int setjmp(jmp_buf) __RETURNS_TWICE;
int _setjmp(jmp_buf) __RETURNS_TWICE;
void longjmp(jmp_buf, int) __NORETURN;
void _longjmp(jmp_buf, int) __NORETURN;
int sigsetjmp(sigjmp_buf, int) __RETURNS_TWICE;
void siglongjmp(sigjmp_buf, int) __NORETURN;
__END_DECLS
#define setjmp(env) setjmp(env)

#endif
