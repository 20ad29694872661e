/* SPDX-License-Identifier: BSD-2-Clause */
/* What only the administrator of a FreeBSD machine does, and what one asks about it. */
#include "guest.h"

#define SYS_mount	21
#define SYS_unmount	22
#define SYS_reboot	55
#define SYS_getfh	161
#define SYS_modfind	303
#define SYS_kldload	304
#define SYS_kldfind	306
#define SYS_kldnext	307
#define SYS_kldstat	308
#define SYS_statfs	555
#define SYS_getfsstat	557
#define SYS_getfsstat11 395

int main(void)
{
	static struct {
		u32 version, type;
		u64 numbers[22];
		u32 namemax, owner;
		char fsid[8], spare[80], name[16], from[1024], on[1024];
	} fs[2];

	EXPECT_EQ(sys(SYS_mount, "ufs", "/mnt", 0, 0), -EPERM);
	EXPECT_EQ(sys(SYS_unmount, "/", 0), -EPERM);
	EXPECT_EQ(sys(SYS_reboot, 0), -EPERM);
	EXPECT_EQ(sys(SYS_getfh, "/", fs), -EPERM);
	EXPECT_EQ(sys(SYS_kldload, "zfs"), -EPERM);
	EXPECT_EQ(sys(SYS_kldfind, "zfs"), -ENOENT);
	EXPECT_EQ(sys(SYS_modfind, "ng_socket"), -ENOENT);
	EXPECT_EQ(sys(SYS_modfind, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_kldnext, 0), 0);
	EXPECT_EQ(sys(SYS_kldstat, 1, fs), -ENOENT);
	EXPECT(sys(SYS_getfsstat, 0, 0, 2) >= 1);
	EXPECT(sys(SYS_getfsstat, 0, 0, 2) == sys(SYS_getfsstat11, 0, 0, 2));
	EXPECT_EQ(sys(SYS_getfsstat, fs, sizeof(fs[0]), 1), 1);
	EXPECT(strcmp(fs[0].on, "/") == 0 && fs[0].version == 0x20140518);
	EXPECT_EQ(sys(SYS_getfsstat, fs, 100, 1), 0);
	EXPECT_EQ(sys(SYS_getfsstat, fs, sizeof(fs), 9), -EINVAL);
	/* A path's file system is one of them. */
	memset(fs, 0, sizeof(fs));
	EXPECT_EQ(sys(SYS_statfs, "/", fs), 0);
	EXPECT(strcmp(fs[0].on, "/") == 0 && fs[0].from[0]);
	memset(fs, 0, sizeof(fs));
	EXPECT_EQ(sys(SYS_statfs, "/proc/self", fs), 0);
	EXPECT(strcmp(fs[0].on, "/proc") == 0);
	return 0;
}
