/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_ipc.h: System V IPC of illumos/amd64. Facts: usr/src/uts/common/sys/{ipc,
 * ipc_impl,msg,msg_impl,sem,sem_impl,shm,shm_impl}.h.
 */
#ifndef FB_ILLUMOS_ABI_IPC_H
#define FB_ILLUMOS_ABI_IPC_H

#include "core/abi.h"

#define ILLUMOS_IPC_ALLOC  0100000
#define ILLUMOS_IPC_CREAT  01000
#define ILLUMOS_IPC_EXCL   02000
#define ILLUMOS_IPC_NOWAIT 04000
#define ILLUMOS_IPC_RMID   10
#define ILLUMOS_IPC_SET	   11
#define ILLUMOS_IPC_STAT   12
#define ILLUMOS_IPC_SET64  13
#define ILLUMOS_IPC_STAT64 14

enum {
	ILLUMOS_MSGGET,
	ILLUMOS_MSGCTL,
	ILLUMOS_MSGRCV,
	ILLUMOS_MSGSND,
	ILLUMOS_MSGIDS,
	ILLUMOS_MSGSNAP
};
enum { ILLUMOS_SEMCTL, ILLUMOS_SEMGET, ILLUMOS_SEMOP, ILLUMOS_SEMIDS, ILLUMOS_SEMTIMEDOP };
enum { ILLUMOS_SHMAT, ILLUMOS_SHMCTL, ILLUMOS_SHMDT, ILLUMOS_SHMGET, ILLUMOS_SHMIDS };

#define ILLUMOS_MSG_NOERROR 010000

#define ILLUMOS_GETNCNT 3
#define ILLUMOS_GETPID	4
#define ILLUMOS_GETVAL	5
#define ILLUMOS_GETALL	6
#define ILLUMOS_GETZCNT 7
#define ILLUMOS_SETVAL	8
#define ILLUMOS_SETALL	9

#define ILLUMOS_SHM_RDONLY    010000
#define ILLUMOS_SHM_RND	      020000
#define ILLUMOS_SHM_SHARE_MMU 040000
#define ILLUMOS_SHM_PAGEABLE  0100000
#define ILLUMOS_SHM_LOCK      3
#define ILLUMOS_SHM_UNLOCK    4

struct illumos_ipc_perm {
	u32 uid, gid, cuid, cgid, mode, seq;
	i32 key;
};
SIZE_ASSERT(struct illumos_ipc_perm, 28);

struct illumos_ipc_perm64 {
	u32 uid, gid, cuid, cgid, mode;
	i32 key, projid, zoneid;
};
SIZE_ASSERT(struct illumos_ipc_perm64, 32);

struct illumos_msqid_ds {
	struct illumos_ipc_perm msg_perm;
	u32 pad0;
	u64 msg_first, msg_last, msg_cbytes, msg_qnum, msg_qbytes;
	i32 msg_lspid, msg_lrpid;
	i64 msg_stime, msg_rtime, msg_ctime;
	u16 msg_cv, msg_qnum_cv;
	u32 pad1;
	u64 pad2[3];
};
SIZE_ASSERT(struct illumos_msqid_ds, 136);

struct illumos_semid_ds {
	struct illumos_ipc_perm sem_perm;
	u32 pad0;
	u64 sem_base;
	u16 sem_nsems;
	u16 pad1[3];
	i64 sem_otime, sem_ctime;
	i32 sem_binary;
	u32 pad2;
	u64 pad3[3];
};
SIZE_ASSERT(struct illumos_semid_ds, 96);

struct illumos_shmid_ds {
	struct illumos_ipc_perm shm_perm;
	u32 pad0;
	u64 shm_segsz, shm_amp;
	u16 shm_lkcnt, pad1;
	i32 shm_lpid, shm_cpid;
	u32 pad2;
	u64 shm_nattch, shm_cnattch;
	i64 shm_atime, shm_dtime, shm_ctime;
	u64 pad3[4];
};
SIZE_ASSERT(struct illumos_shmid_ds, 136);

struct illumos_msqid_ds64 {
	struct illumos_ipc_perm64 msg_perm;
	u64 msg_cbytes, msg_qnum, msg_qbytes;
	i32 msg_lspid, msg_lrpid;
	i64 msg_stime, msg_rtime, msg_ctime;
};
SIZE_ASSERT(struct illumos_msqid_ds64, 88);

struct illumos_semid_ds64 {
	struct illumos_ipc_perm64 sem_perm;
	u16 sem_nsems, pad0[3];
	i64 sem_otime, sem_ctime;
};
SIZE_ASSERT(struct illumos_semid_ds64, 56);

struct illumos_shmid_ds64 {
	struct illumos_ipc_perm64 shm_perm;
	i32 shm_lpid, shm_cpid;
	u64 shm_segsz, shm_nattch, shm_cnattch, shm_lkcnt;
	i64 shm_atime, shm_dtime, shm_ctime;
};
SIZE_ASSERT(struct illumos_shmid_ds64, 96);

#endif
