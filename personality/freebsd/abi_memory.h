/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_memory.h: address spaces and System V shared objects,
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/mman.h, sys/ipc.h, sys/shm.h,
 * sys/sem.h, sys/msg.h.
 */
#ifndef FB_FREEBSD_ABI_MEMORY_H
#define FB_FREEBSD_ABI_MEMORY_H

#include "core/abi_types.h"

/* mmap(2) (sys/mman.h) */
#define FREEBSD_INHERIT_SHARE		 0x0
#define FREEBSD_INHERIT_COPY		 0x1
#define FREEBSD_INHERIT_NONE		 0x2
#define FREEBSD_INHERIT_ZERO		 0x3
#define FREEBSD_PROT_NONE		 0x0
#define FREEBSD_PROT_READ		 0x1
#define FREEBSD_PROT_WRITE		 0x2
#define FREEBSD_PROT_EXEC		 0x4
#define FREEBSD_PROT_ALL		 0x7
#define FREEBSD_PROT_MAX_SHIFT		 0x10
#define FREEBSD_MAP_SHARED		 0x1
#define FREEBSD_MAP_PRIVATE		 0x2
#define FREEBSD_MAP_COPY		 0x2
#define FREEBSD_MAP_FIXED		 0x10
#define FREEBSD_MAP_HASSEMAPHORE	 0x200
#define FREEBSD_MAP_STACK		 0x400
#define FREEBSD_MAP_NOSYNC		 0x800
#define FREEBSD_MAP_FILE		 0x0
#define FREEBSD_MAP_ANON		 0x1000
#define FREEBSD_MAP_ANONYMOUS		 0x1000
#define FREEBSD_MAP_GUARD		 0x2000
#define FREEBSD_MAP_EXCL		 0x4000
#define FREEBSD_MAP_NOCORE		 0x20000
#define FREEBSD_MAP_PREFAULT_READ	 0x40000
#define FREEBSD_MAP_32BIT		 0x80000
#define FREEBSD_MAP_ALIGNMENT_SHIFT	 0x18
#define FREEBSD_MAP_ALIGNED_SUPER	 0x1000000
#define FREEBSD_SHM_RENAME_NOREPLACE	 0x1
#define FREEBSD_SHM_RENAME_EXCHANGE	 0x2
#define FREEBSD_MCL_CURRENT		 0x1
#define FREEBSD_MCL_FUTURE		 0x2
#define FREEBSD_MS_SYNC			 0x0
#define FREEBSD_MS_ASYNC		 0x1
#define FREEBSD_MS_INVALIDATE		 0x2
#define FREEBSD_MADV_NORMAL		 0x0
#define FREEBSD_MADV_RANDOM		 0x1
#define FREEBSD_MADV_SEQUENTIAL		 0x2
#define FREEBSD_MADV_WILLNEED		 0x3
#define FREEBSD_MADV_DONTNEED		 0x4
#define FREEBSD_MADV_FREE		 0x5
#define FREEBSD_MADV_NOSYNC		 0x6
#define FREEBSD_MADV_AUTOSYNC		 0x7
#define FREEBSD_MADV_NOCORE		 0x8
#define FREEBSD_MADV_CORE		 0x9
#define FREEBSD_MADV_PROTECT		 0xa
#define FREEBSD_MINCORE_INCORE		 0x1
#define FREEBSD_MINCORE_REFERENCED	 0x2
#define FREEBSD_MINCORE_MODIFIED	 0x4
#define FREEBSD_MINCORE_REFERENCED_OTHER 0x8
#define FREEBSD_MINCORE_MODIFIED_OTHER	 0x10
#define FREEBSD_MINCORE_SUPER		 0x60
#define FREEBSD_SHM_ALLOW_SEALING	 0x1
#define FREEBSD_SHM_GROW_ON_WRITE	 0x2
#define FREEBSD_SHM_LARGEPAGE		 0x4
#define FREEBSD_MFD_CLOEXEC		 0x1
#define FREEBSD_MFD_ALLOW_SEALING	 0x2

/* System V IPC (sys/ipc.h) */
#define FREEBSD_IPC_CREAT   0x200
#define FREEBSD_IPC_EXCL    0x400
#define FREEBSD_IPC_NOWAIT  0x800
#define FREEBSD_IPC_PRIVATE 0x0
#define FREEBSD_IPC_RMID    0x0
#define FREEBSD_IPC_SET	    0x1
#define FREEBSD_IPC_STAT    0x2
#define FREEBSD_IPC_INFO    0x3

/* shmat(2), shmctl(2) (sys/shm.h) */
#define FREEBSD_SHM_RDONLY 0x1000
#define FREEBSD_SHM_RND	   0x2000
#define FREEBSD_SHM_REMAP  0x3000
#define FREEBSD_SHM_R	   0x100
#define FREEBSD_SHM_W	   0x80
#define FREEBSD_SHM_LOCK   0xb
#define FREEBSD_SHM_UNLOCK 0xc
#define FREEBSD_SHM_STAT   0xd
#define FREEBSD_SHM_INFO   0xe

/* semctl(2), semop(2) (sys/sem.h) */
#define FREEBSD_SEM_UNDO 0x1000
#define FREEBSD_GETNCNT	 0x3
#define FREEBSD_GETPID	 0x4
#define FREEBSD_GETVAL	 0x5
#define FREEBSD_GETALL	 0x6
#define FREEBSD_GETZCNT	 0x7
#define FREEBSD_SETVAL	 0x8
#define FREEBSD_SETALL	 0x9
#define FREEBSD_SEM_STAT 0xa
#define FREEBSD_SEM_INFO 0xb
#define FREEBSD_SEM_A	 0x80
#define FREEBSD_SEM_R	 0x100

/* msgrcv(2) (sys/msg.h) */
#define FREEBSD_MSG_NOERROR 0x1000

struct freebsd_ipc_perm {
	u32 cuid;
	u32 cgid;
	u32 uid;
	u32 gid;
	u16 mode;
	u16 seq;
	u32 pad0;
	i64 key;
};
SIZE_ASSERT(struct freebsd_ipc_perm, 32);
OFFSET_ASSERT(struct freebsd_ipc_perm, key, 24);

struct freebsd_shmid_ds {
	struct freebsd_ipc_perm shm_perm;
	u64 shm_segsz;
	i32 shm_lpid;
	i32 shm_cpid;
	u32 shm_nattch;
	u32 pad0;
	i64 shm_atime;
	i64 shm_dtime;
	i64 shm_ctime;
};
SIZE_ASSERT(struct freebsd_shmid_ds, 80);
OFFSET_ASSERT(struct freebsd_shmid_ds, shm_atime, 56);

struct freebsd_semid_ds {
	struct freebsd_ipc_perm sem_perm;
	u64 sem_base;
	u16 sem_nsems;
	u16 pad0[3];
	i64 sem_otime;
	i64 sem_ctime;
};
SIZE_ASSERT(struct freebsd_semid_ds, 64);

struct freebsd_msqid_ds {
	struct freebsd_ipc_perm msg_perm;
	u64 msg_first;
	u64 msg_last;
	u64 msg_cbytes;
	u64 msg_qnum;
	u64 msg_qbytes;
	i32 msg_lspid;
	i32 msg_lrpid;
	i64 msg_stime;
	i64 msg_rtime;
	i64 msg_ctime;
};
SIZE_ASSERT(struct freebsd_msqid_ds, 104);

#endif
