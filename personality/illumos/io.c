/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/io.c: moving bytes. Facts: read(2), write(2),
 * usr/src/uts/common/syscall/rw.c.
 */
#include "personality/illumos/devpoll.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/procfs.h"

/* A length beyond what a result can say is no length (SSIZE_MAX). */
static bool bad_length(u64 n)
{
	return (i64)n < 0;
}

long illumos_read(struct core_thread *t, FD fd, OUT buf, SIZE nbyte)
{
	(void)t;
	return bad_length(nbyte) ? -CORE_EINVAL : EXO(read, fd, buf.addr, nbyte);
}

long illumos_write(struct core_thread *t, FD fd, IN buf, SIZE nbyte)
{
	long r;

	if (bad_length(nbyte))
		return -CORE_EINVAL;
	r = EXO(write, fd, buf.addr, nbyte);
	if (UNLIKELY(r == -CORE_EBADF))
		return illumos_procfs_control(t, fd, buf, nbyte);
	return UNLIKELY(r == -CORE_EINVAL) ? illumos_devpoll_write(fd, buf, nbyte) : r;
}

long illumos_pread(struct core_thread *t, FD fd, OUT buf, SIZE nbyte, OFF offset)
{
	(void)t;
	return bad_length(nbyte) ? -CORE_EINVAL : EXO(pread64, fd, buf.addr, nbyte, offset);
}

long illumos_pwrite(struct core_thread *t, FD fd, IN buf, SIZE nbyte, OFF offset)
{
	(void)t;
	return bad_length(nbyte) ? -CORE_EINVAL : EXO(pwrite64, fd, buf.addr, nbyte, offset);
}

#define IOV_MAX 1024 /* since 2015; 16 before */

long illumos_readv(struct core_thread *t, FD fd, IN iov, INT iovcnt)
{
	(void)t;
	return iovcnt <= 0 || iovcnt > IOV_MAX ? -CORE_EINVAL : EXO(readv, fd, iov.addr, iovcnt);
}

/* Each part is of whole messages here; a program that splits one is told EINVAL. */
static long control_parts(struct core_thread *t, int fd, guest_ptr iov, i32 iovcnt)
{
	u64 part[2];
	long r = -CORE_EBADF, all = 0;

	for (i32 i = 0; i < iovcnt; i++) {
		if (copy_from_guest(part, gp(iov.addr + (u64)i * sizeof(part)), sizeof(part)) < 0)
			return -CORE_EFAULT;
		r = illumos_procfs_control(t, fd, gp(illumos_fence(part[0])), part[1]);
		if (r < 0)
			return r;
		all += r;
	}
	return all;
}

long illumos_writev(struct core_thread *t, FD fd, IN iov, INT iovcnt)
{
	long r;

	if (iovcnt <= 0 || iovcnt > IOV_MAX)
		return -CORE_EINVAL;
	r = EXO(writev, fd, iov.addr, iovcnt);
	return UNLIKELY(r == -CORE_EBADF) ? control_parts(t, fd, iov, iovcnt) : r;
}

/* The offset comes in two halves of 32 bits, of which the first may be all of it (preadv of
 * usr/src/uts/common/syscall/rw.c of 2014). */
static i64 whole_offset(i64 low, i64 high)
{
	return (i64)((u64)high << 32 | (u64)low);
}

long illumos_preadv(struct core_thread *t, FD fd, IN iov, INT iovcnt, OFF off, OFF extended)
{
	(void)t;
	if (iovcnt <= 0 || iovcnt > IOV_MAX)
		return -CORE_EINVAL;
	return EXO(preadv, fd, iov.addr, iovcnt, whole_offset(off, extended), 0);
}

long illumos_pwritev(struct core_thread *t, FD fd, IN iov, INT iovcnt, OFF off, OFF extended)
{
	(void)t;
	if (iovcnt <= 0 || iovcnt > IOV_MAX)
		return -CORE_EINVAL;
	return EXO(pwritev, fd, iov.addr, iovcnt, whole_offset(off, extended), 0);
}

long illumos_lseek(struct core_thread *t, FD fd, OFF offset, INT whence)
{
	(void)t;
	return EXO(lseek, fd, offset, whence);
}
