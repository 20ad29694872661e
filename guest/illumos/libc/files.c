/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/files.c: what is done to files beyond one plain call.
 *
 * A file's length is set by F_FREESP; its times by utimesys; an advisory lock of the BSD kind by
 * fcntl. Facts: usr/src/lib/libc/port/gen/{truncate,lockf,posix_fallocate}.c, port/sys/utimesys.c
 * of illumos; flock(3C).
 */
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mkdev.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>
#include <ustat.h>
#include <utime.h>

#include "guest/illumos/libc/libc.h"

#define WAIT(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(WAITING(nr, ##__VA_ARGS__));                                   \
	}
#define CALL(type, name, params, nr, ...)                                                          \
	EXPORT type name params                                                                    \
	{                                                                                          \
		return (type)result(SYSCALL(SYS_##nr, ##__VA_ARGS__));                             \
	}

WAIT(ssize_t, readv, (int fd, const struct iovec *v, int n), readv, fd, v, n)
WAIT(ssize_t, writev, (int fd, const struct iovec *v, int n), writev, fd, v, n)
/* On amd64 the offset is one argument and a second, its upper half of a 32-bit program, is zero. */
CALL(ssize_t, preadv, (int fd, const struct iovec *v, int n, off_t at), preadv, fd, v, n, at, 0)
CALL(ssize_t, pwritev, (int fd, const struct iovec *v, int n, off_t at), pwritev, fd, v, n, at, 0)

CALL(int, statvfs, (const char *path, struct statvfs *out), statvfs, path, out)
CALL(int, fstatvfs, (int fd, struct statvfs *out), fstatvfs, fd, out)
CALL(long, pathconf, (const char *path, int name), pathconf, path, name)
CALL(long, fpathconf, (int fd, int name), fpathconf, fd, name)
CALL(int, acct, (const char *path), acct, path)
CALL(int, ustat, (dev_t dev, struct ustat *out), utssys, out, dev, 2)
CALL(int, umount2, (const char *path, int flags), umount2, path, flags)
CALL(int, umount, (const char *path), umount2, path, 0)
CALL(int, mknodat, (int fd, const char *path, mode_t mode, dev_t dev), mknodat, fd, path, mode, dev)
CALL(int, fchroot, (int fd), fchroot, fd)
CALL(int, resolvepath, (const char *path, char *buf, size_t n), resolvepath, path, buf, n)

EXPORT int mkfifoat(int fd, const char *path, mode_t mode)
{
	return mknodat(fd, path, S_IFIFO | (mode & 07777), 0);
}

EXPORT int mkfifo(const char *path, mode_t mode)
{
	return mkfifoat(AT_FDCWD, path, mode);
}

/* ---- lengths and locks --------------------------------------------------------------------- */

EXPORT int ftruncate(int fd, off_t length)
{
	struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = length};

	return (int)result(SYSCALL(SYS_fcntl, fd, F_FREESP, &range));
}

EXPORT int truncate(const char *path, off_t length)
{
	int fd = (int)result(SYSCALL(SYS_openat, AT_FDCWD, path, O_WRONLY, 0));
	int r;

	if (fd < 0)
		return -1;
	r = ftruncate(fd, length);
	SYSCALL(SYS_close, fd);
	return r;
}

EXPORT int posix_fallocate(int fd, off_t from, off_t length)
{
	struct flock range = {.l_whence = SEEK_SET, .l_start = from, .l_len = length};

	if (from < 0 || length <= 0)
		return EINVAL;
	return SYSCALL(SYS_fcntl, fd, F_ALLOCSP, &range).error;
}

/* Advice that nothing follows, as in the original. */
EXPORT int posix_fadvise(int fd, off_t from, off_t length, int advice)
{
	struct stat st;
	struct syscall_answer r = SYSCALL(SYS_fstat, fd, &st);

	(void)from;
	if (r.error)
		return EBADF;
	if (S_ISFIFO(st.st_mode))
		return ESPIPE;
	return advice < POSIX_FADV_NORMAL || advice > POSIX_FADV_NOREUSE || length < 0 ? EINVAL : 0;
}

EXPORT int flock(int fd, int operation)
{
	struct flock range = {.l_whence = SEEK_SET};
	bool nowait;

	switch (operation & ~LOCK_NB) {
	case LOCK_SH:
		range.l_type = F_RDLCK;
		break;
	case LOCK_EX:
		range.l_type = F_WRLCK;
		break;
	case LOCK_UN:
		if (operation & LOCK_NB)
			return (int)fail_with(EINVAL);
		range.l_type = F_UNLCK;
		break;
	default:
		return (int)fail_with(EINVAL);
	}
	nowait = operation & LOCK_NB || range.l_type == F_UNLCK;
	return (int)result(SYSCALL(SYS_fcntl, fd, nowait ? F_FLOCK : F_FLOCKW, &range));
}

EXPORT int lockf(int fd, int function, off_t size)
{
	struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_len = size};
	int command = F_SETLK, r;

	switch (function) {
	case F_ULOCK:
		range.l_type = F_UNLCK;
		break;
	case F_LOCK:
		command = F_SETLKW;
		break;
	case F_TLOCK:
		break;
	case F_TEST:
		r = (int)result(SYSCALL(SYS_fcntl, fd, F_GETLK, &range));
		if (r == 0 && range.l_type != F_UNLCK)
			r = (int)fail_with(EAGAIN);
		return r;
	default:
		return (int)fail_with(EINVAL);
	}
	return (int)result(SYSCALL(SYS_fcntl, fd, command, &range));
}

/* ---- times --------------------------------------------------------------------------------- */

EXPORT int utimensat(int fd, const char *path, const struct timespec times[2], int flags)
{
	return (int)result(SYSCALL(SYS_utimesys, 1, fd, path, times, flags));
}

EXPORT int futimens(int fd, const struct timespec times[2])
{
	return (int)result(SYSCALL(SYS_utimesys, 0, fd, times));
}

static const struct timespec *nanoseconds(const struct timeval *tv, struct timespec out[2])
{
	for (int i = 0; tv && i < 2; i++)
		out[i] = (struct timespec){tv[i].tv_sec, tv[i].tv_usec * 1000};
	return tv ? out : NULL;
}

EXPORT int futimesat(int fd, const char *path, const struct timeval times[2])
{
	struct timespec ts[2];

	if (!path)
		return futimens(fd, nanoseconds(times, ts));
	return utimensat(fd, path, nanoseconds(times, ts), 0);
}

EXPORT int utimes(const char *path, const struct timeval times[2])
{
	return futimesat(AT_FDCWD, path, times);
}

EXPORT int futimes(int fd, const struct timeval times[2])
{
	struct timespec ts[2];

	return futimens(fd, nanoseconds(times, ts));
}

EXPORT int lutimes(const char *path, const struct timeval times[2])
{
	struct timespec ts[2];

	return utimensat(AT_FDCWD, path, nanoseconds(times, ts), AT_SYMLINK_NOFOLLOW);
}

EXPORT int utime(const char *path, const struct utimbuf *times)
{
	struct timespec ts[2];

	if (times) {
		ts[0] = (struct timespec){times->actime, 0};
		ts[1] = (struct timespec){times->modtime, 0};
	}
	return utimensat(AT_FDCWD, path, times ? ts : NULL, 0);
}

/* ---- device numbers: 32 bits each (sys/mkdev.h); version 1 is a 64-bit program's ------------ */

EXPORT dev_t __makedev(int version, uint32_t major, uint32_t minor)
{
	if (version != 1)
		return (dev_t)fail_with(EINVAL);
	return (dev_t)major << 32 | minor;
}

EXPORT uint32_t __major(int version, dev_t dev)
{
	if (version != 1 || dev == (dev_t)-1)
		return (uint32_t)fail_with(EINVAL);
	return (uint32_t)(dev >> 32);
}

EXPORT uint32_t __minor(int version, dev_t dev)
{
	if (version != 1 || dev == (dev_t)-1)
		return (uint32_t)fail_with(EINVAL);
	return (uint32_t)dev;
}

EXPORT int dup3(int from, int to, int flags)
{
	if (flags & ~O_CLOEXEC || from == to)
		return (int)fail_with(EINVAL);
	return (int)result(SYSCALL(SYS_fcntl, from, flags ? F_DUP2FD_CLOEXEC : F_DUP2FD, to));
}
