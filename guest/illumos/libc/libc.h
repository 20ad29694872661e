/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/libc.h: what the C library's files share.
 *
 * The library is guest code: it knows illumos and nothing of FeuerBird but the dynamic linker's
 * table (guest/illumos/rtld.h). It is compiled against the headers that are shipped with it.
 * Names that no standard has begin with fb_ and are not exported.
 */
#ifndef FB_GUEST_ILLUMOS_LIBC_H
#define FB_GUEST_ILLUMOS_LIBC_H

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

#include "guest/illumos/rtld.h"
#include "guest/illumos/syscall.h"

#define KEYS_FAST 128 /* PTHREAD_KEYS_MAX */

/* The head is the linker's. A thread lives until it has ended and has been joined. */
struct thread {
	struct tcb tcb;
	int error; /* errno */
	lwpid_t id;
	struct thread *next; /* among all threads */
	uintptr_t canary;    /* %fs:0x28: what code built with stack protectors compares */

	void *(*start)(void *);
	void *argument, *result;
	char *map; /* of its stack, guard, storage and this; NULL: not the library's */
	size_t map_size;
	char *stack; /* lowest address */
	size_t stack_size, guard_size;
	bool detached, main, ended;

	uint8_t cancel_state, cancel_type;
	bool cancel_asked;
	struct pushed *cleanups;
	struct locale *locale; /* uselocale's; NULL: the process's */
	char *dl_error;	       /* what dlerror has to tell */
	int h_error;	       /* of gethostbyname and its like */
	char name[32];
	void *keys[KEYS_FAST];
};
_Static_assert(__builtin_offsetof(struct thread, canary) == 0x28, "compilers have it built in");
_Static_assert(sizeof(struct thread) <= THREAD_BLOCK_SIZE, "the linker makes the first one");

void fb_cancel_point(void);

static inline struct thread *self(void)
{
	struct thread *t;

	__asm__("movq %%fs:0, %0" : "=r"(t));
	return t;
}

/* An answer as POSIX has it: -1 and errno for an error. */
static inline long result(struct syscall_answer a)
{
	if (a.error) {
		self()->error = a.error;
		return -1;
	}
	return a.value;
}

static inline long fail_with(int error)
{
	self()->error = error;
	return -1;
}

/*
 * A call that may wait, and at which a thread that was asked to end does: meanwhile it ends at
 * once, as in the original (PROLOGUE and EPILOGUE of usr/src/lib/libc/port/threads/scalls.c).
 */
static inline uint8_t wait_begin(struct thread *t)
{
	uint8_t was = t->cancel_type;

	if (t->cancel_state == PTHREAD_CANCEL_ENABLE) {
		__atomic_store_n(&t->cancel_type, PTHREAD_CANCEL_ASYNCHRONOUS, __ATOMIC_SEQ_CST);
		if (__atomic_load_n(&t->cancel_asked, __ATOMIC_SEQ_CST))
			fb_cancel_point();
	}
	return was;
}

static inline void wait_end(struct thread *t, uint8_t was)
{
	__atomic_store_n(&t->cancel_type, was, __ATOMIC_SEQ_CST);
}

#define WAITING(nr, ...)                                                                           \
	({                                                                                         \
		uint8_t waiting_was_ = wait_begin(self());                                         \
		struct syscall_answer waiting_r_ = SYSCALL(SYS_##nr, ##__VA_ARGS__);               \
                                                                                                   \
		wait_end(self(), waiting_was_);                                                    \
		waiting_r_;                                                                        \
	})

/* A call that gives its error as the value: threads and their like. */
static inline int error_of(struct syscall_answer a)
{
	return a.error;
}

#define EXPORT	    __attribute__((visibility("default")))
#define ALIAS(name) __attribute__((visibility("default"), alias(name)))

/* Locks of the library's own are mutexes that nobody asks for errors. */
#define LOCK_INIT PTHREAD_MUTEX_INITIALIZER

struct locale;
void fb_stdio_start(void);
void fb_stdio_finish(void);
void fb_ctype_start(void);
void fb_malloc_lock(bool on);
void fb_threads_start(void);
void fb_signals_start(void);
void fb_cancel_ready(void);
void fb_thread_key_destructors(struct thread *t);
extern bool fb_aio_used;
void fb_aio_close(int fd);

#endif
