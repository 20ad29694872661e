/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX's asynchronous requests. Source: usr/src/uts/common/sys/aiocb.h. */
#ifndef _FB_ILLUMOS_SYS_AIOCB_H
#define _FB_ILLUMOS_SYS_AIOCB_H

#include <signal.h>
#include <sys/aio.h>

typedef struct aiocb {
	int aio_fildes;
	volatile void *aio_buf;
	size_t aio_nbytes;
	off_t aio_offset;
	int aio_reqprio;
	struct sigevent aio_sigevent;
	int aio_lio_opcode;
	aio_result_t aio_resultp;
	int aio_state;
	int aio__pad[1];
} aiocb_t;

#define AIO_CANCELED	0
#define AIO_ALLDONE	1
#define AIO_NOTCANCELED 2

#define LIO_NOWAIT 0
#define LIO_WAIT   1

#define LIO_NOP	  0
#define LIO_READ  0x01
#define LIO_WRITE 0x02

#endif
