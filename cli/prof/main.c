/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/main.c: fbird-prof, which `fbird prof` becomes: runs a program, samples it, and writes
 * where its time went.
 *
 * The program is a child that waits until its sampling is set up (cli/child.h), and then becomes
 * `fbird run`. Nothing in it changes: the host's kernel interrupts it and notes its stack
 * (sampler.h), this process says what the addresses are when it is told of them (spaces.h), counts
 * stacks that are the same, and looks names up at the end (objects.h).
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "cli/child.h"
#include "cli/prof/profile.h"
#include "cli/prof/spaces.h"
#include "cli/trace/filter.h"
#include "cli/trace/reader.h"

#define HZ_DEFAULT                                                                                 \
	997 /* a prime, so that it does not keep step with what a program does each ms             \
	     */
#define HZ_MOST 50000
#define DEPTH	1024
#define LOOK_MS 100

struct output {
	const char *name;
	const char *suffix;
	void (*write)(FILE *f, struct profile *p);
};

static const struct output outputs[] = {
    {"report", NULL, report_write},
    {"folded", ".folded", folded_write},
    {"speedscope", ".json", speedscope_write},
    {"pprof", ".pb.gz", pprof_write},
    {"html", ".html", html_write},
};

struct prof_options {
	const struct output *output;
	const char *file;
	u32 hz;
	bool calls;
	bool runtime;
	struct run_words run;
};

struct session {
	struct spaces *spaces;
	struct objects *objects;
	struct intern stacks; /* of struct place, the innermost first */
	u64 *counts;
	u32 counts_room;
	u64 interpreted;
	struct profile profile;
};

enum { OPT_FORMAT = 256, OPT_MODE, OPT_RUNTIME, OPT_RUN_WORD, OPT_RUN_FLAG };

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"mode", required_argument, NULL, OPT_MODE},
    {"frequency", required_argument, NULL, 'F'},
    {"runtime", no_argument, NULL, OPT_RUNTIME},
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

/* ---- options ------------------------------------------------------------------------------ */

static int set_format(struct prof_options *o, const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(outputs); i++)
		if (strcmp(outputs[i].name, name) == 0) {
			o->output = &outputs[i];
			return CLI_OK;
		}
	return fail(CLI_USAGE,
		    "'--format %s' is none of report, folded, speedscope, pprof and html", name);
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
	o->calls = strcmp(name, "syscall") == 0;
	if (o->calls || strcmp(name, "cpu") == 0)
		return CLI_OK;
	return fail(CLI_USAGE, "'--mode %s' is neither cpu nor syscall", name);
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

static int parse(int argc, char **argv, struct prof_options *o)
{
	int answer, index = 0, status = CLI_OK;

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
		case 'F':
			status = set_hz(o, optarg);
			break;
		case OPT_RUNTIME:
			o->runtime = true;
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

/* ---- sampling ----------------------------------------------------------------------------- */

static void take(void *ctx, const struct sampled *e)
{
	static struct place places[DEPTH];
	struct session *s = ctx;
	u32 n, stack;

	if (e->h->type != PERF_RECORD_SAMPLE) {
		spaces_note(s->spaces, e);
		return;
	}
	n = spaces_places(s->spaces, e, places, DEPTH);
	if (n == 0)
		return;
	stack = intern(&s->stacks, places, n * sizeof(*places));
	s->counts = grow(s->counts, &s->counts_room, stack, sizeof(*s->counts));
	s->counts[stack]++;
	if (spaces_interpreted(s->spaces, e))
		s->interpreted++;
}

static void no_event(void *ctx, const struct event *e)
{
	(void)ctx, (void)e;
}

static int follow(struct session *s, struct sampler *sampler, struct reader *reader, pid_t pid)
{
	bool ended = false;
	int status = 0;

	while (!ended) {
		ended = waitpid(pid, &status, WNOHANG) == pid;
		if (!ended)
			sampler_sleep(sampler, LOOK_MS);
		sampler_pass(sampler, ended, take, s);
		if (reader != NULL) {
			if (ended)
				reader_look(reader);
			while (reader_pass(reader, no_event, NULL) && ended)
				;
		}
	}
	if (reader != NULL)
		reader_stop(reader);
	return status;
}

/* ---- the profile -------------------------------------------------------------------------- */

static u32 frame_at(struct session *s, const struct place *p)
{
	const char *object = object_name(s->objects, p->object);
	const char *name =
	    p->object >= OBJECT_OTHERS ? object_function(s->objects, p->object, p->offset) : NULL;
	CLEAN_FREE char *nameless = NULL;

	if (name == NULL) {
		nameless = format_string(*object == '[' ? "%s" : "[%s]", object);
		name = nameless;
	}
	return profile_frame(&s->profile, name, object);
}

static void name_stacks(struct session *s, bool runtime)
{
	static u32 frames[DEPTH];

	for (u32 i = 0; i < s->stacks.n; i++) {
		u32 n;
		const struct place *places = interned(&s->stacks, i, &n);

		n /= sizeof(*places);
		for (u32 k = 0; k < n; k++)
			frames[k] = frame_at(s, &places[k]);
		profile_add(&s->profile, frames, n, s->counts[i]);
	}
	if (s->interpreted * 2 > s->profile.samples)
		s->profile.note = runtime
				      ? "The program is of another processor: the profile is of "
					"the interpreter."
				      : "The program is of another processor: the profile is of "
					"the interpreter; --runtime names its functions.";
}

static int by_time(const void *a, const void *b)
{
	const struct call_time *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns > y->ns ? -1 : 1;
	return x->calls < y->calls ? 1 : x->calls > y->calls ? -1 : 0;
}

static void add_calls(struct profile *p, struct reader *r)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	p->has_calls = true;
	for (u32 i = 0; i < n; i++) {
		const struct trace_count *counts = reader_counts(r, i);

		for (u32 nr = 0; counts != NULL && nr <= TRACE_NUMBERS; nr++) {
			const struct call_info *c = abi_call(&all[i], nr);

			if (counts[nr].calls == 0)
				continue;
			p->calls = grow(p->calls, &p->calls_room, p->ncalls, sizeof(*p->calls));
			p->calls[p->ncalls++] = (struct call_time){
			    all[i].name,
			    c != NULL && c->name != NULL ? c->name
							 : format_string("syscall_%#x", nr),
			    counts[nr].calls,
			    counts[nr].errors,
			    reader_ns(r, counts[nr].ticks),
			};
		}
	}
	if (p->ncalls != 0)
		qsort(p->calls, p->ncalls, sizeof(*p->calls), by_time);
}

static char *command_line(char **argv)
{
	char *line = format_string("%s", argv[0]);

	for (u32 i = 1; argv[i] != NULL && strlen(line) < 1024; i++) {
		char *longer = format_string("%s %s", line, argv[i]);

		free(line);
		line = longer;
	}
	return line;
}

static u64 now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (u64)t.tv_sec * 1000000000u + (u64)t.tv_nsec;
}

/* ---- all of it ---------------------------------------------------------------------------- */

static FILE *open_output(const struct prof_options *o)
{
	FILE *f;

	if (o->file == NULL)
		return stderr;
	if (strcmp(o->file, "-") == 0)
		return stdout;
	f = fopen(o->file, "we");
	if (f == NULL)
		fail(CLI_FAILED, "cannot open %s: %s", o->file, strerror(errno));
	return f;
}

/* Not written is a failure, even of a program that did well. */
static int write_profile(const struct prof_options *o, FILE *f, struct profile *p)
{
	bool bad;

	errno = 0;
	o->output->write(f, p);
	bad = fflush(f) != 0 || ferror(f) != 0;
	/* What a report says at its head is said of the others, too. */
	if (o->output != &outputs[0] && p->lost != 0)
		fprintf(stderr, "fbird: %llu records were lost: there was no room for them\n",
			(unsigned long long)p->lost);
	if (o->output != &outputs[0] && p->note != NULL)
		fprintf(stderr, "fbird: %s\n", p->note);
	if (!bad)
		return CLI_OK;
	return fail(CLI_FAILED, "cannot write the profile to %s: %s",
		    o->file != NULL ? o->file : "the standard error", strerror(errno));
}

static struct reader *count_calls(struct prof_options *o, int *memory)
{
	struct reader_options want = {.flags = TRACE_F_COUNT, .follow = true};
	struct reader *r = reader_new(&want, memory);

	if (r == NULL)
		return NULL;
	filter_all(reader_header(r));
	if (run_words_add(&o->run, "trace-memory", format_string("%d", *memory)) != CLI_OK)
		return NULL;
	return r;
}

static int prof(struct prof_options *o, const char *fbird, char **argv)
{
	struct child c = {.fbird = fbird, .words = &o->run, .keep = -1, .held = true};
	struct session s = {.profile = {.period = 1000000000u / o->hz}};
	struct reader *reader = NULL;
	struct sampler *sampler;
	int status, written;
	sigset_t child;
	u64 begin;
	pid_t pid;
	FILE *f = open_output(o);

	if (f == NULL)
		return CLI_FAILED;
	if (o->calls) {
		reader = count_calls(o, &c.keep);
		if (reader == NULL)
			return CLI_FAILED;
	}
	s.objects = objects_new(fbird);
	s.spaces = spaces_new(s.objects, o->runtime);
	pid = child_start(&c, argv);
	if (pid < 0)
		return CLI_FAILED;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	child_signals();
	sampler = sampler_new(pid, o->hz);
	if (sampler == NULL) {
		close(c.gate);
		waitpid(pid, &status, 0);
		return CLI_FAILED;
	}
	if (reader != NULL)
		reader_watch(reader, pid);
	s.profile.began = now(CLOCK_REALTIME);
	begin = now(CLOCK_MONOTONIC);
	child_go(&c);
	status = follow(&s, sampler, reader, pid);
	s.profile.duration = now(CLOCK_MONOTONIC) - begin;
	s.profile.lost = sampler_lost(sampler);
	s.profile.command = command_line(argv);
	name_stacks(&s, o->runtime);
	if (reader != NULL)
		add_calls(&s.profile, reader);
	sampler_free(sampler);
	written = write_profile(o, f, &s.profile);
	status = child_end_as(status);
	return status != 0 ? status : written;
}

int main(int argc, char **argv)
{
	struct prof_options o = {.hz = HZ_DEFAULT};
	const char *fbird = argc > 1 ? argv[1] : NULL;
	int status;

	if (fbird == NULL || *fbird != '/')
		return fail(CLI_USAGE, "this is a part of fbird: 'fbird prof' runs it");
	argc--;
	argv++;
	if (argc > 1 && strcmp(argv[1], "diff") == 0) {
		status = diff_main(argc - 1, argv + 1);
		return fflush(stdout) == 0 ? status
					   : fail(CLI_FAILED, "cannot write to standard output: %s",
						  strerror(errno));
	}
	status = parse(argc, argv, &o);
	return status == CLI_OK ? prof(&o, fbird, argv + optind) : status;
}
