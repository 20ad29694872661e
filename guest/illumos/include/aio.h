/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX's asynchronous input and output. Source: usr/src/head/aio.h. */
#ifndef _FB_ILLUMOS_AIO_H
#define _FB_ILLUMOS_AIO_H

#include <fcntl.h>
#include <sys/aiocb.h>
#include <time.h>

__BEGIN_DECLS
int aio_read(aiocb_t *);
int aio_write(aiocb_t *);
int lio_listio(int, aiocb_t *_RESTRICT_KYWD const *_RESTRICT_KYWD, int,
	       struct sigevent *_RESTRICT_KYWD);
int aio_error(const aiocb_t *);
ssize_t aio_return(aiocb_t *);
int aio_cancel(int, aiocb_t *);
int aio_suspend(const aiocb_t *const[], int, const struct timespec *);
int aio_fsync(int, aiocb_t *);
int aio_waitn(aiocb_t *[], uint_t, uint_t *, const struct timespec *);
__END_DECLS

#endif
