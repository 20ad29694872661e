/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd_umtx.h: the objects of _umtx_op(2) and its operations (sys/umtx.h,
 * sys/_umtx.h), and short ways to use them.
 */
#ifndef FB_TESTS_GUEST_FREEBSD_UMTX_H
#define FB_TESTS_GUEST_FREEBSD_UMTX_H

#include "freebsd_thread.h"

#define UMTX_OP_LOCK		0
#define UMTX_OP_MUTEX_TRYLOCK	4
#define UMTX_OP_MUTEX_LOCK	5
#define UMTX_OP_MUTEX_UNLOCK	6
#define UMTX_OP_SET_CEILING	7
#define UMTX_OP_CV_WAIT		8
#define UMTX_OP_CV_SIGNAL	9
#define UMTX_OP_CV_BROADCAST	10
#define UMTX_OP_RW_RDLOCK	12
#define UMTX_OP_RW_WRLOCK	13
#define UMTX_OP_RW_UNLOCK	14
#define UMTX_OP_MUTEX_WAIT	17
#define UMTX_OP_MUTEX_WAKE	18
#define UMTX_OP_SEM_WAIT	19
#define UMTX_OP_SEM_WAKE	20
#define UMTX_OP_NWAKE_PRIVATE	21
#define UMTX_OP_MUTEX_WAKE2	22
#define UMTX_OP_SEM2_WAIT	23
#define UMTX_OP_SEM2_WAKE	24
#define UMTX_OP_SHM		25
#define UMTX_OP_ROBUST_LISTS	26
#define UMTX_OP_GET_MIN_TIMEOUT 27
#define UMTX_OP_SET_MIN_TIMEOUT 28

#define USYNC_PROCESS_SHARED  1
#define UMUTEX_PRIO_INHERIT   0x4
#define UMUTEX_PRIO_PROTECT   0x8
#define UMUTEX_ROBUST	      0x10
#define UMUTEX_NONCONSISTENT  0x20
#define UMUTEX_CONTESTED      0x80000000u
#define UMUTEX_RB_OWNERDEAD   0x80000010u
#define UMUTEX_RB_NOTRECOV    0x80000011u
#define URWLOCK_PREFER_READER 2
#define URWLOCK_WRITE_OWNER   0x80000000u
#define URWLOCK_WRITE_WAITERS 0x40000000u
#define URWLOCK_READ_WAITERS  0x20000000u
#define URWLOCK_MAX_READERS   0x1fffffffu
#define USEM_HAS_WAITERS      0x80000000u
#define CVWAIT_ABSTIME	      2
#define CVWAIT_CLOCKID	      4
#define UMTX_ABSTIME	      1

struct umutex {
	volatile u32 owner;
	u32 flags, ceilings[2];
	struct umutex *next;
	u32 spare[2];
};
_Static_assert(sizeof(struct umutex) == 32, "struct umutex");

struct ucond {
	volatile u32 has_waiters;
	u32 flags, clock, spare;
};

struct urwlock {
	volatile u32 state;
	u32 flags, blocked_readers, blocked_writers, spare[4];
};

struct usem {
	volatile u32 has_waiters, count;
	u32 flags;
};

struct usem2 {
	volatile u32 count;
	u32 flags;
};

struct umtx_time {
	struct timespec timeout;
	u32 flags, clock;
};

static inline long umtx(volatile void *object, int op, u64 value, u64 size, void *time)
{
	return sys(SYS__umtx_op, object, op, value, size, time);
}

static inline long now_ms(int clock)
{
	struct timespec ts;

	sys(SYS_clock_gettime, clock, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static inline struct timespec in_ms(int clock, long ms)
{
	struct timespec ts;

	sys(SYS_clock_gettime, clock, &ts);
	ts.tv_nsec += ms % 1000 * 1000000;
	ts.tv_sec += ms / 1000 + ts.tv_nsec / 1000000000;
	ts.tv_nsec %= 1000000000;
	return ts;
}

static inline void pause_ms(long ms)
{
	struct timespec ts = {ms / 1000, ms % 1000 * 1000000};

	sys(SYS_nanosleep, &ts, NULL);
}

static inline long my_tid(void)
{
	long id = -1;

	sys(SYS_thr_self, &id);
	return id;
}

/* A mutex as libthr locks and unlocks it: in user space as long as nobody else wants it. */
static inline long mutex_lock(struct umutex *m, u32 id)
{
	for (;;) {
		u32 owner = m->owner;

		if ((owner & ~UMUTEX_CONTESTED) == 0 &&
		    __sync_bool_compare_and_swap(&m->owner, owner, id | owner))
			return 0;
		if ((owner & ~UMUTEX_CONTESTED) != 0)
			umtx(m, UMTX_OP_MUTEX_WAIT, 0, 0, NULL);
	}
}

static inline void mutex_unlock(struct umutex *m)
{
	if (__atomic_exchange_n(&m->owner, 0, __ATOMIC_SEQ_CST) & UMUTEX_CONTESTED)
		umtx(m, UMTX_OP_MUTEX_WAKE2, m->flags, 0, NULL);
}

#endif
