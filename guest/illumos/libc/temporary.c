/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/temporary.c: names that nothing has yet. Facts: mkstemp(3C), tmpfile(3C),
 * tempnam(3C).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"

#define TRIES 100

enum what { A_FILE, A_DIRECTORY, A_NAME };

static void fill(char *to, size_t n)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	while (n--)
		*to++ = letters[arc4random_uniform(sizeof(letters) - 1)];
}

static int make(char *template, int suffix, int flags, enum what what)
{
	size_t n = strlen(template);
	struct stat st;
	char *end, *x;

	if (suffix < 0 || (size_t)suffix > n)
		return (int)fail_with(EINVAL);
	end = template + n - suffix;
	for (x = end; x > template && x[-1] == 'X'; x--)
		;
	if (end - x < 6)
		return (int)fail_with(EINVAL);
	for (int i = 0; i < TRIES; i++) {
		int r;

		fill(x, (size_t)(end - x));
		if (what == A_FILE)
			r = open(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
		else if (what == A_DIRECTORY)
			r = mkdir(template, 0700);
		else if (lstat(template, &st) < 0 && self()->error == ENOENT)
			r = 0;
		else
			r = (int)fail_with(EEXIST);
		if (r >= 0 || self()->error != EEXIST)
			return r;
	}
	return -1;
}

EXPORT int mkostemps(char *template, int suffix, int flags)
{
	return make(template, suffix, flags & (O_APPEND | O_CLOEXEC | O_SYNC | O_DSYNC), A_FILE);
}

EXPORT int mkstemp(char *template)
{
	return make(template, 0, 0, A_FILE);
}

EXPORT int mkstemps(char *template, int suffix)
{
	return make(template, suffix, 0, A_FILE);
}

EXPORT int mkostemp(char *template, int flags)
{
	return mkostemps(template, 0, flags);
}

EXPORT char *mkdtemp(char *template)
{
	return make(template, 0, 0, A_DIRECTORY) < 0 ? NULL : template;
}

EXPORT char *mktemp(char *template)
{
	if (make(template, 0, 0, A_NAME) < 0)
		*template = '\0';
	return template;
}

EXPORT FILE *tmpfile(void)
{
	char name[] = P_tmpdir "fbXXXXXX", other[] = "/tmp/fbXXXXXX", *made = name;
	int fd = mkstemp(name);
	FILE *f;

	if (fd < 0) {
		made = other;
		fd = mkstemp(other);
	}
	if (fd < 0)
		return NULL;
	unlink(made);
	f = fdopen(fd, "w+");
	if (!f)
		close(fd);
	return f;
}

EXPORT char *tmpnam(char *buf)
{
	static char own[L_tmpnam];

	if (!buf)
		buf = own;
	strcpy(buf, P_tmpdir "aXXXXXX");
	return make(buf, 0, 0, A_NAME) < 0 ? NULL : buf;
}

EXPORT char *tempnam(const char *dir, const char *prefix)
{
	const char *from = getenv("TMPDIR");
	char *name;

	if (!from || access(from, W_OK | X_OK) < 0)
		from = dir && access(dir, W_OK | X_OK) == 0 ? dir : "/tmp";
	if (asprintf(&name, "%s/%.5sXXXXXX", from, prefix ? prefix : "") < 0)
		return NULL;
	if (make(name, 0, 0, A_NAME) < 0) {
		free(name);
		return NULL;
	}
	return name;
}
