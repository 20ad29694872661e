/* SPDX-License-Identifier: BSD-2-Clause */
/* epoll, eventfd and timerfd. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

static void say(const char *what, long r)
{
	printf("%s: %ld%s%s\n", what, r, r < 0 ? " " : "", r < 0 ? strerror(errno) : "");
}

static int change(int ep, int op, int fd, uint32_t events, uint64_t data)
{
	struct epoll_event ev = {.events = events, .data.u64 = data};

	return epoll_ctl(ep, op, fd, &ev);
}

static void look(const char *what, int ep, int ms)
{
	struct epoll_event ev[8];
	int n = epoll_wait(ep, ev, 8, ms);

	say(what, n);
	for (int i = 0; i < n; i++)
		printf("  %#x of %#llx\n", ev[i].events, (unsigned long long)ev[i].data.u64);
}

static void of_epoll(void)
{
	int ep = epoll_create1(EPOLL_CLOEXEC), fds[2], file;
	struct epoll_event none;

	printf("close on exec: %d\n", fcntl(ep, F_GETFD) & FD_CLOEXEC);
	pipe(fds);
	say("of no size", epoll_create(0));
	say("add", change(ep, EPOLL_CTL_ADD, fds[0], EPOLLIN, 0x1122334455667788));
	say("add again", change(ep, EPOLL_CTL_ADD, fds[0], EPOLLIN, 1));
	say("no descriptor", change(ep, EPOLL_CTL_ADD, 700, EPOLLIN, 1));
	say("no operation", change(ep, 9, fds[0], EPOLLIN, 1));
	say("delete what is not there", change(ep, EPOLL_CTL_DEL, fds[1], 0, 0));
	say("change what is not there", change(ep, EPOLL_CTL_MOD, fds[1], EPOLLOUT, 0));
	say("no room", epoll_wait(ep, &none, 0, 0));
	look("nothing", ep, 0);
	write(fds[1], "x", 1);
	look("a byte", ep, -1);
	look("still", ep, -1);
	say("edges", change(ep, EPOLL_CTL_MOD, fds[0], EPOLLIN | EPOLLET, 2));
	look("once", ep, 1000);
	look("no more", ep, 10);
	say("one shot", change(ep, EPOLL_CTL_MOD, fds[0], EPOLLIN | EPOLLONESHOT, 3));
	look("shot", ep, 1000);
	look("gone", ep, 10);
	say("the other end", change(ep, EPOLL_CTL_ADD, fds[1], EPOLLOUT, 4));
	close(fds[0]);
	look("broken", ep, 1000);
	file = open("epoll.tmp", O_RDWR | O_CREAT, 0600);
	say("a file", change(ep, EPOLL_CTL_ADD, file, EPOLLIN, 5));
	say("and again", change(ep, EPOLL_CTL_ADD, file, EPOLLIN, 5));
	say("delete", change(ep, EPOLL_CTL_DEL, fds[1], 0, 0));
	look("is ready", ep, 1000);
	say("delete", change(ep, EPOLL_CTL_DEL, file, 0, 0));
	look("or not", ep, 0);
	unlink("epoll.tmp");
	close(ep);
	say("closed", epoll_wait(ep, &none, 1, 0));
	say("no epoll", epoll_wait(0, &none, 1, 0));
}

static void of_eventfd(void)
{
	int e = eventfd(3, EFD_NONBLOCK),
	    s = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK | EFD_CLOEXEC);
	int ep = epoll_create(1);
	eventfd_t v = 0;

	printf("flags: %d %d\n", fcntl(e, F_GETFD), fcntl(s, F_GETFD));
	say("read", eventfd_read(e, &v));
	printf("  %llu\n", (unsigned long long)v);
	say("read", eventfd_read(e, &v));
	say("write", eventfd_write(e, 5));
	say("write", eventfd_write(e, 6));
	say("too much", eventfd_write(e, ~0ull));
	say("add", change(ep, EPOLL_CTL_ADD, e, EPOLLIN, 7));
	look("ready", ep, 1000);
	eventfd_read(e, &v);
	printf("  %llu\n", (unsigned long long)v);
	look("read", ep, 0);
	for (int i = 0; i < 3; i++) {
		v = 99;
		say("down by one", eventfd_read(s, &v));
		printf("  %llu\n", (unsigned long long)v);
	}
	say("a short read", read(e, &v, 4));
	say("bad flags", eventfd(0, 0x40));
}

static void of_timerfd(void)
{
	struct itimerspec set = {{0, 0}, {0, 5000000}}, got;
	int t = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK), m = timerfd_create(1, 0);
	uint64_t n = 0;

	say("not begun", read(t, &n, sizeof(n)));
	say("set", timerfd_settime(m, 0, &set, NULL));
	say("read", read(m, &n, sizeof(n)));
	printf("  %llu\n", (unsigned long long)n);
	say("get", timerfd_gettime(m, &got));
	printf("  %ld %ld\n", (long)got.it_value.tv_sec, got.it_value.tv_nsec);
	set.it_value.tv_sec = 1000;
	set.it_interval.tv_sec = 2;
	say("set", timerfd_settime(t, 0, &set, &got));
	say("get", timerfd_gettime(t, &got));
	printf("  %d %ld\n", got.it_value.tv_sec > 900, (long)got.it_interval.tv_sec);
	clock_gettime(CLOCK_REALTIME, &set.it_value);
	say("a time that was", timerfd_settime(t, TFD_TIMER_ABSTIME, &set, &got));
	usleep(10000);
	say("read", read(t, &n, sizeof(n)));
	printf("  %llu\n", (unsigned long long)n);
	set.it_value.tv_nsec = 1000000000;
	say("no time", timerfd_settime(t, 0, &set, NULL));
	say("no timer", timerfd_settime(0, 0, &set, NULL));
	say("bad flags", timerfd_settime(t, 8, &set, NULL));
	say("no clock", timerfd_create(17, 0));
	n = 1;
	t = open("/dev/timerfd", O_RDWR);
	set.it_value.tv_nsec = 0;
	say("without a clock", timerfd_settime(t, 0, &set, NULL));
}

int main(void)
{
	of_epoll();
	of_eventfd();
	of_timerfd();
	return 0;
}
