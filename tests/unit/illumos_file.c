/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of illumos: open flags, devices, what stat and statvfs say. */
#include "personality/illumos/convert_file.h"
#include "personality/illumos/fstype.h"
#include "tests/unit/tap.h"

static void flags(void)
{
	static const i32 both[] = {ILLUMOS_O_WRONLY,   ILLUMOS_O_RDWR,	   ILLUMOS_O_APPEND,
				   ILLUMOS_O_SYNC,     ILLUMOS_O_DSYNC,	   ILLUMOS_O_NONBLOCK,
				   ILLUMOS_O_CREAT,    ILLUMOS_O_TRUNC,	   ILLUMOS_O_EXCL,
				   ILLUMOS_O_NOCTTY,   ILLUMOS_O_NOFOLLOW, ILLUMOS_O_CLOEXEC,
				   ILLUMOS_O_DIRECTORY};
	i32 core;

	for (unsigned i = 0; i < ARRAY_LEN(both); i++)
		ok(illumos_to_core_oflags(both[i], &core) && core &&
		       core_to_illumos_oflags(core) == both[i],
		   "open flag %#x there and back", (unsigned)both[i]);
	ok(illumos_to_core_oflags(ILLUMOS_O_NDELAY, &core) && core == CORE_O_NONBLOCK,
	   "O_NDELAY is O_NONBLOCK there");
	ok(illumos_to_core_oflags(ILLUMOS_O_LARGEFILE | ILLUMOS_O_RSYNC | ILLUMOS_O_DIRECT,
				  &core) &&
	       core == 0,
	   "some say nothing there");
	ok(!illumos_to_core_oflags(0x10000000, &core), "one bit nobody knows");
	is_number(illumos_to_core_atfd((i32)0xffd19553), CORE_AT_FDCWD, "AT_FDCWD");
	is_number(illumos_to_core_atfd(5), 5, "a descriptor");
}

static void devices(void)
{
	static const u64 devices[] = {0, 1, 0x103, 0xfffff, 0x12345678abc, 0xffffffffffffffff};

	for (unsigned i = 0; i < ARRAY_LEN(devices); i++)
		ok(illumos_to_core_dev(core_to_illumos_dev(devices[i])) == devices[i],
		   "device %#lx there and back", (unsigned long)devices[i]);
	/* /dev/null is 1, 3. */
	ok(core_to_illumos_dev(0x103) == (1UL << 32 | 3), "major and minor");
}

static void stats(void)
{
	struct core_stat from = {.st_dev = 0x801,
				 .st_ino = 1234567890123,
				 .st_nlink = 3,
				 .st_mode = 0100644,
				 .st_uid = 5,
				 .st_gid = 6,
				 .st_size = 1L << 40,
				 .st_blksize = 4096,
				 .st_blocks = 77,
				 .st_mtim = {9, 10}};
	struct illumos_stat to;

	memset(&to, 0xa5, sizeof(to));
	core_to_illumos_stat(&from, &to);
	ok(to.st_dev == (8UL << 32 | 1) && to.st_ino == 1234567890123 && to.st_mode == 0100644 &&
	       to.st_nlink == 3 && to.st_uid == 5 && to.st_gid == 6,
	   "who and what");
	ok(to.st_size == 1L << 40 && to.st_blksize == 4096 && to.st_blocks == 77 &&
	       to.st_mtim.tv_sec == 9 && to.st_mtim.tv_nsec == 10,
	   "how much and when");
	ok(to.pad0 == 0 && to.st_fstype[0] == '\0' && to.st_fstype[15] == '\0', "no rubbish");
}

static void systems(void)
{
	struct core_statfs from = {.f_type = 0x01021994,
				   .f_bsize = 4096,
				   .f_blocks = 100,
				   .f_bfree = 50,
				   .f_bavail = 40,
				   .f_files = 9,
				   .f_ffree = 8,
				   .f_namelen = 255,
				   .f_flags = CORE_ST_RDONLY | CORE_ST_NOSUID};
	struct illumos_statvfs to;

	core_to_illumos_statvfs(&from, 0x801, &to);
	ok(strcmp(to.f_basetype, "tmpfs") == 0, "tmpfs");
	ok(to.f_frsize == 4096 && to.f_blocks == 100 && to.f_bavail == 40 && to.f_favail == 8,
	   "sizes");
	is_number((long)to.f_flag, 7, "flags");
	is_number((long)to.f_fsid, 8 << 18 | 1, "a device of 32 bits");
	for (u32 i = 1; i <= illumos_fs_count(); i++)
		ok(illumos_fs_index(illumos_fs_at(i)) == (int)i, "kind %u there and back", i);
	ok(!illumos_fs_at(0) && !illumos_fs_at(illumos_fs_count() + 1), "and no more");
	is_number(illumos_fs_index("BADVFS"), -1, "the first is none");
	ok(strcmp(illumos_fs_name(0xef53), "ext4") == 0, "what illumos has not keeps its name");
	ok(strcmp(illumos_fs_name(12345), "unknown") == 0, "or has none");
}

int main(void)
{
	flags();
	devices();
	stats();
	systems();
	return tap_end();
}
