/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/bench.h: call stubs, and what the systems do their own way.
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
STUB(call_kill, SYS_kill, int, int);
STUB(call_openat, SYS_openat, int, const char *, int, int);
STUB(call_close, SYS_close, int);
STUB(call_execve, SYS_execve, const char *, char *const *, char *const *);
STUB(call_clock_gettime, SYS_clock_gettime, int, struct timespec *);

#define QUEUE_MAX 128 /* events at a time */

/*
 * What each has its own way:
 *   call_null, call_fstatat, call_getppid, call_fork, call_wait (for any child);
 *   queue_new(): something that tells which descriptors can be read;
 *   queue_watch(queue, fd): from now on it tells of fd;
 *   queue_wait(queue, fds): waits until something can be read; the descriptors, at most
 *	QUEUE_MAX, and how many. After each has been read it is told of again;
 *   clock_prepare(), clock_read(ts): the monotonic clock, the cheapest way;
 *   word_wait(word, value): sleeps while *word is value;
 *   word_wake(word, sleeper): wakes who sleeps on it: that thread, or NULL: the first one.
 */
#if defined(__FreeBSD__)
#include "bench_freebsd.h"
#elif defined(__sun)
#include "bench_illumos.h"
#else
#include "bench_linux.h"
#endif
#endif
