/* SPDX-License-Identifier: BSD-2-Clause */
/* POSIX timers: numbers, values, siginfo, threads, and what is refused (timer_create(2)). */
#include "guest.h"

#define SYS_ktimer_create     235
#define SYS_ktimer_delete     236
#define SYS_ktimer_settime    237
#define SYS_ktimer_gettime    238
#define SYS_ktimer_getoverrun 239
#define NOTIFY_NONE	      0
#define NOTIFY_SIGNAL	      1
#define NOTIFY_KEVENT	      3
#define NOTIFY_THREAD_ID      4
#define SI_TIMER	      0x10003
#define MONOTONIC	      4
#define TIMER_ABSTIME	      1

struct sigevent {
	int notify, signo;
	u64 value;
	union {
		int thread;
		u64 spare[8];
	};
};

struct itimerspec {
	struct timespec interval, value;
};

static volatile int count;
static struct siginfo last;

static void handler(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)context;
	last = *info;
	count++;
}

static void wait_for_one(void)
{
	struct timespec slice = {0, 2000000};

	for (int i = 0; i < 1000 && count == 0; i++)
		sys(SYS_nanosleep, &slice, NULL);
}

static void fire(int id)
{
	struct itimerspec soon = {{0, 0}, {0, 1000000}};

	count = 0;
	memset(&last, 0, sizeof(last));
	EXPECT_EQ(sys(SYS_ktimer_settime, id, 0, &soon, NULL), 0);
	wait_for_one();
	EXPECT_EQ(count, 1);
	EXPECT_EQ(last.si_code, SI_TIMER);
	EXPECT(last.si_trapno == id && last.si_reason[0] == 0);
}

static void signals(void)
{
	struct sigevent ev = {NOTIFY_SIGNAL, SIGUSR1, 0x1122334455667788, {0}};
	struct itimerspec set = {{0, 0}, {1000, 0}}, now;
	int id = -1, second = -1;
	long tid;

	on_signal(SIGUSR1, handler, 0);
	on_signal(SIGALRM, handler, 0);
	EXPECT_EQ(sys(SYS_ktimer_create, MONOTONIC, &ev, &id), 0);
	EXPECT(id >= 3);
	fire(id);
	EXPECT(last.si_signo == SIGUSR1 && last.si_value == 0x1122334455667788);
	EXPECT_EQ(sys(SYS_ktimer_create, 0, NULL, &second), 0);
	EXPECT(second != id);
	fire(second);
	EXPECT(last.si_signo == SIGALRM && (int)last.si_value == second);
	EXPECT_EQ(sys(SYS_ktimer_delete, second), 0);
	EXPECT_ERROR(result(sys(SYS_ktimer_delete, second)), EINVAL);
	EXPECT_EQ(sys(SYS_ktimer_delete, id), 0);
	sys(SYS_thr_self, &tid);
	ev.notify = NOTIFY_THREAD_ID;
	ev.thread = (int)tid;
	EXPECT_EQ(sys(SYS_ktimer_create, MONOTONIC, &ev, &id), 0);
	fire(id);
	EXPECT_EQ(sys(SYS_ktimer_settime, id, 0, &set, NULL), 0);
	set.value.tv_sec = 0;
	EXPECT_EQ(sys(SYS_ktimer_settime, id, 0, &set, NULL), 0);
	EXPECT_EQ(sys(SYS_ktimer_gettime, id, &now), 0);
	EXPECT(now.value.tv_sec == 0 && now.value.tv_nsec == 0);
	EXPECT_EQ(sys(SYS_ktimer_delete, id), 0);
}

static void values(void)
{
	struct sigevent ev = {NOTIFY_NONE, 0, 0, {0}};
	struct itimerspec set = {{7, 0}, {1000, 500}}, old, now = {{0, 0}, {0, 0}};
	int id;

	EXPECT_EQ(sys(SYS_ktimer_create, MONOTONIC, &ev, &id), 0);
	EXPECT_EQ(sys(SYS_ktimer_settime, id, 0, &set, NULL), 0);
	EXPECT_EQ(sys(SYS_ktimer_gettime, id, &now), 0);
	EXPECT(now.interval.tv_sec == 7 && now.value.tv_sec >= 990 && now.value.tv_sec <= 1000);
	set.value.tv_sec = 0;
	set.value.tv_nsec = 0;
	EXPECT_EQ(sys(SYS_ktimer_settime, id, TIMER_ABSTIME, &set, &old), 0);
	EXPECT(old.value.tv_sec >= 990);
	EXPECT_EQ(sys(SYS_ktimer_getoverrun, id), 0);
	set.value.tv_nsec = 1000000000;
	EXPECT_ERROR(result(sys(SYS_ktimer_settime, id, 0, &set, NULL)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_ktimer_settime, id, 0, NULL, NULL)), EFAULT);
	EXPECT_EQ(sys(SYS_ktimer_delete, id), 0);
}

static void refusals(void)
{
	struct sigevent ev = {NOTIFY_SIGNAL, 0, 0, {0}};
	int id;

	EXPECT_ERROR(result(sys(SYS_ktimer_create, MONOTONIC, &ev, &id)), EINVAL);
	ev.signo = SIGUSR1;
	EXPECT_ERROR(result(sys(SYS_ktimer_create, 1, &ev, &id)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_ktimer_create, MONOTONIC, 8, &id)), EFAULT);
	EXPECT_ERROR(result(sys(SYS_ktimer_create, MONOTONIC, &ev, 8)), EFAULT);
	ev.notify = NOTIFY_KEVENT;
	EXPECT_ERROR(result(sys(SYS_ktimer_create, MONOTONIC, &ev, &id)), EINVAL);
	EXPECT_ERROR(result(sys(SYS_ktimer_gettime, 77777, &ev)), EINVAL);
}

int main(void)
{
	signals();
	values();
	refusals();
	return 0;
}
