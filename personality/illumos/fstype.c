/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/fstype.c: st_fstype. Every stat says the kind of file system: the host is
 * asked once per device, and the answer remembered.
 */
#include "personality/illumos/fstype.h"
#include "exo/exo.h"
#include "lib/mem.h"

#define REMEMBERED 32

/* A device's number and its kind, in one word: the host's numbers have 52 bits (makedev(3) of
 * kernel devices: 12 of the major, 20 of the minor). 0: free. */
static u64 remembered[REMEMBERED];

#define KIND_SHIFT 56

static const char *kind_name(u64 word)
{
	return illumos_fs_kind_name((u32)(word >> KIND_SHIFT & 0x7f));
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
	word = key | (u64)illumos_fs_kind(fs.f_type) << KIND_SHIFT;
	__atomic_store_n(&remembered[at], word, __ATOMIC_RELAXED);
	fb_strlcpy(out, kind_name(word), ILLUMOS_FSTYPSZ);
}
