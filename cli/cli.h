/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/cli.h: what the subcommands of `fbird` share: the table of commands, one-sentence
 * errors with the exit status a shell expects, and scope cleanup.
 */
#ifndef FB_CLI_CLI_H
#define FB_CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/base.h"

/* Exit statuses of fbird itself; a guest that ran ends with its own. */
enum cli_status {
	CLI_OK = 0,
	CLI_FAILED = 1,	      /* the command could not do what was asked */
	CLI_USAGE = 2,	      /* the command line makes no sense */
	CLI_RUN_FAILED = 125, /* `run` failed before the program was looked at, as env(1) has it */
	CLI_CANNOT_RUN = 126, /* the program is there but cannot be run */
	CLI_NOT_FOUND = 127,  /* there is no such program */
};

struct command {
	const char *name;
	const char *summary;
	const char *help; /* synopsis and options, as `fbird help NAME` prints them */
	int (*main)(int argc, char **argv);
};

/* One definition per file of cli/. */
extern const struct command command_run;
extern const struct command command_info;
extern const struct command command_syscalls;
extern const struct command command_root;
extern const struct command command_binfmt;
extern const struct command command_cc;
extern const struct command command_trace;
extern const struct command command_ptrace;
extern const struct command command_audit;
extern const struct command command_prof;
extern const struct command command_debug;
extern const struct command command_ps;
extern const struct command command_top;
extern const struct command command_help;

/* Every command in the order `fbird help` shows them, NULL-terminated. */
extern const struct command *const commands[];

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* Prints "fbird: <sentence>" on standard error and returns status. */
int fail(int status, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The sentence for what getopt_long(3) answered: '?' or ':'. Returns status. */
int fail_option(int status, const char *command, int answer, char *const *argv);

/* Does the host itself start FreeBSD programs through us (fbird binfmt)? */
bool binfmt_registered(void);

/* Finds a part in lib/fbird, or where the variable says. NULL after a sentence was printed. */
char *find_part(const char *variable, const char *name);

/* Becomes such a part, argv its arguments. Returns only when that failed, CLI_FAILED. */
int become_part(const char *variable, const char *name, int argc, char **argv);

/* Finds fbird-rt: $FBIRD_RT, else beside this program. NULL after a sentence was printed. */
char *find_runtime(void);

/* Aborts with a sentence when there is no memory. */
char *format_string(const char *fmt, ...) PRINTF_LIKE(1, 2);
void *allocate(size_t size);

static inline void cleanup_free(void *p)
{
	free(*(void **)p);
}

static inline void cleanup_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

#define CLEAN_FREE __attribute__((cleanup(cleanup_free)))
#define CLEAN_FD   __attribute__((cleanup(cleanup_fd)))

#endif
