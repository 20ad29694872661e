/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/fp.h: the FP11's arithmetic, on numbers as memory has them: bit 63 the sign, eight
 * bits of exponent in excess of 128, 55 of fraction behind a leading one that is not stored. An
 * exponent of 0 is zero, whatever else is there; with the sign it is the "undefined variable".
 * In single precision the lower half is not looked at by those who keep the result.
 */
#ifndef FB_CPU_PDP11_FP_H
#define FB_CPU_PDP11_FP_H

#include "cpu/pdp11/pdp11.h"

#define FPS_ER	0100000 /* an exception was noted */
#define FPS_ID	0040000 /* none traps */
#define FPS_IUV 0004000 /* undefined variable, underflow, overflow, conversion may trap */
#define FPS_IU	0002000
#define FPS_IV	0001000
#define FPS_IC	0000400
#define FPS_D	0000200 /* double precision */
#define FPS_L	0000100 /* long integers */
#define FPS_T	0000040 /* truncate */
#define FPS_N	0000010
#define FPS_Z	0000004
#define FPS_V	0000002
#define FPS_C	0000001
/* FMM, 020, can be set in kernel mode alone; 030000 does not exist. */
#define FPS_MASK 0147757

#define FEC_OPCODE    2
#define FEC_DIVIDE    4
#define FEC_INTEGER   6
#define FEC_OVERFLOW  8
#define FEC_UNDERFLOW 10
#define FEC_UNDEFINED 12

#define FP_SIGN		 0x8000000000000000UL
#define FP_HIGH		 0xffffffff00000000UL
#define FP_BIAS		 0200
#define FP_EXP(x)	 ((i32)((x) >> 55) & 0377)
#define FP_HIDDEN	 0x0080000000000000UL
#define FP_FRACTION	 (FP_HIDDEN - 1)
#define FP_FRAC(x)	 (((x)&FP_FRACTION) | FP_HIDDEN)
#define FP_PACK(s, e, f) (((s)&FP_SIGN) | (u64)((e)&0377) << 55 | ((f)&FP_FRACTION))

/* One instruction at work. */
struct fp {
	struct pdp11 *cpu;
	u16 at;	      /* its address */
	u16 overflow; /* FPS_V, when the result was too large */
	bool trap;    /* it ends in an exception */
};

/* Notes an exception. True: it may not trap, and the result is 0 where there is one. */
bool fp11_masked(struct fp *f, u16 code);

u64 fp11_add(struct fp *f, u64 a, u64 b);
u64 fp11_mul(struct fp *f, u64 a, u64 b);
u64 fp11_div(struct fp *f, u64 a, u64 b); /* b is not zero */
/* The product's fraction; its integer part goes to *whole. */
u64 fp11_mod(struct fp *f, u64 a, u64 b, u64 *whole);
/* Rounds to single precision. */
u64 fp11_to_single(struct fp *f, u64 a);
/* `value` has its sign in bit 31, an exponent of `exponent` there. */
u64 fp11_from_integer(struct fp *f, u32 value, i32 exponent);

#endif
