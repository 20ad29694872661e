/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Three functions that wait 60, 30 and 10 per cent of the time for a word that nobody changes, and
 * three that map and touch 60, 30 and 10 per cent of the memory, for tests/tap/prof.t. An argument:
 * how many turns.
 */
#include "guest.h"
#ifdef __FreeBSD__
#include "freebsd_umtx.h"
#endif

#define MS   1000000L
#define PAGE 4096L

#ifndef __sun__
static volatile u32 word;
#endif

/* Until the time is over. */
__attribute__((noinline)) static long wait_for(long ns)
{
	struct timespec t = {0, ns};

#ifdef __FreeBSD__
	return umtx(&word, UMTX_OP_WAIT_UINT, 0, 0, &t);
#elif defined(__sun__)
	return sys(SYS_lwp_park, 0, &t, 0);
#else
	return sys(202, &word, 0, 0, &t); /* futex: FUTEX_WAIT */
#endif
}

#define WAIT(name, ms)                                                                             \
	__attribute__((noinline)) static u32 name(void)                                            \
	{                                                                                          \
		return wait_for((ms)*MS) < 0;                                                      \
	}
WAIT(wait_sixty, 60)
WAIT(wait_thirty, 30)
WAIT(wait_ten, 10)

#define MAP(name, pages)                                                                           \
	__attribute__((noinline)) static u32 name(void)                                            \
	{                                                                                          \
		volatile char *p = mmap(NULL, (pages)*PAGE, PROT_READ | PROT_WRITE,                \
					MAP_PRIVATE | MAP_ANON, -1, 0);                            \
                                                                                                   \
		for (long i = 0; i < (pages); i++)                                                 \
			p[i * PAGE] = 1;                                                           \
		return munmap((void *)p, (pages)*PAGE) == 0;                                       \
	}
MAP(map_sixty, 60)
MAP(map_thirty, 30)
MAP(map_ten, 10)

int main(int argc, char **argv)
{
	u32 n = 0, good = 0;

	for (const char *p = argc > 1 ? argv[1] : "1"; *p >= '0' && *p <= '9'; p++)
		n = n * 10 + (u32)(*p - '0');
	for (u32 i = 0; i < n; i++) {
		good += wait_sixty() + wait_thirty() + wait_ten();
		for (u32 k = 0; k < 10; k++)
			good += map_sixty() + map_thirty() + map_ten();
	}
	print("%s\n", good == 33 * n ? "waited" : "something failed");
	return 3;
}
