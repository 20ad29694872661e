/* SPDX-License-Identifier: BSD-2-Clause */
/* Asynchronous input and output by libc: what tests/tap/illumos-programs.t runs. */
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <port.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/asynch.h>
#include <sys/wait.h>
#include <unistd.h>

static void check(int good, const char *what)
{
	printf("%s %s\n", good ? "ok" : "not ok", what);
}
#define CHECK(what)	   check(what, #what)
#define FAILS(call, error) check((call) == -1 && errno == (error), #call " fails with " #error)

static int file, pipe_in, pipe_out;
static char data[4096];
static const struct timespec none = {0, 0}, soon = {0, 20000000};

static void rest(void)
{
	nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static int ended(const aiocb_t *b)
{
	int error;

	while ((error = aio_error(b)) == EINPROGRESS)
		rest();
	return error;
}

static aiocb_t block(int fd, void *buf, size_t n, off_t at)
{
	aiocb_t b = {.aio_fildes = fd, .aio_buf = buf, .aio_nbytes = n, .aio_offset = at};

	b.aio_sigevent.sigev_notify = SIGEV_NONE;
	return b;
}

static void simple(void)
{
	aiocb_t w = block(file, "hello, world", 12, 100), r = block(file, data, 50, 100);
	aiocb_t bad = block(777, data, 1, 0), reader = block(pipe_out, data, 1, 0);

	CHECK(aio_write(&w) == 0);
	CHECK(ended(&w) == 0 && aio_return(&w) == 12);
	FAILS(aio_return(&w), EINVAL);
	CHECK(aio_read(&r) == 0 && ended(&r) == 0 && aio_return(&r) == 12);
	CHECK(memcmp(data, "hello, world", 12) == 0);
	FAILS(aio_read(NULL), EINVAL);
	FAILS(aio_read(&bad), EBADF);
	FAILS(aio_read(&reader), EBADF); /* the end that is written */
	r.aio_reqprio = 1;
	FAILS(aio_read(&r), EINVAL);
	r.aio_reqprio = 0;
	r.aio_buf = (void *)8;
	CHECK(aio_read(&r) == 0 && ended(&r) == EFAULT);
	FAILS(aio_return(&r), EFAULT);
	FAILS(aio_fsync(7, &w), EINVAL);
	FAILS(aio_fsync(O_SYNC, &bad), EBADF);
	CHECK(aio_fsync(O_SYNC, NULL) == 0);
	CHECK(aio_write(&w) == 0);
	r = block(file, NULL, 0, 0);
	CHECK(aio_fsync(O_DSYNC, &r) == 0 && ended(&r) == 0 && aio_return(&r) == 0);
	CHECK(aio_error(&w) == 0 && aio_return(&w) == 12);
}

static volatile sig_atomic_t signals, code;
static void *volatile signal_value;

static void on_signal(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)context;
	code = info->si_code;
	signal_value = info->si_value.sival_ptr;
	signals++;
}

static volatile int called;
static void *volatile call_value;

static void on_call(union sigval v)
{
	call_value = v.sival_ptr;
	called++;
}

static void notices(void)
{
	struct sigaction act = {.sa_flags = SA_SIGINFO};
	int port = port_create();
	port_notify_t to = {port, (void *)0x77};
	port_event_t e;
	aiocb_t w = block(file, "x", 1, 0), other = block(file, data, 1, 0), *both[] = {&w, &other};
	struct sigevent list = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR2};

	act.sa_sigaction = on_signal;
	sigaction(SIGUSR1, &act, NULL);
	sigaction(SIGUSR2, &act, NULL);
	w.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	w.aio_sigevent.sigev_signo = SIGUSR1;
	w.aio_sigevent.sigev_value.sival_ptr = &w;
	CHECK(aio_write(&w) == 0);
	while (!signals)
		rest();
	CHECK(code == SI_ASYNCIO && signal_value == &w && aio_error(&w) == 0 &&
	      aio_return(&w) == 1);
	w.aio_sigevent.sigev_notify = SIGEV_PORT;
	w.aio_sigevent.sigev_value.sival_ptr = &to;
	CHECK(aio_write(&w) == 0 && port_get(port, &e, NULL) == 0);
	CHECK(e.portev_source == PORT_SOURCE_AIO && e.portev_events == AIOAWRITE);
	CHECK(e.portev_object == (uintptr_t)&w && e.portev_user == (void *)0x77);
	CHECK(aio_return(&w) == 1);
	CHECK(aio_fsync(O_SYNC, &w) == 0 && port_get(port, &e, NULL) == 0);
	CHECK(e.portev_events == AIOFSYNC && aio_return(&w) == 0);
	w.aio_offset = 0;
	w.aio_sigevent.sigev_notify = SIGEV_THREAD;
	w.aio_sigevent.sigev_value.sival_ptr = &other;
	w.aio_sigevent.sigev_notify_function = on_call;
	CHECK(aio_write(&w) == 0);
	while (!called)
		rest();
	CHECK(call_value == &other && aio_return(&w) == 1);
	/* Lists: each of its own way, and the list once. */
	w.aio_sigevent.sigev_notify = other.aio_sigevent.sigev_notify = SIGEV_NONE;
	w.aio_lio_opcode = LIO_WRITE;
	other.aio_lio_opcode = LIO_READ;
	signals = 0;
	CHECK(lio_listio(LIO_NOWAIT, both, 2, &list) == 0);
	while (!signals)
		rest();
	CHECK(code == SI_ASYNCIO && aio_return(&w) == 1 && aio_return(&other) == 1);
	list.sigev_notify = SIGEV_PORT;
	list.sigev_value.sival_ptr = &to;
	CHECK(lio_listio(LIO_NOWAIT, both, 2, &list) == 0 && port_get(port, &e, NULL) == 0);
	CHECK(e.portev_events == AIOLIO && e.portev_object == (uintptr_t)&list);
	CHECK(aio_return(&w) == 1 && aio_return(&other) == 1);
	called = 0;
	list.sigev_notify = SIGEV_THREAD;
	list.sigev_notify_function = on_call;
	CHECK(lio_listio(LIO_NOWAIT, both, 2, &list) == 0);
	while (!called)
		rest();
	CHECK(aio_return(&w) == 1 && aio_return(&other) == 1);
	rest();
	CHECK(signals == 1 && called == 1 && port_get(port, &e, (struct timespec *)&none) == -1);
	close(port);
}

static void lists(void)
{
	char bufs[100][16];
	aiocb_t blocks[100], *list[100];
	int good = 0;

	for (int i = 0; i < 100; i++) {
		snprintf(bufs[i], sizeof(bufs[i]), "%015d", i);
		blocks[i] = block(file, bufs[i], 16, i * 16);
		blocks[i].aio_lio_opcode = LIO_WRITE;
		list[i] = &blocks[i];
	}
	list[7] = NULL;
	blocks[8].aio_lio_opcode = LIO_NOP;
	CHECK(lio_listio(LIO_WAIT, list, 100, NULL) == 0);
	for (int i = 0; i < 100; i++)
		good += i == 7 || i == 8 || aio_return(&blocks[i]) == 16;
	CHECK(good == 100);
	CHECK(pread(file, data, 1600, 0) == 1600 && strcmp(data + 99 * 16, bufs[99]) == 0);
	FAILS(lio_listio(LIO_WAIT, list, 0, NULL), EINVAL);
	FAILS(lio_listio(LIO_WAIT, list, 4097, NULL), EINVAL);
	FAILS(lio_listio(9, list, 1, NULL), EINVAL);
	blocks[0].aio_fildes = 777;
	FAILS(lio_listio(LIO_WAIT, list, 2, NULL), EIO);
	CHECK(aio_error(&blocks[0]) == EBADF && aio_error(&blocks[1]) == 0);
	blocks[0].aio_fildes = file;
	blocks[0].aio_lio_opcode = 5;
	FAILS(lio_listio(LIO_NOWAIT, list, 1, NULL), EIO);
	CHECK(aio_error(&blocks[0]) == EINVAL);
}

static void waits(void)
{
	char in[3][4];
	aiocb_t a = block(pipe_in, in[0], 4, 0), b = block(file, in[1], 4, 0),
		c = block(file, in[2], 4, 0);
	const aiocb_t *list[] = {&a, NULL};
	aiocb_t *done[4];
	uint_t n = 1;

	FAILS(aio_suspend(list, 0, NULL), EINVAL);
	FAILS(aio_suspend(list, 2, &(struct timespec){0, -1}), EINVAL);
	FAILS(aio_suspend(list, 2, NULL), EAGAIN); /* nothing is under way */
	n = 1;
	FAILS(aio_waitn(done, 4, &n, NULL), EAGAIN);
	CHECK(aio_read(&a) == 0);
	FAILS(aio_read(&a), EBUSY);
	CHECK(aio_error(&a) == EINPROGRESS);
	FAILS(aio_return(&a), EINPROGRESS);
	FAILS(aio_suspend(list, 2, &none), EAGAIN);
	FAILS(aio_suspend(list, 2, &soon), EAGAIN);
	write(pipe_out, "abc", 3);
	CHECK(aio_suspend(list, 2, NULL) == 0);
	CHECK(aio_error(&a) == 0 && aio_return(&a) == 3);
	n = 0;
	FAILS(aio_waitn(done, 4, &n, NULL), EINVAL);
	n = 5;
	FAILS(aio_waitn(done, 4, &n, NULL), EINVAL);
	CHECK(aio_read(&a) == 0 && aio_read(&b) == 0 && aio_read(&c) == 0);
	n = 2;
	CHECK(aio_waitn(done, 4, &n, NULL) == 0 && n == 2 && done[0] != &a && done[1] != &a);
	CHECK(aio_return(&b) == 4 && aio_return(&c) == 4);
	n = 1;
	CHECK(aio_waitn(done, 4, &n, &none) == 0 && n == 0);
	n = 1;
	FAILS(aio_waitn(done, 4, &n, &soon), ETIME);
	CHECK(n == 0);
	write(pipe_out, "d", 1);
	n = 3; /* there is one alone */
	CHECK(aio_waitn(done, 4, &n, NULL) == 0 && n == 1 && done[0] == &a && aio_return(&a) == 1);
}

/* The threads of what was cancelled may still be on their way out. */
static void settle(void)
{
	struct timeval poll = {0, 0};

	while (aiowait(&poll) == NULL)
		rest();
}

static void cancels(void)
{
	char in[4];
	aiocb_t a = block(pipe_in, in, 4, 0), b = block(pipe_in, in, 4, 0);
	int copy;

	CHECK(aio_cancel(pipe_in, NULL) == AIO_ALLDONE);
	FAILS(aio_cancel(777, NULL), EBADF);
	CHECK(aio_read(&a) == 0 && aio_read(&b) == 0);
	rest();
	FAILS(aio_cancel(file, &a), EINVAL);
	CHECK(aio_cancel(pipe_in, &a) == AIO_CANCELED);
	CHECK(aio_error(&a) == ECANCELED);
	FAILS(aio_return(&a), ECANCELED);
	CHECK(aio_cancel(file, NULL) == AIO_NOTCANCELED);
	CHECK(aio_cancel(pipe_in, NULL) == AIO_CANCELED);
	FAILS(aio_return(&b), ECANCELED);
	CHECK(aio_cancel(pipe_in, &a) == AIO_ALLDONE);
	/* What is told of a request that was cancelled. */
	signals = 0;
	a.aio_sigevent.sigev_notify = SIGEV_SIGNAL;
	a.aio_sigevent.sigev_signo = SIGUSR1;
	CHECK(aio_read(&a) == 0);
	rest();
	CHECK(aio_cancel(pipe_in, &a) == AIO_CANCELED);
	while (!signals)
		rest();
	FAILS(aio_return(&a), ECANCELED);
	/* Closing cancels; the pipe itself is still whole. */
	copy = dup(pipe_in);
	b.aio_fildes = copy;
	CHECK(aio_read(&b) == 0);
	rest();
	CHECK(close(copy) == 0 && aio_error(&b) == ECANCELED);
	settle();
	write(pipe_out, "e", 1);
	CHECK(read(pipe_in, in, 4) == 1 && in[0] == 'e');
}

static void of_the_system(void)
{
	aio_result_t one = {AIO_INPROGRESS, 0}, two = {AIO_INPROGRESS, 0};
	struct timeval poll = {0, 0}, short_time = {0, 10000};
	char in[8];

	CHECK(aiowait(&poll) == (aio_result_t *)-1 && errno == EINVAL);
	CHECK(aiowrite(file, "0123456789", 10, 0, SEEK_SET, &one) == 0);
	CHECK(aiowait(NULL) == &one && one.aio_return == 10 && one.aio_errno == 0);
	lseek(file, 4, SEEK_SET);
	CHECK(aioread(file, in, 3, 1, SEEK_CUR, &one) == 0);
	CHECK(aiowait(NULL) == &one && one.aio_return == 3 && memcmp(in, "567", 3) == 0);
	FAILS(aioread(file, in, 1, 0, 9, &one), EINVAL);
	FAILS(aioread(777, in, 1, 0, SEEK_SET, &one), EBADF);
	CHECK(aioread(pipe_in, in, 3, 0, SEEK_SET, &two) == 0);
	FAILS(aioread(file, in, 3, 0, SEEK_SET, &two), EINVAL); /* it is in use */
	CHECK(aiowait(&poll) == NULL && aiowait(&short_time) == NULL);
	FAILS(aiocancel(&one), EACCES);
	CHECK(aiocancel(&two) == 0 && two.aio_return == -1 && two.aio_errno == ECANCELED);
	settle();
	FAILS(aiocancel(&two), EINVAL);
}

static void many(void)
{
	enum { N = 500 };
	static aiocb_t blocks[N];
	static char bytes[N];
	aiocb_t *done[N];
	int fd = open("appended", O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600), good = 0;
	uint_t n = N;

	for (int i = 0; i < N; i++) {
		bytes[i] = (char)('a' + i % 26);
		blocks[i] = block(fd, &bytes[i], 1, 0);
		good += aio_write(&blocks[i]) == 0;
	}
	CHECK(good == N);
	CHECK(aio_waitn(done, N, &n, NULL) == 0 && n == N);
	good = 0;
	for (int i = 0; i < N; i++)
		good += aio_return(&blocks[i]) == 1;
	CHECK(good == N && lseek(fd, 0, SEEK_END) == N);
	close(fd);
	unlink("appended");
}

static void forks(void)
{
	char in[4];
	aiocb_t a = block(pipe_in, in, 1, 0), b = block(file, "y", 1, 0);
	int status = -1, child;

	CHECK(aio_read(&a) == 0);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		int r = aio_write(&b) == 0 && ended(&b) == 0 && aio_return(&b) == 1;

		_exit(r && aio_cancel(pipe_in, NULL) != AIO_CANCELED ? 0 : 1);
	}
	waitpid(child, &status, 0);
	CHECK(status == 0);
	write(pipe_out, "z", 1);
	CHECK(ended(&a) == 0 && aio_return(&a) == 1 && in[0] == 'z');
}

static volatile int ticks;

static void tick(union sigval v)
{
	ticks += v.sival_int;
}

static void timers(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 3};
	struct itimerspec set = {{0, 5000000}, {0, 5000000}};
	timer_t id;
	int now;

	event.sigev_notify_function = tick;
	CHECK(timer_create(CLOCK_REALTIME, &event, &id) == 0);
	CHECK(timer_settime(id, 0, &set, NULL) == 0);
	while (ticks < 9)
		rest();
	CHECK(ticks % 3 == 0 && timer_getoverrun(id) >= 0);
	CHECK(timer_delete(id) == 0);
	FAILS(timer_delete(id), EINVAL);
	nanosleep(&soon, NULL);
	now = ticks;
	nanosleep(&soon, NULL);
	CHECK(now == ticks);
}

int main(void)
{
	static char in[4];
	static aiocb_t last;
	int fds[2];

	setvbuf(stdout, NULL, _IOLBF, 0);
	file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	pipe(fds);
	pipe_in = fds[0];
	pipe_out = fds[1];
	CHECK(file >= 0);
	simple();
	notices();
	lists();
	waits();
	cancels();
	of_the_system();
	many();
	forks();
	timers();
	unlink("file");
	/* One that will never end keeps nobody: not even the last thread of the program. */
	last = block(pipe_in, in, 1, 0);
	CHECK(aio_read(&last) == 0);
	printf("done\n");
	fflush(stdout);
	pthread_exit(NULL);
}
