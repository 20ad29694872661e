/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/freebsd/abi_umtx.h: the objects of _umtx_op(2),
 * as FreeBSD/amd64 numbers and lays them out. Facts: sys/umtx.h.
 */
#ifndef FB_FREEBSD_ABI_UMTX_H
#define FB_FREEBSD_ABI_UMTX_H

#include "core/abi_types.h"

/* _umtx_op(2) (sys/umtx.h) */
#define FREEBSD_UMTX_UNOWNED		  0x0
#define FREEBSD_UMTX_CONTESTED		  0x8000000000000000ull
#define FREEBSD_UMUTEX_PRIO_INHERIT	  0x4
#define FREEBSD_UMUTEX_PRIO_PROTECT	  0x8
#define FREEBSD_UMUTEX_ROBUST		  0x10
#define FREEBSD_UMUTEX_NONCONSISTENT	  0x20
#define FREEBSD_UMUTEX_UNOWNED		  0x0
#define FREEBSD_UMUTEX_CONTESTED	  0x80000000u
#define FREEBSD_UMUTEX_RB_OWNERDEAD	  0x80000010u
#define FREEBSD_UMUTEX_RB_NOTRECOV	  0x80000011u
#define FREEBSD_URWLOCK_PREFER_READER	  0x2
#define FREEBSD_URWLOCK_WRITE_OWNER	  0x80000000u
#define FREEBSD_URWLOCK_WRITE_WAITERS	  0x40000000
#define FREEBSD_URWLOCK_READ_WAITERS	  0x20000000
#define FREEBSD_URWLOCK_MAX_READERS	  0x1fffffff
#define FREEBSD_USEM_HAS_WAITERS	  0x80000000u
#define FREEBSD_USEM_MAX_COUNT		  0x7fffffff
#define FREEBSD_UMTX_OP_LOCK		  0x0
#define FREEBSD_UMTX_OP_UNLOCK		  0x1
#define FREEBSD_UMTX_OP_WAIT		  0x2
#define FREEBSD_UMTX_OP_WAKE		  0x3
#define FREEBSD_UMTX_OP_MUTEX_TRYLOCK	  0x4
#define FREEBSD_UMTX_OP_MUTEX_LOCK	  0x5
#define FREEBSD_UMTX_OP_MUTEX_UNLOCK	  0x6
#define FREEBSD_UMTX_OP_SET_CEILING	  0x7
#define FREEBSD_UMTX_OP_CV_WAIT		  0x8
#define FREEBSD_UMTX_OP_CV_SIGNAL	  0x9
#define FREEBSD_UMTX_OP_CV_BROADCAST	  0xa
#define FREEBSD_UMTX_OP_WAIT_UINT	  0xb
#define FREEBSD_UMTX_OP_RW_RDLOCK	  0xc
#define FREEBSD_UMTX_OP_RW_WRLOCK	  0xd
#define FREEBSD_UMTX_OP_RW_UNLOCK	  0xe
#define FREEBSD_UMTX_OP_WAIT_UINT_PRIVATE 0xf
#define FREEBSD_UMTX_OP_WAKE_PRIVATE	  0x10
#define FREEBSD_UMTX_OP_MUTEX_WAIT	  0x11
#define FREEBSD_UMTX_OP_MUTEX_WAKE	  0x12
#define FREEBSD_UMTX_OP_SEM_WAIT	  0x13
#define FREEBSD_UMTX_OP_SEM_WAKE	  0x14
#define FREEBSD_UMTX_OP_NWAKE_PRIVATE	  0x15
#define FREEBSD_UMTX_OP_MUTEX_WAKE2	  0x16
#define FREEBSD_UMTX_OP_SEM2_WAIT	  0x17
#define FREEBSD_UMTX_OP_SEM2_WAKE	  0x18
#define FREEBSD_UMTX_OP_SHM		  0x19
#define FREEBSD_UMTX_OP_ROBUST_LISTS	  0x1a
#define FREEBSD_UMTX_OP_GET_MIN_TIMEOUT	  0x1b
#define FREEBSD_UMTX_OP_SET_MIN_TIMEOUT	  0x1c
#define FREEBSD_UMTX_OP__I386		  0x40000000
#define FREEBSD_UMTX_OP__32BIT		  0x80000000u
#define FREEBSD_CVWAIT_CHECK_UNPARKING	  0x1
#define FREEBSD_CVWAIT_ABSTIME		  0x2
#define FREEBSD_CVWAIT_CLOCKID		  0x4
#define FREEBSD_UMTX_ABSTIME		  0x1
#define FREEBSD_UMTX_CHECK_UNPARKING	  0x1
#define FREEBSD_UMTX_SHM_CREAT		  0x1
#define FREEBSD_UMTX_SHM_LOOKUP		  0x2
#define FREEBSD_UMTX_SHM_DESTROY	  0x4
#define FREEBSD_UMTX_SHM_ALIVE		  0x8

struct freebsd_umutex {
	i32 m_owner;
	u32 m_flags;
	u32 m_ceilings[2];
	u64 m_rb_lnk;
	u32 m_spare[2];
};
SIZE_ASSERT(struct freebsd_umutex, 32);
OFFSET_ASSERT(struct freebsd_umutex, m_rb_lnk, 16);

struct freebsd_ucond {
	u32 c_has_waiters;
	u32 c_flags;
	u32 c_clockid;
	u32 c_spare[1];
};
SIZE_ASSERT(struct freebsd_ucond, 16);

struct freebsd_urwlock {
	i32 rw_state;
	u32 rw_flags;
	u32 rw_blocked_readers;
	u32 rw_blocked_writers;
	u32 rw_spare[4];
};
SIZE_ASSERT(struct freebsd_urwlock, 32);

struct freebsd_usem {
	u32 has_waiters;
	u32 count;
	u32 flags;
};
SIZE_ASSERT(struct freebsd_usem, 12);

struct freebsd_usem2 {
	u32 count; /* FREEBSD_USEM_HAS_WAITERS in the high bit */
	u32 flags;
};
SIZE_ASSERT(struct freebsd_usem2, 8);

struct freebsd_umtx_time {
	struct core_timespec timeout;
	u32 flags;
	u32 clockid;
};
SIZE_ASSERT(struct freebsd_umtx_time, 24);

struct freebsd_umtx_robust_lists_params {
	u64 robust_list_offset;
	u64 robust_priv_list_offset;
	u64 robust_inact_offset;
};
SIZE_ASSERT(struct freebsd_umtx_robust_lists_params, 24);

#endif
