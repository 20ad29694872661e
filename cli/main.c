/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/main.c: the `fbird` command: finds the subcommand and hands over to it.
 *
 * fbird prepares the world and gets out of the way: `fbird run` ends in an execve of
 * fbird-rt, so that no process of ours stands between the shell and the guest. Each
 * subcommand is one file that defines one struct command; ordinary C with libraries.
 */
#include <errno.h>
#include <string.h>

#include "cli/cli.h"

/* FBIRD_VERSION comes from the file VERSION, by way of the command line. */
#define STRING_(x) #x
#define STRING(x)  STRING_(x)

const struct command *const commands[] = {
    &command_run,  &command_root,   &command_info,   &command_syscalls, &command_trace,
    &command_prof, &command_audit,  &command_debug,  &command_ps,	&command_top,
    &command_cc,   &command_binfmt, &command_ptrace, &command_help,	NULL,
};

const struct command *command_find(const char *name)
{
	for (const struct command *const *c = commands; *c != NULL; c++) {
		if (strcmp((*c)->name, name) == 0)
			return *c;
	}
	return NULL;
}

/* Output that never arrived is a failure, even when the command did its part. */
static int finish(int status)
{
	if (fflush(stdout) != 0 && status == CLI_OK)
		return fail(CLI_FAILED, "cannot write to standard output: %s", strerror(errno));
	return status;
}

int main(int argc, char **argv)
{
	const struct command *command;
	const char *name = argc > 1 ? argv[1] : NULL;

	if (name == NULL) {
		fail(CLI_USAGE, "no command given; 'fbird run PROGRAM' runs one, 'fbird help' "
				"lists the rest");
		return CLI_USAGE;
	}
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		puts("fbird " STRING(FBIRD_VERSION) " (FeuerBird)");
		return finish(CLI_OK);
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		return finish(command_help.main(1, argv));
	command = command_find(name);
	if (command == NULL)
		return fail(
		    CLI_USAGE,
		    "there is no command '%s'; 'fbird run %s' runs a program, 'fbird help' lists "
		    "the commands",
		    name, name);
	if (argc > 2 && strcmp(argv[2], "--help") == 0) {
		fputs(command->help, stdout);
		return finish(CLI_OK);
	}
	return finish(command->main(argc - 1, argv + 1));
}
