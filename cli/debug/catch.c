/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/catch.c: places in the runtime where gdb stops for a call, its end, a signal; what
 * gdb's commands for them are (cli/debug/commands.c).
 *
 * The frame of the call is found by the thread's %gs at each of them, so that a condition reads
 * the same everywhere: the number must be the call's, and what the user wants besides.
 */
#include <ctype.h>
#include <string.h>

#include "cli/debug/catch.h"
#include "cli/debug/script.h"
#include "cli/tables.h"
#include "core/abi.h"

enum names debug_names_of(const char *personality)
{
	if (strcmp(personality, "freebsd") == 0)
		return NAMES_FREEBSD;
	return strcmp(personality, "illumos") == 0 ? NAMES_ILLUMOS : NAMES_CORE;
}

/* What is printed goes into gdb's `echo' or `printf'. */
static const char *harmless(const char *word)
{
	return strpbrk(word, "\\\n\"%'") != NULL ? "?" : word;
}

/* ---- calls ------------------------------------------------------------------------------- */

static int count_args(const char *args)
{
	int n = 0;

	if (strcmp(args, "()") == 0 || *args == '\0')
		return 0;
	for (n = 1; *args != '\0'; args++)
		n += *args == ',';
	return MIN(n, 6);
}

/* Kind 0 is a call, 1 its end: what fbird-condition has to know again. */
static void print_condition(int nr, int kind)
{
	printf(SCRIPT_WORD " == %d", EXO_FRAME_NR, nr);
	if (kind == 1)
		printf(" && (" SCRIPT_WORD " & %d) == 0", EXO_FRAME_KIND,
		       EXO_FRAME_ASYNC | EXO_FRAME_AGAIN);
}

static void print_made(const struct row *row, int kind)
{
	printf("condition $bpnum ");
	print_condition(row->nr, kind);
	printf("\neval \"set $fbird_nr_of_%%d = %d\", $bpnum\n", row->nr * 2 + kind);
}

/* A row with a handler is caught there, the others where all such calls come by. */
static void print_catch(const struct row *row)
{
	int n = count_args(row->args);

	printf("set $fbird_row = $fbird_words[($fbird_facts + %zu) / 8] + %d * 32\n",
	       offsetof(struct trace_facts, table), row->nr);
	puts("if $fbird_words[$fbird_row / 8] != 0\neval \"break *%#lx\", "
	     "$fbird_words[$fbird_row / 8]\nelse\nbreak *$fbird_up_call\nend");
	print_made(row, 0);
	printf("commands\nsilent\nset $fbird_frame = " SCRIPT_FRAME "\necho \\n%s (\n", row->name);
	for (int i = 0; i < n; i++)
		printf("printf \"%s%%#lx\", $fbird_words[$fbird_frame / 8 + %d]\n",
		       i > 0 ? ", " : "", i);
	puts("echo )\\n\nfbird-caller\nend");
	printf("printf \"Catchpoint %%d (call %s, number %d)\\n\", $bpnum\n", row->name, row->nr);
}

/* Errors are told by the carry flag, or by a result that is none else. */
static void print_catch_return(const struct row *row, enum names names)
{
	puts("break *$fbird_leaves");
	print_made(row, 1);
	printf("commands\nsilent\nfbird-ended %s %d\nend\n", row->name, names != NAMES_CORE);
	printf("printf \"Catchpoint %%d (end of call %s, number %d)\\n\", $bpnum\n", row->name,
	       row->nr);
}

int debug_catch(const char *personality, const char *name, bool ended)
{
	const struct table *t = table_find(personality);

	if (t == NULL)
		return fail(CLI_FAILED, "there is no table of the calls of '%s'", personality);
	for (size_t k = 0; k < t->count; k++) {
		if (strcmp(t->rows[k].name, name) != 0)
			continue;
		if (ended)
			print_catch_return(&t->rows[k], debug_names_of(personality));
		else
			print_catch(&t->rows[k]);
		return CLI_OK;
	}
	printf("echo %s has no call '%s'; 'fbird syscalls %s' lists them\\n\n", personality,
	       harmless(name), personality);
	return CLI_OK;
}

/* Inside a string that gdb's eval takes for a format. */
static void print_in_eval(const char *w, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (w[i] == '%')
			putchar('%');
		if (w[i] == '"' || w[i] == '\\')
			putchar('\\');
		putchar(w[i]);
	}
}

/* The words of an expression, with arg0 to arg5 and result for what they are in the frame. */
static void print_expression(char *const *words, int n)
{
	for (int i = 0; i < n; i++) {
		const char *w = words[i];

		putchar(' ');
		while (*w != '\0') {
			size_t len = 0;

			while (isalnum((unsigned char)w[len]) || w[len] == '_' || w[len] == '$')
				len++;
			if (len == 4 && strncmp(w, "arg", 3) == 0 && w[3] >= '0' && w[3] <= '5')
				printf(SCRIPT_WORD, (w[3] - '0') * 8);
			else if (len == 6 && strncmp(w, "result", 6) == 0)
				printf(SCRIPT_WORD, EXO_FRAME_RAX);
			else
				print_in_eval(w, MAX(len, (size_t)1));
			w += MAX(len, (size_t)1);
		}
	}
}

int debug_condition(long made, char *const *words, int n)
{
	if (n < 2)
		return fail(CLI_FAILED, "fbird-condition: words are missing");
	if (made < 0) {
		puts("printf \"Breakpoint %d is no catchpoint of fbird-catch or "
		     "fbird-catch-return\\n\", $fbird_n");
		return CLI_OK;
	}
	printf("eval \"condition %%d ");
	print_condition((int)made / 2, (int)made & 1);
	printf(" && (");
	print_expression(words + 1, n - 1);
	puts(")\", $fbird_n");
	return CLI_OK;
}

int debug_error(const char *personality, const char *call, int number)
{
	int core;
	const char *name = name_of_error(debug_names_of(personality), number, &core);

	if (name == NULL)
		printf("printf \"\\n%s fails: error %d\\n\"\n", harmless(call), number);
	else
		printf("printf \"\\n%s fails: %s, number %d (%s)\\n\"\n", harmless(call), name,
		       number, strerror(core));
	return CLI_OK;
}

/* ---- signals ----------------------------------------------------------------------------- */

/* The neutral number of a signal by the guest's name, with SIG or without, or number; 0: none. */
static int signal_of(enum names names, const char *word)
{
	int number = atoi(word);

	for (int core = 1; core <= 64; core++) {
		const char *name = name_of_signal(names, core);

		if (isdigit((unsigned char)*word)
			? number_of_signal(names, core) == number
			: name != NULL && (strcmp(name, word) == 0 || strcmp(name + 3, word) == 0))
			return core;
	}
	return 0;
}

int debug_catch_signal(const char *personality, const char *word)
{
	enum names names = debug_names_of(personality);
	int core = signal_of(names, word), number;
	const char *name;

	if (core == 0) {
		printf("echo %s has no signal '%s'; fbird-signals lists them\\n\n", personality,
		       harmless(word));
		return CLI_OK;
	}
	name = name_of_signal(names, core);
	number = number_of_signal(names, core);
	printf("break *$fbird_caught\ncondition $bpnum ($rdi & 255) == %d\n", core);
	printf("commands\nsilent\necho \\n%s, number %d: the handler is about to run\\n\nend\n",
	       name != NULL ? name : "a signal", number);
	printf("printf \"Catchpoint %%d (handler of %s, number %d)\\n\", $bpnum\n",
	       name != NULL ? name : "a signal", number);
	return CLI_OK;
}

int debug_handle(const char *personality, char *const *words, int n)
{
	int core = n > 0 ? signal_of(debug_names_of(personality), words[0]) : 0;
	const char *host = name_of_signal(NAMES_CORE, core);

	if (core == 0) {
		printf("echo %s has no signal '%s'; fbird-signals lists them\\n\n", personality,
		       n > 0 ? harmless(words[0]) : "");
		return CLI_OK;
	}
	if (host != NULL)
		printf("handle %s", host);
	else /* gdb calls all that have no other name so */
		printf("handle SIG%d", core);
	for (int i = 1; i < n; i++)
		printf(" %s", words[i]);
	putchar('\n');
	return CLI_OK;
}
