/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kqueue's view of sockets: made by Linux's calls, watched by FreeBSD's, and the kqueue
 * itself watched by an epoll. Numbers: linux/socket.h and sys/event.h.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <feuerbird/syscall.h>

#define LINUX(nr, a, b, c, d, e, f)                                                                \
	fb_call(FB_CLASS_LINUX | (nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e),      \
		(long)(f))
#define FREEBSD(nr, a, b, c, d, e, f)                                                              \
	fb_call_bsd(FB_CLASS_FREEBSD | (nr), (long)(a), (long)(b), (long)(c), (long)(d),           \
		    (long)(e), (long)(f))

enum { READ = -1, WRITE = -2, EMPTY = -13 };
enum { ADD = 1, DELETE = 2, ONESHOT = 0x10, CLEAR = 0x20, END = 0x8000 };
enum { LOWAT = 1, INVALID = 22, REFUSED = 61, RESET = 54 };

struct kevent {
	uint64_t ident;
	int16_t filter;
	uint16_t flags;
	uint32_t fflags;
	int64_t data;
	uint64_t udata;
	uint64_t ext[4];
};

struct address {
	uint16_t family;
	uint16_t port;
	uint32_t ip;
	uint64_t zero;
};

static long kq;
static const struct {
	int64_t sec, nsec;
} at_once, a_second = {1, 0};

static void say(const char *text)
{
	long length = 0;

	while (text[length] != '\0')
		length++;
	LINUX(1, 1, text, length, 0, 0, 0);
}

static void number(long n)
{
	char text[24], *p = &text[23];
	unsigned long u = n < 0 ? 0 - (unsigned long)n : (unsigned long)n;

	*p = '\0';
	do
		*--p = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (n < 0)
		*--p = '-';
	say(p);
}

#define EXPECT(what) (say((what) ? "ok " : "FAILED "), say(#what "\n"))

static long change(long fd, int filter, int flags, uint32_t fflags, long data)
{
	struct kevent k = {.ident = (uint64_t)fd,
			   .filter = (int16_t)filter,
			   .flags = (uint16_t)flags,
			   .fflags = fflags,
			   .data = data};

	return FREEBSD(560, kq, &k, 1, 0, 0, 0);
}

static long poll_kq(struct kevent *k)
{
	return FREEBSD(560, kq, 0, 0, k, 8, &at_once);
}

/* One event, this one; data -1: any above 0. */
static void expect(const char *what, long fd, int filter, int flags, uint32_t fflags, long data)
{
	struct kevent k[8];
	long n = FREEBSD(560, kq, 0, 0, k, 8, &a_second);

	if (n == 1 && k[0].ident == (uint64_t)fd && k[0].filter == filter && k[0].flags == flags &&
	    k[0].fflags == fflags && (data == -1 ? k[0].data > 0 : k[0].data == data)) {
		say("ok ");
		say(what);
		say("\n");
		return;
	}
	say("FAILED ");
	say(what);
	for (long i = 0; i < n; i++) {
		say("; filter ");
		number(k[i].filter);
		say(" flags ");
		number(k[i].flags);
		say(" fflags ");
		number(k[i].fflags);
		say(" data ");
		number(k[i].data);
	}
	say("\n");
}

static long stream(void)
{
	return LINUX(41, 2, 1, 0, 0, 0, 0);
}

static void until(int ms)
{
	struct {
		int64_t sec, nsec;
	} ts = {0, ms * 1000000L};

	LINUX(35, &ts, 0, 0, 0, 0, 0);
}

static struct address here = {.family = 2, .ip = 0x0100007f};

static long listener(void)
{
	long s = stream();
	int size = sizeof(here);

	here.port = 0;
	LINUX(49, s, &here, size, 0, 0, 0);
	LINUX(50, s, 16, 0, 0, 0, 0);
	LINUX(51, s, &here, &size, 0, 0, 0);
	return s;
}

static void connections(void)
{
	long s = listener(), a = stream(), b, in;
	struct kevent k[8];

	EXPECT(change(s, READ, ADD, 0, 0) == 0);
	EXPECT(poll_kq(k) == 0);
	/* Not connected, it is neither readable nor writable nor at its end. */
	EXPECT(change(a, READ, ADD | CLEAR, 0, 0) == 0);
	EXPECT(change(a, WRITE, ADD, 0, 0) == 0);
	EXPECT(poll_kq(k) == 0);
	EXPECT(LINUX(42, a, &here, sizeof(here), 0, 0, 0) == 0);
	EXPECT(change(s, READ, DELETE, 0, 0) == 0);
	expect("a connected socket is writable", a, WRITE, 0, 0, -1);
	expect("and stays so", a, WRITE, 0, 0, -1);
	EXPECT(change(a, WRITE, DELETE, 0, 0) == 0);
	EXPECT(poll_kq(k) == 0);
	EXPECT(change(s, READ, ADD, 0, 0) == 0);
	expect("one connection waits", s, READ, 0, 0, 1);
	b = stream();
	LINUX(42, b, &here, sizeof(here), 0, 0, 0);
	expect("two connections wait", s, READ, 0, 0, 2);
	in = LINUX(43, s, 0, 0, 0, 0, 0);
	LINUX(3, LINUX(43, s, 0, 0, 0, 0, 0), 0, 0, 0, 0, 0);
	EXPECT(poll_kq(k) == 0);
	LINUX(1, in, "hello", 5, 0, 0, 0);
	expect("five bytes", a, READ, CLEAR, 0, 5);
	EXPECT(poll_kq(k) == 0);
	LINUX(1, in, "!", 1, 0, 0, 0);
	expect("six bytes", a, READ, CLEAR, 0, 6);
	LINUX(48, in, 1, 0, 0, 0, 0);
	expect("the end, with six bytes before it", a, READ, CLEAR | END, 0, 6);
	EXPECT(poll_kq(k) == 0);
	LINUX(3, in, 0, 0, 0, 0, 0);
	LINUX(3, a, 0, 0, 0, 0, 0);
	LINUX(3, b, 0, 0, 0, 0, 0);
	EXPECT(change(s, READ, DELETE, 0, 0) == 0);
	LINUX(3, s, 0, 0, 0, 0, 0);
}

static void errors(void)
{
	long s = listener(), a = stream(), in, error = 0;
	struct {
		int on, seconds;
	} linger = {1, 0};
	int size = 4;

	LINUX(42, a, &here, sizeof(here), 0, 0, 0);
	in = LINUX(43, s, 0, 0, 0, 0, 0);
	LINUX(54, in, 1, 13, &linger, 8, 0);
	EXPECT(change(a, READ, ADD, 0, 0) == 0);
	LINUX(3, in, 0, 0, 0, 0, 0);
	until(10);
	expect("a reset connection", a, READ, END, RESET, 0);
	LINUX(55, a, 1, 4, &error, &size, 0);
	EXPECT(error == 104); /* which is still there to be asked for */
	LINUX(3, a, 0, 0, 0, 0, 0);
	LINUX(3, s, 0, 0, 0, 0, 0);
	a = LINUX(41, 2, 1 | 04000, 0, 0, 0, 0);
	LINUX(42, a, &here, sizeof(here), 0, 0, 0);
	EXPECT(change(a, WRITE, ADD | ONESHOT, 0, 0) == 0);
	expect("a refused connection", a, WRITE, ONESHOT | END, REFUSED, -1);
	error = 0;
	LINUX(55, a, 1, 4, &error, &size, 0);
	EXPECT(error == 111);
	LINUX(3, a, 0, 0, 0, 0, 0);
}

static void pairs(void)
{
	static char block[4096];
	struct kevent k[8];
	int s[2];
	long n;

	LINUX(53, 1, 1 | 04000, 0, s, 0, 0);
	EXPECT(change(s[0], READ, ADD, LOWAT, 4) == 0);
	LINUX(1, s[1], "abc", 3, 0, 0, 0);
	EXPECT(poll_kq(k) == 0);
	LINUX(1, s[1], "d", 1, 0, 0, 0);
	expect("as much as was asked for", s[0], READ, 0, 0, 4);
	EXPECT(change(s[0], READ, DELETE, 0, 0) == 0);
	EXPECT(change(s[0], EMPTY, ADD | CLEAR, 0, 0) == 0);
	expect("nothing to send", s[0], EMPTY, CLEAR, 0, 0);
	EXPECT(poll_kq(k) == 0);
	while ((n = LINUX(1, s[0], block, sizeof(block), 0, 0, 0)) > 0)
		;
	EXPECT(n == -11);
	EXPECT(change(s[0], WRITE, ADD | CLEAR, 0, 0) == 0);
	EXPECT(poll_kq(k) == 0);
	while (LINUX(0, s[1], block, sizeof(block), 0, 0, 0) > 0)
		;
	n = FREEBSD(560, kq, 0, 0, k, 8, &a_second);
	if (n == 1)
		n += FREEBSD(560, kq, 0, 0, k + 1, 7, &a_second);
	EXPECT(n == 2 && k[0].filter + k[1].filter == WRITE + EMPTY);
	EXPECT(change(s[0], EMPTY, DELETE, 0, 0) == 0);
	EXPECT(poll_kq(k) == 0);
	LINUX(3, s[1], 0, 0, 0, 0, 0);
	expect("nobody reads any more", s[0], WRITE, CLEAR | END, 0, -1);
	LINUX(3, s[0], 0, 0, 0, 0, 0);
	EXPECT(change(1, EMPTY, ADD, 0, 0) == -INVALID || change(1, EMPTY, DELETE, 0, 0) == 0);
}

static void in_an_epoll(void)
{
	struct {
		uint32_t events;
		uint64_t data;
	} __attribute__((packed)) e = {1, 7}, got;
	long ep = LINUX(291, 0, 0, 0, 0, 0, 0);
	struct kevent k[8];
	int s[2];

	LINUX(53, 1, 1, 0, s, 0, 0);
	EXPECT(LINUX(233, ep, 1, kq, &e, 0, 0) == 0);
	EXPECT(LINUX(232, ep, &got, 1, 0, 0, 0) == 0);
	EXPECT(change(s[0], READ, ADD, 0, 0) == 0);
	LINUX(1, s[1], "x", 1, 0, 0, 0);
	EXPECT(LINUX(232, ep, &got, 1, 1000, 0, 0) == 1 && got.data == 7);
	EXPECT(poll_kq(k) == 1);
	LINUX(0, s[0], k, 1, 0, 0, 0);
	EXPECT(LINUX(232, ep, &got, 1, 0, 0, 0) == 0);
}

int fb_main(void)
{
	kq = FREEBSD(362, 0, 0, 0, 0, 0, 0);
	connections();
	errors();
	pairs();
	in_an_epoll();
	return 0;
}
