/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does what each line it reads says, and waits for the next: for fbird trace -p (tests/tap
 * trace-attach.t). n COUNT: so many of the shortest call, and how many ns each took. t COUNT,
 * b COUNT: so many threads that sleep in calls, or that never do. f: forks; the child makes a few
 * calls and ends. k: forks, and the child reads on. x: executes itself. o PATH: opens a file.
 * e: ends, with 6.
 */
#include "guest.h"

#ifdef __FreeBSD__
#include "freebsd_thread.h"
#elif defined(__sun__)
#include "illumos_thread.h"
#else
struct thread {
	char stack[65536] __attribute__((aligned(16)));
};

/* clone(2) with what makes a thread of it; it never returns. */
static long thread_start(struct thread *t, void (*body)(void *), void *arg)
{
	void **top = (void **)(t->stack + sizeof(t->stack)) - 2;
	long r;

	top[0] = arg;
	top[1] = (void *)body;
	__asm__ volatile("xor %%edx, %%edx\n\txor %%r10d, %%r10d\n\txor %%r8d, %%r8d\n\tsyscall\n\t"
			 "test %%rax, %%rax\n\tjnz 1f\n\tpop %%rdi\n\tpop %%rax\n\tcall *%%rax\n1:"
			 : "=a"(r)
			 : "0"(__NR_clone), "D"(0x50f00), "S"(top)
			 : "rcx", "rdx", "r8", "r10", "r11", "memory");
	return r;
}
#endif

static char line[256];
static struct thread threads[64];
static unsigned used;

static int read_line(void)
{
	int n = 0;

	while (n + 1 < (int)sizeof(line) && read(0, &line[n], 1) == 1 && line[n] != '\n')
		n++;
	line[n] = '\0';
	return n;
}

/* The call as a C library makes it, which the runtime can shorten. */
static inline void shortest(void)
{
	long r;

	__asm__ volatile("mov %1, %%eax\n\tsyscall"
			 : "=&a"(r)
			 : "i"(SYS_getpid)
			 : "rcx", "rdx", "r8", "r9", "r10", "r11", "memory");
}

static void sleeper(void *arg)
{
	const struct timespec little = {0, 3000000};
	struct timespec left;

	for (;;) {
		(void)arg;
		sys(SYS_nanosleep, &little, &left);
		sys(SYS_getpid);
	}
}

static void worker(void *arg)
{
	(void)arg;
	for (;;)
		shortest();
}

static i64 now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static long measure(u64 n)
{
	i64 began = now();

	for (u64 i = 0; i < n; i++)
		shortest();
	return (long)((now() - began) / (i64)(n ? n : 1));
}

static void begin_threads(u64 n, void (*body)(void *))
{
	while (n-- && used < ARRAY_LEN(threads))
		if (thread_start(&threads[used++], body, NULL) < 0)
			print("FAILED to begin a thread\n");
}

int main(int argc, char **argv)
{
	long answer;
	int status, fd;

	print("attached %d\n", argc);
	while (read_line() > 0) {
		u64 n = line[1] == ' ' ? decimal(line + 2) : 0;

		answer = 0;
		switch (line[0]) {
		case 'n':
			answer = measure(n);
			break;
		case 't':
			begin_threads(n, sleeper);
			break;
		case 'b':
			begin_threads(n, worker);
			break;
		case 'f':
			if (fork() == 0) {
				mkdir("/nowhere/child", 0700);
				exit(4);
			}
			waitpid(-1, &status, 0);
			answer = WEXITSTATUS(status);
			break;
		case 'k':
			if (fork() > 0) {
				waitpid(-1, &status, 0);
				return WEXITSTATUS(status);
			}
			break;
		case 'x':
			execve(argv[0], argv, (char *[]){NULL});
			return 1;
		case 'o':
			fd = open(line + 2, O_RDONLY);
			answer = fd;
			close(fd);
			break;
		case 'e':
			return 6;
		}
		print("did %c %ld\n", line[0], answer);
	}
	return 0;
}
