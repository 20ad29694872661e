/* SPDX-License-Identifier: BSD-2-Clause */
/* Event ports: descriptors, sent events, alerts, and timers that end in one. */
#include "socket.h"

struct event {
	i32 events;
	u16 source, pad;
	u64 object, user;
};

static long get(int port, struct event *e, i64 ms)
{
	struct timespec ts = {ms / 1000, ms % 1000 * 1000000};

	memset(e, 0, sizeof(*e));
	return sys(SYS_port, 5, port, e, 0, 0, ms < 0 ? NULL : &ts);
}

static void descriptors(int port)
{
	struct event e;
	int fds[2];

	print("descriptors\n");
	pipe2(fds, 0);
	EXPECT_EQ(sys(SYS_port, 1, port, 4, fds[0], POLLIN, 77), 0);
	EXPECT_EQ(get(port, &e, 0), -ETIME);
	write(fds[1], "x", 1);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == POLLIN && e.source == 4 && e.object == (u64)fds[0] && e.user == 77);
	EXPECT_EQ(get(port, &e, 0), -ETIME); /* once */
	EXPECT_EQ(sys(SYS_port, 2, port, 4, fds[0]), -ENOENT);
	EXPECT_EQ(sys(SYS_port, 3, port, 5, 6), 0);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 5 && e.source == 3 && e.user == 6);
	EXPECT_EQ(sys(SYS_port, 1, port, 9, fds[0], POLLIN, 0), -EINVAL);
}

static void timers(int port)
{
	struct {
		i32 port, pad;
		u64 user;
	} notify = {port, 0, 0x1234};
	struct {
		i32 notify, signo;
		void *value;
		u64 function, attributes, pad;
	} ev = {4, 0, &notify, 0, 0, 0};
	struct timespec set[2] = {{0, 0}, {0, 5000000}}, now[2];
	struct event e;
	int id = -1, other = -1;

	print("timers\n");
	EXPECT_EQ(sys(SYS_timer_create, 3, &ev, &id), 0);
	EXPECT_EQ(get(port, &e, 10), -ETIME);
	EXPECT_EQ(sys(SYS_timer_settime, id, 0, set, NULL), 0);
	EXPECT_EQ(sys(SYS_timer_gettime, id, now), 0);
	EXPECT(now[1].tv_sec == 0 && now[1].tv_nsec > 0 && now[1].tv_nsec <= 5000000);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 1 && e.source == 2 && e.object == (u64)id && e.user == 0x1234);
	EXPECT_EQ(get(port, &e, 10), -ETIME);
	set[0].tv_nsec = 1000000;
	EXPECT_EQ(sys(SYS_timer_settime, id, 0, set, NULL), 0);
	nanosleep(&(struct timespec){0, 30000000}, NULL);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events > 1 && e.source == 2);
	EXPECT(sys(SYS_timer_getoverrun, id) >= 1);
	EXPECT_EQ(sys(SYS_timer_delete, id), 0);
	EXPECT_EQ(sys(SYS_timer_delete, id), -EINVAL);
	EXPECT_EQ(get(port, &e, 10), -ETIME);
	notify.port = 777;
	EXPECT_EQ(sys(SYS_timer_create, 3, &ev, &other), -EINVAL);
}

static void files(int port)
{
	struct {
		struct timespec times[3];
		u64 pad[3];
		const char *name;
	} obj = {.name = "watched"};
	struct event e;
	struct stat st;
	int fd = open("watched", O_RDWR | O_CREAT, 0600);

	print("files\n");
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 2, 5), 0);
	EXPECT_EQ(get(port, &e, 0), 0); /* the times are not what they were said to be */
	EXPECT(e.events == 2 && e.source == 7 && e.object == (u64)&obj && e.user == 5);
	stat("watched", &st);
	obj.times[0] = st.st_atim;
	obj.times[1] = st.st_mtim;
	obj.times[2] = st.st_ctim;
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 2, 6), 0);
	EXPECT_EQ(get(port, &e, 0), -ETIME);
	write(fd, "x", 1);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 2 && e.source == 7 && e.user == 6);
	write(fd, "y", 1);
	EXPECT_EQ(get(port, &e, 0), -ETIME); /* once */
	EXPECT_EQ(sys(SYS_port, 2, port, 7, &obj), -ENOENT);
	stat("watched", &st);
	obj.times[1] = st.st_mtim;
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 2, 7), 0);
	EXPECT_EQ(sys(SYS_port, 2, port, 7, &obj), 0);
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 2, 8), 0);
	sys(SYS_unlink, "watched"); /* it is deleted, though it is still open */
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 0x10 && e.user == 8);
	close(fd);
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 2, 0), -ENOENT);
}

static void cut_off(int port)
{
	struct {
		struct timespec times[3];
		u64 pad[3];
		const char *name;
	} obj = {.name = "cut"};
	struct event e;
	int fd = open("cut", O_RDWR | O_CREAT, 0600);

	print("truncation\n");
	write(fd, "12345678", 8);
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 0x100000, 9), 0);
	write(fd, "9", 1);
	EXPECT_EQ(get(port, &e, 10), -ETIME);
	EXPECT_EQ(ftruncate(fd, 3), 0);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 0x100000 && e.source == 7 && e.user == 9);
	EXPECT_EQ(ftruncate(fd, 1), 0);
	EXPECT_EQ(get(port, &e, 0), -ETIME);
	EXPECT_EQ(sys(SYS_port, 1, port, 7, &obj, 0x100000, 10), 0);
	EXPECT_EQ(close(open("cut", O_RDWR | O_TRUNC)), 0);
	EXPECT_EQ(get(port, &e, -1), 0);
	EXPECT(e.events == 0x100000 && e.user == 10);
	close(fd);
	sys(SYS_unlink, "cut");
}

int main(void)
{
	int port = (int)sys(SYS_port, 0x100);

	EXPECT(port > 2);
	descriptors(port);
	timers(port);
	files(port);
	cut_off(port);
	return 0;
}
