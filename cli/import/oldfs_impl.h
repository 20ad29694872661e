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

static inline u16 word_at(const u8 *p)
{
	return (u16)(p[0] | p[1] << 8);
}

static inline u32 long_at(const u8 *p)
{
	return (u32)word_at(p) << 16 | word_at(p + 2);
}

#endif
