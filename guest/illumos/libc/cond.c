/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/cond.c: condition variables, and what is made of them.
 *
 * The kernel leaves the mutex and puts the thread to sleep in one step; afterwards the mutex is
 * taken here. Facts: pthread_cond_wait(3C), lwp_cond_wait of usr/src/uts/common/syscall/lwp_sobj.c,
 * which sets the byte cond_waiters_kernel.
 */
#include <stdlib.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

#define NSEC 1000000000L

bool fb_until(clockid_t clock, const struct timespec *when, struct timespec *relative)
{
	struct timespec now;

	if (when->tv_nsec < 0 || when->tv_nsec >= NSEC)
		return false;
	clock_gettime(clock, &now);
	relative->tv_sec = when->tv_sec - now.tv_sec;
	relative->tv_nsec = when->tv_nsec - now.tv_nsec;
	if (relative->tv_nsec < 0) {
		relative->tv_nsec += NSEC;
		relative->tv_sec--;
	}
	if (relative->tv_sec < 0)
		*relative = (struct timespec){0, 0};
	return true;
}

/* The clock of a variable that has another than CLOCK_REALTIME lies in its unused data. */
static clockid_t clock_of(const pthread_cond_t *c)
{
	return c->__pthread_cond_flags.__pthread_cond_flag[0]
		   ? c->__pthread_cond_flags.__pthread_cond_flag[0]
		   : CLOCK_REALTIME;
}

int fb_cond_wait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *relative)
{
	struct timespec ts = relative ? *relative : (struct timespec){0, 0};
	struct syscall_answer r;
	uint8_t *count = fb_mutex_count(m), taken = *count;
	int error;

	fb_cancel_point();
	/* However often it was taken, it is left. */
	*count = 0;
	__atomic_store_n(&m->__pthread_mutex_data, 0, __ATOMIC_RELAXED);
	r = SYSCALL(SYS_lwp_cond_wait, c, m, relative ? &ts : NULL, 0);
	error = pthread_mutex_lock(m);
	*count = taken;
	/* Who ends here has the mutex, as its cleanup handlers expect. */
	fb_cancel_point();
	return r.error ? r.error : error;
}

/* A signal's handler has run: that is a wake-up like any other. */
static int wait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *relative)
{
	int error = fb_cond_wait(c, m, relative);

	return error == EINTR ? 0 : error == ETIME ? ETIMEDOUT : error;
}

EXPORT int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m)
{
	return wait(c, m, NULL);
}

EXPORT int pthread_cond_reltimedwait_np(pthread_cond_t *c, pthread_mutex_t *m,
					const struct timespec *relative)
{
	return wait(c, m, relative);
}

EXPORT int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
				  const struct timespec *until)
{
	struct timespec ts;

	return fb_until(clock_of(c), until, &ts) ? wait(c, m, &ts) : EINVAL;
}

EXPORT int pthread_cond_signal(pthread_cond_t *c)
{
	if (__atomic_load_n(&c->__pthread_cond_flags.__pthread_cond_flag[3], __ATOMIC_SEQ_CST))
		return SYSCALL(SYS_lwp_cond_signal, c).error;
	return 0;
}

EXPORT int pthread_cond_broadcast(pthread_cond_t *c)
{
	if (__atomic_load_n(&c->__pthread_cond_flags.__pthread_cond_flag[3], __ATOMIC_SEQ_CST))
		return SYSCALL(SYS_lwp_cond_broadcast, c).error;
	return 0;
}

struct condattr {
	clockid_t clock;
	int shared;
};

EXPORT int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *attr)
{
	const struct condattr *a = attr ? attr->__pthread_condattrp : NULL;

	*c = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
	if (a) {
		c->__pthread_cond_flags.__pthread_cond_type = (uint16_t)a->shared;
		c->__pthread_cond_flags.__pthread_cond_flag[0] = (uint8_t)a->clock;
	}
	return 0;
}

EXPORT int pthread_cond_destroy(pthread_cond_t *c)
{
	c->__pthread_cond_flags.__pthread_cond_magic = 0;
	return 0;
}

EXPORT int pthread_condattr_init(pthread_condattr_t *attr)
{
	struct condattr *a = calloc(1, sizeof(*a));

	attr->__pthread_condattrp = a;
	if (!a)
		return ENOMEM;
	a->clock = CLOCK_REALTIME;
	return 0;
}

EXPORT int pthread_condattr_destroy(pthread_condattr_t *attr)
{
	free(attr->__pthread_condattrp);
	attr->__pthread_condattrp = NULL;
	return 0;
}

EXPORT int pthread_condattr_setclock(pthread_condattr_t *attr, clockid_t clock)
{
	struct condattr *a = attr->__pthread_condattrp;

	if (!a || (clock != CLOCK_REALTIME && clock != CLOCK_HIGHRES))
		return EINVAL;
	a->clock = clock;
	return 0;
}
