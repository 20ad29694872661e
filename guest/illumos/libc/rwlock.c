/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/rwlock.c: read-write locks, made of their own mutex and condition variables.
 *
 * readers is the number of readers, or WRITER. Who wants to write keeps new readers out, so that
 * it gets its turn. Facts: pthread_rwlock_rdlock(3C).
 */
#include <stdlib.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

#define WRITER (-1)

/* Writers that wait: in the unused data of the condition variable they wait on. */
static upad64_t *writers(pthread_rwlock_t *l)
{
	return &l->__pthread_rwlock_writercv.__pthread_cond_data;
}

EXPORT int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *attr)
{
	(void)attr;
	*l = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
	return 0;
}

EXPORT int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
	l->__pthread_rwlock_magic = 0;
	return 0;
}

static int take(pthread_rwlock_t *l, bool write, bool try)
{
	pthread_mutex_t *m = &l->__pthread_rwlock_mutex;
	int error = 0;

	pthread_mutex_lock(m);
	if (write) {
		++*writers(l);
		while (l->__pthread_rwlock_readers != 0 && !error) {
			if (try)
				error = EBUSY;
			else
				pthread_cond_wait(&l->__pthread_rwlock_writercv, m);
		}
		--*writers(l);
		if (!error)
			l->__pthread_rwlock_readers = WRITER;
	} else {
		while ((l->__pthread_rwlock_readers == WRITER || *writers(l)) && !error) {
			if (try)
				error = EBUSY;
			else
				pthread_cond_wait(&l->__pthread_rwlock_readercv, m);
		}
		if (!error)
			l->__pthread_rwlock_readers++;
	}
	pthread_mutex_unlock(m);
	return error;
}

EXPORT int pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
	return take(l, false, false);
}

EXPORT int pthread_rwlock_tryrdlock(pthread_rwlock_t *l)
{
	return take(l, false, true);
}

EXPORT int pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
	return take(l, true, false);
}

EXPORT int pthread_rwlock_trywrlock(pthread_rwlock_t *l)
{
	return take(l, true, true);
}

EXPORT int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
	pthread_mutex_t *m = &l->__pthread_rwlock_mutex;

	pthread_mutex_lock(m);
	if (l->__pthread_rwlock_readers == WRITER)
		l->__pthread_rwlock_readers = 0;
	else
		l->__pthread_rwlock_readers--;
	if (l->__pthread_rwlock_readers == 0) {
		if (*writers(l))
			pthread_cond_signal(&l->__pthread_rwlock_writercv);
		else
			pthread_cond_broadcast(&l->__pthread_rwlock_readercv);
	}
	pthread_mutex_unlock(m);
	return 0;
}
