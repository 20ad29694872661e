/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysv_shm.c: System V shared memory, the host's segments attached where
 * guests may have them (core/shm.c). Facts: shmget(2), shmat(2), shmctl(2), sys/shm.h,
 * sys/kern/sysv_shm.c of FreeBSD 14.
 *
 * A segment is whole pages there, and asking for one that exists needs no permission:
 * attaching it does.
 */
#include "core/memory.h"
#include "personality/freebsd/freebsd.h"
#include "personality/freebsd/sysv.h"

#define GET_FLAGS (FREEBSD_IPC_CREAT | FREEBSD_IPC_EXCL | 0777)

long freebsd_shmget(struct core_thread *t, INT key, SIZE size, HEX shmflg)
{
	u32 flags = shmflg & GET_FLAGS;
	u64 pages = ALIGN_UP(size, PAGE_SIZE);
	long r;

	(void)t;
	if (size > EXO_GUEST_HIGH)
		return -CORE_EINVAL;
	r = EXO(shmget, key, pages, flags);
	if (key == FREEBSD_IPC_PRIVATE)
		return r;
	/* One that a program of the host made may end within a page. */
	if (r == -CORE_EINVAL && pages != size)
		r = EXO(shmget, key, size, flags & ~(u32)FREEBSD_IPC_CREAT);
	if (r == -CORE_EACCES)
		r = EXO(shmget, key, size, 0);
	return r;
}

long freebsd_shmat(struct core_thread *t, INT shmid, ADDR shmaddr, HEX shmflg)
{
	struct core_shmid_ds ds;
	int flags = 0;
	long r;

	(void)t;
	if (shmflg & FREEBSD_SHM_RDONLY)
		flags |= CORE_SHM_RDONLY;
	if (shmaddr && (shmflg & FREEBSD_SHM_RND))
		flags |= CORE_SHM_RND;
	/* SHM_REMAP is written as both other bits, and either of them has its effect. */
	if (shmaddr && (shmflg & FREEBSD_SHM_REMAP))
		flags |= CORE_SHM_REMAP;
	r = core_shmat(shmid, shmaddr, flags);
	if (r != -CORE_EINVAL || ((shmaddr & PAGE_MASK) && !(flags & CORE_SHM_RND)))
		return r;
	return EXO(shmctl, shmid, CORE_IPC_STAT, &ds) == 0 ? -CORE_ENOMEM : r;
}

long freebsd_shmdt(struct core_thread *t, ADDR shmaddr)
{
	(void)t;
	return core_shmdt(shmaddr);
}

static long change(int shmid, const struct freebsd_ipc_change *to)
{
	struct core_shmid_ds ds = {0};

	freebsd_ipc_change(&ds.shm_perm, to);
	return EXO(shmctl, shmid, CORE_IPC_SET, &ds);
}

static long stat_segment(int shmid, struct freebsd_shmid_ds *out)
{
	struct core_shmid_ds ds;
	long r = EXO(shmctl, shmid, CORE_IPC_STAT, &ds);

	if (r >= 0)
		core_to_freebsd_shmid(shmid, &ds, out);
	return r;
}

long freebsd_shmctl(struct core_thread *t, INT shmid, INT cmd, INOUT buf)
{
	struct freebsd_ipc_change to;
	struct freebsd_shmid_ds ds;
	long r;

	(void)t;
	switch (cmd) {
	case FREEBSD_IPC_RMID:
		return EXO(shmctl, shmid, CORE_IPC_RMID);
	case FREEBSD_IPC_SET:
		if (copy_from_guest(&ds, buf, sizeof(ds)) < 0)
			return -CORE_EFAULT;
		to = freebsd_ipc_change_of(&ds.shm_perm);
		return change(shmid, &to);
	case FREEBSD_IPC_STAT:
		r = stat_segment(shmid, &ds);
		return r < 0 ? r : copy_to_guest(buf, &ds, sizeof(ds));
	default:
		return -CORE_EINVAL;
	}
}

long freebsd_freebsd7_shmctl(struct core_thread *t, INT shmid, INT cmd, INOUT buf)
{
	struct freebsd7_shmid_ds ds7;
	struct freebsd_ipc_change to;
	struct freebsd_shmid_ds ds;
	long r;

	(void)t;
	switch (cmd) {
	case FREEBSD_IPC_RMID:
		return EXO(shmctl, shmid, CORE_IPC_RMID);
	case FREEBSD_IPC_SET:
		if (copy_from_guest(&ds7, buf, sizeof(ds7)) < 0)
			return -CORE_EFAULT;
		to = freebsd7_ipc_change_of(&ds7.shm_perm);
		return change(shmid, &to);
	case FREEBSD_IPC_STAT:
		r = stat_segment(shmid, &ds);
		if (r < 0)
			return r;
		freebsd_to_freebsd7_shmid(&ds, &ds7);
		return copy_to_guest(buf, &ds7, sizeof(ds7));
	default:
		return -CORE_EINVAL;
	}
}
