/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/learn.c: `fbird audit learn`: runs a program, and writes the smallest policy under
 * which it would do the same again: the calls it made, and with --paths the files.
 *
 * Paths are those of calls that succeeded, their directories for what was written, and grouped:
 * more than a few files of a directory are the directory.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "cli/audit/audit.h"
#include "cli/program.h"
#include "cli/trace/fds.h"
#include "cli/trace/filter.h"
#include "cli/trace/posix.h"
#include "cli/trace/value.h"
#include "loader/elf.h"

#define FILES_OF_DIRECTORY 4 /* more of them are all of it */

struct learnt_path {
	char *path;
	u32 rights;
	struct learnt_path *next;
};

struct learn_options {
	const char *output;
	const char *directory; /* of --chdir */
	bool paths;
	struct run_words run;
};

struct session {
	const struct learn_options *o;
	struct reader *reader;
	u64 seen[TRACE_ABIS][TRACE_NUMBERS / 64];
	struct learnt_path *paths;
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"paths", no_argument, NULL, 'p'},
    RUN_WORD_OPTIONS(OPT_RUN_WORD, OPT_RUN_FLAG),
    RUN_FLAG("missing", OPT_RUN_FLAG),
    {0},
};

static int parse(int argc, char **argv, struct learn_options *o)
{
	int answer, index = 0, status = CLI_OK;

	while (status == CLI_OK &&
	       (answer = getopt_long(argc, argv, "+:o:P:", long_options, &index)) != -1) {
		switch (answer) {
		case 'o':
			o->output = optarg;
			break;
		case 'p':
			o->paths = true;
			break;
		case 'P':
			status = run_words_add(&o->run, "personality", personality_named(optarg));
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
			return fail_option(CLI_USAGE, "audit", answer, argv);
		}
	}
	if (status == CLI_OK && optind >= argc)
		return fail(
		    CLI_USAGE,
		    "the form is 'fbird audit learn [-o POLICY] [--paths] PROGRAM [ARGS...]'");
	return status;
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void add_path(struct session *s, const char *path, u32 rights)
{
	struct learnt_path *p = s->paths;

	while (p != NULL && strcmp(p->path, path) != 0)
		p = p->next;
	if (p == NULL) {
		p = allocate(sizeof(*p));
		*p = (struct learnt_path){format_string("%s", path), 0, s->paths};
		s->paths = p;
	}
	p->rights |= rights;
}

static void add_directory_of(struct session *s, const char *path, u32 rights)
{
	CLEAN_FREE char *copy = format_string("%s", path);
	char *slash = strrchr(copy, '/');

	if (slash == NULL)
		return;
	slash[slash == copy] = '\0';
	add_path(s, copy, rights);
}

/* What opening takes, by its flags; PATH_WRITE of the directory when it may make the file. */
static u32 rights_of_open(const struct event *e, bool *makes)
{
	const struct posix *posix = posix_of(e->abi);
	u64 creat = 0, accmode = 3;

	*makes = false;
	for (u32 i = 0; i < e->call->nargs; i++) {
		if (e->call->word[i] != WORD_OFLAGS)
			continue;
		if (posix != NULL && posix_named(posix, "O_CREAT", &creat))
			*makes = (e->r->args[i] & creat) != 0;
		switch (e->r->args[i] & accmode) {
		case 0:
			return PATH_READ;
		case 1:
			return PATH_WRITE;
		default:
			return PATH_READ | PATH_WRITE;
		}
	}
	return PATH_READ;
}

/* Every path rule lets these through (cli/confine.c). */
static bool is_always_there(const char *path)
{
	static const char *const names[] = {"/dev/null",   "/dev/zero",	   "/dev/full",
					    "/dev/random", "/dev/urandom", "/dev/tty"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcmp(names[i], path) == 0)
			return true;
	return strcmp(path, "/proc") == 0 || strncmp(path, "/proc/", 6) == 0;
}

static void learn_path(struct session *s, const struct event *e)
{
	CLEAN_FREE char *path = NULL;
	bool makes;

	if (e->r->kind != TRACE_CALL || e->call == NULL || !e->done ||
	    e->r->flags & (TRACE_R_CARRY | TRACE_R_RESTART))
		return;
	for (u32 i = 0; i < e->call->nargs; i++) {
		const char *whole = e->call->word[i] == WORD_PATH ? fds_whole_path(e, i) : NULL;

		if (whole == NULL || *whole != '/' || is_always_there(whole))
			continue;
		path = format_string("%s", whole);
		if (e->call->returns_fd) {
			u32 rights = rights_of_open(e, &makes);

			if (makes)
				add_directory_of(s, path, PATH_READ | PATH_WRITE);
			else
				add_path(s, path, rights);
		} else if (strstr(e->call->name, "stat") == NULL &&
			   strstr(e->call->name, "access") == NULL &&
			   strstr(e->call->name, "readlink") == NULL &&
			   strstr(e->call->name, "chdir") == NULL &&
			   strstr(e->call->name, "pathconf") == NULL) {
			add_directory_of(s, path, PATH_READ | PATH_WRITE);
		}
		free(path);
		path = NULL;
	}
}

/* What the runtime opens to execute a program: itself, and its dynamic linker. */
static void learn_program(struct session *s, const char *path)
{
	struct program_file file CLEAN_PROGRAM = {.fd = -1};
	struct loader_elf_plan plan;

	if (*path != '/')
		return;
	add_path(s, path, PATH_READ | PATH_EXECUTE);
	if (program_open(&file, path) == 0 && loader_elf_plan(&file.source, &plan, NULL) == 0 &&
	    plan.interp[0] == '/')
		add_path(s, plan.interp, PATH_READ | PATH_EXECUTE);
}

static void take(void *ctx, const struct event *e)
{
	struct session *s = ctx;
	struct shown_data d;

	if (e->r->kind == TRACE_CALL && e->abi->number < TRACE_ABIS) {
		u32 nr = MIN(e->r->nr, (u32)TRACE_NUMBERS - 1);

		s->seen[e->abi->number][nr / 64] |= 1ull << nr % 64;
	}
	if (!s->o->paths)
		return;
	learn_path(s, e);
	fds_after(e);
	if (e->r->kind == TRACE_EXEC) {
		CLEAN_FREE char *path = NULL;

		d = event_data(e, 0, false, 0);
		path = format_string("%.*s", (int)d.n, (const char *)d.p);
		learn_program(s, path);
	}
}

/* ---- the policy ------------------------------------------------------------------------------ */

static u32 files_in(const struct session *s, const char *directory, size_t n, u32 *rights)
{
	u32 count = 0;

	*rights = 0;
	for (const struct learnt_path *p = s->paths; p != NULL; p = p->next)
		if (strncmp(p->path, directory, n) == 0 && p->path[n] == '/' &&
		    strchr(p->path + n + 1, '/') == NULL) {
			*rights |= p->rights;
			count++;
		}
	return count;
}

/* Directories of which many files were used, but not the whole tree. */
static void group(struct session *s)
{
	for (struct learnt_path *p = s->paths; p != NULL; p = p->next) {
		size_t n = (size_t)(strrchr(p->path, '/') - p->path);
		u32 rights;

		if (n != 0 && files_in(s, p->path, n, &rights) > FILES_OF_DIRECTORY) {
			CLEAN_FREE char *directory = format_string("%.*s", (int)n, p->path);

			add_path(s, directory, rights);
		}
	}
}

/* Is what it says said by a directory above already? */
static bool is_covered(const struct session *s, const struct learnt_path *p)
{
	for (const struct learnt_path *q = s->paths; q != NULL; q = q->next) {
		size_t n = strlen(q->path);

		if (q != p && n < strlen(p->path) && strncmp(q->path, p->path, n) == 0 &&
		    (p->path[n] == '/' || n == 1) && (p->rights & ~q->rights) == 0)
			return true;
	}
	return false;
}

static void write_paths(FILE *f, struct session *s)
{
	static const char *const names[] = {
	    "",	       "read",		"write",	  "read, write",
	    "execute", "read, execute", "write, execute", "read, write, execute"};

	group(s);
	for (const struct learnt_path *p = s->paths; p != NULL; p = p->next) {
		struct stat st;

		/* Of what is gone there can be no rule. */
		if (stat(p->path, &st) != 0 || is_covered(s, p))
			continue;
		fprintf(f, "path %s \"%s\"\n", names[p->rights & 7], p->path);
	}
}

static void write_calls(FILE *f, const struct session *s, const struct abi *a)
{
	u32 column = 0;
	bool any = false;

	for (u32 nr = 0; nr < a->count; nr++) {
		const struct call_info *c = abi_call(a, nr);

		if (!(s->seen[a->number][nr / 64] >> nr % 64 & 1) || c == NULL)
			continue;
		if (!any)
			fprintf(f, "\n[%s]\n", a->name);
		if (column == 0)
			column = (u32)fprintf(f, "allow %s", c->name);
		else
			column += (u32)fprintf(f, ", %s", c->name);
		any = true;
		if (column > 80) {
			fputc('\n', f);
			column = 0;
		}
	}
	if (column != 0)
		fputc('\n', f);
}

static int write_policy(struct session *s, char **argv)
{
	FILE *f = s->o->output != NULL ? fopen(s->o->output, "we") : stdout;
	u32 n;
	const struct abi *all = abi_all(&n);

	if (f == NULL)
		return fail(CLI_FAILED, "cannot open %s: %s", s->o->output, strerror(errno));
	fprintf(f, "# What ");
	for (char **p = argv; *p != NULL && p < argv + 8; p++)
		fprintf(f, "%.*s ", (int)strcspn(*p, "\n\r"), *p);
	fprintf(f, "did, by fbird audit learn.\n[any]\ndefault deny\n");
	if (s->o->paths)
		write_paths(f, s);
	for (u32 i = 0; i < n; i++)
		write_calls(f, s, &all[i]);
	if (fflush(f) != 0 || ferror(f))
		return fail(CLI_FAILED, "cannot write the policy: %s", strerror(errno));
	if (f != stdout)
		fclose(f);
	return CLI_OK;
}

int audit_learn_main(int argc, char **argv)
{
	struct learn_options o = {0};
	struct session s = {.o = &o};
	struct reader_options wants = {.string_max = 4096, .follow = true};
	struct child c = {.fbird = audit_fbird, .words = &o.run, .keep = -1, .gate = -1};
	int memory, status = parse(argc, argv, &o), written;
	pid_t pid;

	if (status != CLI_OK)
		return status;
	wants.flags = o.paths ? TRACE_F_DATA : 0;
	s.reader = reader_new(&wants, &memory);
	if (s.reader == NULL)
		return CLI_FAILED;
	filter_all(reader_header(s.reader));
	if (o.paths)
		fds_follow();
	c.keep = memory;
	status = run_words_add(&o.run, "trace-memory", format_string("%d", memory));
	if (status != CLI_OK)
		return status;
	child_signals();
	pid = child_start(&c, argv + optind);
	if (pid < 0)
		return CLI_FAILED;
	reader_watch(s.reader, pid);
	fds_begin((u32)pid, o.directory);
	status = reader_follow(s.reader, pid, take, NULL, &s);
	written = write_policy(&s, argv + optind);
	return written != CLI_OK ? written : child_end_as(status);
}
