/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cpu/pdp11: the translator against the interpreter, on programs made by chance.
 *
 * A program is some 40 instructions with forward branches, short loops and calls, in each kind
 * of memory: text that can be written, text that cannot, spaces apart with either. Both engines
 * begin with the same registers and memory and must end with the same, for the same reason. One in
 * eight is no program but bytes.
 *
 *   pdp11_code [SEED [ROUNDS [KIND]]]   from that seed on; one round says what differs
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "cpu/pdp11/code_impl.h"
#include "tests/unit/tap.h"

#define LOW	    0x10000000UL
#define TEXT	    LOW
#define DATA	    (LOW + 0x20000)
#define CPU	    (LOW + 0x40000)
#define ENGINE	    (LOW + 0x100000)
#define STEPS	    3000
#define CODE_AT	    01000
#define DATA_AT	    0x4000
#define STACK_AT    0xfe00
#define PAGES(a, n) ((u16)(((1u << (n)) - 1) << (a)))

enum kind { SHARED_WRITABLE, SHARED_PURE, SEPARATE, SEPARATE_WRITABLE, KINDS };

static u8 visits[PDP11_CODE_VISITS];
static u8 text[PDP11_SPACE], data[PDP11_SPACE], after_text[PDP11_SPACE], after_data[PDP11_SPACE];
static struct pdp11 *const cpu = (struct pdp11 *)CPU;
static struct pdp11_code *engine;
static u64 state;

static u32 chance(u32 n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (u32)(state >> 33) % n;
}

/* ---- programs ------------------------------------------------------------------------------ */

static u32 at;

static void word(u32 w)
{
	text[at] = (u8)w;
	text[at + 1] = (u8)(w >> 8);
	at += 2;
}

static u32 more[2], mores;
static enum kind making;

/* Mostly what works: addresses in the data, few odd ones. */
static u32 operand(bool byte, bool written)
{
	u32 mode = chance(20), reg = chance(7);

	if (mode < 7) {
		if (written && reg == 6 && chance(4))
			reg = chance(6);
		return reg;
	}
	switch (mode) {
	case 7:
	case 8:
		if (!written) { /* immediate */
			more[mores++] = chance(4) ? chance(0x10000) : chance(16);
			return 027;
		}
		/* what follows, in the text */
		if (making == SEPARATE_WRITABLE && chance(3) == 0)
			return 017;
		return 010 | reg;
	case 9:
		more[mores++] = DATA_AT + chance(0x100) * (byte ? 1 : 2);
		return 037;
	case 10:
		more[mores++] = 0xffff & (DATA_AT + chance(0x100) * 2 - at - 64);
		return 067;
	case 11:
		return 010 | reg;
	case 12:
	case 13:
		return 020 | reg;
	case 14:
	case 15:
		return 040 | reg;
	case 16:
		return 030 | reg;
	case 17:
		return 050 | reg;
	case 18:
		more[mores++] = chance(8) ? 0xffff & (chance(0x40) * 2 - 0x20) : chance(0x10000);
		return 060 | reg;
	default:
		more[mores++] = chance(0x20) * 2;
		return 070 | reg;
	}
}

static void two_operands(void)
{
	static const u16 ops[] = {010000,  020000,  030000,  040000,  050000,  060000,
				  0110000, 0120000, 0130000, 0140000, 0150000, 0160000};
	u32 op = ops[chance(ARRAY_LEN(ops))];
	bool byte = (op & 0100000) && op != 0160000;
	u32 src = operand(byte, false), dst;
	bool written = (op & 070000) != 020000 && (op & 070000) != 030000;

	dst = operand(byte, written);
	word(op | src << 6 | dst);
}

static void one_operand(void)
{
	static const u16 ops[] = {05000, 05100, 05200, 05300, 05400, 05500, 05600,
				  05700, 06000, 06100, 06200, 06300, 00300, 06700};
	u32 op = ops[chance(ARRAY_LEN(ops))];
	bool byte = op != 00300 && op != 06700 && chance(3) == 0;

	word(op | (byte ? 0100000u : 0) | operand(byte, op != 05700));
}

static void with_register(void)
{
	static const u16 ops[] = {070000, 071000, 072000, 073000, 074000};
	u32 op = ops[chance(ARRAY_LEN(ops))];

	if (op == 072000 || op == 073000) {
		word(op | chance(6) << 6 | 027);
		word(chance(0x40));
		return;
	}
	word(op | chance(6) << 6 | operand(false, op == 074000));
}

/* Numbers in the data are anything: most of them in the middle of the exponents. */
static void floating(void)
{
	u32 op = chance(16);

	if (op == 0 && chance(3)) {
		word(0170000 | chance(3)); /* CFCC, SETF, SETI */
		return;
	}
	word(0170000 | op << 8 | chance(4) << 6 | operand(false, true));
}

static void instruction(void)
{
	u32 i;

	mores = 0;
	switch (chance(28)) {
	case 0: /* a branch forward */
		i = 1 + chance(15);
		word((i & 8 ? 0100000u : 0) | (i & 7) << 8 | chance(10));
		return;
	case 1: /* a loop of a few instructions; the count is small more often than not */
		word(012700 | chance(6));
		word(chance(5) ? 1 + chance(40) : chance(0x10000));
		i = text[at - 4] & 7;
		mores = 0;
		two_operands();
		for (u32 k = 0; k < mores; k++)
			word(more[k]);
		mores = 0;
		if (chance(2))
			word(077000 | i << 6 | (1 + chance(2)));
		else
			word(05300 | i), word(01000 | (0x100 - 2 - chance(2)) % 0x100);
		return;
	case 2:
		word(000240 | chance(32));
		return;
	case 3: /* a call forward */
		word(004067 | chance(8) << 6);
		word(2 * chance(8));
		return;
	case 4:
		if (chance(6) == 0)
			word(000200 | chance(8));
		return;
	case 5:
		if (chance(4) == 0)
			word(000100 | operand(false, true));
		break;
	case 6:
	case 7:
	case 8:
		with_register();
		break;
	case 9:
		word(chance(20) == 0 ? chance(0x10000) : 000240);
		break;
	case 24:
	case 25:
	case 26:
	case 27:
		floating();
		break;
	case 10:
	case 11:
	case 12:
	case 13:
	case 14:
		one_operand();
		break;
	default:
		two_operands();
		break;
	}
	for (i = 0; i < mores; i++)
		word(more[i]);
}

static void make_program(u64 seed, enum kind kind)
{
	u32 n;

	state = seed * 0x9e3779b97f4a7c15u + 1;
	at = CODE_AT;
	making = kind;
	if (seed % 8 == 0) { /* anything at all */
		for (u32 i = 0; i < PDP11_SPACE; i++) {
			text[i] = (u8)chance(256);
			data[i] = kind >= SEPARATE ? (u8)chance(256) : text[i];
		}
		return;
	}
	memset(text, 0, sizeof(text));
	memset(data, 0, sizeof(data));
	for (u32 i = DATA_AT - 0x400; i < DATA_AT + 0x800; i++)
		data[i] = (u8)(chance(4) ? chance(256) : 0);
	for (u32 i = 0; i < 64; i++) { /* pointers */
		u32 a = DATA_AT + chance(0x200) * 2, p = DATA_AT + chance(0x200) * 2;

		data[a] = (u8)p;
		data[a + 1] = (u8)(p >> 8);
	}
	n = 10 + chance(50);
	for (u32 i = 0; i < n; i++)
		instruction();
	word(0104400 | chance(64)); /* TRAP */
	if (kind < SEPARATE) {
		memcpy(data, text, DATA_AT - 0x400);
		memcpy(text, data, sizeof(text));
	}
}

/* ---- both engines -------------------------------------------------------------------------- */

static u8 first[sizeof(struct pdp11)];

static void set_up(u64 seed, enum kind kind)
{
	u8 *t = (u8 *)TEXT, *d = kind >= SEPARATE ? (u8 *)DATA : t;

	mprotect(t, PDP11_SPACE, PROT_READ | PROT_WRITE);
	mprotect((u8 *)DATA, PDP11_SPACE, PROT_READ | PROT_WRITE);
	memcpy(t, text, PDP11_SPACE);
	if (kind >= SEPARATE)
		memcpy(d, data, PDP11_SPACE);
	memset(cpu, 0, sizeof(*cpu));
	memset(visits, 0, sizeof(visits));
	cpu->visits = visits;
	cpu->hot = 1;
	cpu->text = t;
	cpu->data = d;
	/* Pages 0 and 1 text, 3 to 5 data, 15 the stack. */
	cpu->text_read = kind >= SEPARATE ? PAGES(0, 2) : PAGES(0, 2) | PAGES(3, 3) | PAGES(15, 1);
	cpu->data_read = PAGES(3, 3) | PAGES(15, 1);
	if (kind < SEPARATE)
		cpu->data_read |= PAGES(0, 2);
	cpu->data_write = PAGES(3, 3) | PAGES(15, 1);
	if (kind == SHARED_WRITABLE) {
		cpu->data_write |= PAGES(0, 2);
		cpu->text_write = cpu->data_write;
	}
	if (kind == SEPARATE_WRITABLE)
		cpu->text_write = PAGES(0, 1);
	for (u32 i = 0; i < 16; i++) {
		int prot =
		    (cpu->text_read >> i & 1 ? PROT_READ : 0) |
		    ((kind < SEPARATE ? cpu->data_write : cpu->text_write) >> i & 1 ? PROT_WRITE
										    : 0);

		mprotect(t + i * PDP11_PAGE, PDP11_PAGE, prot);
		if (kind >= SEPARATE)
			mprotect(d + i * PDP11_PAGE, PDP11_PAGE,
				 (cpu->data_read >> i & 1 ? PROT_READ : 0) |
				     (cpu->data_write >> i & 1 ? PROT_WRITE : 0));
	}
	state = seed * 0x9e3779b97f4a7c15u + 99;
	for (u32 i = 0; i < 6; i++)
		cpu->r[i] = (u16)(chance(5) ? DATA_AT + chance(0x180) * 2 : chance(0x10000));
	cpu->r[PDP11_SP] = STACK_AT;
	cpu->r[PDP11_PC] = CODE_AT;
	cpu->psw = (u16)chance(16);
	cpu->fps = (u16)(chance(4) ? 0200 : chance(0x10000) & 0147757);
	for (u32 i = 0; i < 6; i++)
		cpu->ac[i] = ((u64)chance(0x40000000) << 34 | (u64)chance(0x40000000) << 4) ^
			     (chance(3) ? 0x4000000000000000u : 0);
}

static bool protect(void *p, size_t n, bool writable)
{
	return mprotect(p, n, PROT_READ | (writable ? PROT_WRITE : PROT_EXEC)) == 0;
}

static void start_engine(void)
{
	madvise((void *)ENGINE, PDP11_CODE_SIZE, MADV_DONTNEED);
	mprotect((void *)ENGINE, PDP11_CODE_SIZE, PROT_READ | PROT_WRITE);
	engine = pdp11_code_start((void *)ENGINE, cpu, protect);
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

/* By the interpreter, at most STEPS instructions. */
static bool reference(enum pdp11_stop *stop)
{
	for (u32 i = 0; i < STEPS; i++) {
		*stop = pdp11_step(cpu);
		if (*stop != PDP11_EVENT)
			return true;
	}
	return false;
}

static void copy_out(enum kind kind, u8 *t, u8 *d)
{
	mprotect((u8 *)TEXT, PDP11_SPACE, PROT_READ | PROT_WRITE);
	memcpy(t, (u8 *)TEXT, PDP11_SPACE);
	if (kind < SEPARATE)
		return;
	mprotect((u8 *)DATA, PDP11_SPACE, PROT_READ | PROT_WRITE);
	memcpy(d, (u8 *)DATA, PDP11_SPACE);
}

static bool is_restarted(enum pdp11_stop stop)
{
	return stop == PDP11_ODD || stop == PDP11_SEGV;
}

/* Did the program change instructions? The codes it then has may differ (code.h). */
static bool overwrote(void)
{
	for (u32 i = 0; i < WORDS; i++)
		if (engine->words[i] & WORD_NEVER)
			return true;
	return false;
}

static void show(const char *who, const struct pdp11 *p, enum pdp11_stop stop)
{
	printf("# %s: stop %d word %o addr %o psw %o fps %o fec %o fea %o r", who, stop,
	       p->stop_word, p->stop_addr, p->psw, p->fps, p->fec, p->fea);
	for (u32 i = 0; i < 8; i++)
		printf(" %06o", p->r[i]);
	for (u32 i = 0; i < 6; i++)
		printf(" %016lx", p->ac[i]);
	putchar('\n');
}

/* 1 the same, 0 not, -1 nothing to compare. */
static int compare(u64 seed, enum kind kind, bool verbose)
{
	enum pdp11_stop want, got;
	struct pdp11 end;
	bool same;

	make_program(seed, kind);
	set_up(seed, kind);
	memcpy(first, cpu, sizeof(first));
	if (!reference(&want))
		return -1;
	end = *cpu;
	copy_out(kind, after_text, after_data);

	set_up(seed, kind);
	start_engine();
	got = pdp11_code_run(engine);
	same = got == want && memcmp(cpu->r, end.r, sizeof(end.r)) == 0 && cpu->fps == end.fps &&
	       cpu->fec == end.fec && cpu->fea == end.fea &&
	       memcmp(cpu->ac, end.ac, sizeof(end.ac)) == 0 &&
	       (is_restarted(want) ? cpu->stop_addr == end.stop_addr
				   : want == PDP11_FPE || overwrote() || cpu->psw == end.psw);
	if (verbose) {
		for (u32 i = CODE_AT; i < at; i += 2)
			printf("# %06o: %06o\n", i, text[i] | text[i + 1] << 8);
		show("start      ", (struct pdp11 *)first, PDP11_EVENT);
		show("interpreter", &end, want);
		show("translator ", cpu, got);
	}
	copy_out(kind, text, data);
	for (u32 i = 0; i < PDP11_SPACE; i++) {
		bool differs =
		    text[i] != after_text[i] || (kind >= SEPARATE && data[i] != after_data[i]);

		if (differs && verbose)
			printf("# memory at %06o: text %03o, should be %03o; data %03o, %03o\n", i,
			       text[i], after_text[i], data[i], after_data[i]);
		same = same && !differs;
	}
	return same;
}

static void many(enum kind kind, const char *what, u64 first_seed, u64 rounds)
{
	u32 compared = 0, failed = 0;

	for (u64 seed = first_seed; seed < first_seed + rounds && failed < 5; seed++) {
		int same = compare(seed, kind, false);

		compared += same >= 0;
		if (same == 0) {
			failed++;
			printf("# differs: pdp11_code %lu 1 %d\n", seed, kind);
			fflush(stdout);
		}
	}
	ok(failed == 0 && compared > rounds / 2, "%s: %u programs end as in the interpreter", what,
	   compared);
}

int main(int argc, char **argv)
{
	struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
	u64 seed = argc > 1 ? strtoul(argv[1], NULL, 0) : 1;
	u64 rounds = argc > 2 ? strtoul(argv[2], NULL, 0) : 4000;

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	if (mmap((void *)LOW, 0x600000, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1,
		 0) == MAP_FAILED) {
		ok(false, "memory at %lx", LOW);
		return tap_end();
	}
	if (rounds == 1) {
		mprotect((void *)(TEXT + PDP11_SPACE), PDP11_PAGE, PROT_NONE);
		mprotect((void *)(DATA + PDP11_SPACE), PDP11_PAGE, PROT_NONE);
		is_number(compare(seed, argc > 3 ? (enum kind)atoi(argv[3]) : 0, true), 1,
			  "seed %lu", seed);
		return tap_end();
	}
	/* What reaches beyond a space meets nothing. */
	mprotect((void *)(TEXT + PDP11_SPACE), PDP11_PAGE, PROT_NONE);
	mprotect((void *)(DATA + PDP11_SPACE), PDP11_PAGE, PROT_NONE);
	many(SHARED_WRITABLE, "one space, all of it writable", seed, rounds);
	many(SHARED_PURE, "one space, pure text", seed, rounds);
	many(SEPARATE, "text and data apart", seed, rounds);
	many(SEPARATE_WRITABLE, "text and data apart, text writable in part", seed, rounds);
	return tap_end();
}
