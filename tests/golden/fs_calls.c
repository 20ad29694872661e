/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls on files that are the same everywhere: each does what its name says. */
#include "guest.h"

#define SYS_sync		  36
#define SYS_fchown		  123
#define SYS_fchmod		  124
#define SYS_freebsd6_pwrite	  174
#define SYS_freebsd6_lseek	  199
#define SYS_freebsd6_truncate	  200
#define SYS_freebsd6_ftruncate	  201
#define SYS_futimes		  206
#define SYS_lchown		  254
#define SYS_preadv		  289
#define SYS_pwritev		  290
#define SYS_lpathconf		  513
#define SYS_futimesat		  494
#define SYS_mkdirat		  496
#define SYS_mkfifoat		  497
#define SYS_readlinkat		  500
#define SYS_renameat		  501
#define SYS_symlinkat		  502
#define SYS_unlinkat		  503
#define SYS_closefrom		  509
#define SYS_fdatasync		  550
#define SYS_sched_rr_get_interval 334

struct iovec {
	const void *base;
	size_t len;
};

static void vectors(int fd)
{
	char a[4] = "", b[8] = "";
	struct iovec out[2] = {{"abc", 3}, {"defgh", 5}}, in[2] = {{a, 3}, {b, 5}};

	EXPECT_EQ(sys(SYS_writev, fd, out, 2), 8);
	EXPECT_EQ(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_EQ(sys(SYS_readv, fd, in, 2), 8);
	EXPECT(memcmp(a, "abc", 3) == 0 && memcmp(b, "defgh", 5) == 0);
	EXPECT_EQ(sys(SYS_pwritev, fd, out, 2, 100), 8);
	EXPECT_EQ(sys(SYS_preadv, fd, in, 2, 101), 7);
	EXPECT(memcmp(a, "bcd", 3) == 0 && memcmp(b, "efgh", 4) == 0);
	EXPECT_EQ(sys(SYS_preadv, fd, in, 2, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_readv, fd, in, 1025), -EINVAL);
	EXPECT_EQ(sys(SYS_readv, fd, 8, 1), -EFAULT);
	EXPECT_EQ(sys(SYS_freebsd6_pwrite, fd, "Z", 1, 0, 2), 1);
	EXPECT_EQ(sys(SYS_freebsd6_lseek, fd, 0, 2, SEEK_SET), 2);
	EXPECT_EQ(read(fd, a, 1), 1);
	EXPECT_EQ(a[0], 'Z');
}

static void lengths(int fd)
{
	struct stat st;

	EXPECT_EQ(sys(SYS_truncate, "file", 50), 0);
	EXPECT(fstat(fd, &st) == 0 && st.st_size == 50);
	EXPECT_EQ(sys(SYS_freebsd6_truncate, "file", 0, 40), 0);
	EXPECT_EQ(sys(SYS_freebsd6_ftruncate, fd, 0, 30), 0);
	EXPECT(fstat(fd, &st) == 0 && st.st_size == 30);
	EXPECT_EQ(sys(SYS_truncate, ".", 0), -EISDIR);
	EXPECT_EQ(sys(SYS_ftruncate, fd, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_fsync, fd), 0);
	EXPECT_EQ(sys(SYS_fdatasync, fd), 0);
	EXPECT_EQ(sys(SYS_fsync, 777), -EBADF);
	EXPECT_EQ(sys(SYS_sync), 0);
	EXPECT_EQ(sys(SYS_flock, fd, 2), 0);
	EXPECT_EQ(sys(SYS_flock, fd, 8), 0);
	EXPECT_EQ(sys(SYS_flock, fd, 16), -EBADF);
	EXPECT_EQ(sys(SYS_flock, fd, 1 | 2 | 4), 0);
}

static void names(void)
{
	i64 tv[4] = {10, 0, 20, 0};
	char text[16] = "";
	struct stat st;
	int dir;

	EXPECT_EQ(sys(SYS_mkdirat, AT_FDCWD, "dir", 0700), 0);
	dir = open("dir", O_RDONLY | O_DIRECTORY);
	EXPECT_EQ(sys(SYS_symlinkat, "target", dir, "soft"), 0);
	EXPECT_EQ(sys(SYS_readlinkat, dir, "soft", text, sizeof(text)), 6);
	EXPECT(memcmp(text, "target", 6) == 0);
	EXPECT_EQ(sys(SYS_lpathconf, "dir/soft", 4), 255);
	EXPECT_EQ(sys(SYS_lchown, "dir/soft", -1, -1), 0);
	EXPECT_EQ(sys(SYS_mkfifoat, dir, "fifo", 0600), 0);
	EXPECT_EQ(sys(SYS_renameat, dir, "fifo", AT_FDCWD, "moved"), 0);
	EXPECT_EQ(sys(SYS_rename, "moved", "dir/back"), 0);
	EXPECT_EQ(sys(SYS_futimesat, dir, "back", tv), 0);
	EXPECT(stat("dir/back", &st) == 0 && st.st_atim.tv_sec == 10 && st.st_mtim.tv_sec == 20);
	EXPECT_EQ(sys(SYS_unlinkat, AT_FDCWD, "dir", AT_REMOVEDIR), -ENOTEMPTY);
	EXPECT_EQ(sys(SYS_unlinkat, dir, "back", 0), 0);
	EXPECT_EQ(sys(SYS_unlinkat, dir, "soft", 0), 0);
	EXPECT_EQ(sys(SYS_unlinkat, AT_FDCWD, "dir", 0), -EPERM);
	EXPECT_EQ(sys(SYS_fchdir, dir), 0);
	EXPECT_EQ(chdir(".."), 0);
	EXPECT_EQ(sys(SYS_unlinkat, AT_FDCWD, "dir", AT_REMOVEDIR), 0);
	EXPECT_EQ(sys(SYS_unlinkat, AT_FDCWD, "dir", 1), -EINVAL);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0644), status;
	i64 tv[4] = {1, 2, 3, 4};
	struct timespec ts;
	struct stat st;
	i64 usage[18];

	vectors(fd);
	lengths(fd);
	names();
	EXPECT_EQ(sys(SYS_fchmod, fd, 0600), 0);
	EXPECT_EQ(sys(SYS_fchown, fd, -1, -1), 0);
	EXPECT_EQ(sys(SYS_futimes, fd, tv), 0);
	EXPECT(fstat(fd, &st) == 0 && st.st_mode == (S_IFREG | 0600) && st.st_mtim.tv_nsec == 4000);
	sys(SYS_umask, 077);
	EXPECT_EQ(sys(SYS_umask, 022), 077);
	EXPECT_EQ(sys(SYS_getrusage, 0, usage), 0);
	EXPECT(usage[4] > 0);
	EXPECT_EQ(sys(SYS_getrusage, 2, usage), -EINVAL);
	EXPECT_EQ(sys(SYS_sched_rr_get_interval, 0, &ts), 0);
	if (fork() == 0) {
		sys(SYS_closefrom, 3);
		exit(fcntl(fd, F_GETFD, 0) == -1 && fcntl(2, F_GETFD, 0) == 0 ? 5 : 1);
	}
	EXPECT(waitpid(-1, &status, 0) > 0 && WEXITSTATUS(status) == 5);
	return 0;
}
