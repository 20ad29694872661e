/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pdp11-run [-t]: runs the PDP-11's interpreter, or with -t its translator, from states it reads
 * and prints the states it ends in, for tests that compare it with another one. All numbers are
 * octal, but for accumulators, which are hexadecimal. A line is one of
 *
 *   spaces N                                           2, or 1: no separate data
 *   pages TEXT_READ TEXT_WRITE DATA_READ DATA_WRITE    masks as in struct pdp11
 *   fill SPACE FROM TO VALUE                           words; a SPACE is t or d
 *   poke SPACE ADDRESS VALUE
 *   run STEPS PSW FPS PC SP R0 ... R5 AC0 ... AC5      prints a line, below
 *   dump                                               prints all words of the spaces, one a line
 *   disasm FROM TO SECOND THIRD    the instructions whose first words are FROM to TO, as they
 *                                  lie one after the other from 0: words and text of each
 *
 * `run` prints the vector of the trap that ended it, 0 for none, PSW FPS FEC FEA PC SP R0 ... R5
 * AC0 ... AC5, and `changed` when an instruction failed and registers are not as before it. It
 * prints `apart` alone before an instruction that others do in another way, and when the trap
 * comes from the last of STEPS.
 *
 * The translator takes every instruction it can at the first visit. It knows no steps, so the
 * interpreter says first whether a trap ends them; where none does, its state is printed. Else
 * that of the translator is, with `code` when it has made any and `overwrote` when the program
 * changed instructions (the codes it has then may differ: cpu/pdp11/code.h).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "cpu/pdp11/code_impl.h"
#include "cpu/pdp11/disasm.h"

/* Below 2 GiB, with a page behind each space that is not there. */
#define LOW    0x10000000UL
#define CPU    (LOW + 0x40000)
#define ENGINE (LOW + 0x100000)

static u8 *const text = (u8 *)LOW;
static u8 *data = (u8 *)(LOW + 0x20000);
static struct pdp11 *const cpu = (struct pdp11 *)CPU;
static struct pdp11_code *const engine = (struct pdp11_code *)ENGINE;
static u8 visits[PDP11_CODE_VISITS], text_before[PDP11_SPACE], data_before[PDP11_SPACE];
static bool translated;

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
	u16 sp = (u16)(cpu->r[PDP11_SP] + 2) & 0177776;

	return word == 1 || word >> 6 == 070 || word >> 6 == 046 ||
	       ((word == 2 || word == 6) && ((word_at(data, sp) & 04000) || (cpu->psw & PDP11_T)));
}

static bool is_undone(enum pdp11_stop stop)
{
	return stop == PDP11_ODD || stop == PDP11_SEGV || stop == PDP11_ILLEGAL;
}

static bool same_registers(const struct pdp11 *a, const struct pdp11 *b)
{
	return memcmp(a->r, b->r, sizeof(a->r)) == 0 && a->fps == b->fps && a->fec == b->fec &&
	       a->fea == b->fea && memcmp(a->ac, b->ac, sizeof(a->ac)) == 0;
}

/* Does a fault leave PC where pdp11.h says? Not behind -(PC) and @-(PC). */
static bool says_pc(unsigned word)
{
	return (word & 067) != 047 && (word >> 6 & 067) != 047;
}

/* False before an instruction that others do in another way. */
static bool by_steps(unsigned long *steps, enum pdp11_stop *stop, bool *changed)
{
	while (*stop == PDP11_EVENT && *steps > 0) {
		struct pdp11 before = *cpu;
		u16 pc = cpu->r[PDP11_PC];

		--*steps;
		if (!(pc & 1) && apart(word_at(text, pc)))
			return false;
		*stop = pdp11_step(cpu);
		if (is_undone(*stop))
			*changed = !same_registers(&before, cpu) || before.psw != cpu->psw;
	}
	return true;
}

/* ---- the translator ------------------------------------------------------------------------ */

static bool protect(void *p, size_t n, bool writable)
{
	return mprotect(p, n, PROT_READ | (writable ? PROT_WRITE : PROT_EXEC)) == 0;
}

static void protect_space(u8 *space, u16 may_read, u16 may_write)
{
	for (u32 i = 0; i < PDP11_SPACE / PDP11_PAGE; i++)
		mprotect(space + i * PDP11_PAGE, PDP11_PAGE,
			 (may_read >> i & 1 ? PROT_READ : 0) |
			     (may_write >> i & 1 ? PROT_WRITE : 0));
}

static void on_fault(int sig, siginfo_t *si, void *context)
{
	greg_t *r = ((ucontext_t *)context)->uc_mcontext.gregs;
	struct pdp11_landing l = pdp11_code_landing(engine);

	(void)si;
	if ((u64)r[REG_RIP] < l.low || (u64)r[REG_RIP] >= l.high) {
		signal(sig, SIG_DFL);
		return;
	}
	r[REG_R11] = r[REG_RIP];
	r[REG_RIP] = (greg_t)l.at;
}

static enum pdp11_stop by_translator(void)
{
	enum pdp11_stop stop;

	madvise(engine, PDP11_CODE_SIZE, MADV_DONTNEED);
	mprotect(engine, PDP11_CODE_SIZE, PROT_READ | PROT_WRITE);
	memset(visits, 0, sizeof(visits));
	cpu->watch = NULL;
	cpu->written = 0;
	cpu->visits = visits;
	cpu->hot = 1;
	if (pdp11_code_start(engine, cpu, protect) == NULL) {
		fprintf(stderr, "pdp11-run: no memory for code\n");
		exit(2);
	}
	protect_space(text, cpu->text_read, cpu->text_write);
	if (data != text)
		protect_space(data, cpu->data_read, cpu->data_write);
	stop = pdp11_code_run(engine);
	protect_space(text, 0xffff, 0xffff);
	protect_space(data, 0xffff, 0xffff);
	return stop;
}

static bool overwrote(void)
{
	for (u32 i = 0; i < WORDS; i++)
		if (engine->words[i] & WORD_NEVER)
			return true;
	return false;
}

/* ---- commands ------------------------------------------------------------------------------ */

static void run(void)
{
	unsigned long steps = number(8);
	enum pdp11_stop stop = PDP11_EVENT;
	bool changed = false, code = false;
	struct pdp11 before;

	cpu->psw = (u16)number(8);
	cpu->fps = (u16)number(8);
	cpu->fec = cpu->fea = 0;
	cpu->r[PDP11_PC] = (u16)number(8);
	cpu->r[PDP11_SP] = (u16)number(8);
	for (int i = 0; i < 6; i++)
		cpu->r[i] = (u16)number(8);
	for (int i = 0; i < 6; i++)
		cpu->ac[i] = number(16);
	before = *cpu;
	if (translated) {
		memcpy(text_before, text, PDP11_SPACE);
		memcpy(data_before, data, PDP11_SPACE);
	}
	if (!by_steps(&steps, &stop, &changed) || (stop != PDP11_EVENT && steps == 0)) {
		puts("apart");
		return;
	}
	if (translated && stop != PDP11_EVENT) {
		struct pdp11 end = *cpu;

		memcpy(text, text_before, PDP11_SPACE);
		memcpy(data, data_before, PDP11_SPACE);
		*cpu = before;
		stop = by_translator();
		code = true;
		changed = is_undone(stop) && !same_registers(&end, cpu);
	}
	printf("%o %o %o %o %o %o %o", vectors[stop], cpu->psw, cpu->fps, cpu->fec, cpu->fea,
	       stop == PDP11_ODD ? cpu->stop_pc : cpu->r[PDP11_PC], cpu->r[PDP11_SP]);
	for (int i = 0; i < 6; i++)
		printf(" %o", cpu->r[i]);
	for (int i = 0; i < 6; i++)
		printf(" %lx", cpu->ac[i]);
	printf("%s", changed ? " changed" : "");
	if (stop == PDP11_ODD && !says_pc(cpu->stop_word))
		printf(" nowhere");
	if (code)
		printf("%s%s", engine->places_used ? " code" : "", overwrote() ? " overwrote" : "");
	putchar('\n');
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

static void start(void)
{
	struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	if (mmap(text, 0x100000 + PDP11_CODE_SIZE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1,
		 0) == MAP_FAILED) {
		perror("pdp11-run: memory");
		exit(2);
	}
	mprotect(text + PDP11_SPACE, PDP11_PAGE, PROT_NONE);
	mprotect(data + PDP11_SPACE, PDP11_PAGE, PROT_NONE);
	cpu->text = text;
	cpu->data = data;
}

int main(int argc, char **argv)
{
	char line[512];

	translated = argc > 1 && strcmp(argv[1], "-t") == 0;
	start();
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
		} else if (strcmp(word, "spaces") == 0) {
			data = cpu->data = number(8) == 1 ? text : text + 0x20000;
		} else if (strcmp(word, "pages") == 0) {
			cpu->text_read = (u16)number(8);
			cpu->text_write = (u16)number(8);
			cpu->data_read = (u16)number(8);
			cpu->data_write = (u16)number(8);
		} else if (strcmp(word, "disasm") == 0) {
			disasm();
		} else if (strcmp(word, "dump") == 0) {
			for (unsigned i = 0; i < PDP11_SPACE; i += 2)
				printf("%o\n", word_at(text, i));
			for (unsigned i = 0; i < PDP11_SPACE && data != text; i += 2)
				printf("%o\n", word_at(data, i));
		} else {
			fprintf(stderr, "pdp11-run: %s is no command\n", word);
			return 2;
		}
	}
	return 0;
}
