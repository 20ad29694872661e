/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/thread.c: threads begin and end.
 *
 * A thread is an LWP; its id is the LWP's. One mapping holds its guard, its stack, its thread-local
 * storage and struct thread, unless the program brought a stack of its own. Who has ended cannot
 * unmap what it stands on: mappings of detached threads wait for the next thread that is made.
 * Facts: pthread_create(3C), lwp_create as usr/src/lib/libc/port/threads/thr.c calls it.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "guest/illumos/libc/attr.h"
#include "guest/illumos/libc/libc.h"

#define DEFAULT_STACK (2UL << 20) /* of a 64-bit process, usr/src/lib/libc/port/threads/thr.c */
#define LWP_DETACHED  0x40
#define LWP_SUSPENDED 0x80
#define LWP_DAEMON    0x20

extern uintptr_t __stack_chk_guard;

static pthread_mutex_t lock = LOCK_INIT;
static struct thread *threads;	/* all that run or are not joined yet */
static struct thread *departed; /* detached, ended, to be unmapped */

void fb_threads_start(void)
{
	struct thread *t = self();

	t->id = (lwpid_t)SYSCALL(SYS_lwp_self).value;
	t->main = true;
	t->canary = __stack_chk_guard;
	threads = t;
}

void fb_threads_lock(void)
{
	pthread_mutex_lock(&lock);
}

void fb_threads_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

/* In the child of a fork there is one. The others' memory is lost, as in the original. */
void fb_threads_forked(void)
{
	struct thread *t = self();

	t->id = (lwpid_t)SYSCALL(SYS_lwp_self).value;
	t->next = NULL;
	threads = t;
	departed = NULL;
	lock = (pthread_mutex_t)LOCK_INIT;
}

struct thread *fb_thread_find(pthread_t id)
{
	for (struct thread *t = threads; t; t = t->next)
		if (t->id == id)
			return t;
	return NULL;
}

static void forget(struct thread *t)
{
	struct thread **at = &threads;

	while (*at && *at != t)
		at = &(*at)->next;
	if (*at)
		*at = t->next;
}

static void unmap(struct thread *t)
{
	munmap(t->map, t->map_size);
}

/* Those whose LWP is gone for good: only then nobody stands on their stack. */
static void sweep(void)
{
	struct thread **at = &departed;

	while (*at) {
		struct thread *t = *at;

		if (SYSCALL(SYS_lwp_kill, t->id, 0).error == ESRCH) {
			*at = t->next;
			unmap(t);
		} else {
			at = &t->next;
		}
	}
}

/* ---- the end ------------------------------------------------------------------------------- */

static void __NORETURN finish(struct thread *t)
{
	sigset_t all;

	t->cancel_state = PTHREAD_CANCEL_DISABLE;
	fb_cleanup_all(t);
	fb_thread_key_destructors(t);
	_fb_rtld.tls_end(&t->tcb);
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	fb_threads_lock();
	t->ended = true;
	if (t->detached) {
		forget(t);
		t->next = departed;
		departed = t;
	}
	fb_threads_unlock();
	for (;;)
		SYSCALL(SYS_lwp_exit);
}

EXPORT void pthread_exit(void *value)
{
	self()->result = value;
	finish(self());
}

void fb_thread_begin(struct thread *t);
void fb_thread_begin(struct thread *t)
{
	void *value = t->start(t->argument);

	/* Go's threads come back with others' values in the registers a callee keeps. */
	__asm__ volatile("movq %%fs:0, %0" : "=r"(t));
	t->result = value;
	finish(t);
}

__asm__(".text\n"
	".globl fb_thread_entry\n"
	".hidden fb_thread_entry\n"
	"fb_thread_entry:\n"
	"	xorl %ebp, %ebp\n"
	"	andq $-16, %rsp\n"
	"	call fb_thread_begin\n"
	"	hlt\n");
extern const char fb_thread_entry[];

/* ---- the beginning ------------------------------------------------------------------------- */

static size_t round_up(size_t n, size_t to)
{
	return (n + to - 1) & ~(to - 1);
}

/* guard | stack | storage, thread; with a stack of the caller's, the last two alone. */
static struct thread *make(const struct attr *a)
{
	size_t page = _fb_rtld.page_size, align = _fb_rtld.tls_align;
	size_t tail = round_up(_fb_rtld.tls_size + align + THREAD_BLOCK_SIZE, page);
	size_t stack = a->stack ? 0 : round_up(a->stack_size ? a->stack_size : DEFAULT_STACK, page);
	size_t guard = a->stack ? 0 : round_up(a->guard_size, page);
	size_t size = guard + stack + tail;
	char *map =
	    mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0);
	struct thread *t;

	if (map == MAP_FAILED)
		return NULL;
	if (guard)
		mprotect(map, guard, PROT_NONE);
	t = (struct thread *)(((uintptr_t)map + guard + stack + _fb_rtld.tls_size + align - 1) &
			      ~(align - 1));
	t->map = map;
	t->map_size = size;
	t->stack = a->stack ? a->stack : map + guard;
	t->stack_size = a->stack ? a->stack_size : stack;
	t->guard_size = guard;
	t->canary = self()->canary;
	_fb_rtld.tls_begin(&t->tcb);
	return t;
}

static struct syscall_answer start_lwp(struct thread *t, unsigned flags)
{
	ucontext_t uc = {.uc_flags = UC_ALL};
	greg_t *g = uc.uc_mcontext.gregs;

	uc.uc_stack.ss_sp = t->stack;
	uc.uc_stack.ss_size = t->stack_size;
	sigprocmask(SIG_BLOCK, NULL, &uc.uc_sigmask);
	g[REG_RIP] = (greg_t)fb_thread_entry;
	g[REG_RSP] = (greg_t)(t->stack + t->stack_size);
	g[REG_RDI] = (greg_t)t;
	g[REG_FSBASE] = (greg_t)t;
	return SYSCALL(SYS_lwp_create, &uc, flags, &t->id);
}

int fb_thread_create(const struct attr *a, void *(*start)(void *), void *argument, bool suspended,
		     pthread_t *id)
{
	struct syscall_answer r;
	struct thread *t;
	pthread_t given;

	fb_threads_lock();
	if (departed)
		sweep();
	t = make(a);
	if (!t) {
		fb_threads_unlock();
		return EAGAIN;
	}
	t->start = start;
	t->argument = argument;
	t->detached = a->detach == PTHREAD_CREATE_DETACHED;
	/* It does not run before its id is known and it is in the list: the lock is held. */
	r = start_lwp(t, LWP_SUSPENDED | (t->detached ? LWP_DETACHED : 0) |
			     (a->daemon ? LWP_DAEMON : 0));
	given = t->id;
	if (r.error) {
		unmap(t);
	} else {
		t->next = threads;
		threads = t;
		if (id)
			*id = t->id;
	}
	fb_threads_unlock();
	if (r.error)
		return r.error;
	if (!suspended)
		SYSCALL(SYS_lwp_continue, given);
	return 0;
}

EXPORT int pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *),
			  void *argument)
{
	const struct attr *a = attr ? attr->__pthread_attrp : &fb_attr_default;

	return a ? fb_thread_create(a, start, argument, false, id) : EINVAL;
}

/* ---- others -------------------------------------------------------------------------------- */

EXPORT pthread_t pthread_self(void)
{
	return self()->id;
}

EXPORT thread_t thr_self(void) __attribute__((alias("pthread_self")));

EXPORT int pthread_equal(pthread_t a, pthread_t b)
{
	return a == b;
}

EXPORT int thr_main(void)
{
	return self()->main;
}

EXPORT int pthread_join(pthread_t id, void **value)
{
	struct syscall_answer r;
	struct thread *t;

	if (id == self()->id)
		return EDEADLK;
	fb_threads_lock();
	t = fb_thread_find(id);
	fb_threads_unlock();
	if (!t)
		return ESRCH;
	if (t->detached)
		return EINVAL;
	do
		r = SYSCALL(SYS_lwp_wait, id, NULL);
	while (r.error == EINTR);
	if (r.error)
		return r.error;
	fb_threads_lock();
	forget(t);
	fb_threads_unlock();
	if (value)
		*value = t->result;
	if (t->map)
		unmap(t);
	return 0;
}

/* Whichever ends first: thr_join(3C) of thread 0. */
int fb_thread_join_any(pthread_t *who, void **value)
{
	struct syscall_answer r;
	lwpid_t id;
	struct thread *t;

	do
		r = SYSCALL(SYS_lwp_wait, 0, &id);
	while (r.error == EINTR);
	if (r.error)
		return r.error;
	fb_threads_lock();
	t = fb_thread_find(id);
	if (t)
		forget(t);
	fb_threads_unlock();
	if (who)
		*who = id;
	if (t && value)
		*value = t->result;
	if (t && t->map)
		unmap(t);
	return 0;
}

EXPORT int pthread_detach(pthread_t id)
{
	int error = 0;
	struct thread *t;

	fb_threads_lock();
	t = fb_thread_find(id);
	if (!t)
		error = ESRCH;
	else if (t->detached)
		error = EINVAL;
	else
		error = SYSCALL(SYS_lwp_detach, id).error;
	if (!error) {
		t->detached = true;
		if (t->ended) {
			forget(t);
			t->next = departed;
			departed = t;
		}
	}
	fb_threads_unlock();
	return error;
}

EXPORT int pthread_kill(pthread_t id, int sig)
{
	return SYSCALL(SYS_lwp_kill, id, sig).error;
}

EXPORT int sched_yield(void)
{
	return (int)result(SYSCALL(SYS_yield));
}

EXPORT void thr_yield(void)
{
	SYSCALL(SYS_yield);
}

/* Where a thread's stack is, as attributes. */
EXPORT int pthread_attr_get_np(pthread_t id, pthread_attr_t *attr)
{
	struct attr *a = attr->__pthread_attrp;
	struct thread *t;
	int error = 0;

	if (!a)
		return EINVAL;
	fb_threads_lock();
	t = fb_thread_find(id);
	if (!t) {
		error = ESRCH;
	} else {
		fb_stack_of(t, &a->stack, &a->stack_size);
		a->guard_size = t->guard_size;
		a->detach = t->detached ? PTHREAD_CREATE_DETACHED : PTHREAD_CREATE_JOINABLE;
	}
	fb_threads_unlock();
	return error;
}
