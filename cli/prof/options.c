/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/options.c: cli/prof/options.h. */
#include "cli/prof/options.h"

#include <fcntl.h>
#include <getopt.h>
#include <string.h>

#include "cli/prof/aout.h"
#include "cli/prof/cfi.h"

/* A prime, so that it does not keep step with what a program does each millisecond. */
#define HZ_DEFAULT 997
#define HZ_MOST	   50000
/* A record of the kernel's is less than 64 KiB, and other things are in it. */
#define STACK_LEAST   256
#define STACK_MOST    49152
#define STACK_DEFAULT 8192

static const struct output outputs[] = {
    {"report", NULL, report_write, false},
    {"folded", ".folded", folded_write, false},
    {"perfetto", ".perfetto.json", perfetto_write, true},
    {"speedscope", ".json", speedscope_write, false},
    {"pprof", ".pb.gz", pprof_write, false},
    {"html", ".html", html_write, true},
};

enum {
	OPT_FORMAT = 256,
	OPT_MODE,
	OPT_RUNTIME,
	OPT_THREADS,
	OPT_LINES,
	OPT_STACK,
	OPT_RUN_WORD,
	OPT_RUN_FLAG
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},	  {"format", required_argument, NULL, OPT_FORMAT},
    {"mode", required_argument, NULL, OPT_MODE},  {"frequency", required_argument, NULL, 'F'},
    {"runtime", no_argument, NULL, OPT_RUNTIME},  {"stack", required_argument, NULL, OPT_STACK},
    {"threads", no_argument, NULL, OPT_THREADS},  {"lines", no_argument, NULL, OPT_LINES},
    RUN_WORD_OPTIONS(OPT_RUN_WORD, OPT_RUN_FLAG), {0},
};

/* ---- options ------------------------------------------------------------------------------ */

static int set_format(struct prof_options *o, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(outputs); i++)
		if (strcmp(outputs[i].name, name) == 0) {
			o->output = &outputs[i];
			return CLI_OK;
		}
	return fail(CLI_USAGE,
		    "'--format %s' is none of report, folded, speedscope, pprof, html and perfetto",
		    name);
}

static int set_hz(struct prof_options *o, const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || n < 1 || n > HZ_MOST)
		return fail(CLI_USAGE, "'-F %s' is no number of samples a second from 1 to %d",
			    text, HZ_MOST);
	o->hz = (u32)n;
	return CLI_OK;
}

static int set_mode(struct prof_options *o, const char *name)
{
	const char *word;
	int length;

	if (modes_named(name, &o->modes, &o->first, &word, &length))
		return CLI_OK;
	return fail(CLI_USAGE,
		    "'%.*s' of '--mode' is none of cpu, syscall, memory, lock, cache and branch",
		    length, word);
}

/* "auto", "frames", "dwarf", "dwarf,BYTES". */
static int set_stack(struct prof_options *o, const char *text)
{
	unsigned long n = STACK_DEFAULT;
	char *end = NULL;

	o->stack_by_program = strcmp(text, "auto") == 0;
	o->stack = 0;
	if (o->stack_by_program || strcmp(text, "frames") == 0)
		return CLI_OK;
	if (strncmp(text, "dwarf,", 6) == 0 && text[6] >= '0' && text[6] <= '9')
		n = strtoul(text + 6, &end, 10);
	if ((strcmp(text, "dwarf") != 0 && (end == NULL || *end != '\0')) || n < STACK_LEAST ||
	    n > STACK_MOST)
		return fail(CLI_USAGE,
			    "'--stack %s' is none of auto, frames, dwarf and dwarf,BYTES, of "
			    "which there may be %d to %d",
			    text, STACK_LEAST, STACK_MOST);
	o->stack = ALIGN_UP((u32)n, 8u);
	return CLI_OK;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static int settle_output(struct prof_options *o)
{
	if (o->output != NULL && o->output->suffix != NULL && o->file == NULL)
		return fail(CLI_USAGE,
			    "'--format %s' wants a file: -o FILE, or -o - for the standard "
			    "output",
			    o->output->name);
	for (size_t i = 0; o->output == NULL && o->file != NULL && i < ARRAY_LEN(outputs); i++)
		if (outputs[i].suffix != NULL && ends_with(o->file, outputs[i].suffix))
			o->output = &outputs[i];
	if (o->output == NULL)
		o->output = &outputs[0];
	return CLI_OK;
}

int options_parse(int argc, char **argv, struct prof_options *o)
{
	int answer, index = 0, status = CLI_OK;

	*o = (struct prof_options){
	    .hz = HZ_DEFAULT, .modes = 1u << MODE_CPU, .stack_by_program = true};
	while (status == CLI_OK &&
	       (answer = getopt_long(argc, argv, "+:o:F:P:", long_options, &index)) != -1) {
		switch (answer) {
		case 'o':
			o->file = optarg;
			break;
		case OPT_FORMAT:
			status = set_format(o, optarg);
			break;
		case OPT_MODE:
			status = set_mode(o, optarg);
			break;
		case OPT_STACK:
			status = set_stack(o, optarg);
			break;
		case 'F':
			status = set_hz(o, optarg);
			break;
		case OPT_RUNTIME:
			o->runtime = true;
			break;
		case OPT_THREADS:
			o->threads = true;
			break;
		case OPT_LINES:
			o->lines = true;
			break;
		case 'P':
			status = run_words_add(&o->run, "personality", personality_named(optarg));
			break;
		case OPT_RUN_WORD:
			status = run_words_add(&o->run, long_options[index].name, optarg);
			break;
		case OPT_RUN_FLAG:
			status = run_words_add(&o->run, long_options[index].name, NULL);
			break;
		default:
			return fail_option(CLI_USAGE, "prof", answer, argv);
		}
	}
	if (status == CLI_OK && optind >= argc)
		return fail(
		    CLI_USAGE,
		    "no program given; the form is 'fbird prof [OPTIONS] PROGRAM [ARGS...]'");
	return status == CLI_OK ? settle_output(o) : status;
}

static int open_program(const char *program)
{
	const char *path = getenv("PATH");
	int fd = -1;

	if (strchr(program, '/') != NULL || path == NULL)
		return open(program, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (fd < 0 && *path != '\0') {
		size_t n = strcspn(path, ":");
		CLEAN_FREE char *name = format_string("%.*s/%s", (int)n, path, program);

		fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
		path += n + (path[n] == ':');
	}
	return fd;
}

static const char *run_word(const struct prof_options *o, const char *name)
{
	for (u32 i = 0; i + 1 < o->run.n; i++)
		if (strcmp(o->run.word[i], name) == 0)
			return o->run.word[i + 1];
	return NULL;
}

static bool is_pdp11(const struct prof_options *o, const char *program)
{
	const char *personality = run_word(o, "--personality"), *root = run_word(o, "--root");
	CLEAN_FREE char *inside = format_string("%s/%s", root != NULL ? root : ".", program);

	if (personality != NULL)
		return aout_is_system(personality);
	return aout_is_program(program) || (root != NULL && aout_is_program(inside));
}

/* Of a script it is what its first line names. */
static int behind_script(int fd)
{
	char line[256] = {0};
	ssize_t n = fd >= 0 ? pread(fd, line, sizeof(line) - 1, 0) : 0;
	char *name = line + 2;

	if (n < 4 || line[0] != '#' || line[1] != '!')
		return fd;
	close(fd);
	name += strspn(name, " \t");
	name[strcspn(name, " \t\r\n")] = '\0';
	return open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* Most programs of FreeBSD and Go keep frame pointers, most others do not; what says nothing of its
 * frames can only have pointers. */
void options_look_at(struct prof_options *o, const char *program)
{
	struct cfi *c;
	int fd;

	o->pdp11 = is_pdp11(o, program);
	if (!o->stack_by_program)
		return;
	fd = behind_script(open_program(program));
	c = fd >= 0 ? cfi_read(fd) : NULL;
	if (c != NULL && !cfi_has_frame_pointers(c))
		o->stack = STACK_DEFAULT;
	if (c != NULL)
		cfi_free(c);
	if (fd >= 0)
		close(fd);
}
