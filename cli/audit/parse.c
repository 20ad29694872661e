/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/parse.c: a policy's text, line by line.
 *
 *	[any] | [PERSONALITY...] | [box NAME]
 *	default ACTION
 *	ACTION CALL[, CALL...] [if CONDITION [and CONDITION...]] [rate N/s [burst N]]
 *	path read|write|execute[,...] PATH...
 *	capability none | keep NAME... | drop NAME...
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <sys/capability.h>

#include "cli/audit/policy.h"
#include "cli/trace/filter.h"
#include "cli/trace/names.h"

struct parser {
	struct policy *p;
	u32 line;
	char *rest; /* of the line */
	u32 abis;   /* a bit for each the section is for */
	bool of_any;
	bool elsewhere; /* a box's that is not this one: read, and forgotten */
};

static int wrong(const struct parser *s, const char *what, const char *word, const char *expected)
{
	if (word != NULL)
		return fail(CLI_USAGE, "%s:%u: %s '%s'; %s", s->p->file, s->line, what, word,
			    expected);
	return fail(CLI_USAGE, "%s:%u: %s; %s", s->p->file, s->line, what, expected);
}

/* n bytes as a string that lives as long as the policy. */
static char *keep(struct policy *p, const char *text, size_t n)
{
	struct kept_text *k = allocate(sizeof(*k) + n + 1);

	memcpy(k->text, text, n);
	k->text[n] = '\0';
	k->next = p->kept;
	p->kept = k;
	return k->text;
}

/* The next word of the line; a comma or a comparison is one by itself. NULL: the end. */
static char *next_word(struct parser *s)
{
	static const char *const marks[] = {"==", "!=", "<=", ">=", "<", ">", "&", ","};
	char *p = s->rest + strspn(s->rest, " \t\r"), *start = p;

	s->rest = p;
	if (*p == '\0' || *p == '#')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strncmp(p, marks[i], strlen(marks[i])) == 0) {
			s->rest = p + strlen(marks[i]);
			return keep(s->p, p, strlen(marks[i]));
		}
	if (*p == '"') {
		start++;
		p = start + strcspn(start, "\"");
		s->rest = p + (*p == '"');
	} else {
		while (*p != '\0' && strchr(" \t\r=<>&,", *p) == NULL && strncmp(p, "!=", 2) != 0)
			p++;
		p += p == start; /* a lone '=' is a word, and no sensible one */
		s->rest = p;
	}
	return keep(s->p, start, (size_t)(p - start));
}

static char *peek_word(struct parser *s)
{
	static char copy[256];
	char *p = s->rest + strspn(s->rest, " \t\r");

	snprintf(copy, sizeof(copy), "%.*s", (int)strcspn(p, " \t\r,"), p);
	return *p == '\0' || *p == '#' ? NULL : copy;
}

/* ---- sections ------------------------------------------------------------------------------ */

static int read_section(struct parser *s)
{
	char *end = strchr(s->rest, ']'), *word, *names;
	u32 n;
	const struct abi *all = abi_all(&n);

	if (end == NULL)
		return wrong(s, "no ']' ends the section", NULL,
			     "the form is [any], [PERSONALITY...] or [box NAME]");
	*end = '\0';
	names = s->rest + 1;
	s->rest = end + 1;
	if (next_word(s) != NULL)
		return wrong(s, "something follows ']'", NULL, "rules begin on the next line");
	s->rest = names;
	s->abis = 0;
	s->of_any = s->elsewhere = false;
	word = next_word(s);
	if (word == NULL)
		return wrong(s, "an empty section", NULL,
			     "the form is [any], [PERSONALITY...] or [box NAME]");
	if (strcmp(word, "box") == 0) {
		word = next_word(s);
		if (word == NULL || next_word(s) != NULL)
			return wrong(s, "a box without one name", NULL, "the form is [box NAME]");
		s->elsewhere = s->p->box == NULL || strcmp(word, s->p->box) != 0;
		word = keep(s->p, "any", 3);
	}
	for (; word != NULL; word = next_word(s)) {
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
			return wrong(s, "no personality is called", word,
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
		return wrong(s, "a line cannot begin with", word,
			     "expected allow, log, deny, errno, kill, default, path, capability or "
			     "[section]");
	*action = (u8)actions[i].action;
	*error = (u16)error_named("EPERM");
	if (strcmp(word, "errno") == 0) {
		char *name = next_word(s);

		*error = name != NULL ? (u16)error_named(name) : 0;
		if (*error == 0)
			return wrong(s, "no error is called", name != NULL ? name : "",
				     "expected a name such as EACCES");
	}
	return CLI_OK;
}

static int read_default(struct parser *s)
{
	struct default_rule d = {.line = s->line, .of_any = s->of_any};
	char *word = next_word(s);
	int status;

	if (word == NULL)
		return wrong(s, "'default' says nothing", NULL,
			     "expected allow, log, deny, errno NAME or kill");
	status = read_action(s, word, &d.action, &d.error);
	if (status != CLI_OK)
		return status;
	word = next_word(s);
	if (word != NULL)
		return wrong(s, "something follows the action:", word, "expected the line's end");
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

		word = next_word(s);
		if (word == NULL || strchr(",&<>=!", *word) != NULL)
			return wrong(s, "a call's name is missing", NULL,
				     "expected a name, a class such as %file, /REGEX or all");
		if (strcmp(word, "all") == 0) {
			cover_all(&c);
			continue;
		}
		hits = filter_each(word, cover, &c);
		if (hits < 0)
			return wrong(s, "no regular expression:", word, "see regex(7)");
		if (r->covered == before && !s->elsewhere)
			return wrong(s, "no call and no class of this section is called", word,
				     "'fbird syscalls PERSONALITY' lists the calls");
	} while (peek_word(s) != NULL && *(s->rest + strspn(s->rest, " \t\r")) == ',' &&
		 next_word(s) != NULL);
	return CLI_OK;
}

/* "/etc/../x//" and the like made "/x"; false: it is not absolute. */
static bool clean_path(struct policy *policy, const char *path, char **out)
{
	char *to;
	size_t n = 0;

	if (*path != '/')
		return false;
	*out = to = keep(policy, path, strlen(path) + 1);
	for (const char *p = path; *p != '\0';) {
		size_t part;

		p += strspn(p, "/");
		part = strcspn(p, "/");
		if (part == 2 && memcmp(p, "..", 2) == 0) {
			while (n > 0 && to[--n] != '/')
				;
		} else if (part != 0 && !(part == 1 && *p == '.')) {
			to[n++] = '/';
			memcpy(to + n, p, part);
			n += part;
		}
		p += part;
	}
	if (n == 0)
		to[n++] = '/';
	to[n] = '\0';
	return true;
}

static int read_path_condition(struct parser *s, struct condition *k)
{
	char *word = next_word(s);

	k->test = AUDIT_UNDER;
	if (word != NULL && strcmp(word, "is") == 0) {
		k->test = AUDIT_IS;
		word = peek_word(s);
		if (word != NULL && strcmp(word, "not") == 0) {
			next_word(s);
			k->negated = true;
		}
	} else if (word != NULL && strcmp(word, "not") == 0) {
		k->negated = true;
		word = next_word(s);
	}
	if (k->test == AUDIT_UNDER && (word == NULL || strcmp(word, "under") != 0))
		return wrong(s, "what of the path?", word,
			     "expected 'path under DIR', 'path not under DIR', 'path is FILE' or "
			     "'path is not FILE'");
	word = next_word(s);
	if (word == NULL || !clean_path(s->p, word, &k->value))
		return wrong(s, "a path that does not begin with '/':", word != NULL ? word : "",
			     "expected an absolute path");
	return CLI_OK;
}

static int read_condition(struct parser *s, struct condition *k)
{
	static const struct {
		const char *name;
		u8 test;
		bool negated;
		const char *mask;
	} tests[] = {
	    {"==", AUDIT_MASKED, false, NULL},	 {"!=", AUDIT_MASKED, true, NULL},
	    {"<", AUDIT_LESS, false, NULL},	 {"<=", AUDIT_LESS_EQUAL, false, NULL},
	    {">", AUDIT_LESS_EQUAL, true, NULL}, {">=", AUDIT_LESS, true, NULL},
	    {"has", AUDIT_MASKED, false, ""},	 {"lacks", AUDIT_MASKED, false, "!"},
	};
	char *word = next_word(s);
	size_t i = 0;

	if (word == NULL)
		return wrong(s, "a condition is missing", NULL,
			     "expected 'ARGUMENT == VALUE' or the like, or 'path under DIR'");
	if (strcmp(word, "path") == 0)
		return read_path_condition(s, k);
	k->arg = word;
	word = next_word(s);
	if (word != NULL && strcmp(word, "&") == 0) {
		word = next_word(s);
		if (word == NULL)
			return wrong(s, "no mask follows '&'", NULL,
				     "the form is 'ARGUMENT & MASK == VALUE'");
		k->mask = word;
		word = next_word(s);
		if (word == NULL || (strcmp(word, "==") != 0 && strcmp(word, "!=") != 0))
			return wrong(s, "behind a mask comes", word != NULL ? word : "",
				     "expected == or !=");
	}
	while (word != NULL && i < ARRAY_LEN(tests) && strcmp(tests[i].name, word) != 0)
		i++;
	if (word == NULL || i == ARRAY_LEN(tests))
		return wrong(s, "no comparison:", word != NULL ? word : "",
			     "expected ==, !=, <, <=, >, >=, has, lacks or & MASK ==");
	k->test = tests[i].test;
	k->negated = tests[i].negated;
	if (k->mask == NULL && tests[i].mask != NULL)
		k->mask = keep(s->p, tests[i].mask, strlen(tests[i].mask));
	word = next_word(s);
	if (word == NULL)
		return wrong(s, "the comparison has no value", NULL,
			     "expected a number, or names such as O_CREAT|O_EXCL");
	k->value = word;
	return CLI_OK;
}

static int read_rate(struct parser *s, struct rule *r)
{
	static const struct {
		const char *name;
		u64 ns;
	} units[] = {{"s", 1000000000u}, {"min", 60000000000u}, {"h", 3600000000000u}};
	char *word = next_word(s), *unit = word != NULL ? strchr(word, '/') : NULL, *end;
	unsigned long n, burst = 0;
	size_t i = 0;

	while (unit != NULL && i < ARRAY_LEN(units) && strcmp(units[i].name, unit + 1) != 0)
		i++;
	n = word != NULL ? strtoul(word, &end, 10) : 0;
	if (unit == NULL || end != unit || n == 0 || n > 1000000000u || i == ARRAY_LEN(units))
		return wrong(s, "no rate:", word != NULL ? word : "",
			     "expected N/s, N/min or N/h, with N from 1 to 1000000000");
	burst = n;
	word = peek_word(s);
	if (word != NULL && strcmp(word, "burst") == 0) {
		next_word(s);
		word = next_word(s);
		burst = word != NULL ? strtoul(word, &end, 10) : 0;
		if (word == NULL || *end != '\0' || burst == 0 || burst > 1000000000u)
			return wrong(s, "no burst:", word != NULL ? word : "",
				     "expected how many there may be at once, from 1");
	}
	if (s->elsewhere)
		return CLI_OK;
	if (s->p->buckets == AUDIT_BUCKETS)
		return wrong(s, "more rates than there is room for", NULL,
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
	while (status == CLI_OK && (word = next_word(s)) != NULL) {
		if (strcmp(word, r.conditions == 0 ? "if" : "and") == 0 && r.bucket == 0) {
			status =
			    r.conditions == POLICY_CONDITIONS - 1
				? wrong(s, "too many conditions", NULL, "a rule may have seven")
				: read_condition(s, &r.condition[r.conditions++]);
		} else if (strcmp(word, "rate") == 0 && r.bucket == 0) {
			status = read_rate(s, &r);
		} else {
			status = wrong(s, "cannot stand here:", word,
				       "expected a comma and a call, 'if', 'and', 'rate' or the "
				       "line's end");
		}
	}
	if (status != CLI_OK || s->elsewhere) {
		free(r.covers);
		return status;
	}
	r.text = keep(s->p, text, strlen(text));
	s->p->rules = realloc(s->p->rules, (s->p->count + 1) * sizeof(r));
	if (s->p->rules == NULL)
		abort();
	s->p->rules[s->p->count++] = r;
	return CLI_OK;
}

/* ---- what the host enforces ----------------------------------------------------------------- */

static int needs_any(struct parser *s, const char *what)
{
	return s->of_any ? CLI_OK
			 : wrong(s, what, NULL,
				 "it holds for the whole program, whatever personality: put it "
				 "under [any] or [box NAME]");
}

static int read_paths(struct parser *s)
{
	static const char *const names[] = {"read", "write", "execute"};
	u32 rights = 0;
	char *word;
	int status = needs_any(s, "a path rule for some personalities");

	if (status != CLI_OK)
		return status;
	do {
		u32 i = 0;

		word = next_word(s);
		while (word != NULL && i < ARRAY_LEN(names) && strcmp(names[i], word) != 0)
			i++;
		if (word == NULL || i == ARRAY_LEN(names))
			return wrong(s, "no right to a path:", word != NULL ? word : "",
				     "expected read, write or execute, with commas between them");
		rights |= 1u << i;
		s->rest += strspn(s->rest, " \t\r");
	} while (*s->rest == ',' && next_word(s) != NULL);
	word = next_word(s);
	if (word == NULL)
		return wrong(s, "no path follows", NULL, "expected absolute paths");
	for (; word != NULL; word = next_word(s)) {
		struct path_rule r = {s->line, rights, NULL};

		if (!clean_path(s->p, word, &r.path))
			return wrong(s, "a path that does not begin with '/':", word,
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

static int read_capabilities(struct parser *s)
{
	char *how = next_word(s), *word;
	u64 named = 0;
	bool none = how != NULL && strcmp(how, "none") == 0;
	bool keep = how != NULL && strcmp(how, "keep") == 0;
	int status = needs_any(s, "a capability rule for some personalities");

	if (status != CLI_OK)
		return status;
	if (how == NULL || (!none && !keep && strcmp(how, "drop") != 0))
		return wrong(s, "what of the capabilities?", how,
			     "expected 'capability none', 'capability keep NAME...' or 'capability "
			     "drop NAME...'");
	for (word = next_word(s); word != NULL; word = next_word(s)) {
		CLEAN_FREE char *full = strncmp(word, "cap_", 4) == 0
					    ? format_string("%s", word)
					    : format_string("cap_%s", word);
		cap_value_t v;

		if (strcmp(word, ",") == 0)
			continue;
		if (none || cap_from_name(full, &v) != 0 || v >= 64)
			return wrong(s, "no capability is called", word,
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

/* ---- the file ------------------------------------------------------------------------------- */

static int read_line(struct parser *s, char *line)
{
	CLEAN_FREE char *text = format_string("%s", line);
	char *word;

	s->rest = line + strspn(line, " \t\r");
	if (*s->rest == '[')
		return read_section(s);
	word = next_word(s);
	if (word == NULL)
		return CLI_OK;
	if (strcmp(word, "default") == 0)
		return read_default(s);
	if (strcmp(word, "path") == 0)
		return read_paths(s);
	if (strcmp(word, "capability") == 0)
		return read_capabilities(s);
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
			status = wrong(&s, "a zero byte", NULL, "a policy is text");
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
