/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests/tap/debug.t looks at with gdb: a dynamic program, its threads, its data. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static pthread_barrier_t together;
int watched;

static int deeper(int n)
{
	return n == 0 ? watched : 1 + deeper(n - 1);
}

static void *worker(void *arg)
{
	pthread_barrier_wait(&together);
	watched += *(int *)arg;
	return NULL;
}

/* By then the first one waits for it. */
static void *late_worker(void *arg)
{
	usleep(200000);
	return worker(arg);
}

static void handler(int sig)
{
	printf("signal %d\n", sig);
}

int main(int argc, char **argv)
{
	int one = 1, sum = 0;
	pthread_t t;

	signal(SIGUSR1, handler);
	pthread_barrier_init(&together, NULL, 2);
	pthread_create(&t, NULL, late_worker, &one);
	pthread_barrier_wait(&together);
	pthread_join(t, NULL);
	for (int i = 0; i < 10; i++)
		sum += (int)getpid() > 0;
	raise(SIGUSR1);
	sum += deeper(3);
	printf("sum %d %d %s\n", sum, argc, argv[argc - 1]);
	return sum;
}
