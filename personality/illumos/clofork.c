/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/clofork.c: descriptors that a child does not get (FD_CLOFORK).
 *
 * The hub has no such flag. It is a bit here, which goes away with its descriptor; the child of a
 * fork closes what has one before it runs on. Facts: fcntl(2) and O_CLOFORK of illumos of 2024.
 */
#include "personality/illumos/clofork.h"
#include "personality/illumos/illumos.h"
#include "core/fd.h"

#define DESCRIPTORS 65536 /* the most that have such a bit */
#define WORD	    64

static u64 bits[DESCRIPTORS / WORD];
static bool any;

static bool knows(int fd)
{
	return illumos_clofork_get(fd);
}

static void closing(u32 first, u32 last)
{
	if (LIKELY(!__atomic_load_n(&any, __ATOMIC_RELAXED)) || first >= DESCRIPTORS)
		return;
	for (u32 fd = first; fd <= MIN(last, (u32)DESCRIPTORS - 1); fd++)
		__atomic_fetch_and(&bits[fd / WORD], ~(1UL << fd % WORD), __ATOMIC_RELAXED);
}

static const struct core_fd_keeper keeper = {.knows = knows, .closing = closing};

bool illumos_clofork_get(int fd)
{
	return (u32)fd < DESCRIPTORS &&
	       __atomic_load_n(&bits[fd / WORD], __ATOMIC_RELAXED) >> fd % WORD & 1;
}

void illumos_clofork_set(int fd, bool on)
{
	if ((u32)fd >= DESCRIPTORS)
		return;
	if (!on) {
		closing((u32)fd, (u32)fd);
		return;
	}
	core_fd_keep(&keeper);
	__atomic_store_n(&any, true, __ATOMIC_RELAXED);
	illumos_fork_resets = true;
	__atomic_fetch_or(&bits[fd / WORD], 1UL << fd % WORD, __ATOMIC_RELAXED);
}

void illumos_clofork_forked(void)
{
	if (!any)
		return;
	for (u32 i = 0; i < ARRAY_LEN(bits); i++)
		while (bits[i])
			core_close((int)(i * WORD) + __builtin_ctzl(bits[i]));
	any = false;
}
