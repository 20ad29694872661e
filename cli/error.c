/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/error.c: how the tool says that something went wrong: one sentence that tells what
 * was tried, on what, and why it failed.
 */
#include <stdarg.h>

#include "cli/cli.h"

int fail(int status, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("fbird: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return status;
}

int fail_option(int status, const char *command, int answer, char *const *argv)
{
	/* optind already points past the offending word, unless it was one of a cluster. */
	const char *word = argv[optind - 1];

	return fail(status, "%s '%s'; 'fbird help %s' lists the options",
		    answer == ':' ? "a value is missing after" : "cannot make sense of the option",
		    word, command);
}

void *allocate(size_t size)
{
	void *p = malloc(size);

	if (p == NULL)
		exit(fail(CLI_RUN_FAILED, "out of memory, asking for %zu bytes", size));
	return p;
}

char *format_string(const char *fmt, ...)
{
	va_list ap;
	char *text;
	int length;

	va_start(ap, fmt);
	length = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (length < 0)
		exit(fail(CLI_RUN_FAILED, "out of memory, formatting a string"));
	return text;
}
