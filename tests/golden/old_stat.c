/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stat calls and mknod of FreeBSD 11, and those of NetBSD's layout it had, field by field
 * against what fstatat says. Facts: stat(2), mknod(2), sys/stat.h (struct freebsd11_stat,
 * struct nstat), kern_mknodat of sys/kern/vfs_syscalls.c.
 */
#include "old_stat.h"

#define SYS_freebsd11_mknod   14
#define SYS_freebsd11_stat    188
#define SYS_freebsd11_fstat   189
#define SYS_freebsd11_lstat   190
#define SYS_freebsd11_nstat   278
#define SYS_freebsd11_nfstat  279
#define SYS_freebsd11_nlstat  280
#define SYS_freebsd11_fstatat 493
#define SYS_freebsd11_mknodat 498
#define S_IFBLK		      0060000
#define S_IFWHT		      0160000

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

#define SAME(old, new)                                                                             \
	((old)->dev == (u32)(new)->st_dev && (old)->ino == (u32)(new)->st_ino &&                   \
	 (old)->mode == (new)->st_mode && (old)->nlink == (new)->st_nlink &&                       \
	 (old)->uid == (new)->st_uid && (old)->gid == (new)->st_gid &&                             \
	 (old)->rdev == (u32)(new)->st_rdev && same_time((old)->atim, (new)->st_atim) &&           \
	 same_time((old)->mtim, (new)->st_mtim) && same_time((old)->ctim, (new)->st_ctim) &&       \
	 same_time((old)->birthtim, (new)->st_birthtim) && (old)->size == (new)->st_size &&        \
	 (old)->blocks == (new)->st_blocks && (old)->blksize == (new)->st_blksize &&               \
	 (old)->flags == (new)->st_flags && (old)->gen == (u32)(new)->st_gen)

/* Every way to look at path, which is no link, and at the descriptor of it. */
static bool all_agree(const char *path, int fd)
{
	struct stat11 old;
	struct nstat n;
	struct stat st;
	bool good = stat(path, &st) == 0;

#define LOOK(which, ...)                                                                           \
	(memset(&which, 0xee, sizeof(which)), sys(__VA_ARGS__, &which) == 0 && SAME(&which, &st))
	good &= LOOK(old, SYS_freebsd11_stat, path);
	good &= LOOK(old, SYS_freebsd11_lstat, path);
	good &= LOOK(n, SYS_freebsd11_nstat, path);
	good &= LOOK(n, SYS_freebsd11_nlstat, path);
	good &= LOOK(old, SYS_freebsd11_fstatat, AT_FDCWD, path);
	if (fd >= 0) {
		good &= LOOK(old, SYS_freebsd11_fstat, fd);
		good &= LOOK(n, SYS_freebsd11_nfstat, fd);
	}
	return good;
}

static void links(void)
{
	struct stat11 old;
	struct nstat n;
	struct stat st;

	symlink("file", "soft");
	symlink("loop", "loop");
	EXPECT(lstat("soft", &st) == 0 && (st.st_mode & S_IFMT) == S_IFLNK);
	EXPECT(sys(SYS_freebsd11_lstat, "soft", &old) == 0 && SAME(&old, &st));
	EXPECT(sys(SYS_freebsd11_nlstat, "soft", &n) == 0 && SAME(&n, &st));
	EXPECT(stat("soft", &st) == 0 && (st.st_mode & S_IFMT) == S_IFREG);
	EXPECT(sys(SYS_freebsd11_stat, "soft", &old) == 0 && SAME(&old, &st));
	EXPECT(sys(SYS_freebsd11_nstat, "soft", &n) == 0 && SAME(&n, &st));
}

static void errors(void)
{
	static const int paths[] = {SYS_freebsd11_stat, SYS_freebsd11_lstat, SYS_freebsd11_nstat,
				    SYS_freebsd11_nlstat};
	char buf[256];

	for (u32 i = 0; i < ARRAY_LEN(paths); i++) {
		EXPECT_EQ(sys(paths[i], "none", buf), -ENOENT);
		EXPECT_EQ(sys(paths[i], "file/x", buf), -ENOTDIR);
		EXPECT_EQ(sys(paths[i], "file", 8), -EFAULT);
		EXPECT_EQ(sys(paths[i], 8, buf), -EFAULT);
	}
	EXPECT_EQ(sys(SYS_freebsd11_stat, "loop", buf), -ELOOP);
	EXPECT_EQ(sys(SYS_freebsd11_nstat, "loop", buf), -ELOOP);
	EXPECT_EQ(sys(SYS_freebsd11_lstat, "loop", buf), 0);
	EXPECT_EQ(sys(SYS_freebsd11_nfstat, -1, buf), -EBADF);
	EXPECT_EQ(sys(SYS_freebsd11_nfstat, 1000000, buf), -EBADF);
	EXPECT_EQ(sys(SYS_freebsd11_nfstat, 0, 8), -EFAULT);
}

static void nodes(void)
{
	bool root = sys(SYS_getuid) == 0, can;
	struct stat st;

	sys(SYS_umask, 022);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "fifo", S_IFIFO | 0666, 0), 0);
	EXPECT(stat("fifo", &st) == 0 && st.st_mode == (S_IFIFO | 0644));
	EXPECT(all_agree("fifo", -1));
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "fifo", S_IFIFO | 0666, 0), -EEXIST);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "other", S_IFIFO | 0666, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "other", S_IFREG | 0666, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "other", S_IFDIR | 0777, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "other", 0666, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "none/fifo", S_IFIFO | 0666, 0), -ENOENT);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "file/fifo", S_IFIFO | 0666, 0), -ENOTDIR);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, 8, S_IFIFO | 0666, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_freebsd11_mknod, "other", S_IFWHT, 0), root ? -EOPNOTSUPP : -EPERM);
	EXPECT_EQ(sys(SYS_freebsd11_mknodat, AT_FDCWD, "fifo2", S_IFIFO | 0600, 0), 0);
	EXPECT(stat("fifo2", &st) == 0 && st.st_mode == (S_IFIFO | 0600));
	EXPECT_EQ(sys(SYS_freebsd11_mknodat, -1, "fifo3", S_IFIFO | 0600, 0), -EBADF);
	EXPECT_EQ(sys(SYS_freebsd11_mknodat, 0, "fifo3", S_IFIFO | 0600, 0), -ENOTDIR);
	/* Devices are root's to make, where it has all its rights. */
	can = sys(SYS_freebsd11_mknod, "null", S_IFCHR | 0666, 0x103) == 0;
	EXPECT(root || !can);
	EXPECT_IF(!root, sys(SYS_freebsd11_mknod, "block", S_IFBLK | 0600, 0x103) == -EPERM);
	EXPECT_IF(!root, sys(SYS_freebsd11_mknodat, AT_FDCWD, "x", S_IFCHR, 0x103) == -EPERM);
	EXPECT_IF(can, stat("null", &st) == 0 && st.st_mode == (S_IFCHR | 0644));
	EXPECT_IF(can, st.st_rdev == 0x103 && all_agree("null", -1));
	EXPECT_IF(can, sys(SYS_freebsd11_mknodat, AT_FDCWD, "block", S_IFBLK | 0600, 0x12345) == 0);
	EXPECT_IF(can, stat("block", &st) == 0 && st.st_mode == (S_IFBLK | 0600));
	EXPECT_IF(can, st.st_rdev == 0x12345 && all_agree("block", -1));
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0640), p[2];
	struct stat11 old;
	struct nstat n;
	struct stat st;

	EXPECT_EQ(write(fd, "hello", 5), 5);
	sys(SYS_link, "file", "second");
	EXPECT(all_agree("file", fd));
	EXPECT(all_agree(".", -1));
	EXPECT(all_agree("/dev/null", open("/dev/null", O_RDONLY)));
	EXPECT_EQ(pipe2(p, 0), 0);
	EXPECT(fstat(p[0], &st) == 0 && (st.st_mode & S_IFMT) == S_IFIFO);
	EXPECT(sys(SYS_freebsd11_nfstat, p[0], &n) == 0 && SAME(&n, &st));
	EXPECT(sys(SYS_freebsd11_fstat, p[0], &old) == 0 && SAME(&old, &st));
	links();
	errors();
	nodes();
	return 0;
}
