/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/sysv.h: what the files of System V IPC share.
 */
#ifndef FB_FREEBSD_SYSV_H
#define FB_FREEBSD_SYSV_H

#include "core/abi.h"
#include "core/signal.h"
#include "personality/freebsd/abi_ipc.h"

/* id: the object's identifier, whose upper half FreeBSD has in the permissions too. */
void core_to_freebsd_semid(i32 id, const struct core_semid_ds *from, struct freebsd_semid_ds *to);
void core_to_freebsd_msqid(i32 id, const struct core_msqid_ds *from, struct freebsd_msqid_ds *to);
void core_to_freebsd_shmid(i32 id, const struct core_shmid_ds *from, struct freebsd_shmid_ds *to);

/* The layouts of FreeBSD 7 and before; users and groups above 65535 lose their upper half. */
void freebsd_to_freebsd7_semid(const struct freebsd_semid_ds *from, struct freebsd7_semid_ds *to);
void freebsd_to_freebsd7_msqid(const struct freebsd_msqid_ds *from, struct freebsd7_msqid_ds *to);
void freebsd_to_freebsd7_shmid(const struct freebsd_shmid_ds *from, struct freebsd7_shmid_ds *to);

/* What IPC_SET may change of an object's permissions; the rest of *to stays. */
struct freebsd_ipc_change {
	u32 uid, gid;
	u16 mode;
};
struct freebsd_ipc_change freebsd_ipc_change_of(const struct freebsd_ipc_perm *perm);
struct freebsd_ipc_change freebsd7_ipc_change_of(const struct freebsd7_ipc_perm *perm);
void freebsd_ipc_change(struct core_ipc_perm *to, const struct freebsd_ipc_change *change);

/* An interrupted wait goes on when no handler is going to run; these waits never restart. */
static inline bool freebsd_sysv_again(struct core_thread *t, long r)
{
	if (r != -CORE_EINTR && r != -CORE_ERESTART_ALWAYS)
		return false;
	return !t->exo.interrupted || core_signal_absorb(t);
}

static inline long freebsd_sysv_final(long r)
{
	return r == -CORE_EINTR ? -CORE_EINTR_FINAL : r;
}

#endif
