/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/ustat.h, usr/src/uts/common/sys/ustat.h. */
#ifndef _FB_ILLUMOS_USTAT_H
#define _FB_ILLUMOS_USTAT_H

#include <sys/types.h>

struct ustat {
	daddr_t f_tfree;
	ino_t f_tinode;
	char f_fname[6], f_fpack[6];
};

__BEGIN_DECLS
int ustat(dev_t, struct ustat *);
__END_DECLS

#endif
