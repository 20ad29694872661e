/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PDP-11's interpreter: what each group of instructions leaves in registers, memory and the
 * condition codes, what stops it, and that an instruction that failed can be run again. Expected
 * values are the handbook's definitions worked out by hand. tests/tap/pdp11-simh.t compares far
 * more of them with another simulator; this needs none.
 */
#include "tests/unit/pdp11_machine.h"
#include "tests/unit/tap.h"

/* Instructions with one operand: in a register, and in memory behind r1. */
static const struct {
	const char *name;
	u16 word, in, codes, out, after;
} one[] = {
    {"clr", 0005000, 0123456, N | V | C, 0, Z},
    {"com", 0005100, 0123456, 0, 0054321, C},
    {"com 177777", 0005100, 0177777, 0, 0, Z | C},
    {"inc", 0005200, 0077777, C, 0100000, N | V | C},
    {"inc to 0", 0005200, 0177777, 0, 0, Z},
    {"dec", 0005300, 0100000, C, 0077777, V | C},
    {"dec to 0", 0005300, 1, 0, 0, Z},
    {"neg", 0005400, 5, 0, 0177773, N | C},
    {"neg 0", 0005400, 0, C, 0, Z},
    {"neg 100000", 0005400, 0100000, 0, 0100000, N | V | C},
    {"adc", 0005500, 0077777, C, 0100000, N | V},
    {"adc with carry out", 0005500, 0177777, C, 0, Z | C},
    {"adc of nothing", 0005500, 0177777, 0, 0177777, N},
    {"sbc", 0005600, 0100000, C, 0077777, V},
    {"sbc with borrow", 0005600, 0, C, 0177777, N | C},
    {"sbc of nothing", 0005600, 0, 0, 0, Z},
    {"tst", 0005700, 0100000, V | C, 0100000, N},
    {"ror", 0006000, 1, 0, 0, Z | V | C},
    {"ror with carry", 0006000, 0, C, 0100000, N | V},
    {"rol", 0006100, 0100000, C, 1, V | C},
    {"rol to sign", 0006100, 0040000, 0, 0100000, N | V},
    {"asr", 0006200, 0100001, 0, 0140000, N | C},
    {"asr to 0", 0006200, 1, 0, 0, Z | V | C},
    {"asl", 0006300, 0140000, 0, 0100000, N | C},
    {"asl to 0", 0006300, 0100000, 0, 0, Z | V | C},
    {"swab", 0000300, 0000377, V | C, 0177400, Z},
    {"swab, sign of the low byte", 0000300, 0100000, 0, 0000200, N},
    {"sxt of plus", 0006700, 0123456, V | C, 0, Z | C},
    {"sxt of minus", 0006700, 0123456, N | Z | V, 0177777, N},
    {"clrb", 0105000, 0123456, N | C, 0123400, Z},
    {"comb", 0105100, 0123400, 0, 0123777, N | C},
    {"incb", 0105200, 0000177, C, 0000200, N | V | C},
    {"incb to 0", 0105200, 0000777, 0, 0000400, Z},
    {"decb", 0105300, 0000600, 0, 0000577, V},
    {"negb", 0105400, 0000200, 0, 0000200, N | V | C},
    {"adcb", 0105500, 0000377, C, 0, Z | C},
    {"sbcb", 0105600, 0000400, C, 0000777, N | C},
    {"tstb", 0105700, 0177400, C | V, 0177400, Z},
    {"rorb", 0106000, 0000401, 0, 0000400, Z | V | C},
    {"rorb with carry", 0106000, 0000400, C, 0000600, N | V},
    {"rolb", 0106100, 0000600, 0, 0000400, Z | V | C},
    {"asrb", 0106200, 0000601, 0, 0000700, N | C},
    {"aslb", 0106300, 0000500, 0, 0000600, N | V},
};

/* Instructions with two: r0 and r1, and what r2 and r3 point at. `word` has registers 0, 1. */
static const struct {
	const char *name;
	u16 word, src, dst, codes, out, after;
} two[] = {
    {"mov", 0010001, 0100000, 5, V | C, 0100000, N | C},
    {"mov 0", 0010001, 0, 5, V, 0, Z},
    {"cmp equal", 0020001, 7, 7, V | C, 7, Z},
    {"cmp less", 0020001, 1, 2, 0, 2, N | C},
    {"cmp overflow", 0020001, 0100000, 1, C, 1, V},
    {"cmp overflow and borrow", 0020001, 0077777, 0100000, 0, 0100000, N | V | C},
    {"bit", 0030001, 0100001, 0100000, V | C, 0100000, N | C},
    {"bic", 0040001, 0007777, 0107070, V, 0100000, N},
    {"bis", 0050001, 0000070, 0000007, V | C, 0000077, C},
    {"add", 0060001, 0077777, 1, C, 0100000, N | V},
    {"add with carry", 0060001, 0177777, 1, 0, 0, Z | C},
    {"add of two minuses", 0060001, 0100000, 0100000, 0, 0, Z | V | C},
    {"sub", 0160001, 1, 0, 0, 0177777, N | C},
    {"sub overflow", 0160001, 1, 0100000, C, 0077777, V},
    {"sub overflow and borrow", 0160001, 0100000, 0077777, 0, 0177777, N | V | C},
    {"xor", 0074001, 0177777, 0052525, V | C, 0125252, N | C},
    {"cmpb", 0120001, 0000600, 0000201, 0, 0000201, N | C},
    {"bitb", 0130001, 0177400, 0177777, 0, 0177777, Z},
    {"bicb", 0140001, 0000017, 0123777, 0, 0123760, N},
    {"bisb", 0150001, 0177400, 0123401, C, 0123401, C},
};

static void operations(void)
{
	for (size_t i = 0; i < ARRAY_LEN(one); i++) {
		for (int memory = 0; memory < 2; memory++) {
			reset(false);
			cpu.psw = one[i].codes;
			cpu.r[1] = 02000;
			cpu.r[0] = one[i].in;
			put(data, 02000, one[i].in);
			STEP((u16)(one[i].word | (memory ? 011 : 0)));
			is_number(memory ? get(data, 02000) : cpu.r[0], one[i].out, "%s%s",
				  one[i].name, memory ? " of memory" : "");
			is_number(cpu.psw, one[i].after, "... its codes");
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(two); i++) {
		bool x = two[i].word >> 9 == 074;

		for (int memory = 0; memory < 2; memory++) {
			reset(false);
			cpu.psw = two[i].codes;
			cpu.r[0] = two[i].src;
			cpu.r[1] = two[i].dst;
			cpu.r[2] = 02000;
			cpu.r[3] = 02100;
			put(data, 02000, two[i].src);
			put(data, 02100, two[i].dst);
			STEP((u16)(two[i].word | (memory ? (x ? 012 : 01212) : 0)));
			is_number(memory ? get(data, 02100) : cpu.r[1], two[i].out, "%s%s",
				  two[i].name, memory ? " of memory" : "");
			is_number(cpu.psw, two[i].after, "... its codes");
		}
	}
	reset(false);
	cpu.r[0] = 0200;
	cpu.r[1] = 0123456;
	STEP(0110001);
	is_number(cpu.r[1], 0177600, "movb to a register extends the sign");
	cpu.r[2] = 02001;
	put(data, 02000, 0123456);
	STEP(0110012);
	is_number(get(data, 02000), 0100056, "movb to an odd address");
}

/* MUL, DIV, ASH, ASHC with r2 (and r3), the other operand in r0. */
static const struct {
	const char *name;
	u16 word, r0, r2, r3, high, low, after;
} eis[] = {
    {"mul", 0070200, 3, 0177776, 9, 0177777, 0177772, N},
    {"mul, too large for a word", 0070200, 0400, 0400, 9, 1, 0, C},
    {"mul by 0", 0070200, 0, 0400, 9, 0, 0, Z},
    {"mul of the least", 0070200, 0100000, 0100000, 9, 0040000, 0, C},
    {"mul, 32768", 0070200, 2, 0040000, 0, 0, 0100000, C},
    {"div", 0071200, 7, 0, 100, 14, 2, 0},
    {"div of minus", 0071200, 7, 0177777, 0177634, 0177762, 0177776, N},
    {"div to 0", 0071200, 7, 0, 5, 0, 5, Z},
    {"div by 0", 0071200, 0, 1, 2, 1, 2, Z | V | C},
    {"div, quotient too large", 0071200, 1, 1, 0, 1, 0, V},
    {"div, quotient too small", 0071200, 1, 0177776, 0, 0177776, 0, N | V},
    {"div, the least by -1", 0071200, 0177777, 0100000, 0, 0100000, 0, V},
    {"div to -32768", 0071200, 1, 0177777, 0100000, 0100000, 0, N},
    {"ash 0", 0072200, 0, 0100000, 9, 0100000, 9, N},
    {"ash 1", 0072200, 1, 0040000, 9, 0100000, 9, N | V},
    {"ash 1 of minus", 0072200, 1, 0140000, 9, 0100000, 9, N | C},
    {"ash 2, the sign changes on the way", 0072200, 2, 0120000, 9, 0100000, 9, N | V},
    {"ash 15", 0072200, 15, 1, 9, 0100000, 9, N | V},
    {"ash 16", 0072200, 16, 1, 9, 0, 9, Z | V | C},
    {"ash 31", 0072200, 31, 1, 9, 0, 9, Z | V},
    {"ash -1", 0072200, 077, 0100001, 9, 0140000, 9, N | C},
    {"ash -16", 0072200, 060, 0100000, 9, 0177777, 9, N | C},
    {"ash -32", 0072200, 040, 0077777, 9, 0, 9, Z},
    {"ash, count of six bits", 0072200, 0177701, 1, 9, 2, 9, 0},
    {"ashc 0", 0073200, 0, 0, 0, 0, 0, Z},
    {"ashc 1", 0073200, 1, 0, 0100000, 1, 0, 0},
    {"ashc 16", 0073200, 16, 0, 1, 1, 0, 0},
    {"ashc 31", 0073200, 31, 0, 1, 0100000, 0, N | V},
    {"ashc 31 of 2", 0073200, 31, 0, 2, 0, 0, Z | V | C},
    {"ashc -1", 0073200, 077, 0100000, 1, 0140000, 0, N | C},
    {"ashc -32", 0073200, 040, 0100000, 1, 0177777, 0177777, N | C},
};

static void extended(void)
{
	for (size_t i = 0; i < ARRAY_LEN(eis); i++) {
		reset(false);
		cpu.psw = V | C;
		cpu.r[0] = eis[i].r0;
		cpu.r[2] = eis[i].r2;
		cpu.r[3] = eis[i].r3;
		STEP(eis[i].word);
		is_number((long)cpu.r[2] << 16 | cpu.r[3], (long)eis[i].high << 16 | eis[i].low,
			  "%s", eis[i].name);
		is_number(cpu.psw, eis[i].after, "... its codes");
	}
	reset(false);
	cpu.r[0] = 0400;
	cpu.r[3] = 0401;
	STEP(0070300);
	is_number(cpu.r[3], 0400, "mul to an odd register keeps the lower half");
	cpu.r[3] = 1;
	cpu.r[0] = 077;
	STEP(0073300);
	is_number(cpu.r[3], 0100000, "ashc of an odd register rotates it");
}

static void operands(void)
{
	reset(false);
	cpu.r[1] = 02000;
	STEP(0010121);
	is_number(get(data, 02000), 02000, "mov r1,(r1)+ stores r1 as it was");
	is_number(cpu.r[1], 02002, "... and steps it");
	STEP(0010141);
	is_number(get(data, 02000), 02002, "mov r1,-(r1) stores r1 as it was");
	put(data, 02000, 7);
	STEP(0012101);
	is_number(cpu.r[1], 7, "mov (r1)+,r1 leaves what was read");
	STEP(0010746);
	is_number(get(data, cpu.r[6]), 01002, "mov pc,-(sp) pushes what is behind it");
	STEP(0010767, 010);
	is_number(get(data, 01014), 01002, "mov pc,10 stores PC before the index word is fetched");
	cpu.r[6] = 02000;
	STEP(0105726);
	is_number(cpu.r[6], 02002, "tstb (sp)+ steps by two");
	cpu.r[1] = 02000;
	STEP(0105721);
	is_number(cpu.r[1], 02001, "tstb (r1)+ steps by one");
	put(data, 02000, 03000);
	put(data, 03000, 42);
	cpu.r[1] = 02000;
	STEP(0113102);
	is_number(cpu.r[2], 42, "movb @(r1)+,r2");
	is_number(cpu.r[1], 02002, "... steps by two");
	STEP(0115103);
	is_number(cpu.r[3], 42, "movb @-(r1),r3");
	STEP(0016102, 01000);
	is_number(cpu.r[2], 42, "mov 1000(r1),r2");
	STEP(0016702, 01774);
	is_number(cpu.r[2], 42, "mov 3000,r2 by PC");
	put(data, 02010, 03000);
	STEP(0017102, 010);
	is_number(cpu.r[2], 42, "mov @10(r1),r2");
	STEP(0013702, 03000);
	is_number(cpu.r[2], 42, "mov @#3000,r2");
	STEP(0112702, 0377);
	is_number(cpu.r[2], 0177777, "movb #377,r2");
	is_number(cpu.r[7], 01004, "... is two words long");
	cpu.r[1] = 0177776;
	put(data, 0177776, 5);
	STEP(0012102);
	ok(cpu.r[2] == 5 && cpu.r[1] == 0, "an address wraps around at 64 KiB");
	cpu.r[1] = 2;
	put(data, 0, 6);
	STEP(0016102, 0177776);
	is_number(cpu.r[2], 6, "so does an index");
	put(data, 0177776, 0000240);
	cpu.r[7] = 0177776;
	pdp11_step(&cpu);
	is_number(cpu.r[7], 0, "and PC");
	STEP(0062707, 010);
	is_number(cpu.r[7], 01014, "add #10,pc jumps");
	cpu.r[7] = 01000;
	STEP(0005747);
	is_number(cpu.r[7], 01000, "tst -(pc) runs itself again");
}

static void flow(void)
{
	static const struct {
		u16 word;
		const char *name, *taken; /* one of 16 codes each: NZVC */
	} branches[] = {
	    {0000400, "br", "1111111111111111"},   {0001000, "bne", "1111000011110000"},
	    {0001400, "beq", "0000111100001111"},  {0002000, "bge", "1100110000110011"},
	    {0002400, "blt", "0011001111001100"},  {0003000, "bgt", "1100000000110000"},
	    {0003400, "ble", "0011111111001111"},  {0100000, "bpl", "1111111100000000"},
	    {0100400, "bmi", "0000000011111111"},  {0101000, "bhi", "1010000010100000"},
	    {0101400, "blos", "0101111101011111"}, {0102000, "bvc", "1100110011001100"},
	    {0102400, "bvs", "0011001100110011"},  {0103000, "bcc", "1010101010101010"},
	    {0103400, "bcs", "0101010101010101"},
	};
	u16 was;

	for (size_t i = 0; i < ARRAY_LEN(branches); i++) {
		char taken[17] = "";

		for (u16 codes = 0; codes < 16; codes++) {
			reset(false);
			cpu.psw = codes;
			STEP(branches[i].word | 0177);
			taken[codes] = cpu.r[7] == 01400 ? '1' : cpu.r[7] == 01002 ? '0' : '?';
			STEP(branches[i].word | 0200);
			if (cpu.r[7] != (taken[codes] == '1' ? 0402 : 01002))
				taken[codes] = 'b';
		}
		is_string(taken, branches[i].taken, "%s", branches[i].name);
	}
	reset(false);
	cpu.r[2] = 2;
	STEP(0077203);
	is_number(cpu.r[7], 0774, "sob");
	STEP(0077203);
	ok(cpu.r[7] == 01002 && cpu.r[2] == 0, "sob at the end");
	cpu.r[5] = 0123456;
	STEP(0004537, 03000);
	ok(cpu.r[7] == 03000 && cpu.r[5] == 01004 && get(data, cpu.r[6]) == 0123456,
	   "jsr r5,@#3000");
	put(data, 03000, 0000205);
	pdp11_step(&cpu);
	ok(cpu.r[7] == 01004 && cpu.r[5] == 0123456, "rts r5");
	put(data, cpu.r[6], 04000);
	STEP(0000207);
	is_number(cpu.r[7], 04000, "rts pc");
	cpu.r[6] = 02000;
	STEP(0004637, 03000);
	ok(cpu.r[7] == 03000 && cpu.r[6] == 01004 && get(data, 01776) == 02000,
	   "jsr sp pushes sp as it was");
	cpu.r[6] = 0x8000;
	was = cpu.r[6];
	put(data, (u16)(was - 2), 03000);
	cpu.r[6] -= 2;
	STEP(0004736);
	ok(cpu.r[7] == 03000 && cpu.r[6] == was - 2 && get(data, cpu.r[6]) == 01002,
	   "jsr pc,@(sp)+ changes places");
	cpu.r[1] = 02000;
	STEP(0000121);
	ok(cpu.r[7] == 02000 && cpu.r[1] == 02002, "jmp (r1)+ goes to r1 as it was");
	cpu.r[5] = 03000;
	put(data, 01012, 0123456);
	STEP(0006404);
	ok(cpu.r[7] == 03000 && cpu.r[5] == 0123456 && cpu.r[6] == 01014, "mark 4");
	reset(false);
	put(data, 0x8000, 03000);
	put(data, 0x8002, 0177417);
	STEP(0000002);
	ok(cpu.r[7] == 03000 && cpu.psw == 017 && cpu.r[6] == 0x8004,
	   "rti changes the codes alone");
	STEP(0000252);
	is_number(cpu.psw, Z | C, "codes may be cleared");
	STEP(0000270);
	is_number(cpu.psw, N | Z | C, "and set");
}

static void stops(void)
{
	static const struct {
		u16 word;
		int stop;
		const char *name;
	} plain[] = {
	    {0104417, PDP11_TRAP, "trap"},	{0104017, PDP11_EMT, "emt"},
	    {0000004, PDP11_IOT, "iot"},	{0000003, PDP11_BPT, "bpt"},
	    {0000000, PDP11_ODD, "halt"},	{0000001, PDP11_EVENT, "wait"},
	    {0000005, PDP11_EVENT, "reset"},	{0000237, PDP11_EVENT, "spl"},
	    {0000007, PDP11_ILLEGAL, "mfpt"},	{0000010, PDP11_ILLEGAL, "10"},
	    {0000102, PDP11_ILLEGAL, "jmp r2"}, {0004702, PDP11_ILLEGAL, "jsr pc,r2"},
	    {0000210, PDP11_ILLEGAL, "210"},	{0007011, PDP11_ILLEGAL, "csm"},
	    {0007211, PDP11_ILLEGAL, "tstset"}, {0106400, PDP11_ILLEGAL, "mtps"},
	    {0106700, PDP11_ILLEGAL, "mfps"},	{0075000, PDP11_ILLEGAL, "fadd"},
	    {0076000, PDP11_ILLEGAL, "cis"},	{0107000, PDP11_ILLEGAL, "107000"},
	};
	u32 event = 0;

	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		reset(false);
		is_number(STEP(plain[i].word), plain[i].stop, "%s", plain[i].name);
		is_number(cpu.r[7],
			  plain[i].stop == PDP11_ILLEGAL || plain[i].stop == PDP11_ODD ? 01000
										       : 01002,
			  "... its PC");
	}
	reset(false);
	cpu.event = &event;
	event = 1;
	put(data, 01000, 0000777);
	is_number(pdp11_interp(&cpu), PDP11_EVENT, "an event ends a loop");
	is_number(cpu.r[7], 01000, "... at the jump's target");
	event = 0;
	put(data, 01000, 0000240);
	put(data, 01002, 0104400);
	cpu.r[7] = 01000;
	is_number(pdp11_interp(&cpu), PDP11_TRAP, "the interpreter runs to a trap");
	is_number(cpu.r[7], 01004, "... and is behind it");

	reset(false);
	cpu.psw = PDP11_T;
	put(data, 01000, 0000240);
	is_number(pdp11_interp(&cpu), PDP11_TRACE, "T traps after an instruction");
	is_number(cpu.r[7], 01002, "... after one");
	for (int rtt = 0; rtt < 2; rtt++) {
		reset(false);
		put(data, 0x8000, 02000);
		put(data, 0x8002, PDP11_T);
		put(data, 02000, 0000240);
		put(data, 01000, rtt ? 6 : 2);
		is_number(pdp11_interp(&cpu), PDP11_TRACE, "%s that sets T", rtt ? "rtt" : "rti");
		is_number(cpu.r[7], rtt ? 02002 : 02000, "... traps %s",
			  rtt ? "an instruction later" : "at once");
	}
}

static void traced_return(void)
{
	for (int rtt = 0; rtt < 2; rtt++) {
		for (int t = 0; t < 2; t++) {
			reset(false);
			cpu.psw = PDP11_T;
			put(data, 0x8000, 02000);
			put(data, 0x8002, t ? PDP11_T : 0);
			is_number(STEP(rtt ? 6 : 2), t && !rtt ? PDP11_TRACE : PDP11_EVENT,
				  "a traced %s that %s T", rtt ? "rtt" : "rti",
				  t ? "keeps" : "clears");
		}
	}
}

static void same_again(const char *name, enum pdp11_stop want, u16 addr, bool in_text)
{
	struct pdp11 before = cpu;
	enum pdp11_stop stop;

	before.r[PDP11_PC] = 01000;
	cpu.r[PDP11_PC] = 01000;
	stop = pdp11_step(&cpu);
	ok(stop == want && cpu.stop_addr == addr && cpu.stop_text == in_text, "%s: %d at %o", name,
	   stop, cpu.stop_addr);
	ok(memcmp(before.r, cpu.r, sizeof(cpu.r)) == 0 && before.psw == cpu.psw &&
	       before.fps == cpu.fps && before.fec == cpu.fec &&
	       memcmp(before.ac, cpu.ac, sizeof(cpu.ac)) == 0,
	   "... and nothing has changed");
}

#define AGAIN(name, want, addr, in_text, ...)                                                      \
	do {                                                                                       \
		const u16 words[] = {__VA_ARGS__};                                                 \
		for (size_t i = 0; i < ARRAY_LEN(words); i++)                                      \
			put(cpu.text, (u16)(01000 + 2 * i), words[i]);                             \
		same_again(name, want, addr, in_text);                                             \
	} while (0)

static void faults(void)
{
	reset(true);
	cpu.data_read = cpu.data_write = 0xffff & ~(1 << 5); /* 050000 to 057777 */
	cpu.data_write &= (u16) ~(1 << 4);
	cpu.text_read = 1;
	cpu.r[1] = 02000;
	cpu.r[2] = 050000;
	cpu.r[3] = 060000;
	cpu.r[4] = 02001;
	cpu.psw = 017;
	AGAIN("mov (r2)+,r0", PDP11_SEGV, 050000, false, 0012200);
	AGAIN("mov (r1)+,(r2)+", PDP11_SEGV, 050000, false, 0012122);
	AGAIN("mov -(r1),-(r3)", PDP11_SEGV, 057776, false, 0014143);
	AGAIN("movb (r1)+,(r2)+", PDP11_SEGV, 050000, false, 0112122);
	put(data, 02000, 1);
	AGAIN("cmp @(r1)+,(r2) by an odd pointer", PDP11_ODD, 1, false, 0023112);
	put(data, 02000, 03000);
	AGAIN("cmp @(r1)+,(r2)", PDP11_SEGV, 050000, false, 0023112);
	AGAIN("mov (r4)+,r0", PDP11_ODD, 02001, false, 0012400);
	AGAIN("add (r1)+,-(r4)", PDP11_ODD, 01777, false, 0062144);
	AGAIN("inc (r2)+", PDP11_SEGV, 050000, false, 0005222);
	AGAIN("jmp @(r2)+", PDP11_SEGV, 050000, false, 0000132);
	AGAIN("mov $1,$1", PDP11_SEGV, 01004, true, 0012727, 1, 1);
	AGAIN("mov 10000(r1),40000(r1)", PDP11_SEGV, 042000, false, 0016161, 010000, 040000);
	cpu.r[6] = 050002;
	AGAIN("jsr r5,(r1)+", PDP11_SEGV, 050000, false, 0004521);
	AGAIN("jsr pc,@(sp)+", PDP11_SEGV, 050002, false, 0004736);
	AGAIN("mov r1,-(sp)", PDP11_SEGV, 050000, false, 0010146);
	cpu.r[6] = 050000;
	AGAIN("rts pc", PDP11_SEGV, 050000, false, 0000207);
	AGAIN("rti", PDP11_SEGV, 050000, false, 0000002);
	AGAIN("mtpd (r1)+", PDP11_SEGV, 050000, false, 0106621);
	cpu.r[6] = 060000;
	AGAIN("rtt", PDP11_SEGV, 050000, false, (cpu.r[6] = 050000, 0000006));
	cpu.r[6] = 050002;
	AGAIN("mfpi (r1)+", PDP11_SEGV, 050000, false, 0006521);
	cpu.r[2] = 047774;
	AGAIN("setd; stf ac0,(r2)+", PDP11_SEGV, 047774, false, (cpu.fps = 0200, 0174022));
	AGAIN("ldf (r2)+,ac0", PDP11_SEGV, 050000, false, 0172422);
	cpu.ac[0] = 0x7f80000000000000;
	cpu.fps = 0400;
	cpu.r[2] = 050000;
	AGAIN("stcfi ac0,(r2)+ that does not fit", PDP11_SEGV, 050000, false, 0175422);
	cpu.r[PDP11_PC] = 010000;
	ok(pdp11_step(&cpu) == PDP11_SEGV && cpu.stop_addr == 010000 && cpu.stop_text &&
	       cpu.r[7] == 010000,
	   "no text to run");
	cpu.r[PDP11_PC] = 01001;
	ok(pdp11_step(&cpu) == PDP11_ODD && cpu.stop_text, "text at an odd address");
	put(text, 07776, 0012700);
	cpu.r[PDP11_PC] = 07776;
	ok(pdp11_step(&cpu) == PDP11_SEGV && cpu.stop_addr == 010000 && cpu.r[7] == 07776,
	   "no text for the second word");

	/* As a shell does: the page comes, and the instruction is run again. */
	cpu.r[1] = 02000;
	cpu.r[2] = 050000;
	put(data, 02000, 0123456);
	AGAIN("mov (r1)+,(r2)+", PDP11_SEGV, 050000, false, 0012122);
	cpu.data_read = cpu.data_write = 0xffff;
	ok(pdp11_step(&cpu) == PDP11_EVENT && get(data, 050000) == 0123456 && cpu.r[1] == 02002 &&
	       cpu.r[2] == 050002,
	   "the instruction is run again when the page has come");
}

static void spaces(void)
{
	reset(true);
	put(text, 02000, 1);
	put(data, 02000, 2);
	put(text, 03000, 3);
	put(data, 03000, 4);
	cpu.r[1] = 02000;
	STEP(0011102);
	is_number(cpu.r[2], 2, "(r1) is data");
	STEP(0013702, 03000);
	is_number(cpu.r[2], 4, "@# has its address in the text and reads data");
	STEP(0012702, 03000);
	is_number(cpu.r[2], 03000, "an immediate operand is text");
	STEP(0016702, 01774);
	is_number(cpu.r[2], 4, "PC-relative is data");
	put(data, 03000, 02000);
	STEP(0017702, 01774);
	is_number(cpu.r[2], 2, "its pointer is data, too");
	STEP(0011702, 0000240);
	is_number(cpu.r[2], 0000240, "(pc) is text");
	cpu.r[6] = 04000;
	STEP(0006511);
	is_number(get(data, 03776), 2, "mfpi in user mode reads data");
	STEP(0106511);
	is_number(get(data, 03774), 2, "mfpd reads data");
	is_number(STEP(0006611), PDP11_SEGV, "mtpi writes text");
	cpu.text_write = 0xffff;
	put(data, cpu.r[6], 077);
	STEP(0006611);
	is_number(get(text, 02000), 077, "... where it may");
	put(data, cpu.r[6], 066);
	STEP(0106611);
	is_number(get(data, 02000), 066, "mtpd writes data");
}

int main(void)
{
	operations();
	extended();
	operands();
	flow();
	stops();
	traced_return();
	faults();
	spaces();
	return tap_end();
}
