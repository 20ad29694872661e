/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sendfile.c: from a file to a descriptor. Facts: sendfile(3EXT),
 * usr/src/lib/libsendfile, usr/src/uts/common/sys/sendfile.h.
 */
#include "guest/illumos/libc/libc.h"

/* sendfilevec_t */
struct piece {
	int fd;
	unsigned flag;
	off_t offset;
	size_t length;
};

EXPORT ssize_t sendfilev(int fd, const struct piece *v, int count, size_t *done)
{
	return result(SYSCALL(SYS_sendfilev, 0, fd, v, count, done));
}

EXPORT ssize_t sendfile(int out, int in, off_t *offset, size_t n)
{
	struct piece v = {.fd = in, .length = n};
	size_t done = 0;
	ssize_t r;

	/* Without an offset it begins where the file stands, and the file moves. */
	v.offset = offset ? *offset : (off_t)result(SYSCALL(SYS_lseek, in, 0, 1));
	if (v.offset < 0)
		return -1;
	r = sendfilev(out, &v, 1, &done);
	if (offset)
		*offset += (off_t)done;
	else
		SYSCALL(SYS_lseek, in, v.offset + (off_t)done, 0);
	if (r < 0 && done && (errno == EINTR || errno == EAGAIN))
		return (ssize_t)done;
	return r < 0 ? r : (ssize_t)done;
}
