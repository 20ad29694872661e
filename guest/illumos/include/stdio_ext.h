/* SPDX-License-Identifier: BSD-2-Clause */
/* What a stream is doing. Source: usr/src/head/stdio_ext.h. */
#ifndef _FB_ILLUMOS_STDIO_EXT_H
#define _FB_ILLUMOS_STDIO_EXT_H

#include <stdio.h>

#define FSETLOCKING_QUERY    0
#define FSETLOCKING_INTERNAL 1
#define FSETLOCKING_BYCALLER 2

__BEGIN_DECLS
size_t __fbufsize(FILE *);
int __flbf(FILE *);
size_t __fpending(FILE *);
void __fpurge(FILE *);
int __freadable(FILE *);
int __freading(FILE *);
int __fwritable(FILE *);
int __fwriting(FILE *);
int __fsetlocking(FILE *, int);
void _flushlbf(void);
__END_DECLS

#endif
