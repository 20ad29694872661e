/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/shm.c: attaching System V shared memory where guests may have it.
 *
 * Left to itself the host would choose a place above the guests' ceiling. So a place is
 * reserved first, as any mapping gets one, and the segment attached over it: nobody else can
 * come by it in between.
 */
#include "core/memory.h"
#include "core/personality.h"

#define RESERVE (CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE)

static long attach_at(int id, u64 addr, u64 size, int flags)
{
	if (flags & CORE_SHM_RND)
		addr = ALIGN_DOWN(addr, PAGE_SIZE);
	if ((addr & PAGE_MASK) || addr >= EXO_GUEST_HIGH || size > EXO_GUEST_HIGH - addr ||
	    exo_is_ours(addr, size))
		return -CORE_EINVAL;
	if (flags & CORE_SHM_REMAP)
		exo_code_gone(addr, size);
	return EXO_NOW(shmat, id, addr, flags);
}

long core_shmat(int id, u64 addr, int flags)
{
	struct core_shmid_ds ds;
	u64 size, place;
	long r = EXO_NOW(shmctl, id, CORE_IPC_STAT, &ds);

	if (r < 0)
		return r;
	size = ALIGN_UP(ds.shm_segsz, PAGE_SIZE);
	if (addr)
		return attach_at(id, addr, size, flags);
	if (flags & CORE_SHM_REMAP)
		return -CORE_EINVAL;
	r = core_mmap(0, size, CORE_PROT_NONE, RESERVE, -1, 0, 0);
	if (r < 0)
		return r;
	place = (u64)r;
	r = EXO_NOW(shmat, id, place, flags | CORE_SHM_REMAP);
	if (r < 0)
		core_munmap(place, size);
	return r;
}

long core_shmdt(u64 addr)
{
	if (addr >= EXO_GUEST_HIGH || exo_is_ours(addr, PAGE_SIZE))
		return -CORE_EINVAL;
	return EXO_NOW(shmdt, addr);
}
