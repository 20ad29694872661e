/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug/debug.h: the parts of `fbird debug` (cli/debug.c).
 */
#ifndef FB_CLI_DEBUG_DEBUG_H
#define FB_CLI_DEBUG_DEBUG_H

#include <sys/types.h>

#include "cli/child.h"
#include "cli/cli.h"
#include "trace/plate.h"

#define DEBUG_WORDS 64

struct debug_options {
	struct run_words run;		   /* for `fbird run`, before the program */
	const char *debugger[DEBUG_WORDS]; /* -x FILE, -ex COMMAND, for either debugger, in order */
	int ndebugger;
	const char *gdb;    /* the gdb to use */
	bool batch;	    /* end when those are done */
	bool patch;	    /* let the runtime change the program's code as it does without us */
	bool plain;	    /* as if gdb had no Python */
	const char *listen; /* ADDRESS:PORT or a socket's path, for another debugger; PDP-11 only */
	pid_t pid;	    /* a guest that runs already; 0: a program is started */
};

/* Becomes gdb, with argv[0] as the program, or for o->pid. Returns a status only when that fails.
 */
int debug_gdb(const struct debug_options *o, int argc, char **argv);

/* The small debugger for programs of the PDP-11 (cli/debug/prompt.c). */
int debug_pdp11(const struct debug_options *o, int argc, char **argv);

/*
 * What gdb's commands run: prints commands for gdb (cli/debug/helper.c). argv: what, and
 * more words; the standard input is what our command fbird-state says.
 */
int debug_helper(int argc, char **argv);

/* Something of a file that is mapped executable (/proc/PID/maps). */
struct debug_mapping {
	u64 start, end, offset;
	unsigned long inode;
	bool exec;
	const char *path;
};

/* A name by which its file can be opened here; NULL. The caller frees it. */
char *debug_name_here(int pid, const struct debug_mapping *m);
/* Calls each(pid, mapping) for what is executable and the guest's. A status. */
int debug_each_mapping(int pid, void (*each)(int pid, const struct debug_mapping *m));

/* Prints gdb's commands that put back the code the runtime has changed (cli/debug/sites.c). */
int debug_print_sites(int pid);

/* The plate of the runtime image that will be executed. A status, after a sentence. */
int debug_plate(const char *runtime, struct trace_plate *plate);

#endif
