/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/folded.c: stacks as lines, "outermost;...;innermost COUNT", as flamegraph.pl and
 * speedscope read them.
 *
 * Nothing in it is quoted: a semicolon in a name becomes a colon, a line's end a space.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define DEPTH_MOST 4096

static void name_write(FILE *f, const char *s)
{
	for (; *s != '\0'; s++)
		fputc(*s == ';' ? ':' : (unsigned char)*s < ' ' ? ' ' : *s, f);
}

void folded_write(FILE *f, struct profile *p)
{
	/* One number a line: of processor time the samples, as others write it. */
	u32 measure = p->views[0].mode == MODE_CPU ? p->views[0].count : p->views[0].measure;

	for (u32 s = 0; s < p->stacks.n; s++) {
		u32 n;
		const u32 *frames = stack_frames(p, s, &n);
		u64 value = stack_value(p, s, measure);

		if (value == 0)
			continue;
		for (u32 i = n; i-- > 0;) {
			CLEAN_FREE char *label = frame_label(p, frames[i]);

			name_write(f, label);
			fputc(i != 0 ? ';' : ' ', f);
		}
		fprintf(f, "%llu\n", (unsigned long long)value);
	}
}

static bool read_line(struct profile *p, char *line)
{
	static u32 frames[DEPTH_MOST];
	char *space = strrchr(line, ' '), *end;
	unsigned long long count;
	u32 n = DEPTH_MOST;

	if (space == NULL || space == line || space[1] < '0' || space[1] > '9')
		return false;
	count = strtoull(space + 1, &end, 10);
	if (*end != '\0' || count > 1ull << 48)
		return false;
	*space = '\0';
	for (char *name = line; name != NULL && n > 0;) {
		char *semicolon = strchr(name, ';');

		if (semicolon != NULL)
			*semicolon = '\0';
		frames[--n] = profile_frame(p, name, "");
		name = semicolon != NULL ? semicolon + 1 : NULL;
	}
	profile_add(p, frames + n, DEPTH_MOST - n, &(u64){count});
	return true;
}

bool folded_read(struct profile *p, char *text, size_t size, const char **why)
{
	char *end = text + size; /* there is room for a zero */

	*why = "a line that is not 'function;function COUNT'";
	*end = '\0';
	while (text < end) {
		char *stop = memchr(text, '\n', (size_t)(end - text));

		if (stop == NULL)
			stop = end;
		*stop = '\0';
		if (strlen(text) != (size_t)(stop - text) || (*text != '\0' && !read_line(p, text)))
			return false;
		text = stop + 1;
	}
	return true;
}
