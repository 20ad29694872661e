/* SPDX-License-Identifier: BSD-2-Clause */
/* Files and descriptors of FreeBSD: flags, stat, directory entries, locks. */
#include <string.h>

#include "personality/freebsd/convert_file.h"
#include "tests/unit/tap.h"

static void oflags(void)
{
	int core, back;

	for (int bit = 2; bit < 31; bit++) {
		int flag = 1 << bit;
		bool known = freebsd_to_core_oflags(flag, &core);

		if (flag & FREEBSD_O_BY_HANDLER)
			ok(known && core == 0, "open flag %#x is the handler's", flag);
		else if (known)
			ok(core_to_freebsd_oflags(core, &back) && back == flag,
			   "open flag %#x there and back", flag);
		else
			ok(core == 0, "open flag %#x is refused", flag);
	}
	ok(!freebsd_to_core_oflags(1 << 30, &core), "an unknown flag is refused");
	ok(freebsd_to_core_oflags(FREEBSD_O_RDWR | FREEBSD_O_CREAT | FREEBSD_O_CLOEXEC, &core) &&
	       core == (CORE_O_RDWR | CORE_O_CREAT | CORE_O_CLOEXEC),
	   "O_RDWR|O_CREAT|O_CLOEXEC");
	ok(core_to_freebsd_oflags(CORE_O_SYNC | CORE_O_LARGEFILE, &back) && back == FREEBSD_O_SYNC,
	   "O_SYNC is not O_DSYNC, O_LARGEFILE nothing");
	ok(!core_to_freebsd_oflags(CORE_O_TMPFILE, &back), "O_TMPFILE is reported");
}

static void atflags(void)
{
	int core, all = FREEBSD_AT_SYMLINK_NOFOLLOW | FREEBSD_AT_EMPTY_PATH;

	ok(freebsd_to_core_atflags(all, all, &core) &&
	       core == (CORE_AT_SYMLINK_NOFOLLOW | CORE_AT_EMPTY_PATH),
	   "NOFOLLOW and EMPTY_PATH");
	ok(!freebsd_to_core_atflags(FREEBSD_AT_REMOVEDIR, all, &core), "not REMOVEDIR here");
	ok(freebsd_to_core_atflags(FREEBSD_AT_REMOVEDIR, FREEBSD_AT_REMOVEDIR, &core) &&
	       core == CORE_AT_REMOVEDIR,
	   "REMOVEDIR where it may be");
	ok(!freebsd_to_core_atflags(0x10000, ~0, &core), "an unknown bit is refused");
}

static void stat(void)
{
	struct core_statx from = {.stx_mask = CORE_STATX_BASIC_STATS | CORE_STATX_BTIME,
				  .stx_blksize = 4096,
				  .stx_nlink = 70000,
				  .stx_uid = 1,
				  .stx_gid = 2,
				  .stx_mode = CORE_S_IFREG | 0644,
				  .stx_ino = 0x123456789abcull,
				  .stx_size = 5,
				  .stx_blocks = 8,
				  .stx_attributes = CORE_STATX_ATTR_APPEND,
				  .stx_btime = {10, 11, 0},
				  .stx_mtime = {12, 13, 0},
				  .stx_dev_major = 0x1234,
				  .stx_dev_minor = 0x56789};
	struct freebsd_stat to;
	struct freebsd11_stat old;

	core_to_freebsd_stat(&from, &to);
	ok(to.st_ino == from.stx_ino && to.st_nlink == 70000 && to.st_mode == 0100644 &&
	       to.st_uid == 1 && to.st_gid == 2 && to.st_size == 5 && to.st_blocks == 8,
	   "the plain fields");
	ok(to.st_birthtim.tv_sec == 10 && to.st_birthtim.tv_nsec == 11 && to.st_mtim.tv_sec == 12,
	   "times, birth included");
	is_number(to.st_flags, FREEBSD_SF_APPEND, "st_flags");
	ok(freebsd_dev_major(to.st_dev) == 0x1234 && freebsd_dev_minor(to.st_dev) == 0x56789,
	   "st_dev in parts");
	is_number((long long)freebsd_to_core_dev(to.st_dev),
		  (long long)core_makedev(0x1234, 0x56789), "a device number there and back");
	is_number((long long)core_to_freebsd_dev(~0ull), -1, "no device");
	from.stx_mask = CORE_STATX_BASIC_STATS;
	core_to_freebsd_stat(&from, &to);
	is_number(to.st_birthtim.tv_sec, -1, "a file system that forgets births");
	freebsd_to_freebsd11_stat(&to, &old);
	ok(old.st_ino == 0x56789abc && old.st_nlink == 0xffff, "the old layout cuts and caps");
}

static void entries(void)
{
	union {
		struct core_dirent64 d;
		char bytes[64];
	} from = {.d = {.d_ino = 7, .d_off = 99, .d_reclen = 32, .d_type = CORE_DT_REG}};
	struct freebsd_dirent to;
	struct freebsd11_dirent old;

	memcpy(from.d.d_name, "seven77", 8);
	memset(&to, 0xff, sizeof(to));
	is_number((long long)core_to_freebsd_dirent(&from.d, &to), 32, "24 + 8 bytes");
	ok(to.d_fileno == 7 && to.d_off == 99 && to.d_reclen == 32 && to.d_namlen == 7 &&
	       to.d_type == FREEBSD_DT_REG && !strcmp(to.d_name, "seven77"),
	   "its fields");
	memcpy(from.d.d_name, "eight888", 9);
	is_number((long long)core_to_freebsd_dirent(&from.d, &to), 40, "one more makes eight more");
	ok(!memcmp(to.d_name + 8, "\0\0\0\0\0\0\0", 8), "zero to the end");
	is_number((long long)core_to_freebsd11_dirent(&from.d, &old), 20, "the old one");
}

static void locks(void)
{
	struct freebsd_flock from = {10, 20, 30, FREEBSD_F_WRLCK, FREEBSD_SEEK_END, 0, 0}, back;
	struct core_flock to;

	ok(freebsd_to_core_flock(&from, &to) && to.l_type == CORE_F_WRLCK && to.l_start == 10 &&
	       to.l_len == 20 && to.l_pid == 30 && to.l_whence == CORE_SEEK_END,
	   "a lock");
	ok(core_to_freebsd_flock(&to, &back) && !memcmp(&from, &back, sizeof(from)), "and back");
	from.l_type = 0;
	ok(!freebsd_to_core_flock(&from, &to), "type 0 is none of FreeBSD's");
}

static void polls(void)
{
	i16 core;

	ok(freebsd_to_core_poll(FREEBSD_POLLWRNORM | FREEBSD_POLLWRBAND, &core) &&
	       core == (CORE_POLLOUT | CORE_POLLWRBAND),
	   "POLLWRNORM is POLLOUT");
	is_number(core_to_freebsd_poll(CORE_POLLOUT | CORE_POLLWRNORM | CORE_POLLWRBAND),
		  FREEBSD_POLLOUT | FREEBSD_POLLWRBAND, "and back");
	ok(!freebsd_to_core_poll(0x1000, &core), "an unknown event is reported");
}

int main(void)
{
	struct core_timespec t = freebsd_to_core_utime((struct core_timespec){0, -1});

	oflags();
	atflags();
	stat();
	entries();
	locks();
	polls();
	is_number(t.tv_nsec, CORE_UTIME_NOW, "UTIME_NOW");
	t = freebsd_to_core_utime((struct core_timespec){0, CORE_UTIME_OMIT});
	is_number(t.tv_nsec, -1, "the hub's own UTIME_OMIT is no nanosecond");
	return tap_end();
}
