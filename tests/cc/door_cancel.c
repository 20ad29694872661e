/* SPDX-License-Identifier: BSD-2-Clause */
/* A caller that leaves: the thread that serves it is asked to end, unless the door says no. */
#include <door.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int cancelled, finished, serving;

static void nap(long msec)
{
	struct timespec ts = {msec / 1000, msec % 1000 * 1000000};

	while (nanosleep(&ts, &ts) < 0 && errno == EINTR)
		;
}

static void ended(void *arg)
{
	(void)arg;
	cancelled++;
}

static void serve(void *cookie, char *data, size_t size, door_desc_t *desc, uint_t n)
{
	(void)cookie, (void)data, (void)size, (void)desc, (void)n;
	pthread_cleanup_push(ended, NULL);
	pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
	serving++;
	nap(400);
	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	finished++;
	pthread_cleanup_pop(0);
	door_return(NULL, 0, NULL, 0);
}

static void nothing(int sig)
{
	(void)sig;
}

static void *call(void *arg)
{
	door_arg_t a = {0};

	printf("call %d, errno %d\n", door_call(*(int *)arg, &a), errno);
	return NULL;
}

static void outcome(const char *what)
{
	nap(800);
	printf("%s: cancelled %d, finished %d\n", what, cancelled, finished);
	cancelled = finished = serving = 0;
}

static void await(void)
{
	while (!serving)
		nap(5);
	nap(20);
}

int main(void)
{
	int quick = door_create(serve, NULL, 0), patient = door_create(serve, NULL, DOOR_NO_CANCEL);
	struct sigaction sa = {.sa_handler = nothing};
	pthread_t caller;
	pid_t pid;

	setvbuf(stdout, NULL, _IONBF, 0);
	sigaction(SIGUSR1, &sa, NULL);
	for (int i = 0; i < 2; i++) {
		pthread_create(&caller, NULL, call, i ? &patient : &quick);
		await();
		pthread_kill(caller, SIGUSR1);
		pthread_join(caller, NULL);
		outcome(i ? "patient, within" : "quick, within");
		pid = fork();
		if (pid == 0) {
			call(i ? &patient : &quick);
			_exit(0);
		}
		await();
		kill(pid, SIGUSR1);
		waitpid(pid, NULL, 0);
		outcome(i ? "patient, another's" : "quick, another's");
	}
	return 0;
}
