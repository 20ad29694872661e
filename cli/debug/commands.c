/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/commands.c: our commands in gdb, for those with Python and without.
 *
 * Each asks `fbird debug --helper` (cli/debug/helper.c) and does what that prints.
 */
#include "cli/debug/debug.h"
#include "cli/debug/script.h"
#include "exo/x86_64/frame.h"

#define CONDITION_WORDS 24
/* Of the facts' first word. */
#define PERSONALITY "$fbird_chars + $fbird_words[%p / 8]"

/* Asks the helper: what, for the guest's personality, and with these words, of which some
 * may be formats of values. */
static void put_ask(const struct script *s, const char *what, const char *words, const char *values)
{
	fprintf(s->out,
		"eval \"pipe info inferiors | '%s' debug --helper %s %%s %s >%s\", " PERSONALITY
		"%s\nsource %s\n",
		s->self, what, words, s->exchange, (void *)s->plate.facts, values, s->exchange);
}

void script_ask(const struct script *s, const char *what)
{
	put_ask(s, what, "", "");
}

/* A command that does something for each of its words. */
static void put_each(const struct script *s, const char *name, const char *what, const char *words,
		     const char *document)
{
	FILE *out = s->out;

	fprintf(out, "define %s-one\n", name);
	put_ask(s, what, "'$arg0'", "");
	fprintf(out,
		"end\ndefine %s\n"
		"if $argc == 0\necho usage: %s %s...\\n\nend\n"
		"if $_thread == 0\necho The program is not being run.\\n\nelse\n"
		"set $fbird_i = 0\nwhile $fbird_i < $argc\n"
		"eval \"%s-one $arg%%d\", $fbird_i\n"
		"set $fbird_i = $fbird_i + 1\nend\nend\nend\ndocument %s\n%s\nend\n",
		name, name, words, name, name, document);
}

/* One whose words are for the helper together, so many at least. */
static void put_whole(const struct script *s, const char *name, const char *what, int least,
		      const char *first, const char *usage, const char *document)
{
	FILE *out = s->out;

	fprintf(out, "define %s-all\n", name);
	if (*first != '\0') /* of the catchpoint $arg0, if it is one of ours */
		fputs(
		    "set $fbird_n = $arg0\neval \"set $fbird_nr_of = $fbird_nr_of_%d\", $fbird_n\n"
		    "if $_isvoid($fbird_nr_of)\nset $fbird_nr_of = -1\nend\n",
		    out);
	for (int n = least; n <= CONDITION_WORDS; n++) {
		fprintf(out,
			"if $argc == %d\neval \"pipe info inferiors | '%s' debug --helper %s %%s ",
			n, s->self, what);
		for (int i = 0; i < n; i++)
			fprintf(out, "'$arg%d' ", i);
		fprintf(out, "%s >%s\", " PERSONALITY "%s\nend\n", *first != '\0' ? "%d" : "",
			s->exchange, (void *)s->plate.facts, first);
	}
	fprintf(out,
		"source %s\nend\ndefine %s\n"
		"if $argc < %d || $argc > %d\necho usage: %s\\n\nelse\n"
		"if $_thread == 0\necho The program is not being run.\\n\nelse\n",
		s->exchange, name, least, CONDITION_WORDS, usage);
	for (int n = least; n <= CONDITION_WORDS; n++) {
		fprintf(out, "if $argc == %d\n%s-all", n, name);
		for (int i = 0; i < n; i++)
			fprintf(out, " $arg%d", i);
		fputs("\nend\n", out);
	}
	fprintf(out, "end\nend\nend\ndocument %s\n%s\nend\n", name, document);
}

/* What is said at a call, its end, a signal: $arg0 is its name. */
static void put_tellers(const struct script *s)
{
	FILE *out = s->out;

	fputs("define fbird-caller\nprintf \"  called from \"\n"
	      "info symbol $fbird_words[$fbird_frame / 8 + 15]\nend\n"
	      "document fbird-caller\nWhere the call at hand was made.\nend\n",
	      out);
	/* The flags are in a byte, or where the whole frame has them. */
	fprintf(out,
		"define fbird-ended\n"
		"set $fbird_frame = " SCRIPT_FRAME "\n"
		"set $fbird_result = " SCRIPT_WORD "\n"
		"set $fbird_kind = " SCRIPT_WORD "\n"
		"set $fbird_carry = (" SCRIPT_WORD " >> 8) & 1\n"
		"if ($fbird_kind & %d) != 0\nset $fbird_carry = " SCRIPT_WORD " & 1\nend\n",
		EXO_FRAME_RAX, EXO_FRAME_KIND, EXO_FRAME_FLAGS, EXO_FRAME_FULL, EXO_FRAME_RFLAGS);
	fprintf(
	    out,
	    "if ($fbird_kind & %d) != 0\n"
	    "printf \"\\n$arg0 has ended; a signal's handler comes before its result\\n\"\nelse\n"
	    "if $arg1 == 0\nset $fbird_carry = 0\n"
	    "if $fbird_result < 0 && $fbird_result >= -4095\nset $fbird_carry = 1\n"
	    "set $fbird_result = -$fbird_result\nend\nend\n"
	    "if $fbird_carry != 0\n",
	    EXO_FRAME_HANDLER);
	put_ask(s, "error", "$arg0 %ld", ", $fbird_result");
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
		"set $fbird_leaves = %p\nset $fbird_caught = %p\ndefine fbird-signal\nend\n",
		(void *)s->plate.facts, s->plate.up_call, s->plate.leaves, s->plate.caught);
	fprintf(out,
		"define fbird-libraries\nif $_thread != 0\n"
		"pipe info inferiors | '%s' debug --helper libraries - >%s\nsource %s\nend\nend\n"
		"document fbird-libraries\nRead the symbols of what the guest has mapped since.\n"
		"end\n",
		s->self, s->exchange, s->exchange);
	put_tellers(s);
	put_each(s, "fbird-catch", "catch", "CALL",
		 "Stop at system calls of these names of the guest's own.");
	put_each(s, "fbird-catch-return", "catch-return", "CALL",
		 "Stop where system calls of these names end, with what they answer.");
	put_each(s, "fbird-catch-signal", "catch-signal", "SIGNAL",
		 "Stop where the guest's handlers of these signals are about to run, whoever\n"
		 "sent them. The names and numbers are the guest's.");
	put_whole(s, "fbird-handle", "handle", 2, "", "fbird-handle SIGNAL ACTION...",
		  "As gdb's `handle', for a signal by the guest's own name or number.");
	put_whole(
	    s, "fbird-condition", "condition", 2, ", $fbird_nr_of", "fbird-condition N EXPRESSION",
	    "Stop at catchpoint N of fbird-catch or fbird-catch-return only if EXPRESSION is\n"
	    "true, in which arg0 to arg5 are the call's arguments and result is its result.");
	fprintf(
	    out,
	    "define fbird-signals\n"
	    "if $_thread == 0\necho The program is not being run.\\n\nelse\n"
	    "eval \"pipe info inferiors | '%s' debug --helper signals %%s\", " PERSONALITY
	    "\nend\nend\n"
	    "document fbird-signals\nThe host's signals, and what they are to the guest.\nend\n",
	    s->self, (void *)s->plate.facts);
	fputs("define fbird-quit-unless-begun\n"
	      "if $_isvoid($fbird_begun)\nif $_isvoid($_exitcode)\nquit 125\nelse\nquit "
	      "$_exitcode\nend\nend\nend\n",
	      out);
}
