/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_tty.h: terminals and the ioctls every descriptor has,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/_termios.h, sys/ttycom.h,
 * sys/filio.h, termios.h.
 */
#ifndef FB_FREEBSD_ABI_TTY_H
#define FB_FREEBSD_ABI_TTY_H

#include "core/abi_types.h"

/* Indices of c_cc (sys/_termios.h) */
#define FREEBSD_VEOF	       0
#define FREEBSD_VEOL	       1
#define FREEBSD_VEOL2	       2
#define FREEBSD_VERASE	       3
#define FREEBSD_VWERASE	       4
#define FREEBSD_VKILL	       5
#define FREEBSD_VREPRINT       6
#define FREEBSD_VERASE2	       7
#define FREEBSD_VINTR	       8
#define FREEBSD_VQUIT	       9
#define FREEBSD_VSUSP	       10
#define FREEBSD_VDSUSP	       11
#define FREEBSD_VSTART	       12
#define FREEBSD_VSTOP	       13
#define FREEBSD_VLNEXT	       14
#define FREEBSD_VDISCARD       15
#define FREEBSD_VMIN	       16
#define FREEBSD_VTIME	       17
#define FREEBSD_VSTATUS	       18
#define FREEBSD_NCCS	       20
#define FREEBSD_POSIX_VDISABLE 255

/* termios flags and speeds (sys/_termios.h) */
#define FREEBSD_IGNBRK	   0x1
#define FREEBSD_BRKINT	   0x2
#define FREEBSD_IGNPAR	   0x4
#define FREEBSD_PARMRK	   0x8
#define FREEBSD_INPCK	   0x10
#define FREEBSD_ISTRIP	   0x20
#define FREEBSD_INLCR	   0x40
#define FREEBSD_IGNCR	   0x80
#define FREEBSD_ICRNL	   0x100
#define FREEBSD_IXON	   0x200
#define FREEBSD_IXOFF	   0x400
#define FREEBSD_IXANY	   0x800
#define FREEBSD_IMAXBEL	   0x2000
#define FREEBSD_IUTF8	   0x4000
#define FREEBSD_OPOST	   0x1
#define FREEBSD_ONLCR	   0x2
#define FREEBSD_TABDLY	   0x4
#define FREEBSD_TAB0	   0x0
#define FREEBSD_TAB3	   0x4
#define FREEBSD_ONOEOT	   0x8
#define FREEBSD_OCRNL	   0x10
#define FREEBSD_ONOCR	   0x20
#define FREEBSD_ONLRET	   0x40
#define FREEBSD_CIGNORE	   0x1
#define FREEBSD_CSIZE	   0x300
#define FREEBSD_CS5	   0x0
#define FREEBSD_CS6	   0x100
#define FREEBSD_CS7	   0x200
#define FREEBSD_CS8	   0x300
#define FREEBSD_CSTOPB	   0x400
#define FREEBSD_CREAD	   0x800
#define FREEBSD_PARENB	   0x1000
#define FREEBSD_PARODD	   0x2000
#define FREEBSD_HUPCL	   0x4000
#define FREEBSD_CLOCAL	   0x8000
#define FREEBSD_CCTS_OFLOW 0x10000
#define FREEBSD_CRTS_IFLOW 0x20000
#define FREEBSD_CRTSCTS	   0x30000
#define FREEBSD_CDTR_IFLOW 0x40000
#define FREEBSD_CDSR_OFLOW 0x80000
#define FREEBSD_CCAR_OFLOW 0x100000
#define FREEBSD_CNO_RTSDTR 0x200000
#define FREEBSD_ECHOKE	   0x1
#define FREEBSD_ECHOE	   0x2
#define FREEBSD_ECHOK	   0x4
#define FREEBSD_ECHO	   0x8
#define FREEBSD_ECHONL	   0x10
#define FREEBSD_ECHOPRT	   0x20
#define FREEBSD_ECHOCTL	   0x40
#define FREEBSD_ISIG	   0x80
#define FREEBSD_ICANON	   0x100
#define FREEBSD_ALTWERASE  0x200
#define FREEBSD_IEXTEN	   0x400
#define FREEBSD_EXTPROC	   0x800
#define FREEBSD_TOSTOP	   0x400000
#define FREEBSD_FLUSHO	   0x800000
#define FREEBSD_NOKERNINFO 0x2000000
#define FREEBSD_PENDIN	   0x20000000
#define FREEBSD_NOFLSH	   0x80000000u
#define FREEBSD_B0	   0x0
#define FREEBSD_B50	   0x32
#define FREEBSD_B75	   0x4b
#define FREEBSD_B110	   0x6e
#define FREEBSD_B134	   0x86
#define FREEBSD_B150	   0x96
#define FREEBSD_B200	   0xc8
#define FREEBSD_B300	   0x12c
#define FREEBSD_B600	   0x258
#define FREEBSD_B1200	   0x4b0
#define FREEBSD_B1800	   0x708
#define FREEBSD_B2400	   0x960
#define FREEBSD_B4800	   0x12c0
#define FREEBSD_B9600	   0x2580
#define FREEBSD_B19200	   0x4b00
#define FREEBSD_B38400	   0x9600
#define FREEBSD_B7200	   0x1c20
#define FREEBSD_B14400	   0x3840
#define FREEBSD_B28800	   0x7080
#define FREEBSD_B57600	   0xe100
#define FREEBSD_B76800	   0x12c00
#define FREEBSD_B115200	   0x1c200
#define FREEBSD_B230400	   0x38400
#define FREEBSD_B460800	   0x70800
#define FREEBSD_B500000	   0x7a120
#define FREEBSD_B921600	   0xe1000
#define FREEBSD_B1000000   0xf4240
#define FREEBSD_B1500000   0x16e360
#define FREEBSD_B2000000   0x1e8480
#define FREEBSD_B2500000   0x2625a0
#define FREEBSD_B3000000   0x2dc6c0
#define FREEBSD_B3500000   0x3567e0
#define FREEBSD_B4000000   0x3d0900

/* Terminal ioctls (sys/ttycom.h) */
#define FREEBSD_TIOCEXCL	   0x2000740d
#define FREEBSD_TTYDISC		   0
#define FREEBSD_TIOCNXCL	   0x2000740e
#define FREEBSD_TIOCGPTN	   0x4004740f
#define FREEBSD_TIOCFLUSH	   0x80047410u
#define FREEBSD_TIOCGETA	   0x402c7413
#define FREEBSD_TIOCSETA	   0x802c7414u
#define FREEBSD_TIOCSETAW	   0x802c7415u
#define FREEBSD_TIOCSETAF	   0x802c7416u
#define FREEBSD_TIOCGETD	   0x4004741a
#define FREEBSD_TIOCSETD	   0x8004741bu
#define FREEBSD_TIOCPTMASTER	   0x2000741c
#define FREEBSD_TIOCGDRAINWAIT	   0x40047456
#define FREEBSD_TIOCSDRAINWAIT	   0x80047457u
#define FREEBSD_TIOCDRAIN	   0x2000745e
#define FREEBSD_TIOCSIG		   0x2004745f
#define FREEBSD_TIOCEXT		   0x80047460u
#define FREEBSD_TIOCSCTTY	   0x20007461
#define FREEBSD_TIOCCONS	   0x80047462u
#define FREEBSD_TIOCGSID	   0x40047463
#define FREEBSD_TIOCSTAT	   0x20007465
#define FREEBSD_TIOCUCNTL	   0x80047466u
#define FREEBSD_TIOCSWINSZ	   0x80087467u
#define FREEBSD_TIOCGWINSZ	   0x40087468
#define FREEBSD_TIOCMGET	   0x4004746a
#define FREEBSD_TIOCM_LE	   0x1
#define FREEBSD_TIOCM_DTR	   0x2
#define FREEBSD_TIOCM_RTS	   0x4
#define FREEBSD_TIOCM_ST	   0x8
#define FREEBSD_TIOCM_SR	   0x10
#define FREEBSD_TIOCM_CTS	   0x20
#define FREEBSD_TIOCM_DCD	   0x40
#define FREEBSD_TIOCM_RI	   0x80
#define FREEBSD_TIOCM_DSR	   0x100
#define FREEBSD_TIOCM_CD	   0x40
#define FREEBSD_TIOCM_CAR	   0x40
#define FREEBSD_TIOCM_RNG	   0x80
#define FREEBSD_TIOCMBIC	   0x8004746bu
#define FREEBSD_TIOCMBIS	   0x8004746cu
#define FREEBSD_TIOCMSET	   0x8004746du
#define FREEBSD_TIOCSTART	   0x2000746e
#define FREEBSD_TIOCSTOP	   0x2000746f
#define FREEBSD_TIOCPKT		   0x80047470u
#define FREEBSD_TIOCPKT_DATA	   0x0
#define FREEBSD_TIOCPKT_FLUSHREAD  0x1
#define FREEBSD_TIOCPKT_FLUSHWRITE 0x2
#define FREEBSD_TIOCPKT_STOP	   0x4
#define FREEBSD_TIOCPKT_START	   0x8
#define FREEBSD_TIOCPKT_NOSTOP	   0x10
#define FREEBSD_TIOCPKT_DOSTOP	   0x20
#define FREEBSD_TIOCPKT_IOCTL	   0x40
#define FREEBSD_TIOCNOTTY	   0x20007471
#define FREEBSD_TIOCSTI		   0x80017472u
#define FREEBSD_TIOCOUTQ	   0x40047473
#define FREEBSD_TIOCSPGRP	   0x80047476u
#define FREEBSD_TIOCGPGRP	   0x40047477
#define FREEBSD_TIOCCDTR	   0x20007478
#define FREEBSD_TIOCSDTR	   0x20007479
#define FREEBSD_TIOCCBRK	   0x2000747a
#define FREEBSD_TIOCSBRK	   0x2000747b

/* Line disciplines (sys/ttycom.h) */
#define FREEBSD_TTYDISC	     0
#define FREEBSD_SLIPDISC     4
#define FREEBSD_PPPDISC	     5
#define FREEBSD_NETGRAPHDISC 6
#define FREEBSD_H4DISC	     7

/* File ioctls (sys/filio.h) */
#define FREEBSD_FIOCLEX	      0x20006601
#define FREEBSD_FIONCLEX      0x20006602
#define FREEBSD_FIONREAD      0x4004667f
#define FREEBSD_FIONBIO	      0x8004667eu
#define FREEBSD_FIOASYNC      0x8004667du
#define FREEBSD_FIOSETOWN     0x8004667cu
#define FREEBSD_FIOGETOWN     0x4004667b
#define FREEBSD_FIODTYPE      0x4004667a
#define FREEBSD_FIOGETLBA     0x40046679
#define FREEBSD_FIODGNAME     0x80106678u
#define FREEBSD_FIONWRITE     0x40046677
#define FREEBSD_FIONSPACE     0x40046676
#define FREEBSD_FIOBMAP2      0xc0106663u
#define FREEBSD_FIOSSHMLPGCNF 0x80306664u
#define FREEBSD_FIOGSHMLPGCNF 0x40306665
#define FREEBSD_FIOSEEKDATA   0xc0086661u
#define FREEBSD_FIOSEEKHOLE   0xc0086662u

/* tcsetattr and friends (termios.h) */
#define FREEBSD_TCSANOW	  0
#define FREEBSD_TCSADRAIN 1
#define FREEBSD_TCSAFLUSH 2
#define FREEBSD_TCSASOFT  16
#define FREEBSD_TCIFLUSH  1
#define FREEBSD_TCOFLUSH  2
#define FREEBSD_TCIOFLUSH 3
#define FREEBSD_TCOOFF	  1
#define FREEBSD_TCOON	  2
#define FREEBSD_TCIOFF	  3
#define FREEBSD_TCION	  4

struct freebsd_termios {
	u32 c_iflag;
	u32 c_oflag;
	u32 c_cflag;
	u32 c_lflag;
	u8 c_cc[FREEBSD_NCCS];
	u32 c_ispeed;
	u32 c_ospeed;
};
SIZE_ASSERT(struct freebsd_termios, 44);
OFFSET_ASSERT(struct freebsd_termios, c_ispeed, 36);

struct freebsd_winsize {
	u16 ws_row;
	u16 ws_col;
	u16 ws_xpixel;
	u16 ws_ypixel;
};
SIZE_ASSERT(struct freebsd_winsize, 8);

struct freebsd_fiodgname_arg {
	i32 len;
	i32 pad0;
	u64 buf;
};
SIZE_ASSERT(struct freebsd_fiodgname_arg, 16);

/* The parts of a request number (sys/ioccom.h). */
#define FREEBSD_IOC_VOID       0x20000000u
#define FREEBSD_IOC_OUT	       0x40000000u
#define FREEBSD_IOC_IN	       0x80000000u
#define FREEBSD_IOCGROUP(x)    (((x) >> 8) & 0xff)
#define FREEBSD_IOCPARM_LEN(x) (((x) >> 16) & 0x1fff)

#endif
