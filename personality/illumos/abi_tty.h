/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_tty.h: terminals, STREAMS and the ioctls of every descriptor.
 *
 * Facts: usr/src/uts/common/sys/{termios,termio,filio,sockio,stropts,strtty,ptms,ioccom}.h. Most
 * bits of a terminal's settings have the hub's values: those that do not are named here.
 */
#ifndef FB_ILLUMOS_ABI_TTY_H
#define FB_ILLUMOS_ABI_TTY_H

#include "core/abi_tty.h"

#define ILLUMOS_TCGETA	   0x5401
#define ILLUMOS_TCSETA	   0x5402
#define ILLUMOS_TCSETAW	   0x5403
#define ILLUMOS_TCSETAF	   0x5404
#define ILLUMOS_TCSBRK	   0x5405
#define ILLUMOS_TCXONC	   0x5406
#define ILLUMOS_TCFLSH	   0x5407
#define ILLUMOS_TCGETS	   0x540d
#define ILLUMOS_TCSETS	   0x540e
#define ILLUMOS_TCSETSW	   0x540f
#define ILLUMOS_TCSETSF	   0x5410
#define ILLUMOS_TIOCSWINSZ 0x5467
#define ILLUMOS_TIOCGWINSZ 0x5468

#define ILLUMOS_TIOCEXCL  0x740d
#define ILLUMOS_TIOCNXCL  0x740e
#define ILLUMOS_TIOCFLUSH 0x7410
#define ILLUMOS_TIOCGPGRP 0x7414
#define ILLUMOS_TIOCSPGRP 0x7415
#define ILLUMOS_TIOCGSID  0x7416
#define ILLUMOS_TIOCSTI	  0x7417
#define ILLUMOS_TIOCMSET  0x741a
#define ILLUMOS_TIOCMBIS  0x741b
#define ILLUMOS_TIOCMBIC  0x741c
#define ILLUMOS_TIOCMGET  0x741d
#define ILLUMOS_TIOCSTART 0x746e
#define ILLUMOS_TIOCSTOP  0x746f
#define ILLUMOS_TIOCNOTTY 0x7471
#define ILLUMOS_TIOCOUTQ  0x7473
#define ILLUMOS_TIOCCBRK  0x747a
#define ILLUMOS_TIOCSBRK  0x747b
#define ILLUMOS_TIOCSCTTY 0x7484

#define ILLUMOS_FIOCLEX	   0x20006601
#define ILLUMOS_FIONCLEX   0x20006602
#define ILLUMOS_FIOGETOWN  0x4004667b
#define ILLUMOS_FIOSETOWN  0x8004667c
#define ILLUMOS_FIOASYNC   0x8004667d
#define ILLUMOS_FIONBIO	   0x8004667e
#define ILLUMOS_FIONREAD   0x4004667f
#define ILLUMOS_SIOCATMARK 0x40047307
#define ILLUMOS_SIOCSPGRP  0x80047308
#define ILLUMOS_SIOCGPGRP  0x40047309

#define ILLUMOS_I_NREAD	    0x5301
#define ILLUMOS_I_PUSH	    0x5302
#define ILLUMOS_I_POP	    0x5303
#define ILLUMOS_I_LOOK	    0x5304
#define ILLUMOS_I_FLUSH	    0x5305
#define ILLUMOS_I_SRDOPT    0x5306
#define ILLUMOS_I_GRDOPT    0x5307
#define ILLUMOS_I_STR	    0x5308
#define ILLUMOS_I_SETSIG    0x5309
#define ILLUMOS_I_GETSIG    0x530a
#define ILLUMOS_I_FIND	    0x530b
#define ILLUMOS_I_E_RECVFD  0x530e
#define ILLUMOS_I_PEEK	    0x530f
#define ILLUMOS_I_FDINSERT  0x5310
#define ILLUMOS_I_SENDFD    0x5311
#define ILLUMOS_I_RECVFD    0x5312
#define ILLUMOS_I_LIST	    0x5315
#define ILLUMOS_I_CKBAND    0x531d
#define ILLUMOS_I_GETBAND   0x531e
#define ILLUMOS_I_SETCLTIME 0x5320
#define ILLUMOS_I_GETCLTIME 0x5321
#define ILLUMOS_I_CANPUT    0x5322
#define ILLUMOS_FLUSHR	    1
#define ILLUMOS_FLUSHW	    2
#define ILLUMOS_FMNAMESZ    8

/* What I_STR carries to a pseudo-terminal's master. */
#define ILLUMOS_ISPTM	0x5001
#define ILLUMOS_UNLKPT	0x5002
#define ILLUMOS_PTSSTTY 0x5003
#define ILLUMOS_ZONEPT	0x5004
#define ILLUMOS_OWNERPT 0x5005

/* c_cflag: speeds beyond 38400 have a bit, and count from there. */
#define ILLUMOS_CBAUD	  017
#define ILLUMOS_CIBAUD	  03600000
#define ILLUMOS_CBAUDEXT  010000000
#define ILLUMOS_CIBAUDEXT 020000000
#define ILLUMOS_CRTSCTS	  020000000000u
#define ILLUMOS_IMAXBEL	  020000
#define ILLUMOS_FLUSHO	  020000
#define ILLUMOS_PENDIN	  040000

#define ILLUMOS_NCCS	 19
#define ILLUMOS_NCC	 8
#define ILLUMOS_VEOF	 4 /* or VMIN, */
#define ILLUMOS_VEOL	 5 /* or VTIME, when ICANON is not set */
#define ILLUMOS_VEOL2	 6
#define ILLUMOS_VSWTCH	 7
#define ILLUMOS_VSTART	 8
#define ILLUMOS_VSTOP	 9
#define ILLUMOS_VSUSP	 10
#define ILLUMOS_VDSUSP	 11
#define ILLUMOS_VREPRINT 12
#define ILLUMOS_VDISCARD 13
#define ILLUMOS_VWERASE	 14
#define ILLUMOS_VLNEXT	 15
#define ILLUMOS_VSTATUS	 16
#define ILLUMOS_VERASE2	 17

struct illumos_termios {
	u32 c_iflag, c_oflag, c_cflag, c_lflag;
	u8 c_cc[ILLUMOS_NCCS];
	u8 pad0;
};
SIZE_ASSERT(struct illumos_termios, 36);

struct illumos_termio {
	u16 c_iflag, c_oflag, c_cflag, c_lflag;
	u8 c_line;
	u8 c_cc[ILLUMOS_NCC];
	u8 pad0;
};
SIZE_ASSERT(struct illumos_termio, 18);

struct illumos_strioctl {
	i32 ic_cmd, ic_timout, ic_len, pad0;
	u64 ic_dp;
};
SIZE_ASSERT(struct illumos_strioctl, 24);

struct illumos_strrecvfd {
	i32 fd;
	u32 uid, gid;
	u8 fill[8];
};
SIZE_ASSERT(struct illumos_strrecvfd, 20);

struct illumos_strbuf {
	i32 maxlen, len;
	u64 buf;
};
SIZE_ASSERT(struct illumos_strbuf, 16);

/* getmsg(2), getpmsg(2) */
#define ILLUMOS_RS_HIPRI  1
#define ILLUMOS_MSG_HIPRI 1
#define ILLUMOS_MSG_ANY	  2
#define ILLUMOS_MSG_BAND  4
#define ILLUMOS_MOREDATA  2

#endif
