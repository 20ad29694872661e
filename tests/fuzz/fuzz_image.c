/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Fuzzes the reader of old file systems and dumps: any bytes as an image, walked as `fbird root
 * add` walks one, every directory once. Nothing may be read outside of the image or of what was
 * asked for, and the walk ends; what it promises of names and blocks must be so.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/import/oldfs.h"

#define MUST(what)                                                                                 \
	do {                                                                                       \
		if (!(what))                                                                       \
			abort();                                                                   \
	} while (0)

struct bytes {
	const uint8_t *data;
	size_t size;
};

static long read_bytes(void *from, void *buf, u32 len, u64 offset)
{
	const struct bytes *b = from;

	if (offset > b->size || len > b->size - offset)
		return 1;
	memcpy(buf, b->data + offset, len);
	return 0;
}

static void read_content(struct oldfs *fs, const struct oldfs_inode *ino)
{
	u32 size = oldfs_block_size(fs), blocks = (ino->size + size - 1) / size;
	u8 content[OLDFS_BLOCK];

	for (u32 n = 0, block, span; n < blocks; n += MIN(span, blocks - n)) {
		MUST(oldfs_map(fs, ino, n, &block, &span) == NULL); /* it was checked */
		MUST(span > 0);
		if (block != 0 && oldfs_block(fs, block, content) != NULL)
			return; /* the image is short */
	}
}

static void walk(struct oldfs *fs)
{
	static u32 waiting[65537 + 40];
	static bool seen[65537 + 40 + 1024 * 8];
	u32 first = 0, last = 0;

	MUST(fs->inodes < ARRAY_LEN(seen));
	memset(seen, 0, sizeof(seen));
	waiting[last++] = oldfs_root(fs);
	seen[oldfs_root(fs)] = true;
	while (first < last) {
		struct oldfs_inode ino, found;
		struct oldfs_dir dir = {.fs = fs, .inode = &ino};
		struct oldfs_entry e;

		if (oldfs_inode(fs, waiting[first++], &ino) != NULL)
			continue;
		while (oldfs_next(&dir, &e) == NULL && e.number != 0) {
			MUST(e.length <= OLDFS_NAME && strlen(e.name) == e.length);
			if (oldfs_inode(fs, e.number, &found) != NULL || seen[e.number] ||
			    oldfs_check(fs, &found) != NULL)
				continue;
			seen[e.number] = true;
			read_content(fs, &found);
			if (found.type == OLDFS_DIRECTORY && last < ARRAY_LEN(waiting))
				waiting[last++] = e.number;
		}
	}
}

/* The first byte tells where it begins and what was said of it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct bytes b = {data + 1, n - 1};
	static u32 where[OLDFS_INODES];
	struct oldfs fs = {.read = read_bytes, .from = &b, .where = where};
	u32 start;

	if (n == 0)
		return 0;
	fs.base = (u64)(data[0] & 3) * 512;
	fs.no_double = data[0] & 4;
	for (u32 i = 0; oldfs_label_start(&fs, i, &start); i++)
		MUST(i < 64);
	if (oldfs_open(&fs))
		walk(&fs);
	return 0;
}
