/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/oldfs_open.c: which file system an image holds, and where.
 *
 * No superblock but System V's has a magic number. So every layout is tried: its counts must be
 * possible, its root must be a directory, and that must name itself and name itself as its own
 * parent. Sources as in oldfs.h; where disks are divided, hp.c and rp.c of the Sixth and the
 * Seventh Edition and 2.11BSD's h/disklabel.h.
 */
#include <string.h>

#include "cli/import/oldfs_impl.h"

static const struct oldfs_layout layouts[OLDFS_KINDS] = {
    [OLDFS_V1] = {"the First Edition", 512, 32, 41, 8, 2, 10},
    [OLDFS_V6] = {"the Sixth Edition", 512, 32, 1, 8, 2, 16},
    [OLDFS_SYSV] = {"System V", 512, 64, 2, 13, 3, 16},
    [OLDFS_SYSV_2] = {"System V (1 KiB)", 1024, 64, 2, 13, 3, 16},
    [OLDFS_V7] = {"the Seventh Edition", 512, 64, 2, 13, 3, 16},
    [OLDFS_BSD29] = {"2.9BSD", 1024, 64, 2, 7, 3, 16},
    [OLDFS_BSD211] = {"2.11BSD", 1024, 64, 2, 7, 4, 0},
};

#define FREE_BLOCKS_V6 100 /* that a superblock has room for */
#define FREE_BLOCKS_V7 50
#define FREE_INODES    100

/* Two bit maps, each behind its length: of blocks, and of inodes from 41 on. */
static bool counts_v1(struct oldfs *fs)
{
	u8 sb[1024];
	u32 map, map2;

	if (fs->read(fs->from, sb, sizeof(sb), fs->base) != 0)
		return false;
	map = word_at(sb);
	if (map == 0 || map % 2 != 0 || map > sizeof(sb) - 6)
		return false;
	map2 = word_at(sb + 2 + map);
	if (map2 == 0 || map2 > sizeof(sb) - 4 - map)
		return false;
	fs->blocks = map * 8;
	fs->inodes = 40 + map2 * 8;
	/* What makes such file systems may count the first forty or not: this is behind the root's.
	 */
	fs->first = (41 + 31) / 16 + 1;
	return true;
}

static bool counts_v6(struct oldfs *fs)
{
	u8 sb[512];
	u32 free_inodes;

	if (fs->read(fs->from, sb, sizeof(sb), fs->base + 512) != 0)
		return false;
	fs->first = word_at(sb) + 2u;
	fs->blocks = word_at(sb + 2);
	fs->inodes = word_at(sb) * 16u;
	free_inodes = word_at(sb + 6 + 2 * FREE_BLOCKS_V6);
	return word_at(sb + 4) <= FREE_BLOCKS_V6 && free_inodes <= FREE_INODES;
}

#define SYSV_MAGIC    0xfd187e20
#define SYSV_MAGIC_AT 504 /* s_magic; s_type, 1 or 2 for the size of blocks, follows */

static bool is_sysv(const struct oldfs *fs, const u8 *sb)
{
	return long_at(sb + SYSV_MAGIC_AT) == SYSV_MAGIC &&
	       long_at(sb + SYSV_MAGIC_AT + 4) == fs->layout->block_size / 512u;
}

/* s_isize is the block behind the last of inodes there. System V's superblock is in the second 512
 * bytes whatever the size of its blocks. */
static bool counts_v7(struct oldfs *fs)
{
	u32 size = fs->layout->block_size;
	bool sysv = fs->kind == OLDFS_SYSV || fs->kind == OLDFS_SYSV_2;
	u8 sb[512];

	if (fs->read(fs->from, sb, sizeof(sb), fs->base + (sysv ? 512 : size)) != 0)
		return false;
	if (sysv && !is_sysv(fs, sb))
		return false;
	fs->first = word_at(sb);
	fs->blocks = long_at(sb + 2);
	if (fs->first <= 2 || fs->blocks > INT32_MAX / size)
		return false;
	fs->inodes = MIN((fs->first - 2) * (size / 64), 65535u);
	return word_at(sb + 6) <= FREE_BLOCKS_V7 &&
	       word_at(sb + 8 + 4 * FREE_BLOCKS_V7) <= FREE_INODES;
}

/* Are "." and ".." of the root the root, and are they there? */
static bool is_root(struct oldfs *fs)
{
	struct oldfs_inode root;
	struct oldfs_dir dir = {.fs = fs, .inode = &root};
	struct oldfs_entry e;
	u32 seen = 0;

	if (oldfs_inode(fs, fs->layout->root, &root) != NULL || root.type != OLDFS_DIRECTORY)
		return false;
	root.size = MIN(root.size, OLDFS_BLOCK); /* they are the first */
	for (u32 i = 0; seen != 3 && i < OLDFS_BLOCK / 8; i++) {
		if (oldfs_next(&dir, &e) != NULL || e.number == 0)
			return false;
		if (strcmp(e.name, ".") != 0 && strcmp(e.name, "..") != 0)
			continue;
		if (e.number != root.number)
			return false;
		seen |= e.length;
	}
	return seen == 3;
}

/* Which kinds there are dumps of: V6's, the Seventh Edition's with either size of
 * blocks, 2.11BSD's. */
static bool has_dumps(enum oldfs_kind kind)
{
	return kind == OLDFS_V6 || kind == OLDFS_V7 || kind == OLDFS_BSD29 || kind == OLDFS_BSD211;
}

static bool counted(struct oldfs *fs)
{
	switch (fs->kind) {
	case OLDFS_V1:
		return counts_v1(fs);
	case OLDFS_V6:
		return counts_v6(fs);
	default:
		return counts_v7(fs);
	}
}

static bool open_as(struct oldfs *fs, bool dump)
{
	fs->dump = dump;
	memset(fs->table_at, 0, sizeof(fs->table_at));
	if (dump ? !has_dumps(fs->kind) || !oldfs_open_dump(fs) : !counted(fs))
		return false;
	if (fs->first >= fs->blocks || fs->inodes < fs->layout->root)
		return false;
	fs->budget = fs->blocks - fs->first;
	fs->steps = ((u64)fs->blocks + fs->inodes) * 16;
	return is_root(fs);
}

bool oldfs_open(struct oldfs *fs)
{
	for (u32 kind = 0; kind < OLDFS_KINDS; kind++) {
		fs->kind = (enum oldfs_kind)kind;
		fs->layout = &layouts[kind];
		if (open_as(fs, false) || open_as(fs, true))
			return true;
	}
	return false;
}

/* ---- where ------------------------------------------------------------------------------ */

#define HP 418 /* blocks of a cylinder of an RP04, RP05 or RP06 */
#define RP 200 /* of an RP03 */

u32 oldfs_usual_start(u32 i)
{
	static const u32 starts[] = {
	    /* the Seventh Edition's hp.c and rp.c */
	    23 * HP,
	    44 * HP,
	    430 * HP,
	    25 * RP,
	    35 * RP,
	    /* the Sixth's */
	    201 * HP,
	    358 * HP,
	    100 * HP,
	    200 * HP,
	    300 * HP,
	    78 * RP,
	    203 * RP,
	    328 * RP,
	    360 * RP,
	};

	return i < ARRAY_LEN(starts) ? starts[i] : 0;
}

#define LABEL_MAGIC	 0x82564557
#define LABEL_MAGIC2	 108
#define LABEL_COUNT	 114
#define LABEL_PARTITIONS 120
#define LABEL_PARTITION	 12

bool oldfs_label_start(struct oldfs *fs, u32 i, u32 *start)
{
	u8 label[512];

	if (fs->read(fs->from, label, sizeof(label), 512) != 0 || long_at(label) != LABEL_MAGIC ||
	    long_at(label + LABEL_MAGIC2) != LABEL_MAGIC || i >= word_at(label + LABEL_COUNT) ||
	    LABEL_PARTITIONS + (i + 1) * LABEL_PARTITION > sizeof(label))
		return false;
	*start = long_at(label + LABEL_PARTITIONS + i * LABEL_PARTITION + 4);
	return true;
}
