/* SPDX-License-Identifier: BSD-2-Clause */
/* Locks of the system's own kind. Source: usr/src/head/synch.h, usr/src/uts/common/sys/synch.h. */
#ifndef _FB_ILLUMOS_SYNCH_H
#define _FB_ILLUMOS_SYNCH_H

#include <pthread.h>
#include <semaphore.h>
#include <time.h>

typedef pthread_mutex_t mutex_t;
typedef pthread_cond_t cond_t;
typedef pthread_rwlock_t rwlock_t;
typedef sem_t sema_t;

#define USYNC_THREAD	     0x00
#define USYNC_PROCESS	     0x01
#define LOCK_NORMAL	     0x00
#define LOCK_SHARED	     0x01
#define LOCK_ERRORCHECK	     0x02
#define LOCK_RECURSIVE	     0x04
#define LOCK_PRIO_INHERIT    0x10
#define LOCK_PRIO_PROTECT    0x20
#define LOCK_ROBUST	     0x40
#define USYNC_PROCESS_ROBUST 0x08
#define DEFAULTMUTEX	     PTHREAD_MUTEX_INITIALIZER
#define RECURSIVEMUTEX	     PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP
#define DEFAULTCV	     PTHREAD_COND_INITIALIZER
#define DEFAULTRWLOCK	     PTHREAD_RWLOCK_INITIALIZER

__BEGIN_DECLS
int mutex_init(mutex_t *, int, void *);
int mutex_destroy(mutex_t *);
int mutex_lock(mutex_t *);
int mutex_trylock(mutex_t *);
int mutex_unlock(mutex_t *);
int cond_init(cond_t *, int, void *);
int cond_destroy(cond_t *);
int cond_wait(cond_t *, mutex_t *);
int cond_timedwait(cond_t *, mutex_t *, const timestruc_t *);
int cond_reltimedwait(cond_t *, mutex_t *, const timestruc_t *);
int cond_signal(cond_t *);
int cond_broadcast(cond_t *);
int rwlock_init(rwlock_t *, int, void *);
int rwlock_destroy(rwlock_t *);
int rw_rdlock(rwlock_t *);
int rw_wrlock(rwlock_t *);
int rw_tryrdlock(rwlock_t *);
int rw_trywrlock(rwlock_t *);
int rw_unlock(rwlock_t *);
int sema_init(sema_t *, unsigned int, int, void *);
int sema_destroy(sema_t *);
int sema_wait(sema_t *);
int sema_timedwait(sema_t *, const timestruc_t *);
int sema_reltimedwait(sema_t *, const timestruc_t *);
int sema_post(sema_t *);
int sema_trywait(sema_t *);
__END_DECLS

#endif
