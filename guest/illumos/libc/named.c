/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/named.c: POSIX's semaphores, shared memory and message queues are files in
 * /tmp, as the original's are, so that programs with either library find each other's. Longer
 * names, for which the original makes directories, are refused. Facts:
 * usr/src/lib/libc/port/rt/pos4obj.c, pos4obj.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/named.h"

#define DIRECTORY "/tmp/"

bool fb_named_path(const char *name, const char *kind, char path[PATH_MAX])
{
	if (*name != '/' || strchr(name + 1, '/'))
		return fail_with(EINVAL), false;
	if (strlen(name + 1) + strlen(kind) > NAME_MAX)
		return fail_with(ENAMETOOLONG), false;
	strcpy(path, DIRECTORY);
	strcat(path, kind);
	strcat(path, name + 1);
	return true;
}

static int open_plain(const char *path, int flags, mode_t mode)
{
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		return (int)fail_with(EINVAL);
	return open(path, flags | O_NOFOLLOW, mode);
}

int fb_named_open(const char *path, int flags, mode_t mode, bool *created)
{
	int fd;

	*created = false;
	if (!(flags & O_CREAT))
		return open_plain(path, flags, mode);
	for (;;) {
		fd = open_plain(path, flags | O_EXCL, mode);
		*created = fd >= 0;
		if (fd >= 0 || self()->error != EEXIST || flags & O_EXCL)
			return fd;
		fd = open_plain(path, flags & ~O_CREAT, mode);
		if (fd >= 0 || self()->error != ENOENT)
			return fd;
	}
}

/* As long as the original tries, in shorter steps. */
bool fb_named_lock(const char *path)
{
	static const struct timespec nap = {0, 10000000};

	for (int tries = 0; tries < 6400; tries++) {
		int fd = open_plain(path, O_RDWR | O_CREAT | O_EXCL, 0666);

		if (fd >= 0) {
			close(fd);
			return true;
		}
		if (self()->error != EEXIST)
			return false;
		nanosleep(&nap, NULL);
	}
	return false;
}

/* ---- shared memory ------------------------------------------------------------------------- */

EXPORT int fixed_shm_open(const char *name, int flags, mode_t mode) __asm__("shm_open");
EXPORT int fixed_shm_open(const char *name, int flags, mode_t mode)
{
	char path[PATH_MAX];
	bool created;

	if (!fb_named_path(name, ".SHMD", path))
		return -1;
	return fb_named_open(path, flags | O_CLOEXEC, mode, &created);
}

EXPORT int shm_unlink(const char *name)
{
	char path[PATH_MAX];

	return fb_named_path(name, ".SHMD", path) ? unlink(path) : -1;
}
