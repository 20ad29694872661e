/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/abi_bsd.h: structures and numbers of 2.11BSD. Facts: usr/sys/h/stat.h,
 * signal.h, dir.h, fcntl.h, time.h, resource.h, socket.h, ioctl.h, wait.h, sysctl.h.
 */
#ifndef FB_PERSONALITY_RESEARCH_ABI_BSD_H
#define FB_PERSONALITY_RESEARCH_ABI_BSD_H

#include "personality/research/word.h"

struct bsd_stat {
	struct pdp_word dev, ino, mode, nlink, uid, gid, rdev;
	struct pdp_long size, atime;
	struct pdp_word spare1;
	struct pdp_long mtime;
	struct pdp_word spare2;
	struct pdp_long ctime;
	struct pdp_word spare3;
	struct pdp_long blksize, blocks;
	struct pdp_word flags, spare4[3];
};
SIZE_ASSERT(struct bsd_stat, 52);
OFFSET_ASSERT(struct bsd_stat, blksize, 36);

/* A directory's entry: a head, then the name, its NUL and padding to four bytes. */
struct bsd_direct {
	struct pdp_word ino, reclen, namlen;
};
SIZE_ASSERT(struct bsd_direct, 6);
#define BSD_DIRBLKSIZ 512
#define BSD_MAXNAMLEN 63

/* open(2) */
#define BSD_O_ACCMODE  03
#define BSD_O_NONBLOCK 04
#define BSD_O_APPEND   010
#define BSD_O_SHLOCK   020
#define BSD_O_EXLOCK   040
#define BSD_O_ASYNC    0100
#define BSD_O_FSYNC    0200
#define BSD_O_CREAT    01000
#define BSD_O_TRUNC    02000
#define BSD_O_EXCL     04000

/* Signals. */
struct bsd_sigaction {
	struct pdp_word handler;
	struct pdp_long mask;
	struct pdp_word flags;
};
SIZE_ASSERT(struct bsd_sigaction, 8);
#define BSD_SA_ONSTACK	 1
#define BSD_SA_RESTART	 2
#define BSD_SA_DISABLE	 4
#define BSD_SA_NOCLDSTOP 8

struct bsd_sigaltstack {
	struct pdp_word base, size, flags;
};
SIZE_ASSERT(struct bsd_sigaltstack, 6);
#define BSD_MINSIGSTKSZ 128

struct bsd_sigcontext {
	struct pdp_word onstack;
	struct pdp_long mask;
	struct pdp_word sp, fp, r1, r0, pc, ps, ovno;
};
SIZE_ASSERT(struct bsd_sigcontext, 20);

struct bsd_sigframe {
	struct pdp_word signum, code, scp;
	struct bsd_sigcontext sc;
};
SIZE_ASSERT(struct bsd_sigframe, 26);

/* Times and resources. */
struct bsd_timeval {
	struct pdp_long sec, usec;
};
SIZE_ASSERT(struct bsd_timeval, 8);
struct bsd_itimerval {
	struct bsd_timeval interval, value;
};
SIZE_ASSERT(struct bsd_itimerval, 16);
struct bsd_timezone {
	struct pdp_word minuteswest, dsttime;
};
SIZE_ASSERT(struct bsd_timezone, 4);
struct bsd_rusage {
	struct bsd_timeval utime, stime;
	struct pdp_long maxrss, ixrss, idrss, isrss, minflt, majflt, ovly, nswap, inblock, oublock,
	    msgsnd, msgrcv, nsignals, nvcsw, nivcsw;
};
SIZE_ASSERT(struct bsd_rusage, 76);
struct bsd_rlimit {
	struct pdp_long cur, max;
};
SIZE_ASSERT(struct bsd_rlimit, 8);
#define BSD_RLIM_INFINITY 0x7fffffff
#define BSD_RLIM_NLIMITS  6

/* ioctl(2), the lower word; what is not the Seventh Edition's. */
#define BSD_REQUEST(group, n) ((u32)(group) << 8 | (n))
#define BSD_TIOCLBIS	      BSD_REQUEST('t', 127)
#define BSD_TIOCLBIC	      BSD_REQUEST('t', 126)
#define BSD_TIOCLSET	      BSD_REQUEST('t', 125)
#define BSD_TIOCLGET	      BSD_REQUEST('t', 124)
#define BSD_TIOCGPGRP	      BSD_REQUEST('t', 119)
#define BSD_TIOCSPGRP	      BSD_REQUEST('t', 118)
#define BSD_TIOCSLTC	      BSD_REQUEST('t', 117)
#define BSD_TIOCGLTC	      BSD_REQUEST('t', 116)
#define BSD_TIOCOUTQ	      BSD_REQUEST('t', 115)
#define BSD_TIOCSTI	      BSD_REQUEST('t', 114)
#define BSD_TIOCNOTTY	      BSD_REQUEST('t', 113)
#define BSD_TIOCSTOP	      BSD_REQUEST('t', 111)
#define BSD_TIOCSTART	      BSD_REQUEST('t', 110)
#define BSD_TIOCGWINSZ	      BSD_REQUEST('t', 104)
#define BSD_TIOCSWINSZ	      BSD_REQUEST('t', 103)
#define BSD_FIONREAD	      BSD_REQUEST('f', 127)
#define BSD_FIONBIO	      BSD_REQUEST('f', 126)

/* Local modes. */
#define BSD_LCRTBS  0x0001
#define BSD_LCRTERA 0x0004
#define BSD_LTOSTOP 0x0040
#define BSD_LCRTKIL 0x0400
#define BSD_LCTLECH 0x1000
#define BSD_LNOFLSH 0x8000

struct bsd_ltchars {
	u8 suspc, dsuspc, rprntc, flushc, werasc, lnextc;
};
SIZE_ASSERT(struct bsd_ltchars, 6);

/* Sockets: addresses are the host's, options are not. */
#define BSD_SOL_SOCKET 0xffff
struct bsd_iovec {
	struct pdp_word base, len;
};
SIZE_ASSERT(struct bsd_iovec, 4);
#define BSD_MAXIOV 16
struct bsd_msghdr {
	struct pdp_word name, namelen, iov, iovlen, rights, rightslen;
};
SIZE_ASSERT(struct bsd_msghdr, 12);
#define BSD_MSG_FLAGS 7	  /* MSG_OOB, MSG_PEEK and MSG_DONTROUTE have the host's numbers */
#define BSD_MLEN      118 /* bytes an mbuf holds: of names and access rights */

/* statfs(2) */
struct bsd_statfs {
	struct pdp_word type, flags, bsize, iosize;
	struct pdp_long blocks, bfree, bavail;
	struct pdp_word files, ffree;
	struct pdp_long fsid[2], spare[5];
	char mntonname[90], mntfromname[90];
};
SIZE_ASSERT(struct bsd_statfs, 232);
#define BSD_MOUNT_UFS	    1
#define BSD_MAXBSIZE	    1024
#define BSD_MNT_RDONLY	    0x0001
#define BSD_MNT_SYNCHRONOUS 0x0002
#define BSD_MNT_NOEXEC	    0x0004
#define BSD_MNT_NOSUID	    0x0008
#define BSD_MNT_NODEV	    0x0010
#define BSD_MNT_NOATIME	    0x0080

#define BSD_NGROUPS    16
#define BSD_MAXLOGNAME 16

/* sysctl(3): the second number below kern and hw. */
#define BSD_CTL_KERN 1
#define BSD_CTL_VM   2
#define BSD_CTL_HW   6

#endif
