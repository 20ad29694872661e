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
