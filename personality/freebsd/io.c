/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/io.c: moving bytes, and the lengths and contents of open files.
 *
 * Arguments and buffers are the hub's; what little differs is said where it does. Facts:
 * read(2), lseek(2), posix_fallocate(2), copy_file_range(2) of FreeBSD 14.
 */
#include "personality/freebsd/abi_file.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/result.h"
#include "personality/freebsd/socket.h"
#include "personality/freebsd/socket_note.h"
#include "personality/freebsd/tty.h"
#include "personality/freebsd/vector.h"

long freebsd_read(struct core_thread *t, FD fd, OUT buf, SIZE nbyte)
{
	long r = freebsd_length(&nbyte);

	(void)t;
	if (r < 0)
		return r;
	do
		r = EXO(read, fd, buf.addr, nbyte);
	while (core_socket_ask_again(fd, r));
	return UNLIKELY(r == -CORE_EIO) ? freebsd_tty_read_error(fd) : r;
}

long freebsd_write(struct core_thread *t, FD fd, IN buf, SIZE nbyte)
{
	long r = freebsd_length(&nbyte);

	if (r < 0)
		return r;
	if (freebsd_socket_noted(fd, FREEBSD_SOCKET_NOSIGPIPE))
		return freebsd_sendto(t, fd, buf, nbyte, FREEBSD_MSG_NOSIGNAL, gp(0), 0);
	r = EXO(write, fd, buf.addr, nbyte);
	return UNLIKELY(r == -CORE_EIO) ? freebsd_tty_write_error(fd) : r;
}

long freebsd_pread(struct core_thread *t, FD fd, OUT buf, SIZE nbyte, OFF offset)
{
	long r = freebsd_length(&nbyte);

	(void)t;
	return r < 0 ? r : EXO(pread64, fd, buf.addr, nbyte, offset);
}

long freebsd_pwrite(struct core_thread *t, FD fd, IN buf, SIZE nbyte, OFF offset)
{
	long r = freebsd_length(&nbyte);

	(void)t;
	return r < 0 ? r : EXO(pwrite64, fd, buf.addr, nbyte, offset);
}

long freebsd_readv(struct core_thread *t, FD fd, IN iovp, UINT iovcnt)
{
	struct freebsd_vector v;
	long r = freebsd_vector_begin(&v, iovp, iovcnt);

	(void)t;
	if (r < 0)
		return r;
	do
		r = EXO(readv, fd, v.iov, iovcnt);
	while (core_socket_ask_again(fd, r));
	freebsd_vector_end(&v);
	return UNLIKELY(r == -CORE_EIO) ? freebsd_tty_read_error(fd) : r;
}

long freebsd_writev(struct core_thread *t, FD fd, IN iovp, UINT iovcnt)
{
	struct core_msghdr msg = {.msg_iovlen = iovcnt};
	struct freebsd_vector v;
	long r = freebsd_vector_begin(&v, iovp, iovcnt);

	(void)t;
	if (r < 0)
		return r;
	msg.msg_iov = v.iov;
	if (freebsd_socket_noted(fd, FREEBSD_SOCKET_NOSIGPIPE))
		r = EXO(sendmsg, fd, &msg, CORE_MSG_NOSIGNAL);
	else
		r = EXO(writev, fd, v.iov, iovcnt);
	freebsd_vector_end(&v);
	return UNLIKELY(r == -CORE_EIO) ? freebsd_tty_write_error(fd) : r;
}

long freebsd_preadv(struct core_thread *t, FD fd, IN iovp, UINT iovcnt, OFF offset)
{
	struct freebsd_vector v;
	long r = freebsd_vector_begin(&v, iovp, iovcnt);

	(void)t;
	if (r < 0)
		return r;
	r = EXO(preadv, fd, v.iov, iovcnt, offset);
	freebsd_vector_end(&v);
	return r;
}

long freebsd_pwritev(struct core_thread *t, FD fd, IN iovp, UINT iovcnt, OFF offset)
{
	struct freebsd_vector v;
	long r = freebsd_vector_begin(&v, iovp, iovcnt);

	(void)t;
	if (r < 0)
		return r;
	r = EXO(pwritev, fd, v.iov, iovcnt, offset);
	freebsd_vector_end(&v);
	return r;
}

long freebsd_lseek(struct core_thread *t, FD fd, OFF offset, INT whence)
{
	(void)t;
	return EXO(lseek, fd, offset, whence);
}

/* Devices and named pipes keep what they are, and nobody complains (ufs_setattr). */
static bool has_no_size(u32 mode)
{
	switch (mode & CORE_S_IFMT) {
	case CORE_S_IFIFO:
	case CORE_S_IFCHR:
	case CORE_S_IFBLK:
	case CORE_S_IFSOCK:
		return true;
	default:
		return false;
	}
}

static long truncate_special(guest_ptr path)
{
	struct core_stat st;
	long r = EXO(stat, path.addr, &st);

	if (r < 0)
		return r;
	if (!has_no_size(st.st_mode))
		return -CORE_EINVAL;
	return EXO(faccessat2, CORE_AT_FDCWD, path.addr, CORE_W_OK, CORE_AT_EACCESS);
}

/* A socket's descriptor, and an unnamed pipe's, is not a file's. */
static long ftruncate_special(int fd)
{
	struct core_statfs fs;
	struct core_stat st;

	if (EXO_NOW(fstat, fd, &st) < 0 || !has_no_size(st.st_mode) ||
	    (st.st_mode & CORE_S_IFMT) == CORE_S_IFSOCK || EXO_NOW(fstatfs, fd, &fs) < 0 ||
	    fs.f_type == CORE_PIPEFS_MAGIC ||
	    (EXO_NOW(fcntl, fd, CORE_F_GETFL) & CORE_O_ACCMODE) == CORE_O_RDONLY)
		return -CORE_EINVAL;
	return 0;
}

long freebsd_truncate(struct core_thread *t, PATH path, OFF length)
{
	long r = EXO(truncate, path.addr, length);

	(void)t;
	return UNLIKELY(r == -CORE_EINVAL && length >= 0) ? truncate_special(path) : r;
}

long freebsd_ftruncate(struct core_thread *t, FD fd, OFF length)
{
	long r = EXO(ftruncate, fd, length);

	(void)t;
	return UNLIKELY(r == -CORE_EINVAL && length >= 0) ? ftruncate_special(fd) : r;
}

/* The padded arguments of FreeBSD 6, for programs that old. */

long freebsd_freebsd6_pread(struct core_thread *t, FD fd, OUT buf, SIZE nbyte, INT pad, OFF offset)
{
	(void)pad;
	return freebsd_pread(t, fd, buf, nbyte, offset);
}

long freebsd_freebsd6_pwrite(struct core_thread *t, FD fd, IN buf, SIZE nbyte, INT pad, OFF offset)
{
	(void)pad;
	return freebsd_pwrite(t, fd, buf, nbyte, offset);
}

long freebsd_freebsd6_lseek(struct core_thread *t, FD fd, INT pad, OFF offset, INT whence)
{
	(void)pad;
	return freebsd_lseek(t, fd, offset, whence);
}

long freebsd_freebsd6_truncate(struct core_thread *t, PATH path, INT pad, OFF length)
{
	(void)pad;
	return freebsd_truncate(t, path, length);
}

long freebsd_freebsd6_ftruncate(struct core_thread *t, FD fd, INT pad, OFF length)
{
	(void)pad;
	return freebsd_ftruncate(t, fd, length);
}

long freebsd_fsync(struct core_thread *t, FD fd)
{
	(void)t;
	return EXO(fsync, fd);
}

long freebsd_fdatasync(struct core_thread *t, FD fd)
{
	(void)t;
	return EXO(fdatasync, fd);
}

long freebsd_sync(struct core_thread *t)
{
	(void)t;
	return EXO(sync);
}

/* A range of a file becomes a hole; the rest is told: what lies beyond the end needs none. */
long freebsd_fspacectl(struct core_thread *t, FD fd, INT cmd, IN rqsr, HEX flags, OUT rmsr)
{
	struct {
		i64 offset, len;
	} range;
	struct core_stat st;
	long r;

	(void)t;
	if (copy_from_guest(&range, rqsr, sizeof(range)) < 0)
		return -CORE_EFAULT;
	if (cmd != 1 /* SPACECTL_DEALLOC */ || flags || range.offset < 0 || range.len <= 0 ||
	    range.len > INT64_MAX - range.offset)
		return -CORE_EINVAL;
	if (exo_fd_hidden(fd))
		return -CORE_EBADF;
	r = EXO(fstat, fd, &st);
	if (r < 0)
		return r;
	if ((st.st_mode & CORE_S_IFMT) != CORE_S_IFREG)
		return (st.st_mode & CORE_S_IFMT) == CORE_S_IFIFO ? -CORE_ESPIPE : -CORE_ENODEV;
	r = EXO(fallocate, fd, CORE_FALLOC_FL_PUNCH_HOLE | CORE_FALLOC_FL_KEEP_SIZE, range.offset,
		range.len);
	if (r < 0 || !rmsr.addr)
		return r;
	range.offset += MIN(range.len, MAX(st.st_size - range.offset, 0));
	range.len = 0;
	return copy_to_guest(rmsr, &range, sizeof(range));
}

long freebsd_posix_fallocate(struct core_thread *t, FD fd, OFF offset, OFF len)
{
	(void)t;
	return freebsd_error_as_value(EXO(fallocate, fd, 0, offset, len));
}

/* Advice is numbered alike, and about regular files alone. */
static long advise(int fd, i64 offset, i64 len, int advice)
{
	struct core_stat st;
	long r;

	if (offset < 0 || len < 0 || offset > INT64_MAX - len || advice < 0 ||
	    advice > FREEBSD_POSIX_FADV_NOREUSE)
		return -CORE_EINVAL;
	r = EXO(fstat, fd, &st);
	if (r < 0)
		return r;
	switch (st.st_mode & CORE_S_IFMT) {
	case CORE_S_IFREG:
		return EXO(fadvise64, fd, offset, len, advice);
	case CORE_S_IFIFO:
	case CORE_S_IFSOCK:
		return -CORE_ESPIPE;
	default:
		return -CORE_ENODEV;
	}
}

long freebsd_posix_fadvise(struct core_thread *t, FD fd, OFF offset, OFF len, INT advice)
{
	(void)t;
	return freebsd_error_as_value(advise(fd, offset, len, advice));
}

/* ---- copy_file_range ------------------------------------------------------------ */

#define COPY_CHUNK 1024
#define COPY_MOST  (64 * 1024) /* a short count is an answer; signals get their turn */

/* Where to copy from or to: the guest's offset word, or -1 for the file's own. */
static long copy_offset(guest_ptr p, i64 *offset)
{
	*offset = -1;
	if (!p.addr)
		return 0;
	if (guest_read_u64(p, (u64 *)offset) < 0)
		return -CORE_EFAULT;
	return *offset < 0 ? -CORE_EINVAL : 0;
}

/* Across file systems, where the hub may decline and FreeBSD does it. */
static long copy_by_hand(int in, guest_ptr inoffp, int out, guest_ptr outoffp, u64 len)
{
	u8 buf[COPY_CHUNK];
	i64 from, to;
	u64 done = 0;
	long r = copy_offset(inoffp, &from);

	if (r == 0)
		r = copy_offset(outoffp, &to);
	while (r >= 0 && done < MIN(len, (u64)COPY_MOST)) {
		u64 want = MIN(len - done, (u64)sizeof(buf));

		r = from < 0 ? EXO(read, in, buf, want) : EXO(pread64, in, buf, want, from);
		if (r <= 0)
			break;
		want = (u64)r;
		r = to < 0 ? EXO(write, out, buf, want) : EXO(pwrite64, out, buf, want, to);
		if (r < 0) {
			if (from < 0)
				EXO_NOW(lseek, in, -(i64)want, CORE_SEEK_CUR);
			break;
		}
		if ((u64)r < want && from < 0)
			EXO_NOW(lseek, in, r - (i64)want, CORE_SEEK_CUR);
		done += (u64)r;
		from += from < 0 ? 0 : r;
		to += to < 0 ? 0 : r;
		if ((u64)r < want)
			break;
	}
	if (r < 0 && done == 0)
		return r;
	if ((inoffp.addr && guest_write_u64(inoffp, (u64)from) < 0) ||
	    (outoffp.addr && guest_write_u64(outoffp, (u64)to) < 0))
		return -CORE_EFAULT;
	return (long)done;
}

long freebsd_copy_file_range(struct core_thread *t, FD infd, INOUT inoffp, FD outfd, INOUT outoffp,
			     SIZE len, HEX flags)
{
	long r;

	(void)t;
	if (flags)
		return -CORE_EINVAL;
	r = EXO(copy_file_range, infd, inoffp.addr, outfd, outoffp.addr, len, 0);
	if (r == -CORE_EXDEV || r == -CORE_EOPNOTSUPP)
		return copy_by_hand(infd, inoffp, outfd, outoffp, len);
	return r == -CORE_EOVERFLOW ? -CORE_EINVAL : r; /* a negative offset */
}
