/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/iconv.h. */
#ifndef _FB_ILLUMOS_ICONV_H
#define _FB_ILLUMOS_ICONV_H

#include <sys/types.h>

typedef struct _iconv_info *iconv_t;

__BEGIN_DECLS
iconv_t iconv_open(const char *, const char *);
size_t iconv(iconv_t, const char **_RESTRICT_KYWD, size_t *_RESTRICT_KYWD, char **_RESTRICT_KYWD,
	     size_t *_RESTRICT_KYWD);
int iconv_close(iconv_t);
__END_DECLS

#endif
