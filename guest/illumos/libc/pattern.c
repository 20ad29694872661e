/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * guest/illumos/libc/pattern.c: regular expressions and file name patterns. musl's code (TRE, and
 * its fnmatch) does the work behind structures and numbers that are illumos's. Facts: regcomp(3C),
 * glob(3C), fnmatch(3C), usr/src/head/{regex,glob,fnmatch}.h; musl's own numbers: POSIX's order of
 * its regex.h and fnmatch.h (1.2).
 */
#include <dirent.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "guest/illumos/libc/libc.h"

/* musl's regex_t and regmatch_t */
struct musl_regex {
	size_t nsub;
	void *opaque, *padding[4];
	size_t nsub2;
	char padding2;
};
struct musl_match {
	long so, eo;
};
int fb_musl_regcomp(struct musl_regex *, const char *, int);
int fb_musl_regexec(const struct musl_regex *, const char *, size_t, void *, int);
void fb_musl_regfree(struct musl_regex *);
int fb_musl_fnmatch(const char *, const char *, int);

enum { M_EXTENDED = 1, M_ICASE = 2, M_NEWLINE = 4, M_NOSUB = 8, M_NOTBOL = 1, M_NOTEOL = 2 };

static int posix_error(int musl)
{
	/* REG_OK, NOMATCH, BADPAT, ECOLLATE, ECTYPE, EESCAPE, ESUBREG, EBRACK, EPAREN, EBRACE,
	 * BADBR, ERANGE, ESPACE, BADRPT */
	static const uint8_t map[] = {
	    0,		REG_NOMATCH, REG_BADPAT, REG_ECOLLATE, REG_ECTYPE, REG_EESCAPE, REG_ESUBREG,
	    REG_EBRACK, REG_EPAREN,  REG_EBRACE, REG_BADBR,    REG_ERANGE, REG_ESPACE,	REG_BADRPT};

	return musl >= 0 && (size_t)musl < sizeof(map) ? map[musl] : REG_BADPAT;
}

EXPORT int regcomp(regex_t *re, const char *pattern, int flags)
{
	struct musl_regex *m = calloc(1, 2 * sizeof(*m));
	int error;

	if (!m)
		return REG_ESPACE;
	error = fb_musl_regcomp(
	    m, pattern,
	    (flags & REG_EXTENDED ? M_EXTENDED : 0) | (flags & REG_ICASE ? M_ICASE : 0) |
		(flags & REG_NEWLINE ? M_NEWLINE : 0) | (flags & REG_NOSUB ? M_NOSUB : 0));
	memset(re, 0, sizeof(*re));
	if (error) {
		free(m);
		return posix_error(error);
	}
	re->re_nsub = m->nsub;
	re->re_g = (struct re_guts *)m;
	re->re_magic = flags & REG_NOSUB ? 2 : 1;
	return 0;
}

EXPORT int regexec(const regex_t *re, const char *text, size_t n, regmatch_t *out, int flags)
{
	struct musl_match few[10], *m = few;
	int error;

	if (!re->re_g)
		return REG_BADPAT;
	if (re->re_magic == 2)
		n = 0;
	if (n > 10 && !(m = malloc(n * sizeof(*m))))
		return REG_ESPACE;
	error = fb_musl_regexec((struct musl_regex *)re->re_g, text, n, m,
				(flags & REG_NOTBOL ? M_NOTBOL : 0) |
				    (flags & REG_NOTEOL ? M_NOTEOL : 0));
	for (size_t i = 0; i < n && !error; i++) {
		out[i] = (regmatch_t){.rm_so = m[i].so, .rm_eo = m[i].eo};
		if (m[i].so >= 0) {
			out[i].rm_sp = text + m[i].so;
			out[i].rm_ep = text + m[i].eo;
		}
	}
	if (m != few)
		free(m);
	return posix_error(error);
}

EXPORT void regfree(regex_t *re)
{
	if (re->re_g) {
		fb_musl_regfree((struct musl_regex *)re->re_g);
		free(re->re_g);
	}
	re->re_g = NULL;
}

EXPORT size_t regerror(int error, const regex_t *re, char *buf, size_t size)
{
	static const char *const said[] = {
	    [0] = "RE compiled successfully",
	    [REG_NOMATCH] = "regexec() failed to match",
	    [REG_ECOLLATE] = "invalid collation element",
	    [REG_EESCAPE] = "trailing backslash",
	    [REG_ESUBREG] = "invalid back reference",
	    [REG_EBRACK] = "brackets ([ ]) not balanced",
	    [REG_EPAREN] = "parentheses not balanced",
	    [REG_EBRACE] = "braces not balanced",
	    [REG_ERANGE] = "invalid character range",
	    [REG_ESPACE] = "out of memory",
	    [REG_BADRPT] = "repetition-operator operand invalid",
	    [REG_ECTYPE] = "invalid character class",
	    [REG_BADPAT] = "invalid regular expression",
	    [REG_BADBR] = "invalid repetition count(s)",
	};
	const char *text = error >= 0 && (size_t)error < sizeof(said) / sizeof(*said) && said[error]
			       ? said[error]
			       : "unknown error";

	(void)re;
	if (size)
		strlcpy(buf, text, size);
	return strlen(text) + 1;
}

enum { F_PATHNAME = 1, F_NOESCAPE = 2, F_PERIOD = 4, F_CASEFOLD = 16 };

EXPORT int fnmatch(const char *pattern, const char *text, int flags)
{
	int r = fb_musl_fnmatch(
	    pattern, text,
	    (flags & FNM_PATHNAME ? F_PATHNAME : 0) | (flags & FNM_NOESCAPE ? F_NOESCAPE : 0) |
		(flags & FNM_PERIOD ? F_PERIOD : 0) | (flags & FNM_IGNORECASE ? F_CASEFOLD : 0));

	return r ? FNM_NOMATCH : 0;
}

/* ---- glob ---------------------------------------------------------------------------------- */

struct search {
	glob_t *g;
	int flags, error;
	int (*failed)(const char *, int);
	size_t before;
};

static bool keep(struct search *s, const char *path, bool directory)
{
	glob_t *g = s->g;
	size_t n = g->gl_offs + g->gl_pathc;
	char *copy = malloc(strlen(path) + 2);

	if (!copy)
		return false;
	strcpy(copy, path);
	if (directory && s->flags & GLOB_MARK)
		strcat(copy, "/");
	if ((int)n + 2 > g->gl_pathn) {
		int room = g->gl_pathn ? 2 * g->gl_pathn : 32 + (int)g->gl_offs;
		char **p = realloc(g->gl_pathv, (size_t)room * sizeof(*p));

		if (!p) {
			free(copy);
			return false;
		}
		if (!g->gl_pathv)
			memset(p, 0, g->gl_offs * sizeof(*p));
		g->gl_pathv = p;
		g->gl_pathn = room;
		g->gl_pathp = p + g->gl_offs;
	}
	g->gl_pathv[n] = copy;
	g->gl_pathv[n + 1] = NULL;
	g->gl_pathc++;
	return true;
}

static bool is_pattern(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] == '*' || p[i] == '?' || p[i] == '[' || p[i] == '\\')
			return true;
	return false;
}

static void look(struct search *s, char *path, size_t length, const char *rest);

static void step(struct search *s, char *path, size_t length, const char *name, const char *rest)
{
	size_t n = strlen(name);

	if (length + n + 2 >= PATH_MAX)
		return;
	memcpy(path + length, name, n + 1);
	look(s, path, length + n, rest);
	path[length] = '\0';
}

/* path is made of what was matched; rest is what is still a pattern. */
static void look(struct search *s, char *path, size_t length, const char *rest)
{
	char part[PATH_MAX];
	struct dirent *e;
	struct stat st;
	size_t n;
	DIR *dir;

	while (*rest == '/' && length + 1 < PATH_MAX) {
		path[length++] = *rest++;
		path[length] = '\0';
	}
	if (s->error)
		return;
	if (!*rest) {
		if (lstat(path, &st) == 0 &&
		    !keep(s, path, S_ISDIR(st.st_mode) && path[length - 1] != '/'))
			s->error = GLOB_NOSPACE;
		return;
	}
	n = strcspn(rest, "/");
	if (n >= sizeof(part))
		return;
	memcpy(part, rest, n);
	part[n] = '\0';
	if (!is_pattern(part, n)) {
		step(s, path, length, part, rest + n);
		return;
	}
	dir = opendir(length ? path : ".");
	if (!dir) {
		if (self()->error != ENOTDIR && self()->error != ENOENT &&
		    ((s->failed && s->failed(path, self()->error)) || s->flags & GLOB_ERR))
			s->error = GLOB_ABORTED;
		return;
	}
	while (!s->error && (e = readdir(dir)) != NULL)
		if (fnmatch(part, e->d_name,
			    FNM_PERIOD | (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0)) == 0)
			step(s, path, length, e->d_name, rest + n);
	closedir(dir);
}

static int order(const void *a, const void *b)
{
	return strcoll(*(char *const *)a, *(char *const *)b);
}

EXPORT int glob(const char *pattern, int flags, int (*failed)(const char *, int), glob_t *g)
{
	struct search s = {.g = g, .flags = flags, .failed = failed};
	char path[PATH_MAX] = "";

	if (!(flags & GLOB_DOOFFS))
		g->gl_offs = 0;
	if (!(flags & GLOB_APPEND)) {
		g->gl_pathc = 0;
		g->gl_pathv = g->gl_pathp = NULL;
		g->gl_pathn = 0;
	}
	s.before = g->gl_pathc;
	if (*pattern)
		look(&s, path, 0, pattern);
	if (s.error)
		return s.error;
	if (g->gl_pathc == s.before) {
		if (!(flags & GLOB_NOCHECK))
			return GLOB_NOMATCH;
		return keep(&s, pattern, false) ? 0 : GLOB_NOSPACE;
	}
	if (!(flags & GLOB_NOSORT))
		qsort(g->gl_pathv + g->gl_offs + s.before, g->gl_pathc - s.before, sizeof(char *),
		      order);
	return 0;
}

EXPORT void globfree(glob_t *g)
{
	for (size_t i = 0; i < g->gl_pathc && g->gl_pathv; i++)
		free(g->gl_pathv[g->gl_offs + i]);
	free(g->gl_pathv);
	g->gl_pathv = g->gl_pathp = NULL;
	g->gl_pathc = 0;
	g->gl_pathn = 0;
}
