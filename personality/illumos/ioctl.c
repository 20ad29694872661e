/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/ioctl.c: ioctl(2): requests of every descriptor, and which group has the
 * rest.
 *
 * Facts: usr/src/uts/common/syscall/ioctl.c, sys/{filio,sockio}.h; stty and gtty are old names
 * for two of a terminal's.
 */
#include "personality/illumos/ioctl.h"
#include "core/fd.h"
#include "core/socket.h"
#include "exo/note.h"
#include "personality/illumos/contract.h"
#include "personality/illumos/devpoll.h"
#include "personality/illumos/eventfd.h"

static long set_flag(int fd, guest_ptr arg, long flag)
{
	long fl = EXO(fcntl, fd, CORE_F_GETFL);
	u32 on;

	if (fl < 0)
		return fl;
	if (guest_read_u32(arg, &on) < 0)
		return -CORE_EFAULT;
	return EXO(fcntl, fd, CORE_F_SETFL, on ? fl | flag : fl & ~flag);
}

static long set_owner(int fd, guest_ptr arg)
{
	u32 pid;

	if (guest_read_u32(arg, &pid) < 0)
		return -CORE_EFAULT;
	return EXO(fcntl, fd, CORE_F_SETOWN, (i32)pid);
}

static long get_owner(int fd, guest_ptr arg)
{
	long r = EXO(fcntl, fd, CORE_F_GETOWN);

	return r < 0 ? r : guest_write_u32(arg, (u32)r);
}

static long readable(int fd, guest_ptr arg)
{
	struct core_stat st;
	long r = EXO(ioctl, fd, CORE_FIONREAD, arg.addr), at;

	if (r != -CORE_ENOTTY || EXO_NOW(fstat, fd, &st) < 0)
		return r;
	/* Files know as well: what is left of one. */
	at = EXO(lseek, fd, 0, CORE_SEEK_CUR);
	if (at < 0)
		return r;
	return guest_write_u32(arg, (u32)MIN(MAX(st.st_size - at, 0L), (long)INT32_MAX));
}

static long of_any(int fd, u32 request, guest_ptr arg)
{
	switch (request) {
	case ILLUMOS_FIOCLEX:
		return EXO(fcntl, fd, CORE_F_SETFD, CORE_FD_CLOEXEC);
	case ILLUMOS_FIONCLEX:
		return EXO(fcntl, fd, CORE_F_SETFD, 0);
	case ILLUMOS_FIONREAD:
		return readable(fd, arg);
	case ILLUMOS_FIONBIO:
		return set_flag(fd, arg, CORE_O_NONBLOCK);
	case ILLUMOS_FIOASYNC:
		return set_flag(fd, arg, CORE_O_ASYNC);
	case ILLUMOS_FIOSETOWN:
	case ILLUMOS_SIOCSPGRP:
		return set_owner(fd, arg);
	case ILLUMOS_FIOGETOWN:
	case ILLUMOS_SIOCGPGRP:
		return get_owner(fd, arg);
	case ILLUMOS_SIOCATMARK:
		return EXO(ioctl, fd, CORE_SIOCATMARK, arg.addr);
	default:
		exo_note(ROOM_PERSONALITY, NOTE_WARN, "ioctl %x is not known", request);
		return -CORE_ENOTTY;
	}
}

long illumos_ioctl(struct core_thread *t, FD fd, IOCTL request, INOUT arg)
{
	long r = core_fd_hidden(fd) ? -CORE_EBADF : EXO(fcntl, fd, CORE_F_GETFD);

	if (r < 0)
		return r;
	if (UNLIKELY((u32)request >> 16 == ILLUMOS_CTFS_PREFIX))
		return illumos_ctfs_ioctl(t, fd, (u32)request, arg);
	switch ((u32)request >> 8 & 0xff) {
	case 0xd0:
		return illumos_devpoll_ioctl(t, fd, (u32)request, arg);
	case 'd':
		return illumos_eventfd_ioctl(fd, (u32)request, arg);
	case 'T':
	case 't':
		return illumos_tty_ioctl(fd, (u32)request, arg);
	case 'i':
		return illumos_if_ioctl(fd, (u32)request, arg);
	case 'S':
		return illumos_stream_ioctl(fd, (u32)request, arg);
	default:
		return of_any(fd, (u32)request, arg);
	}
}

/* TIOCSETP and TIOCGETP of Version 7, which ttcompat would translate. */
long illumos_stty(struct core_thread *t, FD fd, IN arg)
{
	(void)t, (void)arg;
	return core_fd_hidden(fd) || EXO(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF : -CORE_ENOTTY;
}

long illumos_gtty(struct core_thread *t, FD fd, OUT arg)
{
	return illumos_stty(t, fd, arg);
}
