/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/memory.c: placing guest mappings.
 *
 * The host kernel knows what is free; asking it with MAP_FIXED_NOREPLACE is always right,
 * so what is remembered here is only a hint: a cursor that moves up, and the ranges that
 * were unmapped lately, which are tried first so that a program that maps and unmaps
 * keeps its page tables small.
 */
#include "core/memory.h"
#include "core/personality.h"

#define FREE_SLOTS 32
#define LOW_START  0x10000000UL /* for CORE_MAP_32BIT */
#define LOW_END	   0x80000000UL

static u64 base; /* where placing begins, from core_memory_start */
static FB_HOT u64 cursor;
static u64 low_cursor;
static FB_START struct {
	u64 addr, len;
} free_range[FREE_SLOTS];
static u32 free_next;
static FB_HOT struct exo_lock lock;

void core_memory_start(u64 start)
{
	base = start;
	cursor = start;
	low_cursor = LOW_START;
}

static u64 page_round(u64 len)
{
	return ALIGN_UP(len, PAGE_SIZE);
}

static long host_map(u64 addr, u64 len, int prot, int flags, int fd, i64 off)
{
	return EXO_NOW(mmap, addr, len, prot, flags, fd, off);
}

/* Placement proposals; the lock covers the tables, not the mapping. */
static u64 propose_free(u64 len, u64 align)
{
	u64 at = 0;

	exo_lock(&lock);
	for (u32 i = 0; i < FREE_SLOTS && !at; i++) {
		u64 a = ALIGN_UP(free_range[i].addr, align);

		if (free_range[i].len == 0 || a + len > free_range[i].addr + free_range[i].len)
			continue;
		at = a;
		free_range[i].len -= a + len - free_range[i].addr;
		free_range[i].addr = a + len;
	}
	exo_unlock(&lock);
	return at;
}

static u64 propose_next(u64 len, u64 align)
{
	u64 at;

	exo_lock(&lock);
	at = ALIGN_UP(cursor, align);
	if (at + len > EXO_GUEST_HIGH - (1UL << 40) || at + len < at)
		at = ALIGN_UP(base, align);
	cursor = at + len;
	exo_unlock(&lock);
	return at;
}

static u64 propose_low(u64 len, u64 align)
{
	u64 at;

	exo_lock(&lock);
	at = ALIGN_UP(low_cursor, align);
	if (at + len > LOW_END)
		at = ALIGN_UP(LOW_START, align);
	low_cursor = at + len;
	exo_unlock(&lock);
	return at;
}

static void remember_free(u64 addr, u64 len)
{
	if (addr < base)
		return;
	exo_lock(&lock);
	if (addr + len == cursor) {
		cursor = addr;
	} else {
		for (u32 i = 0; i < FREE_SLOTS; i++) {
			if (free_range[i].len && free_range[i].addr + free_range[i].len == addr) {
				free_range[i].len += len;
				goto out;
			}
			if (free_range[i].len && addr + len == free_range[i].addr) {
				free_range[i].addr = addr;
				free_range[i].len += len;
				goto out;
			}
		}
		free_range[free_next % FREE_SLOTS].addr = addr;
		free_range[free_next++ % FREE_SLOTS].len = len;
	}
out:
	exo_unlock(&lock);
}

static bool outside(u64 addr, u64 len)
{
	return addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr;
}

static void code_check(u64 addr, u64 len, int prot, int flags)
{
	if ((prot & CORE_PROT_EXEC) && !(prot & CORE_PROT_WRITE) &&
	    (flags & CORE_MAP_TYPE) == CORE_MAP_PRIVATE && !(flags & CORE_MAP_ANONYMOUS))
		exo_code_mapped(addr, len);
}

static long map_somewhere(u64 hint, u64 len, int prot, int flags, int fd, i64 off, u64 align)
{
	int fixed = (flags & ~CORE_MAP_32BIT) | CORE_MAP_FIXED_NOREPLACE;
	bool low = flags & CORE_MAP_32BIT;
	u64 tried = 0, step = len;
	long r = -CORE_EEXIST;

	if (hint && !outside(hint, len) && !exo_is_ours(hint, len) && !(hint & (align - 1)) &&
	    (!low || hint + len <= LOW_END))
		r = host_map(hint, len, prot, fixed, fd, off);
	if (r == -CORE_EEXIST && !low) {
		u64 at = propose_free(len, align);

		if (at)
			r = host_map(at, len, prot, fixed, fd, off);
	}
	while (r == -CORE_EEXIST && tried++ < 4096) {
		u64 at = low ? propose_low(len, align) : propose_next(len, align);

		r = host_map(at, len, prot, fixed, fd, off);
		if (r == -CORE_EEXIST && !low && tried > 8) { /* a crowded region: leap over it */
			step *= 2;
			exo_lock(&lock);
			cursor += MIN(step, 1UL << 36);
			exo_unlock(&lock);
		}
	}
	return r == -CORE_EEXIST ? -CORE_ENOMEM : r;
}

long core_mmap(u64 addr, u64 len, int prot, int flags, int fd, i64 off, u64 align)
{
	u64 size = page_round(len);
	long r;

	if (size == 0)
		return len ? -CORE_ENOMEM : -CORE_EINVAL;
	if (!(flags & CORE_MAP_ANONYMOUS) && exo_fd_hidden(fd))
		return -CORE_EBADF;
	if (align < PAGE_SIZE)
		align = PAGE_SIZE;
	if (!(flags & (CORE_MAP_FIXED | CORE_MAP_FIXED_NOREPLACE))) {
		r = map_somewhere(ALIGN_DOWN(addr, PAGE_SIZE), size, prot, flags, fd, off, align);
	} else {
		if (addr & PAGE_MASK)
			return -CORE_EINVAL;
		if (outside(addr, size))
			return -CORE_ENOMEM;
		if (exo_is_ours(addr, size))
			return flags & CORE_MAP_FIXED_NOREPLACE ? -CORE_EEXIST : -CORE_EINVAL;
		exo_code_gone(addr, size);
		r = host_map(addr, size, prot, flags, fd, off);
	}
	if (r >= 0)
		code_check((u64)r, size, prot, flags);
	return r;
}

long core_munmap(u64 addr, u64 len)
{
	u64 size = page_round(len);
	long r;

	if ((addr & PAGE_MASK) || size == 0 || outside(addr, size) || exo_is_ours(addr, size))
		return -CORE_EINVAL;
	exo_code_gone(addr, size);
	r = EXO_NOW(munmap, addr, size);
	if (r == 0)
		remember_free(addr, size);
	return r;
}

long core_mprotect(u64 addr, u64 len, int prot)
{
	u64 size = page_round(len);

	if (addr & PAGE_MASK)
		return -CORE_EINVAL;
	if (size == 0)
		return 0;
	if (outside(addr, size) || exo_is_ours(addr, size))
		return -CORE_ENOMEM;
	if (prot & CORE_PROT_WRITE)
		exo_code_gone(addr, size);
	return EXO_NOW(mprotect, addr, size, prot);
}

long core_madvise(u64 addr, u64 len, int advice)
{
	if (addr & PAGE_MASK)
		return -CORE_EINVAL;
	if (outside(addr, page_round(len)) || exo_is_ours(addr, page_round(len)))
		return -CORE_ENOMEM;
	return EXO_NOW(madvise, addr, len, advice);
}

long core_mremap(u64 addr, u64 old_len, u64 new_len, int flags, u64 new_addr)
{
	u64 size = page_round(new_len);
	long r;

	if ((addr & PAGE_MASK) || size == 0)
		return -CORE_EINVAL;
	if (outside(addr, page_round(old_len)) || exo_is_ours(addr, page_round(old_len)))
		return -CORE_EFAULT;
	if (flags & CORE_MREMAP_FIXED) {
		if (outside(new_addr, size) || exo_is_ours(new_addr, size))
			return -CORE_EINVAL;
		exo_code_gone(new_addr, size);
	}
	exo_code_gone(addr, page_round(old_len));
	if ((flags & CORE_MREMAP_FIXED) || !(flags & CORE_MREMAP_MAYMOVE))
		return EXO_NOW(mremap, addr, old_len, new_len, flags, new_addr);
	r = EXO_NOW(mremap, addr, old_len, new_len, flags & ~CORE_MREMAP_MAYMOVE, 0);
	if (r != -CORE_ENOMEM)
		return r;
	/* Reserve a place of ours, then move onto it. */
	r = map_somewhere(0, size, CORE_PROT_NONE,
			  CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE, -1, 0,
			  PAGE_SIZE);
	if (r < 0)
		return r;
	new_addr = (u64)r;
	r = EXO_NOW(mremap, addr, old_len, new_len, flags | CORE_MREMAP_FIXED, new_addr);
	if (r < 0)
		EXO_NOW(munmap, new_addr, size);
	return r;
}

void core_memory_fork(bool before)
{
	if (before)
		exo_lock(&lock);
	else
		exo_unlock(&lock);
}

u64 core_brk(struct core_process *p, u64 want)
{
	u64 old_top, new_top;

	p = p->memory;
	exo_lock(&p->lock);
	old_top = page_round(p->brk_now);
	new_top = page_round(want);
	if (want < p->brk_start || want > p->brk_max)
		goto out;
	if (new_top > old_top) {
		long r = host_map(old_top, new_top - old_top, CORE_PROT_READ | CORE_PROT_WRITE,
				  CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_FIXED_NOREPLACE,
				  -1, 0);

		if (r < 0)
			goto out;
	} else if (new_top < old_top) {
		EXO_NOW(munmap, new_top, old_top - new_top);
	}
	p->brk_now = want;
out:
	want = p->brk_now;
	exo_unlock(&p->lock);
	return want;
}
