/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_ipc.h: System V IPC beside what abi_memory.h has: the bits the
 * kernel keeps in modes, the layouts of FreeBSD 7 and before (*_old, COMPAT_FREEBSD7), and
 * the arrays of kern.ipc that ipcs(1) reads. Facts: sys/ipc.h, sys/sem.h, sys/msg.h,
 * sys/shm.h.
 */
#ifndef FB_FREEBSD_ABI_IPC_H
#define FB_FREEBSD_ABI_IPC_H

#include "personality/freebsd/abi_memory.h"

#define FREEBSD_SEM_ALLOC	 0x200
#define FREEBSD_SHMSEG_REMOVED	 0x400
#define FREEBSD_SHMSEG_ALLOCATED 0x800

struct freebsd7_ipc_perm {
	u16 cuid;
	u16 cgid;
	u16 uid;
	u16 gid;
	u16 mode;
	u16 seq;
	u32 pad0;
	i64 key;
};
SIZE_ASSERT(struct freebsd7_ipc_perm, 24);

struct freebsd7_semid_ds {
	struct freebsd7_ipc_perm sem_perm;
	u64 sem_base;
	u16 sem_nsems;
	u16 pad0[3];
	i64 sem_otime;
	i64 sem_pad1;
	i64 sem_ctime;
	i64 sem_pad2;
	i64 sem_pad3[4];
};
SIZE_ASSERT(struct freebsd7_semid_ds, 104);

struct freebsd7_msqid_ds {
	struct freebsd7_ipc_perm msg_perm;
	u64 msg_first;
	u64 msg_last;
	u64 msg_cbytes;
	u64 msg_qnum;
	u64 msg_qbytes;
	i32 msg_lspid;
	i32 msg_lrpid;
	i64 msg_stime;
	i64 msg_pad1;
	i64 msg_rtime;
	i64 msg_pad2;
	i64 msg_ctime;
	i64 msg_pad3;
	i64 msg_pad4[4];
};
SIZE_ASSERT(struct freebsd7_msqid_ds, 152);

struct freebsd7_shmid_ds {
	struct freebsd7_ipc_perm shm_perm;
	i32 shm_segsz;
	i32 shm_lpid;
	i32 shm_cpid;
	i16 shm_nattch;
	u16 pad0;
	i64 shm_atime;
	i64 shm_dtime;
	i64 shm_ctime;
	u64 shm_internal;
};
SIZE_ASSERT(struct freebsd7_shmid_ds, 72);

/* Elements of kern.ipc.sema, msqids and shmsegs; the pointers are the kernel's own. */
struct freebsd_semid_kernel {
	struct freebsd_semid_ds u;
	u64 label, cred;
};
SIZE_ASSERT(struct freebsd_semid_kernel, 80);

struct freebsd_msqid_kernel {
	struct freebsd_msqid_ds u;
	u64 label, cred;
};
SIZE_ASSERT(struct freebsd_msqid_kernel, 120);

struct freebsd_shmid_kernel {
	struct freebsd_shmid_ds u;
	u64 object, label, cred;
};
SIZE_ASSERT(struct freebsd_shmid_kernel, 104);

#endif
