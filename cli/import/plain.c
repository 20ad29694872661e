/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/import/plain.c: decompression beside unpacking; plain.h has the contract. */
#include <archive.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli/import/plain.h"

#define BLOCK (1 << 18)
#define ROOM  (1 << 20) /* in the pipe: some files ahead */

static bool put(int fd, const char *data, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, data, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false; /* nobody reads any more */
		data += done;
		n -= (size_t)done;
	}
	return true;
}

static void *decompress(void *arg)
{
	struct plain *p = arg;
	const void *block;
	size_t size;
	la_int64_t offset;
	int r;

	while ((r = archive_read_data_block(p->packed, &block, &size, &offset)) >= ARCHIVE_WARN &&
	       r != ARCHIVE_EOF)
		if (!put(p->to, block, size))
			break;
	p->failed = r < ARCHIVE_WARN;
	close(p->to);
	return NULL;
}

/* Only what libarchive itself reads: some of its filters would start programs. */
static int open_packed(struct plain *p, int fd)
{
	struct archive_entry *e;

	archive_read_support_filter_gzip(p->packed);
	archive_read_support_filter_bzip2(p->packed);
	archive_read_support_filter_xz(p->packed);
	archive_read_support_filter_lzma(p->packed);
	archive_read_support_filter_zstd(p->packed);
	archive_read_support_format_raw(p->packed);
	archive_read_support_format_empty(p->packed);
	if (lseek(fd, 0, SEEK_SET) < 0)
		return errno;
	p->failed = archive_read_open_fd(p->packed, fd, BLOCK) != ARCHIVE_OK ||
		    archive_read_next_header(p->packed, &e) < ARCHIVE_WARN;
	return p->failed ? EIO : 0;
}

/* The first words of a binary cpio archive, magic number and mode, as a PDP-11 wrote them. */
#define CPIO_MAGIC   070707
#define CPIO_MODE    6 /* bytes behind it */
#define V6_DIRECTORY 0140000

/* PWB/UNIX kept the Sixth Edition's modes in it, whose types are others. */
static void support_cpio(struct archive *a, int fd)
{
	unsigned char head[CPIO_MODE + 2] = {0};

	archive_read_support_format_cpio(a);
	if (pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
	    (head[0] | head[1] << 8) == CPIO_MAGIC &&
	    ((head[CPIO_MODE] | head[CPIO_MODE + 1] << 8) & 0170000) == V6_DIRECTORY)
		archive_read_set_format_option(a, "cpio", "pwb", "1");
}

static int start(struct plain *p, int fd)
{
	int pipe_ends[2], error;
	sigset_t all, before;

	p->packed = archive_read_new();
	p->tar = archive_read_new();
	if (p->packed == NULL || p->tar == NULL)
		return ENOMEM;
	error = open_packed(p, fd);
	if (error != 0)
		return error;
	if (pipe2(pipe_ends, O_CLOEXEC) != 0)
		return errno;
	p->from = pipe_ends[0];
	p->to = pipe_ends[1];
	fcntl(p->to, F_SETPIPE_SZ, ROOM);
	/* The thread takes no signals: the one of a broken pipe stays with it and is never seen. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	error = pthread_create(&p->thread, NULL, decompress, p);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error != 0) {
		close(p->to);
		return error;
	}
	p->running = true;
	archive_read_support_format_tar(p->tar);
	archive_read_support_format_empty(p->tar);
	support_cpio(p->tar, fd);
	return archive_read_open_fd(p->tar, p->from, BLOCK) == ARCHIVE_OK ? 0 : EIO;
}

int plain_start(struct plain *p, int fd)
{
	*p = (struct plain){.from = -1, .to = -1};
	errno = start(p, fd);
	return errno;
}

static void stop(struct plain *p)
{
	if (p->from >= 0)
		close(p->from);
	p->from = -1;
	if (p->running)
		pthread_join(p->thread, NULL);
	p->running = false;
}

const char *plain_error(struct plain *p)
{
	const char *why = NULL;

	stop(p);
	if (p->failed)
		why = archive_error_string(p->packed);
	else if (p->tar != NULL)
		why = archive_error_string(p->tar);
	return why != NULL ? why : strerror(errno);
}

void plain_end(struct plain *p)
{
	stop(p);
	archive_read_free(p->tar);
	archive_read_free(p->packed);
	p->tar = p->packed = NULL;
}
