/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysv_msg.c: System V message queues, which are the host's. Facts:
 * msgget(2), msgsnd(2), msgrcv(2), msgctl(2), sys/msg.h, sys/kern/sysv_msg.c of FreeBSD 14.
 *
 * A message that never fits its queue is refused by FreeBSD and waited for by the host; so
 * the queue is looked at before a wait.
 */
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysv.h"

#define GET_FLAGS (FREEBSD_IPC_CREAT | FREEBSD_IPC_EXCL | 0777)

long freebsd_msgget(struct core_thread *t, INT key, HEX msgflg)
{
	long r = EXO(msgget, key, msgflg & GET_FLAGS);

	(void)t;
	/* Only the owner's bits are looked at when the queue is there. */
	if (r == -CORE_EACCES && (msgflg & 077))
		r = EXO(msgget, key, msgflg & 0700);
	return r;
}

static bool never_fits(int msqid, u64 msgsz)
{
	struct core_msqid_ds ds;

	return EXO_NOW(msgctl, msqid, CORE_IPC_STAT, &ds) == 0 && msgsz > ds.msg_qbytes;
}

long freebsd_msgsnd(struct core_thread *t, INT msqid, IN msgp, SIZE msgsz, HEX msgflg)
{
	long r = EXO(msgsnd, msqid, msgp.addr, msgsz, CORE_IPC_NOWAIT);

	if (r != -CORE_EAGAIN)
		return r;
	if (never_fits(msqid, msgsz))
		return -CORE_EINVAL;
	if (msgflg & FREEBSD_IPC_NOWAIT)
		return r;
	do
		r = EXO(msgsnd, msqid, msgp.addr, msgsz, 0);
	while (freebsd_sysv_again(t, r));
	return freebsd_sysv_final(r);
}

long freebsd_msgrcv(struct core_thread *t, INT msqid, OUT msgp, SIZE msgsz, LONG msgtyp, HEX msgflg)
{
	u32 flags = msgflg & (FREEBSD_IPC_NOWAIT | FREEBSD_MSG_NOERROR); /* the host's values */
	long r;

	msgsz = MIN(msgsz, (u64)INT64_MAX); /* room enough is no error */
	do
		r = EXO(msgrcv, msqid, msgp.addr, msgsz, msgtyp, flags);
	while (freebsd_sysv_again(t, r));
	return freebsd_sysv_final(r);
}

/* Who is no superuser may make a queue smaller; nobody larger than the limit or empty. */
static long change(int msqid, const struct freebsd_ipc_change *to, u64 qbytes)
{
	struct core_msginfo info;
	struct core_msqid_ds ds;
	long r = EXO(msgctl, msqid, CORE_IPC_STAT, &ds);

	if (r < 0 && r != -CORE_EACCES)
		return r;
	if (r == 0 && qbytes > ds.msg_qbytes && EXO(geteuid) != 0)
		return -CORE_EPERM;
	if (EXO(msgctl, 0, CORE_IPC_INFO, &info) >= 0)
		qbytes = MIN(qbytes, (u64)(u32)info.msgmnb);
	if (qbytes == 0)
		return -CORE_EINVAL;
	ds.msg_qbytes = qbytes;
	freebsd_ipc_change(&ds.msg_perm, to);
	return EXO(msgctl, msqid, CORE_IPC_SET, &ds);
}

static long stat_queue(int msqid, struct freebsd_msqid_ds *out)
{
	struct core_msqid_ds ds;
	long r = EXO(msgctl, msqid, CORE_IPC_STAT, &ds);

	if (r >= 0)
		core_to_freebsd_msqid(msqid, &ds, out);
	return r;
}

long freebsd_msgctl(struct core_thread *t, INT msqid, INT cmd, INOUT buf)
{
	struct freebsd_ipc_change to;
	struct freebsd_msqid_ds ds;
	long r;

	(void)t;
	switch (cmd) {
	case FREEBSD_IPC_RMID:
		return EXO(msgctl, msqid, CORE_IPC_RMID);
	case FREEBSD_IPC_SET:
		if (copy_from_guest(&ds, buf, sizeof(ds)) < 0)
			return -CORE_EFAULT;
		to = freebsd_ipc_change_of(&ds.msg_perm);
		return change(msqid, &to, ds.msg_qbytes);
	case FREEBSD_IPC_STAT:
		r = stat_queue(msqid, &ds);
		return r < 0 ? r : copy_to_guest(buf, &ds, sizeof(ds));
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_freebsd7_msgctl(struct core_thread *t, INT msqid, INT cmd, INOUT buf)
{
	struct freebsd7_msqid_ds ds7;
	struct freebsd_ipc_change to;
	struct freebsd_msqid_ds ds;
	long r;

	(void)t;
	switch (cmd) {
	case FREEBSD_IPC_RMID:
		return EXO(msgctl, msqid, CORE_IPC_RMID);
	case FREEBSD_IPC_SET:
		if (copy_from_guest(&ds7, buf, sizeof(ds7)) < 0)
			return -CORE_EFAULT;
		to = freebsd7_ipc_change_of(&ds7.msg_perm);
		return change(msqid, &to, ds7.msg_qbytes);
	case FREEBSD_IPC_STAT:
		r = stat_queue(msqid, &ds);
		if (r < 0)
			return r;
		freebsd_to_freebsd7_msqid(&ds, &ds7);
		return copy_to_guest(buf, &ds7, sizeof(ds7));
	default:
		return -CORE_EINVAL;
	}
}
