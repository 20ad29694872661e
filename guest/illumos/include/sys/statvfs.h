/* SPDX-License-Identifier: BSD-2-Clause */
/* File systems. Source: usr/src/uts/common/sys/statvfs.h. */
#ifndef _FB_ILLUMOS_SYS_STATVFS_H
#define _FB_ILLUMOS_SYS_STATVFS_H

#include <sys/types.h>

typedef struct statvfs {
	unsigned long f_bsize, f_frsize;
	fsblkcnt_t f_blocks, f_bfree, f_bavail;
	fsfilcnt_t f_files, f_ffree, f_favail;
	unsigned long f_fsid;
	char f_basetype[16];
	unsigned long f_flag, f_namemax;
	char f_fstr[32];
} statvfs_t;

#define ST_RDONLY  0x01
#define ST_NOSUID  0x02
#define ST_NOTRUNC 0x04

__BEGIN_DECLS
int statvfs(const char *_RESTRICT_KYWD, struct statvfs *_RESTRICT_KYWD);
int fstatvfs(int, struct statvfs *);
__END_DECLS

#endif
