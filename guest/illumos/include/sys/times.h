/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/times.h. */
#ifndef _FB_ILLUMOS_SYS_TIMES_H
#define _FB_ILLUMOS_SYS_TIMES_H

#include <sys/types.h>

struct tms {
	clock_t tms_utime, tms_stime, tms_cutime, tms_cstime;
};

__BEGIN_DECLS
clock_t times(struct tms *);
__END_DECLS

#endif
