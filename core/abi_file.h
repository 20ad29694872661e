/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_file.h: files, directories and descriptors in the neutral ABI.
 */
#ifndef FB_CORE_ABI_FILE_H
#define FB_CORE_ABI_FILE_H

#include "core/abi_types.h"

/* open(2) flags (asm-generic/fcntl.h); CORE_O_SYNC contains CORE_O_DSYNC. */
#define CORE_O_RDONLY	 0
#define CORE_O_WRONLY	 01
#define CORE_O_RDWR	 02
#define CORE_O_ACCMODE	 03
#define CORE_O_CREAT	 0100
#define CORE_O_EXCL	 0200
#define CORE_O_NOCTTY	 0400
#define CORE_O_TRUNC	 01000
#define CORE_O_APPEND	 02000
#define CORE_O_NONBLOCK	 04000
#define CORE_O_DSYNC	 010000
#define CORE_O_ASYNC	 020000
#define CORE_O_DIRECT	 040000
#define CORE_O_LARGEFILE 0100000
#define CORE_O_DIRECTORY 0200000
#define CORE_O_NOFOLLOW	 0400000
#define CORE_O_NOATIME	 01000000
#define CORE_O_CLOEXEC	 02000000
#define CORE_O_SYNC	 04010000
#define CORE_O_PATH	 010000000
#define CORE_O_TMPFILE	 020200000

/* The *at calls (linux/fcntl.h). */
#define CORE_AT_FDCWD		 (-100)
#define CORE_AT_SYMLINK_NOFOLLOW 0x100
#define CORE_AT_EACCESS		 0x200
#define CORE_AT_REMOVEDIR	 0x200
#define CORE_AT_SYMLINK_FOLLOW	 0x400
#define CORE_AT_NO_AUTOMOUNT	 0x800
#define CORE_AT_EMPTY_PATH	 0x1000
#define CORE_AT_RECURSIVE	 0x8000

/* openat2(2): bits of core_open_how.resolve (linux/openat2.h). */
#define CORE_RESOLVE_NO_XDEV	   0x1
#define CORE_RESOLVE_NO_MAGICLINKS 0x2
#define CORE_RESOLVE_NO_SYMLINKS   0x4
#define CORE_RESOLVE_BENEATH	   0x8
#define CORE_RESOLVE_IN_ROOT	   0x10
#define CORE_RESOLVE_CACHED	   0x20

/* renameat2(2) (linux/fs.h). */
#define CORE_RENAME_NOREPLACE 0x1
#define CORE_RENAME_EXCHANGE  0x2
#define CORE_RENAME_WHITEOUT  0x4

/* File types and mode bits (linux/stat.h). */
#define CORE_S_IFMT   0170000
#define CORE_S_IFSOCK 0140000
#define CORE_S_IFLNK  0120000
#define CORE_S_IFREG  0100000
#define CORE_S_IFBLK  060000
#define CORE_S_IFDIR  040000
#define CORE_S_IFCHR  020000
#define CORE_S_IFIFO  010000
#define CORE_S_ISUID  04000
#define CORE_S_ISGID  02000
#define CORE_S_ISVTX  01000

/* access(2), lseek(2). */
#define CORE_F_OK      0
#define CORE_R_OK      4
#define CORE_W_OK      2
#define CORE_X_OK      1
#define CORE_SEEK_SET  0
#define CORE_SEEK_CUR  1
#define CORE_SEEK_END  2
#define CORE_SEEK_DATA 3
#define CORE_SEEK_HOLE 4

/* Types in core_dirent64. */
#define CORE_DT_UNKNOWN 0
#define CORE_DT_FIFO	1
#define CORE_DT_CHR	2
#define CORE_DT_DIR	4
#define CORE_DT_BLK	6
#define CORE_DT_REG	8
#define CORE_DT_LNK	10
#define CORE_DT_SOCK	12
#define CORE_DT_WHT	14

/* fcntl(2) commands. */
#define CORE_F_DUPFD	     0
#define CORE_F_GETFD	     1
#define CORE_F_SETFD	     2
#define CORE_F_GETFL	     3
#define CORE_F_SETFL	     4
#define CORE_F_GETLK	     5
#define CORE_F_SETLK	     6
#define CORE_F_SETLKW	     7
#define CORE_F_SETOWN	     8
#define CORE_F_GETOWN	     9
#define CORE_F_SETSIG	     10
#define CORE_F_GETSIG	     11
#define CORE_F_SETOWN_EX     15
#define CORE_F_GETOWN_EX     16
#define CORE_F_OFD_GETLK     36
#define CORE_F_OFD_SETLK     37
#define CORE_F_OFD_SETLKW    38
#define CORE_F_SETLEASE	     1024
#define CORE_F_GETLEASE	     1025
#define CORE_F_NOTIFY	     1026
#define CORE_F_DUPFD_CLOEXEC 1030
#define CORE_F_SETPIPE_SZ    1031
#define CORE_F_GETPIPE_SZ    1032
#define CORE_F_ADD_SEALS     1033
#define CORE_F_GET_SEALS     1034

/* Their arguments, and flock(2) operations. */
#define CORE_FD_CLOEXEC		 1
#define CORE_F_RDLCK		 0
#define CORE_F_WRLCK		 1
#define CORE_F_UNLCK		 2
#define CORE_F_SEAL_SEAL	 0x1
#define CORE_F_SEAL_SHRINK	 0x2
#define CORE_F_SEAL_GROW	 0x4
#define CORE_F_SEAL_WRITE	 0x8
#define CORE_F_SEAL_FUTURE_WRITE 0x10
#define CORE_F_OWNER_TID	 0
#define CORE_F_OWNER_PID	 1
#define CORE_F_OWNER_PGRP	 2
#define CORE_LOCK_SH		 1
#define CORE_LOCK_EX		 2
#define CORE_LOCK_NB		 4
#define CORE_LOCK_UN		 8

/* fallocate(2), posix_fadvise(2). */
#define CORE_FALLOC_FL_KEEP_SIZE      0x1
#define CORE_FALLOC_FL_PUNCH_HOLE     0x2
#define CORE_FALLOC_FL_COLLAPSE_RANGE 0x8
#define CORE_FALLOC_FL_ZERO_RANGE     0x10
#define CORE_POSIX_FADV_NORMAL	      0
#define CORE_POSIX_FADV_RANDOM	      1
#define CORE_POSIX_FADV_SEQUENTIAL    2
#define CORE_POSIX_FADV_WILLNEED      3
#define CORE_POSIX_FADV_DONTNEED      4
#define CORE_POSIX_FADV_NOREUSE	      5

/* Special nanoseconds of utimensat(2). */
#define CORE_UTIME_NOW	0x3fffffff
#define CORE_UTIME_OMIT 0x3ffffffe

/* memfd_create(2), close_range(2), getrandom(2), extended attributes, statx(2). */
#define CORE_MFD_CLOEXEC	 0x1
#define CORE_MFD_ALLOW_SEALING	 0x2
#define CORE_MFD_HUGETLB	 0x4
#define CORE_CLOSE_RANGE_UNSHARE 0x2
#define CORE_CLOSE_RANGE_CLOEXEC 0x4
#define CORE_GRND_NONBLOCK	 0x1
#define CORE_GRND_RANDOM	 0x2
#define CORE_GRND_INSECURE	 0x4
#define CORE_XATTR_CREATE	 0x1
#define CORE_XATTR_REPLACE	 0x2
#define CORE_STATX_BASIC_STATS	 0x7ff
#define CORE_STATX_BTIME	 0x800
#define CORE_STATX_MNT_ID	 0x1000

/* core_statx.stx_attributes (linux/stat.h). */
#define CORE_STATX_ATTR_COMPRESSED 0x4
#define CORE_STATX_ATTR_IMMUTABLE  0x10
#define CORE_STATX_ATTR_APPEND	   0x20
#define CORE_STATX_ATTR_NODUMP	   0x40
/* ioctl(2) of files: the attributes above, an i32 (linux/fs.h). */
#define CORE_FS_IOC_GETFLAGS 0x80086601
#define CORE_FS_IOC_SETFLAGS 0x40086602

/* statfs f_flags (linux/statfs.h ST_ bits as the kernel reports them). */
#define CORE_ST_RDONLY	    0x1
#define CORE_ST_NOSUID	    0x2
#define CORE_ST_NODEV	    0x4
#define CORE_ST_NOEXEC	    0x8
#define CORE_ST_SYNCHRONOUS 0x10
#define CORE_ST_VALID	    0x20
#define CORE_ST_MANDLOCK    0x40
#define CORE_ST_NOATIME	    0x400
#define CORE_ST_NODIRATIME  0x800
#define CORE_ST_RELATIME    0x1000

struct core_stat {
	u64 st_dev;
	u64 st_ino;
	u64 st_nlink;
	u32 st_mode;
	u32 st_uid;
	u32 st_gid;
	u32 pad0;
	u64 st_rdev;
	i64 st_size;
	i64 st_blksize;
	i64 st_blocks; /* of 512 bytes */
	struct core_timespec st_atim;
	struct core_timespec st_mtim;
	struct core_timespec st_ctim;
	i64 unused[3];
};
SIZE_ASSERT(struct core_stat, 144);
OFFSET_ASSERT(struct core_stat, st_mode, 24);
OFFSET_ASSERT(struct core_stat, st_rdev, 40);
OFFSET_ASSERT(struct core_stat, st_atim, 72);

struct core_statx_timestamp {
	i64 tv_sec;
	u32 tv_nsec;
	i32 reserved;
};

struct core_statx {
	u32 stx_mask;
	u32 stx_blksize;
	u64 stx_attributes;
	u32 stx_nlink;
	u32 stx_uid;
	u32 stx_gid;
	u16 stx_mode;
	u16 spare0;
	u64 stx_ino;
	u64 stx_size;
	u64 stx_blocks;
	u64 stx_attributes_mask;
	struct core_statx_timestamp stx_atime;
	struct core_statx_timestamp stx_btime;
	struct core_statx_timestamp stx_ctime;
	struct core_statx_timestamp stx_mtime;
	u32 stx_rdev_major;
	u32 stx_rdev_minor;
	u32 stx_dev_major;
	u32 stx_dev_minor;
	u64 stx_mnt_id;
	u64 spare[13];
};
SIZE_ASSERT(struct core_statx, 256);
OFFSET_ASSERT(struct core_statx, stx_btime, 80);
OFFSET_ASSERT(struct core_statx, stx_mnt_id, 144);

#define CORE_PIPEFS_MAGIC 0x50495045

struct core_statfs {
	i64 f_type;
	i64 f_bsize;
	u64 f_blocks;
	u64 f_bfree;
	u64 f_bavail;
	u64 f_files;
	u64 f_ffree;
	i32 f_fsid[2];
	i64 f_namelen;
	i64 f_frsize;
	i64 f_flags;
	i64 f_spare[4];
};
SIZE_ASSERT(struct core_statfs, 120);
OFFSET_ASSERT(struct core_statfs, f_fsid, 56);
OFFSET_ASSERT(struct core_statfs, f_flags, 80);

/* One record of getdents64(2); d_name is NUL-terminated, d_reclen a multiple of 8. */
struct core_dirent64 {
	u64 d_ino;
	i64 d_off; /* the offset to lseek(2) to for the next record */
	u16 d_reclen;
	u8 d_type;
	char d_name[];
};
OFFSET_ASSERT(struct core_dirent64, d_reclen, 16);
OFFSET_ASSERT(struct core_dirent64, d_name, 19);

struct core_flock {
	i16 l_type;
	i16 l_whence;
	i32 pad0;
	i64 l_start;
	i64 l_len;
	i32 l_pid;
	i32 pad1;
};
SIZE_ASSERT(struct core_flock, 32);
OFFSET_ASSERT(struct core_flock, l_pid, 24);

struct core_f_owner_ex {
	i32 type;
	i32 pid;
};
SIZE_ASSERT(struct core_f_owner_ex, 8);

struct core_open_how {
	u64 flags;
	u64 mode;
	u64 resolve;
};
SIZE_ASSERT(struct core_open_how, 24);

/* The encoding of device numbers in st_dev, st_rdev and mknodat (linux/kdev_t.h, new_encode_dev).
 */
static inline u32 core_dev_major(u64 dev)
{
	return (u32)(((dev >> 8) & 0xfff) | ((dev >> 32) & ~(u64)0xfff));
}

static inline u32 core_dev_minor(u64 dev)
{
	return (u32)((dev & 0xff) | ((dev >> 12) & ~(u64)0xff));
}

static inline u64 core_makedev(u32 major, u32 minor)
{
	return ((u64)(major & 0xfff) << 8) | ((u64)(major & ~0xfffu) << 32) | (minor & 0xff) |
	       ((u64)(minor & ~0xffu) << 12);
}

#endif
