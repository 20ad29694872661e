/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/malloc.h. */
#ifndef _FB_ILLUMOS_MALLOC_H
#define _FB_ILLUMOS_MALLOC_H

#include <stdlib.h>

__BEGIN_DECLS
size_t malloc_usable_size(void *);
__END_DECLS

#endif
