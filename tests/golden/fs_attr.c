/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What files are: stat of all layouts, times, modes, access, flags, file systems, pathconf.
 */
#include "old_stat.h"

#define SYS_freebsd11_stat   188
#define SYS_freebsd11_fstat  189
#define SYS_freebsd11_nlstat 280
#define SYS_freebsd11_statfs 396
#define SYS_statfs	     555
#define SYS_fstatfs	     556
#define SYS_utimensat	     547
#define SYS_futimens	     546
#define SYS_utimes	     138
#define SYS_lutimes	     276
#define SYS_chflags	     34
#define SYS_fchflags	     35
#define SYS_chflagsat	     540
#define O_PATH		     0x400000
#define SYS_undelete	     205
#define UF_NODUMP	     1
#define SYS_fchmodat	     490
#define SYS_faccessat	     489
#define SYS_eaccess	     376
#define SYS_pathconf	     191
#define SYS_fpathconf	     192
#define SYS_mknodat	     559
#define SYS_mkfifo	     132
#define SYS_fchownat	     491
#define AT_EACCESS	     0x100
#define AT_EMPTY_PATH	     0x4000

struct statfs {
	u32 version, type;
	u64 flags, bsize, iosize, blocks, bfree;
	i64 bavail;
	u64 files;
	i64 ffree;
	u64 counts[4], spare[10];
	u32 namemax, owner;
	i32 fsid[2];
	char charspare[80], type_name[16], from[1024], on[1024];
};
_Static_assert(sizeof(struct statfs) == 2344, "struct statfs");

static void stats(int fd)
{
	struct stat st, by_name;
	struct stat11 old;
	struct nstat n;

	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT_EQ(stat("file", &by_name), 0);
	EXPECT(memcmp(&st, &by_name, sizeof(st)) == 0);
	EXPECT(st.st_size == 5 && st.st_nlink == 1 && st.st_mode == (S_IFREG | 0640));
	EXPECT(st.st_birthtim.tv_sec == -1 || st.st_birthtim.tv_sec > 1000000000);
	EXPECT_EQ(sys(SYS_freebsd11_fstat, fd, &old), 0);
	EXPECT(old.ino == (u32)st.st_ino && old.size == 5 && old.nlink == 1 &&
	       old.mode == st.st_mode && old.mtim.tv_nsec == st.st_mtim.tv_nsec);
	EXPECT_EQ(sys(SYS_freebsd11_stat, "none", &old), -ENOENT);
	EXPECT_EQ(sys(SYS_freebsd11_nlstat, "file", &n), 0);
	EXPECT(n.ino == (u32)st.st_ino && n.size == 5 && n.mode == st.st_mode &&
	       n.ctim.tv_nsec == st.st_ctim.tv_nsec);
	EXPECT_EQ(sys(SYS_fstatat, fd, "", &by_name, AT_EMPTY_PATH), 0);
	EXPECT(by_name.st_ino == st.st_ino);
	EXPECT_EQ(sys(SYS_fstatat, fd, "", &by_name, 0), -ENOENT);
	EXPECT_EQ(sys(SYS_fstatat, AT_FDCWD, "file", &by_name, AT_REMOVEDIR), -EINVAL);
	EXPECT_EQ(sys(SYS_fstatat, AT_FDCWD, "file", 8, 0), -EFAULT);
	EXPECT(stat("/dev/null", &st) == 0 && (st.st_mode & S_IFMT) == S_IFCHR &&
	       st.st_rdev == ((1 << 8) | 3));
}

static void times(int fd)
{
	struct timespec ts[2] = {{100, 1}, {200, 2}}, now_omit[2] = {{0, -1}, {0, -2}};
	struct timespec bad[2] = {{0, 1000000000}, {0, 0}};
	i64 tv[4] = {300, 3, 400, 4};
	struct stat st;

	EXPECT_EQ(sys(SYS_futimens, fd, ts), 0);
	fstat(fd, &st);
	EXPECT(st.st_atim.tv_sec == 100 && st.st_atim.tv_nsec == 1 && st.st_mtim.tv_sec == 200);
	EXPECT_EQ(sys(SYS_utimensat, AT_FDCWD, "file", now_omit, 0), 0);
	fstat(fd, &st);
	EXPECT(st.st_atim.tv_sec > 1000000000 && st.st_mtim.tv_sec == 200);
	EXPECT_EQ(sys(SYS_utimes, "file", tv), 0);
	fstat(fd, &st);
	EXPECT(st.st_atim.tv_sec == 300 && st.st_atim.tv_nsec == 3000 && st.st_mtim.tv_sec == 400);
	EXPECT_EQ(sys(SYS_utimensat, AT_FDCWD, "file", bad, 0), -EINVAL);
	tv[1] = 1000000;
	EXPECT_EQ(sys(SYS_utimes, "file", tv), -EINVAL);
	tv[1] = 5;
	symlink("file", "soft");
	EXPECT_EQ(sys(SYS_lutimes, "soft", tv), 0);
	EXPECT(lstat("soft", &st) == 0 && st.st_atim.tv_nsec == 5000);
	EXPECT_EQ(sys(SYS_futimens, -100, ts), -EBADF);
	EXPECT_EQ(sys(SYS_futimens, fd, 0), 0);
	fstat(fd, &st);
	EXPECT(st.st_mtim.tv_sec > 1000000000);
}

static void permissions(int fd)
{
	int place;
	struct stat st;

	EXPECT_EQ(sys(SYS_chmod, "file", 0600), 0);
	EXPECT_EQ(sys(SYS_fchmodat, fd, "", 0444, AT_EMPTY_PATH), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_mode, S_IFREG | 0444);
	EXPECT_EQ(sys(SYS_fchmodat, AT_FDCWD, "file", 0644, AT_SYMLINK_NOFOLLOW), 0);
	EXPECT_EQ(sys(SYS_fchmodat, AT_FDCWD, "file", 0644, AT_EACCESS), -EINVAL);
	EXPECT_EQ(sys(SYS_access, "file", 4), 0);
	EXPECT_EQ(sys(SYS_eaccess, "file", 0), 0);
	EXPECT_EQ(sys(SYS_access, "file", 1), -EACCES);
	EXPECT_EQ(sys(SYS_access, "file", 8), -EINVAL);
	EXPECT_EQ(sys(SYS_faccessat, AT_FDCWD, "file", 2, AT_EACCESS), 0);
	EXPECT_EQ(sys(SYS_faccessat, AT_FDCWD, "file", 2, 1), -EINVAL);
	EXPECT_EQ(sys(SYS_fchownat, AT_FDCWD, "file", -1, -1, 0), 0);
	EXPECT_EQ(sys(SYS_chflags, "file", 0), 0);
	EXPECT_EQ(sys(SYS_chflags, "file", 0x800), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_chflags, "file", UF_NODUMP), 0);
	EXPECT_EQ(sys(SYS_chflags, "file", UF_NODUMP), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_flags, UF_NODUMP);
	EXPECT_EQ(sys(SYS_fchflags, fd, 0), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_flags, 0);
	place = open("file", O_PATH);
	EXPECT_EQ(sys(SYS_fchflags, place, UF_NODUMP), -EBADF);
	EXPECT_EQ(sys(SYS_chflagsat, place, "", UF_NODUMP, AT_EMPTY_PATH), 0);
	fstat(fd, &st);
	EXPECT_EQ(st.st_flags, UF_NODUMP);
	close(place);
	EXPECT_EQ(sys(SYS_undelete, "file"), -EEXIST);
	EXPECT_EQ(sys(SYS_undelete, "nofile"), -ENOENT);
	EXPECT_EQ(sys(SYS_mkfifo, "fifo", 0600), 0);
	EXPECT(stat("fifo", &st) == 0 && st.st_mode == (S_IFIFO | 0600));
	EXPECT_EQ(sys(SYS_mknodat, AT_FDCWD, "reg", S_IFREG | 0600, 0), -EINVAL);
	EXPECT(sys(SYS_mknodat, AT_FDCWD, "device", S_IFCHR | 0600, 0) == -EPERM ||
	       sys(SYS_getuid) == 0);
	EXPECT_ERROR(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
	/* The sticky bit is stripped from what is newly made. */
	EXPECT_EQ(mkdir("sticky", 01755), 0);
	EXPECT(stat("sticky", &st) == 0 && st.st_mode == (S_IFDIR | 0755));
}

static void file_systems(int fd)
{
	static struct statfs fs, by_fd;
	struct {
		char bytes[472];
	} old;

	EXPECT_EQ(sys(SYS_statfs, ".", &fs), 0);
	EXPECT_EQ(sys(SYS_fstatfs, fd, &by_fd), 0);
	EXPECT(fs.version == 0x20140518 && fs.namemax == 255 && fs.bsize >= 512);
	EXPECT(fs.type_name[0] != '\0' && fs.blocks == by_fd.blocks && fs.bfree <= fs.blocks);
	EXPECT_EQ(sys(SYS_statfs, "/proc", &fs), 0);
	EXPECT(strcmp(fs.type_name, "procfs") == 0);
	EXPECT_EQ(sys(SYS_freebsd11_statfs, ".", &old), 0);
	EXPECT(*(u32 *)old.bytes == 0x20030518);
	EXPECT_EQ(sys(SYS_statfs, "none", &fs), -ENOENT);

	EXPECT_EQ(sys(SYS_pathconf, ".", 4), 255);
	EXPECT_EQ(sys(SYS_pathconf, ".", 5), 1024);
	EXPECT_EQ(sys(SYS_fpathconf, fd, 6), 512);
	EXPECT_EQ(sys(SYS_fpathconf, fd, 9999), -EINVAL);
	EXPECT_EQ(sys(SYS_pathconf, "none", 4), -ENOENT);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0640);

	write(fd, "12345", 5);
	stats(fd);
	times(fd);
	permissions(fd);
	file_systems(fd);
	return 0;
}
