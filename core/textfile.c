/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/textfile.c: files that are made up when they are opened, and names that are recognised.
 *
 * A file system of a guest's system (its /proc) that the host has otherwise is no file system
 * here: names are looked at, and what one would read is written to memory.
 */
#include "core/textfile.h"
#include "core/fd.h"
#include "lib/mem.h"

/* The memory, for reading only, under its first number: the lowest that was free. */
static long read_only(int memory, int oflags)
{
	char self[24];
	long fd, r;

	EXO_NOW(fchmod, memory, 0444);
	fb_format(self, sizeof(self), "/dev/fd/%d", memory);
	fd = EXO_NOW(openat, CORE_AT_FDCWD, self, CORE_O_RDONLY | oflags);
	if (fd < 0)
		return fd;
	r = EXO_NOW(dup3, fd, memory, oflags & CORE_O_CLOEXEC);
	EXO_NOW(close, fd);
	return r;
}

long core_text_file(const char *name, const void *bytes, u64 len, int oflags)
{
	long fd = EXO(memfd_create, name, CORE_MFD_CLOEXEC), r;

	if (fd < 0)
		return fd;
	r = len ? EXO_NOW(pwrite64, fd, bytes, len, 0) : 0;
	r = r < 0 ? r : read_only((int)fd, oflags);
	if (r < 0)
		EXO_NOW(close, fd);
	return r < 0 ? r : fd;
}

static void release(struct core_fd_note *note)
{
	(void)note;
}

/* One for all: it says that the directory lists descriptors, and nothing more. */
static const struct core_fd_ops listing_ops = {.kind = CORE_FD_DIR, .release = release};
static struct core_fd_note listing;

void core_fd_lists(int fd)
{
	core_fd_attach(fd, &listing_ops, &listing); /* without it, a plain one */
}

const char *core_path_behind(const char *path, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(path, prefix, n) == 0 && (path[n] == '/' || !path[n]) ? path + n : NULL;
}

const char *core_path_number(const char *p, i32 *out)
{
	const char *from = p;

	for (*out = 0; *p >= '0' && *p <= '9' && p - from < 9; p++)
		*out = *out * 10 + (*p - '0');
	return p == from || (*from == '0' && p - from > 1) || (*p && *p != '/') ? NULL : p;
}
