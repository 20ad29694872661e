/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/oldfs.h: the file systems of the PDP-11 UNIXes, read from an image, or a dump of one.
 *
 * Seven layouts, from the First Edition to 2.11BSD. A reader function brings the bytes, nothing
 * here opens, allocates or prints, and whatever is in the image, no call takes longer than the
 * image is large: what a fuzzer needs.
 *
 * Sources. First Edition: u4.s, u5.s, u7.s of the kernel of June 1972. Sixth: filsys.h, ino.h,
 * ken/subr.c (the Fourth and Fifth are the same but for files over 896 KiB). Seventh: filsys(5),
 * h/filsys.h, h/ino.h, sys/subr.c (System III the same: sys/filsys.h, sys/ino.h, sys/param.h).
 * System V: sys/fs/s5filsys.h, whose magic number and type are at the end of a superblock of 512
 * bytes. 2.9BSD: sys/filsys.h, sys/ino.h, sys/param.h with UCB_NKB 1. 2.11BSD: h/fs.h, h/inode.h,
 * h/dir.h. A long is two words, the high one first; the word's low byte comes first.
 */
#ifndef FB_CLI_IMPORT_OLDFS_H
#define FB_CLI_IMPORT_OLDFS_H

#include "lib/base.h"

#define OLDFS_BLOCK	1024 /* the largest block */
#define OLDFS_ADDRESSES 13
#define OLDFS_NAME	63
#define OLDFS_LEVELS	3
#define OLDFS_INODES	65536 /* that a number of 16 bits tells apart */

enum oldfs_kind {
	OLDFS_V1,
	OLDFS_V6,
	OLDFS_SYSV,
	OLDFS_SYSV_2, /* with blocks of 1 KiB */
	OLDFS_V7,
	OLDFS_BSD29,
	OLDFS_BSD211,
	OLDFS_KINDS
};

enum oldfs_type {
	OLDFS_FILE,
	OLDFS_DIRECTORY,
	OLDFS_LINK,
	OLDFS_FIFO,
	OLDFS_SPECIAL, /* devices, sockets, and what only its own system knows */
};

struct oldfs_layout;

/* Where in a dump's file one is: at an entry of the header in the table of the same number, a block
 * of the file, and the record that follows. */
struct oldfs_cursor {
	u32 inode; /* 0: nowhere */
	u32 entry, block, at;
};

struct oldfs {
	/* len bytes at offset of the image: 0, or anything else when they are not all there. */
	long (*read)(void *from, void *buf, u32 len, u64 offset);
	void *from;
	u64 base;	/* where in the image it begins, in bytes */
	bool no_double; /* files of the Fifth Edition and before: the eighth address is as the
			   others */
	/* For dumps: room for OLDFS_INODES numbers, where their records are; NULL: no dumps. */
	u32 *where;
	bool dump; /* it is one */
	struct oldfs_cursor cursor[2];
	bool in_directory; /* the second is for directories, between whose blocks files are read */
	enum oldfs_kind kind;
	const struct oldfs_layout *layout;
	u32 inodes;	   /* the highest inode number */
	u32 first, blocks; /* the blocks of files: from first up to, not with, blocks */
	u32 budget;	   /* blocks of files still to be counted; each is in one file only */
	u64 steps;	   /* and steps through their maps, holes among them */
	u32 table_at[OLDFS_LEVELS]; /* whose content is in table; 0: none */
	u8 table[OLDFS_LEVELS][OLDFS_BLOCK];
};

struct oldfs_inode {
	u32 number;
	enum oldfs_type type;
	u16 mode; /* permissions, set-id and sticky bits as everywhere */
	u16 links, uid, gid;
	bool large; /* First to Sixth Edition: its addresses are of tables */
	u32 size;
	i64 atime, mtime; /* of UNIX time */
	u32 address[OLDFS_ADDRESSES];
};

struct oldfs_entry {
	u32 number; /* 0: the directory has no more */
	u32 length;
	char name[OLDFS_NAME + 1];
};

/* A directory that is being read: zero but for fs and inode. */
struct oldfs_dir {
	struct oldfs *fs;
	const struct oldfs_inode *inode;
	u32 at;	   /* the next byte */
	u32 block; /* whose content is in bytes; valid when loaded */
	bool loaded, hole;
	u32 span; /* of the hole */
	u8 bytes[OLDFS_BLOCK];
};

/*
 * Is there a file system at fs->base, or a dump? read, from, base, where and no_double are the
 * caller's. What it finds, it has proved by the root directory's own entries: no archive or text
 * looks like that.
 */
bool oldfs_open(struct oldfs *fs);
/* "the Seventh Edition", ... */
const char *oldfs_name(const struct oldfs *fs);
u32 oldfs_block_size(const struct oldfs *fs);
u32 oldfs_root(const struct oldfs *fs);

/* These answer NULL, or what is wrong with the image in a few words. */

const char *oldfs_inode(struct oldfs *fs, u32 number, struct oldfs_inode *ino);
/*
 * The block of the image that holds block n of the file, 0 for a hole; *span is how many blocks
 * are known to follow as n does: 1, or how far the hole goes.
 */
const char *oldfs_map(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block,
		      u32 *span);
/* Walks the whole map of a file, whose blocks are taken from the budget. */
const char *oldfs_check(struct oldfs *fs, const struct oldfs_inode *ino);
/* One block of a file, as mapped, not 0. */
const char *oldfs_block(struct oldfs *fs, u32 block, u8 *bytes);
/* The next entry of a directory, "." and ".." among them, names as they stand. */
const char *oldfs_next(struct oldfs_dir *d, struct oldfs_entry *e);

/* Where on the disks of old systems file systems begin: 0 at the end of the list. */
u32 oldfs_usual_start(u32 i);
/* The same by 2.11BSD's label, in blocks of 512; false when there is no such partition. */
bool oldfs_label_start(struct oldfs *fs, u32 i, u32 *start);

#endif
