/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysv_sem.c: System V semaphores, which are the host's: programs of
 * other systems see the same sets by the same keys and identifiers, and SEM_UNDO is undone
 * by the host whatever ends the process. Facts: semget(2), semop(2), semctl(2), sys/sem.h,
 * sys/kern/sysv_sem.c of FreeBSD 14.
 *
 * Two things differ underneath. FreeBSD looks only at the owner's three bits of what is asked
 * of a set that is there, the host at all nine. And FreeBSD never restarts an interrupted
 * wait, whatever the handler's flags.
 */
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysv.h"

#define GET_FLAGS (FREEBSD_IPC_CREAT | FREEBSD_IPC_EXCL | 0777)

static const struct {
	i32 freebsd, core;
} commands[] = {
    {FREEBSD_GETNCNT, CORE_GETNCNT}, {FREEBSD_GETPID, CORE_GETPID},   {FREEBSD_GETVAL, CORE_GETVAL},
    {FREEBSD_GETALL, CORE_GETALL},   {FREEBSD_GETZCNT, CORE_GETZCNT}, {FREEBSD_SETVAL, CORE_SETVAL},
    {FREEBSD_SETALL, CORE_SETALL},
};

long freebsd_semget(struct core_thread *t, INT key, INT nsems, HEX semflg)
{
	i32 n = MAX(nsems, 0);
	long r = EXO(semget, key, n, semflg & GET_FLAGS);

	(void)t;
	if (r == -CORE_EACCES && (semflg & 077))
		r = EXO(semget, key, n, semflg & 0700);
	return r;
}

/* Nothing to do is done when the set is there; the host would not hear of it. */
static long no_ops(int semid)
{
	struct core_semid_ds ds;
	long r = EXO(semctl, semid, 0, CORE_IPC_STAT, &ds);

	return r == -CORE_EACCES ? 0 : r;
}

long freebsd_semop(struct core_thread *t, INT semid, IN sops, SIZE nsops)
{
	long r;

	if (nsops == 0)
		return no_ops(semid);
	if (nsops > UINT32_MAX)
		return -CORE_E2BIG;
	do
		r = EXO(semop, semid, sops.addr, nsops);
	while (freebsd_sysv_again(t, r));
	return freebsd_sysv_final(r);
}

static long change(int semid, const struct freebsd_ipc_change *to)
{
	struct core_semid_ds ds = {0};

	freebsd_ipc_change(&ds.sem_perm, to);
	return EXO(semctl, semid, 0, CORE_IPC_SET, &ds);
}

static long by_number(int semid, int semnum, int cmd, u64 arg)
{
	for (u32 i = 0; i < ARRAY_LEN(commands); i++) {
		if (commands[i].freebsd != cmd)
			continue;
		if (cmd == FREEBSD_SETVAL)
			arg = (u64)(i64)(i32)arg;
		else if (arg >= EXO_GUEST_HIGH)
			arg = ~0UL;
		return EXO(semctl, semid, semnum, commands[i].core, arg);
	}
	return -CORE_EINVAL;
}

static long stat_set(int semid, int cmd, struct freebsd_semid_ds *out)
{
	struct core_semid_ds ds;
	long r =
	    EXO(semctl, semid, 0, cmd == FREEBSD_SEM_STAT ? CORE_SEM_STAT : CORE_IPC_STAT, &ds);

	if (r >= 0)
		core_to_freebsd_semid(cmd == FREEBSD_SEM_STAT ? (i32)r : semid, &ds, out);
	return r;
}

/* arg points at a union of which a command uses one member: an address or a number. */
static long semctl(int semid, int semnum, int cmd, guest_ptr argp, bool old)
{
	struct freebsd7_semid_ds ds7;
	struct freebsd_semid_ds ds;
	struct freebsd_ipc_change to;
	u64 arg = 0;
	long r, done;

	switch (cmd) {
	case FREEBSD_SEM_STAT:
	case FREEBSD_IPC_SET:
	case FREEBSD_IPC_STAT:
	case FREEBSD_GETALL:
	case FREEBSD_SETVAL:
	case FREEBSD_SETALL:
		if (guest_read_u64(argp, &arg) < 0)
			return -CORE_EFAULT;
		break;
	default:
		break;
	}
	switch (cmd) {
	case FREEBSD_IPC_RMID:
		return EXO(semctl, semid, 0, CORE_IPC_RMID);
	case FREEBSD_IPC_SET:
		r = old ? copy_from_guest(&ds7, gp(arg), sizeof(ds7))
			: copy_from_guest(&ds, gp(arg), sizeof(ds));
		if (r < 0)
			return r;
		to = old ? freebsd7_ipc_change_of(&ds7.sem_perm)
			 : freebsd_ipc_change_of(&ds.sem_perm);
		return change(semid, &to);
	case FREEBSD_SEM_STAT:
	case FREEBSD_IPC_STAT:
		done = stat_set(semid, cmd, &ds);
		if (done < 0)
			return done;
		freebsd_to_freebsd7_semid(&ds, &ds7);
		r = old ? copy_to_guest(gp(arg), &ds7, sizeof(ds7))
			: copy_to_guest(gp(arg), &ds, sizeof(ds));
		return r < 0 ? r : done;
	default:
		return by_number(semid, semnum, cmd, arg);
	}
}

long freebsd___semctl(struct core_thread *t, INT semid, INT semnum, INT cmd, INOUT arg)
{
	(void)t;
	return semctl(semid, semnum, cmd, arg, false);
}

long freebsd_freebsd7___semctl(struct core_thread *t, INT semid, INT semnum, INT cmd, INOUT arg)
{
	(void)t;
	return semctl(semid, semnum, cmd, arg, true);
}
