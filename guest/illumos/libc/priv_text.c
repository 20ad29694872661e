/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/priv_text.c: sets of privileges as words, and what a privilege is for.
 *
 * What a privilege is for stands in a file that the system may have (priv_names(5)). Facts:
 * priv_str_to_set(3C), priv_set(3C); usr/src/lib/libc/port/gen/{priv_str_xlate,privlib}.c.
 */
#include <ctype.h>
#include <priv.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "guest/illumos/libc/libc.h"

static int count(void)
{
	const priv_impl_info_t *p = getprivimplinfo();

	return p ? (int)p->priv_max : 0;
}

static bool has(const priv_set_t *s, int n)
{
	return ((const uint32_t *)s)[n / 32] & 1u << (31 - n % 32);
}

/* What a zone may have at most: in the global one all there are. */
static void add_zone(priv_set_t *s)
{
	for (int i = 0, n = count(); i < n; i++)
		((uint32_t *)s)[i / 32] |= 1u << (31 - i % 32);
}

static void add_basic(priv_set_t *s)
{
	priv_set_t *basic = priv_allocset();

	if (!basic)
		return;
	priv_basicset(basic);
	priv_union(basic, s);
	priv_freeset(basic);
}

/* One word of a list; false: it is none. */
static bool apply(priv_set_t *s, const char *word)
{
	bool less = *word == '-' || *word == '!';

	if (strcasecmp(word, "basic") == 0)
		add_basic(s);
	else if (strcasecmp(word, "none") == 0)
		priv_emptyset(s);
	else if (strcasecmp(word, "all") == 0)
		priv_fillset(s);
	else if (strcasecmp(word, "zone") == 0)
		add_zone(s);
	else if (less)
		return priv_delset(s, word + 1) == 0;
	else
		return priv_addset(s, *word == '+' ? word + 1 : word) == 0;
	return true;
}

EXPORT priv_set_t *priv_str_to_set(const char *text, const char *separators, const char **end)
{
	char *copy = strdup(text), *rest = copy, *word;
	priv_set_t *s = copy ? priv_allocset() : NULL;

	if (end)
		*end = NULL;
	if (!s) {
		free(copy);
		return NULL;
	}
	while ((word = strtok_r(rest, separators, &rest)) != NULL) {
		if (apply(s, word))
			continue;
		if (end)
			*end = text + (word - copy);
		free(copy);
		priv_freeset(s);
		fail_with(EINVAL);
		return NULL;
	}
	free(copy);
	return s;
}

/* The next name in alphabetical order; -1 at the end. */
static int next_sorted(int last)
{
	const char *after = last < 0 ? "" : priv_getbynum(last), *best = NULL;
	int found = -1;

	for (int i = 0, n = count(); i < n; i++) {
		const char *name = priv_getbynum(i);

		if (name && strcmp(name, after) > 0 && (!best || strcmp(name, best) < 0)) {
			best = name;
			found = i;
		}
	}
	return found;
}

enum form { WORDS, FROM_BASIC, FROM_ALL, FROM_ZONE };

/* PRIV_STR_SHORT: the form of the fewest words. */
static enum form shortest(const priv_set_t *s, const priv_set_t *basic)
{
	int present = 0, missing = 0, with = 0, without = 0, words;
	enum form form = WORDS;

	for (int i = 0, n = count(); i < n; i++) {
		present += has(s, i);
		missing += !has(s, i);
		with += has(basic, i) && has(s, i);
		without += has(basic, i) && !has(s, i);
	}
	words = present;
	if (1 - with + without < 0) {
		form = FROM_BASIC;
		words = present + 1 - with + without;
	}
	return words >= 1 + missing ? FROM_ALL : form;
}

static char *write_out(const priv_set_t *s, const priv_set_t *basic, char separator, enum form form)
{
	static const char *const first[] = {"", "basic", "all", "zone"};
	const priv_impl_info_t *info = getprivimplinfo();
	char *out = malloc(info->priv_globalinfosize + 2 * (size_t)count() + 8), *at = out;

	if (!out)
		return NULL;
	at = stpcpy(at, first[form]);
	for (int i = next_sorted(-1); i >= 0; i = next_sorted(i)) {
		bool in = has(s, i),
		     said = form == FROM_ALL || (form == FROM_BASIC && has(basic, i));

		if (in == said)
			continue;
		if (at != out)
			*at++ = separator;
		if (!in)
			*at++ = separator == '!' ? '-' : '!';
		at = stpcpy(at, priv_getbynum(i));
	}
	if (at == out)
		strcpy(out, "none");
	return out;
}

EXPORT char *priv_set_to_str(const priv_set_t *s, char separator, int flag)
{
	priv_set_t *basic;
	char *r;

	if (flag != PRIV_STR_PORT && priv_isemptyset(s))
		return strdup("none");
	if (flag != PRIV_STR_LIT && priv_isfullset(s))
		return strdup("all");
	if (flag != PRIV_STR_PORT && flag != PRIV_STR_LIT && flag != PRIV_STR_SHORT)
		return NULL;
	basic = priv_allocset();
	if (!basic)
		return NULL;
	priv_basicset(basic);
	r = write_out(s, basic, separator,
		      flag == PRIV_STR_LIT    ? WORDS
		      : flag == PRIV_STR_PORT ? FROM_BASIC
					      : shortest(s, basic));
	priv_freeset(basic);
	return r;
}

EXPORT int priv_set(priv_op_t op, priv_ptype_t which, ...)
{
	priv_set_t *s = priv_allocset();
	const char *name, *set;
	int r = s ? 0 : -1;
	va_list ap;

	va_start(ap, which);
	while (r == 0 && (name = va_arg(ap, const char *)) != NULL)
		r = priv_addset(s, name);
	va_end(ap);
	if (r == 0 && which)
		r = setppriv(op, which, s);
	for (int i = 0; r == 0 && !which && (set = priv_getsetbynum(i)) != NULL; i++)
		r = setppriv(op, set, s);
	priv_freeset(s);
	return r;
}

/* ---- what it is for ------------------------------------------------------------------------ */

/* An entry is a name alone on its line, and indented lines up to an empty one. */
static char *find_entry(FILE *f, const char *name)
{
	char line[1024], text[8192] = "";
	size_t used = 0;
	bool found = false;

	while (fgets(line, sizeof(line), f)) {
		char *p = line;

		if (line[0] == '#')
			continue;
		if (!isspace((unsigned char)line[0])) {
			if (found)
				break;
			line[strcspn(line, "\n")] = '\0';
			found = strcasecmp(line, name) == 0;
			continue;
		}
		if (!found)
			continue;
		if (line[0] == '\n')
			break;
		while (isspace((unsigned char)*p))
			p++;
		if (used + strlen(p) >= sizeof(text))
			return NULL;
		strcpy(text + used, p);
		used += strlen(p);
	}
	return found ? strdup(text) : NULL;
}

EXPORT char *priv_gettext(const char *name)
{
	FILE *f;
	char *r;

	if (priv_getbyname(name) < 0)
		return NULL;
	f = fopen("/etc/security/priv_names", "r");
	if (!f)
		return NULL;
	r = find_entry(f, name);
	fclose(f);
	return r;
}
