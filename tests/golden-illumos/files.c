/* SPDX-License-Identifier: BSD-2-Clause */
/* Paths, directories and attributes: what illumos does its own way, and its entry layouts. */
#include "guest.h"

struct entry {
	u64 ino;
	i64 off;
	u16 reclen;
	char name[];
};

struct statvfs {
	u64 f_bsize, f_frsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree, f_favail, f_fsid;
	char f_basetype[16];
	u64 f_flag, f_namemax;
	char f_fstr[32];
};

static char buffer[8192];

static void directories(void)
{
	static const char *const want[] = {".", "..", "a", "five5", "seventeen-letters"};
	int found[5] = {0}, fd, n, entries = 0;
	bool sound = true;

	EXPECT_EQ(mkdir("d", 01777), 0);
	EXPECT_EQ(close(open("d/a", O_CREAT | O_RDWR, 0600)), 0);
	EXPECT_EQ(close(open("d/five5", O_CREAT | O_RDWR, 0600)), 0);
	EXPECT_EQ(close(open("d/seventeen-letters", O_CREAT | O_RDWR, 0600)), 0);
	fd = open("d", O_RDONLY);
	EXPECT_EQ(sys(SYS_getdents, fd, buffer, 23), -EINVAL);
	/* One by one, in a buffer that only just has room for the longest. */
	while ((n = (int)sys(SYS_getdents, fd, buffer, 40)) > 0) {
		for (int at = 0; at < n; at += ((struct entry *)(buffer + at))->reclen) {
			struct entry *e = (struct entry *)(buffer + at);
			size_t size = (18 + strlen(e->name) + 1 + 7) & ~7UL;

			sound &= e->reclen == size && e->ino != 0 && e->off != 0;
			entries++;
			for (int i = 0; i < 5; i++)
				found[i] += strcmp(e->name, want[i]) == 0;
		}
	}
	EXPECT_EQ(n, 0);
	EXPECT_EQ(entries, 5);
	EXPECT(sound);
	for (int i = 0; i < 5; i++)
		EXPECT_EQ(found[i], 1);
	EXPECT_EQ(lseek(fd, 0, SEEK_SET), 0);
	EXPECT_EQ(sys(SYS_getdents, fd, buffer, sizeof(buffer)), 24 * 4 + 40);
	EXPECT_EQ(sys(SYS_getdents, 777, buffer, 100), -EBADF);
	EXPECT_EQ(sys(SYS_getdents, 0, buffer, 100), -ENOTDIR);
	EXPECT_EQ(sys(SYS_rmdir, "d"), -EEXIST);
	EXPECT_EQ(sys(SYS_unlink, "d"), -EPERM);
	EXPECT_EQ(sys(SYS_unlinkat, AT_FDCWD, "d", 4), -EINVAL);
	EXPECT_EQ(sys(SYS_unlinkat, fd, "a", 0), 0);
	EXPECT_EQ(sys(SYS_unlinkat, fd, "a", 0), -ENOENT);
	EXPECT_EQ(mkdir("e", 0755), 0);
	EXPECT_EQ(sys(SYS_rename, "e", "d"), -EEXIST);
	EXPECT_EQ(sys(SYS_renameat, AT_FDCWD, "e", fd, "e"), 0);
	EXPECT_EQ(sys(SYS_unlinkat, fd, "e", AT_REMOVEDIR), 0);
	close(fd);
}

static void expect_path(const char *path, const char *want)
{
	long n = sys(SYS_resolvepath, path, buffer, sizeof(buffer));

	buffer[n < 0 ? 0 : n] = '\0';
	print("%s %s -> %s (%ld)\n", n >= 0 && strcmp(buffer, want) == 0 ? "ok" : "FAILED", path,
	      buffer, n);
}

static void links(void)
{
	EXPECT_EQ(mkdir("x", 0755), 0);
	EXPECT_EQ(mkdir("x/y", 0755), 0);
	EXPECT_EQ(symlink("y", "x/l"), 0);
	EXPECT_EQ(symlink("x/l/..", "up"), 0);
	EXPECT_EQ(symlink("/", "root"), 0);
	expect_path(".", ".");
	expect_path("./x//y/", "x/y");
	expect_path("x/l", "x/y");
	expect_path("up/y", "x/y");
	expect_path("up/..", ".");
	expect_path("../..", "../..");
	expect_path("root", "/");
	expect_path("root/../dev/./null", "/dev/null");
	EXPECT_EQ(sys(SYS_resolvepath, "x/none", buffer, 10), -ENOENT);
	EXPECT_EQ(sys(SYS_resolvepath, "x/l", buffer, 2), 2);
	EXPECT_EQ(sys(SYS_resolvepath, "x/l", buffer, 0), 0);
	EXPECT_EQ(sys(SYS_readlink, "up", buffer, 3), 3);
	EXPECT_EQ(sys(SYS_readlink, "up", buffer, 0), 0);
	EXPECT_EQ(sys(SYS_readlink, "x", buffer, 3), -EINVAL);
	EXPECT_EQ(sys(SYS_link, "up", "up2"), 0); /* the link itself */
	EXPECT_EQ(sys(SYS_readlink, "up2", buffer, 100), 6);
	EXPECT_EQ(sys(SYS_linkat, AT_FDCWD, "up", AT_FDCWD, "up3", 4), -EINVAL);
	EXPECT_EQ(sys(SYS_getcwd, buffer, 0), -ERANGE);
	EXPECT_EQ(sys(SYS_getcwd, buffer, 2), -ERANGE);
}

static void attributes(void)
{
	struct timespec times[2] = {{1000, 5}, {2000, 6}}, now[2] = {{0, -1}, {0, -2}};
	bool root = sys_two(SYS_getuid, 0, 0, 0, 0, 0, 0).second == 0;
	struct stat st, before;
	int fd = open("f", O_CREAT | O_RDWR, 06644);

	EXPECT_EQ(sys(SYS_umask, 022), 022);
	EXPECT_EQ(sys(SYS_chmod, "f", 01640), 0);
	EXPECT_EQ(stat("f", &st), 0);
	EXPECT_EQ(st.st_mode & 07777, root ? 01640 : 0640);
	EXPECT_EQ(sys(SYS_fchmodat, fd, NULL, 0600, 0), 0);
	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT_EQ(st.st_mode, S_IFREG | 0600);
	EXPECT_EQ(sys(SYS_fchmodat, AT_FDCWD, "f", 0600, AT_SYMLINK_NOFOLLOW), -EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_fchmodat, AT_FDCWD, NULL, 0600, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_fchownat, fd, NULL, -1, -1, 0), 0);
	EXPECT_EQ(sys(SYS_chown, "f", -2, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_utimesys, 1, AT_FDCWD, "f", times, 0), 0);
	EXPECT_EQ(stat("f", &st), 0);
	EXPECT(st.st_atim.tv_sec == 1000 && st.st_atim.tv_nsec == 5);
	EXPECT(st.st_mtim.tv_sec == 2000 && st.st_mtim.tv_nsec == 6);
	EXPECT_EQ(sys(SYS_utimesys, 0, fd, now), 0);
	before = st;
	EXPECT_EQ(fstat(fd, &st), 0);
	EXPECT(st.st_atim.tv_sec > 1600000000);
	EXPECT(memcmp(&st.st_mtim, &before.st_mtim, sizeof(st.st_mtim)) == 0);
	times[0].tv_nsec = 1000000000;
	EXPECT_EQ(sys(SYS_utimesys, 0, fd, times), -EINVAL);
	EXPECT_EQ(sys(SYS_utimesys, 0, AT_FDCWD, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_utimesys, 2, fd, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_access, "f", 6), 0);
	EXPECT_EQ(sys(SYS_access, "f", 010), 0);
	EXPECT_EQ(sys(SYS_access, "f", 020), -EINVAL);
	EXPECT_EQ(sys(SYS_faccessat, AT_FDCWD, "f", 4, AT_EACCESS), 0);
	EXPECT_EQ(sys(SYS_faccessat, AT_FDCWD, "f", 4, AT_SYMLINK_NOFOLLOW), -EINVAL);
	EXPECT_EQ(sys(SYS_access, "none", 0), -ENOENT);
	EXPECT_EQ(sys(SYS_fdsync, fd, 0x10), 0);
	EXPECT_EQ(sys(SYS_fdsync, 777, 0x10), -EBADF);
	EXPECT_EQ(sys(SYS_mknod, "fifo", S_IFIFO | 0600, 0), 0);
	EXPECT_EQ(sys(SYS_mknod, "fifo", S_IFIFO | 0600, 0), -EEXIST);
	EXPECT_EQ(sys(SYS_mknod, "plain", 0600, 0), root ? 0 : -EPERM);
	EXPECT_EQ(sys(SYS_mknod, "dir", S_IFDIR | 0700, 0), root ? 0 : -EPERM);
}

static void opening(void)
{
	int dir = open("x", O_SEARCH), fd;

	EXPECT(dir >= 0);
	EXPECT_EQ(sys(SYS_openat, dir, "none", O_RDONLY), -ENOENT);
	EXPECT((fd = (int)sys(SYS_openat, dir, "y", O_RDONLY | O_DIRECTORY)) >= 0);
	EXPECT_EQ(sys(SYS_openat, AT_FDCWD, "f", O_SEARCH), -ENOTDIR);
	EXPECT_EQ(sys(SYS_open, "f", O_RDONLY | O_DIRECTORY), -ENOTDIR);
	EXPECT_EQ(sys(SYS_open, "f", 3), -EINVAL);
	EXPECT_EQ(sys(SYS_open, "f", O_SEARCH | O_WRONLY), -EINVAL);
	EXPECT_EQ(sys(SYS_open, "f", O_EXEC), -EACCES);
	EXPECT_EQ(sys(SYS_open, "f", O_RDONLY | O_XATTR), -EINVAL);
	EXPECT_EQ(sys(SYS_link, "f", "f2"), 0);
	EXPECT_EQ(sys(SYS_open, "f", O_RDONLY | O_NOLINKS), -EMLINK);
	EXPECT_EQ(unlink("f2"), 0);
	EXPECT((fd = open("f", O_RDONLY | O_NOLINKS | 0x10000000)) >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0), O_RDONLY);
	EXPECT_EQ(sys(SYS_open, "up", O_RDONLY | O_NOFOLLOW), -ELOOP);
}

static void systems(void)
{
	struct statvfs fs, fs2;
	struct stat st;
	int fds[2];

	memset(&fs, 0xa5, sizeof(fs));
	EXPECT_EQ(sizeof(fs), 136);
	EXPECT_EQ(sys(SYS_statvfs, ".", &fs), 0);
	EXPECT(fs.f_frsize >= 512 && fs.f_bsize >= fs.f_frsize && fs.f_blocks >= fs.f_bfree);
	EXPECT_EQ(fs.f_namemax, 255);
	EXPECT(fs.f_flag & 4); /* ST_NOTRUNC */
	EXPECT_EQ(fs.f_fstr[0], 0);
	EXPECT_EQ(sys(SYS_fstatvfs, open(".", O_RDONLY), &fs2), 0);
	EXPECT(fs2.f_fsid == fs.f_fsid && strcmp(fs.f_basetype, fs2.f_basetype) == 0);
	EXPECT_EQ(stat(".", &st), 0);
	EXPECT(strcmp(st.st_fstype, fs.f_basetype) == 0);
	EXPECT_EQ(lstat("/proc/self", &st), 0);
	print("/proc is %s\n", st.st_fstype);
	pipe2(fds, 0);
	EXPECT_EQ(fstat(fds[0], &st), 0);
	print("a pipe is %s\n", st.st_fstype);
	EXPECT_EQ(sys(SYS_fstatvfs, 777, &fs), -EBADF);
	EXPECT_EQ(sys(SYS_sysfs, 1, "zfs"), 8);
	EXPECT_EQ(sys(SYS_sysfs, 1, "ext4"), -EINVAL);
	EXPECT_EQ(sys(SYS_sysfs, 2, 11, buffer), 0);
	print("file system 11 is %s of %ld\n", buffer, sys(SYS_sysfs, 3));
	EXPECT_EQ(sys(SYS_pathconf, ".", 4), 255);
	EXPECT_EQ(sys(SYS_pathconf, ".", 5), 1024);
	EXPECT_EQ(sys(SYS_fpathconf, 0, 6), 5120);
	EXPECT_EQ(sys(SYS_pathconf, ".", 67), 64);
	EXPECT_EQ(sys(SYS_pathconf, ".", 11), -EINVAL);
	EXPECT_EQ(sys(SYS_pathconf, "none", 4), -ENOENT);
	EXPECT_EQ(sys(SYS_mount, "a", "b", 0, "zfs", 0, 0), -EPERM);
	EXPECT_EQ(sys(SYS_umount2, "/", 0), -EPERM);
}

struct aclent {
	i32 type;
	u32 id;
	u16 perm;
};
struct ace {
	u32 who, mask;
	u16 flags, type;
};

static void lists(void)
{
	struct aclent entries[8];
	struct ace aces[8];
	int fd = open("f", O_RDWR);
	long n;

	EXPECT_EQ(sys(SYS_chmod, "f", 0604), 0);
	EXPECT_EQ(sys(SYS_facl, fd, 3, 0, NULL), 4);
	EXPECT_EQ(sys(SYS_acl, "f", 1, 3, entries), -ENOSPC);
	EXPECT_EQ(sys(SYS_acl, "f", 1, 2, entries), -EINVAL);
	EXPECT_EQ(sys(SYS_acl, "f", 1, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_acl, "f", 1, 8, entries), 4);
	for (int i = 0; i < 4; i++)
		print("entry %x %x\n", entries[i].type, entries[i].perm);
	n = sys(SYS_facl, fd, 6, 0, NULL);
	EXPECT_EQ(sys(SYS_facl, fd, 4, 8, aces), n);
	for (long i = 0; i < n; i++)
		print("ace %x %x %d\n", aces[i].flags, aces[i].mask, aces[i].type);
	EXPECT_EQ(sys(SYS_acl, "f", 2, 4, entries), -ENOSYS);
	EXPECT_EQ(sys(SYS_acl, "f", 5, 0, aces), -EINVAL);
	EXPECT_EQ(sys(SYS_acl, "f", 7, 4, entries), -EINVAL);
	EXPECT_EQ(sys(SYS_acl, NULL, 1, 4, entries), -EINVAL);
	EXPECT_EQ(sys(SYS_facl, 777, 1, 4, entries), -EBADF);
}

int main(void)
{
	sys(SYS_umask, 022);
	directories();
	links();
	attributes();
	opening();
	systems();
	lists();
	return 0;
}
