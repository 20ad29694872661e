/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/strings.h. */
#ifndef _FB_ILLUMOS_STRINGS_H
#define _FB_ILLUMOS_STRINGS_H

#include <sys/types.h>

__BEGIN_DECLS
int bcmp(const void *, const void *, size_t);
void bcopy(const void *, void *, size_t);
void bzero(void *, size_t);
char *index(const char *, int);
char *rindex(const char *, int);
int strcasecmp(const char *, const char *);
int strncasecmp(const char *, const char *, size_t);
int ffs(int);
int ffsl(long);
int ffsll(long long);
__END_DECLS

#endif
