/* SPDX-License-Identifier: BSD-2-Clause */
/* Vectors. Source: usr/src/uts/common/sys/uio.h. */
#ifndef _FB_ILLUMOS_SYS_UIO_H
#define _FB_ILLUMOS_SYS_UIO_H

#include <sys/types.h>

typedef struct iovec {
	void *iov_base;
	size_t iov_len;
} iovec_t;

__BEGIN_DECLS
ssize_t readv(int, const struct iovec *, int);
ssize_t writev(int, const struct iovec *, int);
ssize_t preadv(int, const struct iovec *, int, off_t);
ssize_t pwritev(int, const struct iovec *, int, off_t);
__END_DECLS

#endif
