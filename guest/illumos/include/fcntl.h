/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening files, and what can be done with descriptors. Source: usr/src/uts/common/sys/fcntl.h,
 * usr/src/head/fcntl.h. */
#ifndef _FB_ILLUMOS_FCNTL_H
#define _FB_ILLUMOS_FCNTL_H

#include <sys/types.h>

#define O_RDONLY    0
#define O_WRONLY    1
#define O_RDWR	    2
#define O_NDELAY    0x4
#define O_APPEND    0x8
#define O_SYNC	    0x10
#define O_DSYNC	    0x40
#define O_NONBLOCK  0x80
#define O_CREAT	    0x100
#define O_TRUNC	    0x200
#define O_EXCL	    0x400
#define O_NOCTTY    0x800
#define O_LARGEFILE 0x2000
#define O_XATTR	    0x4000
#define O_RSYNC	    0x8000
#define O_NOFOLLOW  0x20000
#define O_NOLINKS   0x40000
#define O_SEARCH    0x200000
#define O_EXEC	    0x400000
#define O_CLOEXEC   0x800000
#define O_ACCMODE   (O_SEARCH | O_EXEC | 3)

#define F_DUPFD		 0
#define F_GETFD		 1
#define F_SETFD		 2
#define F_GETFL		 3
#define F_SETFL		 4
#define F_SETLK		 6
#define F_SETLKW	 7
#define F_DUP2FD	 9
#define F_ALLOCSP	 10
#define F_FREESP	 11
#define F_ISSTREAM	 13
#define F_GETLK		 14
#define F_GETOWN	 23
#define F_SETOWN	 24
#define F_DUP2FD_CLOEXEC 36
#define F_DUPFD_CLOEXEC	 37
#define F_GETXFL	 45
#define F_BADFD		 46
#define F_OFD_GETLK	 47
#define F_OFD_SETLK	 48
#define F_OFD_SETLKW	 49
#define F_FLOCK		 53
#define F_FLOCKW	 54

#define F_RDLCK	   1
#define F_WRLCK	   2
#define F_UNLCK	   3
#define FD_CLOEXEC 1

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

#define AT_FDCWD	    ((int)0xffd19553)
#define AT_REMOVEDIR	    0x1
#define AT_EACCESS	    0x4
#define AT_SYMLINK_NOFOLLOW 0x1000
#define AT_SYMLINK_FOLLOW   0x2000

#define POSIX_FADV_NORMAL     0
#define POSIX_FADV_RANDOM     1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED   3
#define POSIX_FADV_DONTNEED   4
#define POSIX_FADV_NOREUSE    5

typedef struct flock {
	short l_type, l_whence;
	off_t l_start, l_len;
	int l_sysid;
	pid_t l_pid;
	long l_pad[4];
} flock_t;

__BEGIN_DECLS
int open(const char *, int, ...);
int openat(int, const char *, int, ...);
int creat(const char *, mode_t);
int fcntl(int, int, ...);
int posix_fadvise(int, off_t, off_t, int);
int posix_fallocate(int, off_t, off_t);
__END_DECLS

#endif
