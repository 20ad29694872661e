/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/import/oldfs.c: inodes, maps and directories of old file systems; oldfs.h has the contract
 * and the sources, oldfs_open.c tells the layouts apart.
 */
#include <string.h>

#include "cli/import/oldfs_impl.h"

#define OUTSIDE "a block number outside of the file system"
#define SHORT	"the image ends before it"

u32 oldfs_block_size(const struct oldfs *fs)
{
	return fs->layout->block_size;
}

u32 oldfs_root(const struct oldfs *fs)
{
	return fs->layout->root;
}

const char *oldfs_name(const struct oldfs *fs)
{
	return fs->layout->name;
}

/* ---- inodes ----------------------------------------------------------------------------- */

/* u5.s: i.flgs: 40 set-uid, 20 executable, 10 and 4 the owner may read and write, 2 and 1 others.
 */
static void decode_v1(struct oldfs_inode *ino, const u8 *p)
{
	u16 flags = word_at(p);

	ino->type = flags & 040000 ? OLDFS_DIRECTORY : OLDFS_FILE;
	ino->large = flags & 010000;
	ino->mode = (flags & 010 ? 0400 : 0) | (flags & 04 ? 0200 : 0) | (flags & 02 ? 044 : 0) |
		    (flags & 01 ? 022 : 0) | (flags & 040 ? 04000 : 0);
	if (ino->type == OLDFS_DIRECTORY)
		ino->mode |= (ino->mode & 0444) >> 2; /* there one searches what one reads */
	else if (flags & 020)
		ino->mode |= 0111;
	ino->links = p[2];
	ino->uid = p[3];
	ino->size = word_at(p + 4);
	for (u32 i = 0; i < 8; i++)
		ino->address[i] = word_at(p + 6 + 2 * i);
	/* Sixtieths of a second since the beginning of 1971. */
	ino->mtime = ino->atime = 365 * 86400 + long_at(p + 26) / 60;
}

static void decode_v6(struct oldfs_inode *ino, const u8 *p)
{
	static const enum oldfs_type types[] = {OLDFS_FILE, OLDFS_SPECIAL, OLDFS_DIRECTORY,
						OLDFS_SPECIAL};
	u16 mode = word_at(p);

	ino->type = types[mode >> 13 & 3];
	ino->large = mode & 010000;
	ino->mode = mode & 07777;
	ino->links = p[2];
	ino->uid = p[3];
	ino->gid = p[4];
	ino->size = (u32)p[5] << 16 | word_at(p + 6);
	for (u32 i = 0; i < 8; i++)
		ino->address[i] = word_at(p + 8 + 2 * i);
	ino->atime = long_at(p + 24);
	ino->mtime = long_at(p + 28);
}

static enum oldfs_type type_v7(u16 mode)
{
	switch (mode & 0170000) {
	case 0010000: /* System III */
		return OLDFS_FIFO;
	case 0040000:
		return OLDFS_DIRECTORY;
	case 0100000:
		return OLDFS_FILE;
	case 0120000: /* 2.9BSD */
		return OLDFS_LINK;
	default:
		return OLDFS_SPECIAL;
	}
}

static void decode_v7(const struct oldfs_layout *l, struct oldfs_inode *ino, const u8 *p)
{
	u16 mode = word_at(p);

	ino->type = type_v7(mode);
	ino->mode = mode & 07777;
	ino->links = word_at(p + 2);
	ino->uid = word_at(p + 4);
	ino->gid = word_at(p + 6);
	ino->size = long_at(p + 8);
	for (u32 i = 0; i < l->addresses; i++) {
		const u8 *a = p + 12 + i * l->address_size;

		/* Three bytes: of the high word the low byte, then the low word. */
		ino->address[i] =
		    l->address_size == 4 ? long_at(a) : (u32)a[0] << 16 | word_at(a + 1);
	}
	ino->atime = (i32)long_at(p + 52);
	ino->mtime = (i32)long_at(p + 56);
}

const char *oldfs_inode(struct oldfs *fs, u32 number, struct oldfs_inode *ino)
{
	const struct oldfs_layout *l = fs->layout;
	u8 raw[64];

	*ino = (struct oldfs_inode){.number = number};
	if (number == 0 || number > fs->inodes)
		return "an inode number outside of the file system";
	if (fs->dump) {
		const char *wrong = oldfs_dump_inode(fs, number, raw);

		if (wrong != NULL)
			return wrong;
	} else if (fs->read(fs->from, raw, l->inode_size,
			    fs->base + 2 * l->block_size + (u64)(number - 1) * l->inode_size) !=
		   0) {
		return SHORT;
	}
	if (l->inode_size == 64 ? word_at(raw) == 0 : !(word_at(raw) & 0100000))
		return "an inode that is free";
	if (fs->kind == OLDFS_V1)
		decode_v1(ino, raw);
	else if (fs->kind == OLDFS_V6)
		decode_v6(ino, raw);
	else
		decode_v7(l, ino, raw);
	if (ino->size > INT32_MAX)
		return "a size below zero";
	return NULL;
}

/* ---- maps ------------------------------------------------------------------------------- */

const char *oldfs_block(struct oldfs *fs, u32 block, u8 *bytes)
{
	u32 size = fs->layout->block_size;

	if (block < fs->first || block >= fs->blocks)
		return OUTSIDE;
	return fs->read(fs->from, bytes, size, fs->base + (u64)block * size) == 0 ? NULL : SHORT;
}

static u32 address_in(const struct oldfs *fs, u32 level, u32 i)
{
	return fs->layout->inode_size == 32 ? word_at(fs->table[level] + 2 * i)
					    : long_at(fs->table[level] + 4 * i);
}

/* Address i of a table, which has a place of its own for its level. */
static const char *look_up(struct oldfs *fs, u32 level, u32 table, u32 i, u32 *address)
{
	const char *wrong;

	if (fs->table_at[level] != table) {
		fs->table_at[level] = 0;
		wrong = oldfs_block(fs, table, fs->table[level]);
		if (wrong != NULL)
			return wrong;
		fs->table_at[level] = table;
	}
	*address = address_in(fs, level, i);
	return NULL;
}

/* How many addresses from i on are none, in the table that was looked at last. */
static u32 holes(const struct oldfs *fs, u32 i, u32 count)
{
	u32 from = i;

	while (i < count && address_in(fs, 0, i) == 0)
		i++;
	return MAX(i - from, 1u);
}

/* 256 numbers to a table; the eighth is of tables of tables, from the Sixth Edition on. */
static const char *map_small(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block,
			     u32 *span)
{
	u32 table = n >> 8, address;
	const char *wrong;

	if (!ino->large) {
		*block = n < 8 ? ino->address[n] : 0;
		*span = n < 8 ? 1 : UINT32_MAX;
		return n < 8 ? NULL : "more bytes than addresses for them";
	}
	if (table >= (fs->no_double || fs->kind == OLDFS_V1 ? 8u : 7u + 256))
		return "a size that no file can have";
	address = ino->address[MIN(table, 7u)];
	*span = 256 - (n & 255);
	if (address != 0 && table >= 7 && !fs->no_double && fs->kind != OLDFS_V1) {
		wrong = look_up(fs, 1, address, table - 7, &address);
		if (wrong != NULL)
			return wrong;
	}
	*block = 0;
	if (address == 0)
		return NULL;
	wrong = look_up(fs, 0, address, n & 255, block);
	*span = wrong == NULL ? holes(fs, n & 255, 256) : 1;
	return wrong;
}

/* Some addresses are of blocks; the last three of one, two and three levels of tables. */
static const char *map_large(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block,
			     u32 *span)
{
	u32 direct = fs->layout->addresses - OLDFS_LEVELS,
	    shift = fs->layout->block_size == 512 ? 7 : 8;
	u32 level = 1, address;
	const char *wrong;

	*span = 1;
	if (n < direct) {
		*block = ino->address[n];
		return NULL;
	}
	n -= direct;
	while (level <= OLDFS_LEVELS && n >> (shift * level) != 0)
		n -= 1u << (shift * level++);
	if (level > OLDFS_LEVELS)
		return "a size that no file can have";
	address = ino->address[direct + level - 1];
	while (address != 0 && level > 0) {
		level--;
		wrong = look_up(fs, level, address, n >> (shift * level) & ((1u << shift) - 1),
				&address);
		if (wrong != NULL)
			return wrong;
	}
	*block = address;
	if (level > 0)
		*span = (1u << (shift * level)) - (n & ((1u << (shift * level)) - 1));
	else
		*span = holes(fs, n & ((1u << shift) - 1), 1u << shift);
	return NULL;
}

const char *oldfs_map(struct oldfs *fs, const struct oldfs_inode *ino, u32 n, u32 *block, u32 *span)
{
	const char *wrong = fs->dump			   ? oldfs_dump_map(fs, ino, n, block, span)
			    : fs->layout->inode_size == 32 ? map_small(fs, ino, n, block, span)
							   : map_large(fs, ino, n, block, span);

	if (wrong == NULL && *block != 0 && (*block < fs->first || *block >= fs->blocks))
		return OUTSIDE;
	return wrong;
}

const char *oldfs_check(struct oldfs *fs, const struct oldfs_inode *ino)
{
	u32 size = fs->layout->block_size, blocks = (ino->size + size - 1) / size;

	for (u32 n = 0, block, span; n < blocks; n += MIN(span, blocks - n)) {
		const char *wrong = oldfs_map(fs, ino, n, &block, &span);

		if (wrong != NULL)
			return wrong;
		if (fs->steps == 0)
			return "maps of files without an end";
		fs->steps--;
		if (block == 0)
			continue;
		if (fs->budget == 0)
			return "more blocks in files than the file system has";
		fs->budget--;
	}
	return NULL;
}

/* ---- directories ------------------------------------------------------------------------ */

/* len bytes of the directory, which may lie in two blocks. */
static const char *dir_bytes(struct oldfs_dir *d, u8 *to, u32 len)
{
	u32 size = d->fs->layout->block_size;

	while (len > 0) {
		u32 n = d->at / size, in = d->at % size, part = MIN(len, size - in), address;

		if (!d->loaded || d->block != n) {
			const char *wrong;

			d->fs->in_directory = true;
			wrong = oldfs_map(d->fs, d->inode, n, &address, &d->span);
			d->fs->in_directory = false;
			d->hole = wrong == NULL && address == 0;
			if (wrong == NULL && !d->hole)
				wrong = oldfs_block(d->fs, address, d->bytes);
			if (wrong != NULL)
				return wrong;
			if (d->hole)
				memset(d->bytes, 0, size);
			d->block = n;
			d->loaded = true;
		}
		memcpy(to, d->bytes + in, part);
		to += part;
		d->at += part;
		len -= part;
	}
	return NULL;
}

/* Goes on behind a hole, which has no entries. */
static void skip_hole(struct oldfs_dir *d)
{
	u32 size = d->fs->layout->block_size;
	u64 end = ((u64)d->block + d->span) * size;

	if (d->hole && d->fs->layout->entry_size != 10) /* those lie across blocks */
		d->at = (u32)MIN(end, (u64)d->inode->size);
}

/* Entries of one size, the number first. */
static const char *next_fixed(struct oldfs_dir *d, struct oldfs_entry *e)
{
	u32 room = d->fs->layout->entry_size;
	u8 raw[16];

	while (d->inode->size - d->at >= room) {
		const char *wrong = dir_bytes(d, raw, room);

		if (wrong != NULL)
			return wrong;
		e->number = word_at(raw);
		if (e->number == 0) {
			skip_hole(d);
			continue;
		}
		e->length = (u32)strnlen((const char *)raw + 2, room - 2);
		memcpy(e->name, raw + 2, e->length);
		e->name[e->length] = '\0';
		return NULL;
	}
	e->number = 0;
	return NULL;
}

/* 2.11BSD: number, length of the record, length of the name; a record lies in 512 bytes. */
static const char *next_record(struct oldfs_dir *d, struct oldfs_entry *e)
{
	while (d->inode->size - d->at >= 8) {
		u32 left = 512 - d->at % 512, record;
		u8 head[6];
		const char *wrong = dir_bytes(d, head, sizeof(head));

		if (wrong != NULL)
			return wrong;
		e->number = word_at(head);
		record = word_at(head + 2);
		e->length = word_at(head + 4);
		if (d->hole) {
			skip_hole(d);
			continue;
		}
		if (record < 8 || record > left || record % 4 != 0 ||
		    (e->number != 0 && (e->length > OLDFS_NAME || e->length > record - 7)))
			return "a directory whose records do not add up";
		left = record - (u32)sizeof(head);
		if (e->number != 0) {
			left -= e->length;
			wrong = dir_bytes(d, (u8 *)e->name, e->length);
			e->name[e->length] = '\0';
		}
		d->at += left;
		if (wrong != NULL || e->number != 0)
			return wrong;
	}
	e->number = 0;
	return NULL;
}

const char *oldfs_next(struct oldfs_dir *d, struct oldfs_entry *e)
{
	const char *wrong;

	if (d->inode->size / d->fs->layout->block_size > d->fs->blocks)
		return "a directory larger than its file system";
	wrong = d->fs->layout->entry_size != 0 ? next_fixed(d, e) : next_record(d, e);
	if (wrong == NULL && e->number != 0 && strlen(e->name) != e->length)
		return "a name that does not end where it says";
	return wrong;
}
