/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/abi_file.h: what the systems say of files.
 *
 * Facts: stat.h, dir.h and inode.h of sys (V6) and usr/sys/h (V7); stat(II) of the Sixth and the
 * First Edition's manual; dir(5); u1.s to u3.s (First Edition).
 */
#ifndef FB_PERSONALITY_RESEARCH_ABI_FILE_H
#define FB_PERSONALITY_RESEARCH_ABI_FILE_H

#include "personality/research/word.h"

/* struct stat of the Seventh Edition and System III. */
struct v7_stat {
	struct pdp_word dev, ino, mode, nlink, uid, gid, rdev;
	struct pdp_long size, atime, mtime, ctime;
};
SIZE_ASSERT(struct v7_stat, 30);
OFFSET_ASSERT(struct v7_stat, size, 14);

/* The Fourth to the Sixth: the inode itself, behind device and number. */
struct v6_stat {
	u8 minor, major;
	struct pdp_word ino, mode;
	u8 nlink, uid, gid, size0;
	struct pdp_word size1;
	struct pdp_word addr[8];
	struct pdp_long atime, mtime;
};
SIZE_ASSERT(struct v6_stat, 36);
OFFSET_ASSERT(struct v6_stat, size0, 9);
OFFSET_ASSERT(struct v6_stat, atime, 28);

/* Bits of its mode; file types but the regular, which has none of them. */
#define V6_IALLOC 0100000
#define V6_IFBLK  060000
#define V6_IFDIR  040000
#define V6_IFCHR  020000
#define V6_ILARG  010000

/* The First and Second Edition: the inode behind its number. */
struct v1_stat {
	struct pdp_word ino, flags;
	u8 nlink, uid;
	struct pdp_word size;
	struct pdp_word addr[8];
	struct pdp_long ctime, mtime;
	struct pdp_word unused;
};
SIZE_ASSERT(struct v1_stat, 34);
OFFSET_ASSERT(struct v1_stat, ctime, 24);

#define V1_ALLOC       0100000
#define V1_DIR	       040000
#define V1_MODIFIED    020000
#define V1_LARGE       010000
#define V1_SETUID      040
#define V1_EXEC	       020
#define V1_READ	       010 /* the owner's; the others' are two bits lower */
#define V1_WRITE       04
#define V1_READ_OTHER  02
#define V1_WRITE_OTHER 01

#define V7_SMALL_FILE 4096 /* bytes, of V6: a larger one has ILARG */

#define OLD_ENTRY_MAX 16 /* bytes of a directory's entry: a number and a name */

#endif
