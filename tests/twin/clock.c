/* SPDX-License-Identifier: BSD-2-Clause */
/* Clocks: they agree with each other, go forward, and sleeping takes the time it says. */
#include "guest.h"

static i64 nanoseconds(int clock)
{
	struct timespec ts = {-1, -1};

	if (clock_gettime(clock, &ts) != 0 || (u64)ts.tv_nsec >= 1000000000)
		return -1;
	return ts.tv_sec * 1000000000 + ts.tv_nsec;
}

int main(void)
{
	struct timespec nap = {0, 20000000}, left;
	i64 last = nanoseconds(CLOCK_MONOTONIC);
	bool backwards = false;
	i64 start, cpu;

	for (int i = 0; i < 10000; i++) {
		i64 now = nanoseconds(CLOCK_MONOTONIC);

		backwards |= now < last;
		last = now;
	}
	EXPECT(!backwards);
	EXPECT(last > 0);
	EXPECT(nanoseconds(CLOCK_REALTIME) / 1000000000 > 1600000000);
	EXPECT(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) > 0);
	EXPECT(nanoseconds(CLOCK_THREAD_CPUTIME_ID) > 0);
	start = nanoseconds(CLOCK_MONOTONIC);
	cpu = nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
	EXPECT_EQ(nanosleep(&nap, &left), 0);
	EXPECT(nanoseconds(CLOCK_MONOTONIC) - start >= 20000000);
	EXPECT(nanoseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu < 20000000);
	EXPECT_ERROR(clock_gettime(12345, &nap), EINVAL);
	EXPECT_ERROR(clock_gettime(CLOCK_MONOTONIC, (void *)8), EFAULT);
	nap.tv_nsec = 1000000000;
	EXPECT_ERROR(nanosleep(&nap, NULL), EINVAL);
	EXPECT_ERROR(nanosleep((void *)8, NULL), EFAULT);
	return 0;
}
