/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/memory.c: address space calls.
 *
 * What differs from the neutral ABI: addresses that are not page-aligned are rounded, not
 * refused, by munmap and mprotect, which takes holes, too; MADV_DONTNEED keeps the contents; a
 * mapping may ask for its alignment, for exclusiveness, or to be only a guard. Facts: mmap(2),
 * madvise(2), minherit(2), sys/vm/vm_mmap.c of FreeBSD 14.
 */
#include "core/memory.h"
#include "core/process.h"
#include "exo/info.h"
#include "personality/freebsd/abi_memory.h"
#include "personality/freebsd/freebsd.h"

#define FLAGS_KNOWN                                                                                \
	(FREEBSD_MAP_SHARED | FREEBSD_MAP_PRIVATE | FREEBSD_MAP_FIXED | FREEBSD_MAP_HASSEMAPHORE | \
	 FREEBSD_MAP_STACK | FREEBSD_MAP_NOSYNC | FREEBSD_MAP_ANON | FREEBSD_MAP_EXCL |            \
	 FREEBSD_MAP_NOCORE | FREEBSD_MAP_PREFAULT_READ | FREEBSD_MAP_GUARD | FREEBSD_MAP_32BIT |  \
	 0x20 | 0x40) /* MAP_RENAME and MAP_NORESERVE of old: accepted */
#define ALIGNMENT(flags) ((u32)(flags) >> FREEBSD_MAP_ALIGNMENT_SHIFT)
#define FLAGS_MASK	 0xffffff
#define SUPERPAGE	 (2UL << 20)
#define MAX_32BIT	 (1UL << 31)
#define LOWEST		 PAGE_SIZE /* security.bsd.map_at_zero is 0 */

/* 0 for what lies above the last page. */
static u64 page_round(u64 n)
{
	return ALIGN_UP(n, PAGE_SIZE);
}

/* 0 and *align set, or an error. */
static long alignment(u32 n, u64 *align)
{
	*align = 0;
	if (n == 0)
		return 0;
	if (n == 1) /* MAP_ALIGNED_SUPER */
		*align = SUPERPAGE;
	else if (n < 12 || n >= 64)
		return -CORE_EINVAL;
	else
		*align = 1UL << n;
	return 0;
}

static int to_core_map_flags(int flags)
{
	int out = 0;

	out |= flags & FREEBSD_MAP_SHARED ? CORE_MAP_SHARED : CORE_MAP_PRIVATE;
	if (flags & FREEBSD_MAP_FIXED)
		out |= flags & FREEBSD_MAP_EXCL ? CORE_MAP_FIXED_NOREPLACE : CORE_MAP_FIXED;
	if (flags & FREEBSD_MAP_ANON)
		out |= CORE_MAP_ANONYMOUS;
	if (flags & FREEBSD_MAP_32BIT)
		out |= CORE_MAP_32BIT;
	/* MAP_PREFAULT_READ is advice to map what is in memory for reading. The host maps a page's
	 * neighbours with it anyway; its own MAP_POPULATE reads what is not in memory, and copies
	 * every page of a private mapping that may be written. */
	return out;
}

static bool is_directory(int fd)
{
	struct core_stat st;

	return EXO_NOW(fstat, fd, &st) == 0 && (st.st_mode & CORE_S_IFMT) == CORE_S_IFDIR;
}

long freebsd_mmap(struct core_thread *t, ADDR addr, SIZE len, PROT prot, MAPFLAGS flags, FD fd,
		  OFF pos)
{
	u32 max_prot = (u32)prot >> FREEBSD_PROT_MAX_SHIFT;
	int kind = flags & FLAGS_MASK, out;
	u64 align, page = (u64)pos & PAGE_MASK;
	long r;

	(void)t;
	prot &= (1 << FREEBSD_PROT_MAX_SHIFT) - 1;
	if ((prot & ~FREEBSD_PROT_ALL) || (max_prot & ~(u32)FREEBSD_PROT_ALL))
		return -CORE_EINVAL;
	if (max_prot && ((u32)prot & max_prot) != (u32)prot)
		return -CORE_EOPNOTSUPP;
	if ((kind & ~FLAGS_KNOWN) || len == 0)
		return -CORE_EINVAL;
	if (kind & FREEBSD_MAP_STACK) {
		if (fd != -1 || (prot & 3) != 3)
			return -CORE_EINVAL;
		kind |= FREEBSD_MAP_ANON;
		pos = 0;
		page = 0;
	}
	if ((kind & (FREEBSD_MAP_EXCL | FREEBSD_MAP_FIXED)) == FREEBSD_MAP_EXCL || (kind & 3) == 3)
		return -CORE_EINVAL;
	if ((kind & FREEBSD_MAP_GUARD) && (prot != 0 || fd != -1 || pos != 0 ||
					   (kind & ~(FREEBSD_MAP_FIXED | FREEBSD_MAP_GUARD |
						     FREEBSD_MAP_EXCL | FREEBSD_MAP_32BIT))))
		return -CORE_EINVAL;
	if ((kind & FREEBSD_MAP_ANON) && (fd != -1 || pos != 0))
		return -CORE_EINVAL;
	r = alignment(ALIGNMENT(flags), &align);
	if (r < 0)
		return r;
	out = to_core_map_flags(kind);
	if (kind & FREEBSD_MAP_GUARD)
		out |= CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE;
	if (kind & FREEBSD_MAP_FIXED) {
		u64 at = addr - page;

		if ((at & PAGE_MASK) || at < LOWEST || at >= EXO_GUEST_HIGH ||
		    len > EXO_GUEST_HIGH - at ||
		    ((kind & FREEBSD_MAP_32BIT) && at + len + page > MAX_32BIT))
			return -CORE_EINVAL;
	}
	/* A file: shared or private? It was private when nobody said. */
	if (!(kind & (FREEBSD_MAP_ANON | FREEBSD_MAP_GUARD | 3)) &&
	    freebsd_older_than(t, FREEBSD_OSREL_MAP_FSTRICT))
		out |= CORE_MAP_PRIVATE;
	else if (!(kind & (FREEBSD_MAP_ANON | FREEBSD_MAP_GUARD | 3)))
		return EXO_NOW(fcntl, fd, CORE_F_GETFD) < 0 ? -CORE_EBADF : -CORE_EINVAL;
	r = core_mmap(kind & FREEBSD_MAP_FIXED ? addr - page : addr, len + page, prot, out, fd,
		      pos - (i64)page, align);
	if (r == -CORE_EPERM)
		return -CORE_EACCES;
	if (r == -CORE_EOVERFLOW || (r == -CORE_ENODEV && is_directory(fd)))
		return -CORE_EINVAL;
	/* EAGAIN: all memory is to be locked (mlockall), and the limit is reached. */
	if (r == -CORE_EEXIST || r == -CORE_EAGAIN)
		return -CORE_ENOMEM;
	if (r >= 0 && (kind & FREEBSD_MAP_NOCORE))
		core_madvise((u64)r, len, CORE_MADV_DONTDUMP);
	return r < 0 ? r : r + (long)page;
}

long freebsd_freebsd6_mmap(struct core_thread *t, ADDR addr, SIZE len, PROT prot, MAPFLAGS flags,
			   FD fd, INT pad, OFF pos)
{
	(void)pad;
	return freebsd_mmap(t, addr, len, prot, flags, fd, pos);
}

long freebsd_munmap(struct core_thread *t, ADDR addr, SIZE len)
{
	u64 page = addr & PAGE_MASK;

	(void)t;
	if (len == 0 || addr + len < addr || addr < LOWEST)
		return -CORE_EINVAL;
	return core_munmap(addr - page, len + page);
}

/* The first of what is mapped from low on, and before high. */
struct part {
	u64 low, high;
	bool found;
};

static bool find_part(void *ctx, const struct exo_mapping *m)
{
	struct part *p = ctx;

	if (m->high <= p->low)
		return true;
	p->found = m->low < p->high;
	p->low = MAX(p->low, m->low);
	p->high = MIN(p->high, m->high);
	return false;
}

/* Where there is nothing, there is nothing to protect, and no error for the hub's. */
static long protect_parts(struct core_thread *t, u64 low, u64 high, int prot)
{
	while (low < high) {
		struct part p = {low, high, false};
		long r = exo_process_maps(t->pid, find_part, &p);

		if (r < 0 || !p.found)
			return r;
		r = core_mprotect(p.low, p.high - p.low, prot);
		if (r < 0)
			return r;
		low = p.high;
	}
	return 0;
}

long freebsd_mprotect(struct core_thread *t, ADDR addr, SIZE len, PROT prot)
{
	u64 low = addr & ~(u64)PAGE_MASK, high = page_round(addr + len);
	long r;

	prot &= (1 << FREEBSD_PROT_MAX_SHIFT) - 1;
	if ((prot & ~FREEBSD_PROT_ALL) || addr + len < addr || high < low)
		return -CORE_EINVAL;
	r = core_mprotect(low, high - low, prot);
	return r == -CORE_ENOMEM && high <= EXO_GUEST_HIGH ? protect_parts(t, low, high, prot) : r;
}

long freebsd_madvise(struct core_thread *t, ADDR addr, SIZE len, INT behav)
{
	static const i8 advice[] = {
	    [FREEBSD_MADV_NORMAL] = CORE_MADV_NORMAL,
	    [FREEBSD_MADV_RANDOM] = CORE_MADV_RANDOM,
	    [FREEBSD_MADV_SEQUENTIAL] = CORE_MADV_SEQUENTIAL,
	    [FREEBSD_MADV_WILLNEED] = CORE_MADV_WILLNEED,
	    [FREEBSD_MADV_DONTNEED] = -1, /* "not soon", not "throw away" */
	    [FREEBSD_MADV_FREE] = CORE_MADV_FREE,
	    [FREEBSD_MADV_NOSYNC] = -1,
	    [FREEBSD_MADV_AUTOSYNC] = -1,
	    [FREEBSD_MADV_NOCORE] = CORE_MADV_DONTDUMP,
	    [FREEBSD_MADV_CORE] = CORE_MADV_DODUMP,
	};
	u64 page = addr & PAGE_MASK;
	long r;

	(void)t;
	if (behav == FREEBSD_MADV_PROTECT)
		return EXO(geteuid) == 0 ? 0 : -CORE_EPERM;
	if (behav < 0 || (u32)behav >= ARRAY_LEN(advice) || addr >= EXO_GUEST_HIGH ||
	    len > EXO_GUEST_HIGH - addr)
		return -CORE_EINVAL;
	if (advice[behav] < 0)
		return 0;
	r = core_madvise(addr - page, len + page, advice[behav]);
	/* The host advises only some kinds of memory; FreeBSD takes the hint for any. */
	return r == -CORE_EINVAL || r == -CORE_ENOMEM || r == -CORE_EBADF ? 0 : r;
}

long freebsd_minherit(struct core_thread *t, ADDR addr, SIZE len, INT inherit)
{
	u64 page = addr & PAGE_MASK;

	if (addr + len < addr)
		return -CORE_EINVAL;
	switch (inherit) {
	case FREEBSD_INHERIT_SHARE:
		core_madvise(addr - page, len + page, CORE_MADV_KEEPONFORK);
		core_madvise(addr - page, len + page, CORE_MADV_DOFORK);
		return core_memory_share(t, addr - page, len + page);
	case FREEBSD_INHERIT_COPY:
		core_madvise(addr - page, len + page, CORE_MADV_KEEPONFORK);
		return core_madvise(addr - page, len + page, CORE_MADV_DOFORK);
	case FREEBSD_INHERIT_NONE:
		return core_madvise(addr - page, len + page, CORE_MADV_DONTFORK);
	case FREEBSD_INHERIT_ZERO:
		return core_madvise(addr - page, len + page, CORE_MADV_WIPEONFORK);
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_mincore(struct core_thread *t, ADDR addr, SIZE len, OUT vec)
{
	u64 page = addr & PAGE_MASK;

	(void)t;
	return EXO(mincore, addr - page, len + page, vec.addr);
}

/* No length at all means the whole mapping there, which must be one. */
long freebsd_msync(struct core_thread *t, ADDR addr, SIZE len, HEX flags)
{
	const u32 both = FREEBSD_MS_ASYNC | FREEBSD_MS_INVALIDATE;
	u64 page = addr & PAGE_MASK, size = page_round(len + page);
	int out = flags & FREEBSD_MS_ASYNC ? CORE_MS_ASYNC : CORE_MS_SYNC;
	u8 resident;

	(void)t;
	addr -= page;
	if (addr + size < addr || (flags & both) == both)
		return -CORE_EINVAL;
	if (flags & FREEBSD_MS_INVALIDATE)
		out |= CORE_MS_INVALIDATE;
	if (addr >= EXO_GUEST_HIGH)
		return -CORE_ENOMEM;
	if (size == 0)
		return EXO(mincore, addr, PAGE_SIZE, &resident);
	return EXO(msync, addr, size, out);
}

/* ---- memory that stays ---------------------------------------------------------------- */

/* The limit is the superuser's too, and what is locked already counts again. */
static long within_lock_limit(struct core_thread *t, u64 more)
{
	struct core_rlimit limit;
	struct exo_process p;

	if (EXO_NOW(prlimit64, 0, CORE_RLIMIT_MEMLOCK, NULL, &limit) < 0 ||
	    limit.rlim_cur == CORE_RLIM_INFINITY || exo_process_info(t->pid, 0, &p) < 0)
		return 0;
	return more > limit.rlim_cur || p.locked > limit.rlim_cur - more ? -CORE_ENOMEM : 0;
}

/* 0 and the pages that hold the range, or an error. */
static long pages_of(u64 *addr, u64 *len)
{
	u64 page = *addr & PAGE_MASK, end = *addr + *len;

	if (end < *addr || page_round(end) < end)
		return -CORE_EINVAL;
	*addr -= page;
	*len = page_round(end) - *addr;
	return *len > EXO_GUEST_HIGH || *addr > EXO_GUEST_HIGH - *len ? -CORE_ENOMEM : 0;
}

long freebsd_mlock(struct core_thread *t, ADDR addr, SIZE len)
{
	long r = pages_of(&addr, &len);

	if (r == 0)
		r = within_lock_limit(t, len);
	return r < 0 ? r : EXO(mlock, addr, len);
}

long freebsd_munlock(struct core_thread *t, ADDR addr, SIZE len)
{
	long r = pages_of(&addr, &len);

	(void)t;
	return r < 0 ? r : EXO(munlock, addr, len);
}

long freebsd_mlockall(struct core_thread *t, INT how)
{
	(void)t;
	if (how == 0 || (how & ~(FREEBSD_MCL_CURRENT | FREEBSD_MCL_FUTURE)))
		return -CORE_EINVAL;
	return EXO(mlockall, how);
}

long freebsd_munlockall(struct core_thread *t)
{
	(void)t;
	return EXO(munlockall);
}

/*
 * Whole pages; an address below the heap asks where its end is, which is how the C library
 * begins.
 */
long freebsd_break(struct core_thread *t, ADDR nsize)
{
	u64 want = page_round(nsize);

	if (want < nsize)
		return -CORE_ENOMEM;
	if (want < page_round(t->proc->memory->brk_start))
		return (long)page_round(t->proc->memory->brk_now);
	return core_brk(t->proc, want) == want ? (long)want : -CORE_ENOMEM;
}
