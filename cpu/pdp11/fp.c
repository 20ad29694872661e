/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/fp.c: the FP11's arithmetic in integers, to its last bit.
 *
 * A result is had with three more bits than double precision keeps, cut off behind them, and
 * then rounded by adding half of the last place that is kept (FT clear) or cut off there; what
 * an operand loses when it is shifted to the other's exponent in ADD is lost before. MUL and
 * DIV know the exact result as far as those three bits.
 *
 * Facts: PDP11 Processor Handbook 1981, chapter 12; number of guard bits and what is cut off
 * when: as the FP11 of SIMH (pdp11_fp.c), which passes DEC's diagnostics.
 */
#include "cpu/pdp11/fp.h"

#define GUARD 3
#define TOP   (FP_HIDDEN << GUARD)

bool fp11_masked(struct fp *f, u16 code)
{
	static const u16 enable[] = {
	    [FEC_INTEGER] = FPS_IC,
	    [FEC_OVERFLOW] = FPS_IV,
	    [FEC_UNDERFLOW] = FPS_IU,
	    [FEC_UNDEFINED] = FPS_IUV,
	};
	struct pdp11 *cpu = f->cpu;

	if (enable[code] && !(cpu->fps & enable[code]))
		return true;
	cpu->fps |= FPS_ER;
	cpu->fec = code;
	cpu->fea = f->at;
	if (!(cpu->fps & FPS_ID))
		f->trap = true;
	return false;
}

/* `frac` has its leading one at TOP. */
static u64 pack(struct fp *f, u64 sign, i32 exp, u64 frac, bool round)
{
	u16 fps = f->cpu->fps;
	u64 result;

	if (round && !(fps & FPS_T)) {
		frac += (u64)1 << ((fps & FPS_D ? 0 : 32) + GUARD - 1);
		if (frac >= TOP << 1) {
			frac >>= 1;
			exp++;
		}
	}
	result = FP_PACK(sign, (u32)exp, frac >> GUARD);
	if (exp > 0377) {
		f->overflow = FPS_V;
		return fp11_masked(f, FEC_OVERFLOW) ? 0 : result;
	}
	if (exp <= 0 && fp11_masked(f, FEC_UNDERFLOW))
		return 0;
	return result;
}

u64 fp11_add(struct fp *f, u64 a, u64 b)
{
	u64 frac, other;
	i32 exp, apart, shift;

	if ((a & ~FP_SIGN) < (b & ~FP_SIGN)) {
		u64 swap = a;

		a = b;
		b = swap;
	}
	exp = FP_EXP(a);
	if (exp == 0)
		return 0;
	apart = exp - FP_EXP(b);
	if (FP_EXP(b) == 0 || apart >= 60)
		return a;
	frac = FP_FRAC(a) << GUARD;
	other = FP_FRAC(b) << GUARD >> apart;
	if ((a ^ b) & FP_SIGN) {
		frac -= other;
		if (frac == 0)
			return 0;
		shift = __builtin_clzl(frac) - __builtin_clzl(TOP);
		frac <<= shift;
		exp -= shift;
	} else {
		frac += other;
		if (frac >= TOP << 1) {
			frac >>= 1;
			exp++;
		}
	}
	return pack(f, a, exp, frac, true);
}

/* The product's fraction, its leading one at TOP, and exponent. */
static u64 product(u64 a, u64 b, i32 *exp)
{
	u64 frac = (u64)(((unsigned __int128)FP_FRAC(a) * (FP_FRAC(b) << GUARD)) >> 56);

	*exp = FP_EXP(a) + FP_EXP(b) - FP_BIAS;
	if (!(frac & TOP)) {
		frac <<= 1;
		--*exp;
	}
	return frac;
}

u64 fp11_mul(struct fp *f, u64 a, u64 b)
{
	u64 frac;
	i32 exp;

	if (FP_EXP(a) == 0 || FP_EXP(b) == 0)
		return 0;
	frac = product(a, b, &exp);
	return pack(f, a ^ b, exp, frac, true);
}

u64 fp11_mod(struct fp *f, u64 a, u64 b, u64 *whole)
{
	u64 frac, below, part, sign = a ^ b;
	i32 exp, shift;

	*whole = 0;
	if (FP_EXP(a) == 0 || FP_EXP(b) == 0)
		return 0;
	frac = product(a, b, &exp);
	if (exp <= FP_BIAS)
		return pack(f, sign, exp, frac, true);
	if (exp > FP_BIAS + (f->cpu->fps & FPS_D ? 56 : 24)) {
		*whole = pack(f, sign, exp, frac, false);
		return 0;
	}
	below = ((TOP << 1) - 1) >> (exp - FP_BIAS);
	part = frac & below;
	*whole = pack(f, sign, exp, frac & ~below, false);
	if (part == 0)
		return 0;
	shift = __builtin_clzl(part) - __builtin_clzl(TOP);
	return pack(f, sign, exp - shift, part << shift, true);
}

/* high:low / by, where high < by, so that the quotient has 64 bits */
static u64 divide(u64 high, u64 low, u64 by)
{
#ifdef __x86_64__
	__asm__("divq %2" : "+a"(low), "+d"(high) : "r"(by) : "cc");
	return low;
#else
	for (int i = 0; i < 64; i++) {
		high = high << 1 | low >> 63;
		low <<= 1;
		if (high >= by) {
			high -= by;
			low |= 1;
		}
	}
	return low;
#endif
}

u64 fp11_div(struct fp *f, u64 a, u64 b)
{
	i32 exp = FP_EXP(a) - FP_EXP(b) + FP_BIAS + 1;
	u64 high = FP_FRAC(a), quotient;

	if (FP_EXP(a) == 0)
		return 0;
	if (f->cpu->fps & FPS_D)
		quotient = divide(high >> 6, high << 58, FP_FRAC(b));
	else
		quotient = ((high >> 32) << 26) / (FP_FRAC(b) >> 32) << 32;
	if (!(quotient & TOP)) {
		quotient <<= 1;
		exp--;
	}
	return pack(f, a ^ b, exp, quotient, true);
}

u64 fp11_to_single(struct fp *f, u64 a)
{
	u64 rounded = a + 0x80000000UL;

	if (!((rounded ^ a) & FP_SIGN))
		return rounded;
	f->overflow = FPS_V;
	return fp11_masked(f, FEC_OVERFLOW) ? 0 : rounded ^ FP_SIGN;
}

u64 fp11_from_integer(struct fp *f, u32 value, i32 exponent)
{
	u64 sign = (u64)(value >> 31) << 63, number;
	int shift;

	if (value == 0)
		return 0;
	if (sign)
		value = -value;
	shift = __builtin_clz(value);
	number = FP_PACK(sign, (u32)(exponent - shift), (u64)(value << shift) << 24);
	return f->cpu->fps & (FPS_D | FPS_T) ? number : fp11_to_single(f, number);
}
