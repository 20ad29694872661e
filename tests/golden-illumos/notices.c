/* SPDX-License-Identifier: BSD-2-Clause */
/* What the library's own asynchronous I/O and message queues ask of the kernel: events put into a
 * port by PORT_DISPATCH, signals left with signotify, the lists of kaio. */
#include "socket.h"

struct event {
	i32 events;
	u16 source, pad;
	u64 object, user;
};

struct notify_id {
	i32 pid, index, pad;
};

static volatile int alarms;

static void on_alarm(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	alarms++;
}

static void ports(void)
{
	i64 soon[4] = {0, 0, 0, 20000};
	struct timespec none = {0, 0};
	int port = (int)sys(SYS_port, 0x100);
	struct event e;
	int sent = 0;

	print("ports\n");
	EXPECT_EQ(sys(SYS_port, 8, port, 1, 11, 0x1234, 77), 0);
	EXPECT_EQ(sys(SYS_port, 5, port, &e, 0, 0, NULL), 0);
	EXPECT(e.events == 11 && e.source == 1 && e.object == 0x1234 && e.user == 77);
	EXPECT_EQ(sys(SYS_port, 8 | 0x200, port, 6, 0, 0x99, 78), 0);
	EXPECT_EQ(sys(SYS_port, 5, port, &e, 0, 0, NULL), 0);
	EXPECT(e.events == 0 && e.source == 6 && e.object == 0x99 && e.user == 78);
	EXPECT_EQ(sys(SYS_port, 8, port, 3, 0, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_port, 8, port, 4, 0, 0, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_port, 8, 777, 1, 0, 0, 0), -EBADF);
	EXPECT_EQ(sys(SYS_port, 8, 1, 1, 0, 0, 0), -EBADFD);
	/* A full port: who sends is told so, who dispatches waits. */
	while (sys(SYS_port, 3, port, 5, 6) == 0)
		sent++;
	EXPECT_EQ(sent, 65536);
	on_signal(SIGALRM, on_alarm, 0);
	EXPECT_EQ(sys(SYS_setitimer, 0, soon, NULL), 0);
	EXPECT_EQ(sys(SYS_port, 8, port, 1, 0, 0, 0), -EINTR);
	EXPECT_EQ(alarms, 1);
	EXPECT_EQ(sys(SYS_port, 5, port, &e, 0, 0, &none), 0);
	EXPECT_EQ(sys(SYS_port, 8, port, 1, 0, 0, 0), 0);
	close(port);
}

/* What a child does with the id, and how it ends: 0 or an error number. */
static int by_child(int cmd, struct notify_id *id)
{
	int child = fork(), status = 0;

	if (child == 0)
		exit((int)-sys(SYS_signotify, cmd, NULL, id));
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void notify(void)
{
	struct timespec none = {0, 0};
	u64 set[2] = {SIGNAL_BIT(SIGUSR1), 0};
	struct siginfo left = {.si_signo = SIGUSR1, .si_code = -5, .si_value = 0x123456789a}, info,
		       quiet = {.si_code = -5};
	struct notify_id *id, ids[33] = {{0, 0, 0}}, private_id = {0, 0, 0};
	int good = 0, child, status;

	print("signotify\n");
	id = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANON, -1, 0);
	EXPECT(id != MAP_FAILED);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_signotify, 1, 8, id), -EFAULT);
	EXPECT_EQ(sys(SYS_signotify, 4, &left, id), -EINVAL);
	EXPECT_EQ(sys(SYS_signotify, 3, NULL, id), -EINVAL);
	left.si_code = 0;
	EXPECT_EQ(sys(SYS_signotify, 1, &left, id), -EINVAL);
	left.si_code = -5;
	EXPECT_EQ(sys(SYS_signotify, 1, &left, id), 0);
	EXPECT(id->pid == getpid() && id->index == 0);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, id), -EBUSY);
	EXPECT_EQ(by_child(1, id), EBUSY);
	EXPECT_EQ(by_child(3, id), 0);
	EXPECT(id->pid == 0 && id->index == 0);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), SIGUSR1);
	EXPECT(info.si_code == -5 && info.si_pid == getpid() && info.si_value == 0x123456789a);
	EXPECT_EQ(by_child(3, id), EINVAL);
	/* Cancelled by another; of no signal; by an id in memory of one's own. */
	EXPECT_EQ(sys(SYS_signotify, 1, &left, id), 0);
	EXPECT_EQ(by_child(2, id), 0);
	EXPECT_EQ(sys(SYS_signotify, 1, &quiet, id), 0);
	EXPECT_EQ(by_child(3, id), 0);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, &private_id), 0);
	EXPECT_EQ(by_child(3, &private_id), EINVAL);
	id[1] = private_id;
	EXPECT_EQ(sys(SYS_signotify, 3, NULL, &id[1]), -EINVAL);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), -EAGAIN);
	EXPECT_EQ(sys(SYS_signotify, 3, NULL, &private_id), 0);
	EXPECT_EQ(sys(SYS_sigtimedwait, set, &info, &none), SIGUSR1);
	/* A registration is gone with its process, and a child has none of its parent's. */
	child = fork();
	if (child == 0)
		exit((int)-sys(SYS_signotify, 1, &left, id));
	waitpid(child, &status, 0);
	EXPECT(status == 0 && id->pid == child);
	EXPECT_EQ(sys(SYS_signotify, 3, NULL, id), -EINVAL);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, id), 0);
	EXPECT_EQ(sys(SYS_signotify, 2, NULL, id), 0);
	id->index = 32;
	EXPECT_EQ(sys(SYS_signotify, 2, NULL, id), -EINVAL);
	id->index = -1;
	EXPECT_EQ(sys(SYS_signotify, 2, NULL, id), -EINVAL);
	*id = (struct notify_id){getpid(), 0, 1};
	EXPECT_EQ(sys(SYS_signotify, 3, NULL, id), -EINVAL);
	while (good < 33 && sys(SYS_signotify, 1, &left, &ids[good]) == 0)
		good++;
	EXPECT_EQ(good, 32);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, &ids[32]), -EAGAIN);
	EXPECT_EQ(sys(SYS_signotify, 2, NULL, &ids[7]), 0);
	EXPECT_EQ(sys(SYS_signotify, 1, &left, &ids[32]), 0);
}

struct aiocb {
	i32 fildes, pad0;
	void *buf;
	u64 nbytes;
	i64 offset;
	i32 reqprio, pad1;
	u64 sigevent[5];
	i32 opcode, pad2;
	i64 result;
	i32 error, pad3, state, pad4;
};

static void lists(void)
{
	struct timespec none = {0, 0}, bad = {0, 1000000000};
	char data[4];
	struct aiocb a = {.fildes = open("listed", O_RDWR | O_CREAT, 0600),
			  .buf = data,
			  .opcode = 1},
		     b = {.fildes = 777, .opcode = 2}, c = {.opcode = 0};
	struct aiocb *list[4] = {&a, NULL, &b, &c};
	u32 want = 1;

	print("kaio\n");
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list, 4, NULL), -EINVAL); /* AIOLIO before AIOINIT */
	EXPECT_EQ(sys(SYS_kaio, 11, &a), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 5), 0);
	EXPECT_EQ(sys(SYS_kaio, 6), -EDEADLK);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list, 0, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list, 4097, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, 8, 4, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list, 4, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list, 4, NULL), -ENOTSUP);
	EXPECT(a.error == EBADFD && a.result == -1 && b.error == EBADF && c.error == 0);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list + 2, 2, NULL), -EIO);
	EXPECT_EQ(sys(SYS_kaio, 7, 0, list + 3, 1, NULL), 0);
	EXPECT_EQ(sys(SYS_kaio, 11, &a), -EBADFD);
	EXPECT_EQ(sys(SYS_kaio, 12, &b), -EBADF);
	EXPECT_EQ(sys(SYS_kaio, 11, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_kaio, 8, list, 4, &bad, -1), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 8, list, 4, NULL, -1), -EAGAIN);
	EXPECT_EQ(sys(SYS_kaio, 4), 0);
	EXPECT_EQ(sys(SYS_kaio, 8, list, 4, &none, -1), -EAGAIN);
	EXPECT_EQ(sys(SYS_kaio, 8, list, 4, NULL, -1), 1);
	EXPECT_EQ(sys(SYS_kaio, 21, list, 4, &want, NULL), -EAGAIN);
	EXPECT_EQ(sys(SYS_kaio, 21, list, 0, &want, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 9, &a), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 10, 0, list, 4, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_kaio, 3, a.fildes, NULL), 1);
	close(a.fildes);
	sys(SYS_unlink, "listed");
}

int main(void)
{
	ports();
	notify();
	lists();
	return 0;
}
