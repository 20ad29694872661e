/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/audit/parser.h: reading a policy's text, of which each line is words. */
#ifndef FB_CLI_AUDIT_PARSER_H
#define FB_CLI_AUDIT_PARSER_H

#include "cli/audit/policy.h"

struct parser {
	struct policy *p;
	u32 line;
	char *rest; /* of the line */
	u32 abis;   /* a bit for each the section is for */
	bool of_any;
	bool elsewhere; /* a box's that is not this one: read, and forgotten */
};

/* CLI_USAGE, after a sentence with file and line: what is wrong, the word (or NULL), and what would
 * be right. */
int parser_wrong(const struct parser *s, const char *what, const char *word, const char *expected);
/* n bytes as a string that lives as long as the policy. */
char *parser_keep(struct policy *p, const char *text, size_t n);
/* The next word of the line; a comma or a comparison is one by itself. NULL: the end. */
char *parser_next(struct parser *s);
/* The same without taking it; the result is the callee's until the next call. */
char *parser_peek(struct parser *s);
/* "/etc/../x//" and the like made "/x"; false: it is not absolute. */
bool parser_path(struct policy *policy, const char *path, char **out);

/* "80" or "8000-8080". */
bool parser_ports(const char *word, u16 *from, u16 *to);

/* What stands behind "if" or "and". CLI_OK, or CLI_USAGE after a sentence. */
int parse_condition(struct parser *s, struct condition *k);
/* Lines that begin with "path", "port" and "capability". The same. */
int parse_paths(struct parser *s);
int parse_ports(struct parser *s);
int parse_capabilities(struct parser *s);

#endif
