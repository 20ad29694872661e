/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/help.c: `fbird help [COMMAND]`, printed from the table of commands.
 */
#include "cli/cli.h"

static int help_main(int argc, char **argv)
{
	const struct command *command;

	if (argc > 2)
		return fail(CLI_USAGE, "'fbird help' takes one command at most");
	if (argc == 2) {
		command = command_find(argv[1]);
		if (command == NULL)
			return fail(CLI_USAGE, "there is no command '%s'; 'fbird help' lists them",
				    argv[1]);
		fputs(command->help, stdout);
		return CLI_OK;
	}
	puts("usage: fbird COMMAND [ARGS...]\n"
	     "       fbird --version\n"
	     "\n"
	     "Runs unmodified programs of other UNIXes. Commands:\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		printf("  %-10s %s\n", (*c)->name, (*c)->summary);
	puts("\n'fbird help COMMAND' says more, and so does fbird(1).");
	return CLI_OK;
}

const struct command command_help = {
    .name = "help",
    .summary = "say what a command does",
    .help = "usage: fbird help [COMMAND]\n",
    .main = help_main,
};
