/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/view_place.c: places for mounts, in a root that may lack them.
 *
 * A place that a root of ours lacks is made in it. Another's directory is never written to:
 * there the directory that lacks the place is covered by an empty one into which everything
 * it had is bound again, a mirror. Mirrors end up read-only, because what a program created
 * in one would be lost.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/inside.h"
#include "cli/mounts.h"
#include "cli/view_impl.h"

int view_small_fs(void)
{
	/* By its source the runtime knows what is the view's own making (exo/linux/counters.c). */
	static const char *const options[] = {"source", "fbird", "mode", "0755", NULL};

	return mount_new("tmpfs", options);
}

static bool is_mirror(const struct building *b, int dir)
{
	struct stat st;

	if (fstat(dir, &st) != 0)
		return false;
	for (int i = 0; i < b->nmirrors; i++) {
		if (b->mirrors[i].device == st.st_dev)
			return true;
	}
	return false;
}

static bool mirror_link(int from, int to, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(from, name, target, sizeof(target) - 1);

	if (n <= 0)
		return false;
	target[n] = '\0';
	return symlinkat(target, to, name) == 0;
}

static int make_empty(int dir, const char *name, bool directory)
{
	return directory ? mkdirat(dir, name, 0755) : mknodat(dir, name, S_IFREG | 0644, 0);
}

static bool mirror_entry(int from, int to, const char *name)
{
	CLEAN_FD int copy = -1;
	CLEAN_FD int place = -1;
	struct stat st;

	if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (S_ISLNK(st.st_mode))
		return mirror_link(from, to, name);
	copy = mount_copy(from, name);
	if (copy < 0 || make_empty(to, name, S_ISDIR(st.st_mode)) != 0)
		return false;
	place = openat(to, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	return place >= 0 && mount_attach(copy, place) == 0;
}

static int mirror(struct building *b, const char *dir)
{
	int from = open_inside(b->root, dir, O_RDONLY | O_DIRECTORY);
	int to = from >= 0 ? view_small_fs() : -1;
	DIR *entries = from >= 0 ? fdopendir(from) : NULL;
	const struct dirent *e;
	struct stat st;
	bool good = entries != NULL && to >= 0 && b->nmirrors < MIRRORS_MAX &&
		    fstat(to, &st) == 0 && mount_attach(to, from) == 0;

	while (good && (e = readdir(entries)) != NULL) {
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			good = mirror_entry(from, to, e->d_name);
	}
	if (entries != NULL)
		closedir(entries);
	if (!good)
		return -1;
	b->mirrors[b->nmirrors].mount = to;
	b->mirrors[b->nmirrors++].device = st.st_dev;
	if (strcmp(dir, "/") == 0)
		b->root = to;
	return 0;
}

static int make_in(struct building *b, const char *dir, const char *name, bool directory)
{
	CLEAN_FD int parent = open_inside(b->root, dir, O_RDONLY | O_DIRECTORY);

	if (parent < 0)
		return -1;
	if (!b->writable && !is_mirror(b, parent)) {
		errno = EROFS;
		return -1;
	}
	return make_empty(parent, name, directory);
}

int view_place(struct building *b, const char *path, bool directory)
{
	int fd = open_inside(b->root, path, O_PATH | (directory ? O_DIRECTORY : 0));
	CLEAN_FREE char *at = format_string("%s", path);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	for (char *slash = at; slash != NULL;) {
		char *name = slash + 1, *next = strchr(name, '/');
		CLEAN_FREE char *dir = NULL;
		CLEAN_FD int there = -1;

		if (next != NULL)
			*next = '\0';
		dir = format_string("%.*s", slash == at ? 1 : (int)(slash - at), at);
		there = open_inside(b->root, at, O_PATH);
		if (there < 0 &&
		    (errno != ENOENT || (make_in(b, dir, name, next != NULL || directory) != 0 &&
					 (mirror(b, dir) != 0 ||
					  make_in(b, dir, name, next != NULL || directory) != 0))))
			return -1;
		if (next != NULL)
			*next = '/';
		slash = next;
	}
	return open_inside(b->root, path, O_PATH | (directory ? O_DIRECTORY : 0));
}

int view_close_mirrors(struct building *b)
{
	for (int i = 0; i < b->nmirrors; i++) {
		if (mount_read_only(b->mirrors[i].mount, 0) != 0)
			return -1;
		if (b->mirrors[i].mount != b->root)
			close(b->mirrors[i].mount);
	}
	return 0;
}
