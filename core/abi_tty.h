/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_tty.h: terminals in the neutral ABI (asm-generic/termbits.h,
 * asm-generic/ioctls.h). core_termios is what CORE_TCGETS moves, the kernel's layout.
 */
#ifndef FB_CORE_ABI_TTY_H
#define FB_CORE_ABI_TTY_H

#include "lib/base.h"

/* ioctl(2) requests of terminals and of every descriptor (asm-generic/ioctls.h). */
#define CORE_TCGETS	 0x5401
#define CORE_TCSETS	 0x5402
#define CORE_TCSETSW	 0x5403
#define CORE_TCSETSF	 0x5404
#define CORE_TCSBRK	 0x5409
#define CORE_TCXONC	 0x540a
#define CORE_TCFLSH	 0x540b
#define CORE_TIOCEXCL	 0x540c
#define CORE_TIOCNXCL	 0x540d
#define CORE_TIOCSCTTY	 0x540e
#define CORE_TIOCGPGRP	 0x540f
#define CORE_TIOCSPGRP	 0x5410
#define CORE_TIOCOUTQ	 0x5411
#define CORE_TIOCSTI	 0x5412
#define CORE_TIOCGWINSZ	 0x5413
#define CORE_TIOCSWINSZ	 0x5414
#define CORE_TIOCMGET	 0x5415
#define CORE_TIOCMBIS	 0x5416
#define CORE_TIOCMBIC	 0x5417
#define CORE_TIOCMSET	 0x5418
#define CORE_FIONREAD	 0x541b
#define CORE_TIOCCONS	 0x541d
#define CORE_TIOCPKT	 0x5420
#define CORE_FIONBIO	 0x5421
#define CORE_TIOCNOTTY	 0x5422
#define CORE_TIOCSETD	 0x5423
#define CORE_TIOCGETD	 0x5424
#define CORE_TCSBRKP	 0x5425
#define CORE_TIOCSBRK	 0x5427
#define CORE_TIOCCBRK	 0x5428
#define CORE_TIOCGSID	 0x5429
#define CORE_TCGETS2	 0x802c542au
#define CORE_TCSETS2	 0x402c542b
#define CORE_TCSETSW2	 0x402c542c
#define CORE_TCSETSF2	 0x402c542d
#define CORE_TIOCGPTN	 0x80045430u
#define CORE_TIOCSPTLCK	 0x40045431
#define CORE_TIOCGPTLCK	 0x80045439u
#define CORE_TIOCVHANGUP 0x5437
#define CORE_TIOCGPTPEER 0x5441
#define CORE_FIONCLEX	 0x5450
#define CORE_FIOCLEX	 0x5451
#define CORE_FIOASYNC	 0x5452
#define CORE_FIOQSIZE	 0x5460

/* Indices of core_termios.c_cc; CORE_NCCS of them. */
#define CORE_VINTR    0
#define CORE_VQUIT    1
#define CORE_VERASE   2
#define CORE_VKILL    3
#define CORE_VEOF     4
#define CORE_VTIME    5
#define CORE_VMIN     6
#define CORE_VSWTC    7
#define CORE_VSTART   8
#define CORE_VSTOP    9
#define CORE_VSUSP    10
#define CORE_VEOL     11
#define CORE_VREPRINT 12
#define CORE_VDISCARD 13
#define CORE_VWERASE  14
#define CORE_VLNEXT   15
#define CORE_VEOL2    16
#define CORE_NCCS     19

/* c_iflag. */
#define CORE_IGNBRK  01
#define CORE_BRKINT  02
#define CORE_IGNPAR  04
#define CORE_PARMRK  010
#define CORE_INPCK   020
#define CORE_ISTRIP  040
#define CORE_INLCR   0100
#define CORE_IGNCR   0200
#define CORE_ICRNL   0400
#define CORE_IUCLC   01000
#define CORE_IXON    02000
#define CORE_IXANY   04000
#define CORE_IXOFF   010000
#define CORE_IMAXBEL 020000
#define CORE_IUTF8   040000

/* c_oflag. */
#define CORE_OPOST  01
#define CORE_OLCUC  02
#define CORE_ONLCR  04
#define CORE_OCRNL  010
#define CORE_ONOCR  020
#define CORE_ONLRET 040
#define CORE_OFILL  0100
#define CORE_OFDEL  0200
#define CORE_NLDLY  0400
#define CORE_CRDLY  03000
#define CORE_TABDLY 014000
#define CORE_TAB0   0
#define CORE_TAB3   014000
#define CORE_BSDLY  020000
#define CORE_VTDLY  040000
#define CORE_FFDLY  0100000

/* c_cflag. */
#define CORE_CBAUD    010017
#define CORE_CSIZE    060
#define CORE_CS5      0
#define CORE_CS6      020
#define CORE_CS7      040
#define CORE_CS8      060
#define CORE_CSTOPB   0100
#define CORE_CREAD    0200
#define CORE_PARENB   0400
#define CORE_PARODD   01000
#define CORE_HUPCL    02000
#define CORE_CLOCAL   04000
#define CORE_CBAUDEX  010000
#define CORE_BOTHER   010000
#define CORE_CIBAUD   02003600000
#define CORE_CMSPAR   010000000000
#define CORE_CRTSCTS  020000000000
#define CORE_B0	      0
#define CORE_B50      01
#define CORE_B75      02
#define CORE_B110     03
#define CORE_B134     04
#define CORE_B150     05
#define CORE_B200     06
#define CORE_B300     07
#define CORE_B600     010
#define CORE_B1200    011
#define CORE_B1800    012
#define CORE_B2400    013
#define CORE_B4800    014
#define CORE_B9600    015
#define CORE_B19200   016
#define CORE_B38400   017
#define CORE_B57600   010001
#define CORE_B115200  010002
#define CORE_B230400  010003
#define CORE_B460800  010004
#define CORE_B500000  010005
#define CORE_B576000  010006
#define CORE_B921600  010007
#define CORE_B1000000 010010
#define CORE_B1152000 010011
#define CORE_B1500000 010012
#define CORE_B2000000 010013
#define CORE_B2500000 010014
#define CORE_B3000000 010015
#define CORE_B3500000 010016
#define CORE_B4000000 010017

/* c_lflag. */
#define CORE_ISIG    01
#define CORE_ICANON  02
#define CORE_XCASE   04
#define CORE_ECHO    010
#define CORE_ECHOE   020
#define CORE_ECHOK   040
#define CORE_ECHONL  0100
#define CORE_NOFLSH  0200
#define CORE_TOSTOP  0400
#define CORE_ECHOCTL 01000
#define CORE_ECHOPRT 02000
#define CORE_ECHOKE  04000
#define CORE_FLUSHO  010000
#define CORE_PENDIN  040000
#define CORE_IEXTEN  0100000
#define CORE_EXTPROC 0200000

/* Arguments of TCFLSH, TCXONC; modem lines; packet mode. */
#define CORE_TCIFLUSH		0
#define CORE_TCOFLUSH		1
#define CORE_TCIOFLUSH		2
#define CORE_TCOOFF		0
#define CORE_TCOON		1
#define CORE_TCIOFF		2
#define CORE_TCION		3
#define CORE_TIOCM_LE		0x1
#define CORE_TIOCM_DTR		0x2
#define CORE_TIOCM_RTS		0x4
#define CORE_TIOCM_ST		0x8
#define CORE_TIOCM_SR		0x10
#define CORE_TIOCM_CTS		0x20
#define CORE_TIOCM_CAR		0x40
#define CORE_TIOCM_RNG		0x80
#define CORE_TIOCM_DSR		0x100
#define CORE_TIOCPKT_DATA	0
#define CORE_TIOCPKT_FLUSHREAD	1
#define CORE_TIOCPKT_FLUSHWRITE 2
#define CORE_TIOCPKT_STOP	4
#define CORE_TIOCPKT_START	8
#define CORE_TIOCPKT_NOSTOP	16
#define CORE_TIOCPKT_DOSTOP	32
#define CORE_TIOCPKT_IOCTL	64

#define CORE_VDISABLE 0 /* this value in c_cc turns a character off */

struct core_termios {
	u32 c_iflag;
	u32 c_oflag;
	u32 c_cflag;
	u32 c_lflag;
	u8 c_line;
	u8 c_cc[CORE_NCCS];
};
SIZE_ASSERT(struct core_termios, 36);
OFFSET_ASSERT(struct core_termios, c_cc, 17);

/* CORE_TCGETS2 and friends: speeds as numbers when CBAUD is CORE_BOTHER. */
struct core_termios2 {
	u32 c_iflag;
	u32 c_oflag;
	u32 c_cflag;
	u32 c_lflag;
	u8 c_line;
	u8 c_cc[CORE_NCCS];
	u32 c_ispeed;
	u32 c_ospeed;
};
SIZE_ASSERT(struct core_termios2, 44);

struct core_winsize {
	u16 ws_row;
	u16 ws_col;
	u16 ws_xpixel;
	u16 ws_ypixel;
};
SIZE_ASSERT(struct core_winsize, 8);

#endif
