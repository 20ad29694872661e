/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/options.h: what `fbird prof` was asked for. */
#ifndef FB_CLI_PROF_OPTIONS_H
#define FB_CLI_PROF_OPTIONS_H

#include "cli/child.h"
#include "cli/prof/profile.h"

struct output {
	const char *name;
	const char *suffix; /* NULL: a report */
	void (*write)(FILE *f, struct profile *p);
	bool moments; /* it wants those */
};

struct prof_options {
	const struct output *output;
	const char *file; /* NULL: the standard error; "-": the standard output */
	u32 hz;
	u32 modes;	 /* bits, 1 << enum mode */
	enum mode first; /* of them, as they were asked for */
	u32 stack;	 /* bytes of it that are copied, to go by what compilers wrote; 0: by frame
			  * pointers */
	bool stack_by_program; /* as it is written */
	bool pdp11;	       /* the program is one's, as far as it can be told */
	bool runtime, threads, lines;
	struct run_words run;
};

/* What the program is, and so how stacks are followed, unless that was said. */
void options_look_at(struct prof_options *o, const char *program);
/* CLI_OK, and optind is the program's; or CLI_USAGE after a sentence. */
int options_parse(int argc, char **argv, struct prof_options *o);

#endif
