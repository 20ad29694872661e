/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/tty.c: ioctls of terminals. Facts: termio(7I), ptm(7D),
 * usr/src/uts/common/io/ {ldterm,ptem,ptm,tty_common}.c.
 */
#include "lib/mem.h"
#include "personality/illumos/convert_tty.h"
#include "personality/illumos/ioctl.h"

#define PTMX core_makedev(5, 2)

u64 illumos_tty_rdev(int fd, u64 rdev)
{
	u32 number;

	if (LIKELY(rdev != PTMX) || EXO_NOW(ioctl, fd, CORE_TIOCGPTN, &number) < 0)
		return rdev;
	return core_makedev(5, number);
}

static long get(int fd, struct core_termios *core)
{
	memset(core, 0, sizeof(*core));
	return EXO(ioctl, fd, CORE_TCGETS, core);
}

static long get_settings(int fd, guest_ptr arg, bool old)
{
	struct illumos_termios now;
	struct illumos_termio brief;
	struct core_termios core;
	long r = get(fd, &core);

	if (r < 0)
		return r;
	core_to_illumos_termios(&core, &now);
	if (!old)
		return copy_to_guest(arg, &now, sizeof(now));
	illumos_to_termio(&now, &brief);
	return copy_to_guest(arg, &brief, sizeof(brief));
}

static long set_settings(int fd, guest_ptr arg, u32 request, bool old)
{
	struct illumos_termios wanted;
	struct illumos_termio brief;
	struct core_termios core;
	long r = get(fd, &core);

	if (r < 0)
		return r;
	core_to_illumos_termios(&core, &wanted);
	if (old) {
		if (copy_from_guest(&brief, arg, sizeof(brief)) < 0)
			return -CORE_EFAULT;
		illumos_from_termio(&brief, &wanted);
	} else if (copy_from_guest(&wanted, arg, sizeof(wanted)) < 0) {
		return -CORE_EFAULT;
	}
	illumos_to_core_termios(&wanted, &core);
	return EXO(ioctl, fd, request, &core);
}

/* Through an int in the guest's memory, which has the hub's form. */
static long pass(int fd, u32 request, guest_ptr arg)
{
	return EXO(ioctl, fd, request, arg.addr);
}

static long flush(int fd, guest_ptr arg)
{
	u32 which; /* FREAD 1, FWRITE 2; 0: both */

	if (guest_read_u32(arg, &which) < 0)
		return -CORE_EFAULT;
	return EXO(ioctl, fd, CORE_TCFLSH,
		   which == 1	? CORE_TCIFLUSH
		   : which == 2 ? CORE_TCOFLUSH
				: CORE_TCIOFLUSH);
}

long illumos_tty_ioctl(int fd, u32 request, guest_ptr arg)
{
	switch (request) {
	case ILLUMOS_TCGETA:
	case ILLUMOS_TCGETS:
		return get_settings(fd, arg, request == ILLUMOS_TCGETA);
	case ILLUMOS_TCSETA:
	case ILLUMOS_TCSETAW:
	case ILLUMOS_TCSETAF: /* in the hub's order */
		return set_settings(fd, arg, CORE_TCSETS + (request - ILLUMOS_TCSETA), true);
	case ILLUMOS_TCSETS:
	case ILLUMOS_TCSETSW:
	case ILLUMOS_TCSETSF:
		return set_settings(fd, arg, CORE_TCSETS + (request - ILLUMOS_TCSETS), false);
	case ILLUMOS_TCSBRK:
		return EXO(ioctl, fd, CORE_TCSBRK, arg.addr);
	case ILLUMOS_TCXONC:
		return EXO(ioctl, fd, CORE_TCXONC, arg.addr);
	case ILLUMOS_TCFLSH:
		return EXO(ioctl, fd, CORE_TCFLSH, arg.addr);
	case ILLUMOS_TIOCFLUSH:
		return flush(fd, arg);
	case ILLUMOS_TIOCSTOP:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOOFF);
	case ILLUMOS_TIOCSTART:
		return EXO(ioctl, fd, CORE_TCXONC, CORE_TCOON);
	case ILLUMOS_TIOCGWINSZ:
		return pass(fd, CORE_TIOCGWINSZ, arg);
	case ILLUMOS_TIOCSWINSZ:
		return pass(fd, CORE_TIOCSWINSZ, arg);
	case ILLUMOS_TIOCGPGRP:
		return pass(fd, CORE_TIOCGPGRP, arg);
	case ILLUMOS_TIOCSPGRP:
		return pass(fd, CORE_TIOCSPGRP, arg);
	case ILLUMOS_TIOCGSID:
		return pass(fd, CORE_TIOCGSID, arg);
	case ILLUMOS_TIOCSTI:
		return pass(fd, CORE_TIOCSTI, arg);
	case ILLUMOS_TIOCOUTQ:
		return pass(fd, CORE_TIOCOUTQ, arg);
	case ILLUMOS_TIOCMGET:
		return pass(fd, CORE_TIOCMGET, arg);
	case ILLUMOS_TIOCMSET:
		return pass(fd, CORE_TIOCMSET, arg);
	case ILLUMOS_TIOCMBIS:
		return pass(fd, CORE_TIOCMBIS, arg);
	case ILLUMOS_TIOCMBIC:
		return pass(fd, CORE_TIOCMBIC, arg);
	case ILLUMOS_TIOCEXCL:
		return EXO(ioctl, fd, CORE_TIOCEXCL, 0);
	case ILLUMOS_TIOCNXCL:
		return EXO(ioctl, fd, CORE_TIOCNXCL, 0);
	case ILLUMOS_TIOCSCTTY:
		return EXO(ioctl, fd, CORE_TIOCSCTTY, 0);
	case ILLUMOS_TIOCNOTTY:
		return EXO(ioctl, fd, CORE_TIOCNOTTY, 0);
	case ILLUMOS_TIOCSBRK:
		return EXO(ioctl, fd, CORE_TIOCSBRK, 0);
	case ILLUMOS_TIOCCBRK:
		return EXO(ioctl, fd, CORE_TIOCCBRK, 0);
	default:
		return -CORE_ENOTTY;
	}
}
