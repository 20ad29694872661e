/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/attr.h: what a pthread_attr_t leads to, and what threads share with others.
 */
#ifndef FB_GUEST_ILLUMOS_ATTR_H
#define FB_GUEST_ILLUMOS_ATTR_H

#include "guest/illumos/libc/libc.h"

struct attr {
	char *stack; /* lowest address; NULL: the library's to make */
	size_t stack_size, guard_size;
	int detach, scope, inherit, policy, priority;
	bool daemon; /* the process does not wait for it */
};
extern const struct attr fb_attr_default;

void fb_threads_lock(void);
void fb_threads_unlock(void);
void fb_threads_forked(void);
/* A thread's stack; of the first thread, what the system gave it. */
void fb_stack_of(const struct thread *t, char **low, size_t *size);
void fb_cleanup_all(struct thread *t);
/* NULL: nobody has that number. With the list locked. */
struct thread *fb_thread_find(pthread_t id);
int fb_thread_create(const struct attr *a, void *(*start)(void *), void *argument, bool suspended,
		     pthread_t *id);
int fb_thread_join_any(pthread_t *who, void **value);

#endif
