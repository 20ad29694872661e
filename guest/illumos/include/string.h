/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/string.h. */
#ifndef _FB_ILLUMOS_STRING_H
#define _FB_ILLUMOS_STRING_H

#include <sys/types.h>

__BEGIN_DECLS
void *memcpy(void *_RESTRICT_KYWD, const void *_RESTRICT_KYWD, size_t);
void *memmove(void *, const void *, size_t);
void *memset(void *, int, size_t);
int memcmp(const void *, const void *, size_t);
size_t strlen(const char *);
int strncmp(const char *, const char *, size_t);
size_t strlcpy(char *, const char *, size_t);
__END_DECLS

#endif
