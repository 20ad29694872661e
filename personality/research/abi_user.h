/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/abi_user.h: the user structure of each system, which its core files begin
 * with and its ptrace reads. Facts: user.h, param.h and reg.h of the Fifth and Sixth Edition
 * (sys), the Seventh (sys/h), 2.9BSD (usr/include/sys, as whoami.h and localopts.h there set it,
 * and its adb's table of registers), PWB/UNIX (sys/sys/hd), System III (usr/src/head/sys)
 * and 2.11BSD (sys/h, pdp/machparam.h); what a core of 2.11BSD's looks like.
 */
#ifndef FB_PERSONALITY_RESEARCH_ABI_USER_H
#define FB_PERSONALITY_RESEARCH_ABI_USER_H

#include "personality/research/word.h"

#define USER_BASE 0140000 /* where the kernel sees it */

struct user_fps {
	struct pdp_word fpsr, regs[6][4];
};
SIZE_ASSERT(struct user_fps, 50);

struct v5_user {
	struct pdp_word rsav[2];
	struct user_fps fps;
	u8 segflg, error, uid, gid, ruid, rgid;
	struct pdp_word procp, base, count, offset[2], cdir;
	u8 dbuf[14];
	struct pdp_word dirp;
	u8 dent[16];
	struct pdp_word pdir, uisa[8], uisd[8], ofile[15], arg[5], tsize, dsize, ssize, qsav[2],
	    ssav[2], signal[13];
	struct pdp_word utime, stime, cutime[2], cstime[2], ar0, prof[4];
};

struct v6_user {
	struct pdp_word rsav[2];
	struct user_fps fps;
	u8 segflg, error, uid, gid, ruid, rgid;
	struct pdp_word procp, base, count, offset[2], cdir;
	u8 dbuf[14];
	struct pdp_word dirp;
	u8 dent[16];
	struct pdp_word pdir, uisa[16], uisd[16], ofile[15], arg[5], tsize, dsize, ssize, sep,
	    qsav[2], ssav[2], signal[20];
	struct pdp_word utime, stime, cutime[2], cstime[2], ar0, prof[4];
};

/* PWB/UNIX. */
struct pwb_user {
	struct pdp_word rsav[2];
	struct user_fps fps;
	u8 segflg, error, uid, gid, ruid, rgid;
	struct pdp_word procp, base, count, offset[2], cdir;
	u8 dbuf[14];
	struct pdp_word dirp;
	u8 dent[16];
	struct pdp_word pdir, uisa[16], uisd[16], ofile[15], arg[5], tsize, dsize, ssize, sep,
	    qsav[2], ssav[2], signal[16];
	struct pdp_long utime, stime, cutime, cstime;
	struct pdp_word ar0, prof[4];
	u8 intflg, pad;
	struct pdp_word ttyp, ttyd, exdata[6];
};

struct user_exdata {
	struct pdp_word mag, tsize, dsize, bsize, ssize, entloc, unused, relflg;
};

struct v7_user {
	struct pdp_word rsav[6], fper, fpsaved;
	struct user_fps fps;
	u8 segflg, error;
	struct pdp_word uid, gid, ruid, rgid, procp, ap, r[2], base, count, offset[2], cdir, rdir;
	u8 dbuf[14];
	struct pdp_word dirp;
	u8 dent[16];
	struct pdp_word pdir, uisa[16], uisd[16], ofile[20];
	u8 pofile[20];
	struct pdp_word arg[5], tsize, dsize, ssize, qsav[6], ssav[6], signal[17];
	struct pdp_long utime, stime, cutime, cstime;
	struct pdp_word ar0, prof[4];
	u8 intflg, sep;
	struct pdp_word ttyp, ttyd;
	struct user_exdata exdata;
	u8 comm[14];
};
OFFSET_ASSERT(struct v7_user, fps, 16);
OFFSET_ASSERT(struct v7_user, tsize, 264);

/* System III. */
struct usg_user {
	struct pdp_word rsav[6], fpsaved;
	struct user_fps fps;
	struct pdp_word uisd[16], uisa[16], qsav[6], ssav[6];
	u8 segflg, error;
	struct pdp_word uid, gid, ruid, rgid, procp, ap, r[2], base, count, offset[2], fmode,
	    errcnt, cdir, rdir, dirp;
	u8 dent[16];
	struct pdp_word pdir, ofile[20];
	u8 pofile[20];
	struct pdp_word arg[5], tsize, dsize, ssize, signal[20];
	struct pdp_long utime, stime, cutime, cstime;
	struct pdp_word ar0, prof[4];
	u8 intflg, sep;
	struct pdp_word ttyp, ttyd;
	struct user_exdata exdata;
	u8 comm[14];
};
OFFSET_ASSERT(struct usg_user, fps, 14);

struct user_ovd {
	struct pdp_word curov, ovbase, dbase;
};

struct bsd29_user {
	struct pdp_word rsav[7], dummy, fpsaved;
	struct user_fps fps;
	u8 segflg, error;
	struct pdp_word uid, gid, ruid, rgid, procp, ap, r[2], base, count, offset[2], cdir, rdir;
	u8 dbuf[14];
	struct pdp_word dirp;
	u8 dent[16];
	struct pdp_word pdir, uisa[16], uisd[16], ofile[20];
	u8 pofile[20];
	struct pdp_word arg[5], tsize, dsize, ssize, qsav[7], ssav[7], signal[32];
	struct pdp_long utime, stime, cutime, cstime;
	struct pdp_word ar0, prof[4];
	u8 intflg, sep;
	struct pdp_word ttyp, ttyd;
	struct user_exdata exdata;
	u8 comm[14];
	struct pdp_long start;
	u8 acflag, pad;
	struct pdp_word fpflag, cmask;
	struct user_ovd ovdata;
	struct pdp_word ov_offst[8], nseg, fec, fea;
};

struct bsd211_user {
	struct pdp_word sigc;
	struct user_fps fps;
	struct pdp_word fpsaved, fec, fea, procp, ar0;
	u8 comm[64];
	struct pdp_word arg[6], ap, qsave[8], r[2];
	u8 error, dummy0;
	struct pdp_word uid, svuid, ruid, svgid, rgid, groups[16], tsize, dsize, ssize, ssave[8],
	    rsave[8], uisa[16], uisd[16];
	u8 sep, dummy1;
	struct user_ovd ovdata;
	struct pdp_word ov_offst[16], nseg, signal[32];
};
OFFSET_ASSERT(struct bsd211_user, comm, 62);
OFFSET_ASSERT(struct bsd211_user, arg, 126);
OFFSET_ASSERT(struct bsd211_user, tsize, 204);
OFFSET_ASSERT(struct bsd211_user, signal, 348);

#define USER_SIZE	 1024 /* 16 clicks */
#define PWB_USER_SIZE	 (12 * 64)
#define BSD211_USER_SIZE (62 * 64) /* 14, the network's stack 16, the kernel's 32 */
#define USER_SIZE_MAX	 BSD211_USER_SIZE

#endif
