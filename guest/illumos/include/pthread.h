/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX threads. Source: usr/src/head/pthread.h. */
#ifndef _FB_ILLUMOS_PTHREAD_H
#define _FB_ILLUMOS_PTHREAD_H

#include <sys/types.h>
#include <sched.h>
#include <time.h>

#define PTHREAD_CREATE_DETACHED	 0x40
#define PTHREAD_CREATE_DAEMON_NP 0x100
#define PTHREAD_CREATE_JOINABLE	 0
#define PTHREAD_SCOPE_SYSTEM	 0x01
#define PTHREAD_SCOPE_PROCESS	 0
#define PTHREAD_INHERIT_SCHED	 1
#define PTHREAD_EXPLICIT_SCHED	 0
#define PTHREAD_PROCESS_SHARED	 1
#define PTHREAD_PROCESS_PRIVATE	 0
#define PTHREAD_MUTEX_NORMAL	 0x0
#define PTHREAD_MUTEX_ERRORCHECK 0x2
#define PTHREAD_MUTEX_RECURSIVE	 0x4
#define PTHREAD_MUTEX_DEFAULT	 PTHREAD_MUTEX_NORMAL
#define PTHREAD_MUTEX_STALLED	 0x0
#define PTHREAD_MUTEX_ROBUST	 0x40
#define PTHREAD_PRIO_NONE	 0x0
#define PTHREAD_PRIO_INHERIT	 0x10
#define PTHREAD_PRIO_PROTECT	 0x20

#define _MUTEX_MAGIC 0x4d58
#define _COND_MAGIC  0x4356
#define _RWL_MAGIC   0x5257
#define PTHREAD_MUTEX_INITIALIZER                                                                  \
	{                                                                                          \
		{0, 0, 0, 0, _MUTEX_MAGIC}, {{{0}}}, 0                                             \
	}
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP                                                     \
	{                                                                                          \
		{0, 0, 0, PTHREAD_MUTEX_RECURSIVE, _MUTEX_MAGIC}, {{{0}}}, 0                       \
	}
#define PTHREAD_COND_INITIALIZER                                                                   \
	{                                                                                          \
		{{0}, 0, _COND_MAGIC}, 0                                                           \
	}
#define PTHREAD_RWLOCK_INITIALIZER                                                                 \
	{                                                                                          \
		0, 0, _RWL_MAGIC, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER,             \
		    PTHREAD_COND_INITIALIZER                                                       \
	}
#define PTHREAD_ONCE_KEY_NP ((pthread_key_t)-1)
#define PTHREAD_ONCE_INIT                                                                          \
	{                                                                                          \
		{                                                                                  \
			0, 0, 0, 0                                                                 \
		}                                                                                  \
	}

#define PTHREAD_CANCEL_ENABLE	      0
#define PTHREAD_CANCEL_DISABLE	      1
#define PTHREAD_CANCEL_DEFERRED	      0
#define PTHREAD_CANCEL_ASYNCHRONOUS   2
#define PTHREAD_CANCELED	      ((void *)-19)
#define PTHREAD_BARRIER_SERIAL_THREAD (-2)
#define PTHREAD_KEYS_MAX	      128
#define PTHREAD_STACK_MIN	      8192

__BEGIN_DECLS
int pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int pthread_join(pthread_t, void **);
int pthread_detach(pthread_t);
void pthread_exit(void *) __NORETURN;
pthread_t pthread_self(void);
int pthread_equal(pthread_t, pthread_t);
int pthread_once(pthread_once_t *, void (*)(void));
int pthread_attr_init(pthread_attr_t *);
int pthread_attr_destroy(pthread_attr_t *);
int pthread_attr_setstack(pthread_attr_t *, void *, size_t);
int pthread_attr_getstack(const pthread_attr_t *, void **, size_t *);
int pthread_attr_setstacksize(pthread_attr_t *, size_t);
int pthread_attr_getstacksize(const pthread_attr_t *, size_t *);
int pthread_attr_setguardsize(pthread_attr_t *, size_t);
int pthread_attr_getguardsize(const pthread_attr_t *, size_t *);
int pthread_attr_setdetachstate(pthread_attr_t *, int);
int pthread_attr_getdetachstate(const pthread_attr_t *, int *);
int pthread_attr_get_np(pthread_t, pthread_attr_t *);
int pthread_mutex_init(pthread_mutex_t *, const pthread_mutexattr_t *);
int pthread_mutex_destroy(pthread_mutex_t *);
int pthread_mutex_lock(pthread_mutex_t *);
int pthread_mutex_trylock(pthread_mutex_t *);
int pthread_mutex_timedlock(pthread_mutex_t *, const struct timespec *);
int pthread_mutex_unlock(pthread_mutex_t *);
int pthread_mutexattr_init(pthread_mutexattr_t *);
int pthread_mutexattr_destroy(pthread_mutexattr_t *);
int pthread_mutexattr_settype(pthread_mutexattr_t *, int);
int pthread_mutexattr_gettype(const pthread_mutexattr_t *, int *);
int pthread_mutexattr_setpshared(pthread_mutexattr_t *, int);
int pthread_cond_init(pthread_cond_t *, const pthread_condattr_t *);
int pthread_cond_destroy(pthread_cond_t *);
int pthread_cond_wait(pthread_cond_t *, pthread_mutex_t *);
int pthread_cond_timedwait(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
int pthread_cond_signal(pthread_cond_t *);
int pthread_cond_broadcast(pthread_cond_t *);
int pthread_condattr_init(pthread_condattr_t *);
int pthread_condattr_destroy(pthread_condattr_t *);
int pthread_condattr_setclock(pthread_condattr_t *, clockid_t);
int pthread_rwlock_init(pthread_rwlock_t *, const pthread_rwlockattr_t *);
int pthread_rwlock_destroy(pthread_rwlock_t *);
int pthread_rwlock_rdlock(pthread_rwlock_t *);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *);
int pthread_rwlock_wrlock(pthread_rwlock_t *);
int pthread_rwlock_trywrlock(pthread_rwlock_t *);
int pthread_rwlock_unlock(pthread_rwlock_t *);
int pthread_key_create(pthread_key_t *, void (*)(void *));
int pthread_key_delete(pthread_key_t);
void *pthread_getspecific(pthread_key_t);
int pthread_setspecific(pthread_key_t, const void *);
int pthread_key_create_once_np(pthread_key_t *, void (*)(void *));
int pthread_atfork(void (*)(void), void (*)(void), void (*)(void));
int pthread_setname_np(pthread_t, const char *);
int pthread_getname_np(pthread_t, char *, size_t);
int pthread_cancel(pthread_t);
void pthread_testcancel(void);
int pthread_setcancelstate(int, int *);
int pthread_setcanceltype(int, int *);
int pthread_spin_init(pthread_spinlock_t *, int);
int pthread_spin_destroy(pthread_spinlock_t *);
int pthread_spin_lock(pthread_spinlock_t *);
int pthread_spin_trylock(pthread_spinlock_t *);
int pthread_spin_unlock(pthread_spinlock_t *);
int pthread_barrier_init(pthread_barrier_t *_RESTRICT_KYWD,
			 const pthread_barrierattr_t *_RESTRICT_KYWD, uint_t);
int pthread_barrier_destroy(pthread_barrier_t *);
int pthread_barrier_wait(pthread_barrier_t *);
int pthread_barrierattr_init(pthread_barrierattr_t *);
int pthread_barrierattr_destroy(pthread_barrierattr_t *);
int pthread_barrierattr_setpshared(pthread_barrierattr_t *, int);
int pthread_barrierattr_getpshared(const pthread_barrierattr_t *_RESTRICT_KYWD,
				   int *_RESTRICT_KYWD);
int pthread_rwlockattr_init(pthread_rwlockattr_t *);
int pthread_rwlockattr_destroy(pthread_rwlockattr_t *);
int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *, int);
int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_rwlock_timedrdlock(pthread_rwlock_t *_RESTRICT_KYWD,
			       const struct timespec *_RESTRICT_KYWD);
int pthread_rwlock_timedwrlock(pthread_rwlock_t *_RESTRICT_KYWD,
			       const struct timespec *_RESTRICT_KYWD);
int pthread_attr_setscope(pthread_attr_t *, int);
int pthread_attr_getscope(const pthread_attr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_attr_setinheritsched(pthread_attr_t *, int);
int pthread_attr_getinheritsched(const pthread_attr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_attr_setschedpolicy(pthread_attr_t *, int);
int pthread_attr_getschedpolicy(const pthread_attr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_attr_setschedparam(pthread_attr_t *_RESTRICT_KYWD,
			       const struct sched_param *_RESTRICT_KYWD);
int pthread_attr_getschedparam(const pthread_attr_t *_RESTRICT_KYWD,
			       struct sched_param *_RESTRICT_KYWD);
int pthread_getschedparam(pthread_t, int *_RESTRICT_KYWD, struct sched_param *_RESTRICT_KYWD);
int pthread_setschedparam(pthread_t, int, const struct sched_param *);
int pthread_setschedprio(pthread_t, int);
int pthread_setconcurrency(int);
int pthread_getconcurrency(void);
int pthread_condattr_getclock(const pthread_condattr_t *, clockid_t *);
int pthread_condattr_setpshared(pthread_condattr_t *, int);
int pthread_condattr_getpshared(const pthread_condattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_cond_reltimedwait_np(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
int pthread_mutex_reltimedlock_np(pthread_mutex_t *, const struct timespec *);
int pthread_mutex_consistent(pthread_mutex_t *);
int pthread_mutexattr_getpshared(const pthread_mutexattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_mutexattr_setprotocol(pthread_mutexattr_t *, int);
int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_mutexattr_setrobust(pthread_mutexattr_t *, int);
int pthread_mutexattr_getrobust(const pthread_mutexattr_t *_RESTRICT_KYWD, int *_RESTRICT_KYWD);
int pthread_kill(pthread_t, int);

typedef struct _cleanup {
	uintptr_t pthread_cleanup_pad[4];
} _cleanup_t;
void __pthread_cleanup_push(void (*)(void *), void *, caddr_t, _cleanup_t *);
void __pthread_cleanup_pop(int, _cleanup_t *);
#define pthread_cleanup_push(routine, arg)                                                         \
	{                                                                                          \
		_cleanup_t _cleanup_info;                                                          \
		__pthread_cleanup_push((void (*)(void *))(routine), (void *)(arg),                 \
				       (caddr_t)__builtin_frame_address(0), &_cleanup_info);
#define pthread_cleanup_pop(execute)                                                               \
	__pthread_cleanup_pop(execute, &_cleanup_info);                                            \
	}
int pthread_attr_setdaemonstate_np(pthread_attr_t *, int);
int pthread_attr_getdaemonstate_np(const pthread_attr_t *, int *);
__END_DECLS

#endif
