/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/trace.c: `fbird trace`: runs a program and writes what it asks of its kernel.
 *
 * The program is started by `fbird run` in a child, which is handed the memory it tells its calls
 * into (trace/trace.h); this process reads it until the program, and with -f whoever it started,
 * has ended, and ends as the program did. With -p programs that run already are asked to take the
 * memory (cli/others.h), and are let go when this process is interrupted.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "cli/child.h"
#include "cli/cli.h"
#include "cli/others.h"
#include "cli/trace/fds.h"
#include "cli/trace/filter.h"
#include "cli/trace/format.h"
#include "cli/trace/summary.h"

#define STRINGS_DEFAULT 32
#define STRINGS_MOST	4096

struct trace_options {
	const struct format *format;
	struct format_options show;
	const char *output;
	const char *directory; /* --chdir */
	pid_t pids[ATTACHED_MOST];
	u32 npids; /* of programs that run already */
	bool count;
	bool any_filter;
	struct reader_options reader;
	struct run_words run;
	const char *filters[64];
	u32 nfilters;
};

struct session {
	const struct trace_options *o;
	struct reader *reader;
	struct text text;
	u64 wanted[TRACE_ABIS][TRACE_NUMBERS / 64]; /* to be shown; more is followed */
	bool failed; /* the output cannot be written any more, and that was said */
};

enum { OPT_FORMAT = 256, OPT_DROP, OPT_RUN_WORD, OPT_RUN_FLAG };

static const struct option long_options[] = {
    {"format", required_argument, NULL, OPT_FORMAT},
    {"output", required_argument, NULL, 'o'},
    {"trace", required_argument, NULL, 'e'},
    {"follow-forks", no_argument, NULL, 'f'},
    {"summary-only", no_argument, NULL, 'c'},
    {"string-limit", required_argument, NULL, 's'},
    {"quiet", no_argument, NULL, 'q'},
    {"attach", required_argument, NULL, 'p'},
    {"drop", no_argument, NULL, OPT_DROP},
    RUN_WORD_OPTIONS(OPT_RUN_WORD, OPT_RUN_FLAG),
    RUN_FLAG("missing", OPT_RUN_FLAG),
    {0},
};

static int set_format(const char *name, struct trace_options *o)
{
	static const struct format *const all[] = {&format_strace, &format_json, &format_csv,
						   &format_perfetto};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (strcmp(all[i]->name, name) == 0) {
			o->format = all[i];
			return CLI_OK;
		}
	return fail(CLI_USAGE, "'--format %s' is none of strace, json, csv and perfetto", name);
}

static int add_filter(struct trace_options *o, const char *text)
{
	if (o->nfilters == ARRAY_LEN(o->filters))
		return fail(CLI_USAGE, "more than %zu times '-e'", ARRAY_LEN(o->filters));
	o->filters[o->nfilters++] = text;
	return CLI_OK;
}

static int set_strings(struct trace_options *o, const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || n < 0 || n > STRINGS_MOST)
		return fail(CLI_USAGE, "'-s %s' is no number of bytes from 0 to %d", text,
			    STRINGS_MOST);
	o->reader.string_max = (u32)n;
	return CLI_OK;
}

/* 12, or 12,13 */
static int add_processes(struct trace_options *o, const char *text)
{
	const char *p = text;
	char *end = NULL;

	do {
		long pid = strtol(p, &end, 10);

		if (end == p || (*end != '\0' && *end != ',') || pid <= 0 || pid > INT32_MAX)
			return fail(CLI_USAGE, "'-p %s' names no process", text);
		if (o->npids == ATTACHED_MOST)
			return fail(CLI_USAGE, "more than %d processes for '-p'", ATTACHED_MOST);
		o->pids[o->npids++] = (pid_t)pid;
		p = end + 1;
	} while (*end != '\0');
	return CLI_OK;
}

static int parse(int argc, char **argv, struct trace_options *o)
{
	int answer, index = 0, status = CLI_OK;

	while (status == CLI_OK &&
	       (answer = getopt_long(argc, argv, "+:o:e:fctrTs:qyp:P:", long_options, &index)) !=
		   -1) {
		switch (answer) {
		case OPT_FORMAT:
			status = set_format(optarg, o);
			break;
		case 'o':
			o->output = optarg;
			break;
		case 'e':
			status = add_filter(o, optarg);
			break;
		case 'f':
			o->reader.follow = true;
			break;
		case 'c':
			o->count = true;
			break;
		case 't':
			o->show.clock = MIN(o->show.clock + 1, CLOCK_UNIX);
			break;
		case 'r':
			o->show.relative = true;
			break;
		case 'T':
			o->show.duration = true;
			break;
		case 's':
			status = set_strings(o, optarg);
			break;
		case 'q':
			o->show.bare = true;
			break;
		case 'y':
			fds_follow();
			break;
		case 'p':
			status = add_processes(o, optarg);
			break;
		case 'P':
			status = run_words_add(&o->run, "personality", personality_named(optarg));
			break;
		case OPT_DROP:
			o->reader.flags |= TRACE_F_DROP;
			break;
		case OPT_RUN_WORD:
			if (strcmp(long_options[index].name, "chdir") == 0)
				o->directory = optarg;
			status = run_words_add(&o->run, long_options[index].name, optarg);
			break;
		case OPT_RUN_FLAG:
			status = run_words_add(&o->run, long_options[index].name, NULL);
			break;
		default:
			return fail_option(CLI_USAGE, "trace", answer, argv);
		}
	}
	if (status == CLI_OK && optind >= argc && o->npids == 0)
		return fail(
		    CLI_USAGE,
		    "no program given; the form is 'fbird trace [OPTIONS] PROGRAM [ARGS...]'");
	if (status == CLI_OK && o->npids != 0 && (optind < argc || o->run.n != 0))
		return fail(CLI_USAGE, "'-p' is for programs that run already: neither PROGRAM nor "
				       "options of 'fbird run' go with it");
	return status;
}

static int set_filters(const struct trace_options *o, struct trace_header *h)
{
	int status = CLI_OK;

	filter_all(h);
	for (u32 i = 0; i < o->nfilters && status == CLI_OK; i++)
		status = filter_add(h, o->filters[i], i == 0);
	return status;
}

/* ---- the program -------------------------------------------------------------------------- */

static pid_t start(struct trace_options *o, int memory, char **argv)
{
	CLEAN_FREE char *fd = format_string("%d", memory);
	struct child c = {.fbird = "/proc/self/exe", .words = &o->run, .keep = memory, .gate = -1};

	if (run_words_add(&o->run, "trace-memory", fd) != CLI_OK)
		return -1;
	return child_start(&c, argv);
}

/* ---- events ------------------------------------------------------------------------------- */

static void give_up(struct session *s)
{
	if (s->failed)
		return;
	s->failed = true;
	fail(CLI_FAILED, "cannot write the trace to %s: %s; the program goes on without one",
	     s->o->output != NULL ? s->o->output : "the standard error", strerror(s->text.error));
	reader_stop(s->reader);
}

static void take(void *ctx, const struct event *e)
{
	struct session *s = ctx;

	if (s->failed)
		return;
	if (e->r->kind != TRACE_CALL || filter_has(s->wanted, e->abi->number, e->r->nr))
		s->o->format->event(&s->text, &s->o->show, s->reader, e);
	fds_after(e);
	if (s->text.n > TEXT_SOFT && !text_flush(&s->text))
		give_up(s);
}

static void flush(void *ctx)
{
	struct session *s = ctx;

	if (!s->failed && s->text.n != 0 && !text_flush(&s->text))
		give_up(s);
}

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* Until those processes have ended, and with -f whoever they started, or we are told to stop. */
static int follow_others(struct session *s, struct attach *a)
{
	bool quiet = s->o->show.bare, any, last;
	int status = attach_ask(a);

	while (status == CLI_OK && !stopped && !s->failed) {
		u32 bell = reader_bell(s->reader);

		attach_look(a, quiet);
		last = !attach_any(a) && (!s->o->reader.follow || !reader_anybody(s->reader));
		if (last)
			reader_look(s->reader);
		any = reader_pass(s->reader, take, s);
		flush(s);
		if (last && !any)
			break;
		reader_sleep(s->reader, bell, 10);
	}
	if (status == CLI_OK && (attach_failed(a) || s->failed))
		status = CLI_FAILED;
	reader_stop(s->reader);
	while (!s->failed && reader_pass(s->reader, take, s))
		flush(s);
	reader_leave(s->reader);
	attach_end(a, quiet);
	return status;
}

static void report_lost(struct session *s)
{
	u64 lost = reader_lost(s->reader);

	if (lost != 0 && !s->failed)
		fprintf(stderr, "fbird: %llu event%s lost: there was no room for %s\n",
			(unsigned long long)lost, lost == 1 ? " was" : "s were",
			lost == 1 ? "it" : "them");
}

/* A program of our own, from its beginning; its end as wait(2) has it, -1 after a sentence. */
static int trace_program(struct session *s, struct trace_options *o, int memory, char **argv)
{
	pid_t pid;
	int status;

	child_signals();
	pid = start(o, memory, argv);
	if (pid < 0)
		return -1;
	reader_watch(s->reader, pid);
	fds_begin((u32)pid, o->directory);
	if (!o->count)
		o->format->begin(&s->text, &o->show, s->reader);
	status = reader_follow(s->reader, pid, take, flush, s);
	if (!o->count && !s->failed)
		o->format->ended(&s->text, &o->show, s->reader, (u32)pid, status);
	return status;
}

/* Programs that run already. */
static int trace_others(struct session *s, const struct trace_options *o, int memory)
{
	const struct sigaction act = {.sa_handler = stop};
	struct attach *a = attach_new(o->pids, o->npids, memory);

	if (a == NULL)
		return CLI_FAILED;
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGHUP, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
	for (u32 i = 0; i < o->npids; i++)
		reader_watch_other(s->reader, o->pids[i]);
	if (!o->count)
		o->format->begin(&s->text, &o->show, s->reader);
	return follow_others(s, a);
}

static void finish(struct session *s, int out)
{
	if (s->o->count) {
		FILE *f = fdopen(out, "w");

		if (f != NULL)
			summary_print(f, s->reader);
		if (f == NULL || fflush(f) != 0)
			fail(CLI_FAILED, "cannot write the summary: %s", strerror(errno));
	} else {
		if (!s->failed)
			s->o->format->end(&s->text, &s->o->show, s->reader);
		flush(s);
	}
	report_lost(s);
	text_close(&s->text);
}

static int trace(struct trace_options *o, char **argv)
{
	struct session s = {.o = o};
	int memory, status, out = STDERR_FILENO;

	o->reader.flags |= o->count ? TRACE_F_COUNT : TRACE_F_DATA;
	s.reader = reader_new(&o->reader, &memory);
	if (s.reader == NULL)
		return CLI_FAILED;
	status = set_filters(o, reader_header(s.reader));
	if (status != CLI_OK)
		return status;
	memcpy(s.wanted, reader_header(s.reader)->wanted, sizeof(s.wanted));
	if (fds_followed())
		filter_add_needed(reader_header(s.reader));
	if (o->output != NULL) {
		out = open(o->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
		if (out < 0)
			return fail(CLI_FAILED, "cannot open %s: %s", o->output, strerror(errno));
	}
	o->show.to_file = o->output != NULL;
	o->show.who = o->reader.follow || o->npids > 1;
	text_open(&s.text, out);
	if (o->npids != 0) {
		status = trace_others(&s, o, memory);
		finish(&s, out);
		return status;
	}
	status = trace_program(&s, o, memory, argv);
	if (status < 0)
		return CLI_FAILED;
	finish(&s, out);
	return child_end_as(status);
}

static int trace_main(int argc, char **argv)
{
	struct trace_options o = {.format = &format_strace};
	int status;

	o.reader.string_max = STRINGS_DEFAULT;
	status = parse(argc, argv, &o);
	return status == CLI_OK ? trace(&o, argv + optind) : status;
}

const struct command command_trace = {
    .name = "trace",
    .summary = "run a program and write its system calls",
    .help =
	"usage: fbird trace [OPTIONS] PROGRAM [ARGS...]\n"
	"       fbird trace [OPTIONS] -p PID...\n"
	"\n"
	"Runs PROGRAM as 'fbird run' does and writes each of its system calls, with arguments and\n"
	"result by the names of its own system, and its signals. Options mean what strace's do.\n"
	"\n"
	"  -o, --output FILE   into FILE; else to the standard error\n"
	"  --format FORMAT     strace (default), json (an object a line), csv, or perfetto\n"
	"  -e, --trace WHAT    only calls WHAT names: names, classes (file, desc, network, "
	"process,\n"
	"                      memory, signal, ipc, creds, clock), /REGEX, separated by commas;\n"
	"                      !WHAT for all but these; 'trace=' may stand before it\n"
	"  -f                  processes it starts, too (threads always are)\n"
	"  -c                  no calls, but at the end how many, how long, how often in vain\n"
	"  -t, -tt, -ttt       the time of day before each line; with microseconds; since 1970\n"
	"  -r                  the time since the line before\n"
	"  -T                  how long each call took\n"
	"  -y                  descriptors with what is behind them: 3</etc/motd>\n"
	"  -s N                at most N bytes of strings and buffers (32)\n"
	"  -q                  nothing of signals, programs and the end\n"
	"  -p, --attach PID    one that runs already, of yours; until it ends or you interrupt.\n"
	"                      Several with commas between them\n"
	"  -P NAME             as --personality NAME; 'bsd' is freebsd\n"
	"  --drop              rather lose events than make the program wait for who reads\n"
	"\n"
	"and of fbird run --personality, --root, --env, --unsetenv, --chdir, --argv0, --view,\n"
	"--bind, --read-only, --missing. 'fbird ptrace' is the same command. It ends as PROGRAM\n"
	"does; 2 when asked for what cannot be.\n",
    .main = trace_main,
};

const struct command command_ptrace = {
    .name = "ptrace",
    .summary = "the same as trace",
    .help = "usage: fbird ptrace [OPTIONS] PROGRAM [ARGS...]\n\nThe same as 'fbird trace'.\n",
    .main = trace_main,
};
