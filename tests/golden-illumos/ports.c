/* SPDX-License-Identifier: BSD-2-Clause */
/* Event ports: descriptors, events sent, alerts, how many and how long. */
#include "illumos_thread.h"

#define CREATE	     0x100 /* with PORT_SYS_NOPORT */
#define ASSOCIATE    1
#define DISSOCIATE   2
#define SEND	     3
#define SENDN	     0x104
#define GET	     5
#define GETN	     6
#define ALERT	     7
#define SOURCE_USER  3
#define SOURCE_FD    4
#define SOURCE_ALERT 5
#define ALERT_SET    1
#define ALERT_UPDATE 2
#define POLLIN	     1
#define POLLOUT	     4
#define POLLHUP	     0x10
#define ETIME_TOLD   62 /* the second result of GETN */

struct event {
	i32 events;
	u16 source, pad;
	u64 object, user;
};

static int port;
static struct event e[8];
static struct timespec none = {0, 0};

static long port_call(int code, long a, long b, long c, long d)
{
	return sys(SYS_port, code, port, a, b, c, d);
}

static void sent(void)
{
	struct two r;

	EXPECT_EQ(port_call(SEND, 7, 0x70, 0, 0), 0);
	EXPECT_EQ(port_call(SEND, 8, 0x80, 0, 0), 0);
	r = sys_two(SYS_port, GETN, port, 0, 0, 0, 0); /* no room: how many there are */
	EXPECT_EQ(r.first, 2);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), 0);
	EXPECT(e[0].events == 7 && e[0].source == SOURCE_USER && e[0].user == 0x70);
	r = sys_two(SYS_port, GETN, port, (long)e, 8, 2, (long)&none);
	EXPECT_EQ(r.first, 1); /* fewer than asked, and nobody wanted to wait */
	EXPECT_EQ(r.second, 0);
	EXPECT(e[0].events == 8 && e[0].user == 0x80);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), -ETIME);
	EXPECT_EQ(port_call(GETN, (long)e, 2, 3, 0), -EINVAL);
	EXPECT_EQ(port_call(GETN, 0, 2, 1, (long)&none), -EFAULT);
	EXPECT_EQ(port_call(GETN, (long)e, 2, 0, 0), 0);
}

static void timed(void)
{
	struct timespec soon = {0, 2000000}, bad = {0, 1000000000};
	struct two r = sys_two(SYS_port, GETN, port, (long)e, 8, 1, (long)&soon);

	EXPECT_EQ(r.first, 0);
	EXPECT_EQ(r.second, ETIME_TOLD);
	EXPECT_EQ(port_call(GETN, (long)e, 8, 1, (long)&bad), -EINVAL);
	EXPECT_EQ(port_call(GETN, (long)e, 8, 1, 8), -EFAULT);
}

static void descriptors(void)
{
	int fds[2], file;

	pipe2(fds, 0);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], POLLIN, 0x11), 0);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), -ETIME);
	write(fds[1], "xy", 2);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, 0), 0);
	EXPECT(e[0].events == POLLIN && e[0].source == SOURCE_FD && e[0].object == (u64)fds[0] &&
	       e[0].user == 0x11);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), -ETIME); /* told once */
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], POLLIN, 0x12), 0);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], POLLIN, 0x13), 0);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, 0), 0);
	EXPECT_EQ(e[0].user, 0x13); /* what was said last */
	EXPECT_EQ(port_call(DISSOCIATE, SOURCE_FD, fds[0], 0, 0), -ENOENT);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], POLLIN, 0), 0);
	EXPECT_EQ(port_call(DISSOCIATE, SOURCE_FD, fds[0], 0, 0), 0);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), -ETIME);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[1], POLLOUT, 0x21), 0);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], 0, 0x22), 0); /* for its end alone */
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, 0), 0);
	EXPECT(e[0].events == POLLOUT && e[0].user == 0x21);
	close(fds[1]);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, 0), 0);
	EXPECT(e[0].events == POLLHUP && e[0].user == 0x22);
	close(fds[0]);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, fds[0], POLLIN, 0), -EBADFD);
	EXPECT_EQ(port_call(DISSOCIATE, SOURCE_FD, fds[0], 0, 0), -EBADFD);
	EXPECT_EQ(port_call(ASSOCIATE, 99, fds[0], POLLIN, 0), -EINVAL);
	file = open("/dev/null", O_RDONLY);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, file, POLLIN, 0x31), 0);
	close(file);
	file = open("port-file", O_CREAT | O_RDWR, 0600);
	unlink("port-file");
	while (port_call(GET, (long)e, 0, 0, (long)&none) == 0)
		;
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, file, POLLIN | POLLOUT, 0x32),
		  0); /* ready at once */
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), 0);
	EXPECT(e[0].events == (POLLIN | POLLOUT) && e[0].user == 0x32);
	EXPECT_EQ(port_call(ASSOCIATE, SOURCE_FD, file, 0, 0x33), 0);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), -ETIME);
	EXPECT_EQ(port_call(DISSOCIATE, SOURCE_FD, file, 0, 0), 0);
	close(file);
}

static void alerts(void)
{
	EXPECT_EQ(port_call(SEND, 1, 2, 0, 0), 0);
	EXPECT_EQ(port_call(ALERT, ALERT_SET, 0x55, 0x66, 0), 0);
	for (int i = 0; i < 2; i++) { /* it stays until it is taken back */
		EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), 0);
		EXPECT(e[0].source == SOURCE_ALERT && e[0].events == 0x55 && e[0].user == 0x66);
	}
	EXPECT_EQ(port_call(ALERT, ALERT_UPDATE, 0x57, 0, 0), -EBUSY);
	EXPECT_EQ(port_call(ALERT, ALERT_SET | ALERT_UPDATE, 1, 0, 0), -EINVAL);
	EXPECT_EQ(port_call(ALERT, ALERT_SET, 0, 0, 0), 0);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, (long)&none), 0);
	EXPECT(e[0].source == SOURCE_USER && e[0].events == 1);
}

static volatile int woken;

static void wait_for_one(void *arg)
{
	woken = (int)sys(SYS_port, GET, port, arg, 0, 0, 0);
	woken += 100;
}

static void among_threads(void)
{
	static struct thread t;
	static struct event told;

	thread_start(&t, wait_for_one, &told);
	EXPECT_EQ(woken, 0);
	EXPECT_EQ(port_call(SEND, 3, 4, 0, 0), 0);
	thread_join(&t);
	EXPECT(woken == 100 && told.events == 3 && told.user == 4);
}

static void to_several(void)
{
	int other = (int)sys(SYS_port, CREATE, 0, 0, 0, 0, 0);
	i32 list[3] = {port, other, -1}, errors[3] = {-1, -1, -1};
	struct two r = sys_two(SYS_port, SENDN, (long)list, (long)errors, 3, 9, 10);

	EXPECT_EQ(r.first, 2);
	EXPECT(errors[0] == 0 && errors[1] == 0 && errors[2] == EBADF);
	EXPECT_EQ(port_call(GET, (long)e, 0, 0, 0), 0);
	EXPECT(e[0].events == 9 && e[0].user == 10);
	EXPECT_EQ(sys(SYS_port, GET, other, e, 0, 0, &none), 0);
	close(other);
	EXPECT_EQ(sys(SYS_port, GET, other, e, 0, 0, &none), -EBADF);
	EXPECT_EQ(sys(SYS_port, GET, 1, e, 0, 0, &none), -EBADFD);
}

int main(void)
{
	port = (int)sys(SYS_port, CREATE, 0, 0, 0, 0, 0);
	EXPECT(port >= 0);
	sent();
	timed();
	descriptors();
	alerts();
	among_threads();
	to_several();
	return 0;
}
