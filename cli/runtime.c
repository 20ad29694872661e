/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/runtime.c: where the runtime image is.
 *
 * It is looked for relative to this executable, so the build tree and an installation
 * under any prefix work alike and nothing is compiled in.
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "cli/cli.h"

char *find_runtime(void)
{
	const char *given = getenv("FBIRD_RT");
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
			     "cannot tell where this program is, from /proc/self/exe: %s; set "
			     "FBIRD_RT to the path of fbird-rt",
			     strerror(errno));
			return NULL;
		}
		self[length] = '\0';
		*strrchr(self, '/') = '\0';
		wanted = format_string("%s/../lib/fbird/fbird-rt", self);
	}
	found = realpath(wanted, NULL);
	if (found == NULL)
		fail(CLI_RUN_FAILED,
		     "cannot find the runtime image %s: %s; build or install it, or set FBIRD_RT",
		     wanted, strerror(errno));
	return found;
}
