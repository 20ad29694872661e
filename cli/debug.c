/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/debug.c: `fbird debug`: a debugger on a guest, from its first instruction.
 *
 * For programs of this machine's processor that is gdb, told where the guest's symbols, calls and
 * signals are (cli/debug/gdb.c); for those of a PDP-11, which no gdb knows, a small one of ours
 * (cli/debug/prompt.c), or another's by GDB's remote protocol (cli/debug/serve.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/debug/debug.h"
#include "cli/guests.h"
#include "cli/inside.h"
#include "cli/program.h"
#include "cli/run_root.h"
#include "loader/detect.h"

enum {
	OPT_HELPER = 256,
	OPT_EX,
	OPT_BATCH,
	OPT_GDB,
	OPT_PATCH,
	OPT_PLAIN,
	OPT_LISTEN,
	OPT_RUN_WORD,
	OPT_RUN_FLAG
};

static const struct option long_options[] = {
    {"command", required_argument, NULL, 'x'},
    {"ex", required_argument, NULL, OPT_EX},
    {"eval-command", required_argument, NULL, OPT_EX},
    {"pid", required_argument, NULL, 'p'},
    {"batch", no_argument, NULL, OPT_BATCH},
    {"gdb", required_argument, NULL, OPT_GDB},
    {"patch", no_argument, NULL, OPT_PATCH},
    {"no-python", no_argument, NULL, OPT_PLAIN},
    {"listen", required_argument, NULL, OPT_LISTEN},
    {"helper", no_argument, NULL, OPT_HELPER}, /* what gdb runs */
    RUN_WORD_OPTIONS(OPT_RUN_WORD, OPT_RUN_FLAG),
    {0},
};

static int add_command(struct debug_options *o, const char *option, const char *value)
{
	if (o->ndebugger + 2 > DEBUG_WORDS)
		return fail(CLI_USAGE, "more than %d times '-x' and '-ex'", DEBUG_WORDS / 2);
	o->debugger[o->ndebugger++] = option;
	o->debugger[o->ndebugger++] = value;
	return CLI_OK;
}

static int add_pid(struct debug_options *o, const char *text)
{
	char *end;
	long pid;

	errno = 0;
	pid = strtol(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || pid <= 0 || pid > INT_MAX)
		return fail(CLI_USAGE, "'-p %s' is no process number", text);
	o->pid = (pid_t)pid;
	return CLI_OK;
}

static int parse(int argc, char **argv, struct debug_options *o, bool *helper)
{
	int answer, index = 0, status = CLI_OK;

	while (status == CLI_OK && !*helper &&
	       (answer = getopt_long_only(argc, argv, "+:x:p:", long_options, &index)) != -1) {
		switch (answer) {
		case 'x':
			status = add_command(o, "-x", optarg);
			break;
		case 'p':
			status = add_pid(o, optarg);
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
		case OPT_LISTEN:
			o->listen = optarg;
			break;
		case OPT_HELPER:
			*helper = true;
			break;
		case OPT_RUN_WORD:
			status = run_words_add(&o->run, long_options[index].name, optarg);
			break;
		case OPT_RUN_FLAG:
			status = run_words_add(&o->run, long_options[index].name, NULL);
			break;
		default:
			status = fail_option(CLI_USAGE, "debug", answer, argv);
			break;
		}
	}
	return status;
}

/* ---- whose program it is ----------------------------------------------------------------- */

static const char *run_word(const struct debug_options *o, const char *name)
{
	for (u32 i = 0; i + 1 < o->run.n; i++)
		if (strcmp(o->run.word[i], name) == 0)
			return o->run.word[i + 1];
	return NULL;
}

static bool made_for_this_machine(const char *personality)
{
	static const char *const names[] = {"freebsd", "illumos", "linux", "feuerbird"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], personality) == 0)
			return true;
	return false;
}

/* The format of what is open; LOADER_UNKNOWN, too, where nothing is. */
static enum loader_format format_of(struct program_file *file)
{
	struct loader_verdict v = {.format = LOADER_UNKNOWN};

	if (file->fd < 0 || loader_detect(&file->source, &v) != 0)
		return LOADER_UNKNOWN;
	return v.format;
}

static enum loader_format format_in(const char *directory, const char *name)
{
	CLEAN_FREE char *path = *name == '/' || directory == NULL
				    ? format_string("%s", name)
				    : format_string("%s/%s", directory, name);
	struct program_file file CLEAN_PROGRAM = {.fd = -1};

	if (program_open(&file, path) != 0)
		return LOADER_UNKNOWN;
	return format_of(&file);
}

static enum loader_format format_in_path(const char *name)
{
	const char *path = getenv("PATH"), *end;

	for (; path != NULL; path = *end == ':' ? end + 1 : NULL) {
		CLEAN_FREE char *there = NULL;

		end = strchrnul(path, ':');
		there = format_string("%.*s/%s", (int)(end - path), path, name);
		if (access(there, X_OK) == 0)
			return format_in(NULL, there);
	}
	return LOADER_UNKNOWN;
}

/*
 * fbird run finds it out for itself; but which debugger it is to be must be known before. In a
 * root of a PDP-11's system a program is one of its own unless it is plainly something else.
 */
static int is_pdp11(const struct debug_options *o, const char *program, bool *yes)
{
	const char *personality = run_word(o, "--personality"), *root = run_word(o, "--root");
	enum loader_format format;
	struct view_options view = {0};

	if (personality != NULL) {
		*yes = !made_for_this_machine(personality);
		return CLI_OK;
	}
	format = strchr(program, '/') != NULL ? format_in(run_word(o, "--chdir"), program)
					      : format_in_path(program);
	if (root != NULL) {
		struct program_file file CLEAN_PROGRAM = {.fd = -1};
		CLEAN_FD int tree = -1;
		int status = run_root_named(root, &view);

		if (status != CLI_OK)
			return status;
		tree = open(view.tree, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (*program == '/') {
			struct stat st;

			file.fd = open_inside(tree, program, O_RDONLY);
			if (file.fd >= 0 && fstat(file.fd, &st) == 0 && S_ISREG(st.st_mode)) {
				program_use(&file, (u64)st.st_size);
				format = format_of(&file);
			}
		}
		*yes = format == LOADER_PDP11 || (view.pdp11 && format != LOADER_ELF64);
		return CLI_OK;
	}
	*yes = format == LOADER_PDP11;
	return CLI_OK;
}

/* ---- a guest that runs already ------------------------------------------------------------ */

static int debug_running(const struct debug_options *o)
{
	struct guest g;
	bool pdp11;

	if (o->run.n > 0)
		return fail(CLI_USAGE,
			    "'%s' is for a program that is started, and '-p' for one that "
			    "runs",
			    o->run.word[0]);
	if (o->listen != NULL)
		return fail(CLI_USAGE, "'--listen' is for a program that is started");
	switch (guest_look(o->pid, &g)) {
	case GUEST_IS:
		break;
	case GUEST_NOT:
		return fail(CLI_FAILED, "process %d is no guest; 'fbird ps' lists them", o->pid);
	case GUEST_CLOSED:
		return fail(CLI_FAILED, "process %d may not be looked into by you", o->pid);
	case GUEST_GONE:
		return fail(CLI_FAILED, "there is no process %d", o->pid);
	}
	pdp11 = g.interpreted;
	guest_free(&g);
	if (pdp11)
		return debug_pdp11(o, 0, NULL);
	return debug_gdb(o, 0, NULL);
}

static int debug_main(int argc, char **argv)
{
	struct debug_options o = {.gdb = "gdb"};
	bool helper = false, pdp11 = false;
	int status = parse(argc, argv, &o, &helper);

	if (status != CLI_OK)
		return status;
	if (helper)
		return debug_helper(argc - optind, argv + optind);
	if (o.pid != 0) {
		if (optind < argc)
			return fail(CLI_USAGE, "'%s': with -p there is a program already",
				    argv[optind]);
		return debug_running(&o);
	}
	if (optind >= argc)
		return fail(CLI_USAGE, "no program given; the form is 'fbird debug [OPTIONS] "
				       "PROGRAM [ARGS...]'");
	status = is_pdp11(&o, argv[optind], &pdp11);
	if (status != CLI_OK)
		return status;
	if (pdp11)
		return debug_pdp11(&o, argc - optind, argv + optind);
	if (o.listen != NULL)
		return fail(CLI_USAGE, "'--listen' is for programs of the PDP-11; others are gdb's "
				       "own to debug");
	return debug_gdb(&o, argc - optind, argv + optind);
}

const struct command command_debug = {
    .name = "debug",
    .summary = "run a program under a debugger",
    .help =
	"usage: fbird debug [OPTIONS] PROGRAM [ARGS...]\n"
	"       fbird debug [OPTIONS] -p PID\n"
	"\n"
	"Starts PROGRAM as fbird run does and stops at its first instruction: under gdb, with its\n"
	"symbols and those of its libraries, and beside gdb's own commands fbird-catch CALL...\n"
	"and fbird-catch-return CALL..., to stop at system calls of its system and their ends,\n"
	"fbird-condition N EXPRESSION for these; fbird-catch-signal SIGNAL..., fbird-handle and\n"
	"fbird-signals, for signals by its names; fbird-libraries, to read symbols that gdb\n"
	"missed. A program of the PDP-11 has a debugger of our own, whose 'help' lists its\n"
	"commands.\n"
	"\n"
	"  -p, --pid PID     the guest that runs as that process, which goes on afterwards\n"
	"  -x FILE           commands for the debugger from FILE\n"
	"  -ex COMMAND       a command for the debugger (both any number of times, in order)\n"
	"  --batch           end when these are done\n"
	"  --gdb PROGRAM     this gdb\n"
	"  --patch           let the runtime make the program's calls cheap by changing its code\n"
	"  --no-python       do without what takes a gdb that has Python\n"
	"  --listen WHERE    let another debugger in, by GDB's remote protocol, at ADDRESS:PORT "
	"or\n"
	"                    at a path for a socket; PDP-11 programs\n"
	"\n"
	"and of fbird run --personality, --root, --env, --unsetenv, --chdir, --argv0, --view,\n"
	"--bind, --read-only.\n",
    .main = debug_main,
};
