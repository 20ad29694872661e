/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Threads at one kqueue: each event wakes somebody, a closed kqueue keeps its waiter, an
 * entry that is deleted is not reported, and nothing is lost while threads fork and wait.
 */
#include "freebsd_thread.h"
#include "freebsd_event.h"

#define WORKERS 4
#define JOBS	2000
#define QUIT	1000000

static struct thread threads[WORKERS + 1];
static int kq, fds[2];
static volatile int taken, closed_waiter = -99;

static long raw_kevent(int queue, const struct kevent *in, int n, struct kevent *out, int m,
		       const struct timespec *ts)
{
	return sys(SYS_kevent, queue, in, n, out, m, ts);
}

static void trigger(u64 ident)
{
	struct kevent in = {.ident = ident, .filter = EVFILT_USER, .fflags = NOTE_TRIGGER};

	raw_kevent(kq, &in, 1, NULL, 0, NULL);
}

static void worker(void *arg)
{
	struct kevent k[3];

	(void)arg;
	for (;;) {
		long n = raw_kevent(kq, NULL, 0, k, 3, NULL);

		for (long i = 0; i < n; i++) {
			if (k[i].ident == QUIT)
				return;
			__atomic_add_fetch(&taken, 1, __ATOMIC_SEQ_CST);
		}
	}
}

static void user_events(void)
{
	struct kevent in = {.filter = EVFILT_USER, .flags = EV_ADD | EV_ONESHOT};
	int status;

	for (int i = 0; i < WORKERS; i++)
		thread_start(&threads[i], worker, NULL);
	for (u64 i = 0; i < JOBS; i++) {
		in.ident = i;
		raw_kevent(kq, &in, 1, NULL, 0, NULL);
		trigger(i);
		if (i % 500 == 0) {
			int pid = fork();

			if (pid == 0)
				exit(kqueue() < 0);
			waitpid(pid, &status, 0);
		}
	}
	for (int i = 0; taken < JOBS && i < 5000; i++) {
		struct timespec ms = {0, 1000000};

		nanosleep(&ms, NULL);
	}
	EXPECT_EQ(taken, JOBS);
	in.ident = QUIT;
	in.flags = EV_ADD;
	raw_kevent(kq, &in, 1, NULL, 0, NULL);
	trigger(QUIT);
	for (int i = 0; i < WORKERS; i++)
		thread_join(&threads[i]);
	in.flags = EV_DELETE;
	EXPECT_EQ(raw_kevent(kq, &in, 1, NULL, 0, NULL), 0);
}

static void waiter(void *arg)
{
	struct kevent k;

	closed_waiter = (int)raw_kevent((int)(long)arg, NULL, 0, &k, 1, &a_second);
}

/* Closing does not end the wait, and what the waiter waits for still comes. */
static void close_while_waiting(void)
{
	struct kevent in = {.ident = (u64)fds[0], .filter = EVFILT_READ, .flags = EV_ADD};
	struct timespec ms = {0, 50000000};
	int queue = kqueue(), other;

	EXPECT_EQ(raw_kevent(queue, &in, 1, NULL, 0, NULL), 0);
	thread_start(&threads[0], waiter, (void *)(long)queue);
	nanosleep(&ms, NULL);
	close(queue);
	other = kqueue(); /* of the same number */
	EXPECT_EQ(other, queue);
	EXPECT_EQ(closed_waiter, -99);
	write(fds[1], "x", 1);
	thread_join(&threads[0]);
	EXPECT_EQ(closed_waiter, 1);
	close(other);
}

static void delete_while_waiting(void)
{
	struct kevent in = {.ident = (u64)fds[0], .filter = EVFILT_READ, .flags = EV_ADD};
	struct timespec ms = {0, 50000000};
	char c;

	read(fds[0], &c, 1);
	EXPECT_EQ(raw_kevent(kq, &in, 1, NULL, 0, NULL), 0);
	closed_waiter = -99;
	thread_start(&threads[0], waiter, (void *)(long)kq);
	nanosleep(&ms, NULL);
	in.flags = EV_DELETE;
	EXPECT_EQ(raw_kevent(kq, &in, 1, NULL, 0, NULL), 0);
	write(fds[1], "x", 1);
	thread_join(&threads[0]);
	EXPECT_EQ(closed_waiter, 0);
}

int main(void)
{
	kq = kqueue();
	pipe2(fds, 0);
	user_events();
	close_while_waiting();
	delete_while_waiting();
	return 0;
}
