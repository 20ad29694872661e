/* SPDX-License-Identifier: BSD-2-Clause */
/* personality/linux/memory.c: memory calls, placed by core/memory.c. */
#include "core/memory.h"
#include "personality/linux/linux.h"

long linux_mmap(struct core_thread *t, ADDR addr, ULONG len, PROT prot, MAPFLAGS flags, FD fd,
		ULONG off)
{
	(void)t;
	return core_mmap(addr, len, prot, flags, fd, (i64)off, 0);
}

long linux_munmap(struct core_thread *t, ADDR addr, SIZE len)
{
	(void)t;
	return core_munmap(addr, len);
}

long linux_mprotect(struct core_thread *t, ADDR start, SIZE len, PROT prot)
{
	(void)t;
	return core_mprotect(start, len, prot);
}

long linux_mremap(struct core_thread *t, ADDR addr, ULONG old_len, ULONG new_len, ULONG flags,
		  ULONG new_addr)
{
	(void)t;
	return core_mremap(addr, old_len, new_len, (int)flags, new_addr);
}

long linux_madvise(struct core_thread *t, ADDR start, SIZE len_in, INT behavior)
{
	(void)t;
	return core_madvise(start, len_in, behavior);
}

long linux_brk(struct core_thread *t, ADDR brk)
{
	return (long)core_brk(t->proc, brk);
}

/* The host would choose an address outside the guest's area: reserve one, attach over it. */
long linux_shmat(struct core_thread *t, INT shmid, INOUT shmaddr, INT shmflg)
{
	u8 ds[112]; /* struct shmid64_ds; shm_segsz follows the 48-byte shm_perm */
	u64 size;
	long r;

	(void)t;
	if (shmaddr.addr) {
		if (shmaddr.addr >= EXO_GUEST_HIGH || exo_is_ours(shmaddr.addr, PAGE_SIZE))
			return -CORE_EINVAL;
		return EXO(shmat, shmid, shmaddr.addr, shmflg);
	}
	r = EXO(shmctl, shmid, CORE_IPC_STAT, ds);
	if (r < 0)
		return r;
	size = *(u64 *)(ds + 48);
	r = core_mmap(0, size, CORE_PROT_NONE,
		      CORE_MAP_PRIVATE | CORE_MAP_ANONYMOUS | CORE_MAP_NORESERVE, -1, 0, 0);
	if (r < 0)
		return r;
	shmaddr.addr = (u64)r;
	r = EXO(shmat, shmid, shmaddr.addr, shmflg | CORE_SHM_REMAP);
	if (r < 0)
		core_munmap(shmaddr.addr, size);
	return r;
}
