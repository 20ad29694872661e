/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/feuerbird/two_worlds.c: a native program that waits for a kqueue and an epoll in one
 * loop. A FreeBSD timer ticks; each tick writes a byte into a pipe, and Linux's epoll says
 * that the pipe can be read.
 */
#include <stddef.h>

#include <feuerbird/syscall.h>

/* FreeBSD's struct kevent (sys/event.h) and Linux's struct epoll_event (sys/epoll.h). */
struct kevent {
	unsigned long ident;
	short filter;
	unsigned short flags;
	unsigned fflags;
	long data;
	void *udata;
	unsigned long ext[4];
};

struct __attribute__((packed)) epoll_event {
	unsigned events;
	unsigned long data;
};

enum {
	FREEBSD_KQUEUE = FB_CLASS_FREEBSD | 362,
	FREEBSD_KEVENT = FB_CLASS_FREEBSD | 560,
	LINUX_READ = FB_CLASS_LINUX | 0,
	LINUX_WRITE = FB_CLASS_LINUX | 1,
	LINUX_EPOLL_WAIT = FB_CLASS_LINUX | 232,
	LINUX_EPOLL_CTL = FB_CLASS_LINUX | 233,
	LINUX_EPOLL_CREATE1 = FB_CLASS_LINUX | 291,
	LINUX_PIPE2 = FB_CLASS_LINUX | 293,
	EVFILT_TIMER = -7,
	EV_ADD = 1,
	EPOLLIN = 1,
	EPOLL_CTL_ADD = 1,
	TICKS = 3,
};

static void say(const char *text)
{
	long length = 0;

	while (text[length] != '\0')
		length++;
	fb_call(LINUX_WRITE, 1, (long)text, length, 0, 0, 0);
}

static int fail(const char *what)
{
	say(what);
	say(" failed\n");
	return 1;
}

long fb_main(long argc, char **argv, char **envp);
long fb_main(long argc, char **argv, char **envp)
{
	struct kevent timer = {.ident = 1, .filter = EVFILT_TIMER, .flags = EV_ADD, .data = 20};
	struct epoll_event readable = {.events = EPOLLIN, .data = 7};
	const long at_once[2] = {0, 0};
	long queue = fb_call_bsd(FREEBSD_KQUEUE, 0, 0, 0, 0, 0, 0);
	long poll = fb_call(LINUX_EPOLL_CREATE1, 0, 0, 0, 0, 0, 0);
	int pipe[2], ticks = 0, bytes = 0;
	char byte;

	(void)argc, (void)argv, (void)envp;
	if (queue < 0 || poll < 0 || fb_call(LINUX_PIPE2, (long)pipe, 0, 0, 0, 0, 0) < 0)
		return fail("a queue, a poll or a pipe");
	if (fb_call_bsd(FREEBSD_KEVENT, queue, (long)&timer, 1, 0, 0, 0) < 0)
		return fail("setting the timer");
	if (fb_call(LINUX_EPOLL_CTL, poll, EPOLL_CTL_ADD, pipe[0], (long)&readable, 0, 0) < 0)
		return fail("adding the pipe");
	while (bytes < TICKS) {
		struct kevent event;
		struct epoll_event ready;

		if (ticks < TICKS &&
		    fb_call_bsd(FREEBSD_KEVENT, queue, 0, 0, (long)&event, 1, (long)at_once) == 1) {
			say("kqueue: the timer ticked\n");
			ticks++;
			fb_call(LINUX_WRITE, pipe[1], (long)"t", 1, 0, 0, 0);
		}
		if (fb_call(LINUX_EPOLL_WAIT, poll, (long)&ready, 1, 5, 0, 0) == 1 &&
		    ready.data == 7) {
			fb_call(LINUX_READ, pipe[0], (long)&byte, 1, 0, 0, 0);
			say("epoll: the pipe had a byte\n");
			bytes++;
		}
	}
	return 0;
}
