/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/debug/script.h: the commands gdb is started with: who writes which of them. */
#ifndef FB_CLI_DEBUG_SCRIPT_H
#define FB_CLI_DEBUG_SCRIPT_H

#include <stdio.h>

#include "exo/exo.h"
#include "trace/plate.h"

/*
 * gdb reads expressions in the language of the place where the program is, which may be Go's or
 * Rust's, and has complaints when it is told of another. So ours have nothing that these read
 * otherwise: two pointers to nothing, of C's types, are indexed by what is wanted.
 */
#define SCRIPT_POINTERS                                                                            \
	"with language c -- set $fbird_words = (long *)0\n"                                        \
	"with language c -- set $fbird_chars = (char *)0\n"
#define SCRIPT_TEXT_OF(n) #n
#define SCRIPT_TEXT(n)	  SCRIPT_TEXT_OF(n)
/* The frame of the thread at hand, and a word of it, by its place in the frame. */
#define SCRIPT_FRAME "$fbird_words[($gs_base + " SCRIPT_TEXT(EXO_THREAD_FRAME) ") / 8]"
#define SCRIPT_WORD  "$fbird_words[(" SCRIPT_FRAME " + %d) / 8]"

struct script {
	FILE *out;
	char *self, *runtime, *python; /* NULL: none */
	int exchange_fd, script_fd, symbols_fd;
	char exchange[64]; /* the file our commands come by */
	char symbols[64];  /* one for symbols that are made (go_symbols.h) */
	struct trace_plate plate;
	const char *shell;
};

/* The commands of ours. */
void script_commands(const struct script *s);
/* gdb asks the helper, and does what it says. */
void script_ask(const struct script *s, const char *what);

#endif
