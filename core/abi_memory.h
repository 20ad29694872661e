/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core/abi_memory.h: address spaces and System V shared objects in the neutral ABI
 * (asm-generic/mman-common.h, linux/mman.h, asm-generic/ipcbuf.h and its neighbours).
 */
#ifndef FB_CORE_ABI_MEMORY_H
#define FB_CORE_ABI_MEMORY_H

#include "lib/base.h"

/* mmap(2) protection. */
#define CORE_PROT_NONE	    0x0
#define CORE_PROT_READ	    0x1
#define CORE_PROT_WRITE	    0x2
#define CORE_PROT_EXEC	    0x4
#define CORE_PROT_SEM	    0x8
#define CORE_PROT_GROWSDOWN 0x1000000
#define CORE_PROT_GROWSUP   0x2000000

/* mmap(2) flags. */
#define CORE_MAP_SHARED		 0x1
#define CORE_MAP_PRIVATE	 0x2
#define CORE_MAP_SHARED_VALIDATE 0x3
#define CORE_MAP_TYPE		 0xf
#define CORE_MAP_FIXED		 0x10
#define CORE_MAP_ANONYMOUS	 0x20
#define CORE_MAP_32BIT		 0x40
#define CORE_MAP_GROWSDOWN	 0x100
#define CORE_MAP_DENYWRITE	 0x800
#define CORE_MAP_EXECUTABLE	 0x1000
#define CORE_MAP_LOCKED		 0x2000
#define CORE_MAP_NORESERVE	 0x4000
#define CORE_MAP_POPULATE	 0x8000
#define CORE_MAP_NONBLOCK	 0x10000
#define CORE_MAP_STACK		 0x20000
#define CORE_MAP_HUGETLB	 0x40000
#define CORE_MAP_SYNC		 0x80000
#define CORE_MAP_FIXED_NOREPLACE 0x100000

/* madvise(2). */
#define CORE_MADV_NORMAL	 0
#define CORE_MADV_RANDOM	 1
#define CORE_MADV_SEQUENTIAL	 2
#define CORE_MADV_WILLNEED	 3
#define CORE_MADV_DONTNEED	 4
#define CORE_MADV_FREE		 8
#define CORE_MADV_REMOVE	 9
#define CORE_MADV_DONTFORK	 10
#define CORE_MADV_DOFORK	 11
#define CORE_MADV_MERGEABLE	 12
#define CORE_MADV_UNMERGEABLE	 13
#define CORE_MADV_HUGEPAGE	 14
#define CORE_MADV_NOHUGEPAGE	 15
#define CORE_MADV_DONTDUMP	 16
#define CORE_MADV_DODUMP	 17
#define CORE_MADV_WIPEONFORK	 18
#define CORE_MADV_KEEPONFORK	 19
#define CORE_MADV_COLD		 20
#define CORE_MADV_PAGEOUT	 21
#define CORE_MADV_POPULATE_READ	 22
#define CORE_MADV_POPULATE_WRITE 23

/* msync(2), mlockall(2), mlock2(2), mremap(2). */
#define CORE_MS_ASYNC	      0x1
#define CORE_MS_INVALIDATE    0x2
#define CORE_MS_SYNC	      0x4
#define CORE_MCL_CURRENT      0x1
#define CORE_MCL_FUTURE	      0x2
#define CORE_MCL_ONFAULT      0x4
#define CORE_MLOCK_ONFAULT    0x1
#define CORE_MREMAP_MAYMOVE   0x1
#define CORE_MREMAP_FIXED     0x2
#define CORE_MREMAP_DONTUNMAP 0x4

/* System V IPC (linux/ipc.h, shm.h, sem.h, msg.h). */
#define CORE_IPC_CREAT	  01000
#define CORE_IPC_EXCL	  02000
#define CORE_IPC_NOWAIT	  04000
#define CORE_IPC_PRIVATE  0
#define CORE_IPC_RMID	  0
#define CORE_IPC_SET	  1
#define CORE_IPC_STAT	  2
#define CORE_IPC_INFO	  3
#define CORE_SHM_RDONLY	  010000
#define CORE_SHM_RND	  020000
#define CORE_SHM_REMAP	  040000
#define CORE_SHM_EXEC	  0100000
#define CORE_SHM_LOCK	  11
#define CORE_SHM_UNLOCK	  12
#define CORE_SHM_STAT	  13
#define CORE_SHM_INFO	  14
#define CORE_SHM_STAT_ANY 15
#define CORE_SHM_DEST	  01000 /* in a mode: goes with its last attachment */
#define CORE_SEM_UNDO	  0x1000
#define CORE_GETPID	  11
#define CORE_GETVAL	  12
#define CORE_GETALL	  13
#define CORE_GETNCNT	  14
#define CORE_GETZCNT	  15
#define CORE_SETVAL	  16
#define CORE_SETALL	  17
#define CORE_SEM_STAT	  18
#define CORE_SEM_INFO	  19
#define CORE_SEM_STAT_ANY 20
#define CORE_MSG_STAT	  11
#define CORE_MSG_INFO	  12
#define CORE_MSG_STAT_ANY 13
#define CORE_MSG_NOERROR  010000
#define CORE_MSG_COPY	  040000 /* leaves it in the queue: the nth */

struct core_ipc_perm {
	i32 key;
	u32 uid;
	u32 gid;
	u32 cuid;
	u32 cgid;
	u32 mode;
	u16 seq;
	u16 pad0;
	u32 pad1;
	u64 unused[2];
};
SIZE_ASSERT(struct core_ipc_perm, 48);
OFFSET_ASSERT(struct core_ipc_perm, seq, 24);

struct core_shmid_ds {
	struct core_ipc_perm shm_perm;
	u64 shm_segsz;
	i64 shm_atime;
	i64 shm_dtime;
	i64 shm_ctime;
	i32 shm_cpid;
	i32 shm_lpid;
	u64 shm_nattch;
	u64 unused[2];
};
SIZE_ASSERT(struct core_shmid_ds, 112);
OFFSET_ASSERT(struct core_shmid_ds, shm_nattch, 88);

struct core_semid_ds {
	struct core_ipc_perm sem_perm;
	i64 sem_otime;
	u64 unused1;
	i64 sem_ctime;
	u64 unused2;
	u64 sem_nsems;
	u64 unused3[2];
};
SIZE_ASSERT(struct core_semid_ds, 104);

struct core_msqid_ds {
	struct core_ipc_perm msg_perm;
	i64 msg_stime;
	i64 msg_rtime;
	i64 msg_ctime;
	u64 msg_cbytes;
	u64 msg_qnum;
	u64 msg_qbytes;
	i32 msg_lspid;
	i32 msg_lrpid;
	u64 unused[2];
};
SIZE_ASSERT(struct core_msqid_ds, 120);

struct core_sembuf {
	u16 sem_num;
	i16 sem_op;
	i16 sem_flg;
};
SIZE_ASSERT(struct core_sembuf, 6);

/* Limits, as IPC_INFO tells them beside the highest index in use. */
struct core_seminfo {
	i32 semmap;
	i32 semmni;
	i32 semmns;
	i32 semmnu;
	i32 semmsl;
	i32 semopm;
	i32 semume;
	i32 semusz;
	i32 semvmx;
	i32 semaem;
};
SIZE_ASSERT(struct core_seminfo, 40);

struct core_msginfo {
	i32 msgpool;
	i32 msgmap;
	i32 msgmax;
	i32 msgmnb;
	i32 msgmni;
	i32 msgssz;
	i32 msgtql;
	u16 msgseg;
	u16 pad0;
};
SIZE_ASSERT(struct core_msginfo, 32);

struct core_shminfo {
	u64 shmmax;
	u64 shmmin;
	u64 shmmni;
	u64 shmseg;
	u64 shmall;
	u64 unused[4];
};
SIZE_ASSERT(struct core_shminfo, 72);

#endif
