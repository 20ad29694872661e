/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/illumos/x86_64/hwcap.c: AT_SUN_HWCAP from CPUID.
 *
 * Facts: usr/src/uts/common/sys/auxv_386.h; which CPUID bit is which: cpuid_pass4 of
 * usr/src/uts/i86pc/os/cpuid.c, Intel SDM volume 2, CPUID leaves 01H and 80000001H.
 */
#include "personality/illumos/hwcap.h"

struct feature {
	u8 bit;	 /* of the register */
	u8 flag; /* of the word */
};

static const struct feature leaf1_edx[] = {
    {0, 0},   /* FPU */
    {4, 1},   /* TSC */
    {8, 2},   /* CX8 */
    {11, 3},  /* SEP */
    {15, 5},  /* CMOV */
    {23, 6},  /* MMX */
    {24, 10}, /* FXSR */
    {25, 11}, /* SSE */
    {26, 12}, /* SSE2 */
};

static const struct feature leaf1_ecx[] = {
    {0, 14},  /* SSE3 */
    {1, 27},  /* PCLMULQDQ */
    {9, 22},  /* SSSE3 */
    {13, 16}, /* CX16 */
    {19, 23}, /* SSE4.1 */
    {20, 24}, /* SSE4.2 */
    {22, 25}, /* MOVBE */
    {23, 20}, /* POPCNT */
    {25, 26}, /* AES */
    {26, 28}, /* XSAVE */
    {28, 29}, /* AVX */
};

static const struct feature leaf1_ecx_word2[] = {
    {29, 0}, /* F16C */
    {30, 1}, /* RDRAND */
};

static const struct feature extended_edx[] = {
    {11, 4},  /* AMD_SYSC */
    {22, 7},  /* AMD_MMX */
    {27, 18}, /* TSCP */
    {30, 9},  /* AMD_3DNowx */
    {31, 8},  /* AMD_3DNow */
};

static const struct feature extended_ecx[] = {
    {0, 17}, /* AHF */
    {5, 21}, /* AMD_LZCNT */
    {6, 19}, /* AMD_SSE4A */
};

static u32 collect(const struct feature *f, size_t n, u32 reg)
{
	u32 word = 0;

	for (size_t i = 0; i < n; i++)
		word |= (reg >> f[i].bit & 1) << f[i].flag;
	return word;
}

#define COLLECT(list, reg) collect(list, ARRAY_LEN(list), reg)

static void cpuid(u32 leaf, u32 *ecx, u32 *edx)
{
	u32 a, b;

	__asm__ volatile("cpuid" : "=a"(a), "=b"(b), "=c"(*ecx), "=d"(*edx) : "a"(leaf), "c"(0));
}

void illumos_hwcap(struct illumos_hwcap *out)
{
	u32 ecx, edx;

	cpuid(1, &ecx, &edx);
	out->word1 = COLLECT(leaf1_edx, edx) | COLLECT(leaf1_ecx, ecx);
	out->word2 = COLLECT(leaf1_ecx_word2, ecx);
	cpuid(0x80000001, &ecx, &edx);
	out->word1 |= COLLECT(extended_edx, edx) | COLLECT(extended_ecx, ecx);
}
