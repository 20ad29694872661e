/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process whose threads are busy with locks, mappings, descriptors and kqueues forks,
 * vforks and executes again and again. The argument is the number of rounds.
 */
#include "freebsd_event.h"
#include "freebsd_umtx.h"

#define THREADS 4

static struct thread threads[THREADS];
static struct umutex m;
static volatile u32 stop, wrong, handled;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	__atomic_add_fetch(&handled, 1, __ATOMIC_SEQ_CST);
}

static void busy(void *arg)
{
	u32 id = (u32)my_tid();

	(void)arg;
	while (!stop) {
		struct kevent k = {.ident = 1, .filter = EVFILT_USER, .flags = EV_ADD | EV_CLEAR};
		int kq = (int)sys(SYS_kqueue);
		u8 *page = (u8 *)sys(SYS_mmap, NULL, 8192, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANON, -1, 0);

		mutex_lock(&m, id);
		page[4096] = 1;
		mutex_unlock(&m);
		if (sys(SYS_kevent, kq, &k, 1, NULL, 0, NULL) != 0)
			wrong++;
		sys(SYS_sigaction, SIGUSR2, NULL, page);
		sys(SYS_munmap, page, 8192);
		sys(SYS_close, kq);
		sys(SYS_thr_kill, id, SIGUSR1);
	}
}

/* A child has one thread, and everything a program needs works in it. */
static void short_thread(void *arg)
{
	*(volatile int *)arg = 1;
}

static int child(void)
{
	static struct thread t;
	volatile int ran = 0;
	int fds[2], status;
	char byte = 0;

	m.owner = 0; /* its owner did not come along */
	if (thread_start(&t, short_thread, (void *)&ran) != 0)
		return 1;
	thread_join(&t);
	if (!ran || pipe2(fds, 0) != 0 || write(fds[1], "x", 1) != 1 || read(fds[0], &byte, 1) != 1)
		return 2;
	if (fork() == 0)
		exit(9);
	return waitpid(-1, &status, 0) > 0 && WEXITSTATUS(status) == 9 ? 7 : 3;
}

static long spawn(char **argv)
{
	static char *envp[] = {NULL};
	char *args[] = {argv[0], "0", NULL};
	long pid, second;

	/* In line: the child must not return from a function that the parent returns from. */
	__asm__ volatile("syscall"
			 : "=a"(pid), "=d"(second)
			 : "0"((long)SYS_vfork)
			 : "rcx", "r11", "rdi", "rsi", "r8", "r9", "r10", "memory", "cc");
	if (pid == 0) {
		sys(SYS_execve, argv[0], args, envp);
		sys(SYS_exit, 1);
	}
	return pid;
}

int main(int argc, char **argv)
{
	u32 rounds = argc > 1 ? (u32)decimal(argv[1]) : 60, forked = 0, spawned = 0;
	int status, pid;

	if (argc > 1 && rounds == 0)
		return 8; /* spawned by another of its kind */
	on_signal(SIGUSR1, note, SA_RESTART);
	for (int i = 0; i < THREADS; i++)
		thread_start(&threads[i], busy, NULL);
	for (u32 i = 0; i < rounds; i++) {
		pid = fork();
		if (pid == 0)
			exit(child());
		forked += waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
			  WEXITSTATUS(status) == 7;
		pid = (int)spawn(argv);
		spawned += waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
			   WEXITSTATUS(status) == 8;
	}
	stop = 1;
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
	EXPECT_EQ(forked - rounds, 0);
	EXPECT_EQ(spawned - rounds, 0);
	EXPECT_EQ(wrong, 0);
	EXPECT(handled > 0);
	return 0;
}
