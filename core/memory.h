/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/memory.h: the guest's address space.
 *
 * Every guest mapping is placed here, in [EXO_GUEST_LOW, EXO_GUEST_HIGH) and never over
 * anything of the runtime's. Arguments and flags are neutral (mmap(2)); lengths in bytes.
 * Errors are mmap's, mprotect's and munmap's; a range that touches the runtime is refused
 * with -CORE_EINVAL (-CORE_ENOMEM for mprotect and the like), as memory that cannot be had.
 */
#ifndef FB_CORE_MEMORY_H
#define FB_CORE_MEMORY_H

#include "core/thread.h"

/* With CORE_MAP_FIXED at addr; else near the hint addr where that is free, else where there
 * is room; CORE_MAP_32BIT: below 2 GiB. align: 0 or a power of two >= the page size. */
long core_mmap(u64 addr, u64 len, int prot, int flags, int fd, i64 off, u64 align);
long core_munmap(u64 addr, u64 len);
long core_mprotect(u64 addr, u64 len, int prot);
long core_madvise(u64 addr, u64 len, int advice);
/* mremap(2), the new place chosen as core_mmap chooses. */
long core_mremap(u64 addr, u64 old_len, u64 new_len, int flags, u64 new_addr);

/*
 * shmat(2) and shmdt(2), placed as core_mmap places. At an address of the caller's a range
 * that is taken or is not to be had answers -CORE_EINVAL, unless CORE_SHM_REMAP says to take
 * it (core/shm.c).
 */
long core_shmat(int id, u64 addr, int flags);
long core_shmdt(u64 addr);

/* A fork's child will share what is private there now (core/share_memory.c). 0, -CORE_EINVAL for
 * a range with gaps, -CORE_ENOMEM. */
long core_memory_share(struct core_thread *t, u64 addr, u64 len);

/* Sets where placement starts; guests of one ABI expect their mappings near each other. */
void core_memory_start(u64 base);

/* Called around fork by core/process.c. */
void core_memory_fork(bool before);

/* brk: returns the new break, or the old one when it could not be moved. */
u64 core_brk(struct core_process *p, u64 want);

#endif
