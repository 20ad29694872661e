/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PDP-11's FP11: results in both precisions, rounded and cut off, conversions, and every
 * exception, trapping and not.
 */
#include "tests/unit/pdp11_machine.h"
#include "tests/unit/tap.h"

#define ONE   0x4080000000000000
#define TWO   0x4100000000000000
#define THREE 0x4140000000000000
#define HALF  0x4000000000000000

static void floating(void)
{
	reset(false);
	cpu.fps = 0200;
	cpu.ac[0] = ONE;
	cpu.ac[1] = TWO;
	STEP(0172001);
	ok(cpu.ac[0] == THREE && cpu.fps == 0200, "addd ac1,ac0");
	STEP(0173001);
	ok(cpu.ac[0] == ONE, "subd");
	STEP(0173000);
	ok(cpu.ac[0] == 0 && cpu.fps == 0204, "subd to 0");
	cpu.ac[0] = ONE;
	cpu.ac[1] = THREE;
	STEP(0174401);
	is_number((long)cpu.ac[0], 0x3faaaaaaaaaaaaab, "1/3, rounded");
	cpu.ac[0] = ONE;
	cpu.fps = 0240;
	STEP(0174401);
	is_number((long)cpu.ac[0], 0x3faaaaaaaaaaaaaa, "1/3, cut off");
	cpu.fps = 0;
	cpu.ac[0] = ONE | 0x1234;
	STEP(0174401);
	is_number((long)cpu.ac[0], 0x3faaaaab00001234,
		  "1/3 in single precision, which keeps the lower half");
	STEP(0171001);
	is_number((long)(cpu.ac[0] >> 32), 0x40800000, "times 3 is 1");
	cpu.fps = 0200;
	cpu.ac[0] = 0x4120000000000000; /* 2.5 */
	cpu.ac[1] = ONE;
	STEP(0171401);
	ok(cpu.ac[0] == HALF && cpu.ac[1] == TWO, "modd parts a fraction from the integer");
	STEP(0173401);
	is_number(cpu.fps & 017, 0, "cmpd: 2 against 0.5");
	STEP(0173500);
	is_number(cpu.fps & 017, N, "cmpd: 0.5 against 2");
	STEP(0170000);
	is_number(cpu.psw, N, "cfcc");
	STEP(0170700);
	ok(cpu.ac[0] == (HALF | 1UL << 63) && (cpu.fps & 017) == N, "negd");
	STEP(0170600);
	ok(cpu.ac[0] == HALF && (cpu.fps & 017) == 0, "absd");
	STEP(0175002);
	ok(cpu.r[2] == 0 && (cpu.psw & 017) == Z, "stexp of 0.5");
	cpu.r[2] = 3;
	STEP(0176402);
	is_number((long)cpu.ac[0], 0x4180000000000000, "ldexp 3");
	STEP(0175402);
	ok(cpu.r[2] == 4 && (cpu.psw & 017) == 0, "stcdi of 4");
	cpu.fps = 0300;
	cpu.r[2] = 02000;
	cpu.ac[0] = 0xc180000000000000;
	STEP(0175412);
	ok(get(data, 02000) == 0177777 && get(data, 02002) == 0177774 && cpu.psw == N,
	   "stcdl of -4");
	STEP(0177112);
	ok(cpu.ac[1] == 0xc180000000000000, "ldcld");
	cpu.ac[0] = 0x4f00000000000000; /* 2^29 */
	cpu.fps = 0200;
	STEP(0175402);
	ok(cpu.r[2] == 0 && cpu.psw == (Z | C), "stcdi of what is too large");
	cpu.fps = 0600;
	is_number(STEP(0175402), PDP11_FPE, "... traps when asked to");
	ok(cpu.fec == 6 && cpu.fea == 01000 && (cpu.fps & 0100000), "... with code 6");
	cpu.fps = 0;
	cpu.ac[2] = 0x40800000ffffffff;
	cpu.r[2] = 02000;
	STEP(0174212);
	ok(get(data, 02000) == 0040200 && get(data, 02004) == 0, "stf writes two words");
	STEP(0172427, 0040400);
	ok(cpu.ac[0] >> 32 == TWO >> 32 && cpu.r[7] == 01004, "ldf of a constant of one word");
	cpu.fps = 0200;
	cpu.ac[0] = 0x7fffffffffffffff;
	STEP(0172000);
	ok(cpu.ac[0] == 0 && (cpu.fps & 017) == (V | Z), "overflow that does not trap is 0");
	cpu.fps = 01200;
	cpu.ac[0] = 0x7f80000000000000;
	is_number(STEP(0172000), PDP11_FPE, "overflow traps");
	ok(cpu.fec == 8 && cpu.ac[0] == 0, "... with code 8 and the exponent 400 too small");
	cpu.fps = 02200;
	cpu.ac[0] = 0x0080000000000000;
	is_number(STEP(0171000), PDP11_FPE, "underflow traps");
	ok(cpu.fec == 10 && (cpu.ac[0] >> 55 & 0377) == 0201, "... with code 10");
	cpu.fps = 0200;
	cpu.ac[0] = 0x0080000000000000;
	STEP(0171000);
	ok(cpu.ac[0] == 0 && (cpu.fps & 017) == Z, "underflow that does not trap is 0");
	cpu.ac[0] = ONE;
	cpu.ac[1] = 0;
	is_number(STEP(0174401), PDP11_FPE, "division by 0");
	ok(cpu.fec == 4 && cpu.ac[0] == ONE, "... with code 4, and nothing is stored");
	cpu.fps = 0040200;
	is_number(STEP(0174401), PDP11_EVENT, "FID: it does not trap");
	is_number(cpu.fps, 0140200, "... but FER is set");
	cpu.fps = 04200;
	put(data, 02000, 0100000);
	is_number(STEP(0172412), PDP11_FPE, "undefined variable");
	ok(cpu.fec == 12 && cpu.ac[0] == ONE, "... with code 12, and nothing is loaded");
	cpu.fps = 0;
	is_number(STEP(0170003), PDP11_FPE, "an illegal instruction of the FP11");
	is_number(cpu.fec, 2, "... has code 2");
	cpu.r[2] = 02000;
	STEP(0170312);
	ok(get(data, 02000) == 2 && get(data, 02002) == 01000, "stst");
	is_number(STEP(0170406), PDP11_FPE, "there is no ac6");
	cpu.r[0] = 0177777;
	STEP(0170100);
	is_number(cpu.fps, 0147757, "ldfps: what user mode can set");
	STEP(0170201);
	is_number(cpu.r[1], 0147757, "stfps");
	cpu.fps = 0;
	cpu.ac[0] = 0;
	cpu.ac[1] = 0x40800000ffffffff;
	STEP(0177401);
	is_number((long)(cpu.ac[0] >> 32), 0x40800001, "ldcdf rounds");
	cpu.fps = 040;
	STEP(0177401);
	is_number((long)(cpu.ac[0] >> 32), 0x40800000, "... or cuts off");
}

int main(void)
{
	floating();
	return tap_end();
}
