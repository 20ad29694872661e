/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/condition.c: what a rule asks of a call:
 *
 *	ARGUMENT ==|!=|<|<=|>|>=|has|lacks VALUE
 *	ARGUMENT & MASK ==|!= VALUE
 *	path [not] under DIR | path is [not] FILE
 *	address [not] in ADDRESS[/BITS] | address [not] port N[-M] | address [not] local
 */
#include <arpa/inet.h>
#include <string.h>

#include "cli/audit/parser.h"

static int read_path_condition(struct parser *s, struct condition *k)
{
	char *word = parser_next(s);

	k->test = AUDIT_UNDER;
	if (word != NULL && strcmp(word, "is") == 0) {
		k->test = AUDIT_IS;
		word = parser_peek(s);
		if (word != NULL && strcmp(word, "not") == 0) {
			parser_next(s);
			k->negated = true;
		}
	} else if (word != NULL && strcmp(word, "not") == 0) {
		k->negated = true;
		word = parser_next(s);
	}
	if (k->test == AUDIT_UNDER && (word == NULL || strcmp(word, "under") != 0))
		return parser_wrong(
		    s, "what of the path?", word,
		    "expected 'path under DIR', 'path not under DIR', 'path is FILE' or "
		    "'path is not FILE'");
	word = parser_next(s);
	if (word == NULL || !parser_path(s->p, word, &k->value))
		return parser_wrong(s, "a path that does not begin with '/':",
				    word != NULL ? word : "", "expected an absolute path");
	return CLI_OK;
}

/* "10.0.0.0/8" as that of IPv6, "::1". */
static bool parse_net(const char *word, struct condition *k)
{
	CLEAN_FREE char *text = format_string("%s", word);
	char *slash = strchr(text, '/'), *end;
	u8 a[16] = {[10] = 0xff, [11] = 0xff};
	unsigned long bits, most = 32;

	if (slash != NULL)
		*slash = '\0';
	if (inet_pton(AF_INET, text, a + 12) != 1) {
		if (inet_pton(AF_INET6, text, a) != 1)
			return false;
		most = 128;
	}
	bits = slash != NULL ? strtoul(slash + 1, &end, 10) : most;
	if (slash != NULL && (slash[1] == '\0' || *end != '\0' || bits > most))
		return false;
	k->prefix = (u8)(bits + 128 - most);
	for (u32 i = 0; i < 8; i++) {
		k->from = k->from << 8 | a[i];
		k->to = k->to << 8 | a[8 + i];
	}
	return true;
}

static int read_address_condition(struct parser *s, struct condition *k)
{
	char *word = parser_next(s);
	u16 from, to;

	if (word != NULL && strcmp(word, "not") == 0) {
		k->negated = true;
		word = parser_next(s);
	}
	if (word != NULL && strcmp(word, "local") == 0) {
		k->test = AUDIT_LOCAL;
	} else if (word != NULL && strcmp(word, "in") == 0) {
		k->test = AUDIT_NET;
		word = parser_next(s);
		if (word == NULL || !parse_net(word, k))
			return parser_wrong(
			    s, "no address:", word != NULL ? word : "",
			    "expected one such as 10.0.0.0/8, 127.0.0.1 or fe80::/10");
	} else if (word != NULL && strcmp(word, "port") == 0) {
		k->test = AUDIT_PORT;
		word = parser_next(s);
		if (word == NULL || !parser_ports(word, &from, &to))
			return parser_wrong(
			    s, "no port:", word != NULL ? word : "",
			    "expected a number to 65535, or two with a '-' between");
		k->from = from;
		k->to = to;
	} else {
		return parser_wrong(
		    s, "what of the address?", word,
		    "expected 'address in NET', 'address port N', 'address local', or "
		    "'not' behind 'address'");
	}
	return CLI_OK;
}

int parse_condition(struct parser *s, struct condition *k)
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
	char *word = parser_next(s);
	size_t i = 0;

	if (word == NULL)
		return parser_wrong(s, "a condition is missing", NULL,
				    "expected 'ARGUMENT == VALUE' or the like, 'path under DIR' or "
				    "'address in NET'");
	if (strcmp(word, "path") == 0)
		return read_path_condition(s, k);
	if (strcmp(word, "address") == 0)
		return read_address_condition(s, k);
	k->arg = word;
	word = parser_next(s);
	if (word != NULL && strcmp(word, "&") == 0) {
		word = parser_next(s);
		if (word == NULL)
			return parser_wrong(s, "no mask follows '&'", NULL,
					    "the form is 'ARGUMENT & MASK == VALUE'");
		k->mask = word;
		word = parser_next(s);
		if (word == NULL || (strcmp(word, "==") != 0 && strcmp(word, "!=") != 0))
			return parser_wrong(s, "behind a mask comes", word != NULL ? word : "",
					    "expected == or !=");
	}
	while (word != NULL && i < ARRAY_LEN(tests) && strcmp(tests[i].name, word) != 0)
		i++;
	if (word == NULL || i == ARRAY_LEN(tests))
		return parser_wrong(s, "no comparison:", word != NULL ? word : "",
				    "expected ==, !=, <, <=, >, >=, has, lacks or & MASK ==");
	k->test = tests[i].test;
	k->negated = tests[i].negated;
	if (k->mask == NULL && tests[i].mask != NULL)
		k->mask = parser_keep(s->p, tests[i].mask, strlen(tests[i].mask));
	word = parser_next(s);
	if (word == NULL)
		return parser_wrong(s, "the comparison has no value", NULL,
				    "expected a number, or names such as O_CREAT|O_EXCL");
	k->value = word;
	return CLI_OK;
}
