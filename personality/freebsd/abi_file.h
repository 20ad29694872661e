/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_file.h: files, directories and file systems,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/fcntl.h, sys/unistd.h, sys/stat.h,
 * sys/dirent.h, sys/mount.h, sys/syslimits.h.
 */
#ifndef FB_FREEBSD_ABI_FILE_H
#define FB_FREEBSD_ABI_FILE_H

#include "core/abi_types.h"

/* open(2) flags (sys/fcntl.h) */
#define FREEBSD_O_RDONLY	  0x0
#define FREEBSD_O_WRONLY	  0x1
#define FREEBSD_O_RDWR		  0x2
#define FREEBSD_O_ACCMODE	  0x3
#define FREEBSD_O_NONBLOCK	  0x4
#define FREEBSD_O_APPEND	  0x8
#define FREEBSD_O_SHLOCK	  0x10
#define FREEBSD_O_EXLOCK	  0x20
#define FREEBSD_O_ASYNC		  0x40
#define FREEBSD_O_FSYNC		  0x80
#define FREEBSD_O_SYNC		  0x80
#define FREEBSD_O_NOFOLLOW	  0x100
#define FREEBSD_O_CREAT		  0x200
#define FREEBSD_O_TRUNC		  0x400
#define FREEBSD_O_EXCL		  0x800
#define FREEBSD_O_NOCTTY	  0x8000
#define FREEBSD_O_DIRECT	  0x10000
#define FREEBSD_O_DIRECTORY	  0x20000
#define FREEBSD_O_EXEC		  0x40000
#define FREEBSD_O_SEARCH	  0x40000
#define FREEBSD_O_TTY_INIT	  0x80000
#define FREEBSD_O_CLOEXEC	  0x100000
#define FREEBSD_O_VERIFY	  0x200000
#define FREEBSD_O_PATH		  0x400000
#define FREEBSD_O_RESOLVE_BENEATH 0x800000
#define FREEBSD_O_DSYNC		  0x1000000
#define FREEBSD_O_EMPTY_PATH	  0x2000000

/* The *at calls (sys/fcntl.h) */
#define FREEBSD_AT_FDCWD	    (-100)
#define FREEBSD_AT_EACCESS	    0x100
#define FREEBSD_AT_SYMLINK_NOFOLLOW 0x200
#define FREEBSD_AT_SYMLINK_FOLLOW   0x400
#define FREEBSD_AT_REMOVEDIR	    0x800
#define FREEBSD_AT_RESOLVE_BENEATH  0x2000
#define FREEBSD_AT_EMPTY_PATH	    0x4000

/* fcntl(2) commands and their arguments (sys/fcntl.h) */
#define FREEBSD_F_DUPFD		 0
#define FREEBSD_F_GETFD		 1
#define FREEBSD_F_SETFD		 2
#define FREEBSD_F_GETFL		 3
#define FREEBSD_F_SETFL		 4
#define FREEBSD_F_GETOWN	 5
#define FREEBSD_F_SETOWN	 6
#define FREEBSD_F_OGETLK	 7
#define FREEBSD_F_OSETLK	 8
#define FREEBSD_F_OSETLKW	 9
#define FREEBSD_F_DUP2FD	 10
#define FREEBSD_F_GETLK		 11
#define FREEBSD_F_SETLK		 12
#define FREEBSD_F_SETLKW	 13
#define FREEBSD_F_SETLK_REMOTE	 14
#define FREEBSD_F_READAHEAD	 15
#define FREEBSD_F_RDAHEAD	 16
#define FREEBSD_F_DUPFD_CLOEXEC	 17
#define FREEBSD_F_DUP2FD_CLOEXEC 18
#define FREEBSD_F_ADD_SEALS	 19
#define FREEBSD_F_GET_SEALS	 20
#define FREEBSD_F_ISUNIONSTACK	 21
#define FREEBSD_F_KINFO		 22
#define FREEBSD_F_SEAL_SEAL	 1
#define FREEBSD_F_SEAL_SHRINK	 2
#define FREEBSD_F_SEAL_GROW	 4
#define FREEBSD_F_SEAL_WRITE	 8
#define FREEBSD_FD_CLOEXEC	 1
#define FREEBSD_F_RDLCK		 1
#define FREEBSD_F_UNLCK		 2
#define FREEBSD_F_WRLCK		 3
#define FREEBSD_LOCK_SH		 1
#define FREEBSD_LOCK_EX		 2
#define FREEBSD_LOCK_NB		 4
#define FREEBSD_LOCK_UN		 8

/* posix_fadvise(2), close_range(2), fspacectl(2) (sys/fcntl.h) */
#define FREEBSD_POSIX_FADV_NORMAL     0
#define FREEBSD_POSIX_FADV_RANDOM     1
#define FREEBSD_POSIX_FADV_SEQUENTIAL 2
#define FREEBSD_POSIX_FADV_WILLNEED   3
#define FREEBSD_POSIX_FADV_DONTNEED   4
#define FREEBSD_POSIX_FADV_NOREUSE    5
#define FREEBSD_SPACECTL_DEALLOC      1

/* lseek(2), access(2) (sys/unistd.h) */
#define FREEBSD_F_OK		    0
#define FREEBSD_X_OK		    1
#define FREEBSD_W_OK		    2
#define FREEBSD_R_OK		    4
#define FREEBSD_SEEK_SET	    0
#define FREEBSD_SEEK_CUR	    1
#define FREEBSD_SEEK_END	    2
#define FREEBSD_SEEK_DATA	    3
#define FREEBSD_SEEK_HOLE	    4
#define FREEBSD_CLOSE_RANGE_CLOEXEC 0x4

/* pathconf(2) (sys/unistd.h) */
#define FREEBSD_PC_LINK_MAX	      1
#define FREEBSD_PC_MAX_CANON	      2
#define FREEBSD_PC_MAX_INPUT	      3
#define FREEBSD_PC_NAME_MAX	      4
#define FREEBSD_PC_PATH_MAX	      5
#define FREEBSD_PC_PIPE_BUF	      6
#define FREEBSD_PC_CHOWN_RESTRICTED   7
#define FREEBSD_PC_NO_TRUNC	      8
#define FREEBSD_PC_VDISABLE	      9
#define FREEBSD_PC_ASYNC_IO	      53
#define FREEBSD_PC_PRIO_IO	      54
#define FREEBSD_PC_SYNC_IO	      55
#define FREEBSD_PC_ALLOC_SIZE_MIN     10
#define FREEBSD_PC_FILESIZEBITS	      12
#define FREEBSD_PC_REC_INCR_XFER_SIZE 14
#define FREEBSD_PC_REC_MAX_XFER_SIZE  15
#define FREEBSD_PC_REC_MIN_XFER_SIZE  16
#define FREEBSD_PC_REC_XFER_ALIGN     17
#define FREEBSD_PC_SYMLINK_MAX	      18
#define FREEBSD_PC_ACL_EXTENDED	      59
#define FREEBSD_PC_ACL_PATH_MAX	      60
#define FREEBSD_PC_CAP_PRESENT	      61
#define FREEBSD_PC_INF_PRESENT	      62
#define FREEBSD_PC_MAC_PRESENT	      63
#define FREEBSD_PC_ACL_NFS4	      64
#define FREEBSD_PC_MIN_HOLE_SIZE      21
#define FREEBSD_PC_DEALLOC_PRESENT    65

/* File types and modes (sys/stat.h) */
#define FREEBSD_S_ISUID	 04000
#define FREEBSD_S_ISGID	 02000
#define FREEBSD_S_ISTXT	 01000
#define FREEBSD_S_IFMT	 0170000
#define FREEBSD_S_IFIFO	 010000
#define FREEBSD_S_IFCHR	 020000
#define FREEBSD_S_IFDIR	 040000
#define FREEBSD_S_IFBLK	 060000
#define FREEBSD_S_IFREG	 0100000
#define FREEBSD_S_IFLNK	 0120000
#define FREEBSD_S_IFSOCK 0140000
#define FREEBSD_S_ISVTX	 01000
#define FREEBSD_S_IFWHT	 0160000

/* st_flags (sys/stat.h) */
#define FREEBSD_UF_SETTABLE  0xffff
#define FREEBSD_UF_NODUMP    0x1
#define FREEBSD_UF_IMMUTABLE 0x2
#define FREEBSD_UF_APPEND    0x4
#define FREEBSD_UF_OPAQUE    0x8
#define FREEBSD_UF_NOUNLINK  0x10
#define FREEBSD_UF_SYSTEM    0x80
#define FREEBSD_UF_SPARSE    0x100
#define FREEBSD_UF_OFFLINE   0x200
#define FREEBSD_UF_REPARSE   0x400
#define FREEBSD_UF_ARCHIVE   0x800
#define FREEBSD_UF_READONLY  0x1000
#define FREEBSD_UF_HIDDEN    0x8000
#define FREEBSD_SF_SETTABLE  0xffff0000u
#define FREEBSD_SF_ARCHIVED  0x10000
#define FREEBSD_SF_IMMUTABLE 0x20000
#define FREEBSD_SF_APPEND    0x40000
#define FREEBSD_SF_NOUNLINK  0x100000
#define FREEBSD_SF_SNAPSHOT  0x200000

/* utimensat(2) (sys/stat.h) */
#define FREEBSD_UTIME_NOW  (-1)
#define FREEBSD_UTIME_OMIT (-2)

/* d_type (sys/dirent.h) */
#define FREEBSD_DT_UNKNOWN 0
#define FREEBSD_DT_FIFO	   1
#define FREEBSD_DT_CHR	   2
#define FREEBSD_DT_DIR	   4
#define FREEBSD_DT_BLK	   6
#define FREEBSD_DT_REG	   8
#define FREEBSD_DT_LNK	   10
#define FREEBSD_DT_SOCK	   12
#define FREEBSD_DT_WHT	   14

/* statfs f_flags and mount(2) flags (sys/mount.h) */
#define FREEBSD_MNT_RDONLY	  0x1
#define FREEBSD_MNT_SYNCHRONOUS	  0x2
#define FREEBSD_MNT_NOEXEC	  0x4
#define FREEBSD_MNT_NOSUID	  0x8
#define FREEBSD_MNT_NFS4ACLS	  0x10
#define FREEBSD_MNT_UNION	  0x20
#define FREEBSD_MNT_ASYNC	  0x40
#define FREEBSD_MNT_SUIDDIR	  0x100000
#define FREEBSD_MNT_SOFTDEP	  0x200000
#define FREEBSD_MNT_NOSYMFOLLOW	  0x400000
#define FREEBSD_MNT_GJOURNAL	  0x2000000
#define FREEBSD_MNT_MULTILABEL	  0x4000000
#define FREEBSD_MNT_ACLS	  0x8000000
#define FREEBSD_MNT_NOATIME	  0x10000000
#define FREEBSD_MNT_NOCLUSTERR	  0x40000000
#define FREEBSD_MNT_NOCLUSTERW	  0x80000000u
#define FREEBSD_MNT_SUJ		  0x100000000ull
#define FREEBSD_MNT_AUTOMOUNTED	  0x200000000ull
#define FREEBSD_MNT_UNTRUSTED	  0x800000000ull
#define FREEBSD_MNT_EXRDONLY	  0x80
#define FREEBSD_MNT_DEFEXPORTED	  0x200
#define FREEBSD_MNT_EXKERB	  0x800
#define FREEBSD_MNT_EXTLS	  0x4000000000ull
#define FREEBSD_MNT_EXTLSCERT	  0x8000000000ull
#define FREEBSD_MNT_EXTLSCERTUSER 0x10000000000ull
#define FREEBSD_MNT_LOCAL	  0x1000
#define FREEBSD_MNT_QUOTA	  0x2000
#define FREEBSD_MNT_ROOTFS	  0x4000
#define FREEBSD_MNT_USER	  0x8000
#define FREEBSD_MNT_IGNORE	  0x800000
#define FREEBSD_MNT_VERIFIED	  0x400000000ull
#define FREEBSD_MNT_VISFLAGMASK	  0xffef0ffffull
#define FREEBSD_MNT_UPDATEMASK	  0xad8d0807eull
#define FREEBSD_MNT_UPDATE	  0x10000
#define FREEBSD_MNT_DELEXPORT	  0x20000
#define FREEBSD_MNT_RELOAD	  0x40000
#define FREEBSD_MNT_FORCE	  0x80000
#define FREEBSD_MNT_SNAPSHOT	  0x1000000
#define FREEBSD_MNT_NONBUSY	  0x4000000
#define FREEBSD_MNT_BYFSID	  0x8000000
#define FREEBSD_MNT_NOCOVER	  0x1000000000ull
#define FREEBSD_MNT_EMPTYDIR	  0x2000000000ull
#define FREEBSD_MNT_CMDFLAGS	  0x300d0f0000ull
#define FREEBSD_MNT_WAIT	  0x1
#define FREEBSD_MNT_NOWAIT	  0x2
#define FREEBSD_MNT_LAZY	  0x3
#define FREEBSD_MNT_SUSPEND	  0x4

/* statfs versions and lengths (sys/mount.h) */
#define FREEBSD_MFSNAMELEN	 0x10
#define FREEBSD_MNAMELEN	 0x400
#define FREEBSD_STATFS_VERSION	 0x20140518
#define FREEBSD11_STATFS_VERSION 0x20030518

/* limits (sys/syslimits.h) */
#define FREEBSD_ARG_MAX	    524288
#define FREEBSD_CHILD_MAX   40
#define FREEBSD_MAX_CANON   255
#define FREEBSD_MAX_INPUT   255
#define FREEBSD_NAME_MAX    255
#define FREEBSD_NGROUPS_MAX 1023
#define FREEBSD_OPEN_MAX    64
#define FREEBSD_PATH_MAX    1024
#define FREEBSD_PIPE_BUF    512
#define FREEBSD_IOV_MAX	    1024

/* dev_t keeps its parts as MMMmmmMm, a letter a byte (sys/types.h). */
static inline u64 freebsd_makedev(u32 major, u32 minor)
{
	return ((u64)(major & 0xffffff00u) << 32) | ((major & 0xffu) << 8) |
	       ((u64)(minor & 0xff00u) << 24) | (minor & 0xffff00ffu);
}

static inline u32 freebsd_dev_major(u64 dev)
{
	return (u32)((dev >> 32) & 0xffffff00u) | (u32)((dev >> 8) & 0xffu);
}

static inline u32 freebsd_dev_minor(u64 dev)
{
	return (u32)((dev >> 24) & 0xff00u) | (u32)(dev & 0xffff00ffu);
}

struct freebsd_stat {
	u64 st_dev;
	u64 st_ino;
	u64 st_nlink;
	u16 st_mode;
	i16 st_padding0;
	u32 st_uid;
	u32 st_gid;
	i32 st_padding1;
	u64 st_rdev;
	struct core_timespec st_atim;
	struct core_timespec st_mtim;
	struct core_timespec st_ctim;
	struct core_timespec st_birthtim;
	i64 st_size;
	i64 st_blocks; /* of 512 bytes */
	i32 st_blksize;
	u32 st_flags;
	u64 st_gen;
	u64 st_spare[10];
};
SIZE_ASSERT(struct freebsd_stat, 224);
OFFSET_ASSERT(struct freebsd_stat, st_uid, 28);
OFFSET_ASSERT(struct freebsd_stat, st_rdev, 40);
OFFSET_ASSERT(struct freebsd_stat, st_birthtim, 96);
OFFSET_ASSERT(struct freebsd_stat, st_size, 112);
OFFSET_ASSERT(struct freebsd_stat, st_flags, 132);
OFFSET_ASSERT(struct freebsd_stat, st_gen, 136);

struct freebsd11_stat {
	u32 st_dev;
	u32 st_ino;
	u16 st_mode;
	u16 st_nlink;
	u32 st_uid;
	u32 st_gid;
	u32 st_rdev;
	struct core_timespec st_atim;
	struct core_timespec st_mtim;
	struct core_timespec st_ctim;
	i64 st_size;
	i64 st_blocks;
	i32 st_blksize;
	u32 st_flags;
	u32 st_gen;
	i32 st_lspare;
	struct core_timespec st_birthtim;
};
SIZE_ASSERT(struct freebsd11_stat, 120);
OFFSET_ASSERT(struct freebsd11_stat, st_atim, 24);
OFFSET_ASSERT(struct freebsd11_stat, st_size, 72);
OFFSET_ASSERT(struct freebsd11_stat, st_birthtim, 104);

struct freebsd11_nstat {
	u32 st_dev;
	u32 st_ino;
	u32 st_mode;
	u32 st_nlink;
	u32 st_uid;
	u32 st_gid;
	u32 st_rdev;
	u32 pad0;
	struct core_timespec st_atim;
	struct core_timespec st_mtim;
	struct core_timespec st_ctim;
	i64 st_size;
	i64 st_blocks;
	i32 st_blksize;
	u32 st_flags;
	u32 st_gen;
	u32 pad1;
	struct core_timespec st_birthtim;
};
SIZE_ASSERT(struct freebsd11_nstat, 128);
OFFSET_ASSERT(struct freebsd11_nstat, st_atim, 32);
OFFSET_ASSERT(struct freebsd11_nstat, st_birthtim, 112);

struct freebsd_statfs {
	u32 f_version; /* FREEBSD_STATFS_VERSION */
	u32 f_type;
	u64 f_flags;
	u64 f_bsize;
	u64 f_iosize;
	u64 f_blocks;
	u64 f_bfree;
	i64 f_bavail;
	u64 f_files;
	i64 f_ffree;
	u64 f_syncwrites;
	u64 f_asyncwrites;
	u64 f_syncreads;
	u64 f_asyncreads;
	u64 f_spare[10];
	u32 f_namemax;
	u32 f_owner;
	i32 f_fsid[2];
	char f_charspare[80];
	char f_fstypename[FREEBSD_MFSNAMELEN];
	char f_mntfromname[FREEBSD_MNAMELEN];
	char f_mntonname[FREEBSD_MNAMELEN];
};
SIZE_ASSERT(struct freebsd_statfs, 2344);
OFFSET_ASSERT(struct freebsd_statfs, f_namemax, 184);
OFFSET_ASSERT(struct freebsd_statfs, f_fstypename, 280);
OFFSET_ASSERT(struct freebsd_statfs, f_mntonname, 1320);

struct freebsd11_statfs {
	u32 f_version; /* FREEBSD11_STATFS_VERSION */
	u32 f_type;
	u64 f_flags;
	u64 f_bsize;
	u64 f_iosize;
	u64 f_blocks;
	u64 f_bfree;
	i64 f_bavail;
	u64 f_files;
	i64 f_ffree;
	u64 f_syncwrites;
	u64 f_asyncwrites;
	u64 f_syncreads;
	u64 f_asyncreads;
	u64 f_spare[10];
	u32 f_namemax;
	u32 f_owner;
	i32 f_fsid[2];
	char f_charspare[80];
	char f_fstypename[16];
	char f_mntfromname[88];
	char f_mntonname[88];
};
SIZE_ASSERT(struct freebsd11_statfs, 472);
OFFSET_ASSERT(struct freebsd11_statfs, f_mntonname, 384);

/* d_reclen is a multiple of 8; bytes past the name's NUL are zero. */
struct freebsd_dirent {
	u64 d_fileno;
	i64 d_off; /* the offset of the next entry */
	u16 d_reclen;
	u8 d_type;
	u8 d_pad0;
	u16 d_namlen;
	u16 d_pad1;
	char d_name[256];
};
SIZE_ASSERT(struct freebsd_dirent, 280);
OFFSET_ASSERT(struct freebsd_dirent, d_namlen, 20);
OFFSET_ASSERT(struct freebsd_dirent, d_name, 24);

struct freebsd11_dirent {
	u32 d_fileno;
	u16 d_reclen; /* a multiple of 4 */
	u8 d_type;
	u8 d_namlen;
	char d_name[256];
};
SIZE_ASSERT(struct freebsd11_dirent, 264);
OFFSET_ASSERT(struct freebsd11_dirent, d_name, 8);

struct freebsd_flock {
	i64 l_start;
	i64 l_len;
	i32 l_pid;
	i16 l_type;
	i16 l_whence;
	i32 l_sysid;
	i32 pad0;
};
SIZE_ASSERT(struct freebsd_flock, 32);
OFFSET_ASSERT(struct freebsd_flock, l_type, 20);
OFFSET_ASSERT(struct freebsd_flock, l_sysid, 24);

/* What F_OGETLK and its like move: struct flock before l_sysid. */
struct freebsd_oflock {
	i64 l_start;
	i64 l_len;
	i32 l_pid;
	i16 l_type;
	i16 l_whence;
};
SIZE_ASSERT(struct freebsd_oflock, 24);

struct freebsd_spacectl_range {
	i64 r_offset;
	i64 r_len;
};
SIZE_ASSERT(struct freebsd_spacectl_range, 16);

#endif
