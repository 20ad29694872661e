/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/sysv.c: System V IPC, which is the host's: programs of other systems see the
 * same objects by the same keys and identifiers, and SEM_UNDO is undone by the host whatever ends
 * the process.
 *
 * What waits is never restarted. A segment is attached where guests may have it (core/shm.c);
 * intimate shared memory (SHM_SHARE_MMU, SHM_PAGEABLE) is a matter of page tables alone.
 *
 * Facts: msgsys(2), semsys(2), shmsys(2) and usr/src/uts/common/os/{msg,shm,ipc}.c, syscall/sem.c.
 */
#include "core/memory.h"
#include "core/signal.h"
#include "personality/illumos/abi_ipc.h"
#include "personality/illumos/illumos.h"
#include "personality/illumos/lwp.h"
#include "personality/illumos/priv.h"
#include "personality/illumos/sysv.h"

#define GET_FLAGS    (ILLUMOS_IPC_CREAT | ILLUMOS_IPC_EXCL | 0777)
#define ID_SEQ_SHIFT 24 /* IPC_SEQ_SHIFT */

/* ---- permissions --------------------------------------------------------------------------- */

static void perm_out(i32 id, const struct core_ipc_perm *from, struct illumos_ipc_perm *to)
{
	*to = (struct illumos_ipc_perm){.uid = from->uid,
					.gid = from->gid,
					.cuid = from->cuid,
					.cgid = from->cgid,
					.mode = (from->mode & 0777) | ILLUMOS_IPC_ALLOC,
					.seq = (u32)id >> ID_SEQ_SHIFT,
					.key = from->key};
}

static void perm64_out(const struct core_ipc_perm *from, struct illumos_ipc_perm64 *to)
{
	*to = (struct illumos_ipc_perm64){.uid = from->uid,
					  .gid = from->gid,
					  .cuid = from->cuid,
					  .cgid = from->cgid,
					  .mode = (from->mode & 0777) | ILLUMOS_IPC_ALLOC,
					  .key = from->key};
}

/* What IPC_SET may change; the same members come first in both. */
struct change {
	u32 uid, gid, cuid, cgid, mode;
};
_Static_assert(offsetof(struct illumos_ipc_perm, mode) == offsetof(struct change, mode) &&
		   offsetof(struct illumos_ipc_perm64, mode) == offsetof(struct change, mode),
	       "both begin alike");

static long perm_in(guest_ptr from, struct core_ipc_perm *to)
{
	struct change c;

	if (copy_from_guest(&c, from, sizeof(c)) < 0)
		return -CORE_EFAULT;
	to->uid = c.uid;
	to->gid = c.gid;
	to->mode = c.mode & 0777;
	return 0;
}

static bool again(struct core_thread *t, long r)
{
	if (r != -CORE_EINTR && r != -CORE_ERESTART_ALWAYS)
		return false;
	return !t->exo.interrupted || core_signal_absorb(t);
}

static long final(long r)
{
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

/* Identifiers there are: by a table's index the host tells each. */
static long identifiers(enum exo_op op, int by_index, guest_ptr buf, u32 room, guest_ptr countp)
{
	union {
		struct core_semid_ds sem;
		struct core_msqid_ds msg;
		struct core_shmid_ds shm;
		u64 words[16];
	} ds;
	u32 n = 0;
	long last;

	if (!buf.addr)
		room = 0;
	/* *_INFO says the highest index; semctl has its buffer one argument later. */
	last = op == EXO_semctl	  ? EXO_NOW(semctl, 0, 0, CORE_SEM_INFO, &ds)
	       : op == EXO_msgctl ? EXO_NOW(msgctl, 0, CORE_MSG_INFO, &ds)
				  : EXO_NOW(shmctl, 0, CORE_SHM_INFO, &ds);
	for (int pass = 0; pass < 2; pass++) {
		u32 at = 0;

		for (long i = 0; i <= last; i++) {
			long id = op == EXO_semctl   ? EXO_NOW(semctl, i, 0, by_index, &ds)
				  : op == EXO_msgctl ? EXO_NOW(msgctl, i, by_index, &ds)
						     : EXO_NOW(shmctl, i, by_index, &ds);

			if (id < 0)
				continue;
			if (pass && n <= room && at < n &&
			    guest_write_u32(gp(buf.addr + 4ul * at), (u32)id) < 0)
				return -CORE_EFAULT;
			at++;
		}
		if (!pass)
			n = at;
	}
	return guest_write_u32(countp, n);
}

/* ---- messages ------------------------------------------------------------------------------ */

/* A message that never fits its queue is refused, and by the host waited for. */
static long msgsnd(struct core_thread *t, int id, guest_ptr msg, u64 size, u32 flags)
{
	struct core_msqid_ds ds;
	long r = EXO(msgsnd, id, msg.addr, size, CORE_IPC_NOWAIT);

	if (r != -CORE_EAGAIN)
		return r;
	if (EXO_NOW(msgctl, id, CORE_IPC_STAT, &ds) == 0 && size > ds.msg_qbytes)
		return -CORE_EINVAL;
	if (flags & ILLUMOS_IPC_NOWAIT)
		return r;
	do
		r = EXO(msgsnd, id, msg.addr, size, 0);
	while (again(t, r));
	return final(r);
}

static long msgrcv(struct core_thread *t, int id, guest_ptr msg, u64 size, long type, u32 flags)
{
	long r;

	if ((i64)size < 0)
		return -CORE_EINVAL;
	flags &= ILLUMOS_IPC_NOWAIT | ILLUMOS_MSG_NOERROR; /* the hub's values */
	do
		r = EXO(msgrcv, id, msg.addr, size, type, flags);
	while (again(t, r));
	return final(r);
}

static long msg_set(int id, guest_ptr arg, u64 qbytes_at)
{
	struct core_msqid_ds ds;
	u64 qbytes;
	long r = EXO(msgctl, id, CORE_IPC_STAT, &ds);

	if (r < 0 && r != -CORE_EACCES)
		return r;
	if (guest_read_u64(gp(arg.addr + qbytes_at), &qbytes) < 0 || perm_in(arg, &ds.msg_perm) < 0)
		return -CORE_EFAULT;
	if (r == 0 && qbytes > ds.msg_qbytes &&
	    !illumos_priv_has(core_self(), ILLUMOS_PRIV_SYS_IPC_CONFIG))
		return -CORE_EPERM;
	ds.msg_qbytes = qbytes;
	return EXO(msgctl, id, CORE_IPC_SET, &ds);
}

static long msgctl(int id, int cmd, guest_ptr arg)
{
	struct illumos_msqid_ds64 out64 = {0};
	struct illumos_msqid_ds out = {0};
	struct core_msqid_ds ds;
	long r;

	switch (cmd) {
	case ILLUMOS_IPC_RMID:
		return EXO(msgctl, id, CORE_IPC_RMID);
	case ILLUMOS_IPC_SET:
		return msg_set(id, arg, offsetof(struct illumos_msqid_ds, msg_qbytes));
	case ILLUMOS_IPC_SET64:
		return msg_set(id, arg, offsetof(struct illumos_msqid_ds64, msg_qbytes));
	case ILLUMOS_IPC_STAT:
	case ILLUMOS_IPC_STAT64:
		r = EXO(msgctl, id, CORE_IPC_STAT, &ds);
		if (r < 0)
			return r;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (cmd == ILLUMOS_IPC_STAT) {
		perm_out(id, &ds.msg_perm, &out.msg_perm);
		out.msg_cbytes = ds.msg_cbytes;
		out.msg_qnum = ds.msg_qnum;
		out.msg_qbytes = ds.msg_qbytes;
		out.msg_lspid = ds.msg_lspid;
		out.msg_lrpid = ds.msg_lrpid;
		out.msg_stime = ds.msg_stime;
		out.msg_rtime = ds.msg_rtime;
		out.msg_ctime = ds.msg_ctime;
		return copy_to_guest(arg, &out, sizeof(out));
	}
	perm64_out(&ds.msg_perm, &out64.msg_perm);
	out64.msg_cbytes = ds.msg_cbytes;
	out64.msg_qnum = ds.msg_qnum;
	out64.msg_qbytes = ds.msg_qbytes;
	out64.msg_lspid = ds.msg_lspid;
	out64.msg_lrpid = ds.msg_lrpid;
	out64.msg_stime = ds.msg_stime;
	out64.msg_rtime = ds.msg_rtime;
	out64.msg_ctime = ds.msg_ctime;
	return copy_to_guest(arg, &out64, sizeof(out64));
}

long illumos_msgsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4,
		    ULONG a5)
{
	switch (code) {
	case ILLUMOS_MSGGET:
		return EXO(msgget, (i32)a1, a2 & GET_FLAGS);
	case ILLUMOS_MSGCTL:
		return msgctl((int)a1, (int)a2, gp(a3));
	case ILLUMOS_MSGRCV:
		return msgrcv(t, (int)a1, gp(illumos_fence(a2)), a3, (long)a4, (u32)a5);
	case ILLUMOS_MSGSND:
		return msgsnd(t, (int)a1, gp(illumos_fence(a2)), a3, (u32)a4);
	case ILLUMOS_MSGIDS:
		return identifiers(EXO_msgctl, CORE_MSG_STAT_ANY, gp(a1), (u32)a2, gp(a3));
	case ILLUMOS_MSGSNAP:
		return illumos_msgsnap((int)a1, gp(a2), a3, (i64)a4);
	default:
		return -CORE_EINVAL;
	}
}

/* ---- semaphores ---------------------------------------------------------------------------- */

static const struct {
	i32 illumos, core;
} commands[] = {
    {ILLUMOS_GETNCNT, CORE_GETNCNT}, {ILLUMOS_GETPID, CORE_GETPID},   {ILLUMOS_GETVAL, CORE_GETVAL},
    {ILLUMOS_GETALL, CORE_GETALL},   {ILLUMOS_GETZCNT, CORE_GETZCNT}, {ILLUMOS_SETVAL, CORE_SETVAL},
    {ILLUMOS_SETALL, CORE_SETALL},
};

static long semctl(int id, u32 num, int cmd, u64 arg)
{
	struct illumos_semid_ds64 out64 = {0};
	struct illumos_semid_ds out = {0};
	struct core_semid_ds ds = {0};
	long r;

	switch (cmd) {
	case ILLUMOS_IPC_RMID:
		return EXO(semctl, id, 0, CORE_IPC_RMID);
	case ILLUMOS_IPC_SET:
	case ILLUMOS_IPC_SET64:
		r = perm_in(gp(arg), &ds.sem_perm);
		return r < 0 ? r : EXO(semctl, id, 0, CORE_IPC_SET, &ds);
	case ILLUMOS_IPC_STAT:
	case ILLUMOS_IPC_STAT64:
		r = EXO(semctl, id, 0, CORE_IPC_STAT, &ds);
		if (r < 0)
			return r;
		break;
	default:
		for (u32 i = 0; i < ARRAY_LEN(commands); i++) {
			if (commands[i].illumos != cmd)
				continue;
			if (cmd == ILLUMOS_SETVAL)
				arg = (u64)(i64)(i32)arg;
			else if (arg >= EXO_GUEST_HIGH)
				arg = ~0UL;
			return EXO(semctl, id, num, commands[i].core, arg);
		}
		return -CORE_EINVAL;
	}
	if (cmd == ILLUMOS_IPC_STAT) {
		perm_out(id, &ds.sem_perm, &out.sem_perm);
		out.sem_nsems = (u16)ds.sem_nsems;
		out.sem_otime = ds.sem_otime;
		out.sem_ctime = ds.sem_ctime;
		return copy_to_guest(gp(arg), &out, sizeof(out));
	}
	perm64_out(&ds.sem_perm, &out64.sem_perm);
	out64.sem_nsems = (u16)ds.sem_nsems;
	out64.sem_otime = ds.sem_otime;
	out64.sem_ctime = ds.sem_ctime;
	return copy_to_guest(gp(arg), &out64, sizeof(out64));
}

/* Nothing to do is done when the set is there; the host would not hear of it. */
static long no_ops(int id)
{
	struct core_semid_ds ds;
	long r = EXO(semctl, id, 0, CORE_IPC_STAT, &ds);

	return r == -CORE_EACCES ? 0 : r;
}

static long semop(struct core_thread *t, int id, guest_ptr ops, u64 n, guest_ptr timeout)
{
	struct illumos_wait w;
	long r = illumos_wait_begin(timeout, &w);

	if (r < 0)
		return r;
	if (n == 0)
		return no_ops(id);
	if (n > UINT32_MAX)
		return -CORE_E2BIG;
	do {
		struct core_timespec left = {0, 0};
		struct exo_time now;

		if (w.timed && !w.now) {
			exo_clock_gettime(CORE_CLOCK_MONOTONIC, &now);
			left.tv_sec = w.until.tv_sec - now.sec;
			left.tv_nsec = w.until.tv_nsec - now.nsec;
			if (left.tv_nsec < 0) {
				left.tv_nsec += 1000000000;
				left.tv_sec--;
			}
			if (left.tv_sec < 0)
				left = (struct core_timespec){0, 0};
		}
		r = w.timed ? EXO(semtimedop, id, ops.addr, n, &left) : EXO(semop, id, ops.addr, n);
	} while (again(t, r));
	return final(r);
}

long illumos_semsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3, ULONG a4)
{
	switch (code) {
	case ILLUMOS_SEMCTL:
		return semctl((int)a1, (u32)a2, (int)a3, a4);
	case ILLUMOS_SEMGET:
		return EXO(semget, (i32)a1, (i32)a2, a3 & GET_FLAGS);
	case ILLUMOS_SEMOP:
		return semop(t, (int)a1, gp(illumos_fence(a2)), a3, gp(0));
	case ILLUMOS_SEMTIMEDOP:
		return semop(t, (int)a1, gp(illumos_fence(a2)), a3, gp(a4));
	case ILLUMOS_SEMIDS:
		return identifiers(EXO_semctl, CORE_SEM_STAT_ANY, gp(a1), (u32)a2, gp(a3));
	default:
		return -CORE_EINVAL;
	}
}

/* ---- shared memory ------------------------------------------------------------------------- */

static long shmctl(int id, int cmd, guest_ptr arg)
{
	struct illumos_shmid_ds64 out64 = {0};
	struct illumos_shmid_ds out = {0};
	struct core_shmid_ds ds = {0};
	long r;

	switch (cmd) {
	case ILLUMOS_IPC_RMID:
		return EXO(shmctl, id, CORE_IPC_RMID);
	case ILLUMOS_IPC_SET:
	case ILLUMOS_IPC_SET64:
		r = perm_in(arg, &ds.shm_perm);
		return r < 0 ? r : EXO(shmctl, id, CORE_IPC_SET, &ds);
	case ILLUMOS_SHM_LOCK:
	case ILLUMOS_SHM_UNLOCK:
		if (!illumos_priv_has(core_self(), ILLUMOS_PRIV_PROC_LOCK_MEMORY))
			return -CORE_EPERM;
		return EXO(shmctl, id, cmd == ILLUMOS_SHM_LOCK ? CORE_SHM_LOCK : CORE_SHM_UNLOCK);
	case ILLUMOS_IPC_STAT:
	case ILLUMOS_IPC_STAT64:
		r = EXO(shmctl, id, CORE_IPC_STAT, &ds);
		if (r < 0)
			return r;
		break;
	default:
		return -CORE_EINVAL;
	}
	if (cmd == ILLUMOS_IPC_STAT) {
		perm_out(id, &ds.shm_perm, &out.shm_perm);
		out.shm_segsz = ds.shm_segsz;
		out.shm_lpid = ds.shm_lpid;
		out.shm_cpid = ds.shm_cpid;
		out.shm_nattch = ds.shm_nattch;
		out.shm_atime = ds.shm_atime;
		out.shm_dtime = ds.shm_dtime;
		out.shm_ctime = ds.shm_ctime;
		return copy_to_guest(arg, &out, sizeof(out));
	}
	perm64_out(&ds.shm_perm, &out64.shm_perm);
	out64.shm_segsz = ds.shm_segsz;
	out64.shm_lpid = ds.shm_lpid;
	out64.shm_cpid = ds.shm_cpid;
	out64.shm_nattch = ds.shm_nattch;
	out64.shm_atime = ds.shm_atime;
	out64.shm_dtime = ds.shm_dtime;
	out64.shm_ctime = ds.shm_ctime;
	return copy_to_guest(arg, &out64, sizeof(out64));
}

static long shmat(int id, u64 addr, u32 flags)
{
	int core = flags & ILLUMOS_SHM_RDONLY ? CORE_SHM_RDONLY : 0;

	if (addr && (flags & ILLUMOS_SHM_RND))
		core |= CORE_SHM_RND;
	return core_shmat(id, addr, core);
}

long illumos_shmsys(struct core_thread *t, INT code, ULONG a1, ULONG a2, ULONG a3)
{
	(void)t;
	switch (code) {
	case ILLUMOS_SHMAT:
		return shmat((int)a1, a2, (u32)a3);
	case ILLUMOS_SHMCTL:
		return shmctl((int)a1, (int)a2, gp(a3));
	case ILLUMOS_SHMDT:
		return core_shmdt(a1);
	case ILLUMOS_SHMGET:
		return EXO(shmget, (i32)a1, a2, a3 & GET_FLAGS);
	case ILLUMOS_SHMIDS:
		return identifiers(EXO_shmctl, CORE_SHM_STAT_ANY, gp(a1), (u32)a2, gp(a3));
	default:
		return -CORE_EINVAL;
	}
}
