/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_statfs.c: file systems as statfs(2) describes them.
 *
 * The hub says what a file system is by a magic number (linux/magic.h, statfs(2)); FreeBSD
 * by the name of its driver. Where FreeBSD has a driver for the same format its name is
 * used, so that programs which look for "nfs" or "msdosfs" find it.
 */
#include "lib/mem.h"
#include "personality/freebsd/convert_file.h"

static const struct {
	u32 magic;
	char name[15];
	bool remote;
} types[] = {
    {0xef53, "ext2fs", false},	     {0x01021994, "tmpfs", false}, {0x794c7630, "unionfs", false},
    {0x9fa0, "procfs", false},	     {0x6969, "nfs", true},	   {0x2fc12fc1, "zfs", false},
    {0x65735546, "fusefs", false},   {0x4d44, "msdosfs", false},   {0x9660, "cd9660", false},
    {0x15013346, "udf", false},	     {0x1cd1, "devfs", false},	   {0x62656572, "linsysfs", false},
    {0x9123683e, "btrfs", false},    {0x58465342, "xfs", false},   {0x00011954, "ufs", false},
    {0x01021997, "p9fs", true},	     {0xff534d42, "smbfs", true},  {0xfe534d42, "smbfs", true},
    {0x73717368, "squashfs", false}, {0x27e0eb, "cgroup", false},  {0x63677270, "cgroup2", false},
    {0x858458f6, "ramfs", false},    {0xf2f52010, "f2fs", false},  {0x6a656a63, "fdescfs", false},
};

/* ST_VALID only says that the rest is; the others have no bit in FreeBSD. */
#define NO_COUNTERPART                                                                             \
	(CORE_ST_VALID | CORE_ST_NODEV | CORE_ST_MANDLOCK | CORE_ST_NODIRATIME | CORE_ST_RELATIME)

static u64 mount_flags(i64 core)
{
	u64 flags = 0;

	core &= ~(i64)NO_COUNTERPART;
	if (core & CORE_ST_RDONLY)
		flags |= FREEBSD_MNT_RDONLY;
	if (core & CORE_ST_NOSUID)
		flags |= FREEBSD_MNT_NOSUID;
	if (core & CORE_ST_NOEXEC)
		flags |= FREEBSD_MNT_NOEXEC;
	if (core & CORE_ST_SYNCHRONOUS)
		flags |= FREEBSD_MNT_SYNCHRONOUS;
	if (core & CORE_ST_NOATIME)
		flags |= FREEBSD_MNT_NOATIME;
	return flags;
}

const char *freebsd_file_system(u32 i, bool *remote)
{
	if (i >= ARRAY_LEN(types))
		return NULL;
	*remote = types[i].remote;
	return types[i].name;
}

void core_to_freebsd_statfs(const struct core_statfs *from, struct freebsd_statfs *to)
{
	const char *name = "unknown";
	bool remote = false;
	i64 unit = from->f_frsize ? from->f_frsize : from->f_bsize;

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (types[i].magic == (u32)from->f_type) {
			name = types[i].name;
			remote = types[i].remote;
		}
	}
	memset(to, 0, sizeof(*to));
	to->f_version = FREEBSD_STATFS_VERSION;
	to->f_type = (u32)from->f_type;
	to->f_flags = mount_flags(from->f_flags) | (remote ? 0 : FREEBSD_MNT_LOCAL);
	to->f_bsize = (u64)unit;
	to->f_iosize = (u64)from->f_bsize;
	to->f_blocks = from->f_blocks;
	to->f_bfree = from->f_bfree;
	to->f_bavail = (i64)from->f_bavail;
	to->f_files = from->f_files;
	to->f_ffree = (i64)from->f_ffree;
	to->f_namemax = (u32)from->f_namelen;
	to->f_fsid[0] = from->f_fsid[0];
	to->f_fsid[1] = from->f_fsid[1];
	fb_strlcpy(to->f_fstypename, name, sizeof(to->f_fstypename));
}

void freebsd_to_freebsd11_statfs(const struct freebsd_statfs *from, struct freebsd11_statfs *to)
{
	memset(to, 0, sizeof(*to));
	memcpy(to, from, offsetof(struct freebsd11_statfs, f_fstypename));
	to->f_version = FREEBSD11_STATFS_VERSION;
	memcpy(to->f_fstypename, from->f_fstypename, sizeof(to->f_fstypename));
	fb_strlcpy(to->f_mntfromname, from->f_mntfromname, sizeof(to->f_mntfromname));
	fb_strlcpy(to->f_mntonname, from->f_mntonname, sizeof(to->f_mntonname));
}
