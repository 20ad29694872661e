/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/path.c: paths and directories. Facts: realpath(3C), opendir(3C), getcwd(3C);
 * directory entries: usr/src/uts/common/sys/dirent.h.
 */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

EXPORT char *realpath(const char *path, char *buf)
{
	char own[PATH_MAX], *to = buf ? buf : own;
	long n;

	if (!path)
		return fail_with(EINVAL), NULL;
	if (!*path)
		return fail_with(ENOENT), NULL;
	n = resolvepath(path, own, sizeof(own) - 1);
	if (n < 0)
		return NULL;
	own[n] = '\0';
	if (*own != '/') {
		char cwd[PATH_MAX], whole[PATH_MAX];

		if (!getcwd(cwd, sizeof(cwd)))
			return NULL;
		if (strlcpy(whole, cwd, sizeof(whole)) >= sizeof(whole) ||
		    (strcmp(own, ".") && (strlcat(whole, "/", sizeof(whole)) >= sizeof(whole) ||
					  strlcat(whole, own, sizeof(whole)) >= sizeof(whole))))
			return fail_with(ENAMETOOLONG), NULL;
		n = resolvepath(whole, own, sizeof(own) - 1);
		if (n < 0)
			return NULL;
		own[n] = '\0';
	}
	if (!buf)
		return strdup(own);
	return strcpy(to, own);
}

EXPORT char *canonicalize_file_name(const char *path)
{
	return realpath(path, NULL);
}

EXPORT char *getwd(char *buf)
{
	return getcwd(buf, PATH_MAX);
}

EXPORT char *get_current_dir_name(void)
{
	return getcwd(NULL, PATH_MAX);
}

/* ---- directories --------------------------------------------------------------------------- */

#define BUFFER 8192

/* What programs know of a DIR, and what they do not. */
struct directory {
	DIR known;
	pthread_mutex_t lock;
};

EXPORT DIR *fdopendir(int fd)
{
	struct directory *d;
	struct stat st;

	if (fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISDIR(st.st_mode))
		return fail_with(ENOTDIR), NULL;
	d = calloc(1, sizeof(*d));
	if (!d)
		return NULL;
	d->known.dd_buf = malloc(BUFFER);
	if (!d->known.dd_buf) {
		free(d);
		return NULL;
	}
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	d->known.dd_fd = fd;
	d->lock = (pthread_mutex_t)LOCK_INIT;
	return &d->known;
}

EXPORT DIR *opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_NDELAY | O_CLOEXEC);
	DIR *d;

	if (fd < 0)
		return NULL;
	d = fdopendir(fd);
	if (!d)
		close(fd);
	return d;
}

EXPORT int closedir(DIR *dir)
{
	int fd = dir->dd_fd;

	free(dir->dd_buf);
	free(dir);
	return close(fd);
}

static struct dirent *next(DIR *dir)
{
	struct dirent *e;

	if (dir->dd_loc >= dir->dd_size) {
		int n = getdents(dir->dd_fd, (struct dirent *)dir->dd_buf, BUFFER);

		dir->dd_loc = dir->dd_size = 0;
		if (n <= 0)
			return NULL;
		dir->dd_size = n;
	}
	e = (struct dirent *)(dir->dd_buf + dir->dd_loc);
	dir->dd_loc += e->d_reclen;
	return e;
}

EXPORT struct dirent *readdir(DIR *dir)
{
	struct directory *d = (struct directory *)dir;
	struct dirent *e;

	pthread_mutex_lock(&d->lock);
	e = next(dir);
	pthread_mutex_unlock(&d->lock);
	return e;
}
EXPORT struct dirent *readdir64(DIR *) __attribute__((alias("readdir")));

EXPORT int __posix_readdir_r(DIR *dir, struct dirent *entry, struct dirent **out)
{
	struct directory *d = (struct directory *)dir;
	int saved = self()->error, error = 0;
	struct dirent *e;

	self()->error = 0;
	pthread_mutex_lock(&d->lock);
	e = next(dir);
	if (e)
		memcpy(entry, e, e->d_reclen);
	else
		error = self()->error;
	pthread_mutex_unlock(&d->lock);
	self()->error = saved;
	*out = e ? entry : NULL;
	return error;
}

/* As programs of before the standard have it. */
EXPORT struct dirent *old_readdir_r(DIR *dir, struct dirent *entry) __asm__("readdir_r");
EXPORT struct dirent *old_readdir_r(DIR *dir, struct dirent *entry)
{
	struct dirent *out;
	int error = __posix_readdir_r(dir, entry, &out);

	return error ? (fail_with(error), NULL) : out;
}

EXPORT void seekdir(DIR *dir, long to)
{
	lseek(dir->dd_fd, to, SEEK_SET);
	dir->dd_loc = dir->dd_size = 0;
}

EXPORT void rewinddir(DIR *dir)
{
	seekdir(dir, 0);
}

/* Where the entry before the next one says that the next one is. */
EXPORT long telldir(DIR *dir)
{
	long at = lseek(dir->dd_fd, 0, SEEK_CUR);

	if (dir->dd_loc < dir->dd_size) {
		struct dirent *e = (struct dirent *)dir->dd_buf;
		int from = 0;

		if (dir->dd_loc == 0)
			return 0;
		while (from + e->d_reclen < dir->dd_loc) {
			from += e->d_reclen;
			e = (struct dirent *)(dir->dd_buf + from);
		}
		at = e->d_off;
	}
	return at;
}

EXPORT int dirfd(DIR *dir)
{
	return dir->dd_fd;
}

EXPORT int alphasort(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

EXPORT int scandir(const char *path, struct dirent ***out, int (*want)(const struct dirent *),
		   int (*order)(const struct dirent **, const struct dirent **))
{
	DIR *dir = opendir(path);
	struct dirent **list = NULL, *e;
	size_t n = 0, room = 0;

	if (!dir)
		return -1;
	while ((e = readdir(dir)) != NULL) {
		if (want && !want(e))
			continue;
		if (n == room) {
			struct dirent **p =
			    realloc(list, (room = room ? 2 * room : 32) * sizeof(*p));

			if (!p)
				goto no_memory;
			list = p;
		}
		list[n] = malloc(e->d_reclen);
		if (!list[n])
			goto no_memory;
		memcpy(list[n++], e, e->d_reclen);
	}
	closedir(dir);
	if (order && n)
		qsort(list, n, sizeof(*list), (int (*)(const void *, const void *))(void *)order);
	*out = list;
	return (int)n;
no_memory:
	while (n)
		free(list[--n]);
	free(list);
	closedir(dir);
	return (int)fail_with(ENOMEM);
}
