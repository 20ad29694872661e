/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysctl_sysv.c: kern.ipc.* as ipcs(1) reads it: limits, and an array of
 * all sets, queues and segments in which an object stands at the place its identifier names
 * (its low 16 bits), the upper half being the permissions' seq. Facts: usr.bin/ipcs, the
 * sysctl_* of sys/kern/sysv_{msg,sem,shm}.c.
 *
 * Limits are the host's. An array has as many places as there may be objects, and more when
 * one stands beyond.
 */
#include "lib/mem.h"
#include "personality/freebsd/sysctl.h"
#include "personality/freebsd/sysv.h"

#define PLACE(id) ((u32)(id)&0xffff)

/* One kind of object, by the host's table of them. */
struct kind {
	u32 size; /* of an element of the array */
	/* The table's highest index, or -CORE_E; the limit is put to *most. */
	long (*extent)(u64 *most);
	/* What stands at an index: its identifier, or -CORE_E; element NULL: that is all. */
	long (*at)(i32 index, void *element);
};

static long sem_extent(u64 *most)
{
	struct core_seminfo info = {0};
	long r = EXO_NOW(semctl, 0, 0, CORE_IPC_INFO, &info);

	*most = (u64)MAX(info.semmni, 0);
	return r;
}

static long sem_at(i32 index, void *element)
{
	struct core_semid_ds ds;
	long r = EXO_NOW(semctl, index, 0, CORE_SEM_STAT_ANY, &ds);

	if (r >= 0 && element)
		core_to_freebsd_semid((i32)r, &ds, element);
	return r;
}

static long msg_extent(u64 *most)
{
	struct core_msginfo info = {0};
	long r = EXO_NOW(msgctl, 0, CORE_IPC_INFO, &info);

	*most = (u64)MAX(info.msgmni, 0);
	return r;
}

static long msg_at(i32 index, void *element)
{
	struct core_msqid_ds ds;
	long r = EXO_NOW(msgctl, index, CORE_MSG_STAT_ANY, &ds);

	if (r >= 0 && element)
		core_to_freebsd_msqid((i32)r, &ds, element);
	return r;
}

static long shm_extent(u64 *most)
{
	struct core_shminfo info = {0};
	long r = EXO_NOW(shmctl, 0, CORE_IPC_INFO, &info);

	*most = info.shmmni;
	return r;
}

static long shm_at(i32 index, void *element)
{
	struct core_shmid_ds ds;
	long r = EXO_NOW(shmctl, index, CORE_SHM_STAT_ANY, &ds);

	if (r >= 0 && element)
		core_to_freebsd_shmid((i32)r, &ds, element);
	return r;
}

static const struct kind sem = {sizeof(struct freebsd_semid_kernel), sem_extent, sem_at};
static const struct kind msg = {sizeof(struct freebsd_msqid_kernel), msg_extent, msg_at};
static const struct kind shm = {sizeof(struct freebsd_shmid_kernel), shm_extent, shm_at};

/* How many places the array has; last: the host's highest index. */
static u64 places(const struct kind *k, long *last)
{
	u64 most;

	*last = k->extent(&most);
	most = MIN(most, 0x10000UL);
	for (i32 i = 0; i <= *last; i++) {
		long id = k->at(i, NULL);

		if (id >= 0)
			most = MAX(most, PLACE(id) + 1UL);
	}
	return most;
}

static long answer(struct freebsd_sysctl *req, const struct kind *k)
{
	long last, r;
	u64 n = places(k, &last), bytes = n * k->size;
	char *all, one[sizeof(struct freebsd_msqid_kernel)];

	if (!req->old.addr) {
		req->oldidx += bytes;
		return 0;
	}
	if (bytes == 0)
		return 0;
	all = exo_pages_alloc(bytes);
	if (!all)
		return -CORE_ENOMEM;
	for (i32 i = 0; i <= last; i++) {
		long id;

		memset(one, 0, sizeof(one));
		id = k->at(i, one);
		if (id >= 0 && PLACE(id) < n)
			memcpy(all + PLACE(id) * k->size, one, k->size);
	}
	r = freebsd_sysctl_out(req, all, bytes);
	exo_pages_free(all, bytes);
	return r;
}

long freebsd_sysctl_sysv_sema(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return answer(req, &sem);
}

long freebsd_sysctl_sysv_msqids(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return answer(req, &msg);
}

long freebsd_sysctl_sysv_shmsegs(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	(void)row;
	return answer(req, &shm);
}

static i64 msg_limit(enum freebsd_sysctl_sysv which)
{
	struct core_msginfo info = {0};
	long last;

	EXO_NOW(msgctl, 0, CORE_IPC_INFO, &info);
	switch (which) {
	case FREEBSD_SYSCTL_MSGMAX:
		return info.msgmax;
	case FREEBSD_SYSCTL_MSGMNI:
		return (i64)places(&msg, &last);
	case FREEBSD_SYSCTL_MSGMNB:
		return info.msgmnb;
	case FREEBSD_SYSCTL_MSGTQL:
		return info.msgtql;
	case FREEBSD_SYSCTL_MSGSSZ:
		return info.msgssz;
	default:
		return info.msgseg;
	}
}

static i64 sem_limit(enum freebsd_sysctl_sysv which)
{
	struct core_seminfo info = {0};
	long last;

	EXO_NOW(semctl, 0, 0, CORE_IPC_INFO, &info);
	switch (which) {
	case FREEBSD_SYSCTL_SEMMNI:
		return (i64)places(&sem, &last);
	case FREEBSD_SYSCTL_SEMMNS:
		return info.semmns;
	case FREEBSD_SYSCTL_SEMMNU:
		return info.semmnu;
	case FREEBSD_SYSCTL_SEMMSL:
		return info.semmsl;
	case FREEBSD_SYSCTL_SEMOPM:
		return info.semopm;
	case FREEBSD_SYSCTL_SEMUME:
		return info.semume;
	case FREEBSD_SYSCTL_SEMUSZ:
		return info.semusz;
	case FREEBSD_SYSCTL_SEMVMX:
		return info.semvmx;
	default:
		return info.semaem;
	}
}

static i64 shm_limit(enum freebsd_sysctl_sysv which)
{
	struct core_shminfo info = {0};
	long last;

	EXO_NOW(shmctl, 0, CORE_IPC_INFO, &info);
	switch (which) {
	case FREEBSD_SYSCTL_SHMMAX:
		return (i64)MIN(info.shmmax, EXO_GUEST_HIGH);
	case FREEBSD_SYSCTL_SHMMIN:
		return (i64)info.shmmin;
	case FREEBSD_SYSCTL_SHMMNI:
		return (i64)places(&shm, &last);
	case FREEBSD_SYSCTL_SHMSEG:
		return (i64)info.shmseg;
	default:
		return (i64)info.shmall;
	}
}

long freebsd_sysctl_sysv_limit(struct freebsd_sysctl *req, const struct freebsd_sysctl_row *row)
{
	enum freebsd_sysctl_sysv which = (enum freebsd_sysctl_sysv)row->value;
	i64 n;

	if (which <= FREEBSD_SYSCTL_MSGSEG)
		n = msg_limit(which);
	else if (which <= FREEBSD_SYSCTL_SEMAEM)
		n = sem_limit(which);
	else
		n = shm_limit(which);
	return freebsd_sysctl_out_number(req, row, n);
}
