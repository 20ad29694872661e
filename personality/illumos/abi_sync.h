/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/abi_sync.h: synchronisation objects as libraries and kernel share them.
 *
 * Facts: usr/src/uts/common/sys/synch.h; which bytes mean what: usr/src/uts/intel/sys/synch32.h.
 */
#ifndef FB_ILLUMOS_ABI_SYNC_H
#define FB_ILLUMOS_ABI_SYNC_H

#include "lib/base.h"

/* Types */
#define ILLUMOS_USYNC_PROCESS	  0x01
#define ILLUMOS_LOCK_ERRORCHECK	  0x02
#define ILLUMOS_LOCK_RECURSIVE	  0x04
#define ILLUMOS_LOCK_PRIO_INHERIT 0x10
#define ILLUMOS_LOCK_PRIO_PROTECT 0x20
#define ILLUMOS_LOCK_ROBUST	  0x40

/* flag of a robust mutex */
#define ILLUMOS_LOCK_OWNERDEAD	    1
#define ILLUMOS_LOCK_NOTRECOVERABLE 2
#define ILLUMOS_LOCK_INITED	    4
#define ILLUMOS_LOCK_UNMAPPED	    8

struct illumos_mutex {
	u16 flag;
	u8 flag2, ceiling;
	u16 type, magic;
	u32 ownerpid;
	u32 lockword; /* from the top: the lock's byte, the waiters', the spinners' */
	u64 data;     /* the owner */
};
SIZE_ASSERT(struct illumos_mutex, 24);

struct illumos_cond {
	u8 flag[3], waiters_kernel;
	u16 type, magic;
	u64 data;
};
SIZE_ASSERT(struct illumos_cond, 16);

struct illumos_rwlock {
	u32 readers; /* the state */
	u16 type, magic;
	struct illumos_mutex mutex;
	struct illumos_cond readercv, writercv;
};
SIZE_ASSERT(struct illumos_rwlock, 64);

struct illumos_sema {
	u32 count;
	u16 type, magic;
	u8 flags[7], waiters;
	u64 data;
};
SIZE_ASSERT(struct illumos_sema, 24);

/* sc_shared_t of sys/schedctl.h: what an LWP and the kernel tell each other without a call. */
struct illumos_sc_shared {
	u16 state; /* ILLUMOS_SC_* */
	u8 sigblock, flags;
	i32 cpu;
	i8 cid, cpri;
	u8 priority, pad;
	u16 nopreempt, yield;
};
SIZE_ASSERT(struct illumos_sc_shared, 16);

#define ILLUMOS_SC_FREE	  0
#define ILLUMOS_SC_ONPROC 4

#define ILLUMOS_SEM_VALUE_MAX 0x7fffffff

#endif
