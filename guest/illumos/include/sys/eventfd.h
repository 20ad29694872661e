/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/uts/common/sys/eventfd.h, eventfd(3C). */
#ifndef _FB_ILLUMOS_SYS_EVENTFD_H
#define _FB_ILLUMOS_SYS_EVENTFD_H

#include <stdint.h>
#include <sys/cdefs.h>

typedef uint64_t eventfd_t;

#define EFD_CLOEXEC   02000000
#define EFD_NONBLOCK  04000
#define EFD_SEMAPHORE 1

__BEGIN_DECLS
int eventfd(unsigned, int);
int eventfd_read(int, eventfd_t *);
int eventfd_write(int, eventfd_t);
__END_DECLS

#endif
