/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/stdlib.h. */
#ifndef _FB_ILLUMOS_STDLIB_H
#define _FB_ILLUMOS_STDLIB_H

#include <sys/types.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

__BEGIN_DECLS
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void free(void *);
void *memalign(size_t, size_t);
void *aligned_alloc(size_t, size_t);
int posix_memalign(void **, size_t, size_t);
void *valloc(size_t);
void exit(int) __NORETURN;
void _Exit(int) __NORETURN;
void abort(void) __NORETURN;
int atexit(void (*)(void));
char *getenv(const char *);
const char *getexecname(void);
__END_DECLS

#endif
