/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench/threads.c: what threads cost through each system's own library. Built for both by
 * bench/run when FBIRD_FREEBSD_ROOT names a tree with headers and libraries.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static uint64_t cycles(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence; rdtsc; lfence" : "=a"(low), "=d"(high)::"memory");
	return (uint64_t)high << 32 | low;
}

/* Batches of `count` runs of BODY; prints the least, in cycles per run. */
#define MEASURE(name, count, BODY)                                                                 \
	do {                                                                                       \
		uint64_t best = ~0UL;                                                              \
                                                                                                   \
		for (int batch = 0; batch < 15; batch++) {                                         \
			uint64_t start = cycles();                                                 \
                                                                                                   \
			for (int i = 0; i < (count); i++) {                                        \
				BODY;                                                              \
			}                                                                          \
			start = cycles() - start;                                                  \
			best = start < best ? start : best;                                        \
		}                                                                                  \
		printf("%s %lu\n", name, (unsigned long)(best / (count)));                         \
	} while (0)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t turn_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned = PTHREAD_COND_INITIALIZER;
static int turn;
static volatile long shared;

static void hand(int from, int to)
{
	pthread_mutex_lock(&turn_mutex);
	while (turn != from)
		pthread_cond_wait(&turned, &turn_mutex);
	turn = to;
	pthread_cond_signal(&turned);
	pthread_mutex_unlock(&turn_mutex);
}

#define HANDS 2000
static void *other_hand(void *arg)
{
	(void)arg;
	for (int i = 0; i < HANDS * 15; i++)
		hand(1, 0);
	return NULL;
}

#define TURNS 20000
static void *contend(void *arg)
{
	(void)arg;
	for (int i = 0; i < TURNS; i++) {
		pthread_mutex_lock(&mutex);
		shared++;
		pthread_mutex_unlock(&mutex);
	}
	return NULL;
}

static void *nothing(void *arg)
{
	return arg;
}

int main(void)
{
	pthread_t other;

	MEASURE("mutex, uncontended", 1000000, pthread_mutex_lock(&mutex);
		pthread_mutex_unlock(&mutex));
	pthread_create(&other, NULL, other_hand, NULL);
	MEASURE("hand-over by mutex and condition", HANDS, hand(0, 1));
	pthread_join(other, NULL);
	MEASURE("mutex, two threads", 1, {
		pthread_create(&other, NULL, contend, NULL);
		contend(NULL);
		pthread_join(other, NULL);
	});
	MEASURE("thread created and joined", 1000, {
		pthread_create(&other, NULL, nothing, NULL);
		pthread_join(other, NULL);
	});
	return 0;
}
