/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_file.h: files and descriptors of illumos/amd64.
 *
 * Facts: usr/src/uts/common/sys/{fcntl,file,stat,dirent,statvfs,unistd,fstyp}.h; numbers of
 * O_DIRECTORY and O_CLOFORK to O_XPG4OPEN, F_OFD_* to F_DUP3FD: sys/fcntl.h of 2024.
 */
#ifndef FB_ILLUMOS_ABI_FILE_H
#define FB_ILLUMOS_ABI_FILE_H

#include "core/abi_file.h"

/* open(2) */
#define ILLUMOS_O_RDONLY    0
#define ILLUMOS_O_WRONLY    1
#define ILLUMOS_O_RDWR	    2
#define ILLUMOS_O_NDELAY    0x4
#define ILLUMOS_O_APPEND    0x8
#define ILLUMOS_O_SYNC	    0x10
#define ILLUMOS_O_DSYNC	    0x40
#define ILLUMOS_O_NONBLOCK  0x80
#define ILLUMOS_O_CREAT	    0x100
#define ILLUMOS_O_TRUNC	    0x200
#define ILLUMOS_O_EXCL	    0x400
#define ILLUMOS_O_NOCTTY    0x800
#define ILLUMOS_O_LARGEFILE 0x2000
#define ILLUMOS_O_XATTR	    0x4000
#define ILLUMOS_O_RSYNC	    0x8000
#define ILLUMOS_O_NOFOLLOW  0x20000
#define ILLUMOS_O_NOLINKS   0x40000
#define ILLUMOS_O_SEARCH    0x200000
#define ILLUMOS_O_EXEC	    0x400000
#define ILLUMOS_O_CLOEXEC   0x800000
#define ILLUMOS_O_DIRECTORY 0x1000000
#define ILLUMOS_O_DIRECT    0x2000000
#define ILLUMOS_O_CLOFORK   0x4000000
#define ILLUMOS_O_XPG4OPEN  0x8000000
#define ILLUMOS_O_ACCMODE   (ILLUMOS_O_SEARCH | ILLUMOS_O_EXEC | 3)

#define ILLUMOS_AT_FDCWD	    ((i32)0xffd19553)
#define ILLUMOS_AT_REMOVEDIR	    0x1
#define ILLUMOS_AT_EACCESS	    0x4
#define ILLUMOS_AT_SYMLINK_NOFOLLOW 0x1000
#define ILLUMOS_AT_SYMLINK_FOLLOW   0x2000

/* utimesys's codes, and the nanoseconds that are none (sys/stat.h) */
#define ILLUMOS_FUTIMENS   0
#define ILLUMOS_UTIMENSAT  1
#define ILLUMOS_UTIME_NOW  (-1)
#define ILLUMOS_UTIME_OMIT (-2)

/* fcntl(2); of the large-file numbers a 64-bit program has only these */
#define ILLUMOS_F_DUPFD		 0
#define ILLUMOS_F_GETFD		 1
#define ILLUMOS_F_SETFD		 2
#define ILLUMOS_F_GETFL		 3
#define ILLUMOS_F_SETFL		 4
#define ILLUMOS_F_SETLK		 6
#define ILLUMOS_F_SETLKW	 7
#define ILLUMOS_F_DUP2FD	 9
#define ILLUMOS_F_ALLOCSP	 10
#define ILLUMOS_F_FREESP	 11
#define ILLUMOS_F_ISSTREAM	 13
#define ILLUMOS_F_GETLK		 14
#define ILLUMOS_F_PRIV		 15
#define ILLUMOS_F_NPRIV		 16
#define ILLUMOS_F_QUOTACTL	 17
#define ILLUMOS_F_BLOCKS	 18
#define ILLUMOS_F_BLKSIZE	 19
#define ILLUMOS_F_GETOWN	 23
#define ILLUMOS_F_SETOWN	 24
#define ILLUMOS_F_REVOKE	 25
#define ILLUMOS_F_HASREMOTELOCKS 26
#define ILLUMOS_F_DUP2FD_CLOEXEC 36
#define ILLUMOS_F_DUPFD_CLOEXEC	 37
#define ILLUMOS_F_SHARE		 40
#define ILLUMOS_F_UNSHARE	 41
#define ILLUMOS_F_SETLK_NBMAND	 42
#define ILLUMOS_F_SHARE_NBMAND	 43
#define ILLUMOS_F_GETXFL	 45
#define ILLUMOS_F_BADFD		 46
#define ILLUMOS_F_OFD_GETLK	 47
#define ILLUMOS_F_OFD_SETLK	 48
#define ILLUMOS_F_OFD_SETLKW	 49
#define ILLUMOS_F_FLOCK		 53
#define ILLUMOS_F_FLOCKW	 54
#define ILLUMOS_F_DUP2FD_CLOFORK 57
#define ILLUMOS_F_DUPFD_CLOFORK	 58
#define ILLUMOS_F_DUP3FD	 59
#define ILLUMOS_FD_CLOEXEC	 1
#define ILLUMOS_FD_CLOFORK	 2
#define ILLUMOS_FMASK		 0xa0ff /* what F_SETFL changes (sys/file.h) */

#define ILLUMOS_F_RDLCK 1
#define ILLUMOS_F_WRLCK 2
#define ILLUMOS_F_UNLCK 3
struct illumos_flock {
	i16 l_type;
	i16 l_whence;
	i32 pad0;
	i64 l_start;
	i64 l_len;
	i32 l_sysid;
	i32 l_pid;
	i64 l_pad[4];
};
SIZE_ASSERT(struct illumos_flock, 64);
OFFSET_ASSERT(struct illumos_flock, l_pid, 28);

/* sys/stat.h. The hub's type and mode bits are the same; a door and a port have their own. */
#define ILLUMOS_S_IFDOOR 0xd000
#define ILLUMOS_S_IFPORT 0xe000

#define ILLUMOS_FSTYPSZ 16
struct illumos_stat {
	u64 st_dev;
	u64 st_ino;
	u32 st_mode;
	u32 st_nlink;
	u32 st_uid;
	u32 st_gid;
	u64 st_rdev;
	i64 st_size;
	struct core_timespec st_atim;
	struct core_timespec st_mtim;
	struct core_timespec st_ctim;
	i32 st_blksize;
	i32 pad0;
	i64 st_blocks; /* of 512 bytes */
	char st_fstype[ILLUMOS_FSTYPSZ];
};
SIZE_ASSERT(struct illumos_stat, 128);
OFFSET_ASSERT(struct illumos_stat, st_rdev, 32);
OFFSET_ASSERT(struct illumos_stat, st_atim, 48);
OFFSET_ASSERT(struct illumos_stat, st_blocks, 104);

/* sys/dirent.h */
struct illumos_dirent {
	u64 d_ino;
	i64 d_off; /* of the next */
	u16 d_reclen;
	char d_name[6]; /* and more */
};
OFFSET_ASSERT(struct illumos_dirent, d_name, 18);

/* sys/statvfs.h */
#define ILLUMOS_ST_RDONLY  0x01
#define ILLUMOS_ST_NOSUID  0x02
#define ILLUMOS_ST_NOTRUNC 0x04
struct illumos_statvfs {
	u64 f_bsize;
	u64 f_frsize;
	u64 f_blocks;
	u64 f_bfree;
	u64 f_bavail;
	u64 f_files;
	u64 f_ffree;
	u64 f_favail;
	u64 f_fsid;
	char f_basetype[ILLUMOS_FSTYPSZ];
	u64 f_flag;
	u64 f_namemax;
	char f_fstr[32];
};
SIZE_ASSERT(struct illumos_statvfs, 136);
OFFSET_ASSERT(struct illumos_statvfs, f_basetype, 72);
OFFSET_ASSERT(struct illumos_statvfs, f_flag, 88);

/* pathconf's names (sys/unistd.h) */
#define ILLUMOS_PC_LINK_MAX		1
#define ILLUMOS_PC_MAX_CANON		2
#define ILLUMOS_PC_MAX_INPUT		3
#define ILLUMOS_PC_NAME_MAX		4
#define ILLUMOS_PC_PATH_MAX		5
#define ILLUMOS_PC_PIPE_BUF		6
#define ILLUMOS_PC_NO_TRUNC		7
#define ILLUMOS_PC_VDISABLE		8
#define ILLUMOS_PC_CHOWN_RESTRICTED	9
#define ILLUMOS_PC_ASYNC_IO		10
#define ILLUMOS_PC_PRIO_IO		11
#define ILLUMOS_PC_SYNC_IO		12
#define ILLUMOS_PC_ALLOC_SIZE_MIN	13
#define ILLUMOS_PC_REC_INCR_XFER_SIZE	14
#define ILLUMOS_PC_REC_MAX_XFER_SIZE	15
#define ILLUMOS_PC_REC_MIN_XFER_SIZE	16
#define ILLUMOS_PC_REC_XFER_ALIGN	17
#define ILLUMOS_PC_SYMLINK_MAX		18
#define ILLUMOS_PC_2_SYMLINKS		19
#define ILLUMOS_PC_ACL_ENABLED		20
#define ILLUMOS_PC_MIN_HOLE_SIZE	21
#define ILLUMOS_PC_CASE_BEHAVIOR	22
#define ILLUMOS_PC_SATTR_ENABLED	23
#define ILLUMOS_PC_SATTR_EXISTS		24
#define ILLUMOS_PC_ACCESS_FILTERING	25
#define ILLUMOS_PC_TIMESTAMP_RESOLUTION 26
#define ILLUMOS_PC_FILESIZEBITS		67
#define ILLUMOS_PC_XATTR_ENABLED	100
#define ILLUMOS_PC_XATTR_EXISTS		101

/* sysfs(2) */
#define ILLUMOS_GETFSIND  1
#define ILLUMOS_GETFSTYP  2
#define ILLUMOS_GETNFSTYP 3

#endif
