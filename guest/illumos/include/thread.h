/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads of the system's own kind. Source: usr/src/head/thread.h. */
#ifndef _FB_ILLUMOS_THREAD_H
#define _FB_ILLUMOS_THREAD_H

#include <signal.h>
#include <synch.h>

typedef unsigned int thread_key_t;

#define THR_BOUND     0x00000001
#define THR_NEW_LWP   0x00000002
#define THR_DETACHED  0x00000040
#define THR_SUSPENDED 0x00000080
#define THR_DAEMON    0x00000100
#define THR_ONCE_KEY  ((thread_key_t)-1)

__BEGIN_DECLS
int thr_create(void *, size_t, void *(*)(void *), void *, long, thread_t *);
int thr_join(thread_t, thread_t *, void **);
int thr_setconcurrency(int);
int thr_getconcurrency(void);
void thr_exit(void *) __NORETURN;
thread_t thr_self(void);
int thr_sigsetmask(int, const sigset_t *, sigset_t *);
int thr_stksegment(stack_t *);
int thr_main(void);
int thr_kill(thread_t, int);
int thr_suspend(thread_t);
int thr_continue(thread_t);
void thr_yield(void);
int thr_setprio(thread_t, int);
int thr_getprio(thread_t, int *);
int thr_keycreate(thread_key_t *, void (*)(void *));
int thr_keycreate_once(thread_key_t *, void (*)(void *));
int thr_setspecific(thread_key_t, void *);
int thr_getspecific(thread_key_t, void **);
size_t thr_min_stack(void);
__END_DECLS

#endif
