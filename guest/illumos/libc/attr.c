/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/attr.c: attributes of threads. Facts: pthread_attr_init(3C) and its like,
 * usr/src/lib/libc/port/threads/pthr_attr.c.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "guest/illumos/libc/attr.h"

const struct attr fb_attr_default = {
    .guard_size = 4096,
    .detach = PTHREAD_CREATE_JOINABLE,
    .scope = PTHREAD_SCOPE_PROCESS,
    .inherit = PTHREAD_INHERIT_SCHED,
};

void fb_stack_of(const struct thread *t, char **low, size_t *size)
{
	struct rlimit limit;
	uintptr_t top;

	*low = t->stack;
	*size = t->stack_size;
	if (!t->main)
		return;
	/* The vectors lie at its top. */
	top = ((uintptr_t)_fb_rtld.auxv + 0xfffff) & ~0xfffffUL;
	getrlimit(RLIMIT_STACK, &limit);
	*size = limit.rlim_cur == (rlim_t)RLIM_INFINITY || limit.rlim_cur > 512UL << 20
		    ? 512UL << 20
		    : limit.rlim_cur;
	*low = (char *)top - *size;
}

EXPORT int pthread_attr_init(pthread_attr_t *attr)
{
	struct attr *a = malloc(sizeof(*a));

	if (!a)
		return ENOMEM;
	*a = fb_attr_default;
	attr->__pthread_attrp = a;
	return 0;
}

EXPORT int pthread_attr_destroy(pthread_attr_t *attr)
{
	if (!attr || !attr->__pthread_attrp)
		return EINVAL;
	free(attr->__pthread_attrp);
	attr->__pthread_attrp = NULL;
	return 0;
}

/* A is the attributes, or the function ends. */
#define ATTR(a, attr)                                                                              \
	struct attr *a = attr ? (attr)->__pthread_attrp : NULL;                                    \
	if (!a)                                                                                    \
	return EINVAL

EXPORT int pthread_attr_setstack(pthread_attr_t *attr, void *stack, size_t size)
{
	ATTR(a, attr);
	if (size < PTHREAD_STACK_MIN)
		return EINVAL;
	a->stack = stack;
	a->stack_size = size;
	return 0;
}

EXPORT int pthread_attr_getstack(const pthread_attr_t *attr, void **stack, size_t *size)
{
	ATTR(a, attr);
	*stack = a->stack;
	*size = a->stack_size;
	return 0;
}

EXPORT int pthread_attr_setstacksize(pthread_attr_t *attr, size_t size)
{
	ATTR(a, attr);
	if (size < PTHREAD_STACK_MIN)
		return EINVAL;
	a->stack_size = size;
	return 0;
}

EXPORT int pthread_attr_getstacksize(const pthread_attr_t *attr, size_t *size)
{
	ATTR(a, attr);
	*size = a->stack_size;
	return 0;
}

EXPORT int pthread_attr_setguardsize(pthread_attr_t *attr, size_t size)
{
	ATTR(a, attr);
	a->guard_size = size;
	return 0;
}

EXPORT int pthread_attr_getguardsize(const pthread_attr_t *attr, size_t *size)
{
	ATTR(a, attr);
	*size = a->guard_size;
	return 0;
}

EXPORT int pthread_attr_setdetachstate(pthread_attr_t *attr, int state)
{
	ATTR(a, attr);
	if (state != PTHREAD_CREATE_DETACHED && state != PTHREAD_CREATE_JOINABLE)
		return EINVAL;
	a->detach = state;
	return 0;
}

EXPORT int pthread_attr_getdetachstate(const pthread_attr_t *attr, int *state)
{
	ATTR(a, attr);
	*state = a->detach;
	return 0;
}
