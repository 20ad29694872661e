/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/abi_tty.h: terminals. Facts: h/tty.h and dev/tty.c (V7), tty.h (V6),
 * tty(4), stty(II).
 */
#ifndef FB_PERSONALITY_RESEARCH_ABI_TTY_H
#define FB_PERSONALITY_RESEARCH_ABI_TTY_H

#include "personality/research/word.h"

struct old_sgttyb {
	u8 ispeed, ospeed, erase, kill;
	struct pdp_word flags;
};
SIZE_ASSERT(struct old_sgttyb, 6);

struct old_tchars {
	u8 intr, quit, start, stop, eof, brk;
};
SIZE_ASSERT(struct old_tchars, 6);

/* Flags. In the Sixth Edition and before the first two are others. */
#define OLD_TANDEM 01
#define OLD_CBREAK 02
#define OLD_LCASE  04
#define OLD_ECHO   010
#define OLD_CRMOD  020
#define OLD_RAW	   040
#define OLD_ODDP   0100
#define OLD_EVENP  0200
#define OLD_DELAYS 077400
#define OLD_XTABS  06000
#define V6_HUPCL   01
#define V6_XTABS   02

#define OLD_REQUEST(group, n) ((u32)(group) << 8 | (n))
#define OLD_TIOCGETD	      OLD_REQUEST('t', 0)
#define OLD_TIOCSETD	      OLD_REQUEST('t', 1)
#define OLD_TIOCHPCL	      OLD_REQUEST('t', 2)
#define OLD_TIOCGETP	      OLD_REQUEST('t', 8)
#define OLD_TIOCSETP	      OLD_REQUEST('t', 9)
#define OLD_TIOCSETN	      OLD_REQUEST('t', 10)
#define OLD_TIOCEXCL	      OLD_REQUEST('t', 13)
#define OLD_TIOCNXCL	      OLD_REQUEST('t', 14)
#define OLD_TIOCFLUSH	      OLD_REQUEST('t', 16)
#define OLD_TIOCSETC	      OLD_REQUEST('t', 17)
#define OLD_TIOCGETC	      OLD_REQUEST('t', 18)
#define OLD_FIOCLEX	      OLD_REQUEST('f', 1)
#define OLD_FIONCLEX	      OLD_REQUEST('f', 2)

#define OLD_OFF 0377 /* a character that is none */

#endif
