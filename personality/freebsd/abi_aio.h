/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/freebsd/abi_aio.h: aio(4). Facts: sys/aio.h, sys/_types.h; struct oaiocb and
 * osigevent of COMPAT_FREEBSD6 in sys/kern/vfs_aio.c. */
#ifndef FB_FREEBSD_ABI_AIO_H
#define FB_FREEBSD_ABI_AIO_H

#include "personality/freebsd/abi_signal.h"

#define FREEBSD_AIO_CANCELED	0x1
#define FREEBSD_AIO_NOTCANCELED 0x2
#define FREEBSD_AIO_ALLDONE	0x3
#define FREEBSD_LIO_NOP		0x0
#define FREEBSD_LIO_WRITE	0x1
#define FREEBSD_LIO_READ	0x2
#define FREEBSD_LIO_VECTORED	0x4
#define FREEBSD_LIO_WRITEV	(FREEBSD_LIO_WRITE | FREEBSD_LIO_VECTORED)
#define FREEBSD_LIO_READV	(FREEBSD_LIO_READ | FREEBSD_LIO_VECTORED)
#define FREEBSD_LIO_SYNC	0x8
#define FREEBSD_LIO_DSYNC	(0x10 | FREEBSD_LIO_SYNC)
#define FREEBSD_LIO_MLOCK	0x20
#define FREEBSD_LIO_NOWAIT	0
#define FREEBSD_LIO_WAIT	1

struct freebsd_aiocb {
	i32 aio_fildes;
	i32 pad0;
	i64 aio_offset;
	u64 aio_buf;	/* or iovecs, */
	u64 aio_nbytes; /* and how many */
	i32 spare[2];
	u64 spare2;
	i32 aio_lio_opcode;
	i32 aio_reqprio;
	i64 status; /* the kernel's: what aio_error and aio_return find of a refused request */
	i64 error;
	u64 kernelinfo;
	struct freebsd_sigevent aio_sigevent;
};
SIZE_ASSERT(struct freebsd_aiocb, 160);
OFFSET_ASSERT(struct freebsd_aiocb, status, 56);
OFFSET_ASSERT(struct freebsd_aiocb, aio_sigevent, 80);

struct freebsd6_sigevent {
	i32 sigev_notify;
	i32 sigev_signo;
	union freebsd_sigval sigev_value;
};
SIZE_ASSERT(struct freebsd6_sigevent, 16);

struct freebsd6_aiocb {
	i32 aio_fildes;
	i32 pad0;
	i64 aio_offset;
	u64 aio_buf;
	u64 aio_nbytes;
	struct freebsd6_sigevent aio_sigevent;
	i32 aio_lio_opcode;
	i32 aio_reqprio;
	i64 status;
	i64 error;
	u64 kernelinfo;
};
SIZE_ASSERT(struct freebsd6_aiocb, 80);
OFFSET_ASSERT(struct freebsd6_aiocb, status, 56);

#endif
