/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/libgen.h. */
#ifndef _FB_ILLUMOS_LIBGEN_H
#define _FB_ILLUMOS_LIBGEN_H

#include <sys/cdefs.h>

__BEGIN_DECLS
char *basename(char *);
char *dirname(char *);
__END_DECLS

#endif
