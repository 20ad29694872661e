/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/guest/illumos_thread.h: threads by illumos's own calls: lwp_create of a context, lwp_wait,
 * lwp_park (sys/ucontext.h, sys/regset.h, sys/lwp.h, usr/src/lib/libc/amd64/threads).
 */
#ifndef FB_TESTS_GUEST_ILLUMOS_THREAD_H
#define FB_TESTS_GUEST_ILLUMOS_THREAD_H

#include "guest.h"

/* The registers in gregset_t */
#define REG_RDI	   8
#define REG_RIP	   17
#define REG_RSP	   20
#define REG_FSBASE 26

#define CONTEXT_WORDS 108 /* sizeof(ucontext_t) / 8 */
#define CONTEXT_GREGS 8	  /* where its registers begin, in words */

#define PARK   0 /* subcodes of lwp_park */
#define UNPARK 1

struct thread {
	void (*body)(void *);
	void *arg;
	u32 id;
	volatile int running;
	char stack[65536] __attribute__((aligned(16)));
};

static inline void thread_body(struct thread *t)
{
	t->running = 1;
	t->body(t->arg);
	sys(SYS_lwp_exit);
}

/* 0 or a negative error number; it runs when this returns. */
static inline long thread_start(struct thread *t, void (*body)(void *), void *arg)
{
	static u64 context[CONTEXT_WORDS] __attribute__((aligned(16)));
	u64 *stack = (u64 *)(t->stack + sizeof(t->stack)) - 1;
	long r;

	for (int i = 0; i < CONTEXT_WORDS; i++)
		context[i] = 0;
	context[CONTEXT_GREGS + REG_RIP] = (u64)thread_body;
	context[CONTEXT_GREGS + REG_RDI] = (u64)t;
	context[CONTEXT_GREGS + REG_RSP] = (u64)stack;
	context[CONTEXT_GREGS + REG_FSBASE] = (u64)t;
	t->body = body;
	t->arg = arg;
	t->running = 0;
	r = sys(SYS_lwp_create, context, 0, &t->id);
	while (r == 0 && !t->running)
		sys(SYS_yield);
	return r;
}

static inline void thread_join(struct thread *t)
{
	sys(SYS_lwp_wait, t->id, 0);
}

#endif
