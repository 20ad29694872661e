/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/pthread_more.c: spin locks, barriers, scheduling, names, and attributes that
 * are kept without much use. Facts: the manual pages pthread_*(3C); a barrier's fields:
 * usr/src/uts/common/sys/types.h; that every priority is that of the time-sharing class, 0 to 59,
 * unless asked otherwise: sched_get_priority_min(3C).
 */
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

/* ---- spin locks: a mutex that is tried for a while before it is waited for ------------------ */

EXPORT int pthread_spin_init(pthread_spinlock_t *l, int shared)
{
	*l = (pthread_spinlock_t)LOCK_INIT;
	l->__pthread_mutex_flags.__pthread_mutex_type = shared == PTHREAD_PROCESS_SHARED;
	return 0;
}

EXPORT int pthread_spin_destroy(pthread_spinlock_t *l)
{
	return pthread_mutex_destroy(l);
}

EXPORT int pthread_spin_trylock(pthread_spinlock_t *l)
{
	return pthread_mutex_trylock(l);
}

EXPORT int pthread_spin_lock(pthread_spinlock_t *l)
{
	for (int i = 0; i < 100; i++) {
		if (pthread_mutex_trylock(l) == 0)
			return 0;
		__builtin_ia32_pause();
	}
	return pthread_mutex_lock(l);
}

EXPORT int pthread_spin_unlock(pthread_spinlock_t *l)
{
	return pthread_mutex_unlock(l);
}

/* ---- barriers ------------------------------------------------------------------------------ */

EXPORT int pthread_barrier_init(pthread_barrier_t *b, const pthread_barrierattr_t *attr, uint_t n)
{
	const int *shared = attr ? attr->__pthread_barrierattrp : NULL;

	if (n == 0)
		return EINVAL;
	memset(b, 0, sizeof(*b));
	b->__pthread_barrier_count = n;
	b->__pthread_barrier_lock = (pthread_mutex_t)LOCK_INIT;
	b->__pthread_barrier_cond = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
	if (shared && *shared) {
		b->__pthread_barrier_lock.__pthread_mutex_flags.__pthread_mutex_type = 1;
		b->__pthread_barrier_cond.__pthread_cond_flags.__pthread_cond_type = 1;
	}
	return 0;
}

EXPORT int pthread_barrier_destroy(pthread_barrier_t *b)
{
	memset(b, 0, sizeof(*b));
	return 0;
}

EXPORT int pthread_barrier_wait(pthread_barrier_t *b)
{
	int r = 0;
	upad64_t cycle;

	pthread_mutex_lock(&b->__pthread_barrier_lock);
	cycle = b->__pthread_barrier_cycle;
	if (++b->__pthread_barrier_current == b->__pthread_barrier_count) {
		b->__pthread_barrier_cycle++;
		b->__pthread_barrier_current = 0;
		pthread_cond_broadcast(&b->__pthread_barrier_cond);
		r = PTHREAD_BARRIER_SERIAL_THREAD;
	} else {
		while (cycle == b->__pthread_barrier_cycle)
			pthread_cond_wait(&b->__pthread_barrier_cond, &b->__pthread_barrier_lock);
	}
	pthread_mutex_unlock(&b->__pthread_barrier_lock);
	return r;
}

/* ---- attributes that say whether processes share ------------------------------------------- */

#define SHARED(what, member)                                                                       \
	EXPORT int pthread_##what##attr_init(pthread_##what##attr_t *attr)                         \
	{                                                                                          \
		attr->member = calloc(1, sizeof(int));                                             \
		return attr->member ? 0 : ENOMEM;                                                  \
	}                                                                                          \
	EXPORT int pthread_##what##attr_destroy(pthread_##what##attr_t *attr)                      \
	{                                                                                          \
		free(attr->member);                                                                \
		attr->member = NULL;                                                               \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT int pthread_##what##attr_setpshared(pthread_##what##attr_t *attr, int shared)       \
	{                                                                                          \
		if (!attr->member ||                                                               \
		    (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED))       \
			return EINVAL;                                                             \
		*(int *)attr->member = shared;                                                     \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT int pthread_##what##attr_getpshared(const pthread_##what##attr_t *attr, int *out)   \
	{                                                                                          \
		if (!attr->member)                                                                 \
			return EINVAL;                                                             \
		*out = *(int *)attr->member;                                                       \
		return 0;                                                                          \
	}
SHARED(barrier, __pthread_barrierattrp)
SHARED(rwlock, __pthread_rwlockattrp)

/* ---- attributes of threads ----------------------------------------------------------------- */

#define ATTR(a, attr)                                                                              \
	struct attr *a = attr ? (attr)->__pthread_attrp : NULL;                                    \
	if (!a)                                                                                    \
	return EINVAL

#define PLAIN(name, member, valid)                                                                 \
	EXPORT int pthread_attr_set##name(pthread_attr_t *attr, int v)                             \
	{                                                                                          \
		ATTR(a, attr);                                                                     \
		if (!(valid))                                                                      \
			return EINVAL;                                                             \
		a->member = v;                                                                     \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT int pthread_attr_get##name(const pthread_attr_t *attr, int *v)                      \
	{                                                                                          \
		ATTR(a, attr);                                                                     \
		*v = a->member;                                                                    \
		return 0;                                                                          \
	}
PLAIN(scope, scope, v == PTHREAD_SCOPE_SYSTEM || v == PTHREAD_SCOPE_PROCESS)
PLAIN(inheritsched, inherit, v == PTHREAD_INHERIT_SCHED || v == PTHREAD_EXPLICIT_SCHED)
PLAIN(schedpolicy, policy, v >= SCHED_OTHER && v <= SCHED_RR)

EXPORT int pthread_attr_setschedparam(pthread_attr_t *attr, const struct sched_param *p)
{
	ATTR(a, attr);
	a->priority = p->sched_priority;
	return 0;
}

EXPORT int pthread_attr_getschedparam(const pthread_attr_t *attr, struct sched_param *p)
{
	ATTR(a, attr);
	p->sched_priority = a->priority;
	return 0;
}

EXPORT int pthread_attr_setstackaddr(pthread_attr_t *attr, void *stack)
{
	ATTR(a, attr);
	a->stack = stack;
	return 0;
}

EXPORT int pthread_attr_getstackaddr(const pthread_attr_t *attr, void **stack)
{
	ATTR(a, attr);
	*stack = a->stack;
	return 0;
}

/* ---- scheduling: there is one class -------------------------------------------------------- */

EXPORT int pthread_getschedparam(pthread_t id, int *policy, struct sched_param *p)
{
	if (SYSCALL(SYS_lwp_kill, id, 0).error)
		return ESRCH;
	*policy = SCHED_OTHER;
	memset(p, 0, sizeof(*p));
	return 0;
}

EXPORT int pthread_setschedparam(pthread_t id, int policy, const struct sched_param *p)
{
	if (SYSCALL(SYS_lwp_kill, id, 0).error)
		return ESRCH;
	if (policy != SCHED_OTHER)
		return policy < 0 || policy > SCHED_RR ? EINVAL : EPERM;
	return p->sched_priority == 0 ? 0 : EINVAL;
}

EXPORT int pthread_setschedprio(pthread_t id, int priority)
{
	struct sched_param p = {.sched_priority = priority};

	return pthread_setschedparam(id, SCHED_OTHER, &p);
}

EXPORT int sched_get_priority_min(int policy)
{
	return policy == SCHED_OTHER || policy == SCHED_FIFO || policy == SCHED_RR
		   ? 0
		   : (int)fail_with(EINVAL);
}

EXPORT int sched_get_priority_max(int policy)
{
	return policy == SCHED_OTHER || policy == SCHED_FIFO || policy == SCHED_RR
		   ? 59
		   : (int)fail_with(EINVAL);
}

static bool is_process(pid_t pid)
{
	struct syscall_answer r = SYSCALL(SYS_kill, pid ? pid : getpid(), 0);

	return r.error == 0 || r.error == EPERM;
}

EXPORT int sched_getscheduler(pid_t pid)
{
	return is_process(pid) ? SCHED_OTHER : (int)fail_with(ESRCH);
}

EXPORT int sched_getparam(pid_t pid, struct sched_param *p)
{
	if (!is_process(pid))
		return (int)fail_with(ESRCH);
	memset(p, 0, sizeof(*p));
	return 0;
}

EXPORT int sched_setscheduler(pid_t pid, int policy, const struct sched_param *p)
{
	if (!is_process(pid))
		return (int)fail_with(ESRCH);
	if (policy < SCHED_OTHER || policy > SCHED_RR || p->sched_priority < 0)
		return (int)fail_with(EINVAL);
	return policy == SCHED_OTHER ? SCHED_OTHER : (int)fail_with(EPERM);
}

EXPORT int sched_setparam(pid_t pid, const struct sched_param *p)
{
	return sched_setscheduler(pid, SCHED_OTHER, p);
}

static int concurrency;

EXPORT int pthread_setconcurrency(int n)
{
	if (n < 0)
		return EINVAL;
	concurrency = n;
	return 0;
}
EXPORT int thr_setconcurrency(int) __attribute__((alias("pthread_setconcurrency")));

EXPORT int pthread_getconcurrency(void)
{
	return concurrency;
}
EXPORT int thr_getconcurrency(void) __attribute__((alias("pthread_getconcurrency")));

/* ---- condition variables' and mutexes' attributes ------------------------------------------ */

EXPORT int pthread_condattr_getclock(const pthread_condattr_t *attr, clockid_t *clock)
{
	if (!attr->__pthread_condattrp)
		return EINVAL;
	*clock = *(clockid_t *)attr->__pthread_condattrp;
	return 0;
}

EXPORT int pthread_condattr_setpshared(pthread_condattr_t *attr, int shared)
{
	int *a = attr->__pthread_condattrp;

	if (!a || (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED))
		return EINVAL;
	a[1] = shared;
	return 0;
}

EXPORT int pthread_condattr_getpshared(const pthread_condattr_t *attr, int *shared)
{
	const int *a = attr->__pthread_condattrp;

	if (!a)
		return EINVAL;
	*shared = a[1];
	return 0;
}

/* struct mutexattr of mutex.c: type, shared, protocol, robust, ceiling */
#define MUTEX(name, index, valid)                                                                  \
	EXPORT int pthread_mutexattr_set##name(pthread_mutexattr_t *attr, int v)                   \
	{                                                                                          \
		int *a = attr->__pthread_mutexattrp;                                               \
                                                                                                   \
		if (!a || !(valid))                                                                \
			return EINVAL;                                                             \
		a[index] = v;                                                                      \
		return 0;                                                                          \
	}                                                                                          \
	EXPORT int pthread_mutexattr_get##name(const pthread_mutexattr_t *attr, int *v)            \
	{                                                                                          \
		const int *a = attr->__pthread_mutexattrp;                                         \
                                                                                                   \
		if (!a)                                                                            \
			return EINVAL;                                                             \
		*v = a[index];                                                                     \
		return 0;                                                                          \
	}
MUTEX(protocol, 2, v == PTHREAD_PRIO_NONE || v == PTHREAD_PRIO_INHERIT || v == PTHREAD_PRIO_PROTECT)
MUTEX(robust, 3, v == PTHREAD_MUTEX_STALLED || v == PTHREAD_MUTEX_ROBUST)
MUTEX(prioceiling, 4, v >= 0 && v <= 59)

EXPORT int pthread_mutexattr_getpshared(const pthread_mutexattr_t *attr, int *v)
{
	const int *a = attr->__pthread_mutexattrp;

	if (!a)
		return EINVAL;
	*v = a[1];
	return 0;
}

EXPORT int pthread_mutex_consistent(pthread_mutex_t *m)
{
	uint16_t *state = &m->__pthread_mutex_flags.__pthread_mutex_flag1;

	if (!(*state & 9)) /* LOCK_OWNERDEAD, LOCK_UNMAPPED */
		return EINVAL;
	*state &= (uint16_t)~9;
	return 0;
}

/* ---- read-write locks with a limit of time ------------------------------------------------- */

static int until(pthread_rwlock_t *l, const struct timespec *when, bool write)
{
	struct timespec left, nap = {0, 1000000};

	for (;;) {
		int error = write ? pthread_rwlock_trywrlock(l) : pthread_rwlock_tryrdlock(l);

		if (error != EBUSY)
			return error;
		if (!fb_until(CLOCK_REALTIME, when, &left))
			return EINVAL;
		if (left.tv_sec == 0 && left.tv_nsec == 0)
			return ETIMEDOUT;
		SYSCALL(SYS_nanosleep, &nap, NULL);
	}
}

EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t *l, const struct timespec *when)
{
	return until(l, when, false);
}

EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t *l, const struct timespec *when)
{
	return until(l, when, true);
}

/* ---- names of threads: 31 bytes (pthread_setname_np(3C)) ------------------------------------ */

#define NAME 32

EXPORT int pthread_setname_np(pthread_t id, const char *name)
{
	struct thread *t;

	if (name && strlen(name) >= NAME)
		return ERANGE;
	fb_threads_lock();
	t = fb_thread_find(id);
	if (t)
		strlcpy(t->name, name ? name : "", NAME);
	fb_threads_unlock();
	return t ? 0 : ESRCH;
}

EXPORT int pthread_getname_np(pthread_t id, char *buf, size_t size)
{
	struct thread *t;
	int error = 0;

	if (!buf)
		return EINVAL;
	fb_threads_lock();
	t = fb_thread_find(id);
	if (!t)
		error = ESRCH;
	else if (strlcpy(buf, t->name, size) >= size)
		error = ERANGE;
	fb_threads_unlock();
	return error;
}
