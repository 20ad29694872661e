/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/thr.c: threads and locks of the system's own kind, made of those of POSIX:
 * the structures are the same. Facts: thr_create(3C), mutex_init(3C), cond_init(3C),
 * semaphore(3C); usr/src/head/{thread,synch}.h.
 */
#include <string.h>
#include <synch.h>
#include <thread.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

EXPORT int thr_create(void *stack, size_t size, void *(*start)(void *), void *argument, long flags,
		      thread_t *id)
{
	struct attr a = fb_attr_default;

	if (flags & ~(THR_BOUND | THR_NEW_LWP | THR_DETACHED | THR_SUSPENDED | THR_DAEMON))
		return EINVAL;
	if (stack && size < PTHREAD_STACK_MIN)
		return EINVAL;
	a.stack = stack;
	a.stack_size = size;
	if (flags & (THR_DETACHED | THR_DAEMON))
		a.detach = PTHREAD_CREATE_DETACHED;
	a.daemon = flags & THR_DAEMON;
	return fb_thread_create(&a, start, argument, flags & THR_SUSPENDED, id);
}

EXPORT int thr_join(thread_t id, thread_t *who, void **value)
{
	int error;

	if (id == 0)
		return fb_thread_join_any(who, value);
	error = pthread_join(id, value);
	if (!error && who)
		*who = id;
	return error == EINVAL ? ESRCH : error;
}

EXPORT void thr_exit(void *value)
{
	pthread_exit(value);
}

EXPORT int thr_kill(thread_t id, int sig)
{
	return pthread_kill(id, sig);
}

EXPORT int thr_suspend(thread_t id)
{
	return SYSCALL(SYS_lwp_suspend, id).error;
}

EXPORT int thr_continue(thread_t id)
{
	return SYSCALL(SYS_lwp_continue, id).error;
}

EXPORT int thr_getprio(thread_t id, int *priority)
{
	if (SYSCALL(SYS_lwp_kill, id, 0).error)
		return ESRCH;
	*priority = 0;
	return 0;
}

EXPORT int thr_setprio(thread_t id, int priority)
{
	return pthread_setschedprio(id, priority);
}

EXPORT int thr_stksegment(stack_t *out)
{
	char *low;

	/* Here ss_sp is the upper end. */
	fb_stack_of(self(), &low, &out->ss_size);
	out->ss_sp = low + out->ss_size;
	out->ss_flags = 0;
	return 0;
}

EXPORT size_t thr_min_stack(void)
{
	return PTHREAD_STACK_MIN;
}

EXPORT int thr_keycreate(thread_key_t *key, void (*destructor)(void *))
{
	return pthread_key_create(key, destructor);
}

EXPORT int thr_keycreate_once(thread_key_t *key, void (*destructor)(void *))
{
	return pthread_key_create_once_np(key, destructor);
}

EXPORT int thr_setspecific(thread_key_t key, void *value)
{
	return pthread_setspecific(key, value);
}

EXPORT int thr_getspecific(thread_key_t key, void **value)
{
	*value = pthread_getspecific(key);
	return 0;
}

/* ---- mutexes ------------------------------------------------------------------------------- */

EXPORT int mutex_init(mutex_t *m, int type, void *arg)
{
	(void)arg;
	if (type & ~(LOCK_SHARED | LOCK_ERRORCHECK | LOCK_RECURSIVE | LOCK_PRIO_INHERIT |
		     LOCK_PRIO_PROTECT | LOCK_ROBUST | USYNC_PROCESS_ROBUST))
		return EINVAL;
	*m = (mutex_t)DEFAULTMUTEX;
	m->__pthread_mutex_flags.__pthread_mutex_type = (uint16_t)type;
	return 0;
}

EXPORT int mutex_destroy(mutex_t *m)
{
	return pthread_mutex_destroy(m);
}

EXPORT int mutex_lock(mutex_t *m)
{
	return pthread_mutex_lock(m);
}

EXPORT int mutex_trylock(mutex_t *m)
{
	return pthread_mutex_trylock(m);
}

EXPORT int mutex_unlock(mutex_t *m)
{
	return pthread_mutex_unlock(m);
}

EXPORT int _mutex_held(void *p)
{
	mutex_t *m = p;

	return m->__pthread_mutex_data == (uintptr_t)self();
}

/* ---- condition variables ------------------------------------------------------------------- */

EXPORT int cond_init(cond_t *c, int type, void *arg)
{
	(void)arg;
	if (type != USYNC_THREAD && type != USYNC_PROCESS)
		return EINVAL;
	*c = (cond_t)DEFAULTCV;
	c->__pthread_cond_flags.__pthread_cond_type = (uint16_t)type;
	return 0;
}

EXPORT int cond_destroy(cond_t *c)
{
	return pthread_cond_destroy(c);
}

EXPORT int cond_wait(cond_t *c, mutex_t *m)
{
	return pthread_cond_wait(c, m);
}

/* The end of the time has another name here. */
EXPORT int cond_timedwait(cond_t *c, mutex_t *m, const timestruc_t *until)
{
	int error = pthread_cond_timedwait(c, m, until);

	return error == ETIMEDOUT ? ETIME : error;
}

EXPORT int cond_reltimedwait(cond_t *c, mutex_t *m, const timestruc_t *relative)
{
	int error = pthread_cond_reltimedwait_np(c, m, relative);

	return error == ETIMEDOUT ? ETIME : error;
}

EXPORT int cond_signal(cond_t *c)
{
	return pthread_cond_signal(c);
}

EXPORT int cond_broadcast(cond_t *c)
{
	return pthread_cond_broadcast(c);
}

/* ---- read-write locks ---------------------------------------------------------------------- */

EXPORT int rwlock_init(rwlock_t *l, int type, void *arg)
{
	(void)arg;
	if (type != USYNC_THREAD && type != USYNC_PROCESS)
		return EINVAL;
	pthread_rwlock_init(l, NULL);
	l->__pthread_rwlock_type = (uint16_t)type;
	l->__pthread_rwlock_mutex.__pthread_mutex_flags.__pthread_mutex_type = (uint16_t)type;
	l->__pthread_rwlock_readercv.__pthread_cond_flags.__pthread_cond_type = (uint16_t)type;
	l->__pthread_rwlock_writercv.__pthread_cond_flags.__pthread_cond_type = (uint16_t)type;
	return 0;
}

EXPORT int rwlock_destroy(rwlock_t *l)
{
	return pthread_rwlock_destroy(l);
}

EXPORT int rw_rdlock(rwlock_t *l)
{
	return pthread_rwlock_rdlock(l);
}

EXPORT int rw_wrlock(rwlock_t *l)
{
	return pthread_rwlock_wrlock(l);
}

EXPORT int rw_tryrdlock(rwlock_t *l)
{
	return pthread_rwlock_tryrdlock(l);
}

EXPORT int rw_trywrlock(rwlock_t *l)
{
	return pthread_rwlock_trywrlock(l);
}

EXPORT int rw_unlock(rwlock_t *l)
{
	return pthread_rwlock_unlock(l);
}

/* ---- semaphores: errors are the value, not errno ------------------------------------------- */

static int value_of(int r)
{
	return r < 0 ? self()->error : 0;
}

EXPORT int sema_init(sema_t *s, unsigned int count, int type, void *arg)
{
	(void)arg;
	if (type != USYNC_THREAD && type != USYNC_PROCESS)
		return EINVAL;
	return value_of(sem_init(s, type, count));
}

EXPORT int sema_destroy(sema_t *s)
{
	return value_of(sem_destroy(s));
}

EXPORT int sema_wait(sema_t *s)
{
	return value_of(sem_wait(s));
}

EXPORT int sema_trywait(sema_t *s)
{
	int error = value_of(sem_trywait(s));

	return error == EAGAIN ? EBUSY : error;
}

EXPORT int sema_post(sema_t *s)
{
	return value_of(sem_post(s));
}

EXPORT int sema_timedwait(sema_t *s, const timestruc_t *until)
{
	int error = value_of(sem_timedwait(s, until));

	return error == ETIMEDOUT ? ETIME : error;
}

EXPORT int sema_reltimedwait(sema_t *s, const timestruc_t *relative)
{
	int error = value_of(sem_reltimedwait_np(s, relative));

	return error == ETIMEDOUT ? ETIME : error;
}
