/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: made, joined, told apart, stopped; locks, conditions, barriers, keys, once. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define N 8

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static pthread_key_t key;
static sem_t sem;
static __thread int mine = 5;
static long total, spun;
static int turn, inits, destroyed, serial, cleaned;

static void init(void)
{
	inits++;
}

static void destroy(void *p)
{
	__atomic_fetch_add(&destroyed, *(int *)p, __ATOMIC_SEQ_CST);
	free(p);
}

static void *work(void *arg)
{
	long me = (long)arg;
	int *value = malloc(sizeof(*value));

	*value = 1;
	pthread_setspecific(key, value);
	pthread_once(&once, init);
	mine += (int)me;
	for (int i = 0; i < 10000; i++) {
		pthread_mutex_lock(&lock);
		total++;
		pthread_mutex_unlock(&lock);
		pthread_spin_lock(&spin);
		spun++;
		pthread_spin_unlock(&spin);
	}
	if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
		__atomic_fetch_add(&serial, 1, __ATOMIC_SEQ_CST);
	/* One after the other. */
	pthread_mutex_lock(&lock);
	while (turn != me)
		pthread_cond_wait(&changed, &lock);
	printf("thread %ld\n", me);
	turn++;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	pthread_rwlock_rdlock(&rw);
	pthread_rwlock_unlock(&rw);
	sem_post(&sem);
	return (void *)(long)mine;
}

static void cleanup(void *arg)
{
	cleaned += *(int *)arg;
}

static void *endless(void *arg)
{
	pthread_cleanup_push(cleanup, arg);
	for (;;) {
		pthread_testcancel();
		usleep(1000);
	}
	pthread_cleanup_pop(0);
	return NULL;
}

static void *waits(void *arg)
{
	pthread_mutex_lock(&lock);
	pthread_cleanup_push((void (*)(void *))pthread_mutex_unlock, &lock);
	if (arg)
		pthread_cond_wait(&changed, &lock);
	else
		sleep(1000);
	pthread_cleanup_pop(1);
	return NULL;
}

static void *leaves(void *arg)
{
	pthread_exit(arg);
}

int main(void)
{
	pthread_t t[N], other;
	pthread_attr_t attr;
	size_t size;
	void *r;
	int seven = 7, results[N];

	pthread_key_create(&key, destroy);
	pthread_barrier_init(&barrier, NULL, N);
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	sem_init(&sem, 0, 0);
	for (long i = 0; i < N; i++)
		pthread_create(&t[i], NULL, work, (void *)i);
	for (int i = 0; i < N; i++) {
		pthread_join(t[i], &r);
		results[i] = (int)(long)r;
	}
	for (int i = 0; i < N; i++)
		printf("%d%c", results[i], i == N - 1 ? '\n' : ' ');
	for (int i = 0; i < N; i++)
		sem_wait(&sem);
	printf("total %ld, spun %ld, inits %d, destroyed %d, serial %d, main's %d\n", total, spun,
	       inits, destroyed, serial, mine);
	pthread_create(&other, NULL, endless, &seven);
	usleep(10000);
	printf("cancel %d", pthread_cancel(other));
	pthread_join(other, &r);
	printf(" %d, cleaned %d\n", r == PTHREAD_CANCELED, cleaned);
	for (int i = 0; i < 2; i++) {
		pthread_create(&other, NULL, waits, i ? &seven : NULL);
		usleep(10000);
		pthread_cancel(other);
		pthread_join(other, &r);
		printf("ended %d, lock %d\n", r == PTHREAD_CANCELED, pthread_mutex_trylock(&lock));
		pthread_mutex_unlock(&lock);
	}
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 1 << 20);
	pthread_attr_getstacksize(&attr, &size);
	pthread_create(&other, &attr, leaves, &seven);
	pthread_join(other, &r);
	pthread_attr_destroy(&attr);
	printf("stack %zu, left with %d\n", size, *(int *)r);
	return 0;
}
