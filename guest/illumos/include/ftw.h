/* SPDX-License-Identifier: BSD-2-Clause */
/* Source: usr/src/head/ftw.h. */
#ifndef _FB_ILLUMOS_FTW_H
#define _FB_ILLUMOS_FTW_H

#include <sys/types.h>
#include <sys/stat.h>

#define FTW_F	  0
#define FTW_D	  1
#define FTW_DNR	  2
#define FTW_NS	  3
#define FTW_SL	  4
#define FTW_DP	  6
#define FTW_SLN	  7
#define FTW_PHYS  01
#define FTW_MOUNT 02
#define FTW_CHDIR 04
#define FTW_DEPTH 010

struct FTW {
	int quit, base, level;
};

__BEGIN_DECLS
int ftw(const char *, int (*)(const char *, const struct stat *, int), int);
int nftw(const char *, int (*)(const char *, const struct stat *, int, struct FTW *), int, int);
__END_DECLS

#endif
