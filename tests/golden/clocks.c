/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks' resolutions, the clocks of other threads and processes, the time of day, who may
 * set it (it is never set here), and interval timers. Facts: clock_gettime(2),
 * clock_getcpuclockid2(2), gettimeofday(2), getitimer(2), sys/kern/kern_time.c.
 */
#include "guest.h"

#define SYS_setitimer		 83
#define SYS_getitimer		 86
#define SYS_gettimeofday	 116
#define SYS_settimeofday	 122
#define SYS_clock_settime	 233
#define SYS_clock_getres	 234
#define SYS_clock_nanosleep	 244
#define SYS_clock_getcpuclockid2 247
#define SYS_setresuid		 311
#define CLOCK_VIRTUAL		 1
#define CLOCK_PROF		 2
#define WHICH_PID		 0
#define WHICH_TID		 1
#define ITIMER_REAL		 0
#define ITIMER_VIRTUAL		 1
#define ITIMER_PROF		 2

struct timeval {
	i64 tv_sec, tv_usec;
};

struct itimerval {
	struct timeval interval, value;
};

static void resolutions(void)
{
	static const int fine[] = {
	    CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_UPTIME, 7, 8, 9, 10, 11, 12};
	struct timespec ts;
	bool good = true;

	for (u32 i = 0; i < ARRAY_LEN(fine); i++) {
		ts = (struct timespec){-1, -1};
		good &= sys(SYS_clock_getres, fine[i], &ts) == 0 && ts.tv_sec == 0 &&
			ts.tv_nsec > 0 && ts.tv_nsec <= 1000;
	}
	EXPECT(good);
	EXPECT(sys(SYS_clock_getres, CLOCK_SECOND, &ts) == 0 && ts.tv_sec == 1 && ts.tv_nsec == 0);
	EXPECT(sys(SYS_clock_getres, CLOCK_VIRTUAL, &ts) == 0 && ts.tv_nsec == 1000000);
	EXPECT(sys(SYS_clock_getres, CLOCK_PROF, &ts) == 0 && ts.tv_nsec == 1000000);
	EXPECT(sys(SYS_clock_getres, CLOCK_THREAD_CPUTIME_ID, &ts) == 0 && ts.tv_nsec == 1000);
	EXPECT(sys(SYS_clock_getres, CLOCK_PROCESS_CPUTIME_ID, &ts) == 0 && ts.tv_nsec == 1000);
	EXPECT(sys(SYS_clock_getres, -6, &ts) == 0 && ts.tv_sec == 0 && ts.tv_nsec == 1000);
	EXPECT_EQ(sys(SYS_clock_getres, 3, &ts), -EINVAL);
	EXPECT_EQ(sys(SYS_clock_getres, 12345, &ts), -EINVAL);
	EXPECT_EQ(sys(SYS_clock_getres, 12345, NULL), 0); /* nothing to say it to */
	EXPECT_EQ(sys(SYS_clock_getres, CLOCK_REALTIME, 8), -EFAULT);
	ts = (struct timespec){0, 1};
	EXPECT_EQ(sys(SYS_clock_nanosleep, CLOCK_VIRTUAL, 0, &ts, NULL), EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_clock_nanosleep, CLOCK_PROCESS_CPUTIME_ID, 0, &ts, NULL), EOPNOTSUPP);
	EXPECT_EQ(sys(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &ts, NULL), EINVAL);
	EXPECT_EQ(sys(SYS_clock_nanosleep, CLOCK_SECOND, 0, &ts, NULL), 0);
	EXPECT_EQ(sys(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, 8, NULL), EFAULT);
}

static i64 nanoseconds(int clock)
{
	struct timespec ts = {-1, -1};

	return clock_gettime(clock, &ts) == 0 ? ts.tv_sec * 1000000000 + ts.tv_nsec : -1;
}

static void burn(i64 time)
{
	i64 until = nanoseconds(CLOCK_PROCESS_CPUTIME_ID) + time;

	while (nanoseconds(CLOCK_PROCESS_CPUTIME_ID) < until)
		;
}

static void clocks_of_others(void)
{
	int clock = 7, other, fds[2], pid, status;
	struct timespec zero = {0, 0};
	i64 mine, whole;
	long tid;
	char c;

	burn(2000000);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, 0, WHICH_PID, &clock), 0);
	EXPECT(clock < 0);
	mine = nanoseconds(clock);
	whole = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	EXPECT(mine >= 2000000 && whole >= mine && whole - mine < 1000000000);
	pid = getpid();
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, pid, WHICH_PID, &other), 0);
	EXPECT_EQ(nanoseconds(other) >= mine, true);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, 0, WHICH_TID, &clock), 0);
	EXPECT(nanoseconds(clock) >= 2000000);
	EXPECT_EQ(sys(SYS_thr_self, &tid), 0);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, tid, WHICH_TID, &other), 0);
	EXPECT(nanoseconds(other) >= 2000000);
	EXPECT_EQ(sys(SYS_clock_settime, other, &zero) < 0, true);
	/* A child that has done nothing yet has used less than we have. */
	EXPECT_EQ(pipe2(fds, 0), 0);
	burn(20000000);
	pid = fork();
	if (pid == 0)
		exit((int)read(fds[0], &c, 1) - 1);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, pid, WHICH_PID, &other), 0);
	EXPECT(nanoseconds(other) >= 0 &&
	       nanoseconds(other) < nanoseconds(CLOCK_PROCESS_CPUTIME_ID));
	EXPECT_EQ(write(fds[1], "x", 1), 1);
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
	EXPECT_EQ(nanoseconds(other), -1);
	EXPECT_EQ(errno, EINVAL);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, pid, WHICH_PID, &other), -ESRCH);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, -5L, WHICH_PID, &other), -ESRCH);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, 0, 2, &other), -EINVAL);
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, 0, WHICH_PID, 8), -EFAULT);
	/* Any thread's id will do, until it is used. */
	EXPECT_EQ(sys(SYS_clock_getcpuclockid2, tid + 4000000, WHICH_TID, &other), 0);
	EXPECT_EQ(nanoseconds(other), -1);
}

static void time_of_day(void)
{
	struct timeval tv = {-1, -1};
	i32 zone[2] = {77, 77};
	i64 before = nanoseconds(CLOCK_REALTIME), then, after;

	EXPECT_EQ(sys(SYS_gettimeofday, &tv, zone), 0);
	after = nanoseconds(CLOCK_REALTIME);
	then = tv.tv_sec * 1000000000 + tv.tv_usec * 1000;
	EXPECT(then >= before - 1000 && then <= after && (u64)tv.tv_usec < 1000000);
	EXPECT(zone[0] == 0 && zone[1] == 0);
	EXPECT_EQ(sys(SYS_gettimeofday, NULL, NULL), 0);
	EXPECT_EQ(sys(SYS_gettimeofday, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_gettimeofday, &tv, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_gettimeofday, NULL, zone), 0);
}

static void who_sets_it(void)
{
	const struct timeval bad = {1, 1000000}, early = {-1, 0};
	const struct timespec wrong = {1, 1000000000}, past = {-1, 0}, far = {1L << 60, 0};
	const struct timespec fine = {1000000000, 0};
	bool root = sys(SYS_getuid) == 0;
	int pid, status;

	EXPECT_EQ(sys(SYS_clock_settime, CLOCK_REALTIME, 8), -EFAULT);
	EXPECT_EQ(sys(SYS_settimeofday, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_settimeofday, NULL, 8), -EFAULT);
	EXPECT_IF(root, sys(SYS_clock_settime, CLOCK_MONOTONIC, &fine) == -EINVAL);
	EXPECT_IF(root, sys(SYS_clock_settime, 12345, &fine) == -EINVAL);
	EXPECT_IF(root, sys(SYS_clock_settime, CLOCK_REALTIME, &wrong) == -EINVAL);
	EXPECT_IF(root, sys(SYS_clock_settime, CLOCK_REALTIME, &past) == -EINVAL);
	EXPECT_IF(root, sys(SYS_clock_settime, CLOCK_REALTIME, &far) == -EINVAL);
	EXPECT_IF(root, sys(SYS_settimeofday, &bad, NULL) == -EINVAL);
	EXPECT_IF(root, sys(SYS_settimeofday, &early, NULL) == -EINVAL);
	EXPECT_IF(root, sys(SYS_settimeofday, NULL, NULL) == 0);
	pid = fork();
	if (pid == 0) {
		if (root)
			sys(SYS_setresuid, 65534, 65534, 65534);
		EXPECT_EQ(sys(SYS_clock_settime, CLOCK_REALTIME, &fine), -EPERM);
		EXPECT_EQ(sys(SYS_clock_settime, 12345, &wrong), -EPERM);
		EXPECT_EQ(sys(SYS_settimeofday, &bad, NULL), -EPERM);
		EXPECT_EQ(sys(SYS_settimeofday, NULL, NULL), -EPERM);
		exit(0);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && status == 0);
}

static volatile int alarms;

static void count(int sig, struct siginfo *info, void *context)
{
	(void)info, (void)context;
	alarms += sig;
}

static void interval_timers(void)
{
	struct itimerval t = {{5, 250000}, {100, 500000}}, now, old;

	EXPECT_EQ(sys(SYS_getitimer, ITIMER_REAL, &now), 0);
	EXPECT(now.value.tv_sec == 0 && now.value.tv_usec == 0 && now.interval.tv_sec == 0);
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, NULL), 0);
	EXPECT_EQ(sys(SYS_getitimer, ITIMER_REAL, &now), 0);
	EXPECT(now.interval.tv_sec == 5 && now.interval.tv_usec == 250000);
	EXPECT(now.value.tv_sec == 100 ? now.value.tv_usec <= 500000 : now.value.tv_sec > 90);
	/* Without a new value the old one is what is asked for. */
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, NULL, &old), 0);
	EXPECT(old.interval.tv_usec == 250000 && old.value.tv_sec > 90);
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, NULL, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_setitimer, 3, NULL, &old), -EINVAL);
	/* Stopped, it has no interval, and what was given for one does not matter. */
	t = (struct itimerval){{-1, 0}, {0, 0}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, &old), 0);
	EXPECT(old.value.tv_sec > 90);
	t = (struct itimerval){{7, 0}, {0, 0}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_PROF, &t, NULL), 0);
	EXPECT_EQ(sys(SYS_getitimer, ITIMER_PROF, &now), 0);
	EXPECT(now.interval.tv_sec == 0 && now.value.tv_sec == 0);

	t = (struct itimerval){{0, 0}, {-1, 0}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, NULL), -EINVAL);
	t = (struct itimerval){{0, 0}, {0, 1000000}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, NULL), -EINVAL);
	t = (struct itimerval){{0, -1}, {1, 0}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, NULL), -EINVAL);
	t = (struct itimerval){{0, 0}, {0x7fffffff, 0}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, &t, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_setitimer, 3, &t, NULL), -EINVAL);
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_REAL, 8, NULL), -EFAULT);
	EXPECT_EQ(sys(SYS_getitimer, 3, &now), -EINVAL);
	EXPECT_EQ(sys(SYS_getitimer, -1, &now), -EINVAL);
	EXPECT_EQ(sys(SYS_getitimer, ITIMER_REAL, 8), -EFAULT);

	EXPECT_EQ(on_signal(SIGVTALRM, count, 0), 0);
	t = (struct itimerval){{0, 0}, {0, 20000}};
	EXPECT_EQ(sys(SYS_setitimer, ITIMER_VIRTUAL, &t, NULL), 0);
	EXPECT_EQ(sys(SYS_getitimer, ITIMER_VIRTUAL, &now), 0);
	EXPECT(now.value.tv_sec == 0 && now.value.tv_usec > 0);
	for (i64 end = nanoseconds(CLOCK_MONOTONIC) + 10000000000; !alarms;)
		if (nanoseconds(CLOCK_MONOTONIC) > end)
			break;
	EXPECT_EQ(alarms, SIGVTALRM);
	EXPECT_EQ(sys(SYS_getitimer, ITIMER_VIRTUAL, &now), 0);
	EXPECT(now.value.tv_sec == 0 && now.value.tv_usec == 0);
}

int main(void)
{
	resolutions();
	clocks_of_others();
	time_of_day();
	who_sets_it();
	interval_timers();
	return 0;
}
