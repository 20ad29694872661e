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

char **rt_argv_prepend(char **argv, const char *interp, const char *arg, const char *script)
{
	u64 n = 0, out = 0;
	char **v;

	while (argv[n])
		n++;
	v = exo_pages_alloc((n + 5) * sizeof(char *));
	if (!v)
		exo_fatal("no memory for the arguments of a script");
	v[out++] = (char *)rt_keep_string(interp);
	if (arg)
		v[out++] = (char *)rt_keep_string(arg);
	v[out++] = (char *)rt_keep_string(script);
	for (u64 i = 1; i < n; i++)
		v[out++] = argv[i];
	v[out] = NULL;
	return v;
}
