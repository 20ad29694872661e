/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/parse.c: a policy's text, line by line.
 *
 *	[any] | [PERSONALITY...] | [box NAME]
 *	default ACTION
 *	ACTION CALL[, CALL...] [if CONDITION [and CONDITION...]] [rate N/s [burst N]]
 *	path read|write|execute[,...] PATH...
 *	port connect|bind[,...] N[-M]...
 *	capability none | keep NAME... | drop NAME...
 */
#include <errno.h>
#include <string.h>

#include "cli/audit/parser.h"
#include "cli/trace/filter.h"
#include "cli/trace/names.h"

/* ---- sections ------------------------------------------------------------------------------ */

static int read_section(struct parser *s)
{
	char *end = strchr(s->rest, ']'), *word, *names;
	u32 n;
	const struct abi *all = abi_all(&n);

	if (end == NULL)
		return parser_wrong(s, "no ']' ends the section", NULL,
				    "the form is [any], [PERSONALITY...] or [box NAME]");
	*end = '\0';
	names = s->rest + 1;
	s->rest = end + 1;
	if (parser_next(s) != NULL)
		return parser_wrong(s, "something follows ']'", NULL,
				    "rules begin on the next line");
	s->rest = names;
	s->abis = 0;
	s->of_any = s->elsewhere = false;
	word = parser_next(s);
	if (word == NULL)
		return parser_wrong(s, "an empty section", NULL,
				    "the form is [any], [PERSONALITY...] or [box NAME]");
	if (strcmp(word, "box") == 0) {
		word = parser_next(s);
		if (word == NULL || parser_next(s) != NULL)
			return parser_wrong(s, "a box without one name", NULL,
					    "the form is [box NAME]");
		s->elsewhere = s->p->box == NULL || strcmp(word, s->p->box) != 0;
		word = parser_keep(s->p, "any", 3);
	}
	for (; word != NULL; word = parser_next(s)) {
		u32 i = 0;

		if (strcmp(word, ",") == 0)
			continue;
		if (strcmp(word, "any") == 0) {
			s->abis = ~0u;
			s->of_any = true;
			continue;
		}
		while (i < n && strcmp(all[i].name, word) != 0)
			i++;
		if (i == n)
			return parser_wrong(s, "no personality is called", word,
					    "'fbird help syscalls' lists them");
		s->abis |= 1u << i;
	}
	return CLI_OK;
}

/* ---- rules --------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	enum audit_action action;
} actions[] = {
    {"allow", AUDIT_ALLOW}, {"log", AUDIT_LOG},	  {"deny", AUDIT_ERRNO},
    {"errno", AUDIT_ERRNO}, {"kill", AUDIT_KILL},
};

static int read_action(struct parser *s, const char *word, u8 *action, u16 *error)
{
	size_t i = 0;

	while (i < ARRAY_LEN(actions) && strcmp(actions[i].name, word) != 0)
		i++;
	if (i == ARRAY_LEN(actions))
		return parser_wrong(
		    s, "a line cannot begin with", word,
		    "expected allow, log, deny, errno, kill, default, path, port, capability "
		    "or "
		    "[section]");
	*action = (u8)actions[i].action;
	*error = (u16)error_named("EPERM");
	if (strcmp(word, "errno") == 0) {
		char *name = parser_next(s);

		*error = name != NULL ? (u16)error_named(name) : 0;
		if (*error == 0)
			return parser_wrong(s, "no error is called", name != NULL ? name : "",
					    "expected a name such as EACCES");
	}
	return CLI_OK;
}

static int read_default(struct parser *s)
{
	struct default_rule d = {.line = s->line, .of_any = s->of_any};
	char *word = parser_next(s);
	int status;

	if (word == NULL)
		return parser_wrong(s, "'default' says nothing", NULL,
				    "expected allow, log, deny, errno NAME or kill");
	status = read_action(s, word, &d.action, &d.error);
	if (status != CLI_OK)
		return status;
	word = parser_next(s);
	if (word != NULL)
		return parser_wrong(s, "something follows the action:", word,
				    "expected the line's end");
	for (u32 i = 0; i < TRACE_ABIS && !s->elsewhere; i++)
		if (s->abis >> i & 1 &&
		    (!s->of_any || s->p->otherwise[i].of_any || s->p->otherwise[i].line == 0))
			s->p->otherwise[i] = d;
	return CLI_OK;
}

struct covering {
	struct parser *s;
	struct rule *r;
};

static void cover(void *ctx, const struct abi *a, u32 nr, const char *part)
{
	const struct covering *c = ctx;
	struct rule *r = c->r;

	if (!(c->s->abis >> a->number & 1) || nr >= TRACE_NUMBERS)
		return;
	if (part == NULL)
		r->covers[a->number][nr / 64] |= 1ull << nr % 64;
	else if (r->parts < POLICY_PARTS)
		r->part[r->parts++] = (struct covered_part){a->number, nr, part};
	r->covered++;
}

static void cover_all(struct covering *c)
{
	u32 n;
	const struct abi *all = abi_all(&n);

	for (u32 i = 0; i < n; i++)
		for (u32 nr = 0; nr < TRACE_NUMBERS; nr++)
			cover(c, &all[i], nr, NULL);
}

static int read_calls(struct parser *s, struct rule *r)
{
	struct covering c = {s, r};
	char *word;

	do {
		u32 before = r->covered;
		int hits;

		word = parser_next(s);
		if (word == NULL || strchr(",&<>=!", *word) != NULL)
			return parser_wrong(
			    s, "a call's name is missing", NULL,
			    "expected a name, a class such as %file, /REGEX or all");
		if (strcmp(word, "all") == 0) {
			cover_all(&c);
			continue;
		}
		hits = filter_each(word, cover, &c);
		if (hits < 0)
			return parser_wrong(s, "no regular expression:", word, "see regex(7)");
		if (r->covered == before && !s->elsewhere)
			return parser_wrong(s, "no call and no class of this section is called",
					    word, "'fbird syscalls PERSONALITY' lists the calls");
	} while (parser_peek(s) != NULL && *(s->rest + strspn(s->rest, " \t\r")) == ',' &&
		 parser_next(s) != NULL);
	return CLI_OK;
}

static int read_rate(struct parser *s, struct rule *r)
{
	static const struct {
		const char *name;
		u64 ns;
	} units[] = {{"s", 1000000000u}, {"min", 60000000000u}, {"h", 3600000000000u}};
	char *word = parser_next(s), *unit = word != NULL ? strchr(word, '/') : NULL, *end;
	unsigned long n, burst = 0;
	size_t i = 0;

	while (unit != NULL && i < ARRAY_LEN(units) && strcmp(units[i].name, unit + 1) != 0)
		i++;
	n = word != NULL ? strtoul(word, &end, 10) : 0;
	if (unit == NULL || end != unit || n == 0 || n > 1000000000u || i == ARRAY_LEN(units))
		return parser_wrong(s, "no rate:", word != NULL ? word : "",
				    "expected N/s, N/min or N/h, with N from 1 to 1000000000");
	burst = n;
	word = parser_peek(s);
	if (word != NULL && strcmp(word, "burst") == 0) {
		parser_next(s);
		word = parser_next(s);
		burst = word != NULL ? strtoul(word, &end, 10) : 0;
		if (word == NULL || *end != '\0' || burst == 0 || burst > 1000000000u)
			return parser_wrong(s, "no burst:", word != NULL ? word : "",
					    "expected how many there may be at once, from 1");
	}
	if (s->elsewhere)
		return CLI_OK;
	if (s->p->buckets == AUDIT_BUCKETS)
		return parser_wrong(s, "more rates than there is room for", NULL,
				    "a policy may have 64 of them");
	s->p->bucket[s->p->buckets].period_ns = units[i].ns / n;
	s->p->bucket[s->p->buckets].burst = (u32)burst;
	r->bucket = (u8)++s->p->buckets;
	return CLI_OK;
}

static int read_rule(struct parser *s, const char *first, const char *text)
{
	struct rule r = {.line = s->line};
	int status = read_action(s, first, &r.action, &r.error);
	char *word;

	if (status != CLI_OK)
		return status;
	r.covers = calloc(TRACE_ABIS, sizeof(r.covers[0]));
	if (r.covers == NULL)
		abort();
	status = read_calls(s, &r);
	while (status == CLI_OK && (word = parser_next(s)) != NULL) {
		if (strcmp(word, r.conditions == 0 ? "if" : "and") == 0 && r.bucket == 0) {
			status = r.conditions == POLICY_CONDITIONS - 1
				     ? parser_wrong(s, "too many conditions", NULL,
						    "a rule may have seven")
				     : parse_condition(s, &r.condition[r.conditions++]);
		} else if (strcmp(word, "rate") == 0 && r.bucket == 0) {
			status = read_rate(s, &r);
		} else {
			status =
			    parser_wrong(s, "cannot stand here:", word,
					 "expected a comma and a call, 'if', 'and', 'rate' or the "
					 "line's end");
		}
	}
	if (status != CLI_OK || s->elsewhere) {
		free(r.covers);
		return status;
	}
	r.text = parser_keep(s->p, text, strlen(text));
	s->p->rules = realloc(s->p->rules, (s->p->count + 1) * sizeof(r));
	if (s->p->rules == NULL)
		abort();
	s->p->rules[s->p->count++] = r;
	return CLI_OK;
}

/* ---- the file ------------------------------------------------------------------------------- */

static int read_line(struct parser *s, char *line)
{
	CLEAN_FREE char *text = format_string("%s", line);
	char *word;

	s->rest = line + strspn(line, " \t\r");
	if (*s->rest == '[')
		return read_section(s);
	word = parser_next(s);
	if (word == NULL)
		return CLI_OK;
	if (strcmp(word, "default") == 0)
		return read_default(s);
	if (strcmp(word, "path") == 0)
		return parse_paths(s);
	if (strcmp(word, "port") == 0)
		return parse_ports(s);
	if (strcmp(word, "capability") == 0)
		return parse_capabilities(s);
	return read_rule(s, word, text + strspn(text, " \t\r"));
}

void policy_free(struct policy *p)
{
	for (struct kept_text *k = p->kept, *next; k != NULL; k = next) {
		next = k->next;
		free(k);
	}
	for (u32 i = 0; i < p->count; i++)
		free(p->rules[i].covers);
	free(p->rules);
	free(p->paths);
	free(p->ports);
}

int policy_read(struct policy *p, const char *file, const char *box)
{
	struct parser s = {.p = p, .abis = ~0u, .of_any = true};
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	int status = CLI_OK;
	FILE *f = fopen(file, "re");

	*p = (struct policy){.file = file, .box = box};
	if (f == NULL)
		return fail(CLI_USAGE, "cannot open the policy %s: %s", file, strerror(errno));
	errno = 0;
	while (status == CLI_OK && (n = getline(&line, &room, f)) >= 0) {
		s.line++;
		if (memchr(line, '\0', (size_t)n) != NULL)
			status = parser_wrong(&s, "a zero byte", NULL, "a policy is text");
		line[strcspn(line, "\n")] = '\0';
		if (status == CLI_OK)
			status = read_line(&s, line);
	}
	if (status == CLI_OK && ferror(f))
		status = fail(CLI_USAGE, "cannot read the policy %s: %s", file, strerror(errno));
	free(line);
	fclose(f);
	return status;
}
