/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Three functions that take 60, 30 and 10 per cent of the time, for tests/tap/prof.t: each step is
 * three multiplications that wait for one another, so that all take as long. They take turns, so
 * that a machine that is busy for a while is so for all of them. An argument: how many turns.
 */
#include "guest.h"

#define STEPS 2000
#define BURN                                                                                       \
	for (; n != 0; n--)                                                                        \
		__asm__ volatile("imulq $3, %0, %0\n\timulq $5, %0, %0\n\timulq $7, %0, %0"        \
				 : "+r"(v));                                                       \
	return v

__attribute__((noinline)) static u64 burn_sixty(u64 v, u32 n)
{
	BURN;
}

__attribute__((noinline)) static u64 burn_thirty(u64 v, u32 n)
{
	BURN;
}

__attribute__((noinline)) static u64 burn_ten(u64 v, u32 n)
{
	BURN;
}

__attribute__((noinline)) static u64 turns(u32 n)
{
	u64 v = 1;

	for (; n != 0; n--) {
		v = burn_sixty(v, 6 * STEPS);
		v = burn_thirty(v, 3 * STEPS);
		v = burn_ten(v, 1 * STEPS);
	}
	return v;
}

int main(int argc, char **argv)
{
	u32 n = 0;

	for (const char *p = argc > 1 ? argv[1] : "10"; *p >= '0' && *p <= '9'; p++)
		n = n * 10 + (u32)(*p - '0');
	print("%s\n", turns(n) != 0 ? "burnt" : "nothing");
	return 7;
}
