/* SPDX-License-Identifier: BSD-2-Clause */
/* bench/bench_linux.h: what bench.h says, on Linux. */
#ifndef FB_BENCH_LINUX_H
#define FB_BENCH_LINUX_H

STUB(call_getppid, SYS_getppid, void);
STUB(call_fork, SYS_fork, void);
STUB(call_wait4, SYS_wait4, int, int *, int, void *);
/* The cheapest call Linux has. */
STUB(call_null, SYS_getpid, void);
STUB(call_fstatat, SYS_newfstatat, int, const char *, struct stat *, int);
STUB(call_fstat, SYS_fstat, int, struct stat *);
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

struct thread {
	void (*body)(void *);
	void *arg;
	volatile u32 tid; /* cleared, and waiters woken, when the thread is gone */
	char stack[65536] __attribute__((aligned(16)));
};

static inline void word_wait(volatile u32 *word, u32 value)
{
	call_futex(word, 128 /* FUTEX_WAIT_PRIVATE */, value, NULL);
}

static inline void word_wake(volatile u32 *word, struct thread *sleeper)
{
	(void)sleeper;
	call_futex(word, 129 /* FUTEX_WAKE_PRIVATE */, 1, NULL);
}

/* CLONE_VM FS FILES SIGHAND THREAD SYSVSEM PARENT_SETTID CHILD_CLEARTID */
#define THREAD_FLAGS 0x350f00

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
static inline void call_wait(void)
{
	call_wait4(-1, NULL, 0, NULL);
}

#endif
