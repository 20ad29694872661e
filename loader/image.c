/* SPDX-License-Identifier: BSD-2-Clause */
/* loader/image.c: reading a program file through a small sliding window. */

#include <stdarg.h>

#include "core/abi.h"
#include "lib/mem.h"
#include "loader/image.h"

long loader_fail(struct loader_error *err, long code, const char *fmt, ...)
{
	va_list ap;

	if (err) {
		va_start(ap, fmt);
		fb_vformat(err->text, sizeof(err->text), fmt, ap);
		va_end(ap);
	}
	return code;
}

void loader_window_init(struct loader_window *w, const struct loader_source *src)
{
	w->src = src;
	w->off = 0;
	w->len = 0;
}

static long window_fill(struct loader_window *w, u64 off)
{
	u64 left = off < w->src->size ? w->src->size - off : 0;
	u32 want = (u32)MIN(left, (u64)LOADER_WINDOW);

	w->off = off;
	w->len = 0;
	if (off < w->src->head_len) {
		w->len = MIN(want, w->src->head_len - (u32)off);
		memcpy(w->buf, w->src->head + off, w->len);
	}
	while (w->len < want) {
		long n = w->src->pread(w->src->ctx, w->buf + w->len, want - w->len, off + w->len);

		if (n < 0)
			return n;
		/* A file that shrinks while it is read, or a source that lies. */
		if (n == 0 || (u64)n > want - w->len)
			break;
		w->len += (u32)n;
	}
	return 0;
}

static bool window_holds(const struct loader_window *w, u64 off, u32 n)
{
	return off >= w->off && off - w->off <= w->len && n <= w->len - (off - w->off);
}

long loader_window_read(struct loader_window *w, void *dst, u32 n, u64 off)
{
	if (n > LOADER_WINDOW || off > w->src->size || n > w->src->size - off)
		return -CORE_ENOEXEC;
	if (!window_holds(w, off, n)) {
		long err = window_fill(w, off);

		if (err)
			return err;
		if (!window_holds(w, off, n))
			return -CORE_ENOEXEC;
	}
	memcpy(dst, w->buf + (off - w->off), n);
	return 0;
}

long loader_window_string(struct loader_window *w, char *dst, u32 size, u64 off, u64 max)
{
	u64 limit = MIN(max, (u64)size);

	for (u32 i = 0; i < limit; i++) {
		long err = loader_window_read(w, dst + i, 1, off + i);

		if (err)
			return err;
		if (!dst[i])
			return i;
	}
	return -CORE_ENOEXEC;
}
