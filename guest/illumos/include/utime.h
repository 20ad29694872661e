/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/utime.h. */
#ifndef _FB_ILLUMOS_UTIME_H
#define _FB_ILLUMOS_UTIME_H

#include <sys/types.h>

struct utimbuf {
	time_t actime, modtime;
};

__BEGIN_DECLS
int utime(const char *, const struct utimbuf *);
__END_DECLS

#endif
