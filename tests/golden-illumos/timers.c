/* SPDX-License-Identifier: BSD-2-Clause */
/* pollsys, alarm, interval and POSIX timers, and setting the clock, which is refused. */
#include "guest.h"

struct pollfd {
	i32 fd;
	i16 events, revents;
};

#define POLLIN	   0x1
#define POLLOUT	   0x4
#define POLLERR	   0x8
#define POLLHUP	   0x10
#define POLLNVAL   0x20
#define POLLRDNORM 0x40
#define POLLWRBAND 0x100

struct sigevent {
	i32 notify, signo;
	u64 value, function, attributes;
	i32 pad[2];
};

static volatile int count, last_code;
static volatile u64 last_value;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig;
	(void)context;
	count++;
	last_code = info->si_code;
	last_value = info->si_value;
}

static void polls(void)
{
	struct timespec none = {0, 0}, soon = {0, 20000000}, bad = {0, 1000000000};
	struct pollfd p[3];
	u64 mask[2] = {0, 0};
	int fds[2];

	pipe2(fds, 0);
	p[0] = (struct pollfd){fds[0], POLLIN, -1};
	p[1] = (struct pollfd){fds[1], POLLOUT | POLLWRBAND, -1};
	p[2] = (struct pollfd){-1, POLLIN, -1};
	EXPECT_EQ(sys(SYS_pollsys, p, 3, &none, NULL), 1);
	EXPECT(p[0].revents == 0 && p[1].revents & POLLOUT && p[2].revents == 0);
	write(fds[1], "x", 1);
	p[2] = (struct pollfd){777, POLLIN, 0};
	EXPECT_EQ(sys(SYS_pollsys, p, 3, NULL, NULL), 3);
	EXPECT(p[0].revents == POLLIN && p[2].revents == POLLNVAL);
	close(fds[0]);
	p[0] = (struct pollfd){fds[1], POLLOUT, 0};
	EXPECT_EQ(sys(SYS_pollsys, p, 1, NULL, NULL), 1);
	EXPECT_EQ(p[0].revents, POLLHUP);
	close(fds[1]);
	EXPECT_EQ(sys(SYS_pollsys, NULL, 0, &soon, NULL), 0);
	EXPECT_EQ(sys(SYS_pollsys, NULL, 0, &bad, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_pollsys, NULL, 0, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_pollsys, 8, 1, &none, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_pollsys, p, 0x7fffffffffff, &none, NULL), -EINVAL);
	on_signal(SIGUSR1, note, SA_RESTART);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	kill(getpid(), SIGUSR1);
	EXPECT_EQ(count, 0);
	EXPECT_EQ(sys(SYS_pollsys, NULL, 0, NULL, mask), -EINTR);
	EXPECT_EQ(count, 1);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGUSR1), NULL);
	EXPECT_EQ(count, 1);
}

static void wait_until(int n)
{
	u64 mask[2] = {0, 0};

	while (count < n)
		sys(SYS_sigsuspend, mask);
}

static void intervals(void)
{
	struct timespec timer[2] = {{0, 0}, {100, 0}}; /* of timevals */

	on_signal(SIGALRM, note, 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGALRM) | SIGNAL_BIT(SIGUSR2), NULL);
	EXPECT_EQ(sys(SYS_alarm, 1000), 0);
	EXPECT_EQ(sys(SYS_alarm, 0), 1000);
	EXPECT_EQ(sys(SYS_alarm, 0), 0);
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), 0);
	EXPECT_EQ(sys(SYS_getitimer, 0, timer), 0);
	EXPECT(timer[1].tv_sec == 99 && timer[1].tv_nsec < 1000000);
	timer[1] = (struct timespec){0, 20000};
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), 0);
	count = 0;
	wait_until(1);
	EXPECT_EQ(count, 1);
	timer[0] = timer[1]; /* again and again: one comes while it pauses */
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), 0);
	signal_mask(SIG_UNBLOCK, SIGNAL_BIT(SIGALRM), NULL);
	EXPECT_EQ(sys(SYS_pause), -EINTR);
	timer[0] = timer[1] = (struct timespec){0, 0};
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), 0);
	signal_mask(SIG_BLOCK, SIGNAL_BIT(SIGALRM), NULL);
	timer[1].tv_nsec = 1000000;
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), -EINVAL);
	timer[1] = (struct timespec){100000001, 0};
	EXPECT_EQ(sys(SYS_setitimer, 0, timer, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_setitimer, 0, NULL, timer), 0);
	EXPECT_EQ(sys(SYS_getitimer, 4, timer), -EINVAL);
	EXPECT_EQ(sys(SYS_getitimer, 0, 8), -EFAULT);
}

static void timers(void)
{
	struct sigevent ev = {2, SIGUSR2, 0x123456789, 0, 0, {0, 0}};
	struct timespec spec[2] = {{0, 0}, {0, 20000000}}, now[2];
	i32 id = -1, second = -1;

	on_signal(SIGUSR2, note, 0);
	EXPECT_EQ(sys(SYS_timer_create, 4, &ev, &id), 0);
	EXPECT_EQ(id, 0);
	EXPECT_EQ(sys(SYS_timer_create, 3, NULL, &second), 0);
	EXPECT_EQ(second, 1);
	EXPECT_EQ(sys(SYS_timer_create, 1, &ev, &second), -EINVAL);
	ev.signo = 73;
	EXPECT_EQ(sys(SYS_timer_create, 3, &ev, &second), -EINVAL);
	EXPECT_EQ(sys(SYS_timer_create, 3, 8, &second), -EFAULT);
	count = 0;
	EXPECT_EQ(sys(SYS_timer_settime, 0, 0, spec, NULL), 0);
	EXPECT_EQ(sys(SYS_timer_gettime, 0, now), 0);
	EXPECT(now[1].tv_sec == 0 && now[1].tv_nsec > 0 && now[1].tv_nsec <= 20000000);
	wait_until(1);
	EXPECT_EQ(last_code, SI_TIMER);
	EXPECT_EQ(last_value, 0x123456789);
	EXPECT_EQ(sys(SYS_timer_getoverrun, 0), 0);
	EXPECT_EQ(sys(SYS_timer_settime, 1, 0, spec, NULL), 0);
	wait_until(2);
	EXPECT_EQ(last_code, SI_TIMER);
	spec[1].tv_nsec = -1;
	EXPECT_EQ(sys(SYS_timer_settime, 0, 0, spec, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_timer_settime, 5, 0, spec, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_timer_delete, 0), 0);
	EXPECT_EQ(sys(SYS_timer_delete, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_timer_gettime, 0, now), -EINVAL);
}

static void clocks(void)
{
	struct timespec bad = {-1, 0};
	u32 timex[17] = {0};
	u64 ntp[3] = {0};
	long state = sys(SYS_ntp_gettime, ntp);

	EXPECT(state >= 0 && state <= 5);
	EXPECT(ntp[0] > 1600000000);
	EXPECT_EQ(sys(SYS_ntp_adjtime, timex), state);
	timex[6] = 31;
	EXPECT_EQ(sys(SYS_ntp_adjtime, timex), -EINVAL);
	EXPECT_EQ(sys(SYS_ntp_adjtime, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_clock_settime, 9, &bad), -EINVAL);
	EXPECT(sys(SYS_clock_settime, 3, &bad) < 0); /* EPERM for most */
}

int main(void)
{
	polls();
	intervals();
	timers();
	clocks();
	return 0;
}
