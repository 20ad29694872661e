/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/import/oldfs_impl.h: what the two halves of oldfs share: layouts, words and longs. */
#ifndef FB_CLI_IMPORT_OLDFS_IMPL_H
#define FB_CLI_IMPORT_OLDFS_IMPL_H

#include "cli/import/oldfs.h"

struct oldfs_layout {
	const char *name;
	u16 block_size;
	u8 inode_size; /* from the third block on, number 1 first */
	u8 root;
	u8 addresses, address_size; /* the last three are of tables, when inodes have 64 bytes */
	u8 entry_size;		    /* 0: 2.11BSD's records */
};

/* Dumps, in oldfs_dump.c: as the functions of oldfs.h, for the kind and layout that fs has. */
bool oldfs_open_dump(struct oldfs *fs);
const char *oldfs_dump_inode(struct oldfs *fs, u32 number, u8 *raw);
const char *oldfs_dump_map(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block,
			   u32 *span);

static inline u16 word_at(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

static inline u32 long_at(const u8 *p)
{
	return (u32)word_at(p) << 16 | word_at(p + 2);
}

#endif
