/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/ps.c: `fbird ps`: the guests that run, with what no other ps can know: whose programs they
 * are and what is "/" to them.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <string.h>

#include <jansson.h>

#include "cli/cli.h"
#include "cli/ps_columns.h"

#define PIDS_MAX 256
#define USUAL	 "pid,ppid,user,personality,root,threads,time,rss,command"

struct options {
	bool everybody, json, tree;
	struct columns columns;
	pid_t pid[PIDS_MAX];
	int npids;
};

static const struct option long_options[] = {
    {"all", no_argument, NULL, 'a'},  {"format", required_argument, NULL, 'o'},
    {"json", no_argument, NULL, 'j'}, {"pid", required_argument, NULL, 'p'},
    {"tree", no_argument, NULL, 't'}, {0},
};

static int parse_pids(char *text, struct options *o)
{
	for (char *p = text;; p++) {
		char *end;
		long pid;

		errno = 0;
		pid = strtol(p, &end, 10);
		if (end == p || errno != 0 || pid <= 0 || pid > INT_MAX ||
		    (*end != ',' && *end != '\0'))
			return fail(CLI_USAGE, "'-p %s' is no list of process numbers", text);
		if (o->npids == PIDS_MAX)
			return fail(CLI_USAGE, "more than %d processes", PIDS_MAX);
		o->pid[o->npids++] = (pid_t)pid;
		p = end;
		if (*p == '\0')
			return CLI_OK;
	}
}

/* ---- a tree -------------------------------------------------------------------------------- */

static const struct guest *parent_of(const struct guests *all, const struct guest *g)
{
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i].pid == g->ppid && g->ppid != g->pid)
			return &all->list[i];
	return NULL;
}

struct tree {
	const struct guests *all;
	struct guests *out;
	char **indent;
	bool *done;
};

/* A guest, and then its children, each behind a branch. What lies is no tree ends all the same. */
static void put_branch(struct tree *t, size_t i, const char *before, bool first, bool last)
{
	size_t left = 0;
	const struct guest *g = &t->all->list[i];
	CLEAN_FREE char *below = first ? format_string("%s", before)
				       : format_string("%s%s", before, last ? "   " : " | ");

	t->done[i] = true;
	t->indent[t->out->count] = format_string("%s%s", before, first ? "" : " \\_ ");
	t->out->list[t->out->count++] = *g;
	for (size_t k = 0; k < t->all->count; k++)
		left += !t->done[k] && parent_of(t->all, &t->all->list[k]) == g;
	for (size_t k = 0; k < t->all->count && left > 0; k++)
		if (!t->done[k] && parent_of(t->all, &t->all->list[k]) == g)
			put_branch(t, k, below, false, --left == 0);
}

static void print_tree(const struct columns *c, const struct guests *all)
{
	struct guests out = {.list = allocate((all->count + 1) * sizeof(*out.list))};
	struct tree t = {all, &out, allocate((all->count + 1) * sizeof(char *)),
			 allocate(all->count + 1)};

	memset(t.done, 0, all->count);
	for (size_t i = 0; i < all->count; i++)
		if (parent_of(all, &all->list[i]) == NULL)
			put_branch(&t, i, "", true, true);
	for (size_t i = 0; i < all->count; i++)
		if (!t.done[i])
			put_branch(&t, i, "", true, true);
	columns_print(c, &out, t.indent);
	for (size_t i = 0; i < out.count; i++)
		free(t.indent[i]);
	free(t.indent);
	free(t.done);
	free(out.list);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

/* Names of files need not be UTF-8, and JSON must. */
static json_t *text(const char *s)
{
	json_t *j = json_string(s);
	char *copy;

	if (j != NULL)
		return j;
	copy = format_string("%s", s);
	for (char *p = copy; *p != '\0'; p++)
		if ((unsigned char)*p >= 0x80)
			*p = '?';
	j = json_string(copy);
	free(copy);
	return j;
}

static void print_json(const struct guests *all)
{
	json_t *list = json_array();

	for (size_t i = 0; i < all->count; i++) {
		const struct guest *g = &all->list[i];
		json_t *o = json_object();

		json_object_set_new(o, "pid", json_integer(g->pid));
		json_object_set_new(o, "ppid", json_integer(g->ppid));
		json_object_set_new(o, "pgid", json_integer(g->pgid));
		json_object_set_new(o, "sid", json_integer(g->sid));
		json_object_set_new(o, "uid", json_integer(g->uid));
		json_object_set_new(o, "user", text(guest_user(g->uid)));
		json_object_set_new(o, "personality", text(g->personality));
		json_object_set_new(o, "root", text(g->root));
		json_object_set_new(o, "root_name", g->name != NULL ? text(g->name) : json_null());
		json_object_set_new(o, "view",
				    strcmp(g->root, "/") == 0 ? json_null()
				    : g->in_process	      ? text("in-process")
							      : text("namespace"));
		json_object_set_new(o, "interpreted", json_boolean(g->interpreted));
		json_object_set_new(o, "state", json_stringn(&g->state, 1));
		json_object_set_new(o, "threads", json_integer(g->threads));
		json_object_set_new(o, "cpu_seconds",
				    json_real((double)g->ticks / (double)sysconf(_SC_CLK_TCK)));
		json_object_set_new(o, "rss", json_integer((json_int_t)g->rss));
		json_object_set_new(o, "vsz", json_integer((json_int_t)g->vsz));
		json_object_set_new(o, "program", text(g->program));
		json_object_set_new(o, "command", text(g->command));
		json_array_append_new(list, o);
	}
	json_dumpf(list, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(list);
}

/* Those that were named; a status, after a sentence for each that is none. */
static int find_named(const struct options *o, struct guests *all)
{
	int status = CLI_OK;

	memset(all, 0, sizeof(*all));
	all->list = allocate((size_t)o->npids * sizeof(*all->list));
	for (int i = 0; i < o->npids; i++) {
		struct guest *g = &all->list[all->count];

		switch (guest_look(o->pid[i], g)) {
		case GUEST_IS:
			all->count++;
			break;
		case GUEST_NOT:
			status = fail(CLI_FAILED, "process %d is no guest", o->pid[i]);
			break;
		case GUEST_CLOSED:
			status = fail(CLI_FAILED,
				      "process %d may not be looked into by you: whether it is a "
				      "guest cannot be said",
				      o->pid[i]);
			break;
		case GUEST_GONE:
			status = fail(CLI_FAILED, "there is no process %d", o->pid[i]);
			break;
		}
	}
	return status;
}

static int ps_main(int argc, char **argv)
{
	struct options o = {0};
	struct guests all;
	int answer, status = CLI_OK;

	while ((answer = getopt_long(argc, argv, "+:ao:p:", long_options, NULL)) != -1) {
		switch (answer) {
		case 'a':
			o.everybody = true;
			break;
		case 'j':
			o.json = true;
			break;
		case 't':
			o.tree = true;
			break;
		case 'o':
			status = columns_add(&o.columns, optarg);
			if (status != CLI_OK)
				return status;
			break;
		case 'p':
			if (parse_pids(optarg, &o) != CLI_OK)
				return CLI_USAGE;
			break;
		default:
			return fail_option(CLI_USAGE, "ps", answer, argv);
		}
	}
	if (optind < argc)
		return fail(CLI_USAGE, "'%s': fbird ps takes options only; -p names processes",
			    argv[optind]);
	if (o.json && (o.tree || o.columns.count > 0))
		return fail(CLI_USAGE, "'--json' has neither columns nor a tree");
	if (o.columns.count == 0)
		columns_add(&o.columns, USUAL);
	if (o.npids > 0)
		status = find_named(&o, &all);
	else if (!guests_find(&all, o.everybody))
		return fail(CLI_FAILED, "cannot read /proc: %s", strerror(errno));
	if (o.json)
		print_json(&all);
	else if (o.tree)
		print_tree(&o.columns, &all);
	else
		columns_print(&o.columns, &all, NULL);
	if (o.everybody && all.closed > 0) {
		fflush(stdout);
		fail(CLI_OK,
		     "%zu processes of others may not be looked into by you: guests among them "
		     "are not shown",
		     all.closed);
	}
	guests_free(&all);
	return status;
}

const struct command command_ps = {
    .name = "ps",
    .summary = "list the guests that run",
    .help =
	"usage: fbird ps [-a] [-p PID[,PID...]] [-o COLUMN[=HEADER],...] [--tree] [--json]\n"
	"\n"
	"Lists your processes that are programs of another system: process and parent, user,\n"
	"personality, the root directory they see ('/' is this machine's own), threads,\n"
	"processor time, resident memory and the command.\n"
	"\n"
	"  -a, --all   of all users; those that may not be looked into are counted only\n"
	"  -p PID      these processes\n"
	"  -o COLUMNS  these columns: pid ppid pgid sid user uid personality root view threads\n"
	"              time etime pcpu rss vsz state traced program command\n"
	"  --tree      each below its parent\n"
	"  --json      the same and more, as a JSON array\n"
	"\n"
	"Exit status: 1 when a process that -p names is none or no guest.\n",
    .main = ps_main,
};
