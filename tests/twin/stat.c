/* SPDX-License-Identifier: BSD-2-Clause */
/* What fstat, stat and lstat say of files, directories, links, pipes and devices. */
#include "guest.h"

static void show(const char *what, const struct stat *st)
{
	print("%s: mode %06x, size %ld, links %lu\n", what, st->st_mode, (long)st->st_size,
	      (u64)st->st_nlink);
}

int main(void)
{
	struct stat st, again;
	struct timespec now;
	int fds[2];
	int fd;

	sys(SYS_umask, 022);
	fd = open("file", O_CREAT | O_RDWR, 0666);
	write(fd, "123456", 6);
	memset(&st, 0xa5, sizeof(st));
	EXPECT_EQ(fstat(fd, &st), 0);
	show("file", &st);
	EXPECT_EQ(st.st_uid, sys(SYS_getuid));
	EXPECT(st.st_ino != 0 && st.st_ino != 0xa5a5a5a5a5a5a5a5);
	EXPECT(st.st_blksize >= 512 && st.st_blksize < 0x1000000);
	EXPECT(st.st_blocks >= 0 && st.st_blocks < 1000);
	EXPECT_EQ(clock_gettime(CLOCK_REALTIME, &now), 0);
	EXPECT(now.tv_sec - st.st_mtim.tv_sec < 10);
	EXPECT(now.tv_sec - st.st_ctim.tv_sec < 10);
	EXPECT(now.tv_sec - st.st_atim.tv_sec < 10);
	EXPECT((u64)st.st_mtim.tv_nsec < 1000000000);
#ifdef __FreeBSD__
	if (st.st_birthtim.tv_sec != -1 && now.tv_sec - st.st_birthtim.tv_sec > 10)
		print("FAILED birth time %ld\n", st.st_birthtim.tv_sec);
	if (st.st_flags != 0 || st.st_spare[0] != 0 || st.st_spare[9] != 0)
		print("FAILED flags %x or padding\n", st.st_flags);
#endif
	EXPECT_EQ(stat("file", &again), 0);
	EXPECT(again.st_ino == st.st_ino && again.st_dev == st.st_dev);
	EXPECT_EQ(sys(SYS_link, "file", "second"), 0);
	EXPECT_EQ(stat("file", &again), 0);
	show("file with two names", &again);

	EXPECT_EQ(symlink("file", "link"), 0);
	EXPECT_EQ(lstat("link", &again), 0);
	show("link", &again);
	EXPECT_EQ(stat("link", &again), 0);
	EXPECT_EQ(again.st_ino, st.st_ino);

	EXPECT_EQ(mkdir("dir", 0750), 0);
	EXPECT_EQ(stat("dir", &again), 0);
	EXPECT_EQ(again.st_mode, S_IFDIR | 0750);
	EXPECT_EQ(stat("/dev/null", &again), 0);
	EXPECT_EQ(again.st_mode & S_IFMT, S_IFCHR);
	EXPECT(again.st_rdev != 0);
	EXPECT_EQ(pipe2(fds, 0), 0);
	EXPECT_EQ(fstat(fds[0], &again), 0);
	EXPECT_EQ(again.st_mode & S_IFMT, S_IFIFO);
	return 0;
}
