/* SPDX-License-Identifier: BSD-2-Clause */
/* Asynchronous requests of the system's own kind. Source: usr/src/uts/common/sys/asynch.h. */
#ifndef _FB_ILLUMOS_SYS_ASYNCH_H
#define _FB_ILLUMOS_SYS_ASYNCH_H

#include <sys/aio.h>
#include <sys/time.h>

#define AIO_INPROGRESS (-2)
#define MAXASYNCHIO    200

__BEGIN_DECLS
int aioread(int, caddr_t, int, off_t, int, aio_result_t *);
int aiowrite(int, caddr_t, int, off_t, int, aio_result_t *);
int aiocancel(aio_result_t *);
aio_result_t *aiowait(struct timeval *);
__END_DECLS

#endif
