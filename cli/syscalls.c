/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/syscalls.c: `fbird syscalls PERSONALITY`: a personality's table as text, JSON or
 * Markdown.
 *
 * The rows are those of the personality's .def file as they stand, the same that make
 * the dispatch table, so what is printed here is what the runtime does.
 */
#include <ctype.h>
#include <getopt.h>
#include <string.h>

#include <jansson.h>

#include "cli/cli.h"
#include "cli/tables.h"

static bool wanted(const struct row *row, const char *state)
{
	return state == NULL || strcasecmp(row->state, state) == 0;
}

static void print_text(const struct table *t, const char *state)
{
	printf("%5s  %-24s %-9s %s\n", "nr", "name", "state", "arguments; note");
	for (size_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];

		if (wanted(r, state))
			printf("%5d  %-24s %-9s %s%s%s%s%s%s%s\n", r->nr, r->name, r->state,
			       r->args, r->where != NULL ? " " : "",
			       r->where != NULL ? r->where : "", *r->result ? " = " : "", r->result,
			       *r->note ? "; " : "", r->note);
	}
}

/* Calls visit(state, rows in it) for each state, in the order they first appear. */
static void each_state(const struct table *t, const char *state,
		       void (*visit)(const char *state, int count))
{
	for (size_t i = 0; i < t->count; i++) {
		const char *this = t->rows[i].state;
		bool seen = false;
		int count = 0;

		for (size_t j = 0; j < t->count; j++) {
			if (strcmp(t->rows[j].state, this) == 0) {
				seen |= j < i;
				count++;
			}
		}
		if (!seen && wanted(&t->rows[i], state))
			visit(this, count);
	}
}

static void print_count(const char *state, int count)
{
	printf("%-9s %5d\n", state, count);
}

static void print_markdown_count(const char *state, int count)
{
	printf("| %s | %d |\n", state, count);
}

/* A cell of a Markdown table: a bar would end it. */
static void print_cell(const char *text)
{
	for (; *text != '\0'; text++)
		printf(*text == '|' ? "\\|" : "%c", *text);
}

static void print_markdown(const struct table *t, const char *state)
{
	printf("# System calls: %s\n\n"
	       "Printed by `fbird syscalls %s --markdown` from "
	       "[its table](../personality/%s).\n\n"
	       "| State | Calls |\n|---|---|\n",
	       t->title, t->name, t->file);
	each_state(t, state, print_markdown_count);
	printf("\n| Nr | Name | State | Arguments | Note |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];

		if (!wanted(r, state))
			continue;
		printf("| %d | %s | %s | ", r->nr, r->name, r->state);
		print_cell(r->args);
		printf("%s%s | ", r->where != NULL ? " " : "", r->where != NULL ? r->where : "");
		print_cell(r->note);
		printf(" |\n");
	}
}

/* "(PATH path, MODE mode)" as an array of objects with "type" and "name". */
static json_t *args_to_json(const char *args)
{
	json_t *list = json_array();
	const char *p = args;

	while (*p != '\0') {
		const char *type;
		const char *name;
		size_t type_length;
		size_t name_length;

		while (*p != '\0' && !isalnum((unsigned char)*p) && *p != '_')
			p++;
		type = p;
		type_length = strcspn(p, " ,)");
		p += type_length;
		p += strspn(p, " ");
		name = p;
		name_length = strcspn(p, " ,)");
		p += name_length;
		if (type_length > 0)
			json_array_append_new(list,
					      json_pack("{s:s%, s:s%}", "type", type, type_length,
							"name", name, name_length));
	}
	return list;
}

static int print_json(const struct table *t, const char *state)
{
	json_t *list = json_array();
	int status = CLI_OK;

	for (size_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];

		if (wanted(r, state))
			json_array_append_new(list, json_pack("{s:i, s:s, s:s, s:s, s:o, s:b, s:s}",
							      "nr", r->nr, "name", r->name, "state",
							      r->state, "result", r->result, "args",
							      args_to_json(r->args), "passed",
							      r->passed, "note", r->note));
	}
	if (json_dumpf(list, stdout, JSON_INDENT(1)) != 0)
		status = fail(CLI_FAILED, "cannot write the table of %s as JSON", t->name);
	putchar('\n');
	json_decref(list);
	return status;
}

static const struct table *find_table(const char *name)
{
	for (const struct table *t = tables; t->name != NULL; t++) {
		if (strcmp(t->name, name) == 0)
			return t;
	}
	return NULL;
}

static int syscalls_main(int argc, char **argv)
{
	static const struct option long_options[] = {
	    {"state", required_argument, NULL, 's'},
	    {"count", no_argument, NULL, 'c'},
	    {"json", no_argument, NULL, 'j'},
	    {"markdown", no_argument, NULL, 'm'},
	    {0},
	};
	const struct table *table;
	const char *state = NULL;
	int form = 't';
	int answer;

	while ((answer = getopt_long(argc, argv, ":", long_options, NULL)) != -1) {
		switch (answer) {
		case 's':
			state = optarg;
			break;
		case 'c':
		case 'j':
		case 'm':
			form = answer;
			break;
		default:
			return fail_option(CLI_USAGE, "syscalls", answer, argv);
		}
	}
	if (optind == argc) {
		for (table = tables; table->name != NULL; table++)
			printf("%-10s %s, %zu rows\n", table->name, table->title, table->count);
		return CLI_OK;
	}
	if (optind + 1 < argc)
		return fail(CLI_USAGE, "'fbird syscalls' takes one personality at a time");
	table = find_table(argv[optind]);
	if (table == NULL)
		return fail(CLI_USAGE,
			    "there is no personality '%s'; 'fbird syscalls' alone lists them",
			    argv[optind]);
	switch (form) {
	case 'c':
		each_state(table, state, print_count);
		return CLI_OK;
	case 'j':
		return print_json(table, state);
	case 'm':
		print_markdown(table, state);
		return CLI_OK;
	default:
		print_text(table, state);
		return CLI_OK;
	}
}

const struct command command_syscalls = {
    .name = "syscalls",
    .summary = "print the system-call table of a personality",
    .help = "usage: fbird syscalls [--state STATE] [--count | --json | --markdown] [PERSONALITY]\n"
	    "\n"
	    "Prints every system call of the personality with its number, state, arguments and\n"
	    "what is to be said about it; without PERSONALITY, which there are.\n"
	    "\n"
	    "  --state STATE  only the rows in that state, for example 'full' or 'missing'\n"
	    "  --count        how many rows are in each state\n"
	    "  --json         as a JSON array\n"
	    "  --markdown     as a page of the documentation\n",
    .main = syscalls_main,
};
