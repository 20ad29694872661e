/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/read.c: profiles that were written before: pprof's, compressed or not, and folded. */
#include <errno.h>
#include <string.h>
#include <zlib.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define SIZE_MOST (512u << 20)

/* Decompresses what is compressed. There is room for one byte more. NULL: after a sentence. */
static u8 *load(const char *path, size_t *size)
{
	gzFile f = gzopen(path, "re");
	size_t room = 1 << 20;
	u8 *p;
	int n, error;

	*size = 0;
	if (f == NULL) {
		fail(CLI_FAILED, "cannot open %s: %s", path, strerror(errno));
		return NULL;
	}
	p = allocate(room + 1);
	while ((n = gzread(f, p + *size, (unsigned)(room - *size))) > 0) {
		*size += (size_t)n;
		if (*size < room)
			continue;
		if (room >= SIZE_MOST) {
			fail(CLI_FAILED, "%s is larger than a profile can be", path);
			break;
		}
		room *= 2;
		p = realloc(p, room + 1);
		if (p == NULL)
			exit(fail(CLI_FAILED, "out of memory, asking for %zu bytes", room));
	}
	if (n < 0)
		fail(CLI_FAILED, "cannot read %s: %s", path, gzerror(f, &error));
	else if (n == 0 && gzclose(f) == Z_OK)
		return p;
	else if (n == 0) {
		free(p);
		fail(CLI_FAILED, "cannot read %s: it ends too early", path);
		return NULL;
	}
	gzclose(f);
	free(p);
	return NULL;
}

int profile_read(struct profile *p, const char *path)
{
	const char *why;
	size_t size;
	CLEAN_FREE u8 *bytes = load(path, &size);
	bool good;

	*p = (struct profile){0};
	profile_counted(p);
	if (bytes == NULL)
		return CLI_FAILED;
	/* A message begins with its types of values; a name begins with no such byte. */
	if (size != 0 && bytes[0] == (1 << 3 | 2))
		good = pprof_read(p, bytes, size, &why);
	else
		good = folded_read(p, (char *)bytes, size, &why);
	if (!good)
		return fail(CLI_FAILED, "%s is neither a profile of pprof's nor folded stacks: %s",
			    path, why);
	if (p->total[0] == 0)
		return fail(CLI_FAILED, "%s has no samples", path);
	return CLI_OK;
}
