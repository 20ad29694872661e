/* SPDX-License-Identifier: BSD-2-Clause */
/* LWPs: their numbers and ends, signals to one, parking, suspension, and schedctl. */
#include "illumos_thread.h"

#define UNPARK_ALL    2
#define UNPARK_CANCEL 3
#define LWP_DETACHED  0x40
#define LWP_SUSPENDED 0x80

struct sc_shared {
	u16 state;
	volatile u8 sigblock;
	u8 flags;
	i32 cpu;
	u8 rest[8];
};

static struct thread one, two;
static volatile int quit, counter, handled, handler_lwp;

static void note(int sig, struct siginfo *info, void *context)
{
	(void)sig, (void)info, (void)context;
	handler_lwp = (int)sys(SYS_lwp_self);
	handled++;
}

static void run_on(void *arg)
{
	(void)arg;
	while (!quit)
		counter++;
}

static void sleep_on(void *arg)
{
	struct timespec moment = {0, 500000};

	(void)arg;
	while (!quit) {
		sys(SYS_nanosleep, &moment, 0);
		counter++;
	}
}

static void end_at_once(void *arg)
{
	(void)arg;
}

static void numbers(void)
{
	u32 departed = 0;

	EXPECT_EQ(sys(SYS_lwp_self), 1);
	EXPECT_EQ(thread_start(&one, end_at_once, NULL), 0);
	EXPECT_EQ(one.id, 2);
	EXPECT_EQ(sys(SYS_lwp_wait, 0, &departed), 0);
	EXPECT_EQ(departed, 2);
	EXPECT_EQ(sys(SYS_lwp_wait, 2, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_wait, 0, 0), -EDEADLK);
	EXPECT_EQ(sys(SYS_lwp_wait, 1, 0), -EDEADLK);
	EXPECT_EQ(sys(SYS_lwp_detach, 99), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_create, 8, 0, 0), -EFAULT);
	quit = 0;
	thread_start(&one, run_on, NULL);
	EXPECT_EQ(one.id, 3);
	EXPECT_EQ(sys(SYS_lwp_detach, one.id), 0);
	EXPECT_EQ(sys(SYS_lwp_detach, one.id), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_wait, one.id, 0), -EINVAL);
	quit = 1;
	while (sys(SYS_lwp_kill, one.id, 0) == 0)
		sys(SYS_yield);
}

static void signals(void)
{
	on_signal(SIGUSR1, note, 0);
	quit = 0;
	thread_start(&one, sleep_on, NULL);
	EXPECT_EQ(sys(SYS_lwp_kill, one.id, 0), 0);
	EXPECT_EQ(sys(SYS_lwp_kill, one.id, SIGUSR1), 0);
	while (!handled)
		sys(SYS_yield);
	EXPECT_EQ(handler_lwp, (int)one.id);
	EXPECT_EQ(sys(SYS_lwp_kill, 99, SIGUSR1), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_kill, one.id, 100), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_kill, 1, SIGUSR1), 0);
	EXPECT_EQ(handler_lwp, 1);
	quit = 1;
	thread_join(&one);
}

static void park_until_told(void *arg)
{
	*(long *)arg = sys(SYS_lwp_park, PARK, 0, 0);
}

static void parking(void)
{
	struct timespec soon = {0, 1000000}, none = {0, 0}, bad = {0, 1000000000};
	long answers[2] = {1, 1};
	u32 ids[3];

	EXPECT_EQ(sys(SYS_lwp_park, PARK, &none, 0), -ETIME);
	EXPECT_EQ(sys(SYS_lwp_park, PARK, &soon, 0), -ETIME);
	EXPECT(soon.tv_sec == 0 && soon.tv_nsec == 0);
	EXPECT_EQ(sys(SYS_lwp_park, PARK, &bad, 0), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_park, PARK, 8, 0), -EFAULT);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK, 1, 0), 0); /* kept until the next one */
	EXPECT_EQ(sys(SYS_lwp_park, PARK, 0, 0), 0);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK, 1, 0), 0);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK_CANCEL, 1, 0), 0);
	EXPECT_EQ(sys(SYS_lwp_park, PARK, &none, 0), -ETIME);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK, 99, 0), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_park, 99, 0, 0), -EINVAL);
	thread_start(&one, park_until_told, &answers[0]);
	thread_start(&two, park_until_told, &answers[1]);
	ids[0] = one.id, ids[1] = two.id, ids[2] = 99;
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK_ALL, ids, 2), 0);
	thread_join(&one);
	thread_join(&two);
	EXPECT(answers[0] == 0 && answers[1] == 0);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK_ALL, ids + 2, 1), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_park, UNPARK_ALL, ids, 0), -EINVAL);
	thread_start(&one, park_until_told, &answers[0]);
	sys(SYS_lwp_park, PARK, &none, one.id); /* wakes it and parks, in one call */
	thread_join(&one);
	EXPECT_EQ(answers[0], 0);
}

/* How often did one that is suspended go on? */
static int suspend(void (*body)(void *))
{
	int moved = 0;

	quit = counter = 0;
	thread_start(&one, body, NULL);
	for (int i = 0; i < 100; i++) {
		int seen;

		moved += sys(SYS_lwp_suspend, one.id) != 0;
		seen = counter;
		for (int k = 0; k < 20; k++)
			sys(SYS_yield);
		moved += counter != seen;
		moved += sys(SYS_lwp_continue, one.id) != 0;
		while (counter == seen)
			sys(SYS_yield);
	}
	quit = 1;
	thread_join(&one);
	return moved;
}

static void continue_first(void *arg)
{
	(void)arg;
	while (!quit) {
		sys(SYS_lwp_continue, 1);
		sys(SYS_yield);
	}
}

static void suspension(void)
{
	EXPECT_EQ(suspend(run_on), 0);
	EXPECT_EQ(suspend(sleep_on), 0);
	EXPECT_EQ(sys(SYS_lwp_suspend, 99), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_continue, 99), -ESRCH);
	EXPECT_EQ(sys(SYS_lwp_continue, 1), 0);
	quit = 0;
	thread_start(&one, continue_first, NULL);
	EXPECT_EQ(sys(SYS_lwp_suspend, 1), 0); /* until it is continued */
	quit = 1;
	thread_join(&one);
}

static void shared_words(void)
{
	struct sc_shared *s = (struct sc_shared *)sys(SYS_schedctl);

	EXPECT(sys(SYS_schedctl) == (long)s);
	EXPECT_EQ(s->state, 4); /* SC_ONPROC */
	handled = 0;
	s->sigblock = 1;
	sys(SYS_lwp_kill, 1, SIGUSR1);
	EXPECT_EQ(handled, 0);
	EXPECT_EQ(s->sigblock, 0); /* so that the library knows */
	sys(SYS_lwp_sigmask, SIG_SETMASK, 0, 0, 0, 0);
	EXPECT_EQ(handled, 1);
	s->sigblock = 1;
	s->sigblock = 0;
	sys(SYS_lwp_kill, 1, SIGUSR1);
	EXPECT_EQ(handled, 2);
	if (fork() == 0) {
		struct sc_shared *child = (struct sc_shared *)sys(SYS_schedctl);

		exit(sys(SYS_lwp_self) == 1 && child->state == 4 && child->sigblock == 0 ? 0 : 1);
	}
	{
		int status = -1;

		waitpid(-1, &status, 0);
		EXPECT_EQ(status, 0);
	}
}

int main(void)
{
	struct timespec times[2] = {{-1, -1}, {-1, -1}};

	numbers();
	signals();
	parking();
	suspension();
	shared_words();
	EXPECT_EQ(sys(SYS_lwp_info, times), 0);
	EXPECT(times[0].tv_sec >= 0 && times[0].tv_sec < 60 && times[1].tv_nsec >= 0);
	EXPECT_EQ(sys(SYS_lwp_info, 8), -EFAULT);
	return 0;
}
