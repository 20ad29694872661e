/* SPDX-License-Identifier: BSD-2-Clause */
/* FreeBSD's /proc over the host's: curproc, the files and links of processes; /dev/fd. */
#include "guest.h"
#include "freebsd_event.h"

#define DT_CHR 2

struct dirent {
	u64 fileno;
	i64 off;
	u16 reclen;
	u8 type, pad0;
	u16 namlen, pad1;
	char name[];
};

static char text[8192];

/* Reads a file whole, in small pieces; the descriptor must be the lowest that is free. */
static long slurp(const char *path)
{
	int fd = open(path, O_RDONLY), lowest = dup(0);
	long n, at = 0;

	close(lowest);
	if (fd < 0 || fd > lowest)
		return -1;
	while ((n = read(fd, text + at, 100)) > 0 && at + 100 < (long)sizeof(text))
		at += n;
	close(fd);
	text[at] = '\0';
	return at;
}

static long number(const char **p)
{
	long n = 0;

	for (; **p >= '0' && **p <= '9'; ++*p)
		n = n * 10 + (**p - '0');
	++*p;
	return n;
}

static bool contains(const char *s, const char *what)
{
	for (; *s; s++)
		if (strncmp(s, what, strlen(what)) == 0)
			return true;
	return false;
}

static void path_of(char *path, int pid, const char *rest)
{
	char digits[12];
	int n = 0;

	memcpy(path, "/proc/", 6);
	do
		digits[n++] = (char)('0' + pid % 10);
	while (pid /= 10);
	for (path += 6; n; n--)
		*path++ = digits[n - 1];
	memcpy(path, rest, strlen(rest) + 1);
}

static void status(const char *path)
{
	const char *p = text;

	EXPECT(slurp(path) > 0);
	EXPECT(strncmp(text, "procfs ", 7) == 0);
	p += 7;
	EXPECT(number(&p) == getpid());
	EXPECT(number(&p) == getppid());
	EXPECT(contains(text, " -\n"));
}

static void files(void)
{
	char path[64];
	const char *p;

	status("/proc/curproc/status");
	path_of(path, getpid(), "/status");
	status(path);
	EXPECT(slurp("/proc/curproc/cmdline") > 7);
	EXPECT(strcmp(text + strlen(text) - 7, "/procfs") == 0);
	EXPECT_EQ(slurp("/proc/curproc/etype"), 14);
	EXPECT(strcmp(text, "FreeBSD ELF64\n") == 0);
	EXPECT(slurp("/proc/curproc/osrel") > 6);
	p = text;
	EXPECT(number(&p) >= 1300000 && !*p);
	EXPECT(slurp("/proc/curproc/rlimit") > 15 * 6);
	EXPECT(strncmp(text, "cpu ", 4) == 0 && contains(text, "\nnofile ") &&
	       contains(text, "\numtx "));
	EXPECT(slurp("/proc/curproc/map") > 100);
	EXPECT(strncmp(text, "0x", 2) == 0 && contains(text, " vnode /") &&
	       contains(text, " r-x ") && contains(text, "/procfs NCH -1\n"));
	EXPECT(slurp("/proc/1/status") > 10);
	/* What FreeBSD does not have is the host's. */
	EXPECT(slurp("/proc/self/maps") > 100);
	EXPECT(slurp("/proc/curproc/maps") > 100);
	EXPECT_ERROR(open("/proc/curproc/regs", O_RDONLY), ENOENT);
	EXPECT_ERROR(open("/proc/999999999/status", O_RDONLY), ENOENT);
	EXPECT_ERROR(open("/proc/curproc/status", O_RDONLY | O_DIRECTORY), ENOTDIR);
	EXPECT(open("/proc/curproc/status", O_RDWR) == -1 && (errno == EPERM || errno == EACCES));
}

static void links(void)
{
	char path[256], again[256], of_pid[64];
	struct stat st;
	const char *p;
	long n = readlink("/proc/curproc", path, sizeof(path) - 1);
	int fd;

	path[n > 0 ? n : 0] = '\0';
	p = path;
	EXPECT(number(&p) == getpid());
	n = readlink("/proc/curproc/file", path, sizeof(path));
	EXPECT(n > 7 && memcmp(path + n - 7, "/procfs", 7) == 0);
	path_of(of_pid, getpid(), "/exe");
	EXPECT(readlink(of_pid, again, sizeof(again)) == n && memcmp(path, again, (size_t)n) == 0);
	EXPECT(readlink("/proc/self/exe", again, sizeof(again)) == n &&
	       memcmp(path, again, (size_t)n) == 0);
	EXPECT_EQ(readlink("/proc/curproc/file", path, 3), 3);
	EXPECT_ERROR(readlink("/proc/curproc/status", path, 3), EINVAL);
	EXPECT(lstat("/proc/curproc", &st) == 0 && (st.st_mode & S_IFMT) == S_IFLNK);
	EXPECT(stat("/proc/curproc", &st) == 0 && (st.st_mode & S_IFMT) == S_IFDIR);
	EXPECT(lstat("/proc/curproc/file", &st) == 0 && (st.st_mode & S_IFMT) == S_IFLNK);
	EXPECT(stat("/proc/curproc/file", &st) == 0 && (st.st_mode & S_IFMT) == S_IFREG &&
	       st.st_size > 1000);
	EXPECT(stat("/proc/curproc/map", &st) == 0 && st.st_mode == (S_IFREG | 0444) &&
	       st.st_size == 0);
	EXPECT_EQ(sys(SYS_access, "/proc/curproc/rlimit", 4), 0);
	EXPECT_EQ(sys(SYS_access, "/proc/curproc/nothing", 4), -ENOENT);
	fd = open("/proc/curproc/file", O_RDONLY);
	EXPECT(read(fd, path, 4) == 4 && memcmp(path, "\177ELF", 4) == 0);
	close(fd);
	EXPECT_ERROR(open("/proc/curproc/file", O_RDONLY | O_NOFOLLOW), EMLINK);
	EXPECT_EQ(chdir("/proc/curproc"), 0);
	EXPECT(open("cmdline", O_RDONLY) >= 0);
	EXPECT_EQ(chdir("/tmp"), 0);
}

static void listed(bool *found, bool *others, int want)
{
	int dir = open("/dev/fd", O_RDONLY | O_DIRECTORY);
	long n;

	*found = *others = false;
	while ((n = sys(SYS_getdirentries, dir, text, 512, NULL)) > 0) {
		for (long at = 0; at < n;) {
			struct dirent *d = (void *)(text + at);
			const char *p = d->name;
			int fd = (int)number(&p);

			at += d->reclen;
			if (d->name[0] == '.')
				continue;
			*found |= fd == want && d->type == DT_CHR;
			/* Every one is open. */
			*others |= fcntl(fd, F_GETFD, 0) < 0;
		}
	}
	close(dir);
}

static void descriptors(void)
{
	int file = open("procfs.test", O_RDWR | O_CREAT, 0600), fds[2], fd, copy;
	bool found, others;
	char path[] = "/dev/fd/_", byte;

	path[8] = (char)('0' + file);
	write(file, "abcdef", 6);
	lseek(file, 1, SEEK_SET);
	unlink("procfs.test");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	EXPECT(read(fd, &byte, 1) == 1 && byte == 'b');
	EXPECT(read(file, &byte, 1) == 1 && byte == 'c');
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_EQ(fcntl(fd, F_GETFL, 0) & O_RDWR, O_RDWR);
	close(fd);
	pipe2(fds, 0);
	path[8] = (char)('0' + fds[0]);
	EXPECT_ERROR(open(path, O_WRONLY), EACCES);
	EXPECT_ERROR(open(path, O_RDWR), EACCES);
	path[8] = (char)('0' + fds[1]);
	EXPECT_ERROR(open(path, O_RDONLY), EACCES);
	copy = open(path, O_WRONLY);
	EXPECT_EQ(write(copy, "x", 1), 1);
	EXPECT(read(fds[0], &byte, 1) == 1 && byte == 'x');
	close(fds[0]);
	close(fds[1]);
	close(copy);
	EXPECT_ERROR(open("/dev/fd/777", O_RDONLY), EBADF);
	EXPECT_ERROR(open("/dev/fd/01", O_RDONLY), ENOENT);
	EXPECT_ERROR(open("/dev/fd/x", O_RDONLY), ENOENT);
	dup2(file, 0);
	fd = open("/dev/stdin", O_RDONLY);
	EXPECT(read(fd, &byte, 1) == 1 && byte == 'd');
	EXPECT(read(file, &byte, 1) == 1 && byte == 'e');
	close(fd);
	fd = (int)sys(SYS_kqueue);
	listed(&found, &others, file);
	EXPECT(found && !others);
	listed(&found, &others, fd);
	EXPECT(found && !others);
	EXPECT_ERROR(open("/dev/fd", O_WRONLY), EISDIR);
}

int main(void)
{
	files();
	links();
	descriptors();
	return 0;
}
