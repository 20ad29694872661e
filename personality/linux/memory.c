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

long linux_shmat(struct core_thread *t, INT shmid, INOUT shmaddr, INT shmflg)
{
	(void)t;
	return core_shmat(shmid, shmaddr.addr, shmflg);
}

long linux_shmdt(struct core_thread *t, INOUT shmaddr)
{
	(void)t;
	return core_shmdt(shmaddr.addr);
}
