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
#define SYS_kldfirstmod 309
#define SYS_modnext	300
#define SYS_modstat	301
#define SYS_modfnext	302
#define SYS_statfs	555
#define SYS_getfsstat	557
#define SYS_getfsstat11 395

/* Every module can be found again by its name, and there is an end. */
static void modules(void)
{
	struct {
		i32 version;
		char name[32];
		i32 refs, id;
		u64 data;
	} st = {.version = sizeof(st)};
	struct {
		i32 version;
		char name[1024];
		i32 refs, id;
		u64 address, size;
		char pathname[1024];
	} file = {.version = sizeof(file)};
	int n = 0, aio = 0;

	for (int id = (int)sys(SYS_kldfirstmod, 1); id > 0; id = (int)sys(SYS_modfnext, id)) {
		n += sys(SYS_modstat, id, &st) == 0 && st.id == id &&
		     sys(SYS_modfind, st.name) == id;
		aio += strcmp(st.name, "aio") == 0;
	}
	EXPECT(n >= 6 && aio == 1);
	EXPECT_EQ(sys(SYS_modnext, 0), 1);
	EXPECT_EQ(sys(SYS_modnext, n), 0);
	EXPECT_EQ(sys(SYS_modfnext, n + 1), -ENOENT);
	st.version = 7;
	EXPECT_EQ(sys(SYS_modstat, 1, &st), -EINVAL);
	EXPECT_EQ(sys(SYS_kldstat, 1, &file), 0);
	EXPECT(strcmp(file.name, "kernel") == 0 && file.id == 1);
	EXPECT_EQ(sys(SYS_kldstat, 2, &file), -ENOENT);
}

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
	EXPECT_EQ(sys(SYS_kldnext, 0), 1);
	EXPECT_EQ(sys(SYS_kldnext, 1), 0);
	EXPECT_EQ(sys(SYS_kldnext, 2), -ENOENT);
	EXPECT_EQ(sys(SYS_kldfind, "/boot/kernel/kernel"), 1);
	modules();
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
