/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/ftw.c: walks a tree. Facts: ftw(3C), nftw(3C), usr/src/head/ftw.h. A directory
 * that is an ancestor of itself, by a symbolic link, is not entered again. FTW_CHDIR is not done:
 * the names given are always those from where the walk began.
 */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <string.h>

#include "guest/illumos/libc/libc.h"

struct above {
	const struct above *next;
	dev_t dev;
	ino_t ino;
};

struct walk {
	int (*old)(const char *, const struct stat *, int);
	int (*new)(const char *, const struct stat *, int, struct FTW *);
	int flags;
	dev_t dev;
	char path[PATH_MAX];
};

static int tell(struct walk *w, const struct stat *st, int what, int base, int level)
{
	struct FTW at = {0, base, level};

	return w->old ? w->old(w->path, st, what) : w->new (w->path, st, what, &at);
}

static int kind(struct walk *w, struct stat *st)
{
	bool physical = w->flags & FTW_PHYS;

	if ((physical ? lstat(w->path, st) : stat(w->path, st)) == 0)
		return S_ISDIR(st->st_mode) ? FTW_D : S_ISLNK(st->st_mode) ? FTW_SL : FTW_F;
	if (!physical && lstat(w->path, st) == 0 && S_ISLNK(st->st_mode))
		return w->old ? FTW_NS : FTW_SLN;
	memset(st, 0, sizeof(*st));
	return FTW_NS;
}

static int visit(struct walk *w, size_t length, int base, int level, const struct above *above)
{
	struct above self_;
	struct stat st;
	int what = kind(w, &st), r = 0;
	struct dirent *e;
	DIR *dir;

	if (level == 0)
		w->dev = st.st_dev;
	if (w->flags & FTW_MOUNT && what != FTW_NS && st.st_dev != w->dev)
		return 0;
	if (what != FTW_D)
		return tell(w, &st, what, base, level);
	for (const struct above *a = above; a; a = a->next)
		if (a->dev == st.st_dev && a->ino == st.st_ino)
			return 0;
	self_ = (struct above){above, st.st_dev, st.st_ino};
	dir = opendir(w->path);
	if (!dir)
		return self()->error == EACCES ? tell(w, &st, FTW_DNR, base, level) : -1;
	if (!(w->flags & FTW_DEPTH))
		r = tell(w, &st, FTW_D, base, level);
	while (r == 0 && (e = readdir(dir)) != NULL) {
		size_t n = strlen(e->d_name), slash = length && w->path[length - 1] != '/';

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (length + slash + n >= PATH_MAX) {
			r = (int)fail_with(ENAMETOOLONG);
			break;
		}
		w->path[length] = '/';
		memcpy(w->path + length + slash, e->d_name, n + 1);
		r = visit(w, length + slash + n, (int)(length + slash), level + 1, &self_);
		w->path[length] = '\0';
	}
	closedir(dir);
	if (r == 0 && w->flags & FTW_DEPTH)
		r = tell(w, &st, FTW_DP, base, level);
	return r;
}

static int walk(struct walk *w, const char *path)
{
	size_t n = strlen(path);
	const char *slash = strrchr(path, '/');

	if (n == 0 || n >= PATH_MAX)
		return (int)fail_with(n ? ENAMETOOLONG : ENOENT);
	memcpy(w->path, path, n + 1);
	return visit(w, n, slash && slash[1] ? (int)(slash - path) + 1 : 0, 0, NULL);
}

EXPORT int ftw(const char *path, int (*each)(const char *, const struct stat *, int), int depth)
{
	struct walk w = {.old = each};

	(void)depth;
	return walk(&w, path);
}

/* What programs compiled with illumos's header call for ftw. */
EXPORT int _xftw(int version, const char *path, int (*each)(const char *, const struct stat *, int),
		 int depth)
{
	(void)version;
	return ftw(path, each, depth);
}

EXPORT int nftw(const char *path, int (*each)(const char *, const struct stat *, int, struct FTW *),
		int depth, int flags)
{
	struct walk w = {.new = each, .flags = flags};

	(void)depth;
	return walk(&w, path);
}
