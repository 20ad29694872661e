/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/child.h: a program that is watched: started by `fbird run` in a child, while this process
 * looks on until it has ended, and then ends as it did. For fbird trace and fbird prof.
 */
#ifndef FB_CLI_CHILD_H
#define FB_CLI_CHILD_H

#include <sys/types.h>

#include "cli/cli.h"

#define RUN_WORDS 64

/* Options that are handed on to `fbird run`. */
struct run_words {
	const char *word[RUN_WORDS];
	u32 n;
};

/* As entries of getopt_long's: those with a value, and those without. */
#define RUN_WORD(name, which)                                                                      \
	{                                                                                          \
		name, required_argument, NULL, which                                               \
	}
#define RUN_FLAG(name, which)                                                                      \
	{                                                                                          \
		name, no_argument, NULL, which                                                     \
	}
#define RUN_WORD_OPTIONS(word, flag)                                                               \
	RUN_WORD("personality", word), RUN_WORD("root", word), RUN_WORD("env", word),              \
	    RUN_WORD("unsetenv", word), RUN_WORD("chdir", word), RUN_WORD("argv0", word),          \
	    RUN_WORD("view", word), RUN_WORD("bind", word), RUN_FLAG("read-only", flag)

/* --name and its value, which may be NULL. CLI_OK, or CLI_USAGE after a sentence. */
int run_words_add(struct run_words *w, const char *name, const char *value);

/* "bsd" is what the personality of most programs in question is called. */
const char *personality_named(const char *name);

struct child {
	const char *fbird;	       /* the program `fbird`, to be executed */
	const struct run_words *words; /* for `fbird run` */
	int keep;		       /* a descriptor the program inherits, or -1 */
	bool held;		       /* it waits for child_go before it executes anything */
	int gate;		       /* of child_start and child_go */
};

/* Its process, or -1 after a sentence. argv: the program's, ended by NULL. */
pid_t child_start(struct child *c, char **argv);
void child_go(struct child *c);

/* A child that ends wakes who sleeps; what a terminal sends is the program's. */
void child_signals(void);

/* Ends as a process with this wait status did: its signal, or the exit status returned. */
int child_end_as(int status);

#endif
