/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/umtx_robust.c: what becomes of a thread's robust mutexes when it ends.
 *
 * A thread tells (UMTX_OP_ROBUST_LISTS) where the heads of two lists are, of shared and of
 * private mutexes it holds, linked through m_rb_lnk, and where the one is noted that it is
 * just taking or giving back. Everything is the guest's memory: a list that leads nowhere
 * ends there, and one that never ends is left after as many mutexes as the original kernel
 * allows. Of a process that a signal ends nobody is left to do this: whoever waits for a
 * shared one looks whether its owner is still there (umtx_mutex.c). Facts: sys/kern/kern_umtx.c,
 * umtx_thread_cleanup and what it calls.
 */
#include "core/guest.h"
#include "core/process.h"
#include "core/threads.h"
#include "personality/freebsd/umtx.h"

#define ROBUST_MAX 1000 /* kern.ipc.umtx_max_robust */

static bool hand_on(struct core_thread *t, u64 at, u64 *next, bool in_transit)
{
	struct freebsd_umutex m;

	if (copy_from_guest(&m, gp(at), sizeof(m)) < 0)
		return false;
	*next = m.m_rb_lnk;
	if (!(m.m_flags & FREEBSD_UMUTEX_ROBUST))
		return false;
	if (((u32)m.m_owner & ~FREEBSD_UMUTEX_CONTESTED) != (u32)freebsd_tid(t->exo.tid))
		return in_transit; /* the note is removed after the unlock */
	return freebsd_umutex_abandon(t, gp(at)) == 0;
}

static void walk(struct core_thread *t, u64 head, u64 *in_transit)
{
	u64 at;

	if (!head || guest_read_u64(gp(head), &at) < 0)
		return;
	for (u32 n = 0; at && n < ROBUST_MAX; n++) {
		bool noted = at == *in_transit;

		if (noted)
			*in_transit = 0;
		if (!hand_on(t, at, &at, noted))
			break;
	}
}

void freebsd_umtx_thread_end(struct core_thread *t)
{
	u64 in_transit = 0, next;

	if (t->abi_data[FREEBSD_T_ROBUST_INACT])
		guest_read_u64(gp(t->abi_data[FREEBSD_T_ROBUST_INACT]), &in_transit);
	walk(t, t->abi_data[FREEBSD_T_ROBUST_OFFSET], &in_transit);
	walk(t, t->abi_data[FREEBSD_T_ROBUST_PRIV], &in_transit);
	if (in_transit)
		hand_on(t, in_transit, &next, true);
}

void freebsd_umtx_leave(struct core_thread *t)
{
	freebsd_umtx_thread_end(t);
	core_thread_each_other(t, freebsd_umtx_thread_end);
	freebsd_umtx_ceiling(t, FREEBSD_NO_CEILING);
}
