/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/illumos/hand_over.c: what door.c is measured against, by Linux itself, in nanoseconds a
 * round: two threads that wake each other by futexes, two processes that answer each other by a
 * unix socket.
 */
#include <linux/futex.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 20000

static int64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000L + ts.tv_nsec;
}

static uint32_t words[2];
static int64_t total;

static void set(uint32_t *word)
{
	__atomic_store_n(word, 1, __ATOMIC_RELEASE);
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void wait_for(uint32_t *word)
{
	while (!__atomic_load_n(word, __ATOMIC_ACQUIRE))
		syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
	__atomic_store_n(word, 0, __ATOMIC_RELAXED);
}

static void *server(void *arg)
{
	for (int i = 0; i < 7 * ROUNDS; i++) {
		wait_for(&words[0]);
		set(&words[1]);
	}
	return arg;
}

int main(void)
{
	int64_t best = 1 << 30;
	char buf[64];
	pthread_t id;
	int sv[2];

	pthread_create(&id, NULL, server, NULL);
	for (int k = 0; k < 7; k++) {
		int64_t begin = now();

		for (int i = 0; i < ROUNDS; i++) {
			set(&words[0]);
			wait_for(&words[1]);
		}
		total = (now() - begin) / ROUNDS;
		best = total < best ? total : best;
	}
	pthread_join(id, NULL);
	printf("local %ld\n", (long)best);
	fflush(stdout);
	best = 1 << 30;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sv) < 0)
		return 1;
	if (fork() == 0) {
		close(sv[0]);
		while (recv(sv[1], buf, sizeof(buf), 0) == 8)
			send(sv[1], buf, 8, 0);
		_exit(0);
	}
	close(sv[1]);
	for (int k = 0; k < 7; k++) {
		int64_t begin = now();

		for (int i = 0; i < ROUNDS; i++) {
			send(sv[0], "01234567", 8, 0);
			recv(sv[0], buf, sizeof(buf), 0);
		}
		total = (now() - begin) / ROUNDS;
		best = total < best ? total : best;
	}
	printf("remote %ld\n", (long)best);
	close(sv[0]);
	wait(NULL);
	return 0;
}
