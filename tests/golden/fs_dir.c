/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories: entries of both layouts, buffers that hold few of them, offsets that lead back
 * to where an entry began.
 */
#include "guest.h"

#define SYS_freebsd11_getdirentries 196
#define SYS_freebsd11_getdents	    272
#define SYS___realpathat	    574
#define SYS_funlinkat		    568
#define SYS_linkat		    495
#define FD_NONE			    -200
#define FILES			    200

struct dirent {
	u64 fileno;
	i64 off;
	u16 reclen;
	u8 type, pad0;
	u16 namlen, pad1;
	char name[256];
};

struct old_dirent {
	u32 fileno;
	u16 reclen;
	u8 type, namlen;
	char name[256];
};

static bool seen[FILES];

static void name_of(int i, char *name)
{
	/* Lengths from 4 to 23, so that records have all paddings. */
	int n = 0;

	name[n++] = (char)('0' + i / 100);
	name[n++] = (char)('0' + i / 10 % 10);
	name[n++] = (char)('0' + i % 10);
	for (int pad = i % 20; pad >= 0; pad--)
		name[n++] = 'x';
	name[n] = '\0';
}

static int count_seen(const char *name, size_t len)
{
	int i = (name[0] - '0') * 100 + (name[1] - '0') * 10 + name[2] - '0';

	if (name[0] == '.' || i < 0 || i >= FILES || len != (size_t)(4 + i % 20) || seen[i])
		return 0;
	seen[i] = true;
	return 1;
}

/* Reads it all through a buffer of size bytes; the number of distinct good files. */
static int read_all(int fd, size_t size)
{
	static char buf[4096] __attribute__((aligned(8)));
	int found = 0;
	i64 base;
	long n;

	memset(seen, 0, sizeof(seen));
	lseek(fd, 0, SEEK_SET);
	while ((n = sys(SYS_getdirentries, fd, buf, size, &base)) > 0) {
		for (long at = 0; at < n;) {
			struct dirent *d = (void *)(buf + at);

			if (d->reclen % 8 || d->reclen != ((24 + d->namlen + 1 + 7) & ~7) ||
			    strlen(d->name) != d->namlen || d->pad0 || d->pad1)
				return -1;
			found += count_seen(d->name, d->namlen);
			at += d->reclen;
		}
	}
	return n < 0 ? (int)n : found;
}

static int read_all_old(int fd, size_t size)
{
	static char buf[4096] __attribute__((aligned(8)));
	int found = 0;
	i64 base;
	long n;

	memset(seen, 0, sizeof(seen));
	lseek(fd, 0, SEEK_SET);
	while ((n = sys(SYS_freebsd11_getdirentries, fd, buf, size, &base)) > 0) {
		for (long at = 0; at < n;) {
			struct old_dirent *d = (void *)(buf + at);

			if (d->reclen % 4 || strlen(d->name) != d->namlen)
				return -1;
			found += count_seen(d->name, d->namlen);
			at += d->reclen;
		}
	}
	return n < 0 ? (int)n : found;
}

/* d_off of each entry leads to the entry after it, and base to the first of a read. */
static bool offsets_lead_back(int fd)
{
	static char all[16384] __attribute__((aligned(8)));
	struct dirent one;
	i64 base = -1;
	long n;

	lseek(fd, 0, SEEK_SET);
	n = sys(SYS_getdirentries, fd, all, sizeof(all), &base);
	if (n <= 0 || base != 0)
		return false;
	for (long at = 0; at < n;) {
		struct dirent *d = (void *)(all + at), *next;

		at += d->reclen;
		if (at >= n)
			break;
		next = (void *)(all + at);
		lseek(fd, d->off, SEEK_SET);
		if (sys(SYS_getdirentries, fd, &one, next->reclen, &base) != next->reclen ||
		    strcmp(one.name, next->name) != 0 || base != d->off ||
		    lseek(fd, 0, SEEK_CUR) != next->off)
			return false;
	}
	return true;
}

int main(void)
{
	char name[32], path[1024];
	struct stat st;
	int fd, file = -1, other;

	EXPECT_EQ(mkdir("many", 0755), 0);
	EXPECT_EQ(chdir("many"), 0);
	for (int i = 0; i < FILES; i++) {
		name_of(i, name);
		file = open(name, O_CREAT | O_WRONLY, 0644);
		if (i != FILES - 1)
			close(file);
	}
	fd = open(".", O_RDONLY | O_DIRECTORY);
	EXPECT_EQ(read_all(fd, 4096), FILES);
	EXPECT_EQ(read_all(fd, 512), FILES);
	EXPECT_EQ(read_all(fd, 56), FILES);
	EXPECT_EQ(read_all_old(fd, 4096), FILES);
	EXPECT_EQ(read_all_old(fd, 40), FILES);
	EXPECT(offsets_lead_back(fd));
	lseek(fd, 0, SEEK_SET);
	EXPECT_EQ(sys(SYS_getdirentries, fd, path, 16, 0), -EINVAL);
	EXPECT_EQ(lseek(fd, 0, SEEK_CUR), 0);
	EXPECT_EQ(sys(SYS_getdirentries, fd, 8, 512, 0), -EFAULT);
	/* One that is for writing cannot be read, one that is no directory not so. */
	EXPECT_EQ(sys(SYS_getdirentries, file, path, 512, 0), -EBADF);
	other = open("/dev/null", O_RDONLY);
	EXPECT_EQ(sys(SYS_getdirentries, other, path, 512, 0), -EINVAL);
	close(other);
	EXPECT_EQ(sys(SYS_getdirentries, 777, path, 512, 0), -EBADF);
	EXPECT(sys(SYS_freebsd11_getdents, fd, path, 512) > 0);

	/* Removing only what is open. */
	name_of(0, name);
	EXPECT_EQ(sys(SYS_funlinkat, AT_FDCWD, name, file, 0), -EDEADLK);
	EXPECT_EQ(sys(SYS_funlinkat, AT_FDCWD, name, FD_NONE, 0), 0);
	name_of(FILES - 1, name);
	EXPECT_EQ(sys(SYS_funlinkat, AT_FDCWD, name, file, 0), 0);
	EXPECT_EQ(sys(SYS_fstat, file, &st), 0);
	EXPECT_EQ(st.st_nlink, 0);

	/* link(2) follows a link. */
	name_of(1, name);
	EXPECT_EQ(symlink(name, "soft"), 0);
	EXPECT_EQ(sys(SYS_link, "soft", "hard"), 0);
	EXPECT(lstat("hard", &st) == 0 && (st.st_mode & S_IFMT) == S_IFREG && st.st_nlink == 2);
	EXPECT_EQ(sys(SYS_linkat, AT_FDCWD, "soft", AT_FDCWD, "soft2", 0), 0);
	EXPECT(lstat("soft2", &st) == 0 && (st.st_mode & S_IFMT) == S_IFLNK);
	EXPECT_EQ(sys(SYS_linkat, AT_FDCWD, "soft", AT_FDCWD, "soft3", 0x10000), -EINVAL);

	EXPECT_EQ(sys(SYS_readlink, "soft", path, 0), 0);
	EXPECT_EQ(sys(SYS_readlink, "soft", path, 3), 3);
	EXPECT_EQ(sys(SYS___realpathat, AT_FDCWD, "../many/soft", path, sizeof(path), 0), 0);
	EXPECT(path[0] == '/' && strcmp(path + strlen(path) - strlen(name), name) == 0);
	EXPECT_EQ(sys(SYS___realpathat, AT_FDCWD, "soft", path, 3, 0), -ENAMETOOLONG);
	EXPECT_EQ(sys(SYS___realpathat, AT_FDCWD, "none", path, 3, 0), -ENOENT);
	EXPECT_EQ(sys(SYS___getcwd, path, 1), -EINVAL);
	EXPECT_EQ(sys(SYS___getcwd, path, 2), -ENOMEM);
	return 0;
}
