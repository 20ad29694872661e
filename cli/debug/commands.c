/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/commands.c: our commands in gdb, for those with Python and without.
 *
 * Each asks `fbird debug --helper` (cli/debug/helper.c) and does what that prints. What the helper
 * must know of the guest it reads from what our command fbird-state says; one value at a time, for
 * of Rust's gdb reads no more than one behind a format.
 */
#include <string.h>

#include "cli/debug/debug.h"
#include "cli/debug/script.h"
#include "exo/x86_64/frame.h"

#define WORDS_MOST 24

static void put_ask(const struct script *s, const char *what, const char *words)
{
	fprintf(s->out, "pipe fbird-state | '%s' debug --helper %s %s >%s\nsource %s\n", s->self,
		what, words, s->exchange, s->exchange);
}

void script_ask(const struct script *s, const char *what)
{
	put_ask(s, what, s->symbols);
}

/* A command that does something for each of its words. */
static void put_each(const struct script *s, const char *name, const char *what, const char *words,
		     const char *document)
{
	fprintf(s->out, "define %s-one\n", name);
	put_ask(s, what, "'$arg0'");
	fprintf(s->out,
		"end\ndefine %s\n"
		"if $argc == 0\necho usage: %s %s...\\n\nend\n"
		"if $_thread == 0\necho The program is not being run.\\n\nelse\n"
		"set $fbird_i = 0\nwhile $fbird_i < $argc\n"
		"eval \"%s-one $arg%%d\", $fbird_i\n"
		"set $fbird_i = $fbird_i + 1\nend\nend\nend\ndocument %s\n%s\nend\n",
		name, name, words, name, name, document);
}

/* One whose words are for the helper together, two at least; and what is done before. */
static void put_whole(const struct script *s, const char *name, const char *what,
		      const char *before, const char *words, const char *document)
{
	char given[WORDS_MOST * sizeof("'$arg00' ")] = "'$arg0' ";

	fprintf(s->out,
		"define %s\n"
		"if $argc < 2 || $argc > %d\necho usage: %s %s\\n\nelse\n"
		"if $_thread == 0\necho The program is not being run.\\n\nelse\n%s",
		name, WORDS_MOST, name, words, before);
	for (int n = 2; n <= WORDS_MOST; n++) {
		size_t len = strlen(given);

		snprintf(given + len, sizeof(given) - len, "'$arg%d' ", n - 1);
		fprintf(s->out, "if $argc == %d\n", n);
		put_ask(s, what, given);
		fputs("end\n", s->out);
	}
	fprintf(s->out, "end\nend\nend\ndocument %s\n%s\nend\n", name, document);
}

/* What is said where a call ends: $arg0 is its name; $arg1, whether errors come with the carry. */
static void put_ended(const struct script *s)
{
	FILE *out = s->out;

	/* The flags are in a byte, or where the whole frame has them. */
	fprintf(out,
		"define fbird-ended\n"
		"set $fbird_frame = " SCRIPT_FRAME "\n"
		"set $fbird_result = " SCRIPT_WORD "\n"
		"set $fbird_kind = " SCRIPT_WORD "\n"
		"set $fbird_carry = (" SCRIPT_WORD " >> 8) & 1\n"
		"if ($fbird_kind & %d) != 0\nset $fbird_carry = " SCRIPT_WORD " & 1\nend\n",
		EXO_FRAME_RAX, EXO_FRAME_KIND, EXO_FRAME_FLAGS, EXO_FRAME_FULL, EXO_FRAME_RFLAGS);
	fprintf(out,
		"if ($fbird_kind & %d) != 0\n"
		"echo \\n$arg0 has ended; a signal's handler comes before its result\\n\nelse\n"
		"if $arg1 == 0\nset $fbird_carry = 0\n"
		"if $fbird_result < 0 && $fbird_result >= -4095\nset $fbird_carry = 1\n"
		"set $fbird_result = -$fbird_result\nend\nend\n"
		"if $fbird_carry != 0\nset $fbird_value = $fbird_result\n",
		EXO_FRAME_HANDLER);
	put_ask(s, "error", "'$arg0'");
	fputs("else\nif $fbird_result >= -4096 && $fbird_result < 1048576\n"
	      "printf \"\\n$arg0 = %ld\\n\", $fbird_result\nelse\n"
	      "printf \"\\n$arg0 = %#lx\\n\", $fbird_result\nend\nend\nfbird-caller\nend\nend\n",
	      out);
}

void script_commands(const struct script *s)
{
	FILE *out = s->out;

	fputs(SCRIPT_POINTERS, out);
	fprintf(out,
		"set $fbird_round = 1\nset $fbird_facts = %p\nset $fbird_up_call = %p\n"
		"set $fbird_leaves = %p\nset $fbird_caught = %p\nset $fbird_value = 0\n"
		"define fbird-signal\nend\n",
		(void *)s->plate.facts, s->plate.up_call, s->plate.leaves, s->plate.caught);
	fputs("define fbird-state\ninfo inferiors\ninfo breakpoints\n"
	      "printf \"\\npersonality %s\\n\", $fbird_chars + $fbird_words[$fbird_facts / 8]\n"
	      "printf \"value %ld\\n\", $fbird_value\nend\n"
	      "document fbird-state\nWhat the others ask about.\nend\n",
	      out);
	fputs("define fbird-libraries\nif $_thread != 0\n", out);
	put_ask(s, "libraries", s->symbols);
	fputs("end\nend\ndocument fbird-libraries\n"
	      "Read the symbols of what the guest has mapped since.\nend\n",
	      out);
	fputs("define fbird-caller\necho \\ \\ called from \\ \n"
	      "eval \"info symbol %#lx\", $fbird_words[$fbird_frame / 8 + 15]\nend\n"
	      "document fbird-caller\nWhere the call at hand was made.\nend\n",
	      out);
	put_ended(s);
	put_each(s, "fbird-catch", "catch", "CALL",
		 "Stop at system calls of these names of the guest's own.");
	put_each(s, "fbird-catch-return", "catch-return", "CALL",
		 "Stop where system calls of these names end, with what they answer.");
	put_each(s, "fbird-catch-signal", "catch-signal", "SIGNAL",
		 "Stop where the guest's handlers of these signals are about to run, whoever\n"
		 "sent them. The names and numbers are the guest's.");
	put_whole(s, "fbird-handle", "handle", "", "SIGNAL ACTION...",
		  "As gdb's `handle', for a signal by the guest's own name or number.");
	put_whole(
	    s, "fbird-condition", "condition",
	    "set $fbird_n = $arg0\n"
	    "eval \"set $fbird_value = $fbird_nr_of_%d\", $fbird_n\n"
	    "if $_isvoid($fbird_value)\nset $fbird_value = -1\nend\n",
	    "N EXPRESSION",
	    "Stop at catchpoint N of fbird-catch or fbird-catch-return only if EXPRESSION is\n"
	    "true, in which arg0 to arg5 are the call's arguments and result is its result.");
	fprintf(
	    out,
	    "define fbird-signals\n"
	    "if $_thread == 0\necho The program is not being run.\\n\nelse\n"
	    "pipe fbird-state | '%s' debug --helper signals\nend\nend\n"
	    "document fbird-signals\nThe host's signals, and what they are to the guest.\nend\n",
	    s->self);
	fputs("define fbird-quit-unless-begun\n"
	      "if $_isvoid($fbird_begun)\nif $_isvoid($_exitcode)\nquit 125\nelse\nquit "
	      "$_exitcode\nend\nend\nend\n",
	      out);
}
