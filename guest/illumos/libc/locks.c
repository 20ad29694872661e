/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/locks.c: the order in which the library's own locks are taken for a fork:
 * those first under which others are taken. The threads' and the memory's come last.
 */
#include "guest/illumos/libc/locks.h"
#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"

void fb_locks_take(void)
{
	fb_exit_locks(true);
	fb_aio_locks(true);
	fb_dl_locks(true);
	fb_zone_locks(true);
	fb_stdio_locks(true);
	fb_env_locks(true);
	fb_threads_lock();
	fb_malloc_lock(true);
}

/* Who waited for one in the parent is not in the child: the kernel's flag of waiters is harmless.
 */
void fb_locks_give(bool child)
{
	fb_malloc_lock(false);
	if (!child)
		fb_threads_unlock(); /* the child has a new one */
	fb_env_locks(false);
	fb_stdio_locks(false);
	fb_zone_locks(false);
	fb_dl_locks(false);
	fb_aio_locks(false);
	fb_exit_locks(false);
	if (child) {
		fb_aio_forked();
		fb_notices_forked();
		fb_queues_forked();
	}
}
