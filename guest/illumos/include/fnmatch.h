/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/fnmatch.h. */
#ifndef _FB_ILLUMOS_FNMATCH_H
#define _FB_ILLUMOS_FNMATCH_H

#include <sys/cdefs.h>

#define FNM_PATHNAME   0x01
#define FNM_NOESCAPE   0x02
#define FNM_PERIOD     0x04
#define FNM_IGNORECASE 0x08
#define FNM_CASEFOLD   FNM_IGNORECASE
#define FNM_NOMATCH    1
#define FNM_NOSYS      3

__BEGIN_DECLS
int fnmatch(const char *, const char *, int);
__END_DECLS

#endif
