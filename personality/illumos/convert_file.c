/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_file.c: open flags and places of the *at calls.
 */
#include "personality/illumos/convert_file.h"
#include "personality/bits.h"

static const struct bit_pair oflags[] = {
    {ILLUMOS_O_WRONLY, CORE_O_WRONLY},
    {ILLUMOS_O_RDWR, CORE_O_RDWR},
    {ILLUMOS_O_APPEND, CORE_O_APPEND},
    {ILLUMOS_O_SYNC, CORE_O_SYNC},
    {ILLUMOS_O_DSYNC, CORE_O_DSYNC},
    {ILLUMOS_O_NONBLOCK, CORE_O_NONBLOCK},
    {ILLUMOS_O_NDELAY, CORE_O_NONBLOCK}, /* towards the hub only, as the next two */
    {ILLUMOS_O_RSYNC, 0},		 /* reads wait for writes anyway */
    {ILLUMOS_O_LARGEFILE, 0},
    {ILLUMOS_O_CREAT, CORE_O_CREAT},
    {ILLUMOS_O_TRUNC, CORE_O_TRUNC},
    {ILLUMOS_O_EXCL, CORE_O_EXCL},
    {ILLUMOS_O_NOCTTY, CORE_O_NOCTTY},
    {ILLUMOS_O_NOFOLLOW, CORE_O_NOFOLLOW},
    {ILLUMOS_O_CLOEXEC, CORE_O_CLOEXEC},
    {ILLUMOS_O_DIRECTORY, CORE_O_DIRECTORY},
    {ILLUMOS_O_DIRECT, 0},   /* advice */
    {ILLUMOS_O_XPG4OPEN, 0}, /* about terminals */
    {ILLUMOS_O_NOLINKS, 0},  /* looked at after opening (open.c), as the next */
    {ILLUMOS_O_CLOFORK, 0},
};

bool illumos_to_core_oflags(i32 flags, i32 *core)
{
	u32 out;
	bool known = bits_to_core(oflags, ARRAY_LEN(oflags), (u32)flags, &out);

	*core = (i32)out;
	return known;
}

i32 core_to_illumos_oflags(i32 core)
{
	u32 out;

	bits_to_guest(oflags, ARRAY_LEN(oflags), (u32)core, &out);
	return (i32)out;
}

u64 core_to_illumos_dev(u64 dev)
{
	u64 major = (dev >> 8 & 0xfff) | (dev >> 32 & 0xfffff000);
	u64 minor = (dev & 0xff) | (dev >> 12 & 0xffffff00);

	return major << 32 | minor;
}

u64 illumos_to_core_dev(u64 dev)
{
	u64 major = dev >> 32, minor = dev & 0xffffffff;

	return (minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xffUL) << 12 |
	       (major & ~0xfffUL) << 32;
}

void core_to_illumos_stat(const struct core_stat *from, struct illumos_stat *to)
{
	*to = (struct illumos_stat){
	    .st_dev = core_to_illumos_dev(from->st_dev),
	    .st_ino = from->st_ino,
	    .st_mode = from->st_mode,
	    .st_nlink = (u32)from->st_nlink,
	    .st_uid = from->st_uid,
	    .st_gid = from->st_gid,
	    .st_rdev = core_to_illumos_dev(from->st_rdev),
	    .st_size = from->st_size,
	    .st_atim = from->st_atim,
	    .st_mtim = from->st_mtim,
	    .st_ctim = from->st_ctim,
	    .st_blksize = (i32)from->st_blksize,
	    .st_blocks = from->st_blocks,
	};
}
