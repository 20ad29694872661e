/* SPDX-License-Identifier: BSD-2-Clause */
/* EVFILT_TIMER: units, periods, single shots, absolute times, adding again. */
#include "freebsd_event.h"

#define CLOCK_SECOND 13

static i64 now(int clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void sleep_ms(i64 ms)
{
	struct timespec ts = {ms / 1000, ms % 1000 * 1000000};

	nanosleep(&ts, NULL);
}

/* How long until the event, in nanoseconds; -1 when there is none. */
static i64 until_event(int kq, struct kevent *k)
{
	i64 start = now(CLOCK_MONOTONIC);

	return wait_events(kq, k, 1) == 1 ? now(CLOCK_MONOTONIC) - start : -1;
}

static void units(int kq)
{
	static const struct {
		u32 fflags;
		i64 data;
	} of[] = {{0, 20}, {NOTE_MSECONDS, 20}, {NOTE_USECONDS, 20000}, {NOTE_NSECONDS, 20000000}};
	struct kevent k[4];
	i64 took;

	for (size_t i = 0; i < ARRAY_LEN(of); i++) {
		i64 start = now(CLOCK_MONOTONIC);

		EXPECT_EQ(
		    change(kq, i, EVFILT_TIMER, EV_ADD | EV_ONESHOT, of[i].fflags, of[i].data), 0);
		took = until_event(kq, k) < 0 ? -1 : now(CLOCK_MONOTONIC) - start;
		/* The clocks of two processors may differ a little. */
		EXPECT(took > 19000000 && took < 2000000000);
		EXPECT(k[0].ident == i && k[0].flags == (EV_ONESHOT | EV_CLEAR) && k[0].data == 1);
		EXPECT_ERROR(change(kq, i, EVFILT_TIMER, EV_DELETE, 0, 0), ENOENT);
	}
	EXPECT_ERROR(change(kq, 1, EVFILT_TIMER, EV_ADD, NOTE_SECONDS | NOTE_MSECONDS, 1), EINVAL);
	EXPECT_ERROR(change(kq, 1, EVFILT_TIMER, EV_ADD, 0x100, 1), EINVAL);
	EXPECT_ERROR(change(kq, 1, EVFILT_TIMER, EV_ADD, 0, -1), EINVAL);
	EXPECT_EQ(change(kq, 1, EVFILT_TIMER, EV_ADD, NOTE_SECONDS, INT64_MAX), 0);
	EXPECT_EQ(change(kq, 1, EVFILT_TIMER, EV_DELETE, 0, 0), 0);
}

static void periods(int kq)
{
	struct kevent k[4];
	i64 total = 0;

	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_ADD, 0, 10), 0);
	sleep_ms(55);
	EXPECT_EQ(poll_events(kq, k, 4), 1);
	EXPECT(k[0].data >= 5 && k[0].flags == EV_CLEAR);
	for (int i = 0; i < 5; i++)
		if (wait_events(kq, k, 4) == 1)
			total += k[0].data;
	EXPECT(total >= 5);
	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_DISABLE, 0, 0), 0);
	sleep_ms(30);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_ENABLE, 0, 0), 0);
	EXPECT_EQ(wait_events(kq, k, 4), 1);
	EXPECT(k[0].data >= 2);
	/* Added again, it forgets what had come. */
	sleep_ms(20);
	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_ADD, NOTE_SECONDS, 100), 0);
	EXPECT_EQ(poll_events(kq, k, 4), 0);
	/* And reports, as an event, that the new time is none. */
	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_ADD, 0, -1), 0);
	EXPECT_EVENT(kq, 5, EVFILT_TIMER, EV_CLEAR | EV_ERROR, 0, EINVAL);
	EXPECT_EQ(change(kq, 5, EVFILT_TIMER, EV_DELETE, 0, 0), 0);
}

static void absolute(int kq)
{
	struct kevent k[4];
	i64 at = now(CLOCK_REALTIME) + 100000000, took;

	EXPECT_EQ(change(kq, 6, EVFILT_TIMER, EV_ADD, NOTE_NSECONDS | NOTE_ABSTIME, at), 0);
	took = until_event(kq, k);
	EXPECT(took > 10000000 && took < 2000000000);
	/* It does not clear itself. */
	EXPECT_EVENT(kq, 6, EVFILT_TIMER, 0, 0, 1);
	EXPECT_EQ(change(kq, 6, EVFILT_TIMER, EV_DELETE, 0, 0), 0);
	EXPECT_EQ(change(kq, 6, EVFILT_TIMER, EV_ADD | EV_ONESHOT, NOTE_SECONDS | NOTE_ABSTIME, 1),
		  0);
	EXPECT_EVENT(kq, 6, EVFILT_TIMER, EV_ONESHOT, 0, 1);
	/* When a second has come, the clock that counts them knows it. */
	at = now(CLOCK_SECOND) / 1000000000 + 1;
	EXPECT_EQ(change(kq, 6, EVFILT_TIMER, EV_ADD | EV_ONESHOT, NOTE_SECONDS | NOTE_ABSTIME, at),
		  0);
	until_event(kq, k);
	EXPECT(now(CLOCK_SECOND) / 1000000000 >= at);
}

static void many(int kq)
{
	static struct kevent k[600];
	i64 base = now(CLOCK_REALTIME) + 200000000; /* all are added by then */
	bool ordered = true;
	int got = 0;

	for (u64 i = 0; i < 500; i++)
		change(kq, i, EVFILT_TIMER, EV_ADD | EV_ONESHOT, NOTE_NSECONDS | NOTE_ABSTIME,
		       base + (i64)((i * 7919) % 500 * 40000));
	for (u64 i = 0; i < 500; i += 2)
		change(kq, i, EVFILT_TIMER, EV_DELETE, 0, 0);
	while (got < 250) {
		int n = wait_events(kq, k, 600);

		if (n <= 0)
			break;
		for (int i = 0; i + 1 < n; i++)
			if ((k[i].ident * 7919) % 500 > (k[i + 1].ident * 7919) % 500)
				ordered = false;
		got += n;
	}
	EXPECT_EQ(got, 250);
	EXPECT(ordered);
	EXPECT_EQ(poll_events(kq, k, 600), 0);
}

int main(void)
{
	int kq = kqueue();

	units(kq);
	periods(kq);
	absolute(kq);
	many(kq);
	return 0;
}
