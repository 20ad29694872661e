/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/key.c: what threads keep by key, what is done once, and what is done at a
 * thread's end. Facts: pthread_key_create(3C), pthread_once(3C), pthread_cleanup_push(3C).
 */
#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"

#define ROUNDS 4 /* PTHREAD_DESTRUCTOR_ITERATIONS */

static pthread_mutex_t lock = LOCK_INIT;
static struct {
	bool used;
	void (*destructor)(void *);
} keys[KEYS_FAST];

/* Key 0 is not given out: zeroed memory is not a key. */
EXPORT int pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	int error = EAGAIN;

	pthread_mutex_lock(&lock);
	for (pthread_key_t k = 1; k < KEYS_FAST && error; k++) {
		if (keys[k].used)
			continue;
		keys[k].used = true;
		keys[k].destructor = destructor;
		*key = k;
		error = 0;
	}
	pthread_mutex_unlock(&lock);
	return error;
}

EXPORT int pthread_key_create_once_np(pthread_key_t *key, void (*destructor)(void *))
{
	static pthread_mutex_t once = LOCK_INIT;
	int error = 0;

	pthread_mutex_lock(&once);
	if (*key == (pthread_key_t)-1)
		error = pthread_key_create(key, destructor);
	pthread_mutex_unlock(&once);
	return error;
}

EXPORT int pthread_key_delete(pthread_key_t key)
{
	if (key == 0 || key >= KEYS_FAST || !keys[key].used)
		return EINVAL;
	pthread_mutex_lock(&lock);
	keys[key].used = false;
	keys[key].destructor = NULL;
	pthread_mutex_unlock(&lock);
	return 0;
}

EXPORT void *pthread_getspecific(pthread_key_t key)
{
	return key < KEYS_FAST ? self()->keys[key] : NULL;
}

EXPORT int pthread_setspecific(pthread_key_t key, const void *value)
{
	if (key == 0 || key >= KEYS_FAST || !keys[key].used)
		return EINVAL;
	self()->keys[key] = (void *)value;
	return 0;
}

void fb_thread_key_destructors(struct thread *t)
{
	bool again = true;

	for (int round = 0; round < ROUNDS && again; round++) {
		again = false;
		for (pthread_key_t k = 1; k < KEYS_FAST; k++) {
			void *value = t->keys[k];
			void (*destructor)(void *) = keys[k].destructor;

			t->keys[k] = NULL;
			if (value && destructor) {
				destructor(value);
				again = true;
			}
		}
	}
}

/* ---- cleanup handlers ---------------------------------------------------------------------- */

/* What a _cleanup_t of pthread.h is, on the stack of who pushes it. */
struct pushed {
	struct pushed *next;
	void *frame;
	void (*function)(void *);
	void *argument;
};

EXPORT void __pthread_cleanup_push(void (*function)(void *), void *argument, caddr_t frame,
				   _cleanup_t *where)
{
	struct pushed *p = (struct pushed *)where;

	p->function = function;
	p->argument = argument;
	p->frame = frame;
	p->next = self()->cleanups;
	self()->cleanups = p;
}

EXPORT void __pthread_cleanup_pop(int execute, _cleanup_t *where)
{
	struct pushed *p = (struct pushed *)where;

	self()->cleanups = p->next;
	if (execute)
		p->function(p->argument);
}

void fb_cleanup_all(struct thread *t)
{
	while (t->cleanups) {
		struct pushed *p = t->cleanups;

		t->cleanups = p->next;
		p->function(p->argument);
	}
}

/* ---- once ---------------------------------------------------------------------------------- */

/* As the original lays it out: a mutex in the first three words, a flag in the last. */
struct once {
	pthread_mutex_t mutex;
	uint64_t done;
};
_Static_assert(sizeof(struct once) == sizeof(pthread_once_t), "as pthread.h has it");

EXPORT int pthread_once(pthread_once_t *where, void (*function)(void))
{
	struct once *o = (struct once *)where;

	if (__atomic_load_n(&o->done, __ATOMIC_ACQUIRE))
		return 0;
	pthread_mutex_lock(&o->mutex);
	if (!o->done) {
		function();
		__atomic_store_n(&o->done, 1, __ATOMIC_RELEASE);
	}
	pthread_mutex_unlock(&o->mutex);
	return 0;
}
