/* SPDX-License-Identifier: BSD-2-Clause */
/* Owners of files and their set-id bits. Facts: chown(2), ufs_chown of sys/ufs/ufs/ufs_vnops.c. */
#include "guest.h"

#define SYS_chown     16
#define SYS_getgid    47
#define SYS_fchown    123
#define SYS_setgroups 80
#define SYS_lchown    254
#define SYS_setresuid 311
#define SYS_setresgid 312
#define SYS_fchownat  491
#define AT_EMPTY_PATH 0x4000

static bool root;
static u32 uid, gid;

static bool is(const char *path, u32 owner, u32 group, u32 mode)
{
	struct stat st;

	return lstat(path, &st) == 0 && st.st_uid == owner && st.st_gid == group &&
	       (st.st_mode & 07777) == mode;
}

static void by_root(int fd)
{
	EXPECT_IF(root, sys(SYS_chown, "file", 1001, 1002) == 0 && is("file", 1001, 1002, 0644));
	EXPECT_IF(root, sys(SYS_chown, "file", -1, 1003) == 0 && is("file", 1001, 1003, 0644));
	EXPECT_IF(root, sys(SYS_chown, "file", 1004, -1) == 0 && is("file", 1004, 1003, 0644));
	/* A link is followed, or not. */
	EXPECT_IF(root, sys(SYS_chown, "soft", 1005, 1006) == 0 && is("file", 1005, 1006, 0644));
	EXPECT_IF(root, is("soft", uid, gid, 0777));
	EXPECT_IF(root, sys(SYS_lchown, "soft", 1007, 1008) == 0 && is("soft", 1007, 1008, 0777));
	EXPECT_IF(root, is("file", 1005, 1006, 0644));
	/* Root's change leaves set-id bits alone, by every way. */
	EXPECT_IF(root, sys(SYS_chmod, "file", 06755) == 0);
	EXPECT_IF(root, sys(SYS_chown, "file", 1009, 1009) == 0 && is("file", 1009, 1009, 06755));
	EXPECT_IF(root, sys(SYS_fchown, fd, 1010, -1) == 0 && is("file", 1010, 1009, 06755));
	EXPECT_IF(root, sys(SYS_lchown, "file", 1011, -1) == 0 && is("file", 1011, 1009, 06755));
	EXPECT_IF(root, sys(SYS_fchownat, fd, "", 1012, 1, AT_EMPTY_PATH) == 0 &&
			    is("file", 1012, 1, 06755));
	EXPECT_IF(root, sys(SYS_chown, "file", uid, gid) == 0 && is("file", uid, gid, 06755));
	EXPECT_EQ(sys(SYS_chmod, "file", 0644), 0);
}

static void errors(void)
{
	static char name[2000];

	EXPECT_EQ(sys(SYS_chown, "nofile", -1, -1), -ENOENT);
	EXPECT_EQ(sys(SYS_chown, "", -1, -1), -ENOENT);
	EXPECT_EQ(sys(SYS_chown, "file/x", -1, -1), -ENOTDIR);
	EXPECT_EQ(sys(SYS_chown, 8, -1, -1), -EFAULT);
	EXPECT_EQ(sys(SYS_chown, "loop", -1, -1), -ELOOP);
	EXPECT_EQ(sys(SYS_chown, "dangling", -1, -1), -ENOENT);
	memset(name, 'n', 300);
	EXPECT_EQ(sys(SYS_chown, name, -1, -1), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS_fchown, -1, -1, -1), -EBADF);
	EXPECT_EQ(sys(SYS_fchownat, AT_FDCWD, "file", -1, -1, 1), -EINVAL);
}

static void by_its_owner(int fd)
{
	const u32 none = 65534;
	u32 group = root ? none : gid, me = root ? none : uid;

	if (root && (sys(SYS_chown, "file", none, none) != 0 || sys(SYS_setgroups, 0, NULL) != 0 ||
		     sys(SYS_setresgid, none, none, none) || sys(SYS_setresuid, none, none, none)))
		print("FAILED: root cannot become nobody\n");
	EXPECT_EQ(sys(SYS_chown, "file", 0, -1), -EPERM);
	EXPECT_EQ(sys(SYS_chown, "file", -1, 0), -EPERM);
	EXPECT_EQ(sys(SYS_chown, "/", me, -1), -EPERM);
	EXPECT_EQ(sys(SYS_chown, "/", -1, -1), 0); /* nothing is asked for */
	/* What changes nothing takes no bits either. */
	EXPECT_EQ(sys(SYS_chmod, "file", 06755), 0);
	EXPECT_EQ(sys(SYS_chown, "file", me, group), 0);
	EXPECT_EQ(sys(SYS_fchown, fd, -1, -1), 0);
	EXPECT(is("file", me, group, 06755));
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0644), pid, status;
	struct stat st;

	root = sys(SYS_getuid) == 0;
	sys(SYS_umask, 0);
	symlink("file", "soft");
	symlink("loop", "loop");
	symlink("nowhere", "dangling");
	EXPECT_EQ(fstat(fd, &st), 0);
	uid = st.st_uid;
	gid = st.st_gid;
	EXPECT(is("file", (u32)sys(SYS_getuid), gid, 0644));
	EXPECT_EQ(sys(SYS_chown, "file", uid, gid), 0);
	EXPECT_EQ(sys(SYS_chown, "file", -1, -1), 0);
	EXPECT(is("file", uid, gid, 0644));
	by_root(fd);
	errors();
	pid = fork();
	if (pid == 0) {
		by_its_owner(fd);
		exit(0);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
	return 0;
}
