/* SPDX-License-Identifier: BSD-2-Clause */
/* Device numbers. Source: usr/src/uts/common/sys/mkdev.h. */
#ifndef _FB_ILLUMOS_SYS_MKDEV_H
#define _FB_ILLUMOS_SYS_MKDEV_H

#include <sys/types.h>

#define makedev(major, minor) (__makedev(1, major, minor))
#define major(dev)	      (__major(1, dev))
#define minor(dev)	      (__minor(1, dev))

__BEGIN_DECLS
dev_t __makedev(int, uint32_t, uint32_t);
uint32_t __major(int, dev_t);
uint32_t __minor(int, dev_t);
__END_DECLS

#endif
