/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/abi_usg.h: System III of the PDP-11 where it is not the Seventh Edition.
 *
 * Facts: usr/src/head/fcntl.h, termio.h, ustat.h, sys/utsname.h, sys/ioctl.h, sys/ttold.h,
 * sys/param.h, sys/file.h.
 */
#ifndef FB_PERSONALITY_RESEARCH_ABI_USG_H
#define FB_PERSONALITY_RESEARCH_ABI_USG_H

#include "personality/research/word.h"

#define USG_BLOCK 512 /* what limits and free space are counted in */
#define USG_HZ	  60
#define USG_USIZE 16 /* clicks of the user structure */

#define USG_O_ACCMODE 03
#define USG_O_NDELAY  04
#define USG_O_APPEND  010
#define USG_O_CREAT   00400
#define USG_O_TRUNC   01000
#define USG_O_EXCL    02000

struct usg_utsname {
	char sysname[9], nodename[9], release[9], version[9];
};
SIZE_ASSERT(struct usg_utsname, 36);

struct usg_ustat {
	struct pdp_long tfree;
	struct pdp_word tinode;
	char fname[6], fpack[6];
};
SIZE_ASSERT(struct usg_ustat, 18);

#define USG_NCC	 8
#define USG_VEOF 4 /* VMIN without lines */
#define USG_VEOL 5 /* VTIME */

/* Flags and speeds have the numbers of the host's low 16 bits. */
struct usg_termio {
	struct pdp_word iflag, oflag, cflag, lflag;
	u8 line, cc[USG_NCC];
	u8 pad;
};
SIZE_ASSERT(struct usg_termio, 18);

#define USG_LFLAGS   0377u /* those it knows */
#define USG_IFLAGS   017777u
#define USG_CBAUD    017u
#define USG_B110     3
#define USG_EXTB     017
#define USG_IOCTYPE  0xff00u
#define USG_TIOC     ((u32)'T' << 8)
#define USG_TCGETA   (USG_TIOC | 1)
#define USG_TCSETA   (USG_TIOC | 2)
#define USG_TCSETAW  (USG_TIOC | 3)
#define USG_TCSETAF  (USG_TIOC | 4)
#define USG_TCSBRK   (USG_TIOC | 5)
#define USG_TCXONC   (USG_TIOC | 6)
#define USG_TCFLSH   (USG_TIOC | 7)
#define USG_TIOCGETP ((u32)'t' << 8 | 8)
#define USG_TIOCSETP ((u32)'t' << 8 | 9)

/* Flags of the old structure beside those of abi_tty.h and V6_HUPCL, V6_XTABS. */
#define USG_NOAL 004000

#endif
