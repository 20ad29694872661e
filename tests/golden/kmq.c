/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX message queues: kmq_*, poll and kevent on one, notification (mq_open(2)). */
#include "freebsd_event.h"

#define SYS_kmq_open	     457
#define SYS_kmq_setattr	     458
#define SYS_kmq_timedreceive 459
#define SYS_kmq_timedsend    460
#define SYS_kmq_notify	     461
#define SYS_kmq_unlink	     462
#define SIGEV_NONE	     0
#define SIGEV_SIGNAL	     1
#define SIGEV_THREAD_ID	     4

struct mq_attr {
	i64 flags, maxmsg, msgsize, curmsgs, reserved[4];
};

struct sigevent {
	i32 notify, signo;
	u64 value;
	u64 spare[8];
};

static char name[32] = "/golden-";
static volatile int handled, code, mqd;
static volatile u64 value;

static int kmq_open(const char *path, int flags, int mode, const struct mq_attr *attr)
{
	return (int)result(sys(SYS_kmq_open, path, flags, mode, attr));
}

static int kmq_setattr(int fd, const struct mq_attr *attr, struct mq_attr *old)
{
	return (int)result(sys(SYS_kmq_setattr, fd, attr, old));
}

static long receive(int fd, char *buf, size_t n, u32 *prio, const struct timespec *limit)
{
	return result(sys(SYS_kmq_timedreceive, fd, buf, n, prio, limit));
}

static int send(int fd, const char *buf, size_t n, u32 prio, const struct timespec *limit)
{
	return (int)result(sys(SYS_kmq_timedsend, fd, buf, n, prio, limit));
}

static int notify(int fd, const struct sigevent *ev)
{
	return (int)result(sys(SYS_kmq_notify, fd, ev));
}

static void on_message(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	handled++;
	code = info->si_code;
	value = (u64)info->si_value;
	mqd = *(int *)((char *)info + 40); /* si_mqd */
}

static void messages(int fd)
{
	struct timespec past = {1, 0}, bad = {1, 1000000000}, soon;
	char buf[64];
	u32 prio = 9;

	EXPECT_EQ(send(fd, "low", 3, 1, NULL), 0);
	EXPECT_EQ(send(fd, "high", 4, 63, NULL), 0);
	EXPECT_ERROR(send(fd, "x", 1, 64, NULL), EINVAL);
	EXPECT_ERROR(send(fd, buf, 65, 0, NULL), EMSGSIZE);
	EXPECT_ERROR(send(-1, "x", 1, 64, NULL), EBADF);
	EXPECT_ERROR(send(1, "x", 1, 0, NULL), EBADF);
	EXPECT_ERROR(send(fd, (char *)8, 1, 0, NULL), EFAULT);
	EXPECT_EQ(send(fd, "last", 4, 0, &bad), 0); /* there is room: the time does not matter */
	EXPECT_ERROR(send(fd, "full", 4, 0, &bad), EINVAL);
	EXPECT_ERROR(send(fd, "full", 4, 0, &past), ETIMEDOUT);
	EXPECT_ERROR(receive(fd, buf, 63, &prio, NULL), EMSGSIZE);
	EXPECT_EQ(receive(fd, buf, 64, &prio, &bad), 4);
	EXPECT(prio == 63 && memcmp(buf, "high", 4) == 0);
	EXPECT_EQ(receive(fd, buf, 64, &prio, NULL), 3);
	EXPECT_EQ(receive(fd, buf, 64, NULL, NULL), 4);
	EXPECT_ERROR(receive(fd, buf, 64, &prio, &bad), EINVAL);
	EXPECT_ERROR(receive(fd, buf, 64, &prio, &(struct timespec){-1, 0}), ETIMEDOUT);
	EXPECT_ERROR(receive(fd, buf, 64, &prio, (struct timespec *)8), EFAULT);
	clock_gettime(CLOCK_REALTIME, &soon);
	soon.tv_nsec += 20000000;
	soon.tv_sec += soon.tv_nsec / 1000000000;
	soon.tv_nsec %= 1000000000;
	EXPECT_ERROR(receive(fd, buf, 64, &prio, &soon), ETIMEDOUT);
}

static void waiting(int fd)
{
	struct sigevent ev = {.notify = SIGEV_SIGNAL, .signo = SIGUSR1, .value = 0x1234};
	struct kevent change = {.ident = (u64)fd, .filter = EVFILT_READ, .flags = EV_ADD}, event;
	struct timespec none = {0, 0};
	char buf[64];
	int kq = (int)result(sys(SYS_kqueue)), pid, status;
	long self;

	EXPECT_EQ(sys(SYS_kevent, kq, &change, 1, &event, 1, &none), 0);
	pid = fork();
	if (pid == 0)
		exit(send(fd, "child", 5, 0, NULL) == 0 ? 3 : 1);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &event, 1, NULL), 1);
	EXPECT(event.filter == EVFILT_READ && event.ident == (u64)fd);
	EXPECT(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 3);
	EXPECT_EQ(receive(fd, buf, 64, NULL, NULL), 5);
	EXPECT_EQ(sys(SYS_kevent, kq, NULL, 0, &event, 1, &none), 0);

	on_signal(SIGUSR1, on_message, 0);
	EXPECT_EQ(notify(fd, &ev), 0);
	EXPECT_ERROR(notify(fd, &ev), EBUSY);
	EXPECT_EQ(send(fd, "a", 1, 0, NULL), 0);
	EXPECT(handled == 1 && code == SI_MESGQ && value == 0x1234);
	EXPECT_EQ(send(fd, "b", 1, 0, NULL), 0);
	EXPECT_EQ(handled, 1);
	EXPECT_EQ(receive(fd, buf, 64, NULL, NULL), 1);
	EXPECT_EQ(receive(fd, buf, 64, NULL, NULL), 1);
	handled = 0;
	sys(SYS_thr_self, &self);
	ev = (struct sigevent){.notify = SIGEV_THREAD_ID, .signo = SIGUSR1, .value = 0x5678};
	ev.spare[0] = (u64)self;
	EXPECT_EQ(notify(fd, &ev), 0);
	EXPECT_ERROR(notify(fd, &ev), EBUSY);
	EXPECT_EQ(send(fd, "c", 1, 0, NULL), 0);
	for (int i = 0; i < 5000 && !handled; i++)
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	EXPECT(handled == 1 && code == SI_MESGQ && value == 0x5678);
	EXPECT_EQ(mqd, fd);
	/* A message that is there already is told at once, and nobody is registered then. */
	handled = 0;
	EXPECT_EQ(notify(fd, &ev), 0);
	EXPECT(handled == 1 && code == SI_MESGQ && value == 0x5678);
	ev.notify = SIGEV_SIGNAL;
	EXPECT_EQ(notify(fd, &ev), 0);
	EXPECT_EQ(handled, 2);
	EXPECT_EQ(mqd, fd);
	EXPECT_EQ(receive(fd, buf, 64, NULL, NULL), 1);
	ev.notify = SIGEV_NONE;
	EXPECT_EQ(notify(fd, &ev), 0);
	EXPECT_EQ(notify(fd, NULL), 0);
	ev = (struct sigevent){.notify = SIGEV_SIGNAL, .signo = 200};
	EXPECT_ERROR(notify(fd, &ev), EINVAL);
	ev.notify = 77;
	EXPECT_ERROR(notify(fd, &ev), EINVAL);
	EXPECT_ERROR(notify(1, NULL), EBADF);
}

int main(void)
{
	struct mq_attr attr = {.maxmsg = 3, .msgsize = 64}, old;
	int pid = getpid(), fd, other;

	for (char *p = name + 8; pid; pid /= 10)
		*p++ = (char)('0' + pid % 10);
	EXPECT_ERROR(kmq_open(name, O_RDWR, 0, NULL), ENOENT);
	EXPECT_ERROR(kmq_open("golden", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	EXPECT_ERROR(kmq_open("/golden/x", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	EXPECT_ERROR(kmq_open("/..", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	EXPECT_ERROR(kmq_open("/", O_RDWR | O_CREAT, 0600, NULL), EINVAL);
	EXPECT_ERROR(kmq_open(name, O_ACCMODE | O_CREAT, 0600, NULL), EINVAL);
	EXPECT_ERROR(kmq_open(name, O_RDWR | O_CREAT, 0600, &(struct mq_attr){0}), EINVAL);
	EXPECT_ERROR(kmq_open((char *)8, O_RDWR, 0, NULL), EFAULT);
	fd = kmq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	EXPECT(fd >= 0);
	EXPECT_EQ(fcntl(fd, F_GETFD, 0), FD_CLOEXEC);
	EXPECT_ERROR(kmq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, NULL), EEXIST);
	messages(fd);
	waiting(fd);

	EXPECT_EQ(kmq_setattr(fd, NULL, &old), 0);
	EXPECT(old.flags == 0 && old.maxmsg == 3 && old.msgsize == 64 && old.curmsgs == 0);
	attr.flags = O_NONBLOCK;
	EXPECT_EQ(kmq_setattr(fd, &attr, &old), 0);
	EXPECT_EQ(kmq_setattr(fd, NULL, &old), 0);
	EXPECT_EQ(old.flags, O_NONBLOCK);
	attr.flags = O_APPEND;
	EXPECT_ERROR(kmq_setattr(fd, &attr, NULL), EINVAL);
	EXPECT_ERROR(kmq_setattr(1, NULL, NULL), EBADF);
	EXPECT_ERROR(receive(fd, name, 64, NULL, NULL), EAGAIN);
	other = kmq_open(name, O_RDONLY, 0, NULL);
	EXPECT_ERROR(send(other, "x", 1, 0, NULL), EBADF);
	EXPECT_EQ(close(other), 0);
	EXPECT_EQ(sys(SYS_kmq_unlink, name), 0);
	EXPECT_ERROR(result(sys(SYS_kmq_unlink, name)), ENOENT);
	EXPECT_EQ(send(fd, "x", 1, 0, NULL), 0);

	fd = kmq_open(name, O_RDWR | O_CREAT, 0600, NULL);
	EXPECT_EQ(kmq_setattr(fd, NULL, &old), 0);
	EXPECT(old.maxmsg == 10 && old.msgsize == 1024);
	EXPECT_EQ(sys(SYS_kmq_unlink, name), 0);
	return 0;
}
