/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/freebsd_thread.h: threads by FreeBSD's own calls: thr_new(2), and waiting
 * for a word with _umtx_op(2) (sys/thr.h, sys/umtx.h).
 */
#ifndef FB_TESTS_GUEST_FREEBSD_THREAD_H
#define FB_TESTS_GUEST_FREEBSD_THREAD_H

#include "guest.h"

#define UMTX_OP_WAIT		  2
#define UMTX_OP_WAKE		  3
#define UMTX_OP_WAIT_UINT	  11
#define UMTX_OP_WAIT_UINT_PRIVATE 15
#define UMTX_OP_WAKE_PRIVATE	  16

struct thr_param {
	void (*start_func)(void *);
	void *arg;
	char *stack_base;
	size_t stack_size;
	char *tls_base;
	size_t tls_size;
	long *child_tid;
	long *parent_tid;
	i32 flags;
	void *rtp;
	void *spare[3];
};
_Static_assert(sizeof(struct thr_param) == 104, "struct thr_param");

struct thread {
	void (*body)(void *);
	void *arg;
	long tid;	/* stored by the kernel for the parent */
	long child_tid; /* and for the child, before it runs */
	volatile int running;
	volatile long gone; /* set by thr_exit(2) when the thread has left its stack */
	char stack[65536] __attribute__((aligned(16)));
};

static inline void thread_body(void *arg)
{
	struct thread *t = arg;

	t->running = 1;
	t->body(t->arg);
	sys(SYS_thr_exit, &t->gone);
}

/* 0 or a negative error number. It runs when this returns, so that a test that gives it some
 * time to block does not depend on how busy the machine is. */
static inline long thread_start(struct thread *t, void (*body)(void *), void *arg)
{
	struct thr_param param = {
	    .start_func = thread_body,
	    .arg = t,
	    .stack_base = t->stack,
	    .stack_size = sizeof(t->stack),
	    .child_tid = &t->child_tid,
	    .parent_tid = &t->tid,
	};
	long answer;

	t->body = body;
	t->arg = arg;
	t->running = 0;
	t->gone = 0;
	answer = sys(SYS_thr_new, &param, sizeof(param));
	while (answer == 0 && !t->running)
		sys(SYS_sched_yield);
	return answer;
}

static inline void thread_join(struct thread *t)
{
	while (t->gone == 0)
		sys(SYS__umtx_op, &t->gone, UMTX_OP_WAIT, 0, NULL, NULL);
}

#endif
