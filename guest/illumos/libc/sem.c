/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/sem.c: POSIX semaphores.
 *
 * The count is in the program's memory and a wait that need not sleep takes from it there; the
 * kernel sets a byte when somebody sleeps. Facts: sem_wait(3C), lwp_sema_timedwait and
 * lwp_sema_post of usr/src/uts/common/syscall/lwp_sobj.c, sema_waiters of
 * usr/src/uts/intel/sys/synch32.h.
 */
#include <semaphore.h>

#include "guest/illumos/libc/libc.h"
#include "guest/illumos/libc/sync.h"

#define SEMA_MAGIC 0x534d

static uint8_t *waiters_of(sem_t *s)
{
	return (uint8_t *)&s->sem_pad1[0] + 7;
}

static bool take(sem_t *s)
{
	uint32_t n = __atomic_load_n(&s->sem_count, __ATOMIC_RELAXED);

	while (n)
		if (__atomic_compare_exchange_n(&s->sem_count, &n, n - 1, false, __ATOMIC_ACQUIRE,
						__ATOMIC_RELAXED))
			return true;
	return false;
}

static int wait(sem_t *s, struct timespec *relative)
{
	struct syscall_answer r;

	if (take(s))
		return 0;
	r = WAITING(lwp_sema_timedwait, s, relative, 0);
	if (r.error == ETIME)
		r.error = ETIMEDOUT;
	return r.error ? (int)fail_with(r.error) : 0;
}

EXPORT int sem_init(sem_t *s, int shared, unsigned int value)
{
	if (value > SEM_VALUE_MAX)
		return (int)fail_with(EINVAL);
	*s = (sem_t){.sem_count = value, .sem_type = shared ? 1 : 0, .sem_magic = SEMA_MAGIC};
	return 0;
}

EXPORT int sem_destroy(sem_t *s)
{
	s->sem_magic = 0;
	return 0;
}

EXPORT int sem_wait(sem_t *s)
{
	return wait(s, NULL);
}

EXPORT int sem_trywait(sem_t *s)
{
	return take(s) ? 0 : (int)fail_with(EAGAIN);
}

EXPORT int sem_reltimedwait_np(sem_t *s, const struct timespec *relative)
{
	struct timespec ts = *relative;

	return wait(s, &ts);
}

EXPORT int sem_timedwait(sem_t *s, const struct timespec *until)
{
	struct timespec ts;

	if (take(s))
		return 0;
	if (!fb_until(CLOCK_REALTIME, until, &ts))
		return (int)fail_with(EINVAL);
	return wait(s, &ts);
}

/* Who is about to sleep says so and then looks at the count; so this counts and then looks. */
EXPORT int sem_post(sem_t *s)
{
	uint32_t n = __atomic_load_n(&s->sem_count, __ATOMIC_RELAXED);

	if (__atomic_load_n(waiters_of(s), __ATOMIC_SEQ_CST))
		return (int)result(SYSCALL(SYS_lwp_sema_post, s));
	do
		if (n >= SEM_VALUE_MAX)
			return (int)fail_with(EOVERFLOW);
	while (!__atomic_compare_exchange_n(&s->sem_count, &n, n + 1, false, __ATOMIC_SEQ_CST,
					    __ATOMIC_RELAXED));
	if (__atomic_load_n(waiters_of(s), __ATOMIC_SEQ_CST) && take(s))
		return (int)result(SYSCALL(SYS_lwp_sema_post, s));
	return 0;
}

EXPORT int sem_getvalue(sem_t *s, int *value)
{
	*value = (int)__atomic_load_n(&s->sem_count, __ATOMIC_RELAXED);
	return 0;
}
