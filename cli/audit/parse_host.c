/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/parse_host.c: lines that the host enforces:
 *
 *	path read|write|execute[,...] PATH...
 *	port connect|bind[,...] N[-M]...
 *	capability none | keep NAME... | drop NAME...
 */
#include <string.h>
#include <sys/capability.h>

#include "cli/audit/parser.h"

static int needs_any(struct parser *s, const char *what)
{
	return s->of_any
		   ? CLI_OK
		   : parser_wrong(s, what, NULL,
				  "it holds for the whole program, whatever personality: put it "
				  "under [any] or [box NAME]");
}

/* Names with commas between them, a bit for each. */
static int read_rights(struct parser *s, const char *const *names, u32 count, const char *what,
		       const char *expected, u32 *rights)
{
	char *word;

	do {
		u32 i = 0;

		word = parser_next(s);
		while (word != NULL && i < count && strcmp(names[i], word) != 0)
			i++;
		if (word == NULL || i == count)
			return parser_wrong(s, what, word != NULL ? word : "", expected);
		*rights |= 1u << i;
		s->rest += strspn(s->rest, " \t\r");
	} while (*s->rest == ',' && parser_next(s) != NULL);
	return CLI_OK;
}

int parse_paths(struct parser *s)
{
	static const char *const names[] = {"read", "write", "execute"};
	u32 rights = 0;
	char *word;
	int status = needs_any(s, "a path rule for some personalities");

	if (status == CLI_OK)
		status = read_rights(s, names, ARRAY_LEN(names), "no right to a path:",
				     "expected read, write or execute, with commas between them",
				     &rights);
	if (status != CLI_OK)
		return status;
	word = parser_next(s);
	if (word == NULL)
		return parser_wrong(s, "no path follows", NULL, "expected absolute paths");
	for (; word != NULL; word = parser_next(s)) {
		struct path_rule r = {s->line, rights, NULL};

		if (!parser_path(s->p, word, &r.path))
			return parser_wrong(s, "a path that does not begin with '/':", word,
					    "expected an absolute path");
		if (s->elsewhere)
			continue;
		s->p->paths = realloc(s->p->paths, (s->p->path_count + 1) * sizeof(r));
		if (s->p->paths == NULL)
			abort();
		s->p->paths[s->p->path_count++] = r;
	}
	return CLI_OK;
}

int parse_ports(struct parser *s)
{
	static const char *const names[] = {"connect", "bind"};
	u32 rights = 0;
	char *word;
	int status = needs_any(s, "a port rule for some personalities");

	if (status == CLI_OK)
		status = read_rights(s, names, ARRAY_LEN(names), "no right to a port:",
				     "expected connect or bind, with commas between them", &rights);
	if (status != CLI_OK)
		return status;
	word = parser_next(s);
	if (word == NULL)
		return parser_wrong(s, "no port follows", NULL, "expected TCP ports");
	for (; word != NULL; word = parser_next(s)) {
		struct port_rule r = {.line = s->line, .rights = rights};

		if (!parser_ports(word, &r.from, &r.to))
			return parser_wrong(
			    s, "no port:", word,
			    "expected a number to 65535, or two with a '-' between");
		if (s->elsewhere)
			continue;
		s->p->ports = realloc(s->p->ports, (s->p->port_count + 1) * sizeof(r));
		if (s->p->ports == NULL)
			abort();
		s->p->ports[s->p->port_count++] = r;
	}
	return CLI_OK;
}

int parse_capabilities(struct parser *s)
{
	char *how = parser_next(s), *word;
	u64 named = 0;
	bool none = how != NULL && strcmp(how, "none") == 0;
	bool keep = how != NULL && strcmp(how, "keep") == 0;
	int status = needs_any(s, "a capability rule for some personalities");

	if (status != CLI_OK)
		return status;
	if (how == NULL || (!none && !keep && strcmp(how, "drop") != 0))
		return parser_wrong(
		    s, "what of the capabilities?", how,
		    "expected 'capability none', 'capability keep NAME...' or 'capability "
		    "drop NAME...'");
	for (word = parser_next(s); word != NULL; word = parser_next(s)) {
		CLEAN_FREE char *full = strncmp(word, "cap_", 4) == 0
					    ? format_string("%s", word)
					    : format_string("cap_%s", word);
		cap_value_t v;

		if (strcmp(word, ",") == 0)
			continue;
		if (none || cap_from_name(full, &v) != 0 || v >= 64)
			return parser_wrong(s, "no capability is called", word,
					    "capabilities(7) lists them");
		named |= 1ull << v;
	}
	if (s->elsewhere)
		return CLI_OK;
	if (!s->p->limits_capabilities)
		s->p->capabilities = ~0ull;
	s->p->limits_capabilities = true;
	s->p->capabilities &= none ? 0 : keep ? named : ~named;
	return CLI_OK;
}
