/* SPDX-License-Identifier: BSD-2-Clause */
/* cli/prof/report.c: the profile as a page of text. */
#include <string.h>

#include "cli/cli.h"
#include "cli/prof/profile.h"

#define FUNCTIONS 40
#define OBJECTS	  15
#define STACKS	  6
#define DEPTH	  14

static double percent(const struct profile *p, const struct view *v, u64 value)
{
	u64 total = p->total[v->measure];

	return total != 0 ? 100.0 * (double)value / (double)total : 0;
}

/* What a column of the measure is headed with, and a value in it. */
static const char *unit_of(const struct measure *m)
{
	return strcmp(m->unit, "nanoseconds") == 0 ? "self s"
	       : strcmp(m->unit, "bytes") == 0	   ? "self KiB"
						   : "self";
}

static void value_write(FILE *f, const struct measure *m, u64 value)
{
	if (strcmp(m->unit, "nanoseconds") == 0)
		fprintf(f, "%10.6f", (double)value / 1e9);
	else if (strcmp(m->unit, "bytes") == 0)
		fprintf(f, "%10.0f", (double)value / 1024);
	else
		fprintf(f, "%10llu", (unsigned long long)value);
}

static void shares(FILE *f, const struct profile *p, const struct view *view, bool by_object,
		   u32 most)
{
	const struct measure *m = p->measures[view->measure];
	/* Samples are all of the same size. */
	bool counts = view->mode != MODE_CPU && view->count != view->measure;
	u32 n;
	CLEAN_FREE struct share *v = profile_shares(p, view, by_object, &n);

	fprintf(f, "\n  self%%  total%% %10s  ", unit_of(m));
	if (counts)
		fprintf(f, "%9s  ", p->measures[view->count]->type);
	fprintf(f, "%s\n", by_object ? "object" : "function");
	for (u32 i = 0; i < n && i < most; i++) {
		CLEAN_FREE char *label =
		    by_object ? format_string("%s", v[i].name) : frame_label(p, v[i].frame);

		fprintf(f, "%7.2f %7.2f ", percent(p, view, v[i].self),
			percent(p, view, v[i].total));
		value_write(f, m, v[i].self);
		if (counts)
			fprintf(f, "  %9llu", (unsigned long long)v[i].count);
		fprintf(f, "  %s", label);
		if (v[i].object != NULL && strcmp(v[i].object, v[i].name) != 0)
			fprintf(f, "  (%s)", v[i].object);
		fputc('\n', f);
	}
	if (n > most)
		fprintf(f, "                            and %u more\n", n - most);
}

static void stacks(FILE *f, const struct profile *p, const struct view *v)
{
	CLEAN_FREE u32 *order = profile_order(p, v->measure);

	fprintf(f, "\nstacks with most %s, the innermost function first\n",
		v->mode == MODE_CPU ? "samples" : p->measures[v->measure]->title);
	for (u32 i = 0; i < p->stacks.n && i < STACKS; i++) {
		u64 value = stack_value(p, order[i], v->measure);
		u32 n;
		const u32 *frames = stack_frames(p, order[i], &n);

		for (u32 k = 0; k < n && k < DEPTH && value != 0; k++) {
			CLEAN_FREE char *label = frame_label(p, frames[k]);

			if (k == 0)
				fprintf(f, "%7.2f%% ", percent(p, v, value));
			else
				fprintf(f, "         ");
			fprintf(f, "%s\n", label);
		}
		if (n > DEPTH && value != 0)
			fprintf(f, "         ... and %u that called it\n", n - DEPTH);
	}
}

static void calls(FILE *f, const struct profile *p)
{
	u64 all = 0;

	for (u32 i = 0; i < p->ncalls; i++)
		all += p->calls[i].ns;
	fprintf(f, "\ntime in calls of the system, by the clock on the wall; sleep and waiting are "
		   "in it\n"
		   "  time%%          s    us/call      calls     errors  call\n");
	for (u32 i = 0; i < p->ncalls; i++) {
		const struct call_time *c = &p->calls[i];

		fprintf(f, "%7.2f %10.6f %10.1f %10llu %10llu  %s (%s)\n",
			all != 0 ? 100.0 * (double)c->ns / (double)all : 0, (double)c->ns / 1e9,
			c->calls != 0 ? (double)c->ns / (double)c->calls / 1e3 : 0,
			(unsigned long long)c->calls, (unsigned long long)c->errors, c->name,
			c->system);
	}
	if (p->ncalls == 0)
		fprintf(f, "                            none\n");
}

static void view_head(FILE *f, const struct profile *p, const struct view *v)
{
	u64 n = p->total[v->count], all = p->total[v->measure];
	const struct measure *m = p->measures[v->measure];

	if (v->mode == MODE_CPU)
		fprintf(f,
			"%llu samples outside the kernel, one each %.3f ms of processor time: %.3f "
			"s in %.3f s\n",
			(unsigned long long)n, (double)p->period / 1e6, (double)all / 1e9,
			(double)p->duration / 1e9);
	else if (strcmp(m->unit, "nanoseconds") == 0)
		fprintf(f,
			"%llu %s, %s %.3f s by the clock on the wall, of all threads, in %.3f s\n",
			(unsigned long long)n, p->measures[v->count]->title, m->title,
			(double)all / 1e9, (double)p->duration / 1e9);
	else
		fprintf(f, "%llu %s in %.3f s\n", (unsigned long long)all, m->title,
			(double)p->duration / 1e9);
}

void report_write(FILE *f, struct profile *p)
{
	fprintf(f, "%s\n", p->command != NULL ? p->command : "");
	if (p->lost != 0)
		fprintf(f, "%llu records were lost: there was no room for them\n",
			(unsigned long long)p->lost);
	if (p->note != NULL)
		fprintf(f, "%s\n", p->note);
	for (u32 i = 0; i < p->nviews; i++) {
		const struct view *v = &p->views[i];

		if (i != 0)
			fputc('\n', f);
		view_head(f, p, v);
		shares(f, p, v, false, FUNCTIONS);
		if (v->mode != MODE_SYSCALL && v->mode != MODE_LOCK)
			shares(f, p, v, true, OBJECTS);
		stacks(f, p, v);
	}
	if (p->has_calls)
		calls(f, p);
}
