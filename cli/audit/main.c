/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/audit/main.c: fbird-audit, which `fbird audit` becomes: policies, and programs run under
 * them.
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "cli/audit/audit.h"
#include "cli/audit/log.h"

static int check_box(int argc, char **argv, const char *what, const char **box, const char **policy)
{
	static const struct option options[] = {{"box", required_argument, NULL, 'b'}, {0}};
	int answer;

	while ((answer = getopt_long(argc, argv, "+:", options, NULL)) != -1) {
		if (answer != 'b')
			return fail_option(CLI_USAGE, "audit", answer, argv);
		*box = optarg;
	}
	if (optind + 1 != argc)
		return fail(CLI_USAGE, "the form is 'fbird audit %s [--box NAME] POLICY'", what);
	*policy = argv[optind];
	return CLI_OK;
}

static int explain_main(int argc, char **argv)
{
	const char *box = NULL, *policy = NULL;
	int status = check_box(argc, argv, "explain", &box, &policy);

	return status == CLI_OK ? audit_explain(policy, box) : status;
}

static int verify_main(int argc, char **argv)
{
	static const struct option options[] = {{"last", required_argument, NULL, 'l'}, {0}};
	const char *last = NULL;
	int answer;

	while ((answer = getopt_long(argc, argv, "+:", options, NULL)) != -1) {
		if (answer != 'l')
			return fail_option(CLI_USAGE, "audit", answer, argv);
		last = optarg;
	}
	if (optind + 1 != argc)
		return fail(CLI_USAGE, "the form is 'fbird audit verify [--last HASH] LOG'");
	return log_verify(argv[optind], last);
}

static const struct {
	const char *name;
	int (*main)(int argc, char **argv);
} verbs[] = {
    {"run", audit_run_main},
    {"learn", audit_learn_main},
    {"explain", explain_main},
    {"verify", verify_main},
};

const char *audit_fbird;

int main(int argc, char **argv)
{
	audit_fbird = argc > 1 ? argv[1] : NULL;
	if (audit_fbird == NULL || *audit_fbird != '/')
		return fail(CLI_USAGE, "this is a part of fbird: 'fbird audit' runs it");
	for (size_t i = 0; argc > 2 && i < ARRAY_LEN(verbs); i++)
		if (strcmp(verbs[i].name, argv[2]) == 0)
			return verbs[i].main(argc - 2, argv + 2);
	return fail(CLI_USAGE, "'fbird audit' wants to know what to do: run, learn, explain or "
			       "verify");
}
