/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/old_stat.h: what stat(2) and its like filled in before FreeBSD 12, and nstat(2)
 * (struct freebsd11_stat and struct nstat of sys/stat.h).
 */
#ifndef FB_TESTS_GUEST_OLD_STAT_H
#define FB_TESTS_GUEST_OLD_STAT_H

#include "guest.h"

struct stat11 {
	u32 dev, ino;
	u16 mode, nlink;
	u32 uid, gid, rdev;
	struct timespec atim, mtim, ctim;
	i64 size, blocks;
	i32 blksize;
	u32 flags, gen;
	i32 spare;
	struct timespec birthtim;
};
_Static_assert(sizeof(struct stat11) == 120, "struct freebsd11_stat");

struct nstat {
	u32 dev, ino, mode, nlink, uid, gid, rdev;
	struct timespec atim, mtim, ctim;
	i64 size, blocks;
	i32 blksize;
	u32 flags, gen;
	struct timespec birthtim;
};
_Static_assert(sizeof(struct nstat) == 128, "struct nstat");

#endif
