/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11/disasm.c: see disasm.h. What it writes is what the assembler of tests/tools/pdp11-as
 * reads, and that makes the same words of it.
 *
 * Facts: the names are those of V7's adb (opset.c) and as (as19.s): movf for LDF and STF, movif
 * and movfi, movof and movfo for the conversions, movie and movei for the exponents.
 */
#include "cpu/pdp11/disasm.h"

enum form {
	PLAIN,
	DOUBLE,
	SINGLE,	  /* one operand */
	TO_REG,	  /* operand, register */
	FROM_REG, /* register, operand */
	TO_AC,	  /* operand, accumulator */
	FROM_AC,  /* accumulator, operand */
	FLOAT,	  /* one operand, that may be an accumulator */
	BRANCH,
	SOB,
	REGISTER,
	NUMBER,
};

static const struct op {
	u16 mask, word;
	u8 form;
	char name[7];
} ops[] = {
    {0170000, 0010000, DOUBLE, "mov"},	  {0170000, 0110000, DOUBLE, "movb"},
    {0170000, 0020000, DOUBLE, "cmp"},	  {0170000, 0120000, DOUBLE, "cmpb"},
    {0170000, 0030000, DOUBLE, "bit"},	  {0170000, 0130000, DOUBLE, "bitb"},
    {0170000, 0040000, DOUBLE, "bic"},	  {0170000, 0140000, DOUBLE, "bicb"},
    {0170000, 0050000, DOUBLE, "bis"},	  {0170000, 0150000, DOUBLE, "bisb"},
    {0170000, 0060000, DOUBLE, "add"},	  {0170000, 0160000, DOUBLE, "sub"},
    {0177400, 0000400, BRANCH, "br"},	  {0177400, 0001000, BRANCH, "bne"},
    {0177400, 0001400, BRANCH, "beq"},	  {0177400, 0002000, BRANCH, "bge"},
    {0177400, 0002400, BRANCH, "blt"},	  {0177400, 0003000, BRANCH, "bgt"},
    {0177400, 0003400, BRANCH, "ble"},	  {0177400, 0100000, BRANCH, "bpl"},
    {0177400, 0100400, BRANCH, "bmi"},	  {0177400, 0101000, BRANCH, "bhi"},
    {0177400, 0101400, BRANCH, "blos"},	  {0177400, 0102000, BRANCH, "bvc"},
    {0177400, 0102400, BRANCH, "bvs"},	  {0177400, 0103000, BRANCH, "bcc"},
    {0177400, 0103400, BRANCH, "bcs"},	  {0177000, 0004000, FROM_REG, "jsr"},
    {0177700, 0000100, SINGLE, "jmp"},	  {0177770, 0000200, REGISTER, "rts"},
    {0177700, 0000300, SINGLE, "swab"},	  {0177700, 0005000, SINGLE, "clr"},
    {0177700, 0005100, SINGLE, "com"},	  {0177700, 0005200, SINGLE, "inc"},
    {0177700, 0005300, SINGLE, "dec"},	  {0177700, 0005400, SINGLE, "neg"},
    {0177700, 0005500, SINGLE, "adc"},	  {0177700, 0005600, SINGLE, "sbc"},
    {0177700, 0005700, SINGLE, "tst"},	  {0177700, 0006000, SINGLE, "ror"},
    {0177700, 0006100, SINGLE, "rol"},	  {0177700, 0006200, SINGLE, "asr"},
    {0177700, 0006300, SINGLE, "asl"},	  {0177700, 0006400, NUMBER, "mark"},
    {0177700, 0006500, SINGLE, "mfpi"},	  {0177700, 0006600, SINGLE, "mtpi"},
    {0177700, 0006700, SINGLE, "sxt"},	  {0177700, 0105000, SINGLE, "clrb"},
    {0177700, 0105100, SINGLE, "comb"},	  {0177700, 0105200, SINGLE, "incb"},
    {0177700, 0105300, SINGLE, "decb"},	  {0177700, 0105400, SINGLE, "negb"},
    {0177700, 0105500, SINGLE, "adcb"},	  {0177700, 0105600, SINGLE, "sbcb"},
    {0177700, 0105700, SINGLE, "tstb"},	  {0177700, 0106000, SINGLE, "rorb"},
    {0177700, 0106100, SINGLE, "rolb"},	  {0177700, 0106200, SINGLE, "asrb"},
    {0177700, 0106300, SINGLE, "aslb"},	  {0177700, 0106500, SINGLE, "mfpd"},
    {0177700, 0106600, SINGLE, "mtpd"},	  {0177000, 0070000, TO_REG, "mul"},
    {0177000, 0071000, TO_REG, "div"},	  {0177000, 0072000, TO_REG, "ash"},
    {0177000, 0073000, TO_REG, "ashc"},	  {0177000, 0074000, FROM_REG, "xor"},
    {0177000, 0077000, SOB, "sob"},	  {0177400, 0104000, NUMBER, "emt"},
    {0177400, 0104400, NUMBER, "sys"},	  {0177777, 0000000, PLAIN, "halt"},
    {0177777, 0000001, PLAIN, "wait"},	  {0177777, 0000002, PLAIN, "rti"},
    {0177777, 0000003, PLAIN, "bpt"},	  {0177777, 0000004, PLAIN, "iot"},
    {0177777, 0000005, PLAIN, "reset"},	  {0177777, 0000006, PLAIN, "rtt"},
    {0177777, 0000241, PLAIN, "clc"},	  {0177777, 0000242, PLAIN, "clv"},
    {0177777, 0000244, PLAIN, "clz"},	  {0177777, 0000250, PLAIN, "cln"},
    {0177777, 0000261, PLAIN, "sec"},	  {0177777, 0000262, PLAIN, "sev"},
    {0177777, 0000264, PLAIN, "sez"},	  {0177777, 0000270, PLAIN, "sen"},
    {0177760, 0000240, NUMBER, "cflg"},	  {0177760, 0000260, NUMBER, "sflg"},
    {0177770, 0000230, NUMBER, "spl"},	  {0177777, 0170000, PLAIN, "cfcc"},
    {0177777, 0170001, PLAIN, "setf"},	  {0177777, 0170002, PLAIN, "seti"},
    {0177777, 0170011, PLAIN, "setd"},	  {0177777, 0170012, PLAIN, "setl"},
    {0177700, 0170100, SINGLE, "ldfps"},  {0177700, 0170200, SINGLE, "stfps"},
    {0177700, 0170300, SINGLE, "stst"},	  {0177700, 0170400, FLOAT, "clrf"},
    {0177700, 0170500, FLOAT, "tstf"},	  {0177700, 0170600, FLOAT, "absf"},
    {0177700, 0170700, FLOAT, "negf"},	  {0177400, 0171000, TO_AC, "mulf"},
    {0177400, 0171400, TO_AC, "modf"},	  {0177400, 0172000, TO_AC, "addf"},
    {0177400, 0172400, TO_AC, "movf"},	  {0177400, 0173000, TO_AC, "subf"},
    {0177400, 0173400, TO_AC, "cmpf"},	  {0177400, 0174000, FROM_AC, "movf"},
    {0177400, 0174400, TO_AC, "divf"},	  {0177400, 0175000, FROM_AC, "movei"},
    {0177400, 0175400, FROM_AC, "movfi"}, {0177400, 0176000, FROM_AC, "movfo"},
    {0177400, 0176400, TO_AC, "movie"},	  {0177400, 0177000, TO_AC, "movif"},
    {0177400, 0177400, TO_AC, "movof"},
};

struct out {
	char *end;
	const u16 *words;
	u16 pc;
	unsigned used;
};

static void say(struct out *o, const char *s)
{
	while (*s)
		*o->end++ = *s++;
	*o->end = '\0';
}

static void say_octal(struct out *o, u32 value)
{
	char digits[8], *p = digits + sizeof(digits);

	*--p = '\0';
	do {
		*--p = (char)('0' + (value & 7));
		value >>= 3;
	} while (value != 0);
	say(o, p);
}

static void say_register(struct out *o, u32 reg)
{
	static const char names[8][3] = {"r0", "r1", "r2", "r3", "r4", "r5", "sp", "pc"};

	say(o, names[reg & 7]);
}

static void say_ac(struct out *o, u32 number)
{
	say(o, "fr");
	say_octal(o, number);
}

static u16 next(struct out *o)
{
	return o->words[o->used++];
}

/* `ac`: mode 0 is one of the FP11's registers. */
static void say_operand(struct out *o, u32 spec, bool ac)
{
	u32 reg = spec & 7, value;

	if (spec < 010) {
		if (ac)
			say_ac(o, reg);
		else
			say_register(o, reg);
		return;
	}
	if ((spec & 010) && spec >= 020)
		say(o, "*");
	switch (spec & 067) {
	case 027:
		say(o, "$");
		say_octal(o, next(o));
		return;
	case 067:
		value = next(o);
		say_octal(o, (value + o->pc + 2 * o->used) & 0xffff);
		return;
	}
	if (spec >= 060)
		say_octal(o, next(o));
	else if (spec >= 040)
		say(o, "-");
	say(o, "(");
	say_register(o, reg);
	say(o, (spec & 060) == 020 ? ")+" : ")");
}

static const struct op *find(u32 word)
{
	for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
		if ((word & ops[i].mask) != ops[i].word)
			continue;
		/* JMP and JSR have no use for a register, nor the FP11 for ac6 and ac7. */
		if ((ops[i].word == 0000100 || ops[i].word == 0004000) && (word & 070) == 0)
			return NULL;
		return &ops[i];
	}
	return NULL;
}

/* Integers are in general registers, numbers in accumulators. */
static bool number_operand(const struct op *op)
{
	return op->word != 0175000 && op->word != 0175400 && op->word != 0176400 &&
	       op->word != 0177000;
}

unsigned pdp11_disasm(char text[PDP11_DISASM_MAX], u16 pc, const u16 words[3])
{
	u32 word = words[0], spec = word & 077;
	const struct op *op = find(word);
	struct out o = {.end = text, .words = words, .pc = pc, .used = 1};
	bool ac = op && (op->form == FLOAT ||
			 ((op->form == TO_AC || op->form == FROM_AC) && number_operand(op)));

	if (op == NULL || (ac && (spec == 6 || spec == 7))) {
		say_octal(&o, word);
		return 1;
	}
	/* From one accumulator to another as takes movf for a load. */
	say(&o, op->word == 0174000 && spec < 4 ? "stf" : op->name);
	if (op->form != PLAIN)
		say(&o, "\t");
	switch (op->form) {
	case DOUBLE:
		say_operand(&o, (word >> 6) & 077, false);
		say(&o, ",");
		say_operand(&o, spec, false);
		break;
	case SINGLE:
	case FLOAT:
		say_operand(&o, spec, ac);
		break;
	case TO_REG:
		say_operand(&o, spec, false);
		say(&o, ",");
		say_register(&o, word >> 6);
		break;
	case FROM_REG:
		say_register(&o, word >> 6);
		say(&o, ",");
		say_operand(&o, spec, false);
		break;
	case TO_AC:
		say_operand(&o, spec, ac);
		say(&o, ",");
		say_ac(&o, (word >> 6) & 3);
		break;
	case FROM_AC:
		say_ac(&o, (word >> 6) & 3);
		say(&o, ",");
		say_operand(&o, spec, ac);
		break;
	case BRANCH:
		say_octal(&o, (pc + 2 + 2 * (u32)(i8)word) & 0xffff);
		break;
	case SOB:
		say_register(&o, word >> 6);
		say(&o, ",");
		say_octal(&o, (pc + 2U - 2 * spec) & 0xffff);
		break;
	case REGISTER:
		say_register(&o, word);
		break;
	case NUMBER:
		say_octal(&o, word & ~(u32)op->mask);
		break;
	}
	return o.used;
}
