/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug.c: `fbird debug`: a debugger on a guest, from its first instruction.
 *
 * For programs of this machine's processor that is gdb, told where the guest's symbols, calls and
 * signals are (cli/debug/gdb.c).
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "cli/debug/debug.h"

enum {
	OPT_HELPER = 256,
	OPT_EX,
	OPT_BATCH,
	OPT_GDB,
	OPT_PATCH,
	OPT_PLAIN,
	OPT_RUN_WORD,
	OPT_RUN_FLAG
};

static const struct option long_options[] = {
    {"command", required_argument, NULL, 'x'},
    {"ex", required_argument, NULL, OPT_EX},
    {"eval-command", required_argument, NULL, OPT_EX},
    {"batch", no_argument, NULL, OPT_BATCH},
    {"gdb", required_argument, NULL, OPT_GDB},
    {"patch", no_argument, NULL, OPT_PATCH},
    {"no-python", no_argument, NULL, OPT_PLAIN},
    {"helper", no_argument, NULL, OPT_HELPER}, /* what gdb runs */
    {"personality", required_argument, NULL, OPT_RUN_WORD},
    {"root", required_argument, NULL, OPT_RUN_WORD},
    {"env", required_argument, NULL, OPT_RUN_WORD},
    {"unsetenv", required_argument, NULL, OPT_RUN_WORD},
    {"chdir", required_argument, NULL, OPT_RUN_WORD},
    {"argv0", required_argument, NULL, OPT_RUN_WORD},
    {"view", required_argument, NULL, OPT_RUN_WORD},
    {"bind", required_argument, NULL, OPT_RUN_WORD},
    {"read-only", no_argument, NULL, OPT_RUN_FLAG},
    {0},
};

static int add_run_word(struct debug_options *o, const char *name, const char *value)
{
	if (o->nrun + 2 > DEBUG_WORDS)
		return fail(CLI_USAGE, "more options for 'fbird run' than there is room for");
	o->run[o->nrun++] = format_string("--%s", name);
	if (value != NULL)
		o->run[o->nrun++] = value;
	return CLI_OK;
}

static int add_command(struct debug_options *o, const char *option, const char *value)
{
	if (o->ndebugger + 2 > DEBUG_WORDS)
		return fail(CLI_USAGE, "more than %d times '-x' and '-ex'", DEBUG_WORDS / 2);
	o->debugger[o->ndebugger++] = option;
	o->debugger[o->ndebugger++] = value;
	return CLI_OK;
}

static int parse(int argc, char **argv, struct debug_options *o, bool *helper)
{
	int answer, index = 0, status = CLI_OK;

	while (status == CLI_OK && !*helper &&
	       (answer = getopt_long_only(argc, argv, "+:x:", long_options, &index)) != -1) {
		switch (answer) {
		case 'x':
			status = add_command(o, "-x", optarg);
			break;
		case OPT_EX:
			status = add_command(o, "-ex", optarg);
			break;
		case OPT_BATCH:
			o->batch = true;
			break;
		case OPT_GDB:
			o->gdb = optarg;
			break;
		case OPT_PATCH:
			o->patch = true;
			break;
		case OPT_PLAIN:
			o->plain = true;
			break;
		case OPT_HELPER:
			*helper = true;
			break;
		case OPT_RUN_WORD:
			status = add_run_word(o, long_options[index].name, optarg);
			break;
		case OPT_RUN_FLAG:
			status = add_run_word(o, long_options[index].name, NULL);
			break;
		default:
			status = fail_option(CLI_USAGE, "debug", answer, argv);
			break;
		}
	}
	return status;
}

static int debug_main(int argc, char **argv)
{
	struct debug_options o = {.gdb = "gdb"};
	bool helper = false;
	int status = parse(argc, argv, &o, &helper);

	if (status != CLI_OK)
		return status;
	if (helper)
		return debug_helper(argc - optind, argv + optind);
	if (optind >= argc)
		return fail(CLI_USAGE, "no program given; the form is 'fbird debug [OPTIONS] "
				       "PROGRAM [ARGS...]'");
	return debug_gdb(&o, argc - optind, argv + optind);
}

const struct command command_debug = {
    .name = "debug",
    .summary = "run a program under a debugger",
    .help =
	"usage: fbird debug [OPTIONS] PROGRAM [ARGS...]\n"
	"\n"
	"Starts PROGRAM as fbird run does, under gdb, and stops at its first instruction, with\n"
	"its symbols and those of its libraries. Beside gdb's own commands there are:\n"
	"fbird-catch CALL..., to stop at system calls of its system; fbird-signals, what the\n"
	"host's signals are to it; fbird-libraries, to read symbols that gdb missed.\n"
	"\n"
	"  -x FILE           commands for the debugger from FILE\n"
	"  -ex COMMAND       a command for the debugger (both any number of times, in order)\n"
	"  --batch           end when these are done\n"
	"  --gdb PROGRAM     this gdb\n"
	"  --patch           let the runtime make the program's calls cheap by changing its code\n"
	"  --no-python       do without what takes a gdb that has Python\n"
	"\n"
	"and of fbird run --personality, --root, --env, --unsetenv, --chdir, --argv0, --view,\n"
	"--bind, --read-only.\n",
    .main = debug_main,
};
