/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/memory.c: address space calls.
 *
 * What differs from the neutral ABI: MAP_ALIGN, with which the address is an alignment; MAP_FILE
 * mappings are checked in another order; munmap refuses what is not a range of the user's. Facts:
 * mmap(2), mprotect(2), usr/src/uts/common/os/grow.c (smmap_common, munmap, mprotect, brk).
 */
#include "core/memory.h"
#include "core/process.h"
#include "personality/illumos/abi_memory.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/priv.h"

#define FLAGS_KNOWN                                                                                \
	(ILLUMOS_MAP_SHARED | ILLUMOS_MAP_PRIVATE | ILLUMOS_MAP_FIXED | ILLUMOS_MAP_NEW |          \
	 ILLUMOS_MAP_LOW32 | ILLUMOS_MAP_NORESERVE | ILLUMOS_MAP_ANON | ILLUMOS_MAP_ALIGN |        \
	 ILLUMOS_MAP_TEXT | ILLUMOS_MAP_INITDATA)

static bool is_power(u64 n)
{
	return (n & (n - 1)) == 0;
}

static int to_core_map_flags(u32 flags)
{
	int out = flags & ILLUMOS_MAP_SHARED ? CORE_MAP_SHARED : CORE_MAP_PRIVATE;

	if (flags & ILLUMOS_MAP_FIXED)
		out |= CORE_MAP_FIXED;
	if (flags & ILLUMOS_MAP_ANON)
		out |= CORE_MAP_ANONYMOUS;
	if (flags & ILLUMOS_MAP_NORESERVE)
		out |= CORE_MAP_NORESERVE;
	if (flags & ILLUMOS_MAP_LOW32)
		out |= CORE_MAP_32BIT;
	return out;
}

static long check_flags(u64 addr, u64 len, int prot, u32 flags, i64 off)
{
	u32 type = flags & ILLUMOS_MAP_TYPE;

	if ((flags & ~FLAGS_KNOWN) || (flags & ILLUMOS_MAP_TEXT && !(prot & CORE_PROT_EXEC)) ||
	    (flags & ILLUMOS_MAP_TEXT && flags & ILLUMOS_MAP_INITDATA) ||
	    (type != ILLUMOS_MAP_PRIVATE && type != ILLUMOS_MAP_SHARED))
		return -CORE_EINVAL;
	if (flags & ILLUMOS_MAP_ALIGN &&
	    (flags & ILLUMOS_MAP_FIXED || (addr && addr < PAGE_SIZE) || !is_power(addr)))
		return -CORE_EINVAL;
	if (len == 0 || off & (i64)PAGE_MASK)
		return -CORE_EINVAL;
	return 0;
}

/* The errors of one that was asked for at a place: alignment first, then where it lies. */
static long check_place(u64 addr, u64 len)
{
	if (addr & PAGE_MASK)
		return -CORE_EINVAL;
	return addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr ? -CORE_ENOMEM : 0;
}

long illumos_mmap(struct core_thread *t, ADDR addr, SIZE len, PROT prot, MAPFLAGS flags, FD fd,
		  OFF off)
{
	u32 f = (u32)flags;
	bool anonymous = fd == -1 && f & ILLUMOS_MAP_ANON;
	u64 align = 0;
	long r;

	(void)t;
	prot &= ILLUMOS_PROT_ALL;
	if (!anonymous && EXO(fcntl, fd, CORE_F_GETFD) < 0)
		return -CORE_EBADF;
	r = check_flags(addr, len, prot, f, off);
	if (r == 0 && !anonymous && f & ILLUMOS_MAP_ANON)
		r = -CORE_EINVAL;
	if (r == 0 && !anonymous && off < 0)
		r = -CORE_ENXIO;
	if (r == 0 && f & ILLUMOS_MAP_FIXED)
		r = check_place(addr, len);
	if (r < 0)
		return r;
	if (f & ILLUMOS_MAP_ALIGN) {
		align = addr;
		addr = 0;
	}
	r = core_mmap(addr, len, prot, to_core_map_flags(f), fd, anonymous ? 0 : off, align);
	return r == -CORE_EPERM ? -CORE_EACCES : r;
}

long illumos_munmap(struct core_thread *t, ADDR addr, SIZE len)
{
	(void)t;
	if (addr & PAGE_MASK || len == 0 || addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr)
		return -CORE_EINVAL;
	return core_munmap(addr, ALIGN_UP(len, PAGE_SIZE));
}

long illumos_mprotect(struct core_thread *t, ADDR addr, SIZE len, PROT prot)
{
	(void)t;
	if (addr & PAGE_MASK || len == 0)
		return -CORE_EINVAL;
	if (addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr)
		return -CORE_ENOMEM;
	if (prot & ~ILLUMOS_PROT_ALL)
		return -CORE_ILLUMOS_ENOTSUP;
	return core_mprotect(addr, ALIGN_UP(len, PAGE_SIZE), prot);
}

/* The library starts from its program's end, which the rest of a page follows that is there. */
long illumos_brk(struct core_thread *t, ADDR endds)
{
	struct core_process *p = t->proc->memory;

	if (endds < p->brk_start && endds > p->brk_start - PAGE_SIZE)
		endds = p->brk_start;
	return core_brk(t->proc, endds) == endds ? 0 : -CORE_ENOMEM;
}

/* ---- memcntl ------------------------------------------------------------------------------- */

/* What is thrown away of a private mapping is so for good: the next look finds zeroes. */
static long advise(u64 addr, u64 len, u64 advice)
{
	static const int core[] = {
	    [ILLUMOS_MADV_NORMAL] = CORE_MADV_NORMAL,
	    [ILLUMOS_MADV_RANDOM] = CORE_MADV_RANDOM,
	    [ILLUMOS_MADV_SEQUENTIAL] = CORE_MADV_SEQUENTIAL,
	    [ILLUMOS_MADV_WILLNEED] = CORE_MADV_WILLNEED,
	    [ILLUMOS_MADV_DONTNEED] = CORE_MADV_COLD, /* the contents stay */
	    [ILLUMOS_MADV_FREE] = CORE_MADV_FREE,
	    [ILLUMOS_MADV_ACCESS_DEFAULT] = CORE_MADV_NORMAL,
	    [ILLUMOS_MADV_ACCESS_LWP] = CORE_MADV_NORMAL,
	    [ILLUMOS_MADV_ACCESS_MANY] = CORE_MADV_NORMAL,
	    [ILLUMOS_MADV_PURGE] = CORE_MADV_DONTNEED,
	};
	long r;

	if (advice >= ARRAY_LEN(core))
		return -CORE_EINVAL;
	r = core_madvise(addr, ALIGN_UP(len, PAGE_SIZE), core[advice]);
	/* Advice the host cannot take about that kind of memory is no error there. */
	return r == -CORE_EINVAL && advice != ILLUMOS_MADV_PURGE ? 0 : r;
}

static long sync_pages(u64 addr, u64 len, u64 flags)
{
	u32 core = 0;

	if (flags & ~(u64)(ILLUMOS_MS_ASYNC | ILLUMOS_MS_INVALIDATE | ILLUMOS_MS_SYNC))
		return -CORE_EINVAL;
	if ((flags & ILLUMOS_MS_ASYNC) && (flags & ILLUMOS_MS_SYNC))
		return -CORE_EINVAL;
	core |= flags & ILLUMOS_MS_ASYNC ? CORE_MS_ASYNC : CORE_MS_SYNC;
	if (flags & ILLUMOS_MS_INVALIDATE)
		core |= CORE_MS_INVALIDATE;
	return EXO(msync, addr, ALIGN_UP(len, PAGE_SIZE), core);
}

static long lock_all(u64 flags)
{
	u32 core = 0;

	if (flags & ~(u64)(ILLUMOS_MCL_CURRENT | ILLUMOS_MCL_FUTURE) || !flags)
		return -CORE_EINVAL;
	if (flags & ILLUMOS_MCL_CURRENT)
		core |= CORE_MCL_CURRENT;
	if (flags & ILLUMOS_MCL_FUTURE)
		core |= CORE_MCL_FUTURE;
	return EXO(mlockall, core);
}

long illumos_memcntl(struct core_thread *t, ADDR addr, SIZE len, INT cmd, ULONG arg, HEX attr,
		     HEX mask)
{
	bool locks = cmd == ILLUMOS_MC_LOCK || cmd == ILLUMOS_MC_UNLOCK ||
		     cmd == ILLUMOS_MC_LOCKAS || cmd == ILLUMOS_MC_UNLOCKAS;

	(void)attr;
	if (mask)
		return -CORE_EINVAL;
	if (cmd == ILLUMOS_MC_LOCKAS || cmd == ILLUMOS_MC_UNLOCKAS) {
		if (addr || len)
			return -CORE_EINVAL;
		if (!illumos_priv_has(t, ILLUMOS_PRIV_PROC_LOCK_MEMORY))
			return -CORE_EPERM;
		return cmd == ILLUMOS_MC_LOCKAS ? lock_all(arg) : EXO(munlockall);
	}
	if (addr & PAGE_MASK)
		return -CORE_EINVAL;
	if (addr >= EXO_GUEST_HIGH || len > EXO_GUEST_HIGH - addr)
		return -CORE_ENOMEM;
	if (locks && !illumos_priv_has(t, ILLUMOS_PRIV_PROC_LOCK_MEMORY))
		return -CORE_EPERM;
	switch (cmd) {
	case ILLUMOS_MC_SYNC:
		return sync_pages(addr, len, arg);
	case ILLUMOS_MC_LOCK:
		return EXO(mlock, addr, len);
	case ILLUMOS_MC_UNLOCK:
		return EXO(munlock, addr, len);
	case ILLUMOS_MC_ADVISE:
		return advise(addr, len, arg);
	case ILLUMOS_MC_HAT_ADVISE: /* which size of pages would be liked: the host chooses */
		return 0;
	default:
		return -CORE_EINVAL;
	}
}
