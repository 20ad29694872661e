/* SPDX-License-Identifier: BSD-2-Clause */
/* Terminals. Source: usr/src/uts/common/sys/termios.h. */
#ifndef _FB_ILLUMOS_TERMIOS_H
#define _FB_ILLUMOS_TERMIOS_H

#include <sys/types.h>
#include <sys/ttycom.h>

#define NCCS 19
typedef unsigned int tcflag_t;
typedef unsigned char cc_t;
typedef unsigned int speed_t;
struct termios {
	tcflag_t c_iflag, c_oflag, c_cflag, c_lflag;
	cc_t c_cc[NCCS];
};

#define VINTR	 0
#define VQUIT	 1
#define VERASE	 2
#define VKILL	 3
#define VEOF	 4
#define VMIN	 4
#define VEOL	 5
#define VTIME	 5
#define VEOL2	 6
#define VSWTCH	 7
#define VSTART	 8
#define VSTOP	 9
#define VSUSP	 10
#define VDSUSP	 11
#define VREPRINT 12
#define VDISCARD 13
#define VWERASE	 14
#define VLNEXT	 15

#define IGNBRK	  0000001
#define BRKINT	  0000002
#define IGNPAR	  0000004
#define PARMRK	  0000010
#define INPCK	  0000020
#define ISTRIP	  0000040
#define INLCR	  0000100
#define IGNCR	  0000200
#define ICRNL	  0000400
#define IUCLC	  0001000
#define IXON	  0002000
#define IXANY	  0004000
#define IXOFF	  0010000
#define IMAXBEL	  0020000
#define OPOST	  0000001
#define OLCUC	  0000002
#define ONLCR	  0000004
#define OCRNL	  0000010
#define ONOCR	  0000020
#define ONLRET	  0000040
#define OFILL	  0000100
#define TABDLY	  0014000
#define TAB3	  0014000
#define XTABS	  0014000
#define CBAUD	  0000017
#define CSIZE	  0000060
#define CS5	  0
#define CS6	  0000020
#define CS7	  0000040
#define CS8	  0000060
#define CSTOPB	  0000100
#define CREAD	  0000200
#define PARENB	  0000400
#define PARODD	  0001000
#define HUPCL	  0002000
#define CLOCAL	  0004000
#define CIBAUD	  03600000
#define CBAUDEXT  010000000
#define CIBAUDEXT 020000000
#define CRTSXOFF  010000000000
#define CRTSCTS	  020000000000
#define ISIG	  0000001
#define ICANON	  0000002
#define XCASE	  0000004
#define ECHO	  0000010
#define ECHOE	  0000020
#define ECHOK	  0000040
#define ECHONL	  0000100
#define NOFLSH	  0000200
#define TOSTOP	  0000400
#define ECHOCTL	  0001000
#define ECHOPRT	  0002000
#define ECHOKE	  0004000
#define FLUSHO	  0020000
#define PENDIN	  0040000
#define IEXTEN	  0100000

#define B0	0
#define B50	1
#define B75	2
#define B110	3
#define B134	4
#define B150	5
#define B200	6
#define B300	7
#define B600	8
#define B1200	9
#define B1800	10
#define B2400	11
#define B4800	12
#define B9600	13
#define B19200	14
#define B38400	15
#define B57600	16
#define B115200 18

#define TCSANOW	  _TIOC(14)
#define TCSADRAIN _TIOC(15)
#define TCSAFLUSH _TIOC(16)
#define TCIFLUSH  0
#define TCOFLUSH  1
#define TCIOFLUSH 2
#define TCOOFF	  0
#define TCOON	  1
#define TCIOFF	  2
#define TCION	  3

__BEGIN_DECLS
speed_t cfgetospeed(const struct termios *);
speed_t cfgetispeed(const struct termios *);
int cfsetospeed(struct termios *, speed_t);
int cfsetispeed(struct termios *, speed_t);
int cfsetspeed(struct termios *, speed_t);
void cfmakeraw(struct termios *);
int tcgetattr(int, struct termios *);
int tcsetattr(int, int, const struct termios *);
int tcsendbreak(int, int);
int tcdrain(int);
int tcflush(int, int);
int tcflow(int, int);
pid_t tcgetsid(int);
__END_DECLS

#endif
