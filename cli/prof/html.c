/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cli/prof/html.c: the profile as a page that needs nothing but itself: page.html, which is part
 * of this program, with the profile as JSON in place of one word.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define MARK "@PROFILE@"

/* The assembler brings the file in: its path is from where make runs. */
__asm__(".pushsection .rodata\n"
	"page_begin: .incbin \"cli/prof/page.html\"\n"
	"page_end: .byte 0\n"
	".popsection\n");
extern const char page_begin[] __attribute__((visibility("hidden")));
extern const char page_end[] __attribute__((visibility("hidden")));

static void calls_write(FILE *f, const struct profile *p)
{
	fprintf(f, ",\"calls\":[");
	for (u32 i = 0; i < p->ncalls; i++) {
		const struct call_time *c = &p->calls[i];

		fprintf(f, "%s[", i != 0 ? ",\n" : "");
		json_string(f, c->name);
		fputc(',', f);
		json_string(f, c->system);
		fprintf(f, ",%llu,%llu,%llu]", (unsigned long long)c->calls,
			(unsigned long long)c->errors, (unsigned long long)c->ns);
	}
	fprintf(f, "]");
}

static void profile_write(FILE *f, const struct profile *p)
{
	fprintf(f, "{\"command\":");
	json_string(f, p->command);
	fprintf(f, ",\"note\":");
	json_string(f, p->note != NULL ? p->note : "");
	fprintf(f, ",\"period\":%llu,\"duration\":%llu,\"lost\":%llu,\n\"views\":[",
		(unsigned long long)p->period, (unsigned long long)p->duration,
		(unsigned long long)p->lost);
	for (u32 i = 0; i < p->nviews; i++) {
		const struct view *v = &p->views[i];
		const struct measure *m = p->measures[v->measure];

		fprintf(f,
			"%s{\"mode\":\"%s\",\"title\":\"%s\",\"unit\":\"%s\",\"measure\":%u,"
			"\"count\":%u,\"counted\":\"%s\"}",
			i != 0 ? "," : "", modes[v->mode].name, m->title, m->unit, v->measure,
			v->count, p->measures[v->count]->title);
	}
	fprintf(f, "],\n\"frames\":[");
	for (u32 i = 0; i < p->frames.n; i++) {
		CLEAN_FREE char *label = frame_label(p, i);

		fprintf(f, "%s[", i != 0 ? ",\n" : "");
		json_string(f, label);
		fputc(',', f);
		json_string(f, frame_object(p, i));
		fputc(']', f);
	}
	fprintf(f, "],\n\"stacks\":[");
	for (u32 s = 0; s < p->stacks.n; s++) {
		u32 n;
		const u32 *frames = stack_frames(p, s, &n);

		fprintf(f, "%s[[", s != 0 ? ",\n" : "");
		for (u32 i = 0; i < p->nmeasures; i++)
			fprintf(f, "%s%llu", i != 0 ? "," : "",
				(unsigned long long)stack_value(p, s, i));
		fputc(']', f);
		for (u32 i = n; i-- > 0;)
			fprintf(f, ",%u", frames[i]);
		fputc(']', f);
	}
	fprintf(f, "]");
	if (p->has_calls)
		calls_write(f, p);
	timeline_write(f, p);
	fprintf(f, "}");
}

void html_write(FILE *f, struct profile *p)
{
	size_t size = (size_t)(page_end - page_begin);
	const char *mark = memmem(page_begin, size, MARK, strlen(MARK));

	if (mark == NULL)
		return;
	fwrite(page_begin, 1, (size_t)(mark - page_begin), f);
	profile_write(f, p);
	mark += strlen(MARK);
	fwrite(mark, 1, (size_t)(page_end - mark), f);
}
