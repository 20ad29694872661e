/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/operand.c: operands of the PDP-11 for what is not in a hurry: the FP11 and the
 * instructions that move a word between spaces. The others have theirs unrolled in interp.c.
 *
 * Facts: PDP11 Processor Handbook 1981, chapter 3 (addressing modes), chapter 6 (which space a
 * reference goes to; MFPI, MTPI, MFPD, MTPD).
 */
#include "cpu/pdp11/access.h"

static bool touch(struct pdp11 *cpu, u32 where, u32 data, u32 text)
{
	u32 address = where & 0xffff;
	bool in_text = where & PDP11_IN_TEXT;

	if (LIKELY(pdp11_may_word(in_text ? text : data, address)))
		return true;
	cpu->stop_addr = (u16)address;
	cpu->stop_pc = cpu->r[PDP11_PC];
	cpu->stop_text = in_text;
	return false;
}

bool pdp11_read(struct pdp11 *cpu, u32 where, u16 *value)
{
	if (!touch(cpu, where, cpu->data_read, cpu->text_read))
		return false;
	*value =
	    (u16)pdp11_load((where & PDP11_IN_TEXT ? cpu->text : cpu->data) + (where & 0xffff));
	return true;
}

bool pdp11_may_write(struct pdp11 *cpu, u32 where)
{
	return touch(cpu, where, cpu->data_write, cpu->text_write);
}

void pdp11_write(struct pdp11 *cpu, u32 where, u32 value)
{
	pdp11_store((where & PDP11_IN_TEXT ? cpu->text : cpu->data) + (where & 0xffff), value);
	if (!(where & PDP11_IN_TEXT) || cpu->text == cpu->data)
		pdp11_stored(cpu, where & 0xffff);
}

i32 pdp11_operand(struct pdp11 *cpu, u32 spec, u32 step)
{
	u32 mode = spec >> 3, reg = spec & 7;
	u32 space = reg == PDP11_PC ? PDP11_IN_TEXT : 0;
	u16 *r = &cpu->r[reg];
	u16 at = *r, index;

	switch (mode) {
	case 1:
		return (i32)(at | space);
	case 2:
		*r = (u16)(at + step);
		return (i32)(at | space);
	case 3:
		*r = (u16)(at + 2);
		break;
	case 4:
		*r = at = (u16)(at - step);
		return (i32)(at | space);
	case 5:
		*r = at = (u16)(at - 2);
		break;
	default:
		if (!pdp11_read(cpu, cpu->r[PDP11_PC] | PDP11_IN_TEXT, &index))
			return PDP11_NOWHERE;
		cpu->r[PDP11_PC] += 2;
		at = (u16)(*r + index);
		if (mode == 6)
			return at;
		space = 0;
	}
	if (!pdp11_read(cpu, at | space, &at))
		return PDP11_NOWHERE;
	return at;
}

/*
 * In user mode the other mode is user mode as well. MFPI then reads the data space, so that a
 * program cannot read text it may only execute; the other three are what they are called.
 */
enum pdp11_stop pdp11_between_spaces(struct pdp11 *cpu, u32 word)
{
	u32 spec = word & 077, reg = spec & 7, other = 0;
	bool from = (word & 07700) == 06500; /* MFPI, MFPD; otherwise MTPI, MTPD */
	u16 old_reg = cpu->r[reg], old_sp = cpu->r[PDP11_SP], value;
	i32 where = 0;

	if (!from && !(word & 0100000))
		other = PDP11_IN_TEXT;
	if (!from) {
		if (!pdp11_read(cpu, cpu->r[PDP11_SP], &value))
			goto fail;
		cpu->r[PDP11_SP] += 2;
	}
	if (spec >= 010) {
		where = pdp11_operand(cpu, spec, 2);
		if (where < 0)
			goto fail;
		where = (i32)(((u32)where & 0xffff) | other);
	}
	if (from) {
		if (spec < 010)
			value = cpu->r[reg];
		else if (!pdp11_read(cpu, (u32)where, &value))
			goto fail;
		where = (u16)(cpu->r[PDP11_SP] - 2);
		if (!pdp11_may_write(cpu, (u32)where))
			goto fail;
		cpu->r[PDP11_SP] = (u16)where;
		pdp11_write(cpu, (u32)where, value);
	} else if (spec < 010) {
		cpu->r[reg] = value;
	} else {
		if (!pdp11_may_write(cpu, (u32)where))
			goto fail;
		pdp11_write(cpu, (u32)where, value);
	}
	cpu->psw &= (u16) ~(PDP11_N | PDP11_Z | PDP11_V);
	cpu->psw |= (u16)((value & 0100000 ? PDP11_N : 0) | (value == 0 ? PDP11_Z : 0));
	return PDP11_EVENT;
fail:
	cpu->r[reg] = old_reg;
	cpu->r[PDP11_SP] = old_sp;
	return pdp11_fault(cpu);
}
