/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loader/image.h: the bytes of a program file, and how a parser reads and complains.
 *
 * loader/ turns a file into a running image: detect.c says what the file is, elf.c makes
 * a checked plan of it, map.c carries the plan out, stack.c lays out the first stack,
 * script.c follows `#!`. Everything except map.c is pure: it reads through a
 * loader_source, allocates nothing, keeps small frames, and treats every byte as
 * hostile. That is why the same code serves the freestanding runtime, the `fbird`
 * command and the fuzzer.
 *
 * Functions return 0 (or a count) or -CORE_E...; a failure also leaves one sentence in
 * the loader_error, without the name of the file, which only the caller knows.
 */
#ifndef FB_LOADER_IMAGE_H
#define FB_LOADER_IMAGE_H

#include "lib/base.h"

struct loader_source {
	/* Bytes read, 0 at the end of the file, or -CORE_E...; may read less than n. */
	long (*pread)(void *ctx, void *buf, size_t n, u64 off);
	void *ctx;
	u64 size;
	const u8 *head; /* NULL, or the first head_len bytes, read already */
	u32 head_len;
};

struct loader_error {
	char text[192];
};

/* Stores the sentence (err may be NULL) and returns code. */
long loader_fail(struct loader_error *err, long code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/*
 * A window slides over the source, so that walking a table of headers costs one read for
 * every LOADER_WINDOW bytes.
 */
#define LOADER_WINDOW 1536

struct loader_window {
	const struct loader_source *src;
	u64 off;
	u32 len;
	u8 buf[LOADER_WINDOW];
};

void loader_window_init(struct loader_window *w, const struct loader_source *src);

/*
 * Copies n <= LOADER_WINDOW bytes at off. Returns 0, -CORE_ENOEXEC when they are not all
 * in the file, or the error of the read.
 */
long loader_window_read(struct loader_window *w, void *dst, u32 n, u64 off);

/*
 * Copies the string at off, at most max bytes of the file with its NUL and at most size
 * bytes of dst. Returns its length, or -CORE_ENOEXEC when no NUL was found.
 */
long loader_window_string(struct loader_window *w, char *dst, u32 size, u64 off, u64 max);

#endif
