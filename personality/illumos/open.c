/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/open.c: opening, duplicating and closing descriptors.
 *
 * Facts: open(2), fcntl(2), usr/src/uts/common/syscall/{open,fcntl,pipe}.c.
 */
#include "core/fd.h"
#include "personality/illumos/convert_file.h"
#include "personality/illumos/illumos.h"

static long open_at(int fd, guest_ptr path, i32 flags, u32 mode)
{
	i32 core;

	if (!illumos_to_core_oflags(flags, &core))
		return -CORE_EINVAL;
	return EXO(openat, illumos_to_core_atfd(fd), path.addr, core, mode);
}

long illumos_open(struct core_thread *t, PATH path, OFLAGS oflag, MODE mode)
{
	(void)t;
	return open_at(ILLUMOS_AT_FDCWD, path, oflag, mode);
}

long illumos_openat(struct core_thread *t, FD fd, PATH path, OFLAGS oflag, MODE mode)
{
	(void)t;
	return open_at(fd, path, oflag, mode);
}

long illumos_close(struct core_thread *t, FD fd)
{
	(void)t;
	return core_close(fd);
}

static long dup_to(int fd, u64 arg, bool cloexec)
{
	i32 to = (i32)arg;
	long r;

	if (to != fd)
		return core_dup2(fd, to, cloexec ? CORE_O_CLOEXEC : 0);
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	r = EXO(fcntl, fd, CORE_F_GETFD);
	if (r >= 0 && cloexec)
		r = EXO(fcntl, fd, CORE_F_SETFD, CORE_FD_CLOEXEC);
	return r < 0 ? r : fd;
}

static long set_flags(int fd, u64 arg)
{
	i32 core;

	if (!illumos_to_core_oflags((i32)arg, &core))
		return -CORE_EINVAL;
	return EXO(fcntl, fd, CORE_F_SETFL, core);
}

long illumos_fcntl(struct core_thread *t, FD fd, INT cmd, ULONG arg, ULONG arg2)
{
	long r;

	(void)t, (void)arg2;
	if (core_fd_hidden(fd))
		return -CORE_EBADF;
	switch (cmd) {
	case ILLUMOS_F_DUPFD:
	case ILLUMOS_F_DUPFD_CLOEXEC:
		return core_dup_from(fd, (i32)arg, cmd == ILLUMOS_F_DUPFD_CLOEXEC);
	case ILLUMOS_F_DUP2FD:
	case ILLUMOS_F_DUP2FD_CLOEXEC:
		return dup_to(fd, arg, cmd == ILLUMOS_F_DUP2FD_CLOEXEC);
	case ILLUMOS_F_GETFD:
		return EXO(fcntl, fd, CORE_F_GETFD);
	case ILLUMOS_F_SETFD:
		return EXO(fcntl, fd, CORE_F_SETFD, arg & ILLUMOS_FD_CLOEXEC ? CORE_FD_CLOEXEC : 0);
	case ILLUMOS_F_GETFL:
	case ILLUMOS_F_GETXFL:
		r = EXO(fcntl, fd, CORE_F_GETFL);
		return r < 0 ? r : core_to_illumos_oflags((i32)r);
	case ILLUMOS_F_SETFL:
		return set_flags(fd, arg);
	default:
		return -CORE_EINVAL;
	}
}

long illumos_pipe(struct core_thread *t, OUT fildes, HEX flags)
{
	i32 core;

	(void)t;
	if (flags & ~(u32)(ILLUMOS_O_CLOEXEC | ILLUMOS_O_NONBLOCK))
		return -CORE_EINVAL;
	illumos_to_core_oflags((i32)flags, &core);
	return EXO(pipe2, fildes.addr, core);
}
