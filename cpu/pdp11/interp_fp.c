/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/interp_fp.c: the instructions of the FP11-C, 170000 to 177777.
 *
 * An FP11 exception is no fault: registers stay stepped, and the result is stored but for an
 * illegal instruction, an undefined variable and a division by zero, which do nothing else.
 * The codes of FPS are left alone by those, too.
 *
 * Facts: PDP11 Processor Handbook 1981, chapter 12.
 */
#include "cpu/pdp11/access.h"
#include "cpu/pdp11/fp.h"

enum outcome {
	DONE,
	SKIPPED, /* by an exception that leaves everything as it is */
	FAULT,	 /* memory */
};

#define IMMEDIATE 027

/* Bytes of a floating operand that are not this instruction's own precision, or are. */
static u32 length(const struct fp *f, bool other)
{
	return !(f->cpu->fps & FPS_D) == !other ? 4 : 8;
}

/* Where an operand of `size` bytes is; a constant in the text has one word of them. */
static enum outcome find(struct fp *f, u32 spec, u32 size, u32 *where)
{
	i32 found = pdp11_operand(f->cpu, spec, spec == IMMEDIATE ? 2 : size);

	*where = (u32)found;
	return found < 0 ? FAULT : DONE;
}

static u32 word_of(u32 where, u32 i)
{
	return (where & PDP11_IN_TEXT) | ((where + 2 * i) & 0xffff);
}

/* The words of an operand, the first one in the upper sixteen bits. */
static enum outcome get(struct fp *f, u32 where, u32 spec, u32 size, u64 *value)
{
	u32 count = spec == IMMEDIATE ? 1 : size / 2;
	u16 word;

	*value = 0;
	for (u32 i = 0; i < count; i++) {
		if (!pdp11_read(f->cpu, word_of(where, i), &word))
			return FAULT;
		*value |= (u64)word << (48 - 16 * i);
	}
	return DONE;
}

/* All words are looked at before the first is written. */
static enum outcome put(struct fp *f, u32 where, u32 spec, u32 size, u64 value)
{
	u32 count = spec == IMMEDIATE ? 1 : size / 2;

	for (u32 i = 0; i < count; i++) {
		if (!pdp11_may_write(f->cpu, word_of(where, i)))
			return FAULT;
	}
	for (u32 i = 0; i < count; i++)
		pdp11_write(f->cpu, word_of(where, i), (value >> (48 - 16 * i)) & 0xffff);
	return DONE;
}

/* A general register or a word in memory. */
static enum outcome get_word(struct fp *f, u32 spec, u16 *value)
{
	u32 where;

	if (spec < 010) {
		*value = f->cpu->r[spec];
		return DONE;
	}
	if (find(f, spec, 2, &where) || !pdp11_read(f->cpu, where, value))
		return FAULT;
	return DONE;
}

static enum outcome put_word(struct fp *f, u32 spec, u16 value)
{
	u32 where;

	if (spec < 010) {
		f->cpu->r[spec] = value;
		return DONE;
	}
	if (find(f, spec, 2, &where))
		return FAULT;
	return put(f, where, spec, 2, (u64)value << 48);
}

/* An accumulator or a number in memory. */
static enum outcome find_number(struct fp *f, u32 spec, u32 size, u32 *where)
{
	*where = 0;
	if (spec >= 010)
		return find(f, spec, size, where);
	if (spec < 6)
		return DONE;
	fp11_masked(f, FEC_OPCODE);
	return SKIPPED;
}

static enum outcome get_number(struct fp *f, u32 where, u32 spec, u32 size, u64 *value)
{
	if (spec < 6) {
		*value = f->cpu->ac[spec] & (size == 8 ? ~0UL : FP_HIGH);
		return DONE;
	}
	if (get(f, where, spec, size, value))
		return FAULT;
	if ((*value & FP_SIGN) && FP_EXP(*value) == 0 && !fp11_masked(f, FEC_UNDEFINED))
		return SKIPPED;
	return DONE;
}

static void set_ac(struct fp *f, u32 ac, u32 size, u64 value)
{
	u64 *a = &f->cpu->ac[ac];

	*a = size == 8 ? value : (value & FP_HIGH) | (*a & ~FP_HIGH);
}

static enum outcome put_number(struct fp *f, u32 where, u32 spec, u32 size, u64 value)
{
	if (spec >= 6)
		return put(f, where, spec, size, value);
	set_ac(f, spec, size, value);
	return DONE;
}

static void set_codes(struct fp *f, u64 value)
{
	u32 codes = f->overflow;

	if (value & FP_SIGN)
		codes |= FPS_N;
	if (FP_EXP(value) == 0)
		codes |= FPS_Z;
	f->cpu->fps = (u16)((f->cpu->fps & ~017) | codes);
}

/* STEXP and STCFI tell the processor as well. */
static void set_both_codes(struct fp *f, u32 codes)
{
	f->cpu->fps = (u16)((f->cpu->fps & ~017) | codes);
	f->cpu->psw = (u16)((f->cpu->psw & ~017) | codes);
}

static u64 clean(u64 value)
{
	return FP_EXP(value) == 0 ? 0 : value;
}

static enum outcome no_operand(struct fp *f, u32 word)
{
	struct pdp11 *cpu = f->cpu;

	switch (word) {
	case 0170000: /* CFCC */
		cpu->psw = (u16)((cpu->psw & ~017) | (cpu->fps & 017));
		break;
	case 0170001: /* SETF, SETI, SETD, SETL */
		cpu->fps &= (u16)~FPS_D;
		break;
	case 0170002:
		cpu->fps &= (u16)~FPS_L;
		break;
	case 0170011:
		cpu->fps |= FPS_D;
		break;
	case 0170012:
		cpu->fps |= FPS_L;
		break;
	default:
		fp11_masked(f, FEC_OPCODE);
	}
	return DONE;
}

static enum outcome status(struct fp *f, u32 word)
{
	struct pdp11 *cpu = f->cpu;
	u32 spec = word & 077, where;
	u16 value;

	switch ((word >> 6) & 3) {
	case 0:
		return no_operand(f, word);
	case 1: /* LDFPS */
		if (get_word(f, spec, &value))
			return FAULT;
		cpu->fps = value & FPS_MASK;
		return DONE;
	case 2: /* STFPS */
		return put_word(f, spec, cpu->fps & FPS_MASK);
	default: /* STST */
		if (spec < 010)
			return put_word(f, spec, cpu->fec);
		if (find(f, spec, 4, &where))
			return FAULT;
		return put(f, where, spec, 4, (u64)cpu->fec << 48 | (u64)cpu->fea << 32);
	}
}

/* CLRF, TSTF, ABSF, NEGF */
static enum outcome one_operand(struct fp *f, u32 word)
{
	u32 spec = word & 077, size = length(f, false), where;
	u64 value = 0;
	enum outcome got = find_number(f, spec, size, &where);

	if (got == DONE && (word & 0300))
		got = get_number(f, where, spec, size, &value);
	if (got != DONE)
		return got;
	switch ((word >> 6) & 3) {
	case 2:
		value = clean(value) & ~FP_SIGN;
		break;
	case 3:
		value = clean(value);
		value ^= value ? FP_SIGN : 0;
		break;
	}
	if ((word & 0300) != 0100)
		got = put_number(f, where, spec, size, value);
	if (got == DONE)
		set_codes(f, value);
	return got;
}

static void compare(struct fp *f, u32 ac, u32 size, u64 a, u64 b)
{
	u32 codes = 0;

	a = clean(a);
	b = clean(b);
	if (a == b) {
		codes = FPS_Z;
		if (a == 0)
			set_ac(f, ac, size, 0);
	} else if ((a ^ b) & FP_SIGN) {
		codes = b & FP_SIGN ? FPS_N : 0;
	} else {
		codes = (b < a) != (b >> 63) ? FPS_N : 0;
	}
	f->cpu->fps = (u16)((f->cpu->fps & ~017) | codes);
}

/* What LDF, ADDF, SUBF, MULF, DIVF, MODF, CMPF, LDCDF and LDCFD do with a number they have. */
static enum outcome work(struct fp *f, u32 word, u32 size, u64 value)
{
	u32 ac = (word >> 6) & 3, op = (word >> 8) & 017;
	u64 mine = f->cpu->ac[ac] & (size == 8 ? ~0UL : FP_HIGH), whole;

	switch (op) {
	case 002:
		value = fp11_mul(f, mine, value);
		break;
	case 003:
		value = fp11_mod(f, mine, value, &whole);
		set_ac(f, ac | 1, size, whole);
		break;
	case 004:
		value = fp11_add(f, mine, value);
		break;
	case 006:
		value = fp11_add(f, mine, value ^ (FP_EXP(value) ? FP_SIGN : 0));
		break;
	case 007:
		compare(f, ac, size, mine, value);
		return DONE;
	case 011:
		if (FP_EXP(value) == 0) {
			fp11_masked(f, FEC_DIVIDE);
			return SKIPPED;
		}
		value = fp11_div(f, mine, value);
		break;
	case 017:
		value = clean(value);
		if (!(f->cpu->fps & (FPS_D | FPS_T)))
			value = fp11_to_single(f, value);
		break;
	}
	set_ac(f, ac, size, value);
	set_codes(f, value);
	return DONE;
}

/* The same from an accumulator or from memory. */
static enum outcome load(struct fp *f, u32 word, u32 op)
{
	u32 spec = word & 077, size = length(f, false), where;
	u32 from = op == 017 ? 12 - size : size;
	enum outcome got = find_number(f, spec, from, &where);
	u64 value;

	if (got == DONE)
		got = get_number(f, where, spec, from, &value);
	return got == DONE ? work(f, word, size, value) : got;
}

/* STF; STCFD and STCDF */
static enum outcome store(struct fp *f, u32 word, bool convert)
{
	u32 spec = word & 077, size = length(f, false), where;
	u32 to = convert ? 12 - size : size;
	u64 value = f->cpu->ac[(word >> 6) & 3] & (size == 8 ? ~0UL : FP_HIGH);
	enum outcome got;

	if (convert) {
		value = clean(value);
		if ((f->cpu->fps & (FPS_D | FPS_T)) == FPS_D)
			value = fp11_to_single(f, value);
	}
	got = find_number(f, spec, to, &where);
	if (got == DONE)
		got = put_number(f, where, spec, to, value);
	if (got == DONE && convert)
		set_codes(f, value);
	return got;
}

static enum outcome load_exponent(struct fp *f, u32 word)
{
	u32 ac = (word >> 6) & 3, size = length(f, false);
	u64 value = f->cpu->ac[ac] & (size == 8 ? ~0UL : FP_HIGH);
	u16 given;
	i32 exp;

	if (get_word(f, word & 077, &given))
		return FAULT;
	exp = (i16)given;
	value = FP_PACK(value, (u32)(exp + FP_BIAS), value);
	if (exp > 0177) {
		f->overflow = FPS_V;
		if (fp11_masked(f, FEC_OVERFLOW))
			value = 0;
	} else if (exp <= -FP_BIAS && fp11_masked(f, FEC_UNDERFLOW)) {
		value = 0;
	}
	set_ac(f, ac, size, value);
	set_codes(f, value);
	return DONE;
}

static enum outcome store_exponent(struct fp *f, u32 word)
{
	u16 exp = (u16)(FP_EXP(f->cpu->ac[(word >> 6) & 3]) - FP_BIAS);

	set_both_codes(f, (exp & 0100000 ? FPS_N : 0) | (exp == 0 ? FPS_Z : 0));
	return put_word(f, word & 077, exp);
}

/* LDCIF; an integer is in the upper bits, which is all that a general register has of one. */
static enum outcome load_integer(struct fp *f, u32 word)
{
	u32 spec = word & 077, ac = (word >> 6) & 3, size = length(f, false), where;
	bool large = f->cpu->fps & FPS_L;
	u64 value;

	if (spec < 010)
		value = (u64)f->cpu->r[spec] << 48;
	else if (find(f, spec, large ? 4 : 2, &where) || get(f, where, spec, large ? 4 : 2, &value))
		return FAULT;
	value = fp11_from_integer(f, (u32)(value >> 32), FP_BIAS + (large ? 32 : 16));
	set_ac(f, ac, size, value);
	set_codes(f, value);
	return DONE;
}

/* STCFI: 0 where the number is too large, and FC tells. */
static enum outcome store_integer(struct fp *f, u32 word)
{
	u32 spec = word & 077, where;
	u64 ac = f->cpu->ac[(word >> 6) & 3] & (f->cpu->fps & FPS_D ? ~0UL : FP_HIGH);
	u32 bits = f->cpu->fps & FPS_L ? 32 : 16, value = 0, codes;
	i32 exp = FP_EXP(ac) - FP_BIAS;
	u64 magnitude = 0;
	bool fits = exp <= (i32)bits;

	if (fits && exp > 0)
		magnitude = FP_FRAC(ac) >> (56 - exp);
	fits = fits && magnitude < ((u64)1 << (bits - 1)) + (ac >> 63);
	if (fits)
		value = (u32)(ac & FP_SIGN ? -magnitude : magnitude) << (32 - bits);
	codes = (value >> 31 ? FPS_N : 0) | (value == 0 ? FPS_Z : 0);
	if (!fits) {
		codes |= FPS_C;
		fp11_masked(f, FEC_INTEGER);
	}
	set_both_codes(f, codes);
	if (spec < 010)
		return put_word(f, spec, (u16)(value >> 16));
	if (find(f, spec, bits / 8, &where))
		return FAULT;
	return put(f, where, spec, bits / 8, (u64)value << 32);
}

enum pdp11_stop pdp11_fp(struct pdp11 *cpu, u32 word)
{
	struct fp f = {.cpu = cpu, .at = (u16)(cpu->r[PDP11_PC] - 2)};
	u16 *r = &cpu->r[word & 7];
	u16 reg = *r, psw = cpu->psw, fps = cpu->fps, fec = cpu->fec, fea = cpu->fea;
	u32 op = (word >> 8) & 017;
	enum outcome got;

	switch (op) {
	case 000:
		got = status(&f, word);
		break;
	case 001:
		got = one_operand(&f, word);
		break;
	case 010:
		got = store(&f, word, false);
		break;
	case 014:
		got = store(&f, word, true);
		break;
	case 012:
		got = store_exponent(&f, word);
		break;
	case 013:
		got = store_integer(&f, word);
		break;
	case 015:
		got = load_exponent(&f, word);
		break;
	case 016:
		got = load_integer(&f, word);
		break;
	default:
		got = load(&f, word, op);
	}
	if (got == FAULT) {
		*r = reg;
		cpu->psw = psw;
		cpu->fps = fps;
		cpu->fec = fec;
		cpu->fea = fea;
		return pdp11_fault(cpu);
	}
	return f.trap ? PDP11_FPE : PDP11_EVENT;
}

enum pdp11_stop pdp11_fp_work(struct pdp11 *cpu, u32 word, u64 value)
{
	struct fp f = {.cpu = cpu, .at = (u16)(cpu->r[PDP11_PC] - 2)};

	if ((word & 070) && (value & FP_SIGN) && FP_EXP(value) == 0 &&
	    !fp11_masked(&f, FEC_UNDEFINED))
		return f.trap ? PDP11_FPE : PDP11_EVENT;
	if (((word >> 8) & 017) == 001)
		set_codes(&f, value);
	else
		work(&f, word, length(&f, false), value);
	return f.trap ? PDP11_FPE : PDP11_EVENT;
}
