/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX's message queues, named semaphores and shared memory by libc: what
 * tests/tap/illumos-programs.t runs. */
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <port.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
}
#define CHECK(what) check(what, #what)
#define FAILS(call, error)                                                                         \
	check((long)(call) == -1 && errno == (error), #call " fails with " #error)

static char name[64], semaphore[64], memory[64];
static const struct timespec soon = {0, 20000000};

static void rest(void)
{
	nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static void opens(void)
{
	struct mq_attr a = {.mq_maxmsg = 4, .mq_msgsize = 10},
		       bad = {.mq_maxmsg = 0, .mq_msgsize = 1},
		       huge = {.mq_maxmsg = 1L << 40, .mq_msgsize = 1}, got;
	char too_long[400];
	mqd_t q, r;

	memset(too_long, 'x', sizeof(too_long));
	too_long[0] = '/';
	too_long[399] = 0;
	FAILS(mq_open("none", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	FAILS(mq_open("/no/ne", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	FAILS(mq_open(too_long, O_RDWR | O_CREAT, 0600, NULL), ENAMETOOLONG);
	FAILS(mq_open(name, O_RDWR), ENOENT);
	FAILS(mq_open(name, O_RDWR | O_CREAT, 0600, &bad), EINVAL);
	FAILS(mq_open(name, O_RDWR | O_CREAT, 0600, &huge), ENOSPC);
	FAILS(mq_open(name, O_RDWR), ENOENT); /* nothing was left of those */
	q = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &a);
	CHECK(q != (mqd_t)-1);
	FAILS(mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &a), EEXIST);
	r = mq_open(name, O_RDONLY | O_NONBLOCK);
	CHECK(r != (mqd_t)-1 && r != q);
	CHECK(mq_getattr(r, &got) == 0 && got.mq_flags == O_NONBLOCK && got.mq_maxmsg == 4 &&
	      got.mq_msgsize == 10 && got.mq_curmsgs == 0);
	FAILS(mq_send(r, "x", 1, 0), EBADF);
	CHECK(mq_close(r) == 0);
	FAILS(mq_close(r), EBADF);
	FAILS(mq_close((mqd_t)-1), EBADF);
	CHECK(mq_close(q) == 0);
}

static void messages(void)
{
	mqd_t q = mq_open(name, O_RDWR);
	struct mq_attr nonblock = {.mq_flags = O_NONBLOCK}, old;
	struct timespec late;
	char in[16];
	unsigned p;

	FAILS(mq_send(q, "01234567890", 11, 0), EMSGSIZE);
	FAILS(mq_send(q, "x", 1, 32), EINVAL);
	FAILS(mq_receive(q, in, 9, &p), EMSGSIZE);
	CHECK(mq_send(q, "low", 3, 0) == 0 && mq_send(q, "high", 4, 31) == 0);
	CHECK(mq_send(q, "low too", 7, 0) == 0 && mq_send(q, "", 0, 5) == 0);
	CHECK(mq_getattr(q, &old) == 0 && old.mq_curmsgs == 4 && old.mq_flags == 0);
	FAILS(mq_reltimedsend_np(q, "x", 1, 0, &soon), ETIMEDOUT);
	CHECK(mq_setattr(q, &nonblock, &old) == 0 && old.mq_flags == 0);
	FAILS(mq_send(q, "x", 1, 0), EAGAIN);
	CHECK(mq_receive(q, in, 16, &p) == 4 && p == 31 && memcmp(in, "high", 4) == 0);
	CHECK(mq_receive(q, in, 16, &p) == 0 && p == 5);
	CHECK(mq_receive(q, in, 16, &p) == 3 && p == 0 && memcmp(in, "low", 3) == 0);
	CHECK(mq_receive(q, in, 16, NULL) == 7);
	FAILS(mq_receive(q, in, 16, NULL), EAGAIN);
	nonblock.mq_flags = 0;
	CHECK(mq_setattr(q, &nonblock, NULL) == 0);
	FAILS(mq_reltimedreceive_np(q, in, 16, NULL, &soon), ETIMEDOUT);
	clock_gettime(CLOCK_REALTIME, &late);
	FAILS(mq_timedreceive(q, in, 16, NULL, &late), ETIMEDOUT);
	late.tv_nsec = 1000000000;
	FAILS(mq_timedreceive(q, in, 16, NULL, &late), EINVAL);
	mq_close(q);
}

/* A child sends what the parent sleeps for, and the other way round, through queues of few places.
 */
static void two_processes(void)
{
	enum { N = 2000 };
	mqd_t q = mq_open(name, O_RDWR);
	int good = 0, status, child;
	char in[16], out[16];

	fflush(stdout);
	child = fork();
	if (child == 0) {
		mqd_t own = mq_open(name, O_WRONLY);

		for (int i = 0; i < N; i++) {
			snprintf(out, sizeof(out), "%09d", i);
			if (mq_send(own, out, 10, 3) < 0)
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < N; i++)
		good += mq_receive(q, in, 16, NULL) == 10 && atoi(in) == i;
	waitpid(child, &status, 0);
	CHECK(good == N && status == 0);
	mq_close(q);
}

static volatile sig_atomic_t signals, code, sender;
static void *volatile value;
static volatile int called;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)context;
	code = info->si_code;
	sender = info->si_pid;
	value = info->si_value.sival_ptr;
	signals++;
}

static void on_call(union sigval v)
{
	value = v.sival_ptr;
	called++;
}

static void send_by_child(void)
{
	int child, status;

	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(mq_send(mq_open(name, O_WRONLY), "note", 4, 0) == 0 ? 0 : 1);
	waitpid(child, &status, 0);
	CHECK(status == 0);
}

static void notices(void)
{
	struct sigaction act = {.sa_flags = SA_SIGINFO};
	mqd_t q = mq_open(name, O_RDWR), other = mq_open(name, O_RDWR);
	struct sigevent e = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	int port = port_create(), child, status;
	port_notify_t to = {port, (void *)0x55};
	port_event_t event;
	char in[16];

	act.sa_sigaction = on_signal;
	sigaction(SIGUSR1, &act, NULL);
	FAILS(mq_notify(q, NULL), EBUSY);
	e.sigev_value.sival_ptr = &e;
	CHECK(mq_notify(q, &e) == 0);
	FAILS(mq_notify(other, &e), EBUSY);
	FAILS(mq_notify(other, NULL), EBUSY);
	send_by_child();
	while (!signals)
		rest();
	CHECK(code == SI_MESGQ && sender == getpid() && value == &e);
	send_by_child(); /* the queue was not empty, and the notice is gone */
	CHECK(signals == 1);
	CHECK(mq_receive(q, in, 16, NULL) == 4 && mq_receive(q, in, 16, NULL) == 4);
	CHECK(mq_notify(q, &e) == 0 && mq_notify(q, NULL) == 0);
	send_by_child();
	CHECK(signals == 1 && mq_receive(q, in, 16, NULL) == 4);
	e.sigev_notify = SIGEV_PORT;
	e.sigev_value.sival_ptr = &to;
	CHECK(mq_notify(q, &e) == 0);
	send_by_child();
	CHECK(port_get(port, &event, NULL) == 0 && event.portev_source == PORT_SOURCE_MQ);
	CHECK(event.portev_object == (uintptr_t)q && event.portev_user == (void *)0x55);
	mq_receive(q, in, 16, NULL);
	e.sigev_notify = SIGEV_THREAD;
	e.sigev_notify_function = on_call;
	e.sigev_value.sival_ptr = (void *)&called;
	for (int i = 1; i < 4; i++) {
		CHECK(mq_notify(q, &e) == 0);
		FAILS(mq_notify(other, &e), EBUSY);
		send_by_child();
		while (called < i)
			rest();
		CHECK(value == &called && mq_receive(q, in, 16, NULL) == 4);
	}
	CHECK(mq_notify(q, &e) == 0 && mq_notify(q, NULL) == 0);
	CHECK(mq_notify(q, &e) == 0 && mq_close(q) == 0); /* takes the notice away */
	e.sigev_notify = SIGEV_NONE;
	CHECK(mq_notify(other, &e) == 0);
	FAILS(mq_notify(other, &e), EBUSY);
	CHECK(mq_notify(other, NULL) == 0);
	to.portnfy_port = 0;
	e.sigev_notify = SIGEV_PORT;
	e.sigev_value.sival_ptr = &to;
	FAILS(mq_notify(other, &e), EBADF);
	e.sigev_notify = 9;
	FAILS(mq_notify(other, &e), EINVAL);
	/* One of a process that is gone is in nobody's way. */
	fflush(stdout);
	child = fork();
	e.sigev_notify = SIGEV_SIGNAL;
	if (child == 0)
		_exit(mq_notify(mq_open(name, O_RDONLY), &e) == 0 ? 0 : 1);
	waitpid(child, &status, 0);
	CHECK(status == 0 && mq_notify(other, &e) == 0);
	mq_close(other);
	close(port);
	CHECK(called == 3 && signals == 1);
}

static void *receiver(void *q)
{
	char in[16];

	mq_receive(q, in, 16, NULL);
	return NULL;
}

static void cancelled(void)
{
	mqd_t q = mq_open(name, O_RDWR);
	pthread_t id;
	void *r;

	pthread_create(&id, NULL, receiver, q);
	rest();
	pthread_cancel(id);
	CHECK(pthread_join(id, &r) == 0 && r == PTHREAD_CANCELED);
	CHECK(mq_send(q, "x", 1, 0) == 0 && receiver(q) == NULL);
	mq_close(q);
}

static void damaged(void)
{
	char path[128];
	mqd_t q;
	int fd;

	CHECK(mq_unlink(name) == 0);
	FAILS(mq_unlink(name), ENOENT);
	q = mq_open(name, O_RDWR | O_CREAT, 0600, NULL);
	snprintf(path, sizeof(path), "/tmp/.MQD%s", name + 1);
	fd = open(path, O_RDWR);
	CHECK(fd >= 0);
	/* The place of the first free one, and of the heads of the lists: out of the file. */
	pwrite(fd, "\377\377\377\377\377\377\377\177", 8, 32);
	FAILS(mq_send(q, "x", 1, 0), EBADMSG);
	mq_close(q);
	ftruncate(fd, 100);
	FAILS(mq_open(name, O_RDWR), EFBIG);
	ftruncate(fd, 0);
	FAILS(mq_open(name, O_RDWR), ENOENT);
	close(fd);
	CHECK(mq_unlink(name) == 0);
}

/* Who dies with the lock leaves it to be recovered. */
static void robust(void)
{
	pthread_mutex_t *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	pthread_mutexattr_t attr;
	int child, status;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(m, &attr);
	CHECK(pthread_mutex_lock(m) == 0 && pthread_mutex_unlock(m) == 0);
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(pthread_mutex_lock(m));
	waitpid(child, &status, 0);
	CHECK(status == 0 && pthread_mutex_lock(m) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(m) == 0 && pthread_mutex_unlock(m) == 0);
	CHECK(pthread_mutex_trylock(m) == 0);
	child = fork();
	if (child == 0)
		_exit(pthread_mutex_trylock(m) == EBUSY ? 0 : 1);
	waitpid(child, &status, 0);
	CHECK(status == 0 && pthread_mutex_unlock(m) == 0);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(m);
		kill(getpid(), SIGKILL);
	}
	waitpid(child, &status, 0);
	CHECK(pthread_mutex_trylock(m) == EOWNERDEAD && pthread_mutex_unlock(m) == 0);
	CHECK(pthread_mutex_lock(m) == ENOTRECOVERABLE);
}

static void others(void)
{
	sem_t *s, *t;
	int fd, child, status, n;
	char *p;

	FAILS(sem_open("x", O_CREAT, 0600, 0), EINVAL);
	FAILS(sem_open(semaphore, 0), ENOENT);
	s = sem_open(semaphore, O_CREAT | O_EXCL, 0600, 1);
	CHECK(s != SEM_FAILED && (t = sem_open(semaphore, 0)) == s);
	FAILS(sem_open(semaphore, O_CREAT | O_EXCL, 0600, 1), EEXIST);
	CHECK(sem_wait(s) == 0);
	FAILS(sem_trywait(s), EAGAIN);
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(sem_post(sem_open(semaphore, 0)));
	CHECK(sem_wait(s) == 0 && sem_getvalue(s, &n) == 0 && n == 0);
	waitpid(child, &status, 0);
	CHECK(sem_close(s) == 0 && sem_unlink(semaphore) == 0);
	FAILS(sem_unlink(semaphore), ENOENT);
	FAILS(shm_open("x", O_RDWR | O_CREAT, 0600), EINVAL);
	FAILS(shm_open(memory, O_RDWR, 0), ENOENT);
	fd = shm_open(memory, O_RDWR | O_CREAT | O_EXCL, 0600);
	CHECK(fd >= 0 && ftruncate(fd, 4096) == 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	strcpy(p, "shared");
	CHECK(read(shm_open(memory, O_RDONLY, 0), semaphore, 7) == 7 &&
	      !strcmp(semaphore, "shared"));
	CHECK(shm_unlink(memory) == 0);
	FAILS(shm_unlink(memory), ENOENT);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	snprintf(name, sizeof(name), "/fbird-test-%d", (int)getpid());
	snprintf(semaphore, sizeof(semaphore), "/fbird-test-%d", (int)getpid());
	snprintf(memory, sizeof(memory), "/fbird-test-%d", (int)getpid());
	opens();
	messages();
	two_processes();
	notices();
	cancelled();
	damaged();
	robust();
	others();
	printf("done\n");
	return 0;
}
