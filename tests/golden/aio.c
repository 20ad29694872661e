/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous I/O: files, sockets, vectors, lists, cancelling, waiting, signals and kevents
 * (aio(4), aio_read(2), lio_listio(2)).
 */
#include "freebsd_event.h"

#define SYS_aio_read		255
#define SYS_aio_write		256
#define SYS_lio_listio		257
#define SYS_aio_return		314
#define SYS_aio_suspend		315
#define SYS_aio_cancel		316
#define SYS_aio_error		317
#define SYS_freebsd6_aio_read	318
#define SYS_freebsd6_aio_write	319
#define SYS_freebsd6_lio_listio 320
#define SYS_aio_waitcomplete	359
#define SYS_aio_fsync		465
#define SYS_aio_mlock		543
#define SYS_aio_writev		578
#define SYS_aio_readv		579
#define CANCELED		1
#define ALLDONE			3
#define LIO_NOP			0
#define LIO_WRITE		1
#define LIO_READ		2
#define LIO_NOWAIT		0
#define LIO_WAIT		1
#define SIGEV_NONE		0
#define SIGEV_SIGNAL		1
#define SIGEV_KEVENT		3
#define SIGEV_THREAD_ID		4
#define EVFILT_LIO		(-10)
#define AF_UNIX			1
#define SOCK_STREAM		1
#define NOTCANCELED		2
#define LIO_SYNC		8
#define O_PATH			0x400000

struct sigevent {
	i32 notify, signo;
	u64 value;
	union {
		i32 tid;
		u16 kevent_flags;
		u64 spare[8];
	};
};

struct aiocb {
	i32 fildes;
	i64 offset;
	void *buf;
	size_t nbytes;
	i32 spare[2];
	void *spare2;
	i32 opcode, reqprio;
	long status, error;
	void *kernelinfo;
	struct sigevent ev;
};
_Static_assert(sizeof(struct aiocb) == 160, "struct aiocb");

struct aiocb6 {
	i32 fildes;
	i64 offset;
	void *buf;
	size_t nbytes;
	struct {
		i32 notify, signo;
		u64 value;
	} ev;
	i32 opcode, reqprio;
	long status, error;
	void *kernelinfo;
};

static volatile int handled, code;
static volatile u64 value;

static int aio(int nr, struct aiocb *cb)
{
	return (int)result(sys(nr, cb));
}

static int aio_error(struct aiocb *cb)
{
	return (int)result(sys(SYS_aio_error, cb));
}

static long aio_return(struct aiocb *cb)
{
	return result(sys(SYS_aio_return, cb));
}

static int aio_suspend(struct aiocb **list, int n, const struct timespec *limit)
{
	return (int)result(sys(SYS_aio_suspend, list, n, limit));
}

static long waitcomplete(struct aiocb **cb, const struct timespec *limit)
{
	return result(sys(SYS_aio_waitcomplete, cb, limit));
}

static long finish(struct aiocb *cb)
{
	while (aio_error(cb) == EINPROGRESS)
		aio_suspend(&cb, 1, NULL);
	return aio_return(cb);
}

static void on_done(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	code = info->si_code;
	value = (u64)info->si_value;
	handled++;
}

static void await(volatile int *n)
{
	for (int i = 0; i < 5000 && !*n; i++)
		nanosleep(&(struct timespec){0, 1000000}, NULL);
}

/* FreeBSD 6's control blocks have their notice elsewhere. */
static void old_requests(int fd)
{
	char in[2][4], out[4] = "OLD!";
	struct aiocb6 w = {.fildes = fd, .offset = 20, .buf = out, .nbytes = 4};
	struct aiocb6 r[2], *list[3];
	struct {
		i32 notify, signo;
		u64 value;
	} ev = {SIGEV_SIGNAL, SIGUSR1, 66};

	on_signal(SIGUSR1, on_done, 0);
	handled = 0;
	w.ev.notify = SIGEV_SIGNAL;
	w.ev.signo = SIGUSR1;
	w.ev.value = 55;
	EXPECT_EQ(sys(SYS_freebsd6_aio_write, &w), 0);
	await(&handled);
	EXPECT(handled == 1 && code == SI_ASYNCIO && value == 55);
	EXPECT_EQ(finish((struct aiocb *)&w), 4);
	EXPECT_EQ(w.status, 4);
	w.ev.signo = 300;
	EXPECT_ERROR(result(sys(SYS_freebsd6_aio_write, &w)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_freebsd6_aio_write, 8)), EFAULT);
	w.fildes = -1;
	w.ev.notify = SIGEV_NONE;
	EXPECT_ERROR(result(sys(SYS_freebsd6_aio_write, &w)), EBADF);

	for (int i = 0; i < 2; i++) {
		r[i] =
		    (struct aiocb6){.fildes = fd, .offset = 20 + 2 * i, .buf = in[i], .nbytes = 2};
		r[i].opcode = LIO_READ;
		list[i] = &r[i];
	}
	list[2] = NULL;
	EXPECT_EQ(sys(SYS_freebsd6_lio_listio, LIO_WAIT, list, 3, NULL), 0);
	EXPECT(finish((struct aiocb *)&r[0]) == 2 && finish((struct aiocb *)&r[1]) == 2);
	EXPECT(memcmp(in[0], "OL", 2) == 0 && memcmp(in[1], "D!", 2) == 0);
	handled = 0;
	EXPECT_EQ(sys(SYS_freebsd6_lio_listio, LIO_NOWAIT, list, 2, &ev), 0);
	await(&handled);
	EXPECT(handled == 1 && value == 66);
	EXPECT(finish((struct aiocb *)&r[0]) == 2 && finish((struct aiocb *)&r[1]) == 2);
	EXPECT_ERROR(result(sys(SYS_freebsd6_lio_listio, 7, list, 2, NULL)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_freebsd6_lio_listio, LIO_WAIT, list, -1, NULL)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_freebsd6_lio_listio, LIO_WAIT, 8, 1, NULL)), EFAULT);
	EXPECT_ERROR(result(sys(SYS_freebsd6_lio_listio, LIO_NOWAIT, list, 1, 8)), EFAULT);
	r[0].fildes = -1;
	EXPECT_ERROR(result(sys(SYS_freebsd6_lio_listio, LIO_WAIT, list, 1, NULL)), EIO);
	EXPECT_EQ(aio_error((struct aiocb *)&r[0]), EBADF);
	EXPECT_EQ(ftruncate(fd, 12), 0);
	handled = 0;
}

static void files(int fd)
{
	char buf[16] = {0}, a[4], b[4];
	struct {
		void *base;
		size_t len;
	} v[2] = {{a, 4}, {b, 4}};
	struct aiocb cb = {.fildes = fd, .offset = 4, .buf = "asynchronous", .nbytes = 12}, *p;
	struct aiocb6 old = {.fildes = fd, .buf = buf, .nbytes = 4};

	EXPECT_ERROR(aio_return(&cb), EINVAL);
	EXPECT_EQ(aio_error(&cb), EINVAL);
	EXPECT_EQ(aio(SYS_aio_write, &cb), 0);
	EXPECT_EQ(finish(&cb), 12);
	EXPECT(cb.status == 12 && cb.error == 0);
	EXPECT_ERROR(aio_return(&cb), EINVAL);
	cb.buf = buf;
	cb.nbytes = 16;
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	EXPECT_EQ(finish(&cb), 12);
	EXPECT(memcmp(buf, "asynchronous", 12) == 0);
	cb = (struct aiocb){.fildes = fd, .offset = 4, .buf = v, .nbytes = 2};
	EXPECT_EQ(aio(SYS_aio_readv, &cb), 0);
	EXPECT_EQ(finish(&cb), 8);
	EXPECT(memcmp(a, "asyn", 4) == 0 && memcmp(b, "chro", 4) == 0);
	cb.offset = 0;
	cb.nbytes = 1;
	EXPECT_EQ(aio(SYS_aio_writev, &cb), 0);
	EXPECT_EQ(finish(&cb), 4);
	EXPECT_EQ(result(sys(SYS_aio_fsync, O_SYNC, &cb)), 0);
	EXPECT_EQ(finish(&cb), 0);
	EXPECT_ERROR(result(sys(SYS_aio_fsync, 1, &cb)), EINVAL);
	EXPECT_EQ(sys(SYS_freebsd6_aio_read, &old), 0);
	EXPECT_EQ(finish((struct aiocb *)&old), 4);
	EXPECT(memcmp(buf, "asyn", 4) == 0);
	old_requests(fd);
	cb = (struct aiocb){.fildes = -1, .buf = buf, .nbytes = sizeof(buf)};
	EXPECT_EQ(aio(SYS_aio_mlock, &cb), 0);
	EXPECT_EQ(finish(&cb), 0);

	print("what goes wrong at once, and what later\n");
	EXPECT_ERROR(aio(SYS_aio_read, (struct aiocb *)8), EFAULT);
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EBADF);
	EXPECT_EQ(aio_error(&cb), EBADF);
	cb = (struct aiocb){.fildes = fd, .offset = -1, .buf = buf, .nbytes = 1};
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EINVAL);
	cb.offset = 0;
	cb.ev.notify = 77;
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EINVAL);
	cb.ev = (struct sigevent){.notify = SIGEV_SIGNAL, .signo = 300};
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EINVAL);
	cb.ev.notify = SIGEV_NONE;
	cb.fildes = open("/dev/null", O_RDWR);
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EOPNOTSUPP);
	EXPECT_EQ(close(cb.fildes), 0);
	cb.fildes = open("file", O_RDONLY);
	EXPECT_ERROR(aio(SYS_aio_write, &cb), EBADF);
	EXPECT_EQ(close(cb.fildes), 0);
	cb.fildes = open("file", O_PATH);
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EBADF);
	EXPECT_EQ(close(cb.fildes), 0);
	cb.fildes = fd;
	for (u64 bad = 8; bad; bad = bad == 8 ? 0x700000100000 : 0) {
		cb.buf = (void *)bad;
		EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
		EXPECT_ERROR(finish(&cb), EFAULT);
		EXPECT(cb.status == -1 && cb.error == EFAULT);
	}

	cb.buf = buf;
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	EXPECT_EQ(waitcomplete(&p, NULL), 1);
	EXPECT(p == &cb);
	EXPECT_ERROR(waitcomplete(&p, &(struct timespec){0, 0}), EAGAIN);
	EXPECT(p == NULL);
	EXPECT_ERROR(waitcomplete(&p, &(struct timespec){0, 20000000}), EAGAIN);
	EXPECT_ERROR(waitcomplete(&p, &(struct timespec){0, 1000000000}), EINVAL);
}

static void sockets(void)
{
	struct aiocb r1, r2, w, *list[2];
	char one[8], two[8];
	static char big[1 << 20];
	long total = 0, n;
	int s[2], pid;

	EXPECT_EQ(sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s), 0);
	r1 = (struct aiocb){.fildes = s[0], .buf = one, .nbytes = 8};
	r2 = (struct aiocb){.fildes = s[0], .buf = two, .nbytes = 8};
	EXPECT_EQ(aio(SYS_aio_read, &r1), 0);
	EXPECT_EQ(aio(SYS_aio_read, &r2), 0);
	list[0] = NULL;
	list[1] = &r1;
	EXPECT_ERROR(aio_suspend(list, 2, &(struct timespec){0, 20000000}), EAGAIN);
	EXPECT_EQ(aio_error(&r1), EINPROGRESS);
	EXPECT_ERROR(aio_return(&r1), EINVAL);
	EXPECT_EQ(write(s[1], "first", 5), 5);
	EXPECT_EQ(aio_suspend(list, 2, NULL), 0);
	EXPECT_EQ(aio_return(&r1), 5);
	EXPECT(memcmp(one, "first", 5) == 0);
	EXPECT_EQ(aio_error(&r2), EINPROGRESS);

	print("its descriptor may go\n");
	n = fcntl(s[0], F_DUPFD, 100);
	EXPECT_EQ(close(s[0]), 0);
	EXPECT_EQ(open("/dev/null", O_RDWR), s[0]);
	EXPECT_EQ(aio_error(&r2), EINPROGRESS);
	EXPECT_EQ(write(s[1], "second", 6), 6);
	EXPECT_EQ(finish(&r2), 6);
	EXPECT(memcmp(two, "second", 6) == 0);
	close(s[0]);
	s[0] = (int)n;

	r1.fildes = s[0];
	EXPECT_EQ(aio(SYS_aio_read, &r1), 0);
	EXPECT_EQ(sys(SYS_aio_cancel, s[0], &r1), CANCELED);
	EXPECT_EQ(aio_error(&r1), ECANCELED);
	EXPECT_ERROR(aio_return(&r1), ECANCELED);
	EXPECT_EQ(sys(SYS_aio_cancel, s[0], NULL), ALLDONE);
	EXPECT_ERROR(result(sys(SYS_aio_cancel, 999, NULL)), EBADF);

	print("a write goes on until all has gone\n");
	w = (struct aiocb){.fildes = s[1], .buf = big, .nbytes = sizeof(big)};
	EXPECT_EQ(aio(SYS_aio_write, &w), 0);
	while (total < (long)sizeof(big) && (n = read(s[0], big, 65536)) > 0)
		total += n;
	EXPECT_EQ(total, sizeof(big));
	EXPECT_EQ(finish(&w), sizeof(big));
	EXPECT_EQ(aio(SYS_aio_write, &w), 0);
	EXPECT_EQ(read(s[0], one, 8), 8);
	/* One that has gone in part ends there, and is not cancelled. */
	EXPECT_EQ(sys(SYS_aio_cancel, s[1], &w), NOTCANCELED);
	total = finish(&w) - 8;
	EXPECT(total > 0 && total < (long)sizeof(big) - 8);
	while (total > 0 && (n = read(s[0], big, (u64)total)) > 0)
		total -= n;
	EXPECT_EQ(total, 0);

	EXPECT_EQ(aio(SYS_aio_read, &r1), 0);
	pid = fork();
	if (pid == 0) { /* a child has none of it, and can do its own */
		if (aio_error(&r1) == EINPROGRESS || aio(SYS_aio_read, &r2) == 0)
			exit(1);
		r2.fildes = open("file", O_RDONLY);
		exit(aio(SYS_aio_read, &r2) == 0 && finish(&r2) == 8 ? 9 : 2);
	}
	EXPECT(waitpid(pid, &pid, 0) > 0 && WEXITSTATUS(pid) == 9);
	EXPECT_EQ(aio_error(&r1), EINPROGRESS);
	EXPECT_EQ(close(s[1]), 0);
	EXPECT_EQ(finish(&r1), 0);
}

static void told(int fd)
{
	char buf[4];
	struct aiocb cb = {.fildes = fd, .buf = buf, .nbytes = 4};
	struct timespec none = {0, 0};
	struct kevent ev = {.ident = 1, .filter = EVFILT_AIO, .flags = EV_ADD};
	long self;
	int kq = (int)result(sys(SYS_kqueue));

	on_signal(SIGUSR1, on_done, 0);
	cb.ev = (struct sigevent){.notify = SIGEV_SIGNAL, .signo = SIGUSR1, .value = 0xabcd};
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	await(&handled);
	EXPECT(handled == 1 && code == SI_ASYNCIO && value == 0xabcd);
	EXPECT_EQ(aio_return(&cb), 4);
	sys(SYS_thr_self, &self);
	cb.ev.notify = SIGEV_THREAD_ID;
	cb.ev.tid = (i32)self;
	handled = 0;
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	await(&handled);
	EXPECT(handled == 1 && value == 0xabcd);
	EXPECT_EQ(aio_return(&cb), 4);

	EXPECT_ERROR(result(sys(SYS_kevent, kq, &ev, 1, NULL, 0, NULL)), EPERM);
	cb.ev = (struct sigevent){.notify = SIGEV_KEVENT, .signo = kq, .value = 77};
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, NULL), 1);
	EXPECT(ev.filter == EVFILT_AIO && ev.ident == (u64)&cb && (u64)ev.udata == 77);
	EXPECT((ev.flags & EV_EOF) && ev.data == 0);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, &none), 1); /* until it is returned */
	EXPECT_EQ(aio_return(&cb), 4);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, &none), 0);
	cb.buf = (void *)8;
	cb.ev.kevent_flags = EV_ONESHOT;
	EXPECT_EQ(aio(SYS_aio_read, &cb), 0);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, NULL), 1);
	EXPECT_EQ(ev.data, EFAULT);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &ev, 1, &none), 0);
	EXPECT_ERROR(aio_return(&cb), EFAULT);
	cb.ev.kevent_flags = EV_DELETE;
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EINVAL);
	cb.ev.kevent_flags = 0;
	cb.ev.signo = fd;
	EXPECT_ERROR(aio(SYS_aio_read, &cb), EBADF);
	EXPECT_EQ(close(kq), 0);
}

static void lists(int fd)
{
	char buf[3][4];
	struct aiocb cb[3], *list[4] = {&cb[0], &cb[1], NULL, &cb[2]};
	struct sigevent ev = {.notify = SIGEV_SIGNAL, .signo = SIGUSR1, .value = 5};
	struct timespec none = {0, 0};
	struct kevent event;
	int kq = (int)result(sys(SYS_kqueue));

	for (int i = 0; i < 3; i++)
		cb[i] = (struct aiocb){
		    .fildes = fd, .offset = 4 * i, .buf = buf[i], .nbytes = 4, .opcode = LIO_READ};
	EXPECT_EQ(sys(SYS_lio_listio, LIO_WAIT, list, 4, NULL), 0);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(aio_return(&cb[i]), 4);
	EXPECT(memcmp(buf[1], "asyn", 4) == 0 && memcmp(buf[2], "chro", 4) == 0);
	handled = 0;
	EXPECT_EQ(sys(SYS_lio_listio, LIO_NOWAIT, list, 4, &ev), 0);
	await(&handled);
	EXPECT(handled == 1 && value == 5);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(aio_return(&cb[i]), 4);
	ev = (struct sigevent){.notify = SIGEV_KEVENT, .signo = kq, .value = 6};
	EXPECT_EQ(sys(SYS_lio_listio, LIO_NOWAIT, list, 4, &ev), 0);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &event, 1, NULL), 1);
	EXPECT(event.filter == EVFILT_LIO && event.ident == (u64)list && (u64)event.udata == 6);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(aio_return(&cb[i]), 4);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &event, 1, &none), 0);
	cb[0].opcode = 99;
	cb[1].opcode = LIO_NOP;
	EXPECT_ERROR(result(sys(SYS_lio_listio, LIO_WAIT, list, 4, NULL)), EIO);
	EXPECT_EQ(aio_error(&cb[0]), EINVAL);
	EXPECT_EQ(aio_return(&cb[2]), 4);
	cb[2].opcode = LIO_SYNC; /* not in a list */
	EXPECT_ERROR(result(sys(SYS_lio_listio, LIO_WAIT, &list[3], 1, NULL)), EIO);
	EXPECT_EQ(aio_error(&cb[2]), EINVAL);
	EXPECT_ERROR(result(sys(SYS_lio_listio, 2, list, 4, NULL)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_lio_listio, LIO_WAIT, list, -1, NULL)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_lio_listio, LIO_WAIT, (void *)8, 4, NULL)), EFAULT);
}

/* What was begun is written though the process ends. */
static void ending(void)
{
	static char block[1 << 20];
	struct aiocb cb[4];
	struct stat st;
	int pid = fork(), fd;

	if (pid == 0) {
		fd = open("last", O_CREAT | O_RDWR, 0600);
		for (int i = 0; i < 4; i++) {
			cb[i] = (struct aiocb){.fildes = fd,
					       .offset = (i64)sizeof(block) * i,
					       .buf = block,
					       .nbytes = sizeof(block)};
			aio(SYS_aio_write, &cb[i]);
		}
		finish(&cb[0]);
		exit(4);
	}
	EXPECT(waitpid(pid, &pid, 0) > 0 && WEXITSTATUS(pid) == 4);
	EXPECT_EQ(stat("last", &st), 0);
	EXPECT_EQ(st.st_size % (i64)sizeof(block), 0);
}

int main(void)
{
	int fd = open("file", O_CREAT | O_RDWR, 0600);

	files(fd);
	sockets();
	told(fd);
	lists(fd);
	ending();
	return 0;
}
