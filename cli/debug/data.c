/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/data.c: what a program of the PDP-11 holds, and how it is written and read: numbers
 * as C has them, shown in octal; names of its symbols and registers; * for the word at an address.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "cli/debug/prompt.h"
#include "cpu/pdp11/decode.h"
#include "cpu/pdp11/disasm.h"
#include "cpu/pdp11/stub.h"

#define PIECE	 256
#define DEPTH	 50
#define FRAMES	 100
#define JSR_CSV	 004567 /* jsr r5,csv: how a function of C begins */
#define LIST_MAX 1000

static int complain(const char *text)
{
	printf("%s\n", text);
	return 0;
}

/* ---- memory and registers ---------------------------------------------------------------- */

static int digit(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

bool prompt_read(struct prompt *p, u16 addr, bool text, u8 *to, u32 n)
{
	for (u32 done = 0; done < n;) {
		u32 piece = MIN(n - done, (u32)PIECE), at = (addr + done) & 0xffff;
		const char *a = p->s.answer;
		size_t got;

		piece = MIN(piece, PDP11_SPACE - at);
		if (!session_ask(&p->s, "m%x,%x", at | (text ? STUB_TEXT : 0), piece))
			return complain("The program is gone.");
		got = strspn(a, "0123456789abcdef") / 2;
		if (a[0] == 'E' || got == 0) {
			printf("There is no memory at %#o.\n", at);
			return false;
		}
		got = MIN(got, (size_t)piece);
		for (size_t i = 0; i < got; i++)
			to[done++] = (u8)(digit(a[2 * i]) << 4 | digit(a[2 * i + 1]));
	}
	return true;
}

bool prompt_word(struct prompt *p, u16 addr, u16 *value)
{
	u8 b[2];

	if (!prompt_read(p, addr & 0xfffe, false, b, 2))
		return false;
	*value = (u16)(b[0] | b[1] << 8);
	return true;
}

bool prompt_store(struct prompt *p, u16 addr, const u8 *from, u32 n)
{
	char hex[32] = "";

	for (u32 i = 0; i < n && i < 8; i++)
		sprintf(hex + 2 * i, "%02x", from[i]);
	if (!session_ask(&p->s, "M%x,%x:%s", addr, n, hex))
		return complain("The program is gone.");
	if (strcmp(p->s.answer, "OK") != 0)
		printf("There is no memory at %#o.\n", addr);
	return strcmp(p->s.answer, "OK") == 0;
}

bool prompt_registers(struct prompt *p)
{
	const char *a = p->s.answer;

	if (!session_ask(&p->s, "g") || strspn(a, "0123456789abcdef") < 36)
		return false;
	for (int i = 0; i < 9; i++) {
		u16 v = (u16)(digit(a[4 * i]) << 4 | digit(a[4 * i + 1]) |
			      digit(a[4 * i + 2]) << 12 | digit(a[4 * i + 3]) << 8);

		if (i < 8)
			p->r[i] = v;
		else
			p->ps = v;
	}
	return true;
}

bool prompt_set_register(struct prompt *p, int n, u16 value)
{
	if (!session_ask(&p->s, "P%x=%02x%02x", (unsigned)n, value & 0xff, value >> 8))
		return complain("The program is gone.");
	return prompt_registers(p);
}

/* ---- floating point ----------------------------------------------------------------------- */

/* A sign, eight bits of exponent that count from 128, and a fraction behind a first bit that is
 * not written; F_floating is the upper half (PDP-11 Processor Handbook, floating point). */
static double value_of_float(u64 bits, bool twice)
{
	int exponent = (int)(bits >> 55 & 0xff);
	u64 fraction = (bits & ((1UL << 55) - 1)) | 1UL << 55;

	if (!twice)
		fraction &= ~0xffffffffUL;
	if (exponent == 0) /* with a sign it would be a trap */
		return 0;
	return (bits >> 63 ? -1 : 1) * ldexp((double)fraction, exponent - 128 - 56);
}

static bool wide_register(struct prompt *p, int n, int bytes, u64 *value)
{
	const char *a = p->s.answer;

	if (!session_ask(&p->s, "p%x", (unsigned)n) ||
	    strspn(a, "0123456789abcdef") < 2 * (size_t)bytes)
		return complain("The program is gone.");
	*value = 0;
	for (int i = bytes - 1; i >= 0; i--)
		*value = *value << 8 | (u64)(digit(a[2 * i]) << 4 | digit(a[2 * i + 1]));
	return true;
}

void prompt_floats(struct prompt *p)
{
	u64 fps, ac;
	bool twice;

	if (!wide_register(p, STUB_FPS, 2, &fps))
		return;
	twice = fps & 0200;
	printf("fps %06llo  %s\n", (unsigned long long)fps, twice ? "double" : "single");
	for (int i = 0; i < 6; i++) {
		if (!wide_register(p, STUB_AC0 + i, 8, &ac))
			return;
		printf("ac%d %06llo %06llo %06llo %06llo  %.*g\n", i,
		       (unsigned long long)(ac >> 48), (unsigned long long)(ac >> 32 & 0xffff),
		       (unsigned long long)(ac >> 16 & 0xffff), (unsigned long long)(ac & 0xffff),
		       twice ? 17 : 9, value_of_float(ac, twice));
	}
}

int register_named(const char *name, size_t n)
{
	static const char *const names[] = {"r0", "r1", "r2", "r3", "r4", "r5",
					    "sp", "pc", "ps", "r6", "r7"};

	for (int i = 0; i < (int)ARRAY_LEN(names); i++)
		if (strlen(names[i]) == n && strncmp(names[i], name, n) == 0)
			return i < 9 ? i : i - 3;
	return -1;
}

/* ---- expressions ------------------------------------------------------------------------- */

static bool sum(struct prompt *p, const char **text, u16 *value, int depth);

static void blanks(const char **text)
{
	while (isspace((unsigned char)**text))
		++*text;
}

static bool in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '~' || c == '.';
}

static bool name(struct prompt *p, const char **text, u16 *value)
{
	const char *from = *text + (**text == '$');
	size_t n = 0;
	int reg;
	const struct symbol *symbol;
	CLEAN_FREE char *copy = NULL;

	while (in_name(from[n]))
		n++;
	reg = register_named(from, n);
	copy = format_string("%.*s", (int)n, from);
	symbol = **text == '$' ? NULL : symbol_named(&p->symbols, copy);
	*text = from + n;
	if (symbol != NULL)
		*value = symbol->value;
	else if (reg >= 0)
		*value = reg == 8 ? p->ps : p->r[reg];
	else
		printf("There is no symbol and no register '%s'.\n", copy);
	return symbol != NULL || reg >= 0;
}

static bool unary(struct prompt *p, const char **text, u16 *value, int depth)
{
	blanks(text);
	if (depth > DEPTH)
		return complain("That is too deep.");
	switch (**text) {
	case '*':
		++*text;
		return unary(p, text, value, depth + 1) && prompt_word(p, *value, value);
	case '-':
		++*text;
		if (!unary(p, text, value, depth + 1))
			return false;
		*value = (u16) - *value;
		return true;
	case '(':
		++*text;
		if (!sum(p, text, value, depth + 1))
			return false;
		blanks(text);
		if (**text != ')')
			return complain("A ')' is missing.");
		++*text;
		return true;
	default:
		break;
	}
	if (isdigit((unsigned char)**text)) {
		char *end;
		unsigned long n = strtoul(*text, &end, 0);

		if (in_name(*end) || n > 0xffff) {
			printf("'%s' begins with no number of 16 bits.\n", *text);
			return false;
		}
		*value = (u16)n;
		*text = end;
		return true;
	}
	if (**text != '$' && !in_name(**text))
		return complain(**text == '\0' ? "An address or a value is missing."
					       : "That is no value.");
	return name(p, text, value);
}

static bool sum(struct prompt *p, const char **text, u16 *value, int depth)
{
	if (!unary(p, text, value, depth))
		return false;
	for (;;) {
		u16 right;
		char op;

		blanks(text);
		op = **text;
		if (op != '+' && op != '-')
			return true;
		++*text;
		if (!unary(p, text, &right, depth))
			return false;
		*value = (u16)(op == '+' ? *value + right : *value - right);
	}
}

bool prompt_value(struct prompt *p, const char **text, u16 *value)
{
	return sum(p, text, value, 0);
}

bool prompt_only_value(struct prompt *p, const char *text, u16 *value)
{
	if (!sum(p, &text, value, 0))
		return false;
	blanks(&text);
	if (*text != '\0')
		printf("'%s' makes no sense there.\n", text);
	return *text == '\0';
}

/* ---- showing ----------------------------------------------------------------------------- */

const char *prompt_place(const struct prompt *p, u16 addr, bool text)
{
	static char out[4][192];
	static int turn;
	const struct symbol *s = symbol_at(&p->symbols, addr, text);
	char *to = out[turn++ % 4];

	if (s == NULL)
		snprintf(to, sizeof(out[0]), "%06o", addr);
	else if (s->value == addr)
		snprintf(to, sizeof(out[0]), "%06o <%s>", addr, s->name);
	else
		snprintf(to, sizeof(out[0]), "%06o <%s+%o>", addr, s->name, addr - s->value);
	return to;
}

/* Where a call or jump with an address in it goes. */
static bool target_of(const u8 *bytes, u16 addr, u16 *target)
{
	static u8 space[PDP11_SPACE];
	struct pdp11_insn in;

	for (u32 i = 0; i < INSTRUCTION; i++)
		space[(addr + i) & 0xffff] = bytes[i];
	if (!pdp11_decode(space, 0xffff, addr, &in))
		return false;
	if (in.op == PDP11_OP_BR || in.op == PDP11_OP_BCC || in.op == PDP11_OP_SOB) {
		*target = in.target;
		return true;
	}
	if ((in.op != PDP11_OP_JSR && in.op != PDP11_OP_JMP) || in.dst.reg != PDP11_PC ||
	    (in.dst.mode != 6 && in.dst.mode != 3))
		return false;
	*target = (u16)(in.dst.word + (in.dst.mode == 6 ? addr + in.len : 0));
	return true;
}

/* As much of an instruction's three words as is there. */
static bool fetch(struct prompt *p, u16 addr, u8 bytes[INSTRUCTION])
{
	memset(bytes, 0, INSTRUCTION);
	return prompt_read(p, addr, true, bytes, addr < 0xfffc ? INSTRUCTION : 2);
}

u32 prompt_instruction(struct prompt *p, u16 addr, const char *mark)
{
	u8 b[INSTRUCTION];
	char text[PDP11_DISASM_MAX];
	u16 words[3], target;
	unsigned n;

	if (!fetch(p, addr, b))
		return 0;
	for (int i = 0; i < 3; i++)
		words[i] = (u16)(b[2 * i] | b[2 * i + 1] << 8);
	n = pdp11_disasm(text, addr, words);
	printf("%s%s:\t%s", mark, prompt_place(p, addr, true), text);
	if ((words[0] & 0177400) == 0104400 && p->calls != NULL)
		for (size_t i = 0; i < p->calls->count; i++)
			if (p->calls->rows[i].nr == (words[0] & 0377)) {
				printf("\t; %s", p->calls->rows[i].name);
				break;
			}
	if (target_of(b, addr, &target) && symbol_at(&p->symbols, target, true) != NULL)
		printf("\t; %s", prompt_place(p, target, true));
	putchar('\n');
	return 2 * n;
}

static void print_string(struct prompt *p, u16 *addr)
{
	u8 c = 0;

	printf("\"");
	for (int i = 0; i < LIST_MAX && prompt_read(p, *addr, false, &c, 1); i++) {
		++*addr;
		if (c == 0)
			break;
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (isprint(c))
			putchar(c);
		else
			printf("\\%03o", c);
	}
	printf("\"");
}

static bool print_unit(struct prompt *p, char format, u16 *addr)
{
	u8 b[2];
	bool byte = format == 'b' || format == 'c';

	if (format == 's') {
		print_string(p, addr);
		return true;
	}
	if (!prompt_read(p, *addr, false, b, byte ? 1 : 2))
		return false;
	switch (format) {
	case 'b':
		printf("%03o", b[0]);
		break;
	case 'c':
		if (isprint(b[0]))
			printf("'%c'", b[0]);
		else
			printf("'\\%03o'", b[0]);
		break;
	case 'd':
		printf("%d", (i16)(b[0] | b[1] << 8));
		break;
	case 'u':
		printf("%u", b[0] | b[1] << 8);
		break;
	case 'x':
		printf("0x%04x", b[0] | b[1] << 8);
		break;
	default:
		printf("%06o", b[0] | b[1] << 8);
		break;
	}
	*addr = (u16)(*addr + (byte ? 1 : 2));
	return true;
}

/* [/COUNT FORMAT] [ADDR] */
void prompt_examine(struct prompt *p, const char *args)
{
	unsigned long count = 1;
	u16 addr = p->next;
	char *end;

	if (*args == '/') {
		args++;
		if (isdigit((unsigned char)*args)) {
			count = strtoul(args, &end, 10);
			args = end;
		}
		if (*args != '\0' && strchr("oduxcsbi", *args) != NULL)
			p->format = *args++;
		if (*args != '\0' && !isspace((unsigned char)*args)) {
			printf("x/COUNT FORMAT: the formats are o, d, u, x, c, s, b and i.\n");
			return;
		}
	}
	blanks(&args);
	if (*args != '\0' && !prompt_only_value(p, args, &addr))
		return;
	if (p->format == 'd' || p->format == 'o' || p->format == 'u' || p->format == 'x' ||
	    p->format == 'i')
		addr &= 0xfffe;
	count = MIN(count, (unsigned long)LIST_MAX);
	for (unsigned long i = 0; i < count; i++) {
		unsigned per_line = p->format == 'c' || p->format == 'b' ? 16
				    : p->format == 's'			 ? 1
									 : 8;

		if (p->format == 'i') {
			u32 n = prompt_instruction(p, addr, addr == p->r[7] ? "=> " : "   ");

			if (n == 0)
				break;
			addr = (u16)(addr + n);
			continue;
		}
		if (i % per_line == 0)
			printf("%s%s:", i > 0 ? "\n" : "", prompt_place(p, addr, false));
		putchar('\t');
		if (!print_unit(p, p->format, &addr))
			break;
		if (i + 1 == count)
			putchar('\n');
	}
	p->next = addr;
}

/* ---- stacks ------------------------------------------------------------------------------ */

/* Has the function at pc not saved r5 yet? Then r5 is its caller's. */
static bool at_entry(struct prompt *p, u16 pc)
{
	const struct symbol *s = symbol_at(&p->symbols, pc, true);
	u8 b[INSTRUCTION];

	if (s == NULL || s->value != pc)
		return false;
	return fetch(p, pc, b) && (b[0] | b[1] << 8) == JSR_CSV;
}

/*
 * C's frames: r5 points at the caller's r5, behind which the return address is; csv made it so.
 * A function without one, as assembly has them, is passed over.
 */
void prompt_backtrace(struct prompt *p)
{
	u16 pc = p->r[7], frame = p->r[5], back, next;

	printf("#0  %s\n", prompt_place(p, pc, true));
	if (at_entry(p, pc) && prompt_word(p, p->r[6], &back)) {
		printf("#1  %s\n", prompt_place(p, back, true));
		pc = back;
	}
	for (int i = pc == p->r[7] ? 1 : 2; i < FRAMES; i++) {
		/* A stack grows down: a frame that is not above the last is none. */
		if (frame < p->r[6] || (frame & 1) || frame > 0177774 ||
		    !prompt_word(p, frame, &next) || !prompt_word(p, (u16)(frame + 2), &back))
			break;
		printf("#%d  %s\n", i, prompt_place(p, back, true));
		if (next <= frame)
			break;
		frame = next;
	}
}
