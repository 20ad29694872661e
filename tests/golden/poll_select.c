/* SPDX-License-Identifier: BSD-2-Clause */
/* poll and select: what is reported, what is an error, time-outs, masks. */
#include "socket.h"

#define POLLRDNORM   0x40
#define POLLRDBAND   0x80
#define POLLWRBAND   0x100
#define POLLINIGNEOF 0x2000
#define POLLRDHUP    0x4000
#define WORDS	     64

struct sigset {
	u32 bits[4];
};

static int fds[2], pair[2];

static i16 polled(int fd, int events)
{
	struct pollfd p = {fd, (i16)events, 0x7fff};
	long r = sys(SYS_poll, &p, 1, 0);

	if (r != (p.revents != 0))
		print("FAILED poll returned %ld\n", r);
	return p.revents;
}

static void events(void)
{
	char buf[8];

	EXPECT_EQ(polled(fds[0], POLLIN | POLLRDNORM), 0);
	EXPECT_EQ(polled(fds[1], POLLOUT | POLLWRBAND), POLLOUT);
	write(fds[1], "abc", 3);
	EXPECT_EQ(polled(fds[0], POLLIN), POLLIN);
	EXPECT_EQ(polled(fds[0], POLLIN | POLLRDNORM | POLLRDBAND), POLLIN | POLLRDNORM);
	EXPECT_EQ(polled(-1, POLLIN), 0);
	EXPECT_EQ(polled(777, POLLIN), POLLNVAL);
	EXPECT_EQ(polled(1000, POLLOUT), POLLNVAL);
	EXPECT_EQ(polled(fds[0], 0), 0);
	read(fds[0], buf, 3);
	/* A pipe without writers is at its end and hung up; one without readers is hung up. */
	close(fds[1]);
	EXPECT_EQ(polled(fds[0], POLLIN), POLLIN | POLLHUP);
	EXPECT_EQ(polled(fds[0], POLLIN | POLLINIGNEOF), 0);
	EXPECT_EQ(polled(fds[0], 0), POLLHUP);
	close(fds[0]);
	pipe2(fds, 0);
	close(fds[0]);
	EXPECT_EQ(polled(fds[1], POLLOUT), POLLOUT | POLLHUP);
	close(fds[1]);
	pipe2(fds, 0);
	sys(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair);
	EXPECT_EQ(polled(pair[0], POLLIN | POLLOUT | POLLRDHUP), POLLOUT);
	sys(SYS_shutdown, pair[1], SHUT_WR);
	EXPECT_EQ(polled(pair[0], POLLIN | POLLRDHUP), POLLIN | POLLRDHUP);
	EXPECT_EQ(polled(pair[0], POLLRDHUP), POLLRDHUP);
	close(pair[1]);
	EXPECT_EQ(polled(pair[0], POLLIN | POLLOUT) & (POLLIN | POLLHUP), POLLIN | POLLHUP);
	close(pair[0]);
}

static void many(void)
{
	static struct pollfd p[1000];

	for (int i = 0; i < 1000; i++) {
		p[i].fd = i % 3 == 0 ? fds[1] : i % 3 == 1 ? fds[0] : -1;
		p[i].events = POLLIN | POLLOUT;
	}
	EXPECT_EQ(sys(SYS_poll, p, 1000, 100), 334);
	p[5].events = POLLWRBAND;
	EXPECT_EQ(sys(SYS_poll, p, 1000, 100), 334);
	EXPECT(p[999].revents == POLLOUT && p[998].revents == 0 && p[997].revents == 0);
	EXPECT_EQ(sys(SYS_poll, p, 1000, -2), -EINVAL);
	EXPECT_EQ(sys(SYS_poll, 8, 1, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_poll, NULL, 0, 1), 0);
	EXPECT_EQ(sys(SYS_poll, p, 0x7fffffff, 1), -EINVAL);
}

static void selecting(void)
{
	static u64 in[WORDS], out[WORDS], ex[WORDS];
	struct timeval none = {0, 0}, bad = {0, 1000000}, soon = {0, 20000};
	struct timespec before, after;
	int high;

	in[0] = 1ul << fds[0];
	out[0] = 1ul << fds[1];
	ex[0] = in[0] | out[0];
	EXPECT_EQ(sys(SYS_select, fds[1] + 1, in, out, ex, &none), 1);
	EXPECT(in[0] == 0 && out[0] == 1ul << fds[1] && ex[0] == 0);
	in[0] = 1ul << fds[0];
	EXPECT_EQ(sys(SYS_select, -1, in, NULL, NULL, &none), -EINVAL);
	EXPECT_EQ(sys(SYS_select, 10, in, NULL, NULL, &bad), -EINVAL);
	bad.tv_usec = -1;
	EXPECT_EQ(sys(SYS_select, 10, in, NULL, NULL, &bad), -EINVAL);
	clock_gettime(CLOCK_MONOTONIC, &before);
	EXPECT_EQ(sys(SYS_select, 10, in, NULL, NULL, &soon), 0);
	clock_gettime(CLOCK_MONOTONIC, &after);
	EXPECT((after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec >=
	       20000000);
	EXPECT(soon.tv_sec == 0 && soon.tv_usec == 20000 && in[0] == 0);
	/* Descriptors that are not open, however high; and one that is. */
	in[0] = 1ul << 50;
	EXPECT_EQ(sys(SYS_select, 51, in, NULL, NULL, &none), -EBADF);
	EXPECT_EQ(in[0], 1ul << 50);
	in[0] = 0;
	in[50] = 1;
	EXPECT_EQ(sys(SYS_select, 50 * 64, in, NULL, NULL, &none), 0);
	EXPECT_EQ(sys(SYS_select, 50 * 64 + 1, in, NULL, NULL, &none), -EBADF);
	in[50] = 0;
	for (int fd = 900; fd < 1030; fd++) {
		ex[fd / 64] |= 1ul << fd % 64;
		if (sys(SYS_select, 2000, NULL, NULL, ex, &none) != -EBADF)
			print("FAILED %d can be selected\n", fd);
		ex[fd / 64] = 0;
	}
	high = fcntl(fds[1], F_DUPFD, 1100);
	EXPECT_EQ(high, 1100);
	out[0] = 0;
	out[1100 / 64] = 1ul << 1100 % 64;
	EXPECT_EQ(sys(SYS_select, 1101, in, out, NULL, NULL), 1);
	EXPECT_EQ(out[1100 / 64], 1ul << 1100 % 64);
	EXPECT_EQ(sys(SYS_select, 64, 8, NULL, NULL, &none), -EFAULT);
	close(high);
	/* The end of a pipe is readable. */
	close(fds[1]);
	in[0] = 1ul << fds[0];
	EXPECT_EQ(sys(SYS_select, fds[0] + 1, in, NULL, NULL, NULL), 1);
}

static volatile int handled;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)info;
	(void)context;
	handled += sig == SIGUSR1;
}

/* A mask for the time of the call: what waits is delivered, and the old mask is back after. */
static void masks(void)
{
	struct timespec zero = {0, 0}, negative = {-1, 0}, hour = {3600, 0};
	struct sigset empty = {{0}};
	u64 old;

	on_signal(SIGUSR1, handler, SA_RESTART);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	EXPECT_EQ(sys(SYS_ppoll, NULL, 0, &zero, &empty), 0);
	signal_mask(SIG_BLOCK, 0, &old);
	EXPECT(old & SIGNAL_BIT(SIGUSR1));
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(handled, 0);
	EXPECT_EQ(sys(SYS_ppoll, NULL, 0, &hour, &empty), -EINTR);
	EXPECT_EQ(handled, 1);
	signal_mask(SIG_BLOCK, 0, &old);
	EXPECT(old & SIGNAL_BIT(SIGUSR1));
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(sys(SYS_pselect, 0, NULL, NULL, NULL, &hour, &empty), -EINTR);
	EXPECT_EQ(handled, 2);
	EXPECT_EQ(sys(SYS_ppoll, NULL, 0, &negative, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_pselect, 0, NULL, NULL, NULL, &negative, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_ppoll, NULL, 0, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_ppoll, NULL, 0, &zero, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_pselect, 0, NULL, NULL, NULL, &zero, &empty), 0);
	signal_mask(SIG_BLOCK, 0, &old);
	EXPECT(old & SIGNAL_BIT(SIGUSR1));
}

int main(void)
{
	pipe2(fds, 0);
	events();
	many();
	selecting();
	masks();
	return 0;
}
