/* SPDX-License-Identifier: BSD-2-Clause */
/* rt/argv.c: a script's argument vector, and strings that outlive the buffer they came in. */
#include "lib/mem.h"
#include "rt/rt.h"

static FB_LARGE char pool[16384];
static size_t pool_used;

const char *rt_keep_string(const char *s)
{
	size_t n = strlen(s) + 1;
	char *p = pool + pool_used;

	if (n > sizeof(pool) - pool_used)
		exo_fatal("the interpreter lines of this chain of scripts are too long");
	memcpy(p, s, n);
	pool_used += n;
	return p;
}

/* Room for more words before those of argv; *words gets how many those are. */
static char **vector(char **argv, u64 more, u64 *words)
{
	u64 n = 0;
	char **v;

	while (argv[n])
		n++;
	v = exo_pages_alloc((n + more) * sizeof(char *));
	if (!v)
		exo_fatal("no memory for the arguments of a program");
	*words = n;
	return v;
}

char **rt_argv_tool(char **argv, const char *tool, const char *program)
{
	u64 n, out = 0;
	char **v = vector(argv, 7, &n);

	v[out++] = (char *)tool;
	v[out++] = "run";
	v[out++] = "--argv0";
	v[out++] = n ? argv[0] : "";
	v[out++] = "--";
	v[out++] = (char *)program;
	for (u64 i = 1; i < n; i++)
		v[out++] = argv[i];
	v[out] = NULL;
	return v;
}

char **rt_argv_prepend(char **argv, const char *interp, const char *arg, const char *script)
{
	u64 n, out = 0;
	char **v = vector(argv, 5, &n);

	v[out++] = (char *)rt_keep_string(interp);
	if (arg)
		v[out++] = (char *)rt_keep_string(arg);
	v[out++] = (char *)rt_keep_string(script);
	for (u64 i = 1; i < n; i++)
		v[out++] = argv[i];
	v[out] = NULL;
	return v;
}
