/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/program.h"

static long read_at(void *ctx, void *buf, size_t n, u64 off)
{
	const struct program_file *f = ctx;
	ssize_t got = pread(f->fd, buf, n, (off_t)off);

	return got < 0 ? -errno : got;
}

int program_open(struct program_file *f, const char *path)
{
	struct stat st;
	int error;

	f->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (f->fd < 0)
		return -errno;
	if (fstat(f->fd, &st) != 0) {
		error = -errno;
		program_close(f);
		return error;
	}
	program_use(f, (u64)st.st_size);
	return 0;
}

void program_use(struct program_file *f, u64 size)
{
	f->source = (struct loader_source){.pread = read_at, .ctx = f, .size = size};
}

void program_close(struct program_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
}
