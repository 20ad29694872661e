/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/mutex.c: mutexes.
 *
 * The lock is a byte, and beside it is one that says somebody waits in the kernel. Taking a free
 * one and leaving one nobody waits for make no call. Facts: pthread_mutex_lock(3C); the bytes:
 * usr/src/uts/intel/sys/synch32.h; who sets and clears them: lwp_mutex_timedlock and
 * lwp_mutex_wakeup of usr/src/uts/common/syscall/lwp_sobj.c.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

#define LOCK_BYTE   0x01000000u /* of the lock word: byte 7 of the eight */
#define WAITER_MASK 0x00ff0000u

static uint32_t *word_of(pthread_mutex_t *m)
{
	return &m->__pthread_mutex_lock.__pthread_mutex_lock32.__pthread_lockword;
}

static unsigned type_of(const pthread_mutex_t *m)
{
	return m->__pthread_mutex_flags.__pthread_mutex_type & 0xff;
}

static uintptr_t owner_of(const pthread_mutex_t *m)
{
	return __atomic_load_n(&m->__pthread_mutex_data, __ATOMIC_RELAXED);
}

static uint32_t *pid_of(pthread_mutex_t *m)
{
	return &m->__pthread_mutex_lock.__pthread_mutex_lock32.__pthread_ownerpid;
}

/* Another process's thread may have the same address. */
static bool is_mine(pthread_mutex_t *m)
{
	return owner_of(m) == (uintptr_t)self() &&
	       (!(type_of(m) & PTHREAD_PROCESS_SHARED) ||
		__atomic_load_n(pid_of(m), __ATOMIC_RELAXED) == (uint32_t)getpid());
}

/* How often a recursive mutex was taken again (mutex_rcount): the type's second byte. */
uint8_t *fb_mutex_count(pthread_mutex_t *m)
{
	return (uint8_t *)&m->__pthread_mutex_flags.__pthread_mutex_type + 1;
}

/* What says of its last owner how it was left is taken in the kernel alone. */
static bool is_robust(const pthread_mutex_t *m)
{
	return type_of(m) & PTHREAD_MUTEX_ROBUST;
}

/* A robust one that processes share is made known to the kernel, by each of them once. */
static void make_known(pthread_mutex_t *m)
{
	static pthread_mutex_t *known[64];
	static pid_t pid;
	pthread_mutex_t **place = &known[(uintptr_t)m / 8 % 64];

	if (!(type_of(m) & PTHREAD_PROCESS_SHARED))
		return;
	if (pid != getpid()) {
		memset(known, 0, sizeof(known)); /* a child's kernel knows none */
		pid = getpid();
	}
	if (*place == m)
		return;
	SYSCALL(SYS_lwp_mutex_register, m, self());
	*place = m;
}

static bool take(pthread_mutex_t *m)
{
	uint8_t *byte = (uint8_t *)word_of(m) + 3;

	if (is_robust(m) || __atomic_exchange_n(byte, 1, __ATOMIC_ACQUIRE))
		return false;
	__atomic_store_n(&m->__pthread_mutex_data, (uintptr_t)self(), __ATOMIC_RELAXED);
	if (type_of(m) & PTHREAD_PROCESS_SHARED)
		__atomic_store_n(pid_of(m), (uint32_t)getpid(), __ATOMIC_RELAXED);
	return true;
}

/* Again by its owner: an error, one more, or nothing special (a deadlock of the caller's own). */
static int again(pthread_mutex_t *m, bool try)
{
	unsigned type = type_of(m);

	if (type & PTHREAD_MUTEX_RECURSIVE) {
		if (*fb_mutex_count(m) == UINT8_MAX)
			return EAGAIN;
		++*fb_mutex_count(m);
		return 0;
	}
	return type & PTHREAD_MUTEX_ERRORCHECK && !try ? EDEADLK : -1;
}

static int lock_until(pthread_mutex_t *m, struct timespec *relative)
{
	struct syscall_answer r;

	if (take(m))
		return 0;
	if (is_mine(m)) {
		int error = again(m, false);

		if (error >= 0)
			return error;
	}
	if (is_robust(m))
		make_known(m);
	do
		r = SYSCALL(SYS_lwp_mutex_timedlock, m, relative, self());
	while (r.error == EINTR);
	if (r.error == 0 || r.error == EOWNERDEAD)
		__atomic_store_n(&m->__pthread_mutex_data, (uintptr_t)self(), __ATOMIC_RELAXED);
	return r.error == ETIME ? ETIMEDOUT : r.error;
}

EXPORT int pthread_mutex_lock(pthread_mutex_t *m)
{
	return lock_until(m, NULL);
}

EXPORT int pthread_mutex_reltimedlock_np(pthread_mutex_t *m, const struct timespec *relative)
{
	struct timespec ts = *relative;

	return lock_until(m, &ts);
}

EXPORT int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *until)
{
	struct timespec ts;

	if (take(m))
		return 0;
	if (!fb_until(CLOCK_REALTIME, until, &ts))
		return EINVAL;
	return lock_until(m, &ts);
}

static int try_robust(pthread_mutex_t *m)
{
	int error;

	make_known(m);
	error = SYSCALL(SYS_lwp_mutex_trylock, m, self()).error;
	if (error == 0 || error == EOWNERDEAD)
		__atomic_store_n(&m->__pthread_mutex_data, (uintptr_t)self(), __ATOMIC_RELAXED);
	return error;
}

EXPORT int pthread_mutex_trylock(pthread_mutex_t *m)
{
	int error;

	if (take(m))
		return 0;
	if (!is_mine(m))
		return is_robust(m) ? try_robust(m) : EBUSY;
	error = again(m, true);
	return error < 0 ? EBUSY : error;
}

EXPORT int pthread_mutex_unlock(pthread_mutex_t *m)
{
	unsigned type = type_of(m);

	if (type & (PTHREAD_MUTEX_RECURSIVE | PTHREAD_MUTEX_ERRORCHECK | PTHREAD_MUTEX_ROBUST)) {
		if (!is_mine(m) || !(*word_of(m) & 0xff000000u))
			return EPERM;
		if (*fb_mutex_count(m)) {
			--*fb_mutex_count(m);
			return 0;
		}
	}
	if (is_robust(m))
		return SYSCALL(SYS_lwp_mutex_unlock, m).error;
	__atomic_store_n(&m->__pthread_mutex_data, 0, __ATOMIC_RELAXED);
	if (__atomic_fetch_and(word_of(m), 0x00ffffffu, __ATOMIC_RELEASE) & WAITER_MASK)
		SYSCALL(SYS_lwp_mutex_wakeup, m, 0);
	return 0;
}

/* ---- making -------------------------------------------------------------------------------- */

struct mutexattr {
	int type, shared, protocol, robust, ceiling;
};

EXPORT int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *attr)
{
	const struct mutexattr *a = attr ? attr->__pthread_mutexattrp : NULL;

	*m = (pthread_mutex_t)LOCK_INIT;
	if (a)
		m->__pthread_mutex_flags.__pthread_mutex_type =
		    (uint16_t)(a->type | a->shared | a->protocol | a->robust);
	return 0;
}

EXPORT int pthread_mutex_destroy(pthread_mutex_t *m)
{
	m->__pthread_mutex_flags.__pthread_mutex_magic = 0;
	return 0;
}

EXPORT int pthread_mutexattr_init(pthread_mutexattr_t *attr)
{
	struct mutexattr *a = calloc(1, sizeof(*a));

	attr->__pthread_mutexattrp = a;
	return a ? 0 : ENOMEM;
}

EXPORT int pthread_mutexattr_destroy(pthread_mutexattr_t *attr)
{
	free(attr->__pthread_mutexattrp);
	attr->__pthread_mutexattrp = NULL;
	return 0;
}

EXPORT int pthread_mutexattr_settype(pthread_mutexattr_t *attr, int type)
{
	struct mutexattr *a = attr->__pthread_mutexattrp;

	if (!a || (type != PTHREAD_MUTEX_NORMAL && type != PTHREAD_MUTEX_ERRORCHECK &&
		   type != PTHREAD_MUTEX_RECURSIVE))
		return EINVAL;
	a->type = type;
	return 0;
}

EXPORT int pthread_mutexattr_gettype(const pthread_mutexattr_t *attr, int *type)
{
	const struct mutexattr *a = attr->__pthread_mutexattrp;

	if (!a)
		return EINVAL;
	*type = a->type;
	return 0;
}

EXPORT int pthread_mutexattr_setpshared(pthread_mutexattr_t *attr, int shared)
{
	struct mutexattr *a = attr->__pthread_mutexattrp;

	if (!a || (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED))
		return EINVAL;
	a->shared = shared;
	return 0;
}
