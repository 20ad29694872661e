/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/runtime.c: where the runtime image and the other parts of fbird are.
 *
 * They are looked for relative to this executable, so the build tree and an installation
 * under any prefix work alike and nothing is compiled in.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "cli/cli.h"

char *find_part(const char *variable, const char *name)
{
	const char *given = getenv(variable);
	char self[PATH_MAX];
	CLEAN_FREE char *wanted = NULL;
	ssize_t length;
	char *found;

	if (given != NULL && *given != '\0') {
		wanted = format_string("%s", given);
	} else {
		length = readlink("/proc/self/exe", self, sizeof(self) - 1);
		if (length < 0) {
			fail(CLI_RUN_FAILED,
			     "cannot tell where this program is, from /proc/self/exe: %s; set %s "
			     "to the path of %s",
			     strerror(errno), variable, name);
			return NULL;
		}
		self[length] = '\0';
		*strrchr(self, '/') = '\0';
		wanted = format_string("%s/../lib/fbird/%s", self, name);
	}
	found = realpath(wanted, NULL);
	if (found == NULL)
		fail(CLI_RUN_FAILED, "cannot find %s %s: %s; build or install it, or set %s",
		     strcmp(name, "fbird-rt") == 0 ? "the runtime image" : "fbird's part", wanted,
		     strerror(errno), variable);
	return found;
}

int become_part(const char *variable, const char *name, int argc, char **argv)
{
	CLEAN_FREE char *part = find_part(variable, name);
	CLEAN_FREE char *zeroth = format_string("%s", name);
	CLEAN_FREE char **vector = NULL;

	if (part == NULL)
		return CLI_FAILED;
	vector = allocate(((size_t)argc + 2) * sizeof(*vector));
	vector[0] = zeroth;
	memcpy(vector + 1, argv, ((size_t)argc + 1) * sizeof(*vector));
	fflush(stdout);
	execv(part, vector);
	return fail(CLI_FAILED, "cannot execute %s: %s", part, strerror(errno));
}

char *find_runtime(void)
{
	return find_part("FBIRD_RT", "fbird-rt");
}
