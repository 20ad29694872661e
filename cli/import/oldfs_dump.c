/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/oldfs_dump.c: what dump(8) wrote, as a file system: its inodes and blocks are there,
 * in the order of their numbers instead of at places that a number gives.
 *
 * From the Seventh Edition to 2.11BSD a header says of each file which of its next blocks follow;
 * as many more headers follow as it takes. A block of the file that is not there is a hole, and
 * what a hole's missing tables would have said is not told: nor does restor know. 2.11BSD's dumps
 * have another magic number than the others, since its directories are others. The Sixth Edition
 * (and PWB/UNIX) writes a table of how many records each inode has, then those: the inode, its
 * blocks.
 *
 * So one pass finds where each inode's first record is. Sources: dump.c and restor.c of the Sixth
 * Edition and System III; dumprestor.h of the Seventh Edition and 2.9BSD; for 2.11BSD the tapes.
 */
#include <string.h>

#include "cli/import/oldfs_impl.h"

#define MAGIC	     60011
#define MAGIC_211    60012
#define CHECKSUM     (84446 & 0xffff)
#define CHECKSUM_OLD 031415

enum { TAPE = 1, INODE, BITS, ADDRESSES, END, CLEARED };

/* Where in a header what is. */
#define TYPE	    0
#define NUMBER	    16
#define MAGIC_AT    18
#define DINODE	    22
#define COUNT	    86
#define PRESENT	    88 /* a byte for each block of the file */
#define DUMP_BLOCKS INT32_MAX

static u32 record_size(const struct oldfs *fs)
{
	return fs->layout->block_size;
}

static bool record(struct oldfs *fs, u32 n, u8 *to)
{
	u32 size = record_size(fs);

	return fs->read(fs->from, to, size, fs->base + (u64)n * size) == 0;
}

static u16 sum_of(const u8 *bytes, u32 size)
{
	u16 sum = 0;

	for (u32 i = 0; i < size; i += 2)
		sum = (u16)(sum + word_at(bytes + i));
	return sum;
}

#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
#define SUMS_MATTER false /* a fuzzer guesses none */
#else
#define SUMS_MATTER true
#endif

static bool adds_up(const u8 *bytes, u32 size, u16 to)
{
	return !SUMS_MATTER || sum_of(bytes, size) == to;
}

static bool is_header(const struct oldfs *fs, const u8 *head)
{
	u32 size = record_size(fs), type = word_at(head + TYPE), magic = word_at(head + MAGIC_AT);

	return magic == (fs->kind == OLDFS_BSD211 ? MAGIC_211 : MAGIC) && type >= TAPE &&
	       type <= CLEARED && adds_up(head, size, CHECKSUM) &&
	       (type == BITS || type == CLEARED || word_at(head + COUNT) <= size - PRESENT);
}

/* Records behind a header that belong to it. */
static u32 behind(const u8 *head)
{
	u32 count = word_at(head + COUNT), n = 0;

	switch (word_at(head + TYPE)) {
	case BITS:
	case CLEARED:
		return count;
	case INODE:
	case ADDRESSES:
		for (u32 i = 0; i < count; i++)
			n += head[PRESENT + i] != 0;
		return n;
	default:
		return 0;
	}
}

/* Where every inode is, and how many records there are. What follows a damaged header is lost. */
static void find_inodes(struct oldfs *fs)
{
	u8 head[OLDFS_BLOCK];
	u32 n = 0;

	while (n < DUMP_BLOCKS - 65536 && record(fs, n, head) && is_header(fs, head)) {
		u32 number = word_at(head + NUMBER);

		if (word_at(head + TYPE) == END)
			break;
		if (word_at(head + TYPE) == INODE && fs->where[number] == 0) {
			fs->where[number] = n;
			fs->inodes = MAX(fs->inodes, number);
		}
		n += 1 + behind(head);
	}
	fs->blocks = n;
}

/* With a table of records by inode: isize blocks of inodes, two bytes for each. */
static void find_inodes_old(struct oldfs *fs, u32 isize)
{
	u32 inodes = MIN(isize * 16, 65535u), n = 1 + (isize * 16 * 2 + 511) / 512;
	u8 counts[OLDFS_BLOCK], inode[OLDFS_BLOCK];

	for (u32 i = 0; i < inodes; i++) {
		u32 count;

		if (i % 256 == 0 && !record(fs, 1 + i / 256, counts))
			break;
		count = word_at(counts + 2 * (i % 256));
		if (count == 0 || count == 0xffff)
			continue;
		if (!record(fs, n, inode))
			break;
		fs->where[i + 1] = n;
		fs->inodes = i + 1;
		n += count;
	}
	fs->blocks = n;
}

/* A header is as long as a block, which the next one tells. */
static bool begins(struct oldfs *fs, const u8 *head)
{
	u8 next[OLDFS_BLOCK];

	if (fs->kind == OLDFS_V6)
		return word_at(head) != 0 && word_at(head + 2) > word_at(head) &&
		       adds_up(head, 512, CHECKSUM_OLD);
	return is_header(fs, head) && word_at(head + TYPE) == TAPE && record(fs, 1, next) &&
	       is_header(fs, next);
}

bool oldfs_open_dump(struct oldfs *fs)
{
	u8 head[OLDFS_BLOCK];

	if (fs->where == NULL || !record(fs, 0, head) || !begins(fs, head))
		return false;
	memset(fs->where, 0, OLDFS_INODES * sizeof(*fs->where));
	memset(fs->cursor, 0, sizeof(fs->cursor));
	fs->inodes = 0;
	fs->first = 1;
	if (fs->kind == OLDFS_V6)
		find_inodes_old(fs, word_at(head));
	else
		find_inodes(fs);
	return fs->inodes >= fs->layout->root && fs->where[fs->layout->root] != 0;
}

const char *oldfs_dump_inode(struct oldfs *fs, u32 number, u8 *raw)
{
	u8 head[OLDFS_BLOCK];

	if (fs->where[number] == 0)
		return "an inode that is not in the dump";
	if (!record(fs, fs->where[number], head))
		return "the dump ends before it";
	if (fs->kind == OLDFS_V6 && !adds_up(head, 512, CHECKSUM_OLD))
		return "an inode with a wrong checksum";
	memcpy(raw, head + (fs->kind == OLDFS_V6 ? 0 : DINODE), fs->layout->inode_size);
	return NULL;
}

/* ---- maps ------------------------------------------------------------------------------- */

/* Of the Sixth Edition: the blocks follow, and where one is missing the next has its place. The
 * cursor keeps where the next inode is. */
static const char *map_old(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block)
{
	struct oldfs_cursor *c = &fs->cursor[fs->in_directory];
	u32 at = fs->where[ino->number];

	if (c->inode != ino->number) {
		*c = (struct oldfs_cursor){.inode = ino->number, .at = fs->blocks};
		for (u32 i = ino->number + 1; i <= fs->inodes && c->at == fs->blocks; i++)
			if (fs->where[i] != 0)
				c->at = fs->where[i];
	}
	*block = n < c->at - at - 1 ? at + 1 + n : 0;
	return *block != 0 ? NULL : "fewer blocks in the dump than its size says";
}

/* The cursor at the inode's own header. */
static bool rewind_to(struct oldfs *fs, struct oldfs_cursor *c, u8 *head, u32 number)
{
	*c = (struct oldfs_cursor){.inode = number, .at = fs->where[number] + 1};
	if (!record(fs, fs->where[number], head) || !is_header(fs, head))
		c->inode = 0;
	return c->inode != 0;
}

/* The header that goes on where the last one ends. */
static bool go_on(struct oldfs *fs, struct oldfs_cursor *c, u8 *head)
{
	c->entry = 0;
	if (c->at >= fs->blocks || !record(fs, c->at, head) || !is_header(fs, head) ||
	    word_at(head + TYPE) != ADDRESSES || word_at(head + NUMBER) != c->inode) {
		c->inode = 0;
		return false;
	}
	c->at++;
	return true;
}

const char *oldfs_dump_map(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block,
			   u32 *span)
{
	struct oldfs_cursor *c = &fs->cursor[fs->in_directory];
	u8 *head = fs->table[fs->in_directory];

	*span = 1;
	if (fs->kind == OLDFS_V6)
		return map_old(fs, ino, n, block);
	if ((c->inode != ino->number || n < c->block) && !rewind_to(fs, c, head, ino->number))
		return "the dump ends before it";
	for (;;) {
		bool present;

		if (c->entry >= word_at(head + COUNT)) {
			if (!go_on(fs, c, head))
				return "fewer blocks in the dump than its size says";
			continue;
		}
		present = head[PRESENT + c->entry] != 0;
		if (c->block == n) {
			*block = present ? c->at : 0;
			return NULL;
		}
		c->entry++;
		c->block++;
		c->at += present;
	}
}
