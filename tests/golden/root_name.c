/* SPDX-License-Identifier: BSD-2-Clause */
/* "/" names no entry that could be made, removed or renamed: EISDIR, before anything else. */
#include "guest.h"

#define SYS_link    9
#define SYS_unlink  10
#define SYS_symlink 57
#define SYS_rename  128
#define SYS_mkfifo  132
#define SYS_mkdir   136
#define SYS_rmdir   137
#define EISDIR	    21

int main(void)
{
	int fd = open("file", O_WRONLY | O_CREAT, 0644);

	EXPECT_EQ(sys(SYS_mkdir, "dir", 0755), 0);
	EXPECT_EQ(sys(SYS_mkdir, "/", 0755), -EISDIR);
	EXPECT_EQ(sys(SYS_mkdir, "///", 0755), -EISDIR);
	EXPECT_EQ(sys(SYS_mkdir, "dir", 0755), -EEXIST);
	EXPECT_EQ(sys(SYS_mkfifo, "/", 0644), -EISDIR);
	EXPECT_EQ(sys(SYS_symlink, "x", "/"), -EISDIR);
	EXPECT_EQ(sys(SYS_link, "file", "//"), -EISDIR);
	EXPECT_EQ(sys(SYS_link, "absent", "/"), -ENOENT);
	EXPECT_EQ(sys(SYS_unlink, "/"), -EISDIR);
	EXPECT_EQ(sys(SYS_unlink, "dir"), -EPERM);
	EXPECT_EQ(sys(SYS_rmdir, "/"), -EISDIR);
	EXPECT_EQ(sys(SYS_rename, "/", "other"), -EISDIR);
	EXPECT_EQ(sys(SYS_rename, "file", "/"), -EISDIR);
	EXPECT_EQ(sys(SYS_rename, "dir", "/"), -EINVAL);
	EXPECT_EQ(sys(SYS_rename, "absent", "/"), -ENOENT);

	print("sizes no buffer has\n");
	EXPECT_EQ(sys(SYS_write, fd, "x", 1UL << 63), -EINVAL);
	EXPECT_EQ(sys(SYS_read, fd, "x", ~0UL), -EINVAL);
	EXPECT_EQ(sys(475, fd, "x", ~0UL, 0), -EINVAL); /* pread */
	EXPECT_EQ(sys(476, fd, "x", ~0UL, 0), -EINVAL); /* pwrite */
	EXPECT_EQ(sys(SYS_write, fd, "x", 1), 1);
	return 0;
}
