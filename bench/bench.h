/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/bench.h: what the two systems do their own way: call stubs, the clock, a thread and
 * a word to wait for.
 */
#ifndef FB_BENCH_BENCH_H
#define FB_BENCH_BENCH_H

#include "guest.h"

static inline u64 cycles(void)
{
	u32 low, high;

	__asm__ volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high)::"memory");
	return (u64)high << 32 | low;
}

#define STRING_(x) #x
#define STRING(x)  STRING_(x)
/* mov $nr, %rax in its seven-byte form; mov %rcx, %r10; syscall; ret */
#define STUB(name, nr, ...)                                                                        \
	long name(__VA_ARGS__);                                                                    \
	__asm__(".balign 16\n" #name ":\n"                                                         \
		"	.byte 0x48, 0xc7, 0xc0; .long " STRING(nr) "\n"                            \
								   "	movq %rcx, %r10\n"            \
								   "	syscall\n"                    \
								   "	ret\n")

STUB(call_read, SYS_read, int, void *, size_t);
STUB(call_write, SYS_write, int, const void *, size_t);
STUB(call_pread, SYS_pread, int, void *, size_t, i64);
STUB(call_pwrite, SYS_pwrite, int, const void *, size_t, i64);
STUB(call_getppid, SYS_getppid, void);
STUB(call_kill, SYS_kill, int, int);
STUB(call_openat, SYS_openat, int, const char *, int, int);
STUB(call_close, SYS_close, int);
STUB(call_fork, SYS_fork, void);
STUB(call_execve, SYS_execve, const char *, char *const *, char *const *);
STUB(call_wait4, SYS_wait4, int, int *, int, void *);
STUB(call_clock_gettime, SYS_clock_gettime, int, struct timespec *);

#define QUEUE_MAX 128 /* events at a time */

#ifdef __FreeBSD__

#include "freebsd_event.h"
#include "freebsd_thread.h"

/* A call that FreeBSD's kernel answers without doing anything. */
STUB(call_null, SYS_issetugid, void);
STUB(call_fstatat, SYS_fstatat, int, const char *, struct stat *, int);
STUB(call_umtx, SYS__umtx_op, volatile void *, int, u64, void *, void *);
STUB(call_kevent, SYS_kevent, int, const void *, int, void *, int, const void *);

static inline int queue_new(void)
{
	return kqueue();
}

/* From now on queue tells when fd can be read. */
static inline void queue_watch(int queue, int fd)
{
	change(queue, (u64)fd, EVFILT_READ, EV_ADD, 0, 0);
}

/* Waits until something can be read; the descriptors, at most QUEUE_MAX, and how many. */
static inline long queue_wait(int queue, int *fds)
{
	static struct kevent k[QUEUE_MAX];
	long n = call_kevent(queue, NULL, 0, k, QUEUE_MAX, NULL);

	for (long i = 0; i < n; i++)
		fds[i] = (int)k[i].ident;
	return n;
}

static inline void clock_prepare(void)
{
}

static inline void clock_read(struct timespec *ts)
{
	call_clock_gettime(CLOCK_MONOTONIC, ts);
}

static inline void word_wait(volatile u32 *word, u32 value)
{
	call_umtx(word, UMTX_OP_WAIT_UINT_PRIVATE, value, NULL, NULL);
}

static inline void word_wake(volatile u32 *word)
{
	call_umtx(word, UMTX_OP_WAKE_PRIVATE, 1, NULL, NULL);
}

#else

/* The cheapest call Linux has. */
STUB(call_null, SYS_getpid, void);
STUB(call_fstatat, SYS_newfstatat, int, const char *, struct stat *, int);
STUB(call_futex, SYS_futex, volatile void *, int, u64, void *);
STUB(call_epoll_wait, __NR_epoll_wait, int, void *, int, int);

#define EPOLLIN	      1 /* linux/eventpoll.h */
#define EPOLL_CTL_ADD 1
struct epoll_event {
	u32 events;
	u64 data;
} __attribute__((packed));

static inline int queue_new(void)
{
	return (int)sys(__NR_epoll_create1, 0);
}

static inline void queue_watch(int queue, int fd)
{
	struct epoll_event e = {EPOLLIN, (u64)fd};

	sys(__NR_epoll_ctl, queue, EPOLL_CTL_ADD, fd, &e);
}

static inline long queue_wait(int queue, int *fds)
{
	static struct epoll_event e[QUEUE_MAX];
	long n = call_epoll_wait(queue, e, QUEUE_MAX, -1);

	for (long i = 0; i < n; i++)
		fds[i] = (int)e[i].data;
	return n;
}

static long (*vdso_clock)(int, struct timespec *) = call_clock_gettime;

/* Finds clock_gettime in the vDSO (its dynamic symbols, as the ELF specification has them). */
static inline void clock_prepare(void)
{
	const struct auxv *a = auxv_find(AT_SYSINFO_EHDR);
	const char *base = a != NULL ? (const char *)a->value : NULL;
	const char *strings = NULL, *symbols = NULL;
	const u64 *dynamic = NULL;

	if (base == NULL)
		return;
	for (int i = 0; i < *(const u16 *)(base + 56); i++) {
		const char *header = base + *(const u64 *)(base + 32) + i * 56;

		if (*(const u32 *)header == 2)
			dynamic = (const u64 *)(base + *(const u64 *)(header + 8));
	}
	for (; dynamic != NULL && dynamic[0] != 0; dynamic += 2) {
		if (dynamic[0] == 5)
			strings = base + dynamic[1];
		else if (dynamic[0] == 6)
			symbols = base + dynamic[1];
	}
	for (int i = 1; strings != NULL && symbols != NULL && i < 64; i++) {
		const char *symbol = symbols + i * 24;

		if (strcmp(strings + *(const u32 *)symbol, "__vdso_clock_gettime") == 0) {
			vdso_clock =
			    (long (*)(int, struct timespec *))(base + *(const u64 *)(symbol + 8));
			return;
		}
	}
}

static inline void clock_read(struct timespec *ts)
{
	vdso_clock(CLOCK_MONOTONIC, ts);
}

static inline void word_wait(volatile u32 *word, u32 value)
{
	call_futex(word, 128 /* FUTEX_WAIT_PRIVATE */, value, NULL);
}

static inline void word_wake(volatile u32 *word)
{
	call_futex(word, 129 /* FUTEX_WAKE_PRIVATE */, 1, NULL);
}

struct thread {
	void (*body)(void *);
	void *arg;
	volatile u32 tid; /* cleared, and waiters woken, when the thread is gone */
	char stack[65536] __attribute__((aligned(16)));
};

/* CLONE_VM FS FILES SIGHAND THREAD SYSVSEM PARENT_SETTID CHILD_CLEARTID */
#define THREAD_FLAGS  0x350f00

static inline void thread_start(struct thread *t, void (*body)(void *), void *arg)
{
	register long r10 __asm__("r10") = (long)&t->tid;
	register long r12 __asm__("r12") = (long)body;
	register long r13 __asm__("r13") = (long)arg;
	long nr = __NR_clone;

	__asm__ volatile("syscall\n"
			 "testl %%eax, %%eax\n"
			 "jnz 1f\n"
			 "movq %%r13, %%rdi\n"
			 "call *%%r12\n"
			 "xorl %%edi, %%edi\n"
			 "movl $60, %%eax\n" /* exit, of this thread */
			 "syscall\n"
			 "1:\n"
			 : "+a"(nr)
			 : "D"((long)THREAD_FLAGS), "S"(t->stack + sizeof(t->stack)), "d"(&t->tid),
			   "r"(r10), "r"(r12), "r"(r13)
			 : "rcx", "r11", "memory");
}

static inline void thread_join(struct thread *t)
{
	u32 tid;

	while ((tid = t->tid) != 0)
		sys(__NR_futex, &t->tid, 0 /* FUTEX_WAIT, as the kernel wakes it */, tid, NULL);
}

#endif
#endif
