/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/convert_statfs.c: kinds of file systems, and what statvfs says of one.
 *
 * The host says what a file system is by a magic number (linux/magic.h, statfs(2)), illumos by the
 * name of its driver. Where illumos has a driver for the same thing its name is used; a kind that
 * it has not keeps its own name. Facts: vfssw of usr/src/uts/common/os/vfs_conf.c, statvfs(2),
 * sys/statvfs.h.
 */
#include "lib/mem.h"
#include "personality/illumos/fstype.h"

static const struct {
	u32 magic;
	char name[12];
} kinds[] = {
    {0xef53, "ext4"},	     {0x01021994, "tmpfs"},    {0x858458f6, "tmpfs"},
    {0x794c7630, "overlay"}, {0x9fa0, "proc"},	       {0x6969, "nfs"},
    {0x2fc12fc1, "zfs"},     {0x65735546, "fuse"},     {0x4d44, "pcfs"},
    {0x9660, "hsfs"},	     {0x15013346, "udfs"},     {0x1cd1, "dev"},
    {0x62656572, "sysfs"},   {0x9123683e, "btrfs"},    {0x58465342, "xfs"},
    {0x00011954, "ufs"},     {0x01021997, "v9fs"},     {0xff534d42, "smbfs"},
    {0xfe534d42, "smbfs"},   {0x73717368, "squashfs"}, {0x27e0eb, "cgroup"},
    {0x63677270, "cgroup2"}, {0xf2f52010, "f2fs"},     {0x50495045, "fifofs"},
    {0x534f434b, "sockfs"},  {0x09041934, "specfs"},   {0x73636673, "securityfs"},
    {0x19800202, "mqueue"},
};

static const char table[][8] = {
    "BADVFS", "specfs", "ufs",	"fifofs", "namefs",  "proc", "samfs",  "nfs",
    "zfs",    "hsfs",	"lofs", "tmpfs",  "fd",	     "pcfs", "swapfs", "mntfs",
    "devfs",  "dev",	"ctfs", "objfs",  "sharefs", "dcfs", "smbfs",
};

u32 illumos_fs_kind(i64 magic)
{
	u32 i = 0;

	while (i < ARRAY_LEN(kinds) && kinds[i].magic != (u32)magic)
		i++;
	return i;
}

const char *illumos_fs_kind_name(u32 kind)
{
	return kind < ARRAY_LEN(kinds) ? kinds[kind].name : "unknown";
}

const char *illumos_fs_name(i64 magic)
{
	return illumos_fs_kind_name(illumos_fs_kind(magic));
}

int illumos_fs_index(const char *name)
{
	for (u32 i = 1; i < ARRAY_LEN(table); i++)
		if (strcmp(table[i], name) == 0)
			return (int)i;
	return -1;
}

const char *illumos_fs_at(u32 index)
{
	return index > 0 && index < ARRAY_LEN(table) ? table[index] : NULL;
}

u32 illumos_fs_count(void)
{
	return ARRAY_LEN(table) - 1;
}

/* ---- statvfs ----------------------------------------------------------------------------- */

/* cmpldev: 14 bits of major and 18 of minor. */
static u64 small_dev(u64 dev)
{
	u64 major = (dev >> 8 & 0xfff) | (dev >> 32 & 0xfffff000);
	u64 minor = (dev & 0xff) | (dev >> 12 & 0xffffff00);

	return (major & 0x3fff) << 18 | (minor & 0x3ffff);
}

void core_to_illumos_statvfs(const struct core_statfs *from, u64 dev, struct illumos_statvfs *to)
{
	memset(to, 0, sizeof(*to));
	to->f_bsize = (u64)from->f_bsize;
	to->f_frsize = (u64)(from->f_frsize ? from->f_frsize : from->f_bsize);
	to->f_blocks = from->f_blocks;
	to->f_bfree = from->f_bfree;
	to->f_bavail = from->f_bavail;
	to->f_files = from->f_files;
	to->f_ffree = from->f_ffree;
	to->f_favail = from->f_ffree;
	to->f_fsid = small_dev(dev);
	fb_strlcpy(to->f_basetype, illumos_fs_name(from->f_type), sizeof(to->f_basetype));
	to->f_flag = ILLUMOS_ST_NOTRUNC | (from->f_flags & CORE_ST_RDONLY ? ILLUMOS_ST_RDONLY : 0) |
		     (from->f_flags & CORE_ST_NOSUID ? ILLUMOS_ST_NOSUID : 0);
	to->f_namemax = (u64)from->f_namelen;
}
