/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/tap/debug-attach.t: two threads that wait for work, which lines of the input are.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;
static int wanted, done, over;

__attribute__((noinline)) static void worked(int n)
{
	getppid();
	printf("worked %d\n", n);
	fflush(stdout);
}

static void *worker(void *arg)
{
	pthread_mutex_lock(&lock);
	while (!over) {
		if (done < wanted)
			worked(++done);
		else
			pthread_cond_wait(&change, &lock);
	}
	pthread_mutex_unlock(&lock);
	return arg;
}

int main(void)
{
	pthread_t thread[2];
	char c;

	for (int i = 0; i < 2; i++)
		pthread_create(&thread[i], NULL, worker, NULL);
	printf("ready\n");
	fflush(stdout);
	while (read(0, &c, 1) == 1 && c != 'e') {
		pthread_mutex_lock(&lock);
		wanted++;
		pthread_cond_signal(&change);
		pthread_mutex_unlock(&lock);
	}
	pthread_mutex_lock(&lock);
	over = 1;
	pthread_cond_broadcast(&change);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);
	printf("end\n");
	return 5;
}
