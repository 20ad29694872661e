/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests to terminals. Source: usr/src/uts/common/sys/termios.h. */
#ifndef _FB_ILLUMOS_SYS_TTYCOM_H
#define _FB_ILLUMOS_SYS_TTYCOM_H

#define _TIOC(n) ('T' << 8 | (n))
#define _tIOC(n) ('t' << 8 | (n))

struct winsize {
	unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel;
};

#define TCGETA	   _TIOC(1)
#define TCSBRK	   _TIOC(5)
#define TCXONC	   _TIOC(6)
#define TCFLSH	   _TIOC(7)
#define TCGETS	   _TIOC(13)
#define TCSETS	   _TIOC(14)
#define TCSETSW	   _TIOC(15)
#define TCSETSF	   _TIOC(16)
#define TIOCSWINSZ _TIOC(103)
#define TIOCGWINSZ _TIOC(104)
#define TIOCGPGRP  _tIOC(20)
#define TIOCSPGRP  _tIOC(21)
#define TIOCGSID   _tIOC(22)
#define TIOCNOTTY  _tIOC(113)
#define TIOCSCTTY  _tIOC(132)

#endif
