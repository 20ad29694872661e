/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/fstype.c: names and numbers of kinds of file systems.
 *
 * The host says what a file system is by a magic number (linux/magic.h, statfs(2)), illumos by the
 * name of its driver. Where illumos has a driver for the same thing its name is used; a kind that
 * it has not keeps its own name. Every stat says the kind: it is asked for once per device and
 * remembered. Facts: vfssw of usr/src/uts/common/os/vfs_conf.c, statvfs(2), sys/statvfs.h.
 */
#include "personality/illumos/fstype.h"
#include "exo/lock.h"
#include "lib/mem.h"

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

const char *illumos_fs_name(i64 magic)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].magic == (u32)magic)
			return kinds[i].name;
	return "unknown";
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

/* ---- by device --------------------------------------------------------------------------- */

#define REMEMBERED 32

/* A device's number and its kind, in one word: the host's numbers have 52 bits (makedev(3) of
 * kernel devices: 12 of the major, 20 of the minor). 0: free. */
static u64 remembered[REMEMBERED];

#define KIND_SHIFT 56
#define UNKNOWN	   0x7f

static const char *kind_name(u64 word)
{
	u64 kind = (word >> KIND_SHIFT & 0x7f);

	return kind < ARRAY_LEN(kinds) ? kinds[kind].name : "unknown";
}

static u64 kind_of(i64 magic)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i].magic == (u32)magic)
			return i;
	return UNKNOWN;
}

static __attribute__((noinline)) long ask(int fd, u64 path, int flags, struct core_statfs *fs)
{
	int place;
	long r;

	if (flags & CORE_AT_EMPTY_PATH)
		return EXO_NOW(fstatfs, fd, fs);
	place = (int)EXO_NOW(openat, fd, path,
			     CORE_O_PATH | CORE_O_CLOEXEC |
				 (flags & CORE_AT_SYMLINK_NOFOLLOW ? CORE_O_NOFOLLOW : 0));
	if (place < 0)
		return place;
	r = EXO_NOW(fstatfs, place, fs);
	EXO_NOW(close, place);
	return r;
}

void illumos_stat_fstype(int fd, u64 path, int core_flags, u64 dev, char out[ILLUMOS_FSTYPSZ])
{
	u64 key = (dev & ((1UL << KIND_SHIFT) - 1)) | 1UL << 63, word;
	struct core_statfs fs;
	u32 at = (u32)(dev ^ dev >> 8) % REMEMBERED;

	for (u32 i = 0; i < 4; i++) {
		word = __atomic_load_n(&remembered[(at + i) % REMEMBERED], __ATOMIC_RELAXED);
		if ((word & ~(0x7fUL << KIND_SHIFT)) == key) {
			fb_strlcpy(out, kind_name(word), ILLUMOS_FSTYPSZ);
			return;
		}
		if (!word) {
			at = (at + i) % REMEMBERED;
			break;
		}
	}
	if (ask(fd, path, core_flags, &fs) < 0) {
		fb_strlcpy(out, "unknown", ILLUMOS_FSTYPSZ);
		return;
	}
	word = key | kind_of(fs.f_type) << KIND_SHIFT;
	__atomic_store_n(&remembered[at], word, __ATOMIC_RELAXED);
	fb_strlcpy(out, kind_name(word), ILLUMOS_FSTYPSZ);
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
