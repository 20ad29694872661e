/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/tty.h: what the calls on descriptors ask of those of terminals.
 */
#ifndef FB_FREEBSD_TTY_H
#define FB_FREEBSD_TTY_H

#include "core/abi.h"
#include "core/guest_ptr.h"

enum freebsd_tty_kind {
	FREEBSD_TTY_NONE,  /* no terminal */
	FREEBSD_TTY_LINE,  /* a line, a console */
	FREEBSD_TTY_SLAVE, /* of a pseudo-terminal */
	FREEBSD_TTY_MASTER,
};
enum freebsd_tty_kind freebsd_tty_kind(int fd);
/* The device is a slave: devpts has these major numbers on the hub. */
static inline bool freebsd_tty_is_pts(u64 rdev)
{
	return core_dev_major(rdev) >= 136 && core_dev_major(rdev) <= 143;
}

/* ioctl(2) of group 't'. */
long freebsd_tty_ioctl(int fd, u32 request, guest_ptr data);
/* What -CORE_EIO of a read or a write means there, if fd is a terminal: see tty.c. */
long freebsd_tty_read_error(int fd);
long freebsd_tty_write_error(int fd);
/* ^T's line about the foreground process group, put out as the terminal's output. */
long freebsd_tty_status(int fd);

#endif
