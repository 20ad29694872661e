/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exo/linux/x86_64/xstate.c: how large the extended state is and which parts are on.
 * Facts: Intel SDM volume 1, chapter 13 (CPUID leaf 0DH, XGETBV).
 */
#include "exo/linux/linux.h"

/* 0: not asked yet. A hypervisor makes CPUID dear, and few programs come to need it. */
static size_t size;
static u64 features;

static void cpuid(u32 leaf, u32 sub, u32 r[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(r[0]), "=b"(r[1]), "=c"(r[2]), "=d"(r[3])
			 : "a"(leaf), "c"(sub));
}

/* Two threads may do it at once: they find the same. */
static void ask(void)
{
	u32 r[4], lo, hi;

	cpuid(1, 0, r);
	if (!(r[2] & 1u << 27)) /* OSXSAVE */
		exo_fatal("this processor has no XSAVE, which signal handlers need here");
	__asm__ volatile("xgetbv" : "=a"(lo), "=d"(hi) : "c"(0));
	features = lo | (u64)hi << 32;
	cpuid(13, 0, r);
	__atomic_store_n(&size, r[1], __ATOMIC_RELEASE); /* for what XCR0 enables now */
}

bool exo_xstate_part(u32 n, u32 *offset, u32 *length)
{
	static u32 known[64][2]; /* two threads may fill in the same */
	u32 r[4];

	if (n < 2 || n > 63 || !(exo_xstate_features() >> n & 1))
		return false;
	if (UNLIKELY(!__atomic_load_n(&known[n][0], __ATOMIC_ACQUIRE))) {
		cpuid(13, n, r);
		known[n][1] = r[0];
		__atomic_store_n(&known[n][0], r[1], __ATOMIC_RELEASE);
	}
	*offset = known[n][0];
	*length = known[n][1];
	return *length != 0;
}

size_t exo_xstate_size(void)
{
	if (UNLIKELY(!__atomic_load_n(&size, __ATOMIC_ACQUIRE)))
		ask();
	return size;
}

u64 exo_xstate_features(void)
{
	if (UNLIKELY(!__atomic_load_n(&size, __ATOMIC_ACQUIRE)))
		ask();
	return features;
}
