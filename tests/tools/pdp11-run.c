/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pdp11-run: runs the PDP-11's interpreter from states it reads and prints the states it ends in,
 * for tests that compare it with another one. All numbers are octal, but for accumulators, which
 * are hexadecimal. A line is one of
 *
 *   pages TEXT_READ TEXT_WRITE DATA_READ DATA_WRITE    masks as in struct pdp11
 *   fill SPACE FROM TO VALUE                           words; a SPACE is t or d
 *   poke SPACE ADDRESS VALUE
 *   run STEPS PSW FPS PC SP R0 ... R5 AC0 ... AC5      prints a line, below
 *   dump                                               prints all words of both, one a line
 *   disasm FROM TO SECOND THIRD    the instructions whose first words are FROM to TO, as they
 *                                  lie one after the other from 0: words and text of each
 *
 * `run` prints the vector of the trap that ended it, 0 for none, PSW FPS FEC FEA PC SP R0 ... R5
 * AC0 ... AC5, and `changed` when an instruction failed and registers are not as before it. It
 * prints `apart` alone before an instruction that others do in another way, and when the trap
 * comes from the last of STEPS.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/pdp11/disasm.h"
#include "cpu/pdp11/pdp11.h"

static u8 text[PDP11_SPACE], data[PDP11_SPACE];
static struct pdp11 cpu = {.text = text, .data = data};

static const u16 vectors[] = {
    [PDP11_TRAP] = 034,	 [PDP11_EMT] = 030,	[PDP11_IOT] = 020, [PDP11_BPT] = 014,
    [PDP11_TRACE] = 014, [PDP11_ILLEGAL] = 010, [PDP11_ODD] = 004, [PDP11_SEGV] = 0250,
    [PDP11_FPE] = 0244,	 [PDP11_EVENT] = 0,
};

static unsigned long number(int base)
{
	char *word = strtok(NULL, " \n"), *end;
	unsigned long value = word ? strtoul(word, &end, base) : 0;

	if (word == NULL || *end != '\0') {
		fprintf(stderr, "pdp11-run: a number is missing\n");
		exit(2);
	}
	return value;
}

static u8 *place(void)
{
	const char *space = strtok(NULL, " \n");

	return space && *space == 't' ? text : data;
}

static void set(u8 *space, unsigned long at, unsigned long value)
{
	space[at & 0177776] = (u8)value;
	space[(at & 0177776) + 1] = (u8)(value >> 8);
}

static unsigned word_at(const u8 *space, unsigned at)
{
	return space[at] | space[at + 1] << 8;
}

/* WAIT, CSM, JSR SP, a traced RTI and one that changes to the other set of registers. */
static bool apart(unsigned word)
{
	u16 sp = (u16)(cpu.r[PDP11_SP] + 2) & 0177776;

	return word == 1 || word >> 6 == 070 || word >> 6 == 046 ||
	       ((word == 2 || word == 6) && ((word_at(data, sp) & 04000) || (cpu.psw & PDP11_T)));
}

static void run(void)
{
	unsigned long steps = number(8);
	enum pdp11_stop stop = PDP11_EVENT;
	bool changed = false;

	cpu.psw = (u16)number(8);
	cpu.fps = (u16)number(8);
	cpu.fec = cpu.fea = 0;
	cpu.r[PDP11_PC] = (u16)number(8);
	cpu.r[PDP11_SP] = (u16)number(8);
	for (int i = 0; i < 6; i++)
		cpu.r[i] = (u16)number(8);
	for (int i = 0; i < 6; i++)
		cpu.ac[i] = number(16);
	while (stop == PDP11_EVENT && steps-- > 0) {
		struct pdp11 before = cpu;
		u16 pc = cpu.r[PDP11_PC];

		if (!(pc & 1) && apart(word_at(text, pc))) {
			puts("apart");
			return;
		}
		stop = pdp11_step(&cpu);
		if (stop == PDP11_ODD || stop == PDP11_SEGV || stop == PDP11_ILLEGAL)
			changed = memcmp(before.r, cpu.r, sizeof(cpu.r)) != 0 ||
				  before.psw != cpu.psw || before.fps != cpu.fps ||
				  before.fec != cpu.fec || before.fea != cpu.fea ||
				  memcmp(before.ac, cpu.ac, sizeof(cpu.ac)) != 0;
	}
	if (stop != PDP11_EVENT && steps == 0) {
		puts("apart");
		return;
	}
	printf("%o %o %o %o %o %o %o", vectors[stop], cpu.psw, cpu.fps, cpu.fec, cpu.fea,
	       cpu.r[PDP11_PC], cpu.r[PDP11_SP]);
	for (int i = 0; i < 6; i++)
		printf(" %o", cpu.r[i]);
	for (int i = 0; i < 6; i++)
		printf(" %lx", cpu.ac[i]);
	puts(changed ? " changed" : "");
}

static void disasm(void)
{
	unsigned long from = number(8), to = number(8);
	u16 words[3], pc = 0;
	char said[PDP11_DISASM_MAX];

	words[1] = (u16)number(8);
	words[2] = (u16)number(8);
	for (; from <= to; from++) {
		unsigned used;

		words[0] = (u16)from;
		used = pdp11_disasm(said, pc, words);
		for (unsigned i = 0; i < used; i++)
			printf("%06o ", words[i]);
		puts(said);
		pc = (u16)(pc + 2 * used);
	}
}

int main(void)
{
	char line[512];

	while (fgets(line, sizeof(line), stdin) != NULL) {
		const char *word = strtok(line, " \n");

		if (word == NULL)
			continue;
		if (strcmp(word, "run") == 0) {
			run();
		} else if (strcmp(word, "poke") == 0) {
			u8 *space = place();
			unsigned long at = number(8);

			set(space, at, number(8));
		} else if (strcmp(word, "fill") == 0) {
			u8 *space = place();
			unsigned long at = number(8), to = number(8), value = number(8);

			for (; at <= to; at += 2)
				set(space, at, value);
		} else if (strcmp(word, "pages") == 0) {
			cpu.text_read = (u16)number(8);
			cpu.text_write = (u16)number(8);
			cpu.data_read = (u16)number(8);
			cpu.data_write = (u16)number(8);
		} else if (strcmp(word, "disasm") == 0) {
			disasm();
		} else if (strcmp(word, "dump") == 0) {
			for (unsigned i = 0; i < PDP11_SPACE; i += 2)
				printf("%o\n", word_at(text, i));
			for (unsigned i = 0; i < PDP11_SPACE; i += 2)
				printf("%o\n", word_at(data, i));
		} else {
			fprintf(stderr, "pdp11-run: %s is no command\n", word);
			return 2;
		}
	}
	return 0;
}
