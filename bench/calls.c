/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/calls.c: what single system calls and small exchanges cost, in cycles of the time
 * stamp counter. One source for all systems: bench/run sets the FreeBSD and the illumos build
 * under fbird against the Linux build run by the kernel itself.
 *
 * The calls are made by stubs shaped like a libc's, a seven-byte load and a move before the
 * call, because that is what real programs contain. Each number is the least of several
 * batches: what disturbs a batch only ever adds.
 */
#include "bench.h"

static struct thread partner;
static volatile u32 turn;
static int to_child[2], to_parent[2];
/* A page of its own: where in a page a copy begins is part of what it costs. */
static char block[4096] __attribute__((aligned(4096)));
static char *self;

/* Batches of `count` runs of BODY; prints the least, in cycles per run. */
#define MEASURE(name, count, BODY)                                                                 \
	do {                                                                                       \
		u64 best = ~0UL;                                                                   \
                                                                                                   \
		if (!wanted(name))                                                                 \
			break;                                                                     \
		for (int batch = 0; batch < 15; batch++) {                                         \
			u64 start = cycles();                                                      \
                                                                                                   \
			for (int i = 0; i < (count); i++) {                                        \
				BODY;                                                              \
			}                                                                          \
			start = cycles() - start;                                                  \
			best = start < best ? start : best;                                        \
		}                                                                                  \
		print("%s %lu\n", name, best / (count));                                           \
	} while (0)

static const char *only;

static bool wanted(const char *name)
{
	return only == NULL || strcmp(only, name) == 0;
}

static void nothing(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
}

static void answer_pipe(void)
{
	char byte;

	while (call_read(to_child[0], &byte, 1) == 1)
		call_write(to_parent[1], &byte, 1);
	exit(0);
}

static void pipe_exchange(void)
{
	int pid;

	if (!wanted("pipe ping-pong"))
		return;
	pipe2(to_child, 0);
	pipe2(to_parent, 0);
	pid = fork();
	if (pid == 0) {
		close(to_child[1]);
		answer_pipe();
	}
	MEASURE("pipe ping-pong", 2000, {
		call_write(to_child[1], block, 1);
		call_read(to_parent[0], block, 1);
	});
	close(to_child[1]);
	waitpid(pid, NULL, 0);
}

/* Two threads hand a word to and fro, each sleeping until it is its turn. */
static void answer_word(void *arg)
{
	(void)arg;
	for (;;) {
		while (turn == 0)
			word_wait(&turn, 0);
		if (turn == 2)
			break;
		turn = 0;
		word_wake(&turn, NULL);
	}
}

static void word_exchange(void)
{
	if (!wanted("futex ping-pong"))
		return;
	thread_start(&partner, answer_word, NULL);
	MEASURE("futex ping-pong", 2000, {
		turn = 1;
		word_wake(&turn, &partner);
		while (turn == 1)
			word_wait(&turn, 1);
	});
	turn = 2;
	word_wake(&turn, &partner);
	thread_join(&partner);
}

/* One event is there all the time. */
static void event_queue(void)
{
	int fds[2], queue, ready[QUEUE_MAX];

	if (!wanted("kevent"))
		return;
	pipe2(fds, 0);
	write(fds[1], block, 1);
	queue = queue_new();
	queue_watch(queue, fds[0]);
	MEASURE("kevent", 5000, queue_wait(queue, ready));
	close(queue);
	close(fds[0]);
	close(fds[1]);
}

static void processes(void)
{
	char *argv[] = {self, "exit", NULL};
	char *envp[] = {NULL};

	MEASURE("fork+exit+wait", 50, {
		if (call_fork() == 0)
			exit(0);
		call_wait();
	});
	MEASURE("fork+exec", 30, {
		if (call_fork() == 0) {
			call_execve(self, argv, envp);
			exit(1);
		}
		call_wait();
	});
}

/* For fbird trace (bench/trace): calls in bursts that fit a ring, while nobody reads it. */
static void traced(void)
{
	const struct timespec pause = {0, 30000000};
	u64 least = ~0UL, begin;

	for (int round = 0; round < 20; round++) {
		nanosleep(&pause, NULL);
		begin = cycles();
		for (int i = 0; i < 1000; i++)
			call_null();
		begin = cycles() - begin;
		least = begin < least ? begin : least;
	}
	print("traced call %lu\n", least / 1000);
}

int main(int argc, char **argv)
{
	int zero, null, file, pid;
	struct timespec ts;
	struct stat st;

	self = argv[0];
	if (argc > 1 && strcmp(argv[1], "exit") == 0)
		return 0;
	zero = open("/dev/zero", O_RDONLY);
	null = open("/dev/null", O_WRONLY);
	file = open("bench-file", O_CREAT | O_RDWR, 0600);
	pid = getpid();
	only = argc > 1 ? argv[1] : NULL;
	write(file, block, sizeof(block));
	clock_prepare();
	if (only && strcmp(only, "traced call") == 0)
		traced();
	MEASURE("null call", 100000, call_null());
	MEASURE("clock_gettime", 50000, clock_read(&ts));
	MEASURE("getppid", 50000, call_getppid());
	MEASURE("read 4 KiB", 5000, call_pread(file, block, sizeof(block), 0));
	MEASURE("read 4 KiB of zeros", 20000, call_read(zero, block, sizeof(block)));
	MEASURE("write 4 KiB", 5000, call_pwrite(file, block, sizeof(block), 0));
	MEASURE("write 4 KiB to null", 20000, call_write(null, block, sizeof(block)));
	MEASURE("stat", 5000, call_fstatat(AT_FDCWD, "/dev/null", &st, 0));
	MEASURE("fstat", 20000, call_fstat(null, &st));
	MEASURE("open+close", 3000,
		call_close((int)call_openat(AT_FDCWD, "/dev/null", O_RDONLY, 0)));
	on_signal(SIGUSR1, nothing, 0);
	MEASURE("signal to self", 3000, call_kill(pid, SIGUSR1));
	event_queue();
	pipe_exchange();
	word_exchange();
	processes();
	unlink("bench-file");
	return 0;
}
