/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality/research/ke11.c: the extended arithmetic element KE11-A, by which an 11/20
 * multiplies.
 *
 * It is a device: a program stores an operand at one of its addresses and finds the result at
 * others. There is no memory at those, so that the instruction stops; it is then run again, alone,
 * with a page there that holds the registers. If that will not do it wants to write, and what it
 * leaves is the operand. First and Second Edition programs and libraries count on it, and their
 * kernel keeps it for each process.
 *
 * Facts: KE11-A instruction manual (DEC-11-HKEA): dates and status bits are not needed by any
 * program known, the arithmetic is.
 */
#include "core/memory.h"
#include "personality/research/research.h"

#define KE11_LOW  0177300
#define KE11_HIGH 0177317
#define KE11_PAGE (KE11_LOW & ~(PDP11_PAGE - 1))
#define PAGE_BIT  (1u << (KE11_LOW / PDP11_PAGE))

enum reg { DIV, AC, MQ, MUL, SC, NOR, LSH, ASH };

static struct {
	u16 sc; /* step counter */
} ke;

static i32 both(void)
{
	return (i32)((u32)research.ac << 16 | research.mq);
}

static void set_both(u32 v)
{
	research.ac = (u16)(v >> 16);
	research.mq = (u16)v;
}

/* Six bits, negative to the right. */
static void shift(u16 count, bool arithmetic)
{
	u32 n = count & 037, v = (u32)both();

	ke.sc = 0;
	if (count & 040) {
		n = 32 - n;
		if (arithmetic)
			v = (u32)(n < 32 ? both() >> n : both() >> 31);
		else
			v = n < 32 ? v >> n : 0;
	} else if (arithmetic) {
		v = (v & 0x80000000u) | (v << n & 0x7fffffffu);
	} else {
		v <<= n;
	}
	set_both(v);
}

static void normalize(void)
{
	u32 v = (u32)both();

	for (ke.sc = 0; ke.sc < 31 && v != 0xc0000000u && !((v ^ v << 1) & 0x80000000u); ke.sc++)
		v <<= 1;
	set_both(v);
}

static void divide(i16 by)
{
	i64 n = both();

	if (!by || n / by != (i16)(n / by))
		return; /* overflow: nothing that means anything */
	research.mq = (u16)(n / by);
	research.ac = (u16)(n % by);
	ke.sc = 0;
}

static void write_register(u16 addr, u16 value)
{
	switch ((enum reg)((addr - KE11_LOW) / 2)) {
	case DIV:
		divide((i16)value);
		break;
	case AC:
		research.ac = value;
		break;
	case MQ:
		research.mq = value;
		research.ac = value & 0x8000 ? 0xffff : 0;
		break;
	case MUL:
		set_both((u32)((i16)research.mq * (i16)value));
		ke.sc = 0;
		break;
	case SC:
		ke.sc = value & 077;
		break;
	case NOR:
		normalize();
		break;
	case LSH:
		shift(value, false);
		break;
	case ASH:
		shift(value, true);
		break;
	}
}

static void show(void)
{
	const u16 words[] = {0, research.ac, research.mq, 0, ke.sc, ke.sc, 0, 0};

	for (u32 i = 0; i < ARRAY_LEN(words); i++)
		research_store((u16)(KE11_LOW + 2 * i), words[i]);
}

static bool is_byte(u16 word)
{
	u32 op = word >> 12;

	return (op >= 011 && op <= 015) || (op == 010 && (word & 07000) == 05000) ||
	       (op == 010 && (word & 07000) == 06000);
}

static bool wants(u16 addr)
{
	return addr >= KE11_LOW && addr <= KE11_HIGH;
}

bool research_ke11(void)
{
	struct pdp11 *cpu = &research.cpu;
	u64 page = (u64)cpu->data + KE11_PAGE;
	enum pdp11_stop why;
	bool done = false;

	if (cpu->stop_text || !wants(cpu->stop_addr))
		return false;
	core_mprotect(page, PDP11_PAGE, CORE_PROT_READ | CORE_PROT_WRITE);
	show();
	cpu->data_read |= PAGE_BIT;
	why = pdp11_step(cpu);
	if (why == PDP11_SEGV && wants(cpu->stop_addr)) {
		u16 addr = cpu->stop_addr, word = cpu->stop_word, value;

		cpu->data_write |= PAGE_BIT;
		done = pdp11_step(cpu) == PDP11_EVENT;
		value = (u16)research_fetch(addr & (u16)~1u);
		if (done)
			write_register(addr, is_byte(word) ? (u16)(i8)value : value);
	} else {
		done = why == PDP11_EVENT;
	}
	cpu->data_read &= (u16)~PAGE_BIT;
	cpu->data_write &= (u16)~PAGE_BIT;
	core_mprotect(page, PDP11_PAGE, CORE_PROT_NONE);
	return done;
}
