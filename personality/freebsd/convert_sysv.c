/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/convert_sysv.c: the structures of System V IPC. Facts: sys/ipc.h,
 * sys/sem.h, sys/msg.h, sys/shm.h, and the *_old conversions of sys/kern/sysv_ipc.c.
 */
#include "lib/mem.h"
#include "personality/freebsd/sysv.h"

static void perm_to_freebsd(i32 id, const struct core_ipc_perm *from, struct freebsd_ipc_perm *to)
{
	to->cuid = from->cuid;
	to->cgid = from->cgid;
	to->uid = from->uid;
	to->gid = from->gid;
	to->mode = (u16)(from->mode & 0777);
	to->seq = (u16)((u32)id >> 16); /* an identifier is that and a place in a table */
	to->pad0 = 0;
	to->key = from->key;
}

static void perm_to_freebsd7(const struct freebsd_ipc_perm *from, struct freebsd7_ipc_perm *to)
{
	to->cuid = (u16)from->cuid;
	to->cgid = (u16)from->cgid;
	to->uid = (u16)from->uid;
	to->gid = (u16)from->gid;
	to->mode = from->mode;
	to->seq = from->seq;
	to->pad0 = 0;
	to->key = from->key;
}

void core_to_freebsd_semid(i32 id, const struct core_semid_ds *from, struct freebsd_semid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd(id, &from->sem_perm, &to->sem_perm);
	to->sem_perm.mode |= FREEBSD_SEM_ALLOC;
	to->sem_nsems = (u16)MIN(from->sem_nsems, (u64)UINT16_MAX);
	to->sem_otime = from->sem_otime;
	to->sem_ctime = from->sem_ctime;
}

void core_to_freebsd_msqid(i32 id, const struct core_msqid_ds *from, struct freebsd_msqid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd(id, &from->msg_perm, &to->msg_perm);
	to->msg_cbytes = from->msg_cbytes;
	to->msg_qnum = from->msg_qnum;
	to->msg_qbytes = from->msg_qbytes;
	to->msg_lspid = from->msg_lspid;
	to->msg_lrpid = from->msg_lrpid;
	to->msg_stime = from->msg_stime;
	to->msg_rtime = from->msg_rtime;
	to->msg_ctime = from->msg_ctime;
}

/* A segment has whole pages there. */
void core_to_freebsd_shmid(i32 id, const struct core_shmid_ds *from, struct freebsd_shmid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd(id, &from->shm_perm, &to->shm_perm);
	to->shm_perm.mode |= FREEBSD_SHMSEG_ALLOCATED;
	if (from->shm_perm.mode & CORE_SHM_DEST)
		to->shm_perm.mode |= FREEBSD_SHMSEG_REMOVED;
	to->shm_segsz = ALIGN_UP(from->shm_segsz, PAGE_SIZE);
	to->shm_lpid = from->shm_lpid;
	to->shm_cpid = from->shm_cpid;
	to->shm_nattch = (u32)from->shm_nattch;
	to->shm_atime = from->shm_atime;
	to->shm_dtime = from->shm_dtime;
	to->shm_ctime = from->shm_ctime;
}

void freebsd_to_freebsd7_semid(const struct freebsd_semid_ds *from, struct freebsd7_semid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd7(&from->sem_perm, &to->sem_perm);
	to->sem_nsems = from->sem_nsems;
	to->sem_otime = from->sem_otime;
	to->sem_ctime = from->sem_ctime;
}

void freebsd_to_freebsd7_msqid(const struct freebsd_msqid_ds *from, struct freebsd7_msqid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd7(&from->msg_perm, &to->msg_perm);
	to->msg_cbytes = from->msg_cbytes;
	to->msg_qnum = from->msg_qnum;
	to->msg_qbytes = from->msg_qbytes;
	to->msg_lspid = from->msg_lspid;
	to->msg_lrpid = from->msg_lrpid;
	to->msg_stime = from->msg_stime;
	to->msg_rtime = from->msg_rtime;
	to->msg_ctime = from->msg_ctime;
}

void freebsd_to_freebsd7_shmid(const struct freebsd_shmid_ds *from, struct freebsd7_shmid_ds *to)
{
	memset(to, 0, sizeof(*to));
	perm_to_freebsd7(&from->shm_perm, &to->shm_perm);
	to->shm_segsz = (i32)MIN(from->shm_segsz, (u64)INT32_MAX);
	to->shm_lpid = from->shm_lpid;
	to->shm_cpid = from->shm_cpid;
	to->shm_nattch = (i16)MIN(from->shm_nattch, (u32)INT16_MAX);
	to->shm_atime = from->shm_atime;
	to->shm_dtime = from->shm_dtime;
	to->shm_ctime = from->shm_ctime;
}

struct freebsd_ipc_change freebsd_ipc_change_of(const struct freebsd_ipc_perm *perm)
{
	return (struct freebsd_ipc_change){perm->uid, perm->gid, perm->mode};
}

struct freebsd_ipc_change freebsd7_ipc_change_of(const struct freebsd7_ipc_perm *perm)
{
	return (struct freebsd_ipc_change){perm->uid, perm->gid, perm->mode};
}

void freebsd_ipc_change(struct core_ipc_perm *to, const struct freebsd_ipc_change *change)
{
	to->uid = change->uid;
	to->gid = change->gid;
	to->mode = change->mode & 0777;
}
