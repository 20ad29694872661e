/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/pdp11_machine.h: a PDP-11 for a test to try an instruction on, with one space for
 * text and data or with two.
 */
#ifndef FB_TESTS_UNIT_PDP11_MACHINE_H
#define FB_TESTS_UNIT_PDP11_MACHINE_H

#include <string.h>

#include "cpu/pdp11/pdp11.h"

static u8 text[PDP11_SPACE], data[PDP11_SPACE];
static struct pdp11 cpu;

static inline void put(u8 *space, u16 at, u16 value)
{
	space[at] = (u8)value;
	space[at + 1] = (u8)(value >> 8);
}

static inline u16 get(const u8 *space, u16 at)
{
	return (u16)(space[at] | space[at + 1] << 8);
}

static inline void reset(bool apart)
{
	memset(&cpu, 0, sizeof(cpu));
	memset(text, 0, sizeof(text));
	memset(data, 0, sizeof(data));
	cpu.text = apart ? text : data;
	cpu.data = data;
	cpu.text_read = cpu.data_read = cpu.data_write = 0xffff;
	cpu.text_write = apart ? 0 : 0xffff;
	cpu.r[PDP11_SP] = 0x8000;
	cpu.r[PDP11_PC] = 01000;
}

/* Lays the words down at 01000 and runs one instruction. */
#define STEP(...) step((const u16[]){__VA_ARGS__}, sizeof((const u16[]){__VA_ARGS__}) / sizeof(u16))
static inline enum pdp11_stop step(const u16 *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put(cpu.text, (u16)(01000 + 2 * i), words[i]);
	cpu.r[PDP11_PC] = 01000;
	return pdp11_step(&cpu);
}

#define N PDP11_N
#define Z PDP11_Z
#define V PDP11_V
#define C PDP11_C

#endif
