/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/memory.c: the runtime's own memory, kept where one range test finds it.
 *
 * An arena of address space behind the image is the runtime's by decree: guests are placed
 * below both and the host places its own mappings far above. Only pages in use are mapped,
 * the first right where the image's variables end and with their attributes, so that the
 * host has one mapping for all of them to copy in a fork. With the image and the few
 * trampoline pools that is everything that is ours.
 */
#include <linux/mman.h>
#include <asm/unistd_64.h>

#include "exo/linux/linux.h"
#include "exo/lock.h"
#include "lib/mem.h"

#define ARENA_SIZE (16UL << 30)
#define EXTRA_MAX  64
#define FREE_MAX   256

static FB_HOT u64 arena_used;
static FB_HOT struct exo_lock arena_lock;
static FB_LARGE struct {
	u64 addr, len;
} extra[EXTRA_MAX];
static u32 extra_count;
static FB_LARGE struct {
	u64 addr, len;
} released[FREE_MAX];
static u32 released_count;

void linux_range_add(u64 addr, u64 len)
{
	u32 i = __atomic_load_n(&extra_count, __ATOMIC_RELAXED);

	if (i == EXTRA_MAX)
		exo_fatal("more than %d separate ranges of runtime memory", EXTRA_MAX);
	extra[i].addr = addr;
	extra[i].len = len;
	__atomic_store_n(&extra_count, i + 1, __ATOMIC_RELEASE);
}

static bool overlaps(u64 a, u64 alen, u64 b, u64 blen)
{
	return a < b + blen && b < a + alen;
}

bool exo_is_ours(u64 addr, u64 len)
{
	u32 n = __atomic_load_n(&extra_count, __ATOMIC_ACQUIRE);
	u64 image = (u64)linux_text_start;

	if (len > ~addr)
		return true;
	if (overlaps(addr, len, image, (u64)linux_image_end - image + ARENA_SIZE))
		return true;
	for (u32 i = 0; i < n; i++)
		if (overlaps(addr, len, extra[i].addr, extra[i].len))
			return true;
	return false;
}

/* len bytes of the arena; the first gap of them stay unmapped. */
void *linux_pages_map(u64 len, u64 gap)
{
	u64 addr = 0;
	long r;

	exo_lock(&arena_lock);
	for (u32 i = 0; i < released_count; i++) {
		if (released[i].len != len)
			continue;
		addr = released[i].addr;
		released[i] = released[--released_count];
		break;
	}
	if (!addr && len <= ARENA_SIZE - arena_used) {
		addr = (u64)linux_image_end + arena_used;
		arena_used += len;
	}
	exo_unlock(&arena_lock);
	if (!addr)
		return NULL;
	r = LINUX(__NR_mmap, addr + gap, len - gap, PROT_READ | PROT_WRITE,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	return r < 0 ? NULL : (void *)addr;
}

void *exo_pages_alloc(size_t bytes)
{
	return linux_pages_map(ALIGN_UP(bytes, PAGE_SIZE), 0);
}

void exo_pages_free(void *p, size_t bytes)
{
	u64 len = ALIGN_UP(bytes, PAGE_SIZE);

	LINUX(__NR_munmap, p, len);
	exo_lock(&arena_lock);
	if (released_count < FREE_MAX) {
		released[released_count].addr = (u64)p;
		released[released_count++].len = len;
	}
	exo_unlock(&arena_lock);
}

void linux_memory_fork(bool before)
{
	if (before)
		exo_lock(&arena_lock);
	else
		exo_unlock(&arena_lock);
}
