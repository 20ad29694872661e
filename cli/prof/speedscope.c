/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/speedscope.c: JSON as speedscope reads it; the format is that of its
 * src/lib/file-format-spec.ts. Equal stacks are one sample, with the time of all as its weight.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

void json_string(FILE *f, const char *s)
{
	fputc('"', f);
	for (const unsigned char *p = (const unsigned char *)s; *p != '\0'; p++) {
		/* What is no UTF-8 is read as Latin-1; no tag of HTML ends in it. */
		u32 more = *p >= 0xf0 && *p < 0xf8 ? 3
			   : *p >= 0xe0		   ? 2
			   : *p >= 0xc2		   ? 1
						   : 0,
		    ok = 0;

		if (*p == '"' || *p == '\\')
			fprintf(f, "\\%c", *p);
		else if (*p < ' ' || *p == '<' || *p == 0x7f)
			fprintf(f, "\\u%04x", *p);
		else if (*p < 0x80)
			fputc(*p, f);
		else {
			while (ok < more && *p < 0xf8 && (p[ok + 1] & 0xc0) == 0x80)
				ok++;
			/* The long forms of what has a shorter one, and surrogates, are none. */
			if (more == 0 || ok < more || (*p == 0xe0 && p[1] < 0xa0) ||
			    (*p == 0xed && p[1] >= 0xa0) || (*p == 0xf0 && p[1] < 0x90) ||
			    (*p == 0xf4 && p[1] >= 0x90) || *p > 0xf4) {
				fprintf(f, "\\u%04x", *p);
			} else {
				fwrite(p, 1, more + 1, f);
				p += more;
			}
		}
	}
	fputc('"', f);
}

static void view_write(FILE *f, const struct profile *p, const struct view *v)
{
	const struct measure *m = p->measures[v->measure];
	bool first = true;

	fprintf(f, "{\"type\":\"sampled\",\"name\":");
	json_string(f, m->title);
	fprintf(f, ",\"unit\":\"%s\",\"startValue\":0,\"endValue\":%llu,\"samples\":[",
		strcmp(m->unit, "count") == 0 ? "none" : m->unit,
		(unsigned long long)p->total[v->measure]);
	for (u32 s = 0; s < p->stacks.n; s++) {
		u32 n;
		const u32 *frames = stack_frames(p, s, &n);

		if (stack_value(p, s, v->measure) == 0)
			continue;
		fprintf(f, "%s[", first ? "" : ",\n");
		for (u32 i = n; i-- > 0;)
			fprintf(f, "%u%s", frames[i], i != 0 ? "," : "");
		fprintf(f, "]");
		first = false;
	}
	fprintf(f, "],\"weights\":[");
	first = true;
	for (u32 s = 0; s < p->stacks.n; s++) {
		u64 value = stack_value(p, s, v->measure);

		if (value == 0)
			continue;
		fprintf(f, "%s%llu", first ? "" : ",", (unsigned long long)value);
		first = false;
	}
	fprintf(f, "]}");
}

void speedscope_write(FILE *f, struct profile *p)
{
	fprintf(f, "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
		   "\"exporter\":\"fbird prof\",\"name\":");
	json_string(f, p->command);
	fprintf(f, ",\"activeProfileIndex\":0,\"shared\":{\"frames\":[");
	for (u32 i = 0; i < p->frames.n; i++) {
		const struct frame *frame = interned(&p->frames, i, NULL);

		fprintf(f, "%s{\"name\":", i != 0 ? ",\n" : "");
		json_string(f, frame_name(p, i));
		fprintf(f, ",\"file\":");
		if (frame->line == 0) {
			json_string(f, frame_object(p, i));
		} else {
			json_string(f, interned(&p->strings, frame->file, NULL));
			fprintf(f, ",\"line\":%u", frame->line);
		}
		fprintf(f, "}");
	}
	fprintf(f, "]},\"profiles\":[");
	for (u32 i = 0; i < p->nviews; i++) {
		if (i != 0)
			fprintf(f, ",\n");
		view_write(f, p, &p->views[i]);
	}
	fprintf(f, "]}\n");
}
