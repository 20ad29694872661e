/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/access.h: words of a space of the PDP-11, and whether they may be touched.
 *
 * An address is 16 bits wide and a word lies at an even one, so a word never wraps around; what
 * is longer is taken word by word. The PDP-11 is little-endian within a word, as the hosts are.
 */
#ifndef FB_CPU_PDP11_ACCESS_H
#define FB_CPU_PDP11_ACCESS_H

#include "cpu/pdp11/pdp11.h"

static inline u32 pdp11_load(const u8 *p)
{
	u16 word;

	__builtin_memcpy(&word, p, 2);
	return word;
}

static inline void pdp11_store(u8 *p, u32 value)
{
	u16 word = (u16)value;

	__builtin_memcpy(p, &word, 2);
}

/* Behind every store to the data space, of a word or a byte: cpu->watch. */
static inline void pdp11_stored(struct pdp11 *cpu, u32 address)
{
	if (UNLIKELY(cpu->watch) && (cpu->watch[address / 2] & 1))
		cpu->written = address / 2 + 1;
}

/* `pages` is one of the masks of struct pdp11; `address` is below 64 KiB. */
static inline bool pdp11_may_byte(u32 pages, u32 address)
{
	return (pages >> (address >> 12)) & 1;
}

static inline bool pdp11_may_word(u32 pages, u32 address)
{
	return (pages >> (address >> 12)) & ~address & 1;
}

/* An address and its space: bit 16 says text. Less than 0: it could not be found. */
#define PDP11_IN_TEXT 0x10000
#define PDP11_NOWHERE (-1)

/*
 * Where an operand lies that is no register, for instructions that are not in a hurry: registers
 * are stepped by `step` as its mode says and PC goes over its index word. The operand itself is
 * not looked at. PDP11_NOWHERE: a word on the way could not be read; stop_addr and stop_text say
 * which, and the caller puts the registers back.
 */
i32 pdp11_operand(struct pdp11 *cpu, u32 spec, u32 step);

/* A word of either space; false with stop_addr and stop_text set when it may not be touched. */
bool pdp11_read(struct pdp11 *cpu, u32 where, u16 *value);
bool pdp11_may_write(struct pdp11 *cpu, u32 where);
void pdp11_write(struct pdp11 *cpu, u32 where, u32 value);

/* Why the word at stop_addr could not be touched. */
static inline enum pdp11_stop pdp11_fault(const struct pdp11 *cpu)
{
	return cpu->stop_addr & 1 ? PDP11_ODD : PDP11_SEGV;
}

/*
 * Parts of the interpreter: the instruction has been fetched and PC is behind its first word.
 * PDP11_EVENT: done. They undo what they did otherwise, but for PC.
 */
enum pdp11_stop pdp11_fp(struct pdp11 *cpu, u32 word);
/* One of TSTF, LDF, ADDF, SUBF, MULF, DIVF and CMPF whose operand has been fetched. */
enum pdp11_stop pdp11_fp_work(struct pdp11 *cpu, u32 word, u64 value);
enum pdp11_stop pdp11_between_spaces(struct pdp11 *cpu, u32 word);

#endif
