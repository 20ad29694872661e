/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/tty.h: terminals as each system numbers them: sys/_termios.h, sys/ttycom.h of
 * FreeBSD; asm-generic/termbits.h, asm-generic/ioctls.h of Linux.
 */
#ifndef FB_TESTS_GUEST_TTY_H
#define FB_TESTS_GUEST_TTY_H

#include "guest.h"

#ifdef __FreeBSD__
#define SYS_posix_openpt 504
#define SYS_getsid	 310

#define TIOCGPTN   0x4004740f
#define TIOCGETA   0x402c7413
#define TIOCSETA   0x802c7414
#define TIOCSETAF  0x802c7416
#define TIOCSCTTY  0x20007461
#define TIOCGSID   0x40047463
#define TIOCGWINSZ 0x40087468
#define TIOCSWINSZ 0x80087467
#define TIOCSPGRP  0x80047476
#define TIOCGPGRP  0x40047477
#define TIOCPKT	   0x80047470
#define TIOCOUTQ   0x40047473
#define FIONREAD   0x4004667f

#define ISTRIP	0x20
#define INLCR	0x40
#define IGNCR	0x80
#define ICRNL	0x100
#define IXON	0x200
#define OPOST	0x1
#define ONLCR	0x2
#define OXTABS	0x4
#define OCRNL	0x10
#define ECHOKE	0x1
#define ECHOE	0x2
#define ECHOK	0x4
#define ECHO	0x8
#define ECHONL	0x10
#define ECHOCTL 0x40
#define ISIG	0x80
#define ICANON	0x100
#define IEXTEN	0x400
#define TOSTOP	0x400000
#define NOFLSH	0x80000000u

#define VEOF	 0
#define VERASE	 3
#define VWERASE	 4
#define VKILL	 5
#define VINTR	 8
#define VQUIT	 9
#define VSUSP	 10
#define VLNEXT	 14
#define VMIN	 16
#define VTIME	 17
#define DISABLED 0xff

struct termios {
	u32 iflag, oflag, cflag, lflag;
	u8 cc[20];
	u32 ispeed, ospeed;
};
#elif defined(__sun__)
#define SYS_getpgrp SYS_pgrpsys, 0
#define SYS_getsid  SYS_pgrpsys, 2
#define SYS_setsid  SYS_pgrpsys, 3
#define SYS_setpgid SYS_pgrpsys, 5
#define WUNTRACED   4

#define TIOCGETA   0x540d /* TCGETS and its like */
#define TIOCSETA   0x540e
#define TIOCSETAF  0x5410
#define TIOCSCTTY  0x7484
#define TIOCGSID   0x7416
#define TIOCGWINSZ 0x5468
#define TIOCSWINSZ 0x5467
#define TIOCSPGRP  0x7415
#define TIOCGPGRP  0x7414
#define TIOCOUTQ   0x7473
#define FIONREAD   0x4004667f
#define I_STR	   0x5308
#define UNLKPT	   0x5002

#define ISTRIP	040
#define INLCR	0100
#define IGNCR	0200
#define ICRNL	0400
#define IXON	02000
#define OPOST	01
#define ONLCR	04
#define OXTABS	014000
#define OCRNL	010
#define ECHOKE	04000
#define ECHOE	020
#define ECHOK	040
#define ECHO	010
#define ECHONL	0100
#define ECHOCTL 01000
#define ISIG	01
#define ICANON	02
#define IEXTEN	0100000
#define TOSTOP	0400
#define NOFLSH	0200

#define VINTR	 0
#define VQUIT	 1
#define VERASE	 2
#define VKILL	 3
#define VEOF	 4
#define VMIN	 4
#define VTIME	 5
#define VSUSP	 10
#define VWERASE	 14
#define VLNEXT	 15
#define DISABLED 0

struct termios {
	u32 iflag, oflag, cflag, lflag;
	u8 cc[19];
};
#else
#define SYS_getpgrp __NR_getpgrp
#define SYS_getsid  __NR_getsid
#define SYS_setsid  __NR_setsid
#define SYS_setpgid __NR_setpgid
#define SYS_ioctl   __NR_ioctl

#define TIOCGPTN   0x80045430
#define TIOCSPTLCK 0x40045431
#define TIOCGETA   0x802c542a /* TCGETS2 and its like */
#define TIOCSETA   0x402c542b
#define TIOCSETAF  0x402c542d
#define TIOCSCTTY  0x540e
#define TIOCGSID   0x5429
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414
#define TIOCSPGRP  0x5410
#define TIOCGPGRP  0x540f
#define TIOCPKT	   0x5420
#define TIOCOUTQ   0x5411
#define FIONREAD   0x541b

#define ISTRIP	040
#define INLCR	0100
#define IGNCR	0200
#define ICRNL	0400
#define IXON	02000
#define OPOST	01
#define ONLCR	04
#define OXTABS	014000
#define OCRNL	010
#define ECHOKE	04000
#define ECHOE	020
#define ECHOK	040
#define ECHO	010
#define ECHONL	0100
#define ECHOCTL 01000
#define ISIG	01
#define ICANON	02
#define IEXTEN	0100000
#define TOSTOP	0400
#define NOFLSH	0200

#define VINTR	 0
#define VQUIT	 1
#define VERASE	 2
#define VKILL	 3
#define VEOF	 4
#define VTIME	 5
#define VMIN	 6
#define VSUSP	 10
#define VWERASE	 14
#define VLNEXT	 15
#define DISABLED 0

struct termios {
	u32 iflag, oflag, cflag, lflag;
	u8 line, cc[19];
	u32 ispeed, ospeed;
};
#endif

struct winsize {
	u16 row, col, xpixel, ypixel;
};

static inline long ioctl(int fd, unsigned long request, void *argument)
{
	return result(sys(SYS_ioctl, fd, request, argument));
}

/* A master, and its slave in *slave. */
static inline int open_terminal(int *slave)
{
	char path[16] = "/dev/pts/";
	u32 number = 0, at = 9, unit = 1000;
#ifdef __FreeBSD__
	int master = (int)sys(SYS_posix_openpt, O_RDWR | O_NOCTTY);
#elif defined(__sun__)
	struct {
		int cmd, timeout, len;
		void *data;
	} unlock = {UNLKPT, 0, 0, NULL};
	struct stat st;
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);

	ioctl(master, I_STR, &unlock);
	fstat(master, &st);
	number = (u32)st.st_rdev; /* the minor number is the lower half */
#else
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY), unlocked = 0;

	ioctl(master, TIOCSPTLCK, &unlocked);
#endif
#ifndef __sun__
	ioctl(master, TIOCGPTN, &number);
#endif
	while (unit > 1 && number < unit)
		unit /= 10;
	for (; unit; unit /= 10)
		path[at++] = (char)('0' + number / unit % 10);
	*slave = open(path, O_RDWR | O_NOCTTY);
	return master;
}

#endif
