/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/audit/parser.c: the words of a policy's lines. */
#include <string.h>

#include "cli/audit/parser.h"

int parser_wrong(const struct parser *s, const char *what, const char *word, const char *expected)
{
	if (word != NULL)
		return fail(CLI_USAGE, "%s:%u: %s '%s'; %s", s->p->file, s->line, what, word,
			    expected);
	return fail(CLI_USAGE, "%s:%u: %s; %s", s->p->file, s->line, what, expected);
}

char *parser_keep(struct policy *p, const char *text, size_t n)
{
	struct kept_text *k = allocate(sizeof(*k) + n + 1);

	memcpy(k->text, text, n);
	k->text[n] = '\0';
	k->next = p->kept;
	p->kept = k;
	return k->text;
}

char *parser_next(struct parser *s)
{
	static const char *const marks[] = {"==", "!=", "<=", ">=", "<", ">", "&", ","};
	char *p = s->rest + strspn(s->rest, " \t\r"), *start = p;

	s->rest = p;
	if (*p == '\0' || *p == '#')
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strncmp(p, marks[i], strlen(marks[i])) == 0) {
			s->rest = p + strlen(marks[i]);
			return parser_keep(s->p, p, strlen(marks[i]));
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
	return parser_keep(s->p, start, (size_t)(p - start));
}

char *parser_peek(struct parser *s)
{
	static char copy[256];
	char *p = s->rest + strspn(s->rest, " \t\r");

	snprintf(copy, sizeof(copy), "%.*s", (int)strcspn(p, " \t\r,"), p);
	return *p == '\0' || *p == '#' ? NULL : copy;
}

bool parser_path(struct policy *policy, const char *path, char **out)
{
	char *to;
	size_t n = 0;

	if (*path != '/')
		return false;
	*out = to = parser_keep(policy, path, strlen(path) + 1);
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

bool parser_ports(const char *word, u16 *from, u16 *to)
{
	char *end;
	unsigned long low = strtoul(word, &end, 10), high = low;
	bool read = end != word && *word != '-' && *word != '+';

	if (read && *end == '-') {
		const char *rest = end + 1;

		high = strtoul(rest, &end, 10);
		read = end != rest && *rest != '-' && *rest != '+';
	}
	*from = (u16)low;
	*to = (u16)high;
	return read && *end == '\0' && low <= high && high <= UINT16_MAX;
}
