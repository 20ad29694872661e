/* SPDX-License-Identifier: BSD-2-Clause */
/* What an asynchronous request ended with. Source: usr/src/uts/common/sys/aio.h. */
#ifndef _FB_ILLUMOS_SYS_AIO_H
#define _FB_ILLUMOS_SYS_AIO_H

#include <sys/types.h>

typedef struct aio_result_t {
	ssize_t aio_return;
	int aio_errno;
} aio_result_t;

#define AIOREAD	  0
#define AIOWRITE  1
#define AIOLIO	  7
#define AIOAREAD  11
#define AIOAWRITE 12
#define AIOFSYNC  20

#endif
