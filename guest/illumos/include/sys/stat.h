/* SPDX-License-Identifier: BSD-2-Clause */
/* Files. Source: usr/src/uts/common/sys/stat.h. */
#ifndef _FB_ILLUMOS_SYS_STAT_H
#define _FB_ILLUMOS_SYS_STAT_H

#include <sys/types.h>
#include <time.h>

struct stat {
	dev_t st_dev;
	ino_t st_ino;
	mode_t st_mode;
	nlink_t st_nlink;
	uid_t st_uid;
	gid_t st_gid;
	dev_t st_rdev;
	off_t st_size;
	struct timespec st_atim, st_mtim, st_ctim;
	blksize_t st_blksize;
	blkcnt_t st_blocks;
	char st_fstype[16];
};
#define st_atime st_atim.tv_sec
#define st_mtime st_mtim.tv_sec
#define st_ctime st_ctim.tv_sec

#define S_IFMT	    0xF000
#define S_IFIFO	    0x1000
#define S_IFCHR	    0x2000
#define S_IFDIR	    0x4000
#define S_IFBLK	    0x6000
#define S_IFREG	    0x8000
#define S_IFLNK	    0xA000
#define S_IFSOCK    0xC000
#define S_IFDOOR    0xD000
#define S_IFPORT    0xE000
#define S_ISUID	    0x800
#define S_ISGID	    0x400
#define S_ISVTX	    0x200
#define S_ISFIFO(m) (((m)&S_IFMT) == S_IFIFO)
#define S_ISCHR(m)  (((m)&S_IFMT) == S_IFCHR)
#define S_ISDIR(m)  (((m)&S_IFMT) == S_IFDIR)
#define S_ISBLK(m)  (((m)&S_IFMT) == S_IFBLK)
#define S_ISREG(m)  (((m)&S_IFMT) == S_IFREG)
#define S_ISLNK(m)  (((m)&S_IFMT) == S_IFLNK)
#define S_ISSOCK(m) (((m)&S_IFMT) == S_IFSOCK)
#define S_ISDOOR(m) (((m)&S_IFMT) == S_IFDOOR)
#define S_ISPORT(m) (((m)&S_IFMT) == S_IFPORT)
#define UTIME_NOW   (-1L)
#define UTIME_OMIT  (-2L)

__BEGIN_DECLS
int stat(const char *, struct stat *);
int lstat(const char *, struct stat *);
int fstat(int, struct stat *);
int fstatat(int, const char *, struct stat *, int);
int chmod(const char *, mode_t);
int fchmod(int, mode_t);
int fchmodat(int, const char *, mode_t, int);
int mkdir(const char *, mode_t);
int mkdirat(int, const char *, mode_t);
int mknod(const char *, mode_t, dev_t);
int mkfifo(const char *, mode_t);
mode_t umask(mode_t);
int utimensat(int, const char *, const struct timespec *, int);
int futimens(int, const struct timespec *);
__END_DECLS

#endif
