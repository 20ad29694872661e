/* SPDX-License-Identifier: BSD-2-Clause */
/* The fast traps, what a thread pointer is set with, and the waking of who waits for no mutex. */
#include "guest.h"

/* The number of a fast trap as the table has it. */
#define ILLUMOS(nr) ((nr)-256)

static struct two trap(long nr)
{
	struct two r = {nr, 0};

	__asm__ volatile("int $0xd2" : "+a"(r.first), "=d"(r.second) : : "rcx", "memory");
	return r;
}

int main(void)
{
	static u64 mutex[3];
	struct timespec now;
	long first = trap(ILLUMOS(259)).first, second = trap(ILLUMOS(259)).first;
	struct two date = trap(ILLUMOS(261));
	u64 base = 0;

	trap(ILLUMOS(256));
	clock_gettime(CLOCK_MONOTONIC, &now);
	EXPECT(first > 0 && second >= first &&
	       now.tv_sec * 1000000000 + now.tv_nsec - second < 1000000000);
	EXPECT(trap(ILLUMOS(260)).first > 0);
	EXPECT(date.first > 1600000000 && (u64)date.second < 1000000000);
	EXPECT_EQ(sys(SYS_lwp_private, 0, 0, &base), 0);
	EXPECT_EQ(sys(SYS_lwp_private, 1, 0, &base), 0);
	EXPECT_EQ(base, (u64)&base);
	EXPECT_EQ(sys(SYS_lwp_private, 7, 0, &base), -EINVAL);
	EXPECT_EQ(sys(SYS_lwp_mutex_wakeup, mutex, 0), 0);
	return 0;
}
